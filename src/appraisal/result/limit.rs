//! Milestones, freezes, hazards, approvals.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A day by which something must be ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The day (ISO date).
    pub date: String,
    /// What must be ready by then.
    pub ready: Vec<String>,
}

/// A stretch of days in which nothing goes live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreezeView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// First day (ISO date).
    pub from: String,
    /// Last day (ISO date).
    pub to: String,
    /// Ids of the bodies whose services it is for; empty for all.
    pub organisations: Vec<String>,
    /// Places it is for; empty for all.
    pub places: Vec<String>,
    /// Ids of the services it is for; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
}

/// A clinical-safety hazard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HazardView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Risk level before mitigation, 1 to 5.
    pub initial: usize,
    /// After it.
    pub residual: usize,
    /// What is done about it.
    pub mitigation: Option<String>,
    /// Ids of the options that it goes with, by themselves or by a move they make.
    pub options: Vec<String>,
}

/// A priced risk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RiskView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Probability that it happens.
    pub probability: f64,
    /// What it costs if it does, year-0 prices.
    pub impact: f64,
    /// Its range; null where none is given.
    pub impact_range: Option<(f64, f64)>,
    /// What is spent to prevent or reduce it, year-0 prices; null where nothing is.
    pub prevention: Option<f64>,
    /// Probability times impact in present value, by id of the options that it applies to.
    pub expected: IndexMap<String, f64>,
}

/// The approvals that an option needs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Approvals {
    /// Cash of each year with VAT, optimism bias and expected risks included, benefits and residual values left out.
    pub whole_life_cost: f64,
    /// Approvals whose threshold that cost reaches.
    pub needed: Vec<ApprovalView>,
    /// Their months, one after the other.
    pub months: f64,
}

/// One approval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApprovalView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whole-life cost from which it is needed.
    pub threshold: f64,
    /// Months it takes.
    pub months: f64,
}
