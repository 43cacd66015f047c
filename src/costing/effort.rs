//! Migration effort: work, training, the dip after go-live, and holding the team while dates slip.

use super::Course;
use super::ledger::{Book, CostLine, Lineage, Worker, evenly, evenly_over};
use crate::assumption::{Assumed, Values};
use crate::plan::{ExpectedMove, Move};
use crate::programme::{
    Category, CommitmentIx, MoveKind, OrganisationIx, Programme, RoleIx, Service, ServiceIx, Timing, Work, WorkItem,
};
use crate::quantity::{Month, MonthIndex, Quarter, offset_of};
use std::collections::BTreeMap;

/// Work of one plan. Only months that count are in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Effort {
    /// Days by role (in the programme's order) and month.
    pub days: Vec<Vec<f64>>,
    /// Days by month of the own team of a body, for roles with such teams.
    pub teams: BTreeMap<(RoleIx, OrganisationIx), Vec<f64>>,
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
    /// None yet.
    #[must_use]
    pub fn none(programme: &Programme, values: &Values) -> Self {
        Self {
            days: vec![vec![0.0; programme.frame.period.months()]; programme.roles.len()],
            services: vec![ServiceWork::default(); programme.services.len()],
            hours_per_day: programme.staff.hours_per_day.of(values),
            ..Self::default()
        }
    }

    /// Days of own (`false`) or bought-in (`true`) roles.
    #[must_use]
    pub fn days_of(&self, programme: &Programme, external: bool) -> f64 {
        let roles = programme.roles.iter().zip(&self.days);
        // The sum of nothing is -0.
        0.0 + roles.filter(|(r, _)| r.external == external).flat_map(|(_, d)| d).sum::<f64>()
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

    /// Counts days of a month.
    pub(super) fn worked(&mut self, who: Worker, month: MonthIndex, days: f64) {
        self.days[who.role.0][month] += days;
        if let Some(body) = who.team {
            let months = self.days[who.role.0].len();
            self.teams.entry((who.role, body)).or_insert_with(|| vec![0.0; months])[month] += days;
        }
        if let Some(work) = who.service.map(|s| &mut self.services[s.0]) {
            let sum = if who.external { &mut work.external_days } else { &mut work.internal_days };
            *sum += days;
        }
    }
}

impl Worker {
    /// Somebody of a role, of the team of a body where it has one of its own.
    pub(super) fn of(programme: &Programme, role: RoleIx, body: Option<OrganisationIx>, service: Option<ServiceIx>) -> Self {
        let own = &programme.roles[role.0];
        let team = body.filter(|b| own.teams.iter().any(|(team, _)| team == b));
        Self { role, external: own.external, team, service }
    }
}

/// For whom, when and at whose cost work is done.
pub(super) struct Job {
    /// The service that is moved; none where the work is of no one service.
    pub(super) service: Option<ServiceIx>,
    pub(super) users: f64,
    pub(super) patients: f64,
    /// Numbers that users and records rest on.
    pub(super) uses: [Option<Assumed<f64>>; 2],
    /// Whether amounts paid once per source are due.
    pub(super) first_from_source: bool,
    /// Planned and expected go-live.
    pub(super) when: ExpectedMove,
    pub(super) bearer: Option<OrganisationIx>,
}

/// One move with what its work, training and dip have in common.
struct Step<'a> {
    course: &'a Course<'a>,
    position: usize,
    m: &'a Move,
    when: ExpectedMove,
    kind: &'a MoveKind,
    service: &'a Service,
    users: Assumed<f64>,
    bearer: Option<OrganisationIx>,
}

impl<'a> Step<'a> {
    fn of(course: &'a Course<'a>, position: usize) -> Self {
        let programme = course.programme;
        let m = &course.plan.moves[position];
        let service = &programme.services[m.service.0];
        Self {
            course,
            position,
            m,
            when: course.timetable.moves[position],
            kind: &programme.move_kinds[m.kind.0],
            service,
            users: service.users_of(&service.slots[m.slot]),
            bearer: service.organisation.or(programme.frame.lead),
        }
    }

