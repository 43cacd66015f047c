use super::{Distribution, Knot, Quantile, Table};
use statrs::distribution::{Beta, ContinuousCDF};

/// Mean and variance by the midpoints of 200,000 equal slices of probability.
fn moments(shape: &Distribution, likely: f64, range: (f64, f64)) -> (f64, f64) {
    let quantile = Quantile::of(shape, likely, Some(range)).expect("uncertain");
    let n = 200_000;
    let at = |i: i32| quantile.at((f64::from(i) + 0.5) / f64::from(n));
    let mean = (0..n).map(at).sum::<f64>() / f64::from(n);
    let variance = (0..n).map(|i| (at(i) - mean).powi(2)).sum::<f64>() / f64::from(n);
    assert!((shape.mean(likely, Some(range)) - mean).abs() < 1e-4 * mean.abs(), "{shape:?}");
    (mean, variance)
}

fn close((mean, variance): (f64, f64), expected_mean: f64, expected_variance: f64) {
    assert!((mean - expected_mean).abs() <= 1e-4 * expected_mean.abs(), "mean {mean}, not {expected_mean}");
    assert!((variance - expected_variance).abs() <= 2e-3 * expected_variance, "variance {variance}, not {expected_variance}");
}

/// Closed forms: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions.
#[test]
fn moments_are_those_of_closed_forms() {
    // Uniform on 90..340: 215 and 250^2 / 12.
    close(moments(&Distribution::Uniform, 190.0, (90.0, 340.0)), 215.0, 62_500.0 / 12.0);
    // Triangular: (90 + 190 + 340) / 3 and (90^2 + 190^2 + 340^2 - 90x190 - 90x340 - 190x340) / 18
    // = (8,100 + 36,100 + 115,600 - 17,100 - 30,600 - 64,600) / 18 = 47,500 / 18.
    close(moments(&Distribution::Triangular, 190.0, (90.0, 340.0)), 620.0 / 3.0, 47_500.0 / 18.0);
    // PERT: mean (90 + 4 x 190 + 340) / 6 = 1190 / 6; a beta distribution with alpha = 1 + 4 x 0.4 = 2.6 and
    // beta = 3.4 has the variance alpha beta / ((alpha + beta)^2 (alpha + beta + 1)) = 8.84 / 252, times 250^2.
    close(moments(&Distribution::Pert, 190.0, (90.0, 340.0)), 1190.0 / 6.0, 8.84 / 252.0 * 62_500.0);
    // Normal with P10 80 and P90 120: deviation 20 / 1.2815515655.
    close(moments(&Distribution::Normal, 100.0, (80.0, 120.0)), 100.0, (20.0_f64 / 1.281_551_565_5).powi(2));
    // Lognormal with P10 50, P90 200, median 100: s = ln 2 / 1.2815515655; mean 100 e^(s^2/2),
    // variance (e^(s^2) - 1) times the mean squared.
    let s2 = (2.0_f64.ln() / 1.281_551_565_5).powi(2);
    let mean = 100.0 * (s2 / 2.0).exp();
    close(moments(&Distribution::Lognormal, 100.0, (50.0, 200.0)), mean, (s2.exp() - 1.0) * mean * mean);
}

#[test]
fn listed_values_come_with_their_probabilities() {
    let knots = |list: &[(f64, f64)]| list.iter().map(|&(value, probability)| Knot { probability, value }).collect::<Vec<_>>();
    // 10 with 0.2, 20 with 0.5, 40 with 0.3: mean 24; variance 0.2 x 196 + 0.5 x 16 + 0.3 x 256 = 124.
    close(moments(&Distribution::Discrete(knots(&[(10.0, 0.2), (20.0, 0.5), (40.0, 0.3)])), 20.0, (10.0, 40.0)), 24.0, 124.0);
    // 0 to 10 with probability 0.5, 10 to 30 with 0.5: mean 0.5 x 5 + 0.5 x 20 = 12.5; second moment
    // 0.5 x 100/3 + 0.5 x (10^2 + 10 x 30 + 30^2)/3 = 0.5 x (100 + 1300) / 3 = 700 / 3, less 156.25.
    let curve = Distribution::Quantiles(knots(&[(0.0, 0.0), (10.0, 0.5), (30.0, 1.0)]));
    close(moments(&curve, 10.0, (0.0, 30.0)), 12.5, 700.0 / 3.0 - 156.25);
}

