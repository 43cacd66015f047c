//! Gates: what every option must meet before any weighing.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::GateResult;
use crate::appraisal::result::OptionResult;
use crate::report::format;
use serde::Serialize;

/// The gates section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Gates {
    message: Option<String>,
    by_option: Option<Table>,
    passed: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Gates {
    let gates = gates(&names.0.options);
    Gates { message: message(names, &gates), by_option: by_option(names, &gates), passed: passed(names, &gates) }
}

/// A gate by id and name.
type Gate<'a> = (&'a str, &'a str);

/// All gates of all options, in order.
fn gates(options: &[OptionResult]) -> Vec<Gate<'_>> {
    let mut gates: Vec<Gate<'_>> = Vec::new();
    for gate in options.iter().flat_map(|o| &o.gates) {
        if !gates.iter().any(|known| known.0 == gate.id) {
            gates.push((&gate.id, &gate.name));
        }
    }
    gates
}

fn at<'a>(option: &'a OptionResult, gate: &Gate<'_>) -> Option<&'a GateResult> {
    option.gates.iter().find(|g| g.id == gate.0)
}

/// Who fails, in a sentence.
fn message(names: Names<'_>, gates: &[Gate<'_>]) -> Option<String> {
    let options = &names.0.options;
    let failed = |o: &&OptionResult| o.gates.iter().any(|g| !g.passed);
    let who: Vec<String> = options.iter().filter(failed).map(|o| o.name.clone()).collect();
    let text = match (options.len(), who.len()) {
        _ if gates.is_empty() => return None,
        (_, 0) => "Every option passes every gate.".to_owned(),
        (all, failed) if failed == all => "No option passes every gate.".to_owned(),
        (all, 1) => format!("{} of {all} options pass every gate. {} does not.", all - 1, who[0]),
        (all, failed) => format!("{} of {all} options pass every gate. {} do not.", all - failed, format::list(&who)),
    };
    Some(text)
}

/// Options by gate, with the reason of each failure and what follows from it.
fn by_option(names: Names<'_>, gates: &[Gate<'_>]) -> Option<Table> {
    if gates.is_empty() {
        return None;
    }
    let row = |option: &OptionResult| {
        let cell = |gate: &Gate<'_>| match at(option, gate) {
            Some(gate) if gate.passed => Cell::mood("Pass", "good"),
            Some(gate) => Cell::mood("Fail", "bad").detailed(&gate.reason),
            None => Cell::text("Does not apply"),
        };
        let then = if option.kind == "business_as_usual" {
            Cell::text("Kept as comparator")
        } else if option.rank.is_some() {
            Cell::text("Ranked")
        } else {
            Cell::mood("Not ranked", "bad")
        };
        Row::new(&option.name, gates.iter().map(cell).chain([then]).collect())
    };
    let rows = names.0.options.iter().map(row).collect();
    let mut columns = headings(&["Option"]);
    columns.extend(gates.iter().map(|g| g.1.to_owned()));
    columns.push("What follows".to_owned());
    Some(Table::new("Options by gate", columns, rows).stacked())
}

/// Why gates are passed: each reason once, with the options it holds for.
fn passed(names: Names<'_>, gates: &[Gate<'_>]) -> Option<Table> {
    let options = &names.0.options;
    let mut rows = Vec::new();
    for gate in gates {
        let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
        for option in options {
            let Some(found) = at(option, gate).filter(|g| g.passed) else { continue };
            match reasons.iter_mut().find(|(reason, _)| *reason == found.reason) {
                Some((_, who)) => who.push(option.name.clone()),
                None => reasons.push((&found.reason, vec![option.name.clone()])),
            }
        }
        for (reason, who) in reasons {
            let who = if who.len() == options.len() { "Every option".to_owned() } else { format::list(&who) };
            rows.push(Row::new(gate.1, vec![Cell::text(reason), Cell::text(who)]));
        }
    }
    Table::new("Why gates are passed", headings(&["Gate", "Reason", "Options"]), rows).if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn each_failure_has_its_reason_and_its_consequence() {
        let mut appraisal = sample::large();
        appraisal.options[0].gates[0].passed = false;
        appraisal.options[0].gates[0].reason = "Dental charting is missing.".into();
        let view = view(Names(&appraisal));
        let table = view.by_option.expect("gates");
        let text = |row: usize| table.rows[row].cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>();
        assert_eq!(table.columns.len(), 4);
        // Business as usual stays in the comparison, whatever it fails.
        assert_eq!(text(0), ["Fail", "Pass", "Kept as comparator"]);
        assert_eq!(table.rows[0].cells[0].detail.as_deref(), Some("Dental charting is missing."));
        assert_eq!(text(1), ["Pass", "Pass", "Ranked"]);
        assert_eq!(text(4), ["Fail", "Pass", "Not ranked"]);
        assert_eq!(table.rows[4].cells[0].detail.as_deref(), Some("Specialist dental loses dental charting"));
        assert_eq!(
            view.message.as_deref(),
            Some(
                "4 of 6 options pass every gate. Business as usual and Converge on one electronic patient record, dental and \
                 sexual health included do not."
            )
        );
    }

    #[test]
    fn reasons_to_pass_are_told_once() {
        let appraisal = sample::large();
        let table = view(Names(&appraisal)).passed.expect("some pass");
        let rows: Vec<[&str; 2]> = table.rows.iter().map(|r| [r.cells[0].text.as_str(), r.cells[1].text.as_str()]).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1], ["Sexual health keeps a separate record", "Every option"]);
        assert!(rows[0][1].starts_with("Business as usual, Do minimum") && !rows[0][1].contains("dental and sexual health"));
    }

    #[test]
    fn without_gates_there_is_no_table() {
        let mut appraisal = sample::small();
        for option in &mut appraisal.options {
            option.gates.clear();
        }
        let view = view(Names(&appraisal));
        assert!(view.message.is_none() && view.by_option.is_none() && view.passed.is_none());
    }
}
