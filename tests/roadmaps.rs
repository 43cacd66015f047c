//! Options that are left to the optimiser, and the command that asks it. Figures worked by hand on two services that share
//! a contract.

mod support;

use appraise::appraisal::result::Appraisal;
use appraise::appraisal::{OverDraws, Question, RoadmapProgress, roadmap};
use appraise::optimiser::{Effort, Goal};
use appraise::programme::OptionIx;
use assert_cmd::Command;
use predicates::prelude::*;
use std::fs;
use std::path::PathBuf;
use support::{appraise, files, path, six, tied, toml};

fn command() -> Command {
    let mut command = Command::cargo_bin("appraise").expect("the binary");
    command.env("NO_COLOR", "1");
    command
}

fn written(folder: &tempfile::TempDir, text: &str) -> PathBuf {
    let path = folder.path().join("scenario.toml");
    fs::write(&path, text).expect("writable");
    path
}

/// A team of 60 days a quarter, of which each move takes 50 in the quarter before it goes live.
const TEAM: &str = "[roles.team]\nname = \"Team\"\nday_rate = 100\ncapacity = 60\n";

/// The least cost: X is paid in year 0 whatever is done (100,000), and in year 1 unless both have left by April 2028. The
/// team lets one go live a quarter, and every quarter on Y costs 2,500, so the one goes in January 2028 and the other in
/// April: year 0 has 100,000 + 10,000 + 2,500 and 10,000 of work, year 1 has 300 users at £100.
const CHEAPEST: f64 = 122_500.0 + 30_000.0 / 1.035;

fn dates(a: &Appraisal, option: usize) -> Vec<String> {
    let mut dates: Vec<String> = a.options[option].plan.iter().filter_map(|p| p.go_live.clone()).collect();
    dates.sort();
    dates
}

#[test]
fn dates_left_to_the_optimiser_are_the_cheapest_that_the_team_can_do() {
    let a = appraise(&toml(&tied("optimise = \"schedule\"", TEAM)));
    six(a.options[0].cost.npc, 110_000.0 + 110_000.0 / 1.035);
    six(a.options[1].cost.npc, CHEAPEST);
    assert_eq!(dates(&a, 1), ["2028-01-01", "2028-04-01"]);
    let optimised = a.options[1].optimised.as_ref().expect("it was left to it");
    assert_eq!((optimised.freedom.as_str(), optimised.goal.as_str()), ("schedule", "cost"));
    six(optimised.objective.expect("found"), CHEAPEST);
    assert!(["found", "bounded", "proven"].contains(&optimised.status.as_str()) && optimised.conflict.is_empty());
    assert!(a.options[1].feasible && a.options[0].optimised.is_none());
    // No whole roadmap was asked for.
    assert!(a.optimiser.is_none());
    // One go-live a quarter comes to the same dates without a team.
    let one = appraise(&toml(&tied("optimise = \"schedule\"", "[optimise]\ngo_lives_per_quarter = 1\n")));
    six(one.options[1].cost.npc, CHEAPEST);
}

#[test]
fn a_whole_roadmap_is_at_least_as_good_as_the_options_beside_it() {
    let more = format!(
        "{TEAM}[optimise]\ntargets = [\"y\"]\nlimit_prices = true\n[options.best]\nkind = \"optimised\"\noptimise = \"roadmap\"\n"
    );
    let a = appraise(&toml(&tied("optimise = \"schedule\"", &more)));
    six(a.options[2].cost.npc, CHEAPEST);
    let found = a.optimiser.as_ref().expect("asked for");
    assert_eq!((found.option.as_str(), found.freedom.as_str(), found.unit.as_str()), ("best", "roadmap", "pounds"));
    six(found.npc.expect("found"), CHEAPEST);
    six(found.recosted_difference.expect("found"), 0.0);
    let against: Vec<(&str, f64)> = found.against.iter().map(|o| (o.option.as_str(), o.npc)).collect();
    assert_eq!(against.iter().map(|o| o.0).collect::<Vec<_>>(), ["bau", "both"]);
    six(against[0].1, CHEAPEST - 110_000.0 - 110_000.0 / 1.035);
    six(against[1].1, 0.0);
    // Without the team's limit both go live in April 2028, and a quarter of Y is saved.
    let price = |relaxed: &str| {
        found.limit_prices.iter().find(|p| p.limit == "team:team" && p.relaxed == relaxed).expect("asked").gain.expect("found")
    };
    six(price("wholly"), 2_500.0);
    six(price("10%"), 0.0);
    let page = appraise::report::render(&a).expect("a pack");
    assert!(page.contains("The best achievable roadmap") && page.contains("What single limits cost"));
    assert!(page.contains("within the choices and limits that the scenario describes"));
}

