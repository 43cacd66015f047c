//! What a contract line counts in each month, and the number that is charged.
//!
//! A line counts named users, users at the same time, patient records or contacts of what is on its system. The number
//! charged follows the number counted every month, or once a year; with a ratchet it never falls within a term.
//! `docs/method.md`, section 3.

use super::Course;
use super::phase::Phase;
use super::term::Term;
use super::usage::{InstanceUsage, Stint};
use crate::assumption::{Handle, Values};
use crate::programme::{ContractLine, InstanceIx, LineBasis, Meter, Service, TrueUp};
use crate::quantity::{Month, MonthIndex, offset_of};

/// Units of a line in a month, each with those before it: live, also provisioned, also parallel. None is more than is
/// charged for, so that parts of an invoice add up to it whatever is charged later.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Quantity {
    pub(super) live: f64,
    pub(super) ready: f64,
    pub(super) all: f64,
    /// Charged, before any minimum.
    pub(super) charged: f64,
}

impl Quantity {
    fn counted((live, provisioned, parallel): (f64, f64, f64)) -> Self {
        let all = live + provisioned + parallel;
        Self { live, ready: live + provisioned, all, charged: all }
    }

    fn times(self, share: f64) -> Self {
        Self { live: self.live * share, ready: self.ready * share, all: self.all * share, charged: self.charged * share }
    }

    /// The same with another number charged.
    fn charged_as(self, charged: f64) -> Self {
        Self { live: self.live.min(charged), ready: self.ready.min(charged), all: self.all.min(charged), charged }
    }
}

/// The meter of one line.
pub(super) struct Reading {
    how: How,
    /// Units for whom a read-only archive is kept: the most that were ever live.
    pub(super) served: f64,
}

enum How {
    /// This share of the users of each month.
    Users(f64),
    /// What the months say.
    Months(Vec<Quantity>),
}

impl Reading {
    /// The units of a line of a contract, once it is known in which months it is paid.
    pub(super) fn of(term: &Term<'_>, course: &Course<'_>, line: &ContractLine) -> Self {
        let LineBasis::Metered { meter, true_up, .. } = &line.basis else {
            return Self { how: How::Users(1.0), served: term.served };
        };
        let (counted, share) = match meter {
            Meter::NamedUsers => (None, 1.0),
            Meter::ConcurrentUsers(share) => (None, share.of(term.values)),
            Meter::Patients => (term.contract.instance.map(|i| on(course, i, term.values, |s| s.patients)), 1.0),
            Meter::Contacts => (term.contract.instance.map(|i| on(course, i, term.values, |s| s.contacts)), 1.0),
        };
        let served = counted.as_ref().map_or(term.served * share, |u| u.live.iter().copied().fold(0.0, f64::max));
        if counted.is_none() && *true_up == TrueUp::default() {
            return Self { how: How::Users(share), served };
        }
        let count = |month: MonthIndex| match &counted {
            Some(_) if term.handed_on(month) => Quantity::default(),
            Some(u) => Quantity::counted((u.live[month], u.provisioned[month], u.parallel[month])),
            None => Quantity::counted(term.users(month)).times(share),
        };
        Self { how: How::Months(trued_up(term, *true_up, count)), served }
    }

    /// The units of a month.
    pub(super) fn at(&self, term: &Term<'_>, month: MonthIndex) -> Quantity {
        match &self.how {
            How::Users(share) => Quantity::counted(term.users(month)).times(*share),
            How::Months(months) => months[month],
        }
    }

    /// The month after the last in which the units are those of a month, as far as another in which users and phase are.
    pub(super) fn same_until(&self, month: MonthIndex, to: MonthIndex) -> MonthIndex {
        match &self.how {
            How::Users(_) => to,
            How::Months(months) => (month + 1..to).find(|m| months[*m] != months[month]).unwrap_or(to),
        }
    }

    /// What a line, by position, charges in a month in which nobody is on the system. Beyond the period nobody comes, and
    /// no term begins: the number charged is that of the last month until the next true-up, and under a ratchet to the end.
    pub(super) fn idle(&self, term: &Term<'_>, line: usize, month: usize) -> f64 {
        let How::Months(months) = &self.how else { return 0.0 };
        if let Some(within) = months.get(month) {
            return within.charged;
        }
        let falls = match &term.contract.lines[line].basis {
            LineBasis::Metered { true_up, .. } => {
                !true_up.ratchet && (months.len()..=month).any(|m| is_due(*true_up, term.programme.frame.period.start(), m))
            }
            LineBasis::Fixed { .. } => false,
        };
        if falls { 0.0 } else { months.last().map_or(0.0, |last| last.charged) }
    }
}

