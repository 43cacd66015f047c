//! `scenarios/scores-only`: Goodwin and Wright's choice of an office, to the numbers that the book prints
//! (Decision Analysis for Management Judgment, chapter 3, Figures 3.6 and 3.7), and scoring where it could go wrong.

mod support;

use appraise::appraisal::result::{Appraisal, OptionResult};
use appraise::scenario::SourceFile;
use appraise::scenario::problem::Code;
use support::{appraise, files, patched, problems, read, six, toml};

const OFFICES: [&str; 7] = ["addison", "bilton", "carlisle", "denver", "elton", "filton", "gorton"];

fn office(patches: &[(&str, &str)]) -> Appraisal {
    appraise(&patched(files("scores-only"), patches))
}

fn option<'a>(a: &'a Appraisal, id: &str) -> &'a OptionResult {
    a.options.iter().find(|o| o.id == id).expect("the option")
}

fn score(a: &Appraisal, id: &str) -> f64 {
    option(a, id).score.expect("a score")
}

/// Printed to one decimal.
#[track_caller]
fn printed(found: f64, expected: f64) {
    assert!((found - expected).abs() < 0.05 + 1e-9, "found {found:.4}, printed {expected}");
}

#[test]
fn aggregate_benefits_are_as_printed() {
    let a = office(&[]);
    for (id, expected) in OFFICES.into_iter().zip([80.8, 39.4, 47.4, 52.3, 64.8, 20.9, 60.2]) {
        printed(score(&a, id), expected);
    }
}

#[test]
fn the_efficient_offices_and_their_increments_are_as_printed() {
    let a = office(&[]);
    let on: Vec<&str> = a.efficient.iter().map(|s| s.option.as_str()).collect();
    assert_eq!(on, ["carlisle", "gorton", "addison"]);
    for (step, (cost, benefit, per_point)) in a.efficient[1..].iter().zip([(5300.0, 12.8, 414.0), (23_000.0, 20.6, 1117.0)]) {
        six(step.further_npc.expect("a step"), cost);
        printed(step.further_value.expect("a step"), benefit);
        assert!((step.pounds_per_point.expect("a step").round() - per_point).abs() < 1e-9);
    }
}

/// The owner's own points, before the book rounds them to percentages.
const SWINGS: (&str, &str) = (
    "points = { customers = 32, visibility = 26, image = 23, size = 10, comfort = 6, parking = 3 }",
    "points = { customers = 100, visibility = 80, image = 70, size = 30, comfort = 20, parking = 10 }",
);

#[test]
fn elton_street_overtakes_where_the_book_says() {
    let a = office(&[SWINGS]);
    let turnover = a.sensitivity.weights.iter().find(|w| w.node == "turnover" && w.option == "addison" && w.rival == "elton");
    let crossing = turnover.and_then(|w| w.crossing).expect("a crossing");
    printed(100.0 * crossing, 52.1);
    // Its line runs from 81.7 (turnover counts for nothing) to 60.4 (turnover is all).
    let groups = |turnover: u32, conditions: u32| {
        let points = format!(
            "points = {{ turnover = {turnover}, conditions = {conditions}, customers = 100, visibility = 80, image = 70, size = 30, comfort = 20, parking = 10 }}"
        );
        score(&office(&[(SWINGS.0, &points)]), "elton")
    };
    printed(groups(0, 100), 81.7);
    printed(groups(100, 0), 60.4);
}

/// A choice between `options` (id and scores on a, b, c) with equal points unless said.
fn choice(options: &[(&str, [f64; 3])], points: [f64; 3]) -> Vec<SourceFile> {
    let head = "[appraisal]\nid = \"c\"\ntitle = \"C\"\nas_at = 2026-04-01\nyear0 = \"2026/27\"\n".to_owned();
    let kinds = options.iter().map(|(id, _)| format!("[options.{id}]\nkind = \"alternative\"\n"));
    let criteria = ["a", "b", "c"].iter().enumerate().map(|(i, criterion)| {
        let judged: Vec<String> = options.iter().map(|(id, scores)| format!("{id} = {}", scores[i])).collect();
        format!("[criteria.{criterion}]\nanchors = {{ zero = 0, hundred = 100 }}\njudged = {{ {} }}\n", judged.join(", "))
    });
    let panel = format!("[panels.p]\npoints = {{ a = {}, b = {}, c = {} }}\n", points[0], points[1], points[2]);
    toml(&std::iter::once(head).chain(kinds).chain(criteria).chain(std::iter::once(panel)).collect::<String>())
}

