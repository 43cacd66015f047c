//! What a plan does for patients and staff: record visibility, staff burden, resilience, capability,
//! and the capability gates. Disruption (hours lost) comes from [`crate::costing::Effort`].

mod capability;
mod resilience;
mod visibility;

pub use capability::{MissingMust, coverage, coverage_of, missing_musts};
pub(crate) use capability::{best_of, coverage_from, covered, missing_of};
pub use resilience::largest_share_on_one_supplier;
pub use visibility::{burden_hours, visibility, visibility_of};
pub(crate) use visibility::{mean_view, seen};

use crate::programme::{InstanceIx, ServiceIx};
use crate::quantity::MonthIndex;

/// When each slot of each service is live on which instance: for each service, for each slot, the
/// first month and the instance, in order. What the measures need to know of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveOn {
    /// By service, then slot.
    pub slots: Vec<Vec<Vec<(MonthIndex, InstanceIx)>>>,
    /// First month that counts.
    pub first: MonthIndex,
    /// The month after the last.
    pub end: MonthIndex,
}

impl LiveOn {
    /// The instance a slot is live on in a month.
    #[must_use]
    pub fn at(&self, service: ServiceIx, slot: usize, month: MonthIndex) -> Option<InstanceIx> {
        self.slots[service.0][slot].iter().rev().find(|(from, _)| *from <= month).map(|(_, i)| *i)
    }

    /// The months from which any slot of a service changes, the first counted month included.
    fn changes(&self, services: &[ServiceIx]) -> Vec<MonthIndex> {
        let stints = services.iter().flat_map(|s| &self.slots[s.0]).flatten().map(|(from, _)| *from);
        let mut months: Vec<MonthIndex> = stints.map(|m| m.max(self.first)).filter(|m| *m < self.end).collect();
        months.push(self.first);
        months.sort_unstable();
        months.dedup();
        months
    }

    /// Months that count.
    #[must_use]
    pub fn counted(&self) -> usize {
        self.end.saturating_sub(self.first)
    }
}

/// A whole number as a number.
fn number(n: usize) -> f64 {
    f64::from(u32::try_from(n).expect("a few million at most"))
}
