//! TOPSIS, VIKOR and PROMETHEE against published results, and where other programs fail: one option, identical options,
//! constant columns, columns of zeros, weights of zero.
//!
//! `tests/published/` holds inputs and printed results with their sources.

mod support;

use appraise::programme::{Direction, Preference};
use appraise::scoring::{
    LANES, Matrix, Promethee, Regrets, Topsis, Unfit, VIKOR_V, Vikor, ahead, ranks, score, shares, spearman, weigh,
};
use proptest::prelude::*;
use serde_json::Value as Json;
use std::fs;
use support::path;

fn published(name: &str) -> Json {
    let text = fs::read_to_string(path("tests/published").join(name)).expect("the published case");
    serde_json::from_str(&text).expect("JSON")
}

fn numbers(json: &Json) -> Vec<f64> {
    json.as_array().expect("a list").iter().map(|n| n.as_f64().expect("a number")).collect()
}

fn rows(json: &Json) -> Vec<f64> {
    json.as_array().expect("rows").iter().flat_map(numbers).collect()
}

fn case(json: &Json) -> (Matrix, Vec<f64>) {
    let direction = |d: &Json| if d == "max" { Direction::MoreIsBetter } else { Direction::LessIsBetter };
    let directions: Vec<Direction> = json["directions"].as_array().expect("directions").iter().map(direction).collect();
    let matrix = Matrix::new(&rows(&json["matrix"]), &directions).expect("a sound matrix");
    (matrix, shares(&numbers(&json["weights_raw"])).expect("sound weights"))
}

/// A printed check against what was found, within the tolerance that goes with its digits.
#[track_caller]
fn printed(json: &Json, check: &str, found: &[f64]) {
    let check = &json["published"]["checks"][check];
    let (expected, tolerance) = (numbers(&check["value"]), check["tol"].as_f64().expect("a tolerance"));
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(&expected) {
        assert!((f - e).abs() <= tolerance, "found {found:?}, printed {expected:?}");
    }
}

fn topsis(matrix: &Matrix, weights: &[f64]) -> Vec<f64> {
    let mut out = vec![f64::NAN; matrix.options()];
    Topsis::new(matrix).closeness(weights, &mut out);
    out
}

fn vikor(matrix: &Matrix, weights: &[f64]) -> Regrets {
    let mut out = Regrets::default();
    Vikor::new(matrix).regrets(weights, VIKOR_V, &mut out);
    out
}

fn promethee(matrix: &Matrix, functions: &[Preference], weights: &[f64]) -> Vec<f64> {
    let mut out = vec![f64::NAN; matrix.options()];
    Promethee::new(matrix, functions).net(weights, &mut out);
    out
}

#[test]
fn vikor_2004_is_as_published() {
    // Opricovic and Tzeng, European Journal of Operational Research 156(2), 2004, 445-455: climbing a mountain.
    let json = published("opricovic_tzeng_2004_vikor.json");
    let (matrix, weights) = case(&json);
    let found = vikor(&matrix, &weights);
    printed(&json, "S", &found.s);
    printed(&json, "R", &found.r);
    printed(&json, "Q", &found.q);
    assert_eq!(found.compromise().set, [1]);
}

#[test]
fn vikor_2007_is_as_published() {
    // Opricovic and Tzeng, European Journal of Operational Research 178(2), 2007, 514-529: hydropower on the Drina.
    let json = published("opricovic_tzeng_2007_W1.json");
    let (matrix, weights) = case(&json);
    let found = vikor(&matrix, &weights);
    printed(&json, "S", &found.s);
    printed(&json, "R", &found.r);
    printed(&json, "Q", &found.q);
    let compromise = found.compromise();
    let set: Vec<u64> = compromise.set.iter().map(|o| u64::try_from(*o).expect("few")).collect();
    assert_eq!(serde_json::json!(set), json["published"]["checks"]["compromise_set"]["value"]);
    assert!(compromise.acceptable_advantage && compromise.acceptable_stability);
}

#[test]
fn topsis_is_as_published() {
    // Tzeng and Huang, Multiple Attribute Decision Making, 2011; vector normalisation.
    let json = published("tzeng_huang_2011_topsis.json");
    let (matrix, weights) = case(&json);
    printed(&json, "topsis", &topsis(&matrix, &weights));
}

