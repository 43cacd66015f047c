//! Every bundled scenario against the results kept in `reports/`: a change of figures is a change to
//! review. `make reports` makes them anew.

mod support;

use appraise::report;
use appraise::scenario::SourceFile;
use serde_json::Value as Json;
use std::fs;
use std::path::Path;
use support::generated::{self, SMALL};
use support::{appraise, explained, files, path};
use toml::{Table, Value};

/// Numbers may differ in the last places between platforms.
const TOLERANCE: f64 = 1e-9;

fn differences(at: &str, kept: &Json, found: &Json, out: &mut Vec<String>) {
    match (kept, found) {
        (Json::Number(a), Json::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
            if (a - b).abs() > TOLERANCE * (1.0 + a.abs()) {
                out.push(format!("{at}: {a} became {b}"));
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (i, (x, y)) in a.iter().zip(b).enumerate() {
                differences(&format!("{at}/{i}"), x, y, out);
            }
        }
        (Json::Object(a), Json::Object(b)) if a.keys().eq(b.keys()) => {
            for (key, x) in a {
                differences(&format!("{at}/{key}"), x, &b[key], out);
            }
        }
        (a, b) if a == b => {}
        _ => out.push(format!("{at}: changed")),
    }
}

fn compare(name: &str) {
    let kept =
        fs::read_to_string(path("reports").join(name).join("appraisal.json")).expect("results in reports/; run make reports");
    let kept: Json = serde_json::from_str(&kept).expect("results are JSON");
    let (seed, draws) = (kept["provenance"]["seed"].as_u64(), kept["provenance"]["draws"].as_u64().expect("a number"));
    let mut found = serde_json::to_value(explained(&files(name), seed, draws)).expect("serialises");
    found["provenance"] = kept["provenance"].clone();
    let mut out = Vec::new();
    differences("", &kept, &found, &mut out);
    out.truncate(20);
    assert!(out.is_empty(), "{name} is not as in reports/ (if that is meant, run make reports):\n{}", out.join("\n"));
    let pack = fs::read_to_string(path("reports").join(name).join("pack.html")).expect("a pack");
    assert!(pack.contains("<!doctype html>") || pack.contains("<!DOCTYPE html>"));
}

#[test]
fn minimal_is_as_kept() {
    compare("minimal");
}

#[test]
fn worked_example_is_as_kept() {
    compare("worked-example");
}

#[test]
fn project_fusion_is_as_kept() {
    compare("project-fusion");
}

#[test]
fn scenarios_of_two_merged_bodies_are_as_kept() {
    compare("new-product");
    compare("one-product");
}

#[test]
fn every_bundled_scenario_has_its_report() {
    for entry in fs::read_dir(path("scenarios")).expect("scenarios") {
        let name = entry.expect("an entry").file_name();
        assert!(path("reports").join(&name).join("pack.html").is_file(), "{} has no report", name.display());
    }
}

/// An appraisal as bytes, but for the places of numbers and the digest: what a number is stays, the line it
/// stands on does not.
fn but_for_places(files: &[SourceFile]) -> String {
    let mut appraisal = appraise(files);
    for assumption in &mut appraisal.assumptions {
        assumption.file.clear();
        assumption.line = 0;
    }
    appraisal.provenance.scenario_sha256.clear();
    appraisal.provenance.run.clear();
    let pack = report::render(&appraisal).expect("renders");
    serde_json::to_string(&appraisal).expect("serialises") + &pack
}

/// Sections whose entries stand in the order in which they are shown.
const ORDERED: [&str; 7] = ["options", "criteria", "panels", "what_ifs", "objectives", "success_factors", "next_steps"];

fn is(file: &SourceFile, extension: &str) -> bool {
    Path::new(&file.name).extension().is_some_and(|e| e == extension)
}

/// The rows of every CSV file in the opposite order.
fn rows_turned(files: &[SourceFile]) -> Vec<SourceFile> {
    let turn = |file: &SourceFile| {
        let text = String::from_utf8(file.bytes.clone()).expect("text");
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        SourceFile { name: file.name.clone(), bytes: (lines.join("\n") + "\n").into_bytes() }
    };
    files.iter().map(|f| if is(f, "csv") { turn(f) } else { f.clone() }).collect()
}

/// All TOML of a scenario in other files: sections in the opposite order, those whose order has no meaning with
/// their entries in the opposite order and every second one in another file. Keys within an entry, too.
fn tables_turned(files: &[SourceFile]) -> Vec<SourceFile> {
    let (toml, mut out): (Vec<_>, Vec<_>) = files.iter().cloned().partition(|f| is(f, "toml"));
    let mut parts = [Table::new(), Table::new()];
    for file in toml.iter().rev() {
        let text = std::str::from_utf8(&file.bytes).expect("text");
        for (section, entries) in text.parse::<Table>().expect("TOML").into_iter().rev() {
            let Value::Table(entries) = entries else { panic!("a section is a table") };
            let keyed = entries.values().all(Value::is_table) && !ORDERED.contains(&section.as_str());
            for (i, (id, entry)) in turned(entries, keyed).into_iter().enumerate() {
                let part = if keyed { i % 2 } else { 0 };
                let known = parts[part].entry(section.clone()).or_insert_with(|| Value::Table(Table::new()));
                known.as_table_mut().expect("a table").insert(id, inner_turned(entry));
            }
        }
    }
    for (name, part) in ["one.toml", "other.toml"].into_iter().zip(parts) {
        out.push(SourceFile { name: name.to_owned(), bytes: toml::to_string(&part).expect("TOML").into_bytes() });
    }
    out
}

fn turned(table: Table, whether: bool) -> Table {
    if whether { table.into_iter().rev().collect() } else { table }
}

/// The keys of a table and of those in it in the opposite order. Lists stay as they are, and so do tables of
/// tables: lines of a contract and items of work are shown in the order written.
fn inner_turned(value: Value) -> Value {
    match value {
        Value::Table(table) => {
            let entries = table.values().all(Value::is_table);
            Value::Table(turned(table, !entries).into_iter().map(|(k, v)| (k, inner_turned(v))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(inner_turned).collect()),
        plain => plain,
    }
}

/// What has no order may be written in any order, in any file.
#[test]
fn order_without_meaning_has_none() {
    for (name, files) in [
        ("worked-example", files("worked-example")),
        ("streams-only", files("streams-only")),
        ("project-fusion", files("project-fusion")),
        ("generated", generated::scenario(SMALL)),
    ] {
        let plain = but_for_places(&files);
        assert!(plain == but_for_places(&rows_turned(&files)), "{name}: rows of CSV files");
        assert!(plain == but_for_places(&tables_turned(&files)), "{name}: tables and files");
    }
}
