//! Criteria, panels, and what follows from points alone.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A group of criteria.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CriterionView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Ids of the nodes above it, outermost first, joined by `/`; empty at the top.
    pub group: String,
    /// Name of the outermost node above it (its own name at the top).
    pub branch: String,
    /// Unit of its measure.
    pub unit: String,
    /// `more_is_better` or `less_is_better`.
    pub direction: String,
    /// Measure at 0 and at 100 points.
    pub anchors: Anchors,
    /// Whether it counts as value: not priced in net present cost.
    #[serde(default)]
    pub value: bool,
    /// Shape of the value function: `linear`, `piecewise` or `step`.
    #[serde(default)]
    pub function: String,
    /// Its knots: measure and points.
    #[serde(default)]
    pub knots: Vec<(f64, f64)>,
    /// Whether it counts in the score; where panels are not combined, in that of any panel.
    pub scored: bool,
    /// What it measures: a computed measure, or `judged`.
    pub measure: String,
    /// Combined weight over panels, 0 to 1; absent if panels are not combined.
    pub weight: Option<f64>,
}

/// Measure values at 0 and at 100 points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Anchors {
    /// The measure that scores 0.
    pub zero: f64,
    /// The measure that scores 100.
    pub hundred: f64,
}

/// One category of the long list (options framework filter, Green Book 2026, 5.25-5.27).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LonglistCategory {
    /// `scope`, `solution`, `delivery`, `implementation` or `funding`.
    pub category: String,
    /// Its choices.
    pub choices: Vec<LonglistChoice>,
}

/// One choice of the long list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LonglistChoice {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it is what happens today.
    pub usual: bool,
    /// `green`, `amber` or `red`.
    pub rating: String,
    /// `Preferred`, `Carry forward` or `Drop`.
    pub consequence: String,
    /// Why.
    pub reason: String,
    /// Options that make it.
    pub options: Vec<String>,
}

/// An efficient option, and what it gives over the one before for how much more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EfficientStep {
    /// Option id.
    pub option: String,
    /// Net present cost.
    pub npc: f64,
    /// Weighted points from criteria that are not priced.
    pub value: f64,
    /// Further net present cost; null for the first.
    pub further_npc: Option<f64>,
    /// Further points; null for the first.
    pub further_value: Option<f64>,
    /// Pounds for each further point; null for the first.
    pub pounds_per_point: Option<f64>,
}

/// Two criteria whose points over the options correlate above 0.95.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CriterionCorrelation {
    /// One criterion.
    pub criterion: String,
    /// The other.
    pub other: String,
    /// Pearson correlation of their points over the options.
    pub correlation: f64,
}

/// What the weights say about the worth of one unit of a criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImpliedRate {
    /// Criterion id.
    pub criterion: String,
    /// Score points for one unit.
    pub points_per_unit: f64,
    /// Pounds that weigh as much as one unit.
    pub pounds_per_unit: Option<f64>,
    /// What one unit is actually paid at, lowest price used.
    pub paid: Option<f64>,
    /// Highest price used.
    pub paid_highest: Option<f64>,
    /// In words, such as "£5,000 for a percentage point".
    pub sentence: String,
    /// What is odd about it, if anything.
    pub warning: Option<String>,
}

/// One panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PanelResult {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Seats, for the combination by seats.
    pub seats: f64,
    /// Swing points as given.
    pub points: IndexMap<String, f64>,
    /// Global weights of the leaves; they sum to 1.
    pub weights: IndexMap<String, f64>,
    /// Score by option.
    pub scores: IndexMap<String, f64>,
    /// Feasible options, best first.
    pub ranking: Vec<String>,
}
