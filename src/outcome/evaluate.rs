//! The composition of costing, impact, economics and scoring.

use super::gate::{self, Gate};
use super::measure;
use super::totals::Totals;
use crate::assumption::Values;
use crate::costing::{self, Costing};
use crate::economics;
use crate::impact::{self, LiveOn};
use crate::plan::Plan;
use crate::programme::{Measure, OptionKind, Programme, RankBasis};
use crate::scoring;
use rayon::prelude::*;

/// One option, evaluated.
#[derive(Debug, Clone)]
pub struct Evaluated {
    /// The plan costed.
    pub plan: Plan,
    /// Cost lines and what goes with them.
    pub costing: Costing,
    /// Their sums.
    pub totals: Totals,
    /// Gates.
    pub gates: Vec<Gate>,
    /// Measure by criterion, in the order of the criteria.
    pub measures: Vec<f64>,
    /// Points by criterion.
    pub values: Vec<f64>,
    /// Where every slot is live.
    pub live: LiveOn,
    /// Present value of dual running that is unavoidable at the as-at date under every option.
    pub committed: f64,
}

impl Evaluated {
    /// Whether it passes every gate.
    #[must_use]
    pub fn feasible(&self) -> bool {
        self.gates.iter().all(|g| g.passed)
    }
}

/// All options, evaluated on one realisation of the register.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// In the scenario's order.
    pub options: Vec<Evaluated>,
    /// Combined weights of the criteria; `None` where panels are not combined.
    pub weights: Option<Vec<f64>>,
    /// Score by option, where there is a combined weight.
    pub scores: Option<Vec<f64>>,
    /// Rank by option on the basis in force.
    pub ranks: Vec<Option<usize>>,
    /// The basis in force: that of the scenario, or net present cost where there is no score.
    pub basis: RankBasis,
}

/// Evaluates all plans on one realisation of the register: the central case, a draw, a tornado bar
/// or a switching value, depending on `values`.
///
/// # Method
/// `docs/method.md`, section 1 and on.
#[must_use]
pub fn evaluate(programme: &Programme, plans: &[Plan], values: &Values) -> Outcome {
    // Plans are independent of one another; results are kept in their order.
    let mut options: Vec<Evaluated> = plans.par_iter().map(|plan| one(programme, plan, values)).collect();
    let committed = committed(programme, &options);
    for (option, committed) in options.iter_mut().zip(committed) {
        option.committed = committed;
    }
    let weights = scoring::combined(&programme.tree, &programme.panels);
    let scores: Option<Vec<f64>> = weights.as_ref().map(|w| options.iter().map(|o| scoring::score(w, &o.values)).collect());
    let basis = measure::basis(programme, scores.is_some());
    let ranked = |(i, o): (usize, &Evaluated)| {
        // Business as usual is the comparator and ranked whatever gates say.
        let kept = programme.options[o.plan.option.0].kind == OptionKind::BusinessAsUsual;
        let number = match (basis, &scores) {
            (RankBasis::Score, Some(scores)) => -scores[i],
            _ => o.totals.npc(),
        };
        (o.feasible() || kept).then_some(number)
    };
    let ranks = scoring::ranks(&options.iter().enumerate().map(ranked).collect::<Vec<_>>());
    Outcome { options, weights, scores, ranks, basis }
}

/// What a plan costs: the part of an evaluation that asks for nothing else.
fn costed(programme: &Programme, plan: &Plan, values: &Values) -> (Costing, Totals) {
    let costing = costing::cost(programme, plan, values);
    let totals = Totals::of(programme, &costing.lines, &costing.transfers);
    (costing, totals)
}

/// Net present cost of one plan, as [`evaluate`] has it.
#[must_use]
pub fn net_present_cost(programme: &Programme, plan: &Plan, values: &Values) -> f64 {
    costed(programme, plan, values).1.npc()
}

fn one(programme: &Programme, plan: &Plan, values: &Values) -> Evaluated {
    let (costing, totals) = costed(programme, plan, values);
    let live = measure::live_on(programme, &costing.usage);
    let gates = gate::gates(programme, plan, (&costing, &totals, &live), values);
    let work = (costing.effort.person_days(programme), costing.effort.dip_hours);
    let impact = |measure: &Measure| match measure {
        Measure::Visibility => impact::visibility(programme, &live, &plan.links, values),
        Measure::Burden => impact::burden_hours(programme, &live, &plan.links, values),
        Measure::Resilience => impact::largest_share_on_one_supplier(programme, &live, values),
        _ => impact::coverage(programme, &live, values),
    };
    let measures = measure::measures(programme, plan, &totals.sums(), work, impact);
    let points = measure::points(programme, &measures);
    Evaluated { plan: plan.clone(), costing, totals, gates, measures, values: points, live, committed: 0.0 }
}

/// For each option, the part of its dual running that pays charges which every option pays: in each
/// month of a contract's agreed term, the least invoice over all options, less what the option uses
/// for live service. Month by month the least invoice is what nobody can avoid.
fn committed(programme: &Programme, options: &[Evaluated]) -> Vec<f64> {
    let period = &programme.frame.period;
    let factors = economics::factors(&programme.parameters.standard, period.horizon);
    let mut sums = vec![0.0; options.len()];
    for contract in 0..programme.contracts.len() {
        let term_end = options.first().map_or(0, |o| o.costing.contracts[contract].term_end);
        for month in period.first_counted()..term_end {
            let least = options.iter().map(|o| o.costing.contracts[contract].invoice[month]).fold(f64::INFINITY, f64::min);
            let year = period.year_of(month);
            for (option, sum) in options.iter().zip(&mut sums) {
                let c = &option.costing.contracts[contract];
                let unused = c.head_start[month] + c.overlap[month] + c.stranded[month];
                let part = (least - c.service[month]).clamp(0.0, unused.max(0.0));
                *sum += part / programme.deflator.index[year] * factors[year].value();
            }
        }
    }
    sums
}
