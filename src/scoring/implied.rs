//! What a set of weights says one unit of a criterion is worth.

use crate::programme::Anchors;

/// Score points for an improvement by one unit: `100 w / |hundred - zero|`.
///
/// Divided by the same number for the cost criterion it is the pounds that weigh as much as a unit,
/// the implied exchange rate. `docs/method.md`, section 9.
#[must_use]
pub fn points_per_unit(weight: f64, anchors: Anchors) -> f64 {
    100.0 * weight / (anchors.hundred - anchors.zero).abs()
}
