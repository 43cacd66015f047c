//! The cells of an .xlsx file as they are, before anything is made of them.

use super::cell::Cell;
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::Cursor;

/// Most cells that are read of a workbook: hundreds of times those of the largest scenario.
const MOST: usize = 5_000_000;

/// One cell: what it holds, and whether it is the result of a formula.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Raw {
    /// What it holds.
    pub cell: Cell,
    /// Its formula.
    pub formula: Option<String>,
    /// Why it cannot be used, if it cannot.
    pub fault: Option<String>,
}

/// A sheet: its name and its cells by row and column, from 0.
#[derive(Debug, Clone)]
pub(super) struct RawSheet {
    /// Name.
    pub name: String,
    /// Cells that hold anything.
    pub cells: BTreeMap<(u32, u32), Raw>,
}

/// The sheets of a workbook.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<RawSheet>, String> {
    // A file that is damaged may trip the reader up in ways that it does not report.
    let read = std::panic::catch_unwind(|| read_all(bytes));
    read.unwrap_or_else(|_| Err("its parts do not fit together".to_owned()))
}

fn read_all(bytes: &[u8]) -> Result<Vec<RawSheet>, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let mut left = MOST;
    let names: Vec<String> =
        book.sheets_metadata().iter().filter(|s| s.typ == calamine::SheetType::WorkSheet).map(|s| s.name.clone()).collect();
    names.into_iter().map(|name| sheet(&mut book, name, &mut left)).collect()
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: String, left: &mut usize) -> Result<RawSheet, String> {
    let failed = |e: calamine::XlsxError| format!("sheet `{name}`: {e}");
    let mut cells = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(&name).map_err(failed)?;
    while let Some(found) = reader.next_cell_with_formula().map_err(failed)? {
        let raw = raw(found.value, found.formula);
        if raw.cell != Cell::Empty || raw.fault.is_some() {
            *left = left.checked_sub(1).ok_or_else(|| format!("it has more than {MOST} cells"))?;
            cells.insert(found.pos, raw);
        }
    }
    Ok(RawSheet { name, cells })
}

fn raw(value: DataRef<'_>, formula: Option<String>) -> Raw {
    let mut fault = None;
    let cell = match value {
        DataRef::Empty => Cell::Empty,
        #[expect(clippy::cast_precision_loss, reason = "a workbook keeps all numbers as floating point")]
        DataRef::Int(number) => Cell::Number(number as f64),
        DataRef::Float(number) => Cell::Number(number),
        DataRef::String(text) => text_cell(&text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(flag) => Cell::Flag(flag),
        DataRef::DateTime(when) => date_cell(when),
        DataRef::DateTimeIso(text) => text.get(..10).and_then(|d| d.parse().ok()).map_or(Cell::Text(text.clone()), Cell::Date),
        DataRef::DurationIso(text) => Cell::Text(text),
        DataRef::Error(error) => {
            fault = Some(format!("the cell shows the error {error}"));
            Cell::Empty
        }
    };
    if formula.is_some() && cell == Cell::Empty && fault.is_none() {
        fault = Some("the cell holds a formula whose result is empty or was not saved".to_owned());
    }
    Raw { cell, formula, fault }
}

fn text_cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.replace("\r\n", "\n")) }
}

/// A number with the format of a date. A time of day, or a length of time, is left as the number.
fn date_cell(when: ExcelDateTime) -> Cell {
    let (year, month, day, ..) = when.to_ymd_hms_milli();
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    let date = match parts {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
        _ => None,
    };
    match date {
        Some(date) if when.is_datetime() && when.as_f64().fract() == 0.0 && when.as_f64() >= 1.0 => Cell::Date(date),
        _ => Cell::Number(when.as_f64()),
    }
}
