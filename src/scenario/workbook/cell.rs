//! What stands in one cell, and the value of a scenario that it is.
//!
//! A value goes into a cell as a person would type it: amounts as numbers, days as dates, words as text. What a cell cannot
//! hold as it is (a list of numbers, an empty text, text that begins like one of these) is written there as TOML writes it.
//! Two values that give the same cell mean the same.

use super::super::document::{Node, Span, Value};
use super::super::kind::Kind;
use super::super::number;
use super::toml_text;
use jiff::civil::Date;

/// Most characters that a cell can hold, in UTF-16 units (the limit of Excel).
pub(super) const LONGEST: usize = 32_767;

/// Digits that every spreadsheet program keeps of a number.
const DIGITS: usize = 15;

/// The content of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Text, or a value as TOML writes it.
    Text(String),
    /// A number.
    Number(f64),
    /// TRUE or FALSE.
    Flag(bool),
    /// A day.
    Date(Date),
}

/// What a kind of value is to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Words,
    Number,
    Day,
    Flag,
    List,
    Unknown,
}

fn sort(kind: Option<&Kind>) -> Sort {
    let Some(kind) = kind else { return Sort::Unknown };
    let is = |fits: fn(&Kind) -> bool| kind.any(&fits);
    if is(|k| matches!(k, Kind::Number(_) | Kind::InUnit | Kind::Plain(..) | Kind::Whole(..))) {
        Sort::Number
    } else if is(|k| matches!(k, Kind::Date | Kind::Month | Kind::GoLive)) {
        Sort::Day
    } else if is(|k| matches!(k, Kind::Flag)) {
        Sort::Flag
    } else if is(|k| matches!(k, Kind::Ids(_) | Kind::Texts)) {
        Sort::List
    } else {
        Sort::Words
    }
}

/// Whether text stands under a kind, so that a spreadsheet program must not make numbers or dates of it.
pub(super) fn is_words(kind: Option<&Kind>) -> bool {
    matches!(sort(kind), Sort::Words | Sort::List)
}

/// Whether a list under a kind may be written as words with `;` between them.
pub(super) fn is_list_of_words(kind: Option<&Kind>) -> bool {
    sort(kind) == Sort::List
}

/// Whether a number stands under a kind.
pub(super) fn is_number(kind: Option<&Kind>) -> bool {
    sort(kind) == Sort::Number
}

/// Whether a day stands under a kind.
pub(super) fn is_day(kind: Option<&Kind>) -> bool {
    sort(kind) == Sort::Day
}

/// The cell of a value.
pub(super) fn cell(value: &Value, kind: Option<&Kind>) -> Cell {
    let sort = sort(kind);
    match value {
        Value::Flag(flag) => Cell::Flag(*flag),
        Value::Number(text) if matches!(sort, Sort::Number | Sort::Unknown) => {
            as_number(text).map_or_else(|| words(text), Cell::Number)
        }
        Value::Number(text) => words(text),
        Value::Text(text) if sort == Sort::Number => plain(text.trim()).map_or_else(|| words(text), Cell::Number),
        Value::Text(text) if sort == Sort::List => split(text),
        Value::Text(text) if sort == Sort::Day => day(text.trim()).map_or_else(|| words(text), Cell::Date),
        Value::Text(text) if sort == Sort::Flag => match text.trim() {
            "true" => Cell::Flag(true),
            "false" => Cell::Flag(false),
            _ => words(text),
        },
        Value::Text(text) => words(text),
        Value::Date(text) if matches!(sort, Sort::Day | Sort::Unknown) => day(text).map_or_else(|| words(text), Cell::Date),
        Value::Date(text) => words(text),
        Value::List(items) => listed(items, sort).unwrap_or_else(|| Cell::Text(toml_text::value(value, None))),
        Value::Table(_) => Cell::Text(toml_text::value(value, None)),
        // Defaults are filled in after a scenario has been read from its files, and are never in a workbook.
        Value::Filled(_) => Cell::Empty,
    }
}

/// Texts as one, with `;` between them, where that can be taken apart again.
fn listed(items: &[Node], sort: Sort) -> Option<Cell> {
    fn plain(node: &Node) -> Option<&str> {
        match &node.value {
            Value::Text(text)
                if !text.is_empty() && text.trim() == text && !text.contains(';') && words(text) == Cell::Text(text.clone()) =>
            {
                Some(text.as_str())
            }
            _ => None,
        }
    }
    let texts: Vec<&str> = items.iter().map(plain).collect::<Option<_>>()?;
    (sort == Sort::List && !texts.is_empty()).then(|| Cell::Text(texts.join("; ")))
}

