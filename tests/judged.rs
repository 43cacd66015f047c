//! Draws in which options fail gates, weights that are judged over draws, and what the headline makes of expected figures:
//! small cases whose truth is known.

mod support;

use appraise::appraisal::result::{Appraisal, OptionResult, WeightSet};
use support::{drawn, files, patched, toml};

fn set<'a>(found: &'a Appraisal, kind: &str) -> &'a WeightSet {
    let sets = &found.acceptability.as_ref().expect("weights").weight_sets;
    sets.iter().find(|s| s.kind == kind).unwrap_or_else(|| panic!("no set {kind}"))
}

fn option<'a>(found: &'a Appraisal, id: &str) -> &'a OptionResult {
    found.options.iter().find(|o| o.id == id).expect("an option")
}

/// System Y can do what mental health must have to an extent that is uniform on 0.3 to 0.8, and must to 0.5: it passes in
/// 60% of the draws.
fn gated(draws: u64) -> Appraisal {
    let name = "name = \"Mental Health Act record\"\ncoverage = { y = 1.00 }";
    let open = "name = \"M\"\ncoverage = { y = { low = 0.3, likely = 0.6, high = 0.8, distribution = \"uniform\" }, x = 0.1 }";
    drawn(&patched(files("worked-example"), &[(name, open)]), Some(7), draws)
}

#[test]
fn who_fails_a_gate_in_a_draw_takes_no_rank_in_it() {
    let found = gated(10_000);
    let inputs = set(&found, "inputs");
    let error = (0.6_f64 * 0.4 / 10_000.0).sqrt();
    for (id, own) in &inputs.options {
        let u = option(&found, id).uncertainty.as_ref().expect("drawn");
        // The same draws at the same weights: the same shares.
        for (rank, share) in own.rank_acceptability.iter().enumerate() {
            assert!((share - u.rank_acceptability[rank]).abs() < 1e-12, "{id}, rank {rank}");
        }
        // All options that keep Y pass in the same draws; business as usual is ranked in all.
        let ranked: f64 = own.rank_acceptability.iter().sum();
        let truth = if id == "bau" { 1.0 } else { 0.6 };
        assert!((ranked - truth).abs() < 4.0 * error, "{id} is ranked in {ranked}");
    }
    for kind in ["inputs", "inputs_and_weights", "between_panels", "all_weights"] {
        for (id, own) in set(&found, kind).options.iter().filter(|(id, _)| *id != "bau") {
            let most = own.confidence_factor.unwrap_or(0.0);
            assert!(most <= 0.6 + 4.0 * error, "{kind}, {id}: first in {most} of the draws, and passes in 60% only");
        }
    }
    let both = &set(&found, "inputs_and_weights").options;
    let ahead = both["interop"].pairwise_winning["bau"] + both["bau"].pairwise_winning["interop"];
    assert!((ahead - 0.6).abs() < 4.0 * error, "compared where both are ranked: {ahead}");
    assert!(found.acceptability.as_ref().expect("weights").weight_sets.iter().all(|s| !s.sentence.contains(",.")));
}

/// At a likely 0.4 no option passes on central figures; 60% of the draws are still above 0.5.
#[test]
fn who_fails_on_central_figures_alone_is_said() {
    let name = "name = \"Mental Health Act record\"\ncoverage = { y = 1.00 }";
    let open = "name = \"M\"\ncoverage = { y = { low = 0.3, likely = 0.4, high = 0.8, distribution = \"uniform\" }, x = 0.1 }";
    let found = drawn(&patched(files("worked-example"), &[(name, open)]), Some(7), 2_000);
    assert!(found.headline.text.starts_with("On central figures no option passes every gate."), "{}", found.headline.text);
    let told = &found.uncertainty.as_ref().expect("drawn").sentences;
    let said = |s: &&String| s.starts_with("Converge fails a gate on central figures, and passes every gate in ");
    assert!(told.iter().any(|s| said(&s)), "{told:?}");
}

/// Three options, two judged criteria and cost, two panels.
const CONFIDENCE: &str = r#"
[appraisal]
id = "inp"
title = "t"
as_at = 2026-04-01
year0 = "2026/27"
horizon = 1
rank_basis = "score"
mode = "longlist_mcda"
[sources.s]
title = "x"
[deflator]
rate = 0
source = "s"
[options.a]
kind = "business_as_usual"
[options.b]
kind = "alternative"
[options.c]
kind = "alternative"
[criteria.c0]
anchors = { zero = 0, hundred = 100 }
judged = { a = 80, b = 20, c = 55 }
[criteria.c1]
anchors = { zero = 0, hundred = 100 }
judged = { a = 10, b = 90, c = 50 }
[criteria.k]
measure = "cost"
anchors = { zero = 10000, hundred = 0 }
[panels.p0]
points = { c0 = 50, c1 = 30, k = 60 }
[panels.p1]
points = { c0 = 20, c1 = 70, k = 40 }
[streams.xa]
once = { low = 1000, likely = 3000, high = 8000 }
start = 2026-04-01
options = ["a"]
[streams.xb]
once = { low = 2000, likely = 5000, high = 9000, distribution = "uniform" }
start = 2026-04-01
options = ["b"]
[streams.xc]
once = { low = 1000, likely = 4000, high = 7000, distribution = "pert" }
start = 2026-04-01
options = ["c"]
"#;

