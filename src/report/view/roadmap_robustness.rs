//! How the roadmap found fares where numbers turn out otherwise.

use super::names::Names;
use super::table::{Cell, Row, Table, headings};
use crate::appraisal::result::{Optimiser, PlanFaring, Robustness};
use crate::report::format;
use serde::Serialize;

/// What is said of a roadmap over draws.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RobustnessView {
    sentences: Vec<String>,
    plans: Option<Table>,
}

/// The part on draws; none where nothing was drawn.
pub(super) fn view(names: Names<'_>, found: &Optimiser) -> Option<RobustnessView> {
    let robustness = found.robustness.as_ref()?;
    Some(RobustnessView { sentences: robustness.sentences.clone(), plans: plans(names, found, robustness) })
}

fn plans(names: Names<'_>, found: &Optimiser, robustness: &Robustness) -> Option<Table> {
    let by =
        |amount: f64| if found.unit == "pounds" { format::pounds(amount) } else { format!("{} points", format::points(amount)) };
    let none = || format::NONE.to_owned();
    let row = |plan: &PlanFaring| {
        let name = match (&plan.option, plan.plan.as_str()) {
            (Some(option), _) => names.option(option),
            (None, "chosen") => "The roadmap chosen over draws".to_owned(),
            (None, _) => "The roadmap found".to_owned(),
        };
        let better = if plan.plan == "roadmap" { none() } else { format::percent(plan.better) };
        let cells = vec![
            Cell::number(format::pounds(plan.npc)),
            Cell::number(format::pounds(plan.npc_p80)),
            Cell::number(plan.p_limits.map_or_else(none, format::percent)),
            Cell::number(better),
            Cell::number(plan.better_by.map_or_else(none, by)),
            Cell::number(plan.regret.map_or_else(none, by)),
        ];
        Row::new(name, cells)
    };
    let columns = headings(&[
        "Plan",
        "Expected net present cost, £",
        "P80, £",
        "Keeps all limits",
        "Better than the roadmap found",
        "Better by, then",
        "Mean regret",
    ]);
    let count = u32::try_from(robustness.draws).map_or(f64::INFINITY, f64::from);
    let table =
        Table::new("The roadmap found and other plans over the draws", columns, robustness.plans.iter().map(row).collect());
    let note = format!(
        "Over {} draws. Keeps all limits: share of the draws, with work, money and gates as they turn out; asked of roadmaps found only. Better: share of the draws in which a plan passes every gate, has the cost or score that was asked for, and does better in what the roadmap was found for. Regret: by how much the best of the plans that keep all limits and have what was asked for does better, on average; a dash for a plan that does not.",
        format::number(count, 0)
    );
    table.stacked().noted(note).if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn plans_over_draws_say_what_is_known_of_each() {
        let a = sample::small();
        let found = sample::roadmap(&a);
        let shown = view(Names(&a), &found).expect("drawn").plans.expect("a table");
        let texts = |row: usize| shown.rows[row].cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>();
        assert_eq!(texts(0), ["£520,000", "£560,000", "63.4%", "\u{2013}", "\u{2013}", "£1,800"]);
        assert_eq!(texts(1), ["£520,000", "£560,000", "\u{2013}", "12.0%", "£15,000", "£1,800"]);
        // What does not keep all limits has no regret.
        assert_eq!(texts(2)[5], "\u{2013}");
        assert!(view(Names(&a), &Optimiser { robustness: None, ..found }).is_none());
    }
}
