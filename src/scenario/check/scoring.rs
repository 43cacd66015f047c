//! Criteria, panels, and what they may not count twice.

use super::place;
use crate::programme::{Category, Combination, Criterion, Measure, Programme};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;
use crate::scoring;

/// Combining by seats needs seats, and the median and the geometric mean must leave somebody some weight.
pub(super) fn panels_combine(reading: &Reading, programme: &Programme) {
    let panels = &programme.panels;
    let none = panels.list.iter().all(|p| p.seats <= 0.0);
    if panels.combination == Combination::Seats && !panels.list.is_empty() && none {
        let problem = Problem::new(Code::Weights, place(reading, "panels", 0), "panels are combined by seats but none has any");
        reading.report(problem.hint("give each panel its seats, or set combine_panels = \"equal\""));
    }
    let ruled = matches!(panels.combination, Combination::Median | Combination::Geometric);
    let weighted = || panels.list.iter().all(|p| scoring::leaf_weights(&programme.tree, p).iter().sum::<f64>() > 0.0);
    if ruled && !panels.list.is_empty() && weighted() && scoring::combined(&programme.tree, panels).is_none() {
        let rule = panels.combination.word();
        let message = format!("combined by their {rule}, the panels leave no criterion any weight");
        let problem = Problem::new(Code::Weights, place(reading, "panels", 0), message);
        reading.report(problem.hint("set combine_panels = \"equal\", or \"none\" to show each panel's ranking only"));
    }
}

/// A computed measure needs the data it is computed from.
pub(super) fn measures_have_data(reading: &Reading, programme: &Programme) {
    let register = reading.register();
    let contacts = programme.flows.iter().any(|f| register.get(f.contacts.handle()).likely > 0.0);
    drop(register);
    let mut lacking: Vec<(&str, Vec<&Criterion>)> = Vec::new();
    for criterion in &programme.tree.criteria {
        let lacks = match criterion.measure {
            Measure::Visibility if !contacts => "flows",
            Measure::Burden if programme.burden.is_none() => "burden",
            Measure::Burden if programme.flows.is_empty() => "flows",
            Measure::Capability if programme.services.iter().all(|s| s.needs.is_empty()) => "needs",
            Measure::Resilience if programme.services.is_empty() => "services",
            _ => continue,
        };
        match lacking.iter_mut().find(|(section, _)| *section == lacks) {
            Some((_, criteria)) => criteria.push(criterion),
            None => lacking.push((lacks, vec![criterion])),
        }
    }
    // What is missing is said once, however many criteria measure by it.
    for (section, criteria) in lacking {
        let one = |c: &&Criterion| format!("`criteria.{}` measures {}", c.id, c.measure.word());
        let measured = criteria.iter().map(one).collect::<Vec<_>>().join(" and ");
        let at = place(reading, "criteria", criteria[0].node.0);
        let message = format!("{measured}, for which the scenario has no [{section}]");
        reading.report(Problem::new(Code::MeasureNeedsData, at, message).hint(how_to_fill(programme, section)));
    }
}

/// What to write where a measure has no data.
fn how_to_fill(programme: &Programme, section: &str) -> String {
    let silent: Vec<&str> = programme.services.iter().filter(|s| s.contacts.is_none()).map(|s| s.id.as_str()).collect();
    if section != "flows" || programme.frame.defaults.is_none() || silent.is_empty() {
        return format!("add [{section}], or remove the criterion");
    }
    let which =
        if silent.len() == programme.services.len() { String::new() } else { format!(" (not yet: {})", silent.join(", ")) };
    format!("give `contacts` of every service{which}, and the library of defaults fills [flows]; or add [flows]")
}

/// Ranking by score needs criteria and panels.
pub(super) fn scores_have_panels(reading: &Reading, programme: &Programme) {
    if !programme.tree.criteria.is_empty() && programme.panels.list.is_empty() {
        let at = place(reading, "criteria", 0);
        let problem = Problem::new(Code::Weights, at, "there are criteria but no panel has given them points");
        reading.report(problem.hint("add [panels.NAME] with points for every criterion"));
    }
}

/// Net present cost holds everything that is priced: beside it no part of it may be a criterion, and a benefit that
/// another criterion scores counts in both. Green Book 2026, 6.95; double counting, MCDA manual (DCLG 2009), 5.4.
pub(super) fn nothing_is_scored_twice(reading: &Reading, programme: &Programme) {
    let criteria = &programme.tree.criteria;
    let Some(whole) = criteria.iter().find(|c| c.measure == Measure::NetPresentCost) else { return };
    let part = |m: &Measure| matches!(m, Measure::Cost | Measure::DualRunning | Measure::Effort | Measure::Disruption);
    for criterion in criteria.iter().filter(|c| part(&c.measure)) {
        let message =
            format!("`criteria.{}` is part of net present cost, which `criteria.{}` scores as a whole", criterion.id, whole.id);
        let problem = Problem::new(Code::ScoredTwice, place(reading, "criteria", criterion.node.0), message);
        let hint = "measure cost instead of net_present_cost, or remove the parts";
        reading.report(problem.also(place(reading, "criteria", whole.node.0), "scored as a whole here").hint(hint));
    }
    for (i, stream) in programme.streams.iter().enumerate().filter(|(_, s)| s.category == Category::ScoredElsewhere) {
        let message = format!(
            "`streams.{}` is scored by another criterion, and again in net present cost, which `criteria.{}` scores",
            stream.id, whole.id
        );
        let problem = Problem::new(Code::ScoredTwice, place(reading, "streams", i), message);
        reading.report(problem.hint("measure cost instead of net_present_cost: it leaves out what is scored elsewhere"));
    }
}
