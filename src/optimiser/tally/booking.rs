//! Booking a cell: what it rests on, and a plan of just the moves that it is about.

use super::Tally;
use super::cell::Cell;
use super::key::{Key, fact};
use super::lane::alone;
use super::store::Stored;
use crate::assumption::Values;
use crate::costing::{Component, Course, Usage, UseState};
use crate::impact::LiveOn;
use crate::optimiser::limits::team_of;
use crate::plan::{Move, Plan, Sequence, Timetable};
use crate::programme::{ExternalEndIx, LinkIx, Programme, Start};

/// The use of a plan, and where everybody is live.
pub(super) fn usage(programme: &Programme, plan: &Plan, values: &Values) -> (Usage, LiveOn) {
    let sequence = Sequence::of(plan);
    let timetable = Timetable::of(programme, plan, &sequence, values);
    let usage = Usage::of(programme, plan, &sequence, &timetable, values);
    let slots = programme.services.iter().map(|s| vec![Vec::new(); s.slots.len()]).collect();
    let period = &programme.frame.period;
    let mut live = LiveOn { slots, first: period.first_counted(), end: period.months() };
    for stint in usage.stints.iter().filter(|s| s.state == UseState::Live) {
        live.slots[stint.service.0][stint.slot].push((stint.from, stint.instance));
    }
    (usage, live)
}

impl Cell {
    /// Whether any move may change it.
    pub(super) fn waits_for_all(self) -> bool {
        matches!(self, Self::Team | Self::Event(Start::FirstGoLive | Start::LastGoLive))
    }

    /// Whether links may change it.
    pub(super) fn rests_on_links(self) -> bool {
        matches!(self, Self::Link(_) | Self::Event(_) | Self::Commitments)
    }
}

/// Moves, and for those of them that a cell is about their positions once in order.
struct About {
    key: Key,
    moves: Vec<(Move, i32)>,
    /// The moves that it is about; others are there for what they do to them.
    own: usize,
}

