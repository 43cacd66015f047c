//! Shapes of estimates and their quantile functions.

use pulp::{Simd, WithSimd};
use statrs::distribution::{Beta, Continuous, ContinuousCDF, Normal};

/// The shape of an estimate.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Distribution {
    /// A single value.
    #[default]
    Fixed,
    /// Uniform from low to high.
    Uniform,
    /// Triangular from low to high with the likely value as its mode.
    Triangular,
    /// PERT: a beta distribution from low to high with the likely value as its mode and `(low + 4 likely + high) / 6` as
    /// its mean.
    Pert,
    /// Normal with low and high as P10 and P90 and the likely value halfway between them.
    Normal,
    /// Lognormal with low and high as P10 and P90 and the likely value, their geometric mean, as its median.
    Lognormal,
    /// Some values, each with its probability; probabilities sum to 1.
    Discrete(Vec<Knot>),
    /// By quantile: a straight line between values that are each given with the probability of being below it; nothing
    /// is below the first or above the last.
    Quantiles(Vec<Knot>),
}

impl Distribution {
    /// The mean in closed form.
    #[must_use]
    pub fn mean(&self, likely: f64, range: Option<(f64, f64)>) -> f64 {
        let (low, high) = range.unwrap_or((likely, likely));
        match self {
            Self::Fixed | Self::Normal => likely,
            Self::Uniform => f64::midpoint(low, high),
            Self::Triangular => (low + likely + high) / 3.0,
            Self::Pert => (low + 4.0 * likely + high) / 6.0,
            Self::Lognormal if low > 0.0 => {
                let deviation = (high / low).ln() / (2.0 * Z90);
                likely * (deviation * deviation / 2.0).exp()
            }
            Self::Lognormal => likely,
            Self::Discrete(knots) => knots.iter().map(|k| k.value * k.probability).sum(),
            Self::Quantiles(knots) => {
                let between = |w: &[Knot]| f64::midpoint(w[0].value, w[1].value) * (w[1].probability - w[0].probability);
                knots.windows(2).map(between).sum()
            }
        }
    }
}

/// A value with a probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Knot {
    /// Of this value, or of less.
    pub probability: f64,
    /// The value.
    pub value: f64,
}

/// How many standard deviations P90 lies above the mean of a normal distribution.
pub const Z90: f64 = 1.281_551_565_544_600_4;

/// A quantile function made ready for many draws.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Quantile {
    Line {
        low: f64,
        width: f64,
    },
    Triangle {
        low: f64,
        high: f64,
        split: f64,
        left: f64,
        right: f64,
    },
    Pert {
        low: f64,
        width: f64,
        table: Box<Table>,
    },
    Normal {
        mean: f64,
        deviation: f64,
    },
    Lognormal {
        mean: f64,
        deviation: f64,
    },
    /// Cumulative probabilities and the value up to each.
    Steps(Vec<(f64, f64)>),
    Curve(Vec<(f64, f64)>),
}

impl Quantile {
    /// Of a shape; `None` where there is nothing to draw.
    pub(super) fn of(shape: &Distribution, likely: f64, range: Option<(f64, f64)>) -> Option<Self> {
        let cumulated = |knots: &[Knot]| {
            let mut sum = 0.0;
            let up_to = |k: &Knot| {
                sum += k.probability;
                (sum, k.value)
            };
            knots.iter().map(up_to).collect()
        };
        match shape {
            Distribution::Discrete(knots) => return (knots.len() > 1).then(|| Self::Steps(cumulated(knots))),
            Distribution::Quantiles(knots) => {
                return (knots.len() > 1).then(|| Self::Curve(knots.iter().map(|k| (k.probability, k.value)).collect()));
            }
            _ => {}
        }
        let (low, high) = range.filter(|(low, high)| low < high)?;
        let width = high - low;
        Some(match shape {
            Distribution::Uniform => Self::Line { low, width },
            Distribution::Triangular => {
                let (left, right) = ((likely - low) * width, (high - likely) * width);
                Self::Triangle { low, high, split: (likely - low) / width, left, right }
            }
            Distribution::Pert => Self::Pert { low, width, table: Box::new(Table::pert((likely - low) / width)) },
            Distribution::Normal => Self::Normal { mean: likely, deviation: width / (2.0 * Z90) },
            Distribution::Lognormal if low > 0.0 => {
                Self::Lognormal { mean: likely.ln(), deviation: (high / low).ln() / (2.0 * Z90) }
            }
            _ => return None,
        })
    }

