//! What the weights leave open, against cases worked by hand and against every weight of a fine grid.

mod support;

use appraise::appraisal::result::{Appraisal, Lead, NodeWeight};
use appraise::scenario::SourceFile;
use appraise::scoring::HalfSpace;
use appraise::sensitivity::{self, WeightSet};
use proptest::prelude::*;
use support::{appraise, files, patched, six, toml};

/// Judged options over criteria, with panels by their points; `more` goes into the appraisal's own table.
fn choice(criteria: &[&str], options: &[(&str, &[f64])], panels: &[(&str, &[f64])], more: &str) -> Vec<SourceFile> {
    let head = format!("[appraisal]\nid = \"c\"\ntitle = \"C\"\nas_at = 2026-04-01\nyear0 = \"2026/27\"\n{more}\n");
    let kinds =
        options.iter().map(|(id, _)| format!("[options.{id}]\nkind = \"alternative\"\nname = \"{}\"\n", id.to_uppercase()));
    let judged = criteria.iter().enumerate().map(|(c, criterion)| {
        let judged: Vec<String> = options.iter().map(|(id, scores)| format!("{id} = {}", scores[c])).collect();
        format!("[criteria.{criterion}]\nanchors = {{ zero = 0, hundred = 100 }}\njudged = {{ {} }}\n", judged.join(", "))
    });
    let panels = panels.iter().map(|(id, points)| {
        let points: Vec<String> = criteria.iter().zip(*points).map(|(c, p)| format!("{c} = {p}")).collect();
        format!("[panels.{id}]\nname = \"{}\"\npoints = {{ {} }}\n", id.to_uppercase(), points.join(", "))
    });
    toml(&std::iter::once(head).chain(kinds).chain(judged).chain(panels).collect::<String>())
}

fn node<'a>(a: &'a Appraisal, id: &str) -> &'a NodeWeight {
    a.sensitivity.nodes.iter().find(|n| n.node == id).expect("the node")
}

fn lead(found: &Lead, least: f64, most: f64, dominant: Option<&str>) {
    six(found.least, least);
    six(found.most, most);
    assert_eq!(found.dominant.as_deref(), dominant);
}

/// Two criteria, so that one weight w (of a) says everything. x = 80w + 20(1-w), y = 30w + 60(1-w), z = 10w + 50(1-w),
/// m = 55w + 39(1-w).
fn two() -> Appraisal {
    let options: [(&str, &[f64]); 4] = [("x", &[80.0, 20.0]), ("y", &[30.0, 60.0]), ("z", &[10.0, 50.0]), ("m", &[55.0, 39.0])];
    appraise(&choice(&["a", "b"], &options, &[("p", &[60.0, 40.0])], ""))
}

