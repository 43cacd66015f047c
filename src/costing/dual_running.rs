//! Each month's invoice of each contract line, split into service, head start, overlap, archive and
//! stranded so that the parts add up to it.
//!
//! With T the tariff before minimum and term (T(0) = 0):
//!
//! ```text
//! service    = T(live)
//! head start = T(live + provisioned) - T(live)
//! overlap    = T(live + provisioned + parallel) - T(live + provisioned)
//! archive    = read-only charge payable
//! stranded   = invoice - all of these
//! ```
//!
//! Minimum commitment, term and exit charge appear only in `stranded`. Under all-units bands a part
//! may be negative; it is shown, not clamped. See `docs/method.md`, section 4.

use super::ledger::{CostLine, Ledger, Lineage, PriceBasis};
use super::licence;
use super::usage::{InstanceUsage, Usage};
use crate::assumption::{Handle, Values};
use crate::programme::{Category, Contract, ContractIx, Programme};
use crate::quantity::{MONTHS_IN_YEAR, Month, MonthIndex};
use jiff::civil::Date;

/// One contract, month by month, in nominal pounds before VAT, all lines together.
#[derive(Debug, Clone, PartialEq)]
pub struct ContractMonths {
    /// For live users.
    pub service: Vec<f64>,
    /// Paid before go-live.
    pub head_start: Vec<f64>,
    /// Old system kept beside the new.
    pub overlap: Vec<f64>,
    /// Paid without use.
    pub stranded: Vec<f64>,
    /// Read-only access.
    pub archive: Vec<f64>,
    /// What is payable in all.
    pub invoice: Vec<f64>,
    /// Months in which the instance is used but the contract does not cover it.
    pub uncovered: Vec<MonthIndex>,
    /// The month after the last of the term agreed at the start, within the period.
    pub term_end: MonthIndex,
    /// Leaving early or staying, where the question arose.
    pub exit: Option<Exit>,
}

/// Leaving a contract early, compared with staying to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Exit {
    /// First month without the contract if one leaves.
    pub leave: Month,
    /// Charges from then to the end if one stays, nominal.
    pub stay: f64,
    /// Exit charge, nominal; `None` if the contract gives no right to leave.
    pub charge: Option<f64>,
    /// Read-only access from then to the end, which staying includes, nominal.
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

/// Splits every contract and books its lines.
pub(super) fn book(programme: &Programme, usage: &Usage, values: &Values, ledger: &mut Ledger) -> Vec<ContractMonths> {
    (0..programme.contracts.len())
        .map(|i| {
            let term = Term::of(programme, ContractIx(i), usage, values);
            term.split(ledger)
        })
        .collect()
}

/// How a contract stands in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    /// Payable at this multiple of the indexed price (1 in term, 1 + uplift after it).
    Paid(f64),
    /// No longer paid; read-only access to what was left.
    ReadOnly,
    /// Not running.
    Off,
}

/// A contract with its use, and from it what is payable when.
struct Term<'a> {
    programme: &'a Programme,
    ix: ContractIx,
    contract: &'a Contract,
    used: Option<&'a InstanceUsage>,
    values: &'a Values,
    phases: Vec<Phase>,
    /// Users for whom a read-only archive is kept: the most that were ever live.
    served: f64,
    /// The month after the last use.
    left: MonthIndex,
    exit: Option<Exit>,
    /// Month in which a renewal starts.
    renewed: Option<MonthIndex>,
}

