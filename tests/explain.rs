//! `explain`: every number it claims to know is the number in `appraisal.json`, and follows from its operands.

mod support;

use appraise::appraisal::Examined;
use appraise::explain::{Explainer, Explanation, Rule, Unknown};
use appraise::scenario::SourceFile;
use assert_cmd::Command;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use support::{examined, explained, files, patched, path};

const SCENARIOS: [&str; 7] =
    ["worked-example", "minimal", "new-product", "one-product", "project-fusion", "scores-only", "streams-only"];

/// Examines a scenario and hands it over with its explainer.
fn with<T>(files: &[SourceFile], work: impl FnOnce(&Explainer<'_>, &Examined<'_>) -> T) -> T {
    examined(files, |examined| work(&Explainer::new(examined, files), examined))
}

/// What the operands come to by the rule, worked out here and not in the engine; none for a leaf.
fn recombined(e: &Explanation) -> Option<f64> {
    let v: Vec<f64> = e.operands.iter().map(|o| o.value).collect();
    let count = f64::from(u32::try_from(v.len()).expect("few"));
    Some(match e.rule {
        Rule::Sum => v.iter().sum(),
        Rule::Difference => v[1..].iter().fold(v[0], |a, b| a - b),
        Rule::Product => v.iter().product(),
        Rule::Quotient => {
            assert_eq!(v.len(), 2, "{}", e.name);
            v[0] / v[1]
        }
        Rule::Same => {
            assert_eq!(v.len(), 1, "{}", e.name);
            v[0]
        }
        Rule::Negative => {
            assert_eq!(v.len(), 1, "{}", e.name);
            -v[0]
        }
        Rule::Median => {
            let mut sorted = v.clone();
            sorted.sort_by(f64::total_cmp);
            let half = v.len().div_euclid(2);
            if v.len() % 2 == 1 { sorted[half] } else { f64::midpoint(sorted[half - 1], sorted[half]) }
        }
        Rule::GeometricMean => v.iter().product::<f64>().powf(1.0 / count),
        Rule::PlaceFromMost => 1.0 + v[1..].iter().map(|o| if *o > v[0] + 1e-9 { 1.0 } else { 0.0 }).sum::<f64>(),
        Rule::PlaceFromLeast => 1.0 + v[1..].iter().map(|o| if *o < v[0] - 1e-9 { 1.0 } else { 0.0 }).sum::<f64>(),
        Rule::Register | Rule::Scenario | Rule::Published | Rule::Ledger | Rule::Engine | Rule::Drawn => return None,
    })
}

/// Equal to 1e-9 of what was added up.
fn close(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= 1e-9 * size.max(1.0)
}

/// Checks a tree; counts the steps of arithmetic and the leaves it ends in.
fn check(e: &Explanation, at: &str, ids: &BTreeSet<String>, counted: &mut (usize, usize)) {
    if let Some(found) = recombined(e) {
        let size = e.operands.iter().map(|o| o.value.abs()).sum::<f64>().max(e.value.abs());
        assert!(close(found, e.value, size), "{at}: {} is {} and its operands come to {found}", e.name, e.value);
        counted.0 += 1;
    } else {
        // What is no arithmetic has to say what it is.
        let said = !e.formula.is_empty() || e.note.is_some() || e.method.is_some() || !e.rests_on.is_empty();
        assert!(said || matches!(e.rule, Rule::Ledger | Rule::Scenario), "{at}: {} says nothing of itself", e.name);
        counted.1 += 1;
    }
    assert!(!e.name.is_empty() && e.value.is_finite(), "{at}: {}", e.name);
    for id in &e.rests_on {
        assert!(ids.contains(id), "{at}: {id} is in no register");
    }
    e.operands.iter().for_each(|o| check(o, at, ids, counted));
}

/// All numbers of a result by path, by a walk of its own: lists are told apart by what the path says.
fn number(value: &Value, path: &str, years: &[&str]) -> Option<f64> {
    if path.is_empty() {
        return value.as_f64();
    }
    let after = |name: &str| {
        let rest = path.strip_prefix(name)?;
        rest.strip_prefix('.').or_else(|| rest.is_empty().then_some(""))
    };
    match value {
        Value::Object(fields) => fields.iter().find_map(|(name, below)| number(below, after(name)?, years)),
        Value::Array(list) if list.len() == years.len() && list.iter().all(Value::is_number) => {
            list.iter().zip(years).find_map(|(below, year)| number(below, after(year)?, years))
        }
        Value::Array(list) => list.iter().enumerate().find_map(|(i, entry)| {
            let text = |key: &str| entry.get(key).and_then(Value::as_str);
            let both = text("year").zip(text("category")).map(|(y, c)| format!("{y}.{c}"));
            let own = text("id").or(text("contract")).or(text("role")).or(text("step")).map(str::to_owned);
            number(entry, after(&own.or(both).unwrap_or_else(|| i.to_string()))?, years)
        }),
        _ => None,
    }
}

