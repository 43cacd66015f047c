//! The JSON Schema (draft-07) of a scenario's TOML, from the same declarations that the reader works by:
//! editors complete, explain and check with it.
//!
//! It allows all that the reader allows, in the spelling of the reference; what needs more than one value
//! to judge (ids, orders of dates, sums) is left to the reader.

use super::fields::{ESTIMATE, Field, Spec};
use super::kind::{Keys, Kind};
use super::section::{SECTIONS, Section, Shape, beside};
use crate::assumption::Unit;
use serde_json::{Map, Value, json};

/// The schema. The same bytes for the same version of the engine.
#[must_use]
pub fn json() -> Value {
    let mut numbers = Numbers::default();
    let sections: Map<String, Value> = SECTIONS.iter().map(|s| (s.name.to_owned(), section(s, &mut numbers))).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": concat!("Made by `appraise schema`, version ", env!("CARGO_PKG_VERSION")),
        "title": "Scenario of an options appraisal",
        "description": "One file of a scenario; its sections may be spread over several files.",
        "type": "object",
        "properties": sections,
        "additionalProperties": false,
        "definitions": numbers.definitions,
    })
}

fn section(section: &Section, numbers: &mut Numbers) -> Value {
    let entry = value(&section.entry, numbers);
    if section.shape == Shape::Single {
        return described(entry, section.doc);
    }
    let mut entries = object_of(&entry);
    let own = beside(section.name).iter().flat_map(|group| group.iter());
    let own: Map<String, Value> = own.map(|f| (f.key.to_owned(), field(f, numbers))).collect();
    if !own.is_empty() {
        entries["properties"] = Value::Object(own);
    }
    described(entries, section.doc)
}

/// A table with keys of the author's own.
fn object_of(value: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": value })
}

/// Adds a description; beside a `$ref` it would be ignored.
fn described(mut schema: Value, text: &str) -> Value {
    if schema.get("$ref").is_some() {
        schema = json!({ "allOf": [schema] });
    }
    schema["description"] = json!(text);
    schema
}

/// A table with the keys of a specification.
fn table(spec: Spec, numbers: &mut Numbers) -> Value {
    let fields = || spec.iter().flat_map(|group| group.iter());
    let properties = fields().map(|f| (f.key.to_owned(), field(f, numbers))).collect();
    closed(&properties, fields())
}

/// An object with these properties and no other.
fn closed<'a>(properties: &Map<String, Value>, fields: impl Iterator<Item = &'a Field>) -> Value {
    let required: Vec<&str> = fields.filter(|f| f.required).map(|f| f.key).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn field(field: &Field, numbers: &mut Numbers) -> Value {
    let mut schema = described(value(&field.kind, numbers), &explained(field));
    let examples = examples(&field.kind);
    if !examples.is_empty() {
        schema["examples"] = json!(examples);
    }
    schema
}

/// What may be written there, from the words of the reference: `190 or "£190"`.
fn examples(kind: &Kind) -> Vec<Value> {
    let one = |text: &str| match text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        Some(quoted) => json!(quoted),
        None => serde_json::from_str(&text.replace('_', "")).unwrap_or_else(|_| json!(text)),
    };
    kind.example().map(|words| words.split(" or ").map(one).collect()).unwrap_or_default()
}

/// "Staff with access [users, such as 1_200]".
fn explained(field: &Field) -> String {
    let example = field.kind.example().map_or_else(String::new, |e| format!(", such as {e}"));
    format!("{} [{}{example}]", field.doc, field.kind.words())
}

fn value(kind: &Kind, numbers: &mut Numbers) -> Value {
    match kind {
        // Text may be written as a bare number: the reader takes it as it is written.
        Kind::Text | Kind::Name(_) | Kind::Id(_) | Kind::Sources => json!({ "type": ["string", "number"], "pattern": "\\S" }),
        Kind::Flag => any(&[json!({ "type": "boolean" }), text(FLAG)]),
        Kind::Number(unit) => numbers.estimate(*unit),
        Kind::InUnit => number(f64::MIN, f64::MAX),
        Kind::Plain(_, low, high) => number(*low, *high),
        Kind::Whole(_, low, high) => {
            any(&[json!({ "type": "integer", "minimum": low, "maximum": high }), text(&amount(Forms::ALL))])
        }
        Kind::Date => text(&[DAY].join("|")),
        Kind::Month => text(&[DAY, QUARTER, YEAR].join("|")),
        Kind::GoLive => text(&[FIRST_OF_QUARTER, QUARTER, YEAR].join("|")),
        Kind::Year => text(YEAR),
        Kind::OneOf(words) => json!({ "enum": words }),
        Kind::Tagged(tag, _) => text(&format!("{tag}:.*")),
        Kind::Ids(_) | Kind::Texts => any(&[json!({ "type": "array", "items": { "type": "string" } }), text(".*\\S.*")]),
        Kind::List(of) => json!({ "type": "array", "items": value(of, numbers) }),
        Kind::Table(spec) => table(spec, numbers),
        Kind::Tables(spec) => json!({ "type": "array", "items": table(spec, numbers) }),
        Kind::Map(keys, of) => {
            let mut schema = object_of(&value(of, numbers));
            if *keys == Keys::Years {
                schema["propertyNames"] = text(YEAR);
            }
            schema
        }
        Kind::Either(kinds) => any(&kinds.iter().map(|k| value(k, numbers)).collect::<Vec<_>>()),
    }
}