#[test]
fn the_office_is_weighed_as_published_and_promethee_follows_from_it() {
    // Goodwin and Wright, chapter 3, Figure 3.6. With a V-shape as wide as the scale, PROMETHEE II is the weighted sum in
    // other units: phi_i = n / (n - 1) (S_i - mean S) / 100. So the printed benefits give printed flows.
    let json = published("goodwin_wright_office.json");
    let values = rows(&json["values_0_100"]);
    let weights = shares(&numbers(&json["rounded_weights_percent"])).expect("sound weights");
    let benefits = numbers(&json["published"]["aggregate_benefits_rounded_weights"]);
    for (row, benefit) in values.chunks(weights.len()).zip(&benefits) {
        assert!((score(&weights, row) - benefit).abs() < 0.05 + 1e-9, "{row:?}");
    }
    let matrix = Matrix::new(&values, &vec![Direction::MoreIsBetter; weights.len()]).expect("sound");
    let flows = promethee(&matrix, &vec![Preference::VShape { strict: 100.0 }; weights.len()], &weights);
    let mean = benefits.iter().sum::<f64>() / 7.0;
    for (flow, benefit) in flows.iter().zip(&benefits) {
        // Benefits are printed to 0.05 each, and so is their mean: 7 / 6 x 0.1 / 100.
        assert!((flow - 7.0 / 6.0 * (benefit - mean) / 100.0).abs() < 0.001_2, "{flow} for {benefit}");
    }
}

/// One option, identical options, a constant column, a column of zeros, nothing but zeros, negative numbers, one criterion.
fn degenerate() -> Vec<(&'static str, Vec<f64>, usize)> {
    vec![
        ("one option", vec![3.0, -2.0, 0.0], 3),
        ("identical options", vec![5.0, 2.0, 5.0, 2.0, 5.0, 2.0], 2),
        ("a constant column", vec![1.0, 7.0, 2.0, 7.0, 3.0, 7.0], 2),
        ("a constant negative column", vec![1.0, -7.0, 2.0, -7.0, 3.0, -7.0], 2),
        ("a column of zeros", vec![1.0, 0.0, 2.0, 0.0, 3.0, 0.0], 2),
        ("nothing but zeros", vec![0.0; 6], 2),
        ("negative numbers", vec![-1.0, -20.0, -2.0, -10.0, -3.0, -30.0], 2),
        ("one criterion", vec![4.0, 2.0, 9.0], 1),
        ("very large", vec![1e308, 1.0, -1e308, 2.0], 2),
        ("very small", vec![1e-308, 1.0, 3e-308, 2.0], 2),
        ("the same but for rounding", vec![0.1 + 0.2, 1.0, 0.3, 1.0], 2),
    ]
}

#[test]
fn degenerate_cases_have_answers() {
    for (name, measures, criteria) in degenerate() {
        for direction in [Direction::MoreIsBetter, Direction::LessIsBetter] {
            let matrix = Matrix::new(&measures, &vec![direction; criteria]).expect("sound");
            for functions in [
                Preference::Usual,
                Preference::VShape { strict: 0.0 },
                Preference::Linear { indifference: 1.0, strict: 2.0 },
                Preference::Gaussian { sigma: 1.0 },
            ] {
                let functions = vec![functions; criteria];
                // The last weights leave out a criterion, then all of them.
                for weights in [vec![1.0; criteria], [vec![0.0], vec![1.0; criteria - 1]].concat(), vec![0.0; criteria]] {
                    let closeness = topsis(&matrix, &weights);
                    assert!(closeness.iter().all(|c| (0.0..=1.0).contains(c)), "{name}: TOPSIS {closeness:?}");
                    let regrets = vikor(&matrix, &weights);
                    assert!(regrets.q.iter().all(|q| (0.0..=1.0).contains(q)), "{name}: VIKOR {regrets:?}");
                    assert!(!regrets.compromise().set.is_empty(), "{name}: a compromise");
                    let flows = promethee(&matrix, &functions, &weights);
                    assert!(flows.iter().all(|f| f.abs() <= 3.0), "{name}: PROMETHEE {flows:?}");
                    assert!(flows.iter().sum::<f64>().abs() < 1e-9, "{name}: flows cancel");
                }
            }
        }
    }
}

