//! Whether two trees of a scenario mean the same.

use super::super::document::{Span, Table, Value};
use super::super::kind::Kind;
use super::super::section::{SECTIONS, Shape};
use super::cell::same;
use super::layout::{below, beside_kind, is_estimate, listed_tables, whole_tables};

/// The first difference between two scenarios: its place in the first of them, and what differs.
pub(super) fn difference(one: &Table, other: &Table) -> Option<(Span, String)> {
    for section in SECTIONS {
        let table = |root: &Table| match root.get(section.name).map(|n| &n.value) {
            Some(Value::Table(table)) => table.clone(),
            _ => Table::absent(),
        };
        let (first, second) = (table(one), table(other));
        let kind = |key: &str| match section.shape {
            Shape::Single => below(&section.entry, key),
            _ => beside_kind(section, key).or(Some(section.entry)),
        };
        let place = one.key(section.name).unwrap_or(one.at);
        if let Some((at, key)) = entries(&first, &second, place, &kind) {
            return Some((at, format!("`{}.{key}`", section.name)));
        }
    }
    None
}

fn entries(one: &Table, other: &Table, place: Span, kind: &dyn Fn(&str) -> Option<Kind>) -> Option<(Span, String)> {
    let keys = one.entries.keys().chain(other.entries.keys().filter(|k| one.get(k).is_none()));
    for key in keys {
        let of = kind(key);
        match (one.get(key), other.get(key)) {
            (Some(a), Some(b)) => {
                if let Some((at, below)) = values((&a.value, a.at), &b.value, of.as_ref()) {
                    return Some((at, if below.is_empty() { key.clone() } else { format!("{key}.{below}") }));
                }
            }
            (a, _) => return Some((a.map_or(place, |n| n.at), key.clone())),
        }
    }
    None
}

fn values((one, at): (&Value, Span), other: &Value, kind: Option<&Kind>) -> Option<(Span, String)> {
    match (likely(one, kind), likely(other, kind)) {
        (Value::Table(a), Value::Table(b)) => entries(a, b, at, &|key| kind.and_then(|k| below(k, key))),
        (Value::List(a), Value::List(b)) if a.len() == b.len() && whole_tables(a) && whole_tables(b) => {
            let of = kind.and_then(listed_tables);
            a.iter().zip(b).find_map(|(a, b)| values((&a.value, a.at), &b.value, of.as_ref()))
        }
        (a, b) => (!same(a, b, kind)).then(|| (at, String::new())),
    }
}

/// Whether two values mean the same.
pub(super) fn alike(one: &Value, other: &Value, kind: Option<&Kind>) -> bool {
    values((one, Span { file: 0, start: 0, end: 0 }), other, kind).is_none()
}

/// An estimate that gives nothing but its likely value is a plain number.
pub(super) fn likely<'v>(value: &'v Value, kind: Option<&Kind>) -> &'v Value {
    match value {
        Value::Table(table) if table.entries.len() == 1 && kind.is_some_and(|k| is_estimate(k, table)) => {
            table.get("likely").map_or(value, |n| &n.value)
        }
        _ => value,
    }
}
