//! What a contract charges for a number of users.

use super::indexation;
use crate::assumption::{Assumed, Handle, Values};
use crate::programme::{Band, Banding, Contract, ContractLine, LineBasis, Meter, Part, Rest};

/// T(u): a line's yearly charge for so many units, before minimum, true-up and term, at the prices of the contract's
/// price year. T(0) = 0, fixed lines included.
#[must_use]
pub fn tariff(line: &ContractLine, units: f64, values: &Values) -> f64 {
    if units > 0.0 { charge(line, units, values) } else { 0.0 }
}

/// What the contract makes a body pay a year on a line for so many units: fixed lines whatever the use, and at least
/// the minimum number.
#[must_use]
pub fn invoice_for(line: &ContractLine, units: f64, values: &Values) -> f64 {
    let units = match &line.basis {
        LineBasis::Metered { minimum: Some(minimum), .. } => units.max(minimum.of(values)),
        _ => line.part.and_then(|p| p.rest).map_or(units, |rest| units.max(least(rest, values))),
    };
    charge(line, units, values)
}

/// The numbers of units at which the slope of a line's charge changes, and just above them, where it may jump.
#[must_use]
pub fn corners(line: &ContractLine, values: &Values) -> Vec<f64> {
    let mut corners = Vec::new();
    match &line.basis {
        LineBasis::Fixed { covers, .. } => corners.extend(covers.map(|c| c.users.of(values))),
        LineBasis::Metered { bands, minimum, .. } => {
            corners.extend(bands.iter().filter_map(|b| b.up_to).map(|u| u.of(values)));
            corners.extend(minimum.map(|m| m.of(values)));
        }
    }
    corners.extend(line.part.and_then(|p| p.rest).map(|rest| least(rest, values)));
    let above: Vec<f64> = corners.iter().map(|c| c + 1e-6).collect();
    corners.extend(above);
    corners
}

/// Users of a yearly value that are paid for at least.
fn least(rest: Rest, values: &Values) -> f64 {
    rest.least.map_or(0.0, |share| share.of(values) * rest.among)
}

fn charge(line: &ContractLine, units: f64, values: &Values) -> f64 {
    let part = match line.part {
        None => 1.0,
        Some(Part { fixed, rest: None }) => fixed.of(values),
        Some(Part { fixed, rest: Some(rest) }) => (1.0 - fixed.of(values)) / rest.among,
    };
    part * match &line.basis {
        LineBasis::Fixed { amount, covers } => {
            let beyond = covers.and_then(|c| Some((c.users, c.beyond?)));
            amount.of(values) + beyond.map_or(0.0, |(users, price)| (units - users.of(values)).max(0.0) * price.of(values))
        }
        LineBasis::Metered { bands, banding, .. } => banded(bands, *banding, units, values),
    }
}

fn banded(bands: &[Band], banding: Banding, units: f64, values: &Values) -> f64 {
    let mut below = 0.0;
    let mut sum = 0.0;
    for band in bands {
        let top = band.up_to.map_or(f64::INFINITY, |u| u.of(values));
        let price = band.price.of(values);
        match banding {
            Banding::AllUnits if units <= top => return units * price,
            Banding::AllUnits => {}
            Banding::Marginal => sum += (units.min(top) - below).max(0.0) * price,
        }
        below = top;
    }
    sum
}

/// The numbers that a line's charge rests on.
pub(crate) fn uses(contract: &Contract, line: &ContractLine) -> Vec<Handle> {
    let mut uses = Vec::new();
    match &line.basis {
        LineBasis::Fixed { amount, covers } => {
            uses.push(amount.handle());
            uses.extend(covers.iter().flat_map(|c| [Some(c.users), c.beyond]).flatten().map(Assumed::handle));
        }
        LineBasis::Metered { meter, bands, minimum, .. } => {
            for band in bands {
                uses.extend(band.up_to.map(Assumed::handle));
                uses.push(band.price.handle());
            }
            uses.extend(minimum.map(Assumed::handle));
            if let Meter::ConcurrentUsers(share) = meter {
                uses.push(share.handle());
            }
        }
    }
    if let Some(part) = line.part {
        uses.push(part.fixed.handle());
        uses.extend(part.rest.and_then(|rest| rest.least).map(Assumed::handle));
    }
    uses.extend(contract.indexation.iter().flat_map(indexation::uses));
    uses.extend(contract.suite.as_ref().map(|s| s.discount.handle()));
    uses
}