    /// Nobody works less well on a system that a later move overtook before it was live.
    fn overtaken(&self) -> bool {
        let sequence = self.course.sequence;
        std::iter::successors(sequence.next(self.position), |n| sequence.next(*n)).any(|later| {
            self.course.plan.moves[later].go_live > self.m.go_live && self.course.timetable.moves[later].live <= self.when.live
        })
    }
}

/// Books a work item (by position) of a move.
pub(super) fn book_move_work(course: &Course<'_>, (position, item): (usize, usize), values: &Values, book: &mut impl Book) {
    let step = Step::of(course, position);
    let job = Job {
        service: Some(step.m.service),
        users: step.users.of(values),
        patients: step.service.patients.map_or(0.0, |p| p.of(values)),
        uses: [Some(step.users), step.service.patients],
        first_from_source: course.sequence.first_from_source(position),
        when: step.when,
        bearer: step.bearer,
    };
    let lineage = Lineage::MoveWork(step.m.service, step.m.kind, item);
    book_work(course, &job, (&step.kind.work[item], lineage), values, book);
}

/// Books the work on a hazard (by position) of a move: days of a role in the quarter before the planned go-live.
pub(super) fn book_hazard(course: &Course<'_>, (position, hazard): (usize, usize), values: &Values, book: &mut impl Book) {
    let Some((role, days)) = course.programme.hazards[hazard].officer else { return };
    let step = Step::of(course, position);
    let job = Job {
        service: Some(step.m.service),
        users: 0.0,
        patients: 0.0,
        uses: [None, None],
        first_from_source: true,
        when: step.when,
        bearer: step.bearer,
    };
    let item = WorkItem {
        id: String::new(),
        work: Work::Days { role, fixed: Some(days), per_user: None },
        timing: Timing::Before { starts: 1, lasts: 1 },
        once_per_source: false,
        bias: None,
        asset: None,
    };
    book_work(course, &job, (&item, Lineage::Hazard(step.m.service, hazard)), values, book);
}

/// Books a work item and counts its days.
pub(super) fn book_work(
    course: &Course<'_>,
    job: &Job,
    (item, lineage): (&WorkItem, Lineage),
    values: &Values,
    book: &mut impl Book,
) {
    let roles = &course.programme.roles;
    let of = |n: &Option<Assumed<f64>>| n.map_or(0.0, |n| n.of(values));
    let fixed = |n: &Option<Assumed<f64>>| if item.once_per_source && !job.first_from_source { 0.0 } else { of(n) };
    let (role, days, amount, uses) = match &item.work {
        Work::Days { role, fixed: f, per_user } => {
            let days = fixed(f) + of(per_user) * job.users;
            let rate = roles[role.0].day_rate;
            (Some(*role), days, days * rate.of(values), [*f, *per_user, Some(rate)])
        }
        Work::Money { fixed: f, per_user, per_patient } => {
            (None, 0.0, fixed(f) + of(per_user) * job.users + of(per_patient) * job.patients, [*f, *per_user, *per_patient])
        }
    };
    let when = Spread::of(course.programme, item.timing, job.when);
    let parts = f64::from(u32::try_from(when.parts().max(1)).expect("few parts"));
    let window = course.window();
    let external = role.is_none_or(|r| roles[r.0].external);
    if let Some(role) = role {
        let who = Worker::of(course.programme, role, job.bearer, job.service);
        book.days(who, when.clone().filter_map(|m| window.counted(m)), days / parts);
    }
    if amount > 0.0 && when.first().is_some_and(|m| window.sunk(m)) {
        book.sunk();
    }
    let category = if external { Category::External } else { Category::InternalEffort };
    let mut line = CostLine::new(category, lineage, job.bearer);
    line.bias = item.bias;
    line.asset = item.asset;
    let uses = uses.into_iter().chain(job.uses).flatten().map(Assumed::handle);
    match when {
        Spread::Months(months) => book.enter_stretches(line, uses, [(months.start, months.end, amount / parts)]),
        Spread::Weeks(..) => book.enter(line, uses, when.map(|m| (m, amount / parts))),
    }
}

