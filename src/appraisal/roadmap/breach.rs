//! Limits that are not kept, in words with numbers.

use super::super::headline::money;
use super::super::naming;
use super::super::result::Conflict;
use crate::optimiser::{Breach, Clash, Limit, Space, Team};
use crate::programme::Programme;
use crate::quantity::grouped;

/// Limits that a plan breaks, each once.
pub(super) fn conflicts(programme: &Programme, broken: &[Breach]) -> Vec<Conflict> {
    let mut all: Vec<Conflict> = Vec::new();
    for breach in broken {
        let conflict = conflict(programme, breach);
        if !all.contains(&conflict) {
            all.push(conflict);
        }
    }
    all
}

fn conflict(programme: &Programme, breach: &Breach) -> Conflict {
    let service = |s: crate::programme::ServiceIx| &programme.services[s.0].name;
    let (limit, sentence) = match breach {
        Breach::Team(team, days, capacity) => {
            let words = format!(
                "{} in {} covers {} of the {} days needed",
                capacity_of(programme, team),
                team.quarter,
                grouped(*capacity, 0),
                upwards(*days)
            );
            ("team", words)
        }
        Breach::GoLives(quarter, count, most) => {
            ("go_lives", format!("{} would go live in {quarter}, and {most} may", services(*count)))
        }
        Breach::Users(quarter, users, most) => {
            ("users", format!("{} users would go live in {quarter}, and {} may", upwards(*users), grouped(*most, 0)))
        }
        Breach::Order(rule, later, first) => {
            let because = naming::lower(&programme.precedence[*rule].because);
            let words =
                format!("{} would go live no later than {}, which it waits for ({because})", service(*later), service(*first));
            ("precedence", words)
        }
        Breach::Funding(budget, short) => {
            let body = &programme.organisations[budget.body.0].name;
            let year = programme.frame.period.year(budget.year);
            ("funding", format!("{body} would be {} short in {year}, beyond what is short already", money(*short)))
        }
        Breach::Cover(instance, month) => {
            let system = &programme.instances[instance.0].name;
            ("cover", format!("{system} would be used in {month}, and no contract covers it then"))
        }
        Breach::Latest(late, go_live) => {
            let latest = programme.optimise.latest.map_or_else(String::new, |l| format!(", and nothing may after {l}"));
            ("latest", format!("{} would go live in {go_live}{latest}", service(*late)))
        }
        Breach::Gate => ("gate", "a gate would not be passed".to_owned()),
    };
    Conflict { limit: limit.to_owned(), sentence }
}

/// Limits that cannot all hold, in words; without any one of them the others can.
pub(super) fn clashes(programme: &Programme, clashes: &[Clash]) -> Vec<Conflict> {
    let service = |s: crate::programme::ServiceIx| &programme.services[s.0].name;
    let one = |clash: &Clash| {
        let (limit, sentence) = match clash.limit {
            Limit::Team(team) => match clash.needs {
                Some(needs) => return conflict(programme, &Breach::Team(team, needs, clash.has)),
                None => {
                    ("team", format!("{} in {} is {} days", capacity_of(programme, &team), team.quarter, grouped(clash.has, 0)))
                }
            },
            Limit::GoLives(quarter) => {
                let needs = clash.needs.map_or_else(String::new, |n| format!(", and {} would have to", upwards(n)));
                ("go_lives", format!("no more than {} may go live in {quarter}{needs}", grouped(clash.has, 0)))
            }
            Limit::Users(quarter) => {
                let needs = clash.needs.map_or_else(String::new, |n| format!(", and {} would have to", upwards(n)));
                ("users", format!("no more than {} users may go live in {quarter}{needs}", grouped(clash.has, 0)))
            }
            Limit::Order(rule, later, first) => {
                let because = naming::lower(&programme.precedence[rule].because);
                ("precedence", format!("{} goes live after {} ({because})", service(later), service(first)))
            }
            Limit::Moves(moved, _) => ("moves", format!("{} has to move", service(moved))),
        };
        Conflict { limit: limit.to_owned(), sentence }
    };
    clashes.iter().map(one).collect()
}

/// What is needed, rounded up: 655 of 654.2 days. What is a whole number but for rounding stays one.
fn upwards(needed: f64) -> String {
    grouped((needed - 1e-6).ceil(), 0)
}

fn services(count: usize) -> String {
    format!("{count} service{}", if count == 1 { "" } else { "s" })
}

/// `Training capacity`, or `Training capacity of Alpha Trust`.
fn capacity_of(programme: &Programme, team: &Team) -> String {
    let role = &programme.roles[team.role.0].name;
    match team.body {
        Some(body) => format!("{role} capacity of {}", programme.organisations[body.0].name),
        None => format!("{role} capacity"),
    }
}

/// Slots that must move and have no date on which they may.
pub(super) fn stuck(programme: &Programme, space: &Space) -> Vec<Conflict> {
    let stuck = space.places.iter().filter(|p| !p.may_stay && p.choices.is_empty());
    let one = |p: &crate::optimiser::Place| {
        let service = &programme.services[p.service.0];
        let slot = &service.slots[p.slot].name;
        let what = if service.slots.len() > 1 { format!("{} ({slot})", service.name) } else { service.name.clone() };
        let targets = crate::plan::targets_of(programme, space.option);
        let to =
            targets.get(&(p.service, p.slot)).map_or_else(String::new, |to| format!(" to {}", programme.instances[to.0].name));
        let sentence = format!(
            "there is no quarter in which {what} may move{to}: of the period, those are left out that lie in a freeze, before what it waits for, too soon to build or too late to finish, and a system without what the service must have"
        );
        Conflict { limit: "no_date".to_owned(), sentence }
    };
    stuck.map(one).collect()
}
