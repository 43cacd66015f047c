//! Named what-ifs: every option in another world.

mod support;

use appraise::appraisal::result::{Appraisal, WhatIfResult};
use support::{appraise, files, patched};

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

/// The pack tells the change in net present cost of six months' slippage by month and by quarter; one month asked as a
/// what-if is the same.
#[test]
fn a_month_late_is_the_slippage_of_a_month() {
    let found = asked("slip_months = 1");
    for option in &found.options {
        let Some(slip) = option.dual_running.slippage_first_month else { continue };
        let npc = answer(&found).npc[&option.id].expect("covered");
        assert!((npc - option.cost.npc - slip).abs() < 1e-6, "{}", option.id);
    }
}

/// Contracts that run out before the move have no figure.
#[test]
fn no_figure_where_nobody_covers() {
    let found = asked("slip_months = 60\nexpiry = { kx = \"exit\" }");
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
