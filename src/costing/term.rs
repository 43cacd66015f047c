//! How a contract stands in each month: in its term, extended, renewed, left early, or read-only; and
//! what is payable in it.

use super::Course;
use super::meter::Reading;
use super::phase::{Phase, Phases};
use super::usage::InstanceUsage;
use super::{archive, around, indexation, licence};
use crate::assumption::Values;
use crate::programme::{Contract, ContractIx, Expiry, Extension, OnTransfer, OrganisationIx, Programme};
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
    /// The same by line, in the contract's order.
    pub stay_by_line: Vec<f64>,
    /// Exit charge, nominal; `None` if the contract gives no right to leave.
    pub charge: Option<f64>,
    /// What read-only access costs more if one leaves: staying includes it until the end. Nominal.
    pub archive: f64,
    /// What the end of an agreement takes more within the period if it comes sooner. Nominal.
    pub set_off: f64,
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

/// What kind of term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermKind {
    /// The one agreed at the start.
    Agreed,
    /// An extension.
    Extension,
    /// A bridge to what comes next.
    Bridge,
    /// A renewal at market terms.
    Renewal,
    /// A new procurement.
    Reprocurement,
}

/// A term of a contract, as offsets from the start of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Kind.
    pub kind: TermKind,
    /// First month.
    pub from: i32,
    /// The month after the last.
    pub to: i32,
    /// The month by whose start it has to be decided; from then on it is owed.
    pub decided: i32,
}

/// How long what is left behind is read under a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// As the contract says: nothing else is said of what is left.
    AsAgreed,
    /// Until another way of keeping it takes over: the month after the last, as an offset.
    Until(i32),
}

impl Access {
    /// The month after the last, if there is one.
    fn end(self) -> Option<i32> {
        match self {
            Self::AsAgreed => None,
            Self::Until(end) => Some(end),
        }
    }

    /// Whether a month comes before its end.
    fn lasts(self, offset: i32) -> bool {
        self.end().is_none_or(|end| offset < end)
    }
}

/// A contract with its use, and from it what is payable when.
pub(super) struct Term<'a> {
    pub(super) programme: &'a Programme,
    pub(super) ix: ContractIx,
    pub(super) contract: &'a Contract,
    pub(super) used: Option<&'a InstanceUsage>,
    pub(super) values: &'a Values,
    pub(super) phases: Phases,
    /// Stretches of months in each of which phase, users, prices and discount are the same: the first, and the month
    /// after the last.
    pub(super) stretches: Vec<(MonthIndex, MonthIndex)>,
    /// Index of prices by year of the period.
    indices: Vec<f64>,
    /// Users for whom a read-only archive is kept: the most that were ever live.
    pub(super) served: f64,
    /// What each line counts.
    pub(super) readings: Vec<Reading>,
    /// The full charge a year for all that was ever served, all lines together.
    pub(super) full: f64,
    /// Share of the price that is payable by month, where a suite discount is taken off it.
    discounted: Vec<f64>,
    /// What becomes of it at its end; `None` where the option says nothing.
    expiry: Option<Expiry>,
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
    /// How long what was left is read under it.
    access: Access,
    pub(super) exit: Option<Exit>,
    /// The terms that are run through, in order: the agreed one, and those taken up after it.
    pub(super) taken: Vec<Taken>,
    /// The month after the last that is payable if nobody leaves early, as an offset.
    paid_to: i32,
}

impl<'a> Term<'a> {
    /// A contract on a course, its read-only access as what is left behind is kept.
    pub(super) fn of(course: &Course<'a>, ix: ContractIx, used: Option<&'a InstanceUsage>, values: &'a Values) -> Self {
        Self::with(course, (ix, archive::access(course, ix, values)), used, values)
    }

    /// The same with the access given.
    pub(super) fn with(
        course: &Course<'a>,
        (ix, access): (ContractIx, Access),
        used: Option<&'a InstanceUsage>,
        values: &'a Values,
    ) -> Self {
        Self::deciding(course, (ix, access), used, values, None)
    }

