//! Checks across sections, on a programme whose parts have been read.

use super::Span;
use super::problem::{Code, Problem};
use super::reading::Reading;
use super::section;
use crate::costing::{self, Costing};
use crate::plan::{self, Fault, Plan};
use crate::programme::{Combination, ContractIx, LinkIx, Measure, OptionIx, Programme, ServiceIx};
use crate::quantity::Month;
use crate::scoring;
use std::collections::{BTreeMap, BTreeSet};

/// Checks that need only the parts themselves.
pub(super) fn programme(reading: &Reading, programme: &Programme) {
    measures_have_data(reading, programme);
    scores_have_panels(reading, programme);
    somebody_has_seats(reading, programme);
}

/// Combining by seats needs seats.
fn somebody_has_seats(reading: &Reading, programme: &Programme) {
    let panels = &programme.panels;
    let none = panels.list.iter().all(|p| p.seats <= 0.0);
    if panels.combination == Combination::Seats && !panels.list.is_empty() && none {
        let problem = Problem::new(Code::Weights, place(reading, "panels", 0), "panels are combined by seats but none has any");
        reading.report(problem.hint("give each panel its seats, or set combine_panels = \"equal\""));
    }
    let ruled = matches!(panels.combination, Combination::Median | Combination::Geometric);
    let weighted = || panels.list.iter().all(|p| scoring::leaf_weights(&programme.tree, p).iter().sum::<f64>() > 0.0);
    if ruled && !panels.list.is_empty() && weighted() && scoring::combined(&programme.tree, panels).is_none() {
        let rule = panels.combination.word();
        let message = format!("combined by their {rule}, the panels leave no criterion any weight");
        let problem = Problem::new(Code::Weights, place(reading, "panels", 0), message);
        reading.report(problem.hint("set combine_panels = \"equal\", or \"none\" to show each panel's ranking only"));
    }
}

fn place(reading: &Reading, section: &str, index: usize) -> Span {
    reading.place(section, index).unwrap_or(Span { file: 0, start: 0, end: 0 })
}

/// A computed measure needs the data it is computed from.
fn measures_have_data(reading: &Reading, programme: &Programme) {
    let register = reading.register();
    let contacts = programme.flows.iter().any(|f| register.get(f.contacts.handle()).likely > 0.0);
    drop(register);
    for criterion in &programme.tree.criteria {
        let lacks = match criterion.measure {
            Measure::Visibility if !contacts => Some("flows"),
            Measure::Burden if programme.burden.is_none() => Some("burden"),
            Measure::Burden if programme.flows.is_empty() => Some("flows"),
            Measure::Capability if programme.services.iter().all(|s| s.needs.is_empty()) => Some("needs"),
            Measure::Resilience if programme.services.is_empty() => Some("services"),
            _ => None,
        };
        if let Some(section) = lacks {
            let at = place(reading, "criteria", criterion.node.0);
            let message = format!(
                "`criteria.{}` measures {}, for which the scenario has no [{section}]",
                criterion.id,
                criterion.measure.word()
            );
            reading.report(
                Problem::new(Code::MeasureNeedsData, at, message).hint(format!("add [{section}], or remove the criterion")),
            );
        }
    }
}

/// Ranking by score needs criteria and panels.
fn scores_have_panels(reading: &Reading, programme: &Programme) {
    if !programme.tree.criteria.is_empty() && programme.panels.list.is_empty() {
        let at = place(reading, "criteria", 0);
        let problem = Problem::new(Code::Weights, at, "there are criteria but no panel has given them points");
        reading.report(problem.hint("add [panels.NAME] with points for every criterion"));
    }
}

/// Plans of all options, with their faults reported, and cover by contracts checked on the central
/// case.
pub(super) fn plans(reading: &Reading, programme: &Programme) -> Vec<Plan> {
    followers(reading, programme);
    let mut plans = Vec::new();
    for option in (0..programme.options.len()).map(OptionIx) {
        let (plan, faults) = plan::derive(programme, option);
        for fault in &faults {
            reading.report(explain(reading, programme, option, fault));
        }
        plans.push(plan);
    }
    if !reading.has_errors() {
        cover(reading, programme, &plans);
    }
    plans
}

