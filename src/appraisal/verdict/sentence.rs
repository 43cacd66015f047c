//! A verdict in words.

use super::super::headline::more_or_less;
use super::super::naming;
use super::super::result::{BreakEven, Marginal, Verdict};
use super::{View, quoted};
use crate::plan::Move;
use crate::programme::OptionIx;
use crate::quantity::fixed;

/// What to do, what the move is worth as part of the option and by itself, and what would turn it.
pub(super) fn sentence(
    view: &View<'_>,
    m: &Move,
    verdict: &Verdict,
    (tied, blocked, needed): (&[Move], &[&str], &[&str]),
) -> String {
    let programme = view.case.programme;
    let system = |i: crate::programme::InstanceIx| &programme.instances[i.0].name;
    let who = naming_of(view, m);
    let (from, to) = (system(m.from), system(m.to));
    let what = match verdict.verdict.as_str() {
        "converge" => format!("Converge: move {who} from {from} to {to} in {}.", m.go_live),
        "rationalise" => format!("Rationalise: move {who} from {from} to {to}, the same product, in {}.", m.go_live),
        "interoperate" => format!("Interoperate: keep {who} on {from}, joined by {}.", naming::list(&view.links(m.from))),
        "retain" => format!("Retain: keep {who} on {from}."),
        _ if tied.is_empty() => format!("Decide {who} with what it shares in the option as a whole."),
        _ => {
            let group: Vec<String> = tied.iter().map(|other| naming_of(view, other)).collect();
            let group: Vec<&str> = group.iter().map(String::as_str).collect();
            format!("Decide {who} with its group: {}.", naming::list(&group))
        }
    };
    let option = quoted(programme, OptionIx(view.leading));
    // Said where the moves of another option than the leading one are looked at.
    let other = match view.case.leading {
        leading if leading == view.leading => String::new(),
        leading => format!(" ({}, which leads, moves nothing)", quoted(programme, OptionIx(leading))),
    };
    let gates = match (blocked, needed) {
        ([], []) => String::new(),
        ([], needed) => format!(" Without the move a gate fails: {}.", naming::list(needed)),
        (blocked, _) => format!(" With the move to {to} a gate fails: {}.", naming::list(blocked)),
    };
    let apart = format!(
        " As part of {option}{other} the move {}; by itself, from business as usual, it {}.",
        worth(view, &verdict.leave_one_out),
        worth(view, &verdict.first_in)
    );
    let together = verdict
        .group_together
        .as_ref()
        .map_or_else(String::new, |g| format!(" Together, the move of the group in {option} {}.", worth(view, g)));
    format!("{what}{gates}{apart}{together}{}", turning(&verdict.break_even))
}

fn naming_of(view: &View<'_>, m: &Move) -> String {
    let service = &view.case.programme.services[m.service.0];
    if service.slots.len() > 1 { format!("{} ({})", service.name, service.slots[m.slot].name) } else { service.name.clone() }
}

/// `gains 1.2 points and costs £300,000 more`.
fn worth(view: &View<'_>, marginal: &Marginal) -> String {
    let cost = match more_or_less(marginal.npc).as_str() {
        "the same" => "costs the same".to_owned(),
        words => format!("costs {words}"),
    };
    match marginal.score.filter(|_| view.scored()) {
        Some(score) if score > 0.0 => format!("gains {} points and {cost}", fixed(score, 2)),
        Some(score) => format!("loses {} points and {cost}", fixed(-score, 2)),
        None => cost,
    }
}

/// What would turn the worth of the move in the option: the nearest, or that nothing tried would.
fn turning(all: &[BreakEven]) -> String {
    let distance = |b: &&BreakEven| b.factor.map_or(f64::INFINITY, |f| (f - 1.0).abs());
    let nearest = all.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
    match nearest {
        None => String::new(),
        Some(b) if b.factor.is_some() => format!(" In the option its worth turns at {}.", b.sentence),
        Some(_) => " Nothing that was tried turns its worth in the option: licence prices, the dip, shared contacts and overlap, each by itself.".to_owned(),
    }
}
