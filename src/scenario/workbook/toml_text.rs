//! Values as TOML writes them, and back.

use super::super::document::{self, Node, SourceFile, Span, Value};
use super::super::kind::Kind;
use super::cell::{is_list_of_words, parts};
use super::layout;
use std::fmt::Write;

/// A key: as it is where TOML takes it so, else in quotes.
pub(super) fn key(key: &str) -> String {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if bare { key.to_owned() } else { in_file(key) }
}

/// Text in double quotes on one line, as a cell keeps it.
pub(super) fn quoted(text: &str) -> String {
    unescaped(&in_file(text))
}

/// Text in double quotes on one line: nothing escaped that a file need not have escaped.
fn in_file(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Where text holds what workbooks take for a character of their own, such as `_x000D_`.
pub(super) fn escapes(text: &str) -> impl Iterator<Item = usize> + '_ {
    let is = |at: &usize| {
        let rest = &text.as_bytes()[*at..];
        rest.len() > 6 && rest[2..6].iter().all(u8::is_ascii_hexdigit) && rest[6] == b'_'
    };
    text.match_indices("_x").map(|(at, _)| at).filter(is)
}

/// Text in quotes in which nothing is left that a workbook would take for a character of its own.
fn unescaped(quoted: &str) -> String {
    let mut out = String::new();
    let mut from = 0;
    for at in escapes(quoted) {
        out.push_str(&quoted[from..at]);
        out.push_str("\\u005F");
        from = at + 1;
    }
    out + &quoted[from..]
}

/// A number in as few digits as give the same number back.
pub(super) fn number(value: f64) -> String {
    if value != 0.0 && !(1e-9..1e15).contains(&value.abs()) { format!("{value:e}") } else { value.to_string() }
}

/// A value on one line, what is in it by the kinds of its keys.
pub(super) fn value(value: &Value, kind: Option<&Kind>) -> String {
    let list = |parts: Vec<String>| format!("[{}]", parts.join(", "));
    match value {
        Value::Text(text) if is_list_of_words(kind) && parts(text).next().is_some() => list(parts(text).map(in_file).collect()),
        Value::Text(text) => in_file(text),
        Value::Number(text) | Value::Date(text) => text.clone(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(items) => {
            let of = kind.and_then(layout::item);
            list(items.iter().map(|i| self::value(&i.value, of.as_ref())).collect())
        }
        Value::Table(table) => {
            let part = |(k, (_, node)): (&String, &(Span, Node))| {
                let of = kind.and_then(|kind| layout::below(kind, k));
                format!("{} = {}", key(k), self::value(&node.value, of.as_ref()))
            };
            let entries: Vec<String> = table.entries.iter().map(part).collect();
            if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
        }
        // Defaults are filled in after a scenario has been read from its files, and are never written.
        Value::Filled(_) => String::new(),
    }
}

/// What a cell holds as TOML writes it: a text in quotes, a list, a table. `None` if it is no such thing.
pub(super) fn read(text: &str, at: Span) -> Option<Value> {
    if !text.trim_start().starts_with(['"', '[', '{']) {
        return None;
    }
    let source = SourceFile { name: "cell.toml".to_owned(), bytes: format!("cell = {}\n", text.trim()).into_bytes() };
    let mut problems = Vec::new();
    let (_, mut table) = document::parse(&[source], &mut problems);
    if !problems.is_empty() || table.entries.len() != 1 {
        return None;
    }
    let (_, mut node) = table.entries.swap_remove("cell")?;
    document::place_node(&mut node, at);
    Some(node.value)
}
