//! Who is on an instance in each month, as a linear function of the choices.

use super::ways::Way;
use super::{Base, Builder};
use crate::costing::{Counted, Stint};
use crate::optimiser::Judge;
use crate::programme::{InstanceIx, Service, ServiceIx};
use crate::quantity::MonthIndex;
use crate::solver::{Terms, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// A place that leaves an instance, or may come to it.
#[derive(Debug, Clone)]
pub(super) struct Presence {
    pub(super) place: usize,
    pub(super) service: ServiceIx,
    pub(super) slot: usize,
    /// Whether it is on the instance if it does not move.
    pub(super) starts: bool,
    /// Ways, with the month from which on each changes whether it is.
    pub(super) ways: Vec<(Variable, i32)>,
}

impl Presence {
    /// `on[s,i,m]` as terms and a constant: 1 - sum of x that have left by m, or sum of x that have come by m.
    pub(super) fn on(&self, month: MonthIndex) -> (Terms, f64) {
        let month = i32::try_from(month).unwrap_or(i32::MAX);
        let sign = if self.starts { -1.0 } else { 1.0 };
        let terms = self.ways.iter().filter(|(_, m)| *m <= month).map(|(v, _)| (*v, sign)).collect();
        (terms, if self.starts { 1.0 } else { 0.0 })
    }
}

/// Places that leave an instance, and places that may come to it.
pub(super) fn presences(judge: &Judge<'_>, instance: InstanceIx, ways: &[Vec<Way>]) -> (Vec<Presence>, Vec<Presence>) {
    let (mut leaving, mut coming) = (Vec::new(), Vec::new());
    for (p, place) in judge.space.places.iter().enumerate() {
        let of = |starts, ways| Presence { place: p, service: place.service, slot: place.slot, starts, ways };
        if place.from == instance {
            leaving.push(of(true, ways[p].iter().map(|w| (w.variable, w.leaves)).collect()));
            continue;
        }
        let own: Vec<(Variable, i32)> = ways[p].iter().filter(|w| w.to == instance).map(|w| (w.variable, w.arrives)).collect();
        if !own.is_empty() {
            coming.push(of(false, own));
        }
    }
    (leaving, coming)
}

/// What is counted on an instance, in each month: what it is if nothing moves, and what each choice changes.
pub(super) struct Crowd<'a> {
    judge: &'a Judge<'a>,
    presences: Vec<Presence>,
    /// Stints on the instance that no choice ends.
    steady: Vec<Stint>,
    /// Stints on it if nothing moves.
    stints: Vec<Stint>,
    /// Months in which something can change, the first among them.
    steps: Vec<MonthIndex>,
    /// By service, what it shares of staff, by position.
    shared: BTreeMap<ServiceIx, Vec<usize>>,
    /// The pairs of presences whose services share staff, with the staff.
    pairs: Vec<(usize, usize, f64)>,
    /// `both[pair,step]`, made when they are first asked for.
    both: Vec<Vec<Option<Variable>>>,
}

