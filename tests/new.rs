//! `appraise new`: what it writes can be used as it is, is a draft in every figure, and explains itself.

mod support;

use appraise::assumption::{Evidence, Origin};
use appraise::scenario::{self, SourceFile};
use assert_cmd::Command;
use predicates::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use support::judge::faults;
use support::{appraise, path, read, six};

const TEMPLATES: [&str; 3] = ["standard", "small", "scores-only"];

fn command(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("appraise").expect("the binary");
    command.env("NO_COLOR", "1").current_dir(folder);
    command
}

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// The files of a new scenario as they are written.
fn written(template: &str) -> Vec<SourceFile> {
    let folder = tempfile::tempdir().expect("a folder");
    command(folder.path()).args(["new", "draft", "--template", template]).assert().success();
    let within = folder.path().join("draft");
    let read = |name: String| SourceFile { bytes: fs::read(within.join(&name)).expect("readable"), name };
    names(&within).into_iter().map(read).collect()
}

/// What a scenario is read from: all but the schema.
fn sources(template: &str) -> Vec<SourceFile> {
    written(template).into_iter().filter(|f| f.name != "appraisal.schema.json").collect()
}

fn text(file: &SourceFile) -> &str {
    std::str::from_utf8(&file.bytes).expect("text")
}

fn is_toml(file: &SourceFile) -> bool {
    Path::new(&file.name).extension().is_some_and(|e| e == "toml")
}

#[test]
fn a_new_scenario_is_sound_and_makes_a_pack() {
    let folder = tempfile::tempdir().expect("a folder");
    for template in TEMPLATES {
        let name = format!("my_{template}.1");
        command(folder.path()).args(["new", &name, "--template", template]).assert().success().stdout("").stderr(
            predicate::str::contains(format!("appraise check {name}")).and(predicate::str::contains("appraisal.schema.json")),
        );
        command(folder.path()).args(["check", "--strict", &name]).assert().success();
        command(folder.path()).args(["run", "--strict", &name]).assert().success().stdout(predicate::str::contains("Draft"));
        assert!(folder.path().join(format!("{name}-report/pack.html")).is_file(), "the name is the id");
    }
    assert_eq!(names(folder.path()).len(), 6, "nothing else is left behind");
}

#[test]
fn the_files_are_those_of_the_template_and_the_schema() {
    for template in TEMPLATES {
        let files = written(template);
        let kept = path("src/cli/new").join(template);
        let mut expected = names(&kept);
        expected.insert("appraisal.schema.json".to_owned());
        assert_eq!(files.iter().map(|f| f.name.clone()).collect::<BTreeSet<_>>(), expected, "{template}");
        for file in files.iter().filter(|f| f.name != "appraisal.schema.json") {
            let original = fs::read_to_string(kept.join(&file.name)).expect("readable");
            assert_eq!(original.matches("id = \"NAME\"").count(), usize::from(file.name == "appraisal.toml"), "{}", file.name);
            assert!(text(file) == original.replace("\"NAME\"", "\"draft\""), "{}", file.name);
        }
        let schema = files.iter().find(|f| f.name == "appraisal.schema.json").expect("a schema");
        let printed = command(&kept).arg("schema").assert().success().get_output().stdout.clone();
        assert!(schema.bytes == printed);
    }
}

#[test]
fn the_schema_is_named_first_and_allows_what_is_written() {
    let schema = scenario::schema::json();
    for template in TEMPLATES {
        for file in sources(template).iter().filter(|f| is_toml(f)) {
            assert_eq!(text(file).lines().next(), Some("#:schema ./appraisal.schema.json"), "{template}/{}", file.name);
            for version in [text(file).to_owned(), with_all_keys(text(file))] {
                let table: toml::Table = toml::from_str(&version).unwrap_or_else(|e| panic!("{template}/{}: {e}", file.name));
                let value = json(toml::Value::Table(table));
                assert_eq!(faults(&schema, &schema, &value), Vec::<String>::new(), "{template}/{}", file.name);
            }
        }
    }
}

/// A file with the keys behind a `#` taken into use.
fn with_all_keys(text: &str) -> String {
    text.lines().map(|l| offered(l).unwrap_or(l)).collect::<Vec<_>>().join("\n")
}

/// The key, or the heading of a table, that a comment offers.
fn offered(line: &str) -> Option<&str> {
    let code = line.strip_prefix("# ")?;
    let word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || "_.".contains(c));
    let heading = code.strip_prefix('[').and_then(|c| c.strip_suffix(']')).is_some_and(word);
    (heading || code.split_once(" = ").is_some_and(|(key, _)| word(key))).then_some(code)
}

