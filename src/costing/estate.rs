//! Internal cost of running instances.

use super::Course;
use super::ledger::{Book, CostLine, Lineage};
use crate::assumption::Values;
use crate::programme::{Category, InstanceIx};
use crate::quantity::offset_of;

/// Books the internal run cost of an instance, for the months in which anyone uses it.
pub(super) fn book_run_cost(course: &Course<'_>, ix: InstanceIx, values: &Values, book: &mut impl Book) {
    let instance = &course.programme.instances[ix.0];
    let Some(cost) = instance.run_cost else { return };
    let used = course.used(ix);
    let bearer = instance.operator.or(course.programme.frame.lead);
    let line = CostLine::new(Category::InstanceRun, Lineage::InstanceRun(ix), bearer);
    let months = (0..used.live.len()).filter(|&m| used.total(m) > 0.0);
    book.enter(line, [cost.handle()], months.map(|m| (offset_of(m), cost.of(values) / 12.0)));
}
