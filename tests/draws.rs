//! Draws of whole cases whose truth is known in closed form.

mod support;

use appraise::appraisal::result::{Appraisal, InformationValue};
use support::{drawn, toml};

/// Hire storage for 200,000 in year 0, or scan: a cost that is triangular from 60,000 over 150,000 to 400,000, and a risk
/// that happens with probability 0.3 and costs 50,000. All of it falls in year 0, so it is not discounted.
const CASE: &str = r#"
[appraisal]
id = "made-up"
title = "Hire or scan"
as_at = 2026-04-01
year0 = "2026/27"
horizon = 2
rank_basis = "npc"
mode = "shortlist"
lead = "trust"

[deflator]
rate = "2%"
source = "example"

[sources.example]
title = "Made up"

[organisations.trust]
name = "The trust"

[options.hire]
name = "Hire"
kind = "business_as_usual"

[options.scan]
name = "Scan"
kind = "replace"

[streams.hire]
once = 200_000
start = 2026-06-01
options = ["hire"]

[streams.scan]
once = { low = 60_000, likely = 150_000, high = 400_000 }
start = 2026-06-01
options = ["scan"]

[risks.damage]
probability = 0.3
impact = 50_000
start = 2026-06-01
options = ["scan"]
"#;

fn case(seed: u64, draws: u64) -> Appraisal {
    drawn(&toml(CASE), Some(seed), draws)
}

fn scan(appraisal: &Appraisal) -> &appraise::appraisal::result::OptionUncertainty {
    appraisal.options[1].uncertainty.as_ref().expect("drawn")
}

/// Mean of the triangle (60 + 150 + 400) / 3 thousand, and 15 thousand of the risk. Variance of the triangle
/// (60^2 + 150^2 + 400^2 - 60x150 - 60x400 - 150x400) / 18 = 93,100 / 18, of the risk 0.3 x 0.7 x 50^2 = 525.
#[test]
fn mean_and_error() {
    let found = case(5, 20_000);
    let npc = &scan(&found).npc;
    let (mean, variance) = (1e3 * (610.0 / 3.0 + 15.0), 1e6 * (93_100.0 / 18.0 + 525.0));
    let error = (variance / 20_000.0_f64).sqrt();
    let own = npc.standard_error.expect("many draws");
    assert!((own - error).abs() < 0.02 * error, "{own} and {error}");
    assert!((npc.mean - mean).abs() < 3.5 * error, "{} and {mean}", npc.mean);
    // The central case has the likely value and the risk at its expected cost.
    assert!((found.options[1].cost.npc - 165_000.0).abs() < 1e-6);
}

/// The distribution function of the triangle: `(x - 60)^2 / (340 x 90)` up to 150, `1 - (400 - x)^2 / (340 x 250)` beyond.
fn triangle(x: f64) -> f64 {
    if x <= 60.0 {
        0.0
    } else if x <= 150.0 {
        (x - 60.0).powi(2) / 30_600.0
    } else if x < 400.0 {
        1.0 - (400.0 - x).powi(2) / 85_000.0
    } else {
        1.0
    }
}

/// P(cost < x) = 0.7 F(x) + 0.3 F(x - 50): the quantiles reported must have their probability, within four errors.
#[test]
fn quantiles_and_the_chance_of_being_first() {
    let found = case(9, 20_000);
    let npc = &scan(&found).npc;
    let below = |x: f64| 0.7 * triangle(x / 1e3) + 0.3 * triangle(x / 1e3 - 50.0);
    for (quantile, p) in [(npc.p10, 0.1_f64), (npc.p50, 0.5), (npc.p80, 0.8), (npc.p90, 0.9)] {
        let error = (p * (1.0 - p) / 20_000.0).sqrt();
        assert!((below(quantile) - p).abs() < 4.0 * error, "{quantile}: {} and {p}", below(quantile));
    }
    // First where it costs less than 200,000.
    let (first, truth) = (scan(&found).probability_first, below(200_000.0));
    assert!((first - truth).abs() < 4.0 * scan(&found).probability_first_error, "{first} and {truth}");
    let other = found.options[0].uncertainty.as_ref().expect("drawn").probability_first;
    assert!((first + other - 1.0).abs() < 1e-12);
}

