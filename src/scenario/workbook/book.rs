//! The workbook as an .xlsx file.

use super::super::document::Table;
use super::super::fields::Field;
use super::super::kind::Kind;
use super::cell::{self, Cell};
use super::layout::{self, Place, Sheet};
use super::{COLUMNS, MADE_FROM, README};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, Note, Workbook, Worksheet,
    XlsxError,
};

const README_TEXT: &str = include_str!("readme.txt");

/// Most characters of a list to choose from (the limit of Excel).
const LONGEST_CHOICE: usize = 255;

/// The formats of cells.
struct Formats {
    header: Format,
    needed: Format,
    words: Format,
    day: Format,
    money: Format,
    plain: Format,
    prose: Format,
}

impl Formats {
    fn new() -> Self {
        let header = Format::new().set_bold().set_background_color("#E8EDEE").set_align(FormatAlign::Top);
        Self {
            needed: header.clone().set_italic(),
            header,
            words: Format::new().set_num_format("@"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            money: Format::new().set_num_format("#,##0"),
            plain: Format::new(),
            prose: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    /// The format of a column whose cells are still to be filled.
    fn column(&self, kind: Option<&Kind>) -> &Format {
        if cell::is_day(kind) {
            &self.day
        } else if kind.is_some() && cell::is_words(kind) {
            &self.words
        } else {
            &self.plain
        }
    }
}

/// The bytes of the workbook of a scenario; the same for the same scenario.
pub(super) fn write((title, made_from): (&str, &str), root: &Table, sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The day is fixed, so that the same scenario gives the same bytes.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let formats = Formats::new();
    readme(book.add_worksheet(), (title, made_from), sheets, &formats)?;
    for sheet in sheets {
        let page = book.add_worksheet().set_name(sheet.place.name())?;
        if sheet.place.is_single() { single(page, sheet, &formats)? } else { table(page, sheet, &formats)? }
    }
    columns(book.add_worksheet(), &formats, root)?;
    book.save_to_buffer()
}

fn readme(page: &mut Worksheet, (title, made_from): (&str, &str), sheets: &[Sheet], formats: &Formats) -> Result<(), XlsxError> {
    page.set_name(README)?.set_column_width(0, 34)?.set_column_width(1, 90)?;
    page.write_string_with_format(0, 0, title, &Format::new().set_bold().set_font_size(14))?;
    let mut row = 2;
    for line in README_TEXT.lines() {
        let (what, how) = line.split_once(": ").unwrap_or(("", line));
        page.write_string_with_format(row, 0, what, &formats.header)?;
        page.write_string_with_format(row, 1, how, &formats.prose)?;
        row += 1;
    }
    page.write_string_with_format(row, 0, MADE_FROM, &formats.header)?;
    page.write_string_with_format(row, 1, made_from, &formats.prose)?;
    row += 2;
    page.write_string_with_format(row, 0, "Sheet", &formats.header)?;
    page.write_string_with_format(row, 1, "What is in it", &formats.header)?;
    for sheet in sheets {
        row += 1;
        page.write_string_with_format(row, 0, sheet.place.name(), &formats.prose)?;
        page.write_string_with_format(row, 1, about(&sheet.place), &formats.prose)?;
    }
    Ok(())
}

/// What a sheet holds, in words.
fn about(place: &Place) -> String {
    let Some(last) = place.steps.last() else { return place.section.doc.to_owned() };
    let each = if last.listed { "in their order" } else { "each with an id of its own" };
    format!("`{}` of [{}]: one row for each, {each}", last.keys, place.section.name)
}

/// A sheet of one entry: key, value, what may stand there, what it means.
fn single(page: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    for (column, (header, width)) in
        [("key", 26), ("value", 60), ("what may stand there", 40), ("meaning", 80)].into_iter().enumerate()
    {
        let column = index(column);
        page.write_string_with_format(0, column, header, &formats.header)?.set_column_width(column, width)?;
    }
    page.set_freeze_panes(1, 1)?;
    let mut row = 0;
    for (header, kind, field) in sheet.columns() {
        row += 1;
        page.write_string_with_format(
            row,
            0,
            &header,
            if field.is_some_and(|f| f.required) { &formats.needed } else { &formats.header },
        )?;
        let held = sheet.rows.first().and_then(|r| r.cells.get(&header)).unwrap_or(&Cell::Empty);
        put(page, (row, 1), held, kind.as_ref(), formats)?;
        if let Some(field) = field {
            page.write_string_with_format(row, 2, stands(&field), &formats.prose)?;
            page.write_string_with_format(row, 3, meaning(&field), &formats.prose)?;
        }
    }
    Ok(())
}

/// A sheet with a row for each entry.
fn table(page: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    let ids = sheet.place.id_headers();
    let columns = sheet.columns();
    for (column, header) in ids.iter().enumerate() {
        let column = index(column);
        page.write_string_with_format(0, column, header, &formats.needed)?;
        page.set_column_width(column, 24)?.set_column_format(column, &formats.words)?;
    }
    page.set_freeze_panes(1, index(ids.len()))?;
    let last = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX).saturating_add(200).min(1_048_575);
    for (i, (header, kind, field)) in columns.iter().enumerate() {
        let column = index(ids.len() + i);
        let needed = field.is_some_and(|f| f.required);
        page.write_string_with_format(0, column, header, if needed { &formats.needed } else { &formats.header })?;
        page.set_column_width(column, u32::try_from(header.chars().count() + 2).unwrap_or(12).clamp(12, 40))?;
        page.set_column_format(column, formats.column(kind.as_ref()))?;
        if let Some(field) = field {
            let note = Note::new(format!("{}. [{}]", meaning(field), stands(field))).add_author_prefix(false);
            page.insert_note(0, column, &note.set_width(260).set_height(110))?;
            choices(page, (1, last, column), &field.kind)?;
        }
    }
    for (i, row) in sheet.rows.iter().enumerate() {
        let at = u32::try_from(i + 1).unwrap_or(u32::MAX);
        for (column, id) in row.ids.iter().enumerate() {
            let held = cell::id(id);
            put(page, (at, index(column)), &held, Some(&Kind::Text), formats)?;
        }
        for (column, (header, kind, _)) in columns.iter().enumerate() {
            if let Some(held) = row.cells.get(header) {
                put(page, (at, index(ids.len() + column)), held, kind.as_ref(), formats)?;
            }
        }
    }
    Ok(())
}

/// Words to choose from, as a list that opens; other spellings stay possible.
fn choices(page: &mut Worksheet, (first, last, column): (u32, u32, u16), kind: &Kind) -> Result<(), XlsxError> {
    let words: &[&str] = match kind {
        Kind::OneOf(words) => words,
        _ => return Ok(()),
    };
    if words.len() < 2 || words.iter().map(|w| w.len() + 1).sum::<usize>() > LONGEST_CHOICE {
        return Ok(());
    }
    let list = DataValidation::new().allow_list_strings(words)?.set_error_style(DataValidationErrorStyle::Information);
    page.add_data_validation(first, column, last, column, &list)?;
    Ok(())
}

fn put(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    kind: Option<&Kind>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => page.write_blank(row, column, formats.column(kind))?,
        // Written as text whatever it begins with, so it is never a formula.
        Cell::Text(text) => page.write_string_with_format(row, column, text, &formats.words)?,
        Cell::Number(number) => {
            let grouped = number.abs() >= 1000.0 && number.fract() == 0.0 && number.abs() < 1e15;
            page.write_number_with_format(row, column, *number, if grouped { &formats.money } else { &formats.plain })?
        }
        Cell::Flag(flag) => page.write_boolean(row, column, *flag)?,
        Cell::Date(date) => page.write_number_with_format(row, column, f64::from(cell::serial(*date)), &formats.day)?,
    };
    Ok(())
}

/// All sheets and columns that a scenario may have.
fn columns(page: &mut Worksheet, formats: &Formats, root: &Table) -> Result<(), XlsxError> {
    page.set_name(COLUMNS)?.set_freeze_panes(1, 0)?;
    for (column, (header, width)) in [
        ("sheet", 26),
        ("in this workbook", 16),
        ("column", 34),
        ("must be given", 14),
        ("what may stand there", 44),
        ("meaning", 90),
    ]
    .into_iter()
    .enumerate()
    {
        let column = index(column);
        page.write_string_with_format(0, column, header, &formats.header)?.set_column_width(column, width)?;
    }
    let mut row = 0;
    for place in layout::places() {
        let there = if root.get(place.section.name).is_some() { "yes" } else { "" };
        for (header, field) in place.declared() {
            row += 1;
            let needed = if field.required { "yes" } else { "" };
            for (column, text) in
                [place.name().as_str(), there, &header, needed, &stands(&field), &meaning(&field)].into_iter().enumerate()
            {
                page.write_string(row, index(column), text)?;
            }
        }
    }
    page.autofilter(0, 0, row, 5)?;
    Ok(())
}

fn stands(field: &Field) -> String {
    let example = field.kind.example().map_or_else(String::new, |e| format!(", such as {e}"));
    format!("{}{example}", field.kind.words())
}

fn meaning(field: &Field) -> String {
    if field.required { format!("{} (must be given)", field.doc) } else { field.doc.to_owned() }
}

fn index(column: usize) -> u16 {
    // A sheet with more is refused before it is written.
    u16::try_from(column).unwrap_or(u16::MAX)
}
