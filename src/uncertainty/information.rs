//! What it would be worth to know more before deciding.
//!
//! With `V` the value of an option in a draw (less its net present cost, or its score), the expected value of perfect
//! information is `E max V - max E V`, and that of knowing some unknowns x is `E max E(V | x) - max E V`.
//!
//! `E(V | x)` is fitted by least squares on [`DEGREE`] functions of an unknown, see [`functions`] (a regression estimate as
//! in Strong, Oakley and Brennan, Medical Decision Making 34, 2014). Unknowns are independent, so for several of them the
//! fits add up; what they do only together is left out, and the value of a group is a lower bound as far as it goes. A
//! group is worth no less than the most valuable of its members, and nothing is worth more than knowing everything.
//!
//! Standard errors are those of a delete-a-block jackknife over [`BLOCKS`] blocks; that of perfect information is the
//! standard error of a mean.

mod functions;
mod least_squares;

use super::spread::count;
use crate::assumption::{Sampler, Unknown};
use functions::Functions;
use rayon::prelude::*;
use std::ops::Range;

/// Functions of an unknown, at most.
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
    let case = Case::of(values, sampler);
    let perfect = case.perfect();
    // Nothing is worth more than everything; what an estimate has above it is its own error still.
    let cap = |worth: Worth| Worth {
        value: worth.value.min(perfect.value),
        standard_error: if worth.value >= perfect.value {
            worth.standard_error.max(perfect.standard_error)
        } else {
            worth.standard_error
        },
    };
    let (fits, single): (Vec<Fit>, Vec<Worth>) = unknowns
        .par_iter()
        .map(|unknown| {
            let (fit, bases) = Fit::of(&case, unknown);
            let worth = cap(Joint { case: &case, fits: vec![&fit], bases: vec![bases] }.worth());
            (fit, worth)
        })
        .unzip();
    let of_group = |group: &Vec<usize>| {
        let fits: Vec<&Fit> = group.iter().map(|i| &fits[*i]).collect();
        let bases = fits.iter().map(|fit| fit.bases(&case)).collect();
        // It is so of what is estimated; what says otherwise is noise.
        let joint = Joint { case: &case, fits, bases }.worth();
        cap(group.iter().map(|i| single[*i]).fold(joint, |most, w| if w.value > most.value { w } else { most }))
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
    /// The first draw of each block, and the number of draws.
    blocks: [usize; BLOCKS + 1],
    /// The sum of each option's values by block.
    sums: Vec<[f64; BLOCKS]>,
}

/// The functions at every draw.
type Bases = [Vec<f64>; DEGREE];

/// What is expected of each option, given an unknown: coefficients on its functions.
struct Fit<'a> {
    unknown: &'a Unknown,
    functions: Functions,
    /// By option.
    coefficients: Vec<[f64; DEGREE]>,
    /// The same without each block, by block and option.
    without: Vec<Vec<[f64; DEGREE]>>,
    /// Sums of the functions by block.
    sums: [[f64; DEGREE]; BLOCKS],
    /// The largest size of each; 0 of those that there are not.
    most: [f64; DEGREE],
}

/// Functions over the draws outside a block.
struct Outside {
    means: [f64; DEGREE],
    /// Sums of products of each two, about their means.
    products: [[f64; DEGREE]; DEGREE],
}

impl<'a> Case<'a> {
    fn of(values: &'a [Vec<f64>], sampler: &'a Sampler) -> Self {
        let draws = values[0].len();
        let blocks = std::array::from_fn(|block| (block * draws).div_ceil(BLOCKS));
        let sum = |v: &Vec<f64>| std::array::from_fn(|b| v[blocks[b]..blocks[b + 1]].iter().sum());
        Self { values, sampler, means: values.iter().map(|v| mean(v)).collect(), blocks, sums: values.iter().map(sum).collect() }
    }

    fn draws(&self) -> usize {
        self.values[0].len()
    }

    /// The draws of a block.
    fn block(&self, block: usize) -> Range<usize> {
        self.blocks[block]..self.blocks[block + 1]
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
}

/// Unknowns that are known together.
struct Joint<'a> {
    case: &'a Case<'a>,
    fits: Vec<&'a Fit<'a>>,
    bases: Vec<Bases>,
}

/// Straight lines in the functions, one an option.
struct Lines {
    /// Chosen so that on average each option is worth what its draws are.
    constants: Vec<f64>,
    /// By option, then fit.
    slopes: Vec<Vec<[f64; DEGREE]>>,
}

/// What of an expectation is known without a look at each draw: draws of a block in which an option is best, whichever
/// block is left out.
#[derive(Clone)]
struct Sure {
    count: f64,
    /// Sums of the functions of each fit over them.
    sums: Vec<[f64; DEGREE]>,
}

