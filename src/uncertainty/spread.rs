//! A sample in a few figures, each with its error.

/// Mean and quantiles of a sample.
///
/// Quantiles lie on the straight line between order statistics (Hyndman and Fan 1996, definition 7). The error of one is
/// half the distance between the quantiles one binomial standard deviation, `root(p (1 - p) / n)`, below and above it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// How many there are.
    pub draws: usize,
    /// Mean.
    pub mean: f64,
    /// Its standard error: standard deviation over the root of the number of draws.
    pub standard_error: f64,
    /// Standard deviation.
    pub deviation: f64,
    /// P10, P50, P80, P90.
    pub quantiles: [f64; 4],
    /// Their standard errors.
    pub errors: [f64; 4],
}

/// The quantiles that are reported.
pub(super) const REPORTED: [f64; 4] = [0.1, 0.5, 0.8, 0.9];

impl Spread {
    /// Of a sample; `None` if it is empty. The sample is put in order.
    #[must_use]
    pub fn of(sample: &mut [f64]) -> Option<Self> {
        if sample.is_empty() {
            return None;
        }
        let n = count(sample.len());
        // Added up before it is put in order, and about the first, so that equal draws have no spread.
        let origin = sample[0];
        let mean = origin + sample.iter().map(|x| x - origin).sum::<f64>() / n;
        let squares: f64 = sample.iter().map(|x| (x - mean).powi(2)).sum();
        let deviation = if sample.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 };
        sample.sort_unstable_by(f64::total_cmp);
        let error = |p: f64| {
            let away = (p * (1.0 - p) / n).sqrt();
            (quantile(sample, (p + away).min(1.0)) - quantile(sample, (p - away).max(0.0))) / 2.0
        };
        Some(Self {
            draws: sample.len(),
            mean,
            standard_error: deviation / n.sqrt(),
            deviation,
            quantiles: REPORTED.map(|p| quantile(sample, p)),
            errors: REPORTED.map(error),
        })
    }
}

/// A quantile of an ordered sample that is not empty.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position in the sample")]
pub fn quantile(ordered: &[f64], p: f64) -> f64 {
    let at = p * count(ordered.len() - 1);
    let below = (at.floor() as usize).min(ordered.len() - 1);
    let above = (below + 1).min(ordered.len() - 1);
    ordered[below] + (at - at.floor()) * (ordered[above] - ordered[below])
}

/// How often something happens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Estimated probability.
    pub probability: f64,
    /// Its standard error, `root(p (1 - p) / n)`; of what never or always happens in n draws, that of one case in n. One draw
    /// tells nothing: 0.5, as much as the error of one draw can be.
    pub standard_error: f64,
}

impl Share {
    /// So many of so many draws.
    #[must_use]
    pub fn of(happened: f64, draws: usize) -> Self {
        let n = count(draws.max(1));
        let p = happened / n;
        let seen = if draws < 2 { 0.5 } else { p.clamp(1.0 / n, 1.0 - 1.0 / n) };
        Self { probability: p, standard_error: (seen * (1.0 - seen) / n).sqrt() }
    }
}

/// A number of draws as a number.
pub(super) fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).expect("at most a few billion draws"))
}

#[cfg(test)]
mod tests {
    use super::{Share, Spread, quantile};

    /// 1, 2, 3, 4: mean 2.5; variance 5/3; P50 2.5; P10 lies 0.3 of the way from the first to the second, 1.3; P90 3.7;
    /// P80 at 0.8 x 3 = 2.4: 3.4.
    #[test]
    fn a_sample_by_hand() {
        let spread = Spread::of(&mut [4.0, 2.0, 1.0, 3.0]).expect("not empty");
        assert!((spread.mean - 2.5).abs() < 1e-12);
        assert!((spread.deviation.powi(2) - 5.0 / 3.0).abs() < 1e-12);
        assert!((spread.standard_error - (5.0_f64 / 12.0).sqrt()).abs() < 1e-12);
        for (found, expected) in spread.quantiles.into_iter().zip([1.3, 2.5, 3.4, 3.7]) {
            assert!((found - expected).abs() < 1e-12, "{found}");
        }
    }

    #[test]
    fn small_and_certain_samples_have_defined_answers() {
        assert_eq!(Spread::of(&mut []), None);
        let one = Spread::of(&mut [7.0]).expect("not empty");
        assert!(one.standard_error.abs() < 1e-12 && one.quantiles.iter().all(|q| (q - 7.0).abs() < 1e-12));
        let same = Spread::of(&mut [0.1; 1000]).expect("not empty");
        assert!(same.deviation.abs() < 1e-300 && same.errors.iter().all(|e| e.abs() < 1e-300));
        assert!((quantile(&[1.0, 3.0], 0.5) - 2.0).abs() < 1e-12);
    }

    /// 300 of 1,000: root(0.3 x 0.7 / 1,000) = 0.014491...; none of 1,000: root(0.001 x 0.999 / 1,000).
    #[test]
    fn shares_by_hand() {
        assert!((Share::of(300.0, 1000).standard_error - 0.000_21_f64.sqrt()).abs() < 1e-12);
        let none = Share::of(0.0, 1000);
        assert!(none.probability.abs() < 1e-12 && (none.standard_error - (0.000_999_f64 / 1000.0).sqrt()).abs() < 1e-12);
        assert!((Share::of(0.0, 1).standard_error - 0.5).abs() < 1e-12);
        // One of two: 0.5 x 0.5 / 2.
        assert!((Share::of(1.0, 2).standard_error - 0.125_f64.sqrt()).abs() < 1e-12);
    }

    /// Uniform numbers, 200 seeds of 2,000 each: the true P80 lies within two of its errors in 19 of 20 cases; 200 cases
    /// have a deviation of 3 about 191.
    #[test]
    fn errors_of_quantiles_cover_the_truth() {
        let mut covered = [0; 4];
        let mut means = 0;
        for seed in 0..200 {
            let stream = crate::assumption::Stream::new(seed, "u");
            let mut sample: Vec<f64> = (0..2_000).map(|n| stream.at(n)).collect();
            let spread = Spread::of(&mut sample).expect("not empty");
            for ((covered, p), (q, e)) in covered.iter_mut().zip(super::REPORTED).zip(spread.quantiles.iter().zip(spread.errors))
            {
                *covered += i32::from((q - p).abs() <= 2.0 * e);
            }
            means += i32::from((spread.mean - 0.5).abs() <= 2.0 * spread.standard_error);
        }
        assert!(covered.iter().all(|c| *c >= 180), "{covered:?} of 200");
        assert!((182..=200).contains(&means), "{means} of 200");
    }
}
