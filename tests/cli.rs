//! The command line as a user meets it: what it prints, what it writes, its exit status.

mod support;

use assert_cmd::Command;
use predicates::prelude::*;
use std::fs;
use support::path;

fn appraise() -> Command {
    let mut command = Command::cargo_bin("appraise").expect("the binary");
    command.env("NO_COLOR", "1");
    command
}

fn example() -> std::path::PathBuf {
    path("scenarios/worked-example")
}

#[test]
fn run_writes_results_and_pack_and_says_where() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("here/there");
    appraise()
        .arg("run")
        .arg(example())
        .arg("-o")
        .arg(&out)
        .assert()
        .success()
        .stdout(predicate::str::contains("No clear winner"))
        .stderr(
            predicate::str::contains("pack.html")
                .and(predicate::str::contains("appraisal.json"))
                .and(predicate::str::contains("workbook.xlsx")),
        );
    let mut names: Vec<String> =
        fs::read_dir(&out).expect("made").map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert_eq!(names, ["appraisal.json", "pack.html", "workbook.xlsx"], "nothing half-written is left");
}

#[test]
fn two_runs_give_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    for scenario in ["worked-example", "project-fusion"] {
        let run = |name: &str| {
            let out = folder.path().join(name);
            appraise()
                .arg("run")
                .arg(path("scenarios").join(scenario))
                .args(["--draws", "300", "-o"])
                .arg(&out)
                .assert()
                .success();
            ["appraisal.json", "pack.html", "workbook.xlsx"].map(|name| fs::read(out.join(name)).expect("results"))
        };
        assert!(run("one") == run("two"), "{scenario}");
    }
}

/// Whatever the number of threads, on scenarios small and large.
#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let generated = folder.path().join("generated");
    fs::create_dir(&generated).expect("a folder");
    for file in support::generated::scenario(support::generated::SMALL) {
        fs::write(generated.join(&file.name), &file.bytes).expect("writable");
    }
    for scenario in [path("scenarios/worked-example"), path("scenarios/project-fusion"), generated] {
        let run = |jobs: &str| {
            let out = folder.path().join(jobs);
            appraise().arg("run").arg(&scenario).args(["--draws", "300", "--jobs", jobs, "-o"]).arg(&out).assert().success();
            ["appraisal.json", "pack.html", "workbook.xlsx"].map(|name| fs::read(out.join(name)).expect("results"))
        };
        let one = run("1");
        for jobs in ["2", "4"] {
            assert!(run(jobs) == one, "{}: {jobs} threads", scenario.display());
        }
    }
    appraise().args(["--jobs", "0", "run"]).arg(example()).assert().code(2);
}

#[test]
fn draws_are_ten_thousand_unless_said_otherwise_and_follow_the_seed() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |more: &[&str]| {
        let mut command = appraise();
        command.arg("run").arg(example()).args(more).arg("-o").arg(folder.path());
        command
    };
    let results = |more: &[&str]| -> serde_json::Value {
        run(more).assert().success();
        serde_json::from_slice(&fs::read(folder.path().join("appraisal.json")).expect("results")).expect("JSON")
    };
    let usual = results(&[]);
    assert_eq!((&usual["uncertainty"]["draws"], &usual["provenance"]["draws"]), (&10_000.into(), &10_000.into()));
    let none = results(&["--draws", "0"]);
    assert!(none.get("uncertainty").is_none() && none["options"][0].get("uncertainty").is_none());
    let fusion = path("scenarios/project-fusion");
    let mean = |seed: &str| {
        let mut command = appraise();
        command.arg("run").arg(&fusion).args(["--draws", "100", "--seed", seed, "-o"]).arg(folder.path()).assert().success();
        let results = fs::read(folder.path().join("appraisal.json")).expect("results");
        let results: serde_json::Value = serde_json::from_slice(&results).expect("JSON");
        results["options"][1]["uncertainty"]["npc"]["mean"].clone()
    };
    assert_eq!(mean("7"), mean("7"));
    assert_ne!(mean("7"), mean("8"));
    run(&["--draws", "many"]).assert().code(2).stderr(predicate::str::contains("invalid value"));
    run(&["--draws", "-1"]).assert().code(2);
}

#[test]
fn the_default_folder_is_named_after_the_scenario() {
    let folder = tempfile::tempdir().expect("a folder");
    appraise().current_dir(folder.path()).arg("run").arg(example()).assert().success();
    assert!(folder.path().join("worked-example-report/pack.html").is_file());
}

