//! Classes of capital spending.

use crate::assumption::Assumed;

/// A class of things bought as capital, with what becomes of their cost over time.
///
/// The economic view counts the spending when it is made and, if the author says so, what is left of it at the
/// end of the period (Green Book 2026, 8.32); it knows no depreciation. The financial view shows capital apart
/// from revenue and writes it off in a straight line over its life (Green Book 2026, 6.92).
#[derive(Debug, Clone)]
pub struct Asset {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Useful life in years.
    pub life: Assumed<f64>,
    /// Whether the part of the life that lies beyond the period has a value at its end.
    pub residual: bool,
}
