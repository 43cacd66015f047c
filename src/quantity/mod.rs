//! The nouns of arithmetic: money with its basis, rates, time, streams, and how numbers and text
//! are shown.
//!
//! Nothing here reads files, prints, or knows what an electronic patient record is. Constructors
//! refuse numbers that are not finite, so no later floor needs to look for them.

mod decimal;
mod money;
mod rate;
mod stream;
mod time;
mod visible;

pub use decimal::{fixed, grouped, hundredths, pounds, pounds_short, raised, raised_short, signed_pounds};
pub use money::{Basis, Money, Nominal, Present, Real};
pub use rate::{DiscountFactor, Rate};
pub use stream::Stream;
pub use time::{AppraisalPeriod, FinancialYear, MONTHS_IN_YEAR, Month, MonthIndex, QUARTERS_IN_YEAR, Quarter, offset_of};
pub use visible::{in_line, runs_leftwards, visible};

/// A number that was not finite (infinite, or not a number) where a quantity was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotFinite;

impl std::fmt::Display for NotFinite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a finite number")
    }
}

impl std::error::Error for NotFinite {}
