//! What systems are joined to outside the scenario: the worked example with GP Connect and two returns added,
//! each figure worked by hand in a comment.

mod support;

use appraise::appraisal::result::{Appraisal, OptionResult};
use support::{appraise, files, patched, six};

/// System X has both, system Y the return alone.
const ENDS: &str = "[external_ends.gp]\nname = \"GP Connect\"\nkind = \"national_service\"\nrun = 6_000\nrebuild = 20_000\n\n[external_ends.csds]\nname = \"CSDS\"\nkind = \"statutory_return\"\nrun = 3_000\nrebuild = 9_000\n\n";

/// The worked example with the ends, and more patches.
fn joined(more: &[(&str, &str)]) -> Appraisal {
    let x = format!("{ENDS}[instances.x]\nexternal_ends = [\"gp\", \"csds\"]\n");
    let mut patches = vec![("[instances.x]\n", x.as_str()), ("[instances.y]\n", "[instances.y]\nexternal_ends = [\"csds\"]\n")];
    patches.extend(more);
    appraise(&patched(files("worked-example"), &patches))
}

fn option<'a>(a: &'a Appraisal, id: &str) -> &'a OptionResult {
    a.options.iter().find(|o| o.id == id).expect("the option")
}

fn present(o: &OptionResult, category: &str) -> f64 {
    o.cost.by_category.get(category).map_or(0.0, |a| a.present)
}

/// Present value of outside cost, more than without any ends.
fn more(a: &Appraisal, id: &str) -> f64 {
    let plain = appraise(&files("worked-example"));
    present(option(a, id), "external") - present(option(&plain, id), "external")
}

#[test]
fn an_end_is_kept_up_on_each_system_and_built_where_it_is_missing() {
    let a = joined(&[]);
    // X with both and Y with the return, for two years; sharing records takes none of it away.
    for id in ["bau", "interop"] {
        six(more(&a, id), 12_000.0 + 12_000.0 / 1.035);
    }
    // X is used to the end of year 0: 9,000. Y keeps its return. GP Connect is built for Y in October to December
    // 2027 for 20,000, and kept up from January 2028: 1,500 in year 0, 6,000 in year 1. The return exists there.
    six(more(&a, "converge"), 9_000.0 + 3_000.0 + 20_000.0 + 1_500.0 + (3_000.0 + 6_000.0) / 1.035);
    let lines = |words: &str| option(&a, "converge").cost.lines.iter().filter(|l| l.what.contains(words)).count();
    assert_eq!(lines("Connection of System Y to GP Connect"), 2);
    assert_eq!(lines("Return from System X, CSDS"), 1);
}

#[test]
fn an_end_is_stepped_down_with_its_system() {
    // Five months more of X: 9,000 x 5/12 in year 1.
    let a = joined(&[(
        "external_ends = [\"gp\", \"csds\"]\n",
        "external_ends = [\"gp\", \"csds\"]\nrun = { other = 0, step_down_months = 5 }\n",
    )]);
    let without = joined(&[]);
    six(more(&a, "converge") - more(&without, "converge"), 9_000.0 * 5.0 / 12.0 / 1.035);
    six(more(&a, "bau"), more(&without, "bau"));
}

#[test]
fn a_service_may_need_fewer_ends_than_its_system_has_or_others() {
    let needs = |list: &str| joined(&[("users = 400\n", &format!("users = 400\nneeds_ends = {list}\n"))]);
    // X and its ends run to the end of year 0 all the same; nothing is built.
    for list in ["[\"csds\"]", "[]"] {
        six(more(&needs(list), "converge"), 9_000.0 + 3_000.0 + 3_000.0 / 1.035);
    }
    // Prescriptions go with the service to Y, though X never had them: 5,000, then 1,200 a year from January.
    let a = joined(&[
        ("users = 400\n", "users = 400\nneeds_ends = [\"csds\", \"eps\"]\n"),
        ("[external_ends.gp]\n", "[external_ends.eps]\nrun = 1_200\nrebuild = 5_000\n\n[external_ends.gp]\n"),
    ]);
    six(more(&a, "converge"), 9_000.0 + 3_000.0 + 5_000.0 + 300.0 + (3_000.0 + 1_200.0) / 1.035);
    six(more(&a, "bau"), 12_000.0 + 12_000.0 / 1.035);
}

