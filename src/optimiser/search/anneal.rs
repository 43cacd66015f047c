//! Simulated annealing (Kirkpatrick, Gelatt and Vecchi, Science 220, 1983): worse drafts are taken as well, the less often
//! the worse they are and the longer it has gone on.

use super::changes::Changes;
use super::dice::Dice;
use super::walker::{Found, Walker, worth};
use crate::optimiser::tally::Standing;
use std::cmp::Ordering;

/// How far apart drafts are, by which temperatures and penalties are measured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// What a change mostly does to the goal.
    of: f64,
    /// What it mostly does to what is asked for besides.
    short: f64,
}

impl Scale {
    /// Mean of what changes do at random from a draft, which is left as it is.
    pub(super) fn of(walker: &mut Walker<'_>, changes: &Changes<'_>, dice: &mut Dice, times: u64) -> Self {
        let start = walker.stand();
        let (mut of, mut asked, mut count) = (0.0, 0.0, 0.0);
        // A goal that asks for something besides asks for cost where it counts score, and the other way round.
        let other = |s: &Standing| if s.of.total_cmp(&s.npc).is_eq() { s.score.unwrap_or(0.0) } else { s.npc };
        for _ in 0..times {
            changes.one(walker, dice);
            if walker.changed() {
                let next = walker.stand();
                let by = (next.of - start.of).abs();
                if by > 0.0 {
                    of += by;
                    asked += (other(&next) - other(&start)).abs();
                    count += 1.0;
                }
                walker.take_back();
            }
        }
        let mean = |sum: f64| if count > 0.0 && sum > 0.0 { sum / count } else { 1.0 };
        Self { of: mean(of), short: mean(asked) }
    }
}

/// How a walk cools.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cooling {
    /// Temperature at the start and at the end, in units of the scale.
    pub(super) heat: (f64, f64),
    /// What a limit that is not kept weighs, at the start and at the end, in units of the scale.
    pub(super) penalty: (f64, f64),
    /// Plans to try.
    pub(super) plans: u64,
}

/// Walks from the draft at hand; the best draft met.
pub(super) fn anneal(
    walker: &mut Walker<'_>,
    changes: &Changes<'_>,
    (scale, cooling): (Scale, Cooling),
    dice: &mut Dice,
) -> Found {
    let mut now = walker.stand();
    let mut best = Found { draft: walker.draft().clone(), standing: now };
    let mut weight = cooling.penalty.0 * scale.of;
    let energy = |s: &Standing, weight: f64| {
        s.of + weight * (s.over + (if s.short > 0.0 { 0.02 } else { 0.0 }) + 0.3 * s.short / scale.short)
    };
    // Changes that change nothing cost little, and must come to an end as well.
    let (end, mut idle) = (walker.tried + cooling.plans, 0);
    let (mut heat, start) = (cooling.heat.0 * scale.of, walker.tried);
    while walker.tried < end && idle < cooling.plans {
        if walker.tried.is_multiple_of(16) {
            if walker.is_stopped() {
                break;
            }
            let share = ratio(walker.tried - start, cooling.plans);
            heat = scale.of * between(cooling.heat, share);
            weight = scale.of * between(cooling.penalty, share);
        }
        changes.one(walker, dice);
        if !walker.changed() {
            idle += 1;
            continue;
        }
        let next = walker.stand();
        // What is not taken may be the best all the same: it may keep limits that the draft at hand does not.
        if worth(&next, &best.standing) != Ordering::Greater {
            let found = Found { draft: walker.draft().clone(), standing: next };
            if found.beats(&best) {
                best = found;
            }
        }
        let by = energy(&next, weight) - energy(&now, weight);
        if by <= 0.0 || dice.unit() < (-by / heat).exp() {
            walker.keep();
            now = next;
        } else {
            walker.take_back();
        }
    }
    best
}

fn ratio(part: u64, whole: u64) -> f64 {
    let number = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    number(part) / number(whole.max(1))
}

/// From one number to another, by equal factors.
fn between((first, last): (f64, f64), share: f64) -> f64 {
    first * (last / first).powf(share)
}
