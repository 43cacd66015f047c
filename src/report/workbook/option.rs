//! The sheet of one option: cost lines by year, from price times quantity to cash prices to year-0 prices to present
//! value, and what the engine has for every sum.

use super::Book;
use super::cell::{Kind, Page, Shape, Text, cell, column, fixed, fixed_range, in_row, on, range, row};
use super::factors;
use super::layout::{FACTORS, HEAD, OptionLayout, PARTS, YEARS};
use crate::appraisal::result::{CostRow, Made, OptionResult, OptionWorkings};
use crate::report::format;
use rust_xlsxwriter::XlsxError;

/// One option being written.
struct Sheet<'a> {
    book: &'a Book<'a>,
    result: &'a OptionResult,
    workings: &'a OptionWorkings,
    layout: &'a OptionLayout,
}

/// What quantities are. They have no total: a quantity is of its year.
const QUANTITIES: &str = "Units times the part of the year for which they are charged, times uplift and suite discount. In them are bands, minimum, true-up and ratchet; staff whom services share, counted once; on rows of archives the read-only share; in the year of leaving the charge for it as a share of what is left to pay. Cash prices are price times quantity, times index where the row is an invoice of its year.";

/// Columns after the total, in the block of cash prices.
const AFTER: [&str; 5] = ["Borne by", "Paid by", "Share in cash", "Irrecoverable VAT", "Discounting"];

/// The column of an attribute, by position among those after the total.
pub(super) fn attribute(book: &Book<'_>, at: usize) -> u16 {
    column(book.layout.total(), 1 + at)
}

pub(super) fn page<'a>(book: &'a Book<'a>, at: usize) -> Result<Page<'a>, XlsxError> {
    let (result, workings) = (&book.appraisal.options[at], &book.workings.options[at]);
    let option = Sheet { book, result, workings, layout: &book.layout.options[at] };
    let mut page = book.page(&option.layout.sheet)?;
    page.widths(&[60.0, 27.0, 14.0])?;
    page.widths_from(YEARS, book.layout.years + 1, 10.5)?;
    page.widths_from(attribute(book, 0), AFTER.len(), 12.0)?;
    page.text((0, 0), &result.name, Text::Title)?;
    let (status, words) = super::read_me::status(book);
    page.says((1, 0), (&status, words), Text::Strong)?;
    page.text((2, 0), &option.remark(), Text::Note)?;
    page.texts((HEAD, 0), &["All figures in pounds", "Category", "Made of"], Text::Head)?;
    let years: Vec<&str> = book.appraisal.frame.years.iter().map(String::as_str).chain(["Total"]).collect();
    page.texts((HEAD, YEARS), &years, Text::HeadNumber)?;
    option.categories(&mut page, true)?;
    option.parts(&mut page)?;
    option.categories(&mut page, false)?;
    option.lines(&mut page, Basis::Nominal)?;
    option.lines(&mut page, Basis::Real)?;
    option.lines(&mut page, Basis::Present)?;
    option.quantities(&mut page)?;
    option.attributes(&mut page)?;
    page.freeze(HEAD + 1, YEARS)?;
    let last = row(option.layout.quantities, option.workings.rows.len().max(1));
    let end = option.layout.quantity_rows.iter().copied().max().unwrap_or(last).max(last);
    page.print((end + 3, book.layout.total()))?;
    Ok(page)
}

/// The cells of differences between engine and workbook on the sheet of an option: of each block, all years and the total.
pub(super) fn differences(book: &Book<'_>, at: usize) -> Vec<String> {
    let layout = &book.layout.options[at];
    let n = layout.categories.len().max(1);
    let blocks = [
        (layout.present_categories, n),
        (layout.cash_categories, n),
        (layout.nominal, layout.rows),
        (layout.real, layout.rows),
        (layout.present, layout.rows),
    ];
    let of = |(first, rows): (u32, usize)| {
        let [.., difference] = OptionLayout::below(first, rows);
        layout.on(&fixed_range((difference, YEARS), (difference, book.layout.total())))
    };
    blocks.into_iter().map(of).collect()
}

