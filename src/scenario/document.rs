//! Files as text, and what is written in them as one tree in which every part knows its place.
//!
//! TOML tables and CSV rows become the same [`Table`], so every rule is written once. A CSV file is
//! the section it is named after; a dotted column such as `users.low` is a table within a row.

use super::csv;
use super::defaults::Filled;
use super::number;
use super::problem::{Code, Problem};
use indexmap::IndexMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A stretch of text in one of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Position of the file in [`Files`].
    pub file: usize,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// One file of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Name within the scenario, such as `services.csv`.
    pub name: String,
    /// Its bytes as they are on disk.
    pub bytes: Vec<u8>,
}

/// The files of a scenario, as text.
#[derive(Debug, Clone, Default)]
pub struct Files {
    names: Vec<String>,
    texts: Vec<String>,
    /// Where the lines of each file start.
    lines: Vec<Vec<usize>>,
    /// For CSV files and sheets of a workbook: span, row (from 1, header of a CSV file not counted) and column of each
    /// cell, in order.
    pub(super) cells: Vec<Vec<(Range<usize>, usize, Column)>>,
}

/// The column of a cell.
#[derive(Debug, Clone)]
pub(super) enum Column {
    /// By its name in the header of a CSV file.
    Named(String),
    /// Of a sheet, from 0.
    Lettered(u32),
}

/// A line and column in a file, from 1; for CSV also the row and the column's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// File name.
    pub file: String,
    /// Line.
    pub line: usize,
    /// Column in characters.
    pub column: usize,
    /// CSV row (header not counted) and column name.
    pub cell: Option<(usize, String)>,
    /// The cell of a workbook, such as `Contracts!D7`.
    pub reference: Option<String>,
}

impl Files {
    /// Name of a file.
    #[must_use]
    pub fn name(&self, file: usize) -> &str {
        &self.names[file]
    }

    /// Text of a file.
    #[must_use]
    pub fn text(&self, file: usize) -> &str {
        &self.texts[file]
    }

    /// Where a span starts.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        let text = &self.texts[span.file];
        let at = floor_boundary(text, span.start);
        let (line, line_start) = self.line(span.file, at);
        let cells = &self.cells[span.file];
        let cell = cells[..cells.partition_point(|(range, _, _)| range.start <= span.start)].last();
        let (cell, reference) = match cell.filter(|(range, _, _)| span.start <= range.end) {
            Some((_, row, Column::Named(column))) => (Some((*row, column.clone())), None),
            Some((_, row, Column::Lettered(column))) => (None, Some(reference(&self.names[span.file], *column, *row))),
            None => (None, None),
        };
        Position { file: self.names[span.file].clone(), line, column: text[line_start..at].chars().count() + 1, cell, reference }
    }

    /// The number, from 1, and the first byte of the line that a byte is in.
    pub(super) fn line(&self, file: usize, at: usize) -> (usize, usize) {
        let starts = &self.lines[file];
        // The first line starts at 0, so one always does.
        let line = starts.partition_point(|start| *start <= at);
        (line, starts[line - 1])
    }

    pub(super) fn add(&mut self, name: &str, text: String) -> usize {
        self.names.push(name.to_owned());
        // A line ends as on Windows, Unix or an old Mac.
        let bytes = text.as_bytes();
        let ends = |n: &usize| bytes[*n] == b'\n' || (bytes[*n] == b'\r' && bytes.get(n + 1) != Some(&b'\n'));
        self.lines.push(std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|n| n + 1)).collect());
        self.texts.push(text);
        self.cells.push(Vec::new());
        self.names.len() - 1
    }
}

