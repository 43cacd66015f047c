//! What it takes to keep systems running: the worked example with one thing added, each figure worked by hand
//! in a comment.

mod support;

use appraise::appraisal::result::{Appraisal, OptionResult};
use appraise::assumption::Origin;
use support::{appraise, files, patched, read, six};

/// The worked example with something said of system X.
fn with_x(keys: &str) -> Appraisal {
    appraise(&patched(files("worked-example"), &[("[instances.x]\n", &format!("[instances.x]\n{keys}\n"))]))
}

fn option<'a>(a: &'a Appraisal, id: &str) -> &'a OptionResult {
    a.options.iter().find(|o| o.id == id).expect("the option")
}

fn present(o: &OptionResult, category: &str) -> f64 {
    o.cost.by_category.get(category).map_or(0.0, |a| a.present)
}

const TEAM: &str =
    "run = { wte = { configuration = 2, data_migration = 0.5 }, days_per_year = 200, other = 24_000, step_down_months = 5 }";

/// A year: 2 x 200 x 400 = 160,000 of own staff, 0.5 x 200 x 450 = 45,000 bought in, and 24,000.
const YEAR: f64 = 160_000.0 + 45_000.0 + 24_000.0;

#[test]
fn the_team_stays_for_some_months_after_the_last_use() {
    let a = with_x(TEAM);
    // Business as usual uses X for two years. Converging leaves it in January 2028 and keeps it in parallel
    // for three months, to the end of year 0; five more months follow in year 1.
    six(present(option(&a, "bau"), "instance_run"), YEAR + YEAR / 1.035);
    six(present(option(&a, "converge"), "instance_run"), YEAR + YEAR * 5.0 / 12.0 / 1.035);
    // Without the lag it stops with the last use, as `run_cost` does.
    let a = with_x(&TEAM.replace("step_down_months = 5", "step_down_months = 0"));
    six(present(option(&a, "converge"), "instance_run"), YEAR);
    six(present(option(&with_x("run_cost = 229_000"), "converge"), "instance_run"), YEAR);
    // What is left of a lag at the end of the period is beyond it.
    let a = with_x(&TEAM.replace("step_down_months = 5", "step_down_months = 60"));
    six(present(option(&a, "converge"), "instance_run"), YEAR + YEAR / 1.035);
}

#[test]
fn staff_of_ones_own_are_paid_and_take_none_of_the_programmes_days() {
    let (plain, a) = (appraise(&files("worked-example")), with_x(TEAM));
    let (before, after) = (option(&plain, "bau"), option(&a, "bau"));
    // In cash prices of the year, at 2% of inflation; nothing of it is non-cash.
    six(after.financial.cash - before.financial.cash, YEAR + YEAR * 1.02);
    six(after.financial.non_cash, before.financial.non_cash);
    for (b, o) in plain.options.iter().zip(&a.options) {
        six(o.effort.person_days, b.effort.person_days);
    }
    // Each role has a line of its own.
    let of = |words: &str| after.cost.lines.iter().filter(|l| l.what == words).map(|l| l.present).sum::<f64>();
    six(of("Running System X: Configuration"), 160_000.0 * (1.0 + 1.0 / 1.035));
    six(of("Running System X: Data migration"), 45_000.0 * (1.0 + 1.0 / 1.035));
    six(of("Running System X"), 24_000.0 * (1.0 + 1.0 / 1.035));
}

#[test]
fn working_days_have_a_default_that_is_in_the_register() {
    let run = "run = { wte = { configuration = 1 } }";
    // 220 x 400 = 88,000 a year.
    six(present(option(&with_x(run), "bau"), "instance_run"), 88_000.0 * (1.0 + 1.0 / 1.035));
    let scenario = read(&patched(files("worked-example"), &[("[instances.x]\n", &format!("[instances.x]\n{run}\n"))]));
    let register = &scenario.programme.register;
    let days = register.get(register.find("instances.x.run.days_per_year").expect("entered"));
    assert_eq!(days.origin, Origin::Default);
    assert!((days.likely - 220.0).abs() < 1e-12 && days.basis.as_deref().is_some_and(|b| b.contains("leave")));
}

#[test]
fn the_operator_bears_it_or_another_body() {
    let bodies = "[organisations.host]\n[organisations.partner]\n\n[products.x]";
    for (keys, who) in [("operator = \"host\"", "host"), ("operator = \"host\"", "partner")] {
        let run = if who == "partner" { "run = { other = 24_000, body = \"partner\" }" } else { "run = { other = 24_000 }" };
        let a = appraise(&patched(
            files("worked-example"),
            &[
                ("[products.x]", bodies),
                (
                    "[instances.x]\nproduct = \"x\"\noperator = \"trust\"",
                    &format!("[instances.x]\nproduct = \"x\"\n{keys}\n{run}"),
                ),
            ],
        ));
        let cash = |id: &str| option(&a, "bau").financial.by_body.iter().find(|b| b.body == id).map_or(0.0, |b| b.cash);
        six(cash(who), 24_000.0 + 24_000.0 * 1.02);
        six(cash(if who == "host" { "partner" } else { "host" }), 0.0);
    }
}

/// Community nursing is committed to leave X in July 2027, and an option brings mental health to it in October
/// 2028, so that X is not used in between.
#[test]
fn a_team_that_is_gone_comes_back_with_the_next_use() {
    let patches = [
        ("[instances.x]\n", "[instances.x]\nrun = { other = 12_000, step_down_months = 5 }\n"),
        (
            "[roles.configuration]",
            "[commitments.early]\nservice = \"s1\"\nto = \"y\"\ngo_live = 2027-07-01\n\n[roles.configuration]",
        ),
        (
            "targets = [{ line = \"community\", to = \"y\" }]\ngo_live = 2028-01-01",
            "targets = [{ services = [\"s2\"], to = \"x\" }]\ngo_live = 2028-10-01",
        ),
        ("end = 2028-09-30", "end = 2030-03-31"),
    ];
    let a = appraise(&patched(files("worked-example"), &patches));
    // Used from April to September 2027 (three months of them in parallel), so run until February 2028: 11
    // months. Used again from September 2028, a month before go-live: 7 months of year 1.
    six(present(option(&a, "converge"), "instance_run"), 11_000.0 + 7_000.0 / 1.035);
    // Otherwise it is 11 months and no more.
    six(present(option(&a, "bau"), "instance_run"), 11_000.0);
}
