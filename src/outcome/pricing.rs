//! What single components of a plan cost, and the days that they take: the pieces from which a roadmap is put together.

use super::worth::{Pounds, PresentWorth};
use crate::assumption::{Handle, Values};
use crate::costing::{Book, Component, CostLine, Course, Worker};
use crate::programme::{ContractIx, OrganisationIx, Programme, RoleIx};
use crate::quantity::MonthIndex;

/// Work of a role in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Days {
    /// Role.
    pub role: RoleIx,
    /// The body whose own team it is; none where the body has none in the role.
    pub team: Option<OrganisationIx>,
    /// Month.
    pub month: MonthIndex,
    /// How many.
    pub days: f64,
}

/// Prices components on one realisation of the register, by the same code as every other evaluation.
#[derive(Debug)]
pub struct Pricing<'a> {
    programme: &'a Programme,
    values: &'a Values,
    pounds: Pounds,
}

impl<'a> Pricing<'a> {
    /// On some values.
    #[must_use]
    pub fn of(programme: &'a Programme, values: &'a Values) -> Self {
        Self { programme, values, pounds: Pounds::of(programme) }
    }

    /// Present value of some components of a plan, with what follows from their lines.
    #[must_use]
    pub fn present(&self, components: impl IntoIterator<Item = Component>, course: &Course<'_>) -> f64 {
        self.priced(components, course).0
    }

    /// The same, with the days that they take.
    #[must_use]
    pub fn priced(&self, components: impl IntoIterator<Item = Component>, course: &Course<'_>) -> (f64, Vec<Days>) {
        let mut days = Vec::new();
        let present = PresentWorth::of(self.programme, self.values, &self.pounds, |worth| {
            let mut book = Timesheet { worth, days: &mut days };
            components.into_iter().for_each(|component| component.book(course, self.values, &mut book));
        });
        (present, days)
    }

    /// The days that some components take, and the months that contracts among them leave open.
    #[must_use]
    pub fn noted(&self, components: impl IntoIterator<Item = Component>, course: &Course<'_>) -> (Vec<Days>, Vec<Open>) {
        let mut notes = Notes::default();
        components.into_iter().for_each(|component| component.book(course, self.values, &mut notes));
        (notes.days, notes.open)
    }

    /// Present value of a line's amounts, given by offset, with what follows from it.
    #[must_use]
    pub fn line(&self, line: CostLine, amounts: impl IntoIterator<Item = (i32, f64)>) -> f64 {
        PresentWorth::of(self.programme, self.values, &self.pounds, |worth| worth.enter(line, [], amounts))
    }
}

/// A contract with the months in which its system is used and it is not paid for.
pub type Open = (ContractIx, Vec<MonthIndex>);

/// A book that keeps days and what contracts leave open, and no money.
#[derive(Debug, Default)]
struct Notes {
    days: Vec<Days>,
    open: Vec<Open>,
}

impl Book for Notes {
    fn enter(&mut self, _: CostLine, _: impl IntoIterator<Item = Handle>, _: impl IntoIterator<Item = (i32, f64)>) {}

    fn days(&mut self, who: Worker, months: impl Iterator<Item = MonthIndex>, each: f64) {
        self.days.extend(months.map(|month| Days { role: who.role, team: who.team, month, days: each }));
    }

    fn open(&mut self, contract: ContractIx, months: impl FnOnce() -> Vec<MonthIndex>) {
        self.open.push((contract, months()));
    }
}

/// A book that passes money on and keeps days.
struct Timesheet<'a, 'b> {
    worth: &'a mut PresentWorth<'b>,
    days: &'a mut Vec<Days>,
}

impl Book for Timesheet<'_, '_> {
    fn enter(&mut self, line: CostLine, uses: impl IntoIterator<Item = Handle>, amounts: impl IntoIterator<Item = (i32, f64)>) {
        self.worth.enter(line, uses, amounts);
    }

    fn enter_stretches(
        &mut self,
        line: CostLine,
        uses: impl IntoIterator<Item = Handle>,
        stretches: impl IntoIterator<Item = (i32, i32, f64)>,
    ) {
        self.worth.enter_stretches(line, uses, stretches);
    }

    fn days(&mut self, who: Worker, months: impl Iterator<Item = MonthIndex>, each: f64) {
        self.days.extend(months.map(|month| Days { role: who.role, team: who.team, month, days: each }));
    }
}
