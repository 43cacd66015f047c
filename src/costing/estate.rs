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
    let months = running(course, ix, values);
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

/// The stretches of months in which an instance runs, as offsets: those in which anyone uses it or did in one of the
/// months before over which it is stepped down. Each with its first month, and the month after its last.
pub(super) fn running(course: &Course<'_>, ix: InstanceIx, values: &Values) -> Vec<(i32, i32)> {
    let used = course.used(ix);
    let lag = course.programme.instances[ix.0].run.step_down.map_or(0, |months| whole_months(months.of(values)));
    let end = offset_of(used.live.len());
    let mut all: Vec<(i32, i32)> = Vec::with_capacity(used.busy().len());
    for &(from, to) in used.busy() {
        let (from, to) = (offset_of(from), offset_of(to).saturating_add(lag).min(end));
        match all.last_mut() {
            Some((_, last)) if *last >= from => *last = to,
            _ => all.push((from, to)),
        }
    }
    all
}
