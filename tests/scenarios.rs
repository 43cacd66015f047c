//! Every bundled scenario against the results kept in `reports/`: a change of figures is a change to
//! review. `make reports` makes them anew.

mod support;

use serde_json::Value;
use std::fs;
use support::{appraise, files, path};

/// Numbers may differ in the last places between platforms.
const TOLERANCE: f64 = 1e-9;

fn differences(at: &str, kept: &Value, found: &Value, out: &mut Vec<String>) {
    match (kept, found) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
            if (a - b).abs() > TOLERANCE * (1.0 + a.abs()) {
                out.push(format!("{at}: {a} became {b}"));
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (i, (x, y)) in a.iter().zip(b).enumerate() {
                differences(&format!("{at}/{i}"), x, y, out);
            }
        }
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
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
    let kept: Value = serde_json::from_str(&kept).expect("results are JSON");
    let mut found = serde_json::to_value(appraise(&files(name))).expect("serialises");
    found["provenance"] = kept["provenance"].clone();
    let mut out = Vec::new();
    differences("", &kept, &found, &mut out);
    out.truncate(20);
    assert!(out.is_empty(), "{name} is not as in reports/ (if that is meant, run make reports):\n{}", out.join("\n"));
    let pack = fs::read_to_string(path("reports").join(name).join("pack.html")).expect("a pack");
    assert!(pack.contains("<!doctype html>") || pack.contains("<!DOCTYPE html>"));
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
fn every_bundled_scenario_has_its_report() {
    for entry in fs::read_dir(path("scenarios")).expect("scenarios") {
        let name = entry.expect("an entry").file_name();
        assert!(path("reports").join(&name).join("pack.html").is_file(), "{} has no report", name.display());
    }
}

/// Tables whose order has no meaning may be written in any order.
#[test]
fn the_order_of_rows_does_not_matter() {
    let mut turned = files("project-fusion");
    for file in
        turned.iter_mut().filter(|f| ["services.csv", "flows.csv", "capabilities.csv", "sources.csv"].contains(&f.name.as_str()))
    {
        let text = String::from_utf8(file.bytes.clone()).expect("text");
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        file.bytes = (lines.join("\n") + "\n").into_bytes();
    }
    let (mut a, mut b) = (appraise(&files("project-fusion")), appraise(&turned));
    // What a number is stays; the line it stands on does not.
    for appraisal in [&mut a, &mut b] {
        appraisal.assumptions.iter_mut().for_each(|x| x.line = 0);
        appraisal.provenance.scenario_sha256.clear();
    }
    assert!(serde_json::to_string(&a).expect("serialises") == serde_json::to_string(&b).expect("serialises"));
}
