//! TOPSIS: nearness to the best that any option does on each criterion, and distance from the worst.

use super::lanes::{FEW, LANES as SETS, Lanes, few};
use super::matrix::{Blocks, LANES, Matrix, difference, fits};
use pulp::{Simd, WithSimd};

/// A matrix made ready: what is left for a set of weights are `2 n m` products and sums.
#[derive(Debug, Clone, PartialEq)]
pub struct Topsis {
    /// `(r_ij - best_j)^2`.
    to_best: Blocks,
    /// `(r_ij - worst_j)^2`.
    to_worst: Blocks,
    /// Both, by option and criterion.
    pairs: Vec<(f64, f64)>,
}

impl Topsis {
    /// Vector normalisation, `r_ij = x_ij / sqrt(sum_i x_ij^2)`; then the squared differences from the best and the
    /// worst of each criterion. A column of zeros stays one, and a constant column has no differences.
    ///
    /// Hwang and Yoon 1981; Tzeng and Huang, Multiple Attribute Decision Making (2011), chapter 5.
    #[must_use]
    pub fn new(matrix: &Matrix) -> Self {
        let (mut to_best, mut to_worst) = (Vec::new(), Vec::new());
        for criterion in 0..matrix.criteria() {
            let column = matrix.column(criterion);
            // Of numbers over their largest size: at least 1, unless all are 0.
            let norm: f64 = column.values.iter().map(|v| v * v).sum::<f64>().sqrt().max(1.0);
            let squares = |from: f64| column.values.iter().map(|v| (difference(*v, from) / norm).powi(2)).collect();
            to_best.push(squares(column.best));
            to_worst.push(squares(column.worst));
        }
        let pairs =
            (0..matrix.options()).flat_map(|i| to_best.iter().zip(&to_worst).map(move |(b, w): (&Vec<f64>, _)| (b[i], w[i])));
        let pairs = pairs.collect();
        Self { to_best: Blocks::of(&to_best, matrix.options()), to_worst: Blocks::of(&to_worst, matrix.options()), pairs }
    }

    /// `C_i = D-_i / (D+_i + D-_i)` for each option, with `D+_i^2 = sum_j w_j^2 (r_ij - best_j)^2` and D- likewise from the
    /// worst: 1 for an option that is best on everything, 0 for one that is worst. 0.5 where best and worst are the
    /// same on all that has weight: one option, identical options, no weights.
    ///
    /// `docs/method.md`, section 18.
    pub fn closeness(&self, weights: &[f64], out: &mut [f64]) {
        fits(weights, weights.len(), out, self.to_best.options());
        for ((best, worst), out) in self.to_best.blocks().zip(self.to_worst.blocks()).zip(out.chunks_mut(LANES)) {
            assert!(best.len() == weights.len(), "one weight for each criterion");
            let (mut near, mut far) = ([0.0; LANES], [0.0; LANES]);
            for ((b, w), weight) in best.iter().zip(worst).zip(weights) {
                let square = weight * weight;
                for lane in 0..LANES {
                    near[lane] += square * b[lane];
                    far[lane] += square * w[lane];
                }
            }
            let (near, far) = (near.map(f64::sqrt), far.map(f64::sqrt));
            for ((out, near), far) in out.iter_mut().zip(near).zip(far) {
                let both = near + far;
                *out = if both > 0.0 { far / both } else { 0.5 };
            }
        }
    }
}

impl Topsis {
    /// [`closeness`](Self::closeness) of many sets of weights, by criterion, at a time: by option.
    pub fn closeness_of_many(&self, weights: &[Lanes], out: &mut [Lanes]) {
        assert!(self.pairs.len() == weights.len() * out.len(), "one weight for each criterion and one place for each option");
        pulp::Arch::new().dispatch(Closeness { pairs: &self.pairs, weights, out });
    }
}

/// Closeness of many sets of weights, for whatever number at a time.
struct Closeness<'a> {
    pairs: &'a [(f64, f64)],
    weights: &'a [Lanes],
    out: &'a mut [Lanes],
}

impl WithSimd for Closeness<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { pairs, weights, out } = self;
        for start in (0..SETS).step_by(FEW) {
            for (row, out) in pairs.chunks_exact(weights.len().max(1)).zip(&mut *out) {
                let (mut near, mut far) = ([0.0; FEW], [0.0; FEW]);
                for ((b, w), weights) in row.iter().zip(weights) {
                    let weights = few(weights, start);
                    for lane in 0..FEW {
                        let square = weights[lane] * weights[lane];
                        near[lane] += square * b;
                        far[lane] += square * w;
                    }
                }
                for lane in 0..FEW {
                    let (near, far) = (near[lane].sqrt(), far[lane].sqrt());
                    let both = near + far;
                    // Nothing over nothing is half way.
                    let none = if both > 0.0 { 0.0 } else { 1.0 };
                    out[start + lane] = (far + 0.5 * none) / (both + none);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::Direction::{LessIsBetter, MoreIsBetter};

    /// One set of weights at a time, and as many as this machine takes.
    #[test]
    fn closeness_is_the_same_bytes_at_every_width() {
        let number = |i: u32| (0.3 + f64::from(i) * 0.618_033_988_749_895).fract();
        let measures: Vec<f64> = (0..20).map(number).collect();
        let topsis = Topsis::new(&Matrix::new(&measures, &[MoreIsBetter; 4]).expect("fit"));
        let lane = |j: u32| std::array::from_fn(|lane| number(20 + 64 * j + u32::try_from(lane).unwrap_or(0)));
        let weights: Vec<Lanes> = (0..4).map(lane).collect();
        let (mut one, mut many) = (vec![[9.0; SETS]; 5], vec![[8.0; SETS]; 5]);
        Closeness { pairs: &topsis.pairs, weights: &weights, out: &mut one }.with_simd(pulp::Scalar::new());
        topsis.closeness_of_many(&weights, &mut many);
        let bits = |all: &[Lanes]| all.as_flattened().iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
        assert_eq!(bits(&one), bits(&many));
    }

    #[test]
    fn two_options_by_hand() {
        // Columns (3, 4) and (4, 3), both of length 5: r = (0.6, 0.8) and (0.8, 0.6), the second less is better.
        // Option 1 is worst on both, option 2 best on both.
        let matrix = Matrix::new(&[3.0, 4.0, 4.0, 3.0], &[MoreIsBetter, LessIsBetter]).expect("fit");
        let mut out = [9.0; 2];
        Topsis::new(&matrix).closeness(&[0.5, 0.5], &mut out);
        assert!(out[0].abs() < 1e-12 && (out[1] - 1.0).abs() < 1e-12, "{out:?}");
        // More is better on both, weights 3/4 and 1/4: option 1 is 0.75 x 0.2 from the best and 0.25 x 0.2 from the worst.
        let matrix = Matrix::new(&[3.0, 4.0, 4.0, 3.0], &[MoreIsBetter; 2]).expect("fit");
        Topsis::new(&matrix).closeness(&[0.75, 0.25], &mut out);
        assert!((out[0] - 0.25).abs() < 1e-12 && (out[1] - 0.75).abs() < 1e-12, "{out:?}");
    }
}
