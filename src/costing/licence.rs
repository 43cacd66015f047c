//! What a contract charges for a number of users.

use crate::assumption::{Handle, Values};
use crate::programme::{Band, Banding, Contract, ContractLine, LineBasis};
use crate::quantity::FinancialYear;

/// T(u): a line's yearly charge for `users`, before minimum, ratchet and term, at the prices of the
/// contract's price year. T(0) = 0, fixed lines included.
#[must_use]
pub fn tariff(line: &ContractLine, users: f64, values: &Values) -> f64 {
    if users > 0.0 { charge(line, users, values) } else { 0.0 }
}

/// What the contract makes a body pay a year on a line for `users`: fixed lines whatever the use, and
/// at least the minimum number of users.
#[must_use]
pub fn invoice_for(line: &ContractLine, users: f64, values: &Values) -> f64 {
    let users = match &line.basis {
        LineBasis::User { minimum: Some(minimum), .. } => users.max(minimum.of(values)),
        _ => users,
    };
    charge(line, users, values)
}

fn charge(line: &ContractLine, users: f64, values: &Values) -> f64 {
    match &line.basis {
        LineBasis::Fixed(amount) => amount.of(values),
        LineBasis::User { bands, banding, .. } => banded(bands, *banding, users, values),
    }
}

fn banded(bands: &[Band], banding: Banding, users: f64, values: &Values) -> f64 {
    let mut below = 0.0;
    let mut sum = 0.0;
    for band in bands {
        let top = band.up_to.map_or(f64::INFINITY, |u| u.of(values));
        let price = band.price.of(values);
        match banding {
            Banding::AllUnits if users <= top => return users * price,
            Banding::AllUnits => {}
            Banding::Marginal => sum += (users.min(top) - below).max(0.0) * price,
        }
        below = top;
    }
    sum
}

/// Indexation of a contract's prices in a financial year: `(1 + rate)^(years since the price year)`,
/// stepping each 1 April.
#[must_use]
pub(super) fn index(contract: &Contract, year: FinancialYear, values: &Values) -> f64 {
    contract.indexation.as_ref().map_or(1.0, |i| (1.0 + i.rate.of(values)).powi(year.years_since(i.prices_at)))
}

/// The numbers that a line's charge rests on.
pub(crate) fn uses(contract: &Contract, line: &ContractLine) -> Vec<Handle> {
    let mut uses = Vec::new();
    match &line.basis {
        LineBasis::Fixed(amount) => uses.push(amount.handle()),
        LineBasis::User { bands, minimum, .. } => {
            for band in bands {
                uses.extend(band.up_to.map(crate::assumption::Assumed::handle));
                uses.push(band.price.handle());
            }
            uses.extend(minimum.map(crate::assumption::Assumed::handle));
        }
    }
    uses.extend(contract.indexation.as_ref().map(|i| i.rate.handle()));
    uses
}
