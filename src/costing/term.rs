//! How a contract stands in each month: in its term, extended, renewed, left early, or read-only; and
//! what is payable in it.

use super::licence;
use super::usage::InstanceUsage;
use crate::assumption::Values;
use crate::programme::{Contract, ContractIx, OrganisationIx, Programme};
use crate::quantity::{Month, MonthIndex, offset_of};
use jiff::civil::Date;

/// Leaving a contract early, compared with staying to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Exit {
    /// First month without the contract if one leaves.
    pub leave: Month,
    /// First month after the last that is paid if one stays; extensions and renewals included.
    pub until: Month,
    /// Charges from then to the end if one stays, nominal.
    pub stay: f64,
    /// Exit charge, nominal; `None` if the contract gives no right to leave.
    pub charge: Option<f64>,
    /// What read-only access costs more if one leaves: staying includes it until the end. Nominal.
    pub archive: f64,
    /// What was chosen.
    pub decision: Decision,
    /// Last day to give notice for leaving then.
    pub notice_by: Option<Date>,
}

/// Stay or leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Pay to the end.
    Stay,
    /// Leave and pay the exit charge.
    Exit,
}

/// How a contract stands in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Phase {
    /// Payable at this multiple of the indexed price (1 in term, 1 + uplift after it).
    Paid(f64),
    /// No longer paid; read-only access to what was left.
    ReadOnly,
    /// Not running.
    Off,
}

/// A contract with its use, and from it what is payable when.
pub(super) struct Term<'a> {
    pub(super) programme: &'a Programme,
    pub(super) ix: ContractIx,
    pub(super) contract: &'a Contract,
    pub(super) used: Option<&'a InstanceUsage>,
    pub(super) values: &'a Values,
    pub(super) phases: Vec<Phase>,
    /// Index of prices by year of the period.
    indices: Vec<f64>,
    /// Users for whom a read-only archive is kept: the most that were ever live.
    pub(super) served: f64,
    /// The full charge a year for them, all lines together.
    pub(super) full: f64,
    /// The yearly minimum of all lines: what is payable with nobody on the system.
    pub(super) idle: f64,
    /// The month after the last in which the users are this contract's.
    left: MonthIndex,
    /// The month after the last use of the instance, under whatever contract.
    instance_left: MonthIndex,
    /// Offset at which a contract that follows starts.
    followed: Option<i32>,
    /// Whether what was left is read under this contract: it covered the last use.
    reads: bool,
    /// First month of read-only access, as an offset.
    read_from: Option<i32>,
    pub(super) exit: Option<Exit>,
    /// Month in which a renewal starts, as an offset.
    pub(super) renewed: Option<i32>,
    /// The month after the last that is payable if nobody leaves early, as an offset.
    paid_to: i32,
}

impl<'a> Term<'a> {
    /// `used` is the use of the contract's instance; `None` if it is for no instance.
    pub(super) fn of(programme: &'a Programme, ix: ContractIx, used: Option<&'a InstanceUsage>, values: &'a Values) -> Self {
        let contract = &programme.contracts[ix.0];
        let period = &programme.frame.period;
        let instance_left = used.map_or(period.months(), |u| u.left().unwrap_or(0));
        let followers = programme.contracts.iter().filter(|c| c.follows == Some(ix));
        let followed = followers.map(|c| c.start.map_or(0, |m| period.offset(m))).min();
        // Once a contract that follows has started, the users are its users.
        let left = followed.map_or(instance_left, |f| instance_left.min(usize::try_from(f).unwrap_or(0)));
        let served = used.map_or(0.0, |u| u.live.iter().copied().fold(0.0, f64::max));
        let mut term = Self {
            programme,
            ix,
            contract,
            used,
            values,
            phases: Vec::new(),
            indices: (0..programme.frame.period.years())
                .map(|y| licence::index(contract, programme.frame.period.year(y), values))
                .collect(),
            served,
            full: contract.lines.iter().map(|l| licence::tariff(l, served, values)).sum(),
            idle: contract.lines.iter().map(|l| licence::invoice_for(l, 0.0, values)).sum(),
            left,
            instance_left,
            followed,
            reads: false,
            read_from: None,
            exit: None,
            renewed: None,
            paid_to: 0,
        };
        term.phases = term.as_agreed();
        term.exit = term.leaving();
        if let Some(exit) = &term.exit
            && exit.decision == Decision::Exit
        {
            let from = usize::try_from(programme.frame.period.offset(exit.leave)).unwrap_or(0);
            let rest = term.phases.iter_mut().skip(from).filter(|p| matches!(p, Phase::Paid(_)));
            let then = if term.reads { Phase::ReadOnly } else { Phase::Off };
            rest.for_each(|p| *p = then);
        }
        term.read_from = term.phases.iter().position(|p| *p == Phase::ReadOnly).map(offset_of);
        term
    }

