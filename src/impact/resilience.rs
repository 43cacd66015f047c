//! Resilience: how much would fail with one supplier.

use super::LiveOn;
use crate::assumption::Values;
use crate::programme::{Programme, ServiceIx};
use std::collections::BTreeMap;

/// The largest share of users whose record is held by one supplier, once everything is live.
///
/// The expected outage is the same however users are spread over suppliers of equal reliability; only
/// the tail differs, and this is its measure. A product without a named supplier counts as its own.
#[must_use]
pub fn largest_share_on_one_supplier(programme: &Programme, live: &LiveOn, values: &Values) -> Option<f64> {
    let last = live.end.checked_sub(1)?;
    let mut by_supplier: BTreeMap<&str, f64> = BTreeMap::new();
    let mut all = 0.0;
    for (i, service) in programme.services.iter().enumerate() {
        let users = service.users.of(values);
        all += users;
        let mut suppliers: Vec<&str> = Vec::new();
        for slot in 0..service.slots.len() {
            let Some(instance) = live.at(ServiceIx(i), slot, last) else { continue };
            let product = &programme.products[programme.instances[instance.0].product.0];
            let supplier = product.supplier.as_deref().unwrap_or(&product.id);
            if product.holds_record && !suppliers.contains(&supplier) {
                suppliers.push(supplier);
                *by_supplier.entry(supplier).or_default() += users;
            }
        }
    }
    let largest = by_supplier.values().copied().fold(0.0, f64::max);
    (all > 0.0).then(|| largest / all)
}
