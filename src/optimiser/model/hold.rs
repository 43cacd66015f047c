//! Holding the team while go-lives slip.

use super::ways::Way;
use super::{Base, Builder};
use crate::costing::team_hold_line;
use crate::optimiser::Judge;
use crate::programme::ServiceIx;
use crate::solver::{Terms, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// `hold[m]` is 1 in a month in which some go-live is due and has not come.
///
/// ```text
/// hold[m] >= sum of x[s,k,t,l] with t <= m < t + l                        for each s
/// cost = sum over m of (fixed + per user x users moved) x pound[m] x hold[m]
/// ```
///
/// Users moved are those of the services that move at all: `both[m,s] >= hold[m] + sum of x[s,k,t,l] - 1`.
pub(super) fn hold(judge: &Judge<'_>, base: &Base<'_>, ways: &[Vec<Way>], builder: &mut Builder) {
    let programme = judge.programme;
    let of = |n: Option<crate::assumption::Assumed<f64>>| n.map_or(0.0, |n| n.of(judge.values));
    let (fixed, per_user) = (of(programme.staff.team_hold), of(programme.staff.team_hold_per_user));
    if fixed <= 0.0 && per_user <= 0.0 {
        return;
    }
    let pound = |month: i32| judge.pricing().line(team_hold_line(programme), [(month, 1.0)]);
    let mut decided: BTreeMap<ServiceIx, f64> = BTreeMap::new();
    for m in &base.plan.moves {
        let most = decided.entry(m.service).or_insert(0.0);
        *most = most.max(users(judge, (m.service, m.slot)));
    }
    let already: f64 = decided.values().sum();
    let late = |month: i32| base.timetable.moves.iter().any(|m| m.planned <= month && month < m.live);
    let adds = |p: usize| adds(judge, &decided, p);
    let months: BTreeSet<i32> = ways.iter().flatten().flat_map(|w| w.planned..w.live).collect();
    let held: BTreeSet<i32> = base.timetable.moves.iter().flat_map(|m| m.planned..m.live).collect();
    for month in months.union(&held).copied() {
        let worth = pound(month);
        if worth <= 0.0 {
            continue;
        }
        let moved = |p: usize| -> Terms { ways[p].iter().map(|w| (w.variable, 1.0)).collect() };
        if late(month) {
            // It is held anyway: each who moves adds to it.
            for p in 0..ways.len() {
                for (v, _) in moved(p) {
                    builder.cost(v, per_user * adds(p) * worth);
                }
            }
            continue;
        }
        let hold = builder.variable(format!("hold_{month}"), 0.0, 1.0);
        builder.cost(hold, (fixed + per_user * already) * worth);
        for own in ways {
            let mut terms: Vec<(Variable, f64)> =
                own.iter().filter(|w| w.planned <= month && month < w.live).map(|w| (w.variable, 1.0)).collect();
            if !terms.is_empty() {
                terms.push((hold, -1.0));
                builder.at_most("hold", terms, 0.0);
            }
        }
        if per_user > 0.0 {
            for p in (0..ways.len()).filter(|p| adds(*p) > 0.0) {
                let both = builder.variable(format!("held_{month}_{p}"), 0.0, 1.0);
                builder.cost(both, per_user * adds(p) * worth);
                let mut terms = moved(p);
                terms.extend([(hold, 1.0), (both, -1.0)]);
                builder.at_most("held", terms, 1.0);
            }
        }
    }
}

/// Users of a slot.
fn users(judge: &Judge<'_>, (service, slot): (ServiceIx, usize)) -> f64 {
    let service = &judge.programme.services[service.0];
    service.users_of(&service.slots[slot]).of(judge.values)
}

/// What moving a place adds to the users moved: of several slots of a service the one with the most counts.
fn adds(judge: &Judge<'_>, decided: &BTreeMap<ServiceIx, f64>, place: usize) -> f64 {
    let places = &judge.space.places;
    let of = |p: usize| users(judge, (places[p].service, places[p].slot));
    let own = of(place);
    let mut others = (0..places.len()).filter(|o| *o != place && places[*o].service == places[place].service);
    let largest = others.all(|o| of(o) < own || (of(o) <= own && o > place));
    if largest { (own - decided.get(&places[place].service).copied().unwrap_or(0.0)).max(0.0) } else { 0.0 }
}
