//! Switching values: the value of one input at which two options cost the same. Green Book 2026,
//! 6.102-6.105.

use crate::assumption::{Assumption, Handle, Origin, Unit, Values};
use crate::outcome::{Recost, Varied};
use crate::programme::Programme;

/// How one input would have to be for two options to have the same net present cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Switch {
    /// Input.
    pub input: Handle,
    /// The option that costs more now, by position.
    pub option: usize,
    /// The option that costs less now.
    pub against: usize,
    /// The value; `None` if no admissible value does it.
    pub value: Option<f64>,
    /// Whether the order of the two turns there at one go, so that at no value do they cost the same.
    pub jump: bool,
    /// Whether the order stays turned from `value` on, away from the value now, wherever it was looked.
    pub onwards: bool,
    /// The values looked at.
    pub searched: (f64, f64),
    /// Whether raising the input beyond what was looked at only widens the gap.
    pub away: bool,
}

/// Plans with their net present costs on some values.
#[derive(Debug, Clone, Copy)]
pub struct Costed<'a> {
    /// The case.
    pub programme: &'a Programme,
    /// The values.
    pub values: &'a Values,
    /// Its plans, costed on them.
    pub plans: &'a [Recost<'a>],
    /// Net present cost of each plan on them.
    pub costs: &'a [f64],
}

/// Sections whose numbers measures of impact rest on. Of them only staff who work in two services act on a cost, and there
/// may be thousands of such numbers: they are not asked about.
const IMPACT_ONLY: [&str; 4] = ["capabilities.", "flows.", "burden.", "same_instance."];

/// Inputs worth asking about: those with a range, the scenario's own or that of a library of defaults, and every price a
/// user that the scenario gives, where a cost can rest on them.
#[must_use]
pub fn inputs(programme: &Programme) -> Vec<Handle> {
    let costs = |id: &str| !IMPACT_ONLY.iter().any(|section| id.starts_with(section));
    let told = |a: &Assumption| match a.origin {
        Origin::Given => a.range.is_some() || a.unit == Unit::PoundsPerUserYear,
        Origin::Library => a.range.is_some(),
        Origin::Default => false,
    };
    let asked = |a: &Assumption| told(a) && costs(&a.id);
    programme.register.iter().filter(|(_, a)| asked(a)).map(|(h, _)| h).collect()
}

/// Gap between two options below which they cost the same: a hundredth of a penny.
const SAME: f64 = 1e-4;

/// Switching values of one input for pairs of options (dearer, cheaper), nearest to its value now.
/// Pairs whose gap does not depend on the input are left out.
///
/// Everything that the input acts on is costed again. Where the cost is not a straight line on one side of the value
/// now (and always for users, months and times, which bands and whole months turn into steps), `STEPS` values are
/// looked at on that side: two turns between two of them are not seen. The search covers the unit's range up to ten
/// times the value now (or twice its high).
///
/// # Method
/// `docs/method.md`, section 11.
#[must_use]
pub fn switching(case: &Costed<'_>, input: Handle, pairs: &[(usize, usize)]) -> Vec<Switch> {
    let Some(mut cost) = Cost::of(case, input) else { return Vec::new() };
    let entry = case.programme.register.get(input);
    let (least, most) = entry.unit.range();
    let now = case.values.get(input);
    let beyond = (10.0 * now).max(2.0 * entry.range.map_or(now, |r| r.1)).min(most);
    let (low, high) = (least.min(now), beyond.max(now));
    let asked = |plan: usize| pairs.iter().any(|(a, b)| *a == plan || *b == plan);
    let mut costs = |x: f64| -> Vec<f64> {
        (0..case.plans.len()).map(|plan| if asked(plan) { cost.at(plan, x) } else { case.costs[plan] }).collect()
    };
    let at_ends = [(low, costs(low)), (now, case.costs.to_vec()), (high, costs(high))];
    let mut grid: Vec<(f64, Vec<f64>)> = at_ends.to_vec();
    // What is asked of thousands of numbers is asked more coarsely.
    let steps = if case.programme.register.len() > MANY { FEWER } else { STEPS };
    // A straight line turns once at most, which its ends show. Anything else is looked at in between as well.
    for side in [0, 1] {
        let ((a, from), (b, to)) = (&at_ends[side], &at_ends[side + 1]);
        if a < b {
            let share = |n: usize| f64::from(u32::try_from(n).unwrap_or(0)) / f64::from(u32::try_from(steps).unwrap_or(1));
            let point = |n: usize| a + (b - a) * share(n);
            let half = costs(f64::midpoint(*a, *b));
            let straight = (0..half.len()).all(|o| (half[o] - f64::midpoint(from[o], to[o])).abs() < SAME);
            if !straight {
                grid.extend((1..steps).map(|n| (point(n), costs(point(n)))));
            }
        }
    }
    grid.sort_by(|a, b| a.0.total_cmp(&b.0));
    pairs
        .iter()
        .filter_map(|&(option, against)| {
            let gap = |c: &[f64]| c[option] - c[against];
            let gaps: Vec<(f64, f64)> = grid.iter().map(|(x, c)| (*x, gap(c))).collect();
            let gap_now = gap(case.costs);
            if gaps.iter().all(|(_, g)| (g - gap_now).abs() < SAME) {
                return None;
            }
            let mut exact = |x: f64| cost.at(option, x) - cost.at(against, x);
            // The nearest stretch on either side on which the order of the two turns.
            let turns = |ends: &[(f64, f64)]| ends[0].1 * ends[1].1 <= 0.0 && (ends[0].1 - ends[1].1).abs() >= SAME;
            let below = gaps.windows(2).rev().find(|w| w[1].0 <= now && turns(w));
            let above = gaps.windows(2).find(|w| w[0].0 >= now && turns(w));
            let found = [below, above].into_iter().flatten().map(|w| {
                let (near, far) = if w[1].0 <= now { (w[1], w[0]) } else { (w[0], w[1]) };
                root(&mut exact, near, far)
            });
            let found = found.min_by(|a, b| (a.0 - now).abs().total_cmp(&(b.0 - now).abs()));
            let value = found.map(|(x, _)| x);
            // A hundredth of the gap now, or a pound: a root found is far nearer than that.
            let jump = found.is_some_and(|(_, gap)| gap.abs() > (gap_now.abs() / 100.0).max(1.0));
            let beyond = |x: f64, at: f64| if x > now { at > x } else { at < x };
            let onwards = value.is_some_and(|x| gaps.iter().all(|(at, gap)| !beyond(x, *at) || *gap < SAME));
            let away = gap(&at_ends[2].1) >= gap_now;
            Some(Switch { input, option, against, value, jump, onwards, searched: (low, high), away })
        })
        .collect()
}

