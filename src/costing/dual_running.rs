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

use super::Course;
use super::ledger::{Book, CostLine, Lineage, PriceBasis};
use super::meter::Quantity;
use super::phase::Phase;
use super::term::{Exit, Taken, Term};
use super::{around, licence, meter};
use crate::assumption::{Handle, Values};
use crate::programme::{Category, ContractIx, ContractLine, LineBasis, Sector};
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
    /// The terms that are run through, in order, whether or not one leaves early.
    pub terms: Vec<Taken>,
    /// Leaving early or staying, where the question arose.
    pub exit: Option<Exit>,
}

impl ContractMonths {
    /// The invoice of each month, and nothing of its parts yet.
    fn of(term: &Term<'_>) -> Self {
        let months = term.months();
        let zero = || vec![0.0; months];
        Self {
            service: zero(),
            head_start: zero(),
            overlap: zero(),
            stranded: zero(),
            archive: zero(),
            invoice: (0..months).map(|m| term.payable(m)).collect(),
            paid: (0..months).map(|m| term.phases.is_paid(m)).collect(),
            term_end: usize::try_from(term.agreed().1).unwrap_or(0).min(months),
            terms: term.taken.clone(),
            exit: term.exit.clone(),
        }
    }

    fn add(&mut self, stretches: &[Stretch]) {
        let sums = [&mut self.service, &mut self.head_start, &mut self.overlap, &mut self.archive, &mut self.stranded];
        for (part, sum) in sums.into_iter().enumerate() {
            for stretch in stretches {
                sum[stretch.from..stretch.to].iter_mut().for_each(|total| *total += stretch.parts[part]);
            }
        }
    }
}

/// Splits a contract and books its lines.
pub(super) fn book(course: &Course<'_>, ix: ContractIx, values: &Values, book: &mut impl Book) {
    let instance = course.programme.contracts[ix.0].instance;
    book_term(course, &Term::of(course, ix, instance.map(|i| course.used(i)), values), book);
}

/// The same once its terms are known.
pub(super) fn book_term(course: &Course<'_>, term: &Term<'_>, book: &mut impl Book) {
    let instance = term.contract.instance;
    let mut kept = book.contracts().is_some().then(|| ContractMonths::of(term));
    let users_from = match instance {
        Some(instance) if kept.is_some() => course.usage.users_from(course.programme, instance),
        _ => Vec::new(),
    };
    for line in 0..term.contract.lines.len() {
        let parts = split_line(term, line);
        let mut counted = users_from.clone();
        if let (Some(instance), true) = (instance, kept.is_some()) {
            counted.extend(meter::uses(course, instance, &term.contract.lines[line]));
        }
        for part in 0..PARTS.len() {
            // Most lines have no more than two or three parts.
            if parts.iter().any(|s| s.parts[part] != 0.0) {
                book_line(term, (line, &counted), part, &parts, book);
            }
        }
        if let Some(months) = &mut kept {
            months.add(&parts);
        }
    }
    around::book(term, term.values, book);
    book.open(term.ix, || super::open(course.programme, course.usage, term.ix, |m| term.phases.is_paid(m)));
    if let (Some(months), Some(contracts)) = (kept, book.contracts()) {
        contracts.push(months);
    }
}

/// The parts of an invoice, in the order in which a line is split.
const PARTS: [Category; 5] = [Category::Service, Category::HeadStart, Category::Overlap, Category::Archive, Category::Stranded];

/// The parts of a line's invoice, the same in every month of a stretch.
struct Stretch {
    from: MonthIndex,
    to: MonthIndex,
    parts: [f64; 5],
}

/// Service, head start, overlap, archive and stranded of one line, by stretches of months in order.
fn split_line(term: &Term<'_>, line: usize) -> Vec<Stretch> {
    let at = line;
    let (line, reading) = (&term.contract.lines[at], &term.readings[at]);
    let served = licence::tariff(line, reading.served, term.values);
    let mut charges = Charges::of(term, line, Quantity::default());
    let mut all: Vec<Stretch> = Vec::with_capacity(term.stretches.len() + 2);
    for &(from, to) in &term.stretches {
        let mut month = from;
        while month < to {
            let phase = term.phases.at(month);
            let (parts, end) = match phase {
                Phase::Paid(factor) => {
                    let units = reading.at(term, month);
                    if units != charges.units {
                        charges = Charges::of(term, line, units);
                    }
                    let price = term.price(offset_of(month)) * factor * term.discount(offset_of(month)) / 12.0;
                    (charges.parts(price), reading.same_until(month, to))
                }
                // Each line its share of the read-only charge, for as long as that is kept.
                Phase::ReadOnly if term.full > 0.0 => {
                    ([0.0, 0.0, 0.0, term.read_only_charge(month) * served / term.full, 0.0], month + 1)
                }
                Phase::ReadOnly | Phase::Off => ([0.0; 5], to),
            };
            all.push(Stretch { from: month, to: end, parts });
            month = end;
        }
    }
    // The exit charge falls in the month of leaving, each line its share of what is left to pay.
    if let Some((month, charge)) = term.exit_charge() {
        add_in(&mut all, month, charge * term.exit_share(at));
    }
    all
}