#[test]
fn one_option_and_identical_options_tie() {
    for name in ["one option", "identical options", "nothing but zeros", "the same but for rounding"] {
        let (_, measures, criteria) = degenerate().into_iter().find(|(n, ..)| *n == name).expect("a case");
        let matrix = Matrix::new(&measures, &vec![Direction::MoreIsBetter; criteria]).expect("sound");
        let weights = shares(&vec![1.0; criteria]).expect("sound");
        assert!(topsis(&matrix, &weights).iter().all(|c| (c - 0.5).abs() < 1e-12), "{name}");
        let regrets = vikor(&matrix, &weights);
        assert!(regrets.q.iter().chain(&regrets.s).chain(&regrets.r).all(|q| q.abs() < 1e-12), "{name}");
        assert_eq!(regrets.compromise().set.len(), matrix.options(), "{name}: none can be told from another");
        let flows = promethee(&matrix, &vec![Preference::Usual; criteria], &weights);
        assert!(flows.iter().all(|f| f.abs() < 1e-12), "{name}");
    }
}

#[test]
fn a_criterion_that_tells_nothing_changes_nothing() {
    // Constant, negative or zero, with half of all weight: VIKOR's Q and TOPSIS's closeness stay, flows are halved.
    let two = |extra: Option<f64>| -> (Matrix, Vec<f64>) {
        let rows = [[3.0, 10.0], [1.0, 30.0], [2.0, 25.0]];
        let measures: Vec<f64> = rows.iter().flat_map(|r| r.iter().copied().chain(extra)).collect();
        let criteria = 2 + usize::from(extra.is_some());
        let directions = &[Direction::MoreIsBetter, Direction::LessIsBetter, Direction::LessIsBetter][..criteria];
        let weights = if extra.is_some() { vec![0.3, 0.2, 0.5] } else { vec![0.6, 0.4] };
        (Matrix::new(&measures, directions).expect("sound"), weights)
    };
    let (plain, weights) = two(None);
    for extra in [-5.0, 0.0, 7.0] {
        let (with, more) = two(Some(extra));
        let same = |a: &[f64], b: &[f64]| assert!(a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-12), "{a:?}, {b:?}");
        same(&topsis(&plain, &weights), &topsis(&with, &more));
        same(&vikor(&plain, &weights).q, &vikor(&with, &more).q);
        let halved: Vec<f64> = promethee(&plain, &[Preference::Usual; 2], &weights).iter().map(|f| f / 2.0).collect();
        same(&halved, &promethee(&with, &[Preference::Usual; 3], &more));
    }
}

#[test]
fn equal_regret_of_the_worst_criterion_leaves_that_term_out() {
    // Each option is worst on one of three criteria of equal weight: R = 1/3 for all, so R- = R*, and Q is half of the
    // share of S. S = (1/3 (1 + 0 + 0), 1/3 (0 + 1 + 1/2), 1/3 (0 + 1/2 + 1)) = (1/3, 1/2, 1/2); Q = (0, 0.5, 0.5).
    let matrix = Matrix::new(&[0.0, 2.0, 2.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0], &[Direction::MoreIsBetter; 3]).expect("sound");
    let found = vikor(&matrix, &shares(&[1.0; 3]).expect("sound"));
    for (all, expected) in [(&found.r, [1.0 / 3.0; 3]), (&found.s, [1.0 / 3.0, 0.5, 0.5]), (&found.q, [0.0, 0.5, 0.5])] {
        assert!(all.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-12), "{found:?}");
    }
}

#[test]
fn weights_of_nothing_are_told() {
    assert_eq!(shares(&[0.0, 0.0, 0.0]), Err(Unfit::NoWeight));
    assert!(Unfit::NoWeight.to_string().contains("no criterion has any weight"));
}

#[test]
fn a_prepared_matrix_answers_as_often_as_it_is_asked() {
    let matrix = Matrix::new(&[1.0, 5.0, 4.0, 2.0, 2.0, 2.0], &[Direction::MoreIsBetter; 2]).expect("sound");
    let functions = [Preference::Linear { indifference: 0.5, strict: 2.0 }; 2];
    let (near, flows, compromise) = (Topsis::new(&matrix), Promethee::new(&matrix, &functions), Vikor::new(&matrix));
    let mut kept = (vec![0.0; 3], vec![0.0; 3], Regrets::default());
    for weights in [[0.5, 0.5], [0.9, 0.1], [0.5, 0.5]] {
        near.closeness(&weights, &mut kept.0);
        flows.net(&weights, &mut kept.1);
        compromise.regrets(&weights, VIKOR_V, &mut kept.2);
        assert_eq!(kept.0, topsis(&matrix, &weights));
        assert_eq!(kept.1, promethee(&matrix, &functions, &weights));
        assert_eq!(kept.2, vikor(&matrix, &weights));
    }
}

