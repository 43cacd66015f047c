//! What panels say of weights: `ordinal`, `intervals` and `ratios` in `[panels]`.

use crate::programme::{NodeIx, ValueTree, WeightClaim, WeightStatement};
use crate::scenario::document::Span;
use crate::scenario::fields::{Field, Fields, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem};
use crate::scoring::{HalfSpace, WeightSpace, limits};

/// Criteria on which statements are taken.
const MOST_CRITERIA: usize = 40;

/// By how much of the whole weight points may break a statement: they are rounded numbers.
const ROUNDING: f64 = 1e-6;

/// Keys of a panel.
pub(super) const STATEMENTS: &[Field] = &[
    may(
        "ordinal",
        Kind::List(&Kind::Name("statement such as \"cost > effort\"")),
        "What weighs at least as much as what, as \"cost > visibility\" or in a row \"cost > visibility > effort\"; criteria or groups. With intervals and ratios it makes the weights that the panel could live with, over which acceptability is shown",
    ),
    may(
        "intervals",
        Kind::Map(Keys::Of("criteria"), &Kind::Table(&[INTERVAL])),
        "Between which shares of the whole weight a criterion or group lies",
    ),
    may("ratios", Kind::Tables(&[RATIO]), "How many times as much one weighs as another"),
];
const INTERVAL: &[Field] = &[
    may("low", Kind::Plain("share, such as 0.2", 0.0, 1.0), "Least; 0 if not given"),
    may("high", Kind::Plain("share, such as 0.4", 0.0, 1.0), "Largest; 1 if not given"),
];
const RATIO: &[Field] = &[
    must("of", Kind::Id("criteria"), "What weighs so many times as much"),
    must("to", Kind::Id("criteria"), "As what"),
    must("low", Kind::Plain("times", 0.0, 1e6), "At least so many times"),
    may("high", Kind::Plain("times", 0.0, 1e6), "At most so many times; no limit if not given"),
];

/// A statement and where it is written.
type Said = (WeightStatement, Span);

/// Reads the statements of a panel. `weights` are those of its points.
pub(super) fn read(f: &Fields<'_>, tree: &ValueTree, weights: &[f64]) -> Vec<WeightStatement> {
    let mut all = ordinal(f);
    all.extend(intervals(f));
    all.extend(ratios(f));
    if !all.is_empty() {
        check(f, tree, weights, &all);
    }
    all.into_iter().map(|(statement, _)| statement).collect()
}

fn ordinal(f: &Fields<'_>) -> Vec<Said> {
    let mut all = Vec::new();
    for (text, at) in f.texts("ordinal").unwrap_or_default() {
        let names: Vec<&str> = text.split('>').map(|name| name.trim_start_matches('=').trim()).collect();
        if names.len() < 2 || names.iter().any(|n| n.is_empty()) {
            let problem = Problem::new(Code::WeightStatement, at, format!("`{text}` does not say what weighs more than what"));
            f.reading.report(problem.hint("write \"a > b\", the one that weighs more first"));
            continue;
        }
        let nodes: Vec<Option<usize>> = names.iter().map(|n| f.reading.resolve("criteria", n, at)).collect();
        for (pair, name) in nodes.windows(2).zip(names.windows(2)) {
            if let [Some(more), Some(less)] = pair {
                let claim = WeightClaim::AtLeast { more: NodeIx(*more), less: NodeIx(*less) };
                all.push((WeightStatement { said: format!("{} > {}", name[0], name[1]), claim }, at));
            }
        }
    }
    all
}

fn intervals(f: &Fields<'_>) -> Vec<Said> {
    let one = |(id, given): (&str, Fields<'_>)| {
        let at = given.table.at;
        let node = NodeIx(f.reading.resolve("criteria", id, at)?);
        let bounds = (0.0, 1.0);
        let (low, high) = (given.plain("low", bounds).unwrap_or(0.0), given.plain("high", bounds).unwrap_or(1.0));
        in_order(&given, at, (low, high)).then(|| {
            let said = format!("{id} between {low} and {high}");
            (WeightStatement { said, claim: WeightClaim::Between { node, low, high } }, at)
        })
    };
    f.subs("intervals", &[INTERVAL]).into_iter().filter_map(one).collect()
}

