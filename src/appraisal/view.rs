//! The programme as plain data.

use super::Case;
use super::result::{
    Anchors, ContractView, CriterionView, Frame, GroupView, OrganisationView, PaperField, ParameterView, ServiceView, SourceView,
    SystemView,
};
use crate::assumption::Values;
use crate::economics;
use crate::parameters::DiscountSchedule;
use crate::programme::{BiasLevel, ContractKind, Direction, InstanceIx, Measure, Mode, Programme, Status, Tenancy};
use crate::quantity::fixed;
use crate::scoring;

/// Period, prices, rules.
pub(super) fn frame(case: &Case<'_>) -> Frame {
    let programme = case.programme;
    let frame = &programme.frame;
    let period = &frame.period;
    let mode = match frame.mode {
        Mode::LonglistMcda => "longlist_mcda",
        Mode::Shortlist => "shortlist",
        Mode::WeightedScore => "weighted_score",
    };
    let banner = (frame.mode == Mode::WeightedScore).then(|| {
        "This ranks a shortlist by weighting and scoring, which the Green Book 2026 (5.15) recommends against: read the economic figures first.".to_owned()
    });
    Frame {
        decision: frame.decision.clone(),
        sponsor: frame.sponsor.clone(),
        note: frame.note.clone(),
        year0: period.year0.to_string(),
        years: (0..period.years()).map(|y| period.year(y).to_string()).collect(),
        horizon: period.horizon,
        price_base: period.year0.to_string(),
        discount_factors: economics::factors(&programme.parameters.standard, period.horizon).iter().map(|f| f.value()).collect(),
        deflator: programme.deflator.index.clone(),
        deflator_source: deflator_source(programme),
        mode: mode.to_owned(),
        rank_basis: case.outcome.basis.word().to_owned(),
        resolution: frame.resolution,
        banner,
    }
}

fn deflator_source(programme: &Programme) -> String {
    let source = programme
        .sources
        .iter()
        .find(|s| s.id == programme.deflator.source)
        .map_or(programme.deflator.source.as_str(), |s| s.title.as_str());
    match programme.deflator.evidence.as_str() {
        "sourced" => source.to_owned(),
        other => format!("{source} ({other})"),
    }
}

/// Front-sheet fields.
pub(super) fn paper(programme: &Programme) -> Vec<PaperField> {
    programme.frame.paper.iter().map(|f| PaperField { label: f.label.clone(), value: f.value.clone() }).collect()
}

/// Bodies.
pub(super) fn organisations(programme: &Programme) -> Vec<OrganisationView> {
    let status = |s: Status| match s {
        Status::Dissolves => "dissolves",
        Status::TransfersServices => "transfers_services",
        Status::Continues => "continues",
        Status::New => "new",
    };
    programme
        .organisations
        .iter()
        .map(|o| OrganisationView {
            id: o.id.clone(),
            name: o.name.clone(),
            status: status(o.status).to_owned(),
            successor: o.successor.map(|(s, from)| (programme.organisations[s.0].id.clone(), from.first_day().to_string())),
        })
        .collect()
}

/// Instances.
pub(super) fn systems(programme: &Programme, values: &Values) -> Vec<SystemView> {
    let users = |ix: usize| -> f64 {
        let slots = programme.services.iter().flat_map(|s| s.slots.iter().map(move |slot| (s, slot)));
        let own = slots.filter(|(_, slot)| slot.instance == InstanceIx(ix));
        // The sum of nothing is -0.
        0.0 + own.map(|(s, slot)| slot.users.unwrap_or(s.users).of(values)).sum::<f64>()
    };
    let tenancy = |t: Tenancy| match t {
        Tenancy::Own => "own",
        Tenancy::Unit => "unit",
        Tenancy::Hosted => "hosted",
    };
    let view = |(i, instance): (usize, &crate::programme::Instance)| SystemView {
        id: instance.id.clone(),
        name: instance.name.clone(),
        product: programme.products[instance.product.0].name.clone(),
        supplier: super::option::supplier(programme, InstanceIx(i)),
        operator: instance.operator.map(|o| programme.organisations[o.0].id.clone()),
        tenancy: tenancy(instance.tenancy).to_owned(),
        users: users(i),
    };
    programme.instances.iter().enumerate().map(view).collect()
}

/// Services.
pub(super) fn services(programme: &Programme, values: &Values) -> Vec<ServiceView> {
    let view = |s: &crate::programme::Service| ServiceView {
        id: s.id.clone(),
        name: s.name.clone(),
        line: s.line.clone(),
        organisation: s.organisation.map(|o| programme.organisations[o.0].id.clone()),
        place: s.place.clone(),
        setting: s.setting.clone(),
        users: s.users.of(values),
        slots: s.slots.iter().map(|slot| (slot.name.clone(), programme.instances[slot.instance.0].id.clone())).collect(),
        slot_users: s.slots.iter().map(|slot| (slot.name.clone(), slot.users.unwrap_or(s.users).of(values))).collect(),
    };
    programme.services.iter().map(view).collect()
}