#[test]
fn many_sets_of_weights_at_a_time_come_to_the_same() {
    let number = |i: u32| f64::from(1 + (i * 31) % 97);
    let mut measures: Vec<f64> = (0..20).map(number).collect();
    // A criterion on which nobody differs: with all the weight there, nobody is nearer to the best.
    (0..5).for_each(|option| measures[4 * option + 3] = 7.0);
    let matrix = Matrix::new(&measures, &[Direction::MoreIsBetter; 4]).expect("sound");
    let functions = [Preference::Linear { indifference: 2.0, strict: 30.0 }; 4];
    let mut weights = [[0.0; LANES]; 4];
    for (j, lanes) in weights.iter_mut().enumerate() {
        for (lane, weight) in lanes.iter_mut().enumerate() {
            let points = |j: usize| number(u32::try_from(4 * lane + j).expect("few"));
            *weight = points(j) / (0..4).map(points).sum::<f64>();
        }
        lanes[9] = if j == 3 { 1.0 } else { 0.0 };
    }
    let (mut sums, mut near, mut flows) = ([[9.0; LANES]; 5], [[9.0; LANES]; 5], [[9.0; LANES]; 5]);
    weigh(&measures, &weights, &mut sums);
    Topsis::new(&matrix).closeness_of_many(&weights, &mut near);
    Promethee::new(&matrix, &functions).net_of_many(&weights, &mut flows);
    let mut indices = [[9.0; LANES]; 5];
    Vikor::new(&matrix).index_of_many(&weights, VIKOR_V, &mut indices);
    let mut behind = [[9; LANES]; 5];
    ahead(&sums, &mut behind, |_, _, _| {});
    for lane in 0..LANES {
        let own: [f64; 4] = std::array::from_fn(|j| weights[j][lane]);
        let (one, other) = (topsis(&matrix, &own), promethee(&matrix, &functions, &own));
        let regrets = vikor(&matrix, &own);
        let scores: Vec<f64> = measures.chunks(4).map(|row| score(&own, row)).collect();
        let placed = ranks(&scores.iter().map(|s| Some(-s)).collect::<Vec<_>>());
        for option in 0..5 {
            assert!((sums[option][lane] - scores[option]).abs() < 1e-12);
            assert!((near[option][lane] - one[option]).abs() < 1e-12, "{lane}: {} {}", near[option][lane], one[option]);
            assert!((flows[option][lane] - other[option]).abs() < 1e-12);
            assert!((indices[option][lane] - regrets.q[option]).abs() < 1e-12);
            assert_eq!(behind[option][lane] + 1, placed[option].expect("ranked") as u64);
        }
    }
}

#[test]
fn flows_are_divided_by_the_others() {
    // Best of four on the one criterion: preferred to all three others, so phi+ = 3 / 3, not 3 / 4.
    let matrix = Matrix::new(&[4.0, 3.0, 2.0, 1.0], &[Direction::MoreIsBetter]).expect("sound");
    let flows = promethee(&matrix, &[Preference::Usual], &[1.0]);
    assert!(flows.iter().zip([1.0, 1.0 / 3.0, -1.0 / 3.0, -1.0]).all(|(f, e)| (f - e).abs() < 1e-12), "{flows:?}");
}

#[test]
fn ranks_are_ranks_and_not_the_order_of_positions() {
    // Third, first, fourth, second. The positions in order are 1, 3, 0, 2: a well-known mistake for ranks.
    let closeness = [0.4, 0.9, 0.1, 0.6];
    let found = ranks(&closeness.map(|c| Some(-c)));
    assert_eq!(found, [Some(3), Some(1), Some(4), Some(2)]);
}

/// The definitions, pair by pair and difference by difference, for comparison with the prepared forms.
mod by_definition {
    use super::{Direction, Preference};
    use appraise::scoring::preferred;

