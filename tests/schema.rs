//! The JSON Schema of a scenario: as wide as the reader, and not much wider.

mod support;

use appraise::scenario::{self, SourceFile, reference};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use support::judge::{faults, resolved};
use support::{files, patched, path};

/// A TOML file as JSON; dates as they are written. `None` if it is not TOML.
fn as_json(file: &SourceFile) -> Option<Value> {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::String(s) => s.into(),
            toml::Value::Integer(i) => i.into(),
            toml::Value::Float(f) => f.into(),
            toml::Value::Boolean(b) => b.into(),
            toml::Value::Datetime(d) => d.to_string().into(),
            toml::Value::Array(items) => items.into_iter().map(convert).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(k, v)| (k, convert(v))).collect(),
        }
    }
    let text = std::str::from_utf8(&file.bytes).expect("text");
    toml::from_str::<toml::Table>(text).ok().map(|t| convert(toml::Value::Table(t)))
}

fn is_toml(file: &SourceFile) -> bool {
    Path::new(&file.name).extension().is_some_and(|e| e == "toml")
}

/// What the schema finds wrong with the TOML files of a scenario.
fn refused(schema: &Value, sources: &[SourceFile]) -> Vec<String> {
    let toml = sources.iter().filter(|f| is_toml(f));
    toml.flat_map(|f| as_json(f).map_or_else(|| vec![format!("{} is not TOML", f.name)], |v| faults(schema, schema, &v)))
        .collect()
}

#[test]
fn bundled_scenarios_are_allowed() {
    let schema = scenario::schema::json();
    for entry in std::fs::read_dir(path("scenarios")).expect("scenarios") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_str().expect("text");
        assert_eq!(refused(&schema, &files(name)), Vec::<String>::new(), "{name}");
    }
}

/// Other ways of writing the worked example that the reader takes.
const ALSO: &[(&str, &str)] = &[
    ("users = 400", "users = \"1,300\""),
    ("users = 400", "users = { low = 300, likely = \"400\", high = 500, distribution = \"pert\", basis = \"count\" }"),
    ("fixed = \"£40k\"", "fixed = \"£0.04m\""),
    ("fixed = \"£40k\"", "fixed = \"GBP 40,000.50\""),
    ("fixed = \"£40k\"", "fixed = { likely = \"£40k\", source = \"example\" }"),
    ("fixed = \"£40k\"", "fixed = 4e4"),
    ("early_exit = \"75%\"", "early_exit = 0.75"),
    ("end = 2028-09-30", "end = \"30/09/2028\""),
    ("end = 2028-09-30", "end = \"30 September 2028\""),
    ("go_live = 2028-01-01", "go_live = \"2027/28 Q4\""),
    ("go_live = 2028-01-01", "go_live = \"1/1/2028\""),
    ("go_live = 2028-01-01", "go_live = \"1 January 2028\""),
    ("horizon = 1", "horizon = \"1\""),
    ("needs = { C1 = 6, C2 = 4 }", "needs = { C1 = \"must\", C2 = { must = \"25%\" } }"),
    ("year0 = \"2027/28\"", "year0 = \"2027-2028\""),
    ("line = \"community\", to = \"y\"", "services = \"s2; s1\", to = \"y\""),
    ("line = \"community\", to = \"y\"", "services = [\"s1\", \"s2\"], to = \"y\""),
];

#[test]
fn other_ways_of_writing_are_allowed() {
    let schema = scenario::schema::json();
    for (from, to) in ALSO {
        let sources = patched(files("worked-example"), &[(from, to)]);
        let errors = scenario::read(&sources).err().map(|p| scenario::render::text(&p, false));
        assert_eq!(errors, None, "`{to}` is refused by the reader");
        assert_eq!(refused(&schema, &sources), Vec::<String>::new(), "`{to}`");
    }
}

