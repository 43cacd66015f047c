//! Who uses which instance in which month.

use crate::assumption::{Handle, Values};
use crate::plan::{ExpectedMove, Move, Plan, Sequence, Timetable};
use crate::programme::{InstanceIx, Programme, ServiceIx};
use crate::quantity::{MonthIndex, offset_of};
use std::sync::Arc;

/// How a slot uses an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UseState {
    /// In live use.
    Live,
    /// Paid for before go-live.
    Provisioned,
    /// Kept running beside the system that is live.
    Parallel,
}

/// A stretch of use, in months of the period: `from` up to but not including `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stint {
    /// Service.
    pub service: ServiceIx,
    /// Slot, by position.
    pub slot: usize,
    /// Instance.
    pub instance: InstanceIx,
    /// How it is used.
    pub state: UseState,
    /// First month.
    pub from: MonthIndex,
    /// The month after the last.
    pub to: MonthIndex,
    /// Users.
    pub users: f64,
}

/// Users below which there are none.
const NOBODY: f64 = 1e-9;

/// A slot of a service with its users.
struct SlotUse {
    service: ServiceIx,
    slot: usize,
    users: f64,
}

/// Users of one instance, month by month.
#[derive(Debug, Clone, PartialEq)]
pub struct InstanceUsage {
    /// In live use.
    pub live: Vec<f64>,
    /// Paid for before go-live.
    pub provisioned: Vec<f64>,
    /// Kept in parallel.
    pub parallel: Vec<f64>,
    /// Stretches of months in which anybody uses it, once settled.
    busy: Vec<(MonthIndex, MonthIndex)>,
    /// Months in which other numbers use it than in the month before, once settled.
    steps: Vec<MonthIndex>,
}

impl InstanceUsage {
    /// Nobody in any of so many months.
    pub(crate) fn none(months: usize) -> Self {
        let nobody = || vec![0.0; months];
        Self { live: nobody(), provisioned: nobody(), parallel: nobody(), busy: Vec::new(), steps: Vec::new() }
    }

    /// Of an instance, by all stints on it in the order of services.
    pub(crate) fn by_all(programme: &Programme, stints: &[Stint], values: &Values) -> Self {
        // Between these months nothing changes, so each stretch is worked out as if it were one month.
        let mut edges: Vec<MonthIndex> = Vec::with_capacity(2 * stints.len() + 2);
        edges.extend([0, programme.frame.period.months()]);
        edges.extend(stints.iter().flat_map(|s| [s.from, s.to]));
        edges.sort_unstable();
        edges.dedup();
        let at = |month: MonthIndex| edges.partition_point(|edge| *edge < month);
        let stints: Vec<Stint> = stints.iter().map(|s| Stint { from: at(s.from), to: at(s.to), ..*s }).collect();
        let mut used = Self::none(edges.len() - 1);
        // Most pairs of services that share staff are not both on one instance.
        let mut of: Vec<&[Stint]> = vec![&[]; programme.services.len()];
        for own in stints.chunk_by(|a, b| a.service == b.service) {
            used.add(own.iter().copied());
            of[own[0].service.0] = own;
        }
        for shared in &programme.shared_staff {
            let (one, other) = (of[shared.one.0], of[shared.other.0]);
            if !one.is_empty() && !other.is_empty() {
                used.share(one, other, shared.users.of(values));
            }
        }
        used.settled().by_month(&edges)
    }

    /// By month, from stretches as if they were months: the first of each, and the month after the last.
    fn by_month(mut self, edges: &[MonthIndex]) -> Self {
        let months = |stretches: &[f64]| {
            let mut all = Vec::with_capacity(edges[edges.len() - 1]);
            for (users, ends) in stretches.iter().zip(edges.windows(2)) {
                all.resize(ends[1], *users);
            }
            all
        };
        self.busy.iter_mut().for_each(|(from, to)| (*from, *to) = (edges[*from], edges[*to]));
        self.steps.iter_mut().for_each(|step| *step = edges[*step]);
        let [live, provisioned, parallel] = [&self.live, &self.provisioned, &self.parallel].map(|s| months(s));
        Self { live, provisioned, parallel, ..self }
    }

