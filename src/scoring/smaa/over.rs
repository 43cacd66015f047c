//! The analysis over weights, over inputs, and over both, in blocks that threads share out.

use super::{Acceptability, Tally};
use crate::scoring::TIE;
use crate::scoring::lanes::{LANES, Lanes};
use crate::scoring::weight_sampler::WeightSampler;
use rayon::prelude::*;

/// Draws in a block. Blocks have streams of their own and are put together by number, so results are the same bytes
/// for any number of threads.
pub const BLOCK: u64 = 2_048;

/// Which weights a draw of the inputs is scored with.
#[derive(Debug, Clone, Copy)]
pub enum Weighing<'a> {
    /// Always these: the analysis is over inputs alone.
    Fixed(&'a [f64]),
    /// Each draw has weights of its own: over both.
    Drawn {
        /// Where weights come from.
        sampler: &'a WeightSampler,
        /// Seed of their streams.
        seed: u64,
        /// What they are for.
        purpose: &'a str,
    },
}

/// Over weights drawn from a set, on fixed values: points by option and criterion, row by row.
#[must_use]
pub fn over_weights(values: &[f64], sampler: &WeightSampler, samples: u64, (seed, purpose): (u64, &str)) -> Acceptability {
    let criteria = sampler.space().criteria();
    let options = values.len().checked_div(criteria).unwrap_or(0);
    in_blocks((options, criteria), samples, |block, size| {
        let mut tally = Tally::new(options, criteria);
        let mut draws = sampler.block(seed, purpose, block);
        let lanes = LANES as u64;
        for _ in 0..size.div_euclid(lanes) {
            tally.add_batch(values, draws.next_batch());
        }
        for _ in 0..size.rem_euclid(lanes) {
            tally.add(values, draws.draw());
        }
        tally
    })
}

/// A method of judging options: how good each is at each weighting of a batch, more being better.
pub type By<'a> = &'a (dyn Fn(&[Lanes], &mut [Lanes]) + Sync);

/// [`over_weights`] by other methods than the weighted sum, one result for each. The weights are those that `over_weights`
/// draws for the same purpose, in whole batches: a last one that is not full is left out.
#[must_use]
pub fn over_weights_by<const METHODS: usize>(
    options: usize,
    methods: [By<'_>; METHODS],
    sampler: &WeightSampler,
    samples: u64,
    (seed, purpose): (u64, &str),
) -> [Acceptability; METHODS] {
    let criteria = sampler.space().criteria();
    let samples = samples - samples % LANES as u64;
    let blocks = 0..samples.div_ceil(BLOCK);
    let counted = |block: u64| {
        let mut tallies = [(); METHODS].map(|()| Tally::new(options, criteria));
        let mut draws = sampler.block(seed, purpose, block);
        for _ in 0..(samples - block * BLOCK).min(BLOCK).div_euclid(LANES as u64) {
            let batch = draws.next_batch();
            tallies.iter_mut().zip(methods).for_each(|(tally, by)| tally.add_batch_by(batch, by));
        }
        tallies.map(Tally::finish)
    };
    let parts: Vec<[Acceptability; METHODS]> = blocks.into_par_iter().map(counted).collect();
    let mut all = [(); METHODS].map(|()| Acceptability::new(options, criteria));
    for part in &parts {
        all.iter_mut().zip(part).for_each(|(all, part)| all.merge(part));
    }
    all
}

/// Over draws of the inputs, with fixed weights or with weights drawn for each. `values(i, matrix)` writes the points
/// of draw i by option and criterion, row by row.
#[must_use]
pub fn over_draws(
    (options, criteria): (usize, usize),
    draws: u64,
    values: &(impl Fn(u64, &mut [f64]) + Sync),
    weighing: Weighing<'_>,
) -> Acceptability {
    in_blocks((options, criteria), draws, |block, size| {
        let mut tally = Tally::new(options, criteria);
        let mut matrix = vec![0.0; options * criteria];
        let mut drawn = match weighing {
            Weighing::Fixed(_) => None,
            Weighing::Drawn { sampler, seed, purpose } => Some(sampler.block(seed, purpose, block)),
        };
        for draw in block * BLOCK..block * BLOCK + size {
            values(draw, &mut matrix);
            match (&mut drawn, weighing) {
                (Some(weights), _) => tally.add(&matrix, weights.draw()),
                (None, Weighing::Fixed(weights)) => tally.add(&matrix, weights),
                (None, Weighing::Drawn { .. }) => unreachable!("weights are drawn where they are to be"),
            }
        }
        tally
    })
}

fn in_blocks((options, criteria): (usize, usize), samples: u64, count: impl Fn(u64, u64) -> Tally + Sync) -> Acceptability {
    let size = |block: u64| (samples - block * BLOCK).min(BLOCK);
    let parts: Vec<Acceptability> =
        (0..samples.div_ceil(BLOCK)).into_par_iter().map(|block| count(block, size(block)).finish()).collect();
    let mut all = Acceptability::new(options, criteria);
    for part in &parts {
        all.merge(part);
    }
    all
}

/// Confidence factors: for each option the share of draws of the inputs in which it ranks first, level or alone, at
/// its own central weights; `None` where it has none. `competes(i, option)` says whether an option can be had in draw i:
/// where it cannot it is not first, and nobody is behind it.
///
/// On fixed values (one draw) that is 1 or 0; and 1 wherever the set of weights is convex, as ours are: scores are
/// linear in the weights, so an option that is first at each of some weights is first at their mean.
#[must_use]
pub fn confidence(
    central: &[Option<Vec<f64>>],
    criteria: usize,
    draws: u64,
    values: &(impl Fn(u64, &mut [f64]) + Sync),
    competes: &(impl Fn(u64, usize) -> bool + Sync),
) -> Vec<Option<f64>> {
    let counted = |block: u64| {
        let mut matrix = vec![0.0; central.len() * criteria];
        let mut first = vec![0_u32; central.len()];
        for draw in block * BLOCK..draws.min((block + 1) * BLOCK) {
            values(draw, &mut matrix);
            let score = |option: usize, weights: &[f64]| -> f64 {
                matrix[option * criteria..][..criteria].iter().zip(weights).map(|(v, w)| v * w).sum()
            };
            for (option, weights) in central.iter().enumerate() {
                let Some(weights) = weights.as_ref().filter(|_| competes(draw, option)) else { continue };
                let own = score(option, weights);
                let behind = |rival: usize| !competes(draw, rival) || score(rival, weights) <= own + TIE;
                first[option] += u32::from((0..central.len()).all(behind));
            }
        }
        first
    };
    let blocks: Vec<Vec<u32>> = (0..draws.div_ceil(BLOCK)).into_par_iter().map(counted).collect();
    let total = |option: usize| blocks.iter().map(|b| u64::from(b[option])).sum::<u64>();
    central.iter().enumerate().map(|(o, weights)| weights.as_ref().map(|_| super::share(total(o), draws))).collect()
}
