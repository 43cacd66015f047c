//! The first sheet: what the workbook is, whether it agrees with the engine, how to use it, what made it.

use super::cell::{Kind, Page, Shape, Text, cell, column, fixed, on, row};
use super::layout::{ASSUMPTIONS, CALENDAR, CRITERIA, DUAL_RUNNING, FACTORS, FINANCIAL, OPTIONS, READ_ME, RECORD, UNCERTAINTY};
use super::{Book, assumptions, criteria, dual_running, factors, financial, option};
use rust_xlsxwriter::XlsxError;

/// What the status says of a workbook as it was written.
pub(super) const AGREES: &str = "Agrees with the engine to a penny; nothing was changed since the run.";

/// Rows of the status.
const STATUS: u32 = 5;
const CHANGED: u32 = 6;
const BEYOND: u32 = 7;
const DECIDING: u32 = 8;
const FACTORS_CHANGED: u32 = 9;
const DIFFERENCE: u32 = 10;
const POINTS: u32 = 11;
/// The head of the table of options.
const TABLE: u32 = 14;

/// A reference to the words of the status.
pub(super) fn status(_: &Book<'_>) -> String {
    on(READ_ME, &fixed(STATUS, 1))
}

/// A reference to how much was changed since the run: nothing is 0.
pub(super) fn changes() -> String {
    format!("({}+{})", on(READ_ME, &fixed(CHANGED, 1)), on(READ_ME, &fixed(FACTORS_CHANGED, 1)))
}

pub(super) fn page<'a>(book: &'a Book<'a>) -> Result<Page<'a>, XlsxError> {
    let mut page = book.page(READ_ME)?;
    page.widths(&[72.0, 26.0, 26.0, 26.0, 26.0])?;
    page.text((0, 0), &format!("Finance workbook: {}", book.appraisal.title), Text::Title)?;
    page.text(
        (1, 0),
        "Every cost line of every option by year, worked out here by live formulas from prices, quantities, indices and factors.",
        Text::Line,
    )?;
    page.text((2, 0), "Beside every sum stands the engine's own figure, and the difference of the two.", Text::Line)?;
    page.text((4, 0), "Does it agree?", Text::Heading)?;
    state(book, &mut page)?;
    let mut at = checks(book, &mut page)? + 2;
    at = how(&mut page, at)? + 1;
    at = colours(&mut page, at)? + 1;
    at = sheets(book, &mut page, at)? + 1;
    made(book, &mut page, at)?;
    page.freeze(1, 0)?;
    page.print((row(at, 8), 4))?;
    Ok(page)
}

fn state(book: &Book<'_>, page: &mut Page<'_>) -> Result<(), XlsxError> {
    let labels = [
        (STATUS, "Status"),
        (CHANGED, "Values changed on Assumptions since the run"),
        (BEYOND, "Of these, beyond what the workbook can follow"),
        (DECIDING, "Of these, values on which a decision rests (leaving a contract early, how records are kept)"),
        (FACTORS_CHANGED, "Factors changed on Factors since the run"),
        (DIFFERENCE, "Engine minus workbook, all sheets, signs apart, in pounds"),
        (POINTS, "Engine minus workbook, scores, signs apart, in points"),
    ];
    for (at, label) in labels {
        page.text((at, 0), label, if at == STATUS { Text::Strong } else { Text::Line })?;
    }
    let here = |at: u32| cell((at, 1));
    let [changed, beyond, deciding, factors, difference, points] =
        [CHANGED, BEYOND, DECIDING, FACTORS_CHANGED, DIFFERENCE, POINTS].map(here);
    let words = format!(
        "=IF({beyond}>0,\"Run the engine again: a value was changed beyond what this workbook can follow.\",\
         IF(AND({deciding}>0,{changed}+{factors}>1),\"Run the engine again to be sure: decisions rest on values that were changed together.\",\
         IF({factors}>0,\"Factors were changed: figures follow them, decisions stay as in the run. Run the engine again to confirm.\",\
         IF({changed}>0,\"Values were changed: differences from the engine are what the changes do.\",\
         IF(AND({difference}<0.01,{points}<0.000001),\"{AGREES}\",\"DOES NOT AGREE with the engine: do not use.\")))))"
    );
    page.says((STATUS, 1), (&words, AGREES), Text::Strong)?;
    let count = |page: &mut Page<'_>, at: u32, formula: &str, shape: Shape| {
        page.formula((at, 1), (&format!("={formula}"), 0.0), Kind::Formula, shape)
    };
    count(page, CHANGED, &assumptions::changed(book), Shape::Plain)?;
    count(page, BEYOND, &assumptions::beyond(book), Shape::Plain)?;
    count(page, DECIDING, &assumptions::deciding(book), Shape::Plain)?;
    let changed_factors = if book.layout.priced { factors::changed(book) } else { "0".to_owned() };
    count(page, FACTORS_CHANGED, &changed_factors, Shape::Plain)?;
    let last = TABLE + u32::try_from(book.workings.options.len()).unwrap_or(0);
    let all = if book.layout.priced { format!("SUM({}:{})", cell((TABLE + 1, 4)), cell((last + 2, 4))) } else { "0".to_owned() };
    count(page, DIFFERENCE, &all, Shape::Pence)?;
    let points = criteria::differences(book).map_or_else(|| "0".to_owned(), |r| format!("SUMPRODUCT(ABS({r}))"));
    count(page, POINTS, &points, Shape::Factor)
}

