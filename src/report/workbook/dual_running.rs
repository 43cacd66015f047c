//! Dual running by contract and month, and its sums against the sheets of options.

use super::Book;
use super::cell::{Kind, Page, Shape, Text, cell, column, fixed_range, on, range, row};
use super::layout::DUAL_RUNNING;
use crate::appraisal::result::DualRunningMonth;
use crate::report::format;
use rust_xlsxwriter::XlsxError;

const HEAD: u32 = 3;
const FIRST: u32 = HEAD + 1;
/// Columns: option, contract, month; then the parts.
const PARTS: u16 = 3;
const HEADS: [&str; 11] = [
    "Option",
    "Contract",
    "Month",
    "In live use",
    "Head start",
    "Overlap",
    "Stranded",
    "Read-only archive",
    "Dual running",
    "Invoice",
    "Invoice minus parts, to the penny",
];
const DUAL: u16 = 8;
const INVOICE: u16 = 9;
const CHECK: u16 = 10;

/// Whether any contract has dual running.
pub(super) fn is_there(book: &Book<'_>) -> bool {
    count(book) > 0
}

fn count(book: &Book<'_>) -> usize {
    book.workings.options.iter().map(|o| o.dual_running.len()).sum()
}

/// First row of the sums by option.
fn sums(book: &Book<'_>) -> u32 {
    row(FIRST, count(book) + 4)
}

/// All differences: of each month's invoice from its parts, and of each option's sum from the engine's.
pub(super) fn differences(book: &Book<'_>) -> Vec<String> {
    let blocks = [(FIRST, count(book)), (sums(book), book.appraisal.options.len())];
    let range = |(first, rows): (u32, usize)| on(DUAL_RUNNING, &fixed_range((first, CHECK), (row(first, rows) - 1, CHECK)));
    blocks.into_iter().filter(|_| is_there(book)).map(range).collect()
}

fn parts(month: &DualRunningMonth) -> [f64; 5] {
    [month.service, month.head_start, month.overlap, month.stranded, month.archive]
}

pub(super) fn page<'a>(book: &'a Book<'a>) -> Result<Option<Page<'a>>, XlsxError> {
    if !is_there(book) {
        return Ok(None);
    }
    let mut page = book.page(DUAL_RUNNING)?;
    page.widths(&[38.0, 42.0, 14.0])?;
    page.widths_from(PARTS, HEADS.len() - usize::from(PARTS) + 1, 14.0)?;
    page.text((0, 0), "Dual running by contract and month", Text::Title)?;
    let words = "Figures of the run, cash prices before VAT: months in which something is paid that is not in live use.";
    let formula = format!(
        "=IF({}>0,\"As run, at the prices of the run: values were changed since, and this sheet does not follow them.\",\"{words}\")",
        super::read_me::changes()
    );
    page.says((1, 0), (&formula, words), Text::Note)?;
    page.text((2, 0), "The same by year, live, is in the lines of each option's sheet.", Text::Note)?;
    page.heads((HEAD, 0), &HEADS, 3)?;
    let mut at = FIRST;
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for (option, own) in book.workings.options.iter().enumerate() {
        let start = at;
        for month in &own.dual_running {
            month_row(book, &mut page, (at, option), month)?;
            at += 1;
        }
        stretches.push((start, at));
    }
    by_option(book, &mut page, &stretches)?;
    page.filter((HEAD, 0), (at - 1, CHECK))?;
    page.freeze(HEAD + 1, 3)?;
    Ok(Some(page))
}

fn month_row(
    book: &Book<'_>,
    page: &mut Page<'_>,
    (at, option): (u32, usize),
    month: &DualRunningMonth,
) -> Result<(), XlsxError> {
    page.text((at, 0), &book.appraisal.options[option].name, Text::Line)?;
    page.text((at, 1), &book.appraisal.contracts[month.contract].name, Text::Line)?;
    page.date((at, 2), &month.month)?;
    let own = parts(month);
    for (i, amount) in own.iter().enumerate() {
        page.number((at, column(PARTS, i)), *amount, Kind::Engine, Shape::Pence)?;
    }
    let dual = format!("=SUM({})", range((at, PARTS + 1), (at, DUAL - 1)));
    page.formula((at, DUAL), (&dual, own[1..].iter().sum()), Kind::Formula, Shape::Pence)?;
    page.number((at, INVOICE), month.invoice, Kind::Engine, Shape::Pence)?;
    let cells = [cell((at, INVOICE)), format!("({}+{})", cell((at, PARTS)), cell((at, DUAL)))];
    page.difference((at, CHECK), (&cells, [month.invoice, own.iter().sum()]), 2, Shape::Pence)?;
    Ok(())
}

/// Sums over months, with the engine's own sum of dual running.
fn by_option(book: &Book<'_>, page: &mut Page<'_>, stretches: &[(u32, u32)]) -> Result<(), XlsxError> {
    let first = sums(book);
    page.text((first - 2, 0), "Sums over these months", Text::Heading)?;
    let heads = ["Option", "", "", "", "Head start", "Overlap", "Stranded", "Read-only archive", "Dual running", "Engine"];
    page.heads((first - 1, 0), &heads, 3)?;
    page.text((first - 1, CHECK), "Engine minus sum, to the penny", Text::HeadNumber)?;
    for (i, option) in book.appraisal.options.iter().enumerate() {
        let at = row(first, i);
        page.text((at, 0), &option.name, Text::Line)?;
        let (from, to) = stretches[i];
        let mut all = 0.0;
        for part in 1..=5 {
            let place = column(PARTS, part);
            let months = &book.workings.options[i].dual_running;
            let of = |m: &DualRunningMonth| parts(m).get(part).copied().unwrap_or_else(|| parts(m)[1..].iter().sum());
            let value: f64 = 0.0 + months.iter().map(of).sum::<f64>();
            all = value;
            let formula = if from < to { format!("=SUM({})", range((from, place), (to - 1, place))) } else { "=0".to_owned() };
            page.formula((at, place), (&formula, value), Kind::Formula, Shape::Pence)?;
        }
        let invoiced = option.dual_running.by_contract.iter().map(|c| c.head_start + c.overlap + c.stranded + c.archive);
        let invoiced = 0.0 + invoiced.sum::<f64>();
        page.number((at, INVOICE), invoiced, Kind::Engine, Shape::Pence)?;
        // The last of the parts is the sum of all.
        page.difference((at, CHECK), (&[cell((at, INVOICE)), cell((at, DUAL))], [invoiced, all]), 2, Shape::Pence)?;
    }
    page.text((row(first, book.appraisal.options.len()), 0), note(book).as_str(), Text::Note)
}

fn note(book: &Book<'_>) -> String {
    let contracts = book.appraisal.contracts.len();
    format!(
        "{} in all; months without dual running are left out. Archives kept outside contracts are on the sheets of options.",
        format::count(contracts, "contract", "contracts")
    )
}