    pub(super) fn months(&self) -> usize {
        self.programme.frame.period.months()
    }

    /// Who pays: the body named, else the lead body.
    pub(super) fn payer(&self) -> Option<OrganisationIx> {
        self.contract.body.or(self.programme.frame.lead)
    }

    /// First month and the month after the last of the agreed term, as offsets.
    pub(super) fn agreed(&self) -> (i32, i32) {
        let period = &self.programme.frame.period;
        let start = self.contract.start.map_or(0, |m| period.offset(m));
        (start, period.offset(Month::of(self.contract.end)) + 1)
    }

    /// Phases if nobody leaves early: the term, then extensions and renewals in whole blocks for as
    /// long as the instance is used and no contract that follows this one has started.
    fn as_agreed(&mut self) -> Vec<Phase> {
        let (start, end) = self.agreed();
        let mut phases = vec![Phase::Off; self.months()];
        fill(&mut phases, (start, end), Phase::Paid(1.0));
        self.paid_to = end;
        if self.used.is_some() {
            self.prolong(&mut phases);
            let last_paid = self.instance_left.checked_sub(1).is_some_and(|m| matches!(phases[m], Phase::Paid(_)));
            self.reads = last_paid && !self.succeeded(offset_of(self.instance_left));
            if self.reads {
                let period_end = offset_of(self.months());
                fill(&mut phases, (self.paid_to.max(offset_of(self.instance_left)), period_end), Phase::ReadOnly);
            }
        }
        phases
    }

    /// Whether a month needs this contract to go on.
    fn needed(&self, offset: i32) -> bool {
        offset < offset_of(self.left)
    }

    /// Whether a contract that follows this one has started by a month.
    fn succeeded(&self, offset: i32) -> bool {
        self.followed.is_some_and(|start| offset >= start)
    }

    fn prolong(&mut self, phases: &mut [Phase]) {
        let block = |term: usize| offset_of(term.max(1));
        if let Some(extension) = &self.contract.extension {
            let phase = Phase::Paid(1.0 + extension.uplift.of(self.values));
            let limit = self.paid_to + offset_of(extension.months);
            while self.needed(self.paid_to) && self.paid_to < limit {
                let to = (self.paid_to + block(extension.term)).min(limit);
                fill(phases, (self.paid_to, to), phase);
                self.paid_to = to;
            }
        }
        if let Some(renewal) = &self.contract.renewal {
            let phase = Phase::Paid(1.0 + renewal.uplift.of(self.values));
            while self.needed(self.paid_to) {
                self.renewed.get_or_insert(self.paid_to);
                let to = self.paid_to + block(renewal.term);
                fill(phases, (self.paid_to, to), phase);
                self.paid_to = to;
            }
        }
    }

    /// Index of prices in a month, by offset so that charges beyond the period can be had. Prices step each
    /// 1 April and the period starts on one, so a year has one index.
    pub(super) fn price(&self, offset: i32) -> f64 {
        let year = offset.div_euclid(12);
        let known = usize::try_from(year).ok().and_then(|y| self.indices.get(y));
        known.copied().unwrap_or_else(|| {
            let month = self.programme.frame.period.start().plus(offset);
            licence::index(self.contract, month.financial_year(), self.values)
        })
    }