#[test]
fn a_pack_made_from_the_saved_appraisal_is_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    appraise().arg("run").arg(example()).arg("-o").arg(folder.path()).assert().success();
    let again = folder.path().join("again.html");
    appraise().arg("report").arg(folder.path().join("appraisal.json")).arg("-o").arg(&again).assert().success();
    assert!(fs::read(&again).expect("a pack") == fs::read(folder.path().join("pack.html")).expect("a pack"));
}

#[test]
fn problems_give_status_1_and_write_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = folder.path().join("broken.toml");
    let text = fs::read_to_string(example().join("appraisal.toml"))
        .expect("the example")
        .replace("lead = \"trust\"", "lead = \"trsut\"");
    fs::write(&broken, text).expect("writable");
    let out = folder.path().join("out");
    appraise().arg("run").arg(&broken).arg("-o").arg(&out).assert().code(1).stdout("").stderr(
        predicate::str::contains("error[unknown-reference]")
            .and(predicate::str::contains("broken.toml:"))
            .and(predicate::str::contains("did you mean `trust`?")),
    );
    assert!(!out.exists());
    appraise()
        .args(["check", "--format", "json"])
        .arg(&broken)
        .assert()
        .code(1)
        .stdout(predicate::str::contains("\"unknown-reference\""));
}

#[test]
fn files_that_cannot_be_read_or_written_give_status_4() {
    let folder = tempfile::tempdir().expect("a folder");
    appraise().arg("check").arg(folder.path().join("missing")).assert().code(4).stderr(predicate::str::contains("cannot read"));
    let file = folder.path().join("file");
    fs::write(&file, "not a folder").expect("writable");
    appraise().arg("run").arg(example()).arg("-o").arg(&file).assert().code(4);
    appraise().arg("report").arg(&file).assert().code(4).stderr(predicate::str::contains("not an appraisal"));
}

#[test]
fn wrong_usage_gives_status_2_and_help_helps() {
    appraise().arg("appraise").assert().code(2);
    appraise()
        .arg("--help")
        .assert()
        .success()
        .stdout(predicate::str::contains("Exit status").and(predicate::str::contains("check")));
}

#[test]
fn no_feasible_option_gives_status_3_after_writing() {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = folder.path().join("s.toml");
    let gate =
        "\n[gates.route]\nname = \"Route to contract\"\nfails = { bau = \"none\", interop = \"none\", converge = \"none\" }\n";
    fs::write(&scenario, fs::read_to_string(example().join("appraisal.toml")).expect("the example") + gate).expect("writable");
    let out = folder.path().join("out");
    appraise()
        .arg("run")
        .arg(&scenario)
        .arg("-o")
        .arg(&out)
        .assert()
        .code(3)
        .stdout(predicate::str::contains("No option passes every gate"));
    assert!(out.join("pack.html").is_file());
}

#[test]
fn strict_refuses_measures_beyond_their_anchors() {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = folder.path().join("s.toml");
    let text = fs::read_to_string(example().join("appraisal.toml"))
        .expect("the example")
        .replace("{ zero = 1_000, hundred = 0 }", "{ zero = 500, hundred = 0 }");
    fs::write(&scenario, text).expect("writable");
    appraise().arg("score").arg(&scenario).assert().success();
    appraise().args(["check", "--strict"]).arg(&scenario).assert().code(1).stderr(predicate::str::contains("outside_anchors"));
    appraise().args(["score", "--strict"]).arg(&scenario).assert().code(1).stderr(predicate::str::contains("outside_anchors"));
}

#[test]
fn scores_and_costs_come_as_tables_json_and_csv() {
    appraise().arg("score").arg(example()).assert().success().stdout(predicate::str::contains("61.38"));
    appraise()
        .args(["score", "--format", "json"])
        .arg(example())
        .assert()
        .success()
        .stdout(predicate::function(|s: &str| serde_json::from_str::<serde_json::Value>(s).is_ok()));
    let csv = appraise().args(["cost", "--format", "csv"]).arg(example()).assert().success().get_output().stdout.clone();
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    // Nominal service cost of business as usual in year 0: 4 x (25,000 + 43,500).
    let row = reader
        .records()
        .map(|r| r.expect("a row"))
        .find(|r| &r[0] == "bau" && &r[1] == "2027/28" && &r[2] == "service")
        .expect("the row");
    assert!((row[3].parse::<f64>().expect("a number") - 274_000.0).abs() < 1e-6);
    appraise().arg("cost").arg(example()).assert().success().stdout(predicate::str::contains("975,232"));
}

