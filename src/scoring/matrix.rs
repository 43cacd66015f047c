//! What options do on criteria, as the methods of comparison read it.

use crate::programme::Direction;
use std::fmt;

/// Share of a column's largest size within which its numbers are the same: what differs in the last digits of a sum
/// differs by rounding alone, and a method that divides by the range would make a verdict of it.
const SAME: f64 = 1e-12;

/// Options by criteria: raw measures with the direction of each criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    options: usize,
    directions: Vec<Direction>,
    /// Row by row: the measures of the first option first.
    measures: Vec<f64>,
}

/// Why measures or weights cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// No option or no criterion.
    Empty,
    /// The numbers do not fill the rows.
    Shape,
    /// A measure that is no finite number.
    Measure,
    /// A weight below 0, or no finite number.
    Weight,
    /// No criterion has any weight.
    NoWeight,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "there is nothing to compare: no option, or no criterion",
            Self::Shape => "the numbers do not make one row for each option and one column for each criterion",
            Self::Measure => "a measure is not a finite number",
            Self::Weight => "a weight is negative or not a finite number",
            Self::NoWeight => "no criterion has any weight, so no method can tell the options apart",
        })
    }
}

impl std::error::Error for Unfit {}

impl Matrix {
    /// A matrix from its rows, one after the other: `measures[i * criteria + j]` is option i on criterion j.
    ///
    /// # Errors
    ///
    /// [`Unfit`] if there is nothing to compare, the rows are not full, or a measure is not finite.
    pub fn new(measures: &[f64], directions: &[Direction]) -> Result<Self, Unfit> {
        if measures.is_empty() || directions.is_empty() {
            return Err(Unfit::Empty);
        }
        let options = measures.len().div_euclid(directions.len());
        if options * directions.len() != measures.len() {
            return Err(Unfit::Shape);
        }
        if measures.iter().any(|m| !m.is_finite()) {
            return Err(Unfit::Measure);
        }
        Ok(Self { options, directions: directions.to_vec(), measures: measures.to_vec() })
    }

    /// Number of options.
    #[must_use]
    pub fn options(&self) -> usize {
        self.options
    }

    /// Number of criteria.
    #[must_use]
    pub fn criteria(&self) -> usize {
        self.directions.len()
    }

    /// The measures of one criterion, turned so that more is better.
    pub(super) fn turned(&self, criterion: usize) -> Vec<f64> {
        let sign = match self.directions[criterion] {
            Direction::MoreIsBetter => 1.0,
            Direction::LessIsBetter => -1.0,
        };
        self.measures.iter().skip(criterion).step_by(self.criteria()).map(|m| sign * m).collect()
    }

    /// The same over their largest size, so that neither squares nor differences can leave the range of numbers. All 0
    /// where the column is.
    pub(super) fn column(&self, criterion: usize) -> Column {
        let turned = self.turned(criterion);
        let size = largest(&turned);
        let values: Vec<f64> = turned.into_iter().map(|m| if size > 0.0 { m / size } else { 0.0 }).collect();
        let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let worst = values.iter().copied().fold(f64::INFINITY, f64::min);
        Column { best, worst, values }
    }
}

/// A criterion over the options, more is better, over its largest size.
pub(super) struct Column {
    /// The largest value.
    pub(super) best: f64,
    /// The smallest.
    pub(super) worst: f64,
    /// By option, -1 to 1.
    pub(super) values: Vec<f64>,
}

impl Column {
    /// Best less worst; 0 where the options differ by rounding alone.
    pub(super) fn range(&self) -> f64 {
        difference(self.best, self.worst)
    }
}

/// The largest size of some numbers.
pub(super) fn largest(numbers: &[f64]) -> f64 {
    numbers.iter().copied().map(f64::abs).fold(0.0, f64::max)
}

/// a less b, both at most 1 in size; 0 where they are the same but for rounding.
pub(super) fn difference(a: f64, b: f64) -> f64 {
    difference_within(a, b, 1.0)
}

/// The same for numbers of at most another size.
pub(super) fn difference_within(a: f64, b: f64, size: f64) -> f64 {
    if (a - b).abs() <= SAME * size { 0.0 } else { a - b }
}