impl Joint<'_> {
    fn options(&self) -> usize {
        self.case.values.len()
    }

    /// What is expected, over the draws outside one block: lines, the largest mean, and how many draws.
    fn lines(&self, left_out: Option<usize>) -> (Lines, f64, f64) {
        let draws = |block: usize| self.case.block(block).len();
        let n = count(self.case.draws() - left_out.map_or(0, draws));
        let outside = |sums: &[f64; BLOCKS]| (0..BLOCKS).filter(|b| Some(*b) != left_out).map(|b| sums[b]).sum::<f64>();
        let (mut constants, mut slopes, mut most) = (Vec::new(), Vec::new(), f64::NEG_INFINITY);
        for option in 0..self.options() {
            let own = |fit: &&Fit<'_>| left_out.map_or(fit.coefficients[option], |block| fit.without[block][option]);
            let own: Vec<[f64; DEGREE]> = self.fits.iter().map(own).collect();
            let level = outside(&self.case.sums[option]) / n;
            let middle = |(fit, c): (&&Fit<'_>, &[f64; DEGREE])| -> f64 {
                (0..DEGREE).map(|k| c[k] * outside(&std::array::from_fn(|b| fit.sums[b][k]))).sum::<f64>() / n
            };
            constants.push(level - self.fits.iter().zip(&own).map(middle).sum::<f64>());
            slopes.push(own);
            most = most.max(level);
        }
        (Lines { constants, slopes }, most, n)
    }

    /// How far from its constant a line with some slopes comes at most.
    fn reach(&self, slope: impl Fn(usize, usize) -> f64) -> f64 {
        let own = |(i, fit): (usize, &&Fit<'_>)| (0..DEGREE).map(|k| slope(i, k).abs() * fit.most[k]).sum::<f64>();
        self.fits.iter().enumerate().map(own).sum()
    }

    /// The options that may be best in some draw, where lines are moved by so much at most: those that the option which
    /// is best on average need not be above everywhere.
    fn contenders(&self, lines: &Lines, moved: Option<&Lines>) -> Vec<usize> {
        let first = self.case.best_on_average();
        let moves = |o: usize| moved.map_or(0.0, |m| m.constants[o] + self.reach(|fit, k| m.slopes[o][fit][k]));
        let may_be_best = |o: &usize| {
            let above = lines.constants[*o] - lines.constants[first];
            let reach = self.reach(|fit, k| lines.slopes[*o][fit][k] - lines.slopes[first][fit][k]);
            // The last digits of sums decide nothing.
            *o == first || above + reach + moves(*o) + moves(first) >= -1e-9 * lines.constants[first].abs()
        };
        (0..self.options()).filter(may_be_best).collect()
    }

    /// The height of the lines of some options over some draws.
    fn heights(
        &self,
        (lines, options): (&Lines, &[usize]),
        draws: Range<usize>,
        size: impl Fn(f64) -> f64,
        heights: &mut [Vec<f64>],
    ) {
        for (heights, option) in heights.iter_mut().zip(options) {
            heights.clear();
            heights.resize(draws.len(), lines.constants[*option]);
            for (basis, [a, b, c, d]) in self.bases.iter().zip(&lines.slopes[*option]) {
                let [p, q, r, s] = basis.each_ref().map(|p| &p[draws.clone()]);
                for ((((height, p), q), r), s) in heights.iter_mut().zip(p).zip(q).zip(r).zip(s) {
                    *height += a * size(*p) + b * size(*q) + c * size(*r) + d * size(*s);
                }
            }
        }
    }

    /// The value of knowing them.
    fn worth(&self) -> Worth {
        let (lines, unknown, n) = self.lines(None);
        let contenders = self.contenders(&lines, None);
        if contenders.len() == 1 {
            // What is best whatever is found out is best on average.
            return Worth::default();
        }
        let mut heights = vec![Vec::new(); contenders.len()];
        let mut known = 0.0;
        for block in 0..BLOCKS {
            self.heights((&lines, &contenders), self.case.block(block), |p| p, &mut heights);
            known += highest(&mut heights).iter().sum::<f64>();
        }
        let value = (known / n - unknown).max(0.0);
        if value <= 1e-12 * self.case.best().abs() {
            return Worth::default();
        }
        let replicates = self.replicates(&lines);
        let centre = mean(&replicates);
        let squares: f64 = replicates.iter().map(|r| (r - centre).powi(2)).sum();
        let standard_error = (count(BLOCKS - 1) / count(BLOCKS) * squares).sqrt();
        Worth { value, standard_error }
    }

    /// The value over the draws outside each block, with lines fitted to these.
    ///
    /// Lines move little when a block is left out. Where one is so far above the others that it stays above them by
    /// the most that any moves, it is summed up with all such draws; only the others are looked at one by one.
    fn replicates(&self, lines: &Lines) -> Vec<f64> {
        let without: Vec<(Lines, f64, f64)> = (0..BLOCKS).map(|block| self.lines(Some(block))).collect();
        let (sure, open) = self.sure(lines, &self.most_moved(lines, &without));
        let mut known = [0.0; BLOCKS];
        for (block, (known, (lines, ..))) in known.iter_mut().zip(&without).enumerate() {
            for (option, (constant, slopes)) in lines.constants.iter().zip(&lines.slopes).enumerate() {
                for sure in sure.iter().enumerate().filter(|(b, _)| *b != block).map(|(_, sure)| &sure[option]) {
                    *known += sure.count * constant + along(slopes, &sure.sums);
                }
            }
        }
        for (draw, options) in &open {
            let basis: Vec<[f64; DEGREE]> = self.bases.iter().map(|basis| std::array::from_fn(|k| basis[k][*draw])).collect();
            let outside = (0..BLOCKS).filter(|block| !self.case.block(*block).contains(draw));
            for block in outside {
                let lines = &without[block].0;
                let height = |o: &usize| lines.constants[*o] + along(&lines.slopes[*o], &basis);
                known[block] += options.iter().map(height).fold(f64::NEG_INFINITY, f64::max);
            }
        }
        known.iter().zip(&without).map(|(known, (_, unknown, n))| (known / n - unknown).max(0.0)).collect()
    }

    /// How far each constant and slope is moved at most by leaving out a block.
    fn most_moved(&self, lines: &Lines, without: &[(Lines, f64, f64)]) -> Lines {
        let most = |own: f64, of: &dyn Fn(&Lines) -> f64| without.iter().map(|(l, ..)| (of(l) - own).abs()).fold(0.0, f64::max);
        let options = 0..self.options();
        let constants = options.clone().map(|o| most(lines.constants[o], &|l| l.constants[o])).collect();
        let slope = |o: usize, fit: usize, k: usize| most(lines.slopes[o][fit][k], &|l| l.slopes[o][fit][k]);
        let slopes = options.map(|o| (0..self.fits.len()).map(|fit| std::array::from_fn(|k| slope(o, fit, k))).collect());
        Lines { constants, slopes: slopes.collect() }
    }

    /// What is sure by block and option, and the draws that are not, each with the options that may be best in it.
    fn sure(&self, lines: &Lines, moved: &Lines) -> (Vec<Vec<Sure>>, Vec<Contested>) {
        let none = Sure { count: 0.0, sums: vec![[0.0; DEGREE]; self.fits.len()] };
        let (mut sure, mut open) = (vec![vec![none; self.options()]; BLOCKS], Vec::new());
        let contenders = self.contenders(lines, Some(moved));
        let (mut heights, mut moves) = (vec![Vec::new(); contenders.len()], vec![Vec::new(); contenders.len()]);
        for (block, sure) in sure.iter_mut().enumerate() {
            let draws = self.case.block(block);
            self.heights((lines, &contenders), draws.clone(), |p| p, &mut heights);
            self.heights((moved, &contenders), draws.clone(), f64::abs, &mut moves);
            for (i, draw) in draws.enumerate() {
                let all = 0..contenders.len();
                let best = all.clone().fold(0, |best, o| if heights[o][i] > heights[best][i] { o } else { best });
                let low = heights[best][i] - moves[best][i];
                let may_be_best = |o: &usize| *o == best || heights[*o][i] + moves[*o][i] >= low;
                if all.clone().filter(may_be_best).count() > 1 {
                    open.push((draw, all.filter(may_be_best).map(|o| contenders[o]).collect()));
                    continue;
                }
                let own = &mut sure[contenders[best]];
                own.count += 1.0;
                for (sums, basis) in own.sums.iter_mut().zip(&self.bases) {
                    sums.iter_mut().zip(basis).for_each(|(sum, p)| *sum += p[draw]);
                }
            }
        }
        (sure, open)
    }
}

