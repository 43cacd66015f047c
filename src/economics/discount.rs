//! Discounting.

use crate::parameters::DiscountSchedule;
use crate::quantity::{DiscountFactor, Money, Present};

/// Discount factors of years 0 to `horizon`.
///
/// `DF_0 = 1; DF_t = DF_(t-1) / (1 + r_t)` with `r_t` the band rate of year t. Year 0 is not
/// discounted and there is no mid-year convention. Green Book 2026, 6.10, 6.54 and Table 8.
#[must_use]
pub fn factors(schedule: &DiscountSchedule, horizon: usize) -> Vec<DiscountFactor> {
    let mut all = vec![DiscountFactor::YEAR_0];
    let mut factor = DiscountFactor::YEAR_0;
    for year in 1..=horizon {
        let rate = schedule.bands.iter().rev().find(|(from, _)| *from <= year).map(|(_, rate)| *rate);
        factor = factor.next(rate.expect("schedules start at year 1 (tested)"));
        all.push(factor);
    }
    all
}

/// Sum of the discount factors of years 0 to n. Year 0 is a year of service, so it counts.
#[must_use]
pub fn annuity_factor(factors: &[DiscountFactor]) -> f64 {
    factors.iter().map(|f| f.value()).sum()
}

/// Equivalent annual cost: the level real yearly amount with the same present value,
/// `PV / (DF_0 + ... + DF_n)`. Not in the main text of the Green Book 2026; the convention (year 0
/// included) is ours and stated in the method.
#[must_use]
pub fn equivalent_annual_cost(present: Money<Present>, factors: &[DiscountFactor]) -> f64 {
    present.value() / annuity_factor(factors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 5e-7, "{a} is not {b}");
    }

    fn standard(set: &str, year: usize) -> f64 {
        factors(&parameters::set(set).expect("shipped").standard, year)[year].value()
    }

    /// Six-place values computed with exact rationals and R, kinks at 31 and 76.
    #[test]
    fn standard_factors_follow_the_green_book_bands() {
        for (year, factor) in [
            (0, 1.0),
            (1, 0.966_184),
            (5, 0.841_973),
            (10, 0.708_919),
            (15, 0.596_891),
            (30, 0.356_278),
            (31, 0.345_901),
            (60, 0.146_782),
            (75, 0.094_214),
            (76, 0.091_916),
            (126, 0.026_742),
        ] {
            close(standard("green-book-2026", year), factor);
        }
    }

    #[test]
    fn the_set_named_is_the_set_used() {
        // At year 126 the sixth-band table drops to 2.0%: 0.026873 against 0.026742.
        close(standard("tag-2026-six-band", 126), 0.026_873);
    }

    #[test]
    fn health_factors_are_flat_in_the_green_book_and_decline_in_tag() {
        let health = |set: &str, year: usize| factors(&parameters::set(set).expect("shipped").health, year)[year].value();
        for (year, flat, declining) in [(30, 0.639_762, 0.639_762), (31, 0.630_308, 0.631_615), (76, 0.322_538, 0.355_550)] {
            close(health("green-book-2026", year), flat);
            close(health("tag-2026-six-band", year), declining);
        }
    }

    /// Green Book 2026, Table 8: 1,000 a year real is worth 1000, 966, 934, 902, 871, 842.
    #[test]
    fn table_8_of_the_green_book() {
        let printed = [1000.0, 966.0, 934.0, 902.0, 871.0, 842.0];
        for (year, expected) in printed.iter().enumerate() {
            let present = 1000.0 * standard("green-book-2026", year);
            assert!((present.round() - expected).abs() < 1e-9, "year {year}: {present}");
        }
    }

    /// The closed form within the first band: (1 - 1.035^-30) / 0.035 = 18.392045 without year 0.
    #[test]
    fn thirty_years_make_the_annuity_of_the_closed_form() {
        let all = factors(&parameters::set("green-book-2026").expect("shipped").standard, 30);
        close(annuity_factor(&all) - 1.0, (1.0 - 1.035_f64.powi(-30)) / 0.035);
        close(annuity_factor(&all) - 1.0, 18.392_045);
    }
}
