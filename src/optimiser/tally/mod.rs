//! What a draft comes to when little of it changes.
//!
//! A plan's cost is a sum of cells: the moves of a slot, a contract, an instance, what is left on it, a link, what an event
//! sets off. A cell rests on few facts: when its own moves go live, who uses its instances. So a change of one place books
//! anew the cells that it acts on, by the same components as everything else, and what was booked once on the same facts is
//! found again. The dates of other moves are followed where a wave holds them up.

mod booking;
mod cell;
mod key;
mod lane;
mod seen;
mod standing;
mod store;
mod waves;

pub use standing::Standing;

use super::{Draft, Judge, Team};
use crate::costing::{InstanceUsage, Usage};
use crate::outcome::Pieces;
use crate::plan::{Move, Plan};
use crate::programme::{InstanceIx, LinkIx, Programme};
use cell::Cell;
use key::Key;
use lane::{Lane, Way, Ways};
use seen::Seen;
use std::collections::HashMap;
use std::sync::Arc;
use store::Store;
use waves::Waves;

/// One draft of a space with all that it comes to, which follows changes.
#[derive(Debug)]
pub struct Tally<'a> {
    judge: &'a Judge<'a>,
    pieces: Pieces<'a>,
    draft: Draft,
    lanes: Vec<Lane>,
    /// The lane of each place.
    of_place: Vec<usize>,
    /// By lane, its way.
    held: Vec<Option<usize>>,
    /// By lane, when its choice is expected to be live.
    lives: Vec<i32>,
    ways: Ways,
    waves: Waves,
    usage: Usage,
    /// By instance, what the stints on it are, and whether `usage` follows.
    used: Vec<Key>,
    stale: Vec<bool>,
    cells: Vec<Cell>,
    /// By cell, its piece.
    now: Vec<Option<usize>>,
    /// By instance, the cells that rest on its use or on moves to and from it.
    cells_of: Vec<Vec<usize>>,
    /// By instance that has contracts, the cells of these.
    contracts_of: Vec<Vec<usize>>,
    store: Store,
    /// Links of the draft, in a plan without moves.
    links: Plan,
    links_key: Key,
    seen: Option<Seen>,
    scored: bool,
    /// Whether gates are passed, by what they rest on.
    gates: HashMap<Key, bool>,
    teams: Vec<(Team, f64)>,
    /// Money by which gaps are measured.
    purse: f64,
    dirty: Dirty,
    sums: Vec<f64>,
    loads: Vec<f64>,
}

/// What has changed since it was last looked at.
#[derive(Debug, Default)]
struct Dirty {
    lanes: Vec<usize>,
    /// Lanes whose moves are to be booked anew.
    moves: Vec<usize>,
    instances: Vec<InstanceIx>,
    links: bool,
}

impl<'a> Tally<'a> {
    /// Of a draft. Scores are followed only where they are `scored`.
    #[must_use]
    pub fn of(judge: &'a Judge<'a>, draft: &Draft, scored: bool) -> Self {
        let (programme, space, values) = (judge.programme, judge.space, judge.values);
        let lanes = Lane::all(programme, space, values);
        let cells = Cell::all(programme, space, &lanes);
        let mut cells_of = vec![Vec::new(); programme.instances.len()];
        for (c, cell) in cells.iter().enumerate() {
            cell.instances(programme).into_iter().for_each(|i| cells_of[i.0].push(c));
        }
        let at = |p: usize| lanes.iter().position(|l| l.place == Some(p)).expect("every place has a lane");
        let pieces = Pieces::of(programme, values);
        let still = Draft { moves: vec![None; space.places.len()], links: vec![None; space.offers.len()] };
        let plan = space.plan(programme, &still);
        let (usage, live) = booking::usage(programme, &plan, values);
        let mut tally = Self {
            of_place: (0..space.places.len()).map(at).collect(),
            held: vec![None; lanes.len()],
            lives: vec![0; lanes.len()],
            ways: Ways::default(),
            waves: Waves::of(programme, space, &lanes, values),
            used: vec![Key::of([0]); programme.instances.len()],
            stale: vec![true; programme.instances.len()],
            now: vec![None; cells.len()],
            contracts_of: Cell::contracts(programme, &cells),
            cells,
            cells_of,
            store: Store::default(),
            links: Plan { moves: Vec::new(), ..plan },
            links_key: Key::default(),
            seen: Some(Seen::of(programme, live, scored)),
            scored,
            gates: HashMap::new(),
            teams: judge.limits.teams.iter().map(|(team, most)| (*team, *most)).collect(),
            purse: standing::purse(programme, values, &judge.limits),
            dirty: Dirty::default(),
            sums: pieces.sums(),
            loads: vec![0.0; judge.limits.teams.len()],
            pieces,
            usage,
            lanes,
            draft: still,
            judge,
        };
        tally.dirty.lanes.extend(0..tally.lanes.len());
        tally.dirty.moves.extend(0..tally.cells.len());
        tally.dirty.links = true;
        tally.take(draft);
        tally
    }