    /// The value below which the draw lies with probability `u`, which is above 0 and below 1.
    pub(super) fn at(&self, u: f64) -> f64 {
        match self {
            Self::Line { low, width } => low + width * u,
            Self::Triangle { low, high, split, left, right } => {
                let below = u < *split;
                let root = if below { u * left } else { (1.0 - u) * right }.sqrt();
                if below { low + root } else { high - root }
            }
            Self::Pert { low, width, table } => low + width * table.at(u),
            Self::Normal { mean, deviation } => mean + deviation * standard_normal(u),
            Self::Lognormal { mean, deviation } => (mean + deviation * standard_normal(u)).exp(),
            Self::Steps(steps) => {
                let at = steps.partition_point(|(up_to, _)| *up_to <= u).min(steps.len() - 1);
                steps[at].1
            }
            Self::Curve(knots) => {
                let at = knots.partition_point(|(p, _)| *p <= u).clamp(1, knots.len() - 1);
                let ((p, from), (q, to)) = (knots[at - 1], knots[at]);
                let share = if q > p { ((u - p) / (q - p)).clamp(0.0, 1.0) } else { 1.0 };
                from + share * (to - from)
            }
        }
    }

    /// Values of many probabilities at once, kept within bounds.
    pub(super) fn fill(&self, probabilities: &[f64], bounds: (f64, f64), values: &mut [f64]) {
        pulp::Arch::new().dispatch(Fill { quantile: self, probabilities, bounds, values });
    }
}

/// Values of many probabilities, so many at a time as the machine takes.
struct Fill<'a> {
    quantile: &'a Quantile,
    probabilities: &'a [f64],
    bounds: (f64, f64),
    values: &'a mut [f64],
}

impl WithSimd for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { quantile, probabilities, bounds: (lowest, highest), values } = self;
        match quantile {
            // Kept apart so that the choice of the shape is made once for all of them.
            Quantile::Triangle { low, high, split, left, right } => {
                for (value, &u) in values.iter_mut().zip(probabilities) {
                    let below = u < *split;
                    let root = if below { u * left } else { (1.0 - u) * right }.sqrt();
                    *value = if below { low + root } else { high - root };
                }
            }
            Quantile::Pert { low, width, table } => {
                table.fill(probabilities, values);
                for value in values.iter_mut() {
                    *value = low + width * *value;
                }
            }
            _ => values.iter_mut().zip(probabilities).for_each(|(value, &u)| *value = quantile.at(u)),
        }
        for value in values.iter_mut() {
            *value = value.clamp(lowest, highest);
        }
    }
}

/// The quantile function of the standard normal distribution.
pub(super) fn standard_normal(u: f64) -> f64 {
    Normal::standard().inverse_cdf(u)
}

/// The distribution function of the standard normal distribution.
pub(super) fn below_standard_normal(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// A quantile function on [0, 1] by table: straight lines between 1,025 points, and as many again in each 32nd at the
/// ends, where it is steep.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    /// The points at the low end, of the whole, and at the high end, one after the other; in single precision, a hundredth of
    /// the error that a table has anyhow, so that those of many numbers stay near the processor.
    points: Vec<f32>,
}

/// Cells of each part of a table.
const CELLS: u32 = 1024;
/// Probabilities whose cells are found at a time.
const MANY: usize = 64;
/// The part of the distribution at each end that has a table of its own.
const END: f64 = 1.0 / 32.0;