#[test]
fn two_criteria_are_as_worked_by_hand() {
    // At w = 0.6: x 56, y 42, z 26, m 48.6.
    let a = two();
    // x - y = 60w - 40 + 30w = 90w - 40: level at 4/9. x - m = 25w - 19(1-w) = 44w - 19: level at 19/44 = 0.4318.
    // Coming down from 0.6, y overtakes at 0.4444, before m would.
    let n = node(&a, "a");
    let below = n.below.as_ref().expect("overtaken below");
    assert_eq!(below.rival, "y");
    six(below.weight, 4.0 / 9.0);
    six(below.distance, 0.6 - 4.0 / 9.0);
    assert!(n.above.is_none());
    six(n.ends["x"].0, 20.0);
    six(n.ends["x"].1, 80.0);
    // The weight of b is the rest: overtaken above 5/9.
    let above = node(&a, "b").above.clone().expect("overtaken above");
    six(above.weight, 5.0 / 9.0);
    assert!(node(&a, "b").below.is_none());

    // With two criteria there is one way to change weights: 0.6 - 4/9 of all weight moves from a to b.
    let change = a.sensitivity.smallest_change.as_ref().expect("a change");
    assert_eq!((change.option.as_str(), change.changes[0].rival.as_str()), ("x", "y"));
    six(change.changes[0].moved, 0.6 - 4.0 / 9.0);
    six(change.changes[0].weights["a"], 4.0 / 9.0);
    assert_eq!(
        change.sentence,
        "The smallest change of weights that brings another option level with \u{201c}X\u{201d}: 15.6% of all weight moves from \u{201c}a\u{201d} (60.0% to 44.4%) to \u{201c}b\u{201d} (40.0% to 55.6%). Then \u{201c}Y\u{201d} is level."
    );
    // m at 19/44, z where 70w - 30(1-w) = 0: 0.3.
    six(change.changes[1].moved, 0.6 - 19.0 / 44.0);
    six(change.changes[2].moved, 0.3);

    // y is better than z on both: 20 and 10.
    let pair = |option: &str, rival: &str| {
        a.sensitivity.dominance.iter().find(|d| d.option == option && d.rival == rival).expect("the pair").any_weights.clone()
    };
    lead(&pair("y", "z"), 10.0, 20.0, Some("y"));
    lead(&pair("x", "y"), -40.0, 50.0, None);
    assert_eq!(a.sensitivity.dominance.len(), 6);
    // One panel leaves nothing between panels.
    assert!(a.sensitivity.dominance.iter().all(|d| d.panels.is_none()) && a.sensitivity.panels_disagree.is_empty());

    let best = |option: &str| {
        a.sensitivity.potential_optimality.iter().find(|o| o.option == option).expect("the option").any_weights.clone()
    };
    // All weight on a: x 80, m 55. y is ahead of z by 10 + 10w and of m by 21 - 46w (and of x by more): these meet at
    // w = 11/56, at 10 + 110/56.
    assert!(best("x").first && best("y").first);
    six(best("x").margin, 25.0);
    six(best("x").weights["a"], 1.0);
    six(best("y").margin, 10.0 + 110.0 / 56.0);
    six(best("y").weights["a"], 11.0 / 56.0);
    // m is first nowhere: against x, 19 - 44w; against y, 25w - 21(1-w) = 46w - 21; they meet at w = 40/90, at -5/9.
    assert!(!best("m").first);
    six(best("m").margin, -5.0 / 9.0);
    six(best("m").weights["a"], 4.0 / 9.0);
    // z is behind y by 10 at least.
    six(best("z").margin, -10.0);
}

/// Three criteria, three panels: A 70/20/10, B 20/30/50, C 10/60/30 (equal weights: 1/3, 11/30, 3/10).
fn three() -> Appraisal {
    let options: [(&str, &[f64]); 3] = [("x", &[90.0, 40.0, 30.0]), ("y", &[30.0, 50.0, 80.0]), ("z", &[20.0, 70.0, 40.0])];
    let panels: [(&str, &[f64]); 3] = [("pa", &[70.0, 20.0, 10.0]), ("pb", &[20.0, 30.0, 50.0]), ("pc", &[10.0, 60.0, 30.0])];
    appraise(&choice(&["a", "b", "c"], &options, &panels, "combine_panels = \"equal\""))
}