#[test]
fn one_option_is_first_of_one() {
    let a = appraise(&choice(&[("only", [10.0, 20.0, 30.0])], [1.0; 3]));
    six(score(&a, "only"), 20.0);
    assert_eq!(option(&a, "only").rank, Some(1));
    assert!(a.headline.text.contains("the only option"), "{}", a.headline.text);
    assert!(a.sensitivity.weights.is_empty() && a.duplicates.is_empty());
    assert_eq!(a.efficient.len(), 1);
}

#[test]
fn identical_options_tie_and_nobody_wins() {
    let a = appraise(&choice(&[("x", [50.0, 40.0, 30.0]), ("y", [50.0, 40.0, 30.0])], [1.0; 3]));
    assert_eq!((option(&a, "x").rank, option(&a, "y").rank), (Some(1), Some(1)));
    assert_eq!(a.headline.code, "no_clear_winner");
    assert!(a.sensitivity.weights.iter().all(|w| w.crossing.is_none()), "no weight tells them apart");
    assert_eq!(a.efficient.len(), 1);
}

#[test]
fn a_tie_leaves_out_the_rank_after_it() {
    // (60 + 0 + 30) / 3 = (30 + 30 + 30) / 3 = 30; the last has 10.
    let a = appraise(&choice(&[("x", [60.0, 0.0, 30.0]), ("y", [30.0; 3]), ("z", [10.0; 3])], [1.0; 3]));
    let ranks: Vec<_> = ["x", "y", "z"].map(|id| option(&a, id).rank).into();
    assert_eq!(ranks, [Some(1), Some(1), Some(3)]);
}

#[test]
fn a_constant_criterion_moves_every_score_alike_and_crosses_nowhere_of_its_own() {
    let a = appraise(&choice(&[("x", [60.0, 20.0, 50.0]), ("y", [20.0, 50.0, 50.0]), ("z", [0.0, 0.0, 50.0])], [2.0, 1.0, 1.0]));
    // x: 30 + 5 + 12.5; y: 10 + 12.5 + 12.5; z: 12.5.
    for (id, expected) in [("x", 47.5), ("y", 35.0), ("z", 12.5)] {
        six(score(&a, id), expected);
    }
    let of_c = a.sensitivity.weights.iter().filter(|w| w.node == "c");
    assert!(of_c.clone().count() > 0 && of_c.into_iter().all(|w| w.crossing.is_none()));
    assert!(a.options.iter().all(|o| o.values.values().all(|v| v.is_finite())));
}

#[test]
fn a_criterion_without_weight_stays_visible_and_counts_nothing() {
    let a = appraise(&choice(&[("x", [60.0, 0.0, 0.0]), ("y", [20.0, 100.0, 30.0])], [1.0, 0.0, 1.0]));
    six(score(&a, "x"), 30.0);
    six(score(&a, "y"), 25.0);
    let b = a.criteria.iter().find(|c| c.id == "b").expect("listed");
    assert_eq!((b.scored, b.weight), (false, Some(0.0)));
    // Given weight, b puts y ahead: w x 0 + (1 - w) x 30 = w x 100 + (1 - w) x 25 at w = 5 / 105.
    let crossing = a.sensitivity.weights.iter().find(|w| w.node == "b").and_then(|w| w.crossing).expect("a crossing");
    six(crossing, 5.0 / 105.0);
}