impl<'a> Crowd<'a> {
    /// `also` are further months at which a step begins.
    pub(super) fn of(
        judge: &'a Judge<'a>,
        base: &Base<'_>,
        (instance, also): (InstanceIx, &[MonthIndex]),
        moving: &[Presence],
    ) -> Self {
        let stints: Vec<Stint> = base.usage.on(instance).collect();
        let movable = |s: &Stint| moving.iter().any(|p| p.starts && p.service == s.service && p.slot == s.slot);
        let steady: Vec<Stint> = stints.iter().filter(|s| !movable(s)).copied().collect();
        // Somebody in two slots of a service is one user: of its places the one with the most users is counted.
        let users = |p: &Presence| {
            let service = &judge.programme.services[p.service.0];
            service.users_of(&service.slots[p.slot]).of(judge.values)
        };
        let largest = |p: &Presence| {
            moving
                .iter()
                .filter(|o| o.service == p.service && o.slot != p.slot)
                .all(|o| users(o) < users(p) || (users(o) <= users(p) && o.slot > p.slot))
        };
        let presences: Vec<Presence> = moving.iter().filter(|p| largest(p)).cloned().collect();
        let months = judge.programme.frame.period.months();
        let within = |m: i32| usize::try_from(m).ok().filter(|m| *m < months);
        let mut steps: BTreeSet<MonthIndex> = presences.iter().flat_map(|p| &p.ways).filter_map(|(_, m)| within(*m)).collect();
        steps.extend(stints.iter().flat_map(|s| [s.from, s.to]).filter(|m| *m < months));
        steps.insert(0);
        steps.extend(also);
        let at: BTreeMap<ServiceIx, usize> = presences.iter().enumerate().map(|(i, p)| (p.service, i)).collect();
        let mut staff: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for shared in &judge.programme.shared_staff {
            if let (Some(a), Some(b)) = (at.get(&shared.one), at.get(&shared.other)) {
                *staff.entry((*a.min(b), *a.max(b))).or_insert(0.0) += shared.users.of(judge.values);
            }
        }
        let shared = |((a, b), staff): ((usize, usize), f64)| (a, b, staff.min(users(&presences[a])).min(users(&presences[b])));
        let pairs: Vec<(usize, usize, f64)> = staff.into_iter().map(shared).filter(|(_, _, staff)| *staff > 0.0).collect();
        let steps: Vec<MonthIndex> = steps.into_iter().collect();
        let both = vec![vec![None; steps.len()]; pairs.len()];
        let mut shared: BTreeMap<ServiceIx, Vec<usize>> = BTreeMap::new();
        for (i, own) in judge.programme.shared_staff.iter().enumerate() {
            shared.entry(own.one).or_default().push(i);
            shared.entry(own.other).or_default().push(i);
        }
        Self { judge, presences, steady, stints, steps, shared, pairs, both }
    }

    /// Months in which something can change, the first among them.
    pub(super) fn steps(&self) -> &[MonthIndex] {
        &self.steps
    }

    fn units(&self, service: ServiceIx, slot: usize, counted: Counted) -> f64 {
        let own: &Service = &self.judge.programme.services[service.0];
        let of = |n: Option<crate::assumption::Assumed<f64>>| n.map_or(0.0, |n| n.of(self.judge.values));
        match counted {
            Counted::Users(share) => own.users_of(&own.slots[slot]).of(self.judge.values) * share,
            Counted::Nothing => 0.0,
            Counted::Patients => of(own.patients),
            Counted::Contacts => of(own.contacts),
        }
    }

    /// Units that a presence brings in a month: without those of its service who are there in another slot that stays, and
    /// without staff of other services that stay.
    fn brings(&self, p: &Presence, counted: Counted, month: MonthIndex) -> f64 {
        let now = || self.steady.iter().filter(|s| s.from <= month && month < s.to);
        let mut units = self.units(p.service, p.slot, counted);
        let same = now().filter(|s| s.service == p.service && s.slot != p.slot);
        units -= same.map(|s| self.units(s.service, s.slot, counted)).fold(0.0, f64::max).min(units);
        if let Counted::Users(share) = counted {
            let shared = self.shared.get(&p.service).into_iter().flatten().map(|i| &self.judge.programme.shared_staff[*i]);
            for pair in shared {
                let Some(other) = pair.beside(p.service).filter(|o| now().any(|s| s.service == *o)) else { continue };
                let there = now().filter(|s| s.service == other).map(|s| s.users).fold(0.0, f64::max);
                let own = self.units(p.service, p.slot, Counted::Users(1.0));
                units -= share * pair.users.of(self.judge.values).min(there).min(own);
            }
        }
        units.max(0.0)
    }

