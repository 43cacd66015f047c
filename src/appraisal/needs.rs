//! What services need of their systems beside what these give, as the appraisal starts and at the end of each option.

use super::result::{CoverageView, NeedView};
use crate::assumption::Values;
use crate::impact;
use crate::outcome::Evaluated;
use crate::plan::Plan;
use crate::programme::{CapabilityIx, InstanceIx, Need, Programme, Service, ServiceIx};

/// A row for each service and capability that it needs. Coverage is that of the best of the service's slots, as in the
/// measure of capability; here at one moment, there as a mean over months.
pub(super) fn needs(programme: &Programme, options: &[Evaluated], values: &Values) -> Vec<NeedView> {
    let row = |(s, service): (usize, &Service), capability: CapabilityIx, need: &Need| {
        let best = |slots: Vec<InstanceIx>| impact::best_of(programme, slots, capability, values);
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
            start: best(service.slots.iter().map(|slot| slot.instance).collect()),
            end: options.iter().map(|o| best(ends(service, ServiceIx(s), &o.plan))).collect(),
        }
    };
    let services = programme.services.iter().enumerate();
    services.flat_map(|(i, s)| s.needs.iter().map(move |(c, n)| ((i, s), *c, n))).map(|(s, c, n)| row(s, c, n)).collect()
}

/// Where each slot of a service ends.
fn ends(service: &Service, ix: ServiceIx, plan: &Plan) -> Vec<InstanceIx> {
    let last = |slot: usize| plan.moves.iter().rfind(|m| m.service == ix && m.slot == slot);
    service.slots.iter().enumerate().map(|(slot, held)| last(slot).map_or(held.instance, |m| m.to)).collect()
}

/// Coverage of all that each service should have, weighted: `sum_c weight_c x coverage_c / sum_c weight_c`; services in the
/// order in which their needs stand.
pub(super) fn coverage(needs: &[NeedView]) -> Vec<CoverageView> {
    let of = |needs: &[NeedView]| {
        let weight: f64 = needs.iter().map(|n| n.weight).sum();
        let share =
            |at: &dyn Fn(&NeedView) -> f64| (weight > 0.0).then(|| needs.iter().map(|n| n.weight * at(n)).sum::<f64>() / weight);
        let options = needs.first().map_or(0, |n| n.end.len());
        CoverageView {
            service: needs.first().map(|n| n.service.clone()).unwrap_or_default(),
            start: share(&|n| n.start),
            end: (0..options).map(|i| share(&|n| n.end[i])).collect(),
        }
    };
    needs.chunk_by(|a, b| a.service == b.service).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(service: &str, must: Option<f64>, weight: f64, start: f64, end: [f64; 2]) -> NeedView {
        let (capability, name) = (String::new(), String::new());
        NeedView { service: service.into(), capability, name, must, weight, start, end: end.into() }
    }

    #[test]
    fn what_a_service_should_have_is_weighted() {
        let needs = [
            need("a", None, 3.0, 0.5, [0.5, 1.0]),
            need("a", None, 1.0, 1.0, [1.0, 0.0]),
            need("a", Some(0.75), 0.0, 1.0, [1.0, 0.5]),
            need("b", Some(1.0), 0.0, 0.0, [0.0, 1.0]),
        ];
        // (3 x 0.5 + 1 x 1) / 4 = 0.625, and (3 x 1 + 1 x 0) / 4 = 0.75. The other service should have nothing.
        let view = |service: &str, start, end: [Option<f64>; 2]| CoverageView { service: service.into(), start, end: end.into() };
        let expected = [view("a", Some(0.625), [Some(0.625), Some(0.75)]), view("b", None, [None, None])];
        assert_eq!(coverage(&needs), expected);
    }
}
