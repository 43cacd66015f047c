//! Swings: how far the difference in cost between two options moves when one input goes from its low to its high.

use super::Costed;
use crate::assumption::{Handle, Origin};
use crate::programme::Programme;

/// The difference in net present cost between two options at both ends of one input, all else as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swing {
    /// Input.
    pub input: Handle,
    /// Net present cost of the first less that of the second, at the input's low.
    pub at_low: f64,
    /// The same at its high.
    pub at_high: f64,
}

impl Swing {
    /// How far apart the two are.
    #[must_use]
    pub fn width(&self) -> f64 {
        (self.at_high - self.at_low).abs()
    }
}

/// Swings under which no difference has moved: a penny.
const STILL: f64 = 0.01;

/// Inputs that a library of defaults filled and that have a range.
#[must_use]
pub fn filled_inputs(programme: &Programme) -> Vec<Handle> {
    let ranged = programme.register.iter().filter(|(_, a)| a.origin == Origin::Library && a.range.is_some());
    ranged.map(|(handle, _)| handle).collect()
}

/// The swing of one input for two options (by position); `None` if it does not move their difference.
#[must_use]
pub fn swing(case: &Costed<'_>, input: Handle, (first, second): (usize, usize)) -> Option<Swing> {
    let (low, high) = case.programme.register.get(input).range?;
    let now = case.costs[first] - case.costs[second];
    let (mut one, mut other) = (case.plans[first].varied(input), case.plans[second].varied(input));
    if one.is_constant() && other.is_constant() {
        return None;
    }
    let mut at = |x: f64| {
        let values = case.values.with(input, x);
        now + one.change(&values) - other.change(&values)
    };
    let swing = Swing { input, at_low: at(low), at_high: at(high) };
    (swing.width() > STILL).then_some(swing)
}
