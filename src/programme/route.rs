//! By which way a contract may lawfully take on more users.

use crate::assumption::Assumed;
use jiff::civil::Date;

/// What kind of way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteKind {
    /// The contract provides for it.
    Headroom,
    /// The contract is changed.
    Modification,
    /// A call-off from a framework.
    FrameworkCallOff,
    /// A competition.
    Competition,
}

impl RouteKind {
    /// As in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Headroom => "headroom",
            Self::Modification => "modification",
            Self::FrameworkCallOff => "framework_call_off",
            Self::Competition => "competition",
        }
    }
}

/// A way, with its limits, which are data: what the law allows is advice to be had, not a figure of this engine.
#[derive(Debug, Clone)]
pub struct Route {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: RouteKind,
    /// Months from starting to the right to add users.
    pub lead: usize,
    /// What it costs, once, real.
    pub cost: Option<Assumed<f64>>,
    /// Users that it can add at most.
    pub users: Option<Assumed<f64>>,
    /// Share by which the yearly charge may grow at most.
    pub growth: Option<Assumed<f64>>,
    /// Last day on which it can be started: the end of a framework.
    pub until: Option<Date>,
}