/// A cell as spreadsheet programs name it, from the name of its sheet, its column from 0 and its row from 1.
pub(super) fn reference(sheet: &str, column: u32, row: usize) -> String {
    let (mut letters, mut left) = (String::new(), u64::from(column) + 1);
    while left > 0 {
        let letter = u8::try_from((left - 1).rem_euclid(26)).map_or('A', |n| char::from(b'A' + n));
        letters.insert(0, letter);
        left = (left - 1).div_euclid(26);
    }
    let plain = sheet.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    if plain { format!("{sheet}!{letters}{row}") } else { format!("'{}'!{letters}{row}", sheet.replace('\'', "''")) }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A part of the tree.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Its place.
    pub at: Span,
    /// What it is.
    pub value: Value,
}

/// What can be written.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// Text; a CSV cell is always text.
    Text(String),
    /// A number, as written.
    Number(String),
    /// `true` or `false`.
    Flag(bool),
    /// A date, as written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
    /// A default figure in the place of one that is not written.
    Filled(Box<Filled>),
}

impl Value {
    /// What it is, in words.
    #[must_use]
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Filled(_) => "a default figure",
        }
    }
}

/// Keys with what they hold, in the order written.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// The place to point at when something is missing from it.
    pub at: Span,
    /// Entries with the place of their key.
    pub entries: IndexMap<String, (Span, Node)>,
}

impl Table {
    pub(super) fn new(at: Span) -> Self {
        Self { at, entries: IndexMap::new() }
    }

    /// A table that nobody wrote.
    #[must_use]
    pub(super) fn absent() -> Self {
        Self::new(Span { file: 0, start: 0, end: 0 })
    }

    /// The entry under a key.
    #[must_use]
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.get(key).map(|(_, node)| node)
    }

    /// The place of a key.
    #[must_use]
    pub(super) fn key(&self, key: &str) -> Option<Span> {
        self.entries.get(key).map(|(span, _)| *span)
    }
}

/// Reads all files into one tree. Faults of form go into `problems`; what can be read is kept.
pub(super) fn parse(sources: &[SourceFile], problems: &mut Vec<Problem>) -> (Files, Table) {
    let mut files = Files::default();
    let mut root = Table::new(Span { file: 0, start: 0, end: 0 });
    for source in sources {
        let bytes = source.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&source.bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(e) => {
                let good = String::from_utf8_lossy(&bytes[..e.valid_up_to()]).into_owned();
                let end = good.len();
                let file = files.add(&source.name, good);
                let problem =
                    Problem::new(Code::NotText, Span { file, start: end, end }, "this file is not UTF-8 text from here on");
                problems.push(problem.hint("save it as UTF-8 (in Excel: \"CSV UTF-8 (comma delimited)\")"));
                continue;
            }
        };
        let file = files.add(&source.name, text);
        let is_csv = source.name.to_ascii_lowercase().ends_with(".csv");
        let table = if is_csv { csv::section(&mut files, file, problems) } else { toml_table(&files, file, problems) };
        merge(&mut root, table, problems);
    }
    (files, root)
}

/// Adds the sections of a file. A section may be spread over files; an id may not.
fn merge(root: &mut Table, other: Table, problems: &mut Vec<Problem>) {
    for (key, (span, node)) in other.entries {
        match (root.entries.get_mut(&key), node.value) {
            (Some((_, Node { value: Value::Table(known), .. })), Value::Table(more)) => {
                for (id, (id_span, node)) in more.entries {
                    if let Some(first) = known.key(&id) {
                        let problem = Problem::new(Code::DuplicateId, id_span, format!("`{key}.{id}` is given twice"));
                        problems.push(problem.also(first, "given here first").hint("rename one of them, or remove it"));
                    } else {
                        known.entries.insert(id, (id_span, node));
                    }
                }
            }
            (Some((first, _)), _) => {
                let problem = Problem::new(Code::DuplicateId, span, format!("`{key}` is given twice"));
                problems.push(problem.also(*first, "given here first").hint("keep it in one file"));
            }
            (None, value) => {
                root.entries.insert(key, (span, Node { at: node.at, value }));
            }
        }
    }
}

