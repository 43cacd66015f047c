//! Objectives, critical success factors, what happens next, and how weights were agreed.

use super::names::Names;
use super::table::{Cell, Row, Table, headings};
use crate::report::format;
use serde::Serialize;

/// What stands where an author gave nothing.
pub(super) const MISSING: &str = "Not provided";

/// Labels of the front-sheet fields on how weights were agreed.
pub(super) const ELICITATION: [&str; 2] = ["Workshop", "Dissent"];

/// What the options are measured against, in the author's words.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Aims {
    objectives: Option<Table>,
    factors: Option<Table>,
    elicitation: Option<Table>,
    next_steps: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Aims {
    Aims {
        objectives: objectives(names),
        factors: factors(names),
        elicitation: elicitation(names),
        next_steps: next_steps(names),
    }
}

/// Text, or that it was not given.
fn given(text: Option<&String>) -> Cell {
    text.map_or_else(|| Cell::text(MISSING), Cell::text)
}

fn day(date: Option<&String>) -> Cell {
    date.map_or_else(|| Cell::text(MISSING), |d| Cell::text(format::short_date(d)))
}

fn objectives(names: Names<'_>) -> Option<Table> {
    let rows = names.0.objectives.iter().map(|o| {
        let criteria: Vec<String> = o.criteria.iter().map(|c| names.criterion(c)).collect();
        let shown = if criteria.is_empty() { Cell::text("No criterion") } else { Cell::text(format::list(&criteria)) };
        Row::new(&o.name, vec![given(o.target.as_ref()), day(o.date.as_ref()), shown])
    });
    let columns = headings(&["Objective", "Measure and target", "By", "Criteria that show it"]);
    Table::new("Spending objectives", columns, rows.collect()).if_any()
}

fn factors(names: Names<'_>) -> Option<Table> {
    let rows = names.0.success_factors.iter().map(|f| Row::new(&f.name, vec![Cell::text(&f.meaning)]));
    Table::new("Critical success factors", headings(&["Factor", "An option meets it if"]), rows.collect()).if_any()
}

/// Who weighed the criteria, when and how, and who did not agree.
fn elicitation(names: Names<'_>) -> Option<Table> {
    if names.0.panels.is_empty() {
        return None;
    }
    let field = |label: &str| names.0.paper.iter().find(|f| f.label == label).and_then(|f| f.value.as_ref());
    let rows = ELICITATION.map(|label| Row::new(label, vec![given(field(label))]));
    Some(Table::new("How the weights were agreed", headings(&["Record", "As the author gives it"]), rows.into()))
}

fn next_steps(names: Names<'_>) -> Option<Table> {
    let rows =
        names.0.next_steps.iter().map(|s| Row::new(&s.name, vec![given(s.owner.as_ref()), day(s.date.as_ref())])).collect();
    Table::new("Next steps", headings(&["Step", "Owner", "By"]), rows).if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::{NextStepView, ObjectiveView};
    use crate::report::sample;

    #[test]
    fn what_is_not_given_says_so() {
        let mut a = sample::small();
        let criterion = a.criteria[0].id.clone();
        a.objectives = vec![
            ObjectiveView {
                name: "See the record".into(),
                target: Some("40% to 70%".into()),
                date: Some("2029-03-31".into()),
                criteria: vec![criterion],
            },
            ObjectiveView { name: "Spend less".into(), target: None, date: None, criteria: vec![] },
        ];
        a.next_steps = vec![NextStepView { name: "Ask".into(), owner: None, date: Some("2028-01-01".into()) }];
        let view = view(Names(&a));
        let cells = |t: &Option<Table>, row: usize| -> Vec<String> {
            t.as_ref().expect("a table").rows[row].cells.iter().map(|c| c.text.clone()).collect()
        };
        assert_eq!(cells(&view.objectives, 0), ["40% to 70%", "31 Mar 2029", a.criteria[0].name.as_str()]);
        assert_eq!(cells(&view.objectives, 1), [MISSING, MISSING, "No criterion"]);
        assert_eq!(cells(&view.next_steps, 0), [MISSING, "1 Jan 2028"]);
        assert!(view.factors.is_none());
    }
}
