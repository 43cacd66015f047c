//! What is left to the optimiser, and within which limits.

use super::{InstanceIx, LinkIx};
use crate::assumption::Assumed;
use crate::quantity::Month;

/// What of an option is left to the optimiser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freedom {
    /// Only when its moves go live: where services go is as the option says.
    Schedule,
    /// Where services go, when, and which links are built.
    Roadmap,
}

/// What is wanted of a roadmap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Aim {
    /// The least net present cost.
    #[default]
    Cost,
    /// The highest score at the combined weights.
    Score,
}

/// Limits on a roadmap besides those that hold for every plan, and what there is to choose from.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own in the scenario, and none rules out another")]
pub struct Optimise {
    /// What options that are left to the optimiser are to be best at.
    pub aim: Aim,
    /// Most services that go live in one quarter.
    pub go_lives: Option<usize>,
    /// Most users who go live in one quarter.
    pub users: Option<Assumed<f64>>,
    /// The last quarter in which something goes live, by its first month.
    pub latest: Option<Month>,
    /// Systems that services may move to; those that the options move services to if none are given.
    pub targets: Vec<InstanceIx>,
    /// Links that may be built; those that the options build if none are given.
    pub links: Vec<LinkIx>,
    /// Whether teams may be planned beyond their capacity.
    pub beyond_capacity: bool,
    /// Whether more money may be spent than there is.
    pub beyond_funding: bool,
    /// Plans to try for each that is sought.
    pub plans: Option<u64>,
    /// Nodes of branch and bound to visit for each that is sought.
    pub nodes: Option<u64>,
    /// Points of the frontier of score against cost; fewer than 2 for none.
    pub frontier: usize,
    /// Whether to ask what single limits cost.
    pub limit_prices: bool,
    /// Whether to ask what the best dates of every option would save.
    pub dates: bool,
    /// Over how many draws to choose a roadmap besides; none for 0.
    pub over_draws: u64,
    /// What of these draws is to be least: a quantile; the mean if `None`.
    pub quantile: Option<f64>,
}
