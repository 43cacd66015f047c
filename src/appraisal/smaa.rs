//! Over which share of the weights that could be defended each option takes each rank.

use super::result::{Acceptability, OptionAcceptability, WeightSet};
use super::{Case, naming};
use crate::programme::{OptionDefinition, Panel};
use crate::quantity::{self, fixed};
use crate::scoring::smaa;
use crate::scoring::{self, WeightSampler, WeightSpace};
use crate::uncertainty::{Judged, Weighing};
use indexmap::IndexMap;

/// Weights drawn from each set, fifty whole blocks: no acceptability is then further off than 0.31 percentage points (1.96
/// standard errors).
const SAMPLES: u64 = 102_400;

/// Name of the stream of weights between the panels.
const BETWEEN: &str = "weights between panels";

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
    seed: u64,
    /// Of which weightings shares are, in words.
    which: String,
}

impl Defended {
    /// Positions of the criteria that anybody gives weight.
    pub(super) fn criteria(&self) -> &[usize] {
        &self.contest.criteria
    }

    /// Of which weightings shares are, in words: "of all weightings ..".
    pub(super) fn which(&self) -> &str {
        &self.which
    }

    /// How often options are first, and take each rank, over the weights between the panels by other methods.
    pub(super) fn by<const METHODS: usize>(&self, methods: [smaa::By<'_>; METHODS]) -> [smaa::Acceptability; METHODS] {
        smaa::over_weights_by(self.contest.options.len(), methods, &self.sampler, SAMPLES, (self.seed, BETWEEN))
    }

    /// Whether the weights between the panels are drawn independently of one another.
    pub(super) fn independent(&self) -> bool {
        self.sampler.method().independent()
    }

    /// As draws need it.
    pub(super) fn weighing(&self) -> Weighing<'_> {
        Weighing { criteria: &self.contest.criteria, weights: &self.weights, sampler: &self.sampler, seed: self.seed }
    }

    /// Ranks over the draws of inputs alone, and of inputs and weights. Whoever is ranked in a draw competes in it, so
    /// shares are those of the draws at large.
    fn over_draws(&self, case: &Case<'_>, judged: &Judged) -> Vec<WeightSet> {
        let sampled = "of the draws of inputs, each with a weighting of its own between those of the panels";
        let sets = [
            ("inputs", "point", &judged.over_inputs, "of the draws of inputs at the weights in force"),
            ("inputs_and_weights", self.sampler.method().word(), &judged.over_both, sampled),
        ];
        let criterion = |i: usize| case.programme.tree.criteria[self.contest.criteria[i]].id.clone();
        let own = |kind: &str| -> Vec<(f64, f64)> {
            let fixed = || self.weights.iter().map(|w| (*w, *w)).collect();
            if kind == "inputs" { fixed() } else { self.sampler.space().bounds().to_vec() }
        };
        // An option that is never ranked has no line.
        let all = 0..case.plans.len();
        let ranked = |o: &usize| (0..case.plans.len()).any(|rank| judged.over_inputs.rank(*o, rank) > 0.0);
        let within: Vec<(usize, usize)> = all.filter(ranked).map(|o| (o, o)).collect();
        // Weightings that a walk finds are not independent of one another; draws of inputs are.
        let independent = self.sampler.method().independent();
        let set = |(kind, method, found, which): (&str, &str, &smaa::Acceptability, &str)| WeightSet {
            kind: kind.to_owned(),
            panel: None,
            around: None,
            samples: found.samples(),
            method: method.to_owned(),
            bounds: own(kind).into_iter().enumerate().map(|(i, b)| (criterion(i), b)).collect(),
            options: options(case, &within, (&self.contest.criteria, found, kind == "inputs" || independent)),
            sentence: sentence(case, &within, found, (kind == "inputs" || independent, which)),
        };
        sets.into_iter().map(set).collect()
    }
}

