//! What the author says in the paper, and what services need beside what they get.

use serde::{Deserialize, Serialize};

/// A passage in the author's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassageView {
    /// Where it belongs, such as `case_for_change`.
    pub id: String,
    /// Markdown; null if the author gave nothing.
    pub text: Option<String>,
}

/// A spending objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectiveView {
    /// The objective.
    pub name: String,
    /// What is measured, from where to where.
    pub target: Option<String>,
    /// By when (ISO date).
    pub date: Option<String>,
    /// Ids of criteria or groups of them that show how far options serve it.
    pub criteria: Vec<String>,
}

/// A critical success factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuccessFactorView {
    /// The factor.
    pub name: String,
    /// What an option must do to meet it.
    pub meaning: String,
}

/// A step after the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStepView {
    /// The step.
    pub name: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// By when (ISO date).
    pub date: Option<String>,
}

/// How much of all that one service should have its systems give, by the weights of its needs, 0 to 1; null for a service that
/// only has musts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoverageView {
    /// Service id.
    pub service: String,
    /// As the appraisal starts.
    pub start: Option<f64>,
    /// At the end of the period, by option, in the order of the options.
    pub end: Vec<Option<f64>>,
}

/// What one service needs of one capability, and how much of it its systems give: the best of its slots, 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedView {
    /// Service id.
    pub service: String,
    /// Capability id.
    pub capability: String,
    /// Its name.
    pub name: String,
    /// The coverage without which an option fails; null where it is wanted, not needed.
    pub must: Option<f64>,
    /// Its weight among what the service should have; 0 for a must.
    pub weight: f64,
    /// As the appraisal starts.
    pub start: f64,
    /// At the end of the period, by option, in the order of the options.
    pub end: Vec<f64>,
}
