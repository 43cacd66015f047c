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
        // The bias that lowers a benefit is no cost either.
        let of_benefit = |line: &CostLine| match line.lineage {
            Lineage::Stream(i) => programme.streams[i].class.is_some(),
            _ => line.category.is_benefit(),
        };
        let lines = costing.lines.iter().zip(&totals.lines);
        let costs = lines.filter(|(line, _)| !of_benefit(line) && line.category != Category::ResidualValue);
        let whole_life_cost: f64 =
            costs.map(|(line, totals)| totals.nominal.total().value() * line.cash * (1.0 + line.vat)).sum();
        let approvals = programme.approvals.iter().enumerate();
        let needed: Vec<usize> = approvals.filter(|(_, a)| whole_life_cost >= a.threshold.of(values)).map(|(i, _)| i).collect();
        let months = needed.iter().map(|i| programme.approvals[*i].months.of(values)).sum();
        Self { whole_life_cost, needed, months }
    }
}
