//! Named what-ifs: every option in another world.

mod support;

use appraise::appraisal::result::{Appraisal, WhatIfResult};
use support::{appraise, files, patched, toml};

/// The worked example with a what-if.
fn asked(what_if: &str) -> Appraisal {
    let text = format!("[what_ifs.asked]\n{what_if}\n\n[options.bau]\n");
    appraise(&patched(files("worked-example"), &[("[options.bau]\n", &text)]))
}

fn answer(appraisal: &Appraisal) -> &WhatIfResult {
    &appraisal.sensitivity.what_ifs[0]
}

/// What a what-if says must be what the scenario says once it is written that way.
fn as_written(what_if: &str, patches: &[(&str, &str)]) {
    let (asked, written) = (asked(what_if), appraise(&patched(files("worked-example"), patches)));
    for option in &written.options {
        let found = answer(&asked);
        let npc = found.npc[&option.id].expect("covered");
        assert!((npc - option.cost.npc).abs() < 1e-6, "{what_if}, {}: {npc} and {}", option.id, option.cost.npc);
        assert_eq!(found.rank[&option.id], option.rank, "{what_if}");
        assert_eq!(found.score[&option.id].is_some(), option.score.is_some());
    }
    assert!(
        asked.options.iter().any(|o| (answer(&asked).npc[&o.id].expect("covered") - o.cost.npc).abs() > 1.0),
        "{what_if} changes something"
    );
}

#[test]
fn another_number_is_as_if_it_were_written() {
    as_written("numbers = [{ which = \"services.s1.users\", to = 500 }]", &[("users = 400", "users = 500")]);
    as_written("numbers = [{ which = \"services.s1.users\", times = 1.25 }]", &[("users = 400", "users = 500")]);
    as_written(
        "numbers = [{ which = \"services.*1.users\", times = 1.5 }, { which = \"services.s1.users\", to = 500 }]",
        &[("users = 400", "users = 500")],
    );
}

/// The pack tells the change in net present cost of slippage by month and by quarter, links at their dates; of an option
/// that builds no link, and without commitments, one month asked as a what-if is the same.
#[test]
fn a_month_late_is_the_slippage_of_a_month() {
    let found = asked("slip_months = 1");
    for option in found.options.iter().filter(|o| o.links.iter().all(|l| l.live.is_none())) {
        let Some(slip) = option.dual_running.slippage_first_month else { continue };
        let npc = answer(&found).npc[&option.id].expect("covered");
        assert!((npc - option.cost.npc - slip).abs() < 1e-6, "{}", option.id);
    }
}

/// Contracts that run out before the move have no figure.
#[test]
fn no_figure_where_nobody_covers() {
    let found = asked("slip_months = 9\nexpiry = { kx = \"exit\" }");
    let moved = found.options.iter().find(|o| o.plan.iter().any(|p| p.go_live.is_some())).expect("an option that moves");
    let npc = answer(&found).npc[&moved.id];
    assert!(npc.is_none() && answer(&found).rank[&moved.id].is_none(), "{npc:?}: {}", answer(&found).sentence);
    assert!(answer(&found).sentence.contains("run out first"), "{}", answer(&found).sentence);
}

#[test]
fn project_fusion_asks_and_is_answered_in_a_sentence() {
    let found = appraise(&files("project-fusion"));
    let asked = &found.sensitivity.what_ifs;
    assert_eq!(asked.len(), 5);
    for what_if in asked {
        assert!(what_if.sentence.contains(&what_if.name) && what_if.sentence.ends_with('.'), "{}", what_if.sentence);
        assert_eq!(what_if.npc["bau"].is_some(), what_if.rank["bau"].is_some());
    }
    // The dip of business as usual is that of moves already under way, so it costs more too, and nobody less.
    let dip = &asked[1];
    assert!(found.options.iter().all(|o| dip.npc[&o.id].expect("covered") >= o.cost.npc - 1e-6));
}

/// Two years, as at 1 April 2027, no inflation. `link` builds a link that goes live on 1 October 2027 (month 6), costs 500
/// for its one connection before and 1,200 a year from then on; `move` takes B to Y on 1 January 2028; C goes to Y in any case on the
/// same day. The team is held at 1,000 a month while go-lives are due.
const LATE: &str = r#"
[appraisal]
id = "c"
title = "c"
as_at = 2027-04-01
year0 = "2027/28"
horizon = 1
rank_basis = "npc"
mode = "shortlist"
lead = "trust"
[sources.s]
title = "s"
[deflator]
rate = 0
source = "s"
[organisations.trust]
[products.x]
[products.y]
[instances.x]
product = "x"
[instances.y]
product = "y"
[services.a]
users = 100
system = "x"
[services.b]
users = 50
system = "x"
[services.c]
users = 50
system = "x"
[staff_time]
training_rate = 0
[migration.new_product]
overlap_months = 3
head_start_months = 0
build_months = 0
[commitments.c]
service = "c"
to = "y"
go_live = 2028-01-01
[migration.cross_product]
overlap_months = 3
head_start_months = 0
build_months = 0
[contracts.kx]
instance = "x"
start = 2026-04-01
end = 2029-03-31
[contracts.kx.lines.f]
fixed = 10
[contracts.ky]
instance = "y"
start = 2026-04-01
end = 2029-03-31
[contracts.ky.lines.u]
per_user = 120
[links.l]
ends = ["x", "y"]
pattern = "point_to_point"
run = 1_200
build_per_end = 500
eligible = 1
scope = 0.5
adoption = 0.5
[options.bau]
kind = "business_as_usual"
[options.link]
kind = "interoperate"
links = { l = 2027-10-01 }
[options.move]
kind = "hybrid"
targets = [{ services = ["b"], to = "y" }]
go_live = 2028-01-01
[what_ifs.late]
slip_months = 3
[what_ifs.beyond]
slip_months = 18
"#;

/// Three months later: nothing of business as usual, whose one move is committed; the link is run for three months less,
/// 300 in year 0 (its ends are built when they were). The move: Y charges 10 a month for each of its 50 users, provisioned
/// from the planned go-live as well as live, so as much as before.
/// Eighteen months later than month 6 is month 24, the first after the period; than month 9 it is later still.
#[test]
fn what_is_an_option_s_own_slips_and_what_is_committed_does_not() {
    let found = appraise(&toml(LATE));
    let late = |world: usize, id: &str| {
        let what_if = &found.sensitivity.what_ifs[world];
        let now = found.options.iter().find(|o| o.id == id).expect("an option").cost.npc;
        what_if.npc[id].map(|npc| npc - now)
    };
    assert!(late(0, "bau").expect("figures").abs() < 1e-9, "{:?}", late(0, "bau"));
    assert!((late(0, "link").expect("figures") + 300.0).abs() < 1e-6, "{:?}", late(0, "link"));
    assert!(late(0, "move").expect("figures").abs() < 1e-6, "{:?}", late(0, "move"));
    assert!(late(1, "bau").expect("figures").abs() < 1e-9);
    assert_eq!((late(1, "link"), late(1, "move")), (None, None));
    let beyond = &found.sensitivity.what_ifs[1];
    assert_eq!((beyond.rank["bau"], beyond.rank["link"], beyond.rank["move"]), (Some(1), None, None));
    let told = &beyond.sentence;
    assert!(told.contains("Without figures, since a go-live would not come within the period: link and move."), "{told}");
}