impl Table {
    /// Of the beta distribution of a PERT estimate whose mode is at a share of its range: `1 + 4 mode` and `5 - 4 mode`.
    ///
    /// # Error
    /// Against the exact quantile function, as a share of the range: below 1e-5 for probabilities from 0.001 to 0.999 and
    /// below 0.002 from 1 in 10,000; at the very ends a draw may be off by as much as a few hundredths
    /// (`the_table_of_a_pert_estimate_is_as_exact_as_it_says`).
    fn pert(mode: f64) -> Self {
        let (alpha, beta) = (1.0 + 4.0 * mode, 5.0 - 4.0 * mode);
        let law = Beta::new(alpha, beta).ok();
        let mut x = 0.0;
        #[expect(clippy::cast_possible_truncation, reason = "single precision is what the table holds")]
        let mut part = |from: f64, to: f64| -> Vec<f32> {
            let cells = (0..=CELLS).map(|i| from + (to - from) * f64::from(i) / f64::from(CELLS));
            cells
                .map(|u| {
                    // Probabilities go up, so each search starts from the last quantile.
                    x = law.as_ref().map_or(u, |law| inverse(law, u, x));
                    x as f32
                })
                .collect()
        };
        let points = [part(0.0, END), part(0.0, 1.0), part(1.0 - END, 1.0)].concat();
        Self { points }
    }

    /// On the line between the two points nearest to a probability.
    fn at(&self, u: f64) -> f64 {
        let (first, share) = Self::cell(u);
        let (low, high) = self.ends(first);
        low + share * (high - low)
    }

    /// The same of many probabilities: cells, what is read from the table, and the lines between, each for many at a time.
    #[inline(always)]
    fn fill(&self, probabilities: &[f64], values: &mut [f64]) {
        let (mut firsts, mut shares, mut ends) = ([0; MANY], [0.0; MANY], [[0.0; MANY]; 2]);
        for (probabilities, values) in probabilities.chunks(MANY).zip(values.chunks_mut(MANY)) {
            for ((first, share), &u) in firsts.iter_mut().zip(&mut shares).zip(probabilities) {
                (*first, *share) = Self::cell(u);
            }
            let [lows, highs] = &mut ends;
            for ((low, high), &first) in lows.iter_mut().zip(&mut *highs).zip(&firsts) {
                (*low, *high) = self.ends(first);
            }
            for (((value, share), low), high) in values.iter_mut().zip(&shares).zip(&*lows).zip(&*highs) {
                *value = low + share * (high - low);
            }
        }
    }

    /// The point before a probability, and the share of the way to the next. Chosen without a branch, which could not be
    /// foreseen.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a thousand cells")]
    #[inline(always)]
    fn cell(u: f64) -> (u32, f64) {
        let (head, tail) = (u < END, u > 1.0 - END);
        let from = if tail { 1.0 - END } else { 0.0 };
        let steps = if head | tail { f64::from(CELLS) / END } else { f64::from(CELLS) };
        let first = if head { 0 } else { CELLS + 1 } + if tail { CELLS + 1 } else { 0 };
        let at = (u - from) * steps;
        let cell = (at as u32).min(CELLS - 1);
        (first + cell, at - f64::from(cell))
    }

    /// A point and the next.
    #[inline(always)]
    fn ends(&self, first: u32) -> (f64, f64) {
        let [low, high] = self.points.get(first as usize..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default();
        (f64::from(low), f64::from(high))
    }
}

/// The quantile of a beta distribution, by Newton's steps kept within what is known to hold it.
fn inverse(law: &Beta, u: f64, start: f64) -> f64 {
    if u <= 0.0 {
        return 0.0;
    }
    if u >= 1.0 {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    let mut x = if start > 0.0 && start < 1.0 { start } else { 0.5 };
    for _ in 0..200 {
        let over = law.cdf(x) - u;
        if over > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let slope = law.pdf(x);
        let step = x - over / slope;
        let next = if step > low && step < high { step } else { f64::midpoint(low, high) };
        if (next - x).abs() < 1e-14 {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests;
