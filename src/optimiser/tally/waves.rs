//! Waves: a later one slips at least as far as every earlier one, and what is paid once for each source falls to the first.

use super::lane::{Lane, alone};
use crate::assumption::Values;
use crate::optimiser::{Choice, Space};
use crate::plan::{Move, Sequence, Timetable};
use crate::programme::{InstanceIx, MoveKindIx, Programme};
use std::collections::{BTreeMap, BTreeSet};

/// Where in the order of a plan a move stands: quarter, lane, and position in the lane.
pub(super) type Turn = (i32, usize, usize);

/// The waves of a draft.
#[derive(Debug)]
pub(super) struct Waves {
    /// First month of the period as a number of months, to count quarters from.
    start: crate::quantity::Month,
    /// Months by which each kind of move slips by itself.
    slips: Vec<i32>,
    /// How many moves of each kind there are by quarter.
    counts: Vec<Vec<u32>>,
    /// The longest slip of the waves before each quarter.
    before: Vec<i32>,
    changed: bool,
    /// Moves out of each source by kinds that pay once for each, in the order of the plan.
    sources: BTreeMap<(InstanceIx, MoveKindIx), BTreeSet<Turn>>,
    /// By lane, how many moves are decided: the position of the one that is chosen.
    decided: Vec<usize>,
}

impl Waves {
    pub(super) fn of(programme: &Programme, space: &Space, lanes: &[Lane], values: &Values) -> Self {
        let quarters = programme.frame.period.months().div_ceil(3) + 1;
        let mut waves = Self {
            start: programme.frame.period.start(),
            slips: vec![0; programme.move_kinds.len()],
            counts: vec![vec![0; quarters]; programme.move_kinds.len()],
            before: vec![0; quarters],
            changed: false,
            sources: BTreeMap::new(),
            decided: lanes.iter().map(|l| l.decided.len()).collect(),
        };
        let mut known = BTreeSet::new();
        for (place, choice) in space.places.iter().flat_map(|p| p.choices.iter().map(move |c| (p, c))) {
            if known.insert(choice.kind) {
                let plan = alone(space, vec![place.to_move(*choice)]);
                let when = Timetable::of(programme, &plan, &Sequence::of(&plan), values).moves[0];
                waves.slips[choice.kind.0] = when.live - when.planned;
            }
        }
        let once = |kind: MoveKindIx| programme.move_kinds[kind.0].work.iter().any(|w| w.once_per_source);
        for (lane, own) in lanes.iter().enumerate() {
            let decided = own.decided.iter().map(|(m, _)| (m.from, m.kind));
            let place = own.place.map(|p| &space.places[p]);
            let chosen = place.into_iter().flat_map(|p| p.choices.iter().map(|c| (p.from, c.kind)));
            let sources: BTreeSet<_> = decided.chain(chosen).filter(|(_, kind)| once(*kind)).collect();
            for source in sources {
                waves.sources.entry(source).or_default();
            }
            for (at, (m, _)) in own.decided.iter().enumerate().filter(|(_, (m, _))| once(m.kind)) {
                waves.sources.entry((m.from, m.kind)).or_default().insert((m.go_live.months_since(waves.start), lane, at));
            }
        }
        waves
    }

    fn quarter(&self, choice: Choice) -> usize {
        let months = choice.go_live.months_since(self.start);
        usize::try_from(months.div_euclid(3)).unwrap_or(0).min(self.before.len() - 1)
    }

    /// A choice comes or goes; lanes whose work may change with it are noted.
    pub(super) fn change(&mut self, lane: usize, (from, choice): (InstanceIx, Choice), comes: bool, noted: &mut Vec<usize>) {
        let quarter = self.quarter(choice);
        let count = &mut self.counts[choice.kind.0][quarter];
        *count = if comes { *count + 1 } else { *count - 1 };
        self.changed |= self.slips[choice.kind.0] > 0 && *count < 2;
        let months = choice.go_live.months_since(self.start);
        if let Some(turns) = self.sources.get_mut(&(from, choice.kind)) {
            let turn = (months, lane, self.decided[lane]);
            noted.extend(turns.first().map(|t| t.1));
            if comes {
                turns.insert(turn);
            } else {
                turns.remove(&turn);
            }
            noted.extend(turns.first().map(|t| t.1));
        }
    }

    /// Whether some quarter is now held up otherwise by the waves before it.
    pub(super) fn settle(&mut self) -> bool {
        if !std::mem::take(&mut self.changed) {
            return false;
        }
        let mut longest = 0;
        let mut changed = false;
        for quarter in 0..self.before.len() {
            changed |= std::mem::replace(&mut self.before[quarter], longest) != longest;
            let here = self.slips.iter().zip(&self.counts).filter(|(_, counts)| counts[quarter] > 0);
            longest = here.map(|(slip, _)| *slip).fold(longest, i32::max);
        }
        changed
    }

    /// When a choice is expected to be live, as an offset.
    pub(super) fn live(&self, choice: Choice) -> i32 {
        let own = self.slips[choice.kind.0];
        choice.go_live.months_since(self.start) + own.max(self.before[self.quarter(choice)])
    }

    /// The move that is the first out of the source of another, by lane and position; `None` if it is the other itself or
    /// nothing is paid once.
    pub(super) fn first(&self, m: &Move, lane: usize, at: usize) -> Option<(usize, usize)> {
        let (_, first, position) = *self.sources.get(&(m.from, m.kind))?.first()?;
        ((first, position) != (lane, at)).then_some((first, position))
    }
}