/// Integral of the distribution function of the triangle up to x: `(x - 60)^3 / (3 x 30,600)` to 150, and from there
/// `x - 150 - (250^3 - (400 - x)^3) / (3 x 85,000)` more.
fn below_triangle(x: f64) -> f64 {
    let rise = |x: f64| (x - 60.0).powi(3) / 91_800.0;
    if x <= 60.0 {
        0.0
    } else if x <= 150.0 {
        rise(x)
    } else {
        let x = x.min(400.0);
        rise(150.0) + x - 150.0 - (250.0_f64.powi(3) - (400.0 - x).powi(3)) / 255_000.0
    }
}

/// On average scanning costs 218,333 and hiring 200,000, so one hires. Knowing the cost of scanning one would scan where
/// it and the risk cost less: worth E max(0, 200 - cost) = integral of the distribution function up to 200. Knowing the
/// work alone: E max(0, 185 - work). Knowing the risk alone: if it does not happen work costs 203.3 on average, still more
/// than hiring, so nothing.
#[test]
fn value_of_information() {
    let found = case(2, 40_000);
    let learnt = |kind: &str, input: &str| -> &InformationValue {
        let mut all = found.sensitivity.information_value.iter();
        all.find(|i| i.kind == kind && i.inputs.iter().any(|id| id.contains(input))).expect("there")
    };
    let near = |value: &InformationValue, truth: f64, slack: f64| {
        let off = (value.pounds - 1e3 * truth).abs();
        assert!(off < 4.0 * value.pounds_error + slack, "{}: {} and {truth}", value.name, value.pounds);
    };
    near(learnt("everything", "streams"), 0.7 * below_triangle(200.0) + 0.3 * below_triangle(150.0), 0.0);
    // A polynomial of degree 4 misses the corner of the quantile function by a little.
    near(learnt("single", "streams.scan"), below_triangle(185.0), 150.0);
    near(learnt("single", "risks"), 0.0, 1e-6);
}

/// The mean of 20 seeds of 2,000 draws lies within two errors of the truth in nearly all of them: with a chance of 0.95
/// each, fewer than 16 of 20 happens in one case of 400.
#[test]
fn errors_cover_the_truth() {
    let mean = 1e3 * (610.0 / 3.0 + 15.0);
    let covers = |seed: &u64| {
        let found = case(*seed, 2_000);
        let npc = &scan(&found).npc;
        (npc.mean - mean).abs() <= 2.0 * npc.standard_error.expect("many draws")
    };
    let covered = (0..20_u64).filter(covers).count();
    assert!(covered >= 16, "{covered} of 20");
}

/// 0.3 x 50,000 in the first year, which is not discounted.
#[test]
fn priced_risks_have_what_is_expected_of_them() {
    let found = case(1, 0);
    let [risk] = found.risks.as_slice() else { panic!("{:?}", found.risks) };
    assert_eq!((risk.name.as_str(), risk.impact_range, risk.prevention), ("damage", None, None));
    assert!((risk.probability - 0.3).abs() < 1e-12 && (risk.impact - 50_000.0).abs() < 1e-9);
    assert_eq!(risk.expected.keys().collect::<Vec<_>>(), ["scan"]);
    assert!((risk.expected["scan"] - 15_000.0).abs() < 1e-6);
}

/// Everything known: P10 of the triangle is 60 + root(0.1 x 30,600), P90 is 400 - root(0.1 x 85,000).
#[test]
fn tornado_bars_are_the_ends_of_the_range() {
    let found = case(1, 200);
    // Hiring leads on central figures? It does not: scanning costs 165,000 there.
    let bar = found.sensitivity.tornado.iter().find(|b| b.input == "streams.scan.once").expect("a bar");
    let (low, high) = (1e3 * (60.0 + 3_060.0_f64.sqrt()), 1e3 * (400.0 - 8_500.0_f64.sqrt()));
    assert!((bar.low.expect("one number") - low).abs() < 1e-6 && (bar.high.expect("one number") - high).abs() < 1e-6);
    assert!((bar.npc_low - low - 15_000.0).abs() < 1e-6 && (bar.npc_high - high - 15_000.0).abs() < 1e-6);
    assert!((bar.lead_low - (200_000.0 - low - 15_000.0)).abs() < 1e-6);
    let risk = found.sensitivity.tornado.iter().find(|b| b.input == "risks.damage.probability").expect("a bar");
    assert!((risk.npc_high - risk.npc_low - 50_000.0).abs() < 1e-6);
}

