//! What it would be worth to know more before deciding.
//!
//! With `V` the value of an option in a draw (less its net present cost, or its score), the expected value of perfect
//! information is `E max V - max E V`, and that of knowing some unknowns x is `E max E(V | x) - max E V`.
//!
//! `E(V | x)` is fitted by least squares on Legendre polynomials of the probability at which the unknown is drawn, up to
//! degree [`DEGREE`]: orthonormal for a uniform number, so each coefficient is a mean (a regression estimate as in Strong,
//! Oakley and Brennan, Medical Decision Making 34, 2014). Unknowns are independent, so for several of them the fits add
//! up; what they do only together is left out, and the value of a group is a lower bound as far as it goes. A group is
//! worth no less than the most valuable of its members, and nothing is worth more than knowing everything.
//!
//! Standard errors are those of a delete-a-block jackknife over [`BLOCKS`] blocks; that of perfect information is the
//! standard error of a mean.

use super::spread::count;
use crate::assumption::{BLOCK, Sampler, Unknown};
use rayon::prelude::*;

/// The highest degree of the polynomials.
pub const DEGREE: usize = 4;
/// Blocks of the jackknife.
pub const BLOCKS: usize = 20;

/// An estimate with its error.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Worth {
    /// Estimate, never below 0.
    pub value: f64,
    /// Standard error.
    pub standard_error: f64,
}

/// Value of information, in the unit of what was given as the value of options.
#[derive(Debug, Clone, PartialEq)]
pub struct Information {
    /// Of knowing everything.
    pub perfect: Worth,
    /// Of every unknown alone, in their order.
    pub single: Vec<Worth>,
    /// Of groups, in their order.
    pub groups: Vec<Worth>,
    /// The part of the variance of the option given first that each unknown alone explains, 0 to 1.
    pub of_variance: Vec<f64>,
    /// The part of the variance of its lead over the one given second that each unknown alone explains, 0 to 1.
    pub of_lead: Vec<f64>,
}

/// Works out what knowing each unknown, and each group of them (by position), would be worth, from the values of the options
/// that can be chosen, by option and draw, the more the better; `None` with fewer than two options to choose from or
/// fewer draws than two a block.
#[must_use]
pub fn information(values: &[Vec<f64>], sampler: &Sampler, unknowns: &[Unknown], groups: &[Vec<usize>]) -> Option<Information> {
    if values.len() < 2 || values[0].len() < 2 * BLOCKS {
        return None;
    }
    let case = Case { values, sampler, means: values.iter().map(|v| mean(v)).collect() };
    let fits: Vec<Fit> = unknowns.par_iter().map(|unknown| Fit::of(&case, unknown)).collect();
    let perfect = case.perfect();
    let cap = |worth: Worth| Worth { value: worth.value.min(perfect.value), ..worth };
    let single: Vec<Worth> = fits.par_iter().map(|fit| cap(case.partial(&[fit]))).collect();
    let of_group = |group: &Vec<usize>| {
        let fits: Vec<&Fit> = group.iter().map(|i| &fits[*i]).collect();
        // It is so of what is estimated; what says otherwise is noise.
        cap(group.iter().map(|i| single[*i]).fold(case.partial(&fits), |most, w| if w.value > most.value { w } else { most }))
    };
    let groups = groups.par_iter().map(of_group).collect();
    let lead: Vec<f64> = values[0].iter().zip(&values[1]).map(|(a, b)| a - b).collect();
    Some(Information {
        perfect,
        single,
        groups,
        of_variance: fits.iter().map(|fit| fit.explains(variance(&values[0]), case.draws(), &[(0, 1.0)])).collect(),
        of_lead: fits.iter().map(|fit| fit.explains(variance(&lead), case.draws(), &[(0, 1.0), (1, -1.0)])).collect(),
    })
}

/// Options to choose from, with what they are drawn from.
struct Case<'a> {
    values: &'a [Vec<f64>],
    sampler: &'a Sampler,
    means: Vec<f64>,
}