/// The months in which an item is done, each an equal part of it.
#[derive(Debug, Clone)]
enum Spread {
    /// Month by month, before go-live.
    Months(std::ops::Range<i32>),
    /// Week by week, after it.
    Weeks(std::iter::Take<Weeks>, usize),
}

impl Spread {
    fn of(programme: &Programme, timing: Timing, when: ExpectedMove) -> Self {
        match timing {
            Timing::Before { starts, lasts } => {
                let first = when.planned - 3 * offset_of(starts);
                Self::Months(first..first + 3 * offset_of(lasts))
            }
            Timing::After { weeks } => Self::Weeks(Weeks::from(programme, when.live).take(weeks), weeks),
        }
    }

    /// The first of them; none comes before it.
    fn first(&self) -> Option<i32> {
        self.clone().next()
    }

    fn parts(&self) -> usize {
        match self {
            Self::Months(months) => months.len(),
            Self::Weeks(_, weeks) => *weeks,
        }
    }
}

impl Iterator for Spread {
    type Item = i32;

    fn next(&mut self) -> Option<i32> {
        match self {
            Self::Months(months) => months.next(),
            Self::Weeks(weeks, _) => weeks.next(),
        }
    }
}

/// The months, as offsets, in which the weeks from a go-live on begin.
#[derive(Debug, Clone)]
struct Weeks {
    month: Month,
    offset: i32,
    day: i8,
}

impl Weeks {
    fn from(programme: &Programme, live: i32) -> Self {
        Self { month: programme.frame.period.start().plus(live), offset: live, day: 1 }
    }
}

impl Iterator for Weeks {
    type Item = i32;

    fn next(&mut self) -> Option<i32> {
        let offset = self.offset;
        self.day += 7;
        // No month is shorter than four weeks.
        if self.day > 28 {
            let days = self.month.first_day().days_in_month();
            if self.day > days {
                self.day -= days;
                self.month = self.month.plus(1);
                self.offset += 1;
            }
        }
        Some(offset)
    }
}

/// Training of a move: `users x hours x rate`, the backfilled share in cash. Stays where it was planned.
pub(super) fn book_training(course: &Course<'_>, position: usize, values: &Values, book: &mut impl Book) {
    let step = Step::of(course, position);
    let Some(training) = &step.kind.training else { return };
    let staff = &course.programme.staff;
    let hours = step.users.of(values) * training.hours.of(values);
    let months = 3 * training.lasts;
    let first = step.when.planned - 3 * offset_of(training.starts);
    let window = course.window();
    let counted = evenly(first, months, hours).filter(|(m, _)| window.counted(*m).is_some()).map(|(_, h)| h).sum::<f64>();
    book.training(step.m.service, counted);
    if hours > 0.0 && window.sunk(first) {
        book.sunk();
    }
    let mut line = CostLine::new(Category::Training, Lineage::Training(step.m.service), step.bearer);
    line.cash = staff.backfilled.of(values);
    let uses = [step.users, training.hours, staff.training_rate].map(Assumed::handle);
    book.enter_stretches(line, uses, evenly_over(first, months, hours * staff.training_rate.of(values)));
}

/// Dip of a move: `users x patient-facing share x weekly hours x loss`, week by week from the expected
/// go-live.
pub(super) fn book_dip(course: &Course<'_>, position: usize, values: &Values, book: &mut impl Book) {
    let step = Step::of(course, position);
    if step.overtaken() {
        return;
    }
    let (staff, service) = (&course.programme.staff, step.service);
    let weekly = step.users.of(values) * service.patient_facing.of(values) * staff.hours_per_week.of(values);
    let rate = staff.dip_rate.of(values);
    let losses = step.kind.dip.iter().flat_map(|s| std::iter::repeat_n(s.loss.of(values), s.weeks));
    let hours = Weeks::from(course.programme, step.when.live).zip(losses.map(|loss| weekly * loss));
    let window = course.window();
    for (_, hours) in hours.clone().filter(|(m, _)| window.counted(*m).is_some()) {
        book.dip(step.m.service, hours);
    }
    let mut line = CostLine::new(Category::Dip, Lineage::Dip(step.m.service), step.bearer);
    line.cash = 0.0;
    let uses = [step.users, service.patient_facing, staff.hours_per_week, staff.dip_rate];
    let uses = uses.into_iter().chain(step.kind.dip.iter().map(|s| s.loss)).map(Assumed::handle);
    book.enter(line, uses, hours.map(|(m, h)| (m, h * rate)));
}

