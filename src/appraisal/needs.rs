//! What services need of their systems beside what these give, as the appraisal starts and at the end of each option.

use super::result::{NeedView, OptionResult};
use crate::assumption::Values;
use crate::programme::{CapabilityIx, InstanceIx, Need, Programme, Service};
use std::collections::HashMap;

/// A row for each service and capability that it needs. Coverage is that of the best of the service's slots, as in the
/// measure of capability; here at one moment, there as a mean over months.
pub(super) fn needs(programme: &Programme, options: &[OptionResult], values: &Values) -> Vec<NeedView> {
    let instances: HashMap<&str, InstanceIx> =
        programme.instances.iter().enumerate().map(|(i, instance)| (instance.id.as_str(), InstanceIx(i))).collect();
    // Where each slot of each service ends, by option.
    let ends: Vec<HashMap<&str, Vec<InstanceIx>>> = options.iter().map(|o| ends(o, &instances)).collect();
    let row = |service: &Service, capability: CapabilityIx, need: &Need| {
        let best = |slots: &[InstanceIx]| slots.iter().map(|i| covers(programme, *i, capability, values)).fold(0.0, f64::max);
        let start: Vec<InstanceIx> = service.slots.iter().map(|slot| slot.instance).collect();
        let (must, weight) = match need {
            Need::Must(least) => (Some(*least), 0.0),
            Need::Should(weight) => (None, *weight),
        };
        NeedView {
            service: service.id.clone(),
            capability: programme.capabilities[capability.0].id.clone(),
            name: programme.capabilities[capability.0].name.clone(),
            must,
            weight,
            start: best(&start),
            end: ends.iter().map(|ends| ends.get(service.id.as_str()).map_or(0.0, |slots| best(slots))).collect(),
        }
    };
    programme.services.iter().flat_map(|s| s.needs.iter().map(|(capability, need)| row(s, *capability, need))).collect()
}

fn ends<'a>(option: &'a OptionResult, instances: &HashMap<&str, InstanceIx>) -> HashMap<&'a str, Vec<InstanceIx>> {
    let mut ends: HashMap<&str, Vec<InstanceIx>> = HashMap::new();
    for entry in &option.plan {
        ends.entry(&entry.service).or_default().extend(instances.get(entry.instance.as_str()));
    }
    ends
}

fn covers(programme: &Programme, instance: InstanceIx, capability: CapabilityIx, values: &Values) -> f64 {
    let product = &programme.products[programme.instances[instance.0].product.0];
    product.coverage[capability.0].map_or(0.0, |c| c.of(values))
}
