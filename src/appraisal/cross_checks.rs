//! The ranking by weighted score beside those of TOPSIS, VIKOR and PROMETHEE on the same measures and weights.

use super::result::{CrossChecks, FirstOverWeights, MethodParameters, PreferenceView, PrometheeFlows, RankAgreement, VikorParts};
use super::{Case, naming};
use crate::programme::{Criterion, Direction, Mode, Preference};
use crate::quantity::fixed;
use crate::scoring::{self, Lanes, Matrix, Promethee, Regrets, Standing, Topsis, VIKOR_V, Vikor};
use indexmap::IndexMap;

/// Thresholds of the preference function that a criterion has if none is given, as shares of the way between its anchors:
/// the difference that does not count, and the one that counts in full. A choice of this engine. A function in
/// proportion over the whole way would be no check: PROMETHEE II would be the weighted sum in other units.
const DEFAULT_THRESHOLDS: (f64, f64) = (0.05, 0.30);

/// What the methods compare: ranked options by weighted criteria.
struct Compared<'a> {
    case: &'a Case<'a>,
    /// Positions of the options that have a rank, in the scenario's order.
    options: Vec<usize>,
    /// Criteria that have weight.
    criteria: Vec<&'a Criterion>,
    /// Their weights, summing to 1.
    weights: Vec<f64>,
    matrix: Matrix,
}

/// None without combined weights, where the mode prints no score, or with fewer than two options ranked.
pub(super) fn view(case: &Case<'_>) -> Option<CrossChecks> {
    let scores = case.outcome.scores.as_ref().filter(|_| case.programme.frame.mode != Mode::Shortlist)?;
    let compared = Compared::of(case)?;
    let (n, weights) = (compared.options.len(), &compared.weights);
    let mut topsis = vec![0.0; n];
    Topsis::new(&compared.matrix).closeness(weights, &mut topsis);
    let mut vikor = Regrets::default();
    Vikor::new(&compared.matrix).regrets(weights, VIKOR_V, &mut vikor);
    let functions: Vec<Preference> = compared.criteria.iter().map(|c| preference(c)).collect();
    let ready = Promethee::new(&compared.matrix, &functions);
    let mut promethee = vec![0.0; n];
    ready.net(weights, &mut promethee);
    let sum: Vec<f64> = compared.options.iter().map(|o| scores[*o]).collect();
    let turned = |numbers: &[f64]| numbers.iter().map(|x| -x).collect::<Vec<f64>>();
    // The less the better, for all of them.
    let methods = [
        ("weighted_sum", turned(&sum)),
        ("topsis", turned(&topsis)),
        ("vikor", vikor.q.clone()),
        ("promethee_ii", turned(&promethee)),
    ];
    Some(CrossChecks {
        rankings: methods.iter().map(|(m, x)| ((*m).to_owned(), compared.map(&ranks(x)))).collect(),
        correlations: correlations(&methods),
        sentence: sentence(&compared, &methods),
        explanation: stretched(&compared, &methods),
        over_weights: over_weights(case),
        vikor_parts: compared.vikor_parts(&vikor),
        promethee_i: compared.flows(&ready),
        parameters: compared.parameters(&functions),
        topsis: compared.map(&topsis),
        vikor: compared.map(&vikor.q),
        promethee_ii: compared.map(&promethee),
    })
}

impl<'a> Compared<'a> {
    fn of(case: &'a Case<'a>) -> Option<Self> {
        let all = case.outcome.weights.as_ref()?;
        Self::on(case, &(0..all.len()).filter(|c| all[*c] > 0.0).collect::<Vec<usize>>())
    }

    /// On some of the criteria, by position.
    fn on(case: &'a Case<'a>, weighted: &[usize]) -> Option<Self> {
        let all = case.outcome.weights.as_ref()?;
        let tree = &case.programme.tree.criteria;
        let options: Vec<usize> = (0..case.plans.len()).filter(|o| case.outcome.ranks[*o].is_some()).collect();
        if options.len() < 2 {
            return None;
        }
        let criteria: Vec<&Criterion> = weighted.iter().map(|c| &tree[*c]).collect();
        let directions: Vec<Direction> = criteria.iter().map(|c| c.anchors.direction()).collect();
        let row = |o: &usize| weighted.iter().map(|c| case.outcome.options[*o].measures[*c]).collect::<Vec<f64>>();
        let measures: Vec<f64> = options.iter().flat_map(row).collect();
        let weights = scoring::shares(&weighted.iter().map(|c| all[*c]).collect::<Vec<f64>>()).ok()?;
        let matrix = Matrix::new(&measures, &directions).ok()?;
        Some(Self { case, options, criteria, weights, matrix })
    }

    fn id(&self, at: usize) -> String {
        self.case.programme.options[self.options[at]].id.clone()
    }

    /// By option id.
    fn map<T: Copy>(&self, numbers: &[T]) -> IndexMap<String, T> {
        numbers.iter().enumerate().map(|(at, x)| (self.id(at), *x)).collect()
    }