/// Whether the number charged is set in a month.
fn is_due(true_up: TrueUp, start: Month, month: MonthIndex) -> bool {
    let calendar = start.plus(offset_of(month)).first_day().month();
    true_up.month.is_none_or(|m| i8::try_from(m).is_ok_and(|m| m == calendar))
}

/// By month, the month whose number a line charges: that in which the number was last set, whatever a ratchet holds up.
pub(super) fn counted_at(term: &Term<'_>, line: &ContractLine) -> Vec<MonthIndex> {
    let true_up = match &line.basis {
        LineBasis::Metered { true_up, .. } => *true_up,
        LineBasis::Fixed { .. } => TrueUp::default(),
    };
    let start = term.programme.frame.period.start();
    let mut at: Option<MonthIndex> = None;
    (0..term.months())
        .map(|month| {
            let paid = matches!(term.phases.at(month), Phase::Paid(_));
            let set = at.is_none() || term.begins_anew(month) || is_due(true_up, start, month);
            at = paid.then_some(if set { month } else { at.unwrap_or(month) });
            at.unwrap_or(month)
        })
        .collect()
}

/// By month, whether a line may not charge less than in the month before: under a ratchet, within a term.
pub(super) fn held(term: &Term<'_>, line: &ContractLine) -> Vec<bool> {
    let ratchet = matches!(&line.basis, LineBasis::Metered { true_up, .. } if true_up.ratchet);
    let paid = |month: MonthIndex| matches!(term.phases.at(month), Phase::Paid(_));
    (0..term.months()).map(|m| ratchet && m > 0 && paid(m) && paid(m - 1) && !term.begins_anew(m)).collect()
}

/// The number charged by month: set when a term begins and in the month of the true-up; under a ratchet never less than
/// before in the term.
fn trued_up(term: &Term<'_>, true_up: TrueUp, count: impl Fn(MonthIndex) -> Quantity) -> Vec<Quantity> {
    let start = term.programme.frame.period.start();
    let mut charged: Option<f64> = None;
    (0..term.months())
        .map(|month| {
            if !term.phases.is_paid(month) {
                charged = None;
                return Quantity::default();
            }
            let counted = count(month);
            let anew = charged.is_none() || term.begins_anew(month);
            let due = is_due(true_up, start, month);
            let now = match charged {
                Some(before) if !anew && !due => before,
                Some(before) if !anew && true_up.ratchet => before.max(counted.all),
                _ => counted.all,
            };
            charged = Some(now);
            counted.charged_as(now)
        })
        .collect()
}

/// Records or contacts on an instance, month by month, of the services that use it.
fn on(
    course: &Course<'_>,
    instance: InstanceIx,
    values: &Values,
    of: fn(&Service) -> Option<crate::assumption::Assumed<f64>>,
) -> InstanceUsage {
    let mut usage = InstanceUsage::none(course.programme.frame.period.months());
    let stints: Vec<Stint> = course.usage.on(instance).collect();
    for own in stints.chunk_by(|a, b| a.service == b.service) {
        let units = of(&course.programme.services[own[0].service.0]).map_or(0.0, |n| n.of(values));
        usage.add(own.iter().map(|s| Stint { users: units, ..*s }));
    }
    usage
}

/// The numbers of records or contacts that a line counts.
pub(super) fn uses(course: &Course<'_>, instance: InstanceIx, line: &ContractLine) -> Vec<Handle> {
    let of = match &line.basis {
        LineBasis::Metered { meter: Meter::Patients, .. } => |s: &Service| s.patients,
        LineBasis::Metered { meter: Meter::Contacts, .. } => |s: &Service| s.contacts,
        _ => return Vec::new(),
    };
    let services = course.usage.on(instance).filter_map(|s| of(&course.programme.services[s.service.0]));
    let mut handles: Vec<Handle> = services.map(crate::assumption::Assumed::handle).collect();
    handles.sort_unstable();
    handles.dedup();
    handles
}
