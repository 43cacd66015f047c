//! Ranks over the draws of inputs, at the weights in force and with weights drawn as well.

use crate::outcome::Realised;
use crate::scoring::WeightSampler;
use crate::scoring::smaa::{self, Acceptability, Tally};

/// At which weights options are judged.
#[derive(Debug)]
pub struct Weighing<'a> {
    /// Criteria that count, by position.
    pub criteria: &'a [usize],
    /// Weights in force, of these criteria.
    pub weights: &'a [f64],
    /// Weights that could be defended.
    pub sampler: &'a WeightSampler,
    /// Seed of the weights.
    pub seed: u64,
}

/// What was counted. Options are all there are; one that is not ranked in a draw takes no part in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Over inputs, at the weights in force.
    pub over_inputs: Acceptability,
    /// Over inputs and weights, both drawn.
    pub over_both: Acceptability,
    /// Draws of inputs that are kept: the first ones.
    kept: u64,
    /// Points of the draws that are kept, by draw, option and criterion.
    points: Vec<f64>,
    /// Which options are ranked in them, by draw and option.
    ranked: Vec<bool>,
}

/// As many draws are kept for confidence factors, at weights that are known only once all are drawn: more would take
/// memory, and a share of so many is off by no more than 0.31 percentage points (1.96 standard errors).
const KEPT: usize = 100_000;

/// Counts draws one after the other.
pub(super) struct Judge<'a> {
    weighing: &'a Weighing<'a>,
    over_inputs: Tally,
    over_both: Tally,
    drawn: crate::scoring::WeightDraws<'a>,
    /// Points of an option after the other.
    matrix: Vec<f64>,
    keeps: bool,
    judged: (u64, Vec<f64>, Vec<bool>),
}

impl<'a> Judge<'a> {
    /// For one block of draws (by number, and its first draw) of so many options. Its weights do not depend on any other.
    pub(super) fn new(weighing: &'a Weighing<'a>, (block, first): (u64, usize), options: usize) -> Self {
        let criteria = weighing.criteria.len();
        Self {
            weighing,
            over_inputs: Tally::new(options, criteria),
            over_both: Tally::new(options, criteria),
            drawn: weighing.sampler.block(weighing.seed, "weights beside inputs", block),
            matrix: Vec::with_capacity(options * criteria),
            keeps: first < KEPT,
            judged: (0, Vec::new(), Vec::new()),
        }
    }

    /// One draw, in which those options compete that have a rank.
    pub(super) fn add(&mut self, realised: &[Realised], ranks: &[Option<usize>]) {
        let weighing = self.weighing;
        self.matrix.clear();
        for option in realised {
            self.matrix.extend(weighing.criteria.iter().map(|&c| option.values[c]));
        }
        let competes = |option: usize| ranks[option].is_some();
        self.over_inputs.add_among(&self.matrix, weighing.weights, competes);
        self.over_both.add_among(&self.matrix, self.drawn.draw(), competes);
        if self.keeps {
            let (kept, points, ranked) = &mut self.judged;
            *kept += 1;
            points.extend(&self.matrix);
            ranked.extend(ranks.iter().map(Option::is_some));
        }
    }

    pub(super) fn finish(self) -> Judged {
        let (over_inputs, over_both) = (self.over_inputs.finish(), self.over_both.finish());
        let (kept, points, ranked) = self.judged;
        Judged { over_inputs, over_both, kept, points, ranked }
    }
}

impl Judged {
    pub(super) fn merge(&mut self, mut other: Self) {
        self.over_inputs.merge(&other.over_inputs);
        self.over_both.merge(&other.over_both);
        self.kept += other.kept;
        self.points.append(&mut other.points);
        self.ranked.append(&mut other.ranked);
    }

    /// Confidence factors: the share of the draws of inputs in which each option is first at these weights of its own.
    #[must_use]
    pub fn confidence(&self, own: &[Option<Vec<f64>>], criteria: usize) -> Vec<Option<f64>> {
        let (options, cells) = (own.len(), own.len() * criteria);
        let at = |draw: u64, size: usize| usize::try_from(draw).unwrap_or(usize::MAX) * size;
        let points = |draw: u64, matrix: &mut [f64]| matrix.copy_from_slice(&self.points[at(draw, cells)..][..cells]);
        smaa::confidence(own, criteria, self.kept, &points, &|draw, option| self.ranked[at(draw, options) + option])
    }
}
