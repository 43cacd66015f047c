//! How a draft stands: by how far it is beyond limits, what it is short of what is asked for, and what it comes to.

use super::Tally;
use super::key::Key;
use crate::assumption::Values;
use crate::optimiser::Goal;
use crate::optimiser::limits::{Limits, ROUNDING};
use crate::outcome::{Purses, Realised};
use crate::plan::{Move, Plan};
use crate::programme::Programme;

/// How a draft stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// How far it is beyond limits, each as a share of the limit: 0 if it keeps all and passes all gates.
    pub over: f64,
    /// How far it is from what the goal asks for besides.
    pub short: f64,
    /// What is to be made least.
    pub of: f64,
    /// Net present cost.
    pub npc: f64,
    /// Score, where it is followed.
    pub score: Option<f64>,
}

/// What counts of a limit that is not kept, however little is over it.
const BROKEN: f64 = 0.05;

/// Mean money of a budget, by which gaps are measured.
pub(super) fn purse(programme: &Programme, values: &Values, limits: &Limits) -> f64 {
    let purses = Purses::of(programme, values);
    let all: f64 = limits.short.iter().map(|(budget, _)| purses.at(*budget).all()).sum();
    let count = f64::from(u32::try_from(limits.short.len().max(1)).unwrap_or(u32::MAX));
    (all / count).max(1.0)
}

