//! What contracts charge for each pound of each of their prices, all that was decided at the prices in force kept: what a
//! reader needs to see an invoice as price times quantity, and to change the price.
//!
//! Tariffs, minimum, ratchet, exit charge and read-only charge are all sums over prices of price times a quantity that no
//! price enters. So the quantity of a price is what the contract charges where that price is a pound and its others are
//! nothing, worked out by the code that makes its invoices.

use super::Course;
use super::dual_running;
use super::effort::Effort;
use super::indexation;
use super::ledger::{CostLine, Ledger, Lineage};
use super::residual;
use super::term::Term;
use super::usage::Usage;
use crate::assumption::{Handle, Values};
use crate::plan::{Plan, Sequence, Timetable};
use crate::programme::{ContractIx, ContractLine, Programme};

/// Lines of a plan that follow a price, at a pound of it.
#[derive(Debug, Clone)]
pub struct Priced {
    /// Contract.
    pub contract: ContractIx,
    /// The price.
    pub price: Handle,
    /// Its lines, what its provider is left with, and what is left of its capital at the end of the period: of the same
    /// category, lineage and terms as in [`super::cost`].
    pub lines: Vec<CostLine>,
}

/// The prices of a contract, each once.
#[must_use]
pub fn prices(programme: &Programme, contract: ContractIx) -> Vec<Handle> {
    let mut all = Vec::new();
    for price in programme.contracts[contract.0].lines.iter().flat_map(ContractLine::prices) {
        if !all.contains(&price) {
            all.push(price);
        }
    }
    all
}

/// Price index of a contract by year of the period, 1 in the year of its prices.
#[must_use]
pub fn price_indices(programme: &Programme, contract: ContractIx, values: &Values) -> Vec<f64> {
    indexation::indices(&programme.contracts[contract.0], &programme.deflator, &programme.frame.period, values)
}

/// What follows from each price of each contract of a plan, in the order of contracts.
#[must_use]
pub fn by_price(programme: &Programme, plan: &Plan, values: &Values) -> Vec<Priced> {
    let sequence = Sequence::of(plan);
    let timetable = Timetable::of(programme, plan, &sequence, values);
    let usage = Usage::of(programme, plan, &sequence, &timetable, values);
    let course = Course { programme, plan, sequence: &sequence, timetable: &timetable, usage: &usage, changed: &[] };
    let mut unit = values.clone();
    let mut found = Vec::new();
    for ix in (0..programme.contracts.len()).map(ContractIx) {
        let prices = prices(programme, ix);
        let decided = Term::of(&course, ix, programme.contracts[ix.0].instance.map(|i| course.used(i)), values);
        for price in &prices {
            unit.set(*price, 0.0);
        }
        for &price in &prices {
            unit.set(price, 1.0);
            found.push(Priced { contract: ix, price, lines: at_a_pound(&course, &decided, &unit) });
            unit.set(price, 0.0);
        }
        for price in prices {
            unit.set(price, values.get(price));
        }
    }
    found
}

/// Lines that follow the prices of a contract, decided on some values and charged on others.
fn at_a_pound(course: &Course<'_>, decided: &Term<'_>, unit: &Values) -> Vec<CostLine> {
    let programme = course.programme;
    let term = Term::as_decided(course, decided, unit);
    let mut ledger = Ledger::new(&programme.frame.period, Effort::none(programme, unit));
    dual_running::book_term(course, &term, &mut ledger);
    ledger.lines.retain(|l| matches!(l.lineage, Lineage::Contract(..) | Lineage::Retained(_)));
    for line in ledger.lines.clone() {
        residual::follow(programme, &line, unit, &mut ledger);
    }
    ledger.lines
}
