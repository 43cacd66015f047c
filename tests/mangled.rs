//! A scenario with any one line missing, or any one value replaced by something odd, gives a result whose
//! figures are finite and reconcile, or a message; never a panic.

mod support;

use appraise::scenario::{self, SourceFile};
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

#[test]
fn the_worked_example_mangled_in_every_place() {
    let sources = files("worked-example");
    let text = String::from_utf8(sources[0].bytes.clone()).expect("text");
    let mut faults = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
        let mut cases = vec![None];
        if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('[')) {
            cases.extend(ODD.iter().map(|odd| Some(format!("{key} = {odd}"))));
        }
        for case in cases {
            if let Some(fault) = fault(&with_line(&sources, 0, n, case.as_deref())) {
                faults.push(format!("line {}: `{line}` to {case:?}: {fault}", n + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn project_fusion_with_any_row_or_line_missing() {
    let sources = files("project-fusion");
    let mut faults = Vec::new();
    for (file, source) in sources.iter().enumerate() {
        let text = String::from_utf8(source.bytes.clone()).expect("text");
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
            if let Some(fault) = fault(&with_line(&sources, file, n, None)) {
                faults.push(format!(
                    "{}:{}: `{}` missing: {fault}",
                    source.name,
                    n + 1,
                    line.chars().take(60).collect::<String>()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