/// Means alone cannot tell a shape: quantiles can. Triangular on 0, 2, 10: F(x) = x^2 / 20 up to 2, so P10 is the root
/// of 2; F(x) = 1 - (10 - x)^2 / 80 beyond, so P90 is 10 - root of 8.
#[test]
fn quantiles_are_those_of_closed_forms() {
    let triangle = Quantile::of(&Distribution::Triangular, 2.0, Some((0.0, 10.0))).expect("uncertain");
    assert!((triangle.at(0.1) - 2.0_f64.sqrt()).abs() < 1e-12);
    assert!((triangle.at(0.9) - (10.0 - 8.0_f64.sqrt())).abs() < 1e-12);
    let normal = Quantile::of(&Distribution::Normal, 100.0, Some((80.0, 120.0))).expect("uncertain");
    assert!((normal.at(0.1) - 80.0).abs() < 1e-9 && (normal.at(0.9) - 120.0).abs() < 1e-9);
    let lognormal = Quantile::of(&Distribution::Lognormal, 100.0, Some((50.0, 200.0))).expect("uncertain");
    assert!((lognormal.at(0.1) - 50.0).abs() < 1e-9 && (lognormal.at(0.9) - 200.0).abs() < 1e-9);
}

#[test]
fn the_table_of_a_pert_estimate_is_as_exact_as_it_says() {
    for mode in [0.0, 0.05, 0.3, 0.5, 0.8, 1.0] {
        let (table, law) = (Table::pert(mode), Beta::new(1.0 + 4.0 * mode, 5.0 - 4.0 * mode).expect("a shape"));
        // The probability of being below what the table gives is compared, turned into a distance.
        for i in 1..4_000 {
            let u = f64::from(i) / 4_000.0;
            let exact = super::inverse(&law, u, 0.5);
            assert!((law.cdf(exact) - u).abs() < 1e-11);
            let bound = if (0.001..0.999).contains(&u) { 1e-5 } else { 2e-3 };
            assert!((table.at(u) - exact).abs() < bound, "mode {mode}, {u}: {} against {exact}", table.at(u));
        }
        for u in [1e-4, 2.3e-4, 1.0 - 1e-4] {
            assert!((table.at(u) - super::inverse(&law, u, 0.5)).abs() < 2e-3, "mode {mode}, {u}");
        }
    }
}

#[test]
fn many_at_once_are_what_they_are_one_by_one() {
    let shapes = [Distribution::Uniform, Distribution::Triangular, Distribution::Pert, Distribution::Normal];
    let us: Vec<f64> = (1..100).map(|i| f64::from(i) / 100.0).collect();
    for shape in shapes {
        let quantile = Quantile::of(&shape, 5.0, Some((0.0, 10.0))).expect("uncertain");
        let mut values = vec![0.0; us.len()];
        quantile.fill(&us, (f64::NEG_INFINITY, f64::INFINITY), &mut values);
        assert!(us.iter().zip(&values).all(|(u, v)| (quantile.at(*u) - v).abs() < 1e-15), "{shape:?}");
    }
}

#[test]
fn what_has_no_range_is_certain() {
    assert_eq!(Quantile::of(&Distribution::Triangular, 5.0, None), None);
    assert_eq!(Quantile::of(&Distribution::Triangular, 5.0, Some((5.0, 5.0))), None);
    assert_eq!(Quantile::of(&Distribution::Fixed, 5.0, Some((1.0, 9.0))), None);
}

/// One number at a time, and as many as this machine takes.
#[test]
fn draws_are_the_same_bytes_at_every_width() {
    use super::Fill;
    use pulp::WithSimd;
    let probabilities: Vec<f64> = (0..257).map(|i| (0.3 + f64::from(i) * 0.618_033_988_749_895).fract()).collect();
    for shape in [Distribution::Uniform, Distribution::Triangular, Distribution::Pert, Distribution::Normal] {
        let quantile = Quantile::of(&shape, 190.0, Some((90.0, 340.0))).expect("uncertain");
        let (mut one, mut many) = (vec![1.0; 257], vec![2.0; 257]);
        let bounds = (0.0, 1_000.0);
        Fill { quantile: &quantile, probabilities: &probabilities, bounds, values: &mut one }.with_simd(pulp::Scalar::new());
        quantile.fill(&probabilities, bounds, &mut many);
        assert!(one.iter().zip(&many).all(|(a, b)| a.to_bits() == b.to_bits()), "{shape:?}");
    }
}
