//! Migration effort: work, training, the dip after go-live, and holding the team while dates slip.

use super::ledger::{CostLine, Ledger, Lineage, evenly};
use crate::assumption::{Assumed, Values};
use crate::plan::{ExpectedMove, Move, Plan};
use crate::programme::{
    Category, CommitmentIx, InstanceIx, MoveKind, MoveKindIx, OrganisationIx, Programme, RoleIx, ServiceIx, Timing, Work,
    WorkItem,
};
use crate::quantity::{MonthIndex, Quarter, offset_of};
use jiff::ToSpan;
use std::collections::BTreeSet;

/// Work of one plan. Only months that count are in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Effort {
    /// Days by role (in the programme's order) and month.
    pub days: Vec<Vec<f64>>,
    /// Hours in training.
    pub training_hours: f64,
    /// Hours lost by patient-facing staff after go-live.
    pub dip_hours: f64,
    /// The part of the work that belongs to single services, in the programme's order.
    pub services: Vec<ServiceWork>,
    /// Hours in a working day, to turn hours into days.
    pub hours_per_day: f64,
    /// Whether work fell before the as-at date and was left out as sunk.
    pub sunk: bool,
}

/// Work that the moves of one service take. Links, commitments and holding the team are of no one service.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ServiceWork {
    /// Days of own roles.
    pub internal_days: f64,
    /// Days bought in.
    pub external_days: f64,
    /// Hours in training.
    pub training_hours: f64,
    /// Hours lost after go-live.
    pub dip_hours: f64,
}

impl Effort {
    /// Days of own (`false`) or bought-in (`true`) roles.
    #[must_use]
    pub fn days_of(&self, programme: &Programme, external: bool) -> f64 {
        let roles = programme.roles.iter().zip(&self.days);
        roles.filter(|(r, _)| r.external == external).flat_map(|(_, d)| d).sum()
    }

    /// Training hours as days.
    #[must_use]
    pub fn training_days(&self) -> f64 {
        self.training_hours / self.hours_per_day
    }

    /// Own days plus training days: what the effort criterion measures.
    #[must_use]
    pub fn person_days(&self, programme: &Programme) -> f64 {
        self.days_of(programme, false) + self.training_days()
    }

    /// Days of a role by quarter, in order.
    #[must_use]
    pub fn by_quarter(&self, programme: &Programme, role: RoleIx) -> Vec<(Quarter, f64)> {
        let period = &programme.frame.period;
        self.days[role.0].chunks(3).enumerate().map(|(q, days)| (Quarter::of(period.month(3 * q)), days.iter().sum())).collect()
    }

    fn of_service(&mut self, service: Option<ServiceIx>, external: bool, days: f64) {
        let Some(work) = service.map(|s| &mut self.services[s.0]) else { return };
        let sum = if external { &mut work.external_days } else { &mut work.internal_days };
        *sum += days;
    }

    /// The highest share of any role's quarterly capacity; `None` where no capacity is given.
    #[must_use]
    pub fn peak_load(&self, programme: &Programme, values: &Values) -> Option<f64> {
        let mut peak: Option<f64> = None;
        for (i, role) in programme.roles.iter().enumerate() {
            let Some(capacity) = role.capacity.map(|c| c.of(values)).filter(|c| *c > 0.0) else { continue };
            for (_, days) in self.by_quarter(programme, RoleIx(i)) {
                peak = Some(peak.unwrap_or(0.0).max(days / capacity));
            }
        }
        peak
    }
}

/// Work items for one purpose, with the users and records they are for.
pub(super) struct Job<'a> {
    pub(super) items: &'a [WorkItem],
    /// The service that is moved; none where the work is of no one service.
    pub(super) service: Option<ServiceIx>,
    pub(super) users: f64,
    pub(super) patients: f64,
    /// Numbers that users and records rest on.
    pub(super) uses: Vec<Assumed<f64>>,
    /// Whether amounts paid once per source are due.
    pub(super) first_from_source: bool,
    /// Planned and expected go-live.
    pub(super) when: ExpectedMove,
    pub(super) bearer: Option<OrganisationIx>,
}