/// The highest of some lines, draw by draw, in the place of the first.
fn highest(heights: &mut [Vec<f64>]) -> &[f64] {
    let Some((first, others)) = heights.split_first_mut() else { return &[] };
    for other in others {
        first.iter_mut().zip(other).for_each(|(most, own)| *most = if *own > *most { *own } else { *most });
    }
    first
}

/// A draw, and the options that may be best in it.
type Contested = (usize, Vec<usize>);

impl<'a> Fit<'a> {
    fn of(case: &Case<'_>, unknown: &'a Unknown) -> (Self, Bases) {
        let functions = Functions::of(case.sampler, unknown, case.draws());
        let sums = [[0.0; DEGREE]; BLOCKS];
        let mut fit =
            Self { unknown, functions, coefficients: Vec::new(), without: vec![Vec::new(); BLOCKS], sums, most: [0.0; DEGREE] };
        let bases = fit.bases(case);
        fit.most = bases.each_ref().map(|all| all.iter().fold(0.0_f64, |most, own| most.max(own.abs())));
        let over = |k: usize, block: usize| &bases[k][case.block(block)];
        fit.sums = std::array::from_fn(|block| std::array::from_fn(|k| over(k, block).iter().sum()));
        let outside = fit.outside(case, &bases);
        for ((values, centre), own) in case.values.iter().zip(&case.means).zip(&case.sums) {
            let off = |block: usize| own[block] - centre * count(case.block(block).len());
            // Sums of products with each function, by block.
            let products = |block: usize| {
                let [p, q, r, s] = std::array::from_fn(|k| over(k, block));
                let mut sums = [0.0; DEGREE];
                for ((((value, p), q), r), s) in values[case.block(block)].iter().zip(p).zip(q).zip(r).zip(s) {
                    let off = value - centre;
                    sums.iter_mut().zip([p, q, r, s]).for_each(|(sum, p)| *sum += off * p);
                }
                sums
            };
            let sums: [[f64; DEGREE]; BLOCKS] = std::array::from_fn(products);
            let all: [f64; DEGREE] = std::array::from_fn(|k| sums.iter().map(|s| s[k]).sum());
            fit.coefficients.push(all.map(|sum| sum / count(case.draws())));
            let level: f64 = (0..BLOCKS).map(off).sum();
            for (block, list) in fit.without.iter_mut().enumerate() {
                let rest = count(case.draws() - case.block(block).len());
                let (own, mean) = (&outside[block], (level - off(block)) / rest);
                // About the means of the draws that are left, of which the functions are not orthogonal.
                let along = std::array::from_fn(|k| all[k] - sums[block][k] - rest * mean * own.means[k]);
                list.push(least_squares::slopes(&own.products, &along));
            }
        }
        (fit, bases)
    }

