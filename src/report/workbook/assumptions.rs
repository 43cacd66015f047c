//! Every number of the scenario in a cell with a name, and what may be changed here.

use super::Book;
use super::cell::{At, Kind, Page, Shape, Text, cell, fixed_range, on, row};
use super::layout::ASSUMPTIONS;
use crate::appraisal::result::LiveInput;
use crate::report::format;
use rust_xlsxwriter::XlsxError;

/// The row of heads, and the first of numbers.
const HEAD: u32 = 3;
const FIRST: u32 = HEAD + 1;

/// Columns.
const HEADS: [&str; 21] = [
    "What it is",
    "Value",
    "Unit",
    "Changing it",
    "Value as run",
    "Low",
    "High",
    "Source",
    "Evidence",
    "Quality",
    "Basis",
    "Given or default",
    "Live from",
    "Live to",
    "Changed: 1 live, 2 run again",
    "Decides: 1 yes",
    "Name of the cell",
    "File",
    "Line",
    "Share of cost",
    "Share of variance",
];
const VALUE: u16 = 1;
const CHANGING: u16 = 3;
const AS_RUN: u16 = 4;
const FROM: u16 = 12;
const TO: u16 = 13;
const CHANGED: u16 = 14;
const DECIDES: u16 = 15;

/// The cell of an assumption's value.
pub(super) fn cell_of(assumption: usize) -> At {
    (row(FIRST, assumption), VALUE)
}

/// A column of all assumptions, as other sheets refer to it.
fn whole(book: &Book<'_>, column: u16) -> String {
    let last = row(FIRST, book.appraisal.assumptions.len().max(1) - 1);
    on(ASSUMPTIONS, &fixed_range((FIRST, column), (last, column)))
}

/// A formula for how many values were changed.
pub(super) fn changed(book: &Book<'_>) -> String {
    format!("COUNTIF({},\">0\")", whole(book, CHANGED))
}

/// A formula for how many were changed that the workbook cannot follow.
pub(super) fn beyond(book: &Book<'_>) -> String {
    format!("COUNTIF({},2)", whole(book, CHANGED))
}

/// A formula for how many were changed on which a decision rests.
pub(super) fn deciding(book: &Book<'_>) -> String {
    format!("SUMPRODUCT(({}=1)*({}=1))", whole(book, CHANGED), whole(book, DECIDES))
}

/// Narrowest stretch, as a share of the value, that is worth calling live.
const NARROW: f64 = 1e-3;

pub(super) fn page<'a>(book: &'a Book<'a>) -> Result<Page<'a>, XlsxError> {
    let mut page = book.page(ASSUMPTIONS)?;
    page.widths(&[
        58.0, 13.0, 16.0, 30.0, 13.0, 11.0, 11.0, 26.0, 11.0, 9.0, 44.0, 11.0, 12.0, 12.0, 11.0, 9.0, 30.0, 20.0, 7.0, 9.0, 9.0,
    ])?;
    page.text((0, 0), "Assumptions", Text::Title)?;
    let words = if any_live(book) {
        "Values on yellow are live (filter on Changing it): every sheet follows them within the range given. All others need a run of the engine: change the scenario."
    } else {
        "To change a value, change the scenario and run the engine again."
    };
    page.text((1, 0), words, Text::Note)?;
    page.texts((HEAD, 0), &HEADS, Text::Head)?;
    for at in [VALUE, AS_RUN, AS_RUN + 1, AS_RUN + 2] {
        page.text((HEAD, at), HEADS[usize::from(at)], Text::HeadNumber)?;
    }
    for at in 0..book.appraisal.assumptions.len() {
        one(book, &mut page, at)?;
    }
    let last = row(FIRST, book.appraisal.assumptions.len().max(1) - 1);
    let width = u16::try_from(HEADS.len()).unwrap_or(u16::MAX);
    page.filter((HEAD, 0), (last, width - 1))?;
    page.freeze(HEAD + 1, 1)?;
    page.print((last, 11))?;
    Ok(page)
}

