//! When moves are expected to go live, once optimism bias on duration is allowed for.

use super::Plan;
use crate::assumption::Values;
use crate::programme::{MoveKind, Programme};
use crate::quantity::offset_of;

/// Planned and expected go-live of a move, in months from April of year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedMove {
    /// As planned.
    pub planned: i32,
    /// As expected; never earlier.
    pub live: i32,
}

/// Planned and expected go-live of each move, in the plan's order.
///
/// A move slips by `build months x bias on duration`, rounded to whole months; a later wave slips at
/// least as far as every earlier one, because the same team builds them. Commitments slip by their own
/// kind. A slot never goes live on its next system before it was due on the last. Work before the
/// planned go-live stays where it is.
#[must_use]
pub fn expected(programme: &Programme, plan: &Plan, values: &Values) -> Vec<ExpectedMove> {
    let own: Vec<i32> = plan.moves.iter().map(|m| slip(programme, &programme.move_kinds[m.kind.0], values)).collect();
    let mut all: Vec<ExpectedMove> = Vec::with_capacity(plan.moves.len());
    for (i, m) in plan.moves.iter().enumerate() {
        let earlier = plan.moves.iter().zip(&own).filter(|(o, _)| o.commitment.is_none() && o.go_live < m.go_live);
        let pushed = earlier.map(|(_, slip)| *slip).max().unwrap_or(0);
        let slip = if m.commitment.is_some() { own[i] } else { own[i].max(pushed) };
        let planned = programme.frame.period.offset(m.go_live);
        let live = planned + slip + offset_of(plan.slip);
        let before = plan.moves[..i].iter().zip(&all).filter(|(o, _)| o.service == m.service && o.slot == m.slot);
        let not_before = before.map(|(_, when)| when.live).max().unwrap_or(live);
        all.push(ExpectedMove { planned, live: live.max(not_before) });
    }
    all
}

fn slip(programme: &Programme, kind: &MoveKind, values: &Values) -> i32 {
    let Some(bias) = kind.duration_bias.map(|b| &programme.biases[b.0]) else { return 0 };
    bias.on_duration(values).map_or(0, |uplift| whole_months(kind.build.of(values) * uplift))
}

/// Nearest whole number of months, never negative.
#[expect(clippy::cast_possible_truncation, reason = "months are checked to lie between 0 and 12,000 before the cast")]
pub(crate) fn whole_months(months: f64) -> i32 {
    // 5 x 50% x 20% is half a month, though its binary product lies below: 12 significant digits, as for
    // everything that is shown.
    let decimal: f64 = format!("{months:.11e}").parse().unwrap_or(months);
    decimal.round().clamp(0.0, 12_000.0) as i32
}
