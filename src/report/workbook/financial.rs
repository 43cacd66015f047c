//! The financial case by body and year: nominal - non-cash + VAT + transfers = cash, from the lines of each option.

use super::Book;
use super::cell::{Kind, Page, Shape, Text, cell, column, fixed, fixed_range, in_row, on, range, row};
use super::layout::{FINANCIAL, HEAD, OptionLayout, YEARS};
use super::option::attribute;
use crate::appraisal::result::{BodyFinancial, CostRow};
use rust_xlsxwriter::XlsxError;

/// Rows of a body.
const ROWS: [&str; 8] = [
    "Resources borne, cash prices",
    "of which no cash is paid",
    "Irrecoverable VAT",
    "Paid to other bodies for contracts, less received",
    "Other transfers, paid less received",
    "Cash",
    "Engine",
    "Engine minus workbook, to the penny",
];
const CASH: usize = 5;

/// Rows before the bodies of an option: its name, and the cash of all.
const BEFORE: usize = 2;

/// The first row of an option: its heading.
fn first(book: &Book<'_>, option: usize) -> u32 {
    let rows = |o: usize| BEFORE + book.appraisal.options[o].financial.by_body.len() * ROWS.len() + 1;
    row(HEAD + 1, (0..option).map(rows).sum())
}

/// A row of a body of an option.
fn of_body(book: &Book<'_>, option: usize, body: usize, part: usize) -> u32 {
    row(first(book, option), BEFORE + body * ROWS.len() + part)
}

/// The cell of an option's cash over all years.
pub(super) fn cash(book: &Book<'_>, option: usize) -> String {
    on(FINANCIAL, &fixed(first(book, option) + 1, book.layout.total()))
}

/// The column of differences, after the total: one a body, and one an option.
fn difference(book: &Book<'_>) -> u16 {
    column(book.layout.total(), 1)
}

/// All differences of cash from that of the engine, signs apart.
pub(super) fn differences(book: &Book<'_>) -> String {
    let last = first(book, book.appraisal.options.len());
    // Cells between are empty, which is nothing.
    on(FINANCIAL, &fixed_range((HEAD + 1, difference(book)), (last, difference(book))))
}

pub(super) fn page<'a>(book: &'a Book<'a>) -> Result<Page<'a>, XlsxError> {
    let mut page = book.page(FINANCIAL)?;
    page.widths(&[46.0, 24.0, 4.0])?;
    page.widths_from(YEARS, book.layout.years + 1, 12.0)?;
    page.widths_from(difference(book), 1, 14.0)?;
    page.text((0, 0), "Financial case by body", Text::Title)?;
    page.says((1, 0), (&format!("={}", super::read_me::status(book)), super::read_me::AGREES), Text::Strong)?;
    page.text(
        (2, 0),
        "Cash of each year, undiscounted, with irrecoverable VAT. Resources borne less what is not cash, plus VAT, plus transfers, is cash.",
        Text::Note,
    )?;
    page.texts((HEAD, 0), &["All figures in pounds", "Body", ""], Text::Head)?;
    let years: Vec<&str> = book.appraisal.frame.years.iter().map(String::as_str).chain(["Total", "All differences"]).collect();
    page.texts((HEAD, YEARS), &years, Text::HeadNumber)?;
    for option in 0..book.appraisal.options.len() {
        one(book, &mut page, option)?;
    }
    page.freeze(HEAD + 1, YEARS)?;
    Ok(page)
}

fn one(book: &Book<'_>, page: &mut Page<'_>, option: usize) -> Result<(), XlsxError> {
    let result = &book.appraisal.options[option];
    let (at, total) = (first(book, option), book.layout.total());
    page.text((at, 0), &result.name, Text::Heading)?;
    page.text((at + 1, 0), "Cash of all bodies", Text::Strong)?;
    for (year, value) in result.financial.cash_by_year.iter().enumerate() {
        let column = column(YEARS, year);
        let cells: Vec<String> =
            (0..result.financial.by_body.len()).map(|b| cell((of_body(book, option, b, CASH), column))).collect();
        let formula = if cells.is_empty() { "=0".to_owned() } else { format!("={}", cells.join("+")) };
        page.formula((at + 1, column), (&formula, *value), Kind::Total, Shape::Pounds)?;
    }
    let sum = format!("=SUM({})", range((at + 1, YEARS), (at + 1, total - 1)));
    page.formula((at + 1, total), (&sum, result.financial.cash), Kind::Total, Shape::Pounds)?;
    let whole = format!("=ROUND({}-{},2)", result.financial.cash, cell((at + 1, total)));
    page.formula((at + 1, difference(book)), (&whole, 0.0), Kind::Formula, Shape::Pence)?;
    result.financial.by_body.iter().enumerate().try_for_each(|(b, body)| {
        let own = Body { book, option, result: body, first: of_body(book, option, b, 0) };
        own.write(page)
    })
}