#[test]
fn three_criteria_and_panels_are_as_worked_by_hand() {
    // x: pa 63 + 8 + 3 = 74, pb 18 + 12 + 15 = 45, pc 9 + 24 + 9 = 42; mean 161/3 = 53.67.
    // y: pa 21 + 10 + 8 = 39, pb 6 + 15 + 40 = 61, pc 3 + 30 + 24 = 57; mean 157/3 = 52.33.
    // z: pa 14 + 14 + 4 = 32, pb 4 + 21 + 20 = 45, pc 2 + 42 + 12 = 56; mean 133/3 = 44.33.
    let a = three();
    let change = a.sensitivity.smallest_change.as_ref().expect("a change");
    // y - x is (-60, 10, 50), -4/3 in all. From a (-60) to c (+50) each unit moved is worth 110: 4/330.
    assert_eq!(change.changes[0].rival, "y");
    six(change.changes[0].moved, 4.0 / 330.0);
    six(change.changes[0].weights["b"], 11.0 / 30.0);
    // z - x is (-70, 30, 10), -28/3 in all: from a to b each unit is worth 100.
    six(change.changes[1].moved, 28.0 / 300.0);

    let pair = |option: &str, rival: &str| {
        a.sensitivity.dominance.iter().find(|d| d.option == option && d.rival == rival).expect("the pair")
    };
    // x - y by panel: 35, -16, -15; y - z by panel: 7, 16, 1, so y is ahead of z for every mix.
    lead(&pair("x", "y").any_weights, -50.0, 60.0, None);
    lead(pair("x", "y").panels.as_ref().expect("mixes"), -16.0, 35.0, None);
    lead(&pair("y", "z").any_weights, -20.0, 40.0, None);
    lead(pair("y", "z").panels.as_ref().expect("mixes"), 1.0, 16.0, Some("y"));

    let mixes = |option: &str| {
        let of = a.sensitivity.potential_optimality.iter().find(|o| o.option == option).expect("the option");
        of.panels.clone().expect("mixes")
    };
    // x does best with panel A: 35 ahead of y. y does best with B: 16 ahead of x and of z.
    six(mixes("x").margin, 35.0);
    six(mixes("x").weights["a"], 0.7);
    six(mixes("y").margin, 16.0);
    // z never reaches y: nearest with C alone, 1 behind.
    assert!(!mixes("z").first);
    six(mixes("z").margin, -1.0);
    six(mixes("z").weights["b"], 0.6);
    // With all weight on b, though, z is 20 ahead of y.
    let z = a.sensitivity.potential_optimality.iter().find(|o| o.option == "z").expect("the option");
    assert!(z.any_weights.first);
    six(z.any_weights.margin, 20.0);

    // A puts x ahead of y; B and C do not. Weights of a: 0.7 against 0.15; (0.55) x 60 = 33. Of c: (0.1 - 0.4) x -50 = 15.
    // Of b: (0.2 - 0.45) x -10 = 2.5. Sum 50.5 = 35 + 15.5.
    let split = a.sensitivity.panels_disagree.iter().find(|d| d.option == "x" && d.rival == "y").expect("they differ");
    assert_eq!(
        (split.for_option.as_slice(), split.for_rival.as_slice()),
        (["pa".to_owned()].as_slice(), ["pb".to_owned(), "pc".to_owned()].as_slice())
    );
    let drivers: Vec<&str> = split.drivers.iter().map(|d| d.criterion.as_str()).collect();
    assert_eq!(drivers, ["a", "c", "b"]);
    for (driver, points) in split.drivers.iter().zip([33.0, 15.0, 2.5]) {
        six(driver.points, points);
    }
    assert_eq!(
        split.sentence,
        "PA puts \u{201c}X\u{201d} ahead of \u{201c}Y\u{201d}, PB and PC the other way round: mostly for \u{201c}a\u{201d}, whose mean weight is 70.0% with the former and 15.0% with the latter, and on which \u{201c}X\u{201d} is 60.0 points better."
    );
    // x - z by panel: 42, 0 (level), -14.
    let split = a.sensitivity.panels_disagree.iter().find(|d| d.option == "x" && d.rival == "z").expect("they differ");
    assert_eq!(
        (split.for_option.as_slice(), split.for_rival.as_slice()),
        (["pa".to_owned()].as_slice(), ["pc".to_owned()].as_slice())
    );
    assert_eq!(a.sensitivity.panels_disagree.len(), 2);
}

#[test]
fn the_office_turns_where_the_book_says_on_every_node() {
    // Goodwin and Wright: turnover now 81%; Elton Street overtakes Addison Square below 52.1%.
    let swings = (
        "points = { customers = 32, visibility = 26, image = 23, size = 10, comfort = 6, parking = 3 }",
        "points = { customers = 100, visibility = 80, image = 70, size = 30, comfort = 20, parking = 10 }",
    );
    let a = appraise(&patched(files("scores-only"), &[swings]));
    let turnover = node(&a, "turnover");
    let below = turnover.below.as_ref().expect("overtaken");
    assert_eq!(below.rival, "elton");
    assert!((100.0 * below.weight - 52.1).abs() < 0.05 + 1e-9, "{}", below.weight);
    // Figure 3.8: Elton's line runs from 81.7 to 60.4.
    let (without, alone) = turnover.ends["elton"];
    assert!((without - 81.7).abs() < 0.05 + 1e-9 && (alone - 60.4).abs() < 0.05 + 1e-9, "{without} {alone}");
    // The tree has two groups and six criteria, and each can vary.
    assert_eq!(a.sensitivity.nodes.len(), 8);
    // The distance in the list of crossings is that from the weight now.
    assert!(a.sensitivity.weights.iter().all(|w| w.distance == w.crossing.map(|c| (c - w.weight).abs())));
}