#[test]
fn criteria_that_say_the_same_are_named() {
    // b is half of a; c is its own.
    let a = appraise(&choice(&[("x", [10.0, 5.0, 7.0]), ("y", [20.0, 10.0, 90.0]), ("z", [40.0, 20.0, 30.0])], [1.0; 3]));
    assert_eq!(a.duplicates.len(), 1);
    assert_eq!((a.duplicates[0].criterion.as_str(), a.duplicates[0].other.as_str()), ("a", "b"));
    six(a.duplicates[0].correlation, 1.0);
    assert!(a.warnings.iter().any(|w| w.code == "criteria_duplicate"));
    // With b at no weight there is nothing to count twice.
    let a = appraise(&choice(&[("x", [10.0, 5.0, 7.0]), ("y", [20.0, 10.0, 90.0]), ("z", [40.0, 20.0, 30.0])], [1.0, 0.0, 1.0]));
    assert!(a.duplicates.is_empty());
}

#[test]
fn a_value_function_bends_the_points() {
    let image = "anchors = { zero = 0, hundred = 100 }\njudged = { addison = 100, bilton = 10, carlisle = 0, denver = 30, elton = 90, filton = 70, gorton = 20 }";
    let bent = |how: &str| format!("{image}\n{how}");
    // Piecewise: the first 20 are worth 60 points. Bilton's 10 are 30 points, Elton's 90 are 60 + 70/80 x 40 = 95.
    let a = office(&[(image, &bent("function = \"piecewise\"\nknots = [{ at = 20, points = 60 }]"))]);
    six(option(&a, "bilton").values["image"], 30.0);
    six(option(&a, "elton").values["image"], 95.0);
    // 64.8 + 23% of 5 points.
    six(score(&a, "elton"), score(&office(&[]), "elton") + 0.23 * 5.0);
    // Step: nothing below 50, then 40, and 100 only at 100.
    let a = office(&[(image, &bent("function = \"step\"\nknots = [{ at = 50, points = 40 }]"))]);
    let values: Vec<f64> = OFFICES.map(|id| option(&a, id).values["image"]).into();
    assert_eq!(values, [100.0, 0.0, 0.0, 0.0, 40.0, 40.0, 0.0]);
    assert_eq!(a.criteria.iter().find(|c| c.id == "image").map(|c| c.function.as_str()), Some("step"));
    for (how, code) in [
        ("function = \"step\"", Code::ValueFunction),
        ("knots = [{ at = 50, points = 40 }]", Code::ValueFunction),
        ("function = \"step\"\nknots = [{ at = 50, points = 40 }, { at = 60, points = 30 }]", Code::ValueFunction),
        ("function = \"piecewise\"\nknots = [{ at = 100, points = 40 }]", Code::ValueFunction),
        ("function = \"piecewise\"\nknots = [{ at = 50 }]", Code::MissingKey),
    ] {
        let found = problems(&patched(files("scores-only"), &[(image, &bent(how))]));
        assert_eq!(found.list.iter().map(|p| p.code).collect::<Vec<_>>(), [code], "{how}");
    }
}

/// A long list with scope and solution, as text to put before the criteria.
const LONGLIST: &str = "[longlist.city]\ncategory = \"scope\"\nrating = \"green\"\nreason = \"close\"\noptions = [\"addison\"]\n[longlist.suburb]\ncategory = \"scope\"\nrating = \"red\"\nreason = \"far\"\n[longlist.rent]\ncategory = \"solution\"\nrating = \"green\"\nreason = \"cheap\"\nusual = true\n[criteria.turnover]\n";

