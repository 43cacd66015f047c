//! Work item by item: which part of a plan takes which days and hours, and on which numbers they rest.

use super::ledger::{Book, CostLine, Lineage, Worker};
use super::{Component, Course, Usage};
use crate::assumption::{Handle, Values};
use crate::plan::{Plan, Sequence, Timetable};
use crate::programme::{Programme, RoleIx, ServiceIx};
use crate::quantity::MonthIndex;

/// Days or hours that one item of a plan takes. Only months that count are in it.
#[derive(Debug, Clone)]
pub struct ItemOfWork {
    /// What it came from.
    pub lineage: Lineage,
    /// Numbers it rests on.
    pub uses: Vec<Handle>,
    /// Who works, if days are counted; the days of each month, in order.
    pub days: Option<(RoleIx, Vec<(MonthIndex, f64)>)>,
    /// Hours in training.
    pub training_hours: f64,
    /// Hours lost by patient-facing staff after go-live.
    pub dip_hours: f64,
}

/// The work of a plan, in the order of its components: the same bookings as those of [`super::cost`], kept by item
/// instead of by role. Items without any are left out.
#[must_use]
pub fn work(programme: &Programme, plan: &Plan, values: &Values) -> Vec<ItemOfWork> {
    let sequence = Sequence::of(plan);
    let timetable = Timetable::of(programme, plan, &sequence, values);
    let usage = Usage::of(programme, plan, &sequence, &timetable, values);
    let course = Course { programme, plan, sequence: &sequence, timetable: &timetable, usage: &usage, changed: &[] };
    let mut book = Diary { open: Open::default(), items: Vec::new() };
    for component in Component::all(programme, plan) {
        component.book(&course, values, &mut book);
        // What is counted beside no line belongs to nothing that follows.
        book.open = Open::default();
    }
    book.items
}

/// What was counted since the last line.
#[derive(Debug, Default)]
struct Open {
    days: Option<(RoleIx, Vec<(MonthIndex, f64)>)>,
    training_hours: f64,
    dip_hours: f64,
}

/// A book that keeps work and lets money go. Work is counted before the line of its price is entered.
struct Diary {
    open: Open,
    items: Vec<ItemOfWork>,
}

impl Book for Diary {
    fn enter(&mut self, line: CostLine, uses: impl IntoIterator<Item = Handle>, _: impl IntoIterator<Item = (i32, f64)>) {
        let Open { days, training_hours, dip_hours } = std::mem::take(&mut self.open);
        if days.is_some() || training_hours != 0.0 || dip_hours != 0.0 {
            let uses = line.uses.into_iter().chain(uses).collect();
            self.items.push(ItemOfWork { lineage: line.lineage, uses, days, training_hours, dip_hours });
        }
    }

    fn days(&mut self, who: Worker, months: impl Iterator<Item = MonthIndex>, each: f64) {
        let counted: Vec<(MonthIndex, f64)> = months.map(|month| (month, each)).collect();
        if each != 0.0 && !counted.is_empty() {
            self.open.days = Some((who.role, counted));
        }
    }

    fn training(&mut self, _: ServiceIx, hours: f64) {
        self.open.training_hours += hours;
    }

    fn dip(&mut self, _: ServiceIx, hours: f64) {
        self.open.dip_hours += hours;
    }
}