    /// Adds the users of one service, by its stints on this instance. Somebody who uses an instance in two
    /// slots, or in two ways in a month, is one user of it: live before provisioned before parallel.
    pub(crate) fn add(&mut self, stints: impl Iterator<Item = Stint> + Clone) {
        let together = |a: &Stint, b: &Stint| a.from < b.to && b.from < a.to;
        let apart = stints.clone().enumerate().all(|(i, a)| stints.clone().take(i).all(|b| !together(&a, &b)));
        if apart {
            for stint in stints {
                let series = match stint.state {
                    UseState::Live => &mut self.live,
                    UseState::Provisioned => &mut self.provisioned,
                    UseState::Parallel => &mut self.parallel,
                };
                for month in &mut series[stint.from..stint.to] {
                    *month += stint.users;
                }
            }
            return;
        }
        let from = stints.clone().map(|s| s.from).min().unwrap_or(0);
        let to = stints.clone().map(|s| s.to).max().unwrap_or(0);
        for month in from..to {
            let most = |state: UseState| {
                let now = stints.clone().filter(|s| s.state == state && s.from <= month && month < s.to);
                now.map(|s| s.users).fold(0.0, f64::max)
            };
            let live = most(UseState::Live);
            let ready = live.max(most(UseState::Provisioned));
            let all = ready.max(most(UseState::Parallel));
            self.live[month] += live;
            self.provisioned[month] += ready - live;
            self.parallel[month] += all - ready;
        }
    }

    /// Takes out staff of two services who would be counted twice, by the stints of each service on this instance: in a
    /// month in which both use it they are users of the one that uses it more directly, live before provisioned before
    /// parallel.
    pub(crate) fn share(&mut self, one: &[Stint], other: &[Stint], staff: f64) {
        let disjoint =
            |own: &[Stint]| own.iter().enumerate().all(|(i, a)| own[..i].iter().all(|b| a.to <= b.from || b.to <= a.from));
        if disjoint(one) && disjoint(other) {
            for (a, b) in one.iter().flat_map(|a| other.iter().map(move |b| (a, b))) {
                let counted_twice = staff.min(a.users).min(b.users);
                let (from, to) = (a.from.max(b.from), a.to.min(b.to));
                self.of(a.state.max(b.state))[from.min(to)..to].iter_mut().for_each(|users| *users -= counted_twice);
            }
            return;
        }
        // Somebody in two slots of one service is one user of it, by the state nearest to live use.
        let on = |own: &[Stint], month: MonthIndex| {
            let now = || own.iter().filter(move |s| s.from <= month && month < s.to);
            let users = now().map(|s| s.users).fold(0.0, f64::max);
            now().map(|s| s.state).min().map(|state| (state, users))
        };
        for month in 0..self.live.len() {
            let (Some((first, of_one)), Some((second, of_other))) = (on(one, month), on(other, month)) else { continue };
            self.of(first.max(second))[month] -= staff.min(of_one).min(of_other);
        }
    }

    fn of(&mut self, state: UseState) -> &mut [f64] {
        match state {
            UseState::Live => &mut self.live,
            UseState::Provisioned => &mut self.provisioned,
            UseState::Parallel => &mut self.parallel,
        }
    }

    /// Adds what another use is, so many times.
    pub(crate) fn plus(&mut self, other: &Self, times: f64) {
        let of =
            [(&mut self.live, &other.live), (&mut self.provisioned, &other.provisioned), (&mut self.parallel, &other.parallel)];
        for (own, more) in of {
            own.iter_mut().zip(more).for_each(|(users, n)| *users += times * n);
        }
    }

    /// The same with nobody less than nobody, where services share more staff than they have; and the last digit of a sum
    /// is nobody.
    pub(crate) fn settled(mut self) -> Self {
        let series = [&mut self.live, &mut self.provisioned, &mut self.parallel];
        series.into_iter().flatten().for_each(|users| *users = if *users < NOBODY { 0.0 } else { *users });
        self.busy.clear();
        self.steps.clear();
        let mut before = (0.0, 0.0, 0.0);
        let mut since = None;
        for month in 0..self.live.len() {
            let now = (self.live[month], self.provisioned[month], self.parallel[month]);
            if now == before {
                continue;
            }
            before = now;
            self.steps.push(month);
            match (since, self.total(month) > 0.0) {
                (None, true) => since = Some(month),
                (Some(from), false) => {
                    self.busy.push((from, month));
                    since = None;
                }
                _ => {}
            }
        }
        self.busy.extend(since.map(|from| (from, self.live.len())));
        self
    }

