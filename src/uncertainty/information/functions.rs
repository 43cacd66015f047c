//! Functions of an unknown on which what is expected of an option is fitted.
//!
//! *Events* and *lists of values* have a mean for each value, that is one contrast fewer than values, orthonormal over the
//! draws. *All others* have the number itself, since cost is often a straight
//! line in it however skew its range is, and Legendre polynomials of the probability at which it is drawn, made orthonormal
//! over the draws (Gram and Schmidt) in this order. Numbers with one driver have the first of them, which the others follow.
//! Long lists are taken as all others.

use super::DEGREE;
use super::count;
use crate::assumption::{BLOCK, Sampler, Unknown};

/// One, the number itself, and polynomials.
const RAW: usize = DEGREE + 2;
type Raw = [f64; RAW];

/// What is left of a function beside those before it counts as nothing below this share of its square.
const NOTHING: f64 = 1e-6;

/// The functions of one unknown.
pub(super) enum Functions {
    /// Ranges of the probability, each by its end, with a value of each function.
    Cells(Vec<(f64, [f64; DEGREE])>),
    /// Sums of raw functions; the number stands for itself less its mean, over its deviation.
    Sums { mean: f64, deviation: f64, terms: [Raw; DEGREE] },
}

impl Functions {
    /// Of an unknown, over so many draws.
    pub(super) fn of(sampler: &Sampler, unknown: &Unknown, draws: usize) -> Self {
        if unknown.event {
            return Self::cells(sampler, unknown, draws, &[sampler.central().get(unknown.members[0]), 1.0]);
        }
        if let Some(steps) = sampler.steps(unknown).filter(|steps| steps.len() <= DEGREE + 1) {
            return Self::cells(sampler, unknown, draws, &steps);
        }
        let (mut sum, mut squares, mut first) = (0.0, 0.0, None);
        drawn(sampler, unknown, draws, |_, x| {
            let x = x - *first.get_or_insert(x);
            sum += x;
            squares += x * x;
        });
        let off = sum / count(draws.max(1));
        let deviation = (squares / count(draws.max(1)) - off * off).max(0.0).sqrt();
        let mean = first.unwrap_or(0.0) + off;
        let mut products = [[0.0; RAW]; RAW];
        drawn(sampler, unknown, draws, |u, x| {
            let own = raw(u, x, (mean, deviation));
            for (row, a) in products.iter_mut().zip(own) {
                row.iter_mut().zip(own).for_each(|(sum, b)| *sum += a * b / count(draws));
            }
        });
        Self::Sums { mean, deviation, terms: orthonormal(&products) }
    }

    /// Contrasts between values that end at some probabilities, for the shares that they have of the draws.
    fn cells(sampler: &Sampler, unknown: &Unknown, draws: usize, ends: &[f64]) -> Self {
        let mut drawn = vec![0_usize; ends.len()];
        probabilities(sampler, unknown, draws, |us| us.iter().for_each(|u| drawn[cell(ends, *u)] += 1));
        let shares: Vec<f64> = drawn.iter().map(|n| count(*n) / count(draws.max(1))).collect();
        Self::Cells(ends.iter().copied().zip(contrasts(&shares)).collect())
    }

    /// Tells them draw by draw.
    pub(super) fn each(&self, sampler: &Sampler, unknown: &Unknown, draws: usize, mut tell: impl FnMut([f64; DEGREE])) {
        match self {
            Self::Cells(cells) => probabilities(sampler, unknown, draws, |us| {
                for u in us {
                    let at = cells.partition_point(|(end, _)| end <= u).min(cells.len() - 1);
                    tell(cells[at].1);
                }
            }),
            Self::Sums { mean, deviation, terms } => drawn(sampler, unknown, draws, |u, x| {
                let raw = raw(u, x, (*mean, *deviation));
                tell(terms.map(|terms| terms.iter().zip(raw).map(|(t, r)| t * r).sum()));
            }),
        }
    }
}