/// A further service on X that moves to Y in July 2028, half a year after the first.
const LATER: &str = "[services.s3]\nline = \"children\"\nusers = 50\nsystem = \"x\"\n\n[services.s1]";

#[test]
fn an_end_is_built_once_for_a_system_before_the_first_who_need_it() {
    let waves = [
        ("[services.s1]", LATER),
        (
            "targets = [{ line = \"community\", to = \"y\" }]\ngo_live = 2028-01-01",
            "targets = [{ line = \"community\", to = \"y\" }, { line = \"children\", to = \"y\" }]\ngo_lives = { s1 = 2028-01-01, s3 = 2028-07-01 }",
        ),
    ];
    let a = joined(&waves);
    let built = |id: &str| -> Vec<f64> {
        let all = option(&a, id).cost.lines.iter().filter(|l| l.what.ends_with("building it"));
        all.map(|l| l.present).collect()
    };
    assert_eq!(built("bau").len(), 0);
    // Once, before the first go-live, in year 0.
    assert_eq!(built("converge").len(), 1);
    six(built("converge")[0], 20_000.0);
}

#[test]
fn work_and_optimism_bias_go_with_building() {
    let a = joined(&[
        (
            "rebuild = 20_000\n",
            "rebuild = 20_000\noptimism_bias = \"late\"\n\n[external_ends.gp.work.test]\nrole = \"configuration\"\ndays = 10\n",
        ),
        ("[roles.configuration]", "[optimism_bias.late]\nmoney = \"30%\"\nduration = \"50%\"\n\n[roles.configuration]"),
        ("[migration.cross_product]\n", "[migration.cross_product]\nbuild_months = 6\nduration_bias = \"late\"\n"),
    ]);
    let plain = joined(&[
        ("[roles.configuration]", "[optimism_bias.late]\nmoney = \"30%\"\nduration = \"50%\"\n\n[roles.configuration]"),
        ("[migration.cross_product]\n", "[migration.cross_product]\nbuild_months = 6\nduration_bias = \"late\"\n"),
    ]);
    let (a, plain) = (option(&a, "converge"), option(&plain, "converge"));
    // 30% of 20,000; ten days at 400, in the quarter before the planned go-live, which is in year 0.
    six(present(a, "optimism_bias") - present(plain, "optimism_bias"), 6_000.0);
    six(present(a, "internal_effort") - present(plain, "internal_effort"), 4_000.0);
    six(a.effort.person_days - plain.effort.person_days, 10.0);
    // Go-live slips three months, to April 2028: building stays where it was planned, in year 0, and keeping it
    // up starts in year 1.
    let line = |words: &str| a.cost.lines.iter().find(|l| l.what == words).map(|l| l.present).expect("the line");
    six(line("Connection of System Y to GP Connect: building it"), 20_000.0);
    six(line("Connection of System Y to GP Connect: keeping it up"), 6_000.0 / 1.035);
}

#[test]
fn the_operator_pays_or_another_body() {
    let a = joined(&[
        ("[products.x]", "[organisations.partner]\n\n[products.x]"),
        ("rebuild = 20_000\n", "rebuild = 20_000\nbody = \"partner\"\n"),
    ]);
    let cash = option(&a, "converge").financial.by_body.iter().find(|b| b.body == "partner").map_or(0.0, |b| b.cash);
    // X: 6,000 in year 0. Y: 20,000 and 1,500, then 6,000 at prices of year 1.
    six(cash, 27_500.0 + 6_000.0 * 1.02);
}