impl<'a> Term<'a> {
    fn of(programme: &'a Programme, ix: ContractIx, usage: &'a Usage, values: &'a Values) -> Self {
        let contract = &programme.contracts[ix.0];
        let used = contract.instance.map(|i| &usage.instances[i.0]);
        let left = used.map_or(programme.frame.period.months(), |u| u.left().unwrap_or(0));
        let served = used.map_or(0.0, |u| u.live.iter().copied().fold(0.0, f64::max));
        let mut term =
            Self { programme, ix, contract, used, values, phases: Vec::new(), served, left, exit: None, renewed: None };
        term.phases = term.as_agreed();
        term.exit = term.leaving();
        if let Some(exit) = &term.exit
            && exit.decision == Decision::Exit
        {
            let from = usize::try_from(programme.frame.period.offset(exit.leave)).unwrap_or(0);
            let rest = term.phases.iter_mut().skip(from).filter(|p| matches!(p, Phase::Paid(_)));
            rest.for_each(|p| *p = Phase::ReadOnly);
        }
        term
    }

    fn months(&self) -> usize {
        self.programme.frame.period.months()
    }

    /// First month and the month after the last of the agreed term, as offsets.
    fn agreed(&self) -> (i32, i32) {
        let period = &self.programme.frame.period;
        let start = self.contract.start.map_or(0, |m| period.offset(m));
        (start, period.offset(Month::of(self.contract.end)) + 1)
    }

    /// Phases if nobody leaves early: the term, then extensions and renewals in whole blocks for as
    /// long as the instance is used and no other contract of the instance is in its term.
    fn as_agreed(&mut self) -> Vec<Phase> {
        let (start, end) = self.agreed();
        let clip = |m: i32| usize::try_from(m).unwrap_or(0).min(self.months());
        let (start, end) = (clip(start), clip(end));
        let mut phases = vec![Phase::Off; self.months()];
        phases[start..end.max(start)].fill(Phase::Paid(1.0));
        let mut paid_to = end.max(start);
        if self.used.is_some() {
            paid_to = self.prolong(&mut phases, paid_to);
            // What was left is read under the contract that covered the last use.
            let last_cover = self.left.checked_sub(1).is_some_and(|m| matches!(phases[m], Phase::Paid(_)));
            if last_cover {
                phases[paid_to.max(self.left)..].fill(Phase::ReadOnly);
            }
        }
        phases
    }

    /// Months from `from` on that need this contract to go on.
    fn needed(&self, from: MonthIndex) -> bool {
        from < self.left && !self.succeeded(from)
    }

    /// Whether another contract of the same instance is in its agreed term in a month.
    fn succeeded(&self, month: MonthIndex) -> bool {
        let period = &self.programme.frame.period;
        self.programme.contracts.iter().enumerate().any(|(i, other)| {
            let start = other.start.map_or(0, |m| period.offset(m));
            let end = period.offset(Month::of(other.end)) + 1;
            let month = i32::try_from(month).expect("few months");
            i != self.ix.0 && other.instance == self.contract.instance && (start..end).contains(&month)
        })
    }

    fn prolong(&mut self, phases: &mut [Phase], mut paid_to: MonthIndex) -> MonthIndex {
        if let Some(extension) = &self.contract.extension {
            let factor = 1.0 + extension.uplift.of(self.values);
            let limit = paid_to + extension.months;
            while self.needed(paid_to) && paid_to < limit {
                let to = (paid_to + extension.term.max(1)).min(limit).min(phases.len());
                phases[paid_to..to].fill(Phase::Paid(factor));
                paid_to = to;
            }
        }
        if let Some(renewal) = &self.contract.renewal {
            let factor = 1.0 + renewal.uplift.of(self.values);
            while self.needed(paid_to) {
                self.renewed.get_or_insert(paid_to);
                let to = (paid_to + renewal.term.max(1)).min(phases.len());
                phases[paid_to..to].fill(Phase::Paid(factor));
                paid_to = to;
            }
        }
        paid_to
    }

    /// Index of prices in a month, by offset so that charges beyond the period can be had.
    fn price(&self, offset: i32) -> f64 {
        let month = self.programme.frame.period.start().plus(offset);
        licence::index(self.contract, month.financial_year(), self.values)
    }

    /// The yearly minimum of all lines: what is payable with nobody on the system.
    fn idle(&self) -> f64 {
        self.contract.lines.iter().map(|l| licence::invoice_for(l, 0.0, self.values)).sum()
    }