/// The cost to complete a commitment, spread from the first month that counts to its planned go-live.
pub(super) fn book_commitment(course: &Course<'_>, ix: CommitmentIx, values: &Values, book: &mut impl Book) {
    let period = &course.programme.frame.period;
    let commitment = &course.programme.commitments[ix.0];
    let Some(cost) = commitment.cost else { return };
    let first = offset_of(period.first_counted());
    let months = usize::try_from(period.offset(commitment.go_live) - first).unwrap_or(0).max(1);
    let bearer = commitment.body.or(course.programme.frame.lead);
    let line = CostLine::new(Category::External, Lineage::Commitment(ix), bearer);
    book.enter(line, [cost.handle()], evenly(first, months, cost.of(values)));
}

/// The line on which holding the team is booked.
#[must_use]
pub fn team_hold_line(programme: &Programme) -> CostLine {
    CostLine::new(Category::InternalEffort, Lineage::TeamHold, programme.frame.lead)
}

/// The team is held in every month in which some go-live is due but has not come, at `fixed + per user x users moved`.
pub(super) fn book_team_hold(course: &Course<'_>, values: &Values, book: &mut impl Book) {
    let programme = course.programme;
    let (fixed, per_user) = (programme.staff.team_hold, programme.staff.team_hold_per_user);
    if fixed.is_none() && per_user.is_none() {
        return;
    }
    let of = |n: Option<Assumed<f64>>| n.map_or(0.0, |n| n.of(values));
    let users = if per_user.is_some() { moved(course) } else { Vec::new() };
    let slots = users.chunk_by(|(one, _), (other, _)| one == other);
    let people: f64 = slots.map(|slots| slots.iter().map(|(_, u)| u.of(values)).fold(0.0, f64::max)).sum();
    let hold = of(fixed) + of(per_user) * people;
    // How many go-lives fall due, less how many come, by month.
    let mut change = vec![0_i32; programme.frame.period.months() + 1];
    let last = programme.frame.period.months();
    let month = |offset: i32| usize::try_from(offset).unwrap_or(0).min(last);
    for m in &course.timetable.moves {
        change[month(m.planned)] += 1;
        change[month(m.live)] -= 1;
    }
    let awaited = change.into_iter().scan(0, |awaited, change| {
        *awaited += change;
        Some(*awaited)
    });
    let held = (0..).zip(awaited).filter(|(_, awaited)| *awaited > 0).map(|(m, _)| m);
    let line = team_hold_line(programme);
    let uses = fixed.into_iter().chain(per_user).chain(users.into_iter().map(|(_, users)| users)).map(Assumed::handle);
    book.enter(line, uses, held.map(|m| (m, hold)));
}

/// Users of the slots that the plan moves, in the order of services: who moves in two slots is one user.
fn moved(course: &Course<'_>) -> Vec<(ServiceIx, Assumed<f64>)> {
    let users = |m: &Move| {
        let service = &course.programme.services[m.service.0];
        (m.service, service.users_of(&service.slots[m.slot]))
    };
    let mut users: Vec<(ServiceIx, Assumed<f64>)> = course.plan.moves.iter().map(users).collect();
    users.sort_by_key(|(service, _)| *service);
    users
}

/// Days of a role in a month, for tests and tables.
impl std::ops::Index<(RoleIx, MonthIndex)> for Effort {
    type Output = f64;
    fn index(&self, (role, month): (RoleIx, MonthIndex)) -> &f64 {
        &self.days[role.0][month]
    }
}
