//! Capability: coverage of what services should have, and gates on what they must have.

use super::{LiveOn, number};
use crate::assumption::Values;
use crate::programme::{CapabilityIx, InstanceIx, Need, Programme, ServiceIx};

/// A service without something it must have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MissingMust {
    /// Service.
    pub service: ServiceIx,
    /// Capability.
    pub capability: CapabilityIx,
    /// Best coverage over its slots.
    pub coverage: f64,
    /// Coverage needed.
    pub needed: f64,
}

/// Need- and user-weighted coverage of *should* capabilities, mean over the months that count;
/// `None` if no service states any such need.
///
/// `mean_t sum_s users_s x (sum_c weight_sc x max_slot coverage_c) / (sum_c weight_sc) / sum_s users_s`.
/// The best slot counts for each capability; slots are never added up.
#[must_use]
pub fn coverage(programme: &Programme, live: &LiveOn, values: &Values) -> Option<f64> {
    coverage_of(programme, live, values, |_| true)
}

/// [`coverage`] over some services only; `None` if none of them states such a need.
#[must_use]
pub fn coverage_of(programme: &Programme, live: &LiveOn, values: &Values, counts: impl Fn(ServiceIx) -> bool) -> Option<f64> {
    coverage_from(programme, live.counted(), values, |ix| if counts(ix) { covered(programme, live, ix, values) } else { None })
}

/// The same from what is covered of the months of each service; `None` of those that do not count.
pub(crate) fn coverage_from(
    programme: &Programme,
    months: usize,
    values: &Values,
    mut covered: impl FnMut(ServiceIx) -> Option<f64>,
) -> Option<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (i, service) in programme.services.iter().enumerate() {
        let Some(covered) = covered(ServiceIx(i)) else { continue };
        let users = service.users.of(values);
        sum += users * covered / number(months.max(1));
        weight += users;
    }
    (weight > 0.0).then(|| sum / weight)
}

/// Coverage of what one service should have, summed over the months that count; `None` if it states no such need. It rests
/// on where the service is live, and on nothing else of a plan.
pub(crate) fn covered(programme: &Programme, live: &LiveOn, ix: ServiceIx, values: &Values) -> Option<f64> {
    let service = &programme.services[ix.0];
    let wanted: f64 = service.needs.iter().map(|(_, n)| if let Need::Should(w) = n { *w } else { 0.0 }).sum();
    if wanted <= 0.0 {
        return None;
    }
    let months = live.changes(&[ix]);
    let mut months_covered = 0.0;
    for (j, &from) in months.iter().enumerate() {
        let to = months.get(j + 1).copied().unwrap_or(live.end);
        let covered: f64 = service
            .needs
            .iter()
            .map(|(c, n)| if let Need::Should(w) = n { w * best(programme, live, ix, *c, from, values) } else { 0.0 })
            .sum();
        months_covered += covered / wanted * number(to - from);
    }
    Some(months_covered)
}

/// Every *must* that is not met in some month that counts, once for each service and capability.
#[must_use]
pub fn missing_musts(programme: &Programme, live: &LiveOn, values: &Values) -> Vec<MissingMust> {
    (0..programme.services.len()).flat_map(|i| missing_of(programme, live, ServiceIx(i), values)).collect()
}

/// The same of one service.
pub(crate) fn missing_of(programme: &Programme, live: &LiveOn, ix: ServiceIx, values: &Values) -> Vec<MissingMust> {
    let musts =
        programme.services[ix.0].needs.iter().filter_map(|(c, n)| if let Need::Must(m) = n { Some((*c, *m)) } else { None });
    let mut months = None;
    let missing = |(capability, needed)| {
        let months = months.get_or_insert_with(|| live.changes(&[ix]));
        let worst = months.iter().map(|&m| best(programme, live, ix, capability, m, values)).fold(f64::INFINITY, f64::min);
        (worst < needed).then_some(MissingMust { service: ix, capability, coverage: worst, needed })
    };
    musts.filter_map(missing).collect()
}

/// Coverage of a capability by the best of some instances, 0 with none.
pub(crate) fn best_of(
    programme: &Programme,
    instances: impl IntoIterator<Item = InstanceIx>,
    capability: CapabilityIx,
    values: &Values,
) -> f64 {
    let covers = |i: InstanceIx| {
        let product = &programme.products[programme.instances[i.0].product.0];
        product.coverage[capability.0].map_or(0.0, |c| c.of(values))
    };
    instances.into_iter().map(covers).fold(0.0, f64::max)
}

fn best(
    programme: &Programme,
    live: &LiveOn,
    service: ServiceIx,
    capability: CapabilityIx,
    month: usize,
    values: &Values,
) -> f64 {
    let slots = 0..programme.services[service.0].slots.len();
    best_of(programme, slots.filter_map(|slot| live.at(service, slot, month)), capability, values)
}
