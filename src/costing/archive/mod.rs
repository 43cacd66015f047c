//! What is left behind on an instance whose last user leaves: which way of keeping it is the cheapest of those that can
//! be had, and what it costs.
//!
//! Read-only access is on the invoices of the instance's contracts and so in [`super::dual_running`]; all else is booked
//! here. `docs/method.md`, section 5.

mod entry;
mod worth;

use super::Course;
use super::ledger::Book;
use super::phase::Phase;
use super::term::{Access, Term};
use crate::assumption::Values;
use crate::plan::whole_months;
use crate::programme::{Archive, ContractIx, InstanceIx, Way};
use crate::quantity::{Month, offset_of};
use entry::Entry;
use worth::Worth;

/// What is left behind on one instance, with every way of keeping it.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftBehind {
    /// The instance.
    pub instance: InstanceIx,
    /// First month in which nobody uses it.
    pub left: Month,
    /// First month in which its records need not be kept any more.
    pub until: Month,
    /// Records.
    pub records: f64,
    /// By strategy, in the author's order.
    pub alternatives: Vec<Alternative>,
    /// The strategy (by position) that is taken; `None` if none can be had, and then contracts say what is kept.
    pub chosen: Option<usize>,
}

/// One way of keeping what is left, with what it comes to. Year-0 prices, discounted where it says present.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Why it cannot be had; `None` if it can.
    pub ruled_out: Option<RuledOut>,
    /// What is paid within the period but for contracts, with its optimism bias, present.
    pub own: f64,
    /// Read-only access on invoices within the period, present.
    pub invoiced: f64,
    /// What else the contracts of the instance charge after its last use, present: staying or leaving depends on how
    /// long records are read under them.
    pub contracts: f64,
    /// What is paid after the period until records need not be kept any more.
    pub liability_real: f64,
    /// The same, present.
    pub liability: f64,
}

impl Alternative {
    /// What ways are compared by: the cheapest is taken. Present.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.own + self.invoiced + self.contracts + self.liability
    }
}

/// Why a strategy cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuledOut {
    /// The author's reason.
    Reason(String),
    /// It keeps only what is not re-keyed.
    OnlyForRest,
    /// No contract of the last use gives read-only access.
    NoAccess,
    /// Access ends before it is needed no more.
    Ends {
        /// First month in which nobody can read the records.
        from: Month,
        /// First month in which nobody has to, or in which they are in the archive.
        needed: Month,
    },
}

/// Ways that come to the same to a half-penny are equally cheap: sums in another order are no reason.
const TIE: f64 = 0.005;

/// When an instance is left and how long its records must be kept, as offsets.
#[derive(Debug, Clone, Copy)]
struct Span {
    left: i32,
    until: i32,
}

impl Span {
    /// `None` where nobody ever was on the instance, or somebody is to the end.
    fn of(course: &Course<'_>, ix: InstanceIx, archive: &Archive, values: &Values) -> Option<Self> {
        let used = course.used(ix);
        let left = used.left().filter(|left| *left < used.live.len() && used.live.iter().any(|users| *users > 0.0))?;
        let left = offset_of(left);
        Some(Self { left, until: left + whole_months(12.0 * archive.retention.of(values)) })
    }

    /// The month after the last in which records are read where they were.
    fn read_until(self, archive: &Archive, strategy: usize) -> i32 {
        match archive.kept_by(strategy).way {
            Way::ReadOnlyLicence => self.until,
            Way::ExtractToArchive { after, .. } => self.left.saturating_add(offset_of(after)),
            Way::MigrateAll { .. } | Way::RekeyOpenCases { .. } => self.left,
        }
    }
}

/// What is left behind on an instance; `None` where nothing is said of it, or nothing is left.
pub(super) fn left_behind(course: &Course<'_>, ix: InstanceIx, values: &Values) -> Option<LeftBehind> {
    let programme = course.programme;
    let archive = programme.instances[ix.0].archive.as_ref()?;
    let span = Span::of(course, ix, archive, values)?;
    let worth = Worth::of(programme, span.until);
    let strategies = 0..archive.strategies.len();
    let alternatives: Vec<Alternative> =
        strategies.map(|s| alternative(course, (ix, archive, s), span, &worth, values)).collect();
    let mut chosen: Option<usize> = None;
    for (i, a) in alternatives.iter().enumerate().filter(|(_, a)| a.ruled_out.is_none()) {
        if chosen.is_none_or(|c| a.total() < alternatives[c].total() - TIE) {
            chosen = Some(i);
        }
    }
    let month = |offset| programme.frame.period.start().plus(offset);
    let records = entry::records(course, ix, archive).iter().map(|n| n.of(values)).sum();
    Some(LeftBehind { instance: ix, left: month(span.left), until: month(span.until), records, alternatives, chosen })
}

