//! A book that adds up instead of keeping lines.

use super::measure::Sums;
use super::realise::Budget;
use super::totals::Bearers;
use super::worth::Pounds;
use crate::assumption::{Handle, Values};
use crate::costing::{self, Book, ContractMonths, CostLine, Window, Worker};
use crate::programme::{Category, OrganisationIx, Programme, Sector, ServiceIx};
use crate::quantity::offset_of;

const CATEGORIES: usize = Category::ALL.len();
const CASH: usize = CATEGORIES;
const WHOLE_LIFE: usize = CATEGORIES + 1;
const OWN_DAYS: usize = CATEGORIES + 2;
const TRAINING: usize = CATEGORIES + 3;
const DIP: usize = CATEGORIES + 4;
const ALWAYS: usize = CATEGORIES + 5;

/// A sum by position, and what is added to it.
pub(super) type Entry = (usize, f64);

/// What is the same for all books of a case: what sums there are and what a pound of each month comes to in them.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    programme: &'a Programme,
    pounds: Pounds,
    bearers: Bearers,
    window: Window,
    years: usize,
    /// Whether costs of one line may fall to different bodies in the course of time.
    changing_hands: bool,
    /// Bodies whose cash and capital are added up by year, each with the position of its first sum. The last is
    /// "unassigned".
    watched: Vec<Option<usize>>,
    count: usize,
}

impl<'a> Columns<'a> {
    pub(super) fn of(programme: &'a Programme, budgets: &[Budget]) -> Self {
        let years = programme.frame.period.years();
        let mut count = ALWAYS;
        let mut column = |body: usize| {
            budgets.iter().any(|b| b.body.0 == body).then(|| {
                count += 2 * years;
                count - 2 * years
            })
        };
        Self {
            watched: (0..=programme.organisations.len()).map(&mut column).collect(),
            programme,
            pounds: Pounds::of(programme),
            bearers: Bearers::of(programme),
            window: Window::of(&programme.frame.period),
            years,
            changing_hands: programme.organisations.iter().any(|o| o.hands_over().is_some() || o.successor.is_some()),
            count,
        }
    }

    /// How many sums there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Cash and capital spending of a body in a year.
    pub(super) fn paid(&self, sums: &[f64], budget: &Budget) -> (f64, f64) {
        self.watched[budget.body.0].map_or((0.0, 0.0), |at| (sums[at + budget.year], sums[at + self.years + budget.year]))
    }

    /// Whether anybody who may bear or pay a line is watched.
    fn watches(&self, line: &CostLine) -> bool {
        self.count > ALWAYS && {
            let at = |month: i32| {
                let (bearer, payer) = self.bearers.of_line(line, month);
                self.watched[bearer].is_some() || self.watched[payer].is_some()
            };
            self.changing_hands || at(self.window.first())
        }
    }
}

/// Present values by category.
pub(super) fn present(sums: &[f64]) -> Sums {
    Sums { present: std::array::from_fn(|category| sums[category]) }
}

/// Cash over the whole period, all public bodies.
pub(super) fn cash(sums: &[f64]) -> f64 {
    sums[CASH]
}

/// The cost over its whole life, for which approvals are asked.
pub(super) fn whole_life_cost(sums: &[f64]) -> f64 {
    sums[WHOLE_LIFE]
}

/// Own days, hours in training, hours lost.
pub(super) fn work(sums: &[f64]) -> (f64, f64, f64) {
    (sums[OWN_DAYS], sums[TRAINING], sums[DIP])
}

/// A book that notes what each sum grows by.
pub(super) struct Adding<'s> {
    columns: &'s Columns<'s>,
    values: &'s Values,
    /// Where it is noted.
    entries: &'s mut Vec<Entry>,
    always: [f64; ALWAYS],
    by_year: Vec<f64>,
    /// Amounts of lines from which others follow, kept for the next such line.
    amounts: Vec<(usize, f64)>,
    follows: bool,
    /// The contracts booked, where ceilings are watched.
    contracts: Option<Vec<ContractMonths>>,
}

