//! Which way a plan takes to bring more users onto a contract, and whether there is one in time.

use super::Course;
use super::ledger::{Book, CostLine, Lineage};
use super::licence;
use crate::assumption::Values;
use crate::plan::whole_months;
use crate::programme::{Category, Contract, ContractIx, InstanceIx, LineBasis, Meter, Programme, Route};
use crate::quantity::{Month, offset_of};

/// What a plan asks of the contracts of one system, and by which way it gets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Joining {
    /// The system.
    pub instance: InstanceIx,
    /// Users who move onto it by the option's own moves.
    pub users: f64,
    /// First planned go-live, as an offset from the start of the period.
    pub go_live: i32,
    /// Months before it in which the right must be there: to build, or to pay the head start.
    pub preparation: i32,
    /// The ways there are, in the order of contracts.
    pub ways: Vec<Way>,
    /// The cheapest that fits, by position; then the quickest.
    pub chosen: Option<usize>,
}

/// One way.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Contract.
    pub contract: ContractIx,
    /// Route, by position.
    pub route: usize,
    /// Last month in which it can be started, as an offset: in time for go-live, and while it is open.
    pub start_by: i32,
    /// Earliest go-live, as an offset.
    pub earliest: i32,
    /// Why it does not do.
    pub fault: Option<WayFault>,
}

/// Why a way does not do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WayFault {
    /// It adds no more than so many users.
    Users(f64),
    /// The charge would grow by this share, and may by no more than that.
    Growth(f64, f64),
    /// It takes too long.
    Late,
    /// It can no longer be started.
    Closed,
}

/// What a plan asks of one system; `None` if it brings nobody, or no contract of the system has ways.
#[must_use]
pub(super) fn joining(course: &Course<'_>, instance: InstanceIx, values: &Values) -> Option<Joining> {
    let programme = course.programme;
    let period = &programme.frame.period;
    let own = || course.plan.moves.iter().filter(|m| m.commitment.is_none() && m.to == instance);
    let go_live = own().map(|m| period.offset(m.go_live)).min()?;
    let contracts = running(programme, instance, go_live);
    if contracts.iter().all(|c| programme.contracts[c.0].routes.is_empty()) {
        return None;
    }
    let preparation = own()
        .filter(|m| period.offset(m.go_live) == go_live)
        .map(|m| whole_months(programme.move_kinds[m.kind.0].build.of(values)).max(course.timetable.head_start(m.kind)))
        .max()
        .unwrap_or(0);
    let users: f64 = own()
        .map(|m| {
            let service = &programme.services[m.service.0];
            service.users_of(&service.slots[m.slot]).of(values)
        })
        .sum();
    let first = offset_of(period.first_counted());
    let month = usize::try_from(go_live - preparation.max(1)).unwrap_or(0).max(period.first_counted());
    let before = course.used(instance).live[month.min(period.months() - 1)];
    let mut ways = Vec::new();
    for ix in contracts {
        let contract = &programme.contracts[ix.0];
        for (i, route) in contract.routes.iter().enumerate() {
            let latest = go_live - preparation - offset_of(route.lead);
            // A way that closes before has to be started while it is open.
            let open = route.until.map_or(latest, |until| period.offset(Month::of(until)).max(first));
            let start_by = latest.min(open);
            let earliest = first + offset_of(route.lead) + preparation;
            let fault = fault(programme, (contract, route), (before, users), latest < first, values);
            ways.push(Way { contract: ix, route: i, start_by, earliest, fault });
        }
    }
    let price = |way: &Way| route_of(programme, way).cost.map_or(0.0, |c| c.of(values));
    let lead = |way: &Way| route_of(programme, way).lead;
    let fits = (0..ways.len()).filter(|&i| ways[i].fault.is_none());
    let chosen = fits.min_by(|&a, &b| price(&ways[a]).total_cmp(&price(&ways[b])).then(lead(&ways[a]).cmp(&lead(&ways[b]))));
    Some(Joining { instance, users, go_live, preparation, ways, chosen })
}

/// The contracts of a system that run, or are to run, at a go-live.
fn running(programme: &Programme, instance: InstanceIx, go_live: i32) -> Vec<ContractIx> {
    let starts = |c: &Contract| c.start.map_or(0, |m| programme.frame.period.offset(m));
    let all = || programme.contracts.iter().enumerate().filter(move |(_, c)| c.instance == Some(instance));
    let succeeded = |i: usize| all().any(|(_, c)| c.follows == Some(ContractIx(i)) && starts(c) <= go_live);
    all().filter(|(i, c)| starts(c) <= go_live && !succeeded(*i)).map(|(i, _)| ContractIx(i)).collect()
}

fn fault(
    programme: &Programme,
    (contract, route): (&Contract, &Route),
    (before, users): (f64, f64),
    late: bool,
    values: &Values,
) -> Option<WayFault> {
    let limit = route.users.map(|n| n.of(values)).filter(|limit| users > *limit);
    if let Some(limit) = limit {
        return Some(WayFault::Users(limit));
    }
    if let Some(limit) = route.growth {
        let charge = |users: f64| -> f64 {
            let lines = contract.lines.iter().filter(|l| by_user(&l.basis));
            lines.map(|l| licence::invoice_for(l, users, values)).sum()
        };
        let (now, then) = (charge(before), charge(before + users));
        let growth = if now > 0.0 {
            then / now - 1.0
        } else if then > 0.0 {
            f64::INFINITY
        } else {
            0.0
        };
        if growth > limit.of(values) + 1e-9 {
            return Some(WayFault::Growth(growth, limit.of(values)));
        }
    }
    if route.until.is_some_and(|until| until < programme.frame.period.as_at) {
        return Some(WayFault::Closed);
    }
    late.then_some(WayFault::Late)
}

/// Whether the charge of a line follows users.
fn by_user(basis: &LineBasis) -> bool {
    !matches!(basis, LineBasis::Metered { meter: Meter::Patients | Meter::Contacts, .. })
}

/// The route of a way.
#[must_use]
pub fn route_of<'a>(programme: &'a Programme, way: &Way) -> &'a Route {
    &programme.contracts[way.contract.0].routes[way.route]
}

/// Books what the way onto a system costs, when it has to be started.
pub(super) fn book(course: &Course<'_>, instance: InstanceIx, values: &Values, book: &mut impl Book) {
    let Some(joining) = joining(course, instance, values) else { return };
    if let Some(way) = joining.chosen.map(|i| &joining.ways[i])
        && let Some(cost) = route_of(course.programme, way).cost
    {
        let payer = course.programme.contracts[way.contract.0].body.or(course.programme.frame.lead);
        let line = CostLine::new(Category::External, Lineage::Route(way.contract, way.route), payer);
        book.enter(line, [cost.handle()], [(way.start_by, cost.of(values))]);
    }
}