#[test]
fn every_number_it_knows_is_that_of_the_result_and_the_sum_of_its_operands() {
    for name in SCENARIOS {
        with(&files(name), |explainer, examined| {
            let result = serde_json::to_value(&examined.appraisal).expect("plain data");
            let years: Vec<&str> = examined.appraisal.frame.years.iter().map(String::as_str).collect();
            let ids: BTreeSet<String> = examined.appraisal.assumptions.iter().map(|a| a.id.clone()).collect();
            let (mut items, mut counted) = (0, (0, 0));
            for item in explainer.items() {
                let e = explainer.explain(item).unwrap_or_else(|u| panic!("{name}: {item}: {u:?}"));
                assert_eq!(e.item.as_deref(), Some(item));
                let stands = number(&result, item, &years).unwrap_or_else(|| panic!("{name}: {item} is not in the result"));
                assert!(close(stands, e.value, stands.abs()), "{name}: {item} is {stands}, explained as {}", e.value);
                check(&e, &format!("{name}: {item}"), &ids, &mut counted);
                items += 1;
            }
            assert!(items > 30 && counted.0 > 10, "{name}: {items} {counted:?}");
        });
    }
}

/// Every operand that has a path of its own is the number there.
#[test]
fn operands_are_what_they_are_when_asked_for_themselves() {
    with(&files("worked-example"), |explainer, examined| {
        fn walk<'e>(e: &'e Explanation, all: &mut BTreeMap<&'e str, f64>) {
            if let Some(item) = &e.item {
                let before = all.insert(item, e.value);
                assert!(before.is_none_or(|v| v.to_bits() == e.value.to_bits()), "{item} has two values");
            }
            e.operands.iter().for_each(|o| walk(o, all));
        }
        let option = &examined.appraisal.options[1].id;
        let mut seen = 0;
        for below in ["cost.npc", "score", "effort.person_days", "financial.cash"] {
            let found = explainer.explain(&format!("options.{option}.{below}")).expect("known");
            let mut all = BTreeMap::new();
            walk(&found, &mut all);
            for (item, value) in all {
                assert_eq!(explainer.explain(item).expect("known").value.to_bits(), value.to_bits(), "{item}");
                seen += 1;
            }
        }
        assert!(seen > 60, "{seen}");
    });
}

/// What goes into `appraisal.json` for the pack: small, each figure the sum of what is under it, each anchor once.
#[test]
fn headline_figures_are_small_and_add_up() {
    for name in SCENARIOS {
        let a = explained(&files(name), None, 0);
        assert!(a.explanations.len() >= 3 * a.options.len(), "{name}: {}", a.explanations.len());
        for f in &a.explanations {
            let size: f64 = f.operands.iter().map(|o| o.value.abs()).sum();
            assert!(close(f.operands.iter().map(|o| o.value).sum(), f.value, size), "{name}: {}", f.item);
        }
        let anchors: BTreeSet<&str> = a.explanations.iter().map(|f| f.anchor.as_str()).collect();
        assert_eq!(anchors.len(), a.explanations.len());
        let bytes = serde_json::to_string_pretty(&a.explanations).expect("plain data").len();
        assert!(bytes < 100_000, "{name}: {bytes} bytes");
    }
}

/// The whole of net present cost ends in the ledger, and the ledger's lines end in the register.
#[test]
fn money_ends_in_the_ledger_and_the_register() {
    with(&files("project-fusion"), |explainer, examined| {
        fn leaves(e: &Explanation, found: &mut BTreeSet<String>) {
            if e.operands.is_empty() {
                found.insert(format!("{:?}", e.rule));
            }
            e.operands.iter().for_each(|o| leaves(o, found));
        }
        let npc = explainer
            .explain(&format!("options.{}.cost.npc", examined.appraisal.options.last().expect("options").id))
            .expect("known");
        let mut found = BTreeSet::new();
        leaves(&npc, &mut found);
        // Discount factors are published; general inflation is what the scenario says.
        assert_eq!(found, ["Ledger", "Published", "Scenario"].map(str::to_owned).into());
        let lines = npc.operands.iter().flat_map(|c| &c.operands);
        assert!(lines.clone().count() > 20 && lines.into_iter().all(|l| !l.rests_on.is_empty()));
    });
}