impl<'s> Adding<'s> {
    pub(super) fn new(columns: &'s Columns<'s>, values: &'s Values, entries: &'s mut Vec<Entry>, ceilings: bool) -> Self {
        Self {
            columns,
            values,
            entries,
            always: [0.0; ALWAYS],
            by_year: if columns.count > ALWAYS { vec![0.0; columns.years] } else { Vec::new() },
            amounts: Vec::new(),
            follows: false,
            contracts: ceilings.then(Vec::new),
        }
    }

    /// Notes what has been added up so far; the contracts booked since the last time.
    pub(super) fn settle(&mut self) -> Vec<ContractMonths> {
        let some = self.always.iter().enumerate().filter(|(_, sum)| **sum != 0.0);
        self.entries.extend(some.map(|(at, sum)| (at, *sum)));
        self.always = [0.0; ALWAYS];
        self.contracts.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// How many notes there are.
    pub(super) fn noted(&self) -> usize {
        self.entries.len()
    }

    /// Adds up notes.
    pub(super) fn replay(&self, notes: std::ops::Range<usize>, sums: &mut [f64]) {
        self.entries[notes].iter().for_each(|(at, amount)| sums[*at] += amount);
    }

    /// Whether lines follow from one whose amounts have to be known.
    fn leads_on(&self, line: &CostLine, watched: bool) -> bool {
        let keeps_value = || line.asset.is_some_and(|a| self.columns.programme.assets[a.0].residual);
        !self.follows && ((line.bias.is_some() && watched) || keeps_value())
    }

    /// Adds the optimism bias on a line, from the present value and the cash of the sizes of its amounts.
    fn add_bias(&mut self, line: &CostLine, present: f64, nominal: f64) {
        if let Some((bias, uplift)) = costing::bias_on(self.columns.programme, line, self.values) {
            self.add(&bias, present * uplift, nominal * uplift);
        }
    }

    /// Whether a line falls to other bodies at the end than at the start: who hands over does so once.
    fn passes_on(&self, line: &CostLine) -> bool {
        let of = |month: i32| self.columns.bearers.of_line(line, month);
        self.columns.changing_hands && of(self.columns.window.first()) != of(self.columns.window.last())
    }

    /// A line's present value, and its sum in cash prices.
    fn add(&mut self, line: &CostLine, present: f64, nominal: f64) {
        self.always[line.category as usize] += present;
        // What nobody pays in cash bears no VAT.
        let spent = nominal * line.cash * (1.0 + line.vat);
        self.always[CASH] += spent;
        if super::approval::is_cost(self.columns.programme, line) {
            self.always[WHOLE_LIFE] += spent;
        }
    }

    /// What has been added up by year, for one bearer and payer.
    fn pay(&mut self, line: &CostLine, month: i32) {
        let columns = self.columns;
        let (bearer, payer) = columns.bearers.of_line(line, month);
        for year in 0..columns.years {
            let amount = std::mem::take(&mut self.by_year[year]);
            if amount == 0.0 {
                continue;
            }
            let nominal = amount * columns.pounds.cash_of_year(line.basis, year);
            let (vat, non_cash) = (nominal * line.cash * line.vat, nominal * (1.0 - line.cash));
            if let Some(at) = columns.watched[payer] {
                let paid = if payer == bearer { nominal - non_cash + vat } else { nominal + vat };
                self.entries.push((at + year, paid));
                if line.asset.is_some() {
                    self.entries.push((at + columns.years + year, nominal * line.cash * (1.0 + line.vat)));
                }
            }
            if let Some(at) = columns.watched[bearer].filter(|_| payer != bearer) {
                self.entries.push((at + year, -non_cash));
            }
        }
    }
}

impl Book for Adding<'_> {
    fn enter(&mut self, mut line: CostLine, _: impl IntoIterator<Item = Handle>, amounts: impl IntoIterator<Item = (i32, f64)>) {
        let columns = self.columns;
        let (present, cash) = columns.pounds.months(line.basis, line.discount);
        let watched = columns.watches(&line);
        let leads_on = self.leads_on(&line, watched);
        let passes_on = watched && self.passes_on(&line);
        if leads_on {
            line.amounts = std::mem::take(&mut self.amounts);
        }
        let (mut sum, mut nominal, mut hands, mut last) = (0.0, 0.0, None, None);
        // The same of the sizes of amounts.
        let mut sizes = (0.0, 0.0);
        for (offset, amount) in amounts {
            if amount == 0.0 {
                continue;
            }
            let Some(month) = columns.window.counted(offset) else { continue };
            sum += amount * present[month];
            nominal += amount * cash[month];
            sizes = (sizes.0 + amount.abs() * present[month], sizes.1 + amount.abs() * cash[month]);
            if passes_on {
                let now = Some(columns.bearers.of_line(&line, offset));
                if hands != now {
                    if let (Some(_), Some(before)) = (hands, last) {
                        self.pay(&line, before);
                    }
                    hands = now;
                }
            }
            if watched {
                self.by_year[columns.pounds.year(month)] += amount;
            }
            last = Some(offset);
            if leads_on {
                line.amounts.push((month, amount));
            }
        }
        if let Some(last) = last {
            self.add(&line, sum, nominal);
            if watched {
                self.pay(&line, last);
            }
            if leads_on {
                self.follows = true;
                costing::follow(columns.programme, &line, self.values, self);
                self.follows = false;
            } else if !self.follows {
                self.add_bias(&line, sizes.0, sizes.1);
            }
        }
        if leads_on {
            self.amounts = std::mem::take(&mut line.amounts);
            self.amounts.clear();
        }
    }