#[test]
fn an_option_that_no_roadmap_fits_is_kept_and_fails_a_gate_in_words() {
    let small = TEAM.replace("capacity = 60", "capacity = 40");
    let a = appraise(&toml(&tied("optimise = \"schedule\"", &small)));
    let both = &a.options[1];
    assert!(!both.feasible && both.rank.is_none());
    let gate = both.gates.iter().find(|g| g.id == "roadmap").expect("a gate");
    assert!(
        !gate.passed && gate.reason.contains("Team capacity in 2027/28 Q") && gate.reason.contains("covers 40 of the"),
        "{gate:?}"
    );
    assert!(a.options[0].gates.iter().any(|g| g.id == "roadmap" && g.passed));
    let conflict = &both.optimised.as_ref().expect("it was left to it").conflict;
    // One service that has to move, and the team in every quarter in which it could.
    assert_eq!(conflict.iter().filter(|c| c.limit == "moves").count(), 1, "{conflict:?}");
    assert!(conflict.iter().any(|c| c.limit == "team") && conflict.iter().all(|c| c.limit == "team" || c.limit == "moves"));
    // Its moves are shown all the same.
    assert_eq!(dates(&a, 1).len(), 2);
    // Nothing may go live at all: said of each service.
    let frozen = "[freezes.ever]\nfrom = 2027-04-01\nto = 2029-03-31\n";
    let a = appraise(&toml(&tied("optimise = \"schedule\"", frozen)));
    let optimised = a.options[1].optimised.as_ref().expect("it was left to it");
    assert_eq!((optimised.status.as_str(), optimised.conflict.len()), ("impossible", 2));
    assert!(optimised.conflict[0].sentence.contains("no quarter in which Service a may move to Y"), "{:?}", optimised.conflict);
    // A freeze for one service holds up that service alone.
    let one = frozen.replace("2029-03-31", "2029-03-31\nservices = [\"b\"]");
    let a = appraise(&toml(&tied("optimise = \"schedule\"", &one)));
    let conflict = &a.options[1].optimised.as_ref().expect("it was left to it").conflict;
    assert!(conflict.len() == 1 && conflict[0].sentence.contains("Service b"), "{conflict:?}");
    assert_eq!(a.freezes[0].services, ["b"]);
}

#[test]
fn every_command_sees_the_same_plans() {
    let folder = tempfile::tempdir().expect("a folder");
    let small = TEAM.replace("capacity = 60", "capacity = 40");
    let path = written(&folder, &tied("optimise = \"schedule\"", &small));
    command().args(["score"]).arg(&path).assert().success().stdout(predicate::str::contains("covers 40 of the"));
    let path = written(&folder, &tied("optimise = \"schedule\"", TEAM));
    command().args(["check"]).arg(&path).assert().success();
    let cost = command().args(["cost", "--format", "json"]).arg(&path).assert().success().get_output().stdout.clone();
    let cost: serde_json::Value = serde_json::from_slice(&cost).expect("JSON");
    six(cost["options"][1]["cost"]["npc"].as_f64().expect("a number"), CHEAPEST);
}

