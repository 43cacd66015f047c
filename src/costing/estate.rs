//! Internal cost of running instances.

use super::ledger::{CostLine, Ledger, Lineage};
use super::usage::Usage;
use crate::assumption::Values;
use crate::programme::{Category, InstanceIx, Programme};
use crate::quantity::offset_of;

/// Books the internal run cost of every instance, for the months in which anyone uses it.
pub(super) fn book_run_costs(programme: &Programme, usage: &Usage, values: &Values, ledger: &mut Ledger) {
    for (i, instance) in programme.instances.iter().enumerate() {
        let Some(cost) = instance.run_cost else { continue };
        let used = &usage.instances[i];
        let bearer = instance.operator.or(programme.frame.lead);
        let line = CostLine::new(Category::InstanceRun, Lineage::InstanceRun(InstanceIx(i)), bearer).using([cost]);
        let months = (0..used.live.len()).filter(|&m| used.total(m) > 0.0);
        ledger.book(line, months.map(|m| (offset_of(m), cost.of(values) / 12.0)));
    }
}
