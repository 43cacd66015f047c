//! Straight lines in several functions, by least squares.

use super::DEGREE;

/// How small a part of a function may be left by those before it, as a share of its square, and still have a slope of its own.
const ALONE: f64 = 1e-9;

/// The slopes `c` that make `sum (v - c . p)^2` least, from sums of products about the means: of each two functions, and of
/// each with what is fitted. A function that is nothing, or nothing but what those before it are, has a slope of 0.
pub(super) fn slopes(products: &[[f64; DEGREE]; DEGREE], with: &[f64; DEGREE]) -> [f64; DEGREE] {
    let (mut rows, mut right) = (*products, *with);
    let mut counts = [false; DEGREE];
    for k in 0..DEGREE {
        counts[k] = rows[k][k] > ALONE * products[k][k];
        if !counts[k] {
            continue;
        }
        let (own, level) = (rows[k], right[k]);
        for i in k + 1..DEGREE {
            let share = rows[i][k] / own[k];
            rows[i].iter_mut().zip(own).for_each(|(x, own)| *x -= share * own);
            right[i] -= share * level;
        }
    }
    let mut slopes = [0.0; DEGREE];
    for k in (0..DEGREE).rev().filter(|k| counts[*k]) {
        let others: f64 = (k + 1..DEGREE).map(|j| rows[k][j] * slopes[j]).sum();
        slopes[k] = (right[k] - others) / rows[k][k];
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::slopes;

    /// p = (1, 0, -1, 0), q = (0, 2, 0, -2), r = p + q, s = 0 and v = 3 p - q / 2: products p.p = 2, q.q = 8, v.p = 6, v.q = -4.
    /// r says nothing that p and q do not, and s nothing at all.
    #[test]
    fn slopes_are_those_by_hand() {
        let products = [[2.0, 0.0, 2.0, 0.0], [0.0, 8.0, 8.0, 0.0], [2.0, 8.0, 10.0, 0.0], [0.0; 4]];
        assert_eq!(slopes(&products, &[6.0, -4.0, 2.0, 0.0]).map(f64::to_bits), [3.0, -0.5, 0.0, 0.0].map(f64::to_bits));
    }

    /// Normal equations 2 a + b = 4, a + 2 b = 5: a = 1, b = 2.
    #[test]
    fn functions_that_go_together_are_told_apart() {
        let products = [[2.0, 1.0, 0.0, 0.0], [1.0, 2.0, 0.0, 0.0], [0.0; 4], [0.0; 4]];
        let [a, b, ..] = slopes(&products, &[4.0, 5.0, 0.0, 0.0]);
        assert!((a - 1.0).abs() < 1e-12 && (b - 2.0).abs() < 1e-12, "{a} {b}");
    }
}
