//! TOPSIS: nearness to the best that any option does on each criterion, and distance from the worst.

use super::matrix::{Blocks, LANES, Matrix, difference, fits};

/// A matrix made ready: what is left for a set of weights are `2 n m` products and sums.
#[derive(Debug, Clone, PartialEq)]
pub struct Topsis {
    /// `(r_ij - best_j)^2`.
    to_best: Blocks,
    /// `(r_ij - worst_j)^2`.
    to_worst: Blocks,
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
        Self { to_best: Blocks::of(&to_best, matrix.options()), to_worst: Blocks::of(&to_worst, matrix.options()) }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::Direction::{LessIsBetter, MoreIsBetter};

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
