//! What a panel says of weights beyond its points.

use super::NodeIx;

/// One statement about the weights of nodes of the value tree; a group weighs what its criteria weigh together.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightStatement {
    /// As it was written, for people.
    pub said: String,
    /// What it says.
    pub claim: WeightClaim,
}

/// What is said of weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WeightClaim {
    /// One node weighs at least as much as another.
    AtLeast {
        /// What weighs more.
        more: NodeIx,
        /// What weighs less.
        less: NodeIx,
    },
    /// A weight lies between two shares of the whole.
    Between {
        /// Of what.
        node: NodeIx,
        /// Least.
        low: f64,
        /// Largest.
        high: f64,
    },
    /// A weight is so many times another.
    Ratio {
        /// Of what.
        of: NodeIx,
        /// Over what.
        to: NodeIx,
        /// Least.
        low: f64,
        /// Largest.
        high: Option<f64>,
    },
}