fn one(book: &Book<'_>, page: &mut Page<'_>, at: usize) -> Result<(), XlsxError> {
    let own = &book.appraisal.assumptions[at];
    let (line, live) = (row(FIRST, at), live(book, at));
    page.text((line, 0), &own.name, Text::Wrapped)?;
    let shape = shape(&own.unit);
    page.number((line, VALUE), own.value, if live.is_some() { Kind::Input } else { Kind::Engine }, shape)?;
    page.text((line, 2), &own.unit, Text::Aside)?;
    page.text((line, CHANGING), &changing(live.as_ref(), &own.unit), Text::Wrapped)?;
    page.number((line, AS_RUN), own.value, Kind::Engine, shape)?;
    page.maybe((line, 5), own.low, Kind::Engine, shape)?;
    page.maybe((line, 6), own.high, Kind::Engine, shape)?;
    page.text((line, 7), own.source.as_deref().unwrap_or(""), Text::Aside)?;
    page.text((line, 8), &format::words(&own.evidence), Text::Line)?;
    page.text((line, 9), &own.quality.as_deref().map(format::words).unwrap_or_default(), Text::Line)?;
    page.text((line, 10), own.basis.as_deref().unwrap_or(""), Text::Wrapped)?;
    page.text((line, 11), &format::words(&own.origin), Text::Line)?;
    let value = cell((line, VALUE));
    let changed = match &live {
        Some(range) => {
            page.number((line, FROM), range.from, Kind::Engine, Shape::Plain)?;
            page.number((line, TO), range.to, Kind::Engine, Shape::Plain)?;
            let within = format!("AND({value}>={},{value}<={})", cell((line, FROM)), cell((line, TO)));
            format!("=IF({value}={},0,IF({within},1,2))", cell((line, AS_RUN)))
        }
        None => format!("=IF({value}={},0,2)", cell((line, AS_RUN))),
    };
    page.formula((line, CHANGED), (&changed, 0.0), Kind::Formula, Shape::Plain)?;
    page.number((line, DECIDES), if live.as_ref().is_some_and(|l| l.decides) { 1.0 } else { 0.0 }, Kind::Engine, Shape::Plain)?;
    page.text((line, 16), &book.layout.names[at], Text::Line)?;
    page.text((line, 17), &own.file, Text::Line)?;
    page.number((line, 18), number_of(own.line), Kind::Engine, Shape::Plain)?;
    page.number((line, 19), own.share_of_cost, Kind::Engine, Shape::Share)?;
    page.maybe((line, 20), own.share_of_variance, Kind::Engine, Shape::Share)
}

/// Whether any value is live.
pub(super) fn any_live(book: &Book<'_>) -> bool {
    (0..book.appraisal.assumptions.len()).any(|at| live(book, at).is_some())
}

/// The range over which a value is live, if there is one worth the name.
fn live(book: &Book<'_>, at: usize) -> Option<LiveInput> {
    let (value, unit) = (book.appraisal.assumptions[at].value, book.appraisal.assumptions[at].unit.as_str());
    let own = book.workings.inputs.binary_search_by_key(&at, |l| l.assumption).ok().map(|i| &book.workings.inputs[i])?;
    let range = LiveInput { from: inward(own.from, unit, f64::ceil), to: inward(own.to, unit, f64::floor), ..own.clone() };
    let room = NARROW * value;
    (range.from <= value - room && range.to >= value + room).then_some(range)
}

/// An end of a range as it is said, so that what is said is what is tested: rounded into the range, never out of it.
fn inward(end: f64, unit: &str, round: fn(f64) -> f64) -> f64 {
    let to = |units: f64| round((end * units * 1e6).round() / 1e6) / units;
    match unit {
        _ if format::is_money(unit) => to(if end.abs() < 1_000.0 { 100.0 } else { 1.0 }),
        _ if unit == "%" || end.abs() >= 100.0 && end.abs() < 1_000.0 => to(10.0),
        _ if end.abs() >= 1_000.0 => to(1.0),
        // Percentages have a decimal.
        _ if unit.starts_with("proportion") || unit.starts_with("share") => to(1_000.0),
        _ => to(10_000.0),
    }
}

fn changing(live: Option<&LiveInput>, unit: &str) -> String {
    match live {
        None => "Run again".to_owned(),
        Some(range) => {
            format!("Live from {} to {}", format::measure(range.from, unit), format::measure(range.to, unit))
        }
    }
}

/// Pounds with their pence, and all else as it was given.
fn shape(unit: &str) -> Shape {
    if format::is_money(unit) { Shape::Pence } else { Shape::Plain }
}

fn number_of(line: usize) -> f64 {
    u32::try_from(line).map_or(f64::NAN, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_ranges_are_rounded_into_them_and_said_as_they_are_tested() {
        let ends = |end: f64, unit: &str| [inward(end, unit, f64::ceil), inward(end, unit, f64::floor)];
        for (end, unit, [up, down], said) in [
            (5_188.70, "\u{a3} a year", [5_189.0, 5_188.0], "\u{a3}5,188"),
            (162.346, "\u{a3} a user a year", [162.35, 162.34], "\u{a3}162.34"),
            (0.0, "\u{a3} a user a year", [0.0, 0.0], "\u{a3}0"),
            (0.123_456, "uplift", [0.123_5, 0.123_4], "0.1234"),
            (0.123_456, "share", [0.124, 0.123], "12.3%"),
            // What binary fractions do not hold exactly stays what it is.
            (1.1, "\u{a3} a user a year", [1.1, 1.1], "\u{a3}1.10"),
        ] {
            assert_eq!(ends(end, unit).map(f64::to_bits), [up, down].map(f64::to_bits), "{end} {unit}");
            assert_eq!(format::measure(down, unit), said);
        }
    }
}
