//! The limits that several choices share: teams, go-lives of a quarter, what waits for what, money.

use super::Space;
use crate::assumption::Values;
use crate::outcome::{Budget, Days};
use crate::plan::{Move, Plan};
use crate::programme::{InstanceIx, OrganisationIx, Programme, RoleIx, ServiceIx};
use crate::quantity::{Month, Quarter};
use std::collections::BTreeMap;

/// A team in a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Team {
    /// Role.
    pub role: RoleIx,
    /// The body whose team it is; none for the one team of all.
    pub body: Option<OrganisationIx>,
    /// Quarter.
    pub quarter: Quarter,
}

/// A limit that a plan does not keep.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Breach {
    /// A team has more days to work in a quarter than it has: days, and capacity.
    Team(Team, f64, f64),
    /// More services go live in a quarter than may: how many, and the most.
    GoLives(Quarter, usize, usize),
    /// More users go live in a quarter than may: how many, and the most.
    Users(Quarter, f64, f64),
    /// A service goes live no later than one that it waits for (by position of the rule).
    Order(usize, ServiceIx, ServiceIx),
    /// Money of a body and year is short of cash: pounds.
    Funding(Budget, f64),
    /// A system is used, from this month on for a time, and no contract covers it.
    Cover(InstanceIx, Month),
    /// A service goes live after the last quarter in which anything may.
    Latest(ServiceIx, Month),
    /// A gate is not passed.
    Gate,
}

/// What plans are held to.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Days that each team may be given in a quarter, in order: its capacity, or what is decided already if that is more.
    pub teams: BTreeMap<Team, f64>,
    /// Most services that go live in a quarter.
    pub go_lives: Option<usize>,
    /// Most users who go live in a quarter.
    pub users: Option<f64>,
    /// Rules of precedence (by position) of one service after another, with both.
    pub order: Vec<(usize, ServiceIx, ServiceIx)>,
    /// What may be short of each budget at most, in pounds: nothing, or what is short already if nothing is done.
    /// Empty where money is no limit.
    pub short: Vec<(Budget, f64)>,
}

/// Less than this of a day or a pound is rounding.
pub(super) const ROUNDING: f64 = 1e-6;

impl Limits {
    /// Of a case, given the days and the gaps in funding of what is decided already.
    #[must_use]
    pub fn of(programme: &Programme, space: &Space, decided: (&[Days], &[(Budget, f64)]), values: &Values) -> Self {
        let (days, gaps) = decided;
        let optimise = &programme.optimise;
        let mut teams = BTreeMap::new();
        if !optimise.beyond_capacity {
            let already = loads(programme, days);
            for (team, capacity) in capacities(programme, values) {
                teams.insert(team, already.get(&team).copied().unwrap_or(0.0).max(capacity));
            }
        }
        let moving = |s: ServiceIx| space.places.iter().any(|p| p.service == s);
        let mut order = Vec::new();
        for (i, rule) in programme.precedence.iter().enumerate() {
            let Some(first) = rule.after else { continue };
            let waits = (0..programme.services.len()).map(ServiceIx).filter(|s| *s != first && programme.is_in(&rule.scope, *s));
            order.extend(waits.filter(|s| moving(*s)).map(|s| (i, s, first)));
        }
        let short = if optimise.beyond_funding { Vec::new() } else { gaps.iter().map(|(b, gap)| (*b, gap.max(0.0))).collect() };
        Self { teams, go_lives: optimise.go_lives, users: optimise.users.map(|u| u.of(values)), order, short }
    }

