//! Services and what systems can do for them.

use super::place;
use crate::programme::{Need, Programme};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

/// A capability that a service must have and that no product of the scenario has fails every option at the gate:
/// more often a row that was forgotten than the truth.
pub(super) fn some_product_can(reading: &Reading, programme: &Programme) {
    let register = reading.register();
    let mut missing = Vec::new();
    for (i, service) in programme.services.iter().enumerate() {
        for (capability, need) in &service.needs {
            let Need::Must(level) = need else { continue };
            let offered = programme.products.iter().filter_map(|p| p.coverage[capability.0]);
            let best = offered.map(|c| register.get(c.handle()).likely).fold(0.0, f64::max);
            if best < level - 1e-9 {
                missing.push((i, service.id.clone(), programme.capabilities[capability.0].id.clone(), *level));
            }
        }
    }
    drop(register);
    for (i, service, capability, level) in missing {
        let message =
            format!("`services.{service}` must have `{capability}` at {level} or more, which no product of the scenario has");
        let hint = "give the coverage of a product that has it in [capabilities], or the service another need";
        reading.report(Problem::new(Code::NoProductCan, place(reading, "services", i), message).hint(hint).warning());
    }
}