/// Faults of grammar shown for a file: after a few, one has led to the next.
const SYNTAX_FAULTS: usize = 5;

fn toml_table(files: &Files, file: usize, problems: &mut Vec<Problem>) -> Table {
    let text = files.text(file);
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut grammar = 0;
    // Lines of which it has been said what to write: what follows on one is the same fault.
    let mut said: Vec<Range<usize>> = Vec::new();
    // Where a table is there twice, each of its keys is as well: the table is said, the keys are not.
    let mut within_double: Option<Range<usize>> = None;
    for e in errors {
        let range = e.span().unwrap_or(0..0);
        let span = Span { file, start: range.start, end: range.end };
        let message = e.message().trim();
        let problem = if message.contains("duplicate key") {
            if within_double.as_ref().is_some_and(|table| table.contains(&range.start)) {
                continue;
            }
            within_double = table_at(text, range.start);
            Problem::new(Code::DuplicateId, span, format!("`{}` is given twice", text.get(range).unwrap_or_default().trim()))
                .hint("rename one of them, or remove it")
        } else if said.iter().any(|line| line.contains(&range.start)) {
            continue;
        } else if let Some((line, value, hint)) = unquoted(text, range.start) {
            let message = format!("`{value}` is not a value as TOML files write it");
            let at = Span { file, start: line.end - value.len(), end: line.end };
            said.push(line);
            Problem::new(Code::TomlSyntax, at, message).hint(hint)
        } else if message.contains("date") || message.contains("time") {
            Problem::new(Code::BadDate, span, format!("this is not a date: {message}"))
                .hint("write it as 2026-03-31; check that the month has that day")
        } else if grammar < SYNTAX_FAULTS {
            grammar += 1;
            Problem::new(Code::TomlSyntax, span, format!("this is not valid TOML: {message}"))
                .hint("text needs \"quotes\", a table [brackets], a list commas between its parts")
        } else {
            continue;
        };
        problems.push(problem.unread());
    }
    from_toml(file, table.span(), table.get_ref())
}

/// The line at a place up to its value's end, the value and what to write instead, where a value stands there that people
/// write so: an amount with commas or a pound sign, a day with strokes, a word without quotes.
fn unquoted(text: &str, at: usize) -> Option<(Range<usize>, &str, String)> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |n| n + 1);
    let line = text.get(start..)?.lines().next()?;
    let (key, rest) = line.split_once('=')?;
    let value = rest.split(" #").next()?.trim();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    if !key.trim().chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')) || value.is_empty() {
        return None;
    }
    let hint = if let Some(number) = number::number(value).filter(|_| value.contains([',', '£', '%'])) {
        if number.percent {
            format!("write \"{value}\"")
        } else {
            format!("write {}, without commas or pound sign", grouped_by_underscores(number.value))
        }
    } else if let Some(date) = number::date(value) {
        format!("write {date}")
    } else if value.starts_with(char::is_alphabetic)
        && value.chars().all(plain)
        && !matches!(value, "true" | "false" | "inf" | "nan")
    {
        format!("text needs quotes: write \"{value}\"; leave out a figure that is not known yet, or give an estimate")
    } else {
        return None;
    };
    let end = start + key.len() + 1 + rest.find(value)? + value.len();
    Some((start..end, value, hint))
}

/// `288000` as `288_000`.
pub(super) fn grouped_by_underscores(value: f64) -> String {
    let plain = value.to_string();
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) && !out.ends_with('-') {
            out.push('_');
        }
        out.push(c);
    }
    fraction.map_or(out.clone(), |f| format!("{out}.{f}"))
}

/// A table that is shipped with the engine, all of it at one place of the scenario: where it stands in for something.
pub(super) fn shipped(text: &str, at: Span) -> Table {
    let (table, _) = DeTable::parse_recoverable(text);
    let mut out = from_toml(at.file, table.span(), table.get_ref());
    place(&mut out, at);
    out
}

