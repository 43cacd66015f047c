//! Present value straight from what is booked, where lines need not be kept.

use crate::assumption::{Handle, Values};
use crate::costing::{self, Book, CostLine, PriceBasis, Window};
use crate::economics;
use crate::programme::{DiscountClass, Programme};
use crate::quantity::offset_of;

/// What a pound of each month is worth in year 0, by price basis and discount class: deflated, then
/// discounted (Green Book 2026, 6.47 and 6.56). Nothing in a month that does not count.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pounds {
    nominal: [Vec<f64>; 2],
    real: [Vec<f64>; 2],
    /// Year of the period, by month.
    years: Vec<usize>,
}

impl Pounds {
    /// Of a case.
    pub(super) fn of(programme: &Programme) -> Self {
        let period = &programme.frame.period;
        let window = Window::of(period);
        let schedules = [&programme.parameters.standard, &programme.parameters.health];
        let factors = schedules.map(|s| economics::factors(s, period.horizon));
        let by_month = |pound: &dyn Fn(usize) -> f64| -> Vec<f64> {
            let counted = |m: usize| window.counted(offset_of(m)).map_or(0.0, |m| pound(period.year_of(m)));
            (0..period.months()).map(counted).collect()
        };
        let index = &programme.deflator.index;
        Self {
            nominal: [0, 1].map(|class| by_month(&|year| factors[class][year].value() / index[year])),
            real: [0, 1].map(|class| by_month(&|year| factors[class][year].value())),
            years: (0..period.months()).map(|m| period.year_of(m)).collect(),
        }
    }

    /// The year of a month.
    pub(super) fn year(&self, month: usize) -> usize {
        self.years[month]
    }

    /// By month.
    pub(super) fn months(&self, basis: PriceBasis, class: DiscountClass) -> &[f64] {
        let class = match class {
            DiscountClass::Standard => 0,
            DiscountClass::Health => 1,
        };
        match basis {
            PriceBasis::Nominal => &self.nominal[class],
            PriceBasis::Real => &self.real[class],
        }
    }
}

/// Adds up the present value of what is entered, and of the lines that follow from it.
pub(super) struct PresentWorth<'a> {
    programme: &'a Programme,
    values: &'a Values,
    pounds: &'a Pounds,
    sum: f64,
    /// Whether what is entered follows from another line: then nothing follows from it.
    follows: bool,
}

impl<'a> PresentWorth<'a> {
    /// Present value of what `book` enters.
    pub(super) fn of(programme: &'a Programme, values: &'a Values, pounds: &'a Pounds, book: impl FnOnce(&mut Self)) -> f64 {
        let mut worth = Self { programme, values, pounds, sum: 0.0, follows: false };
        book(&mut worth);
        worth.sum
    }
}

impl Book for PresentWorth<'_> {
    fn enter(&mut self, mut line: CostLine, _: impl IntoIterator<Item = Handle>, amounts: impl IntoIterator<Item = (i32, f64)>) {
        let pounds = self.pounds.months(line.basis, line.discount);
        let counted = |offset: i32| usize::try_from(offset).ok().and_then(|m| Some((m, *pounds.get(m)?)));
        let worth = amounts.into_iter().filter_map(|(offset, amount)| counted(offset).map(|(m, pound)| (m, amount, pound)));
        if self.follows || (line.bias.is_none() && line.asset.is_none()) {
            self.sum += worth.map(|(_, amount, pound)| amount * pound).sum::<f64>();
            return;
        }
        let mut sum = 0.0;
        for (month, amount, pound) in worth {
            sum += amount * pound;
            // A month that does not count is worth nothing, and nothing follows from it.
            if pound > 0.0 {
                line.amounts.push((month, amount));
            }
        }
        self.sum += sum;
        self.follows = true;
        costing::follow(self.programme, &line, self.values, self);
        self.follows = false;
    }
}
