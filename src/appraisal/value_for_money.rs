//! Value against cost: what each option gives on the criteria that are not priced, which options are efficient, and
//! what a further point costs; and criteria that say the same.

use super::Case;
use super::result::{CriterionCorrelation, EfficientStep};
use crate::programme::{Category, Criterion, Measure};
use crate::scoring;

/// Correlation over the options from which two criteria are said to duplicate one another.
pub(super) const DUPLICATE: f64 = 0.95;

/// Whether a criterion counts as value: what is priced in net present cost is on the other axis. Money always is; the
/// programme's days and hours lost after go-live are where staff time has a price; and so is the good that a priced
/// benefit says it is scored by.
pub(super) fn is_value(case: &Case<'_>, criterion: &Criterion) -> bool {
    let booked = |of: &[Category]| {
        let lines = || case.outcome.options.iter().flat_map(|o| &o.costing.lines);
        lines().any(|l| of.contains(&l.category) && l.amounts.iter().any(|(_, amount)| amount.abs() > 0.0))
    };
    let priced = match &criterion.measure {
        Measure::Effort => booked(&[Category::InternalEffort, Category::Training]),
        Measure::Disruption => booked(&[Category::Dip]),
        measure => measure.is_money() || criterion.unit.starts_with('\u{a3}'),
    };
    let path = case.programme.tree.path(criterion.node);
    let by_a_benefit =
        || case.programme.streams.iter().any(|s| s.amount.is_some() && s.scored_by.is_some_and(|n| path.contains(&n)));
    !priced && !by_a_benefit()
}

/// Weighted points from the criteria that are not priced; `None` without a single set of weights, or if everything
/// is priced.
pub(super) fn value(case: &Case<'_>, option: usize) -> Option<f64> {
    let weights = case.outcome.weights.as_ref()?;
    let values = &case.outcome.options[option].values;
    let criteria = &case.programme.tree.criteria;
    let counted = || (0..criteria.len()).filter(|&c| is_value(case, &criteria[c]) && weights[c] > 0.0);
    counted().next()?;
    Some(counted().map(|c| weights[c] * values[c]).sum())
}

/// The efficient options among those that are ranked, cheapest first.
pub(super) fn efficient(case: &Case<'_>) -> Vec<EfficientStep> {
    let mut ranked = case.ranking.clone();
    ranked.sort_unstable();
    let points: Option<Vec<(f64, f64)>> = ranked.iter().map(|&o| Some((case.npc(o), value(case, o)?))).collect();
    let Some(points) = points else { return Vec::new() };
    let mut steps: Vec<EfficientStep> = Vec::new();
    for at in scoring::efficient(&points) {
        let (npc, value) = points[at];
        let further = steps.last().map(|last| (npc - last.npc, value - last.value));
        steps.push(EfficientStep {
            option: case.programme.options[ranked[at]].id.clone(),
            npc,
            value,
            further_npc: further.map(|f| f.0),
            further_value: further.map(|f| f.1),
            pounds_per_point: further.map(|(cost, value)| cost / value),
        });
    }
    steps
}

/// Pairs of weighted criteria whose points over the options correlate above [`DUPLICATE`].
pub(super) fn duplicates(case: &Case<'_>) -> Vec<CriterionCorrelation> {
    let Some(weights) = &case.outcome.weights else { return Vec::new() };
    let criteria = &case.programme.tree.criteria;
    let row = |c: usize| -> Vec<f64> { case.outcome.options.iter().map(|o| o.values[c]).collect() };
    let mut found = Vec::new();
    for a in (0..criteria.len()).filter(|&c| weights[c] > 0.0) {
        for b in (a + 1..criteria.len()).filter(|&c| weights[c] > 0.0) {
            if let Some(correlation) = scoring::correlation(&row(a), &row(b)).filter(|r| *r > DUPLICATE) {
                found.push(CriterionCorrelation {
                    criterion: criteria[a].id.clone(),
                    other: criteria[b].id.clone(),
                    correlation,
                });
            }
        }
    }
    found
}
