//! CSV files: rows as tables, each cell with its place.
//!
//! The `csv` crate gives the content of cells but not their places, which messages need; so the few rules
//! of the format are here.

use super::document::{Column, Files, Node, Span, Table, Value};
use super::problem::{Code, Problem};
use std::collections::BTreeSet;
use std::ops::Range;

/// A CSV file as a section: one table for each row, by the column `id` (or the row's number where
/// there is none).
pub(super) fn section(files: &mut Files, file: usize, problems: &mut Vec<Problem>) -> Table {
    let text = files.text(file).to_owned();
    let name = files.name(file).to_owned();
    let section = name.rsplit('/').next().unwrap_or(&name);
    let section = section[..section.len() - ".csv".len()].to_owned();
    let start = Span { file, start: 0, end: 0 };
    let mut rows = Table::new(start);
    let mut records = match records(&text) {
        Ok(records) => records.into_iter(),
        Err((range, why)) => {
            let problem = Problem::new(Code::CsvShape, Span { file, start: range.start, end: range.end }, why);
            problems.push(problem.hint("a cell in quotes begins and ends with one; a quote within it is written twice"));
            return Table::new(start);
        }
    };
    let header: Vec<(String, Range<usize>)> =
        records.next().unwrap_or_default().into_iter().map(|(n, r)| (n.trim().to_owned(), r)).collect();
    if !shallow(file, &header, problems) || !sound_header(file, &section, &header, problems) {
        return Table::new(start);
    }
    for (i, record) in records.enumerate() {
        let row = i + 1;
        if record.iter().all(|(cell, _)| cell.trim().is_empty()) {
            continue;
        }
        let whole = record.first().map_or(0, |(_, r)| r.start)..record.last().map_or(0, |(_, r)| r.end);
        for ((column, _), (_, range)) in header.iter().zip(&record) {
            files.cells[file].push((range.clone(), row, Column::Named(column.clone())));
        }
        if record.len() > header.len() {
            let range = record[header.len()].1.clone();
            let span = Span { file, start: range.start, end: range.end };
            let problem = Problem::new(
                Code::CsvShape,
                span,
                format!("row {row} has {} cells but the header names {} columns", record.len(), header.len()),
            );
            problems.push(problem.hint("put text with a comma in it between double quotes"));
        }
        add_row(&mut rows, (file, row), &header, &record, whole, problems);
    }
    let mut out = Table::new(start);
    out.entries.insert(section, (start, Node { at: start, value: Value::Table(rows) }));
    out
}

/// Tables within tables that a column may name: twice as many as any key of a scenario has.
const DEEPEST: usize = 10;

/// Whether no column names tables within tables without end, for which each part takes a further call.
fn shallow(file: usize, header: &[Cell], problems: &mut Vec<Problem>) -> bool {
    let deep = header.iter().find(|(column, _)| column.matches('.').count() >= DEEPEST);
    if let Some((_, range)) = deep {
        let span = Span { file, start: range.start, end: range.end };
        let problem = Problem::new(Code::CsvShape, span, format!("a column has more than {DEEPEST} parts between points"));
        problems.push(problem.hint("name a key, such as `users`, or a key of a table in it, such as `users.low`"));
    }
    deep.is_none()
}

/// Columns there twice that are shown for a file: after a few, all else is as well.
const COLUMN_FAULTS: usize = 5;

/// Whether a header names every column once, and has ids where the section needs them.
fn sound_header(file: usize, section: &str, header: &[Cell], problems: &mut Vec<Problem>) -> bool {
    let known = problems.len();
    let outer: BTreeSet<&str> = header.iter().flat_map(|(c, _)| c.match_indices('.').map(|(at, _)| &c[..at])).collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (column, range) in header.iter().filter(|(column, _)| !column.is_empty()) {
        let span = Span { file, start: range.start, end: range.end };
        if problems.len() < known + COLUMN_FAULTS && (!seen.insert(column) || outer.contains(column.as_str())) {
            let problem = Problem::new(
                Code::DuplicateId,
                span,
                format!("the column `{column}` is there twice, or beside columns `{column}.…`"),
            );
            problems.push(problem.hint("keep one of them"));
        }
    }
    let ids = header.iter().any(|(c, _)| c == "id");
    if !ids && section != "flows" {
        let end = header.last().map_or(0, |(_, r)| r.end);
        let problem = Problem::new(Code::CsvShape, Span { file, start: 0, end }, format!("`{section}.csv` has no column `id`"));
        let other = header.iter().find(|(c, _)| c.eq_ignore_ascii_case("id"));
        let hint = other.map_or_else(
            || "add a column `id` with a name of its own for each row; columns are separated by commas or semicolons".to_owned(),
            |(written, _)| format!("write `{written}` in small letters: `id`"),
        );
        problems.push(problem.hint(hint));
    }
    problems.len() == known
}