    /// A contract at other prices, with all that was decided on its own: whether one leaves it early, and how long what
    /// is left is read.
    pub(super) fn as_decided(course: &Course<'a>, decided: &Term<'a>, values: &'a Values) -> Self {
        let decision = decided.exit.as_ref().map(|exit| exit.decision);
        Self::deciding(course, (decided.ix, decided.access), decided.used, values, decision)
    }

    fn deciding(
        course: &Course<'a>,
        (ix, access): (ContractIx, Access),
        used: Option<&'a InstanceUsage>,
        values: &'a Values,
        decided: Option<Decision>,
    ) -> Self {
        let programme = course.programme;
        let contract = &programme.contracts[ix.0];
        let period = &programme.frame.period;
        let instance_left = used.map_or(period.months(), |u| u.left().unwrap_or(0));
        let followers = programme.contracts.iter().filter(|c| c.follows == Some(ix));
        let followed = followers.map(|c| c.start.map_or(0, |m| period.offset(m))).min();
        // Once a contract that follows has started, the users are its users.
        let left = followed.map_or(instance_left, |f| instance_left.min(usize::try_from(f).unwrap_or(0)));
        let served = used.map_or(0.0, InstanceUsage::most_live);
        let chosen = &programme.options[course.plan.option.0].expiry;
        let mut term = Self {
            programme,
            ix,
            contract,
            used,
            values,
            phases: Phases::off(period.months()),
            stretches: Vec::new(),
            indices: indexation::indices(contract, &programme.deflator, &programme.frame.period, values),
            served,
            readings: Vec::new(),
            full: 0.0,
            discounted: discounted(course, contract, values),
            expiry: chosen.iter().find(|(c, _)| *c == ix).map(|(_, e)| *e),
            left,
            instance_left,
            followed,
            reads: false,
            read_from: None,
            access,
            exit: None,
            taken: Vec::new(),
            paid_to: 0,
        };
        term.agree();
        term.readings = contract.lines.iter().map(|l| Reading::of(&term, course, l)).collect();
        let lines = contract.lines.iter().zip(&term.readings);
        term.full = lines.map(|(l, r)| licence::tariff(l, r.served, values)).sum();
        term.exit = term.leaving();
        if let (Some(exit), Some(decision)) = (&mut term.exit, decided) {
            exit.decision = decision;
        }
        if let Some(exit) = &term.exit
            && exit.decision == Decision::Exit
        {
            let leave = programme.frame.period.offset(exit.leave);
            // Read, if at all, until another way of keeping it takes over.
            let read_to = if term.reads { term.access.end().unwrap_or(i32::MAX) } else { 0 };
            let paid = |(start, end, phase): (MonthIndex, MonthIndex, Phase)| {
                let (start, end) = (offset_of(start).max(leave), offset_of(end));
                (matches!(phase, Phase::Paid(_)) && start < end).then_some((start, end))
            };
            let rest: Vec<(i32, i32)> = term.phases.runs().filter_map(paid).collect();
            for (from, to) in rest {
                term.phases.fill((from, to), Phase::Off);
                term.phases.fill((from, to.min(read_to)), Phase::ReadOnly);
            }
        }
        term.read_from = term.phases.read_from();
        term.stretches = term.steady();
        term
    }

    fn steady(&self) -> Vec<(MonthIndex, MonthIndex)> {
        let months = self.months();
        let mut starts: Vec<MonthIndex> = Vec::with_capacity(32);
        // Prices step once a year, and the period starts with one.
        starts.extend((0..months).step_by(12));
        starts.extend(self.used.map_or(&[][..], InstanceUsage::steps));
        starts.extend(self.followed.and_then(|f| usize::try_from(f).ok()).filter(|f| *f < months));
        let runs = self.phases.runs();
        let changes = runs.clone().zip(runs.skip(1)).filter(|((.., before), (.., now))| before != now);
        starts.extend(changes.map(|(_, (from, ..))| from));
        let discounts = self.discounted.windows(2).enumerate();
        starts.extend(discounts.filter(|(_, pair)| (pair[1] - pair[0]).abs() > 0.0).map(|(i, _)| i + 1));
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().skip(1).copied().chain([months]);
        starts.iter().copied().zip(ends).collect()
    }

