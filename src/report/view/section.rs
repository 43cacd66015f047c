//! The sections of the pack: a part of the case that a scenario does not have has no section, and those that are there
//! are numbered in their order.

use super::names::Names;
use crate::appraisal::result::Appraisal;
use crate::report::Extent;
use serde::Serialize;
use std::collections::BTreeMap;

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
    number: BTreeMap<&'static str, Option<usize>>,
}

/// A place on the page, its heading, and whether the board pack has it.
type Place = (&'static str, &'static str, bool);

/// Every section in order. What a board does not read in a meeting is in the full pack alone.
const ORDER: [Place; 24] = [
    ("summary", "Executive summary", true),
    ("estate", "Case for change and the estate today", true),
    ("objectives", "Objectives, criteria and weights", true),
    ("longlist", "From the long list to the short list", true),
    ("options", "The options", true),
    ("scores", "Non-financial appraisal", true),
    ("economic", "Economic appraisal", true),
    ("financial", "Financial case: who pays, and when", true),
    ("roadmap", "Transition: the roadmap", false),
    ("dual_running", "Transition: dual running", true),
    ("calendar", "Transition: by when to decide", true),
    ("uncertainty", "Risk and uncertainty", true),
    ("weights", "Sensitivity: what would change the answer", false),
    ("robustness", "Sensitivity: how robust the ranking is to the weights", false),
    ("optimiser", "The best achievable roadmap", true),
    ("verdicts", "Verdict by service", true),
    ("areas", "Places and bodies", false),
    ("reference_class", "What happened elsewhere", false),
    ("cases", "Commercial and management case, assessments", false),
    ("recommendation", "Recommendation and next steps", true),
    ("warnings", "Warnings", false),
    ("evidence", "Appendix: assumptions and evidence", false),
    ("methods", "Appendix: other methods of ranking", false),
    ("record", "Appendix: method, glossary, run record and assurance", false),
];

/// Whether a scenario has what a section is about.
fn there(a: &Appraisal, section: &str) -> bool {
    let priced = a.options.iter().any(|o| !o.cost.by_category.is_empty());
    let paid = a.options.iter().any(|o| !o.financial.by_body.is_empty()) && !a.organisations.is_empty();
    let s = &a.sensitivity;
    let weighed = !(s.weights.is_empty() && s.nodes.is_empty() && s.dominance.is_empty());
    let tested = weighed || !(a.implied_rates.is_empty() && s.switching.is_empty());
    match section {
        "estate" => {
            let systems = !(a.services.is_empty() && a.systems.is_empty() && a.contracts.is_empty());
            systems || a.narrative.iter().any(|p| p.id == "case_for_change" && p.text.is_some())
        }
        "objectives" => !(a.criteria.is_empty() && a.objectives.is_empty() && a.success_factors.is_empty()),
        "longlist" => !a.longlist.is_empty() || a.options.iter().any(|o| !o.gates.is_empty()),
        "options" => !a.options.is_empty(),
        "scores" | "methods" => !a.criteria.is_empty(),
        "economic" => priced,
        "financial" => priced || paid,
        "dual_running" => !a.contracts.is_empty(),
        "roadmap" | "areas" => !a.services.is_empty(),
        "verdicts" => !a.verdicts.is_empty(),
        "optimiser" => a.optimiser.is_some(),
        "calendar" => !(a.calendar.is_empty() && a.commitment.is_empty()),
        "reference_class" => a.reference_class.is_some(),
        "uncertainty" => a.uncertainty.is_some() || !a.hazards.is_empty() || !a.risks.is_empty(),
        "weights" => tested || priced,
        "robustness" => a.acceptability.is_some(),
        _ => true,
    }
}

pub(super) fn view(names: Names<'_>, extent: Extent) -> Sections {
    let number = ORDER.iter().map(|(id, _, _)| (*id, None)).collect();
    let mut all = Sections { list: Vec::new(), number };
    let kept = ORDER.iter().filter(|(id, _, board)| (*board || extent == Extent::Full) && there(names.0, id));
    for (i, (id, title, _)) in kept.enumerate() {
        all.list.push(Section { anchor: anchor(id), title, number: i + 1 });
        all.number.insert(id, Some(i + 1));
    }
    all
}

/// Where a section is on the page.
fn anchor(id: &'static str) -> &'static str {
    match id {
        "dual_running" => "dual-running",
        "reference_class" => "reference-class",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn sections_are_numbered_without_gaps() {
        let a = sample::small();
        for extent in [Extent::Full, Extent::Board] {
            let all = view(Names(&a), extent);
            assert!(all.list.iter().enumerate().all(|(i, s)| s.number == i + 1));
            assert_eq!((all.number["summary"], all.number["optimiser"]), (Some(1), None));
        }
        assert!(view(Names(&a), Extent::Board).number["evidence"].is_none());
    }

    #[test]
    fn what_a_scenario_does_not_have_has_no_section() {
        let mut a = sample::small();
        (a.services, a.systems, a.contracts, a.organisations) = (vec![], vec![], vec![], vec![]);
        let all = view(Names(&a), Extent::Full);
        for id in ["roadmap", "dual_running", "estate", "areas"] {
            assert!(all.number[id].is_none(), "{id}");
        }
        assert_eq!(all.number["record"], Some(all.list.len()));
    }
}
