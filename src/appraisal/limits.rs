//! What a plan must respect, as plain data.

use super::Case;
use super::result::{ApprovalView, Approvals, FreezeView, HazardView, MilestoneView, RiskView};
use crate::assumption::Values;
use crate::costing::Lineage;
use crate::outcome::Evaluated;
use crate::programme::{MoveKindIx, Programme};

/// Days by which something must be ready.
pub(super) fn milestones(programme: &Programme) -> Vec<MilestoneView> {
    let one = |m: &crate::programme::Milestone| MilestoneView {
        id: m.id.clone(),
        name: m.name.clone(),
        date: m.date.to_string(),
        ready: m.ready.clone(),
    };
    programme.milestones.iter().map(one).collect()
}

/// When nothing goes live.
pub(super) fn freezes(programme: &Programme) -> Vec<FreezeView> {
    let one = |f: &crate::programme::Freeze| FreezeView {
        id: f.id.clone(),
        name: f.name.clone(),
        from: f.from.to_string(),
        to: f.to.to_string(),
        organisations: f.scope.organisations.iter().map(|o| programme.organisations[o.0].id.clone()).collect(),
        places: f.scope.places.clone(),
        services: f.scope.services.iter().map(|s| programme.services[s.0].id.clone()).collect(),
    };
    programme.freezes.iter().map(one).collect()
}

/// Priced risks, with what is expected of each under the options that it applies to.
pub(super) fn risks(case: &Case<'_>, values: &Values) -> Vec<RiskView> {
    let programme = case.programme;
    let one = |(i, risk): (usize, &crate::programme::Risk)| {
        let expected = case.outcome.options.iter().filter(|o| risk.options.contains(o.plan.option)).map(|o| {
            let own = o.costing.lines.iter().zip(&o.totals.lines).filter(|(line, _)| line.lineage == Lineage::Risk(i));
            (programme.options[o.plan.option.0].id.clone(), own.map(|(_, years)| years.present.value()).sum())
        });
        RiskView {
            id: risk.id.clone(),
            name: risk.name.clone(),
            probability: risk.probability.of(values),
            impact: risk.impact.of(values),
            impact_range: programme.register.get(risk.impact.handle()).range,
            prevention: risk.prevention.map(|p| p.of(values)),
            expected: expected.collect(),
        }
    };
    programme.risks.iter().enumerate().map(one).collect()
}

/// Hazards with the options that they go with.
pub(super) fn hazards(case: &Case<'_>) -> Vec<HazardView> {
    let programme = case.programme;
    let goes_with = |hazard: &crate::programme::Hazard| {
        let at_risk = |plan: &&crate::plan::Plan| {
            let kinds: Vec<MoveKindIx> = plan.moves.iter().map(|m| m.kind).collect();
            programme.is_at_risk(hazard, plan.option, &kinds)
        };
        case.plans.iter().filter(at_risk).map(|p| programme.options[p.option.0].id.clone()).collect()
    };
    let one = |h: &crate::programme::Hazard| HazardView {
        id: h.id.clone(),
        name: h.name.clone(),
        initial: h.initial,
        residual: h.residual,
        mitigation: h.mitigation.clone(),
        options: goes_with(h),
    };
    programme.hazards.iter().map(one).collect()
}

/// The approvals that an option needs, by what it costs over its whole life; none where the scenario names none.
pub(super) fn approvals(programme: &Programme, evaluated: &Evaluated, values: &Values) -> Option<Approvals> {
    if programme.approvals.is_empty() {
        return None;
    }
    let found = crate::outcome::Approvals::of(programme, &evaluated.costing, &evaluated.totals, values);
    let one = |i: &usize| {
        let a = &programme.approvals[*i];
        ApprovalView { id: a.id.clone(), name: a.name.clone(), threshold: a.threshold.of(values), months: a.months.of(values) }
    };
    let needed = found.needed.iter().map(one).collect();
    Some(Approvals { whole_life_cost: found.whole_life_cost, months: found.months, needed })
}
