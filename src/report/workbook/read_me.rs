//! The first sheet: what the workbook is, whether it agrees with the engine, how to use it, what made it.

use super::cell::{Kind, Page, Shape, Text, cell, column, fixed, on, row};
use super::layout::{ASSUMPTIONS, CALENDAR, CRITERIA, DUAL_RUNNING, FACTORS, FINANCIAL, OPTIONS, READ_ME, RECORD, UNCERTAINTY};
use super::{Book, assumptions, criteria, dual_running, factors, financial, option};
use crate::appraisal::result::Made;
use rust_xlsxwriter::XlsxError;

/// What the status says of a workbook as it was written.
const AGREES: &str = "Agrees with the engine to a penny; nothing was changed since the run.";
/// What it says of one that is not to be used.
const DOES_NOT: &str = "DOES NOT AGREE with the engine: do not use.";

/// How far sheets are from the engine as they are written, signs apart: in pounds, and in points for the scores.
#[derive(Debug, Default)]
pub(super) struct Apart {
    pub(super) options: Vec<f64>,
    pub(super) financial: f64,
    pub(super) dual_running: f64,
    pub(super) points: f64,
}

impl Apart {
    fn pounds(&self) -> f64 {
        self.options.iter().sum::<f64>() + self.financial + self.dual_running
    }

    /// The test of the status.
    pub(super) fn agrees(&self) -> bool {
        self.pounds() < 0.01 && self.points < 0.000_001
    }
}

/// Rows of the status.
const STATUS: u32 = 5;
const CHANGED: u32 = 6;
const BEYOND: u32 = 7;
const DECIDING: u32 = 8;
const FACTORS_CHANGED: u32 = 9;
const WEIGHTS: u32 = 10;
const DIFFERENCE: u32 = 11;
const POINTS: u32 = 12;
/// The head of the table of options.
const TABLE: u32 = 15;

/// The words of the status on another sheet: a formula, and what it comes to.
pub(super) fn status(book: &Book<'_>) -> (String, &'static str) {
    (format!("={}", on(READ_ME, &fixed(STATUS, 1))), words(book))
}

