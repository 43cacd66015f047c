//! Changing cells and rows of a CSV file: what is not changed keeps its quotes, spaces and line ends.

use super::super::super::csv;
use super::super::super::document::{Span, Table, Value};
use super::super::super::kind::Kind;
use super::super::cell::{is_list_of_words, same};
use super::super::layout::below;
use super::super::rows::likely;
use indexmap::IndexMap;

/// A CSV file as it is written.
pub(super) struct CsvEdit {
    separator: char,
    ending: String,
    /// Each row: its cells as they are written, and how its line ends.
    rows: Vec<(Vec<String>, String)>,
    /// Ids of the rows; none for the header, and of rows that have none.
    ids: Vec<Option<String>>,
    touched: bool,
}

/// A value within a row: the keys to it.
type Leaves = IndexMap<String, (Value, Option<Kind>, Span)>;

impl CsvEdit {
    /// Takes a text apart. Quotes that do not add up have been refused before.
    pub(super) fn new(text: &str) -> Self {
        let records = csv::records(text).unwrap_or_default();
        let mut rows = Vec::new();
        for (i, record) in records.iter().enumerate() {
            let end = record.last().map_or(0, |(_, r)| r.end);
            let next = records.get(i + 1).and_then(|r| r.first()).map_or(text.len(), |(_, r)| r.start);
            rows.push((record.iter().map(|(_, r)| text[r.clone()].to_owned()).collect::<Vec<_>>(), text[end..next].to_owned()));
        }
        let header: Vec<&str> = records.first().map(|r| r.iter().map(|(c, _)| c.trim()).collect()).unwrap_or_default();
        let id = header.iter().position(|c| *c == "id");
        let named = |(i, record): (usize, &Vec<(String, std::ops::Range<usize>)>)| match id {
            _ if i == 0 || record.iter().all(|(c, _)| c.trim().is_empty()) => None,
            Some(column) => record.get(column).map(|(c, _)| c.trim().to_owned()),
            None => Some(format!("row {i}")),
        };
        let ids = records.iter().enumerate().map(named).collect();
        let first = text.split(['\r', '\n']).next().unwrap_or("");
        let separator = csv::separator(first);
        let ending = rows.first().map(|(_, e)| e.clone()).filter(|e| !e.is_empty()).unwrap_or_else(|| "\n".to_owned());
        Self { separator: char::from(separator), ending, rows, ids, touched: false }
    }

    pub(super) fn touched(&self) -> bool {
        self.touched
    }

    /// The file as it is now.
    pub(super) fn text(&self) -> String {
        let separator = self.separator.to_string();
        self.rows.iter().flat_map(|(cells, ending)| [cells.join(&separator), ending.clone()]).collect()
    }

    /// Gives rows that are called by their numbers a column with these, so that they keep them when rows come and go.
    /// Whether there was none.
    pub(super) fn name_rows(&mut self) -> bool {
        if self.rows.is_empty() || self.header().iter().any(|c| c == "id") {
            return false;
        }
        let named: Vec<Option<String>> = self.ids.iter().map(|id| id.as_ref().map(|id| self.quoted(id))).collect();
        for (i, ((cells, _), id)) in self.rows.iter_mut().zip(named).enumerate() {
            if i == 0 {
                cells.insert(0, "id".to_owned());
            } else if let Some(id) = id {
                cells.insert(0, id);
            }
        }
        true
    }

    pub(super) fn remove_row(&mut self, id: &str) {
        if let Some(row) = self.ids.iter().position(|i| i.as_deref() == Some(id)) {
            self.rows.remove(row);
            self.ids.remove(row);
            self.touched = true;
        }
    }

    pub(super) fn add_row(&mut self, id: &str) {
        if let Some((_, ending)) = self.rows.last_mut()
            && ending.is_empty()
        {
            ending.clone_from(&self.ending);
        }
        let mut cells = vec![String::new(); self.header().len()];
        if let Some(column) = self.header().iter().position(|c| c == "id") {
            cells[column] = self.quoted(id);
        }
        self.rows.push((cells, self.ending.clone()));
        self.ids.push(Some(id.to_owned()));
        self.touched = true;
    }