    fn vikor_parts(&self, regrets: &Regrets) -> VikorParts {
        let compromise = regrets.compromise();
        VikorParts {
            s: self.map(&regrets.s),
            r: self.map(&regrets.r),
            compromise_set: compromise.set.iter().map(|o| self.id(*o)).collect(),
            advantage: compromise.advantage.unwrap_or(0.0),
            advantage_needed: compromise.needed.unwrap_or(0.0),
            acceptable_advantage: compromise.acceptable_advantage,
            acceptable_stability: compromise.acceptable_stability,
        }
    }

    fn flows(&self, ready: &Promethee) -> PrometheeFlows {
        let n = self.options.len();
        let (mut plus, mut minus) = (vec![0.0; n], vec![0.0; n]);
        ready.leaving(&self.weights, &mut plus);
        ready.entering(&self.weights, &mut minus);
        let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
        let open =
            |(a, b): &(usize, usize)| scoring::standing((plus[*a], plus[*b]), (minus[*a], minus[*b])) == Standing::Incomparable;
        let incomparable = pairs.filter(open).map(|(a, b)| (self.id(a), self.id(b))).collect();
        PrometheeFlows { plus: self.map(&plus), minus: self.map(&minus), incomparable }
    }

    fn parameters(&self, functions: &[Preference]) -> MethodParameters {
        let criteria = self.criteria.iter().zip(functions).zip(&self.weights);
        let preferences = criteria.map(|((criterion, function), weight)| PreferenceView {
            criterion: criterion.id.clone(),
            weight: *weight,
            function: function.word().to_owned(),
            indifference: function.indifference(),
            preference_threshold: function.strict(),
            sigma: function.sigma(),
            origin: if criterion.preference.is_some() { "given" } else { "default" }.to_owned(),
        });
        MethodParameters {
            topsis_normalisation: "vector".to_owned(),
            vikor_v: VIKOR_V,
            promethee_divisor: self.options.len() - 1,
            preferences: preferences.collect(),
        }
    }
}

fn preference(criterion: &Criterion) -> Preference {
    let way = (criterion.anchors.hundred - criterion.anchors.zero).abs();
    let (indifference, strict) = DEFAULT_THRESHOLDS;
    criterion.preference.unwrap_or(Preference::Linear { indifference: indifference * way, strict: strict * way })
}

/// Each method over the weights that could be defended; none where none are.
fn over_weights(case: &Case<'_>) -> Option<FirstOverWeights> {
    let defended = case.defended.as_ref()?;
    let compared = Compared::on(case, defended.criteria())?;
    let points: Vec<f64> =
        compared.options.iter().flat_map(|o| defended.criteria().iter().map(|c| case.outcome.options[*o].values[*c])).collect();
    let functions: Vec<Preference> = compared.criteria.iter().map(|c| preference(c)).collect();
    let (topsis, vikor) = (Topsis::new(&compared.matrix), Vikor::new(&compared.matrix));
    let promethee = Promethee::new(&compared.matrix, &functions);
    let found = defended.by([
        &|weights, out| scoring::weigh(&points, weights, out),
        &|weights, out| topsis.closeness_of_many(weights, out),
        &|weights, out| less_is_better(out, |out| vikor.index_of_many(weights, VIKOR_V, out)),
        &|weights, out| promethee.net_of_many(weights, out),
    ]);
    let found = || ["weighted_sum", "topsis", "vikor", "promethee_ii"].into_iter().zip(&found);
    let (samples, independent) = (found().map(|(_, found)| found.samples()).max().unwrap_or(0), defended.independent());
    let by_option = |of: &dyn Fn(usize) -> f64| compared.map(&(0..compared.options.len()).map(of).collect::<Vec<_>>());
    let leading = compared.options.iter().position(|o| *o == case.leading)?;
    let shares: Vec<String> =
        found().map(|(method, found)| format!("{} by {}", percent(found.rank(leading, 0)), word(method))).collect();
    Some(FirstOverWeights {
        samples,
        first: found().map(|(m, found)| (m.to_owned(), by_option(&|o| found.rank(o, 0)))).collect(),
        standard_error: found()
            .map(|(m, found)| (m.to_owned(), by_option(&|o| found.standard_error(o, 0, independent))))
            .collect(),
        sentence: format!(
            "\u{201c}{}\u{201d} is first in {} {}.",
            case.name(case.leading),
            naming::list(&shares.iter().map(String::as_str).collect::<Vec<_>>()),
            defended.which()
        ),
    })
}

/// What a method says, turned.
fn less_is_better(out: &mut [Lanes], says: impl FnOnce(&mut [Lanes])) {
    says(out);
    out.as_flattened_mut().iter_mut().for_each(|x| *x = -*x);
}

/// None and all are said of none and all only.
fn percent(share: f64) -> String {
    match share {
        s if s > 0.0 && s < 0.0005 => "less than 0.1%".to_owned(),
        s if (0.9995..1.0).contains(&s) => "more than 99.9%".to_owned(),
        s => format!("{}%", fixed(100.0 * s, 1)),
    }
}

