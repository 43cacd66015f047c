//! One amount for each financial year of the appraisal period.

use super::{Basis, Money};

/// Amounts by year, year 0 first.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream<B: Basis>(Vec<Money<B>>);

impl<B: Basis> Stream<B> {
    /// Nothing in any of `years` years.
    #[must_use]
    pub fn zero(years: usize) -> Self {
        Self(vec![Money::ZERO; years])
    }

    /// Adds an amount to a year.
    ///
    /// # Panics
    /// If the year lies beyond the stream.
    pub fn add(&mut self, year: usize, amount: Money<B>) {
        self.0[year] += amount;
    }

    /// The amounts, year 0 first.
    #[must_use]
    pub fn years(&self) -> &[Money<B>] {
        &self.0
    }

    /// The sum over all years, year 0 first.
    #[must_use]
    pub fn total(&self) -> Money<B> {
        self.0.iter().copied().sum()
    }
}