fn ratios(f: &Fields<'_>) -> Vec<Said> {
    let one = |given: Fields<'_>| {
        for key in ["of", "to", "low"] {
            if !given.has(key) {
                given.missing(key);
            }
        }
        let at = given.table.at;
        let (of, to) = (given.reference("of", "criteria")?, given.reference("to", "criteria")?);
        let low = given.plain("low", (0.0, 1e6))?;
        let high = given.plain("high", (0.0, 1e6));
        in_order(&given, at, (low, high.unwrap_or(f64::INFINITY))).then(|| {
            let upper = high.map_or_else(|| " or more".to_owned(), |h| format!(" to {h}"));
            let name = |ix: usize| f.reading.ids("criteria").nth(ix).unwrap_or_default().to_owned();
            let said = format!("{} is {low}{upper} times {}", name(of), name(to));
            (WeightStatement { said, claim: WeightClaim::Ratio { of: NodeIx(of), to: NodeIx(to), low, high } }, at)
        })
    };
    f.tables("ratios", &[RATIO]).into_iter().filter_map(one).collect()
}

fn in_order(given: &Fields<'_>, at: Span, (low, high): (f64, f64)) -> bool {
    if low > high {
        let problem = Problem::new(Code::WeightStatement, at, format!("`{}` is from {low} down to {high}", given.path));
        given.reading.report(problem.hint("give the smaller number as low"));
    }
    low <= high
}

/// Statements must leave some weights, those of the panel's own points among them.
fn check(f: &Fields<'_>, tree: &ValueTree, weights: &[f64], all: &[Said]) {
    let criteria = tree.criteria.len();
    if criteria > MOST_CRITERIA {
        let message = format!("`{}` states weights of {criteria} criteria; up to {MOST_CRITERIA} can be searched", f.path);
        f.reading
            .report(Problem::new(Code::WeightStatement, all[0].1, message).hint("state intervals of groups, or leave it out"));
        return;
    }
    let limits: Vec<(usize, HalfSpace)> =
        all.iter().enumerate().flat_map(|(i, (s, _))| limits(tree, &s.claim).into_iter().map(move |l| (i, l))).collect();
    let spaces: Vec<HalfSpace> = limits.iter().map(|(_, l)| l.clone()).collect();
    if let Err(empty) = WeightSpace::new(criteria, &spaces) {
        let mut which: Vec<usize> = empty.statements.iter().map(|&i| limits[i].0).collect();
        which.dedup();
        let said: Vec<String> = which.iter().map(|&i| format!("`{}`", all[i].0.said)).collect();
        let message = match said.as_slice() {
            [one] => format!("no weights satisfy {one} of `{}`", f.path),
            [rest @ .., last] => format!("no weights satisfy {} and {last} of `{}` together", rest.join(", "), f.path),
            [] => return,
        };
        let problem = Problem::new(Code::WeightStatement, all[which[0]].1, message);
        f.reading.report(problem.hint("weights are 0 or more and add up to 1; take back or loosen one of these statements"));
        return;
    }
    for (i, (statement, at)) in all.iter().enumerate() {
        let broken = limits
            .iter()
            .filter(|(k, _)| *k == i)
            .any(|(_, l)| l.coefficients.iter().zip(weights).map(|(c, w)| c * w).sum::<f64>() < l.least - ROUNDING);
        if broken {
            let message = format!("`{}` says `{}`, but its points say otherwise", f.path, statement.said);
            let problem = Problem::new(Code::WeightStatement, *at, message).also(f.at("points"), "the points are here");
            f.reading.report(problem.hint("change the points or take the statement back: both are the panel's"));
        }
    }
}