/// Books the work of all moves and counts it.
pub(super) fn book(programme: &Programme, plan: &Plan, moves: &[ExpectedMove], values: &Values, ledger: &mut Ledger) -> Effort {
    let months = programme.frame.period.months();
    let mut effort = Effort {
        days: vec![vec![0.0; months]; programme.roles.len()],
        services: vec![ServiceWork::default(); programme.services.len()],
        hours_per_day: programme.staff.hours_per_day.of(values),
        ..Effort::default()
    };
    let mut sources: BTreeSet<(InstanceIx, MoveKindIx)> = BTreeSet::new();
    for (m, when) in plan.moves.iter().zip(moves) {
        let service = &programme.services[m.service.0];
        let users = service.slots[m.slot].users.unwrap_or(service.users);
        let kind = &programme.move_kinds[m.kind.0];
        let bearer = service.organisation.or(programme.frame.lead);
        let job = Job {
            items: &kind.work,
            service: Some(m.service),
            users: users.of(values),
            patients: service.patients.map_or(0.0, |p| p.of(values)),
            uses: std::iter::once(users).chain(service.patients).collect(),
            first_from_source: sources.insert((m.from, m.kind)),
            when: *when,
            bearer,
        };
        book_work(programme, &job, values, |item| Lineage::MoveWork(m.service, m.kind, item), ledger, &mut effort);
        let staff = Staff { programme, kind, m, users, bearer, values };
        staff.book_training(*when, ledger, &mut effort);
        // Nobody works less well on a system that a later move overtook before it was live.
        let key = (m.service, m.slot);
        let overtaken =
            plan.moves.iter().zip(moves).any(|(o, w)| (o.service, o.slot) == key && o.go_live > m.go_live && w.live <= when.live);
        if !overtaken {
            staff.book_dip(*when, ledger, &mut effort);
        }
    }
    for (i, link) in plan.links.iter().enumerate() {
        super::link::book_build(programme, &plan.links[i], values, ledger, &mut effort);
        debug_assert!(link.live.is_some() || programme.links[link.link.0].baseline, "only baseline links lack a date");
    }
    book_commitments(programme, values, ledger);
    book_team_hold(programme, moves, values, ledger);
    effort
}

/// Books work items and counts their days.
pub(super) fn book_work(
    programme: &Programme,
    job: &Job<'_>,
    values: &Values,
    lineage: impl Fn(usize) -> Lineage,
    ledger: &mut Ledger,
    effort: &mut Effort,
) {
    for (i, item) in job.items.iter().enumerate() {
        let of = |n: &Option<Assumed<f64>>| n.map_or(0.0, |n| n.of(values));
        let fixed = |n: &Option<Assumed<f64>>| if item.once_per_source && !job.first_from_source { 0.0 } else { of(n) };
        let (role, days, amount, mut uses) = match &item.work {
            Work::Days { role, fixed: f, per_user } => {
                let days = fixed(f) + of(per_user) * job.users;
                let rate = programme.roles[role.0].day_rate;
                (Some(*role), days, days * rate.of(values), [*f, *per_user, Some(rate)])
            }
            Work::Money { fixed: f, per_user, per_patient } => {
                (None, 0.0, fixed(f) + of(per_user) * job.users + of(per_patient) * job.patients, [*f, *per_user, *per_patient])
            }
        };
        let when = spread(programme, item.timing, job.when);
        let parts = f64::from(u32::try_from(when.len().max(1)).expect("few parts"));
        let external = role.is_none_or(|r| programme.roles[r.0].external);
        if let Some(role) = role {
            for &month in &when {
                if let Some(index) = ledger.counted(month) {
                    effort.days[role.0][index] += days / parts;
                    effort.of_service(job.service, external, days / parts);
                }
            }
        }
        effort.sunk |= amount > 0.0 && when.iter().any(|&m| ledger.sunk(m));
        let category = if external { Category::External } else { Category::InternalEffort };
        let mut line = CostLine::new(category, lineage(i), job.bearer);
        line.bias = item.bias;
        line.asset = item.asset;
        let scaled = uses.iter_mut().flatten().map(|n| *n).chain(job.uses.iter().copied());
        ledger.book(line.using(scaled), when.iter().map(|&m| (m, amount / parts)));
    }
}

/// The months in which an item is done, each an equal part of it.
fn spread(programme: &Programme, timing: Timing, when: ExpectedMove) -> Vec<i32> {
    match timing {
        Timing::Before { starts, lasts } => {
            let first = when.planned - 3 * offset_of(starts);
            (first..).take(3 * lasts).collect()
        }
        Timing::After { weeks } => (0..weeks).map(|w| week_month(programme, when.live, w)).collect(),
    }
}

