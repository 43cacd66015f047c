//! Gates: what an option must pass before any weighing.

use super::{Approvals, Totals};
use crate::assumption::{Assumed, Values};
use crate::costing::{ContractMonths, Costing, Joining, Usage, Way, WayFault, route_of};
use crate::impact::{self, LiveOn};
use crate::plan::{Move, Plan, PlannedLink, whole_months};
use crate::programme::{Ceiling, ContractIx, ContractLine, Hazard, LineBasis, Link, MoveKindIx, OptionKind, Programme, Timing};
use crate::quantity::{Quarter, grouped, offset_of};
use std::collections::BTreeMap;

/// A gate and how an option fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it is passed.
    pub passed: bool,
    /// Why.
    pub reason: String,
}

/// All gates of an option: the *must* capabilities, clinical safety where hazards are given, then those that people judge.
#[must_use]
pub(super) fn gates(
    programme: &Programme,
    plan: &Plan,
    (costing, totals, live): (&Costing, &Totals, &LiveOn),
    values: &Values,
) -> Vec<Gate> {
    let option = plan.option;
    let kept = programme.options[option.0].kind == OptionKind::BusinessAsUsual;
    let keep = |reason: String, passed: bool| {
        if kept && !passed { format!("{reason} Business as usual is kept as the comparator.") } else { reason }
    };
    let mut gates = vec![capability(programme, live, values)];
    gates.extend(ceiling(programme, (&costing.contracts, &costing.usage), values));
    gates.extend(build_time(programme, plan));
    gates.extend(route(programme, &costing.joining, Approvals::of(programme, costing, totals, values).months));
    gates.extend(clinical_safety(programme, plan));
    for judged in &programme.judged_gates {
        let failed = judged.fails.iter().find(|(o, _)| *o == option).map(|(_, reason)| reason.clone());
        let reason = failed.clone().or_else(|| judged.passes_because.clone()).unwrap_or_else(|| judged.name.clone());
        gates.push(Gate { id: judged.id.clone(), name: judged.name.clone(), passed: failed.is_none(), reason });
    }
    for gate in &mut gates {
        gate.reason = keep(std::mem::take(&mut gate.reason), gate.passed);
    }
    gates
}

/// What is not decided yet cannot have been begun: the build of a move or link of the option's own starts when the as-at
/// date has come (Green Book 2026, 6.32: what is sunk has been spent). Commitments are under way, and links that exist
/// are built. No gate where no such move or link says how long it is built. A plan is judged by the likely months, whatever else is tried: a longer build makes it late, and
/// not impossible.
fn build_time(programme: &Programme, plan: &Plan) -> Option<Gate> {
    let period = &programme.frame.period;
    let first = offset_of(period.first_counted());
    let likely = |n: Assumed<f64>| programme.register.get(n.handle()).likely;
    let build = |m: &&Move| whole_months(likely(programme.move_kinds[m.kind.0].build));
    let own = || plan.moves.iter().filter(|m| m.commitment.is_none() && build(m) > 0);
    // By system, go-live and months of build, with the services.
    let mut late: BTreeMap<(i32, usize, i32), Vec<&str>> = BTreeMap::new();
    for m in own().filter(|m| period.offset(m.go_live) - build(m) < first) {
        let services = late.entry((period.offset(m.go_live), m.to.0, build(&m))).or_default();
        services.push(&programme.services[m.service.0].name);
        services.dedup();
    }
    let day = |offset: i32| period.start().plus(offset).to_string();
    let one = |((go_live, to, months), services): (&(i32, usize, i32), &Vec<&str>)| {
        let (system, free) = (&programme.instances[*to].name, Quarter::of(period.start().plus(first + months + 2)));
        let who = services.join(", ");
        format!(
            "{who} to {system} in {} takes {} to build, from {} on: {} at the earliest",
            day(*go_live),
            in_words(*months),
            day(go_live - months),
            free.first_month()
        )
    };
    let links: Vec<(&Link, i32, i32)> = plan.links.iter().filter_map(|l| link_build(programme, l)).collect();
    let link = |(link, live, months): &(&Link, i32, i32)| {
        format!(
            "{} in {} takes {} to build, from {} on: {} at the earliest",
            link.name,
            day(*live),
            in_words(*months),
            day(live - months),
            day(first + months)
        )
    };
    let late_links = links.iter().filter(|(_, live, months)| live - months < first).map(link);
    let late: Vec<String> = late.iter().map(one).chain(late_links).collect();
    let passed = late.is_empty();
    let reason = if passed {
        "No build would have to start before the as-at date.".to_owned()
    } else {
        format!("Would have to be begun before the as-at date, {}: {}.", period.as_at.strftime("%-d %B %Y"), late.join("; "))
    };
    (own().next().is_some() || !links.is_empty()).then(|| Gate {
        id: "build_time".to_owned(),
        name: "Time to build before go-live".to_owned(),
        passed,
        reason,
    })
}

