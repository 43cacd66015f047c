//! Scores, measures, panels and gates.

use super::explained::linked;
use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::CriterionView;
use crate::report::chart::Figure;
use crate::report::chart::scores;
use crate::report::chart::value_cost;
use crate::report::format;
use serde::Serialize;

/// The scoring section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Scoring {
    scores: Option<Figure>,
    value_cost: Option<Figure>,
    combination: String,
    /// That money counts in the points too, where it does.
    money: Option<String>,
    criteria: Option<Table>,
    measures: Option<Table>,
    reported: Option<Table>,
    panels: Option<Table>,
    panel_weights: Option<Table>,
    unmonetised: Vec<Unmonetised>,
}

/// Benefits of an option that have no price.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Unmonetised {
    option: String,
    benefits: Vec<String>,
}

pub(super) fn view(names: Names<'_>) -> Scoring {
    let appraisal = names.0;
    let combination = match appraisal.panel_combination.as_str() {
        "none" => "The panels are not combined, so no single score is printed; each panel's own ranking stands below.",
        _ if appraisal.panels.is_empty() => "There is no panel, so the criteria have no weights.",
        _ if appraisal.panels.len() == 1 => "There is one panel.",
        "seats" => "Panels are combined by their number of seats.",
        "median" => "Panels are combined by the median of each weight over them, brought back to a sum of 100%.",
        "geometric" => {
            "Panels are combined by the geometric mean of each weight over them, brought back to a sum of 100%: what one panel gives no weight has none."
        }
        _ => "Panels are combined with equal weight.",
    };
    let unmonetised = appraisal
        .options
        .iter()
        .filter(|o| !o.unmonetised.is_empty())
        .map(|o| Unmonetised { option: o.name.clone(), benefits: o.unmonetised.clone() });
    Scoring {
        scores: scores::figure(appraisal),
        value_cost: value_cost::figure(appraisal),
        combination: combination.to_owned(),
        money: money(names),
        criteria: criteria(names),
        measures: measures(names),
        reported: reported(names),
        panels: panels(names),
        panel_weights: panel_weights(names),
        unmonetised: unmonetised.collect(),
    }
}

/// Which scored criteria are money, so that nobody takes the points for what money buys.
fn money(names: Names<'_>) -> Option<String> {
    let paid = names.0.criteria.iter().filter(|c| c.scored && format::is_money(&c.unit));
    let paid: Vec<String> = paid.map(|c| c.name.clone()).collect();
    let which = match paid.len() {
        0 => return None,
        1 => "One criterion is",
        _ => "Some criteria are",
    };
    let economic = names.0.options.iter().any(|o| !o.cost.by_category.is_empty());
    let after = if economic { "; the economic appraisal that follows is of money alone" } else { "" };
    Some(format!("{which} money: {}. So money counts in the points as well{after}.", format::list(&paid)))
}

/// Criteria with weights and anchors.
fn criteria(names: Names<'_>) -> Option<Table> {
    let mut rows = Vec::new();
    for criterion in &names.0.criteria {
        let direction = format::words(&criterion.direction);
        let context = if criterion.branch == criterion.name { direction } else { format!("{}. {direction}", criterion.branch) };
        let weight = match criterion.weight {
            Some(weight) if criterion.scored => format::percent(weight),
            None if criterion.scored => "By panel".to_owned(),
            _ => "Not scored".to_owned(),
        };
        let how = if criterion.measure == "judged" { "Judged" } else { "Computed" };
        let cells = vec![
            Cell::text(&criterion.unit),
            Cell::number(weight),
            Cell::number(format::measure(criterion.anchors.zero, &criterion.unit)),
            Cell::number(format::measure(criterion.anchors.hundred, &criterion.unit)),
            Cell::text(how),
        ];
        rows.push(Row::new(&criterion.name, cells).detailed(context));
    }
    let columns = headings(&["Criterion", "Unit", "Weight", "0 points at", "100 points at", "Measure"]);
    let combined = names.0.criteria.iter().any(|c| c.weight.is_some());
    let caption = if combined { "Criteria, combined weights and anchors" } else { "Criteria and anchors" };
    Table::new(caption, columns, rows).if_any()
}