    /// The most that are ever in live use.
    pub(super) fn most_live(&self) -> f64 {
        self.steps.iter().map(|m| self.live[*m]).fold(0.0, f64::max)
    }

    /// Stretches of months in which anybody uses it: the first, and the month after the last.
    pub(super) fn busy(&self) -> &[(MonthIndex, MonthIndex)] {
        &self.busy
    }

    /// The months in which the numbers of its users change.
    pub(super) fn steps(&self) -> &[MonthIndex] {
        &self.steps
    }

    /// All of them in a month.
    #[must_use]
    pub fn total(&self, month: MonthIndex) -> f64 {
        self.live[month] + self.provisioned[month] + self.parallel[month]
    }

    /// The month after the last with any use; `None` if it is never used.
    #[must_use]
    pub fn left(&self) -> Option<MonthIndex> {
        self.busy.last().map(|(_, to)| *to)
    }
}

/// Uses of instances that were met on some values, so that plans that use an instance in the same way share its use.
#[derive(Debug, Default)]
pub struct Met {
    by_instance: Vec<Vec<(Vec<Stint>, Arc<InstanceUsage>)>>,
    /// Stints of the plan at hand, by instance.
    own: Vec<Vec<Stint>>,
}

impl Met {
    /// Forgets all, for other values.
    pub fn forget(&mut self) {
        self.by_instance.iter_mut().for_each(Vec::clear);
    }

    /// Which of the uses of an instance one is.
    #[must_use]
    pub fn number(&self, instance: InstanceIx, used: &Arc<InstanceUsage>) -> Option<usize> {
        self.by_instance[instance.0].iter().position(|(_, known)| Arc::ptr_eq(known, used))
    }
}

/// Who uses what when.
#[derive(Debug, Clone, PartialEq)]
pub struct Usage {
    /// By instance, in the programme's order.
    pub instances: Vec<Arc<InstanceUsage>>,
    /// Stretches of use by service and slot, in order.
    pub stints: Vec<Stint>,
}

impl Usage {
    /// Use that follows from a plan's moves. The new instance is provisioned from its head start
    /// before the *planned* go-live until the expected one; the old one runs in parallel for the
    /// overlap after the expected one. Months are clipped to the period.
    #[must_use]
    pub fn of(programme: &Programme, plan: &Plan, sequence: &Sequence, timetable: &Timetable, values: &Values) -> Self {
        Self::met(programme, plan, sequence, timetable, values, &mut Met::default())
    }

    /// The same, where some uses of instances are known on these values.
    #[must_use]
    pub fn met(
        programme: &Programme,
        plan: &Plan,
        sequence: &Sequence,
        timetable: &Timetable,
        values: &Values,
        met: &mut Met,
    ) -> Self {
        let stints = Vec::with_capacity(4 * programme.services.len());
        let mut usage = Self { instances: Vec::with_capacity(programme.instances.len()), stints };
        for (s, service) in programme.services.iter().enumerate() {
            for (slot, held) in service.slots.iter().enumerate() {
                let slot = SlotUse { service: ServiceIx(s), slot, users: service.users_of(held).of(values) };
                let moves = sequence.of_slot(plan, slot.service, slot.slot).map(|m| (&plan.moves[m], timetable.moves[m]));
                usage.follow(programme, timetable, &slot, moves);
            }
        }
        met.by_instance.resize_with(programme.instances.len(), Vec::new);
        met.own.resize_with(programme.instances.len(), Vec::new);
        met.own.iter_mut().for_each(Vec::clear);
        for stint in &usage.stints {
            met.own[stint.instance.0].push(*stint);
        }
        for (own, known) in met.own.iter().zip(&mut met.by_instance) {
            let at = known.iter().position(|(stints, _)| stints == own).unwrap_or_else(|| {
                known.push((own.clone(), Arc::new(InstanceUsage::by_all(programme, own, values))));
                known.len() - 1
            });
            usage.instances.push(Arc::clone(&known[at].1));
        }
        usage
    }

