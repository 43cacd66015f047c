//! Internal cost of running instances.

use super::Course;
use super::ledger::{Book, CostLine, Lineage};
use crate::assumption::{Assumed, Values};
use crate::plan::whole_months;
use crate::programme::{Category, InstanceIx};
use crate::quantity::offset_of;

/// Books the internal run cost of an instance: people by role at `whole-time equivalents x days a year x day
/// rate`, and the rest, for the months in which it runs.
pub(super) fn book_run_cost(course: &Course<'_>, ix: InstanceIx, values: &Values, book: &mut impl Book) {
    let instance = &course.programme.instances[ix.0];
    let run = &instance.run;
    if run.staff.is_empty() && run.other.is_none() {
        return;
    }
    let bearer = run.body.or(instance.operator).or(course.programme.frame.lead);
    let months = stretches(running(course, ix, values));
    let line = |lineage| CostLine::new(Category::InstanceRun, lineage, bearer);
    let by_month = |a_year: f64| months.iter().map(move |&(from, to)| (from, to, a_year / 12.0));
    for (i, staff) in run.staff.iter().enumerate() {
        let rate = course.programme.roles[staff.role.0].day_rate;
        let a_year = staff.wte.of(values) * staff.days_per_year.of(values) * rate.of(values);
        let uses = [staff.wte, staff.days_per_year, rate].into_iter().chain(run.step_down).map(Assumed::handle);
        book.enter_stretches(line(Lineage::InstanceStaff(ix, i)), uses, by_month(a_year));
    }
    if let Some(other) = run.other {
        let uses = std::iter::once(other).chain(run.step_down).map(Assumed::handle);
        book.enter_stretches(line(Lineage::InstanceRun(ix)), uses, by_month(other.of(values)));
    }
}

/// Months in order as stretches: the first, and the month after the last.
pub(super) fn stretches(months: impl Iterator<Item = i32>) -> Vec<(i32, i32)> {
    let mut all: Vec<(i32, i32)> = Vec::new();
    for month in months {
        match all.last_mut() {
            Some((_, to)) if *to == month => *to += 1,
            _ => all.push((month, month + 1)),
        }
    }
    all
}

/// The months in which an instance runs, as offsets: those in which anyone uses it or did in one of the months
/// before over which it is stepped down.
pub(super) fn running(course: &Course<'_>, ix: InstanceIx, values: &Values) -> impl Iterator<Item = i32> {
    let used = course.used(ix);
    let lag = course.programme.instances[ix.0].run.step_down.map_or(0, |months| whole_months(months.of(values)));
    let months = (0..used.live.len()).scan(None, move |last, month| {
        let now = offset_of(month);
        if used.total(month) > 0.0 {
            *last = Some(now);
        }
        Some((now, last.is_some_and(|last| now - last <= lag)))
    });
    months.filter(|(_, runs)| *runs).map(|(now, _)| now)
}