/// Weights brought to a sum of 1.
///
/// # Errors
///
/// [`Unfit`] if a weight is negative or not finite, or none is above 0.
pub fn shares(weights: &[f64]) -> Result<Vec<f64>, Unfit> {
    if weights.iter().any(|w| !w.is_finite() || *w < 0.0) {
        return Err(Unfit::Weight);
    }
    // Over the largest first: their sum could be more than a number holds.
    let largest = largest(weights);
    if largest <= 0.0 {
        return Err(Unfit::NoWeight);
    }
    let sum: f64 = weights.iter().map(|w| w / largest).sum();
    Ok(weights.iter().map(|w| w / largest / sum).collect())
}

/// Options side by side, so that a processor may take several at once.
pub(super) const LANES: usize = 4;

/// A number for each option and criterion, in blocks of [`LANES`] options: all criteria of the first block, then those of
/// the next; places beyond the last option hold 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Blocks {
    options: usize,
    criteria: usize,
    numbers: Vec<[f64; LANES]>,
}

impl Blocks {
    /// From one column of numbers by option for each criterion.
    pub(super) fn of(columns: &[Vec<f64>], options: usize) -> Self {
        let block = |start: usize| {
            columns.iter().map(move |column| std::array::from_fn(|lane| column.get(start + lane).copied().unwrap_or(0.0)))
        };
        let numbers = (0..options).step_by(LANES).flat_map(block).collect();
        Self { options, criteria: columns.len(), numbers }
    }

    /// Number of options.
    pub(super) fn options(&self) -> usize {
        self.options
    }

    /// The blocks, each with its criteria in order.
    pub(super) fn blocks(&self) -> std::slice::ChunksExact<'_, [f64; LANES]> {
        self.numbers.chunks_exact(self.criteria)
    }

    /// `out[i] = sum_j weights[j] x_ij`.
    pub(super) fn weigh(&self, weights: &[f64], out: &mut [f64]) {
        fits(weights, self.criteria, out, self.options);
        for (block, out) in self.blocks().zip(out.chunks_mut(LANES)) {
            let mut sums = [0.0; LANES];
            for (x, w) in block.iter().zip(weights) {
                for (sum, x) in sums.iter_mut().zip(x) {
                    *sum += w * x;
                }
            }
            out.copy_from_slice(&sums[..out.len()]);
        }
    }
}

/// Both slices must have the lengths of the matrix: anything else is a defect of the caller.
pub(super) fn fits(weights: &[f64], criteria: usize, out: &[f64], options: usize) {
    assert!(weights.len() == criteria && out.len() == options, "one weight for each criterion and one place for each option");
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{LessIsBetter, MoreIsBetter};

    #[test]
    fn what_cannot_be_compared_is_said() {
        let faults = |m: &[f64], d: &[Direction]| Matrix::new(m, d).expect_err("unfit");
        assert_eq!(faults(&[], &[MoreIsBetter]), Unfit::Empty);
        assert_eq!(faults(&[1.0], &[]), Unfit::Empty);
        assert_eq!(faults(&[1.0, 2.0, 3.0], &[MoreIsBetter, MoreIsBetter]), Unfit::Shape);
        assert_eq!(faults(&[1.0, f64::NAN], &[MoreIsBetter]), Unfit::Measure);
        assert_eq!(shares(&[0.0, 0.0]).expect_err("unfit"), Unfit::NoWeight);
        assert_eq!(shares(&[1.0, -1.0]).expect_err("unfit"), Unfit::Weight);
        assert!(Unfit::NoWeight.to_string().contains("no criterion has any weight"));
    }

    #[test]
    fn shares_sum_to_one_whatever_their_size() {
        assert_eq!(shares(&[1.0, 3.0]), Ok(vec![0.25, 0.75]));
        assert_eq!(shares(&[f64::MAX, f64::MAX]), Ok(vec![0.5, 0.5]));
    }

    #[test]
    fn columns_turn_so_that_more_is_better() {
        let matrix = Matrix::new(&[1.0, 3000.0, 5.0, 4500.0], &[LessIsBetter, MoreIsBetter]).expect("fit");
        let column = matrix.column(0);
        assert_eq!((column.best, column.worst), (-0.2, -1.0));
        assert_eq!(matrix.turned(0), [-1.0, -5.0]);
        assert_eq!(matrix.column(1).values, [3000.0 / 4500.0, 1.0]);
    }

    #[test]
    fn the_last_digit_of_a_sum_is_no_range() {
        let matrix = Matrix::new(&[0.1 + 0.2, 0.3], &[MoreIsBetter]).expect("fit");
        assert!(matrix.column(0).range().abs() < f64::MIN_POSITIVE);
    }
}
