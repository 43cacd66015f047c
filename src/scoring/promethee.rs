//! PROMETHEE I and II: how strongly each option is preferred to the others, and they to it.

use super::lanes::Lanes;
use super::matrix::{Blocks, Matrix, difference_within, largest};
use super::rank::TIE;
use crate::programme::Preference;

/// How much of a preference a difference is, 0 to 1; none if the difference is not in favour.
///
/// | function | preference of a difference d > 0 |
/// |---|---|
/// | usual | 1 |
/// | U-shape | 0 if d <= q, else 1 |
/// | V-shape | d / p, at most 1 |
/// | level | 0 if d <= q, 1/2 if d <= p, else 1 |
/// | linear | 0 if d <= q, (d - q) / (p - q) if d <= p, else 1 |
/// | Gaussian | 1 - exp(-d^2 / 2 s^2) |
///
/// A threshold of 0 makes a V-shape or Gaussian usual. Brans and Vincke 1985.
#[must_use]
pub fn preferred(function: Preference, difference: f64) -> f64 {
    let d = difference;
    if d <= 0.0 {
        return 0.0;
    }
    // 0.8 - 0.6 is 0.2, whatever its last digit.
    let step = |at: f64| if d <= at * (1.0 + TIE) { 0.0 } else { 1.0 };
    match function {
        Preference::Usual => 1.0,
        Preference::UShape { indifference } => step(indifference),
        Preference::VShape { strict } => {
            if d < strict {
                d / strict
            } else {
                1.0
            }
        }
        Preference::Level { indifference, strict } => f64::midpoint(step(indifference), step(strict)),
        Preference::Linear { indifference, strict } => {
            if d <= indifference {
                0.0
            } else if d < strict {
                (d - indifference) / (strict - indifference)
            } else {
                1.0
            }
        }
        Preference::Gaussian { sigma } => {
            if sigma > 0.0 {
                1.0 - (-(d / sigma).powi(2) / 2.0).exp()
            } else {
                1.0
            }
        }
    }
}

/// A matrix made ready: flows on each criterion by itself, which weights only add up.
#[derive(Debug, Clone, PartialEq)]
pub struct Promethee {
    leaving: Blocks,
    entering: Blocks,
    net: Blocks,
    /// Net flows by option and criterion, row by row.
    rows: Vec<f64>,
}

/// How two options stand by PROMETHEE I.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The first is at least as good by both flows, and better by one.
    First,
    /// The second is.
    Second,
    /// Both flows are the same.
    Level,
    /// One flow speaks for the first, the other for the second.
    Incomparable,
}

impl Promethee {
    /// Flows on each criterion: `phi+_j(a) = 1/(n - 1) sum_b P_j(a, b)`, phi- likewise of the others over a, and
    /// `phi_j = phi+_j - phi-_j`. One option has no flows. `functions` has one for each criterion of the matrix.
    ///
    /// Brans and Vincke 1985; the division by n - 1 is theirs. The sum by criterion is the one of Mareschal and Brans's
    /// GAIA plane (1988).
    #[must_use]
    pub fn new(matrix: &Matrix, functions: &[Preference]) -> Self {
        assert!(functions.len() == matrix.criteria(), "one preference function for each criterion");
        let n = matrix.options();
        let others = f64::from(u32::try_from(n.max(2) - 1).unwrap_or(u32::MAX));
        let (mut leaving, mut entering, mut net) = (Vec::new(), Vec::new(), Vec::new());
        for (criterion, function) in functions.iter().enumerate() {
            let turned = matrix.turned(criterion);
            let size = largest(&turned);
            let over = |a: usize, b: usize| preferred(*function, difference_within(turned[a], turned[b], size));
            let plus: Vec<f64> = (0..n).map(|a| (0..n).map(|b| over(a, b)).sum::<f64>() / others).collect();
            let minus: Vec<f64> = (0..n).map(|a| (0..n).map(|b| over(b, a)).sum::<f64>() / others).collect();
            net.push(plus.iter().zip(&minus).map(|(p, m)| p - m).collect::<Vec<f64>>());
            leaving.push(plus);
            entering.push(minus);
        }
        let rows = (0..n).flat_map(|i| net.iter().map(move |flows| flows[i])).collect();
        Self { leaving: Blocks::of(&leaving, n), entering: Blocks::of(&entering, n), net: Blocks::of(&net, n), rows }
    }

    /// Net flows of PROMETHEE II, `phi = sum_j w_j phi_j`: -1 to 1, more is better, their sum 0.
    ///
    /// `docs/method.md`, section 18.
    pub fn net(&self, weights: &[f64], out: &mut [f64]) {
        self.net.weigh(weights, out);
    }

    /// [`net`](Self::net) of many sets of weights, by criterion, at a time: by option.
    pub fn net_of_many(&self, weights: &[Lanes], out: &mut [Lanes]) {
        assert!(self.rows.len() == weights.len() * out.len(), "one weight for each criterion and one place for each option");
        super::lanes::weigh(&self.rows, weights, out);
    }

