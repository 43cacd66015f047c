//! Counting ranks: one draw at a time, or a batch of weights on the same values at once.

use super::Acceptability;
use crate::scoring::TIE;
use crate::scoring::lanes::{self, LANES, Lanes};

/// Counts the ranks of draws; one for each block.
#[derive(Debug, Clone)]
pub struct Tally {
    found: Acceptability,
    scores: Vec<Lanes>,
    /// Number of options ahead of each.
    ahead: Vec<[u64; LANES]>,
    score: Vec<f64>,
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(options: usize, criteria: usize) -> Self {
        Self {
            found: Acceptability::new(options, criteria),
            scores: vec![[0.0; LANES]; options],
            ahead: vec![[0; LANES]; options],
            score: vec![0.0; options],
        }
    }

    /// Counts one draw: points by option and criterion, row by row, and weights that sum to 1.
    pub fn add(&mut self, values: &[f64], weights: &[f64]) {
        self.add_among(values, weights, |_| true);
    }

    /// The same where some options are out of it in this draw: they take no rank, and are ahead of and behind nobody.
    pub fn add_among(&mut self, values: &[f64], weights: &[f64], competes: impl Fn(usize) -> bool) {
        let (options, criteria) = (self.found.options, self.found.criteria);
        for (score, row) in self.score.iter_mut().zip(values.chunks_exact(criteria)) {
            *score = row.iter().zip(weights).fold(0.0, |sum, (v, w)| sum + v * w);
        }
        self.found.samples += 1;
        let competing = || self.score.iter().enumerate().filter(|(option, _)| competes(*option));
        for (option, score) in competing() {
            let mut rank = 0;
            for (rival, other) in competing() {
                let difference = score - other;
                rank += usize::from(difference < -TIE);
                self.found.wins[option * options + rival] += u64::from(difference > TIE);
            }
            self.found.counts[option * options + rank] += 1;
            if rank == 0 {
                let sums = &mut self.found.first[option * criteria..][..criteria];
                sums.iter_mut().zip(weights).for_each(|(sum, w)| *sum += w);
            }
        }
    }

    /// Counts a batch of weights (by criterion) on the same values: the same as [`add`](Self::add) on each.
    pub(super) fn add_batch(&mut self, values: &[f64], batch: &[Lanes]) {
        self.add_batch_by(batch, |weights, scores| lanes::weigh(values, weights, scores));
    }

    /// The same by whatever says by option how good it is at each weighting, more being better.
    pub(super) fn add_batch_by(&mut self, batch: &[Lanes], by: impl Fn(&[Lanes], &mut [Lanes])) {
        self.found.samples += LANES as u64;
        by(batch, &mut self.scores);
        let (options, wins) = (self.found.options, &mut self.found.wins);
        lanes::ahead(&self.scores, &mut self.ahead, |option, rival, times| wins[option * options + rival] += times);
        self.count_lanes(batch);
    }

    fn count_lanes(&mut self, batch: &[Lanes]) {
        let (options, criteria) = (self.found.options, self.found.criteria);
        let (mut leader, mut leaders) = ([0; LANES], 0);
        for (option, ahead) in self.ahead.iter().enumerate() {
            let counts = &mut self.found.counts[option * options..][..options];
            for (leader, rank) in leader.iter_mut().zip(ahead) {
                let leads = u64::from(*rank == 0);
                *leader |= option as u64 & 0_u64.wrapping_sub(leads);
                leaders += leads;
            }
            for rank in ahead {
                counts[index(*rank)] += 1;
            }
        }
        if leaders == LANES as u64 {
            // Nobody ties for the first place, so each lane has one leader.
            for (lane, leader) in leader.iter().enumerate() {
                let sums = &mut self.found.first[index(*leader) * criteria..][..criteria];
                sums.iter_mut().zip(batch).for_each(|(sum, weights)| *sum += weights[lane]);
            }
        } else {
            self.count_shared_lead(batch);
        }
    }

    /// Weights of those who are first, level or alone.
    fn count_shared_lead(&mut self, batch: &[Lanes]) {
        for (ahead, sums) in self.ahead.iter().zip(self.found.first.chunks_exact_mut(self.found.criteria)) {
            for lane in (0..LANES).filter(|lane| ahead[*lane] == 0) {
                sums.iter_mut().zip(batch).for_each(|(sum, weights)| *sum += weights[lane]);
            }
        }
    }

    /// What was counted, as one block.
    #[must_use]
    pub fn finish(mut self) -> Acceptability {
        self.found.close_block();
        self.found
    }
}

/// A position among the options, which came from a `usize`.
fn index(position: u64) -> usize {
    usize::try_from(position).unwrap_or(0)
}
