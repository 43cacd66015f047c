//! Slots that move: what is decided of them, and what is chosen.

use super::key::Key;
use crate::assumption::Values;
use crate::costing::{Stint, Usage, UseState};
use crate::optimiser::Space;
use crate::plan::{ExpectedMove, Move, Plan, Sequence, Timetable};
use crate::programme::{InstanceIx, Programme, ServiceIx};
use crate::quantity::MonthIndex;
use std::collections::HashMap;

/// A slot of a service that may move or is moved by what is decided.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) service: ServiceIx,
    pub(super) slot: usize,
    /// Its position among what may be chosen.
    pub(super) place: Option<usize>,
    /// Moves that are decided, with their dates: they wait for nothing that is chosen.
    pub(super) decided: Vec<(Move, ExpectedMove)>,
}

impl Lane {
    /// All of a space, by service and slot.
    pub(super) fn all(programme: &Programme, space: &Space, values: &Values) -> Vec<Self> {
        let plan = alone(space, space.decided.clone());
        let timetable = Timetable::of(programme, &plan, &Sequence::of(&plan), values);
        let mut lanes = Vec::new();
        for (s, service) in programme.services.iter().enumerate() {
            for slot in 0..service.slots.len() {
                let own = |service: ServiceIx, at: usize| (service, at) == (ServiceIx(s), slot);
                let place = space.places.iter().position(|p| own(p.service, p.slot));
                let moves = plan.moves.iter().zip(&timetable.moves).filter(|(m, _)| own(m.service, m.slot));
                let decided: Vec<(Move, ExpectedMove)> = moves.map(|(m, when)| (m.clone(), *when)).collect();
                if place.is_some() || !decided.is_empty() {
                    lanes.push(Self { service: ServiceIx(s), slot, place, decided });
                }
            }
        }
        lanes
    }
}

/// A plan of some moves and no links, in order.
pub(super) fn alone(space: &Space, mut moves: Vec<Move>) -> Plan {
    moves.sort_by_key(|m| (m.go_live, m.service, m.slot));
    Plan { option: space.option, moves, links: Vec::new(), slip: 0, late: 0 }
}

/// How a slot uses systems if it goes one way at one time.
#[derive(Debug, Default, Clone)]
pub(super) struct Way {
    pub(super) stints: Vec<Stint>,
    /// By stint.
    pub(super) keys: Vec<Key>,
    /// Where it is live from when.
    pub(super) live: Vec<(MonthIndex, InstanceIx)>,
    pub(super) live_key: Key,
    /// The systems that it leaves and joins, whether or not within the period.
    pub(super) ends: Vec<InstanceIx>,
}

/// Ways that are known, by lane, choice and expected go-live.
#[derive(Debug, Default)]
pub(super) struct Ways {
    known: HashMap<(usize, Option<usize>, i32), usize>,
    ways: Vec<Way>,
}

impl Ways {
    /// One way.
    pub(super) fn at(&self, way: usize) -> &Way {
        &self.ways[way]
    }

    /// The number of a way, found if it is not known.
    pub(super) fn number(
        &mut self,
        (programme, space, values): (&Programme, &Space, &Values),
        (at, lane): (usize, &Lane),
        (choice, live): (Option<usize>, i32),
    ) -> usize {
        let ways = &mut self.ways;
        *self.known.entry((at, choice, live)).or_insert_with(|| {
            ways.push(Way::of((programme, space, values), (at, lane), (choice, live)));
            ways.len() - 1
        })
    }
}

impl Way {
    fn of(
        (programme, space, values): (&Programme, &Space, &Values),
        (at, lane): (usize, &Lane),
        (choice, live): (Option<usize>, i32),
    ) -> Self {
        let mut moves: Vec<Move> = lane.decided.iter().map(|(m, _)| m.clone()).collect();
        let mut lives: Vec<i32> = lane.decided.iter().map(|(_, when)| when.live).collect();
        if let (Some(place), Some(choice)) = (lane.place, choice) {
            let place = &space.places[place];
            moves.push(place.to_move(place.choices[choice]));
            lives.push(live);
        }
        let plan = alone(space, moves);
        let sequence = Sequence::of(&plan);
        let mut timetable = Timetable::of(programme, &plan, &sequence, values);
        timetable.moves.iter_mut().zip(lives).for_each(|(when, live)| when.live = live);
        let stints = Usage::of_slot(programme, (&plan, &sequence, &timetable), (lane.service, lane.slot), values);
        let of = |s: &Stint| [at, s.instance.0, s.state as usize, s.from, s.to].map(|n| n as u64);
        let live: Vec<(MonthIndex, InstanceIx)> =
            stints.iter().filter(|s| s.state == UseState::Live).map(|s| (s.from, s.instance)).collect();
        Self {
            keys: stints.iter().map(|s| Key::of(of(s))).collect(),
            live_key: Key::of(live.iter().flat_map(|(from, i)| [at as u64, *from as u64, i.0 as u64])),
            ends: plan.moves.iter().flat_map(|m| [m.from, m.to]).collect(),
            live,
            stints,
        }
    }
}
