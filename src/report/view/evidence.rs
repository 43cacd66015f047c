//! The assumptions log, its evidence, sources and published parameters.

use super::names::Names;
use super::summary::evidence_sentence;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::{AssumptionView, Defaults};
use crate::report::format;
use indexmap::IndexMap;
use serde::Serialize;

/// The evidence section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Evidence {
    sentence: String,
    shares: Table,
    count: String,
    defaults: Option<String>,
    swings: Option<Table>,
    assumptions: Option<Table>,
    bases: Option<Table>,
    sources: Option<Table>,
    parameters: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Evidence {
    let all = &names.0.assumptions;
    let defaults = all.iter().filter(|a| a.origin == "default").count();
    let count = match (all.len(), defaults) {
        (0, _) => "No assumptions are recorded.".to_owned(),
        (n, 0) => {
            format!("{} given in the scenario, none defaulted.", format::count(n, "number", "numbers"))
        }
        (n, d) => format!("{}: {} given in the scenario, {d} defaulted.", format::count(n, "number", "numbers"), n - d),
    };
    // What the leading option's cost rests on most comes first.
    let mut log: Vec<&AssumptionView> = all.iter().collect();
    log.sort_by(|a, b| b.share_of_cost.total_cmp(&a.share_of_cost));
    let rest = log.split_off(log.len().min(NUMBERS));
    let bases = SharedBases::of(&log);
    Evidence {
        sentence: evidence_sentence(names),
        shares: shares(names),
        count,
        defaults: names.0.defaults.as_ref().map(|d| d.sentence.clone()),
        swings: names.0.defaults.as_ref().and_then(|d| swings(names, d)),
        assumptions: assumptions(&log, &rest, &bases),
        bases: bases.table(),
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

/// Reasons given for several numbers: they are told once, under a number of their own.
struct SharedBases<'a>(Vec<(&'a str, usize)>);

impl<'a> SharedBases<'a> {
    /// Numbers that must share a reason, and letters that it must have, for a reference to be shorter.
    const NUMBERS: usize = 2;
    const LETTERS: usize = 60;