/// Figures of a simulation in numpy that shares nothing with this engine (400,000 draws of the inputs at the central
/// weights, which over all weights and over inputs and weights are its own).
#[test]
fn confidence_factors_are_over_the_draws_in_every_set() {
    let found = drawn(&toml(CONFIDENCE), Some(3), 20_000);
    for (kind, truth) in
        [("all_weights", [0.774, 0.983, 0.576]), ("inputs", [0.039, 0.513, 0.448]), ("inputs_and_weights", [0.209, 0.595, 0.476])]
    {
        for (id, truth) in ["a", "b", "c"].into_iter().zip(truth) {
            let factor = set(&found, kind).options[id].confidence_factor.expect("first somewhere");
            // Central weights are drawn too, so a little more than four errors of a share.
            assert!((factor - truth).abs() < 0.02, "{kind}, {id}: {factor} and {truth}");
        }
    }
    // At one set of weights it is the share of the first rank.
    for own in set(&found, "inputs").options.values() {
        assert!((own.confidence_factor.expect("first somewhere") - own.rank_acceptability[0]).abs() < 1e-12);
    }
    // Without draws an option is first at the mean of the weights that put it first.
    let central = drawn(&toml(CONFIDENCE), Some(3), 0);
    let all = set(&central, "all_weights").options.values().filter_map(|o| o.confidence_factor);
    assert!(all.into_iter().all(|factor| (factor - 1.0).abs() < 1e-12));
}

/// On central figures 3,000 is less than 3,500; on average (1,000 + 3,000 + 8,000) / 3 = 4,000 is 500 more. The error of
/// the mean is 1,472 / root 20,000 = 10.
#[test]
fn the_headline_says_which_figures_cost_least() {
    let text = CONFIDENCE
        .replace("judged = { a = 80, b = 20, c = 55 }", "judged = { a = 100, b = 0, c = 0 }")
        .replace("judged = { a = 10, b = 90, c = 50 }", "judged = { a = 100, b = 0, c = 0 }")
        .replace("{ low = 2000, likely = 5000, high = 9000, distribution = \"uniform\" }", "3500");
    let found = drawn(&toml(&text), Some(3), 20_000);
    let told = &found.headline.text;
    assert!(told.contains("On central figures it also costs least."), "{told}");
    let gap = told.split("On expected figures b costs \u{a3}").nth(1).and_then(|rest| rest.split(' ').next());
    let gap: f64 = gap.and_then(|gap| gap.parse().ok()).unwrap_or_else(|| panic!("{told}"));
    assert!((gap - 500.0).abs() < 40.0, "{told}");
    // Without draws there are central figures only.
    let central = drawn(&toml(&text), None, 0).headline.text;
    assert!(central.contains(" It also costs least.") && !central.contains("expected"), "{central}");
}

/// Value of an option that is drawn from a list, written in either order, with a uniform one at rank correlation 0.9:
/// normal scores correlate by r = 2 sin(0.9 pi / 6); of the uniform number and the half, Cov = asin(r / root 2) / (2 pi) and
/// deviations are 1 / root 12 and 1/2: Pearson's correlation 0.7687.
#[test]
fn listed_values_may_be_in_any_order() {
    let text = |list: &str| {
        let stream =
            |id: &str, once: &str, of: &str| format!("[streams.{id}]\nonce = {once}\nstart = 2026-04-01\noptions = [{of}]\n");
        let head = CONFIDENCE.split("[options.a]").next().expect("a head").replace("\"score\"", "\"npc\"");
        let option = |id: &str, kind: &str| format!("[options.{id}]\nkind = \"{kind}\"\n");
        [
            head.replace("longlist_mcda", "shortlist"),
            option("bau", "business_as_usual"),
            ["a", "b", "s"].map(|id| option(id, "alternative")).concat(),
            stream("x0", "9000", "\"bau\""),
            stream("x1", "{ low = 0, likely = 500, high = 1000, distribution = \"uniform\" }", "\"a\", \"s\""),
            stream("x2", &format!("{{ likely = 1000, {list}, distribution = \"discrete\" }}"), "\"b\", \"s\""),
            "[correlations.c]\nbetween = [\"streams.x1.once\", \"streams.x2.once\"]\nrank = 0.9\n".to_owned(),
        ]
        .concat()
    };
    let falling = drawn(&toml(&text("values = [1000, 0], probabilities = [0.4, 0.6]")), Some(2), 20_000);
    let rising = drawn(&toml(&text("values = [0, 1000], probabilities = [0.6, 0.4]")), Some(2), 20_000);
    let npc = |a: &Appraisal, id: &str| option(a, id).uncertainty.as_ref().expect("drawn").npc.clone();
    for id in ["a", "b", "s"] {
        assert_eq!(npc(&falling, id), npc(&rising, id), "{id}");
    }
    let even = drawn(&toml(&text("values = [1000, 0], probabilities = [0.5, 0.5]")), Some(2), 20_000);
    let variance = |id: &str| npc(&even, id).standard_error.expect("many draws").powi(2);
    let pearson = (variance("s") - variance("a") - variance("b")) / 2.0 / (variance("a") * variance("b")).sqrt();
    assert!((pearson - 0.7687).abs() < 0.015, "{pearson}");
    let bar = even.sensitivity.tornado.iter().find(|b| b.input == "streams.x2.once").expect("a bar");
    assert_eq!((bar.low, bar.high), (Some(0.0), Some(1000.0)));
}
