//! What was run, on which files, with which published figures; sources; warnings.

use super::Book;
use super::cell::{Page, Text, row};
use super::layout::RECORD;
use crate::report::format;
use rust_xlsxwriter::XlsxError;

pub(super) fn page<'a>(book: &'a Book<'a>) -> Result<Page<'a>, XlsxError> {
    let mut page = book.page(RECORD)?;
    let (run, frame) = (&book.appraisal.provenance, &book.appraisal.frame);
    page.widths(&[44.0, 70.0, 50.0, 40.0])?;
    page.text((0, 0), "Run record", Text::Title)?;
    page.text((1, 0), "The same scenario, engine and seed give this workbook again, byte for byte.", Text::Note)?;
    let facts = vec![
        ("Scenario", book.appraisal.id.clone()),
        ("Title", book.appraisal.title.clone()),
        ("As at", format::date(&book.appraisal.as_at)),
        ("Engine", format!("appraise {}", run.engine_version)),
        ("Parameter set", run.parameter_set.clone()),
        ("Library of defaults", run.defaults.clone().unwrap_or_else(|| "none".to_owned())),
        ("Seed", run.seed.map_or_else(|| "nothing was drawn".to_owned(), |s| s.to_string())),
        ("Draws", run.draws.to_string()),
        ("Years", format!("{} and {} after it", frame.year0, format::count(frame.horizon, "year", "years"))),
        ("Prices of", frame.price_base.clone()),
        ("Deflator", frame.deflator_source.clone()),
        ("How the decision is made", format::words(&frame.mode)),
        ("Rank rests on", format::words(&frame.rank_basis)),
        ("SHA-256 of the scenario", run.scenario_sha256.clone()),
    ];
    page.texts((3, 0), &["Fact", "Value"], Text::Head)?;
    for (i, (label, value)) in facts.iter().enumerate() {
        page.text((row(4, i), 0), label, Text::Line)?;
        page.text((row(4, i), 1), value, Text::Wrapped)?;
    }
    let files = run.files.iter().map(|f| [f.name.clone(), f.sha256.clone(), String::new(), String::new()]);
    let mut at = table(&mut page, row(6, facts.len()), ("Files", &["File", "SHA-256"]), files)?;
    let published = &book.appraisal.parameters;
    let published = published.iter().map(|p| [p.name.clone(), p.value.clone(), p.source.clone(), p.vintage.clone()]);
    at = table(&mut page, at, ("Published figures", &["What", "Values", "Source", "Vintage"]), published)?;
    let sources = &book.appraisal.sources;
    let sources = sources.iter().map(|s| {
        let place = s.url.clone().unwrap_or_default();
        let by = [s.publisher.clone(), s.date.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
        [s.id.clone(), s.title.clone(), by, place]
    });
    at = table(&mut page, at, ("Sources", &["Id", "Title", "Publisher and date", "Address"]), sources)?;
    let warnings = book.appraisal.warnings.iter();
    let warnings = warnings.map(|w| [format::words(&w.code), w.message.clone(), String::new(), String::new()]);
    table(&mut page, at, ("Before relying on the figures", &["About", "What to know"]), warnings)?;
    page.freeze(1, 0)?;
    Ok(page)
}

/// A table of text; the row where the next may start. Nothing is written without rows.
fn table(
    page: &mut Page<'_>,
    at: u32,
    (heading, heads): (&str, &[&str]),
    rows: impl ExactSizeIterator<Item = [String; 4]>,
) -> Result<u32, XlsxError> {
    let count = rows.len();
    if count == 0 {
        return Ok(at);
    }
    page.text((at, 0), heading, Text::Heading)?;
    page.texts((at + 1, 0), heads, Text::Head)?;
    for (i, cells) in rows.enumerate() {
        let cells = [cells[0].as_str(), &cells[1], &cells[2], &cells[3]];
        page.texts((row(at + 2, i), 0), &cells[..heads.len()], Text::Wrapped)?;
    }
    Ok(row(at + 4, count))
}