    /// The draft as it is.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Follows to another draft.
    pub fn take(&mut self, draft: &Draft) {
        for (place, choice) in draft.moves.iter().enumerate() {
            self.set_move(place, *choice);
        }
        for (offer, date) in draft.links.iter().enumerate() {
            self.set_link(offer, *date);
        }
    }

    /// Changes what a place does, by position; what it did before.
    pub fn set_move(&mut self, place: usize, choice: Option<usize>) -> Option<usize> {
        let before = self.draft.moves[place];
        if before == choice {
            return before;
        }
        let (lane, choices) = (self.of_place[place], &self.judge.space.places[place]);
        for (choice, comes) in [(before, false), (choice, true)] {
            if let Some(choice) = choice.map(|c| choices.choices[c]) {
                self.waves.change(lane, (choices.from, choice), comes, &mut self.dirty.moves);
            }
        }
        self.draft.moves[place] = choice;
        self.dirty.lanes.push(lane);
        before
    }

    /// Changes when a link is built; when it was before.
    pub fn set_link(&mut self, offer: usize, date: Option<usize>) -> Option<usize> {
        let before = std::mem::replace(&mut self.draft.links[offer], date);
        self.dirty.links |= before != date;
        before
    }

    fn programme(&self) -> &'a Programme {
        self.judge.programme
    }

    /// Follows all that has changed.
    fn settle(&mut self) {
        if self.store.is_full() {
            self.store = Store::default();
            self.dirty.moves.extend(0..self.cells.len());
        }
        let held_up = self.waves.settle();
        if held_up {
            self.dirty.lanes.extend((0..self.lanes.len()).filter(|l| self.lanes[*l].place.is_some()));
        }
        let mut lanes = std::mem::take(&mut self.dirty.lanes);
        let any = !lanes.is_empty();
        for lane in lanes.drain(..) {
            self.follow(lane);
        }
        self.dirty.lanes = lanes;
        if std::mem::take(&mut self.dirty.links) {
            self.follow_links();
        }
        let mut cells = std::mem::take(&mut self.dirty.moves);
        let mut instances = std::mem::take(&mut self.dirty.instances);
        for instance in instances.drain(..) {
            cells.extend(&self.cells_of[instance.0]);
        }
        self.dirty.instances = instances;
        if any {
            cells.extend((self.lanes.len()..self.cells.len()).filter(|c| self.cells[*c].waits_for_all()));
        }
        cells.sort_unstable();
        cells.dedup();
        for cell in cells.drain(..) {
            self.now[cell] = self.booked(cell);
        }
        self.dirty.moves = cells;
        if let Some(mut seen) = self.seen.take() {
            seen.settle(self.judge, &self.links.links, self.links_key);
            self.seen = Some(seen);
        }
    }

    /// Takes in how a lane now uses systems.
    fn follow(&mut self, lane: usize) {
        let (choice, live) = self.course_of(lane);
        let judge = self.judge;
        let known = (judge.programme, judge.space, judge.values);
        let way = self.ways.number(known, (lane, &self.lanes[lane]), (choice, live));
        if self.held[lane] == Some(way) {
            return;
        }
        let none = Way::default();
        let before = self.held[lane].map_or(&none, |w| self.ways.at(w));
        let (after, own) = (self.ways.at(way), &self.lanes[lane]);
        for (stint, key) in before.stints.iter().zip(&before.keys) {
            self.used[stint.instance.0] = self.used[stint.instance.0].minus(*key);
            self.dirty.instances.push(stint.instance);
        }
        for (stint, key) in after.stints.iter().zip(&after.keys) {
            self.used[stint.instance.0] = self.used[stint.instance.0].plus(*key);
            self.dirty.instances.push(stint.instance);
        }
        for stint in before.stints.iter().chain(&after.stints) {
            self.stale[stint.instance.0] = true;
        }
        let stints = &mut self.usage.stints;
        let first = stints.partition_point(|s| (s.service, s.slot) < (own.service, own.slot));
        let end = stints.partition_point(|s| (s.service, s.slot) <= (own.service, own.slot));
        stints.splice(first..end, after.stints.iter().copied());
        if let Some(seen) = &mut self.seen {
            seen.change((own.service, own.slot), before, after);
        }
        self.dirty.instances.extend(before.ends.iter().chain(&after.ends));
        self.held[lane] = Some(way);
        self.lives[lane] = live;
        self.dirty.moves.push(lane);
    }

    /// What is chosen for a lane, and when it is expected to be live.
    fn course_of(&self, lane: usize) -> (Option<usize>, i32) {
        let own = &self.lanes[lane];
        let Some((place, choice)) = own.place.and_then(|p| Some((p, self.draft.moves[p]?))) else { return (None, 0) };
        let chosen = self.judge.space.places[place].choices[choice];
        let due = self.waves.live(chosen);
        (Some(choice), own.decided.last().map_or(due, |(_, when)| when.live.max(due)))
    }

    fn follow_links(&mut self) {
        let offers = self.judge.space.offers.iter().zip(&self.draft.links);
        let built: Vec<_> = offers.filter_map(|(offer, at)| Some((offer.link, offer.dates[(*at)?]))).collect();
        self.links.links = crate::plan::with_links(self.programme(), &built);
        self.links_key = Key::of(self.draft.links.iter().map(|at| at.map_or(0, |at| at as u64 + 1)));
        let links = (self.lanes.len()..self.cells.len()).filter(|c| self.cells[*c].rests_on_links());
        self.dirty.moves.extend(links);
    }

    /// The moves of a lane with their expected go-lives, in order.
    fn moves_of(&self, lane: usize) -> Vec<(Move, i32)> {
        self.course(lane).collect()
    }

    fn course(&self, lane: usize) -> impl Iterator<Item = (Move, i32)> {
        let decided = self.lanes[lane].decided.iter().map(|(m, when)| (m.clone(), when.live));
        decided.chain(self.chosen(lane))
    }

    /// The move that is chosen for a lane.
    fn chosen(&self, lane: usize) -> Option<(Move, i32)> {
        let place = self.lanes[lane].place?;
        let (own, choice) = (&self.judge.space.places[place], self.draft.moves[place]?);
        Some((own.to_move(own.choices[choice]), self.lives[lane]))
    }

    /// All moves with their expected go-lives, lane by lane.
    fn moves(&self) -> impl Iterator<Item = (Move, i32)> {
        (0..self.lanes.len()).flat_map(|lane| self.course(lane))
    }

    /// Sees to it that the use of some instances is at hand.
    fn ready(&mut self, instances: &[InstanceIx]) {
        for i in instances.iter().filter(|i| self.stale[i.0]) {
            let stints: Vec<_> = self.usage.on(*i).collect();
            self.usage.instances[i.0] = Arc::new(InstanceUsage::by_all(self.judge.programme, &stints, self.judge.values));
        }
        for i in instances {
            self.stale[i.0] = false;
        }
    }

    /// The link of a plan, by position, if it has it.
    fn position(&self, link: LinkIx) -> Option<usize> {
        self.links.links.iter().position(|l| l.link == link)
    }
}