fn explain(reading: &Reading, programme: &Programme, option: OptionIx, fault: &Fault) -> Problem {
    let at = place(reading, section::option::OPTIONS.name, option.0);
    let id = &programme.options[option.0].id;
    let service = |s: &ServiceIx| programme.services[s.0].id.clone();
    let (code, message, hint) = match fault {
        Fault::NoGoLive(s) => (
            Code::NoGoLive,
            format!("option `{id}` moves `{}` but does not say when", service(s)),
            "add go_live for all, a wave that matches it, or go_lives for the service".to_owned(),
        ),
        Fault::NoMoveKind(s, from, to, kind) => {
            let (from, to) = (&programme.instances[from.0].id, &programme.instances[to.0].id);
            let message =
                format!("option `{id}` moves `{}` from `{from}` to `{to}`, and [migration.{kind}] is not described", service(s));
            (Code::NoMoveKind, message, format!("add [migration.{kind}] with its work, training and dip"))
        }
        Fault::RuleMatchesNothing(i) => (
            Code::MatchesNothing,
            format!("rule {} in the targets of option `{id}` matches no service", i + 1),
            "check the spelling of line, setting or place, and the slot; fixed slots are matched only by `services`".to_owned(),
        ),
        Fault::OutsidePeriod(s, month) => (
            Code::OutsidePeriod,
            format!(
                "option `{id}` has `{}` go live in {month}, outside {} to the end of the period",
                service(s),
                programme.frame.period.as_at
            ),
            "choose a later quarter, or a longer horizon".to_owned(),
        ),
        Fault::BeforeCommitment(s, month) => (
            Code::BeforeCommitment,
            format!("option `{id}` moves `{}` in {month}, not after the move already committed", service(s)),
            "let it move later, or retain it".to_owned(),
        ),
        _ => return explain_lesser(programme, (option, at), fault),
    };
    Problem::new(code, at, message).hint(hint)
}

/// Faults of links, and those that are only warned of.
fn explain_lesser(programme: &Programme, (option, at): (OptionIx, Span), fault: &Fault) -> Problem {
    let id = &programme.options[option.0].id;
    let link = |l: &LinkIx| programme.links[l.0].id.clone();
    match fault {
        Fault::LinkOutsidePeriod(l, month) => {
            let as_at = programme.frame.period.as_at;
            let message =
                format!("option `{id}` has link `{}` go live in {month}, outside {as_at} to the end of the period", link(l));
            Problem::new(Code::OutsidePeriod, at, message).hint("choose a quarter within the period")
        }
        Fault::LinkExists(l) => {
            let message = format!("option `{id}` builds link `{}`, which exists already (baseline = true)", link(l));
            Problem::new(Code::OutsidePeriod, at, message).hint("remove it from the option, or set baseline = false")
        }
        Fault::WaveMatchesNothing(i) => {
            let message = format!("wave {} of option `{id}` matches no service that moves", i + 1);
            Problem::new(Code::MatchesNothing, at, message).hint("remove it, or check what it selects").warning()
        }
        Fault::DateWithoutMove(s) => {
            let service = &programme.services[s.0].id;
            let message = format!("option `{id}` gives a go-live for `{service}`, which it does not move");
            Problem::new(Code::MatchesNothing, at, message).hint("remove the date, or give the service a target").warning()
        }
        _ => {
            let message =
                format!("option `{id}` has targets but moves nothing: every service is there already, fixed or excepted");
            Problem::new(Code::MatchesNothing, at, message).hint("check targets and exceptions").warning()
        }
    }
}