    pub(super) fn months(&self) -> usize {
        self.programme.frame.period.months()
    }

    /// Who pays: the body named, else the lead body.
    pub(super) fn payer(&self) -> Option<OrganisationIx> {
        self.contract.body.or(self.programme.frame.lead)
    }

    /// First month and the month after the last of the agreed term, as offsets. A contract that ends with a transfer
    /// ends the month before it.
    pub(super) fn agreed(&self) -> (i32, i32) {
        let period = &self.programme.frame.period;
        let start = self.contract.start.map_or(0, |m| period.offset(m));
        let end = period.offset(Month::of(self.contract.end)) + 1;
        (start, end.min(self.ended_by_transfer()))
    }

    /// The month from which on it is not owed, since a transfer of its body ends it in whatever term; as an offset.
    fn ended_by_transfer(&self) -> i32 {
        match self.contract.on_transfer {
            Some(OnTransfer::Ends) => self.transfer().map_or(i32::MAX, |(_, _, on)| on),
            _ => i32::MAX,
        }
    }

    /// The body that takes over from the one that pays, on what terms, and from which month as an offset.
    pub(super) fn transfer(&self) -> Option<(OrganisationIx, OnTransfer, i32)> {
        let body = &self.programme.organisations[self.payer()?.0];
        let (to, month) = body.hands_over()?;
        // What a body that dissolves has passes by law; one that goes on keeps what it has.
        let usual = if body.successor.is_some() { OnTransfer::Passes } else { OnTransfer::Stays };
        Some((to, self.contract.on_transfer.unwrap_or(usual), self.programme.frame.period.offset(month)))
    }

    /// The body that pays from a month on in place of a body that goes on, if its contract passes.
    pub(super) fn passes(&self) -> Option<(OrganisationIx, i32)> {
        let (to, terms, on) = self.transfer()?;
        let goes_on = self.payer().is_some_and(|b| self.programme.organisations[b.0].successor.is_none());
        (goes_on && matches!(terms, OnTransfer::Passes | OnTransfer::NeedsConsent { .. })).then_some((to, on))
    }

    /// Phases if nobody leaves early: the term, then extensions and renewals in whole blocks for as
    /// long as the instance is used and no contract that follows this one has started.
    fn agree(&mut self) {
        let (start, end) = self.agreed();
        self.phases.fill((start, end), Phase::Paid(1.0));
        self.paid_to = end;
        self.taken.push(Taken { kind: TermKind::Agreed, from: start, to: end, decided: start });
        self.prolong();
        if self.used.is_some() {
            let last_paid = self.instance_left.checked_sub(1).is_some_and(|m| self.phases.is_paid(m));
            self.reads = last_paid && !self.succeeded(offset_of(self.instance_left));
            if self.reads {
                let to = self.access.end().unwrap_or(i32::MAX).min(offset_of(self.months()));
                self.phases.fill((self.paid_to.max(offset_of(self.instance_left)), to), Phase::ReadOnly);
            }
        }
    }

    /// Whether a month needs this contract to go on. One for no system in particular is needed as long as the option
    /// says that it goes on.
    fn needed(&self, offset: i32) -> bool {
        (self.used.is_some() || self.expiry.is_some()) && offset < offset_of(self.left).min(self.ended_by_transfer())
    }

    /// Whether a contract that follows this one has started by a month.
    fn succeeded(&self, offset: i32) -> bool {
        self.followed.is_some_and(|start| offset >= start)
    }

