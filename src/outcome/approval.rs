//! The approvals that an option needs, by what it costs over its whole life.

use super::Totals;
use crate::assumption::Values;
use crate::costing::{CostLine, Costing, Lineage};
use crate::programme::{Category, Programme};

/// Approvals needed (by position), and the whole-life cost that asks for them.
#[derive(Debug, Clone, PartialEq)]
pub struct Approvals {
    /// Cash of each year with VAT, optimism bias and expected risks; benefits and residual values are left out.
    pub whole_life_cost: f64,
    /// By position.
    pub needed: Vec<usize>,
    /// Months that they take, one after the other.
    pub months: f64,
}

impl Approvals {
    /// Of an option's costing.
    #[must_use]
    pub fn of(programme: &Programme, costing: &Costing, totals: &Totals, values: &Values) -> Self {
        let lines = costing.lines.iter().zip(&totals.lines);
        let costs = lines.filter(|(line, _)| is_cost(programme, line));
        let whole_life_cost: f64 =
            costs.map(|(line, totals)| totals.nominal.total().value() * line.cash * (1.0 + line.vat)).sum();
        let needed = needed(programme, whole_life_cost, values);
        let months = months(programme, whole_life_cost, values);
        Self { whole_life_cost, needed, months }
    }
}

/// Whether a line counts towards the whole-life cost that approvals are asked for.
pub(super) fn is_cost(programme: &Programme, line: &CostLine) -> bool {
    // The bias that lowers a benefit is no cost either.
    let of_benefit = match line.lineage {
        Lineage::Stream(i) => programme.streams[i].class.is_some(),
        _ => line.category.is_benefit(),
    };
    !of_benefit && line.category != Category::ResidualValue
}

fn needed(programme: &Programme, whole_life_cost: f64, values: &Values) -> Vec<usize> {
    let approvals = programme.approvals.iter().enumerate();
    approvals.filter(|(_, a)| whole_life_cost >= a.threshold.of(values)).map(|(i, _)| i).collect()
}

/// Months that the approvals take which a whole-life cost needs, one after the other.
pub(super) fn months(programme: &Programme, whole_life_cost: f64, values: &Values) -> f64 {
    needed(programme, whole_life_cost, values).into_iter().map(|i| programme.approvals[i].months.of(values)).sum()
}
