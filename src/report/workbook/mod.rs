//! An appraisal as a workbook with live formulas: what a finance team works through and signs.
//!
//! [`render_workbook`] only writes. What cost lines are made of comes from the appraisal floor as [`Workings`]; every
//! formula is written with the figure that the engine has for it, and every sheet of an option ends in the difference of
//! the two, which is nothing. The same appraisal gives the same bytes: the file is dated by the appraisal.
//! `docs/finance-workbook.md` says what is on which sheet, and which cells may be changed.

mod assumptions;
mod calendar;
mod cell;
mod criteria;
mod dual_running;
mod factors;
mod financial;
mod layout;
mod option;
mod options;
mod read_me;
mod record;
mod uncertainty;

use crate::appraisal::result::{Appraisal, Workings};
use crate::report::RenderError;
use crate::report::format;
use cell::{Page, Styles};
use layout::Layout;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// What all sheets read.
struct Book<'a> {
    appraisal: &'a Appraisal,
    workings: &'a Workings,
    layout: Layout,
    styles: Styles,
    /// Whether all figures agree with those of the engine, as they are written.
    agrees: bool,
}

impl Book<'_> {
    /// A sheet of a name.
    fn page(&self, name: &str) -> Result<Page<'_>, XlsxError> {
        Page::new(&self.styles, name, &self.appraisal.title)
    }
}

/// The finance workbook of an appraisal: the bytes of an `.xlsx` file.
///
/// # Errors
///
/// [`RenderError::Workbook`] if a sheet cannot be written: an appraisal with more rows than a sheet can have.
pub fn render_workbook(appraisal: &Appraisal, workings: &Workings) -> Result<Vec<u8>, RenderError> {
    let layout = Layout::of(appraisal, workings);
    let mut book = Book { appraisal, workings, layout, styles: Styles::new(), agrees: true };
    let mut file = Workbook::new();
    file.set_properties(&properties(appraisal)?);
    let agrees = pages(&book)?.1;
    if !agrees {
        // Every sheet says so.
        book.agrees = false;
    }
    let (pages, _) = pages(&book)?;
    for page in pages {
        file.push_worksheet(page.finish()?);
    }
    for (at, name) in book.layout.names.iter().enumerate() {
        let (row, column) = assumptions::cell_of(at);
        file.define_name(name.as_str(), format!("={}", cell::on(layout::ASSUMPTIONS, &cell::fixed(row, column))).as_str())?;
    }
    Ok(file.save_to_buffer()?)
}

/// All sheets, and whether every difference from the engine on them is nothing.
fn pages<'a>(book: &'a Book<'a>) -> Result<(Vec<Page<'a>>, bool), XlsxError> {
    let mut pages = vec![options::page(book)?];
    let mut apart = read_me::Apart::default();
    if let Some(page) = criteria::page(book)? {
        apart.points = page.is_apart_by();
        pages.push(page);
    }
    if book.layout.priced {
        pages.push(factors::page(book)?);
        for option in 0..book.appraisal.options.len() {
            let page = option::page(book, option)?;
            apart.options.push(page.is_apart_by());
            pages.push(page);
        }
        let page = financial::page(book)?;
        apart.financial = page.is_apart_by();
        pages.push(page);
        if let Some(page) = dual_running::page(book)? {
            apart.dual_running = page.is_apart_by();
            pages.push(page);
        }
    }
    pages.push(assumptions::page(book)?);
    pages.extend(uncertainty::page(book)?);
    pages.extend(calendar::page(book)?);
    pages.push(record::page(book)?);
    pages.insert(0, read_me::page(book, &apart)?);
    Ok((pages, apart.agrees()))
}

/// Title, and the day of the appraisal as the day on which the file was made: there is no clock.
fn properties(appraisal: &Appraisal) -> Result<DocProperties, XlsxError> {
    let title: String = appraisal.title.chars().map(crate::quantity::visible).take(200).collect();
    let made = DocProperties::new().set_title(format!("Finance workbook: {title}")).set_comment(format!(
        "Made by appraise {} from scenario {}",
        appraisal.provenance.engine_version, appraisal.provenance.scenario_sha256
    ));
    let date = format::split_date(&appraisal.as_at).unwrap_or((2000, 1, 1));
    let year = u16::try_from(date.0).ok().filter(|y| (1900..=9999).contains(y)).unwrap_or(2000);
    let (month, day) = (u8::try_from(date.1).unwrap_or(1), u8::try_from(date.2).unwrap_or(1));
    Ok(made.set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?))
}