/// Net present cost of each option here and in the engine; the last row.
fn checks(book: &Book<'_>, page: &mut Page<'_>) -> Result<u32, XlsxError> {
    if !book.layout.priced {
        return Ok(TABLE - 1);
    }
    page.heads(
        (TABLE, 0),
        &[
            "Option",
            "Net present cost, engine",
            "Net present cost, workbook",
            "Engine minus workbook",
            "All differences on the sheet",
        ],
        1,
    )?;
    for (i, result) in book.appraisal.options.iter().enumerate() {
        let at = row(TABLE + 1, i);
        let layout = &book.layout.options[i];
        page.text((at, 0), &result.name, Text::Line)?;
        page.number((at, 1), result.cost.npc, Kind::Engine, Shape::Pence)?;
        let npc = layout.on(&fixed(layout.part("net_present_cost"), book.layout.total()));
        page.formula((at, 2), (&format!("={npc}"), result.cost.npc), Kind::Formula, Shape::Pence)?;
        page.formula((at, 3), (&format!("=ROUND({}-{},2)", cell((at, 1)), cell((at, 2))), 0.0), Kind::Formula, Shape::Pence)?;
        let sums: Vec<String> = option::differences(book, i).iter().map(|r| format!("SUMPRODUCT(ABS({r}))")).collect();
        page.formula((at, 4), (&format!("={}", sums.join("+")), 0.0), Kind::Formula, Shape::Pence)?;
    }
    let mut at = row(TABLE + 1, book.appraisal.options.len());
    let others = [(FINANCIAL, vec![financial::differences(book)]), (DUAL_RUNNING, dual_running::differences(book))];
    for (name, ranges) in others {
        page.text((at, 0), name, Text::Line)?;
        let sums: Vec<String> = ranges.iter().map(|r| format!("SUMPRODUCT(ABS({r}))")).chain(["0".to_owned()]).collect();
        page.formula((at, 4), (&format!("={}", sums.join("+")), 0.0), Kind::Formula, Shape::Pence)?;
        at += 1;
    }
    Ok(at - 1)
}

fn lines(page: &mut Page<'_>, mut at: u32, heading: &str, lines: &[&str]) -> Result<u32, XlsxError> {
    page.text((at, 0), heading, Text::Heading)?;
    for line in lines {
        at += 1;
        page.text((at, 0), line, Text::Line)?;
    }
    Ok(at + 1)
}

