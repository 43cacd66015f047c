//! Checks across sections, on a programme whose parts have been read. Each rule is a function with a code of its own.

mod contracts;
mod correlations;
mod estate;
mod optimise;
mod plans;
mod scoring;
mod what_ifs;

use super::Span;
use super::reading::Reading;
use crate::plan::{self, Plan};
use crate::programme::{OptionIx, Programme};

/// Checks that need only the parts themselves.
pub(super) fn programme(reading: &Reading, programme: &Programme) {
    scoring::measures_have_data(reading, programme);
    scoring::scores_have_panels(reading, programme);
    scoring::panels_combine(reading, programme);
    scoring::nothing_is_scored_twice(reading, programme);
    estate::some_product_can(reading, programme);
    estate::shared_staff(reading, programme);
    estate::records_are_known(reading, programme);
    contracts::billed_once(reading, programme);
    contracts::expiries(reading, programme);
    contracts::transfers(reading, programme);
    correlations::drivers(reading, programme);
    correlations::correlations(reading, programme);
    what_ifs::what_ifs(reading, programme);
    optimise::score_is_one(reading, programme);
    contracts::ended_before(reading, programme);
    estate::hand_overs(reading, programme);
    estate::somebody_works(reading, programme);
}

/// Plans of all options, with their faults reported, and cover by contracts checked on the central
/// case.
pub(super) fn plans(reading: &Reading, programme: &Programme) -> Vec<Plan> {
    contracts::followers(reading, programme);
    let mut all = Vec::new();
    for option in (0..programme.options.len()).map(OptionIx) {
        let (plan, faults) = plan::derive(programme, option);
        let undated: Vec<&str> = faults
            .iter()
            .filter_map(|f| if let plan::Fault::NoGoLive(s) = f { Some(programme.services[s.0].id.as_str()) } else { None })
            .collect();
        if !undated.is_empty() {
            reading.report(plans::no_go_live(reading, programme, option, &undated));
        }
        for fault in faults.iter().filter(|f| !matches!(f, plan::Fault::NoGoLive(_))) {
            reading.report(plans::explain(reading, programme, &plan, fault));
        }
        all.push(plan);
    }
    if !reading.has_errors() {
        contracts::cover(reading, programme, &all);
    }
    all
}

fn place(reading: &Reading, section: &str, index: usize) -> Span {
    reading.place(section, index).unwrap_or(Span { file: 0, start: 0, end: 0 })
}
