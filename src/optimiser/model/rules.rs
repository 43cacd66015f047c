//! What choices share: one way each, links, the go-lives of a quarter, order, teams.

use super::conflict::Limit;
use super::event::Happened;
use super::ways::Way;
use super::{Base, Builder};
use crate::costing::{Component, Course};
use crate::optimiser::limits::ROUNDING;
use crate::optimiser::{Judge, Team, loads};
use crate::outcome::Days;
use crate::plan::{self, PlannedLink};
use crate::programme::{LinkIx, ServiceIx, Start};
use crate::quantity::{Month, Quarter};
use crate::solver::{Relation, Terms, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// A link that goes live in a quarter: `y[a,t]`.
#[derive(Debug, Clone)]
pub(super) struct Dated {
    pub(super) variable: Variable,
    pub(super) days: Vec<Days>,
}

/// All dates of all links that may be built, with what each costs: building, running, and what starts with it.
pub(super) fn offers(judge: &Judge<'_>, base: &Base<'_>, builder: &mut Builder) -> Vec<Vec<Dated>> {
    let offers = judge.space.offers.iter();
    offers.map(|offer| offer.dates.iter().map(|live| dated(judge, base, (offer.link, *live), builder)).collect()).collect()
}

fn dated(judge: &Judge<'_>, base: &Base<'_>, (link, live): (LinkIx, Month), builder: &mut Builder) -> Dated {
    let programme = judge.programme;
    let mut plan = base.plan.clone();
    plan.links = plan::with_links(programme, &[(link, live)]);
    let at = plan.links.iter().position(|l: &PlannedLink| l.link == link).unwrap_or(0);
    let course = Course { plan: &plan, ..base.course() };
    let own = |c: &Component| match *c {
        Component::LinkWork(i, _) | Component::LinkEnds(i) | Component::LinkRun(i) | Component::LinkYearly(i, _) => i == at,
        Component::Stream(i) => programme.streams[i].start == Start::LinkLive(link),
        Component::Risk(i) => programme.risks[i].start == Start::LinkLive(link),
        _ => false,
    };
    let (pounds, days) = judge.pricing().priced(Component::all(programme, &plan).into_iter().filter(own), &course);
    let variable = builder.binary(format!("y_{}_{}", link.0, programme.frame.period.offset(live)));
    builder.cost(variable, pounds);
    Dated { variable, days }
}

/// Every slot goes one way at most, every link is built once at most; just one where it may not stay or lack.
///
/// ```text
/// sum of x[s,k,t,l] over k, t and l <= 1      sum of y[a,t] over t <= 1
/// ```
pub(super) fn one_way(judge: &Judge<'_>, ways: &[Vec<Way>], offers: &[Vec<Dated>], builder: &mut Builder) {
    for (place, own) in judge.space.places.iter().zip(ways) {
        let terms: Terms = own.iter().map(|w| (w.variable, 1.0)).collect();
        builder.at_most("one_way", terms.clone(), 1.0);
        if !place.may_stay {
            builder.limit(Limit::Moves(place.service, place.slot), "must_move", (terms, Relation::AtLeast, 1.0), 0.0);
        }
    }
    for (offer, own) in judge.space.offers.iter().zip(offers) {
        let terms: Terms = own.iter().map(|d| (d.variable, 1.0)).collect();
        builder.row("one_date", terms, if offer.may_lack { Relation::AtMost } else { Relation::Exactly }, 1.0);
    }
}

/// No more services, and no more users, go live in a quarter than may. A service of several slots counts once, with the
/// slot that has the most users.
///
/// ```text
/// sum of x[s,k,t,l] over s, k and l <= go-lives      sum of u[s] x[s,k,t,l] <= users      for each t
/// ```
pub(super) fn crowds(judge: &Judge<'_>, ways: &[Vec<Way>], builder: &mut Builder) {
    let limits = &judge.limits;
    let counted = counted(judge);
    let quarters: BTreeSet<i32> = ways.iter().flatten().map(|w| w.planned).collect();
    let date = |quarter: i32| Quarter::of(judge.programme.frame.period.start().plus(quarter));
    for quarter in quarters {
        let of = |(p, users): &(usize, f64)| -> Vec<(Variable, f64)> {
            ways[*p].iter().filter(|w| w.planned == quarter).map(|w| (w.variable, *users)).collect()
        };
        if let Some(most) = limits.go_lives {
            let terms: Terms = counted.iter().flat_map(|(p, _)| of(&(*p, 1.0))).collect();
            let most = f64::from(u32::try_from(most).unwrap_or(u32::MAX));
            builder.limit(Limit::GoLives(date(quarter)), "go_lives", (terms, Relation::AtMost, most), most);
        }
        if let Some(most) = limits.users {
            let terms: Terms = counted.iter().flat_map(of).collect();
            builder.limit(Limit::Users(date(quarter)), "users", (terms, Relation::AtMost, most + ROUNDING), most);
        }
    }
}

/// The places that count for their service, with their users: of several slots the one with the most.
fn counted(judge: &Judge<'_>) -> Vec<(usize, f64)> {
    let places = &judge.space.places;
    let users = |p: usize| {
        let service = &judge.programme.services[places[p].service.0];
        service.users_of(&service.slots[places[p].slot]).of(judge.values)
    };
    let most = |p: &usize| {
        let others = (0..places.len()).filter(|o| o != p && places[*o].service == places[*p].service);
        others.into_iter().all(|o| users(o) < users(*p) || (users(o) <= users(*p) && o > *p))
    };
    (0..places.len()).filter(most).map(|p| (p, users(p))).collect()
}

/// A service goes live after the one that it waits for, where both move.
///
/// ```text
/// sum of x[s,k,t',l] with t' <= t + sum of x[a,k,t',l] with t' >= t <= 1      for each t
/// ```
pub(super) fn order(judge: &Judge<'_>, base: &Base<'_>, ways: &[Vec<Way>], builder: &mut Builder) {
    let period = &judge.programme.frame.period;
    let of = |service: ServiceIx| (0..ways.len()).filter(move |p| judge.space.places[*p].service == service);
    for &(rule, service, first) in &judge.limits.order {
        let limit = Limit::Order(rule, service, first);
        let decided = base.plan.moves.iter().filter(|m| m.service == first).map(|m| period.offset(m.go_live)).max();
        for own in of(service) {
            if let Some(decided) = decided {
                let early = ways[own].iter().filter(|w| w.planned <= decided);
                let terms: Terms = early.map(|w| (w.variable, 1.0)).collect();
                if !terms.is_empty() {
                    builder.limit(limit, "order_decided", (terms, Relation::AtMost, 0.0), 0.0);
                }
            }
            for other in of(first) {
                let quarters: BTreeSet<i32> = ways[own].iter().map(|w| w.planned).collect();
                for quarter in quarters {
                    let early = ways[own].iter().filter(|w| w.planned <= quarter);
                    let late = ways[other].iter().filter(|w| w.planned >= quarter);
                    let terms: Terms = early.chain(late).map(|w| (w.variable, 1.0)).collect();
                    builder.limit(limit, "order", (terms, Relation::AtMost, 1.0), 0.0);
                }
            }
        }
    }
}

/// What is paid once for each source, as work: when it happens, and the days that it takes by then.
pub(super) struct Once {
    pub(super) happened: Happened,
    pub(super) days: Vec<Vec<Days>>,
}

/// No team has more to do in a quarter than it can.
///
/// ```text
/// sum of days[s,k,t,l,team,q] x[s,k,t,l] + days of links and of what is paid once <= capacity[team,q] - days decided
/// ```
pub(super) fn teams(
    judge: &Judge<'_>,
    base: &Base<'_>,
    (ways, offers): (&[Vec<Way>], &[Vec<Dated>]),
    once: &[Once],
    builder: &mut Builder,
) {
    let programme = judge.programme;
    let decided =
        loads(programme, &judge.pricing().priced(base.components.iter().copied().filter(|c| c.works()), &base.course()).1);
    let mut rows: BTreeMap<Team, Terms> = BTreeMap::new();
    let chosen = ways.iter().flatten().map(|w| (w.variable, &w.days));
    for (variable, days) in chosen.chain(offers.iter().flatten().map(|d| (d.variable, &d.days))) {
        for (team, days) in loads(programme, days) {
            rows.entry(team).or_default().push((variable, days));
        }
    }
    for own in once {
        let loads: Vec<BTreeMap<Team, f64>> = own.days.iter().map(|days| loads(programme, days)).collect();
        let teams: BTreeSet<Team> = loads.iter().flat_map(|l| l.keys().copied()).collect();
        for team in teams {
            let amounts: Vec<f64> = loads.iter().map(|l| l.get(&team).copied().unwrap_or(0.0)).collect();
            rows.entry(team).or_default().extend(own.happened.terms(&amounts));
        }
    }
    for (team, terms) in rows {
        let Some(most) = judge.limits.teams.get(&team) else { continue };
        let free = most - decided.get(&team).copied().unwrap_or(0.0);
        let all: f64 = terms.iter().map(|(_, days)| days.max(0.0)).sum();
        if all > free {
            builder.limit(Limit::Team(team), &name(team), (terms, Relation::AtMost, free + ROUNDING), *most);
        }
    }
}

fn name(team: Team) -> String {
    let body = team.body.map_or_else(String::new, |b| format!("_{}", b.0));
    format!("team_{}{body}_{}", team.role.0, team.quarter.to_string().replace([' ', '/'], "_"))
}
