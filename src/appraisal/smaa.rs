//! Over which share of the weights that could be defended each option takes each rank.

use super::result::{Acceptability, OptionAcceptability, WeightSet};
use super::{Case, naming};
use crate::programme::Panel;
use crate::quantity::{self, fixed};
use crate::scoring::smaa;
use crate::scoring::{self, WeightSampler, WeightSpace};
use crate::uncertainty::{Judged, Weighing};
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

/// What is needed to judge draws of inputs as well: what competes, the weights in force and those that could be defended.
pub(super) struct Defended {
    contest: Contest,
    weights: Vec<f64>,
    sampler: WeightSampler,
    central: Vec<Option<Vec<f64>>>,
    seed: u64,
}

impl Defended {
    /// As draws need it.
    pub(super) fn weighing(&self) -> Weighing<'_> {
        Weighing {
            options: &self.contest.options,
            criteria: &self.contest.criteria,
            weights: &self.weights,
            sampler: &self.sampler,
            central: &self.central,
            seed: self.seed,
        }
    }

    /// Ranks over the draws of inputs alone, and of inputs and weights.
    fn over_draws(&self, case: &Case<'_>, judged: &Judged) -> Vec<WeightSet> {
        let sampled = "of the draws of inputs, with a weighting between those of the panels drawn for each,";
        let sets = [
            ("inputs", "point", &judged.over_inputs, "of the draws of inputs at the weights in force"),
            ("inputs_and_weights", self.sampler.method().word(), &judged.over_both, sampled),
        ];
        let criterion = |i: usize| case.programme.tree.criteria[self.contest.criteria[i]].id.clone();
        let own = |kind: &str| -> Vec<(f64, f64)> {
            let fixed = || self.weights.iter().map(|w| (*w, *w)).collect();
            if kind == "inputs" { fixed() } else { self.sampler.space().bounds().to_vec() }
        };
        let set = |(kind, method, found, which): (&str, &str, &smaa::Acceptability, &str)| WeightSet {
            kind: kind.to_owned(),
            panel: None,
            around: None,
            samples: found.samples(),
            method: method.to_owned(),
            bounds: own(kind).into_iter().enumerate().map(|(i, b)| (criterion(i), b)).collect(),
            options: options(case, &self.contest, found, true),
            sentence: sentence(case, &self.contest, found, (true, which)),
        };
        sets.into_iter().map(set).collect()
    }
}

/// Puts beside what weights alone do what inputs do, and how sure each option is at the weights that speak most for it.
pub(super) fn with_draws(case: &Case<'_>, acceptability: &mut Acceptability, defended: &Defended) {
    let Some(drawn) = case.drawn.as_ref() else { return };
    let Some(judged) = drawn.draws.judged.as_ref() else { return };
    let share = |n: u64| {
        f64::from(u32::try_from(n).unwrap_or(u32::MAX)) / f64::from(u32::try_from(drawn.draws.count).unwrap_or(u32::MAX))
    };
    for set in acceptability.weight_sets.iter_mut().filter(|s| s.kind == "between_panels") {
        for (i, option) in defended.contest.options.iter().enumerate() {
            let Some(own) = set.options.get_mut(&case.programme.options[*option].id) else { continue };
            own.confidence_factor = defended.central[i].as_ref().map(|_| share(judged.first_at_own[i]));
        }
    }
    acceptability.weight_sets.extend(defended.over_draws(case, judged));
}

/// Acceptabilities over the weights between the panels, over what each panel states, and over all weights; none where
/// fewer than two options or two criteria count. With what is needed to judge draws as well, where a single set of weights
/// is in force.
pub(super) fn acceptability(case: &Case<'_>) -> Option<(Acceptability, Option<Defended>)> {
    let programme = case.programme;
    let panels = &programme.panels.list;
    let given: Vec<Vec<f64>> = panels.iter().map(|p| scoring::leaf_weights(&programme.tree, p)).collect();
    let contest = contest(case, &given)?;
    let within = |weights: &Vec<f64>| contest.criteria.iter().map(|&c| weights[c]).collect::<Vec<f64>>();
    let given: Vec<Vec<f64>> = given.iter().map(within).collect();
    let agree = given.iter().all(|w| w.iter().zip(&given[0]).all(|(a, b)| (a - b).abs() < scoring::TIE));
    let (between, (sampler, central)) = between(case, &contest, WeightSpace::between(&given, AROUND)?, agree);
    let mut weight_sets = vec![between];
    weight_sets.extend(panels.iter().filter_map(|panel| stated(case, &contest, panel)));
    weight_sets.push(all(case, &contest));
    let weights = case.outcome.weights.as_ref().map(within);
    let defended = weights.map(|weights| Defended { weights, contest, sampler, central, seed: case.seed });
    Some((Acceptability { seed: case.seed, weight_sets }, defended))
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

/// A sampler of weights, and by option the weights that speak most for it.
type Sampled = (WeightSampler, Vec<Option<Vec<f64>>>);

fn between(case: &Case<'_>, contest: &Contest, space: WeightSpace, agree: bool) -> (WeightSet, Sampled) {
    let around = agree.then_some(AROUND);
    let which = match (agree, case.programme.panels.list.len()) {
        (false, _) => "of all weightings between those of the panels".to_owned(),
        (true, 1) => format!("of all weightings within {}% of those of the panel", fixed(100.0 * AROUND, 0)),
        (true, _) => format!("of all weightings within {}% of those that the panels agree on", fixed(100.0 * AROUND, 0)),
    };
    let (set, sampled) = set(case, contest, space, ("between_panels", "weights between panels"), &which);
    (WeightSet { around, ..set }, sampled)
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
    Some(WeightSet { panel: Some(panel.id.clone()), ..set(case, contest, space, ("panel", &purpose), &which).0 })
}

fn all(case: &Case<'_>, contest: &Contest) -> WeightSet {
    let space = WeightSpace::simplex(contest.criteria.len());
    set(case, contest, space, ("all_weights", "all weights"), "of all weightings there could be").0
}

fn set(
    case: &Case<'_>,
    contest: &Contest,
    space: WeightSpace,
    (kind, purpose): (&str, &str),
    which: &str,
) -> (WeightSet, Sampled) {
    let sampler = WeightSampler::new(space);
    let found = smaa::over_weights(&contest.values, &sampler, SAMPLES, (case.seed, purpose));
    let criterion = |i: usize| case.programme.tree.criteria[contest.criteria[i]].id.clone();
    let bounds = sampler.space().bounds().iter().enumerate().map(|(i, b)| (criterion(i), *b)).collect();
    let independent = sampler.method().independent();
    let set = WeightSet {
        kind: kind.to_owned(),
        panel: None,
        around: None,
        samples: found.samples(),
        method: sampler.method().word().to_owned(),
        bounds,
        options: options(case, contest, &found, independent),
        sentence: sentence(case, contest, &found, (independent, which)),
    };
    let central = (0..contest.options.len()).map(|o| found.central_weights(o)).collect();
    (set, (sampler, central))
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
