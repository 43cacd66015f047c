//! The worked example with hostile text in every key that takes free text.

use crate::attacks::{self, Attack};
use crate::support::path;
use appraise::scenario::{SourceFile, reference};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use toml::{Table, Value};

/// One hostile text and where it stands.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Placed {
    /// The key, as the scenario reference writes it.
    pub(crate) key: String,
    /// What the text tries.
    pub(crate) attack: &'static str,
    /// What follows the text, and nothing else.
    pub(crate) marker: String,
    /// The text as the pack must show it.
    pub(crate) shown: String,
    /// The text as a line of the terminal must show it.
    pub(crate) printed: String,
}

/// A scenario, and what was put where.
#[derive(Debug, Clone)]
pub(crate) struct Hostile {
    pub(crate) tree: Table,
    pub(crate) placed: Vec<Placed>,
}

impl Hostile {
    pub(crate) fn text(&self) -> String {
        toml::to_string(&self.tree).expect("a table is TOML")
    }

    pub(crate) fn files(&self) -> Vec<SourceFile> {
        vec![SourceFile { name: "scenario.toml".to_owned(), bytes: self.text().into_bytes() }]
    }

    /// The text put where `key` stands.
    pub(crate) fn at(&self, key: &str) -> &Placed {
        self.placed.iter().find(|p| p.key == key).unwrap_or_else(|| panic!("nothing at {key}"))
    }
}

/// The worked example with one of everything.
pub(crate) fn base() -> Table {
    let read = |below: &str| fs::read_to_string(path(below)).expect("readable").parse::<Table>().expect("TOML");
    let mut tree = read("scenarios/worked-example/appraisal.toml");
    merge(&mut tree, read("tests/hostile/additions.toml"));
    tree
}

fn merge(into: &mut Table, from: Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Table(inner)), Value::Table(more)) => merge(inner, more),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

/// The base with the attacks dealt out to all keys in turn, beginning with number `shift`; over all
/// shifts every key holds every attack.
pub(crate) fn dealt(shift: usize) -> Hostile {
    let attacks = attacks::all();
    let mut tree = base();
    let mut placed = Vec::new();
    let mut markers: BTreeMap<String, usize> = BTreeMap::new();
    for (pattern, key, kind) in free_text() {
        visit(&mut tree, &pattern, &mut |table| {
            // What selects services must say the same as the services do.
            let said = if key == "places" { "place" } else { key.as_str() };
            let same = ["line", "setting", "place"].contains(&said);
            let name = format!("{}.{key}", pattern.join("."));
            let next = placed.len();
            let number = if same { *markers.entry(said.to_owned()).or_insert(next) } else { next };
            let place = text(&attacks[(number + shift) % attacks.len()], &name, number);
            let value = Value::String(place.1);
            match kind {
                Kind::Text => drop(table.insert(key.clone(), value)),
                Kind::List if table.contains_key(&key) => drop(table.insert(key.clone(), Value::Array(vec![value]))),
                Kind::Reasons => match table.get_mut(&key) {
                    Some(Value::Table(reasons)) => reasons.iter_mut().for_each(|(_, reason)| *reason = value.clone()),
                    _ => return,
                },
                Kind::List => return,
            }
            placed.push(place.0);
        });
    }
    Hostile { tree, placed }
}

fn text(attack: &Attack, key: &str, number: usize) -> (Placed, String) {
    let marker = format!(" n{number}.");
    let with = |text: &str| format!("{text}{marker}");
    let placed = Placed {
        key: key.to_owned(),
        attack: attack.name,
        marker: marker.clone(),
        shown: with(&attack.shown),
        printed: with(&attack.printed),
    };
    (placed, with(&attack.raw))
}

/// What a key that takes free text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// One text.
    Text,
    /// A list of texts.
    List,
    /// A table of texts.
    Reasons,
}

/// Every key that takes free text: the path of its table (`*` for an id, `[]` for a list, `**` for an
/// estimate), the key, and what it holds. It is read from the scenario reference, which is made from the
/// reader's own declarations.
pub(crate) fn free_text() -> BTreeSet<(Vec<String>, String, Kind)> {
    let mut keyed = BTreeSet::new();
    let mut pattern = Vec::new();
    let mut found = BTreeSet::new();
    for line in reference::markdown().lines() {
        if let Some(section) = line.strip_prefix("## `[").and_then(|l| l.strip_suffix("]`")) {
            pattern = path_of(section);
            if pattern.len() > 1 {
                keyed.insert(pattern[0].clone());
            }
        } else if let Some(part) = line.strip_prefix("### `").and_then(|l| l.strip_suffix('`')) {
            pattern = path_of(part);
            if keyed.contains(&pattern[0]) {
                pattern.insert(1, "*".to_owned());
            }
        } else if line == "## An estimate" {
            pattern = vec!["**".to_owned()];
        } else if let Some((key, kind)) = row(line) {
            // The id names a folder; it has its own rule and test.
            let id = pattern == ["appraisal"] && key == "id";
            found.extend(kind.filter(|_| !id).map(|kind| (pattern.clone(), key, kind)));
        }
    }
    found
}