/// The month in which week `week` (from 0) after go-live begins.
fn week_month(programme: &Programme, live: i32, week: usize) -> i32 {
    let period = &programme.frame.period;
    let first_day = period.start().plus(live).first_day();
    let days = i64::try_from(7 * week).expect("a few weeks");
    let day = first_day.checked_add(days.days()).unwrap_or(first_day);
    period.offset(crate::quantity::Month::of(day))
}

struct Staff<'a> {
    programme: &'a Programme,
    kind: &'a MoveKind,
    m: &'a Move,
    users: Assumed<f64>,
    bearer: Option<OrganisationIx>,
    values: &'a Values,
}

impl Staff<'_> {
    /// `users x hours x rate`, the backfilled share in cash. Stays where it was planned.
    fn book_training(&self, when: ExpectedMove, ledger: &mut Ledger, effort: &mut Effort) {
        let Some(training) = &self.kind.training else { return };
        let staff = &self.programme.staff;
        let hours = self.users.of(self.values) * training.hours.of(self.values);
        let months = 3 * training.lasts;
        let first = when.planned - 3 * offset_of(training.starts);
        let counted: f64 = evenly(first, months, hours).filter(|(m, _)| ledger.counted(*m).is_some()).map(|(_, h)| h).sum();
        effort.training_hours += counted;
        effort.services[self.m.service.0].training_hours += counted;
        effort.sunk |= hours > 0.0 && ledger.sunk(first);
        let mut line = CostLine::new(Category::Training, Lineage::Training(self.m.service), self.bearer);
        line.cash = staff.backfilled.of(self.values);
        let line = line.using([self.users, training.hours, staff.training_rate]);
        ledger.book(line, evenly(first, months, hours * staff.training_rate.of(self.values)));
    }

    /// `users x patient-facing share x weekly hours x loss`, week by week from the expected go-live.
    fn book_dip(&self, when: ExpectedMove, ledger: &mut Ledger, effort: &mut Effort) {
        let (programme, values) = (self.programme, self.values);
        let (staff, service) = (&programme.staff, &programme.services[self.m.service.0]);
        let weekly = self.users.of(values) * service.patient_facing.of(values) * staff.hours_per_week.of(values);
        let mut line = CostLine::new(Category::Dip, Lineage::Dip(self.m.service), self.bearer);
        line.cash = 0.0;
        let mut amounts: Vec<(i32, f64)> = Vec::new();
        let mut week = 0;
        for step in &self.kind.dip {
            for _ in 0..step.weeks {
                let hours = weekly * step.loss.of(values);
                let month = week_month(programme, when.live, week);
                if ledger.counted(month).is_some() {
                    effort.dip_hours += hours;
                    effort.services[self.m.service.0].dip_hours += hours;
                }
                amounts.push((month, hours * staff.dip_rate.of(values)));
                week += 1;
            }
        }
        let losses = self.kind.dip.iter().map(|s| s.loss);
        let line =
            line.using([self.users, service.patient_facing, staff.hours_per_week, staff.dip_rate].into_iter().chain(losses));
        ledger.book(line, amounts);
    }
}

/// The cost to complete each commitment, spread from the first month that counts to its planned go-live.
fn book_commitments(programme: &Programme, values: &Values, ledger: &mut Ledger) {
    let period = &programme.frame.period;
    let first = offset_of(period.first_counted());
    for (i, commitment) in programme.commitments.iter().enumerate() {
        let Some(cost) = commitment.cost else { continue };
        let months = usize::try_from(period.offset(commitment.go_live) - first).unwrap_or(0).max(1);
        let bearer = commitment.body.or(programme.frame.lead);
        let line = CostLine::new(Category::External, Lineage::Commitment(CommitmentIx(i)), bearer).using([cost]);
        ledger.book(line, evenly(first, months, cost.of(values)));
    }
}

/// The team is held in every month in which some go-live is due but has not come.
fn book_team_hold(programme: &Programme, moves: &[ExpectedMove], values: &Values, ledger: &mut Ledger) {
    let Some(hold) = programme.staff.team_hold else { return };
    let months: BTreeSet<i32> = moves.iter().flat_map(|m| m.planned..m.live).collect();
    let line = CostLine::new(Category::InternalEffort, Lineage::TeamHold, programme.frame.lead).using([hold]);
    ledger.book(line, months.into_iter().map(|m| (m, hold.of(values))));
}

/// Days of a role in a month, for tests and tables.
impl std::ops::Index<(RoleIx, MonthIndex)> for Effort {
    type Output = f64;
    fn index(&self, (role, month): (RoleIx, MonthIndex)) -> &f64 {
        &self.days[role.0][month]
    }
}