#[test]
fn a_long_list_has_one_green_choice_in_a_category_and_a_reason_for_each() {
    let put = |text: &str| patched(files("scores-only"), &[("[criteria.turnover]\n", text)]);
    let a = appraise(&put(LONGLIST));
    let categories: Vec<&str> = a.longlist.iter().map(|c| c.category.as_str()).collect();
    assert_eq!(categories, ["scope", "solution"]);
    assert_eq!(a.longlist[0].choices[1].consequence, "Drop");
    assert_eq!(a.longlist[0].choices[0].options, ["addison"]);
    let codes = |text: &str| problems(&put(text)).list.iter().map(|p| p.code).collect::<Vec<_>>();
    assert_eq!(codes(&LONGLIST.replace("\"red\"", "\"green\"")), [Code::Longlist]);
    assert_eq!(codes(&LONGLIST.replace("\"green\"", "\"amber\"")), [Code::Longlist, Code::Longlist]);
    assert_eq!(codes(&LONGLIST.replace("reason = \"far\"\n", "")), [Code::MissingKey]);
    let twice = LONGLIST.replace("reason = \"far\"", "reason = \"far\"\noptions = [\"addison\"]");
    assert!(codes(&twice).contains(&Code::Longlist));
    // An option that makes a choice that was dropped is warned of.
    let dropped = LONGLIST.replace("reason = \"far\"", "reason = \"far\"\noptions = [\"bilton\"]");
    assert!(read(&put(&dropped)).warnings.list.iter().any(|w| w.code == Code::Longlist));
}

#[test]
fn a_shortlist_shows_no_score() {
    let a = office(&[("horizon = 1", "horizon = 1\nmode = \"shortlist\"")]);
    assert!(a.options.iter().all(|o| o.score.is_none() && o.contributions.is_empty() && o.value.is_none()));
    // Ranked by net present cost: Carlisle Walk at 6,700 comes first.
    assert_eq!((option(&a, "carlisle").rank, option(&a, "carlisle").rank_basis.as_str()), (Some(1), "npc"));
    let banner = office(&[("horizon = 1", "horizon = 1\nmode = \"weighted_score\"")]).frame.banner;
    assert!(banner.is_some_and(|b| b.contains("5.15")));
    assert!(office(&[]).frame.banner.is_none());
}

#[test]
fn scores_without_any_cost_need_no_deflator() {
    let a = appraise(&choice(&[("x", [1.0; 3]), ("y", [2.0; 3])], [1.0; 3]));
    assert!(a.options.iter().all(|o| o.cost.npc.abs() < 1e-9));
    assert_eq!(a.headline.code, "no_clear_winner", "1.0 point apart");
}

#[test]
fn panels_combine_by_the_rule_that_is_named() {
    let three = "[panels.owner]\nname = \"The owner\"\npoints = { customers = 1, visibility = 1, image = 0, size = 0, comfort = 0, parking = 0 }\n[panels.staff]\npoints = { customers = 1, visibility = 3, image = 0, size = 0, comfort = 0, parking = 0 }\n[panels.board]\nseats = 2\npoints = { customers = 3, visibility = 1, image = 0, size = 0, comfort = 0, parking = 0 }\n";
    let owner = "[panels.owner]\nname = \"The owner\"\npoints = { customers = 32, visibility = 26, image = 23, size = 10, comfort = 6, parking = 3 }\n";
    let weight = |rule: &str| {
        let a = office(&[(owner, three), ("horizon = 1", &format!("horizon = 1\ncombine_panels = \"{rule}\""))]);
        a.criteria.iter().find(|c| c.id == "customers").and_then(|c| c.weight)
    };
    // Weights on customers 1/2, 1/4, 3/4: mean 1/2; by seats (1, 1, 2): 9/16; median 1/2;
    // geometric: cube root of 3/32 on both sides, so 1/2.
    for (rule, expected) in [("equal", 0.5), ("seats", 0.5625), ("median", 0.5), ("geometric", 0.5)] {
        six(weight(rule).expect("a weight"), expected);
    }
    assert_eq!(weight("none"), None);
    let opposed = three
        .replace("customers = 1, visibility = 1,", "customers = 1, visibility = 0,")
        .replace("customers = 1, visibility = 3,", "customers = 0, visibility = 1,");
    let found = problems(&patched(
        files("scores-only"),
        &[(owner, &opposed), ("horizon = 1", "horizon = 1\ncombine_panels = \"geometric\"")],
    ));
    assert_eq!(found.list.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::Weights]);
}