/// One body of an option being written.
struct Body<'a> {
    book: &'a Book<'a>,
    option: usize,
    result: &'a BodyFinancial,
    first: u32,
}

impl Body<'_> {
    fn write(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let (total, layout) = (self.book.layout.total(), &self.book.layout);
        for (part, label) in ROWS.into_iter().enumerate() {
            let at = row(self.first, part);
            page.text((at, 0), label, if part == CASH { Text::Strong } else { Text::Line })?;
            page.text((at, 1), &self.result.body, Text::Line)?;
            let mut sum = 0.0;
            for year in 0..layout.years {
                let (place, value) = ((at, column(YEARS, year)), self.value(part, year));
                sum += value;
                match self.formula(part, place.1) {
                    Some(formula) if part == CASH => page.formula(place, (&formula, value), Kind::Total, Shape::Pounds)?,
                    Some(formula) if part > CASH => page.formula(place, (&formula, value), Kind::Formula, Shape::Pence)?,
                    Some(formula) => page.formula(place, (&formula, value), Kind::Formula, Shape::Pounds)?,
                    None => page.number(place, value, Kind::Engine, Shape::Pounds)?,
                }
            }
            let (kind, shape) = match part {
                CASH => (Kind::Total, Shape::Pounds),
                7 => (Kind::Formula, Shape::Pence),
                _ => (Kind::Formula, Shape::Pounds),
            };
            let formula = format!("=SUM({})", range((at, YEARS), (at, total - 1)));
            page.formula((at, total), (&formula, sum), kind, shape)?;
        }
        let last = row(self.first, ROWS.len() - 1);
        let formula = format!("=SUMPRODUCT(ABS({}))", range((last, YEARS), (last, total)));
        page.formula((last, difference(self.book)), (&formula, 0.0), Kind::Formula, Shape::Pence)
    }

    fn rows(&self) -> impl Iterator<Item = &CostRow> {
        self.book.workings.options[self.option].rows.iter()
    }

    /// What a part comes to, from the rows.
    fn value(&self, part: usize, year: usize) -> f64 {
        let id = &self.result.body;
        let sum = |of: &dyn Fn(&CostRow) -> f64| 0.0 + self.rows().map(of).sum::<f64>();
        let borne = |r: &CostRow| if r.bearer == *id { r.nominal[year] } else { 0.0 };
        let paid = |r: &CostRow| if r.payer == *id { r.nominal[year] } else { 0.0 };
        match part {
            0 => sum(&borne),
            1 => sum(&|r| borne(r) * (1.0 - r.cash)),
            2 => sum(&|r| paid(r) * r.cash * r.vat),
            3 => sum(&|r| if r.bearer == r.payer { 0.0 } else { paid(r) - borne(r) }),
            4 => self.book.workings.options[self.option].transfers.get(id).map_or(0.0, |t| t[year]),
            5 | 6 => self.result.cash_by_year[year],
            _ => 0.0,
        }
    }

    /// The formula of a part in a column of years; none where it is a figure of the engine.
    fn formula(&self, part: usize, year: u16) -> Option<String> {
        let layout: &OptionLayout = &self.book.layout.options[self.option];
        let (from, to) = (layout.nominal, row(layout.nominal, layout.rows - 1));
        let kept = |at: usize| layout.on(&fixed_range((from, attribute(self.book, at)), (to, attribute(self.book, at))));
        let amounts = layout.on(&format!("{}:{}", in_row(from, year), in_row(to, year)));
        let (bearer, payer, cash, vat) = (kept(0), kept(1), kept(2), kept(3));
        let body = format!("$B{}", row(self.first, part) + 1);
        let own = |part: usize| cell((row(self.first, part), year));
        Some(match part {
            0 => format!("=SUMPRODUCT(({bearer}={body})*{amounts})"),
            1 => format!("=SUMPRODUCT(({bearer}={body})*(1-{cash})*{amounts})"),
            2 => format!("=SUMPRODUCT(({payer}={body})*{cash}*{vat}*{amounts})"),
            3 => format!("=SUMPRODUCT((({payer}={body})-({bearer}={body}))*{amounts})"),
            CASH => format!("={}-{}+{}+{}+{}", own(0), own(1), own(2), own(3), own(4)),
            7 => format!("=ROUND({}-{},2)", own(6), own(CASH)),
            _ => return None,
        })
    }
}
