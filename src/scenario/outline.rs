//! What a scenario says, leaf by leaf, each with its place: what two scenarios are compared by.

use super::document::{self, Files, Node, SourceFile, Span, Table, Value};
use super::number;
use super::section::{SECTIONS, Shape};
use crate::quantity::fixed;

/// One thing that a scenario says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Section.
    pub section: String,
    /// Id of the entry of a section that holds entries.
    pub id: Option<String>,
    /// Keys below that, joined by dots; places in a list of tables in square brackets from 0.
    pub key: String,
    /// What is said: text as written, numbers without their separators.
    pub text: String,
    /// File.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
}

/// All that a scenario says, sections in the order of the scenario reference, entries in the order written (by id where
/// that order has no meaning). Faults are left out: they are the reader's to tell.
#[must_use]
pub fn outline(sources: &[SourceFile]) -> Vec<Statement> {
    let (files, root) = document::parse(sources, &mut Vec::new());
    let mut all = Outline { files: &files, statements: Vec::new() };
    for section in SECTIONS {
        let Some(Node { value: Value::Table(table), at }) = root.get(section.name) else { continue };
        if section.shape == Shape::Single {
            all.table((section.name, None), "", table);
            continue;
        }
        let mut ids: Vec<&String> = table.entries.keys().collect();
        if section.shape == Shape::Keyed {
            ids.sort();
        }
        for id in ids {
            match table.get(id) {
                Some(Node { value: Value::Table(entry), .. }) => all.table((section.name, Some(id)), "", entry),
                Some(node) => all.node((section.name, Some(id)), "", (node, *at)),
                None => {}
            }
        }
    }
    all.statements
}

/// Names of all sections, in the order of the scenario reference.
pub fn sections() -> impl Iterator<Item = &'static str> {
    SECTIONS.iter().map(|s| s.name)
}

struct Outline<'f> {
    files: &'f Files,
    statements: Vec<Statement>,
}

impl Outline<'_> {
    fn table(&mut self, place: (&str, Option<&String>), path: &str, table: &Table) {
        for (key, (at, node)) in &table.entries {
            let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            self.node(place, &below, (node, *at));
        }
        if path.is_empty() && table.entries.is_empty() {
            self.say(place, "", String::new(), table.at);
        }
    }

    fn node(&mut self, place: (&str, Option<&String>), path: &str, (node, at): (&Node, Span)) {
        match &node.value {
            Value::Table(table) => self.table(place, path, table),
            Value::List(list) if list.iter().any(|n| matches!(n.value, Value::Table(_) | Value::List(_))) => {
                for (i, entry) in list.iter().enumerate() {
                    self.node(place, &format!("{path}[{i}]"), (entry, at));
                }
            }
            Value::List(list) => {
                let words: Vec<String> = list.iter().filter_map(|n| said(&n.value)).collect();
                self.say(place, path, words.join(", "), node.at);
            }
            value => {
                if let Some(text) = said(value) {
                    self.say(place, path, text, node.at);
                }
            }
        }
    }

    fn say(&mut self, (section, id): (&str, Option<&String>), key: &str, text: String, at: Span) {
        let place = self.files.position(at);
        let (file, line) = (place.file, place.line);
        self.statements.push(Statement { section: section.to_owned(), id: id.cloned(), key: key.to_owned(), text, file, line });
    }
}

/// What a plain value says.
fn said(value: &Value) -> Option<String> {
    Some(match value {
        Value::Text(text) | Value::Date(text) => text.trim().to_owned(),
        // 1_000 and 1000 say the same.
        Value::Number(text) => number::number(text).map_or_else(|| text.clone(), |n| plain(n.value)),
        Value::Flag(flag) => flag.to_string(),
        Value::List(_) | Value::Table(_) | Value::Filled(_) => return None,
    })
}

fn plain(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { fixed(value, 0) }
}
