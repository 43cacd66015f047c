//! Ranks over the draws of inputs, at the weights in force and with weights drawn as well.

use crate::outcome::Realised;
use crate::scoring::WeightSampler;
use crate::scoring::smaa::{Acceptability, Tally};

/// What competes at which weights.
#[derive(Debug)]
pub struct Weighing<'a> {
    /// Options that compete, by position.
    pub options: &'a [usize],
    /// Criteria that count, by position.
    pub criteria: &'a [usize],
    /// Weights in force, of these criteria.
    pub weights: &'a [f64],
    /// Weights that could be defended.
    pub sampler: &'a WeightSampler,
    /// Weights that speak most for each option that competes, where any does.
    pub central: &'a [Option<Vec<f64>>],
    /// Seed of the weights.
    pub seed: u64,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Over inputs, at the weights in force.
    pub over_inputs: Acceptability,
    /// Over inputs and weights, both drawn.
    pub over_both: Acceptability,
    /// Draws in which each option is first at the weights that speak most for it.
    pub first_at_own: Vec<u64>,
}

/// Counts draws one after the other.
pub(super) struct Judge<'a> {
    weighing: &'a Weighing<'a>,
    over_inputs: Tally,
    over_both: Tally,
    first_at_own: Vec<u64>,
    drawn: crate::scoring::WeightDraws<'a>,
    /// Points of an option after the other.
    matrix: Vec<f64>,
}

impl<'a> Judge<'a> {
    /// For one block of draws (by number), whose weights do not depend on any other.
    pub(super) fn new(weighing: &'a Weighing<'a>, block: u64) -> Self {
        let (options, criteria) = (weighing.options.len(), weighing.criteria.len());
        Self {
            weighing,
            over_inputs: Tally::new(options, criteria),
            over_both: Tally::new(options, criteria),
            first_at_own: vec![0; options],
            drawn: weighing.sampler.block(weighing.seed, "weights beside inputs", block),
            matrix: Vec::with_capacity(options * criteria),
        }
    }

    pub(super) fn add(&mut self, realised: &[Realised]) {
        let weighing = self.weighing;
        self.matrix.clear();
        for &option in weighing.options {
            let points = &realised[option].values;
            self.matrix.extend(weighing.criteria.iter().map(|&c| points[c]));
        }
        self.over_inputs.add(&self.matrix, weighing.weights);
        self.over_both.add(&self.matrix, self.drawn.draw());
        for (option, (own, first)) in weighing.central.iter().zip(&mut self.first_at_own).enumerate() {
            let Some(weights) = own else { continue };
            let score = |o: usize| -> f64 {
                let row = &self.matrix[o * weights.len()..][..weights.len()];
                row.iter().zip(weights).map(|(points, weight)| points * weight).sum()
            };
            let ours = score(option);
            *first += u64::from((0..weighing.options.len()).all(|o| score(o) <= ours + crate::scoring::TIE));
        }
    }

    pub(super) fn finish(self) -> Judged {
        let (over_inputs, over_both) = (self.over_inputs.finish(), self.over_both.finish());
        Judged { over_inputs, over_both, first_at_own: self.first_at_own }
    }
}

impl Judged {
    pub(super) fn merge(&mut self, other: &Self) {
        self.over_inputs.merge(&other.over_inputs);
        self.over_both.merge(&other.over_both);
        self.first_at_own.iter_mut().zip(&other.first_at_own).for_each(|(sum, n)| *sum += n);
    }
}