/// Measures and points by option.
fn measures(names: Names<'_>) -> Option<Table> {
    let appraisal = names.0;
    let cell = |criterion: &CriterionView, id: usize| {
        let option = &appraisal.options[id];
        let measure = option.measures.get(&criterion.id);
        let cell = Cell::number(measure.map_or_else(|| format::NONE.to_owned(), |m| format::measure(*m, &criterion.unit)));
        match option.values.get(&criterion.id) {
            Some(value) => cell.detailed(format!("{} points", format::points(*value))),
            None => cell,
        }
    };
    let mut rows: Vec<Row> = appraisal
        .criteria
        .iter()
        .map(|c| {
            let cells = (0..appraisal.options.len()).map(|i| cell(c, i)).collect();
            Row::new(&c.name, cells).detailed(c.unit.clone())
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    if appraisal.options.iter().any(|o| o.score.is_some()) {
        let score = appraisal.options.iter().map(|o| {
            let text = o.score.map_or_else(|| format::NONE.to_owned(), format::points);
            linked(Cell::number(text), names, &o.id, "score")
        });
        rows.push(Row::total("Weighted score", score.collect()));
    }
    let table = Table::by_option("Measures and points by option", "Criterion", &names.options(), rows);
    Some(table.noted("Points run from 0 to 100 between the anchors; a measure beyond an anchor gives points beyond them."))
}

/// Measures shown for information.
fn reported(names: Names<'_>) -> Option<Table> {
    let mut known: Vec<(&str, &str, &str)> = Vec::new();
    for measure in names.0.options.iter().flat_map(|o| &o.reported) {
        if !known.iter().any(|k| k.0 == measure.id) {
            known.push((&measure.id, &measure.name, &measure.unit));
        }
    }
    let rows = known
        .iter()
        .map(|(id, name, unit)| {
            let cells = names.0.options.iter().map(|o| {
                let value = o.reported.iter().find(|m| m.id == *id).map(|m| format::measure(m.value, unit));
                Cell::number(value.unwrap_or_else(|| format::NONE.to_owned()))
            });
            Row::new(*name, cells.collect()).detailed(*unit)
        })
        .collect();
    Table::by_option("Reported for information, not scored", "Measure", &names.options(), rows).if_any()
}

/// Each panel's own ranking.
fn panels(names: Names<'_>) -> Option<Table> {
    let appraisal = names.0;
    let rows = appraisal
        .panels
        .iter()
        .map(|panel| {
            let cells = appraisal.options.iter().map(|option| {
                let place = panel.ranking.iter().position(|id| *id == option.id);
                let cell = place
                    .map_or_else(|| Cell::text("Not ranked"), |place| Cell::text(format::words(&format::ordinal(place + 1))));
                match panel.scores.get(&option.id) {
                    Some(score) => cell.detailed(format!("{} points", format::points(*score))),
                    None => cell,
                }
            });
            Row::new(&panel.name, cells.collect()).detailed(seats(panel.seats))
        })
        .collect();
    Table::by_option("Ranking by each panel's own weights", "Panel", &names.options(), rows).if_any()
}

fn seats(seats: f64) -> String {
    let number = format::plain(seats, 1);
    if number == "1" { "1 seat".to_owned() } else { format!("{number} seats") }
}

/// Each panel's weights.
fn panel_weights(names: Names<'_>) -> Option<Table> {
    let panels = &names.0.panels;
    if panels.is_empty() {
        return None;
    }
    let rows = names.0.criteria.iter().filter(|c| c.scored).map(|c| {
        let weight = |w: Option<&f64>| Cell::number(w.map_or_else(|| format::NONE.to_owned(), |w| format::percent(*w)));
        Row::new(&c.name, panels.iter().map(|p| weight(p.weights.get(&c.id))).collect())
    });
    let columns = std::iter::once("Criterion".to_owned()).chain(panels.iter().map(|p| p.name.clone())).collect();
    Table::new("Weights by panel", columns, rows.collect()).if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn each_rule_for_panels_has_its_own_words() {
        let mut a = sample::small();
        if a.panels.len() < 2 {
            let second = a.panels[0].clone();
            a.panels.push(second);
        }
        let mut told = std::collections::BTreeSet::new();
        for (rule, word) in [
            ("none", "not combined"),
            ("seats", "number of seats"),
            ("median", "median"),
            ("geometric", "geometric mean"),
            ("equal", "equal weight"),
        ] {
            a.panel_combination = rule.into();
            let sentence = view(Names(&a)).combination;
            assert!(sentence.contains(word), "{rule}: {sentence}");
            told.insert(sentence);
        }
        assert_eq!(told.len(), 5);
        a.panels.truncate(1);
        assert_eq!(view(Names(&a)).combination, "There is one panel.");
    }

    #[test]
    fn money_is_said_to_count_where_a_criterion_is_money() {
        let mut a = sample::small();
        a.criteria.iter_mut().for_each(|c| (c.scored, c.unit) = (true, "hours".into()));
        assert_eq!(view(Names(&a)).money, None);
        a.criteria[0].unit = "£".into();
        let name = a.criteria[0].name.clone();
        let rest = "; the economic appraisal that follows is of money alone.";
        assert_eq!(
            view(Names(&a)).money,
            Some(format!("One criterion is money: {name}. So money counts in the points as well{rest}"))
        );
        a.criteria[1].unit = "£ a year".into();
        a.options.iter_mut().for_each(|o| o.cost.by_category.clear());
        let both = format!("Some criteria are money: {name} and {}. So money counts in the points as well.", a.criteria[1].name);
        assert_eq!(view(Names(&a)).money, Some(both));
    }

    #[test]
    fn without_a_rule_for_panels_weights_are_by_panel() {
        let mut a = sample::small();
        a.panel_combination = "none".into();
        a.criteria.iter_mut().for_each(|c| c.weight = None);
        a.criteria[0].scored = false;
        let scoring = view(Names(&a));
        let weights: Vec<String> = scoring.criteria.expect("criteria").rows.iter().map(|r| r.cells[1].text.clone()).collect();
        assert_eq!(weights[..2], ["Not scored", "By panel"]);
        assert_eq!(scoring.panel_weights.expect("weights by panel").rows.len(), a.criteria.len() - 1);
    }
}