fn how(page: &mut Page<'_>, at: u32) -> Result<u32, XlsxError> {
    lines(
        page,
        at,
        "How to use it",
        &[
            "To see where a figure comes from, follow its formula: present value, year-0 prices, cash prices, price times quantity.",
            "To ask what another price does, change its value (yellow) on Assumptions: every sheet follows, and the status above says whether it may be relied on.",
            "Quantities, dates and decisions are the engine's. To change them, change the scenario and run the engine again.",
            "Weights on Criteria and weights may be changed as well; scores follow. Ranks, draws and the calendar are as in the run.",
            "Costs are positive and benefits negative. Money is not rounded in any cell; only what is shown is.",
        ],
    )
}

fn colours(page: &mut Page<'_>, at: u32) -> Result<u32, XlsxError> {
    page.text((at, 0), "Colours of cells", Text::Heading)?;
    let rows = [
        ("Live: change it here, and the workbook follows", Kind::Input),
        ("A figure of the engine: to change it, run again", Kind::Engine),
        ("A formula", Kind::Formula),
        ("A sum, by formula", Kind::Total),
    ];
    for (i, (words, kind)) in rows.into_iter().enumerate() {
        let at = row(at + 1, i);
        page.text((at, 0), words, Text::Line)?;
        match kind {
            Kind::Input | Kind::Engine => page.number((at, 1), 1234.0, kind, Shape::Pounds)?,
            Kind::Formula | Kind::Total => page.formula((at, 1), ("=1000+234", 1234.0), kind, Shape::Pounds)?,
        }
    }
    Ok(row(at + 1, rows.len()))
}

/// The sheets with what they hold; the row after the last.
fn sheets(book: &Book<'_>, page: &mut Page<'_>, at: u32) -> Result<u32, XlsxError> {
    let mut all: Vec<(String, String)> = vec![(OPTIONS.into(), "All options side by side".into())];
    let mut add = |name: &str, what: &str| all.push((name.to_owned(), what.to_owned()));
    if criteria::is_there(book) {
        add(CRITERIA, "Measures, points, weights, and the weighted totals by formula");
    }
    if book.layout.priced {
        add(FACTORS, "Deflator, discount factors, price indices of contracts, optimism bias");
        for (layout, option) in book.layout.options.iter().zip(&book.appraisal.options) {
            add(&layout.sheet, &format!("{}: cost lines by year", option.name));
        }
        add(FINANCIAL, "Cash by body and year, with VAT, non-cash items and transfers between bodies");
    }
    if dual_running::is_there(book) {
        add(DUAL_RUNNING, "Invoices by contract and month where something is paid that is not in live use");
    }
    add(ASSUMPTIONS, "Every number of the scenario, with source and quality, in a cell with a name");
    if book.appraisal.uncertainty.is_some() {
        add(UNCERTAINTY, "What the draws say of cost, cash, effort and rank");
    }
    if !book.appraisal.calendar.is_empty() {
        add(CALENDAR, "By when what has to be decided");
    }
    add(RECORD, "What was run, on which files, with which published figures; sources; warnings");
    page.text((at, 0), "Sheets", Text::Heading)?;
    for (i, (name, what)) in all.iter().enumerate() {
        page.text((row(at + 1, i), 0), what, Text::Line)?;
        page.link((row(at + 1, i), 1), name)?;
    }
    Ok(row(at + 1, all.len()))
}

fn made(book: &Book<'_>, page: &mut Page<'_>, at: u32) -> Result<(), XlsxError> {
    let run = &book.appraisal.provenance;
    page.text((at, 0), "The run", Text::Heading)?;
    let drawn = if run.draws == 0 { "none".to_owned() } else { run.draws.to_string() };
    let facts = [
        ("Scenario", book.appraisal.id.clone()),
        ("As at", crate::report::format::date(&book.appraisal.as_at)),
        ("Engine", format!("appraise {}", run.engine_version)),
        ("Draws", drawn),
        ("SHA-256 of the scenario", run.scenario_sha256.clone()),
    ];
    for (i, (label, value)) in facts.iter().enumerate() {
        page.texts((row(at + 1, i), column(0, 0)), &[label, value], Text::Line)?;
    }
    Ok(())
}