    /// What a plan breaks, given its days and gaps; gates apart.
    #[must_use]
    pub fn broken(&self, programme: &Programme, plan: &Plan, has: (&[Days], &[(Budget, f64)]), values: &Values) -> Vec<Breach> {
        let (days, gaps) = has;
        let mut broken = Vec::new();
        for (team, days) in loads(programme, days) {
            let over = self.teams.get(&team).filter(|most| days > **most + ROUNDING);
            broken.extend(over.map(|most| Breach::Team(team, days, *most)));
        }
        broken.extend(self.crowded(programme, plan, values));
        let last = |s: ServiceIx| plan.moves.iter().filter(|m| m.service == s).map(|m| m.go_live).max();
        let own = |s: ServiceIx| plan.moves.iter().filter(move |m| m.service == s && m.commitment.is_none());
        for &(rule, service, first) in &self.order {
            let waits = last(first).is_some_and(|awaited| own(service).any(|m| m.go_live <= awaited));
            broken.extend(waits.then_some(Breach::Order(rule, service, first)));
        }
        // The search is offered no such date; an option may have it of its own.
        if let Some(latest) = programme.optimise.latest {
            let own = plan.moves.iter().filter(|m| m.commitment.is_none() && m.go_live > latest);
            broken.extend(own.map(|m| Breach::Latest(m.service, m.go_live)));
        }
        for ((budget, most), (_, gap)) in self.short.iter().zip(gaps) {
            broken.extend((*gap > most + 0.005).then_some(Breach::Funding(*budget, gap - most)));
        }
        broken
    }

    /// Quarters in which too much goes live.
    fn crowded(&self, programme: &Programme, plan: &Plan, values: &Values) -> Vec<Breach> {
        let mut quarters: BTreeMap<Month, Vec<&Move>> = BTreeMap::new();
        for m in plan.moves.iter().filter(|m| m.commitment.is_none()) {
            quarters.entry(m.go_live).or_default().push(m);
        }
        let mut broken = Vec::new();
        for (month, mut moves) in quarters {
            let quarter = Quarter::of(month);
            moves.sort_by_key(|m| m.service);
            let mut users = 0.0;
            let mut services = 0;
            for own in moves.chunk_by(|a, b| a.service == b.service) {
                let service = &programme.services[own[0].service.0];
                services += 1;
                users += service.users_in(own.iter().map(|m| m.slot), values);
            }
            broken.extend(self.go_lives.filter(|most| services > *most).map(|most| Breach::GoLives(quarter, services, most)));
            broken.extend(self.users.filter(|most| users > most + ROUNDING).map(|most| Breach::Users(quarter, users, most)));
        }
        broken
    }
}

/// The team whose days some work is, if it has a limit: until teams are pooled that of the body, none where the body has
/// no team; then the one team of all.
#[must_use]
pub fn team_of(programme: &Programme, days: &Days) -> Option<Team> {
    let role = &programme.roles[days.role.0];
    let quarter = Quarter::of(programme.frame.period.month(days.month));
    if role.is_apart(quarter.first_month()) {
        days.team.map(|body| Team { role: days.role, body: Some(body), quarter })
    } else {
        let limited = role.capacity.is_some() || !role.teams.is_empty();
        limited.then_some(Team { role: days.role, body: None, quarter })
    }
}

/// Days by team and quarter.
#[must_use]
pub fn loads(programme: &Programme, days: &[Days]) -> BTreeMap<Team, f64> {
    let mut loads = BTreeMap::new();
    for day in days {
        if let Some(team) = team_of(programme, day) {
            *loads.entry(team).or_insert(0.0) += day.days;
        }
    }
    loads
}

/// Capacity of every team in every quarter of the period.
fn capacities(programme: &Programme, values: &Values) -> Vec<(Team, f64)> {
    let period = &programme.frame.period;
    let quarters = (0..period.months()).step_by(3).map(|m| Quarter::of(period.month(m)));
    let mut all = Vec::new();
    for quarter in quarters {
        for (i, role) in programme.roles.iter().enumerate() {
            let team = |body| Team { role: RoleIx(i), body, quarter };
            if role.is_apart(quarter.first_month()) {
                all.extend(role.teams.iter().map(|(body, days)| (team(Some(*body)), days.of(values))));
            } else {
                all.extend(role.pooled(values).map(|days| (team(None), days)));
            }
        }
    }
    all
}
