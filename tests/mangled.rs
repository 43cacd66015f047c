//! A scenario with any one line missing, or any one value replaced by something odd, gives a result whose
//! figures are finite and reconcile, or a message; never a panic.

mod support;

use appraise::scenario::{self, SourceFile};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use support::files;

/// Odd values to write in place of what stands after `=`.
const ODD: &[&str] = &[
    "\"\"",
    "-1",
    "0",
    "1e308",
    "nan",
    "\"x\"",
    "[]",
    "{}",
    "true",
    "\"99%\"",
    "\"£5m\"",
    "9999-12-31",
    "1900-01-01",
    "\"2027/28\"",
    "\"2027/28 Q2\"",
    "{ likely = 1 }",
    "{ low = 0, likely = 1, high = 1e9 }",
    "[{}]",
    "\"\\u0000\"",
];

/// What is wrong with the outcome, if anything.
fn fault(sources: &[SourceFile]) -> Option<String> {
    let run = || match scenario::read(sources) {
        Err(problems) => (problems.errors() == 0).then(|| "refused without an error".to_owned()),
        Ok(scenario) => {
            let values = scenario.programme.register.central();
            let outcome = appraise::outcome::evaluate(&scenario.programme, &scenario.plans, &values);
            outcome.options.iter().find_map(|o| {
                let t = &o.totals;
                let parts = t.cost_criterion()
                    + t.dual_running()
                    + t.staff_time()
                    + t.present(appraise::programme::Category::ScoredElsewhere);
                let sound = t.npc().is_finite()
                    && (parts - t.npc()).abs() <= 1e-6 * (1.0 + t.npc().abs())
                    && o.measures.iter().chain(&o.values).all(|x| x.is_finite())
                    && o.costing.uncovered(&scenario.programme).is_empty();
                (!sound).then(|| format!("npc {} from {parts}, measures {:?}, values {:?}", t.npc(), o.measures, o.values))
            })
        }
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Some("panicked".to_owned()))
}

fn with_line(sources: &[SourceFile], file: usize, line: usize, replacement: Option<&str>) -> Vec<SourceFile> {
    let mut out = sources.to_vec();
    let text = String::from_utf8(out[file].bytes.clone()).expect("text");
    let mut lines: Vec<&str> = text.lines().collect();
    match replacement {
        Some(new) => lines[line] = new,
        None => {
            lines.remove(line);
        }
    }
    out[file].bytes = lines.join("\n").into_bytes();
    out
}

/// A place of a scenario written otherwise: what was done, and the files with it.
struct Mangled {
    what: String,
    files: Vec<SourceFile>,
}

/// Every line of a TOML file taken away, and every value of it replaced, by as many odd ones as `each`, taken in turn.
fn mangled_toml(sources: &[SourceFile], file: usize, each: usize) -> Vec<Mangled> {
    let name = &sources[file].name;
    let text = String::from_utf8(sources[file].bytes.clone()).expect("text");
    let mut all = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
        let mut cases = vec![None];
        if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('[')) {
            cases.extend((0..each).map(|i| Some(format!("{key} = {}", ODD[(n + i) % ODD.len()]))));
        }
        for case in cases {
            let what = format!("{name}:{}: `{}` to {case:?}", n + 1, line.chars().take(60).collect::<String>());
            all.push(Mangled { what, files: with_line(sources, file, n, case.as_deref()) });
        }
    }
    all
}

/// Odd values to write into a cell.
const ODD_CELLS: &[&str] = &["", "-1", "x", "1e308", "99%", "\"1,5\"", "true", "2027-04-01", "0", "\"a;b\"", "\"\"\"\"", "£5m"];

/// Every row of a CSV file taken away or doubled, every column taken away, and every cell replaced by `each` odd ones.
fn mangled_csv(sources: &[SourceFile], file: usize, each: usize) -> Vec<Mangled> {
    let name = &sources[file].name;
    let text = String::from_utf8(sources[file].bytes.clone()).expect("text");
    let rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes())
        .records()
        .map(|r| r.expect("bundled files are well formed").iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect())
        .collect();
    let whole = |rows: &[Vec<String>]| {
        let mut files = sources.to_vec();
        files[file].bytes = rows.iter().map(|r| r.join(",") + "\n").collect::<String>().into_bytes();
        files
    };
    let mut all = Vec::new();
    let mut add = |what: String, rows: &[Vec<String>]| all.push(Mangled { what: format!("{name}: {what}"), files: whole(rows) });
    for n in 0..rows.len() {
        let mut without = rows.clone();
        without.remove(n);
        add(format!("row {n} missing"), &without);
        let mut doubled = rows.clone();
        doubled.insert(n, rows[n].clone());
        add(format!("row {n} doubled"), &doubled);
        for column in 0..rows[n].len() {
            for i in 0..each {
                let odd = ODD_CELLS[(n + column + i) % ODD_CELLS.len()];
                let mut other = rows.clone();
                odd.clone_into(&mut other[n][column]);
                add(format!("row {n}, column {column}: {} to {odd}", rows[n][column]), &other);
            }
        }
    }
    for column in 0..rows[0].len() {
        let mut without = rows.clone();
        for row in without.iter_mut().filter(|r| column < r.len()) {
            row.remove(column);
        }
        add(format!("column {column} missing"), &without);
    }
    all
}

/// What is wrong in any of them; they are tried side by side, and told in order.
fn faults_of(all: &[Mangled]) -> Vec<String> {
    all.par_iter().filter_map(|m| fault(&m.files).map(|f| format!("{}: {f}", m.what))).collect()
}

#[test]
fn the_worked_example_mangled_in_every_place() {
    let sources = files("worked-example");
    let faults = faults_of(&mangled_toml(&sources, 0, ODD.len()));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn small_scenarios_mangled_in_every_place() {
    for name in ["scores-only", "streams-only", "minimal"] {
        let faults = faults_of(&mangled_toml(&files(name), 0, ODD.len()));
        assert!(faults.is_empty(), "{name}\n{}", faults.join("\n"));
    }
}

#[test]
fn project_fusion_mangled_in_every_row_and_key() {
    let sources = files("project-fusion");
    for (file, source) in sources.iter().enumerate() {
        let all = if source.name.to_ascii_lowercase().contains(".csv") {
            mangled_csv(&sources, file, 2)
        } else {
            mangled_toml(&sources, file, 2)
        };
        assert!(!all.is_empty());
        let faults = faults_of(&all);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