    fn enter_stretches(
        &mut self,
        line: CostLine,
        uses: impl IntoIterator<Item = Handle>,
        stretches: impl IntoIterator<Item = (i32, i32, f64)>,
    ) {
        let columns = self.columns;
        let watched = columns.watches(&line);
        if self.leads_on(&line, watched) || (watched && self.passes_on(&line)) {
            self.enter(line, uses, stretches.into_iter().flat_map(|(from, to, amount)| (from..to).map(move |m| (m, amount))));
            return;
        }
        let (mut sum, mut nominal, mut sizes) = (0.0, 0.0, (0.0, 0.0));
        for (from, to, amount) in stretches {
            let (mut from, to) = columns.window.clipped(from, to);
            if amount == 0.0 || from == to {
                continue;
            }
            let (present, cash) = columns.pounds.stretch((line.basis, line.discount), (from, to));
            sum += amount * present;
            nominal += amount * cash;
            sizes = (sizes.0 + amount.abs() * present, sizes.1 + amount.abs() * cash);
            while watched && from < to {
                // Years of the period are twelve months from its start.
                let year = columns.pounds.year(from);
                let end = to.min(12 * (year + 1));
                self.by_year[year] += amount * MONTHS[end - from];
                from = end;
            }
        }
        self.add(&line, sum, nominal);
        if watched {
            self.pay(&line, columns.window.first());
        }
        if !self.follows {
            self.add_bias(&line, sizes.0, sizes.1);
        }
    }

    fn transfer(
        &mut self,
        _: usize,
        (from, to): (OrganisationIx, OrganisationIx),
        amounts: impl IntoIterator<Item = (i32, f64)>,
    ) {
        let (columns, programme) = (self.columns, self.columns.programme);
        for (offset, amount) in amounts {
            let Some(month) = columns.window.counted(offset) else { continue };
            let year = columns.pounds.year(month);
            let nominal = amount * programme.deflator.index[year];
            for (body, paid) in [(from, nominal), (to, -nominal)] {
                let at = columns.bearers.at(Some(body), offset_of(month));
                if programme.organisations[at].sector == Sector::Public {
                    self.always[CASH] += paid;
                    self.entries.extend(columns.watched[at].map(|at| (at + year, paid)));
                }
            }
        }
    }

    fn days(&mut self, who: Worker, months: impl Iterator<Item = usize>, each: f64) {
        if !who.external {
            self.always[OWN_DAYS] += months.map(|_| each).sum::<f64>();
        }
    }

    fn training(&mut self, _: ServiceIx, hours: f64) {
        self.always[TRAINING] += hours;
    }

    fn dip(&mut self, _: ServiceIx, hours: f64) {
        self.always[DIP] += hours;
    }

    fn contracts(&mut self) -> Option<&mut Vec<ContractMonths>> {
        self.contracts.as_mut()
    }
}

/// Months of a year as numbers.
const MONTHS: [f64; 13] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0];