/// Adds what is stranded in a month, which becomes a stretch of its own.
fn add_in(all: &mut Vec<Stretch>, month: MonthIndex, amount: f64) {
    let Some(at) = all.iter().position(|s| s.from <= month && month < s.to) else { return };
    let Stretch { from, to, parts } = all.remove(at);
    let mut with = parts;
    with[4] += amount;
    let three = [(from, month, parts), (month, month + 1, with), (month + 1, to, parts)];
    let some = three.into_iter().filter(|(from, to, _)| from < to).map(|(from, to, parts)| Stretch { from, to, parts });
    all.splice(at..at, some);
}

/// What a line charges a year for some users, at the prices of its price year.
struct Charges {
    units: Quantity,
    live: f64,
    ready: f64,
    all: f64,
    invoice: f64,
    /// Whether the contract is for no system in particular, and so in use for as long as it runs.
    general: bool,
}

impl Charges {
    fn of(term: &Term<'_>, line: &ContractLine, units: Quantity) -> Self {
        let t = |units: f64| licence::tariff(line, units, term.values);
        Self {
            units,
            live: t(units.live),
            ready: t(units.ready),
            all: t(units.all),
            invoice: licence::invoice_for(line, units.charged, term.values),
            general: term.used.is_none(),
        }
    }

    /// The parts of a month that is paid for, at a twelfth of the index.
    fn parts(&self, price: f64) -> [f64; 5] {
        let invoice = self.invoice * price;
        if self.general {
            return [invoice, 0.0, 0.0, 0.0, 0.0];
        }
        let (live, ready, all) = (self.live * price, self.ready * price, self.all * price);
        [live, ready - live, all - ready, 0.0, invoice - all]
    }
}

fn book_line(term: &Term<'_>, (line, users_from): (usize, &[Handle]), part: usize, stretches: &[Stretch], book: &mut impl Book) {
    let category = PARTS[part];
    let booked = CostLine { category, ..terms(term, line) };
    // Not worked out before a book asks for it.
    let uses = std::iter::once(()).flat_map(|()| uses(term, (line, users_from), category));
    let amounts = stretches.iter().map(|s| (offset_of(s.from), offset_of(s.to), s.parts[part]));
    book.enter_stretches(booked, uses, amounts);
}

/// The terms on which the amounts of a line, by position, are booked.
pub(super) fn terms(term: &Term<'_>, line: usize) -> CostLine {
    let contract = term.contract;
    let (rate, recoverable) = (contract.vat.rate.of(term.values), contract.vat.recoverable.of(term.values));
    // A public provider bears the resources and is paid for them; what a supplier does with its own is its own.
    let provider = contract.provider.filter(|p| term.programme.organisations[p.0].sector == Sector::Public);
    let mut booked = CostLine::new(Category::Service, Lineage::Contract(term.ix, line), provider.or(term.payer()));
    booked.payer = provider.and(term.payer());
    booked.passes = term.passes();
    booked.basis = PriceBasis::Nominal;
    booked.asset = contract.lines[line].asset;
    booked.vat = rate * (1.0 - recoverable);
    booked
}

/// The numbers that a part of a line rests on.
fn uses(term: &Term<'_>, (line, users_from): (usize, &[Handle]), category: Category) -> Vec<Handle> {
    let contract = term.contract;
    let mut uses: Vec<Handle> = licence::uses(contract, &contract.lines[line]);
    if !matches!(contract.lines[line].basis, LineBasis::Fixed { covers: None, .. }) {
        uses.extend(users_from);
    }
    if term.phases.runs().any(|(.., p)| matches!(p, Phase::Paid(f) if (f - 1.0).abs() > 0.0)) {
        uses.extend(contract.extensions.iter().map(|e| e.uplift.handle()));
        uses.extend(contract.reprocurement.as_ref().map(|r| r.uplift.handle()));
        uses.extend(contract.renewal.as_ref().map(|r| r.uplift.handle()));
    }
    if category == Category::Stranded && term.exit_charge().is_some() {
        uses.extend(contract.early_exit.map(crate::assumption::Assumed::handle));
    }
    if category == Category::Archive {
        uses.extend(contract.read_only.as_ref().map(|r| r.share.handle()));
    }
    uses
}