#[test]
fn the_schema_goes_to_standard_output_and_is_always_the_same() {
    let printed = || appraise().arg("schema").assert().success().stderr("").get_output().stdout.clone();
    let text = printed();
    let schema: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert!(schema["properties"]["services"].is_object());
    assert!(text == printed());
}

#[test]
fn check_counts_what_is_given() {
    appraise()
        .arg("check")
        .arg(example())
        .assert()
        .success()
        .stdout(predicate::str::contains("3 options").and(predicate::str::contains("values given")));
    appraise()
        .args(["check", "--format", "json"])
        .arg(example())
        .assert()
        .success()
        .stdout("[]\n")
        .stderr(predicate::str::contains("values given"));
    appraise().args(["check", "--format", "csv"]).arg(example()).assert().code(2);
}

/// The worked example with a price between 120 and 190 and training between 6 and 15 hours, each value as likely as any
/// other.
fn uncertain_example(folder: &std::path::Path) -> std::path::PathBuf {
    let scenario = folder.join("s.toml");
    let text = fs::read_to_string(example().join("appraisal.toml")).expect("the example");
    let price = "per_user = { low = 120, likely = 150, high = 190, distribution = \"uniform\" }";
    let hours = "training = { hours = { low = 6, likely = 9, high = 15, distribution = \"uniform\" } }";
    let changed = text.replace("per_user = 150", price).replace("training = { hours = 9 }", hours);
    assert!(changed.contains(price) && changed.contains(hours));
    fs::write(&scenario, changed).expect("writable");
    scenario
}

/// P10 and P90 of what is uniform from 120 to 190 are 127 and 183. The contract is paid by the user, so cost is straight in
/// the price: the changes from the central figure are as 150 - 127 = 23 to 183 - 150 = 33.
#[test]
fn sensitivity_prints_the_tornado_as_csv() {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = uncertain_example(folder.path());
    let run = |format: &str| {
        let mut command = appraise();
        command.args(["sensitivity", "--draws", "400", "--format", format]).arg(&scenario);
        command.assert().success().stderr("").get_output().stdout.clone()
    };
    let csv = run("csv");
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    // Neither the leading option nor the second trains anybody.
    assert_eq!(rows.len(), 1);
    let price = rows.iter().find(|r| r[0].ends_with("per_user")).expect("the price");
    let number = |i: usize| price[i].parse::<f64>().expect("a number");
    assert!((number(3) - 127.0).abs() < 1e-9 && (number(4) - 183.0).abs() < 1e-9);
    let json: serde_json::Value = serde_json::from_slice(&run("json")).expect("JSON");
    assert_eq!(json["uncertainty"]["draws"], 400);
    let leading = json["options"].as_array().expect("options").iter().find(|o| o["rank"] == 1).expect("one leads");
    let central = leading["npc"].as_f64().expect("a number");
    assert!(number(5) < central && ((number(6) - central) / (central - number(5)) - 33.0 / 23.0).abs() < 1e-6);
    assert_eq!(json["sensitivity"]["tornado"].as_array().map(Vec::len), Some(1));
}

#[test]
fn sensitivity_prints_tables_for_people() {
    let folder = tempfile::tempdir().expect("a folder");
    appraise().args(["sensitivity", "--draws", "400"]).arg(uncertain_example(folder.path())).assert().success().stdout(
        predicate::str::contains("£127 a user a year")
            .and(predicate::str::contains("£183"))
            .and(predicate::str::contains("What it would be worth to know"))
            .and(predicate::str::contains("Weights at which the order of two options turns")),
    );
    // Where nothing is uncertain there is nothing of draws to print.
    appraise().args(["sensitivity", "--draws", "400"]).arg(example()).assert().success().stdout(
        predicate::str::contains("From P10 to P90").not().and(predicate::str::contains("every draw is the central case")),
    );
    appraise().args(["sensitivity", "--draws", "0"]).arg(example()).assert().success();
}

#[test]
fn the_summary_of_a_run_has_expected_central_and_p80() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |scenario: &std::path::Path| {
        let mut command = appraise();
        command.arg("run").arg(scenario).args(["--draws", "400", "-o"]).arg(folder.path().join("out"));
        String::from_utf8(command.assert().success().get_output().stdout.clone()).expect("text")
    };
    let drawn = run(&uncertain_example(folder.path()));
    let header = drawn.lines().find(|l| l.contains("First in")).expect("a header");
    let place = |word: &str| header.find(word).expect("a column");
    assert!(place("First in") < place("expected") && place("expected") < place("Central") && place("Central") < place("P80"));
    assert!(!run(&example()).contains("First in"));
}