/// Numbers of a scenario from which fewer steps are looked at.
const MANY: usize = 3000;

/// Steps on either side of the value now at which a cost that is no straight line is looked at.
const STEPS: usize = 16;

/// The same in a scenario of [`MANY`] numbers.
const FEWER: usize = 4;

/// Net present costs as functions of one input.
struct Cost<'a> {
    input: Handle,
    values: Values,
    plans: Vec<(f64, Varied<'a>)>,
}

impl<'a> Cost<'a> {
    /// `None` if the input acts on no cost.
    fn of(case: &Costed<'a>, input: Handle) -> Option<Self> {
        let plans: Vec<_> = case.costs.iter().copied().zip(case.plans.iter().map(|p| p.varied(input))).collect();
        let acts = plans.iter().any(|(_, varied)| !varied.is_constant());
        acts.then(|| Self { input, values: case.values.clone(), plans })
    }

    fn at(&mut self, plan: usize, x: f64) -> f64 {
        self.values.set(self.input, x);
        let (now, varied) = &mut self.plans[plan];
        *now + varied.change(&self.values)
    }
}

/// A root of `f` between two points where it has opposite signs: the Illinois variant of the secant
/// method, which is exact at the first step for a straight line and never leaves the bracket. With the root comes
/// what is left of `f` there, which is not 0 where `f` jumps.
fn root(f: &mut impl FnMut(f64) -> f64, mut a: (f64, f64), mut b: (f64, f64)) -> (f64, f64) {
    let (start, end) = (a, b);
    let mut best = if a.1.abs() < b.1.abs() { a } else { b };
    for _ in 0..60 {
        if best.1.abs() < SAME * 1e-3 || (b.0 - a.0).abs() < 1e-12 * (1.0 + best.0.abs()) {
            break;
        }
        let x = b.0 - b.1 * (b.0 - a.0) / (b.1 - a.1);
        let next = (x, f(x));
        if next.1 * b.1 < 0.0 {
            a = b;
        } else {
            a.1 /= 2.0;
        }
        b = next;
        if b.1.abs() < best.1.abs() {
            best = b;
        }
    }
    if best.1.abs() < SAME { best } else { jump(f, start, end) }
}

/// Where `f` turns its sign between two points without coming to 0: halving finds it however it jumps.
fn jump(f: &mut impl FnMut(f64) -> f64, mut here: (f64, f64), mut there: (f64, f64)) -> (f64, f64) {
    for _ in 0..50 {
        let x = f64::midpoint(here.0, there.0);
        let next = (x, f(x));
        if next.1 * here.1 > 0.0 { here = next } else { there = next }
    }
    there
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_takes_one_step() {
        let mut calls = 0;
        let mut f = |x: f64| {
            calls += 1;
            2.0 * x - 3.0
        };
        assert!((root(&mut f, (0.0, -3.0), (10.0, 17.0)).0 - 1.5).abs() < 1e-12);
        assert_eq!(calls, 1);
    }

    #[test]
    fn a_kink_is_found_as_well() {
        // max(x, 4) - 6 crosses at 6.
        let mut f = |x: f64| x.max(4.0) - 6.0;
        assert!((root(&mut f, (0.0, -2.0), (100.0, 94.0)).0 - 6.0).abs() < 1e-6);
    }

    #[test]
    fn a_jump_leaves_a_rest() {
        // -3 up to 7, then 2: it turns at 7 and is never 0.
        let mut f = |x: f64| if x < 7.0 { -3.0 } else { 2.0 };
        let (x, rest) = root(&mut f, (0.0, -3.0), (10.0, 2.0));
        assert!((x - 7.0).abs() < 1e-3 && rest.abs() > 1.0, "{x} {rest}");
    }
}
