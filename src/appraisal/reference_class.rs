//! Published programmes beside the forecast.

use super::Case;
use super::result::{ComparatorView, OwnFigures, ReferenceClassView};
use crate::assumption::Values;
use crate::costing::Lineage;
use crate::parameters::{Comparator, ReferenceClass, reference_class};
use crate::programme::Category;
use crate::quantity::Month;

/// The reference class and what each option comes to; none where no option moves anything.
pub(super) fn view(case: &Case<'_>, values: &Values) -> Option<ReferenceClassView> {
    if case.plans.iter().all(|p| p.moves.is_empty()) {
        return None;
    }
    let class = reference_class();
    let comparators = class.comparators.iter().map(|c| comparator(&class, c)).collect();
    let options = (0..case.plans.len()).map(|i| own(case, i, values)).collect();
    let ReferenceClass { id, title, vintage, caution, .. } = class;
    Some(ReferenceClassView { id, title, vintage, caution, comparators, options })
}

fn comparator(class: &ReferenceClass, c: &Comparator) -> ComparatorView {
    let title = |id: &String| class.sources.iter().find(|s| s.id == *id).map_or_else(|| id.clone(), |s| s.title.clone());
    let sources: Vec<String> = c.source.iter().map(title).collect();
    ComparatorView {
        name: c.name.clone(),
        what: c.what.clone(),
        measure: c.measure.word().to_owned(),
        value: c.value,
        low: c.low,
        high: c.high,
        unit: c.measure.unit().to_owned(),
        tag: c.tag.word().to_owned(),
        source: sources.join("; "),
        basis: c.basis.clone(),
    }
}

fn own(case: &Case<'_>, i: usize, values: &Values) -> OwnFigures {
    let programme = case.programme;
    let (evaluated, period) = (&case.outcome.options[i], &programme.frame.period);
    let as_at = period.offset(Month::of(period.as_at));
    let moves = &evaluated.costing.moves;
    let duration = |kind: &crate::programme::MoveKindIx| {
        let bias = programme.move_kinds[kind.0].duration_bias?;
        programme.biases[bias.0].on_duration(values)
    };
    let users = |m: &crate::plan::Move| {
        let service = &programme.services[m.service.0];
        service.users_of(&service.slots[m.slot]).of(values)
    };
    let users_moved = 0.0 + evaluated.plan.moves.iter().map(users).sum::<f64>();
    let cost = Work::of(case, i);
    let a_user = |amount: f64| (users_moved > 0.0).then(|| amount / users_moved);
    OwnFigures {
        option: programme.options[i].id.clone(),
        planned_months: moves.iter().map(|m| m.planned - as_at).max(),
        expected_months: moves.iter().map(|m| m.live - as_at).max(),
        slip_months: moves.iter().map(|m| m.live - m.planned).max().unwrap_or(0),
        duration_bias: evaluated.plan.moves.iter().filter_map(|m| duration(&m.kind)).reduce(f64::max),
        users_moved,
        external_cost_per_user: a_user(cost.external),
        work_cost_per_user: a_user(cost.external + cost.internal),
        cost_bias: Some(cost.external + cost.internal).filter(|c| *c > 0.0).map(|c| cost.bias / c),
    }
}

/// What the work of the moves of an option costs, year-0 prices.
#[derive(Debug, Clone, Copy, Default)]
struct Work {
    external: f64,
    internal: f64,
    bias: f64,
}

impl Work {
    fn of(case: &Case<'_>, i: usize) -> Self {
        let evaluated = &case.outcome.options[i];
        let mut sums = Self::default();
        for (line, totals) in evaluated.costing.lines.iter().zip(&evaluated.totals.lines) {
            if !matches!(line.lineage, Lineage::MoveWork(..) | Lineage::Hazard(..) | Lineage::Commitment(_)) {
                continue;
            }
            let real = totals.real.value();
            match line.category {
                Category::External => sums.external += real,
                Category::InternalEffort => sums.internal += real,
                Category::OptimismBias => sums.bias += real,
                _ => {}
            }
        }
        sums
    }
}
