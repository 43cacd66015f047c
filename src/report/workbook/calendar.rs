//! By when what has to be decided.

use super::Book;
use super::cell::{Page, Text, row};
use super::layout::CALENDAR;
use rust_xlsxwriter::XlsxError;

const HEAD: u32 = 3;

pub(super) fn page<'a>(book: &'a Book<'a>) -> Result<Option<Page<'a>>, XlsxError> {
    let entries = &book.appraisal.calendar;
    if entries.is_empty() {
        return Ok(None);
    }
    let mut page = book.page(CALENDAR)?;
    page.widths(&[14.0, 12.0, 60.0, 36.0, 44.0, 70.0])?;
    page.text((0, 0), "Decision calendar", Text::Title)?;
    page.text((1, 0), "Last safe dates as in the run: they do not follow changes here.", Text::Note)?;
    page.texts((HEAD, 0), &["By", "Overdue", "What", "Contract", "Options", "If not"], Text::Head)?;
    let options = |ids: &[String]| {
        if ids.len() == book.appraisal.options.len() {
            return "All options".to_owned();
        }
        let name = |id: &String| book.appraisal.options.iter().find(|o| o.id == *id).map_or(id.clone(), |o| o.name.clone());
        ids.iter().map(name).collect::<Vec<_>>().join("; ")
    };
    for (i, entry) in entries.iter().enumerate() {
        let at = row(HEAD + 1, i);
        let contract = entry.contract.as_ref();
        let contract = contract.map_or("", |id| book.appraisal.contracts.iter().find(|c| c.id == *id).map_or(id, |c| &c.name));
        page.date((at, 0), &entry.date)?;
        page.text((at, 1), if entry.overdue { "Overdue" } else { "" }, Text::Line)?;
        page.text((at, 2), &entry.what, Text::Wrapped)?;
        page.text((at, 3), contract, Text::Wrapped)?;
        page.text((at, 4), &options(&entry.options), Text::Wrapped)?;
        page.text((at, 5), &entry.consequence, Text::Wrapped)?;
    }
    page.filter((HEAD, 0), (row(HEAD, entries.len()), 5))?;
    page.freeze(HEAD + 1, 0)?;
    Ok(Some(page))
}
