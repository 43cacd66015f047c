//! Round numbers for axes.

use crate::quantity;
use crate::quantity::pounds_short;

/// A scale from values to positions, with round ticks.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Lowest value shown; a tick.
    pub low: f64,
    /// Highest value shown; a tick.
    pub high: f64,
    /// Ticks, ascending.
    pub ticks: Vec<f64>,
    /// Decimals that tell the ticks apart.
    pub places: usize,
}

impl Axis {
    /// An axis that covers `low` to `high` with about `count` steps of 1, 2 or 5 times a power of
    /// ten.
    #[must_use]
    pub fn covering(low: f64, high: f64, count: u8) -> Self {
        let (low, high) = if low.is_finite() && high.is_finite() { (low.min(high), low.max(high)) } else { (0.0, 1.0) };
        let high = if high - low > 1e-9 * high.abs().max(1.0) { high } else { low + low.abs().max(1.0) };
        let raw = (high - low) / f64::from(count.max(1));
        let power = 10_f64.powf(raw.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= raw * 0.999).unwrap_or(raw);
        let first = (low / step + 1e-9).floor();
        let last = (high / step - 1e-9).ceil();
        let mut ticks = Vec::new();
        let mut at = first;
        while at <= last {
            ticks.push(at * step);
            at += 1.0;
        }
        let places = if step >= 1.0 {
            0
        } else if step >= 0.1 {
            1
        } else {
            2
        };
        Self { low: first * step, high: last * step, ticks, places }
    }

    /// Where `value` lies between `from` (at `low`) and `to` (at `high`).
    #[must_use]
    pub fn place(&self, value: f64, from: f64, to: f64) -> f64 {
        from + (value - self.low) / (self.high - self.low) * (to - from)
    }
}

impl Axis {
    /// A tick in pounds, short enough for a margin, with as many decimals as tell the ticks apart.
    #[must_use]
    pub fn pounds(&self, tick: f64) -> String {
        let step = self.ticks.get(1).zip(self.ticks.first()).map_or(1.0, |(b, a)| b - a);
        let places = match step {
            step if step >= 99_999.0 => return pounds_short(tick),
            step if step >= 9_999.0 => 2,
            _ => 3,
        };
        // Below a million a thousand is told as such, and small steps of it in full.
        match tick.abs() {
            size if size >= 999_500.0 => {
                let sign = if tick < 0.0 { "\u{2212}" } else { "" };
                format!("{sign}£{}m", quantity::grouped(size / 1e6, places))
            }
            _ if step >= 999.0 => pounds_short(tick),
            _ => quantity::pounds(tick),
        }
    }
}

/// Start and end of each part of a stack: what is positive outwards on one side of zero, what is
/// negative on the other.
pub fn stacked(parts: &[f64]) -> impl Iterator<Item = (f64, f64)> + '_ {
    parts.iter().scan((0.0, 0.0), |(below, above), part| {
        let end = if *part < 0.0 { below } else { above };
        let from = *end;
        *end += part;
        Some((from, *end))
    })
}

/// Where the positive side of a stack ends.
#[must_use]
pub fn stack_top(parts: &[f64]) -> f64 {
    stacked(parts).fold(0.0, |top, (_, to)| to.max(top))
}

/// A count as a length; charts never count far enough to lose precision.
#[must_use]
pub fn length(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover() {
        // 0 to 61.4 in 4 steps: raw step 15.35, so 20: 0, 20, 40, 60, 80.
        let axis = Axis::covering(0.0, 61.4, 4);
        assert_eq!(axis.ticks.len(), 5);
        assert!((axis.high - 80.0).abs() < 1e-9);
        // A value at the edge of a step needs no further tick.
        assert_eq!(Axis::covering(0.0, 80.0, 4).ticks.len(), 5);
    }

    #[test]
    fn negative_values_and_no_spread_hold() {
        // -12 to 30 in 4: raw 10.5, so 20: -20, 0, 20, 40.
        let axis = Axis::covering(-12.0, 30.0, 4);
        assert!((axis.low + 20.0).abs() < 1e-9 && (axis.high - 40.0).abs() < 1e-9);
        let flat = Axis::covering(0.0, 0.0, 4);
        assert!(flat.high > flat.low);
        // A spread too small for round ticks counts as none.
        assert!(Axis::covering(1e9, 1e9 + 3e-7, 4).ticks.len() < 12);
        let same = Axis::covering(547_202.6, 547_202.6, 4);
        assert!(same.low <= 547_202.6 && same.high > 547_202.6);
        assert!(Axis::covering(f64::NAN, 1.0, 4).high.is_finite());
    }

    #[test]
    fn ticks_in_pounds_can_be_told_apart() {
        let told = |low, high| {
            let axis = Axis::covering(low, high, 4);
            axis.ticks.iter().map(|t| axis.pounds(*t)).collect::<Vec<_>>()
        };
        assert_eq!(told(24.31e6, 24.36e6), ["£24.30m", "£24.32m", "£24.34m", "£24.36m"]);
        assert_eq!(told(0.0, 40e6), ["£0", "£10.0m", "£20.0m", "£30.0m", "£40.0m"]);
        assert_eq!(told(-900e3, 900e3), ["\u{2212}£1.0m", "\u{2212}£500k", "£0", "£500k", "£1.0m"]);
        assert_eq!(told(12_000.0, 12_400.0), ["£12,000", "£12,100", "£12,200", "£12,300", "£12,400"]);
    }

    #[test]
    fn a_stack_grows_away_from_zero_on_both_sides() {
        let parts = [3.0, -1.0, 2.0, -4.0];
        let ends: Vec<_> = stacked(&parts).collect();
        assert_eq!(ends, [(0.0, 3.0), (0.0, -1.0), (3.0, 5.0), (-1.0, -5.0)]);
        assert!((stack_top(&parts) - 5.0).abs() < 1e-9);
        assert!(stack_top(&[-2.0]).abs() < 1e-9);
    }

    #[test]
    fn places_run_from_end_to_end() {
        let axis = Axis::covering(0.0, 80.0, 4);
        assert!((axis.place(40.0, 100.0, 200.0) - 150.0).abs() < 1e-9);
    }
}