/// Faults that a schema can see.
const NOT: &[(&str, &str)] = &[
    ("as_at = 2027-04-01", ""),
    ("as_at = 2027-04-01", "as_at = \"soon\""),
    ("year0 = \"2027/28\"", "year0 = \"27/28\""),
    ("horizon = 1", "horizon = 1.5"),
    ("horizon = 1", "horizon = 61"),
    ("mode = \"longlist_mcda\"", "mode = \"longlist\""),
    ("users = 400", "user = 400"),
    ("users = 400", "users = -400"),
    ("users = 400", "users = \"lots\""),
    ("users = 400", "users = \"£400\""),
    ("users = 400", "users = \"4k\""),
    ("users = 400", "users = { low = 300, high = 500 }"),
    ("users = 400", "users = { likely = 400, evidence = \"hearsay\" }"),
    ("users = 400", "users = { likely = 400, lowest = 300 }"),
    ("users = 400", "users = [400]"),
    ("fixed = \"£40k\"", "fixed = \"£40kk\""),
    ("early_exit = \"75%\"", "early_exit = 75"),
    ("go_live = 2028-01-01", "go_live = 2028-02-01"),
    ("measure = \"visibility\"", "measure = \"visibilty\""),
    ("needs = { C1 = 6, C2 = 4 }", "needs = { C1 = 6, C2 = \"perhaps\" }"),
    ("[staff_time]", "[stafftime]"),
];

#[test]
fn what_is_not_a_scenario_is_refused() {
    let schema = scenario::schema::json();
    for (from, to) in NOT {
        let sources = patched(files("worked-example"), &[(from, to)]);
        assert!(scenario::read(&sources).is_err(), "`{to}` is taken by the reader");
        assert!(!refused(&schema, &sources).is_empty(), "`{to}` is allowed");
    }
}

/// Values to write in place of what stands after `=`, of every kind.
const ODD: &[&str] = &[
    "\"\"",
    "-1",
    "0",
    "0.5",
    "7",
    "1e308",
    "\"x\"",
    "[]",
    "{}",
    "true",
    "\"no\"",
    "\"99%\"",
    "\"£5m\"",
    "2028-01-01",
    "\"2027/28\"",
    "\"2027/28 Q2\"",
    "{ likely = 1 }",
    "[{}]",
    "[0.5]",
];

/// With any line left out or its value replaced by the odd ones (each in every way, or each in one by turns):
/// whatever the reader takes, the schema allows.
fn allows_what_the_reader_takes(name: &str, all: bool, at_least: usize) {
    let schema = scenario::schema::json();
    let sources = files(name);
    let (mut judged, mut narrow) = (0, Vec::new());
    for (file, source) in sources.iter().enumerate().filter(|(_, s)| is_toml(s)) {
        let text = String::from_utf8(source.bytes.clone()).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        for (n, line) in lines.iter().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
            let key = line.split_once(" = ").filter(|_| !line.starts_with('[')).map(|(key, _)| key);
            let replaced = ODD.iter().filter_map(|odd| key.map(|k| format!("{k} = {odd}")));
            let cases: Vec<String> = std::iter::once(String::new()).chain(replaced).collect();
            let turn = n % cases.len();
            for case in if all { &cases[..] } else { &cases[turn..=turn] } {
                let mut changed = lines.clone();
                changed[n] = case;
                let mut sources = sources.clone();
                sources[file].bytes = changed.join("\n").into_bytes();
                let found = refused(&schema, &sources[file..=file]);
                if found.is_empty() {
                    continue;
                }
                judged += 1;
                if scenario::read(&sources).is_ok() {
                    narrow.extend(found.into_iter().map(|f| format!("{}: `{line}` to `{case}`: {f}", source.name)));
                }
            }
        }
    }
    assert!(judged >= at_least, "the schema refused only {judged}");
    assert!(narrow.is_empty(), "{}", narrow.join("\n"));
}

#[test]
fn the_schema_allows_what_the_reader_takes_of_the_worked_example() {
    allows_what_the_reader_takes("worked-example", true, 1000);
}

#[test]
fn the_schema_allows_what_the_reader_takes_of_project_fusion() {
    allows_what_the_reader_takes("project-fusion", false, 300);
}

/// The schemas that a step of a heading leads to: `ID` or `LINE` any key, `[]` an item, else a key.
fn below<'a>(root: &'a Value, at: &'a Value, step: &str) -> Vec<&'a Value> {
    let at = resolved(root, at);
    let parts = ["anyOf", "allOf"].iter().filter_map(|k| at.get(*k)).filter_map(Value::as_array).flatten();
    let mut found: Vec<&Value> = parts.flat_map(|s| below(root, s, step)).collect();
    let own = match step {
        "[]" => at.get("items"),
        _ if step.chars().all(|c| c.is_ascii_uppercase() || c == ' ') => at.get("additionalProperties"),
        _ => at.get("properties").and_then(|p| p.get(step)),
    };
    found.extend(own.filter(|s| s.is_object()));
    found
}