/// What a cell holds, and its place.
pub(super) type Cell = (String, Range<usize>);

fn add_row(
    rows: &mut Table,
    (file, row): (usize, usize),
    header: &[Cell],
    record: &[Cell],
    whole: Range<usize>,
    problems: &mut Vec<Problem>,
) {
    let span = |r: &Range<usize>| Span { file, start: r.start, end: r.end };
    let id_cell = header.iter().position(|(c, _)| c == "id").and_then(|i| record.get(i));
    let at = id_cell.map_or(span(&whole), |(_, r)| span(r));
    let mut table = Table::new(at);
    for ((column, named), (cell, range)) in header.iter().zip(record) {
        let cell = cell.trim();
        if cell.is_empty() || column.is_empty() || column == "id" {
            continue;
        }
        insert(&mut table, column, span(named), span(range), cell);
    }
    let id = match id_cell.map(|(id, _)| id.trim()) {
        Some("") => {
            problems
                .push(Problem::new(Code::MissingKey, at, format!("row {row} has no id")).hint("give every row an id of its own"));
            return;
        }
        Some(id) => id.to_owned(),
        None => format!("row {row}"),
    };
    if let Some(first) = rows.key(&id) {
        let problem = Problem::new(Code::DuplicateId, at, format!("`{id}` is given twice"));
        problems.push(problem.also(first, "given here first").hint("rename one of them, or remove it"));
        return;
    }
    rows.entries.insert(id, (at, Node { at, value: Value::Table(table) }));
}

/// Puts a cell under its column, whose name stands in the header; `a.b` goes into a table `a`.
fn insert(table: &mut Table, column: &str, named: Span, at: Span, cell: &str) {
    if let Some((outer, inner)) = column.split_once('.') {
        let entry = table.entries.entry(outer.to_owned());
        let (_, node) = entry.or_insert_with(|| (named, Node { at, value: Value::Table(Table::new(at)) }));
        if let Value::Table(inner_table) = &mut node.value {
            insert(inner_table, inner, named, at, cell);
        }
    } else {
        table.entries.insert(column.to_owned(), (named, Node { at, value: Value::Text(cell.to_owned()) }));
    }
}

/// What separates the cells of a file, from its first line.
pub(super) fn separator(first: &str) -> u8 {
    if !first.contains(',') && first.contains(';') { b';' } else { b',' }
}

/// Records of a CSV text with the place of each cell. Quotes, doubled quotes, lines that end as on Windows, Unix
/// or an old Mac; a semicolon separates where the header has no comma (as Excel writes in some locales).
///
/// `Err` where the quotes of a cell do not add up: the cell, and why. Rows after it could be anything.
pub(super) fn records(text: &str) -> Result<Vec<Vec<Cell>>, (Range<usize>, &'static str)> {
    let separator = separator(text.split(['\r', '\n']).next().unwrap_or(""));
    let bytes = text.as_bytes();
    let mut records = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let mut record = Vec::new();
        loop {
            let (cell, end) = cell(text, at, separator)?;
            record.push((cell, at..end));
            at = end;
            if bytes.get(at) == Some(&separator) {
                at += 1;
            } else {
                break;
            }
        }
        if bytes.get(at) == Some(&b'\r') {
            at += 1;
        }
        if bytes.get(at) == Some(&b'\n') {
            at += 1;
        }
        records.push(record);
    }
    Ok(records)
}

/// One cell from `at`: its content, and the byte after it. A quote means something only where a cell begins with it.
fn cell(text: &str, at: usize, separator: u8) -> Result<(String, usize), (Range<usize>, &'static str)> {
    let bytes = text.as_bytes();
    let ends = |b: u8| b == separator || matches!(b, b'\r' | b'\n');
    let start = at + bytes[at..].iter().take_while(|b| **b == b' ').count();
    if bytes.get(start) != Some(&b'"') {
        let end = bytes[at..].iter().position(|b| ends(*b)).map_or(bytes.len(), |n| at + n);
        return Ok((text[at..end].to_owned(), end));
    }
    let mut end = start + 1;
    loop {
        match (bytes.get(end), bytes.get(end + 1)) {
            (None, _) => return Err((start..start + 1, "a quote is opened here and never closed")),
            (Some(b'"'), Some(b'"')) => end += 2,
            (Some(b'"'), _) => break,
            _ => end += 1,
        }
    }
    let content = text[start + 1..end].replace("\"\"", "\"");
    end += 1;
    end += bytes[end..].iter().take_while(|b| **b == b' ').count();
    if bytes.get(end).is_some_and(|b| !ends(*b)) {
        return Err((start..end, "text follows the quote that closes this cell"));
    }
    Ok((content, end))
}
