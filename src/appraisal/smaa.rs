//! Over which share of the weights that could be defended each option takes each rank.

use super::result::{Acceptability, OptionAcceptability, WeightSet};
use super::{Case, naming};
use crate::programme::Panel;
use crate::quantity::{self, fixed};
use crate::scoring::smaa;
use crate::scoring::{self, WeightSampler, WeightSpace};
use indexmap::IndexMap;

/// Weights drawn from each set: no acceptability is then further off than 0.3 percentage points (1.96 standard errors).
const SAMPLES: u64 = 100_000;

/// Where all panels agree, each weight may be this share of itself lower or higher.
const AROUND: f64 = 0.2;

/// What competes: options by position, criteria that anybody gives weight by position, points of the former on the
/// latter, row by row.
struct Contest {
    options: Vec<usize>,
    criteria: Vec<usize>,
    values: Vec<f64>,
}

/// Acceptabilities over the weights between the panels, over what each panel states, and over all weights; none where
/// fewer than two options or two criteria count.
pub(super) fn acceptability(case: &Case<'_>) -> Option<Acceptability> {
    let programme = case.programme;
    let panels = &programme.panels.list;
    let given: Vec<Vec<f64>> = panels.iter().map(|p| scoring::leaf_weights(&programme.tree, p)).collect();
    let contest = contest(case, &given)?;
    let within = |weights: &Vec<f64>| contest.criteria.iter().map(|&c| weights[c]).collect::<Vec<f64>>();
    let given: Vec<Vec<f64>> = given.iter().map(within).collect();
    let agree = given.iter().all(|w| w.iter().zip(&given[0]).all(|(a, b)| (a - b).abs() < scoring::TIE));
    let mut weight_sets = vec![between(case, &contest, WeightSpace::between(&given, AROUND)?, agree)];
    weight_sets.extend(panels.iter().filter_map(|panel| stated(case, &contest, panel)));
    weight_sets.push(all(case, &contest));
    Some(Acceptability { seed: case.seed, weight_sets })
}

/// Feasible options, and business as usual as in the ranking.
fn contest(case: &Case<'_>, given: &[Vec<f64>]) -> Option<Contest> {
    let options: Vec<usize> = (0..case.plans.len()).filter(|&i| case.outcome.ranks[i].is_some()).collect();
    let counts = |c: &usize| given.iter().any(|w| w[*c] > 0.0);
    let criteria: Vec<usize> = (0..case.programme.tree.criteria.len()).filter(counts).collect();
    let enough = options.len() >= 2 && criteria.len() >= 2;
    let row = |o: &usize| criteria.iter().map(|&c| case.outcome.options[*o].values[c]).collect::<Vec<f64>>();
    let values = options.iter().flat_map(row).collect();
    enough.then_some(Contest { options, criteria, values })
}

fn between(case: &Case<'_>, contest: &Contest, space: WeightSpace, agree: bool) -> WeightSet {
    let around = agree.then_some(AROUND);
    let which = match (agree, case.programme.panels.list.len()) {
        (false, _) => "of all weightings between those of the panels".to_owned(),
        (true, 1) => format!("of all weightings within {}% of those of the panel", fixed(100.0 * AROUND, 0)),
        (true, _) => format!("of all weightings within {}% of those that the panels agree on", fixed(100.0 * AROUND, 0)),
    };
    WeightSet { around, ..set(case, contest, space, ("between_panels", "weights between panels"), &which) }
}

fn stated(case: &Case<'_>, contest: &Contest, panel: &Panel) -> Option<WeightSet> {
    let tree = &case.programme.tree;
    let limits = panel.statements.iter().flat_map(|s| scoring::limits(tree, &s.claim));
    // A criterion that nobody gives weight has none.
    let statements: Vec<_> = limits
        .map(|mut limit| {
            limit.coefficients = contest.criteria.iter().map(|&c| limit.coefficients[c]).collect();
            limit
        })
        .collect();
    // The reader has seen that the panel's own points satisfy them.
    let space = WeightSpace::new(contest.criteria.len(), &statements).ok().filter(|_| !statements.is_empty())?;
    let which = format!("of all weightings that agree with what {} says of weights", panel.name);
    let purpose = format!("weights of panel {}", panel.id);
    Some(WeightSet { panel: Some(panel.id.clone()), ..set(case, contest, space, ("panel", &purpose), &which) })
}