/// Puts beside what weights alone do what inputs do, and how sure each option is at the weights that speak most for it:
/// how often it is first over the draws of inputs at the central weights that stand there.
pub(super) fn with_draws(case: &Case<'_>, acceptability: &mut Acceptability) {
    let judged = case.drawn.as_ref().and_then(|drawn| drawn.draws.judged.as_ref());
    let (Some(judged), Some(defended)) = (judged, &case.defended) else { return };
    acceptability.weight_sets.extend(defended.over_draws(case, judged));
    for set in &mut acceptability.weight_sets {
        let own = |o: &OptionDefinition| {
            let weights = set.options.get(&o.id)?.central_weights.as_ref()?;
            Some(weights.values().copied().collect::<Vec<f64>>())
        };
        let own: Vec<Option<Vec<f64>>> = case.programme.options.iter().map(own).collect();
        let factors = judged.confidence(&own, defended.contest.criteria.len());
        for (option, factor) in case.programme.options.iter().zip(factors) {
            if let Some(found) = set.options.get_mut(&option.id) {
                found.confidence_factor = factor;
            }
        }
    }
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
    let (between, sampler, which) = between(case, &contest, WeightSpace::between(&given, AROUND)?, agree);
    let mut weight_sets = vec![between];
    weight_sets.extend(panels.iter().filter_map(|panel| stated(case, &contest, panel)));
    weight_sets.push(all(case, &contest));
    let weights = case.outcome.weights.as_ref().map(within);
    let defended = weights.map(|weights| Defended { weights, contest, sampler, seed: case.seed, which });
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

fn between(case: &Case<'_>, contest: &Contest, space: WeightSpace, agree: bool) -> (WeightSet, WeightSampler, String) {
    let around = agree.then_some(AROUND);
    let which = match (agree, case.programme.panels.list.len()) {
        (false, _) => "of all weightings between those of the panels".to_owned(),
        (true, 1) => format!("of all weightings within {}% of those of the panel", fixed(100.0 * AROUND, 0)),
        (true, _) => format!("of all weightings within {}% of those that the panels agree on", fixed(100.0 * AROUND, 0)),
    };
    let (set, sampler) = set(case, contest, space, ("between_panels", BETWEEN), &which);
    (WeightSet { around, ..set }, sampler, which)
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
) -> (WeightSet, WeightSampler) {
    let sampler = WeightSampler::new(space);
    let found = smaa::over_weights(&contest.values, &sampler, SAMPLES, (case.seed, purpose));
    let within: Vec<(usize, usize)> = contest.options.iter().copied().enumerate().collect();
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
        options: options(case, &within, (&contest.criteria, &found, independent)),
        sentence: sentence(case, &within, &found, (independent, which)),
    };
    (set, sampler)
}

/// Options by their place in what was found and in the scenario, as a row each. At weights alone an option that is first
/// at some is first at their mean.
fn options(
    case: &Case<'_>,
    within: &[(usize, usize)],
    (criteria, found, independent): (&[usize], &smaa::Acceptability, bool),
) -> IndexMap<String, OptionAcceptability> {
    let id = |(_, option): &(usize, usize)| case.programme.options[*option].id.clone();
    let criterion = |i: usize| case.programme.tree.criteria[criteria[i]].id.clone();
    let by_criterion = |weights: Vec<f64>| weights.into_iter().enumerate().map(|(i, w)| (criterion(i), w)).collect();
    let ranks = 0..within.len();
    let one = |own: &(usize, usize)| {
        let o = own.0;
        let central_weights: Option<IndexMap<String, f64>> = found.central_weights(o).map(by_criterion);
        OptionAcceptability {
            rank_acceptability: ranks.clone().map(|rank| found.rank(o, rank)).collect(),
            standard_error: ranks.clone().map(|rank| found.standard_error(o, rank, independent)).collect(),
            confidence_factor: central_weights.as_ref().map(|_| 1.0),
            central_weights,
            pairwise_winning: within.iter().filter(|r| r.0 != o).map(|rival| (id(rival), found.wins(o, rival.0))).collect(),
        }
    };
    within.iter().map(|own| (id(own), one(own))).collect()
}

/// Who is first most often, in which share of the weights, with 1.96 standard errors in percentage points.
fn sentence(
    case: &Case<'_>,
    within: &[(usize, usize)],
    found: &smaa::Acceptability,
    (independent, which): (bool, &str),
) -> String {
    let first = |own: &(usize, usize)| found.rank(own.0, 0);
    let most = within.iter().map(first).fold(0.0, f64::max);
    let leaders: Vec<(usize, usize)> = within.iter().copied().filter(|own| first(own) >= most).collect();
    let Some(leader) = leaders.first() else { return String::new() };
    let names: Vec<&str> = leaders.iter().map(|own| case.name(own.1)).collect();
    let verb = if names.len() == 1 { "ranks" } else { "rank" };
    let (share, error) = (100.0 * most, 196.0 * found.standard_error(leader.0, 0, independent));
    let (share, remark) = if most >= 1.0 {
        ("100%".to_owned(), format!("; none of {} drawn says otherwise", grouped(found.samples())))
    } else if share >= 99.95 {
        ("more than 99.9%".to_owned(), String::new())
    } else {
        (format!("{}% (\u{b1}{})", fixed(share, 1), fixed(error.max(0.05), 1)), String::new())
    };
    let gate = leaders.iter().any(|own| !case.outcome.options[own.1].feasible());
    let gate = if gate { "; on central figures it fails a gate" } else { "" };
    format!("{} {verb} first by weighted score in {share} {which}{remark}{gate}.", naming::list(&names))
}

/// A number of draws, with its thousands apart.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^53")]
fn grouped(samples: u64) -> String {
    quantity::grouped(samples as f64, 0)
}