/// First on central figures, but on average dearer: the headline says both.
#[test]
fn the_headline_says_when_expected_values_rank_otherwise() {
    let found = case(1, 20_000);
    assert_eq!((found.options[1].rank, found.options[1].rank_expected), (Some(1), Some(2)));
    assert_eq!(found.headline.code, "no_clear_winner");
    let text = &found.headline.text;
    assert!(text.contains("Scan is expected to cost £21"), "{text}");
    assert!(text.contains("(£165,000 on central figures") && text.contains("On expected values Hire comes first."), "{text}");
}

/// Nothing is drawn twice: two options that share a stream move together, so their difference is certain.
#[test]
fn options_share_their_draws() {
    let both = CASE
        .replace("start = 2026-06-01\noptions = [\"scan\"]\n\n[risks", "start = 2026-06-01\n\n[risks")
        .replace("impact = 50_000", "impact = 0");
    let found = drawn(&toml(&both), Some(3), 500);
    let scan = |i: usize| found.options[i].uncertainty.as_ref().expect("drawn").npc.clone();
    assert!((scan(0).mean - scan(1).mean - 200_000.0).abs() < 1e-6);
    assert!((scan(0).p90 - scan(1).p90 - 200_000.0).abs() < 1e-6);
}

/// The triangle has the variance 93,100 / 18 = 5,172, the risk 525: 90.8% and 9.2% of the whole.
#[test]
fn the_log_says_what_drives_the_spread() {
    let found = case(4, 20_000);
    let share = |id: &str| {
        let entry = found.assumptions.iter().find(|a| a.id == id).unwrap_or_else(|| panic!("{id}"));
        entry.share_of_variance
    };
    // A polynomial of degree 4 misses a little of the triangle's tails.
    assert!((share("streams.scan.once").expect("drawn") - 0.908).abs() < 0.02, "{:?}", share("streams.scan.once"));
    assert!((share("risks.damage.probability").expect("an event") - 0.092).abs() < 0.02);
    assert_eq!(share("streams.hire.once"), None);
}

/// A risk whose probability has a range is two unknowns, each with a name of its own, and one number in a group. The event
/// explains (about) 0.3 x 0.7 x 50^2 = 525 of 5,172 + 525 thousands squared, and the probability nothing beside it: what is
/// drawn of it only moves how often the event happens.
#[test]
fn a_risk_with_a_range_of_probability_is_two_unknowns() {
    let text =
        CASE.replace("probability = 0.3", "probability = { low = 0.1, likely = 0.3, high = 0.5, distribution = \"uniform\" }");
    let found = drawn(&toml(&text), Some(4), 20_000);
    let all = &found.sensitivity.information_value;
    let of_risk: Vec<&str> =
        all.iter().filter(|i| i.kind == "single" && i.inputs == ["risks.damage.probability"]).map(|i| i.name.as_str()).collect();
    assert!(of_risk.len() == 2 && of_risk[0] != of_risk[1], "{of_risk:?}");
    let group =
        all.iter().find(|i| i.kind == "group" && i.inputs.contains(&"risks.damage.probability".to_owned())).expect("a group");
    assert_eq!(group.inputs, ["risks.damage.probability"]);
    let entry = found.assumptions.iter().find(|a| a.id == "risks.damage.probability").expect("in the log");
    let shares: f64 =
        all.iter().filter(|i| i.kind == "single" && i.inputs.contains(&entry.id)).filter_map(|i| i.share_of_variance).sum();
    assert!((entry.share_of_variance.expect("drawn") - shares).abs() < 1e-12 && shares > 0.05, "{shares}");
    // At its P10 and P90, 0.14 and 0.46, the expected cost differs by 0.32 x 50,000.
    let bars: Vec<f64> = found
        .sensitivity
        .tornado
        .iter()
        .filter(|b| b.input == "risks.damage.probability")
        .map(|b| b.npc_high - b.npc_low)
        .collect();
    assert_eq!(bars.len(), 2, "{bars:?}");
    assert!(bars.iter().any(|w| (w - 50_000.0).abs() < 1e-6) && bars.iter().any(|w| (w - 16_000.0).abs() < 1e-6), "{bars:?}");
}