/// What is quoted stands in the file and line that the assumption names.
#[test]
fn an_assumption_says_where_it_stands_and_what_is_written_there() {
    let files = files("worked-example");
    with(&files, |explainer, examined| {
        for a in examined.appraisal.assumptions.iter().filter(|a| a.origin == "given") {
            let bases = explainer.bases(std::slice::from_ref(&a.id));
            let written = bases[0].written.as_ref().unwrap_or_else(|| panic!("{} says nothing", a.id));
            let file = files.iter().find(|f| f.name == a.file).expect("a file of the scenario");
            let text = String::from_utf8_lossy(&file.bytes);
            let line = text.lines().nth(a.line - 1).expect("a line");
            assert!(line.contains(written.0.trim_end_matches('…')), "{}: {}", a.id, written.0);
        }
        let hours = explainer.explain(&examined.appraisal.assumptions[0].id).expect("an id alone will do");
        assert_eq!((hours.rule, hours.value), (Rule::Register, examined.appraisal.assumptions[0].value));
    });
}

#[test]
fn what_is_not_taken_apart_says_how_it_came_about() {
    with(&files("worked-example"), |explainer, examined| {
        let id = &examined.appraisal.options[1].id;
        let committed = explainer.explain(&format!("options.{id}.dual_running.committed")).expect("a number of the result");
        assert_eq!((committed.rule, committed.operands.len()), (Rule::Engine, 0));
        assert_eq!(committed.method, Some("section 4"));
        match explainer.explain(&format!("options.{id}.cost")) {
            Err(Unknown::Holds(paths)) => assert!(paths.contains(&format!("options.{id}.cost.npc"))),
            other => panic!("{other:?}"),
        }
        match explainer.explain(&format!("options.{id}.cost.ncp")) {
            Err(Unknown::NoSuch(near)) => assert!(near.contains(&format!("options.{id}.cost.npc")), "{near:?}"),
            other => panic!("{other:?}"),
        }
    });
}

/// General inflation is the scenario's own, an estimate or not, with its place; factors are those of the parameter set in
/// use.
#[test]
fn inflation_is_the_scenarios_and_factors_are_those_of_its_parameter_set() {
    let sources = files("worked-example");
    let text = String::from_utf8_lossy(&sources[0].bytes).into_owned();
    let line = text.lines().position(|l| l == "rate = \"2%\"").expect("its line") + 1;
    with(&sources, |explainer, _| {
        let index = explainer.explain("frame.deflator.2028/29").expect("known");
        assert_eq!(index.rule, Rule::Scenario);
        // A year after year 0, at 2% a year.
        assert!(close(index.value, 1.02, 1.0), "{}", index.value);
        let note = index.note.expect("its place");
        assert!(note.starts_with(&format!("appraisal.toml:{line}   written: rate = ")) && note.ends_with("(estimate)"), "{note}");
        let factor = explainer.explain("frame.discount_factors.2028/29").expect("known").note.expect("its source");
        assert!(factor.contains("Green Book") && factor.ends_with("parameter set green-book-2026."), "{factor}");
    });
    let other = patched(sources, &[("parameters = \"green-book-2026\"", "parameters = \"tag-2026-six-band\"")]);
    with(&other, |explainer, examined| {
        assert_eq!(examined.programme.parameters.id, "tag-2026-six-band");
        let factor = explainer.explain("frame.discount_factors.2028/29").expect("known");
        let note = factor.note.expect("its source");
        assert!(close(factor.value, 1.0 / 1.035, 1.0), "{}", factor.value);
        assert!(note.starts_with("DfT TAG") && note.ends_with("parameter set tag-2026-six-band."), "{note}");
    });
}

