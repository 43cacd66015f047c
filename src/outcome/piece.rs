//! Pieces of plans: what a few components come to in all sums at once, to be put together into whole plans.
//!
//! [`super::Simulation`] books whole plans; who looks at many plans that differ in little books a piece once and adds it up
//! wherever it occurs. Amounts are booked by the same components and the same book.

use super::adding::{self, Adding, Columns, Entry};
use super::gate;
use super::measure;
use super::pricing::Days;
use super::purse::Purses;
use super::realise::Budget;
use crate::assumption::{Handle, Values};
use crate::costing::{self, Book, Component, ContractMonths, CostLine, Course, Joining, Worker};
use crate::impact::{self, LiveOn};
use crate::plan::Plan;
use crate::programme::{ContractIx, Measure, OrganisationIx, Programme, ServiceIx};
use crate::quantity::MonthIndex;
use crate::scoring;

/// What some components come to.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    entries: Vec<Entry>,
    /// Work of roles.
    pub days: Vec<Days>,
    /// Whether no licence among them is used by more than it covers.
    pub within: bool,
    /// Months in which a system is used and the contract among them does not cover it; empty if there are none.
    pub open: Vec<MonthIndex>,
}

impl Piece {
    /// How many sums it adds to.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it adds to none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Books pieces on one realisation of the register.
#[derive(Debug)]
pub struct Pieces<'a> {
    programme: &'a Programme,
    values: &'a Values,
    columns: Columns<'a>,
    budgets: Vec<Budget>,
    purses: Purses,
    weights: Option<Vec<f64>>,
    ceilings: bool,
}

impl<'a> Pieces<'a> {
    /// On some values.
    #[must_use]
    pub fn of(programme: &'a Programme, values: &'a Values) -> Self {
        let budgets = Purses::of(programme, &programme.register.central()).budgets();
        Self {
            columns: Columns::of(programme, &budgets),
            budgets,
            purses: Purses::of(programme, values),
            weights: scoring::combined(&programme.tree, &programme.panels),
            ceilings: gate::has_ceilings(programme),
            programme,
            values,
        }
    }

    /// Books components that belong together: all of an archive, a contract, a move.
    #[must_use]
    pub fn piece(&self, components: &[Component], course: &Course<'_>) -> Piece {
        let mut piece = Piece { within: true, ..Piece::default() };
        for component in components {
            let mut book = Both {
                adding: Adding::new(&self.columns, self.values, &mut piece.entries, self.ceilings),
                days: &mut piece.days,
                open: &mut piece.open,
            };
            component.book(course, self.values, &mut book);
            let contracts = book.adding.settle();
            if let (Component::Contract(ix), Some(months)) = (component, contracts.first()) {
                piece.within &= gate::is_covered(self.programme, (*ix, months), course.usage, self.values);
            }
        }
        piece.entries.sort_by_key(|(at, _)| *at);
        piece.entries.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        piece
    }

    /// By which ways users come onto systems in a plan.
    #[must_use]
    pub fn joinings(&self, course: &Course<'_>) -> Vec<Joining> {
        costing::joinings(course, self.values)
    }

    /// Whether a plan passes the gates that depend on no number but the likely months of building.
    #[must_use]
    pub fn passes_unpriced(&self, plan: &Plan) -> bool {
        gate::passes_unpriced(self.programme, plan)
    }

    /// Room for the sums of a plan.
    #[must_use]
    pub fn sums(&self) -> Vec<f64> {
        vec![0.0; self.columns.count()]
    }

    /// Adds a piece to the sums of a plan.
    pub fn add(&self, piece: &Piece, sums: &mut [f64]) {
        piece.entries.iter().for_each(|(at, amount)| sums[*at] += amount);
    }

    /// Net present cost.
    #[must_use]
    pub fn npc(&self, sums: &[f64]) -> f64 {
        adding::present(sums).npc()
    }

    /// Present value of dual running.
    #[must_use]
    pub fn dual_running(&self, sums: &[f64]) -> f64 {
        adding::present(sums).dual_running()
    }

    /// Whether there is a way, in time after the approvals that the sums ask for, onto every system.
    pub fn joined_in_time<'j>(&self, sums: &[f64], joinings: impl Iterator<Item = &'j Joining>) -> bool {
        let approvals = super::approval::months(self.programme, adding::whole_life_cost(sums), self.values);
        joinings.into_iter().all(|joining| gate::passes_priced(std::slice::from_ref(joining), approvals))
    }

    /// What is short in each year of each body with funding.
    pub fn gaps(&self, sums: &[f64]) -> impl Iterator<Item = f64> {
        self.budgets.iter().map(|budget| {
            let (cash, capital) = self.columns.paid(sums, budget);
            self.purses.gap(*budget, cash, capital)
        })
    }

    /// Score at the combined weights, where there are any. Of the plan only its option and links count.
    #[must_use]
    pub fn score(&self, sums: &[f64], plan: &Plan, live: &LiveOn, mut seen: impl FnMut(&Measure) -> Option<f64>) -> Option<f64> {
        let weights = self.weights.as_ref()?;
        let (own_days, training, dip) = adding::work(sums);
        let person_days = own_days + training / self.programme.staff.hours_per_day.of(self.values);
        let present = adding::present(sums);
        let impact = |measure: &Measure| match measure {
            Measure::Burden => impact::burden_hours(self.programme, live, &plan.links, self.values),
            Measure::Resilience => impact::largest_share_on_one_supplier(self.programme, live, self.values),
            _ => seen(measure),
        };
        let measures = measure::measures(self.programme, plan, &present, (person_days, dip), impact);
        Some(scoring::score(weights, &measure::points(self.programme, &measures)))
    }
}

/// A book that adds up and keeps days.
struct Both<'s, 'd> {
    adding: Adding<'s>,
    days: &'d mut Vec<Days>,
    open: &'d mut Vec<MonthIndex>,
}

impl Book for Both<'_, '_> {
    fn enter(&mut self, line: CostLine, uses: impl IntoIterator<Item = Handle>, amounts: impl IntoIterator<Item = (i32, f64)>) {
        self.adding.enter(line, uses, amounts);
    }

    fn enter_stretches(
        &mut self,
        line: CostLine,
        uses: impl IntoIterator<Item = Handle>,
        stretches: impl IntoIterator<Item = (i32, i32, f64)>,
    ) {
        self.adding.enter_stretches(line, uses, stretches);
    }

    fn transfer(
        &mut self,
        stream: usize,
        bodies: (OrganisationIx, OrganisationIx),
        amounts: impl IntoIterator<Item = (i32, f64)>,
    ) {
        self.adding.transfer(stream, bodies, amounts);
    }

    fn days(&mut self, who: Worker, months: impl Iterator<Item = MonthIndex>, each: f64) {
        let first = self.days.len();
        self.days.extend(months.map(|month| Days { role: who.role, team: who.team, month, days: each }));
        let months: Vec<MonthIndex> = self.days[first..].iter().map(|d| d.month).collect();
        self.adding.days(who, months.into_iter(), each);
    }

    fn training(&mut self, service: ServiceIx, hours: f64) {
        self.adding.training(service, hours);
    }

    fn dip(&mut self, service: ServiceIx, hours: f64) {
        self.adding.dip(service, hours);
    }

    fn open(&mut self, _: ContractIx, months: impl FnOnce() -> Vec<MonthIndex>) {
        self.open.extend(months());
    }

    fn contracts(&mut self) -> Option<&mut Vec<ContractMonths>> {
        self.adding.contracts()
    }
}