#[test]
fn optimise_prints_a_roadmap_and_says_what_it_is_best_within() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(&folder, &tied("go_live = 2028-04-01", TEAM));
    let words =
        predicate::str::contains("The cheapest roadmap found costs £151,486 in net present cost: two moves, no new links.")
            .and(predicate::str::contains("within the choices and limits that the scenario describes, and in nothing else"))
            .and(predicate::str::contains("2028-01-01"))
            // The option as it is given plans both moves on one team.
            .and(predicate::str::contains("Both is beyond limits: Team capacity in 2027/28 Q4 covers 60 of the 100 days needed"));
    command().arg("optimise").arg(&path).assert().success().stdout(words);
    let json = command()
        .args(["optimise", "--format", "json", "--limit-prices"])
        .arg(&path)
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    let found = &json["optimiser"];
    assert_eq!(found["option"], "optimised");
    six(found["objective"].as_f64().expect("found"), CHEAPEST);
    assert_eq!(found["question"]["seed"], 1);
    assert!(found["limit_prices"].as_array().is_some_and(|p| p.len() == 2) && found.get("frontier").is_none());
    let csv = command().args(["optimise", "--format", "csv"]).arg(&path).assert().success().get_output().stdout.clone();
    let records: Vec<csv::StringRecord> =
        csv::Reader::from_reader(csv.as_slice()).records().map(|r| r.expect("a record as long as the header")).collect();
    assert_eq!(records.len(), 3);
    assert_eq!((&records[2][1], &records[2][3], &records[2][4], &records[2][5]), ("c", "y", "y", ""));
    // Only the dates of an option, whose targets are kept.
    command().args(["optimise", "--schedule", "both"]).arg(&path).assert().success().stdout(predicate::str::contains("£151,486"));
    // Twice the same.
    let run = || command().args(["optimise", "--seed", "3"]).arg(&path).assert().success().get_output().stdout.clone();
    assert_eq!(run(), run());
}

/// A scenario that leaves a roadmap to the optimiser and is asked for that same roadmap has one answer, which is sought once.
#[test]
fn optimise_shows_the_roadmap_that_run_shows() {
    let more = format!(
        "{TEAM}[optimise]\ntargets = [\"y\"]\nplans = 60\nnodes = 0\n[options.best]\nkind = \"optimised\"\noptimise = \"roadmap\"\n"
    );
    let text = tied("optimise = \"schedule\"", &more);
    let shown = appraise(&toml(&text)).optimiser.expect("asked for");
    let scenario = support::read(&toml(&text));
    let effort = Effort { plans: 60, nodes: 0, seed: scenario.programme.frame.seed };
    let ask = |schedule, goal, effort| {
        let question = Question { schedule, goal, effort, frontier: 0, limit_prices: false, dates: false, draws: 0, over: None };
        roadmap(&scenario.programme, &scenario.plans, &question, &RoadmapProgress::default())
    };
    let asked = ask(None, Goal::Cost, effort);
    assert_eq!((asked.npc, asked.tried, &asked.plan), (shown.npc, shown.tried, &shown.plan));
    assert_eq!((asked.status, asked.bound), (shown.status, shown.bound));
    // Only its dates, and another effort, are other questions.
    let dates = ask(Some(OptionIx(1)), Goal::Cost, effort);
    assert_eq!((dates.option.as_str(), dates.freedom.as_str()), ("both", "schedule"));
    let more = ask(None, Goal::Cost, Effort { plans: 3_000, ..effort });
    assert!(more.question.plans == 3_000 && more.npc <= asked.npc);
}

