//! Leaving or staying, in words and with its dates.

use super::Case;
use super::result::ExitDecision;
use crate::costing::{Decision, Exit};
use crate::programme::Contract;
use crate::quantity::{Month, pounds};

/// Decisions of one option.
pub(super) fn decisions(case: &Case<'_>, option: usize) -> Vec<ExitDecision> {
    found(case, option).into_iter().map(|(contract, exit)| decision(contract, exit)).collect()
}

/// Contracts of an option for which the question arose.
pub(super) fn found<'a>(case: &'a Case<'_>, option: usize) -> Vec<(&'a Contract, &'a Exit)> {
    let contracts = case.programme.contracts.iter().zip(&case.outcome.options[option].costing.contracts);
    contracts.filter_map(|(c, months)| months.exit.as_ref().map(|e| (c, e))).filter(|(_, e)| e.stay > 0.0).collect()
}

/// The month in which the last users of a contract's system went live elsewhere.
pub(super) fn last_go_live(case: &Case<'_>, option: usize, contract: &Contract) -> Option<Month> {
    let evaluated = &case.outcome.options[option];
    let leaving = evaluated.plan.moves.iter().zip(&evaluated.costing.moves).filter(|(m, _)| Some(m.from) == contract.instance);
    leaving.map(|(_, when)| case.programme.frame.period.start().plus(when.live)).max()
}

fn decision(contract: &Contract, exit: &Exit) -> ExitDecision {
    let leave = exit.leave.first_day();
    let last = exit.until.plus(-1).last_day();
    // One month's slip may buy a year: said where the contract has gone on after its agreed end.
    let end = if last > contract.end {
        format!("its extension or renewal to {}", last.strftime("%-d %B %Y"))
    } else {
        "the end".to_owned()
    };
    let sentence = match exit.charge {
        None => format!("{}: no right to leave early, so {} is paid to {end}.", contract.name, pounds(exit.stay)),
        Some(charge) if exit.decision == Decision::Exit && charge + exit.archive + exit.set_off < 0.5 => {
            format!(
                "{}: left on {} at no charge; staying would cost {}.",
                contract.name,
                leave.strftime("%-d %B %Y"),
                pounds(exit.stay)
            )
        }
        Some(charge) => {
            let verb = match exit.decision {
                Decision::Stay => format!("staying to {end} costs less"),
                Decision::Exit => "leaving costs less".to_owned(),
            };
            let more = |amount: f64| if amount < 0.0 { format!("{} less", pounds(-amount)) } else { pounds(amount) };
            let archive = more(exit.archive);
            let sooner = if exit.set_off.abs() < 0.5 {
                String::new()
            } else {
                format!(" and {} for what its end takes, which comes sooner", more(exit.set_off))
            };
            format!(
                "{}: {verb}. Staying costs {}; leaving on {} costs an exit charge of {} and {archive} for read-only access{sooner}, together {}.",
                contract.name,
                pounds(exit.stay),
                leave.strftime("%-d %B %Y"),
                pounds(charge),
                pounds(charge + exit.archive + exit.set_off)
            )
        }
    };
    ExitDecision {
        contract: contract.id.clone(),
        left: leave.to_string(),
        stay: exit.stay,
        exit_charge: exit.charge,
        archive: exit.archive,
        decision: if exit.decision == Decision::Stay { "stay" } else { "exit" }.to_owned(),
        notice_by: exit.notice_by.map(|d| d.to_string()),
        sentence,
    }
}