impl Tally<'_> {
    /// The piece of a cell; `None` if it is nothing in this draft.
    pub(super) fn booked(&mut self, cell: usize) -> Option<usize> {
        let about = self.about(cell)?;
        if let Some(known) = self.store.find(cell, about.key) {
            return Some(known);
        }
        let instances = self.cells[cell].instances(self.programme());
        self.ready(&instances);
        let stored = self.book(cell, &about);
        Some(self.store.keep(cell, about.key, stored))
    }

    /// What a cell rests on.
    fn about(&self, cell: usize) -> Option<About> {
        let programme = self.programme();
        let used = |key: Key, cell: Cell| cell.instances(programme).iter().fold(key, |key, i| key.and(self.used[i.0]));
        let bare = |key: Key| Some(About { key, moves: Vec::new(), own: 0 });
        match self.cells[cell] {
            Cell::Lane(lane) => self.about_lane(lane),
            own @ Cell::Kept(_, left) => {
                let key = used(Key::default(), own);
                // What is left behind follows from when the first goes.
                let Some(left) = left else { return bare(key) };
                let moves = self.moves().filter(|(m, _)| m.from == left);
                let first = moves.min_by_key(|(_, live)| *live);
                let key = key.with(fact(first.as_ref().map_or(i32::MIN, |(_, live)| *live)));
                Some(About { key, moves: first.into_iter().collect(), own: 0 })
            }
            own @ Cell::Run(_) => bare(used(Key::default(), own)),
            own @ Cell::Route(i) => {
                let moves = self.moves().filter(|(m, _)| m.to == i && m.commitment.is_none()).collect();
                Some(about_all(used(Key::default(), own), moves))
            }
            own @ Cell::Joint(i, end) => {
                let moves: Vec<_> = self.moves().filter(|(m, _)| m.to == i && needs(programme, m, end)).collect();
                if moves.is_empty() { None } else { Some(about_all(used(Key::default(), own), moves)) }
            }
            Cell::Link(link) => {
                let planned = &self.links.links[self.position(link)?];
                bare(Key::default().with(fact(planned.live.map_or(-1, |m| programme.frame.period.offset(m)))))
            }
            Cell::Commitments => bare(Key::default()),
            Cell::Team => Some(self.about_team()),
            Cell::Event(start) => self.about_event(start),
        }
    }

    /// Moves of one slot, with the firsts out of their sources where these are others.
    fn about_lane(&self, lane: usize) -> Option<About> {
        let mut moves = self.moves_of(lane);
        let own = moves.len();
        let mut key = Key::default();
        for at in 0..own {
            let (m, live) = &moves[at];
            key = key
                .with(fact(m.go_live.months_since(self.programme().frame.period.start())))
                .with(fact(*live))
                .with(m.to.0 as u64);
            let first = self.waves.first(m, lane, at);
            key = key.with(u64::from(first.is_some()));
            if let Some((other, position)) = first.filter(|(other, _)| *other != lane) {
                moves.push(self.moves_of(other).swap_remove(position));
            }
        }
        (own > 0).then_some(About { key, moves, own })
    }

    /// The team is held in months in which something is due and has not come, by how many move.
    fn about_team(&self) -> About {
        let period = &self.programme().frame.period;
        let moves: Vec<_> = self.moves().collect();
        let mut key = Key::default().with(moves.len() as u64);
        let mut held = vec![false; period.months()];
        for (m, live) in &moves {
            key = key.with(m.service.0 as u64).with(m.slot as u64);
            let month = |offset: i32| usize::try_from(offset).unwrap_or(0).min(held.len());
            let (due, live) = (month(period.offset(m.go_live)), month(*live));
            held[due.min(live)..live].fill(true);
        }
        let months = held.iter().enumerate().filter(|(_, held)| **held).map(|(m, _)| m as u64);
        About { key: months.fold(key, Key::with), moves, own: 0 }
    }

    fn about_event(&self, start: Start) -> Option<About> {
        let chosen = || (0..self.lanes.len()).filter_map(|lane| self.chosen(lane));
        let first = match start {
            Start::FirstGoLive => Some(chosen().min_by_key(|(_, live)| *live)?),
            Start::LastGoLive => Some(chosen().max_by_key(|(_, live)| *live)?),
            Start::LinkLive(link) => {
                let live = self.links.links[self.position(link)?].live;
                let at = live.map_or(0, |m| self.programme().frame.period.offset(m));
                return Some(About { key: Key::default().with(fact(at)), moves: Vec::new(), own: 0 });
            }
            Start::Month(_) => None,
        };
        let key = Key::default().with(fact(first.as_ref().map_or(0, |(_, live)| *live)));
        Some(About { key, moves: first.into_iter().collect(), own: 0 })
    }

    fn book(&self, cell: usize, about: &About) -> Stored {
        let (programme, space, values) = (self.programme(), self.judge.space, self.judge.values);
        let plan = alone(space, about.moves.iter().map(|(m, _)| m.clone()).collect());
        let plan = Plan { links: self.links.links.clone(), ..plan };
        let sequence = Sequence::of(&plan);
        let mut timetable = Timetable::of(programme, &plan, &sequence, values);
        let at = |m: &Move| plan.moves.iter().position(|other| other == m).unwrap_or(0);
        for (m, live) in &about.moves {
            timetable.moves[at(m)].live = *live;
        }
        let own = &about.moves[..about.own];
        let mut positions: Vec<usize> = own.iter().map(|(m, _)| at(m)).collect();
        let kinds: Vec<usize> = own.iter().map(|(m, _)| m.kind.0).collect();
        if let Cell::Link(link) = self.cells[cell] {
            positions = vec![self.link_at(link)];
        }
        let course =
            Course { programme, plan: &plan, sequence: &sequence, timetable: &timetable, usage: &self.usage, changed: &[] };
        let components: Vec<Component> = self.cells[cell].components(programme, space, (&positions, &kinds));
        let piece = self.pieces.piece(&components, &course);
        let joinings = if matches!(self.cells[cell], Cell::Route(_)) { self.pieces.joinings(&course) } else { Vec::new() };
        let mut loads: Vec<(usize, f64)> = Vec::new();
        for day in &piece.days {
            let team = team_of(programme, day);
            let Some(at) = team.and_then(|team| self.teams.binary_search_by_key(&team, |(t, _)| *t).ok()) else { continue };
            match loads.iter_mut().find(|(known, _)| *known == at) {
                Some((_, days)) => *days += day.days,
                None => loads.push((at, day.days)),
            }
        }
        Stored { piece, loads, joinings }
    }

    fn link_at(&self, link: LinkIx) -> usize {
        self.position(link).unwrap_or(0)
    }
}

/// A cell about some moves by when they go live and what they are.
fn about_all(key: Key, moves: Vec<(Move, i32)>) -> About {
    let facts = |(m, live): &(Move, i32)| {
        [
            m.service.0 as u64,
            m.slot as u64,
            m.from.0 as u64,
            fact(m.go_live.months_since(crate::quantity::Month::new(2000, 1))),
            fact(*live),
        ]
    };
    let key = moves.iter().flat_map(facts).fold(key, Key::with);
    About { key, moves, own: 0 }
}

/// Whether a move brings what needs an end.
fn needs(programme: &Programme, m: &Move, end: ExternalEndIx) -> bool {
    programme.services[m.service.0].slots[m.slot].ends.contains(&end)
}
