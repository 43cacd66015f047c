//! The assumptions log, its evidence, sources and published parameters.

use super::names::Names;
use super::summary::evidence_sentence;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::AssumptionView;
use crate::report::format;
use serde::Serialize;

/// The evidence section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Evidence {
    sentence: String,
    shares: Table,
    count: String,
    assumptions: Option<Table>,
    sources: Option<Table>,
    parameters: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Evidence {
    let all = &names.0.assumptions;
    let defaults = all.iter().filter(|a| a.origin == "default").count();
    let count = match (all.len(), defaults) {
        (0, _) => "No assumptions are recorded.".to_owned(),
        (n, 0) => {
            format!("{} given in the scenario, none filled from the default library.", format::count(n, "number", "numbers"))
        }
        (n, d) => format!(
            "{}: {} given in the scenario, {d} filled from the default library.",
            format::count(n, "number", "numbers"),
            n - d
        ),
    };
    Evidence {
        sentence: evidence_sentence(names),
        shares: shares(names),
        count,
        assumptions: assumptions(names),
        sources: sources(names),
        parameters: parameters(names),
    }
}

fn shares(names: Names<'_>) -> Table {
    let e = &names.0.evidence;
    let rows = [
        ("Sourced", "every number under the line has a source", e.sourced),
        ("Derived", "sourced, or derived from sourced numbers", e.derived),
        ("Estimate", "at least one number is an estimate", e.estimate),
        ("Not checked", "at least one number was not checked against its source", e.unchecked),
        ("No source", "at least one number has no source", e.none),
    ];
    let rows = rows.map(|(name, what, share)| Row::new(name, vec![Cell::number(format::percent(share))]).detailed(what));
    let caption = format!("Share of the gross present cost of {} by its weakest evidence", names.option(&e.option));
    Table::new(caption, headings(&["Weakest evidence under a cost line", "Share"]), rows.to_vec())
}

fn assumptions(names: Names<'_>) -> Option<Table> {
    // What the leading option's cost rests on most comes first.
    let mut all: Vec<&AssumptionView> = names.0.assumptions.iter().collect();
    all.sort_by(|a, b| b.share_of_cost.total_cmp(&a.share_of_cost));
    let rows = all.into_iter().map(assumption);
    let columns =
        headings(&["Assumption", "Value", "Range", "Unit", "Evidence", "Quality", "Source and basis", "Where", "Share of cost"]);
    Table::new(
        "Assumptions log: every number of the scenario, those under most of the leading option's cost first",
        columns,
        rows.collect(),
    )
    .landscape()
    .if_any()
}

fn assumption(a: &AssumptionView) -> Row {
    let value = |v: f64| format::plain(v, 4);
    let range = match (a.low, a.high) {
        (Some(low), Some(high)) => format!("{} to {}", value(low), value(high)),
        (Some(low), None) => format!("from {}", value(low)),
        (None, Some(high)) => format!("up to {}", value(high)),
        (None, None) => format::NONE.to_owned(),
    };
    let quality = a.quality.as_ref().map_or_else(|| "Not rated".to_owned(), |q| format::words(q));
    let unsourced = if a.evidence == "estimate" { "Estimate: see its basis" } else { "No source given" };
    let source = Cell::text(a.source.clone().unwrap_or_else(|| unsourced.to_owned()));
    let source = match &a.basis {
        Some(basis) => source.detailed(basis),
        None => source,
    };
    let place = Cell::text(format!("{}:{}", a.file, a.line)).detailed(format::words(&a.origin));
    let cells = vec![
        Cell::number(value(a.value)),
        Cell::number(range),
        Cell::text(&a.unit),
        Cell::text(format::words(&a.evidence)),
        Cell::text(quality),
        source,
        place,
        Cell::number(format::percent(a.share_of_cost)),
    ];
    Row { detail: Some(a.id.clone()), ..Row::new(&a.name, cells) }
}

fn sources(names: Names<'_>) -> Option<Table> {
    let rows = names.0.sources.iter().map(|s| {
        let link = s.url.clone().filter(|u| format::is_web_address(u));
        // An address that is not http(s) is shown, never linked.
        let shown = if link.is_none() { s.url.clone() } else { None };
        let title = Cell { link, detail: shown, ..Cell::text(&s.title) };
        let or_dash = |text: &Option<String>| Cell::text(text.clone().unwrap_or_else(|| format::NONE.to_owned()));
        Row::new(&s.id, vec![title, or_dash(&s.publisher), or_dash(&s.date)])
    });
    Table::new("Sources", headings(&["Id", "Title", "Publisher", "Date"]), rows.collect()).if_any()
}

fn parameters(names: Names<'_>) -> Option<Table> {
    let rows = names
        .0
        .parameters
        .iter()
        .map(|p| Row::new(&p.name, vec![Cell::text(&p.value), Cell::text(&p.source), Cell::text(&p.vintage)]));
    Table::new("Published parameters", headings(&["Parameter", "Value", "Source", "Vintage"]), rows.collect()).if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn only_sourced_numbers_are_called_sourced() {
        let appraisal = sample::large();
        for (given, row) in appraisal.assumptions.iter().zip(&assumptions(Names(&appraisal)).expect("a log").rows) {
            assert_eq!(row.cells[3].text == "Sourced", given.evidence == "sourced");
        }
    }

    #[test]
    fn odd_addresses_are_text() {
        let mut appraisal = sample::small();
        appraisal.sources[0].url = Some("javascript:alert(1)".into());
        let table = sources(Names(&appraisal)).expect("a source");
        assert_eq!(table.rows[0].cells[0].link, None);
        assert_eq!(table.rows[0].cells[0].detail.as_deref(), Some("javascript:alert(1)"));
    }
}