/// Ranks with ties, the least first.
fn ranks(numbers: &[f64]) -> Vec<usize> {
    scoring::ranks(&numbers.iter().copied().map(Some).collect::<Vec<_>>()).into_iter().flatten().collect()
}

fn correlations(methods: &[(&str, Vec<f64>)]) -> Vec<RankAgreement> {
    let pairs = methods.iter().enumerate().flat_map(|(i, a)| methods[i + 1..].iter().map(move |b| (a, b)));
    pairs
        .map(|((method, a), (other, b))| RankAgreement {
            method: (*method).to_owned(),
            other: (*other).to_owned(),
            spearman: scoring::spearman(a, b),
            kendall: scoring::kendall(a, b),
        })
        .collect()
}

/// Who is first by which method.
fn sentence(compared: &Compared<'_>, methods: &[(&str, Vec<f64>)]) -> String {
    let first = |numbers: &[f64]| -> Vec<usize> {
        ranks(numbers).iter().enumerate().filter(|(_, rank)| **rank == 1).map(|(at, _)| at).collect()
    };
    let names = |at: &[usize]| {
        let quoted: Vec<String> =
            at.iter().map(|at| format!("\u{201c}{}\u{201d}", compared.case.name(compared.options[*at]))).collect();
        naming::list(&quoted.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let firsts: Vec<(&str, Vec<usize>)> = methods.iter().map(|(m, numbers)| (word(m), first(numbers))).collect();
    let verb = |at: &[usize]| if at.len() == 1 { "is" } else { "are level and" };
    // Methods that say the same are named together.
    let mut said: Vec<(Vec<&str>, &[usize])> = Vec::new();
    for (method, at) in &firsts {
        match said.iter_mut().find(|(_, same)| *same == at.as_slice()) {
            Some((methods, _)) => methods.push(method),
            None => said.push((vec![method], at)),
        }
    }
    match said.as_slice() {
        [(_, all)] if all.len() == compared.options.len() => {
            "The weighted sum, TOPSIS, VIKOR and PROMETHEE II all put the options level.".to_owned()
        }
        [(_, at)] => format!("{} {} first by the weighted sum, TOPSIS, VIKOR and PROMETHEE II alike.", names(at), verb(at)),
        said => {
            let by = said.iter().map(|(by, at)| format!("{} {} first by {}", names(at), verb(at), naming::list(by)));
            format!("Methods of ranking disagree about the first: {}.", by.collect::<Vec<_>>().join("; "))
        }
    }
}

/// Points by which a criterion may weigh more in VIKOR than in the score before that is said.
const STRETCHED: f64 = 0.05;

/// What VIKOR makes more of than the score does, where they put different options first: it stretches each criterion to
/// the options at hand. What tells the options apart in the score is weight times the span of points; in VIKOR weight.
fn stretched(compared: &Compared<'_>, methods: &[(&str, Vec<f64>)]) -> Option<String> {
    let of = |method: &str| methods.iter().find(|(m, _)| *m == method).map(|(_, numbers)| ranks(numbers));
    let first = |ranks: &[usize]| ranks.iter().map(|r| *r == 1).collect::<Vec<bool>>();
    if first(&of("weighted_sum")?) == first(&of("vikor")?) {
        return None;
    }
    let criteria = &compared.case.programme.tree.criteria;
    let span = |criterion: &&Criterion| -> f64 {
        let at = criteria.iter().position(|c| c.node == criterion.node).unwrap_or(0);
        let points = || compared.options.iter().map(|o| compared.case.outcome.options[*o].values[at]);
        (points().fold(f64::NEG_INFINITY, f64::max) - points().fold(f64::INFINITY, f64::min)) / 100.0
    };
    let spans: Vec<f64> = compared.criteria.iter().map(span).collect();
    let all: f64 = spans.iter().zip(&compared.weights).map(|(s, w)| s * w).sum();
    // A criterion on which the options do not differ tells nothing apart by either.
    let telling: f64 = spans.iter().zip(&compared.weights).filter(|(s, _)| **s > 0.0).map(|(_, w)| w).sum();
    let shares = (0..spans.len()).filter(|c| spans[*c] > 0.0).map(|c| {
        let weight = compared.weights[c];
        (c, weight / telling, spans[c] * weight / all)
    });
    let (c, vikor, score) = shares.max_by(|a, b| (a.1 - a.2).total_cmp(&(b.1 - b.2)))?;
    (vikor - score > STRETCHED).then(|| {
        let percent = |share: f64| format!("{}%", fixed(100.0 * share, 0));
        format!(
            "VIKOR stretches every criterion to the options at hand: on \u{201c}{}\u{201d} they span {} of the way between the anchors, yet there it is {} of what tells them apart, against {} in the score.",
            naming::lower(&compared.criteria[c].name),
            percent(spans[c]),
            percent(vikor),
            percent(score)
        )
    })
}

/// A method's name.
fn word(method: &str) -> &'static str {
    match method {
        "topsis" => "TOPSIS",
        "vikor" => "VIKOR",
        "promethee_ii" => "PROMETHEE II",
        _ => "the weighted sum",
    }
}
