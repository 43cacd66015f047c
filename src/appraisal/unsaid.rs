//! What a scenario does not say and nothing fills: it is then none, or rests on defaults alone, and a reader should know.

use super::{Case, naming};
use crate::assumption::{Assumed, Origin};
use crate::costing::UseState;
use crate::programme::{Category, InstanceIx, Measure, Programme};

/// All of them, in a fixed order.
pub(super) fn warnings(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    without_contract(case, warn);
    if case.programme.frame.defaults.is_none() {
        return;
    }
    links_without_run(case, warn);
    without_needs(case.programme, warn);
    visibility_on_defaults(case.programme, warn);
    vat_unsaid(case, warn);
}

fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|n| format!("\u{201c}{n}\u{201d}")).collect();
    naming::list(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A system that is used and for which nobody pays a contract, beside systems that have theirs.
fn without_contract(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    let programme = case.programme;
    if programme.contracts.iter().all(|c| c.instance.is_none()) {
        return;
    }
    let costings = || case.outcome.options.iter().map(|o| &o.costing);
    let used =
        |i: usize| costings().any(|c| c.usage.stints.iter().any(|s| s.state == UseState::Live && s.instance == InstanceIx(i)));
    let free = |i: usize| {
        let run = &programme.instances[i].run;
        programme.contracts.iter().all(|c| c.instance != Some(InstanceIx(i))) && run.staff.is_empty() && run.other.is_none()
    };
    let names: Vec<&str> =
        (0..programme.instances.len()).filter(|&i| free(i) && used(i)).map(|i| programme.instances[i].name.as_str()).collect();
    if !names.is_empty() {
        let (is, has) = if names.len() == 1 { ("is", "has") } else { ("are", "have") };
        warn(
            "no_contract",
            format!(
                "{} {is} used and {has} no contract and no cost of running, so {is} free: add [contracts], or the cost under `run` of the system.",
                quoted(names)
            ),
        );
    }
}

/// Links that options build and whose running costs nothing: the library has no figure for it.
fn links_without_run(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    let built = |i: usize| case.plans.iter().flat_map(|p| &p.links).any(|l| l.link.0 == i && l.live.is_some());
    let links = case.programme.links.iter().enumerate();
    let silent = links.filter(|(i, l)| l.run.is_none() && l.run_per_end.is_none() && l.yearly.is_empty() && built(*i));
    let names: Vec<&str> = silent.map(|(_, l)| l.name.as_str()).collect();
    if !names.is_empty() {
        let cost = if names.len() == 1 { "costs" } else { "cost" };
        warn(
            "link_without_run",
            format!(
                "{} {cost} nothing to run: the library of defaults has no figure, so give `run` (0 if that is so).",
                quoted(names)
            ),
        );
    }
}

/// Services of which nothing is needed, beside others of which something is: a line that the library does not know.
fn without_needs(programme: &Programme, warn: &mut impl FnMut(&str, String)) {
    let filled = |n: Assumed<f64>| programme.register.get(n.handle()).origin == Origin::Library;
    let shipped = programme.products.iter().flat_map(|p| &p.coverage).flatten().any(|c| filled(*c));
    let (with, without): (Vec<_>, Vec<_>) = programme.services.iter().partition(|s| !s.needs.is_empty());
    if !shipped || with.is_empty() || without.is_empty() {
        return;
    }
    let names = quoted(without.iter().map(|s| s.name.as_str()));
    let mut known: Vec<&str> = with.iter().filter_map(|s| s.line.as_deref()).collect();
    known.sort_unstable();
    known.dedup();
    warn(
        "line_without_needs",
        format!(
            "Nothing is needed of the record of {names}, so capability does not count {}: the library has needs for services of the line {} here. Mend the line, or add [needs].",
            if without.len() == 1 { "it" } else { "them" },
            known.join(", ")
        ),
    );
}

/// A criterion whose whole data are default flows says what the library says, and not what the trust has counted.
fn visibility_on_defaults(programme: &Programme, warn: &mut impl FnMut(&str, String)) {
    let filled = |n: Assumed<f64>| programme.register.get(n.handle()).origin == Origin::Library;
    let flows = &programme.flows;
    if flows.is_empty() || !flows.iter().all(|f| filled(f.contacts)) {
        return;
    }
    let on_flows = programme.tree.criteria.iter().filter(|c| matches!(c.measure, Measure::Visibility | Measure::Burden));
    let names: Vec<&str> = on_flows.map(|c| c.name.as_str()).collect();
    let largest = flows.iter().max_by(|a, b| {
        let contacts = |f: &crate::programme::Flow| programme.register.get(f.contacts.handle()).likely;
        contacts(a).total_cmp(&contacts(b))
    });
    if let (false, Some(flow)) = (names.is_empty(), largest) {
        let service = |s: crate::programme::ServiceIx| programme.services[s.0].name.as_str();
        let rest = if names.len() == 1 { "rests" } else { "rest" };
        warn(
            "on_default_flows",
            format!(
                "{} {rest} wholly on default flows, spread by numbers of contacts and by place and not by who treats the same patients (the largest is {} with {}): give [flows].",
                quoted(names),
                service(flow.from),
                service(flow.to)
            ),
        );
    }
}

/// Contracts that say nothing of VAT are without it: a finance director asks whether that was meant.
fn vat_unsaid(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    let programme = case.programme;
    let said = |n: Assumed<f64>| programme.register.get(n.handle()).origin == Origin::Given;
    if programme.contracts.is_empty() || programme.contracts.iter().any(|c| said(c.vat.rate)) {
        return;
    }
    let lines = case.outcome.options.first().map_or(&[][..], |o| &o.costing.lines[..]);
    if lines.iter().any(|l| l.category != Category::ScoredElsewhere) {
        warn(
            "vat_not_said",
            "No contract says anything of VAT, so there is none in cash: where it is charged and cannot all be recovered, add `vat`.".to_owned(),
        );
    }
}
