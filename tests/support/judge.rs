//! A judge of JSON by JSON Schema, for the keywords that our schema uses; any other keyword fails the test.

use regex::Regex;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::HashMap;

/// Keywords that say nothing of a value of another type, or nothing at all.
const SILENT: &[&str] = &[
    "minimum",
    "maximum",
    "pattern",
    "required",
    "items",
    "properties",
    "propertyNames",
    "additionalProperties",
    "description",
    "title",
    "examples",
    "definitions",
    "$schema",
    "$comment",
];

/// What is wrong with a value by a schema within `root`: places, with what was wanted there.
pub fn faults(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut out = Vec::new();
    judge(root, schema, value, "", &mut out);
    out
}

/// The schema that a `$ref` points at, or the schema itself.
pub fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(to) => root.pointer(to.trim_start_matches('#')).unwrap_or_else(|| panic!("{to} is not defined")),
        None => schema,
    }
}

fn judge(root: &Value, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    if let Value::Bool(allowed) = schema {
        if !allowed {
            out.push(format!("{at} is not allowed"));
        }
        return;
    }
    for (keyword, given) in resolved(root, schema).as_object().expect("a schema is an object") {
        let mut wrong = |bad: bool| {
            if bad {
                out.push(format!("{at}: {value} against {keyword} {given}"));
            }
        };
        match (keyword.as_str(), value) {
            ("type", _) => wrong(!types(given).any(|t| is(value, t))),
            ("enum", _) => wrong(!given.as_array().expect("a list").contains(value)),
            ("minimum", Value::Number(n)) => wrong(n.as_f64() < given.as_f64()),
            ("maximum", Value::Number(n)) => wrong(n.as_f64() > given.as_f64()),
            ("pattern", Value::String(s)) => wrong(!matches(given.as_str().expect("text"), s)),
            ("required", Value::Object(o)) => {
                wrong(given.as_array().expect("a list").iter().any(|k| !o.contains_key(k.as_str().expect("text"))));
            }
            ("anyOf", _) => wrong(!given.as_array().expect("a list").iter().any(|s| faults(root, s, value).is_empty())),
            ("allOf", _) => given.as_array().expect("a list").iter().for_each(|s| judge(root, s, value, at, out)),
            ("items", Value::Array(items)) => items.iter().for_each(|i| judge(root, given, i, &format!("{at}[]"), out)),
            ("properties", Value::Object(o)) => properties(root, given, o, at, out),
            ("propertyNames", Value::Object(o)) => {
                o.keys().for_each(|k| judge(root, given, &Value::from(k.as_str()), at, out));
            }
            ("additionalProperties", Value::Object(o)) => {
                let known = |k: &str| schema.get("properties").and_then(|p| p.get(k)).is_some();
                o.iter().filter(|(k, _)| !known(k)).for_each(|(k, v)| judge(root, given, v, &format!("{at}.{k}"), out));
            }
            (known, _) if SILENT.contains(&known) => {}
            (other, _) => panic!("the judge does not know `{other}`"),
        }
    }
}

/// Whether text is of a pattern; patterns are made once, which takes longer than matching.
fn matches(pattern: &str, text: &str) -> bool {
    thread_local!(static MADE: RefCell<HashMap<String, Regex>> = RefCell::new(HashMap::new()));
    MADE.with_borrow_mut(|made| {
        let known = made.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).expect("a pattern"));
        known.is_match(text)
    })
}

fn properties(root: &Value, given: &Value, object: &Map<String, Value>, at: &str, out: &mut Vec<String>) {
    for (key, value) in object {
        if let Some(schema) = given.get(key) {
            judge(root, schema, value, &format!("{at}.{key}"), out);
        }
    }
}

fn types(given: &Value) -> impl Iterator<Item = &str> {
    let many = given.as_array().into_iter().flatten().filter_map(Value::as_str);
    given.as_str().into_iter().chain(many)
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|n| n.fract() == 0.0),
        other => panic!("the judge does not know the type {other}"),
    }
}