    /// Whether a contract that follows has taken the users of a month.
    pub(super) fn handed_on(&self, month: MonthIndex) -> bool {
        self.succeeded(offset_of(month))
    }

    /// Whether a new contract begins in a month: a renewal or a new procurement.
    pub(super) fn begins_anew(&self, month: MonthIndex) -> bool {
        let anew = |t: &Taken| matches!(t.kind, TermKind::Renewal | TermKind::Reprocurement) && t.from == offset_of(month);
        self.taken.iter().any(anew)
    }

    /// Takes up what the option says should become of the contract at its end, for as long as it is needed.
    fn prolong(&mut self) {
        match self.expiry.unwrap_or_default() {
            Expiry::Extend => {
                self.extend(i32::MAX);
                self.renew();
            }
            Expiry::Renew => self.renew(),
            Expiry::Reprocure => self.procure(),
            Expiry::Exit => {}
        }
    }

    /// The month after the last of a term of so many months; a common end cuts or stretches it.
    fn block(&self, term: usize) -> i32 {
        let common = self.contract.co_terminates.map(|m| self.programme.frame.period.offset(m));
        common.filter(|c| *c > self.paid_to).unwrap_or(self.paid_to + offset_of(term.max(1)))
    }

    /// Takes up a term from where the last ends, which had to be decided so many months before. A transfer that ends the
    /// contract cuts it.
    fn take(&mut self, (kind, ahead): (TermKind, usize), to: i32, phase: Phase) {
        let to = to.min(self.ended_by_transfer());
        self.taken.push(Taken { kind, from: self.paid_to, to, decided: self.paid_to - offset_of(ahead) });
        self.phases.fill((self.paid_to, to), phase);
        self.paid_to = to;
    }

    /// Extensions, then a bridge, as far as they go and are needed before a month.
    fn extend(&mut self, before: i32) {
        let rights: &'a [Extension] = &self.contract.extensions;
        for extension in rights {
            let phase = Phase::Paid(1.0 + extension.uplift.of(self.values));
            let limit = self.paid_to + offset_of(extension.months);
            while self.needed(self.paid_to) && self.paid_to < limit.min(before) {
                let to = self.block(extension.term).min(limit);
                let kind = if extension.bridge { TermKind::Bridge } else { TermKind::Extension };
                self.take((kind, extension.notice), to, phase);
            }
        }
    }

    fn renew(&mut self) {
        let Some(renewal) = &self.contract.renewal else { return };
        let phase = Phase::Paid(1.0 + renewal.uplift.of(self.values));
        let ahead = renewal.notice.or_else(|| self.contract.notice_in_months(self.values)).unwrap_or(0);
        while self.needed(self.paid_to) {
            let to = self.block(renewal.term);
            self.take((TermKind::Renewal, ahead), to, phase);
        }
    }

    /// New procurements, each begun in time; extensions bridge until the first can be there.
    fn procure(&mut self) {
        let Some(anew) = &self.contract.reprocurement else { return };
        let soonest = offset_of(self.programme.frame.period.first_counted()) + offset_of(anew.lead);
        self.extend(soonest);
        if self.paid_to < soonest {
            // Extensions do not reach so far: the months between are not covered, which the reader refuses in use.
            self.paid_to = soonest.min(self.ended_by_transfer()).max(self.paid_to);
        }
        let phase = Phase::Paid(1.0 + anew.uplift.of(self.values));
        while self.needed(self.paid_to) {
            let to = self.block(anew.term);
            self.take((TermKind::Reprocurement, anew.lead), to, phase);
        }
    }

    /// Index of prices in a month, by offset so that charges beyond the period can be had. Prices step each
    /// 1 April and the period starts on one, so a year has one index.
    pub(super) fn price(&self, offset: i32) -> f64 {
        let year = offset.div_euclid(12);
        let known = usize::try_from(year).ok().and_then(|y| self.indices.get(y));
        known.copied().unwrap_or_else(|| {
            let month = self.programme.frame.period.start().plus(offset);
            indexation::index(self.contract, &self.programme.deflator, month.financial_year(), self.values)
        })
    }

