//! Factors: prices, discounting, price indices of contracts, optimism bias. Every formula by year uses them.

use super::cell::{At, Kind, Page, Shape, Text, column, fixed_range, row};
use super::layout::{FACTORS, HEAD, YEARS};
use super::{Book, cell};
use rust_xlsxwriter::XlsxError;

/// Rows before the indices of contracts: deflator and the two discount factors.
const BEFORE: usize = 3;

/// The column that says whether a factor may be changed, and the word for it.
const CHANGING: u16 = 2;
const LIVE: &str = "Live";

/// First row of factors.
const FIRST: u32 = HEAD + 1;

/// The row of the deflator.
pub(super) const DEFLATOR: u32 = FIRST;

/// The row of discount factors, standard or for effects on health.
pub(super) fn discount(health: bool) -> u32 {
    if health { FIRST + 2 } else { FIRST + 1 }
}

/// The row of a contract's index.
pub(super) fn index(contract: usize) -> u32 {
    row(FIRST, BEFORE + contract)
}

/// Rows of factors by year.
fn count(book: &Book<'_>) -> usize {
    BEFORE + book.workings.indices.len()
}

/// First row of the factors as they were in the run.
fn as_run(book: &Book<'_>) -> u32 {
    row(FIRST, count(book) + 3)
}

/// The cell of an adjustment for optimism bias.
pub(super) fn bias(book: &Book<'_>, at: usize) -> At {
    (row(as_run(book), count(book) + 4 + at), YEARS + 2)
}

/// A formula for how many factors were changed.
pub(super) fn changed(book: &Book<'_>) -> String {
    let [now, then, _] = blocks(book);
    format!("SUMPRODUCT(--({now}<>{then}))")
}

/// A formula for how many factors were changed that the workbook does not follow.
pub(super) fn beyond(book: &Book<'_>) -> String {
    let [now, then, changing] = blocks(book);
    format!("SUMPRODUCT(({changing}<>\"{LIVE}\")*({now}<>{then}))")
}

/// Factors by year, the same as they were in the run, and whether they may be changed.
fn blocks(book: &Book<'_>) -> [String; 3] {
    let last = |first: u32| row(first, count(book) - 1);
    let years = |first: u32| cell::on(FACTORS, &fixed_range((first, YEARS), (last(first), book.layout.last_year())));
    let changing = cell::on(FACTORS, &fixed_range((FIRST, CHANGING), (last(FIRST), CHANGING)));
    [years(FIRST), years(as_run(book)), changing]
}

pub(super) fn page<'a>(book: &'a Book<'_>) -> Result<Page<'a>, XlsxError> {
    let mut page = book.page(FACTORS)?;
    let frame = &book.appraisal.frame;
    page.widths(&[66.0, 44.0, 14.0])?;
    page.widths_from(YEARS, book.layout.years, 11.0)?;
    page.text((0, 0), "Factors by year", Text::Title)?;
    page.text(
        (1, 0),
        "Change a factor on yellow to see what it does to every sheet. Decisions (leaving a contract early, how records are kept) stay as they were: run again to confirm.",
        Text::Note,
    )?;
    heads(book, &mut page, HEAD)?;
    block(book, &mut page, FIRST, true)?;
    let kept = as_run(book);
    page.text((kept - 2, 0), "The same as run, to tell what was changed", Text::Heading)?;
    heads(book, &mut page, kept - 1)?;
    block(book, &mut page, kept, false)?;
    biases(book, &mut page)?;
    page.freeze(HEAD + 1, YEARS)?;
    page.text((2, 0), &format!("Year-0 prices are of {}. Deflator: {}", frame.price_base, frame.deflator_source), Text::Note)?;
    Ok(page)
}

fn heads(book: &Book<'_>, page: &mut Page<'_>, at: u32) -> Result<(), XlsxError> {
    page.texts((at, 0), &["Factor", "What it is", "Changing it"], Text::Head)?;
    let years: Vec<&str> = book.appraisal.frame.years.iter().map(String::as_str).collect();
    page.texts((at, YEARS), &years, Text::HeadNumber)
}

fn block(book: &Book<'_>, page: &mut Page<'_>, first: u32, live: bool) -> Result<(), XlsxError> {
    let (frame, workings) = (&book.appraisal.frame, book.workings);
    let named = |i: usize| book.appraisal.contracts.get(i).map_or("", |c| c.name.as_str());
    let mut rows: Vec<(String, &str, bool, &[f64])> = vec![
        ("Deflator".to_owned(), "Cash prices over year-0 prices", workings.deflator_live, &frame.deflator),
        ("Discount factor, standard".to_owned(), "Present value of a pound of the year", true, &frame.discount_factors),
        ("Discount factor, health effects".to_owned(), "Present value of a pound of the year", true, &workings.health_factors),
    ];
    rows.extend(workings.indices.iter().enumerate().map(|(i, index)| {
        let what = "Contract price index; 1 in the year of its prices";
        (format!("Index: {}", named(i)), what, index.own_year_only, index.by_year.as_slice())
    }));
    for (i, (name, what, own, by_year)) in rows.iter().enumerate() {
        let at = row(first, i);
        page.text((at, 0), name, Text::Line)?;
        page.text((at, 1), what, Text::Line)?;
        let kind = match (live, own) {
            (false, _) => Kind::Engine,
            (true, true) => Kind::Input,
            (true, false) => Kind::Engine,
        };
        if live {
            page.text((at, CHANGING), if *own { LIVE } else { "Run again" }, Text::Line)?;
        }
        for (year, factor) in by_year.iter().enumerate() {
            page.number((at, column(YEARS, year)), *factor, kind, Shape::Factor)?;
        }
    }
    Ok(())
}

fn biases(book: &Book<'_>, page: &mut Page<'_>) -> Result<(), XlsxError> {
    if book.workings.biases.is_empty() {
        return Ok(());
    }
    let (first, _) = bias(book, 0);
    page.text((first - 2, 0), "Optimism bias on money", Text::Heading)?;
    page.heads(
        (first - 1, 0),
        &["Adjustment", "Uplift before mitigation is on the sheet Assumptions", "Changing it", "Before", "Left", "Uplift"],
        3,
    )?;
    for (i, own) in book.workings.biases.iter().enumerate() {
        let (at, uplift) = bias(book, i);
        let before = &book.layout.names[own.assumption];
        page.text((at, 0), &own.id, Text::Line)?;
        page.text((at, 1), &book.appraisal.assumptions[own.assumption].name, Text::Line)?;
        page.text((at, 2), "On Assumptions", Text::Line)?;
        page.formula((at, YEARS), (&format!("={before}"), own.before), Kind::Formula, Shape::Factor)?;
        page.number((at, YEARS + 1), own.left, Kind::Engine, Shape::Factor)?;
        let product = format!("={}*{}", cell::cell((at, YEARS)), cell::cell((at, YEARS + 1)));
        page.formula((at, uplift), (&product, own.before * own.left), Kind::Formula, Shape::Factor)?;
    }
    Ok(())
}
