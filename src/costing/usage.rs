//! Who uses which instance in which month.

use crate::assumption::{Handle, Values};
use crate::plan::{ExpectedMove, Plan};
use crate::programme::{InstanceIx, Programme, ServiceIx};
use crate::quantity::{MonthIndex, offset_of};

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
}

impl InstanceUsage {
    /// All of them in a month.
    #[must_use]
    pub fn total(&self, month: MonthIndex) -> f64 {
        self.live[month] + self.provisioned[month] + self.parallel[month]
    }

    /// The month after the last with any use; `None` if it is never used.
    #[must_use]
    pub fn left(&self) -> Option<MonthIndex> {
        (0..self.live.len()).rev().find(|&m| self.total(m) > 0.0).map(|m| m + 1)
    }
}

/// Who uses what when.
#[derive(Debug, Clone, PartialEq)]
pub struct Usage {
    /// By instance, in the programme's order.
    pub instances: Vec<InstanceUsage>,
    /// Stretches of use by service and slot, in order.
    pub stints: Vec<Stint>,
}

impl Usage {
    /// Use that follows from a plan's moves. The new instance is provisioned from its head start
    /// before the *planned* go-live until the expected one; the old one runs in parallel for the
    /// overlap after the expected one. Months are clipped to the period.
    #[must_use]
    pub fn of(programme: &Programme, plan: &Plan, moves: &[ExpectedMove], values: &Values) -> Self {
        let months = programme.frame.period.months();
        let none = || vec![0.0; months];
        let empty = InstanceUsage { live: none(), provisioned: none(), parallel: none() };
        let mut usage = Self { instances: vec![empty; programme.instances.len()], stints: Vec::new() };
        let by_slot = MovesBySlot::of(plan, moves);
        for (s, service) in programme.services.iter().enumerate() {
            let first = usage.stints.len();
            for (slot, held) in service.slots.iter().enumerate() {
                let users = held.users.unwrap_or(service.users).of(values);
                let slot = SlotUse { service: ServiceIx(s), slot, users };
                usage.follow(programme, values, &slot, by_slot.take((slot.service, slot.slot)));
            }
            usage.count(first);
        }
        usage
    }

    fn follow(&mut self, programme: &Programme, values: &Values, slot: &SlotUse, moves: &[(&crate::plan::Move, ExpectedMove)]) {
        let months = offset_of(programme.frame.period.months());
        let mut live_from = 0;
        let mut on = programme.services[slot.service.0].slots[slot.slot].instance;
        for (m, when) in moves {
            let kind = &programme.move_kinds[m.kind.0];
            let whole = |months: f64| crate::plan::whole_months(months);
            self.stint(slot, on, UseState::Live, (live_from, when.live));
            self.stint(slot, m.to, UseState::Provisioned, (when.planned - whole(kind.head_start.of(values)), when.live));
            // A system that was never live is not kept in parallel.
            if when.live > live_from {
                let overlap = whole(kind.overlap.of(values));
                self.stint(slot, m.from, UseState::Parallel, (when.live, when.live.saturating_add(overlap)));
            }
            on = m.to;
            live_from = when.live;
        }
        self.stint(slot, on, UseState::Live, (live_from, months));
    }

    fn stint(&mut self, slot: &SlotUse, instance: InstanceIx, state: UseState, (from, to): (i32, i32)) {
        let end = self.instances[instance.0].live.len();
        let clip = |m: i32| usize::try_from(m).unwrap_or(0).min(end);
        let (from, to) = (clip(from), clip(to));
        if from < to {
            self.stints.push(Stint { service: slot.service, slot: slot.slot, instance, state, from, to, users: slot.users });
        }
    }

    /// Adds the users of one service, whose stints start at `first`, to the instances it uses. Somebody
    /// who uses an instance in two slots, or in two ways in a month, is one user of it: live before
    /// provisioned before parallel.
    fn count(&mut self, first: usize) {
        let own = &self.stints[first..];
        let mut instances: Vec<InstanceIx> = own.iter().map(|s| s.instance).collect();
        instances.sort_unstable();
        instances.dedup();
        for instance in instances {
            let here: Vec<&Stint> = own.iter().filter(|s| s.instance == instance).collect();
            let used = &mut self.instances[instance.0];
            if let [only] = here.as_slice() {
                let series = match only.state {
                    UseState::Live => &mut used.live,
                    UseState::Provisioned => &mut used.provisioned,
                    UseState::Parallel => &mut used.parallel,
                };
                for month in &mut series[only.from..only.to] {
                    *month += only.users;
                }
                continue;
            }
            let span = here.iter().map(|s| s.from).min().unwrap_or(0)..here.iter().map(|s| s.to).max().unwrap_or(0);
            for month in span {
                let most = |state: UseState| {
                    let now = here.iter().filter(|s| s.state == state && s.from <= month && month < s.to);
                    now.map(|s| s.users).fold(0.0, f64::max)
                };
                let live = most(UseState::Live);
                let ready = live.max(most(UseState::Provisioned));
                let all = ready.max(most(UseState::Parallel));
                used.live[month] += live;
                used.provisioned[month] += ready - live;
                used.parallel[month] += all - ready;
            }
        }
    }

    /// The numbers of users that the use of an instance rests on.
    #[must_use]
    pub fn users_from(&self, programme: &Programme, instance: InstanceIx) -> Vec<Handle> {
        let own = self.stints.iter().filter(|s| s.instance == instance);
        let mut handles: Vec<Handle> = own
            .map(|s| {
                let service = &programme.services[s.service.0];
                service.slots[s.slot].users.unwrap_or(service.users).handle()
            })
            .collect();
        handles.sort_unstable();
        handles.dedup();
        handles
    }
}

/// Moves grouped by service and slot, each group in order of go-live.
struct MovesBySlot<'a> {
    sorted: Vec<(&'a crate::plan::Move, ExpectedMove)>,
}

impl<'a> MovesBySlot<'a> {
    fn of(plan: &'a Plan, moves: &[ExpectedMove]) -> Self {
        let mut sorted: Vec<_> = plan.moves.iter().zip(moves.iter().copied()).collect();
        sorted.sort_by_key(|(m, _)| (m.service, m.slot, m.go_live));
        Self { sorted }
    }

    fn take(&self, key: (ServiceIx, usize)) -> &[(&'a crate::plan::Move, ExpectedMove)] {
        let start = self.sorted.partition_point(|(m, _)| (m.service, m.slot) < key);
        let end = self.sorted.partition_point(|(m, _)| (m.service, m.slot) <= key);
        &self.sorted[start..end]
    }
}