#[test]
fn degenerate_cases_say_what_there_is() {
    // One option: nothing to compare.
    let a = appraise(&choice(&["a", "b"], &[("x", &[1.0, 2.0])], &[("p", &[1.0, 1.0])], ""));
    let s = &a.sensitivity;
    assert!(s.nodes.is_empty() && s.smallest_change.is_none() && s.dominance.is_empty() && s.potential_optimality.is_empty());

    // Identical options are level whatever the weights.
    let twins: [(&str, &[f64]); 2] = [("x", &[50.0, 40.0]), ("y", &[50.0, 40.0])];
    let a = appraise(&choice(&["a", "b"], &twins, &[("p", &[1.0, 1.0]), ("q", &[1.0, 3.0])], ""));
    let change = a.sensitivity.smallest_change.as_ref().expect("a change");
    six(change.changes[0].moved, 0.0);
    assert!(change.sentence.contains("are level at the weights as they are"), "{}", change.sentence);
    lead(&a.sensitivity.dominance[0].any_weights, 0.0, 0.0, None);
    assert!(a.sensitivity.potential_optimality.iter().all(|o| o.any_weights.first && o.any_weights.margin.abs() < 1e-9));
    assert!(
        a.sensitivity.nodes.iter().all(|n| n.below.is_none() && n.above.is_none()) && a.sensitivity.panels_disagree.is_empty()
    );

    // One criterion: no weight to move, and who leads leads.
    let one: [(&str, &[f64]); 2] = [("x", &[50.0]), ("y", &[40.0])];
    let a = appraise(&choice(&["a"], &one, &[("p", &[1.0])], ""));
    assert!(a.sensitivity.nodes.is_empty(), "the only weight cannot vary");
    let change = a.sensitivity.smallest_change.as_ref().expect("a sentence");
    assert!(change.changes.is_empty() && change.sentence.contains("on every criterion"), "{}", change.sentence);
    lead(&a.sensitivity.dominance[0].any_weights, 10.0, 10.0, Some("x"));

    // A criterion without weight can be given some: x leads by 10 on a, y by 40 on b, which has none.
    let zero: [(&str, &[f64]); 2] = [("x", &[50.0, 0.0]), ("y", &[40.0, 40.0])];
    let a = appraise(&choice(&["a", "b"], &zero, &[("p", &[1.0, 0.0])], ""));
    // 10(1-w) = 40w at w = 0.2, for the node and for the smallest change alike.
    six(node(&a, "b").above.as_ref().expect("overtaken").weight, 0.2);
    six(a.sensitivity.smallest_change.as_ref().expect("a change").changes[0].moved, 0.2);
    // a has all the weight: nothing to scale, no line.
    assert!(a.sensitivity.nodes.iter().all(|n| n.node != "a"));

    // Level now, at the end of the scale: y is a point better on c, which has no weight, so it overtakes from 0 on.
    let edge: [(&str, &[f64]); 2] = [("x", &[79.0, 0.0]), ("y", &[79.0, 1.0])];
    let a = appraise(&choice(&["a", "c"], &edge, &[("p", &[1.0, 0.0])], ""));
    let above = node(&a, "c").above.as_ref().expect("overtaken at once");
    assert_eq!((above.weight, above.distance, above.rival.as_str()), (0.0, 0.0, "y"));

    // A shortlist prints no score, so none is turned round.
    let a = appraise(&choice(&["a", "b"], &zero, &[("p", &[1.0, 0.0])], "mode = \"shortlist\""));
    assert!(a.sensitivity.nodes.is_empty() && a.sensitivity.dominance.is_empty() && a.sensitivity.smallest_change.is_none());
}

#[test]
fn without_combined_weights_the_panels_still_say_what_they_leave_open() {
    let options: [(&str, &[f64]); 2] = [("x", &[90.0, 40.0]), ("y", &[30.0, 50.0])];
    let panels: [(&str, &[f64]); 2] = [("pa", &[80.0, 20.0]), ("pb", &[10.0, 90.0])];
    let a = appraise(&choice(&["a", "b"], &options, &panels, "combine_panels = \"none\""));
    assert!(a.sensitivity.nodes.is_empty() && a.sensitivity.smallest_change.is_none());
    assert!(a.criteria.iter().all(|c| c.scored && c.weight.is_none()));
    // x - y is (60, -10): 46 for A, -3 for B.
    lead(a.sensitivity.dominance[0].panels.as_ref().expect("mixes"), -3.0, 46.0, None);
    assert_eq!(a.sensitivity.panels_disagree.len(), 1);
    assert!(a.sensitivity.potential_optimality.iter().all(|o| o.panels.as_ref().is_some_and(|p| p.first)));
}

