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
use super::term::{Exit, Phase, Term};
use super::usage::Usage;
use crate::assumption::{Handle, Values};
use crate::programme::{Category, ContractIx, ContractLine, LineBasis, Programme};
use crate::quantity::{MonthIndex, offset_of};

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
    /// Whether the contract runs and is paid for (read-only access is not that).
    pub paid: Vec<bool>,
    /// The month after the last of the term agreed at the start, within the period.
    pub term_end: MonthIndex,
    /// Leaving early or staying, where the question arose.
    pub exit: Option<Exit>,
}

/// Splits every contract and books its lines.
pub(super) fn book(programme: &Programme, usage: &Usage, values: &Values, ledger: &mut Ledger) -> Vec<ContractMonths> {
    (0..programme.contracts.len())
        .map(|i| {
            let term = Term::of(programme, ContractIx(i), usage, values);
            split(&term, ledger)
        })
        .collect()
}

/// Parts by month for each line; books them; returns the contract's months.
fn split(term: &Term<'_>, ledger: &mut Ledger) -> ContractMonths {
    let months = term.months();
    let zero = || vec![0.0; months];
    let mut all = ContractMonths {
        service: zero(),
        head_start: zero(),
        overlap: zero(),
        stranded: zero(),
        archive: zero(),
        invoice: (0..months).map(|m| term.payable(m)).collect(),
        paid: term.phases.iter().map(|p| matches!(p, Phase::Paid(_))).collect(),
        term_end: usize::try_from(term.agreed().1).unwrap_or(0).min(months),
        exit: term.exit.clone(),
    };
    for line in 0..term.contract.lines.len() {
        let [service, head_start, overlap, archive, stranded] = split_line(term, line);
        for (category, amounts, sum) in [
            (Category::Service, service, &mut all.service),
            (Category::HeadStart, head_start, &mut all.head_start),
            (Category::Overlap, overlap, &mut all.overlap),
            (Category::Archive, archive, &mut all.archive),
            (Category::Stranded, stranded, &mut all.stranded),
        ] {
            book_line(term, line, category, &amounts, ledger);
            for (total, amount) in sum.iter_mut().zip(amounts) {
                *total += amount;
            }
        }
    }
    if let (Some(month), Some(cost)) = (term.renewed, term.contract.renewal.as_ref().and_then(|r| r.cost)) {
        let line = CostLine::new(Category::External, Lineage::Renewal(term.ix), term.payer()).using([cost]);
        ledger.book(line, [(month, cost.of(term.values))]);
    }
    if let (Some(month), Some(cost)) = (term.moving_on(&all.paid), term.contract.end_exit) {
        let line = CostLine::new(Category::External, Lineage::EndExit(term.ix), term.payer()).using([cost]);
        ledger.book(line, [(month, cost.of(term.values))]);
    }
    all
}

/// Service, head start, overlap, archive and stranded of one line, by month.
fn split_line(term: &Term<'_>, line: usize) -> [Vec<f64>; 5] {
    let line = &term.contract.lines[line];
    let mut parts = [(); 5].map(|()| vec![0.0; term.months()]);
    for month in 0..term.months() {
        let split = match term.phases[month] {
            Phase::Paid(factor) => paid(term, line, month, factor),
            Phase::ReadOnly => [0.0, 0.0, 0.0, archive(term, line, month), 0.0],
            Phase::Off => [0.0; 5],
        };
        for (part, amount) in parts.iter_mut().zip(split) {
            part[month] = amount;
        }
    }
    // The exit charge falls in the month of leaving, each line its share of what is left to pay.
    if let Some((month, charge)) = term.exit_charge() {
        parts[4][month] += charge * licence::invoice_for(line, 0.0, term.values) / term.idle();
    }
    parts
}

/// The parts of a month that is paid for.
fn paid(term: &Term<'_>, line: &ContractLine, month: MonthIndex, factor: f64) -> [f64; 5] {
    let price = term.price(offset_of(month)) * factor / 12.0;
    let t = |users: f64| licence::tariff(line, users, term.values) * price;
    let (live, provisioned, parallel) = term.users(month);
    let all = live + provisioned + parallel;
    let invoice = licence::invoice_for(line, all, term.values) * price;
    if term.used.is_none() {
        // A contract for no system in particular is in use for as long as it runs.
        return [invoice, 0.0, 0.0, 0.0, 0.0];
    }
    [t(live), t(live + provisioned) - t(live), t(all) - t(live + provisioned), 0.0, invoice - t(all)]
}

/// A line's share of the read-only charge of a month.
fn archive(term: &Term<'_>, line: &ContractLine, month: MonthIndex) -> f64 {
    let full: f64 = term.contract.lines.iter().map(|l| licence::tariff(l, term.served, term.values)).sum();
    if full > 0.0 { term.read_only_charge(month) * licence::tariff(line, term.served, term.values) / full } else { 0.0 }
}

fn book_line(term: &Term<'_>, line: usize, category: Category, amounts: &[f64], ledger: &mut Ledger) {
    let contract = term.contract;
    let mut uses: Vec<Handle> = licence::uses(contract, &contract.lines[line]);
    if matches!(contract.lines[line].basis, LineBasis::User { .. }) {
        uses.extend(&term.users_from);
    }
    if term.phases.iter().any(|p| matches!(p, Phase::Paid(f) if (*f - 1.0).abs() > 0.0)) {
        uses.extend(contract.extension.as_ref().map(|e| e.uplift.handle()));
        uses.extend(contract.renewal.as_ref().map(|r| r.uplift.handle()));
    }
    if category == Category::Stranded && term.exit_charge().is_some() {
        uses.extend(contract.early_exit.map(crate::assumption::Assumed::handle));
    }
    if category == Category::Archive {
        uses.extend(contract.read_only.as_ref().map(|r| r.share.handle()));
    }
    let (rate, recoverable) = (contract.vat.rate.of(term.values), contract.vat.recoverable.of(term.values));
    let mut booked = CostLine::new(category, Lineage::Contract(term.ix, line), contract.provider.or(term.payer()));
    booked.payer = contract.provider.and(term.payer());
    booked.basis = PriceBasis::Nominal;
    booked.asset = contract.lines[line].asset;
    booked.vat = rate * (1.0 - recoverable);
    booked.uses = uses;
    ledger.book(booked, (0..).zip(amounts.iter().copied()));
}
