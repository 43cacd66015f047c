//! Multi-criteria scoring: `S_i = sum_j w_j v_ij` with swing weights on global anchors, rankings,
//! crossings of weights, implied exchange rates. Measures arrive as numbers; nothing here knows
//! where they come from.

mod crossing;
mod implied;
mod rank;
mod weight;

pub use crossing::{Crossing, crossing};
pub use implied::points_per_unit;
pub use rank::{TIE, ranks};
pub use weight::{combined, leaf_weights, node_weight};

use crate::programme::Anchors;

/// A measure on the 0 to 100 scale: `100 (x - zero) / (hundred - zero)`, linear also beyond the
/// anchors, so it may leave 0 to 100.
///
/// # Method
/// `docs/method.md`, section 9.
#[must_use]
pub fn value(anchors: Anchors, measure: f64) -> f64 {
    100.0 * (measure - anchors.zero) / (anchors.hundred - anchors.zero)
}

/// Weighted points of each criterion.
#[must_use]
pub fn contributions(weights: &[f64], values: &[f64]) -> Vec<f64> {
    weights.iter().zip(values).map(|(w, v)| w * v).collect()
}

/// `sum_j w_j v_j`, in the order of the criteria.
#[must_use]
pub fn score(weights: &[f64], values: &[f64]) -> f64 {
    contributions(weights, values).iter().sum()
}
