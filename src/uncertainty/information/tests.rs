use super::functions::legendre;
use super::{Information, information};
use crate::assumption::{Assumption, BLOCK, Block, Distribution, Evidence, Handle, Origin, Place, Register, Sampler, Unit};

/// Numbers of a register are not below 0: what is drawn is this much more than what is meant.
const SHIFT: f64 = 100.0;

fn entry(id: String, likely: f64, range: Option<(f64, f64)>, distribution: Distribution) -> Assumption {
    Assumption {
        id,
        likely,
        range,
        distribution,
        unit: Unit::Pounds,
        source: None,
        evidence: Evidence::Estimate,
        quality: None,
        basis: None,
        varies_with: None,
        origin: Origin::Given,
        place: Place { file: String::new(), line: 1, column: 1 },
    }
}

/// Numbers that are uniform between bounds, and events.
fn register(uniform: &[(f64, f64)], events: &[f64]) -> (Register, Vec<Handle>) {
    let mut register = Register::default();
    for (i, (low, high)) in uniform.iter().enumerate() {
        let range = (low + SHIFT, high + SHIFT);
        register.enter(entry(format!("x{i}"), f64::midpoint(range.0, range.1), Some(range), Distribution::Uniform));
    }
    let event = |(i, p): (usize, &f64)| register.enter(entry(format!("e{i}"), *p, None, Distribution::Fixed));
    let events = events.iter().enumerate().map(event).collect();
    (register, events)
}

/// One number of a shape; what is drawn is [`SHIFT`] more than what is meant.
fn shaped(likely: f64, range: (f64, f64), shape: Distribution) -> (Register, Vec<Handle>) {
    let mut register = Register::default();
    register.enter(entry("x".to_owned(), likely, Some(range), shape));
    (register, Vec::new())
}

/// Draws, and what options are worth in them, from all numbers of the register.
fn learnt(
    (register, events): &(Register, Vec<Handle>),
    (seed, draws): (u64, usize),
    options: &[fn(&[f64]) -> f64],
    groups: &[Vec<usize>],
) -> Information {
    let sampler = Sampler::new(register, seed, &[], events).expect("consistent");
    let (mut block, mut realised) = (Block::default(), sampler.central().clone());
    let mut values = vec![Vec::new(); options.len()];
    for draw in 0..draws {
        if draw % BLOCK == 0 {
            sampler.fill(draw as u64, &mut block);
        }
        sampler.realise(&block, draw % BLOCK, &mut realised);
        let meant = |(handle, a): (Handle, &Assumption)| realised.get(handle) - if a.range.is_some() { SHIFT } else { 0.0 };
        let x: Vec<f64> = register.iter().map(meant).collect();
        values.iter_mut().zip(options).for_each(|(v, option)| v.push(option(&x)));
    }
    information(&values, &sampler, &sampler.unknowns(), groups).expect("two options and draws enough")
}

fn near(found: super::Worth, expected: f64) {
    let off = (found.value - expected).abs();
    assert!(off <= 3.0 * found.standard_error + 1e-9, "{found:?} is not {expected}");
    assert!(found.standard_error < 0.1 * expected.abs() + 0.05, "{found:?} says too little");
}

/// Nothing for sure, or x, which is uniform on -10..20: E max(0, x) = (1/30) x 20^2 / 2 = 20/3; E x = 5; so knowing x is
/// worth 5/3. With y uniform on -6..6 added: knowing x alone is worth what it was; knowing y alone is worth nothing,
/// since x + y is above 0 on average whatever y is (5 - 6 = -1 for the lowest: below 0 for y < -5: E max(0, 5 + y) =
/// (1/12) x 11^2 / 2 = 121/24 = 5.041667, worth 1/24).
#[test]
fn a_venture_by_hand() {
    let numbers = register(&[(-10.0, 20.0), (-6.0, 6.0)], &[]);
    let found = learnt(&numbers, (3, 40_000), &[|x| x[0] + x[1], |_| 0.0], &[vec![0, 1]]);
    near(found.single[0], 5.0 / 3.0);
    near(found.single[1], 1.0 / 24.0);
    // Both: E max(0, x + y) over the rectangle. For y fixed, E max(0, x + y) = (20 + y)^2 / 60; mean over y of
    // (400 + 40 y + y^2) / 60 = (400 + 12) / 60 = 103/15; less 5.
    near(found.perfect, 103.0 / 15.0 - 5.0);
    near(found.groups[0], 103.0 / 15.0 - 5.0);
    // x has the variance 30^2 / 12 = 75, y 12: 75/87 and 12/87 of the whole.
    assert!((found.of_variance[0] - 75.0 / 87.0).abs() < 0.01 && (found.of_variance[1] - 12.0 / 87.0).abs() < 0.01);
}

/// An event of probability 0.2 costs an option 100 which is otherwise worth 10 more than nothing: 10 - 20 = -10 on average,
/// so nothing is chosen; knowing that it does not happen is worth 0.8 x 10 = 8.
#[test]
fn an_event_by_hand() {
    let numbers = register(&[], &[0.2]);
    let found = learnt(&numbers, (5, 40_000), &[|_| 0.0, |x| 10.0 - 100.0 * x[0]], &[]);
    near(found.single[0], 8.0);
    near(found.perfect, 8.0);
}

#[test]
fn nothing_is_worth_knowing_of_what_changes_nothing() {
    let numbers = register(&[(0.0, 1.0), (0.0, 1.0)], &[]);
    let found = learnt(&numbers, (1, 5_000), &[|x| x[0] + 10.0, |x| x[0]], &[vec![0, 1]]);
    assert!(found.single.iter().chain(&found.groups).chain([&found.perfect]).all(|w| w.value.abs() < 1e-9), "{found:?}");
}