fn in_words(months: i32) -> String {
    if months == 1 { "1 month".to_owned() } else { format!("{months} months") }
}

/// Whether the work on a link need not have begun before the as-at date.
#[must_use]
pub fn link_is_built_in_time(programme: &Programme, planned: &PlannedLink) -> bool {
    let first = offset_of(programme.frame.period.first_counted());
    link_build(programme, planned).is_none_or(|(_, live, months)| live - months >= first)
}

/// A link that the option builds, when it goes live (as an offset) and the months before in which it is built: its ends
/// in the quarter before, its work from the quarter in which the first item starts. `None` if it takes no building.
fn link_build<'a>(programme: &'a Programme, planned: &PlannedLink) -> Option<(&'a Link, i32, i32)> {
    let link = &programme.links[planned.link.0];
    let live = programme.frame.period.offset(planned.live?);
    let starts = link.build.iter().filter_map(|item| match item.timing {
        Timing::Before { starts, .. } => Some(starts),
        Timing::After { .. } => None,
    });
    let quarters = starts.chain(link.build_per_end.map(|_| 1)).max()?;
    Some((link, live, 3 * offset_of(quarters)))
}

/// Users may come onto a contract only by a way that it has, in time: the as-at date, approvals one after the other, the
/// way and the build come before go-live. No gate where no contract that is joined says which ways there are.
fn route(programme: &Programme, joinings: &[Joining], approvals: f64) -> Option<Gate> {
    let period = &programme.frame.period;
    let approvals = in_months(approvals);
    let day = |offset: i32| period.start().plus(offset).to_string();
    let mut faults = Vec::new();
    for joining in joinings.iter().filter(|j| !is_joined_in_time(j, approvals)) {
        let system = &programme.instances[joining.instance.0].name;
        let fault = match joining.chosen.map(|i| &joining.ways[i]) {
            Some(way) => format!(
                "{system} could go live in {} at the earliest, after approvals, procurement and build, and not in {}",
                day(way.earliest + approvals),
                day(joining.go_live)
            ),
            None => format!("{system} would take on {} users, {}", grouped(joining.users, 0), ways(programme, joining)),
        };
        faults.push(fault);
    }
    let passed = faults.is_empty();
    let reason = if passed {
        "There is a way, in time, to bring users onto every system they move to.".to_owned()
    } else {
        format!("{}.", faults.join("; "))
    };
    (!joinings.is_empty()).then(|| Gate {
        id: "route".to_owned(),
        name: "A way to bring users onto contracts, in time".to_owned(),
        passed,
        reason,
    })
}

/// Why none of the ways does.
fn ways(programme: &Programme, joining: &Joining) -> String {
    let day = |offset: i32| programme.frame.period.start().plus(offset).to_string();
    let one = |way: &Way| {
        let word = route_of(programme, way).kind.word().replace('_', " ");
        match way.fault {
            Some(WayFault::Users(limit)) => format!("by {word} no more than {}", grouped(limit, 0)),
            Some(WayFault::Growth(growth, limit)) if growth.is_finite() => {
                format!(
                    "by {word} the charge would grow by {}%, and may by {}%",
                    grouped(100.0 * growth, 0),
                    grouped(100.0 * limit, 0)
                )
            }
            Some(WayFault::Growth(_, limit)) => {
                format!("by {word} the charge may grow by {}%, and nothing is charged yet", grouped(100.0 * limit, 0))
            }
            Some(WayFault::Late) => format!("by {word} not before {}", day(way.earliest)),
            Some(WayFault::Closed) => format!("by {word} not any more"),
            None => format!("by {word}"),
        }
    };
    if joining.ways.is_empty() {
        "and there is no way".to_owned()
    } else {
        joining.ways.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// A fixed charge that covers so many users, without a price for more, may not be used by more while it runs. No gate
/// where no contract has such a line.
fn ceiling(programme: &Programme, used: (&[ContractMonths], &Usage), values: &Values) -> Option<Gate> {
    let beyond = |(contract, most, peak): (usize, f64, f64)| {
        let name = &programme.contracts[contract].name;
        format!("{name} covers {} users and would have {} users", grouped(most, 0), grouped(peak, 0))
    };
    let found = has_ceilings(programme);
    let over: Vec<String> = over_ceilings(programme, used, values).map(beyond).collect();
    let passed = over.is_empty();
    let reason = if passed { "No licence is used by more than it covers.".to_owned() } else { format!("{}.", over.join("; ")) };
    found.then(|| Gate { id: "licence_ceiling".to_owned(), name: "Users within what licences cover".to_owned(), passed, reason })
}

/// Whether some licence covers so many users and no more.
pub(super) fn has_ceilings(programme: &Programme) -> bool {
    programme.contracts.iter().any(|c| c.instance.is_some() && c.lines.iter().any(|l| limit(l).is_some()))
}

/// The users that a line covers, where no more may use it.
fn limit(line: &ContractLine) -> Option<Assumed<f64>> {
    match line.basis {
        LineBasis::Fixed { covers: Some(Ceiling { users, beyond: None }), .. } => Some(users),
        _ => None,
    }
}

/// Contracts (by position) that would have more users than they cover: how many they cover, and the most there are.
fn over_ceilings<'a>(
    programme: &'a Programme,
    (contracts, usage): (&'a [ContractMonths], &'a Usage),
    values: &'a Values,
) -> impl Iterator<Item = (usize, f64, f64)> + 'a {
    let all = contracts.iter().enumerate();
    all.filter_map(move |(i, months)| {
        beyond(programme, (ContractIx(i), months), usage, values).map(|(most, peak)| (i, most, peak))
    })
}

