//! The order of events cannot cheat: what would make an option cheap by leaving something out is refused with a reason,
//! or comes out right.

mod support;

use appraise::scenario::problem::Code;
use support::{appraise, files, patched, problems, read, six};

fn broken(patches: &[(&str, &str)]) -> appraise::scenario::Problems {
    problems(&patched(files("worked-example"), patches))
}

#[track_caller]
fn refused(patches: &[(&str, &str)], code: Code, words: &str) {
    let found = broken(patches);
    assert!(
        found.list.iter().any(|p| p.code == code && p.message.contains(words) && !p.hint.is_empty()),
        "{}",
        appraise::scenario::render::text(&found, false)
    );
}

#[test]
fn a_plan_shifted_past_the_horizon_is_refused() {
    refused(&[("go_live = 2028-01-01", "go_live = 2029-04-01")], Code::OutsidePeriod, "converge");
    // The last quarter within is allowed, and pays for what it does before the end.
    let late = appraise(&patched(files("worked-example"), &[("go_live = 2028-01-01", "go_live = 2029-01-01")]));
    let usual = late.options.iter().find(|o| o.id == "bau").expect("the option");
    let moved = late.options.iter().find(|o| o.id == "converge").expect("the option");
    assert!(moved.cost.npc > usual.cost.npc, "{} against {}", moved.cost.npc, usual.cost.npc);
    assert!(moved.effort.training_hours > 0.0);
}

#[test]
fn an_expected_go_live_past_the_horizon_is_said() {
    // 30 months late: its work is paid, its benefit is not seen, and the reader is told.
    let bias = "[optimism_bias.late]\nmoney = 0\nduration = \"500%\"\n\n[options.bau]\n";
    let a = appraise(&patched(
        files("worked-example"),
        &[
            ("[options.bau]\n", bias),
            ("[migration.cross_product]\n", "[migration.cross_product]\nbuild_months = 6\nduration_bias = \"late\"\n"),
        ],
    ));
    assert!(a.warnings.iter().any(|w| w.code == "beyond_period"));
}

#[test]
fn a_contract_that_ends_before_its_use_or_begins_after_it_is_refused() {
    refused(&[("extension = { uplift = \"10%\", months = 24 }", "")], Code::NoContractCover, "no longer covers");
    refused(
        &[("name = \"System X licence\"\n", "name = \"System X licence\"\nstart = 2027-10-01\n")],
        Code::NoContractCover,
        "does not yet cover",
    );
}

#[test]
fn an_option_that_lets_every_contract_end_is_refused() {
    refused(
        &[("[options.bau]\n", "[options.bau]\nexpiry = { kx = \"exit\", ky = \"exit\" }\n")],
        Code::NoContractCover,
        "used in",
    );
}

#[test]
fn users_moved_twice_are_moved_once() {
    let usual = appraise(&files("worked-example"));
    let converge =
        |a: &appraise::appraisal::result::Appraisal| a.options.iter().find(|o| o.id == "converge").expect("the option").cost.npc;
    // Two rules that send the same service to the same place: the later wins, and nothing is paid twice.
    let rule = "targets = [{ line = \"community\", to = \"y\" }]";
    let twice = appraise(&patched(
        files("worked-example"),
        &[(rule, "targets = [{ line = \"community\", to = \"y\" }, { services = [\"s1\"], to = \"y\" }]")],
    ));
    six(converge(&twice), converge(&usual));
    // There and back again is no move at all, and the option is said to do nothing.
    let back = read(&patched(
        files("worked-example"),
        &[(rule, "targets = [{ line = \"community\", to = \"y\" }, { services = [\"s1\"], to = \"x\" }]")],
    ));
    assert!(back.warnings.list.iter().any(|w| w.code == Code::MatchesNothing && w.message.contains("moves nothing")));
}