fn all(case: &Case<'_>, contest: &Contest) -> WeightSet {
    let space = WeightSpace::simplex(contest.criteria.len());
    set(case, contest, space, ("all_weights", "all weights"), "of all weightings there could be")
}

fn set(case: &Case<'_>, contest: &Contest, space: WeightSpace, (kind, purpose): (&str, &str), which: &str) -> WeightSet {
    let sampler = WeightSampler::new(space);
    let found = smaa::over_weights(&contest.values, &sampler, SAMPLES, (case.seed, purpose));
    let criterion = |i: usize| case.programme.tree.criteria[contest.criteria[i]].id.clone();
    let bounds = sampler.space().bounds().iter().enumerate().map(|(i, b)| (criterion(i), *b)).collect();
    let independent = sampler.method().independent();
    WeightSet {
        kind: kind.to_owned(),
        panel: None,
        around: None,
        samples: found.samples(),
        method: sampler.method().word().to_owned(),
        bounds,
        options: options(case, contest, &found, independent),
        sentence: sentence(case, contest, &found, (independent, which)),
    }
}

fn options(
    case: &Case<'_>,
    contest: &Contest,
    found: &smaa::Acceptability,
    independent: bool,
) -> IndexMap<String, OptionAcceptability> {
    let count = contest.options.len();
    let id = |o: usize| case.programme.options[contest.options[o]].id.clone();
    let criterion = |i: usize| case.programme.tree.criteria[contest.criteria[i]].id.clone();
    let central: Vec<Option<Vec<f64>>> = (0..count).map(|o| found.central_weights(o)).collect();
    let fixed_values = |_: u64, matrix: &mut [f64]| matrix.copy_from_slice(&contest.values);
    let confidence = smaa::confidence(&central, contest.criteria.len(), 1, &fixed_values);
    let by_criterion = |weights: &Vec<f64>| weights.iter().enumerate().map(|(i, w)| (criterion(i), *w)).collect();
    let one = |o: usize| OptionAcceptability {
        rank_acceptability: (0..count).map(|rank| found.rank(o, rank)).collect(),
        standard_error: (0..count).map(|rank| found.standard_error(o, rank, independent)).collect(),
        central_weights: central[o].as_ref().map(by_criterion),
        confidence_factor: confidence[o],
        pairwise_winning: (0..count).filter(|rival| *rival != o).map(|rival| (id(rival), found.wins(o, rival))).collect(),
    };
    (0..count).map(|o| (id(o), one(o))).collect()
}

/// Who is first most often, in which share of the weights, with 1.96 standard errors in percentage points.
fn sentence(case: &Case<'_>, contest: &Contest, found: &smaa::Acceptability, (independent, which): (bool, &str)) -> String {
    let first = |o: &usize| found.rank(*o, 0);
    let most = (0..contest.options.len()).map(|o| first(&o)).fold(0.0, f64::max);
    let leaders: Vec<usize> = (0..contest.options.len()).filter(|o| first(o) >= most).collect();
    let names: Vec<&str> = leaders.iter().map(|&o| case.name(contest.options[o])).collect();
    let verb = if names.len() == 1 { "ranks" } else { "rank" };
    let (share, error) = (100.0 * most, 196.0 * found.standard_error(leaders[0], 0, independent));
    let (share, remark) = if most >= 1.0 {
        ("100%".to_owned(), format!("; none of {} drawn says otherwise", grouped(found.samples())))
    } else if share >= 99.95 {
        ("more than 99.9%".to_owned(), String::new())
    } else {
        (format!("{}% (\u{b1}{})", fixed(share, 1), fixed(error.max(0.05), 1)), String::new())
    };
    let gate = leaders.iter().any(|&o| !case.outcome.options[contest.options[o]].feasible());
    let gate = if gate { "; it fails a gate" } else { "" };
    format!("{} {verb} first by weighted score in {share} {which}{remark}{gate}.", naming::list(&names))
}

/// A number of draws, with its thousands apart.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^53")]
fn grouped(samples: u64) -> String {
    quantity::grouped(samples as f64, 0)
}
