//! Criteria that say the same about the options.

/// Pearson correlation of two rows over the options; `None` if either is constant or there are fewer than three.
///
/// Two options always correlate perfectly, and a constant tells nothing.
#[must_use]
pub fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let count = f64::from(u32::try_from(a.len()).ok()?);
    if a.len() < 3 {
        return None;
    }
    let mean = |x: &[f64]| x.iter().sum::<f64>() / count;
    let (ma, mb) = (mean(a), mean(b));
    let spread = |x: &[f64], m: f64| x.iter().map(|v| (v - m) * (v - m)).sum::<f64>();
    let (sa, sb) = (spread(a, ma), spread(b, mb));
    // What differs by rounding alone is constant.
    let constant = |s: f64, x: &[f64]| s <= 1e-18 * x.iter().map(|v| v * v).sum::<f64>();
    if constant(sa, a) || constant(sb, b) {
        return None;
    }
    let joint: f64 = a.iter().zip(b).map(|(x, y)| (x - ma) * (y - mb)).sum();
    Some(joint / (sa.sqrt() * sb.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlation_is_as_worked_by_hand() {
        // (1, 2, 3) and (1, 3, 2): deviations (-1, 0, 1) and (-1, 1, 0): 1 / (sqrt 2 x sqrt 2) = 0.5.
        let r = correlation(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]).expect("defined");
        assert!((r - 0.5).abs() < 1e-12);
        let r = correlation(&[1.0, 2.0, 3.0], &[30.0, 20.0, 10.0]).expect("defined");
        assert!((r + 1.0).abs() < 1e-12);
    }

    #[test]
    fn constants_and_pairs_tell_nothing() {
        assert_eq!(correlation(&[1.0, 2.0], &[1.0, 2.0]), None);
        assert_eq!(correlation(&[1.0, 2.0, 3.0], &[7.0, 7.0, 7.0]), None);
        assert_eq!(correlation(&[0.0, 0.0, 0.0], &[1.0, 2.0, 3.0]), None);
        assert_eq!(correlation(&[], &[]), None);
    }
}