    /// Flows out of each option, `phi+`: how strongly it is preferred to the others. 0 to 1.
    pub fn leaving(&self, weights: &[f64], out: &mut [f64]) {
        self.leaving.weigh(weights, out);
    }

    /// Flows into each option, `phi-`: how strongly the others are preferred to it. 0 to 1.
    pub fn entering(&self, weights: &[f64], out: &mut [f64]) {
        self.entering.weigh(weights, out);
    }
}

/// How two options stand by PROMETHEE I, from their flows out and in; flows within [`TIE`] are the same.
#[must_use]
pub fn standing(leaving: (f64, f64), entering: (f64, f64)) -> Standing {
    let sign = |d: f64| {
        if d > TIE {
            1
        } else if d < -TIE {
            -1
        } else {
            0
        }
    };
    match (sign(leaving.0 - leaving.1), sign(entering.1 - entering.0)) {
        (0, 0) => Standing::Level,
        (1, -1) | (-1, 1) => Standing::Incomparable,
        (1, _) | (_, 1) => Standing::First,
        _ => Standing::Second,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::Direction::{LessIsBetter, MoreIsBetter};

    #[test]
    fn the_six_functions_at_and_around_their_thresholds() {
        let table: [(Preference, [f64; 6]); 6] = [
            // d =                                      0    1    2    3    4    5
            (Preference::Usual, [0.0, 1.0, 1.0, 1.0, 1.0, 1.0]),
            (Preference::UShape { indifference: 2.0 }, [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
            (Preference::VShape { strict: 4.0 }, [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]),
            (Preference::Level { indifference: 1.0, strict: 3.0 }, [0.0, 0.0, 0.5, 0.5, 1.0, 1.0]),
            (Preference::Linear { indifference: 1.0, strict: 4.0 }, [0.0, 0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0, 1.0]),
            // 1 - exp(-d^2 / 8).
            (Preference::Gaussian { sigma: 2.0 }, [0.0, 0.117_503, 0.393_469, 0.675_348, 0.864_665, 0.956_063]),
        ];
        for (function, expected) in table {
            for (d, expected) in [0.0, 1.0, 2.0, 3.0, 4.0, 5.0].into_iter().zip(expected) {
                assert!((preferred(function, d) - expected).abs() < 1e-6, "{function:?} at {d}");
                assert!(preferred(function, -d).abs() < f64::MIN_POSITIVE, "a loss is no preference");
            }
        }
    }

    #[test]
    fn thresholds_of_nothing_are_the_usual_function() {
        for function in [
            Preference::VShape { strict: 0.0 },
            Preference::UShape { indifference: 0.0 },
            Preference::Level { indifference: 0.0, strict: 0.0 },
            Preference::Linear { indifference: 0.0, strict: 0.0 },
            Preference::Gaussian { sigma: 0.0 },
        ] {
            assert!((preferred(function, 1e-9) - 1.0).abs() < 1e-12 && preferred(function, 0.0).abs() < 1e-12, "{function:?}");
        }
    }

    #[test]
    fn a_difference_on_a_threshold_is_on_it() {
        // In binary 0.8 - 0.6 is more than 0.2.
        let matrix = Matrix::new(&[0.8, 0.6], &[MoreIsBetter]).expect("fit");
        let mut out = [9.0; 2];
        Promethee::new(&matrix, &[Preference::UShape { indifference: 0.2 }]).net(&[1.0], &mut out);
        assert!(out.iter().all(|f| f.abs() < f64::MIN_POSITIVE), "{out:?}");
    }

    #[test]
    fn three_options_by_hand() {
        // Usual preference, weights 0.6 (more is better: 3, 2, 1) and 0.4 (less is better: 3, 2, 1).
        // pi(1,2) = pi(1,3) = pi(2,3) = 0.6; the other way 0.4. phi+ = (0.6, 0.5, 0.4), phi- = (0.4, 0.5, 0.6).
        let matrix = Matrix::new(&[3.0, 3.0, 2.0, 2.0, 1.0, 1.0], &[MoreIsBetter, LessIsBetter]).expect("fit");
        let ready = Promethee::new(&matrix, &[Preference::Usual; 2]);
        let close = |found: &[f64], expected: [f64; 3]| {
            assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-12), "{found:?}");
        };
        let mut out = [0.0; 3];
        ready.leaving(&[0.6, 0.4], &mut out);
        close(&out, [0.6, 0.5, 0.4]);
        ready.entering(&[0.6, 0.4], &mut out);
        close(&out, [0.4, 0.5, 0.6]);
        ready.net(&[0.6, 0.4], &mut out);
        close(&out, [0.2, 0.0, -0.2]);
    }

    #[test]
    fn standings_need_both_flows() {
        assert_eq!(standing((0.6, 0.5), (0.4, 0.5)), Standing::First);
        assert_eq!(standing((0.6, 0.6), (0.5, 0.4)), Standing::Second);
        assert_eq!(standing((0.6, 0.5), (0.5, 0.4)), Standing::Incomparable);
        assert_eq!(standing((0.6, 0.6), (0.4, 0.4)), Standing::Level);
        assert_eq!(standing((0.5, 0.6), (0.4, 0.5)), Standing::Incomparable);
    }
}