    /// Whether to leave before the end, once the last user has gone. The two sides are compared in
    /// cash prices; staying includes read-only access, leaving has to pay for it.
    fn leaving(&self) -> Option<Exit> {
        self.used?;
        let period = &self.programme.frame.period;
        let (start, agreed_end) = self.agreed();
        let last_paid = self.phases.iter().rposition(|p| matches!(p, Phase::Paid(_)))?;
        let whole = |n: usize| i32::try_from(n).expect("few months");
        let end = agreed_end.max(whole(last_paid) + 1);
        let notice = self.contract.notice.map(|n| crate::plan::whole_months(n.of(self.values)));
        let now = whole(period.first_counted());
        let leave = whole(self.left).max(start).max(now + notice.unwrap_or(0));
        if leave >= end || self.left >= self.months() {
            return None;
        }
        let stay: f64 = (leave..end).map(|m| self.idle() * self.price(m) * self.factor(m) / 12.0).sum();
        let archive: f64 = (leave..end).map(|m| self.archive_charge(m, leave)).sum();
        let charge = self.contract.early_exit.map(|share| share.of(self.values) * stay);
        let exits = charge.is_some_and(|c| c + archive < stay);
        let leave = period.start().plus(leave);
        Some(Exit {
            leave,
            stay,
            charge,
            archive,
            decision: if exits { Decision::Exit } else { Decision::Stay },
            notice_by: notice.map(|n| leave.plus(-n).plus(-1).last_day()),
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
    fn archive_charge(&self, offset: i32, since: i32) -> f64 {
        let Some(read_only) = &self.contract.read_only else { return 0.0 };
        let kept = read_only.months.is_none_or(|m| offset - since < i32::try_from(m).unwrap_or(i32::MAX));
        if !kept {
            return 0.0;
        }
        let full: f64 = self.contract.lines.iter().map(|l| licence::tariff(l, self.served, self.values)).sum();
        read_only.share.of(self.values) * full * self.price(offset) / 12.0
    }

    /// Parts by month for each line; books them; returns the contract's months.
    fn split(&self, ledger: &mut Ledger) -> ContractMonths {
        let months = self.months();
        let zero = || vec![0.0; months];
        let mut all = ContractMonths {
            service: zero(),
            head_start: zero(),
            overlap: zero(),
            stranded: zero(),
            archive: zero(),
            invoice: zero(),
            uncovered: self.uncovered(),
            term_end: usize::try_from(self.agreed().1).unwrap_or(0).min(months),
            exit: self.exit.clone(),
        };
        for line in 0..self.contract.lines.len() {
            let parts = self.split_line(line);
            for (category, amounts) in &parts {
                self.book_line(line, *category, amounts, ledger);
                let sum = match category {
                    Category::HeadStart => &mut all.head_start,
                    Category::Overlap => &mut all.overlap,
                    Category::Archive => &mut all.archive,
                    Category::Stranded => &mut all.stranded,
                    _ => &mut all.service,
                };
                for (m, amount) in amounts.iter().enumerate() {
                    sum[m] += amount;
                    all.invoice[m] += amount;
                }
            }
        }
        if let (Some(month), Some(cost)) = (self.renewed, self.contract.renewal.as_ref().and_then(|r| r.cost)) {
            let line = CostLine::new(Category::External, Lineage::Renewal(self.ix), self.contract.body).using([cost]);
            ledger.book(line, [(i32::try_from(month).expect("few months"), cost.of(self.values))]);
        }
        all
    }

    fn split_line(&self, line: usize) -> [(Category, Vec<f64>); 5] {
        let line = &self.contract.lines[line];
        let months = self.months();
        let mut parts = [Category::Service, Category::HeadStart, Category::Overlap, Category::Archive, Category::Stranded]
            .map(|c| (c, vec![0.0; months]));
        let whole = |n: usize| i32::try_from(n).expect("few months");
        let read_only_from = self.phases.iter().position(|p| *p == Phase::ReadOnly);
        let twelfth = 1.0 / f64::from(u32::try_from(MONTHS_IN_YEAR).expect("12"));
        for month in 0..months {
            let price = self.price(whole(month));
            match self.phases[month] {
                Phase::Paid(factor) => {
                    let t = |users: f64| licence::tariff(line, users, self.values) * price * factor * twelfth;
                    let (live, provisioned, parallel) = self.users(month);
                    let total = live + provisioned + parallel;
                    // A contract without an instance is in use for as long as it runs.
                    let invoice = licence::invoice_for(line, total, self.values) * price * factor * twelfth;
                    if self.used.is_none() {
                        parts[0].1[month] = invoice;
                        continue;
                    }
                    parts[0].1[month] = t(live);
                    parts[1].1[month] = t(live + provisioned) - t(live);
                    parts[2].1[month] = t(total) - t(live + provisioned);
                    parts[4].1[month] = invoice - t(total);
                }
                Phase::ReadOnly => {
                    let since = whole(read_only_from.expect("this month is one"));
                    let full: f64 = self.contract.lines.iter().map(|l| licence::tariff(l, self.served, self.values)).sum();
                    let share = if full > 0.0 { licence::tariff(line, self.served, self.values) / full } else { 0.0 };
                    parts[3].1[month] = self.archive_charge(whole(month), since) * share;
                }
                Phase::Off => {}
            }
        }
        self.exit_charge(line, &mut parts[4].1);
        parts
    }

    /// The exit charge falls in the month of leaving, each line its share.
    fn exit_charge(&self, line: &crate::programme::ContractLine, stranded: &mut [f64]) {
        let Some(Exit { leave, charge: Some(charge), decision: Decision::Exit, .. }) = &self.exit else { return };
        let idle = self.idle();
        let share = if idle > 0.0 { licence::invoice_for(line, 0.0, self.values) / idle } else { 0.0 };
        if let Some(month) = self.programme.frame.period.index(*leave) {
            stranded[month] += charge * share;
        }
    }

    fn users(&self, month: MonthIndex) -> (f64, f64, f64) {
        self.used.map_or((0.0, 0.0, 0.0), |u| (u.live[month], u.provisioned[month], u.parallel[month]))
    }

    /// Months in use that no phase pays for and no other contract of the instance covers.
    fn uncovered(&self) -> Vec<MonthIndex> {
        let Some(used) = self.used else { return Vec::new() };
        let first = self.programme.frame.period.first_counted();
        (first..self.months())
            .filter(|&m| used.total(m) > 0.0 && !matches!(self.phases[m], Phase::Paid(_)) && !self.succeeded(m))
            .collect()
    }

    fn book_line(&self, line: usize, category: Category, amounts: &[f64], ledger: &mut Ledger) {
        let contract = self.contract;
        let mut uses: Vec<Handle> = licence::uses(contract, &contract.lines[line]);
        uses.extend(
            contract
                .extension
                .as_ref()
                .map(|e| e.uplift.handle())
                .filter(|_| self.phases.iter().any(|p| matches!(p, Phase::Paid(f) if *f > 1.0))),
        );
        if category == Category::Archive {
            uses.extend(contract.read_only.as_ref().map(|r| r.share.handle()));
        }
        let (rate, recoverable) = (contract.vat.rate.of(self.values), contract.vat.recoverable.of(self.values));
        let mut booked = CostLine::new(category, Lineage::Contract(self.ix, line), contract.provider.or(contract.body));
        booked.payer = contract.provider.and(contract.body);
        booked.basis = PriceBasis::Nominal;
        booked.vat = rate * (1.0 - recoverable);
        booked.uses = uses;
        ledger.book(booked, (0..).zip(amounts.iter().copied()));
    }
}
