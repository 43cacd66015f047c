//! Capital spending and its depreciation, for the financial view. Neither enters the economic view, which has
//! the spending itself (Green Book 2026, 6.92).

use super::totals::Bearers;
use crate::assumption::Values;
use crate::costing::{CostLine, PriceBasis};
use crate::programme::Programme;
use crate::quantity::offset_of;

/// Capital by body (in the programme's order; the last is "unassigned") and year, in cash prices with the VAT
/// that cannot be recovered.
#[derive(Debug, Clone, PartialEq)]
pub struct Capital {
    /// Spent.
    pub spending: Vec<Vec<f64>>,
    /// Written off in a straight line over the life of its class, from the month after it was spent. What was
    /// spent before the as-at date is sunk and in neither.
    pub depreciation: Vec<Vec<f64>>,
}

impl Capital {
    /// From the cost lines of an option.
    ///
    /// # Method
    /// `docs/method.md`, section 8. A month after spending, `cost / (12 x life)` is written off until all is;
    /// from the month in which a successor takes over it owns the asset.
    #[must_use]
    pub fn of(programme: &Programme, lines: &[CostLine], values: &Values) -> Self {
        let period = &programme.frame.period;
        let bearers = Bearers::of(programme);
        let zero = || vec![vec![0.0; period.years()]; programme.organisations.len() + 1];
        let mut capital = Self { spending: zero(), depreciation: zero() };
        for line in lines {
            let Some(asset) = line.asset.map(|a| &programme.assets[a.0]) else { continue };
            let life = 12.0 * asset.life.of(values);
            let owner = |month: usize| bearers.of_line(line, offset_of(month)).1;
            for &(month, amount) in &line.amounts {
                let year = period.year_of(month);
                let nominal = match line.basis {
                    PriceBasis::Nominal => amount,
                    PriceBasis::Real => amount * programme.deflator.index[year],
                };
                let cost = nominal * line.cash * (1.0 + line.vat);
                capital.spending[owner(month)][year] += cost;
                let mut left = life;
                for later in month + 1..period.months() {
                    if left <= 0.0 {
                        break;
                    }
                    let share = left.min(1.0) / life;
                    capital.depreciation[owner(later)][period.year_of(later)] += cost * share;
                    left -= 1.0;
                }
            }
        }
        capital
    }
}