/// All weights of three criteria in steps of 1/`steps`.
fn grid(steps: u32) -> Vec<[f64; 3]> {
    let share = |n: u32| f64::from(n) / f64::from(steps);
    (0..=steps).flat_map(|i| (0..=steps - i).map(move |j| [share(i), share(j), share(steps - i - j)])).collect()
}

fn score(weights: &[f64], values: &[f64]) -> f64 {
    weights.iter().zip(values).map(|(w, v)| w * v).sum()
}

/// Points of options on three criteria, in whole numbers, and weights in twentieths.
fn cases() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<f64>)> {
    let option = proptest::collection::vec((0..=100_i32).prop_map(f64::from), 3);
    let weights = (0..=20_u32, 0..=20_u32).prop_map(|(a, b)| {
        let (a, b) = (a.min(20), b.min(20 - a.min(20)));
        vec![f64::from(a) / 20.0, f64::from(b) / 20.0, f64::from(20 - a - b) / 20.0]
    });
    (proptest::collection::vec(option, 2..6), weights)
}

/// Of a function of weights that is linear with slopes of at most 100 points, what a step of the grid can hide: the
/// nearest point of the grid is within 1/100 in each of three weights.
const STEPS: u32 = 100;
const COARSE: f64 = 3.0;

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_on_a_fine_grid_is_better_than_the_margin((values, _) in cases()) {
        let all: Vec<usize> = (0..values.len()).collect();
        for option in 0..values.len() {
            let found = sensitivity::best_margin(&WeightSet::all(3), &values, option, &all).expect("rivals");
            let at = |w: &[f64]| {
                let rivals = all.iter().filter(|r| **r != option);
                rivals.map(|r| score(w, &values[option]) - score(w, &values[*r])).fold(f64::INFINITY, f64::min)
            };
            let best = grid(STEPS).iter().map(|w| at(w)).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!(found.margin >= best - 1e-6, "{} is below {best} on the grid", found.margin);
            prop_assert!(found.margin <= best + COARSE, "{} is far above {best} on the grid", found.margin);
            prop_assert!((found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9 && found.weights.iter().all(|w| *w >= 0.0));
            prop_assert!((at(&found.weights) - found.margin).abs() < 1e-9);
        }
    }

    #[test]
    fn no_smaller_change_is_on_a_fine_grid_and_none_by_moving_the_best_weight_first((values, weights) in cases()) {
        let scores: Vec<f64> = values.iter().map(|v| score(&weights, v)).collect();
        let leader = (0..values.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).expect("options");
        let rivals: Vec<usize> = (0..values.len()).filter(|o| *o != leader).collect();
        let found = sensitivity::smallest_changes(&WeightSet::all(3), &weights, &values, leader, &rivals);
        for rival in &rivals {
            let gain = sensitivity::difference(&values[*rival], &values[leader]);
            let change = found.iter().find(|c| c.rival == *rival);
            // By hand: weight moves to the criterion that suits the rival most, from the one that suits it least on.
            let expected = by_moving(&weights, &gain);
            prop_assert_eq!(change.is_some(), expected.is_some());
            let (Some(change), Some(expected)) = (change, expected) else { continue };
            prop_assert!((change.moved - expected).abs() < 1e-6, "{} is not {}", change.moved, expected);
            prop_assert!(score(&change.weights, &gain) > -1e-6);
            let moved = |w: &[f64]| w.iter().zip(&weights).map(|(a, b)| (a - b).abs()).sum::<f64>() / 2.0;
            let least = grid(STEPS).iter().filter(|w| score(*w, &gain) >= 0.0).map(|w| moved(w)).fold(f64::INFINITY, f64::min);
            prop_assert!(change.moved <= least + 1e-6, "{} on the grid is less than {}", least, change.moved);
        }
        prop_assert!(found.windows(2).all(|w| w[0].moved <= w[1].moved));
    }

    #[test]
    fn ranges_hold_every_weight_of_the_grid_that_satisfies_statements((values, weights) in cases(), cap in 34..=100_i32) {
        let lead = sensitivity::difference(&values[0], &values[1]);
        // No weight above a cap, and the first at least as large as the second.
        let cap = f64::from(cap) / 100.0;
        let minus = |c: usize| (0..3).map(|i| if i == c { -1.0 } else { 0.0 }).collect::<Vec<f64>>();
        let mut statements: Vec<HalfSpace> = (0..3).map(|c| HalfSpace { coefficients: minus(c), least: -cap }).collect();
        statements.push(HalfSpace { coefficients: vec![1.0, -1.0, 0.0], least: 0.0 });
        let within = WeightSet::Within { criteria: 3, statements };
        let inside = |w: &[f64; 3]| w.iter().all(|x| *x <= cap + 1e-12) && w[1] <= w[0] + 1e-12;
        let range = within.range(&lead).expect("there are such weights");
        let on: Vec<f64> = grid(STEPS).iter().filter(|w| inside(w)).map(|w| score(w, &lead)).collect();
        for x in &on {
            prop_assert!(*x >= range.least - 1e-6 && *x <= range.most + 1e-6);
        }
        let most = on.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        prop_assert!(range.most <= most + COARSE, "{} is far above {most}", range.most);
        // Mixes of two vectors: every mix lies between its ends.
        let mixes = WeightSet::Mixes(vec![weights.clone(), vec![0.2, 0.5, 0.3]]);
        let range = mixes.range(&lead).expect("a range");
        for n in 0..=10 {
            let t = f64::from(n) / 10.0;
            let mix: Vec<f64> = weights.iter().zip([0.2, 0.5, 0.3]).map(|(a, b)| t * a + (1.0 - t) * b).collect();
            let x = score(&mix, &lead);
            prop_assert!(x >= range.least - 1e-9 && x <= range.most + 1e-9);
        }
    }

    #[test]
    fn flips_are_where_the_leader_changes_on_a_fine_line((values, weights) in cases()) {
        let options: Vec<(String, Vec<f64>)> = values.iter().enumerate().map(|(i, v)| (format!("o{i}"), v.clone())).collect();
        let refs: Vec<(&str, &[f64])> = options.iter().map(|(n, v)| (n.as_str(), v.as_slice())).collect();
        let a = appraise(&choice(&["a", "b", "c"], &refs, &[("p", &weights)], ""));
        let Some(first) = a.sensitivity.nodes.first() else { return Ok(()) };
        let leader = first.ends.keys().next().expect("a leader").clone();
        for n in &a.sensitivity.nodes {
            let at = |id: &str, w: f64| n.ends[id].0 + w * (n.ends[id].1 - n.ends[id].0);
            let ahead = |w: f64| n.ends.keys().all(|o| at(&leader, w) >= at(o, w) - 1e-9);
            prop_assert!(ahead(n.weight), "the leader leads at the weight now");
            let (low, high) = (n.below.as_ref().map_or(0.0, |f| f.weight), n.above.as_ref().map_or(1.0, |f| f.weight));
            for step in 0..=1000 {
                let w = f64::from(step) / 1000.0;
                if w > low + 1e-9 && w < high - 1e-9 {
                    prop_assert!(ahead(w), "{leader} is overtaken at {w}, between {low} and {high}");
                }
            }
            for (flip, end) in [(&n.below, 0.0), (&n.above, 1.0)] {
                let Some(flip) = flip else { continue };
                prop_assert!((at(&flip.rival, flip.weight) - at(&leader, flip.weight)).abs() < 1e-7);
                prop_assert!(at(&flip.rival, end) > at(&leader, end), "the rival is ahead beyond");
            }
        }
    }
}

/// The least share of weight that has to move for `sum gain w` to come to 0, worked without a linear program: what moves
/// goes to the criterion with the most gain, from the one with the least upwards, for each unit is worth the difference.
fn by_moving(weights: &[f64], gain: &[f64]) -> Option<f64> {
    let mut short = -score(weights, gain);
    if short <= 0.0 {
        return Some(0.0);
    }
    let most = gain.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most < 0.0 {
        return None;
    }
    let mut from: Vec<usize> = (0..gain.len()).collect();
    from.sort_by(|a, b| gain[*a].total_cmp(&gain[*b]));
    let mut moved = 0.0;
    for c in from {
        let worth = most - gain[c];
        if worth <= 0.0 {
            break;
        }
        let step = weights[c].min(short / worth);
        moved += step;
        short -= step * worth;
    }
    Some(moved)
}
