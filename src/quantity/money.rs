//! Pounds sterling, with the price basis in the type.

use super::{DiscountFactor, NotFinite};
use std::iter::Sum;
use std::marker::PhantomData;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// A price basis. Sealed by use: only [`Real`], [`Nominal`] and [`Present`] exist.
pub trait Basis: Copy + std::fmt::Debug + 'static {
    /// The basis as a word for tables: `"real"`, `"nominal"`, `"present value"`.
    const NAME: &'static str;
}

/// Prices of year 0 (general inflation taken out). Green Book 2026, 6.47.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Real;
/// Cash prices of the year in which the amount falls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nominal;
/// Real prices discounted to year 0. Green Book 2026, 6.10 and 6.54.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Present;

impl Basis for Real {
    const NAME: &'static str = "real";
}
impl Basis for Nominal {
    const NAME: &'static str = "nominal";
}
impl Basis for Present {
    const NAME: &'static str = "present value";
}

/// An amount in pounds on one basis. Costs are positive, benefits negative.
///
/// Amounts on different bases cannot be added; that is the error business cases make most.
///
/// ```compile_fail
/// use appraise::quantity::{Money, Real, Present};
/// let _ = Money::<Real>::pounds(1.0) + Money::<Present>::pounds(1.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Money<B: Basis>(f64, PhantomData<B>);

impl<B: Basis> Money<B> {
    /// No money.
    pub const ZERO: Self = Self(0.0, PhantomData);

    /// An amount that arose from arithmetic on quantities already known to be finite.
    ///
    /// # Panics
    /// In debug builds, if the amount is not finite: a defect in the engine, not in a scenario.
    #[must_use]
    pub fn pounds(amount: f64) -> Self {
        debug_assert!(amount.is_finite(), "money must be finite, got {amount}");
        Self(amount, PhantomData)
    }

    /// An amount from outside.
    ///
    /// # Errors
    /// [`NotFinite`] for an infinite amount or one that is not a number.
    pub fn try_new(amount: f64) -> Result<Self, NotFinite> {
        if amount.is_finite() { Ok(Self(amount, PhantomData)) } else { Err(NotFinite) }
    }

    /// The amount in pounds.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }
}

impl Money<Nominal> {
    /// `real_t = nominal_t x I_0 / I_t`, with `index` = I_t / I_0 of the deflator.
    /// Green Book 2026, 6.47 and Table 7.
    #[must_use]
    pub fn deflated(self, index: f64) -> Money<Real> {
        Money::pounds(self.0 / index)
    }
}

impl Money<Real> {
    /// The inverse of [`Money::deflated`]: what a year-0 price is in the prices of its year.
    #[must_use]
    pub fn inflated(self, index: f64) -> Money<Nominal> {
        Money::pounds(self.0 * index)
    }

    /// Real amount times the discount factor of its year.
    #[must_use]
    pub fn discounted(self, factor: DiscountFactor) -> Money<Present> {
        Money::pounds(self.0 * factor.value())
    }
}

impl<B: Basis> Add for Money<B> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::pounds(self.0 + other.0)
    }
}
impl<B: Basis> AddAssign for Money<B> {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl<B: Basis> Sub for Money<B> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::pounds(self.0 - other.0)
    }
}
impl<B: Basis> Neg for Money<B> {
    type Output = Self;
    fn neg(self) -> Self {
        Self::pounds(-self.0)
    }
}
impl<B: Basis> Mul<f64> for Money<B> {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::pounds(self.0 * factor)
    }
}
impl<B: Basis> Sum for Money<B> {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |a, b| a + b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_not_finite_cannot_enter() {
        assert_eq!(Money::<Real>::try_new(f64::NAN), Err(NotFinite));
        assert_eq!(Money::<Real>::try_new(f64::INFINITY), Err(NotFinite));
        assert!(Money::<Real>::try_new(-1.5).is_ok());
    }

    #[test]
    fn nominal_to_real_to_present_goes_one_way() {
        // GBP 1,020 in a year whose prices are 2% up is GBP 1,000 real; at 1/1.035 it is 966.18.
        let real = Money::<Nominal>::pounds(1_020.0).deflated(1.02);
        assert!((real.value() - 1_000.0).abs() < 1e-9);
        let factor = DiscountFactor::try_new(1.0 / 1.035).expect("finite");
        assert!((real.discounted(factor).value() - 966.183_574_879).abs() < 1e-6);
    }
}