impl Tally<'_> {
    /// How the draft stands.
    pub fn stand(&mut self, goal: Goal) -> Standing {
        self.settle();
        self.sums.fill(0.0);
        self.loads.fill(0.0);
        let mut over = 0.0;
        for piece in self.now.iter().flatten() {
            let stored = self.store.at(*piece);
            self.pieces.add(&stored.piece, &mut self.sums);
            stored.loads.iter().for_each(|(team, days)| self.loads[*team] += days);
            over += if stored.piece.within { 0.0 } else { 1.0 };
        }
        over += self.uncovered();
        over += self.overworked() + self.crowded() + self.out_of_order() + self.out_of_money() + self.behind_gates();
        let npc = self.pieces.npc(&self.sums);
        let score = self.score();
        let dual_running = self.pieces.dual_running(&self.sums);
        let realised = Realised { npc, dual_running, score, ..Realised::default() };
        Standing { over, short: goal.short(&realised), of: goal.of(&realised), npc, score }
    }

    /// Months in which a system is used and no contract covers it, as shares of a year.
    fn uncovered(&self) -> f64 {
        let mut over = 0.0;
        for contracts in &self.contracts_of {
            let mut own = contracts.iter().filter_map(|cell| self.now[*cell]).map(|piece| &self.store.at(piece).piece.open);
            let Some(first) = own.next().filter(|open| !open.is_empty()) else { continue };
            let others: Vec<_> = own.collect();
            let open = first.iter().filter(|m| others.iter().all(|o| o.contains(m))).count();
            let months = f64::from(u32::try_from(open).unwrap_or(u32::MAX));
            over += if open > 0 { BROKEN + months / 12.0 } else { 0.0 };
        }
        over
    }

    fn overworked(&self) -> f64 {
        let over = |((_, most), days): (&(_, f64), &f64)| {
            let beyond = days - most;
            if beyond > ROUNDING { BROKEN + beyond / most.max(1.0) } else { 0.0 }
        };
        self.teams.iter().zip(&self.loads).map(over).sum()
    }

    /// Too many services, or users, in one quarter.
    fn crowded(&self) -> f64 {
        let limits = &self.judge.limits;
        if limits.go_lives.is_none() && limits.users.is_none() {
            return 0.0;
        }
        let (programme, values) = (self.judge.programme, self.judge.values);
        let mut live: Vec<(i32, usize, usize)> = Vec::with_capacity(self.draft.moves.len());
        for (place, choice) in self.judge.space.places.iter().zip(&self.draft.moves) {
            let Some(choice) = choice.map(|c| place.choices[c]) else { continue };
            live.push((programme.frame.period.offset(choice.go_live), place.service.0, place.slot));
        }
        live.sort_unstable_by_key(|(month, service, _)| (*month, *service));
        let mut over = 0.0;
        for quarter in live.chunk_by(|a, b| a.0 == b.0) {
            let services = quarter.chunk_by(|a, b| a.1 == b.1);
            let users =
                |own: &[(i32, usize, usize)]| programme.services[own[0].1].users_in(own.iter().map(|(_, _, slot)| *slot), values);
            let (count, users) = services.fold((0, 0.0), |(count, all), own| (count + 1, all + users(own)));
            let beyond = count - limits.go_lives.map_or(count, |most| most.min(count));
            over += 0.5 * f64::from(u32::try_from(beyond).unwrap_or(u32::MAX));
            let most = limits.users.filter(|most| users > most + ROUNDING);
            over += most.map_or(0.0, |most| BROKEN + (users - most) / most.max(1.0));
        }
        over
    }

    /// Services that do not wait for what they must.
    fn out_of_order(&self) -> f64 {
        let mut over = 0.0;
        for &(_, service, first) in &self.judge.limits.order {
            let awaited = self.moves_by(first).map(|(m, _)| m.go_live).max();
            let Some(awaited) = awaited else { continue };
            let own = self.moves_by(service).filter(|(m, _)| m.commitment.is_none() && m.go_live <= awaited);
            over += own.map(|(m, _)| 0.5 + 0.1 * f64::from(awaited.months_since(m.go_live))).sum::<f64>();
        }
        over
    }

    /// The moves of a service.
    fn moves_by(&self, service: crate::programme::ServiceIx) -> impl Iterator<Item = (Move, i32)> {
        let first = self.lanes.partition_point(|l| l.service < service);
        let own = self.lanes[first..].iter().take_while(move |l| l.service == service).count();
        (first..first + own).flat_map(|lane| self.course(lane))
    }

    fn out_of_money(&self) -> f64 {
        if self.judge.limits.short.is_empty() {
            return 0.0;
        }
        let gaps = self.pieces.gaps(&self.sums).zip(&self.judge.limits.short);
        // Half a penny is rounding, as in every gap.
        gaps.map(|(gap, (_, most))| if gap > most + 0.005 { BROKEN + (gap - most) / self.purse } else { 0.0 }).sum()
    }

    fn behind_gates(&mut self) -> f64 {
        let lacking = self.seen.as_ref().map_or(0, super::seen::Seen::lacking);
        let joinings = self.now.iter().flatten().flat_map(|piece| &self.store.at(*piece).joinings);
        let late = joinings.filter(|joining| !self.pieces.joined_in_time(&self.sums, std::iter::once(*joining))).count();
        let unpriced = u32::from(!self.passes_unpriced());
        f64::from(u32::try_from(lacking + late).unwrap_or(u32::MAX)) + f64::from(unpriced)
    }

    /// Gates that rest on which kinds of move there are and when the first of each goes live, and on links.
    fn passes_unpriced(&mut self) -> bool {
        let mut first: Vec<Option<Move>> = vec![None; self.judge.programme.move_kinds.len()];
        let mut decided: Vec<Move> = Vec::new();
        for lane in 0..self.lanes.len() {
            decided.extend(self.lanes[lane].decided.iter().map(|(m, _)| m.clone()));
            if let Some((m, _)) = self.chosen(lane) {
                let known = &mut first[m.kind.0];
                if known.as_ref().is_none_or(|other| m.go_live < other.go_live) {
                    *known = Some(m);
                }
            }
        }
        let start = self.judge.programme.frame.period.start();
        let month = |m: &Option<Move>| m.as_ref().map_or(u64::MAX, |m| super::key::fact(m.go_live.months_since(start)));
        let key = Key::of(first.iter().map(month)).and(self.links_key);
        if let Some(known) = self.gates.get(&key) {
            return *known;
        }
        let plan = super::lane::alone(self.judge.space, decided.into_iter().chain(first.into_iter().flatten()).collect());
        let passes = self.pieces.passes_unpriced(&Plan { links: self.links.links.clone(), ..plan });
        self.gates.insert(key, passes);
        passes
    }

    fn score(&self) -> Option<f64> {
        if !self.scored {
            return None;
        }
        let seen = self.seen.as_ref()?;
        self.pieces.score(&self.sums, &self.links, &seen.live, |measure| seen.measure(self.judge, measure))
    }
}