/// Whoever stops it waits for nothing more: what was asked besides is left out, and nothing is proven of plans that were not
/// looked at. An interrupt before it begins leaves what is known at once.
#[test]
fn what_is_stopped_shows_only_what_is_whole() {
    let more = format!("{TEAM}[optimise]\ntargets = [\"y\"]\n");
    let price = "per_user = { likely = 100, low = 90, high = 120 }";
    let scenario = support::read(&support::patched(toml(&tied("go_live = 2028-04-01", &more)), &[("per_user = 100", price)]));
    let question = Question {
        schedule: None,
        goal: Goal::Cost,
        effort: Effort { plans: 2_000, nodes: 0, seed: 1 },
        frontier: 5,
        limit_prices: true,
        dates: true,
        draws: 200,
        over: Some(OverDraws { draws: 20, quantile: None }),
    };
    let ask = |stopped: bool| {
        let progress = RoadmapProgress::default();
        if stopped {
            progress.watch().stop();
        }
        roadmap(&scenario.programme, &scenario.plans, &question, &progress)
    };
    let whole = ask(false);
    assert!(!whole.stopped && whole.status == "proven" && !whole.limit_prices.is_empty());
    assert!(whole.robustness.is_some_and(|r| r.chosen.is_some()) && whole.against.iter().any(|o| o.npc_from_dates.is_some()));
    let cut = ask(true);
    assert!(cut.stopped && ["found", "unknown"].contains(&cut.status.as_str()) && cut.bound.is_none(), "{cut:?}");
    assert!(cut.tried < 10 && cut.sentence.starts_with("Stopped before it was done"), "{cut:?}");
    assert!(cut.frontier.is_empty() && cut.limit_prices.is_empty() && cut.relaxations.is_empty() && cut.robustness.is_none());
    assert!(cut.against.iter().all(|o| o.npc_from_dates.is_none()));
}

#[test]
fn optimise_ends_with_3_where_no_roadmap_is_achievable_and_with_2_where_the_question_makes_no_sense() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(&folder, &tied("go_live = 2028-04-01", &TEAM.replace("capacity = 60", "capacity = 40")));
    command()
        .args(["optimise", "--schedule", "both"])
        .arg(&path)
        .assert()
        .code(3)
        .stdout(predicate::str::contains("covers 40 of the"));
    // Business as usual is a roadmap as well, if nothing has to move.
    command().arg("optimise").arg(&path).assert().success().stdout(predicate::str::contains("no moves"));
    let refused = |arguments: &[&str], words: &str| {
        command().arg("optimise").args(arguments).arg(&path).assert().code(2).stderr(predicate::str::contains(words.to_owned()));
    };
    refused(&["--schedule", "nobody"], "there are bau, both");
    refused(&["--goal", "score"], "no score");
    refused(&["--frontier", "5"], "no score");
    refused(&["--within", "lots"], "not a number");
    refused(&["--within", "5%"], "not a number");
    refused(&["--goal", "cost", "--within", "£1m"], "cannot be used with");
    command().arg("optimise").arg(support::path("scenarios/streams-only")).assert().code(2);
}

#[test]
fn within_a_cost_and_for_a_score_are_kept() {
    let ask = |arguments: &[&str]| -> serde_json::Value {
        let out = command()
            .args(["optimise", "--format", "json", "--plans", "3000"])
            .args(arguments)
            .arg(path("scenarios/minimal"))
            .output()
            .expect("it runs");
        serde_json::from_slice(&out.stdout).expect("JSON")
    };
    let number = |v: &serde_json::Value, key: &str| v["optimiser"][key].as_f64().expect("found");
    let (cheapest, best) = (ask(&["--goal", "cost"]), ask(&["--goal", "score"]));
    assert!(number(&best, "score") >= number(&cheapest, "score") && number(&best, "npc") >= number(&cheapest, "npc"));
    let middle = f64::midpoint(number(&cheapest, "npc"), number(&best, "npc"));
    let within = ask(&["--within", &middle.to_string()]);
    assert!(number(&within, "npc") <= middle && number(&within, "score") >= number(&cheapest, "score"));
    let least = f64::midpoint(number(&cheapest, "score"), number(&best, "score"));
    let enough = ask(&["--for", &least.to_string()]);
    assert!(number(&enough, "score") >= least - 1e-9 && number(&enough, "npc") <= number(&best, "npc"));
    // More than any plan scores.
    let none = ask(&["--for", "1000"]);
    assert_eq!(none["optimiser"]["objective"], serde_json::Value::Null);
}