fn words(book: &Book<'_>) -> &'static str {
    if book.agrees { AGREES } else { DOES_NOT }
}

/// A reference to how much was changed since the run: nothing is 0.
pub(super) fn changes() -> String {
    format!("({}+{})", on(READ_ME, &fixed(CHANGED, 1)), on(READ_ME, &fixed(FACTORS_CHANGED, 1)))
}

pub(super) fn page<'a>(book: &'a Book<'a>, apart: &Apart) -> Result<Page<'a>, XlsxError> {
    let mut page = book.page(READ_ME)?;
    page.widths(&[72.0, 26.0, 26.0, 26.0, 26.0])?;
    page.text((0, 0), &format!("Finance workbook: {}", book.appraisal.title), Text::Title)?;
    page.text(
        (1, 0),
        "Cost lines of every option by year. Contract charges and optimism bias are worked out here from prices, quantities, indices and uplifts; all other lines are the engine's amounts, carried by formula from year-0 prices to cash and present value.",
        Text::Line,
    )?;
    page.text((2, 0), "Beside every sum stands the engine's own figure, and the difference of the two.", Text::Line)?;
    page.text((4, 0), "Does it agree?", Text::Heading)?;
    state(book, &mut page, apart)?;
    let mut at = checks(book, &mut page, apart)? + 2;
    at = how(book, &mut page, at)? + 1;
    at = colours(&mut page, at)? + 1;
    at = sheets(book, &mut page, at)? + 1;
    made(book, &mut page, at)?;
    page.freeze(1, 0)?;
    page.print((row(at, 8), 4))?;
    Ok(page)
}

fn state(book: &Book<'_>, page: &mut Page<'_>, apart: &Apart) -> Result<(), XlsxError> {
    let here = |at: u32| cell((at, 1));
    let [changed, beyond, deciding, factors, weights, difference, points] =
        [CHANGED, BEYOND, DECIDING, FACTORS_CHANGED, WEIGHTS, DIFFERENCE, POINTS].map(here);
    // A cell that is left out is nothing.
    let formula = format!(
        "=IF({beyond}>0,\"Run the engine again: a value was changed beyond what this workbook can follow.\",\
         IF(AND({deciding}>0,{changed}+{factors}>1),\"Run the engine again to be sure: decisions rest on values that were changed together.\",\
         IF({factors}>0,\"Factors were changed: figures follow them, decisions stay as in the run. Run the engine again to confirm.\",\
         IF({changed}>0,\"Values were changed: differences from the engine are what the changes do.\",\
         IF({weights}>0,\"Weights were changed: scores follow them; ranks stay as in the run.\",\
         IF(AND({difference}<0.01,{points}<0.000001),\"{AGREES}\",\"{DOES_NOT}\"))))))"
    );
    page.text((STATUS, 0), "Status", Text::Strong)?;
    page.says((STATUS, 1), (&formula, words(book)), Text::Strong)?;
    counts(book, page, apart)
}

/// What the status is made of; only of sheets that there are.
fn counts(book: &Book<'_>, page: &mut Page<'_>, apart: &Apart) -> Result<(), XlsxError> {
    let mut count = |at: u32, label: &str, (formula, value): (&str, f64), shape: Shape| {
        page.text((at, 0), label, Text::Line)?;
        page.formula((at, 1), (&format!("={formula}"), value), Kind::Formula, shape)
    };
    let mut beyond = assumptions::beyond(book);
    count(CHANGED, "Values changed on Assumptions since the run", (&assumptions::changed(book), 0.0), Shape::Plain)?;
    if book.layout.priced {
        beyond = format!("{beyond}+{}", factors::beyond(book));
        let label = "Values changed on which a decision rests (leaving a contract early, how records are kept)";
        count(DECIDING, label, (&assumptions::deciding(book), 0.0), Shape::Plain)?;
        count(FACTORS_CHANGED, "Factors changed on Factors since the run", (&factors::changed(book), 0.0), Shape::Plain)?;
        let last = TABLE + u32::try_from(book.workings.options.len()).unwrap_or(0);
        let all = format!("SUM({}:{})", cell((TABLE + 1, 4)), cell((last + 2, 4)));
        let label = "Engine minus workbook, all sheets, signs apart, in pounds";
        count(DIFFERENCE, label, (&all, apart.pounds()), Shape::Pence)?;
    }
    count(BEYOND, "Values and factors changed beyond what the workbook can follow", (&beyond, 0.0), Shape::Plain)?;
    if let Some(changed) = criteria::changed(book) {
        count(WEIGHTS, "Weights changed on Criteria and weights since the run", (&changed, 0.0), Shape::Plain)?;
    }
    if let Some(points) = criteria::differences(book) {
        let label = "Engine minus workbook, scores, signs apart, in points";
        count(POINTS, label, (&points, apart.points), Shape::Factor)?;
    }
    Ok(())
}

/// Net present cost of each option here and in the engine; the last row.
fn checks(book: &Book<'_>, page: &mut Page<'_>, apart: &Apart) -> Result<u32, XlsxError> {
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
        let here = option::net_present_cost(book, i);
        page.formula((at, 2), (&format!("={npc}"), here), Kind::Formula, Shape::Pence)?;
        page.difference((at, 3), (&[cell((at, 1)), cell((at, 2))], [result.cost.npc, here]), 2, Shape::Pence)?;
        let sums: Vec<String> = option::differences(book, i).iter().map(|r| format!("SUMPRODUCT(ABS({r}))")).collect();
        let formula = format!("={}", sums.join("+"));
        page.formula((at, 4), (&formula, apart.options.get(i).copied().unwrap_or(0.0)), Kind::Formula, Shape::Pence)?;
    }
    let mut at = row(TABLE + 1, book.appraisal.options.len());
    let others = [
        (FINANCIAL, vec![financial::differences(book)], apart.financial),
        (DUAL_RUNNING, dual_running::differences(book), apart.dual_running),
    ];
    // A sheet that is left out has nothing to compare.
    for (name, ranges, apart) in others.into_iter().filter(|(_, ranges, _)| !ranges.is_empty()) {
        page.text((at, 0), name, Text::Line)?;
        let sums: Vec<String> = ranges.iter().map(|r| format!("SUMPRODUCT(ABS({r}))")).collect();
        page.formula((at, 4), (&format!("={}", sums.join("+")), apart), Kind::Formula, Shape::Pence)?;
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

/// Only of what this workbook has.
fn how(book: &Book<'_>, page: &mut Page<'_>, at: u32) -> Result<u32, XlsxError> {
    let rows = || book.workings.options.iter().flat_map(|o| &o.rows);
    let made_of_prices = rows().any(|r| matches!(r.made, Made::Prices { .. }));
    let follow = if made_of_prices {
        "To see where a figure comes from, follow its formula: present value, year-0 prices, cash prices, price times quantity."
    } else {
        "To see where a figure comes from, follow its formula: present value, year-0 prices, cash prices."
    };
    let all = [
        (book.layout.priced, follow),
        (
            assumptions::any_live(book),
            "To ask what another price or uplift does, change its value (yellow) on Assumptions: every sheet follows, and the status above says whether it may be relied on.",
        ),
        (
            criteria::changed(book).is_some(),
            "Weights (yellow) on Criteria and weights may be changed: scores follow. Ranks, gates and draws are as in the run.",
        ),
        (true, "All else is the engine's. To change it, change the scenario and run the engine again."),
        (
            book.layout.priced,
            "Costs are positive and benefits negative. Money is not rounded in any cell; only what is shown is.",
        ),
    ];
    let words: Vec<&str> = all.into_iter().filter(|(there, _)| *there).map(|(_, words)| words).collect();
    lines(page, at, "How to use it", &words)
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