/// What is expected of each option, given an unknown: coefficients on the polynomials.
struct Fit<'a> {
    unknown: &'a Unknown,
    /// The probability of an event.
    happens: Option<f64>,
    /// By option, from degree 1 on.
    coefficients: Vec<[f64; DEGREE]>,
    /// The same without each block, by block and option.
    without: Vec<Vec<[f64; DEGREE]>>,
}

impl Case<'_> {
    fn draws(&self) -> usize {
        self.values[0].len()
    }

    /// The block of a draw.
    fn block(&self, draw: usize) -> usize {
        (draw * BLOCKS).checked_div(self.draws()).unwrap_or(0)
    }

    fn best(&self) -> f64 {
        self.means.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    /// The option that is best on average, the first of those that are.
    fn best_on_average(&self) -> usize {
        let best = self.best();
        self.means.iter().position(|m| *m >= best).unwrap_or(0)
    }

    /// The value of knowing everything: what would be lost on average by the option that is best on average.
    fn perfect(&self) -> Worth {
        let first = self.best_on_average();
        let most = |draw: usize| self.values.iter().map(|v| v[draw]).fold(f64::NEG_INFINITY, f64::max);
        let losses: Vec<f64> = (0..self.draws()).map(|draw| most(draw) - self.values[first][draw]).collect();
        Worth { value: mean(&losses).max(0.0), standard_error: (variance(&losses) / count(self.draws())).sqrt() }
    }

    /// The value of knowing some unknowns.
    fn partial(&self, fits: &[&Fit<'_>]) -> Worth {
        let bases: Vec<Vec<[f64; DEGREE]>> = fits.iter().map(|fit| fit.bases(self)).collect();
        let all = |coefficients: &dyn Fn(&Fit<'_>, usize) -> [f64; DEGREE], left_out: Option<usize>| {
            self.gained(&bases, fits, coefficients, left_out)
        };
        let value = all(&|fit, option| fit.coefficients[option], None);
        if value <= 1e-12 * self.best().abs() {
            return Worth::default();
        }
        let without = |block: usize| all(&|fit: &Fit<'_>, option: usize| fit.without[block][option], Some(block));
        let replicates: Vec<f64> = (0..BLOCKS).map(without).collect();
        let centre = mean(&replicates);
        let squares: f64 = replicates.iter().map(|r| (r - centre).powi(2)).sum();
        let standard_error = (count(BLOCKS - 1) / count(BLOCKS) * squares).sqrt();
        Worth { value, standard_error }
    }

    /// Mean of the largest expectation less the largest mean, over the draws outside one block.
    fn gained(
        &self,
        bases: &[Vec<[f64; DEGREE]>],
        fits: &[&Fit<'_>],
        coefficients: &dyn Fn(&Fit<'_>, usize) -> [f64; DEGREE],
        left_out: Option<usize>,
    ) -> f64 {
        let counted: Vec<usize> = (0..self.draws()).filter(|d| Some(self.block(*d)) != left_out).collect();
        let n = count(counted.len());
        // Expectations about their own mean, so that on average each option is worth what its draws are.
        let expected: Vec<Vec<f64>> = (0..self.values.len())
            .map(|option| {
                let own: Vec<[f64; DEGREE]> = fits.iter().map(|fit| coefficients(fit, option)).collect();
                let at = |draw: usize| -> f64 {
                    bases.iter().zip(&own).map(|(basis, c)| basis[draw].iter().zip(c).map(|(p, c)| p * c).sum::<f64>()).sum()
                };
                let fitted: Vec<f64> = counted.iter().map(|d| at(*d)).collect();
                let middle = fitted.iter().sum::<f64>() / n;
                let level = counted.iter().map(|d| self.values[option][*d]).sum::<f64>() / n;
                fitted.into_iter().map(|f| level + f - middle).collect()
            })
            .collect();
        let most = |i: usize| expected.iter().map(|e| e[i]).fold(f64::NEG_INFINITY, f64::max);
        let known = (0..counted.len()).map(most).sum::<f64>() / n;
        let unknown = expected.iter().map(|e| e.iter().sum::<f64>() / n).fold(f64::NEG_INFINITY, f64::max);
        (known - unknown).max(0.0)
    }
}

impl<'a> Fit<'a> {
    fn of(case: &Case<'_>, unknown: &'a Unknown) -> Self {
        let happens = unknown.event.then(|| case.sampler.central().get(unknown.members[0]));
        let mut fit = Self { unknown, happens, coefficients: Vec::new(), without: Vec::new() };
        let bases = fit.bases(case);
        // Sums of products with each polynomial, by block.
        let mut sizes = [0_usize; BLOCKS];
        (0..case.draws()).for_each(|draw| sizes[case.block(draw)] += 1);
        let mut without = vec![Vec::new(); BLOCKS];
        for (values, centre) in case.values.iter().zip(&case.means) {
            let mut sums = [[0.0; DEGREE]; BLOCKS];
            for (draw, (value, basis)) in values.iter().zip(&bases).enumerate() {
                let own = &mut sums[case.block(draw)];
                own.iter_mut().zip(basis).for_each(|(sum, p)| *sum += (value - centre) * p);
            }
            let all: [f64; DEGREE] = std::array::from_fn(|k| sums.iter().map(|s| s[k]).sum());
            fit.coefficients.push(all.map(|sum| sum / count(case.draws())));
            for (block, list) in without.iter_mut().enumerate() {
                let rest = count(case.draws() - sizes[block]);
                list.push(std::array::from_fn(|k| (all[k] - sums[block][k]) / rest));
            }
        }
        fit.without = without;
        fit
    }

    /// The polynomials at every draw; of an event whether it happens, about its mean and in units of its deviation.
    fn bases(&self, case: &Case<'_>) -> Vec<[f64; DEGREE]> {
        let mut probabilities = [0.0; BLOCK];
        let mut bases = Vec::with_capacity(case.draws());
        for first in (0..case.draws()).step_by(BLOCK) {
            case.sampler.probabilities(self.unknown, first as u64, &mut probabilities);
            let here = probabilities.iter().take(BLOCK.min(case.draws() - first));
            bases.extend(here.map(|u| match self.happens {
                Some(p) => happening(*u < p, p),
                None => legendre(*u),
            }));
        }
        bases
    }

    /// The part of a variance that it explains, for a sum of options with weights.
    fn explains(&self, variance: f64, draws: usize, weights: &[(usize, f64)]) -> f64 {
        let along = |k: usize| weights.iter().map(|(option, w)| w * self.coefficients[*option][k]).sum::<f64>().powi(2);
        // Each coefficient of what has nothing to do with it explains one part in n by chance.
        let chance = count(DEGREE) * variance / count(draws);
        if variance > 0.0 { (((0..DEGREE).map(along).sum::<f64>() - chance) / variance).clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// Legendre polynomials from degree 1 on, orthonormal for a number that is uniform between 0 and 1.
fn legendre(u: f64) -> [f64; DEGREE] {
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

fn happening(happens: bool, p: f64) -> [f64; DEGREE] {
    let deviation = (p * (1.0 - p)).sqrt();
    let mut basis = [0.0; DEGREE];
    if deviation > 0.0 {
        basis[0] = (if happens { 1.0 - p } else { -p }) / deviation;
    }
    basis
}

fn mean(values: &[f64]) -> f64 {
    let origin = values.first().copied().unwrap_or(0.0);
    origin + values.iter().map(|v| v - origin).sum::<f64>() / count(values.len().max(1))
}

fn variance(values: &[f64]) -> f64 {
    let centre = mean(values);
    values.iter().map(|v| (v - centre).powi(2)).sum::<f64>() / count(values.len().saturating_sub(1).max(1))
}

#[cfg(test)]
mod tests;