    /// The functions over the draws outside each block.
    fn outside(&self, case: &Case<'_>, bases: &Bases) -> [Outside; BLOCKS] {
        let products = |block: usize| -> [[f64; DEGREE]; DEGREE] {
            let own = bases.each_ref().map(|p| &p[case.block(block)]);
            own.map(|p| own.map(|q| p.iter().zip(q).map(|(p, q)| p * q).sum()))
        };
        let by_block: [[[f64; DEGREE]; DEGREE]; BLOCKS] = std::array::from_fn(products);
        std::array::from_fn(|block| {
            let rest = count(case.draws() - case.block(block).len());
            let others = || (0..BLOCKS).filter(|b| *b != block);
            let means: [f64; DEGREE] = std::array::from_fn(|k| others().map(|b| self.sums[b][k]).sum::<f64>() / rest);
            let about = |j: usize, k: usize| others().map(|b| by_block[b][j][k]).sum::<f64>() - rest * means[j] * means[k];
            Outside { means, products: std::array::from_fn(|j| std::array::from_fn(|k| about(j, k))) }
        })
    }

    /// The functions at every draw.
    fn bases(&self, case: &Case<'_>) -> Bases {
        let mut bases: Bases = std::array::from_fn(|_| Vec::with_capacity(case.draws()));
        self.functions.each(case.sampler, self.unknown, case.draws(), |own| {
            bases.iter_mut().zip(own).for_each(|(all, p)| all.push(p));
        });
        bases
    }

    /// The part of a variance that it explains, for a sum of options with weights.
    fn explains(&self, variance: f64, draws: usize, weights: &[(usize, f64)]) -> f64 {
        let along = |k: usize| weights.iter().map(|(option, w)| w * self.coefficients[*option][k]).sum::<f64>().powi(2);
        let functions = self.most.iter().filter(|most| **most > 0.0).count();
        // Squares are about a mean of the draws, over all of them.
        let variance = variance * (count(draws) - 1.0) / count(draws);
        let explained = (0..DEGREE).map(along).sum::<f64>();
        // By chance each coefficient explains one part in n of what is left.
        let chance = count(functions) * (variance - explained).max(0.0) / count(draws);
        if variance > 0.0 { ((explained - chance) / variance).clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// What slopes make of functions, or of their sums.
fn along(slopes: &[[f64; DEGREE]], basis: &[[f64; DEGREE]]) -> f64 {
    slopes.iter().zip(basis).map(|(c, p)| (0..DEGREE).map(|k| c[k] * p[k]).sum::<f64>()).sum()
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
