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
    /// What an amount in cash prices, and one in year-0 prices, is in cash.
    cash: [Vec<f64>; 2],
    /// Sums of each of these before each month.
    before: [[Vec<f64>; 2]; 2],
    cash_before: [Vec<f64>; 2],
    /// Index of prices by year.
    index: Vec<f64>,
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
        let nominal = [0, 1].map(|class| by_month(&|year| factors[class][year].value() / index[year]));
        let real = [0, 1].map(|class| by_month(&|year| factors[class][year].value()));
        let cash = [by_month(&|_| 1.0), by_month(&|year| index[year])];
        Self {
            cash_before: [summed(&cash[0]), summed(&cash[1])],
            cash,
            index: index.clone(),
            before: [&nominal, &real].map(|bases| [0, 1].map(|class: usize| summed(&bases[class]))),
            nominal,
            real,
            years: (0..period.months()).map(|m| period.year_of(m)).collect(),
        }
    }

    /// What a pound in each month of a stretch is worth in all, and what it is in cash.
    pub(super) fn stretch(&self, (basis, class): (PriceBasis, DiscountClass), (from, to): (usize, usize)) -> (f64, f64) {
        let (bases, cash) = match basis {
            PriceBasis::Nominal => (&self.before[0], &self.cash_before[0]),
            PriceBasis::Real => (&self.before[1], &self.cash_before[1]),
        };
        let sums = match class {
            DiscountClass::Standard => &bases[0],
            DiscountClass::Health => &bases[1],
        };
        (sums[to] - sums[from], cash[to] - cash[from])
    }

    /// The year of a month.
    pub(super) fn year(&self, month: usize) -> usize {
        self.years[month]
    }

    /// What a pound of a year is in cash.
    pub(super) fn cash_of_year(&self, basis: PriceBasis, year: usize) -> f64 {
        match basis {
            PriceBasis::Nominal => 1.0,
            PriceBasis::Real => self.index[year],
        }
    }

    /// What a pound is worth, and what it is in cash, by month.
    pub(super) fn months(&self, basis: PriceBasis, class: DiscountClass) -> (&[f64], &[f64]) {
        let class = match class {
            DiscountClass::Standard => 0,
            DiscountClass::Health => 1,
        };
        match basis {
            PriceBasis::Nominal => (&self.nominal[class], &self.cash[0]),
            PriceBasis::Real => (&self.real[class], &self.cash[1]),
        }
    }
}

/// Sums before each month, and of all.
fn summed(months: &[f64]) -> Vec<f64> {
    let sums = months.iter().scan(0.0, |sum, pound| {
        *sum += pound;
        Some(*sum)
    });
    std::iter::once(0.0).chain(sums).collect()
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
    fn enter_stretches(
        &mut self,
        line: CostLine,
        uses: impl IntoIterator<Item = Handle>,
        stretches: impl IntoIterator<Item = (i32, i32, f64)>,
    ) {
        if !self.follows && (line.bias.is_some() || line.asset.is_some()) {
            // What follows from a line asks for its months.
            self.enter(line, uses, stretches.into_iter().flat_map(|(from, to, amount)| (from..to).map(move |m| (m, amount))));
            return;
        }
        let (window, basis) = (Window::of(&self.programme.frame.period), (line.basis, line.discount));
        let worth = |(from, to, amount): (i32, i32, f64)| amount * self.pounds.stretch(basis, window.clipped(from, to)).0;
        self.sum += stretches.into_iter().map(worth).sum::<f64>();
    }

    fn enter(&mut self, mut line: CostLine, _: impl IntoIterator<Item = Handle>, amounts: impl IntoIterator<Item = (i32, f64)>) {
        let (pounds, _) = self.pounds.months(line.basis, line.discount);
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