    /// The stints of one slot.
    pub(crate) fn of_slot(
        programme: &Programme,
        (plan, sequence, timetable): (&Plan, &Sequence, &Timetable),
        (service, slot): (ServiceIx, usize),
        values: &Values,
    ) -> Vec<Stint> {
        let held = &programme.services[service.0];
        let own = SlotUse { service, slot, users: held.users_of(&held.slots[slot]).of(values) };
        let moves = sequence.of_slot(plan, service, slot).map(|m| (&plan.moves[m], timetable.moves[m]));
        let mut usage = Self { instances: Vec::new(), stints: Vec::new() };
        usage.follow(programme, timetable, &own, moves);
        usage.stints
    }

    fn follow<'a>(
        &mut self,
        programme: &Programme,
        timetable: &Timetable,
        slot: &SlotUse,
        moves: impl Iterator<Item = (&'a Move, ExpectedMove)>,
    ) {
        let end = programme.frame.period.months();
        let mut live_from = 0;
        let mut on = programme.services[slot.service.0].slots[slot.slot].instance;
        for (m, when) in moves {
            self.stint(slot, end, on, UseState::Live, (live_from, when.live));
            self.stint(slot, end, m.to, UseState::Provisioned, (when.planned - timetable.head_start(m.kind), when.live));
            // A system that was never live is not kept in parallel.
            if when.live > live_from {
                let to = when.live.saturating_add(timetable.overlap(m.kind));
                self.stint(slot, end, m.from, UseState::Parallel, (when.live, to));
            }
            on = m.to;
            live_from = when.live;
        }
        self.stint(slot, end, on, UseState::Live, (live_from, offset_of(end)));
    }

    fn stint(&mut self, slot: &SlotUse, end: usize, instance: InstanceIx, state: UseState, (from, to): (i32, i32)) {
        let clip = |m: i32| usize::try_from(m).unwrap_or(0).min(end);
        let (from, to) = (clip(from), clip(to));
        if from < to {
            self.stints.push(Stint { service: slot.service, slot: slot.slot, instance, state, from, to, users: slot.users });
        }
    }

    /// The stints of a service.
    #[must_use]
    pub fn of_service(&self, service: ServiceIx) -> &[Stint] {
        of_service(&self.stints, service)
    }

    /// The stints of a service on an instance.
    pub(crate) fn of_both(&self, service: ServiceIx, instance: InstanceIx) -> Vec<Stint> {
        self.of_service(service).iter().filter(|s| s.instance == instance).copied().collect()
    }

    /// The stints on an instance.
    pub fn on(&self, instance: InstanceIx) -> impl Iterator<Item = Stint> {
        self.stints.iter().filter(move |s| s.instance == instance).copied()
    }

    /// The numbers of users that the use of an instance rests on.
    #[must_use]
    pub fn users_from(&self, programme: &Programme, instance: InstanceIx) -> Vec<Handle> {
        let mut handles: Vec<Handle> = self
            .on(instance)
            .map(|s| {
                let service = &programme.services[s.service.0];
                service.users_of(&service.slots[s.slot]).handle()
            })
            .collect();
        let here = |s: ServiceIx| self.of_service(s).iter().any(|stint| stint.instance == instance);
        let shared = programme.shared_staff.iter().filter(|s| here(s.one) && here(s.other));
        handles.extend(shared.map(|s| s.users.handle()));
        handles.sort_unstable();
        handles.dedup();
        handles
    }
}

/// The stints of a service among some that are in the order of services.
fn of_service(stints: &[Stint], service: ServiceIx) -> &[Stint] {
    let first = stints.partition_point(|s| s.service < service);
    let end = stints.partition_point(|s| s.service <= service);
    &stints[first..end]
}

/// The instances of some stints, each once, in order.
pub(crate) fn instances(stints: &[Stint]) -> Vec<InstanceIx> {
    let mut all: Vec<InstanceIx> = stints.iter().map(|s| s.instance).collect();
    all.sort_unstable();
    all.dedup();
    all
}