/// How many users a contract covers, and the most there are, if they are more.
fn beyond(
    programme: &Programme,
    (ix, months): (ContractIx, &ContractMonths),
    usage: &Usage,
    values: &Values,
) -> Option<(f64, f64)> {
    let contract = &programme.contracts[ix.0];
    let most = contract.lines.iter().filter_map(limit).map(|users| users.of(values)).fold(f64::INFINITY, f64::min);
    let used = &usage.instances[contract.instance.filter(|_| most.is_finite())?.0];
    let first = programme.frame.period.first_counted();
    let peak = (first..months.paid.len()).filter(|m| months.paid[*m]).map(|m| used.total(m)).fold(0.0, f64::max);
    (peak > most).then_some((most, peak))
}

/// Whether a contract has no more users than it covers.
pub(super) fn is_covered(programme: &Programme, contract: (ContractIx, &ContractMonths), usage: &Usage, values: &Values) -> bool {
    beyond(programme, contract, usage, values).is_none()
}

/// Whole months that approvals take.
fn in_months(approvals: f64) -> i32 {
    crate::plan::whole_months(approvals.ceil())
}

/// Whether there is a way to bring users onto a system, and in time after approvals.
fn is_joined_in_time(joining: &Joining, approvals: i32) -> bool {
    joining.chosen.is_some_and(|i| joining.ways[i].earliest + approvals <= joining.go_live)
}

/// Whether a plan passes the gates that no value tried can change: clinical safety, time to build as likely, and what
/// people judge.
pub(super) fn passes_unpriced(programme: &Programme, plan: &Plan) -> bool {
    let judged = programme.judged_gates.iter().all(|g| g.fails.iter().all(|(o, _)| *o != plan.option));
    let gates = [clinical_safety(programme, plan), build_time(programme, plan)];
    judged && gates.into_iter().flatten().all(|g| g.passed)
}

/// Whether a plan passes the other gates on some values but for ceilings of licences and capabilities, without a word why.
pub(super) fn passes_priced(joinings: &[Joining], approvals: f64) -> bool {
    joinings.iter().all(|j| is_joined_in_time(j, in_months(approvals)))
}

fn capability(programme: &Programme, live: &LiveOn, values: &Values) -> Gate {
    let missing = impact::missing_musts(programme, live, values);
    let names: Vec<String> = missing
        .iter()
        .map(|m| format!("{} ({})", programme.services[m.service.0].name, programme.capabilities[m.capability.0].name))
        .collect();
    let reason = if names.is_empty() {
        "Every service has each capability it must have.".to_owned()
    } else {
        format!("Without a capability that they must have: {}.", names.join("; "))
    };
    Gate {
        id: "must_capabilities".to_owned(),
        name: "Capabilities that services must have".to_owned(),
        passed: missing.is_empty(),
        reason,
    }
}

/// No hazard of the option, or of a kind of move that it makes, may keep a level of 4 or 5. DCB0160.
fn clinical_safety(programme: &Programme, plan: &Plan) -> Option<Gate> {
    if programme.hazards.is_empty() {
        return None;
    }
    let kinds: Vec<MoveKindIx> = plan.moves.iter().map(|m| m.kind).collect();
    let present = || programme.hazards.iter().filter(|h| programme.is_at_risk(h, plan.option, &kinds));
    let high: Vec<String> =
        present().filter(|h| h.residual >= Hazard::UNACCEPTABLE).map(|h| format!("{} (level {})", h.name, h.residual)).collect();
    let reason = match (present().count(), high.is_empty()) {
        (0, _) => "No hazard of the register goes with it.".to_owned(),
        (_, true) => "No hazard of the register keeps a level of 4 or 5 after mitigation.".to_owned(),
        (_, false) => format!("Level 4 or 5 after mitigation: {}.", high.join("; ")),
    };
    Some(Gate {
        id: "clinical_safety_hazards".to_owned(),
        name: "Clinical-safety hazards".to_owned(),
        passed: high.is_empty(),
        reason,
    })
}