    fn header(&self) -> Vec<String> {
        let plain = |c: &String| c.trim().trim_matches('"').trim().to_owned();
        self.rows.first().map(|(cells, _)| cells.iter().map(plain).collect()).unwrap_or_default()
    }

    /// Makes a row say what a table says; the columns that changed. `Err` with what a CSV file cannot hold.
    pub(super) fn row(
        &mut self,
        id: &str,
        (old, new): (&Table, &Table),
        kind: Option<&Kind>,
    ) -> Result<Vec<String>, (Span, String)> {
        let (before, after) = (leaves(old, kind), leaves(new, kind));
        let Some(row) = self.ids.iter().position(|i| i.as_deref() == Some(id)) else {
            return Err((new.at, "the row".to_owned()));
        };
        let mut changed = Vec::new();
        for (key, _) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
            if let Some(column) = self.column(key) {
                self.put(row, column, String::new());
                changed.push(key.clone());
            }
        }
        for (key, (value, kind, at)) in &after {
            if before.get(key).is_some_and(|(old, ..)| same(old, value, kind.as_ref())) {
                continue;
            }
            let text = written(value, kind.as_ref()).ok_or_else(|| (*at, key.clone()))?;
            let column = self.column(key).unwrap_or_else(|| self.add_column(key, &after));
            let text = self.quoted(&text);
            self.put(row, column, text);
            changed.push(key.clone());
        }
        Ok(changed)
    }

    /// The column of a key: a number without a range may stand under its likely value, and the likely value of an estimate
    /// under the number.
    fn column(&mut self, key: &str) -> Option<usize> {
        let header = self.header();
        let find = |name: &str| header.iter().position(|c| c == name);
        find(key).or_else(|| find(&format!("{key}.likely")))
    }

    fn add_column(&mut self, key: &str, leaves: &Leaves) -> usize {
        self.touched = true;
        let header = self.header();
        // A column cannot stand beside others within it.
        if let Some(plain) = key.strip_suffix(".likely").and_then(|outer| header.iter().position(|c| c == outer)) {
            self.rows[0].0[plain] = self.quoted(key);
            return plain;
        }
        if let Some((outer, _)) = key.rsplit_once('.')
            && let Some(plain) = header.iter().position(|c| c == outer)
            && leaves.contains_key(&format!("{outer}.likely"))
        {
            self.rows[0].0[plain] = format!("{outer}.likely");
        }
        let name = self.quoted(key);
        self.rows[0].0.push(name);
        self.rows[0].0.len() - 1
    }

    fn put(&mut self, row: usize, column: usize, text: String) {
        let cells = &mut self.rows[row].0;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        self.touched = true;
    }

    fn quoted(&self, text: &str) -> String {
        let plain = text.trim() == text && !text.contains([self.separator, '"', '\n', '\r']);
        if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
    }
}

/// All values of a row that are no tables, by the keys to them.
fn leaves(table: &Table, kind: Option<&Kind>) -> Leaves {
    let mut out = Leaves::new();
    collect(table, kind, "", &mut out);
    out
}

fn collect(table: &Table, kind: Option<&Kind>, prefix: &str, out: &mut Leaves) {
    for (key, (_, node)) in &table.entries {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        let of = kind.and_then(|k| below(k, key.rsplit('.').next().unwrap_or(&key)));
        match likely(&node.value, of.as_ref()) {
            Value::Table(inner) if !inner.entries.is_empty() => collect(inner, of.as_ref(), &key, out),
            value => {
                out.insert(key, (value.clone(), of, node.at));
            }
        }
    }
}

/// A value as a cell of a CSV file; `None` if there is no such.
fn written(value: &Value, kind: Option<&Kind>) -> Option<String> {
    match value {
        Value::Text(text) if text.trim().is_empty() => None,
        Value::Text(text) | Value::Number(text) | Value::Date(text) => Some(text.clone()),
        Value::Flag(flag) => Some(flag.to_string()),
        Value::List(items) if is_list_of_words(kind) => {
            let texts = items.iter().map(|i| match &i.value {
                Value::Text(text) if !text.contains(';') && !text.trim().is_empty() => Some(text.as_str()),
                _ => None,
            });
            Some(texts.collect::<Option<Vec<_>>>()?.join(";")).filter(|t| !t.is_empty())
        }
        _ => None,
    }
}