fn place(table: &mut Table, at: Span) {
    table.at = at;
    for (key, node) in table.entries.values_mut() {
        *key = at;
        place_node(node, at);
    }
}

/// Puts a node and all within it at a place.
pub(super) fn place_node(node: &mut Node, at: Span) {
    node.at = at;
    match &mut node.value {
        Value::Table(table) => place(table, at),
        Value::List(items) => items.iter_mut().for_each(|item| place_node(item, at)),
        _ => {}
    }
}

/// The stretch of a table whose header stands at a place, from there to the next header; `None` if the place is not in
/// a header.
fn table_at(text: &str, at: usize) -> Option<Range<usize>> {
    let line = text.get(..at)?.rfind('\n').map_or(0, |n| n + 1);
    text.get(line..)?.trim_start().starts_with('[').then(|| {
        let rest = text.get(at..).unwrap_or_default();
        at..at + rest.find("\n[").unwrap_or(rest.len())
    })
}

fn from_toml(file: usize, at: Range<usize>, table: &DeTable<'_>) -> Table {
    let span = |r: Range<usize>| Span { file, start: r.start, end: r.end };
    let mut out = Table::new(span(at));
    for (key, value) in table {
        let key_span = span(key.span());
        let node = toml_node(file, key_span, value);
        out.entries.insert(key.get_ref().to_string(), (key_span, node));
    }
    out
}

fn toml_node(file: usize, key: Span, value: &toml::Spanned<DeValue<'_>>) -> Node {
    let range = value.span();
    let at = Span { file, start: range.start, end: range.end };
    let written = |sign: &str| sign.replace('_', "");
    let value = match value.get_ref() {
        DeValue::String(s) => Value::Text(s.to_string()),
        DeValue::Integer(i) => match i64::from_str_radix(&written(i.as_str()), i.radix()) {
            Ok(n) => Value::Number(n.to_string()),
            Err(_) => Value::Number(i.as_str().to_owned()),
        },
        DeValue::Float(f) => Value::Number(written(f.as_str())),
        DeValue::Boolean(b) => Value::Flag(*b),
        DeValue::Datetime(d) => Value::Date(d.to_string()),
        DeValue::Array(items) => {
            // An item is pointed at as a whole.
            let own = |i: &toml::Spanned<DeValue<'_>>| Span { file, start: i.span().start, end: i.span().end };
            Value::List(items.iter().map(|i| toml_node(file, own(i), i)).collect())
        }
        DeValue::Table(table) => {
            // A table is pointed at by its key; an inline one has a place of its own.
            let mut table = from_toml(file, range, table);
            table.at = key;
            Value::Table(table)
        }
    };
    Node { at, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> SourceFile {
        SourceFile { name: name.into(), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn a_byte_order_mark_quotes_and_crlf_are_read() {
        let csv = "\u{feff}id,name,users.likely\r\ns1,\"Community, \"\"west\"\"\",\"1,200\"\r\n";
        let mut problems = Vec::new();
        let (files, root) = parse(&[file("services.csv", csv)], &mut problems);
        assert!(problems.is_empty());
        let Some(Value::Table(rows)) = root.get("services").map(|n| &n.value) else { panic!("a section") };
        let Some(Value::Table(row)) = rows.get("s1").map(|n| &n.value) else { panic!("a row") };
        let Some(Value::Text(name)) = row.get("name").map(|n| &n.value) else { panic!("a name") };
        assert_eq!(name, "Community, \"west\"");
        let position = files.position(row.get("users").expect("nested").at);
        assert_eq!((position.line, position.cell), (2, Some((1, "users.likely".to_owned()))));
    }

    #[test]
    fn an_id_in_two_files_is_reported() {
        let mut problems = Vec::new();
        parse(&[file("a.toml", "[services.s1]\nname = \"x\"\n"), file("services.csv", "id,name\ns1,y\n")], &mut problems);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].code, Code::DuplicateId);
    }
}
