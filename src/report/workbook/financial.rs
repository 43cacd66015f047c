//! The financial case by body and year: nominal - non-cash + VAT + transfers = cash, from the lines of each option.

use super::Book;
use super::cell::{Kind, Page, Shape, Text, cell, column, fixed, fixed_range, in_row, on, range, row, to_places};
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
const DIFFERENCE: usize = 7;

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
    let (status, words) = super::read_me::status(book);
    page.says((1, 0), (&status, words), Text::Strong)?;
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
    let own = |(b, body)| Body { book, option, result: body, first: of_body(book, option, b, 0) };
    let bodies: Vec<Body<'_>> = result.financial.by_body.iter().enumerate().map(own).collect();
    let mut all = 0.0;
    for year in 0..book.layout.years {
        let column = column(YEARS, year);
        let cells: Vec<String> = bodies.iter().map(|b| cell((row(b.first, CASH), column))).collect();
        let formula = if cells.is_empty() { "=0".to_owned() } else { format!("={}", cells.join("+")) };
        let value: f64 = 0.0 + bodies.iter().map(|b| b.value(CASH, year)).sum::<f64>();
        all += value;
        page.formula((at + 1, column), (&formula, value), Kind::Total, Shape::Pounds)?;
    }
    let sum = format!("=SUM({})", range((at + 1, YEARS), (at + 1, total - 1)));
    page.formula((at + 1, total), (&sum, all), Kind::Total, Shape::Pounds)?;
    let cells = [result.financial.cash.to_string(), cell((at + 1, total))];
    page.difference((at + 1, difference(book)), (&cells, [result.financial.cash, all]), 2, Shape::Pence)?;
    bodies.iter().try_for_each(|body| body.write(page))
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
        let mut apart = 0.0;
        for (part, label) in ROWS.into_iter().enumerate() {
            let at = row(self.first, part);
            page.text((at, 0), label, if part == CASH { Text::Strong } else { Text::Line })?;
            page.text((at, 1), layout.body(&self.result.body), Text::Line)?;
            let mut sum = 0.0;
            for year in 0..layout.years {
                let (place, value) = ((at, column(YEARS, year)), self.value(part, year));
                sum += value;
                match self.formula(part, place.1) {
                    Some(formula) if part == CASH => page.formula(place, (&formula, value), Kind::Total, Shape::Pounds)?,
                    Some(formula) => page.formula(place, (&formula, value), Kind::Formula, Shape::Pounds)?,
                    None if part == DIFFERENCE => {
                        let cells = [DIFFERENCE - 1, CASH].map(|part| cell((row(self.first, part), place.1)));
                        let figures = [self.value(DIFFERENCE - 1, year), self.value(CASH, year)];
                        apart += page.difference(place, (&cells, figures), 2, Shape::Pence)?.abs();
                    }
                    None => page.number(place, value, Kind::Engine, Shape::Pounds)?,
                }
            }
            if part == DIFFERENCE {
                page.apart(sum);
                apart += sum.abs();
            }
            let (kind, shape) = match part {
                CASH => (Kind::Total, Shape::Pounds),
                DIFFERENCE => (Kind::Formula, Shape::Pence),
                _ => (Kind::Formula, Shape::Pounds),
            };
            let formula = format!("=SUM({})", range((at, YEARS), (at, total - 1)));
            page.formula((at, total), (&formula, sum), kind, shape)?;
        }
        let last = row(self.first, ROWS.len() - 1);
        let formula = format!("=SUMPRODUCT(ABS({}))", range((last, YEARS), (last, total)));
        page.formula((last, difference(self.book)), (&formula, apart), Kind::Formula, Shape::Pence)
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
            CASH => (0..CASH).map(|part| if part == 1 { -self.value(part, year) } else { self.value(part, year) }).sum(),
            DIFFERENCE => to_places(self.value(DIFFERENCE - 1, year) - self.value(CASH, year), 2),
            _ => self.result.cash_by_year[year],
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
        // A spreadsheet's own comparison does not tell small letters from capitals.
        let is = |bodies: &str| format!("EXACT({bodies},{body})");
        let (borne, paid) = (is(&bearer), is(&payer));
        Some(match part {
            0 => format!("=SUMPRODUCT({borne}*{amounts})"),
            1 => format!("=SUMPRODUCT({borne}*(1-{cash})*{amounts})"),
            2 => format!("=SUMPRODUCT({paid}*{cash}*{vat}*{amounts})"),
            3 => format!("=SUMPRODUCT(({paid}-{borne})*{amounts})"),
            CASH => format!("={}-{}+{}+{}+{}", own(0), own(1), own(2), own(3), own(4)),
            _ => return None,
        })
    }
}