    /// Whether to leave before the end, once the last user has gone. The two sides are compared in
    /// cash prices; staying includes read-only access, leaving has to pay for it.
    fn leaving(&self) -> Option<Exit> {
        self.used?;
        let period = &self.programme.frame.period;
        let (start, _) = self.agreed();
        let end = self.paid_to;
        // Without a right to leave there is nothing to give notice of: it is paid from the last use to the end.
        let notice = self.contract.early_exit.and(self.contract.notice).map(|n| crate::plan::whole_months(n.of(self.values)));
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
        let stay_by_line: Vec<f64> = (0..self.contract.lines.len()).map(|line| self.idle_of(line, leave..end)).collect();
        let stay: f64 = stay_by_line.iter().sum();
        // Read-only access is paid for after leaving and after the end alike; what counts is the difference.
        // Access for some months is paid for as long on either side; access without an end counts to the later of the
        // end of the contract and that of the period.
        let kept = self.contract.read_only.as_ref().and_then(|r| r.months).map(offset_of);
        let last = self.access.end().unwrap_or_else(|| end.max(offset_of(self.months())));
        let read =
            |from: i32| (from..kept.map_or(last, |months| from + months)).map(|m| self.archive_charge(m, from)).sum::<f64>();
        let archive = if self.reads && self.contract.read_only.is_some() { read(leave) - read(end) } else { 0.0 };
        let charge = self.contract.early_exit.map(|share| share.of(self.values) * stay);
        let set_off = around::set_off(self, leave) - around::set_off(self, end);
        let exits = stay > 0.0 && charge.is_some_and(|c| c + archive + set_off < stay);
        let leave = period.start().plus(leave);
        Some(Exit {
            leave,
            until: period.start().plus(end),
            stay,
            stay_by_line,
            charge,
            archive,
            set_off,
            decision: if exits { Decision::Exit } else { Decision::Stay },
            notice_by: given(period.offset(leave)),
        })
    }

    /// What a line charges in some months with nobody on the system: its minimum, and what a ratchet holds up. By offset,
    /// so that charges beyond the period can be had.
    fn idle_of(&self, line: usize, months: std::ops::Range<i32>) -> f64 {
        let a_year_of = |units: f64| licence::invoice_for(&self.contract.lines[line], units, self.values);
        let (mut charged, mut year) = ((0.0, a_year_of(0.0)), (i32::MIN, 0.0));
        let mut sum = 0.0;
        for offset in months {
            let units = self.readings[line].idle(self, line, usize::try_from(offset).unwrap_or(0));
            if (units - charged.0).abs() > 0.0 {
                charged = (units, a_year_of(units));
            }
            if offset.div_euclid(12) != year.0 {
                year = (offset.div_euclid(12), self.price(offset));
            }
            sum += charged.1 * year.1 * self.factor(offset) * self.discount(offset) / 12.0;
        }
        sum
    }

    /// Share of the price payable in a month; beyond the period that of its last month.
    pub(super) fn discount(&self, offset: i32) -> f64 {
        let month = usize::try_from(offset).unwrap_or(0);
        self.discounted.get(month).or(self.discounted.last()).copied().unwrap_or(1.0)
    }

    /// Uplift in a month; beyond the period that of its last month.
    fn factor(&self, offset: i32) -> f64 {
        let month = usize::try_from(offset).unwrap_or(0).min(self.months().saturating_sub(1));
        match self.phases.at(month) {
            Phase::Paid(factor) => factor,
            _ => 1.0,
        }
    }