    pub(super) fn better(d: Direction, x: f64, y: f64) -> f64 {
        if d == Direction::MoreIsBetter { x - y } else { y - x }
    }

    pub(super) fn topsis(rows: &[Vec<f64>], d: &[Direction], w: &[f64]) -> Vec<f64> {
        let norm = |j: usize| rows.iter().map(|r| r[j] * r[j]).sum::<f64>().sqrt();
        let weighted: Vec<Vec<f64>> = rows.iter().map(|r| (0..w.len()).map(|j| w[j] * r[j] / norm(j)).collect()).collect();
        let extreme = |j: usize, best: bool| {
            let of = |a: f64, b: f64| if (better(d[j], a, b) > 0.0) == best { a } else { b };
            weighted.iter().map(|r| r[j]).reduce(of).expect("options")
        };
        let distance = |r: &[f64], best: bool| (0..w.len()).map(|j| (r[j] - extreme(j, best)).powi(2)).sum::<f64>().sqrt();
        weighted.iter().map(|r| distance(r, false) / (distance(r, false) + distance(r, true))).collect()
    }

    pub(super) fn promethee(rows: &[Vec<f64>], d: &[Direction], f: &[Preference], w: &[f64]) -> Vec<f64> {
        let pi = |a: &[f64], b: &[f64]| (0..w.len()).map(|j| w[j] * preferred(f[j], better(d[j], a[j], b[j]))).sum::<f64>();
        let others = f64::from(u32::try_from(rows.len()).expect("few")) - 1.0;
        rows.iter().map(|a| rows.iter().map(|b| pi(a, b) - pi(b, a)).sum::<f64>() / others).collect()
    }
}

proptest! {
    #[test]
    fn prepared_forms_give_what_the_definitions_give(
        rows in prop::collection::vec(prop::collection::vec(1.0..100.0_f64, 5), 2..11),
        points in prop::collection::vec(0.5..100.0_f64, 5),
        up in prop::collection::vec(any::<bool>(), 5),
    ) {
        let directions: Vec<Direction> =
            up.iter().map(|u| if *u { Direction::MoreIsBetter } else { Direction::LessIsBetter }).collect();
        let weights = shares(&points).expect("sound");
        let matrix = Matrix::new(&rows.concat(), &directions).expect("sound");
        let functions = [
            Preference::Usual,
            Preference::VShape { strict: 40.0 },
            Preference::Level { indifference: 5.0, strict: 30.0 },
            Preference::Linear { indifference: 5.0, strict: 30.0 },
            Preference::Gaussian { sigma: 20.0 },
        ];
        let close = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-9);
        prop_assert!(close(&topsis(&matrix, &weights), &by_definition::topsis(&rows, &directions, &weights)));
        let flows = promethee(&matrix, &functions, &weights);
        prop_assert!(close(&flows, &by_definition::promethee(&rows, &directions, &functions, &weights)));
        // Doubling every weight changes no order.
        let double: Vec<f64> = weights.iter().map(|w| 2.0 * w).collect();
        prop_assert!(close(&topsis(&matrix, &weights), &topsis(&matrix, &double)));
    }

    #[test]
    fn an_option_best_on_everything_is_first_by_every_method(
        rows in prop::collection::vec(prop::collection::vec(1.0..100.0_f64, 3), 2..7),
        points in prop::collection::vec(1.0..100.0_f64, 3),
    ) {
        let mut measures = rows.concat();
        measures.extend([101.0; 3]);
        let matrix = Matrix::new(&measures, &[Direction::MoreIsBetter; 3]).expect("sound");
        let weights = shares(&points).expect("sound");
        let first = |numbers: Vec<f64>| ranks(&numbers.into_iter().map(Some).collect::<Vec<_>>())[rows.len()] == Some(1);
        let turned = |numbers: Vec<f64>| numbers.into_iter().map(|n| -n).collect::<Vec<f64>>();
        prop_assert!(first(turned(topsis(&matrix, &weights))));
        prop_assert!(first(vikor(&matrix, &weights).q));
        let flows = promethee(&matrix, &[Preference::Usual; 3], &weights);
        prop_assert!(first(turned(flows.clone())));
        prop_assert!(spearman(&flows, &flows).is_none_or(|rho| (rho - 1.0).abs() < 1e-9));
    }
}
