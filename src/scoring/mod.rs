//! Multi-criteria scoring: `S_i = sum_j w_j v_ij` with swing weights on global anchors, rankings,
//! crossings of weights, implied exchange rates. Measures arrive as numbers; nothing here knows
//! where they come from.

mod correlation;
mod crossing;
mod efficient;
mod hit_and_run;
mod implied;
mod lanes;
mod matrix;
mod promethee;
mod rank;
mod rank_correlation;
pub mod smaa;
mod topsis;
mod value_function;
mod vikor;
mod weight;
mod weight_sampler;
mod weight_space;
mod weight_statement;

pub use correlation::correlation;
pub use crossing::{Crossing, crossing};
pub use efficient::efficient;
pub use implied::points_per_unit;
pub use lanes::{LANES, Lanes, ahead, weigh};
pub use matrix::{Matrix, Unfit, shares};
pub use promethee::{Promethee, Standing, preferred, standing};
pub use rank::{TIE, ranks};
pub use rank_correlation::{kendall, spearman};
pub use topsis::Topsis;
pub use value_function::value;
pub use vikor::{Compromise, Regrets, VIKOR_V, Vikor};
pub use weight::{combined, leaf_weights, middle, node_weight};
pub use weight_sampler::{Method, WeightDraws, WeightSampler};
pub use weight_space::{Contradiction, HalfSpace, WeightSpace, interval};
pub use weight_statement::limits;

/// Weighted points of each criterion.
#[must_use]
pub fn contributions(weights: &[f64], values: &[f64]) -> Vec<f64> {
    weights.iter().zip(values).map(|(w, v)| w * v).collect()
}

/// `sum_j w_j v_j`, in the order of the criteria.
#[must_use]
pub fn score(weights: &[f64], values: &[f64]) -> f64 {
    weights.iter().zip(values).map(|(w, v)| w * v).sum()
}
