//! When moves are expected to go live, once optimism bias on duration is allowed for.

use super::Plan;
use crate::assumption::Values;
use crate::economics::resultant;
use crate::programme::{MoveKind, Programme};

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
/// least as far as the one before it, because the same team builds both. Commitments slip by their
/// own kind. Work before the planned go-live stays where it is.
#[must_use]
pub fn expected(programme: &Programme, plan: &Plan, values: &Values) -> Vec<ExpectedMove> {
    let mut pushed = 0;
    plan.moves
        .iter()
        .map(|m| {
            let own = slip(programme, &programme.move_kinds[m.kind.0], values);
            let slip = if m.commitment.is_some() { own } else { own.max(pushed) };
            if m.commitment.is_none() {
                pushed = slip;
            }
            let planned = programme.frame.period.offset(m.go_live);
            ExpectedMove { planned, live: planned + slip + i32::try_from(plan.slip).expect("a few months") }
        })
        .collect()
}

fn slip(programme: &Programme, kind: &MoveKind, values: &Values) -> i32 {
    let Some(bias) = kind.duration_bias.map(|b| &programme.biases[b.0]) else { return 0 };
    let Some(duration) = bias.duration else { return 0 };
    let months = kind.build.of(values) * resultant(duration.of(values), bias.mitigated.of(values));
    whole_months(months)
}

/// Nearest whole number of months, never negative.
#[expect(clippy::cast_possible_truncation, reason = "months are checked to lie between 0 and 12,000 before the cast")]
pub(crate) fn whole_months(months: f64) -> i32 {
    months.round().clamp(0.0, 12_000.0) as i32
}
