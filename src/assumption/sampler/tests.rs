use super::{BLOCK, Block, Correlation, Sampler, consistent};
use crate::assumption::{Assumption, Distribution, Evidence, Handle, Origin, Place, Register, Unit};

fn uncertain(id: &str, driver: Option<&str>) -> Assumption {
    Assumption {
        id: id.to_owned(),
        likely: 20.0,
        range: Some((0.0, 50.0)),
        distribution: Distribution::Triangular,
        unit: Unit::Users,
        source: None,
        evidence: Evidence::Estimate,
        quality: None,
        basis: None,
        varies_with: driver.map(str::to_owned),
        origin: Origin::Given,
        place: Place { file: String::new(), line: 1, column: 1 },
    }
}

fn register(entries: &[(&str, Option<&str>)]) -> (Register, Vec<Handle>) {
    let mut register = Register::default();
    let handles = entries.iter().map(|(id, driver)| register.enter(uncertain(id, *driver))).collect();
    (register, handles)
}

/// The first draws of a number.
fn draws(sampler: &Sampler, handle: Handle, count: u64) -> Vec<f64> {
    let mut block = Block::default();
    let mut values = sampler.central().clone();
    let mut all = Vec::new();
    for first in (0..count).step_by(BLOCK) {
        sampler.fill(first, &mut block);
        for draw in 0..BLOCK {
            sampler.realise(&block, draw, &mut values);
            all.push(values.get(handle));
        }
    }
    all
}

fn sampler(register: &Register, correlations: &[Correlation], events: &[Handle]) -> Sampler {
    Sampler::new(register, 1, correlations, events).expect("consistent")
}

fn pair(one: &str, other: &str, rank: f64) -> Correlation {
    Correlation { between: (one.to_owned(), other.to_owned()), rank }
}

fn number(n: usize) -> f64 {
    f64::from(u32::try_from(n).expect("few draws"))
}

/// Spearman's rank correlation: Pearson's, of ranks.
fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
    let ranks = |values: &[f64]| {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
        let mut ranks = vec![0.0; values.len()];
        order.iter().enumerate().for_each(|(rank, &i)| ranks[i] = number(rank));
        ranks
    };
    let (a, b) = (ranks(a), ranks(b));
    let mean = (number(a.len()) - 1.0) / 2.0;
    let cov: f64 = a.iter().zip(&b).map(|(x, y)| (x - mean) * (y - mean)).sum();
    cov / a.iter().map(|x| (x - mean).powi(2)).sum::<f64>()
}

#[test]
fn one_more_estimate_leaves_the_others_as_they_are() {
    let (few, of_few) = register(&[("a", None), ("b", Some("prices"))]);
    let (more, of_more) = register(&[("0", None), ("a", None), ("a2", Some("prices")), ("b", Some("prices")), ("c", None)]);
    let (few, more) = (sampler(&few, &[], &[]), sampler(&more, &[], &[]));
    for (own, same) in [(of_few[0], of_more[1]), (of_few[1], of_more[3])] {
        assert_eq!(draws(&few, own, 200), draws(&more, same, 200));
    }
    // And a correlation of two others does too.
    let (again, of_again) = register(&[("a", None), ("b", Some("prices")), ("c", None), ("d", None)]);
    let again = sampler(&again, &[pair("c", "d", 0.5)], &[]);
    assert_eq!(draws(&few, of_few[0], 200), draws(&again, of_again[0], 200));
}

#[test]
fn numbers_of_one_driver_are_drawn_at_the_same_probability() {
    let (register, handles) = register(&[("a", Some("prices")), ("b", None), ("c", Some("prices"))]);
    let sampler = sampler(&register, &[], &[]);
    let [a, b, c] = [0, 1, 2].map(|i| draws(&sampler, handles[i], 500));
    assert_eq!(a, c);
    assert!(rank_correlation(&a, &b).abs() < 0.2);
}

/// The error of a rank correlation of 20,000 pairs is about 1 / root 20,000 = 0.007.
#[test]
fn correlations_are_those_asked_for() {
    let (register, handles) = register(&[("a", None), ("b", Some("prices")), ("c", None)]);
    let sampler = sampler(&register, &[pair("a", "prices", 0.7), pair("prices", "c", -0.4)], &[]);
    let [a, b, c] = [0, 1, 2].map(|i| draws(&sampler, handles[i], 20_000));
    assert!((rank_correlation(&a, &b) - 0.7).abs() < 0.03);
    assert!((rank_correlation(&b, &c) + 0.4).abs() < 0.03);
    // Each alone is still triangular on 0, 20, 50: mean 70 / 3, deviation root of (2,500 - 600 ... ) / 18: 10.3.
    let mean = |v: &[f64]| v.iter().sum::<f64>() / number(v.len());
    assert!((mean(&a) - 70.0 / 3.0).abs() < 0.4 && (mean(&c) - 70.0 / 3.0).abs() < 0.4);
}

#[test]
fn correlations_that_cannot_be_are_refused() {
    assert!(consistent(&[pair("a", "b", 0.9), pair("b", "c", 0.9), pair("a", "c", -0.9)]).is_err());
    assert!(
        consistent(&[pair("a", "b", 0.9), pair("b", "c", 0.9)]).is_ok()
            == consistent(&[pair("a", "b", 0.9), pair("c", "b", 0.9)]).is_ok()
    );
    // Wholly the same or wholly opposite is possible.
    assert!(consistent(&[pair("a", "b", 1.0)]).is_ok() && consistent(&[pair("a", "b", -1.0)]).is_ok());
    assert!(consistent(&[pair("a", "b", 1.0), pair("a", "c", 0.3), pair("b", "c", 0.3)]).is_ok());
    assert!(consistent(&[pair("a", "b", 1.0), pair("a", "c", 0.3), pair("b", "c", -0.3)]).is_err());
}

/// Probability 0.3: in 64,000 draws 19,200 events, and 116 either way in two cases of three.
#[test]
fn events_happen_as_often_as_they_should() {
    let mut register = Register::default();
    let mut p = uncertain("risks.outage.probability", None);
    (p.likely, p.range, p.distribution) = (0.3, None, Distribution::Fixed);
    let event = register.enter(p);
    let other = register.enter(uncertain("a", None));
    let sampler = sampler(&register, &[], &[event]);
    let happened = draws(&sampler, event, 64_000);
    assert!(happened.iter().all(|h| h.abs() < 1e-300 || (*h - 1.0).abs() < 1e-300));
    assert!((happened.iter().sum::<f64>() - 19_200.0).abs() < 500.0);
    assert!(rank_correlation(&happened, &draws(&sampler, other, 64_000)).abs() < 0.02);
}

#[test]
fn draws_keep_to_what_the_unit_allows() {
    let mut register = Register::default();
    let mut share = uncertain("share", None);
    (share.likely, share.range, share.distribution, share.unit) = (0.9, Some((0.8, 1.0)), Distribution::Normal, Unit::Share);
    let handle = register.enter(share);
    let sampler = sampler(&register, &[], &[]);
    let all = draws(&sampler, handle, 2_000);
    assert!(all.iter().all(|v| (0.0..=1.0).contains(v)));
    assert!(all.iter().any(|v| *v < 0.8));
}
