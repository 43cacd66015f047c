//! Dimensionless numbers, each with the range that makes it meaningful.

use super::NotFinite;

macro_rules! bounded {
    ($(#[$doc:meta])* $name:ident, $low:expr, $high:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            /// The smallest and the largest value allowed.
            pub const RANGE: (f64, f64) = ($low, $high);

            /// # Errors
            /// [`NotFinite`] if the number is not finite or lies outside [`Self::RANGE`].
            pub fn try_new(value: f64) -> Result<Self, NotFinite> {
                if value.is_finite() && value >= $low && value <= $high {
                    Ok(Self(value))
                } else {
                    Err(NotFinite)
                }
            }

            /// The number itself; 0.035 for 3.5%.
            #[must_use]
            pub fn value(self) -> f64 {
                self.0
            }
        }
    };
}

bounded! {
    /// A yearly rate of growth or of discount; above -100%, so that no factor is negative.
    Rate, -0.999_999, 1_000.0
}
bounded! {
    /// What one real pound of a year is worth in year 0, above 0 and at most 1 for the published
    /// schedules.
    DiscountFactor, f64::MIN_POSITIVE, 1_000.0
}

impl DiscountFactor {
    /// Year 0 is not discounted. Green Book 2026, 6.10.
    pub const YEAR_0: Self = Self(1.0);

    /// The factor one year later at `rate`: `DF_t = DF_(t-1) / (1 + r_t)`, the product form, which
    /// is right across a kink of the schedule where `(1 + r_t)^-t` is not.
    #[must_use]
    pub fn next(self, rate: Rate) -> Self {
        Self(self.0 / (1.0 + rate.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_keeps_factors_positive() {
        assert!(Rate::try_new(0.035).is_ok() && Rate::try_new(-0.5).is_ok());
        assert!(Rate::try_new(-1.0).is_err() && Rate::try_new(f64::NAN).is_err() && Rate::try_new(f64::INFINITY).is_err());
        assert!(DiscountFactor::try_new(0.0).is_err());
    }
}
