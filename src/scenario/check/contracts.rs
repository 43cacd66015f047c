//! Contracts beside and after one another.

use super::place;
use crate::costing::{self, Costing};
use crate::plan::Plan;
use crate::programme::{Contract, ContractIx, Expiry, LineBasis, OnTransfer, Programme};
use crate::quantity::Month;
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;
use std::collections::{BTreeMap, BTreeSet};

/// A contract follows one of the same system, that began before it, and is the only one to do so.
pub(super) fn followers(reading: &Reading, programme: &Programme) {
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
pub(super) fn cover(reading: &Reading, programme: &Programme, plans: &[Plan]) {
    let values = reading.register().central();
    let mut gaps: BTreeMap<(usize, Month), Vec<&str>> = BTreeMap::new();
    let mut lapses: BTreeSet<usize> = BTreeSet::new();
    // What an option that is left to the optimiser comes to is not known yet: there cover is a limit.
    let given: Vec<&Plan> = plans.iter().filter(|plan| programme.options[plan.option.0].freedom.is_none()).collect();
    for plan in &given {
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
        let who = if options.len() == given.len() { "every option".to_owned() } else { options.join(", ") };
        let contract_id = &programme.contracts[*contract].id;
        let instance = programme.contracts[*contract].instance.map_or("", |i| programme.instances[i.0].id.as_str());
        let begun = programme.contracts[*contract].start.is_none_or(|s| s <= *from);
        let verb = if begun { "no longer covers" } else { "does not yet cover" };
        let message = format!("`{instance}` is used in {from} under {who}, but contract `{contract_id}` {verb} it");
        let hint = "add an extension or renewal to the contract, a contract that follows it, or move the services earlier";
        reading.report(Problem::new(Code::NoContractCover, place(reading, "contracts", *contract), message).hint(hint));
    }
    // A month that nobody covers has been said.
    lapses.retain(|contract| !gaps.keys().any(|(gap, _)| gap == contract));
    for contract in lapses {
        let id = &programme.contracts[contract].id;
        let own = programme.contracts[contract].instance;
        let others = programme.contracts.iter().filter(|c| c.instance == own).count() > 1;
        let rest = if others { ", and only other contracts of the system go on" } else { "" };
        let message = format!("contract `{id}` ends while its system is used{rest}");
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

/// Two contracts that charge by user for the same system in the same months bill every user twice, unless one
/// follows the other.
pub(super) fn billed_once(reading: &Reading, programme: &Programme) {
    let by_user = |c: &Contract| c.lines.iter().any(|l| matches!(l.basis, LineBasis::Metered { .. }));
    let starts = |c: &Contract| c.start.map_or(i32::MIN, |m| programme.frame.period.offset(m));
    let ends = |c: &Contract| programme.frame.period.offset(Month::of(c.end));
    // Whether `b` comes after `a` in a chain of contracts that follow one another.
    let after = |a: usize, b: usize| {
        let chain = std::iter::successors(Some(b), |c| programme.contracts[*c].follows.map(|f| f.0));
        chain.take(programme.contracts.len() + 1).any(|c| c == a)
    };
    for (i, contract) in programme.contracts.iter().enumerate() {
        for (j, other) in programme.contracts[..i].iter().enumerate() {
            let same = contract.instance.is_some() && contract.instance == other.instance;
            let together = starts(contract) <= ends(other) && starts(other) <= ends(contract);
            if same && together && by_user(contract) && by_user(other) && !after(i, j) && !after(j, i) {
                let message = format!(
                    "contracts `{}` and `{}` both charge by user for the same system in the same months",
                    other.id, contract.id
                );
                let hint = "if one takes over from the other say `follows` there; if both are due, this is as meant";
                let problem = Problem::new(Code::BilledTwice, place(reading, "contracts", i), message);
                reading.report(problem.also(place(reading, "contracts", j), "the other is here").hint(hint).warning());
            }
        }
    }
}

/// What an option says of a contract's end, the contract has terms for.
pub(super) fn expiries(reading: &Reading, programme: &Programme) {
    for (i, option) in programme.options.iter().enumerate() {
        for (ix, expiry) in &option.expiry {
            let contract = &programme.contracts[ix.0];
            let wanted = match expiry {
                Expiry::Renew if contract.renewal.is_none() => "renewal",
                Expiry::Reprocure if contract.reprocurement.is_none() => "reprocurement",
                Expiry::Extend if contract.extensions.is_empty() && contract.renewal.is_none() => "extension",
                _ => continue,
            };
            let (id, own) = (&contract.id, &option.id);
            let message = format!("option `{own}` takes up a {wanted} of contract `{id}`, which has none");
            let hint = format!("add [contracts.{id}.{wanted}], or say otherwise under `expiry`");
            let problem = Problem::new(Code::Expiry, place(reading, "options", i), message);
            reading.report(problem.also(place(reading, "contracts", ix.0), "the contract is here").hint(hint));
        }
    }
}

/// What becomes of a contract on a transfer fits what becomes of its body.
pub(super) fn transfers(reading: &Reading, programme: &Programme) {
    for (i, contract) in programme.contracts.iter().enumerate() {
        let Some(terms) = contract.on_transfer else { continue };
        let body = contract.body.or(programme.frame.lead).map(|b| &programme.organisations[b.0]);
        let (message, hint) = match body {
            Some(body) if body.successor.is_some() && matches!(terms, OnTransfer::Stays) => (
                format!("contract `{}` stays with `{}`, which dissolves", contract.id, body.id),
                "say \"passes\", \"needs_consent\" or \"ends\"; what a body that dissolves has, its successor has",
            ),
            Some(body) if body.hands_over().is_some() => continue,
            _ => (
                format!("contract `{}` says what becomes of it on a transfer, but its body hands nothing over", contract.id),
                "give the body a `successor` or `services_to`, with `from`, or remove `on_transfer`",
            ),
        };
        reading.report(Problem::new(Code::Transfer, place(reading, "contracts", i), message).hint(hint));
    }
}

/// A contract whose agreed term was over when the appraisal starts, and that nothing follows, is taken to go on by its
/// extension or renewal, at their prices.
pub(super) fn ended_before(reading: &Reading, programme: &Programme) {
    let as_at = programme.frame.period.as_at;
    let used = |i| programme.services.iter().flat_map(|s| &s.slots).any(|slot| slot.instance == i);
    for (i, contract) in programme.contracts.iter().enumerate() {
        let followed = programme.contracts.iter().any(|c| c.follows == Some(ContractIx(i)));
        let goes_on = !contract.extensions.is_empty() || contract.renewal.is_some();
        if contract.end < as_at && !followed && goes_on && contract.instance.is_some_and(used) {
            let message = format!(
                "contract `{}` ended on {}, before the as-at date, so it is taken to go on by its extension or renewal",
                contract.id,
                contract.end.strftime("%-d %B %Y")
            );
            let hint = "if it was extended, give the last day of that as `end`";
            reading.report(Problem::new(Code::EndedBefore, place(reading, "contracts", i), message).hint(hint).warning());
        }
    }
}