/// Words with `;` between them, as the list that they are, however they are spaced.
fn split(text: &str) -> Cell {
    let at = Span { file: 0, start: 0, end: 0 };
    let parts: Vec<Node> = parts(text).map(|part| Node { at, value: Value::Text(part.to_owned()) }).collect();
    if parts.is_empty() { words(text) } else { cell(&Value::List(parts), Some(&Kind::Texts)) }
}

/// The words of a list that is written as one text.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// Text without the spaces and lines around it, which the reader takes away too.
fn words(text: &str) -> Cell {
    let trimmed = text.trim();
    exact(if trimmed.is_empty() { text } else { trimmed })
}

/// The cell of an id, which has to stay as it is.
pub(super) fn id(text: &str) -> Cell {
    exact(text)
}

/// Text as it is; in quotes where a cell would not keep it, or where it would be taken for a value as TOML writes it.
fn exact(text: &str) -> Cell {
    let odd = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    // Workbooks write characters as `_x000D_`.
    let escaped = toml_text::escapes(text).next().is_some();
    if text.trim() != text || text.is_empty() || text.starts_with(['"', '[', '{']) || escaped || text.contains(odd) {
        return Cell::Text(toml_text::quoted(text));
    }
    Cell::Text(text.to_owned())
}

/// A number that every spreadsheet program keeps to the last bit.
fn as_number(text: &str) -> Option<f64> {
    let digits = text.chars().take_while(|c| !matches!(c, 'e' | 'E')).filter(char::is_ascii_digit);
    let significant = digits.skip_while(|c| *c == '0').count();
    let value = number::number(text).filter(|n| !n.percent && !n.pounds && !n.scaled)?.value;
    (significant <= DIGITS && (value == 0.0 || value.abs() > 1e-300)).then_some(value)
}

/// A number written as text as a number is written in TOML, or in digits alone.
fn plain(text: &str) -> Option<f64> {
    if is_toml_number(text) {
        return as_number(text);
    }
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, "0"), |(w, f)| (w, f));
    let digits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    let led = whole.len() > 1 && whole.starts_with('0');
    (digits(whole) && digits(fraction) && !led).then(|| as_number(text)).flatten()
}

/// A day that every spreadsheet program knows: before March 1900 they do not agree.
fn day(text: &str) -> Option<Date> {
    number::date(text).filter(|d| *d >= jiff::civil::date(1900, 3, 1)).filter(|_| !text.contains(['T', ':', 't']))
}

/// The value that a cell is, at a place; `None` if it is empty.
pub(super) fn value(cell: &Cell, kind: Option<&Kind>, at: Span) -> Option<Node> {
    let sort = sort(kind);
    let value = match cell {
        Cell::Empty => return None,
        Cell::Text(text) => match toml_text::read(text, at) {
            Some(value) => value,
            None if text.trim().is_empty() => return None,
            None if sort == Sort::Number && number::number(text).is_some() && is_toml_number(text.trim()) => {
                Value::Number(text.trim().to_owned())
            }
            None => match day(text.trim()).filter(|_| sort == Sort::Day) {
                Some(date) => Value::Date(date.to_string()),
                // Spaces that mean something stand in quotes.
                None => Value::Text(text.trim().to_owned()),
            },
        },
        Cell::Number(number) if matches!(sort, Sort::Number | Sort::Unknown) => Value::Number(toml_text::number(*number)),
        Cell::Number(number) => Value::Text(toml_text::number(*number)),
        Cell::Flag(flag) if matches!(sort, Sort::Flag | Sort::Unknown) => Value::Flag(*flag),
        Cell::Flag(flag) => Value::Text(flag.to_string()),
        Cell::Date(date) if matches!(sort, Sort::Words | Sort::List) => Value::Text(date.to_string()),
        Cell::Date(date) => Value::Date(date.to_string()),
    };
    Some(Node { at, value })
}

/// Whether a TOML file may hold a number as it is written.
fn is_toml_number(text: &str) -> bool {
    !text.contains('_') && text.parse::<toml_edit::Value>().is_ok_and(|v| v.is_integer() || v.is_float())
}

/// Whether two values mean the same: whether they give the same cell.
pub(super) fn same(one: &Value, other: &Value, kind: Option<&Kind>) -> bool {
    cell(one, kind) == cell(other, kind)
}

impl Cell {
    /// What it holds, on one line, as messages show it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.replace(['\n', '\r'], " "),
            Self::Number(number) => toml_text::number(*number),
            Self::Flag(flag) => flag.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }
}

/// The number that workbooks keep for a day.
pub(super) fn serial(date: Date) -> i32 {
    let before = jiff::civil::date(1899, 12, 30);
    before.until(date).map_or(0, |span| span.get_days())
}