/// What has no arithmetic of its own says so; only what stands in the scenario is said to stand there, whatever its id.
#[test]
fn what_stands_in_the_scenario_is_told_from_what_was_worked_out() {
    with(&files("project-fusion"), |explainer, examined| {
        let known = |path: &str| explainer.explain(path).unwrap_or_else(|u| panic!("{path}: {u:?}"));
        let bounded = examined.appraisal.assumptions.iter().find(|a| a.low.is_some()).expect("a range");
        let low = known(&format!("assumptions.{}.low", bounded.id));
        assert_eq!((low.rule, Some(low.value), low.rests_on), (Rule::Register, bounded.low, vec![bounded.id.clone()]));
        for path in ["frame.horizon".to_owned(), format!("criteria.{}.anchors.zero", examined.appraisal.criteria[0].id)] {
            assert_eq!(known(&path).rule, Rule::Scenario, "{path}");
        }
        let option = &examined.appraisal.options[1].id;
        for path in ["needs.0.end.0", "provenance.draws", &format!("options.{option}.value")] {
            let found = known(path);
            assert_eq!((found.rule, found.note.as_deref()), (Rule::Engine, Some("Not taken apart further; see appraisal.json.")));
        }
        let area = examined.appraisal.options[1].areas.iter().position(|a| a.capability.is_some()).expect("an area");
        assert!(known(&format!("options.{option}.areas.{area}.capability")).formula.starts_with("A mean"));
    });
    // An option that is called like a part of the result.
    let text = String::from_utf8_lossy(&files("streams-only")[0].bytes).replace("[options.scan]", "[options.optimiser]");
    let text = text.replace("[\"scan\"]", "[\"optimiser\"]");
    let sources = vec![SourceFile { name: "appraisal.toml".to_owned(), bytes: text.into_bytes() }];
    with(&sources, |explainer, _| {
        let found = explainer.explain("options.optimiser.financial.cash_by_year.2026/27");
        let other = explainer.explain("options.optimiser.effort.training_hours");
        for e in [found, other].into_iter().flatten() {
            assert!(!e.formula.contains("optimiser"), "{}", e.formula);
        }
    });
}

/// Text shows rule, formula, method, file, line and what is written there; JSON is complete; what is misspelt is told.
#[test]
fn the_command_prints_a_tree_and_json() {
    let scenario = path("scenarios/worked-example");
    let run = |args: &[&str]| {
        let mut command = Command::cargo_bin("appraise").expect("the binary");
        let out = command.env("NO_COLOR", "1").arg("explain").arg(&scenario).args(args).output().expect("it runs");
        let text = |b: Vec<u8>| String::from_utf8(b).expect("UTF-8");
        (out.status.code(), text(out.stdout), text(out.stderr))
    };
    let (status, listed, _) = run(&[]);
    assert_eq!(status, Some(0));
    assert!(listed.contains("options.<option>.cost.npc") && listed.contains("<id of an assumption>"), "{listed}");
    let (status, tree, _) = run(&["options.converge.cost.npc", "--width", "3"]);
    assert_eq!(status, Some(0));
    for part in [
        "options.converge.cost.npc\n",
        "Net present cost = £",
        "sum: ",
        "docs/method.md, section 8",
        "more lines below (--depth)",
    ] {
        assert!(tree.contains(part), "{part} is not in\n{tree}");
    }
    let (_, deep, _) = run(&["options.converge.effort.training_days", "--depth", "9"]);
    assert!(deep.contains("quotient: ") && deep.contains(".toml:") && deep.contains("written: "), "{deep}");
    let (status, json, _) = run(&["options.converge.cost.npc", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(status, Some(0));
    assert_eq!(json["explanation"]["rule"], "sum");
    assert!(json["assumptions"].as_array().is_some_and(|a| a.len() > 10 && a.iter().all(|a| a["line"].is_u64())));
    let (status, _, said) = run(&["options.converge.cost.ncp"]);
    assert_eq!(status, Some(2));
    assert!(said.contains("did you mean `options.converge.cost.npc`"), "{said}");
    // A quantile needs draws: they are made, and it says so and no more.
    let (status, drawn, _) = run(&["options.converge.uncertainty.npc.p80", "--draws", "200", "--seed", "7"]);
    assert_eq!(status, Some(0));
    assert!(drawn.contains("from draws: ") && drawn.contains("200 draws with seed 7"), "{drawn}");
}

/// Names and ids that hold what moves a terminal's cursor are shown, not obeyed; markup stays text.
#[test]
fn hostile_text_is_shown() {
    let name = fs::read_to_string(path("scenarios/worked-example/appraisal.toml")).expect("one file");
    let line = name.lines().find(|l| l.starts_with("name = ")).expect("something has a name").to_owned();
    let files = patched(files("worked-example"), &[]);
    let hostile: Vec<SourceFile> = files
        .into_iter()
        .map(|f| SourceFile {
            bytes: String::from_utf8_lossy(&f.bytes).replace(&line, "name = \"\\u001b[31m<b>\\u202e321\"").into_bytes(),
            ..f
        })
        .collect();
    let folder = tempfile::tempdir().expect("a folder");
    for f in &hostile {
        fs::write(folder.path().join(&f.name), &f.bytes).expect("writable");
    }
    let mut command = Command::cargo_bin("appraise").expect("the binary");
    let out = command.arg("explain").arg(folder.path()).args(["options.converge.cost.npc", "--depth", "12", "--width", "999"]);
    let out = out.output().expect("it runs");
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    assert_eq!(out.status.code(), Some(0));
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
}
