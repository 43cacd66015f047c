//! Preference functions of PROMETHEE: how much of a difference on a criterion is a preference.

/// The six functions of Brans and Vincke, "A preference ranking organisation method", Management Science 31(6), 1985,
/// with their thresholds in units of the measure. What each makes of a difference is in
/// [`scoring::preferred`](crate::scoring::preferred).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Preference {
    /// Any difference is a preference in full (type I).
    Usual,
    /// Nothing up to the threshold, full beyond it (type II).
    UShape {
        /// Largest difference that does not count.
        indifference: f64,
    },
    /// In proportion up to the threshold, full from it on (type III).
    VShape {
        /// Smallest difference that counts in full.
        strict: f64,
    },
    /// Nothing, a half, full (type IV).
    Level {
        /// Largest difference that does not count.
        indifference: f64,
        /// Largest difference that counts by half.
        strict: f64,
    },
    /// Nothing up to one threshold, then in proportion up to the other (type V).
    Linear {
        /// Largest difference that does not count.
        indifference: f64,
        /// Smallest difference that counts in full.
        strict: f64,
    },
    /// `1 - exp(-d^2 / 2 sigma^2)` (type VI).
    Gaussian {
        /// The difference at which preference grows fastest.
        sigma: f64,
    },
}

impl Preference {
    /// The words of scenarios and results, in the order of their types.
    pub const WORDS: [&'static str; 6] = ["usual", "u_shape", "v_shape", "level", "linear", "gaussian"];

    /// As in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        let at = match self {
            Self::Usual => 0,
            Self::UShape { .. } => 1,
            Self::VShape { .. } => 2,
            Self::Level { .. } => 3,
            Self::Linear { .. } => 4,
            Self::Gaussian { .. } => 5,
        };
        Self::WORDS[at]
    }

    /// Its indifference threshold, if it has one.
    #[must_use]
    pub fn indifference(self) -> Option<f64> {
        match self {
            Self::UShape { indifference } | Self::Level { indifference, .. } | Self::Linear { indifference, .. } => {
                Some(indifference)
            }
            Self::Usual | Self::VShape { .. } | Self::Gaussian { .. } => None,
        }
    }

    /// Its threshold of strict preference, if it has one.
    #[must_use]
    pub fn strict(self) -> Option<f64> {
        match self {
            Self::VShape { strict } | Self::Level { strict, .. } | Self::Linear { strict, .. } => Some(strict),
            Self::Usual | Self::UShape { .. } | Self::Gaussian { .. } => None,
        }
    }

    /// Its sigma, if it has one.
    #[must_use]
    pub fn sigma(self) -> Option<f64> {
        match self {
            Self::Gaussian { sigma } => Some(sigma),
            _ => None,
        }
    }
}