/// Groups are worth no less than their members, nothing more than everything, on many small samples.
#[test]
fn more_knowledge_is_never_worth_less() {
    let numbers = register(&[(-1.0, 1.2), (-1.0, 1.0), (-2.0, 2.0)], &[0.3]);
    let groups = [vec![0, 1], vec![0, 1, 2], vec![0, 1, 2, 3], vec![3, 2]];
    for seed in 0..40 {
        let found = learnt(&numbers, (seed, 300), &[|_| 0.0, |x| x[0] * x[1] + x[2] - 0.1 * x[3], |x| x[1] - x[3]], &groups);
        for (group, worth) in groups.iter().zip(&found.groups) {
            assert!(group.iter().all(|i| worth.value >= found.single[*i].value), "seed {seed}");
            assert!(worth.value <= found.perfect.value + 1e-12, "seed {seed}");
        }
    }
}

/// The truth of the first case lies within two errors in 19 of 20 samples; with 150 samples a deviation of 2.7 about 143. And
/// the error is as large as what estimates are apart, of which 150 samples tell to 1 / root(300), 6 in 100.
#[test]
fn errors_cover_the_truth() {
    let numbers = register(&[(-10.0, 20.0), (-6.0, 6.0)], &[]);
    let (mut perfect, mut single) = (0, 0);
    let (mut values, mut errors) = (Vec::new(), Vec::new());
    for seed in 0..150 {
        let found = learnt(&numbers, (seed, 2_000), &[|_| 0.0, |x| x[0] + x[1]], &[]);
        let within = |w: super::Worth, truth: f64| i32::from((w.value - truth).abs() <= 2.0 * w.standard_error);
        perfect += within(found.perfect, 103.0 / 15.0 - 5.0);
        single += within(found.single[0], 5.0 / 3.0);
        values.push(found.single[0].value);
        errors.push(found.single[0].standard_error);
    }
    assert!((135..=149).contains(&perfect) && (132..=149).contains(&single), "{perfect} and {single} of 150");
    let mean = |all: &[f64]| all.iter().sum::<f64>() / 150.0;
    let centre = mean(&values);
    let apart = (values.iter().map(|v| (v - centre).powi(2)).sum::<f64>() / 149.0).sqrt();
    let ratio = mean(&errors) / apart;
    assert!((0.8..=1.25).contains(&ratio), "errors are {ratio} of what estimates are apart");
}

/// What one number alone decides is worth as much as everything, and explains all of the variance. Of two values, v and
/// 0 with probability p and 1 - p, against a sure amount s with p v < s: `p (v - s)`. Fifty-fifty on 100 against 60: 20;
/// 1,000 in two cases of a hundred against 30: 19.40. Five values 0, 10, 20, 30, 40 against 25: (5 + 15) / 5 = 4.
#[test]
fn a_list_of_values_has_a_mean_for_each() {
    let knot = |probability: f64, value: f64| crate::assumption::Knot { probability, value: value + SHIFT };
    let two = |p: f64, v: f64| Distribution::Discrete(vec![knot(1.0 - p, 0.0), knot(p, v)]);
    let five = Distribution::Discrete((0..5).map(|i| knot(0.2, 10.0 * f64::from(i))).collect());
    let sure: [fn(&[f64]) -> f64; 3] = [|_| 60.0, |_| 30.0, |_| 25.0];
    let cases = [(two(0.5, 100.0), 100.0, 20.0), (two(0.02, 1_000.0), 1_000.0, 19.4), (five, 40.0, 4.0)];
    for ((shape, most, truth), sure) in cases.into_iter().zip(sure) {
        let numbers = shaped(SHIFT, (SHIFT, most + SHIFT), shape);
        let found = learnt(&numbers, (3, 40_000), &[|x| x[0], sure], &[]);
        near(found.perfect, truth);
        assert!((found.single[0].value - found.perfect.value).abs() < 1e-6 * truth, "{found:?}");
        assert!(found.of_variance[0] > 1.0 - 1e-9, "{found:?}");
    }
}

/// Lognormal with P10 10 and P90 1,000: median 100, s = ln 100 / (2 x 1.28155) = 1.79674, mean 100 e^(s^2 / 2) = 502.3.
/// At most 300 can be had for sure, so that is taken; knowing the cost is worth E max(0, 300 - x) = 300 F(d) - 502.3 F(d - s),
/// d = ln 3 / s = 0.61145: 300 x 0.72955 - 502.3 x 0.11792 = 159.6. (What is drawn is [`SHIFT`] more than meant, so the
/// shape is of the number itself.)
#[test]
fn a_wide_range_is_met_by_the_number_itself() {
    let numbers = shaped(100.0, (10.0, 1_000.0), Distribution::Lognormal);
    let found = learnt(&numbers, (4, 40_000), &[|x| -(x[0] + SHIFT), |_| -300.0], &[]);
    near(found.perfect, 159.6);
    assert!((found.single[0].value - found.perfect.value).abs() < 1e-6 * 159.6, "{found:?}");
    assert!(found.of_variance[0] > 1.0 - 1e-9, "{found:?}");
}

/// P1(x) = x root 3, P2 = root 5 (3 x^2 - 1) / 2, P3 = root 7 (5 x^3 - 3 x) / 2, at x = 0.5.
#[test]
fn polynomials_are_the_published_ones() {
    let p = legendre(0.75);
    let expected = [0.5 * 3.0_f64.sqrt(), -0.125 * 5.0_f64.sqrt(), -0.4375 * 7.0_f64.sqrt(), -0.289_062_5 * 9.0_f64.sqrt()];
    assert!(p.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{p:?}");
}