/// A contract follows one of the same system, that began before it, and is the only one to do so.
fn followers(reading: &Reading, programme: &Programme) {
    for (i, contract) in programme.contracts.iter().enumerate() {
        let Some(before) = contract.follows else { continue };
        let other = &programme.contracts[before.0];
        let (id, other_id) = (&contract.id, &other.id);
        let later = contract.start.is_some_and(|own| other.start.is_none_or(|first| first < own));
        let rival = programme.contracts[..i].iter().find(|c| c.follows == Some(before));
        let message = if contract.instance.is_none() || contract.instance != other.instance {
            format!("contract `{id}` follows `{other_id}`, which is not for the same system")
        } else if !later {
            format!("contract `{id}` follows `{other_id}`, so it needs a start after the start of that one")
        } else if let Some(rival) = rival {
            format!("contracts `{}` and `{id}` both follow `{other_id}`", rival.id)
        } else {
            continue;
        };
        let hint = "a contract follows one other of its system, from its own start on; the next follows that one";
        reading.report(Problem::new(Code::Follows, place(reading, "contracts", i), message).hint(hint));
    }
}

/// No month of any service without contract cover, on the central case: one problem for each contract
/// that should have gone on, naming the options.
fn cover(reading: &Reading, programme: &Programme, plans: &[Plan]) {
    let values = reading.register().central();
    let mut gaps: BTreeMap<(usize, Month), Vec<&str>> = BTreeMap::new();
    let mut lapses: BTreeSet<usize> = BTreeSet::new();
    for plan in plans {
        let costing = costing::cost(programme, plan, &values);
        let mut open = costing.uncovered(programme);
        open.dedup_by_key(|(instance, _)| *instance);
        for (instance, month) in open {
            // Said of the contract that ran last before the gap, else of the first that has not begun.
            let from = programme.frame.period.month(month);
            let own = || (0..programme.contracts.len()).filter(|&i| programme.contracts[i].instance == Some(instance));
            let begun = |i: &usize| programme.contracts[*i].start.is_none_or(|s| s <= from);
            let ran = own().filter(begun).max_by_key(|&i| programme.contracts[i].end);
            if let Some(last) = ran.or_else(|| own().min_by_key(|&i| programme.contracts[i].start)) {
                gaps.entry((last, from)).or_default().push(&programme.options[plan.option.0].name);
            }
        }
        lapses.extend(lapsed(programme, &costing));
    }
    for ((contract, from), options) in &gaps {
        let who = if options.len() == plans.len() { "every option".to_owned() } else { options.join(", ") };
        let contract_id = &programme.contracts[*contract].id;
        let instance = programme.contracts[*contract].instance.map_or("", |i| programme.instances[i.0].id.as_str());
        let begun = programme.contracts[*contract].start.is_none_or(|s| s <= *from);
        let verb = if begun { "no longer covers" } else { "does not yet cover" };
        let message = format!("`{instance}` is used in {from} under {who}, but contract `{contract_id}` {verb} it");
        let hint = "add an extension or renewal to the contract, a contract that follows it, or move the services earlier";
        reading.report(Problem::new(Code::NoContractCover, place(reading, "contracts", *contract), message).hint(hint));
    }
    for contract in lapses {
        let id = &programme.contracts[contract].id;
        let message = format!("contract `{id}` ends while its system is used, and only other contracts of the system go on");
        let hint = format!("if another contract replaces it, say follows = \"{id}\" there; if not, add an extension or renewal");
        reading.report(Problem::new(Code::ContractLapses, place(reading, "contracts", contract), message).hint(hint).warning());
    }
}

/// Contracts that end in use, without one that follows them.
fn lapsed<'a>(programme: &'a Programme, costing: &'a Costing) -> impl Iterator<Item = usize> + 'a {
    let period = &programme.frame.period;
    (0..programme.contracts.len()).filter(move |&i| {
        let (contract, months) = (&programme.contracts[i], &costing.contracts[i]);
        let followers = programme.contracts.iter().filter(|c| c.follows == Some(ContractIx(i)));
        let taken_over = followers.filter_map(|c| c.start).map(|m| period.offset(m)).min();
        let until = taken_over.map_or(period.months(), |o| usize::try_from(o).unwrap_or(0).min(period.months()));
        let Some(used) = contract.instance.map(|ix| &costing.usage.instances[ix.0]) else { return false };
        let mut after = period.first_counted().max(months.term_end)..until;
        after.any(|m| used.total(m) > 0.0 && !months.paid[m])
    })
}