/// Contracts.
pub(super) fn contracts(programme: &Programme, values: &Values) -> Vec<ContractView> {
    let view = |c: &crate::programme::Contract| ContractView {
        id: c.id.clone(),
        name: c.name.clone(),
        kind: if c.kind == ContractKind::Sla { "sla" } else { "licence" }.to_owned(),
        body: c.body.map(|o| programme.organisations[o.0].id.clone()),
        instance: c.instance.map(|i| programme.instances[i.0].id.clone()),
        start: c.start.map(|m| m.first_day().to_string()),
        end: c.end.to_string(),
        notice_months: c.notice.map(|n| n.of(values)),
    };
    programme.contracts.iter().map(view).collect()
}

/// Groups of criteria.
pub(super) fn groups(programme: &Programme) -> Vec<GroupView> {
    let inner = programme.tree.nodes.iter().filter(|n| n.criterion.is_none());
    inner.map(|n| GroupView { id: n.id.clone(), name: n.name.clone() }).collect()
}

/// Criteria.
pub(super) fn criteria(case: &Case<'_>) -> Vec<CriterionView> {
    let tree = &case.programme.tree;
    let panels: Vec<Vec<f64>> = case.programme.panels.list.iter().map(|panel| scoring::leaf_weights(tree, panel)).collect();
    let view = |(i, c): (usize, &crate::programme::Criterion)| {
        let path = tree.path(c.node);
        let top = path.last().copied().unwrap_or(c.node);
        let above: Vec<&str> = path[1..].iter().rev().map(|n| tree.nodes[n.0].id.as_str()).collect();
        CriterionView {
            id: c.id.clone(),
            name: c.name.clone(),
            group: above.join("/"),
            branch: tree.nodes[top.0].name.clone(),
            unit: c.unit.clone(),
            direction: match c.anchors.direction() {
                Direction::MoreIsBetter => "more_is_better",
                Direction::LessIsBetter => "less_is_better",
            }
            .to_owned(),
            anchors: Anchors { zero: c.anchors.zero, hundred: c.anchors.hundred },
            value: super::value_for_money::is_value(case, c),
            function: c.function.word().to_owned(),
            knots: c.function.knots().iter().map(|k| (k.at, k.points)).collect(),
            // Panels that are not combined score each for itself.
            scored: case.outcome.weights.as_ref().map_or_else(|| panels.iter().any(|w| w[i] > 0.0), |w| w[i] > 0.0),
            measure: if matches!(c.measure, Measure::Judged(_)) { "judged" } else { c.measure.word() }.to_owned(),
            weight: case.outcome.weights.as_ref().map(|w| w[i]),
        }
    };
    tree.criteria.iter().enumerate().map(view).collect()
}

/// Sources.
pub(super) fn sources(programme: &Programme) -> Vec<SourceView> {
    let view = |s: &crate::assumption::Source| SourceView {
        id: s.id.clone(),
        title: s.title.clone(),
        publisher: s.publisher.clone(),
        url: s.url.clone(),
        date: s.date.clone(),
    };
    programme.sources.iter().map(view).collect()
}

/// Published tables that chose numbers.
pub(super) fn parameters(programme: &Programme) -> Vec<ParameterView> {
    let set = &programme.parameters;
    let rates = |name: &str, schedule: &DiscountSchedule| ParameterView {
        name: name.to_owned(),
        value: bands(schedule),
        source: schedule.source.clone(),
        vintage: format!("{} ({}, {})", set.id, set.title, set.vintage),
    };
    let mut all =
        vec![rates("Discount rate, standard", &set.standard), rates("Discount rate, health and life effects", &set.health)];
    for bias in &programme.biases {
        if let BiasLevel::Table { project_type, level } = &bias.level {
            all.push(ParameterView {
                name: format!("Optimism bias \u{201c}{}\u{201d}", bias.id),
                value: format!("{level} bound for {}", project_type.replace('_', " ")),
                source: set.optimism_bias_source.clone(),
                vintage: format!("{} ({})", set.id, set.vintage),
            });
        }
    }
    all
}

fn bands(schedule: &DiscountSchedule) -> String {
    let band = |i: usize| {
        let (from, rate) = schedule.bands[i];
        let to = schedule.bands.get(i + 1).map_or_else(|| "on".to_owned(), |(next, _)| format!("to {}", next - 1));
        format!("{}% in years {from} {to}", fixed(100.0 * rate.value(), 2).trim_end_matches('0').trim_end_matches('.'))
    };
    (0..schedule.bands.len()).map(band).collect::<Vec<_>>().join(", ")
}
