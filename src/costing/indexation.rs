//! How a contract's prices move from year to year.

use crate::assumption::{Handle, Values};
use crate::economics::Deflator;
use crate::programme::{Contract, Indexation, Indexed};
use crate::quantity::{AppraisalPeriod, FinancialYear};

/// Price index of a contract in a financial year, 1 in the year of its prices: the product of `1 + step` over the years
/// between, each step on 1 April.
///
/// # Method
/// `docs/method.md`, section 3.
#[must_use]
pub(super) fn index(contract: &Contract, deflator: &Deflator, year: FinancialYear, values: &Values) -> f64 {
    let Some(indexation) = &contract.indexation else { return 1.0 };
    let years = year.years_since(indexation.prices_at);
    if let (Indexed::Rate(rate), None, None, None) = (&indexation.follows, indexation.cap, indexation.collar, indexation.first) {
        return (1.0 + rate.of(values)).powi(years);
    }
    let steps = |from: FinancialYear, n: i32| -> f64 {
        (1..=usize::try_from(n).unwrap_or(0)).map(|i| 1.0 + step(indexation, deflator, from.plus(i), values)).product()
    };
    if years >= 0 { steps(indexation.prices_at, years) } else { 1.0 / steps(year, -years) }
}

/// [`index`] of every year of a period.
pub(super) fn indices(contract: &Contract, deflator: &Deflator, period: &AppraisalPeriod, values: &Values) -> Vec<f64> {
    let Some(indexation) = &contract.indexation else { return vec![1.0; period.years()] };
    // The product up to a year is that up to the year before, times one more step.
    let mut known: Option<(i32, f64)> = None;
    let index = |y: usize| {
        let (year, flat) = (period.year(y), matches!(indexation.follows, Indexed::Rate(_)));
        let before = known.filter(|(years, _)| !flat && *years >= 0 && years + 1 == year.years_since(indexation.prices_at));
        let own = match before {
            Some((_, product)) => product * (1.0 + step(indexation, deflator, year, values)),
            None => index(contract, deflator, year, values),
        };
        known = Some((year.years_since(indexation.prices_at), own));
        own
    };
    (0..period.years()).map(index).collect()
}

/// `min(cap, max(collar, rate))` on 1 April of a year; 0 before indexation begins.
fn step(indexation: &Indexation, deflator: &Deflator, year: FinancialYear, values: &Values) -> f64 {
    if indexation.first.is_some_and(|first| year.first_month() < first) {
        return 0.0;
    }
    let rate = match &indexation.follows {
        Indexed::Rate(rate) => rate.of(values),
        Indexed::GeneralInflation { plus, lag } => {
            let older = year.start_year() - i16::try_from(*lag).unwrap_or(0);
            // The reader refuses a year within the period whose growth is not known.
            deflator.growth(older).unwrap_or(0.0) + plus.map_or(0.0, |p| p.of(values))
        }
    };
    let floored = indexation.collar.map_or(rate, |c| rate.max(c.of(values)));
    indexation.cap.map_or(floored, |c| floored.min(c.of(values)))
}

/// The numbers that the index rests on.
pub(super) fn uses(indexation: &Indexation) -> impl Iterator<Item = Handle> {
    let rate = match &indexation.follows {
        Indexed::Rate(rate) => Some(rate.handle()),
        Indexed::GeneralInflation { plus, .. } => plus.map(crate::assumption::Assumed::handle),
    };
    rate.into_iter().chain([indexation.cap, indexation.collar].into_iter().flatten().map(crate::assumption::Assumed::handle))
}
