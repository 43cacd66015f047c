//! Every number of `appraisal.json` by its path.

use crate::appraisal::result::Appraisal;
use indexmap::IndexMap;
use serde_json::Value;

/// Keys by which the entries of a list are called, the first that tells all of them apart.
const KEYS: [&[&str]; 9] = [
    &["id"],
    &["year", "category"],
    &["body", "year"],
    &["contract"],
    &["body"],
    &["role"],
    &["step"],
    &["criterion"],
    &["service", "slot"],
];

/// A number of an appraisal.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// Its value.
    pub value: f64,
    /// The keys on the way to it, without the names of entries of lists.
    pub keys: Vec<String>,
}

/// All numbers of an appraisal, in its order. Entries of lists are called by their ids, years of a yearly list by the
/// year, all else by its position from 0.
pub(super) fn all(appraisal: &Appraisal) -> IndexMap<String, Number> {
    let mut found = IndexMap::new();
    if let Ok(value) = serde_json::to_value(appraisal) {
        walk(&value, (String::new(), &[]), &appraisal.frame.years, &mut found);
    }
    found
}

fn walk(value: &Value, (path, keys): (String, &[String]), years: &[String], found: &mut IndexMap<String, Number>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Number(number) => {
            if let Some(number) = number.as_f64() {
                found.entry(path).or_insert(Number { value: number, keys: keys.to_vec() });
            }
        }
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            let keys: Vec<String> = keys.iter().chain([name]).cloned().collect();
            walk(value, (below(name), &keys), years, found);
        }),
        Value::Array(list) => {
            // Cost lines are called by their numbers even where one body alone bears one.
            let lines = keys.iter().map(String::as_str).eq(["options", "cost", "lines"]);
            let names = if lines { (0..list.len()).map(|i| i.to_string()).collect() } else { names(list, years) };
            list.iter().zip(names).for_each(|(value, name)| walk(value, (below(&name), keys), years, found));
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// What the entries of a list are called.
fn names(list: &[Value], years: &[String]) -> Vec<String> {
    if list.len() == years.len() && list.iter().all(Value::is_number) {
        return years.to_vec();
    }
    let called = |keys: &[&str]| -> Option<Vec<String>> {
        let one = |entry: &Value| -> Option<String> {
            let parts: Option<Vec<&str>> = keys.iter().map(|k| entry.get(k)?.as_str()).collect();
            parts.map(|p| p.join("."))
        };
        let names: Option<Vec<String>> = list.iter().map(one).collect();
        names.filter(|n| n.iter().collect::<std::collections::BTreeSet<_>>().len() == n.len())
    };
    KEYS.iter().find_map(|keys| called(keys)).unwrap_or_else(|| (0..list.len()).map(|i| i.to_string()).collect())
}
