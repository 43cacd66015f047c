//! How the moves of a plan hang together, whatever the numbers.

use super::Plan;
use crate::programme::{InstanceIx, MoveKindIx, ServiceIx};
use std::collections::BTreeSet;

/// The order of moves within each slot, worked out once a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// Positions of moves by service, slot and go-live.
    by_slot: Vec<usize>,
    previous: Vec<Option<usize>>,
    next: Vec<Option<usize>>,
    first_from_source: Vec<bool>,
    kinds: BTreeSet<MoveKindIx>,
}

impl Sequence {
    /// Of a plan's moves.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let moves = &plan.moves;
        let mut by_slot: Vec<usize> = (0..moves.len()).collect();
        by_slot.sort_by_key(|&m| (moves[m].service, moves[m].slot, moves[m].go_live));
        let (mut previous, mut next) = (vec![None; moves.len()], vec![None; moves.len()]);
        for pair in by_slot.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if (moves[a].service, moves[a].slot) == (moves[b].service, moves[b].slot) {
                next[a] = Some(b);
                previous[b] = Some(a);
            }
        }
        let mut sources: BTreeSet<(InstanceIx, MoveKindIx)> = BTreeSet::new();
        Self {
            by_slot,
            previous,
            next,
            first_from_source: moves.iter().map(|m| sources.insert((m.from, m.kind))).collect(),
            kinds: moves.iter().map(|m| m.kind).collect(),
        }
    }

    /// The same where what is paid once for each source has been paid before.
    #[must_use]
    pub fn without_firsts(mut self) -> Self {
        self.first_from_source.fill(false);
        self
    }

    /// Positions of the moves of a slot, by go-live.
    pub fn of_slot<'a>(&'a self, plan: &'a Plan, service: ServiceIx, slot: usize) -> impl Iterator<Item = usize> + 'a {
        let key = move |m: &usize| (plan.moves[*m].service, plan.moves[*m].slot);
        let first = self.by_slot.partition_point(move |m| key(m) < (service, slot));
        self.by_slot[first..].iter().copied().take_while(move |m| key(m) == (service, slot))
    }

    /// The move of the same slot before a move.
    #[must_use]
    pub fn previous(&self, position: usize) -> Option<usize> {
        self.previous[position]
    }

    /// The move of the same slot after a move.
    #[must_use]
    pub fn next(&self, position: usize) -> Option<usize> {
        self.next[position]
    }

    /// Whether a move is the first of its kind out of its instance, so that what is paid once for each
    /// source is due with it.
    #[must_use]
    pub fn first_from_source(&self, position: usize) -> bool {
        self.first_from_source[position]
    }

    /// The kinds of move in the plan.
    pub fn kinds(&self) -> impl Iterator<Item = MoveKindIx> {
        self.kinds.iter().copied()
    }
}
