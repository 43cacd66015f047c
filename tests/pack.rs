//! The board pack against the result that it is made of.

mod support;

use appraise::appraisal::result::Appraisal;
use appraise::quantity::grouped;
use appraise::report::{self, Extent};
use appraise::scoring;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use support::{drawn, files};

fn bundled(name: &str) -> Appraisal {
    drawn(&files(name), None, 100)
}

/// A number from 0 to 1.
fn uniform(random: &mut Xoshiro256PlusPlus) -> f64 {
    f64::from(random.next_u32()) / f64::from(u32::MAX)
}

/// What the engine makes of a thousand weightings of Project Fusion; written where `APPRAISE_WEIGHED` names a file, for the
/// browser to be held against.
#[test]
fn weights_for_the_browser() {
    let a = bundled("project-fusion");
    let values: Vec<Vec<f64>> = a.options.iter().map(|o| a.criteria.iter().map(|c| o.values[&c.id]).collect()).collect();
    let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
    let mut firsts = BTreeSet::new();
    let mut cases = Vec::new();
    for n in 0..1_000 {
        // Some weigh nothing, and some weigh a thousand times as much as others.
        let weights: Vec<f64> = a
            .criteria
            .iter()
            .map(|_| match (n % 4, uniform(&mut random)) {
                (0, u) if u < 0.3 => 0.0,
                (1, u) => 1000.0 * u.powi(6),
                (2, u) => (100.0 * u).round(),
                (_, u) => 100.0 * u,
            })
            .collect();
        let Ok(shares) = scoring::shares(&weights) else { continue };
        let scores: Vec<f64> = values.iter().map(|v| scoring::score(&shares, v)).collect();
        let ranked: Vec<Option<f64>> = a.options.iter().zip(&scores).map(|(o, s)| o.rank.map(|_| -s)).collect();
        let ranks = scoring::ranks(&ranked);
        firsts.insert(ranks.iter().position(|r| *r == Some(1)));
        let option = |i: usize| {
            let rank = ranks[i].map_or_else(|| "Not ranked".to_owned(), |r| r.to_string());
            json!({ "exact": scores[i], "text": grouped(scores[i], 1), "rank": rank })
        };
        cases.push(json!({ "weights": weights, "options": (0..scores.len()).map(option).collect::<Vec<_>>() }));
    }
    assert!(cases.len() >= 995 && firsts.len() > 2, "{} weightings with {} options first", cases.len(), firsts.len());
    // By the combined weights it is the score of the result.
    let combined: Vec<f64> = a.criteria.iter().map(|c| c.weight.expect("combined")).collect();
    for (option, values) in a.options.iter().zip(&values) {
        assert!((scoring::score(&combined, values) - option.score.expect("a score")).abs() < 1e-9);
    }
    while cases.len() < 1_000 {
        cases.push(cases[0].clone());
    }
    if let Ok(file) = std::env::var("APPRAISE_WEIGHED") {
        fs::write(file, serde_json::to_string(&cases).expect("JSON")).expect("writable");
    }
}

#[test]
fn the_pack_is_small_and_the_board_s_smaller() {
    let a = drawn(&files("project-fusion"), None, 200);
    let page = report::render(&a).expect("renders");
    assert!(page.len() < 1_500_000, "{} bytes", page.len());
    let board = report::render_to(&a, Extent::Board).expect("renders");
    assert!(3 * board.len() < page.len(), "{} bytes", board.len());
    for kept in ["Executive summary", "Recommendation and next steps", "Options at a glance", "has not been assured"] {
        assert!(board.contains(kept) && page.contains(kept), "{kept}");
    }
    assert!(!board.contains("Assumptions log:") && page.contains("Assumptions log:"));
}