/// Which of the values that end at some probabilities is drawn at one.
fn cell(ends: &[f64], u: f64) -> usize {
    ends.partition_point(|end| *end <= u).min(ends.len() - 1)
}

/// Probabilities at which an unknown is drawn, some at a time.
fn probabilities(sampler: &Sampler, unknown: &Unknown, draws: usize, mut tell: impl FnMut(&[f64])) {
    let mut us = [0.0; BLOCK];
    for first in (0..draws).step_by(BLOCK) {
        sampler.probabilities(unknown, first as u64, &mut us);
        tell(&us[..BLOCK.min(draws - first)]);
    }
}

/// The same one by one, with its first number.
fn drawn(sampler: &Sampler, unknown: &Unknown, draws: usize, mut tell: impl FnMut(f64, f64)) {
    let mut numbers = [0.0; BLOCK];
    probabilities(sampler, unknown, draws, |us| {
        let numbers = &mut numbers[..us.len()];
        sampler.at(unknown.members[0], us, numbers);
        us.iter().zip(numbers).for_each(|(u, x)| tell(*u, *x));
    });
}

fn raw(u: f64, x: f64, (mean, deviation): (f64, f64)) -> Raw {
    let own = if deviation > 0.0 { (x - mean) / deviation } else { 0.0 };
    let polynomials = legendre(u);
    std::array::from_fn(|i| match i {
        0 => 1.0,
        1 => own,
        _ => polynomials[i - 2],
    })
}

/// Legendre polynomials from degree 1 on, orthonormal for a number that is uniform between 0 and 1.
pub(super) fn legendre(u: f64) -> [f64; DEGREE] {
    let x = 2.0 * u - 1.0;
    let (mut before, mut now) = (1.0, x);
    std::array::from_fn(|i| {
        let k = count(i + 1);
        let own = now * (2.0 * k + 1.0).sqrt();
        let next = ((2.0 * k + 1.0) * x * now - k * before) / (k + 1.0);
        (before, now) = (now, next);
        own
    })
}

/// Sums of raw functions that are orthonormal and have no mean, by their mean products; as many as there are.
fn orthonormal(products: &[Raw; RAW]) -> [Raw; DEGREE] {
    let product = |a: &Raw, b: &Raw| -> f64 {
        products.iter().zip(a).map(|(row, a)| a * row.iter().zip(b).map(|(p, b)| p * b).sum::<f64>()).sum()
    };
    let mut found: Vec<Raw> = Vec::with_capacity(DEGREE + 1);
    for (k, row) in products.iter().enumerate() {
        let mut own: Raw = std::array::from_fn(|i| f64::from(u8::from(i == k)));
        // Twice, since what little is left has lost digits.
        for other in found.iter().chain(found.iter()) {
            let along = product(&own, other);
            own.iter_mut().zip(other).for_each(|(own, other)| *own -= along * other);
        }
        let square = product(&own, &own);
        if square > NOTHING * row[k] && found.len() <= DEGREE {
            found.push(own.map(|t| t / square.sqrt()));
        }
    }
    // The first is the constant.
    std::array::from_fn(|i| found.get(i + 1).copied().unwrap_or([0.0; RAW]))
}

/// Functions by value, from the share of each value. For each value but the last there is the contrast between it and all
/// after it: with p its share and r that of those after it `root(r / (p (p + r)))` at the value, `-root(p / (r (p + r)))`
/// after it, 0 before it.
fn contrasts(shares: &[f64]) -> Vec<[f64; DEGREE]> {
    let mut functions = vec![[0.0; DEGREE]; shares.len()];
    for k in 0..shares.len().saturating_sub(1).min(DEGREE) {
        let (p, rest) = (shares[k], shares[k + 1..].iter().sum::<f64>());
        if p > 0.0 && rest > 0.0 {
            functions[k][k] = (rest / (p * (p + rest))).sqrt();
            let after = -(p / (rest * (p + rest))).sqrt();
            functions[k + 1..].iter_mut().for_each(|own| own[k] = after);
        }
    }
    functions
}
