//! How far two rankings agree.

use super::rank::TIE;
use std::cmp::Ordering;

/// Spearman's rho: the correlation of mean ranks, ties (within [`TIE`]) sharing the mean of theirs. 1 for the same order, -1
/// for the reverse; `None` if there are fewer than two, or either side ties all of them.
///
/// Kendall and Gibbons, Rank Correlation Methods (1990), chapters 1 and 3.
#[must_use]
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = (mean_ranks(a), mean_ranks(b));
    // Ranks and their mean are halves, so these sums are exact, and the same order gives 1 exactly.
    let mean = a.iter().sum::<f64>() / f64::from(u32::try_from(a.len()).ok()?);
    let product = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum::<f64>();
    let (apart_a, apart_b) = (product(&a, &a), product(&b, &b));
    (apart_a > 0.0 && apart_b > 0.0).then(|| (product(&a, &b) / (apart_a * apart_b).sqrt()).clamp(-1.0, 1.0))
}

/// Kendall's tau-b: pairs in the same order less pairs in reverse, over `sqrt((all - tied in a) (all - tied in b))`. `None`
/// where [`spearman`] is.
#[must_use]
pub fn kendall(a: &[f64], b: &[f64]) -> Option<f64> {
    let (mut concordance, mut apart_a, mut apart_b) = (0.0, 0.0, 0.0);
    for i in 0..a.len() {
        for j in i + 1..a.len() {
            let (x, y) = (sign(a[i], a[j]), sign(b[i], b[j]));
            concordance += x * y;
            apart_a += x.abs();
            apart_b += y.abs();
        }
    }
    (apart_a > 0.0 && apart_b > 0.0).then(|| (concordance / (apart_a * apart_b).sqrt()).clamp(-1.0, 1.0))
}

/// 1 if a is more than b, -1 if less, 0 for a tie.
fn sign(a: f64, b: f64) -> f64 {
    match (a > b + TIE, a < b - TIE) {
        (true, _) => 1.0,
        (_, true) => -1.0,
        _ => 0.0,
    }
}

/// The rank of each from 1, least first; what ties shares the mean.
fn mean_ranks(numbers: &[f64]) -> Vec<f64> {
    let rank = |own: &f64| {
        let (mut less, mut tied) = (0.0, 0.0);
        for other in numbers {
            match sign(*other, *own).total_cmp(&0.0) {
                Ordering::Less => less += 1.0,
                Ordering::Equal => tied += 1.0,
                Ordering::Greater => {}
            }
        }
        less + f64::midpoint(tied, 1.0)
    };
    numbers.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: Option<f64>, expected: f64) {
        let found = found.expect("defined");
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn agreement_by_hand() {
        // 1 2 3 4 5 against 2 1 4 3 5: sum of d^2 = 4, rho = 1 - 6 x 4 / (5 x 24) = 0.8; 8 pairs agree, 2 do not: 0.6.
        let (a, b) = ([1.0, 2.0, 3.0, 4.0, 5.0], [20.0, 10.0, 40.0, 30.0, 50.0]);
        near(spearman(&a, &b), 0.8);
        near(kendall(&a, &b), 0.6);
        let reverse = [5.0, 4.0, 3.0, 2.0, 1.0];
        near(spearman(&a, &reverse), -1.0);
        near(kendall(&a, &reverse), -1.0);
    }

    #[test]
    fn ties_share_the_mean_of_their_ranks() {
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: deviations (-1.5, 0, 0, 1.5) and (-1.5, -0.5, 0.5, 1.5);
        // rho = 4.5 / sqrt(4.5 x 5). Of six pairs five are in order and one tied: tau-b = 5 / sqrt(5 x 6).
        let (a, b) = ([1.0, 2.0, 2.0 + 1e-12, 3.0], [1.0, 2.0, 3.0, 4.0]);
        near(spearman(&a, &b), 4.5 / 22.5_f64.sqrt());
        near(kendall(&a, &b), 5.0 / 30.0_f64.sqrt());
    }

    #[test]
    fn undefined_where_there_is_no_order() {
        for f in [spearman, kendall] {
            assert_eq!(f(&[], &[]), None);
            assert_eq!(f(&[1.0], &[1.0]), None);
            assert_eq!(f(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
            assert_eq!(f(&[1.0, 2.0], &[3.0, 3.0]), None);
            near(f(&[1.0, 2.0], &[3.0, 4.0]), 1.0);
        }
    }
}