/// Keys, and those of them that are needed, of all tables at a place.
fn keys<'a>(root: &'a Value, at: &[&'a Value]) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut known, mut needed) = (BTreeSet::new(), BTreeSet::new());
    for schema in at.iter().map(|s| resolved(root, s)) {
        known.extend(schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|p| p.keys().cloned()));
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        needed.extend(required.filter_map(Value::as_str).map(str::to_owned));
        for part in ["anyOf", "allOf"].iter().filter_map(|k| schema.get(*k)).filter_map(Value::as_array).flatten() {
            let (more, must) = keys(root, &[part]);
            known.extend(more);
            needed.extend(must);
        }
    }
    (known, needed)
}

#[test]
fn every_key_of_the_reference_is_in_the_schema_and_no_other() {
    let schema = scenario::schema::json();
    let mut tables = 0;
    for part in reference::markdown().split("\n#").filter(|p| p.trim_start_matches('#').starts_with(" `")) {
        let heading = part.split('`').nth(1).expect("a heading").trim_matches(['[', ']']).to_owned();
        let heading = if part.contains("[]`") { format!("{heading}[]") } else { heading };
        if heading.starts_with("estimate") {
            continue;
        }
        // Headings name the section and then the key, without the id between them.
        let section = heading.split('.').next().expect("a section");
        let keyed = schema.pointer(&format!("/properties/{section}/additionalProperties")).is_some_and(Value::is_object);
        let id = if keyed && !heading.contains(".ID") { format!("{section}.ID") } else { section.to_owned() };
        let steps = heading.replacen(section, &id, 1).replace("[]", ".[]");
        let place =
            steps.split('.').fold(vec![&schema], |at, step| at.into_iter().flat_map(|s| below(&schema, s, step)).collect());
        assert!(!place.is_empty(), "`{heading}` is not in the schema");
        let rows = part.lines().filter_map(|l| l.strip_prefix("| `")).filter_map(|l| l.split_once("` | "));
        let (mut named, mut needed) = (BTreeSet::new(), BTreeSet::new());
        for (key, rest) in rows {
            named.insert(key.to_owned());
            if rest.contains("| yes |") {
                needed.insert(key.to_owned());
            }
        }
        if !named.is_empty() {
            tables += 1;
            let (known, must) = keys(&schema, &place);
            assert_eq!((known, must), (named, needed), "`{heading}`");
        }
    }
    assert!(tables > 40, "only {tables} tables in the reference");
}

#[test]
fn units_and_meanings_are_told() {
    let schema = scenario::schema::json();
    let price =
        schema.pointer("/properties/contracts/additionalProperties/properties/lines/additionalProperties/properties/per_user");
    let price = price.expect("declared");
    assert_eq!(price["description"], json!("So much a named user and year [£ a user a year, such as 190 or \"£190\"]"));
    assert_eq!(price["allOf"], json!([{ "$ref": "#/definitions/PoundsPerUserYearOrEstimate" }]));
    assert_eq!(schema.pointer("/definitions/Share/anyOf/0"), Some(&json!({ "type": "number", "minimum": 0.0, "maximum": 1.0 })));
}

#[test]
fn examples_are_told_and_allowed() {
    fn walk(root: &Value, at: &Value, found: &mut usize) {
        if let Some(examples) = at.get("examples").and_then(Value::as_array) {
            for example in examples {
                assert_eq!(faults(root, at, example), Vec::<String>::new(), "{example} of {at}");
                *found += 1;
            }
        }
        match at {
            Value::Object(map) => map.values().for_each(|v| walk(root, v, found)),
            Value::Array(items) => items.iter().for_each(|v| walk(root, v, found)),
            _ => {}
        }
    }
    let schema = scenario::schema::json();
    let mut found = 0;
    walk(&schema, &schema, &mut found);
    assert!(found > 100, "only {found} examples");
    let start = schema.pointer("/properties/appraisal/properties/as_at").expect("declared");
    assert_eq!(start["examples"], json!(["2027-03-31"]));
}
