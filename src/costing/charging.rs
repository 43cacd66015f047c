//! How a contract charges month by month while its system is used: what a roadmap needs to know of it before the use of
//! systems is known.

use super::Course;
use super::ledger::CostLine;
use super::phase::Phase;
use super::term::Term;
use super::{dual_running, licence, meter};
use crate::assumption::Values;
use crate::programme::{ContractIx, LineBasis, Meter};
use crate::quantity::{MonthIndex, offset_of};

/// What a contract line counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Counted {
    /// Nothing: it charges the same whatever the use.
    Nothing,
    /// Users, this share of them.
    Users(f64),
    /// Patient records.
    Patients,
    /// Contacts.
    Contacts,
}

/// One line of a contract, in the months in which it is paid for use.
#[derive(Debug, Clone)]
pub struct Charging {
    /// Line, by position.
    pub line: usize,
    /// What it counts.
    pub counted: Counted,
    /// The terms on which its amounts are booked.
    pub terms: CostLine,
    /// By month, what is payable in cash of the month for each pound of its yearly charge; 0 where it is not paid, or not
    /// for the users of its system.
    pub rate: Vec<f64>,
    /// By month, the month whose number is charged.
    pub counted_at: Vec<MonthIndex>,
    /// By month, whether no less may be charged than in the month before.
    pub held: Vec<bool>,
    /// What is taken off the price in a month in which all systems of a suite are in use, as a share of what is left;
    /// 0 without a suite.
    pub suite: f64,
}

/// The lines of a contract of a system, on a course on which the system is used.
#[must_use]
pub fn charging(course: &Course<'_>, ix: ContractIx, values: &Values) -> Vec<Charging> {
    let Some(instance) = course.programme.contracts[ix.0].instance else { return Vec::new() };
    let term = Term::of(course, ix, Some(course.used(instance)), values);
    let discount = term.contract.suite.as_ref().map_or(0.0, |s| s.discount.of(values));
    let suite = if discount < 1.0 { discount / (1.0 - discount) } else { 0.0 };
    let lines = term.contract.lines.iter().enumerate();
    lines
        .map(|(line, own)| {
            let counted = match &own.basis {
                LineBasis::Fixed { covers, .. } => {
                    covers.and_then(|c| c.beyond).map_or(Counted::Nothing, |_| Counted::Users(1.0))
                }
                LineBasis::Metered { meter: Meter::NamedUsers, .. } => Counted::Users(1.0),
                LineBasis::Metered { meter: Meter::ConcurrentUsers(share), .. } => Counted::Users(share.of(values)),
                LineBasis::Metered { meter: Meter::Patients, .. } => Counted::Patients,
                LineBasis::Metered { meter: Meter::Contacts, .. } => Counted::Contacts,
            };
            let rate = |month: MonthIndex| match term.phases.at(month) {
                Phase::Paid(factor) if !term.handed_on(month) => {
                    let offset = offset_of(month);
                    term.price(offset) * factor * term.discount(offset) / 12.0
                }
                _ => 0.0,
            };
            Charging {
                line,
                counted,
                terms: dual_running::terms(&term, line),
                rate: (0..term.months()).map(rate).collect(),
                counted_at: meter::counted_at(&term, own),
                held: meter::held(&term, own),
                suite,
            }
        })
        .collect()
}

/// What a line charges a year for nobody.
#[must_use]
pub fn for_nobody(course: &Course<'_>, ix: ContractIx, line: usize, values: &Values) -> f64 {
    licence::invoice_for(&course.programme.contracts[ix.0].lines[line], 0.0, values)
}

/// What a line charges a year for so many units more than for none.
#[must_use]
pub fn for_use(course: &Course<'_>, ix: ContractIx, line: usize, units: f64, values: &Values) -> f64 {
    let line = &course.programme.contracts[ix.0].lines[line];
    licence::invoice_for(line, units, values) - licence::invoice_for(line, 0.0, values)
}