#[test]
fn keys_behind_a_sign_are_found() {
    assert_eq!(offered("# start = 2023-04-01"), Some("start = 2023-04-01"));
    assert_eq!(offered("# [criteria.staff_view]"), Some("[criteria.staff_view]"));
    assert_eq!(offered("# Usable view = eligible x scope"), None);
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(d) => d.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(k, v)| (k, json(v))).collect(),
        other => serde_json::to_value(other).expect("a number, text or flag"),
    }
}

/// No figure of a template may pass for a real one.
#[test]
fn every_figure_is_marked_as_a_placeholder() {
    for template in TEMPLATES {
        let scenario = read(&sources(template));
        let given: Vec<_> = scenario.programme.register.iter().filter(|(_, a)| a.origin == Origin::Given).collect();
        assert_eq!(given.is_empty(), template == "scores-only");
        for (_, a) in given {
            assert_eq!(a.evidence, Evidence::Unchecked, "{}", a.id);
            let basis = a.basis.as_deref().unwrap_or_default();
            assert!(basis.starts_with("Placeholder: replace"), "{}: {basis}", a.id);
        }
        let frame = &scenario.programme.frame;
        assert!(frame.title.contains("placeholder") && frame.note.as_deref().is_some_and(|n| n.contains("placeholder")));
        assert!(scenario.programme.panels.list.iter().all(|p| p.name.contains("placeholder")));
    }
}

/// The first time a key is used in a file, a comment beside it or above it says what it is.
#[test]
fn every_key_is_explained() {
    for template in TEMPLATES {
        for file in sources(template).iter().filter(|f| is_toml(f)) {
            let mut known = BTreeSet::new();
            let mut before = "";
            let mut section = String::new();
            for line in text(file).lines() {
                if let Some(heading) = line.strip_prefix('[') {
                    let mut parts = heading.trim_end_matches(']').split('.');
                    // The section, and the name of a table within its entries.
                    section = [parts.next(), parts.nth(1)].into_iter().flatten().collect::<Vec<_>>().join(".");
                } else if let Some((key, value)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
                    let explained = value.contains("  # ") || value.contains(" # ") || before.starts_with('#');
                    let new = known.insert(format!("{section}/{key}"));
                    assert!(explained || !new, "{template}/{}: `{line}` in [{section}] is not explained", file.name);
                }
                before = line;
            }
        }
    }
    let standard = sources("standard");
    let estate = text(standard.iter().find(|f| f.name == "estate.toml").expect("estate.toml"));
    for name in ["services.csv", "flows.csv"] {
        let csv = standard.iter().find(|f| f.name == name).expect("a table");
        for column in text(csv).lines().next().expect("a header").split(',').filter(|c| *c != "id") {
            assert!(estate.lines().any(|l| l.starts_with('#') && l.contains(column)), "`{column}` of {name}");
        }
    }
}

/// 1,000 users at 150, at least 600 of them, and 40,000: business as usual pays Alpha 190,000 in year 0 at prices
/// of that year, and Beta 60,000 + 1,200 users at 190 = 288,000.
#[test]
fn the_standard_scenario_costs_what_it_says() {
    let appraisal = appraise(&sources("standard"));
    let usual = appraisal.options.iter().find(|o| o.id == "bau").expect("business as usual");
    let service = usual.cost.by_year.iter().find(|y| y.year == "2026/27" && y.category == "service").expect("a line");
    six(service.nominal, 190_000.0 + 288_000.0);
    let kinds: Vec<&str> = appraisal.options.iter().map(|o| o.kind.as_str()).collect();
    assert_eq!(kinds, ["business_as_usual", "do_minimum", "interoperate", "converge"]);
    assert!(appraisal.options.iter().all(|o| o.feasible));
}