/// How long what is left is read under a contract, as what is left on its instance is kept.
pub(super) fn access(course: &Course<'_>, contract: ContractIx, values: &Values) -> Access {
    let instance = course.programme.contracts[contract.0].instance;
    let described = instance.and_then(|ix| Some((ix, course.programme.instances[ix.0].archive.as_ref()?)));
    let Some((ix, archive)) = described else { return Access::AsAgreed };
    let (Some(span), Some(kept)) = (Span::of(course, ix, archive, values), left_behind(course, ix, values)) else {
        return Access::AsAgreed;
    };
    kept.chosen.map_or(Access::AsAgreed, |strategy| Access::Until(span.read_until(archive, strategy)))
}

/// Books the way of keeping what is left that is taken, but for read-only access.
pub(super) fn book(course: &Course<'_>, ix: InstanceIx, values: &Values, book: &mut impl Book) {
    let Some(archive) = &course.programme.instances[ix.0].archive else { return };
    let (Some(span), Some(kept)) = (Span::of(course, ix, archive, values), left_behind(course, ix, values)) else { return };
    let Some(strategy) = kept.chosen else { return };
    for entry in Entry::all(course, (ix, archive, strategy), span, values) {
        entry.enter(course, book);
    }
}

fn alternative(
    course: &Course<'_>,
    (ix, archive, strategy): (InstanceIx, &Archive, usize),
    span: Span,
    worth: &Worth,
    values: &Values,
) -> Alternative {
    let programme = course.programme;
    let (window, end) = (course.window(), offset_of(programme.frame.period.months()));
    let access = span.read_until(archive, strategy);
    let contracts = programme.contracts.iter().enumerate().filter(|(_, c)| c.instance == Some(ix));
    let terms: Vec<Term<'_>> = contracts
        .map(|(c, _)| Term::with(course, (ContractIx(c), Access::Until(access)), Some(course.used(ix)), values))
        .collect();
    let ruled_out = ruled_out(course, (archive, strategy), (span, access), &terms);
    let mut found = Alternative { ruled_out, own: 0.0, invoiced: 0.0, contracts: 0.0, liability_real: 0.0, liability: 0.0 };
    for entry in Entry::all(course, (ix, archive, strategy), span, values) {
        let uplift = entry.line.bias.map_or(0.0, |b| programme.biases[b.0].on_money(values));
        for (month, amount) in entry.amounts {
            let amount = amount + amount.abs() * uplift;
            if window.counted(month).is_some() {
                found.own += amount * worth.real(month);
            } else if month >= end {
                found.liability_real += amount;
                found.liability += amount * worth.real(month);
            }
        }
    }
    for term in &terms {
        for month in (span.left..end).filter_map(|m| window.counted(m)) {
            let (pound, read) = (worth.nominal(offset_of(month)), term.phases.at(month) == Phase::ReadOnly);
            let read = if read { term.read_only_charge(month) } else { 0.0 };
            found.invoiced += read * pound;
            found.contracts += (term.payable(month) - read) * pound;
        }
        let Some((from, _)) = term.reading() else { continue };
        for month in from.max(end)..access {
            let charge = term.archive_charge(month, from);
            found.liability_real += charge / worth.index(month);
            found.liability += charge * worth.nominal(month);
        }
    }
    found
}

/// Whether a strategy cannot be had: it is said so, or records could not be read for as long as they must be.
fn ruled_out(
    course: &Course<'_>,
    (archive, strategy): (&Archive, usize),
    (span, needed): (Span, i32),
    terms: &[Term<'_>],
) -> Option<RuledOut> {
    let (own, kept) = (&archive.strategies[strategy], archive.kept_by(strategy));
    if let Some(reason) = own.not_possible.as_ref().or(kept.not_possible.as_ref()) {
        return Some(RuledOut::Reason(reason.clone()));
    }
    if own.only_for_rest {
        return Some(RuledOut::OnlyForRest);
    }
    let licence = matches!(kept.way, Way::ReadOnlyLicence);
    if needed <= span.left || (terms.is_empty() && !licence) {
        // A system without contracts can be read for as long as it stands.
        return None;
    }
    let read = || terms.iter().filter_map(Term::reading);
    let to = read().map(|(_, to)| to.unwrap_or(i32::MAX)).max().unwrap_or(span.left);
    if to >= needed {
        return None;
    }
    if licence && terms.iter().all(|t| t.contract.read_only.is_none() || t.reading().is_none()) {
        return Some(RuledOut::NoAccess);
    }
    let month = |offset| course.programme.frame.period.start().plus(offset);
    Some(RuledOut::Ends { from: month(to), needed: month(needed) })
}