    /// In the order in which the log comes to them.
    fn of(log: &[&'a AssumptionView]) -> Self {
        let mut bases: IndexMap<&str, usize> = IndexMap::new();
        for basis in log.iter().filter_map(|a| a.basis.as_deref()) {
            *bases.entry(basis).or_default() += 1;
        }
        let shared = bases.into_iter().filter(|(basis, n)| *n >= Self::NUMBERS && basis.chars().count() > Self::LETTERS);
        Self(shared.collect())
    }

    /// The number of a shared reason, from 1.
    fn number(&self, basis: &str) -> Option<usize> {
        self.0.iter().position(|(shared, _)| *shared == basis).map(|i| i + 1)
    }

    fn table(&self) -> Option<Table> {
        let rows = self.0.iter().enumerate().map(|(i, (basis, numbers))| {
            let cells = vec![Cell::text(*basis), Cell::number(numbers.to_string())];
            Row { anchor: Some(format!("basis-{}", i + 1)), ..Row::new(format!("Basis {}", i + 1), cells) }
        });
        let columns = headings(&["Basis", "Why these values", "Numbers that rest on it"]);
        Table::new("Reasons that several numbers share", columns, rows.collect()).dense().if_any()
    }
}

/// Numbers with rows of their own, more than any hand could give a source to; the rest is in the results.
const NUMBERS: usize = 2000;

/// The log, with a word on the rest that has no row.
fn assumptions(log: &[&AssumptionView], rest: &[&AssumptionView], bases: &SharedBases<'_>) -> Option<Table> {
    let rows = log.iter().map(|a| assumption(a, bases));
    let columns =
        headings(&["Assumption", "Value", "Range", "Unit", "Evidence, quality", "Source and basis", "Where", "Share of cost"]);
    let which = if rest.is_empty() { "every number of the scenario, those" } else { "the numbers" };
    let caption = format!("Assumptions log: {which} under most of the leading option's cost first");
    let table = Table::new(caption, columns, rows.collect()).landscape().dense().filtered();
    match rest.first() {
        None => table.if_any(),
        Some(next) => {
            let (rest, share) = (format::count(rest.len(), "number", "numbers"), format::percent(next.share_of_cost));
            table.noted(format!("{rest} more, each under {share} of that cost or less, are in appraisal.json.")).if_any()
        }
    }
}

fn assumption(a: &AssumptionView, bases: &SharedBases<'_>) -> Row {
    // What is read as a percentage is shown as one, to two places: 3.25% is not 3.3%.
    let (ratio, unit) = match a.unit.as_str() {
        "share" => (true, "%"),
        "share a year" => (true, "% a year"),
        "uplift" => (true, "% on top"),
        other => (false, other),
    };
    let value = |v: f64| if ratio { format!("{}%", format::plain(100.0 * v, 2)) } else { figure(v) };
    let range = match (a.low, a.high) {
        (Some(low), Some(high)) => format!("{} to {}", value(low), value(high)),
        (Some(low), None) => format!("from {}", value(low)),
        (None, Some(high)) => format!("up to {}", value(high)),
        (None, None) => format::NONE.to_owned(),
    };
    let quality = a.quality.as_ref().map_or_else(|| "Not rated".to_owned(), |q| format::words(q));
    let place = Cell::text(format!("{}:{}", a.file, a.line));
    // Where nothing is said, the scenario itself gives the number.
    let place = if a.origin == "given" { place } else { place.detailed(format::words(&a.origin)) };
    let cells = vec![
        Cell::number(value(a.value)),
        Cell::number(range),
        Cell::text(unit),
        Cell::text(format::words(&a.evidence)).detailed(quality),
        source_and_basis(a, bases),
        place,
        Cell::number(format::percent(a.share_of_cost)),
    ];
    Row { detail: Some(a.id.clone()), ..Row::new(&a.name, cells) }
}

/// A number with as many decimals as its size gives a meaning to: what was filled by arithmetic has many more.
fn figure(value: f64) -> String {
    match value.abs() {
        size if size >= 1_000.0 => format::plain(value, 0),
        size if size >= 100.0 => format::plain(value, 2),
        _ => format::plain(value, 4),
    }
}

fn source_and_basis(a: &AssumptionView, bases: &SharedBases<'_>) -> Cell {
    let shared = a.basis.as_deref().and_then(|b| bases.number(b));
    match (&a.source, &a.basis, shared) {
        (source, _, Some(number)) => {
            let before = source.as_ref().map_or_else(String::new, |s| format!("{s}, "));
            let text = format!("{before}{} {number}", if source.is_some() { "basis" } else { "Basis" });
            Cell { link: Some(format!("#basis-{number}")), ..Cell::text(text) }
        }
        (Some(source), Some(basis), _) => Cell::text(source).detailed(basis),
        (Some(only), None, _) | (None, Some(only), _) => Cell::text(only),
        (None, None, _) => Cell::text("No source given"),
    }
}

/// What is worth finding out first, with the difference at both ends.
fn swings(names: Names<'_>, defaults: &Defaults) -> Option<Table> {
    let (first, second) = (names.option(defaults.option.as_ref()?), names.option(defaults.against.as_ref()?));
    let rows = defaults.swings.iter().map(|s| {
        let range = |x: f64| default_value(x, &s.unit);
        let cells = vec![
            Cell::text(format!("{} to {}", range(s.low), range(s.high))),
            Cell::number(format::pounds(s.at_low)),
            Cell::number(format::pounds(s.at_high)),
        ];
        let other = s.against.as_ref().map(|id| format!("{} (less that of {})", s.name, names.option(id)));
        Row { detail: Some(s.input.clone()), ..Row::new(other.as_ref().unwrap_or(&s.name), cells) }
    });
    let columns = headings(&["Defaulted number", "Range", "Difference at its low", "Difference at its high"]);
    let caption = format!("Worth finding out first: net present cost of {first} less that of {second}");
    Table::new(caption, columns, rows.collect()).if_any()
}

/// A number in its unit.
fn default_value(x: f64, unit: &str) -> String {
    match unit {
        "share" | "share a year" | "uplift" => format!("{}%", format::plain(100.0 * x, 2)),
        unit => format!("{} {unit}", format::plain(x, 2)),
    }
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
        let log: Vec<_> = appraisal.assumptions.iter().collect();
        for (given, row) in log.iter().zip(&assumptions(&log, &[], &SharedBases::of(&log)).expect("a log").rows) {
            assert_eq!(row.cells[3].text == "Sourced", given.evidence == "sourced");
        }
    }

    #[test]
    fn a_reason_that_several_share_is_told_once() {
        let mut appraisal = sample::large();
        let reason = "Average of the three quotes received in the last procurement, uplifted by the indexation clause";
        // Every second of the sixty numbers gives that reason; one more gives a short one.
        appraisal.assumptions[1].basis = Some("Agreed".into());
        let log: Vec<_> = appraisal.assumptions.iter().collect();
        let bases = SharedBases::of(&log);
        assert_eq!(bases.0, [(reason, 30)]);
        let row = |i: usize| source_and_basis(&appraisal.assumptions[i], &bases);
        assert_eq!((row(0).text.as_str(), row(0).link.as_deref()), ("contract register 2023, basis 1", Some("#basis-1")));
        assert_eq!(row(1), Cell::text("contract register 2023").detailed("Agreed"));
        assert_eq!(row(2).text, "Basis 1");
        assert_eq!(row(3), Cell::text("No source given"));
        let table = bases.table().expect("one");
        assert_eq!(table.rows[0].anchor.as_deref(), Some("basis-1"));
        assert_eq!((table.rows[0].cells[0].text.as_str(), table.rows[0].cells[1].text.as_str()), (reason, "30"));
        // A number alone tells its own reason.
        assert!(SharedBases::of(&log[..2]).table().is_none());
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
