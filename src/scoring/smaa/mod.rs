//! Stochastic multicriteria acceptability analysis, SMAA-2 (Lahdelma and Salminen 2001): over all weights in a set,
//! over draws of the inputs, or over both, how often each option takes each rank, which weights put it first, and how
//! often it beats each other one. `docs/method.md`, section 19.

mod over;
mod tally;

pub use over::{BLOCK, By, Weighing, confidence, over_draws, over_weights, over_weights_by};
pub use tally::Tally;

/// How often options took each rank.
///
/// Ranks are standard competition ranks with ties at [`super::TIE`]: options that tie share the better rank, and the
/// next is skipped. So the ranks of an option add up to 1, and those who rank first add up to 1 plus what is tied.
#[derive(Debug, Clone, PartialEq)]
pub struct Acceptability {
    options: usize,
    criteria: usize,
    samples: u64,
    /// By option and rank.
    counts: Vec<u64>,
    /// By option and rival: how often it was ahead.
    wins: Vec<u64>,
    /// By option and criterion: sum of the weights that put it first.
    first: Vec<f64>,
    blocks: Blocks,
}

/// Sums over blocks, for the error of draws that are not independent within a block.
#[derive(Debug, Clone, PartialEq, Default)]
struct Blocks {
    number: u64,
    /// Sum of squared sizes.
    sizes: u128,
    /// By option and rank: sum of squared counts.
    squares: Vec<u128>,
    /// By option and rank: sum of counts times sizes.
    products: Vec<u128>,
}

impl Acceptability {
    /// Nothing drawn yet.
    #[must_use]
    pub fn new(options: usize, criteria: usize) -> Self {
        let cells = options * options;
        Self {
            options,
            criteria,
            samples: 0,
            counts: vec![0; cells],
            wins: vec![0; cells],
            first: vec![0.0; options * criteria],
            blocks: Blocks { squares: vec![0; cells], products: vec![0; cells], ..Blocks::default() },
        }
    }

    /// Takes in what another part of the same analysis found. Sums of weights depend on the order of their parts in
    /// the last digit, so parts are taken in by number.
    pub fn merge(&mut self, part: &Self) {
        let add = |all: &mut [u64], more: &[u64]| all.iter_mut().zip(more).for_each(|(a, b)| *a += b);
        let widen = |all: &mut [u128], more: &[u128]| all.iter_mut().zip(more).for_each(|(a, b)| *a += b);
        self.samples += part.samples;
        add(&mut self.counts, &part.counts);
        add(&mut self.wins, &part.wins);
        self.first.iter_mut().zip(&part.first).for_each(|(a, b)| *a += b);
        self.blocks.number += part.blocks.number;
        self.blocks.sizes += part.blocks.sizes;
        widen(&mut self.blocks.squares, &part.blocks.squares);
        widen(&mut self.blocks.products, &part.blocks.products);
    }

    /// Number of draws.
    #[must_use]
    pub fn samples(&self) -> u64 {
        self.samples
    }

    /// Number of options.
    #[must_use]
    pub fn options(&self) -> usize {
        self.options
    }

    /// Share of the draws in which an option takes a rank (0 is first): its rank acceptability index.
    #[must_use]
    pub fn rank(&self, option: usize, rank: usize) -> f64 {
        share(self.counts[option * self.options + rank], self.samples)
    }

    /// Standard error of [`rank`](Self::rank): `sqrt(p (1 - p) / n)` where draws are independent; otherwise from the
    /// spread over blocks, each a walk of its own: `sqrt(B / (B - 1) sum_b (c_b - p n_b)^2) / n`, c_b of the n_b draws
    /// of block b. Of one block alone nothing can be said by the latter, and the former stands.
    #[must_use]
    pub fn standard_error(&self, option: usize, rank: usize, independent: bool) -> f64 {
        let p = self.rank(option, rank);
        if self.samples == 0 {
            return 0.0;
        }
        if independent || self.blocks.number < 2 {
            return (p * (1.0 - p) / real(self.samples.into())).sqrt();
        }
        let cell = option * self.options + rank;
        let (squares, products) = (self.blocks.squares[cell], self.blocks.products[cell]);
        let around = real(squares) - 2.0 * p * real(products) + p * p * real(self.blocks.sizes);
        let number = real(self.blocks.number.into());
        (number / (number - 1.0) * around.max(0.0)).sqrt() / real(self.samples.into())
    }

    /// Share of the draws in which an option is ahead of another. Draws in which they tie, or in which one of them is out
    /// of it, count for neither.
    #[must_use]
    pub fn wins(&self, option: usize, rival: usize) -> f64 {
        share(self.wins[option * self.options + rival], self.samples)
    }

    /// Mean of the weights that put an option first: what those who prefer it typically care for. `None` if no
    /// weights drawn did.
    #[must_use]
    pub fn central_weights(&self, option: usize) -> Option<Vec<f64>> {
        let first = self.counts[option * self.options];
        let sums = &self.first[option * self.criteria..][..self.criteria];
        (first > 0).then(|| sums.iter().map(|s| s / real(first.into())).collect())
    }

    /// Ends a block: what it found becomes one of the parts over which results spread.
    fn close_block(&mut self) {
        let size = u128::from(self.samples);
        self.blocks.number = 1;
        self.blocks.sizes = size * size;
        self.blocks.squares = self.counts.iter().map(|c| u128::from(*c) * u128::from(*c)).collect();
        self.blocks.products = self.counts.iter().map(|c| u128::from(*c) * size).collect();
    }
}

fn share(count: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { real(count.into()) / real(of.into()) }
}

/// A count as a number; counts here stay far below the 2^53 up to which that is exact, squares may lose digits.
#[expect(clippy::cast_precision_loss, reason = "see above")]
fn real(count: u128) -> f64 {
    count as f64
}
