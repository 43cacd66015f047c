//! Files as text, and what is written in them as one tree in which every part knows its place.
//!
//! TOML tables and CSV rows become the same [`Table`], so every rule is written once. A CSV file is
//! the section it is named after; a dotted column such as `users.low` is a table within a row.

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
    /// For CSV files: span, row (from 1, header not counted) and column name of each cell.
    cells: Vec<Vec<(Range<usize>, usize, String)>>,
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
        let before = &text[..floor_boundary(text, span.start)];
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        let cell = self.cells[span.file].iter().find(|(range, _, _)| range.start <= span.start && span.start <= range.end);
        Position {
            file: self.names[span.file].clone(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            cell: cell.map(|(_, row, column)| (*row, column.clone())),
        }
    }

    fn add(&mut self, name: &str, text: String) -> usize {
        self.names.push(name.to_owned());
        self.texts.push(text);
        self.cells.push(Vec::new());
        self.names.len() - 1
    }
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
    fn new(at: Span) -> Self {
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
        let table = if is_csv { csv_table(&mut files, file, problems) } else { toml_table(&files, file, problems) };
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

/// Faults of form shown for a file: after a few, one has led to the next.
const SYNTAX_FAULTS: usize = 5;

fn toml_table(files: &Files, file: usize, problems: &mut Vec<Problem>) -> Table {
    let text = files.text(file);
    let (table, errors) = DeTable::parse_recoverable(text);
    for e in errors.into_iter().take(SYNTAX_FAULTS) {
        let range = e.span().unwrap_or(0..0);
        let span = Span { file, start: range.start, end: range.end };
        let message = e.message().trim();
        let duplicate = message.contains("duplicate key");
        let code = if duplicate { Code::DuplicateId } else { Code::TomlSyntax };
        let hint = if duplicate {
            "rename one of them, or remove it"
        } else {
            "text needs \"quotes\", a table [brackets], a list commas between its parts"
        };
        problems.push(Problem::new(code, span, format!("this is not valid TOML: {message}")).hint(hint));
    }
    from_toml(file, table.span(), table.get_ref())
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

/// A CSV file as a section: one table for each row, by the column `id` (or the row's number where
/// there is none).
fn csv_table(files: &mut Files, file: usize, problems: &mut Vec<Problem>) -> Table {
    let text = files.text(file).to_owned();
    let name = files.name(file).to_owned();
    let section = name.rsplit('/').next().unwrap_or(&name);
    let section = section[..section.len() - ".csv".len()].to_owned();
    let start = Span { file, start: 0, end: 0 };
    let mut rows = Table::new(start);
    let records = records(&text);
    let mut records = records.into_iter();
    let header: Vec<(String, Range<usize>)> =
        records.next().unwrap_or_default().into_iter().map(|(n, r)| (n.trim().to_owned(), r)).collect();
    if !sound_header(file, &section, &header, problems) {
        return Table::new(start);
    }
    for (i, record) in records.enumerate() {
        let row = i + 1;
        if record.iter().all(|(cell, _)| cell.trim().is_empty()) {
            continue;
        }
        let whole = record.first().map_or(0, |(_, r)| r.start)..record.last().map_or(0, |(_, r)| r.end);
        for ((column, _), (_, range)) in header.iter().zip(&record) {
            files.cells[file].push((range.clone(), row, column.clone()));
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

/// Whether a header names every column once, and has ids where the section needs them.
fn sound_header(file: usize, section: &str, header: &[Cell], problems: &mut Vec<Problem>) -> bool {
    let known = problems.len();
    for (i, (column, range)) in header.iter().enumerate() {
        let span = Span { file, start: range.start, end: range.end };
        let clash = |(other, _): &&Cell| {
            !column.is_empty() && (other == column || other.strip_prefix(column.as_str()).is_some_and(|r| r.starts_with('.')))
        };
        if header[..i].iter().any(|c| clash(&c)) || header[i + 1..].iter().any(|c| c.0 != *column && clash(&c)) {
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
        problems.push(
            problem.hint("add a column `id` with a name of its own for each row; columns are separated by commas or semicolons"),
        );
    }
    problems.len() == known
}

type Cell = (String, Range<usize>);

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
    for ((column, _), (cell, range)) in header.iter().zip(record) {
        let cell = cell.trim();
        if cell.is_empty() || column.is_empty() || column == "id" {
            continue;
        }
        insert(&mut table, column, span(range), cell);
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

/// Puts a cell under its column; `a.b` goes into a table `a`.
fn insert(table: &mut Table, column: &str, at: Span, cell: &str) {
    if let Some((outer, inner)) = column.split_once('.') {
        let entry = table.entries.entry(outer.to_owned());
        let (_, node) = entry.or_insert_with(|| (at, Node { at, value: Value::Table(Table::new(at)) }));
        if let Value::Table(inner_table) = &mut node.value {
            insert(inner_table, inner, at, cell);
        }
    } else {
        table.entries.insert(column.to_owned(), (at, Node { at, value: Value::Text(cell.to_owned()) }));
    }
}

/// Records of a CSV text with the place of each cell. Quotes, doubled quotes, CRLF; a semicolon
/// separates where the header has no comma (as Excel writes in some locales).
///
/// The `csv` crate gives the content of cells but not their places, which messages need.
fn records(text: &str) -> Vec<Vec<Cell>> {
    let first = text.lines().next().unwrap_or("");
    let separator = if !first.contains(',') && first.contains(';') { b';' } else { b',' };
    let bytes = text.as_bytes();
    let mut records = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let mut record = Vec::new();
        loop {
            let (cell, end) = cell(text, at, separator);
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
    records
}

/// One cell from `at`: its content, and the byte after it.
fn cell(text: &str, at: usize, separator: u8) -> (String, usize) {
    let bytes = text.as_bytes();
    let mut end = at;
    let mut quoted = false;
    while end < bytes.len() {
        match bytes[end] {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            b'\r' if !quoted && matches!(bytes.get(end + 1), Some(b'\n') | None) => break,
            b if b == separator && !quoted => break,
            _ => {}
        }
        end += 1;
    }
    let raw = &text[at..end];
    let trimmed = raw.trim();
    let content = match trimmed.strip_prefix('"') {
        Some(inner) => inner.strip_suffix('"').unwrap_or(inner).replace("\"\"", "\""),
        None => raw.to_owned(),
    };
    (content, end)
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