/// `contracts.lines.LINE.bands[]` as `contracts`, `lines`, `*`, `bands`, `[]`.
fn path_of(heading: &str) -> Vec<String> {
    let mut path = Vec::new();
    for part in heading.split('.') {
        let name = part.trim_end_matches("[]");
        let id = name.chars().all(|c| c.is_ascii_uppercase() || c == ' ');
        path.push(if id { "*".to_owned() } else { name.to_owned() });
        if name != part {
            path.push("[]".to_owned());
        }
    }
    path
}

/// Key and kind of a row of the reference; no kind where the key does not take free text.
fn row(line: &str) -> Option<(String, Option<Kind>)> {
    let mut cells = line.strip_prefix("| `")?.split(" | ");
    let key = cells.next()?.trim_end_matches('`').to_owned();
    let kind = match cells.next()? {
        "text" => Some(Kind::Text),
        "list of texts" => Some(Kind::List),
        kind if kind.ends_with("to reason") => Some(Kind::Reasons),
        _ => None,
    };
    Some((key, kind))
}

/// Calls `change` with every table at a path.
fn visit(table: &mut Table, path: &[String], change: &mut impl FnMut(&mut Table)) {
    let Some((first, rest)) = path.split_first() else { return change(table) };
    match first.as_str() {
        "**" => estimates(table, change),
        "*" => table.iter_mut().filter_map(|(_, v)| v.as_table_mut()).for_each(|t| visit(t, rest, change)),
        key => match (table.get_mut(key), rest.split_first()) {
            (Some(Value::Array(items)), Some((list, rest))) if list == "[]" => {
                items.iter_mut().filter_map(Value::as_table_mut).for_each(|t| visit(t, rest, change));
            }
            (Some(Value::Table(inner)), _) => visit(inner, rest, change),
            _ => {}
        },
    }
}

/// Tables with a likely value, wherever they are.
fn estimates(table: &mut Table, change: &mut impl FnMut(&mut Table)) {
    if table.contains_key("likely") {
        change(table);
    }
    for (_, value) in table.iter_mut() {
        match value {
            Value::Table(inner) => estimates(inner, change),
            Value::Array(items) => items.iter_mut().filter_map(Value::as_table_mut).for_each(|t| estimates(t, change)),
            _ => {}
        }
    }
}

/// Ids that try the same, by the plain ids they stand for.
const IDS: &[(&str, &str)] = &[
    ("s1", "s \"1\" <b>&amp;</b>"),
    ("s2", "'s2'.core[0]"),
    ("x", "../x\u{202e}\u{200b}"),
    ("y", "</style>{{ y }}"),
    ("kx", "=1+1"),
    ("ky", "k#y \u{5d0}"),
    ("trust", "__proto__"),
    ("in_context", "in%20context?"),
    ("C1", "C:\\1|`"),
    ("board", "\u{1f469}\u{200d}\u{1f467} > board"),
    ("interop", "@interop\u{2066}"),
];

/// The base with odd ids, and the ids that are in it.
pub(crate) fn odd_ids() -> (Table, Vec<&'static str>) {
    let mut used = Vec::new();
    let tree = renamed(&Value::Table(base()), &mut used);
    used.sort_unstable();
    used.dedup();
    match tree {
        Value::Table(tree) => (tree, used),
        _ => unreachable!("a table renamed is a table"),
    }
}

fn renamed(value: &Value, used: &mut Vec<&'static str>) -> Value {
    let mut new = |id: &str| match IDS.iter().find(|(plain, _)| *plain == id) {
        Some((_, odd)) => {
            used.push(odd);
            (*odd).to_owned()
        }
        None => id.to_owned(),
    };
    match value {
        Value::String(text) => Value::String(new(text)),
        Value::Array(items) => Value::Array(items.iter().map(|i| renamed(i, used)).collect()),
        Value::Table(table) => {
            let keys: Vec<String> = table.keys().map(|k| new(k)).collect();
            Value::Table(keys.into_iter().zip(table.values().map(|v| renamed(v, used))).collect())
        }
        other => other.clone(),
    }
}