/// Converging has 80, 60 and 30 points of 100. Clinicians: (100 x 80 + 70 x 60 + 40 x 30) / 210 = 13,400 / 210;
/// digital: (80 x 80 + 60 x 60 + 100 x 30) / 240 = 13,000 / 240; the score is their mean, 58.99. Interoperating has
/// 60, 70 and 60: 13,300 / 210 and 15,000 / 240, 62.92.
#[test]
fn scores_alone_are_scored_and_nothing_is_said_of_money() {
    let appraisal = appraise(&sources("scores-only"));
    let score = |id: &str| appraisal.options.iter().find(|o| o.id == id).and_then(|o| o.score).expect("a score");
    six(score("converge"), f64::midpoint(13_400.0 / 210.0, 13_000.0 / 240.0));
    six(score("interoperate"), f64::midpoint(13_300.0 / 210.0, 15_000.0 / 240.0));
    assert_eq!(
        appraisal.headline.text,
        "Interoperate is ranked first on weighted score with 62.9 points, 3.9 ahead of Converge on one record."
    );
    assert!(appraisal.summary.iter().all(|s| !s.text.contains('£') && !s.text.contains("sourced")), "{:?}", appraisal.summary);
}

/// Sheets for the weighting workshop stand beside the scenario, which is read without them, and can be made again.
#[test]
fn worksheets_are_written_on_request() {
    for template in TEMPLATES {
        let folder = tempfile::tempdir().expect("a folder");
        command(folder.path()).args(["new", "draft", "--worksheets", "--template", template]).assert().success();
        let page = fs::read_to_string(folder.path().join("draft/worksheets.html")).expect("the sheets");
        command(folder.path()).args(["worksheets", "draft", "-o", "again.html"]).assert().success();
        assert_eq!(fs::read_to_string(folder.path().join("again.html")).expect("the sheets"), page);
        let sources: Vec<SourceFile> = sources(template);
        for criterion in &read(&sources).programme.tree.criteria {
            assert!(page.contains(&format!("{} = ____", criterion.id)), "{template}: {}", criterion.id);
        }
        assert!(!names(&folder.path().join("draft")).is_empty() && names(folder.path()).contains("again.html"));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let amounts = path("scenarios/streams-only");
    let refused = command(folder.path()).arg("worksheets").arg(amounts).assert().code(1);
    refused.stderr(predicate::str::contains("nothing to weigh"));
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = folder.path().join("mine");
    fs::create_dir(&mine).expect("writable");
    command(folder.path()).args(["new", "mine", "--template", "scores-only"]).assert().success();
    fs::write(mine.join("options.toml"), "# mine").expect("writable");
    fs::write(mine.join("notes.txt"), "mine").expect("writable");
    fs::write(mine.join("more.csv"), "id\n").expect("writable");
    let before = names(&mine);
    let refused = command(folder.path()).args(["new", "mine"]).assert().code(4).stdout("");
    refused.stderr(predicate::str::contains("not empty").and(predicate::str::contains("--force")));
    assert_eq!(names(&mine), before);
    assert_eq!(fs::read_to_string(mine.join("options.toml")).expect("readable"), "# mine");
    command(folder.path())
        .args(["new", "mine", "--force", "--template", "scores-only"])
        .assert()
        .success()
        .stderr(predicate::str::contains("more.csv was there before").and(predicate::str::contains("notes.txt").not()));
    assert!(fs::read_to_string(mine.join("options.toml")).expect("readable").contains("[options.bau]"));
    assert_eq!(fs::read_to_string(mine.join("notes.txt")).expect("readable"), "mine");
    assert_eq!(names(&mine), before, "nothing half-written is left");
}

#[test]
fn a_file_of_the_name_gives_status_4_and_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("taken"), "mine").expect("writable");
    for force in [&["new", "taken"][..], &["new", "taken", "--force"]] {
        command(folder.path()).args(force).assert().code(4);
    }
    assert_eq!(fs::read_to_string(folder.path().join("taken")).expect("readable"), "mine");
    assert_eq!(names(folder.path()).len(), 1);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_whole_is_not_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = folder.path().join("mine");
    fs::create_dir(&mine).expect("writable");
    // A folder in the place of one of the files: none of the others may be replaced.
    fs::create_dir(mine.join("options.toml")).expect("writable");
    command(folder.path()).args(["new", "mine", "--force"]).assert().code(4).stderr(predicate::str::contains("options.toml"));
    assert_eq!(names(&mine).len(), 1);
}

#[test]
fn a_name_that_cannot_be_an_id_is_wrong_usage() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, words) in [
        ("My trust", "`My-trust` would do"),
        ("a/b", "not a path"),
        ("../up", "not a path"),
        ("..", "not a `.` first"),
        ("", "letters, digits"),
        ("Zoë", "`Zo` would do"),
    ] {
        command(folder.path()).args(["new", name]).assert().code(2).stderr(predicate::str::contains(words));
    }
    command(folder.path()).args(["new", "x", "--template", "huge"]).assert().code(2);
    assert!(names(folder.path()).is_empty());
}