fn any(schemas: &[Value]) -> Value {
    json!({ "anyOf": schemas })
}

/// Text of a form, with room around it.
fn text(form: &str) -> Value {
    json!({ "type": "string", "pattern": format!("^\\s*({form})\\s*$") })
}

/// A plain number, as such or as text.
fn number(low: f64, high: f64) -> Value {
    any(&[json!({ "type": "number", "minimum": low, "maximum": high }), text(&amount(Forms::ALL))])
}

/// Definitions of numbers by unit, made as they are met.
#[derive(Default)]
struct Numbers {
    definitions: Map<String, Value>,
}

impl Numbers {
    /// A number of the register: plain, as text, or an estimate in the same unit.
    fn estimate(&mut self, unit: Unit) -> Value {
        // Named by the unit itself: two units may be called the same in words.
        let name = format!("{unit:?}");
        let either = format!("{name}OrEstimate");
        if !self.definitions.contains_key(&either) {
            let plain = reference(&name);
            let (low, high) = unit.range();
            let forms = Forms { percent: unit.is_ratio(), pounds: unit.is_money(), scaled: unit.may_be_large() };
            let numeric = json!({ "type": "number", "minimum": low, "maximum": high });
            self.definitions.insert(name, described(any(&[numeric, text(&amount(forms))]), unit.label()));
            let property = |f: &Field, numbers: &mut Self| match f.kind {
                Kind::InUnit => described(plain.clone(), &format!("{} [{}]", f.doc, unit.label())),
                _ => field(f, numbers),
            };
            let properties = ESTIMATE.iter().map(|f| (f.key.to_owned(), property(f, self))).collect();
            let schema = any(&[plain.clone(), closed(&properties, ESTIMATE.iter())]);
            self.definitions
                .insert(either.clone(), described(schema, &format!("A plain value or an estimate [{}]", unit.label())));
        }
        reference(&either)
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// How a number may be written as text, besides its digits.
#[derive(Clone, Copy)]
struct Forms {
    percent: bool,
    pounds: bool,
    scaled: bool,
}

impl Forms {
    const ALL: Self = Self { percent: true, pounds: true, scaled: true };
}

/// The forms of [`super::number::number`]: `1,300,000`, `£1.3m`, `3.5%`, `−4`.
fn amount(forms: Forms) -> String {
    let pounds = if forms.pounds { "(£|GBP)?\\s*" } else { "" };
    let suffixes: Vec<&str> =
        [(forms.percent, "%"), (forms.scaled, "[bB][nN]|[mM]|[kK]")].iter().filter(|(yes, _)| *yes).map(|(_, s)| *s).collect();
    let suffix = if suffixes.is_empty() { String::new() } else { format!("(\\s*({}))?", suffixes.join("|")) };
    format!("[-+\u{2212}]?\\s*{pounds}([0-9_][0-9_,\\s]*(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?{suffix}")
}

const FLAG: &str = "[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy]([Ee][Ss])?|[Nn][Oo]?";
const YEAR: &str = "[0-9]{4}[/-]([0-9]{2}|[0-9]{4})";
const QUARTER: &str = "[0-9]{4}[/-]([0-9]{2}|[0-9]{4})\\s+[Qq][1-4]";
const DAY: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{1,2} +[A-Za-z]+ +[0-9]{4}";
const FIRST_OF_QUARTER: &str = "[0-9]{4}-(01|04|07|10)-01([T ].*)?|0?1/(0?[147]|10)/[0-9]{4}|0?1 +[A-Za-z]+ +[0-9]{4}";
