//! What a pound of a month is worth in year 0, also of months beyond the period.

use crate::economics;
use crate::programme::Programme;
use crate::quantity::DiscountFactor;

/// Index of prices and discount factor by year from year 0 on.
pub(super) struct Worth {
    index: Vec<f64>,
    factor: Vec<f64>,
}

impl Worth {
    /// To an offset. Beyond the period prices grow as the deflator's last year does, and discount rates go on in the
    /// bands of the Green Book 2026 (Table 8).
    pub(super) fn of(programme: &Programme, to: i32) -> Self {
        let period = &programme.frame.period;
        let years = usize::try_from(to.div_euclid(12)).unwrap_or(0).max(period.years()) + 1;
        let mut index = programme.deflator.index.clone();
        for year in index.len()..years {
            // The growth of the last year that is known goes on.
            let growth = programme.deflator.growth(period.year(year).start_year()).unwrap_or(0.0);
            index.push(index.last().copied().unwrap_or(1.0) * (1.0 + growth));
        }
        let factor = economics::factors(&programme.parameters.standard, years).into_iter().map(DiscountFactor::value).collect();
        Self { index, factor }
    }

    fn year(offset: i32) -> usize {
        usize::try_from(offset.div_euclid(12)).unwrap_or(0)
    }

    /// Cash prices of a month over those of year 0.
    pub(super) fn index(&self, offset: i32) -> f64 {
        self.index[Self::year(offset).min(self.index.len() - 1)]
    }

    /// Present value of a pound in year-0 prices.
    pub(super) fn real(&self, offset: i32) -> f64 {
        self.factor[Self::year(offset).min(self.factor.len() - 1)]
    }

    /// Present value of a pound in cash prices of the month.
    pub(super) fn nominal(&self, offset: i32) -> f64 {
        self.real(offset) / self.index(offset)
    }
}