    /// Whether to leave before the end, once the last user has gone. The two sides are compared in
    /// cash prices; staying includes read-only access, leaving has to pay for it.
    fn leaving(&self) -> Option<Exit> {
        self.used?;
        let period = &self.programme.frame.period;
        let (start, _) = self.agreed();
        let end = self.paid_to;
        let notice = self.contract.notice.map(|n| crate::plan::whole_months(n.of(self.values)));
        let now = offset_of(period.first_counted());
        // Notice is given no earlier than the as-at date.
        let given = |leave: i32| notice.map(|n| period.start().plus(leave).plus(-n).plus(-1).last_day());
        let mut soonest = now + notice.unwrap_or(0);
        if given(soonest).is_some_and(|day| day < period.as_at) {
            soonest += 1;
        }
        let leave = offset_of(self.left).max(start).max(soonest);
        if leave >= end || leave >= offset_of(self.months()) || self.left >= self.months() {
            return None;
        }
        let stay: f64 = (leave..end).map(|m| self.idle * self.price(m) * self.factor(m) / 12.0).sum();
        // Read-only access is paid for after leaving and after the end alike; what counts is the difference.
        // Access for some months is paid for as long on either side; access without an end counts to the later of the
        // end of the contract and that of the period.
        let kept = self.contract.read_only.as_ref().and_then(|r| r.months).map(offset_of);
        let last = end.max(offset_of(self.months()));
        let read =
            |from: i32| (from..kept.map_or(last, |months| from + months)).map(|m| self.archive_charge(m, from)).sum::<f64>();
        let archive = if self.reads { read(leave) - read(end) } else { 0.0 };
        let charge = self.contract.early_exit.map(|share| share.of(self.values) * stay);
        let exits = stay > 0.0 && charge.is_some_and(|c| c + archive < stay);
        let leave = period.start().plus(leave);
        Some(Exit {
            leave,
            until: period.start().plus(end),
            stay,
            charge,
            archive,
            decision: if exits { Decision::Exit } else { Decision::Stay },
            notice_by: given(period.offset(leave)),
        })
    }

    /// Uplift in a month; beyond the period that of its last month.
    fn factor(&self, offset: i32) -> f64 {
        let month = usize::try_from(offset).unwrap_or(0).min(self.months().saturating_sub(1));
        match self.phases.get(month) {
            Some(Phase::Paid(factor)) => *factor,
            _ => 1.0,
        }
    }

    /// Read-only charge in a month, if access has been kept since `since`.
    pub(super) fn archive_charge(&self, offset: i32, since: i32) -> f64 {
        let Some(read_only) = &self.contract.read_only else { return 0.0 };
        let kept = read_only.months.is_none_or(|m| offset - since < i32::try_from(m).unwrap_or(i32::MAX));
        if !kept {
            return 0.0;
        }
        read_only.share.of(self.values) * self.full * self.price(offset) / 12.0
    }

    /// What is payable in a month, all lines together: the invoice that the parts must add up to. Not
    /// made from the parts.
    pub(super) fn payable(&self, month: MonthIndex) -> f64 {
        let offset = offset_of(month);
        let charged = match self.phases[month] {
            Phase::Paid(factor) => {
                let (live, provisioned, parallel) = self.users(month);
                let users = live + provisioned + parallel;
                let a_year: f64 = self.contract.lines.iter().map(|l| licence::invoice_for(l, users, self.values)).sum();
                a_year * self.price(offset) * factor / 12.0
            }
            Phase::ReadOnly => self.read_only_charge(month),
            Phase::Off => 0.0,
        };
        charged + self.exit_charge().filter(|(m, _)| *m == month).map_or(0.0, |(_, charge)| charge)
    }

    /// Read-only charge of a month, all lines together.
    pub(super) fn read_only_charge(&self, month: MonthIndex) -> f64 {
        self.read_from.map_or(0.0, |since| self.archive_charge(offset_of(month), since))
    }

    /// The month and amount of the exit charge, if one leaves early.
    pub(super) fn exit_charge(&self) -> Option<(MonthIndex, f64)> {
        let Some(Exit { leave, charge: Some(charge), decision: Decision::Exit, .. }) = &self.exit else { return None };
        self.programme.frame.period.index(*leave).map(|month| (month, *charge))
    }

    /// The last month that is paid, in which one moves on to another system: when the contract is left or ends, or
    /// at the end of the period if it still runs, because some time it will (Green Book 2026, 6.13). A contract
    /// that follows on the same system puts it off to its own end.
    pub(super) fn moving_on(&self) -> Option<i32> {
        if self.followed.is_some_and(|f| f < offset_of(self.months())) {
            return None;
        }
        self.phases.iter().rposition(|p| matches!(p, Phase::Paid(_))).map(offset_of)
    }

    pub(super) fn users(&self, month: MonthIndex) -> (f64, f64, f64) {
        // Once a contract that follows has started, the users are its users.
        let own = self.used.filter(|_| !self.succeeded(offset_of(month)));
        own.map_or((0.0, 0.0, 0.0), |u| (u.live[month], u.provisioned[month], u.parallel[month]))
    }
}

/// Sets a stretch of months, given as offsets, as far as it lies in the period.
fn fill(phases: &mut [Phase], (from, to): (i32, i32), phase: Phase) {
    let clip = |m: i32| usize::try_from(m).unwrap_or(0).min(phases.len());
    let (from, to) = (clip(from), clip(to));
    if from < to {
        phases[from..to].fill(phase);
    }
}