/// Net present cost of an option as its rows have it.
pub(super) fn net_present_cost(book: &Book<'_>, at: usize) -> f64 {
    0.0 + book.workings.options[at].rows.iter().flat_map(|r| &r.present).sum::<f64>()
}

/// What the amounts of a block are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Basis {
    Nominal,
    Real,
    Present,
}

impl Basis {
    fn of(self, row: &CostRow) -> &[f64] {
        match self {
            Self::Nominal => &row.nominal,
            Self::Real => &row.real,
            Self::Present => &row.present,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Nominal => "Cost lines in cash prices of each year, before VAT",
            Self::Real => "Cost lines in year-0 prices: cash prices over the deflator",
            Self::Present => "Cost lines in present value: year-0 prices times the discount factor",
        }
    }
}

impl Sheet<'_> {
    fn remark(&self) -> String {
        let kind = format::words(&self.result.kind);
        let found = self.result.optimised.is_some();
        let told = if found {
            " Its plan was found by the optimiser at the figures of the run and is kept here; at other prices a run may find another."
        } else {
            ""
        };
        format!("{kind}. Economic view: resource costs without VAT and without transfers between bodies.{told}")
    }

    /// What a row is; with the body that pays where bodies share a line, and with how many lines it holds where it is
    /// not one.
    fn label(&self, i: usize) -> String {
        let own = &self.workings.rows[i];
        let what = &self.result.cost.lines[own.line].what;
        if own.lines > 1 {
            return format!("{} lines, {} among them", own.lines, format::uncapitalised(what));
        }
        let shares = |at: Option<usize>| at.and_then(|at| self.workings.rows.get(at)).is_some_and(|r| r.line == own.line);
        if shares(i.checked_sub(1)) || shares(Some(i + 1)) {
            format!("{what} ({})", self.book.layout.body(&own.payer))
        } else {
            what.clone()
        }
    }

    fn first(&self, basis: Basis) -> u32 {
        match basis {
            Basis::Nominal => self.layout.nominal,
            Basis::Real => self.layout.real,
            Basis::Present => self.layout.present,
        }
    }

    fn years(&self) -> usize {
        self.book.layout.years
    }

    /// What the engine has for a year, a category or all of them, from the results and not from the rows.
    fn engine(&self, year: usize, category: &str, basis: Basis) -> f64 {
        let year = &self.book.appraisal.frame.years[year];
        let own = self.result.cost.by_year.iter().filter(|y| y.year == *year && (category.is_empty() || y.category == category));
        0.0 + own
            .map(|y| match basis {
                Basis::Nominal => y.nominal,
                Basis::Real => y.real,
                Basis::Present => y.present,
            })
            .sum::<f64>()
    }

    /// Amounts of rows by year, all rows or those of a category.
    fn sums(&self, basis: Basis, category: Option<&str>) -> Vec<f64> {
        let lines = &self.result.cost.lines;
        let own = self.workings.rows.iter().filter(|r| category.is_none_or(|c| lines[r.line].category == c));
        let mut sums = vec![0.0; self.years()];
        for r in own {
            basis.of(r).iter().zip(&mut sums).for_each(|(a, sum)| *sum += a);
        }
        sums
    }

    /// A row of formulas by year, and their sum.
    fn across(
        &self,
        page: &mut Page<'_>,
        at: u32,
        cells: impl Iterator<Item = (String, f64)>,
        look: (Kind, Shape),
    ) -> Result<(), XlsxError> {
        let mut sum = 0.0;
        for (year, (formula, value)) in cells.enumerate() {
            page.formula((at, column(YEARS, year)), (&formula, value), look.0, look.1)?;
            sum += value;
        }
        self.total(page, at, sum, look)
    }

    fn total(&self, page: &mut Page<'_>, at: u32, sum: f64, (kind, shape): (Kind, Shape)) -> Result<(), XlsxError> {
        let formula = format!("=SUM({})", range((at, YEARS), (at, self.book.layout.last_year())));
        page.formula((at, self.book.layout.total()), (&formula, sum), kind, shape)
    }

    /// Sum of a block, the engine's figure, and the difference.
    fn below(&self, page: &mut Page<'_>, (first, rows): (u32, usize), basis: Basis, sums: &[f64]) -> Result<(), XlsxError> {
        let [total, engine, difference] = OptionLayout::below(first, rows);
        page.text((total, 0), "Sum", Text::Strong)?;
        page.text((engine, 0), "Engine", Text::Line)?;
        page.text((difference, 0), "Engine minus workbook, to the penny", Text::Line)?;
        let column_sum = |year: usize| {
            let column = column(YEARS, year);
            (format!("=SUM({})", range((first, column), (total - 1, column))), sums[year])
        };
        self.across(page, total, (0..self.years()).map(column_sum), (Kind::Total, Shape::Pounds))?;
        for year in 0..self.years() {
            let value = self.engine(year, "", basis);
            page.number((engine, column(YEARS, year)), value, Kind::Engine, Shape::Pounds)?;
        }
        let whole = match basis {
            Basis::Nominal => self.result.cost.nominal,
            Basis::Real => self.result.cost.real,
            Basis::Present => self.result.cost.npc,
        };
        page.number((engine, self.book.layout.total()), whole, Kind::Engine, Shape::Pounds)?;
        for at in 0..=self.years() {
            let column = column(YEARS, at);
            let figures =
                if at < self.years() { [self.engine(at, "", basis), sums[at]] } else { [whole, 0.0 + sums.iter().sum::<f64>()] };
            let cells = [cell((engine, column)), cell((total, column))];
            page.difference((difference, column), (&cells, figures), 2, Shape::Pence)?;
        }
        Ok(())
    }

    /// Sums by category, discounted or in cash prices.
    fn categories(&self, page: &mut Page<'_>, present: bool) -> Result<(), XlsxError> {
        let (first, basis, words) = if present {
            (self.layout.present_categories, Basis::Present, "Present value by category")
        } else {
            (self.layout.cash_categories, Basis::Nominal, "Cash prices by category, before VAT")
        };
        page.text((first - 1, 0), words, Text::Heading)?;
        let from = self.first(basis);
        let to = row(from, self.layout.rows - 1);
        let labels = fixed_range((from, 1), (to, 1));
        for (i, category) in self.layout.categories.iter().enumerate() {
            let at = row(first, i);
            page.text((at, 0), &format::words(category), Text::Line)?;
            let sums = self.sums(basis, Some(category));
            let cells = (0..self.years()).map(|year| {
                let column = column(YEARS, year);
                let amounts = format!("{}:{}", in_row(from, column), in_row(to, column));
                (format!("=SUMIF({labels},$A{},{amounts})", at + 1), sums[year])
            });
            self.across(page, at, cells, (Kind::Formula, Shape::Pounds))?;
        }
        self.below(page, (first, self.layout.categories.len().max(1)), basis, &self.sums(basis, None))
    }

    /// Net present cost taken apart, as the criteria take it.
    fn parts(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let labels = ["Dual running", "Priced staff time", "Scored by another criterion", "Cost criterion", "Net present cost"];
        page.text((self.layout.identity - 1, 0), "Net present cost taken apart, in present value", Text::Heading)?;
        let words = |codes: &[&str]| codes.iter().map(|c| format::words(c)).collect::<Vec<_>>();
        let groups: [&[&str]; 3] =
            [&["head_start", "overlap", "archive", "stranded"], &["internal_effort", "training", "dip"], &["scored_elsewhere"]];
        let first = self.layout.present_categories;
        let last = row(first, self.layout.categories.len().max(1) - 1);
        let all = self.sums(Basis::Present, None);
        for (i, label) in labels.into_iter().enumerate() {
            let at = row(self.layout.identity, i);
            page.text((at, 0), label, if PARTS[i] == "net_present_cost" { Text::Strong } else { Text::Line })?;
            let of = |codes: &[&str], year: usize| codes.iter().map(|c| self.sums(Basis::Present, Some(c))[year]).sum::<f64>();
            let cells = (0..self.years()).map(|year| {
                let column = column(YEARS, year);
                let amounts = format!("{}:{}", in_row(first, column), in_row(last, column));
                let above = |n: u32| cell((at - n, column));
                match i {
                    0..3 => {
                        let one = |w: &String| format!("SUMIF({},\"{w}\",{amounts})", fixed_range((first, 0), (last, 0)));
                        let formula = words(groups[i]).iter().map(one).collect::<Vec<_>>().join("+");
                        (format!("={formula}"), 0.0 + of(groups[i], year))
                    }
                    3 => {
                        let apart: f64 = groups.iter().map(|g| of(g, year)).sum();
                        (format!("=SUM({amounts})-{}-{}-{}", above(1), above(2), above(3)), all[year] - apart)
                    }
                    _ => (format!("={}+{}+{}+{}", above(1), above(2), above(3), above(4)), all[year]),
                }
            });
            let kind = if i == 4 { Kind::Total } else { Kind::Formula };
            self.across(page, at, cells.collect::<Vec<_>>().into_iter(), (kind, Shape::Pounds))?;
        }
        Ok(())
    }

    /// All cost lines on one basis.
    fn lines(&self, page: &mut Page<'_>, basis: Basis) -> Result<(), XlsxError> {
        let first = self.first(basis);
        page.text((first - 1, 0), basis.words(), Text::Heading)?;
        if self.workings.rows.is_empty() {
            page.text((first, 0), "This option has no cost lines", Text::Line)?;
            self.across(page, first, (0..self.years()).map(|_| ("=0".to_owned(), 0.0)), (Kind::Formula, Shape::Pounds))?;
        }
        for (i, own) in self.workings.rows.iter().enumerate() {
            let at = row(first, i);
            let line = &self.result.cost.lines[own.line];
            page.text((at, 0), &self.label(i), Text::Line)?;
            page.text((at, 1), &format::words(&line.category), Text::Line)?;
            let own_basis = own.in_cash_prices == (basis == Basis::Nominal) && basis != Basis::Present;
            page.text((at, 2), if own_basis { made(own) } else { "" }, Text::Line)?;
            let amounts = basis.of(own);
            for (year, amount) in amounts.iter().enumerate() {
                let place = (at, column(YEARS, year));
                match self.formula(i, own, (basis, own_basis), year) {
                    Some(formula) => page.formula(place, (&formula, *amount), Kind::Formula, Shape::Pounds)?,
                    None => page.number(place, *amount, Kind::Engine, Shape::Pounds)?,
                }
            }
            self.total(page, at, amounts.iter().sum(), (Kind::Formula, Shape::Pounds))?;
        }
        self.below(page, (first, self.layout.rows), basis, &self.sums(basis, None))
    }

    /// The formula of a row's amount in a year; none where it is the engine's.
    fn formula(&self, i: usize, own: &CostRow, (basis, own_basis): (Basis, bool), year: usize) -> Option<String> {
        let column = column(YEARS, year);
        let factor = |at: u32| on(FACTORS, &in_row(at, column));
        let same = |basis: Basis, i: usize| cell((row(self.first(basis), i), column));
        if own_basis {
            return match &own.made {
                Made::Amounts => None,
                Made::Bias { row: base, bias } => {
                    let (at, uplift) = factors::bias(self.book, *bias);
                    Some(format!("={}*ABS({})", on(FACTORS, &fixed(at, uplift)), same(basis, *base)))
                }
                Made::Prices { contract, terms } => {
                    let from = self.layout.quantity_rows[i];
                    let to = row(from, terms.len() - 1);
                    let prices = fixed_range((from, 2), (to, 2));
                    let quantities = format!("{}:{}", in_row(from, column), in_row(to, column));
                    let sum = match terms.len() {
                        1 => format!("{}*{}", fixed(from, 2), in_row(from, column)),
                        _ => format!("SUMPRODUCT({prices},{quantities})"),
                    };
                    Some(contract.map_or(format!("={sum}"), |c| format!("={sum}*{}", factor(factors::index(c)))))
                }
            };
        }
        Some(match basis {
            Basis::Nominal => format!("={}*{}", same(Basis::Real, i), factor(factors::DEFLATOR)),
            Basis::Real => format!("={}/{}", same(Basis::Nominal, i), factor(factors::DEFLATOR)),
            Basis::Present => format!("={}*{}", same(Basis::Real, i), factor(factors::discount(own.health))),
        })
    }

    /// What is charged at each price, by year.
    fn quantities(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let first = self.layout.quantities;
        if !self.workings.rows.iter().any(|r| matches!(r.made, Made::Prices { .. })) {
            return Ok(());
        }
        page.text((first - 3, 0), "Quantities charged at each price", Text::Heading)?;
        page.text((first - 2, 0), QUANTITIES, Text::Note)?;
        page.texts((first - 1, 0), &["Price, or line", "Category"], Text::Head)?;
        let years = self.book.appraisal.frame.years.iter().map(String::as_str);
        let heads: Vec<&str> = ["Price"].into_iter().chain(years).collect();
        page.texts((first - 1, 2), &heads, Text::HeadNumber)?;
        for (i, (own, start)) in self.workings.rows.iter().zip(&self.layout.quantity_rows).enumerate() {
            let Made::Prices { terms, .. } = &own.made else { continue };
            let line = &self.result.cost.lines[own.line];
            for (n, term) in terms.iter().enumerate() {
                let at = row(*start, n);
                let price = &self.book.appraisal.assumptions[term.assumption];
                let label = if terms.len() > 1 { format!("{}: {}", self.label(i), price.name) } else { self.label(i) };
                page.text((at, 0), &label, Text::Line)?;
                page.text((at, 1), &format::words(&line.category), Text::Line)?;
                page.formula(
                    (at, 2),
                    (&format!("={}", self.book.layout.names[term.assumption]), price.value),
                    Kind::Formula,
                    Shape::Quantity,
                )?;
                for (year, quantity) in term.quantity.iter().enumerate() {
                    page.number((at, column(YEARS, year)), *quantity, Kind::Engine, Shape::Quantity)?;
                }
            }
        }
        Ok(())
    }

    /// Who bears and pays each line, and how much of it in cash.
    fn attributes(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        page.texts((HEAD, attribute(self.book, 0)), &AFTER, Text::Head)?;
        for (i, own) in self.workings.rows.iter().enumerate() {
            let at = row(self.layout.nominal, i);
            page.text((at, attribute(self.book, 0)), self.book.layout.body(&own.bearer), Text::Line)?;
            page.text((at, attribute(self.book, 1)), self.book.layout.body(&own.payer), Text::Line)?;
            page.number((at, attribute(self.book, 2)), own.cash, Kind::Engine, Shape::Share)?;
            page.number((at, attribute(self.book, 3)), own.vat, Kind::Engine, Shape::Share)?;
            page.text((at, attribute(self.book, 4)), if own.health { "Health" } else { "Standard" }, Text::Line)?;
        }
        Ok(())
    }
}

/// What a row is made of, in words.
fn made(row: &CostRow) -> &'static str {
    match row.made {
        Made::Amounts => "Engine",
        Made::Prices { .. } => "Price x quantity",
        Made::Bias { .. } => "Uplift x line",
    }
}
