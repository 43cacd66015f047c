//! How robust the ranking is to the weights.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Ranks of the options over whole sets of weights (stochastic multicriteria acceptability analysis).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Acceptability {
    /// Seed of the draws.
    pub seed: u64,
    /// Between the panels, then what panels state, then all weights.
    pub weight_sets: Vec<WeightSet>,
}

/// One set of weights and the ranks over it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightSet {
    /// `between_panels`, `panel` or `all_weights`; with draws also `inputs` (at the weights in force) and
    /// `inputs_and_weights` (with a weighting between the panels drawn for each draw of inputs).
    pub kind: String,
    /// The panel whose statements it is, for `panel`.
    pub panel: Option<String>,
    /// Share of itself by which each weight may be lower or higher, where the panels agree or there is one only.
    pub around: Option<f64>,
    /// Weights drawn.
    pub samples: u64,
    /// How they were drawn: `simplex`, `rejection`, `hit_and_run`, or `point` where there is one set of weights only.
    pub method: String,
    /// Least and largest weight of each criterion that counts.
    pub bounds: IndexMap<String, (f64, f64)>,
    /// By option id; options that compete only.
    pub options: IndexMap<String, OptionAcceptability>,
    /// What it says about the option that is first most often.
    pub sentence: String,
}

/// One option over a set of weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OptionAcceptability {
    /// Share of the weights with which it takes each rank, first rank first. Options that tie share the better rank.
    pub rank_acceptability: Vec<f64>,
    /// Standard error of each.
    pub standard_error: Vec<f64>,
    /// Mean of the weights that put it first; null if none of those drawn does.
    pub central_weights: Option<IndexMap<String, f64>>,
    /// Probability of being first at its central weights over the draws of inputs; 1 where nothing is drawn, null without
    /// central weights.
    pub confidence_factor: Option<f64>,
    /// Share of the weights with which it is ahead of each other option.
    pub pairwise_winning: IndexMap<String, f64>,
}
