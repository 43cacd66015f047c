//! The sections of the pack: a part of the case that a scenario does not have has no section, and those that are there
//! are numbered in their order.

use super::names::Names;
use crate::appraisal::result::Appraisal;
use serde::Serialize;

/// One section that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Section {
    /// Where it is on the page.
    anchor: &'static str,
    /// Its heading.
    title: &'static str,
    /// Its number, from 1.
    number: usize,
}

/// The sections in order, and the number of each by its place; null where it is left out.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Sections {
    list: Vec<Section>,
    number: Numbers,
}

/// Number of each section, from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
struct Numbers {
    summary: Option<usize>,
    longlist: Option<usize>,
    scores: Option<usize>,
    economic: Option<usize>,
    dual_running: Option<usize>,
    roadmap: Option<usize>,
    verdicts: Option<usize>,
    optimiser: Option<usize>,
    calendar: Option<usize>,
    reference_class: Option<usize>,
    areas: Option<usize>,
    estate: Option<usize>,
    uncertainty: Option<usize>,
    weights: Option<usize>,
    robustness: Option<usize>,
    gates: Option<usize>,
    warnings: Option<usize>,
    evidence: Option<usize>,
    methods: Option<usize>,
}

pub(super) fn view(names: Names<'_>) -> Sections {
    let a: &Appraisal = names.0;
    let mut all = Sections::default();
    let mut add = |anchor: &'static str, title: &'static str, there: bool| {
        there.then(|| {
            let number = all.list.len() + 1;
            all.list.push(Section { anchor, title, number });
            number
        })
    };
    let priced = a.options.iter().any(|o| !o.cost.by_category.is_empty());
    let systems = !(a.services.is_empty() && a.systems.is_empty() && a.contracts.is_empty());
    let paid = a.options.iter().any(|o| !o.financial.by_body.is_empty()) && !a.organisations.is_empty();
    let s = &a.sensitivity;
    let weighed = !(s.weights.is_empty() && s.nodes.is_empty() && s.dominance.is_empty());
    let tested = weighed || !(a.implied_rates.is_empty() && s.switching.is_empty());
    all.number = Numbers {
        summary: add("summary", "Executive summary", true),
        longlist: add("longlist", "Long list", !a.longlist.is_empty()),
        scores: add("scores", "Scores and value for money", !a.criteria.is_empty()),
        economic: add("economic", "Economic and financial view", priced),
        dual_running: add("dual-running", "Dual running", !a.contracts.is_empty()),
        roadmap: add("roadmap", "Roadmap", !a.services.is_empty()),
        verdicts: add("verdicts", "Verdict by service", !a.verdicts.is_empty()),
        optimiser: add("optimiser", "The best achievable roadmap", a.optimiser.is_some()),
        calendar: add("calendar", "By when to decide", !(a.calendar.is_empty() && a.commitment.is_empty())),
        reference_class: add("reference-class", "What happened elsewhere", a.reference_class.is_some()),
        areas: add("areas", "Places and bodies", !a.services.is_empty() || paid),
        estate: add("estate", "Services and systems", systems),
        uncertainty: add("uncertainty", "How sure the figures are", a.uncertainty.is_some()),
        weights: add("weights", "What would change the answer", tested || priced),
        robustness: add("robustness", "How robust the ranking is to the weights", a.acceptability.is_some()),
        gates: add("gates", "Gates", a.options.iter().any(|o| !o.gates.is_empty())),
        warnings: add("warnings", "Warnings", true),
        evidence: add("evidence", "Assumptions and evidence", true),
        methods: add("methods", "Other methods of ranking", !a.criteria.is_empty()),
    };
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn sections_are_numbered_without_gaps() {
        let a = sample::small();
        let all = view(Names(&a));
        assert!(all.list.iter().enumerate().all(|(i, s)| s.number == i + 1));
        assert_eq!((all.number.summary, all.number.longlist), (Some(1), None));
        assert_eq!(all.number.scores, Some(2));
    }

    #[test]
    fn what_a_scenario_does_not_have_has_no_section() {
        let mut a = sample::small();
        (a.services, a.systems, a.contracts, a.organisations) = (vec![], vec![], vec![], vec![]);
        let all = view(Names(&a));
        let titles: Vec<_> = all.list.iter().map(|s| s.title).collect();
        assert!(!titles.contains(&"Roadmap") && !titles.contains(&"Dual running") && !titles.contains(&"Services and systems"));
        assert_eq!(all.number.methods, Some(all.list.len()));
    }
}
