//! Staff who work in two services.

use super::{Flow, Service, ServiceIx};
use crate::assumption::Assumed;
use std::collections::BTreeSet;

/// Staff who work in two services. They are counted among the users of both; on one instance they are one user each.
#[derive(Debug, Clone, Copy)]
pub struct SharedStaff {
    /// One service.
    pub one: ServiceIx,
    /// The other.
    pub other: ServiceIx,
    /// How many.
    pub users: Assumed<f64>,
}

impl SharedStaff {
    /// All that flows tell of, but for services that start on one instance: users of theirs are accounts of one system,
    /// and somebody with one account is counted in one of them already. A pair counts once.
    #[must_use]
    pub fn of(flows: &[Flow], services: &[Service]) -> Vec<Self> {
        let mut known = BTreeSet::new();
        let mut all = Vec::new();
        for flow in flows.iter().filter(|f| f.counted_twice) {
            let Some(users) = flow.shared_users else { continue };
            let (one, other) = (flow.from.min(flow.to), flow.from.max(flow.to));
            let held = |s: ServiceIx| services[s.0].slots.iter().map(|slot| slot.instance);
            let together = held(one).any(|i| held(other).any(|o| o == i));
            if one != other && !together && known.insert((one, other)) {
                all.push(Self { one, other, users });
            }
        }
        all
    }

    /// The other service of the pair, if a service is one of it.
    #[must_use]
    pub fn beside(self, service: ServiceIx) -> Option<ServiceIx> {
        match service {
            s if s == self.one => Some(self.other),
            s if s == self.other => Some(self.one),
            _ => None,
        }
    }
}
