//! What is wrong with a plan, in the user's words.

use super::place;
use crate::plan::{self, Fault, Plan};
use crate::programme::{LinkIx, OptionIx, Programme, ServiceIx};
use crate::quantity::Month;
use crate::scenario::Span;
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;
use crate::scenario::section;

/// Services that an option moves without saying when, all at once.
pub(super) fn no_go_live(reading: &Reading, programme: &Programme, option: OptionIx, services: &[&str]) -> Problem {
    let at = place(reading, section::option::OPTIONS.name, option.0);
    let mut names = services.to_vec();
    names.dedup();
    let which = names.iter().map(|s| format!("`{s}`")).collect::<Vec<_>>().join(", ");
    let message = format!("option `{}` moves {which} but does not say when", programme.options[option.0].id);
    let hint = "add go_live = 2028-04-01, say, for all; a wave that matches each; or go_lives for a service";
    Problem::new(Code::NoGoLive, at, message).hint(hint)
}

/// The problem that a fault of a plan is.
pub(super) fn explain(reading: &Reading, programme: &Programme, plan: &Plan, fault: &Fault) -> Problem {
    let option = plan.option;
    let at = place(reading, section::option::OPTIONS.name, option.0);
    let id = &programme.options[option.0].id;
    let service = |s: &ServiceIx| programme.services[s.0].id.clone();
    let (code, message, hint) = match fault {
        Fault::NoMoveKind(s, from, to, kind) => {
            let (from, to) = (&programme.instances[from.0].id, &programme.instances[to.0].id);
            let message =
                format!("option `{id}` moves `{}` from `{from}` to `{to}`, and [migration.{kind}] is not described", service(s));
            (Code::NoMoveKind, message, format!("add [migration.{kind}] with its work, training and dip"))
        }
        Fault::RuleMatchesNothing(i) => (
            Code::MatchesNothing,
            format!("rule {} in the targets of option `{id}` matches no service", i + 1),
            "no service has all of these at once, or the slot is another; fixed slots are matched only by `services`".to_owned(),
        ),
        Fault::OutsidePeriod(s, month) => (
            Code::OutsidePeriod,
            format!(
                "option `{id}` has `{}` go live in {month}, outside {} to the end of the period",
                service(s),
                programme.frame.period.as_at
            ),
            "choose a quarter after the as-at date and within the period, or a longer horizon".to_owned(),
        ),
        Fault::BeforeCommitment(s, month) => (
            Code::BeforeCommitment,
            format!("option `{id}` moves `{}` in {month}, not after the move already committed", service(s)),
            "let it move later, or retain it".to_owned(),
        ),
        Fault::Frozen(s, month, _) | Fault::TooEarly(s, month, _) => {
            return explain_limit(reading, programme, plan, (*s, *month, fault));
        }
        _ => return explain_lesser(programme, (option, at), fault),
    };
    Problem::new(code, at, message).hint(hint)
}

/// Go-lives in a freeze, or before what they wait for, with the next quarter that is free.
fn explain_limit(
    reading: &Reading,
    programme: &Programme,
    plan: &Plan,
    (service, month, fault): (ServiceIx, Month, &Fault),
) -> Problem {
    let (option, id) = (&programme.options[plan.option.0].id, &programme.services[service.0].id);
    let at = place(reading, section::option::OPTIONS.name, plan.option.0);
    let free = plan::next_free(programme, &plan.moves, service, month);
    let hint = free.map_or_else(
        || "no later quarter of the period is free: shorten the freeze, give a longer horizon, or let it stay".to_owned(),
        |q| format!("the next quarter that is free is {q}: write go_live = {}", q.first_month().first_day()),
    );
    match fault {
        Fault::TooEarly(_, _, rule) => {
            let rule_at = place(reading, section::limit::PRECEDENCE.name, *rule);
            let rule = &programme.precedence[*rule];
            let until = match (rule.not_before, rule.after) {
                (Some(not_before), _) => format!("not before {not_before}"),
                (None, Some(after)) => format!("only after `{}`", programme.services[after.0].id),
                (None, None) => "later".to_owned(),
            };
            let message = format!("option `{option}` has `{id}` go live in {month}; it is to go live {until}: {}", rule.because);
            Problem::new(Code::Precedence, at, message).also(rule_at, "by this rule").hint(hint)
        }
        Fault::Frozen(_, _, freeze) => {
            let freeze_at = place(reading, section::limit::FREEZES.name, *freeze);
            let name = &programme.freezes[*freeze].name;
            let message = format!("option `{option}` has `{id}` go live in {month}, when nothing may: {name}");
            Problem::new(Code::Freeze, at, message).also(freeze_at, "by this freeze").hint(hint)
        }
        _ => explain_lesser(programme, (plan.option, at), fault),
    }
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
        Fault::LinkTooSoon(l, month, soonest) => {
            let lead = programme.links[l.0].lead_months;
            let message = format!(
                "option `{id}` has link `{}` go live in {month}, but with a lead time of {lead} months it cannot before {soonest}",
                link(l)
            );
            Problem::new(Code::LeadTime, at, message).hint("choose a later quarter, or give the `lead_months` that hold")
        }
        Fault::LinkExists(l) => {
            let message = format!("option `{id}` builds link `{}`, which exists already (baseline = true)", link(l));
            Problem::new(Code::OutsidePeriod, at, message).hint("remove it from the option, or set baseline = false")
        }
        Fault::WaveMatchesNothing(i) => {
            let message = format!("wave {} of option `{id}` matches no service that moves", i + 1);
            Problem::new(Code::MatchesNothing, at, message)
                .hint("no service that moves has all of these at once; one that no wave matches goes with the date for all")
                .warning()
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
