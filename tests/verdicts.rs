//! Verdicts by service: what a move is worth as part of an option and by itself, and what turns it. Figures worked by hand.

mod support;

use appraise::appraisal::result::{Appraisal, BreakEven, Verdict};
use support::{appraise, files, six, tied, toml};

fn verdict<'a>(a: &'a Appraisal, service: &str) -> &'a Verdict {
    a.verdicts.iter().find(|v| v.service == service).expect("a verdict")
}

fn turn<'a>(v: &'a Verdict, input: &str) -> &'a BreakEven {
    v.break_even.iter().find(|b| b.input == input).expect("asked of it")
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.expect("it turns");
    assert!((found - expected).abs() < 5e-6, "found {found:.7}, expected {expected:.7}");
}

/// The one move of the worked example is that of its option Converge, so both marginals are Converge less business as
/// usual, as the page on which it was worked has them.
#[test]
fn the_worked_example_keeps_its_system() {
    let a = appraise(&files("worked-example"));
    assert_eq!(a.verdicts.len(), 1);
    let v = verdict(&a, "s1");
    assert_eq!((v.verdict.as_str(), v.from.as_str(), v.to.as_str(), v.go_live.as_str()), ("retain", "x", "y", "2028-01-01"));
    assert_eq!((v.option.as_str(), v.basis.as_str()), ("converge", "score"));
    for marginal in [&v.leave_one_out, &v.first_in] {
        six(marginal.npc, 975_231.524_107 - 547_202.614_379);
        assert!((marginal.score.expect("scored") - (60.501_087 - 61.046_905)).abs() < 2e-6);
        six(marginal.dual_running, 87_044.880_174);
        six(marginal.visibility.expect("flows"), 0.6365 - 0.114);
        six(marginal.capability.expect("needs"), 0.9175 - 0.88);
        six(marginal.person_days, 600.0);
    }
    six(v.interaction.npc, 0.0);
    assert!(v.group.is_empty() && v.group_together.is_none());
    // The gain is -0.545818 points. Dip: 6,600 hours at 0.088235 x 100 / 10,000 points, 5.823529 points in all, so
    // 1 - 0.545818 / 5.823529.
    near(turn(v, "dip").factor, 0.906_274);
    // A pound is 0.235294 x 100 / 400,000 points. For 400 more users system Y is paid 5,400 of head start, 16,200 in
    // year 0 and 66,744 / 1.02 / 1.035 in year 1, 84,822.506394: 1 - 0.545818 / 4.989559.
    near(turn(v, "target_licence").factor, 0.890_608);
    // On system X 203,438.476840 are paid otherwise and 156,644.880174 with the move: 46,793.596666 saved, 2.752564
    // points: 1 + 0.545818 / 2.752564.
    near(turn(v, "source_licence").factor, 1.198_295);
    // There is one flow; a share of it does not follow its size.
    assert!(v.break_even.iter().all(|b| b.input != "flow"));
    assert!(v.sentence.starts_with("Retain: keep Community nursing on System X."), "{}", v.sentence);
    for words in ["moves nothing", "loses 0.55 points and costs £428,029 more", "9.4% less of the dip after go-live"] {
        assert!(v.sentence.contains(words), "`{words}` is not in: {}", v.sentence);
    }
}

/// Two services on one contract of £100,000 a year whatever the use: leaving it saves money only together.
#[test]
fn services_tied_by_a_contract_are_decided_together() {
    let a = appraise(&toml(&tied("go_live = 2028-04-01", "")));
    assert_eq!(a.verdicts.len(), 2);
    let v = verdict(&a, "a");
    assert_eq!((v.verdict.as_str(), v.basis.as_str()), ("decide_with_group", "npc"));
    assert_eq!(v.group, ["b"]);
    // With it: 100,000 of X saved in year 1, 10,000 more of Y, 5,000 of work in year 0.
    six(v.leave_one_out.npc, -90_000.0 / 1.035 + 5_000.0);
    // By itself X is paid all the same.
    six(v.first_in.npc, 10_000.0 / 1.035 + 5_000.0);
    six(v.interaction.npc, -100_000.0 / 1.035);
    six(v.group_together.expect("a group").npc, -80_000.0 / 1.035 + 10_000.0);
    // 96,618.357488 x f = 14,661.835749, and 96,618.357488 - 5,000 = 9,661.835749 x f.
    near(turn(v, "source_licence").factor, 0.151_75);
    near(turn(v, "target_licence").factor, 9.4825);
    assert!(v.sentence.starts_with("Decide Service a with its group: Service b."), "{}", v.sentence);
    assert!(v.sentence.contains("£81,957 less") && v.sentence.contains("£14,662 more"), "{}", v.sentence);
}

/// The same with a charge for each user on X, higher than that on Y: each move pays by itself, so the verdict is clear.
#[test]
fn a_move_that_pays_either_way_converges() {
    let text = tied("go_live = 2028-04-01", "").replace("fixed = 100_000", "per_user = 300");
    let a = appraise(&toml(&text));
    let v = verdict(&a, "b");
    assert_eq!(v.verdict, "converge");
    // 100 users at £300 less 100 at £100, in year 1, and 5,000 of work.
    six(v.leave_one_out.npc, -20_000.0 / 1.035 + 5_000.0);
    six(v.first_in.npc, v.leave_one_out.npc);
    // Within one product the same move rationalises.
    let same =
        text.replace("instances.y]\nproduct = \"y\"", "instances.y]\nproduct = \"x\"").replace("cross_product", "instance_merge");
    assert_eq!(verdict(&appraise(&toml(&same)), "b").verdict, "rationalise");
}

#[test]
fn verdicts_are_in_the_pack() {
    let page = appraise::report::render(&appraise(&toml(&tied("go_live = 2028-04-01", "")))).expect("a pack");
    assert!(
        page.contains("Verdict by service") && page.contains("Decide with its group") && page.contains("Decide Service a with")
    );
    // Where nothing can move there is nothing to say.
    let still = appraise(&files("scores-only"));
    assert!(still.verdicts.is_empty());
    assert!(!appraise::report::render(&still).expect("a pack").contains("Verdict by service"));
}