    /// Read-only charge in a month, if access has been kept since `since`.
    pub(super) fn archive_charge(&self, offset: i32, since: i32) -> f64 {
        let Some(read_only) = self.contract.read_only.as_ref().filter(|_| self.access.lasts(offset)) else { return 0.0 };
        let kept = read_only.months.is_none_or(|m| offset - since < i32::try_from(m).unwrap_or(i32::MAX));
        if !kept {
            return 0.0;
        }
        read_only.share.of(self.values) * self.full * self.price(offset) / 12.0
    }

    /// What is payable in a month, all lines together: the invoice that the parts must add up to. Not
    /// made from the parts.
    pub(super) fn payable(&self, month: MonthIndex) -> f64 {
        self.charged(month) + self.exit_charge().filter(|(m, _)| *m == month).map_or(0.0, |(_, charge)| charge)
    }

    /// The same without a charge for leaving.
    pub(super) fn charged(&self, month: MonthIndex) -> f64 {
        let offset = offset_of(month);
        match self.phases.at(month) {
            Phase::Paid(factor) => {
                let lines = self.contract.lines.iter().zip(&self.readings);
                let a_year: f64 = lines.map(|(l, r)| licence::invoice_for(l, r.at(self, month).charged, self.values)).sum();
                a_year * self.price(offset) * factor * self.discount(offset) / 12.0
            }
            Phase::ReadOnly => self.read_only_charge(month),
            Phase::Off => 0.0,
        }
    }

    /// The first month in which what is left is read under this contract and not paid for as before, whether in the
    /// period or beyond it; `None` if another covered the last use. With the month after the last in which it can be, if
    /// there is one: that of leaving, where there is no such access.
    pub(super) fn reading(&self) -> Option<(i32, Option<i32>)> {
        let leave =
            self.exit.as_ref().filter(|e| e.decision == Decision::Exit).map(|e| self.programme.frame.period.offset(e.leave));
        let from = leave.unwrap_or(self.paid_to.max(offset_of(self.instance_left)));
        let to = self.contract.read_only.as_ref().map_or(Some(from), |r| r.months.map(|m| from.saturating_add(offset_of(m))));
        self.reads.then_some((from, to))
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

    /// A line's share of the exit charge: that of what is left to pay; 0 where nothing is.
    pub(super) fn exit_share(&self, line: usize) -> f64 {
        self.exit.as_ref().filter(|exit| exit.stay > 0.0).map_or(0.0, |exit| exit.stay_by_line[line] / exit.stay)
    }

    /// Whether another contract follows within the period.
    pub(super) fn is_followed(&self) -> bool {
        self.followed.is_some_and(|f| f < offset_of(self.months()))
    }

    /// The last month that is paid, in which one moves on to another system: when the contract is left or ends, or
    /// at the end of the period if it still runs, because some time it will (Green Book 2026, 6.13). A contract
    /// that follows on the same system puts it off to its own end.
    pub(super) fn moving_on(&self) -> Option<i32> {
        if self.is_followed() {
            return None;
        }
        self.phases.runs().rfind(|(.., phase)| matches!(phase, Phase::Paid(_))).map(|(_, to, _)| offset_of(to) - 1)
    }

    pub(super) fn users(&self, month: MonthIndex) -> (f64, f64, f64) {
        // Once a contract that follows has started, the users are its users.
        let own = self.used.filter(|_| !self.succeeded(offset_of(month)));
        own.map_or((0.0, 0.0, 0.0), |u| (u.live[month], u.provisioned[month], u.parallel[month]))
    }
}

/// Share of the price payable by month: a suite discount is had while all its systems are in use. Empty without one.
fn discounted(course: &Course<'_>, contract: &Contract, values: &Values) -> Vec<f64> {
    let Some(suite) = &contract.suite else { return Vec::new() };
    let whole = |month: MonthIndex| suite.with.iter().all(|i| course.used(*i).total(month) > 0.0);
    let share = 1.0 - suite.discount.of(values);
    (0..course.programme.frame.period.months()).map(|m| if whole(m) { share } else { 1.0 }).collect()
}