    /// Units in the months of a step if nothing moves.
    pub(super) fn still(&self, counted: Counted, month: MonthIndex) -> f64 {
        let now: Vec<Stint> = self.stints.iter().filter(|s| s.from <= month && month < s.to).copied().collect();
        let mut sum = 0.0;
        for own in now.chunk_by(|a, b| a.service == b.service) {
            sum += own.iter().map(|s| self.units(s.service, s.slot, counted)).fold(0.0, f64::max);
        }
        if let Counted::Users(share) = counted {
            let mut there: BTreeMap<ServiceIx, f64> = BTreeMap::new();
            for stint in &now {
                let most = there.entry(stint.service).or_insert(0.0);
                *most = most.max(stint.users);
            }
            for pair in &self.judge.programme.shared_staff {
                let most = |service: ServiceIx| there.get(&service).copied().unwrap_or(0.0);
                sum -= share * pair.users.of(self.judge.values).min(most(pair.one)).min(most(pair.other));
            }
        }
        sum.max(0.0)
    }

    /// Whether a presence is on the instance in a month if nothing moves.
    fn is_still(&self, p: &Presence, month: MonthIndex) -> bool {
        p.starts && self.stints.iter().any(|s| s.service == p.service && s.slot == p.slot && s.from <= month && month < s.to)
    }

    /// Units in the months of a step, by position, as terms to be added to [`Crowd::still`]:
    ///
    /// ```text
    /// sum of q[s] (on[s,m] - on if nothing moves) - sum of staff[s,r] (both[s,r,m] - both if nothing moves)
    /// both[s,r,m] <= on[s,m]      both[s,r,m] <= on[r,m]
    /// ```
    pub(super) fn change(&mut self, counted: Counted, step: usize, builder: &mut Builder) -> (Terms, f64) {
        let month = self.steps[step];
        let mut terms: Terms = Vec::new();
        for p in &self.presences {
            // One that comes later by what is decided is not there to leave before.
            if p.starts && !self.is_still(p, month) {
                continue;
            }
            let brings = self.brings(p, counted, month);
            terms.extend(p.on(month).0.into_iter().map(|(v, sign)| (v, sign * brings)));
        }
        let mut constant = 0.0;
        if let Counted::Users(share) = counted {
            for i in 0..self.pairs.len() {
                let (a, b, staff) = self.pairs[i];
                let (one, other) = (&self.presences[a], &self.presences[b]);
                let there = |p: &Presence| !p.starts || self.is_still(p, month);
                let can = |p: &Presence| p.starts || !p.on(month).0.is_empty();
                if !(there(one) && there(other) && can(one) && can(other)) {
                    continue;
                }
                if one.starts && other.starts {
                    constant += share * staff;
                    if one.on(month).0.is_empty() && other.on(month).0.is_empty() {
                        constant -= share * staff;
                        continue;
                    }
                }
                if builder.is_in_steps() {
                    // Both are there no more than half of each: one variable less for each pair and step.
                    for (on, first) in [one.on(month), other.on(month)] {
                        terms.extend(on.into_iter().map(|(v, sign)| (v, -0.5 * share * staff * sign)));
                        constant -= 0.5 * share * staff * first;
                    }
                    continue;
                }
                let both = self.together(i, step, builder);
                terms.push((both, -share * staff));
            }
        }
        (terms, constant)
    }

    fn together(&mut self, pair: usize, step: usize, builder: &mut Builder) -> Variable {
        if let Some(known) = self.both[pair][step] {
            return known;
        }
        let (a, b, _) = self.pairs[pair];
        let both = builder.variable("both", 0.0, 1.0);
        for p in [a, b] {
            let (on, constant) = self.presences[p].on(self.steps[step]);
            let mut terms: Terms = on.into_iter().map(|(v, sign)| (v, -sign)).collect();
            terms.push((both, 1.0));
            builder.at_most("both", terms, constant);
        }
        self.both[pair][step] = Some(both);
        both
    }

    /// The most units that there can be in any month.
    pub(super) fn most(&self, counted: Counted) -> f64 {
        let still = self.steps.iter().map(|m| self.still(counted, *m)).fold(0.0, f64::max);
        still + self.presences.iter().filter(|p| !p.starts).map(|p| self.units(p.service, p.slot, counted)).sum::<f64>()
    }
}
