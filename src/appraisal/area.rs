//! The services of each place and of each body: what there is, and what an option does to them.

use super::Case;
use super::result::{Amounts, AreaResult, AreaView};
use crate::assumption::Values;
use crate::costing::ServiceWork;
use crate::impact;
use crate::outcome::Evaluated;
use crate::programme::{Programme, ServiceIx};
use std::collections::BTreeMap;

/// A set of services: all of them, those of a place, or those of a body.
struct Area {
    kind: &'static str,
    name: Option<String>,
    services: Vec<ServiceIx>,
    /// By service, whether it is one of them.
    has: Vec<bool>,
}

impl Area {
    fn has(&self, service: ServiceIx) -> bool {
        self.has[service.0]
    }
}

/// All services; then places by name, then bodies in the scenario's order, where services name any.
/// Services that name none come last.
fn areas(programme: &Programme) -> Vec<Area> {
    let all: Vec<ServiceIx> = (0..programme.services.len()).map(ServiceIx).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let place = |s: ServiceIx| programme.services[s.0].place.clone();
    let mut places: Vec<Option<String>> = all.iter().map(|s| place(*s)).collect();
    places.sort_by_key(|name| (name.is_none(), name.clone()));
    places.dedup();
    let body = |s: ServiceIx| programme.services[s.0].organisation;
    let mut bodies: Vec<_> = all.iter().map(|s| body(*s)).collect();
    bodies.sort_by_key(|body| (body.is_none(), *body));
    bodies.dedup();
    let of = |name: Option<&str>, kind, belongs: &dyn Fn(ServiceIx) -> bool| Area {
        kind,
        name: name.map(str::to_owned),
        services: all.iter().copied().filter(|s| belongs(*s)).collect(),
        has: all.iter().map(|s| belongs(*s)).collect(),
    };
    let mut areas = vec![of(None, "all", &|_| true)];
    if places.iter().any(Option::is_some) {
        areas.extend(places.iter().map(|p| of(p.as_deref(), "place", &|s| place(s) == *p)));
    }
    if bodies.iter().any(Option::is_some) {
        let id = |b: &crate::programme::OrganisationIx| programme.organisations[b.0].id.as_str();
        areas.extend(bodies.iter().map(|b| of(b.as_ref().map(id), "organisation", &|s| body(s) == *b)));
    }
    areas
}

/// What there is in each area.
pub(super) fn views(programme: &Programme, values: &Values) -> Vec<AreaView> {
    let view = |area: Area| {
        let services = || area.services.iter().map(|s| &programme.services[s.0]);
        let given = |numbers: Vec<f64>| (!numbers.is_empty()).then(|| numbers.iter().sum());
        AreaView {
            kind: area.kind.to_owned(),
            users: services().map(|s| s.users.of(values)).sum(),
            patients: given(services().filter_map(|s| s.patients).map(|n| n.of(values)).collect()),
            contacts: given(services().filter_map(|s| s.contacts).map(|n| n.of(values)).collect()),
            services: services().map(|s| s.id.clone()).collect(),
            area: area.name,
        }
    };
    areas(programme).into_iter().map(view).collect()
}

/// What an option does in each area.
pub(super) fn results(case: &Case<'_>, option: usize, values: &Values) -> Vec<AreaResult> {
    let (programme, evaluated) = (case.programme, &case.outcome.options[option]);
    areas(programme).iter().map(|area| result(programme, evaluated, area, values)).collect()
}

fn result(programme: &Programme, evaluated: &Evaluated, area: &Area, values: &Values) -> AreaResult {
    let moves = || evaluated.plan.moves.iter().zip(&evaluated.costing.moves).filter(|(m, _)| area.has(m.service));
    // Of each slot that moves, whether its last move is a commitment.
    let slots: BTreeMap<_, bool> = moves().map(|(m, _)| ((m.service, m.slot), m.commitment.is_some())).collect();
    let users = |m: &crate::plan::Move| {
        let service = &programme.services[m.service.0];
        service.slots[m.slot].users.unwrap_or(service.users).of(values)
    };
    let day = |offset: i32| programme.frame.period.start().plus(offset).first_day().to_string();
    let work = area.services.iter().map(|s| evaluated.costing.effort.services[s.0]).fold(ServiceWork::default(), plus);
    let visibility =
        impact::visibility_of(programme, &evaluated.live, &evaluated.plan.links, values, |f| area.has(f.from) || area.has(f.to));
    AreaResult {
        kind: area.kind.to_owned(),
        area: area.name.clone(),
        slots_moved: slots.len(),
        slots_committed: slots.values().filter(|committed| **committed).count(),
        users_moved: 0.0 + moves().map(|(m, _)| users(m)).sum::<f64>(),
        first_go_live: moves().map(|(_, when)| when.live).min().map(day),
        last_go_live: moves().map(|(_, when)| when.live).max().map(day),
        internal_days: work.internal_days,
        external_days: work.external_days,
        training_hours: work.training_hours,
        dip_hours: work.dip_hours,
        cost: cost(evaluated, area),
        visibility,
        capability: impact::coverage_of(programme, &evaluated.live, values, |s| area.has(s)),
    }
}

/// Cost lines that belong to single services: the work, training and dip of their moves, each with its
/// optimism bias.
fn cost(evaluated: &Evaluated, area: &Area) -> Amounts {
    let lines = evaluated.costing.lines.iter().zip(&evaluated.totals.lines);
    let own = lines.filter(|(line, _)| line.lineage.service().is_some_and(|s| area.has(s)));
    own.fold(Amounts::default(), |sum, (_, line)| Amounts {
        nominal: sum.nominal + line.nominal.total().value(),
        real: sum.real + line.real.value(),
        present: sum.present + line.present.value(),
    })
}

fn plus(a: ServiceWork, b: ServiceWork) -> ServiceWork {
    ServiceWork {
        internal_days: a.internal_days + b.internal_days,
        external_days: a.external_days + b.external_days,
        training_hours: a.training_hours + b.training_hours,
        dip_hours: a.dip_hours + b.dip_hours,
    }
}