#[test]
fn the_frontier_rises_and_no_option_that_keeps_all_limits_lies_beyond_it() {
    let text = "\n[optimise]\nfrontier = 5\nplans = 2_000\n\n[options.best]\nname = \"Best\"\nkind = \"optimised\"\noptimise = \"roadmap\"\n";
    let mut all = files("minimal");
    all[0].bytes.extend_from_slice(text.as_bytes());
    let a = appraise(&all);
    let found = a.optimiser.as_ref().expect("asked for");
    assert!(found.frontier.len() >= 2, "{:?}", found.frontier);
    assert!(found.frontier.windows(2).all(|p| p[0].npc < p[1].npc && p[0].score < p[1].score));
    for distance in &found.distances {
        let broken = found.against.iter().find(|o| o.option == distance.option).is_some_and(|o| !o.breaks.is_empty());
        let inside = |d: Option<f64>| d.is_none_or(|d| d > -0.01);
        assert!(broken || (inside(distance.pounds) && inside(distance.points)), "{distance:?}");
    }
    assert!(appraise::report::render(&a).expect("a pack").contains("figure-frontier"));
}

#[test]
fn a_system_is_not_used_for_nothing_where_no_contract_covers_it() {
    // Y is covered to the end of 2028 only: whoever moves there would be on it without a contract in 2029.
    let text = tied("optimise = \"schedule\"", "")
        .replace("end = 2032-03-31", "end = 2028-12-31")
        .replace("[services.c]\nname = \"Service c\"\nusers = 100\nsystem = \"y\"\n", "");
    let text = text.replace("cross_product", "new_product");
    let a = appraise(&toml(&text));
    let optimised = a.options[1].optimised.as_ref().expect("it was left to it");
    assert!(optimised.objective.is_none() && !a.options[1].feasible);
    assert!(
        optimised.conflict.iter().any(|c| c.limit == "cover" && c.sentence.contains("Y would be used in January 2029")),
        "{optimised:?}"
    );
}

/// Y has one contract to the end of 2028 and another from April 2029 on, and X goes on for as long as it is used. Whoever goes
/// to Y before April 2029 is on it without a contract for a quarter. That is a limit while dates are looked for, so the
/// cheapest dates that keep it are found: from then on, though every quarter on Y costs less than one on X.
#[test]
fn dates_on_which_a_contract_would_not_cover_are_passed_over() {
    let second = "[contracts.kz]\ninstance = \"y\"\nbody = \"trust\"\nstart = 2029-04-01\nend = 2032-03-31\n[contracts.kz.lines.users]\nper_user = 100\n";
    let text = tied("optimise = \"schedule\"", second)
        .replace("horizon = 1", "horizon = 3")
        .replace("end = 2032-03-31\n[contracts.ky.", "end = 2028-12-31\n[contracts.ky.")
        .replace("months = 24", "months = 60, term_months = 3")
        .replace("[services.c]\nname = \"Service c\"\nusers = 100\nsystem = \"y\"\n", "")
        .replace("cross_product", "new_product");
    let a = appraise(&toml(&text));
    let both = &a.options[1];
    assert!(both.feasible, "{:?}", both.optimised);
    assert_eq!(dates(&a, 1), ["2029-04-01", "2029-04-01"]);
}

/// What an option does with a contract at its end is judged once it is known who leaves: a plan that is not known yet is no
/// fault of the scenario.
#[test]
fn an_option_may_end_a_contract_that_the_optimiser_is_to_leave() {
    let text = tied("optimise = \"schedule\"\nexpiry = { kx = \"exit\" }", "");
    let a = appraise(&toml(&text));
    assert!(a.options[1].feasible);
    // X ends with year 0: both have left by April 2028.
    assert!(dates(&a, 1).iter().all(|date| date.as_str() <= "2028-04-01"));
}
