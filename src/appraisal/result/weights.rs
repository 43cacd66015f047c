//! What the weights leave open.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A node of the value tree as its weight goes from 0 to 1, all others in proportion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NodeWeight {
    /// Node (a criterion or a group).
    pub node: String,
    /// Its name.
    pub name: String,
    /// Its weight now.
    pub weight: f64,
    /// The nearest weight below at which the leading option is first no longer; null if it stays first down to 0.
    pub below: Option<Flip>,
    /// The nearest above; null if it stays first up to 1.
    pub above: Option<Flip>,
    /// Score by option at a weight of 0 and of 1: a straight line in between.
    pub ends: IndexMap<String, (f64, f64)>,
}

/// Where the leading option loses its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Flip {
    /// The node's weight there.
    pub weight: f64,
    /// How far that is from its weight now.
    pub distance: f64,
    /// The option that is ahead beyond.
    pub rival: String,
}

/// The smallest change of weights that brings another option level with the leading one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SmallestChange {
    /// The leading option.
    pub option: String,
    /// In words.
    pub sentence: String,
    /// By rival, the smallest change first; a rival that no weights bring level is missing.
    pub changes: Vec<WeightChange>,
}

/// The smallest change of weights that brings one rival level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightChange {
    /// The rival.
    pub rival: String,
    /// The share of all weight that moves from some criteria to others: half the sum of the absolute changes.
    pub moved: f64,
    /// Weights by criterion at which the two are level.
    pub weights: IndexMap<String, f64>,
}

/// Which of two options is ahead, and whether weights can change that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dominance {
    /// The option that is ahead at the combined weights; without them, the first in the ranking.
    pub option: String,
    /// The other.
    pub rival: String,
    /// Over all weights there are. An option dominates there only if it is behind on no criterion.
    pub any_weights: Lead,
    /// Over all mixes of the panels' weights; absent with fewer than two panels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panels: Option<Lead>,
}

/// The lead of an option over its rival, points, over a set of weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    /// The least (negative: the rival is ahead).
    pub least: f64,
    /// The most.
    pub most: f64,
    /// The option that dominates: never behind, and ahead at some weights; null if there is none.
    pub dominant: Option<String>,
}

/// Whether some weights put an option first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PotentialOptimality {
    /// Option.
    pub option: String,
    /// Over all weights there are.
    pub any_weights: BestMargin,
    /// Over all mixes of the panels' weights; absent with fewer than two panels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panels: Option<BestMargin>,
}

/// How far an option is ahead of its best rival at the weights that suit it most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BestMargin {
    /// Whether it is first, alone or level, at some weights of the set.
    pub first: bool,
    /// Its lead over the best of the others there, points; negative if it is behind at all weights.
    pub margin: f64,
    /// The weights by criterion.
    pub weights: IndexMap<String, f64>,
}

/// Two options that panels order differently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PanelsDisagree {
    /// One option: the one ahead at the combined weights, if there are any.
    pub option: String,
    /// The other.
    pub rival: String,
    /// Panels that put the one ahead.
    pub for_option: Vec<String>,
    /// Panels that put the other ahead.
    pub for_rival: Vec<String>,
    /// Criteria that make the difference, largest first.
    pub drivers: Vec<DisagreementDriver>,
    /// In words.
    pub sentence: String,
}

/// What one criterion adds to a disagreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DisagreementDriver {
    /// Criterion.
    pub criterion: String,
    /// Its mean weight with the panels for the option.
    pub weight_for_option: f64,
    /// Its mean weight with the panels for the rival.
    pub weight_for_rival: f64,
    /// Points of the option on it less those of the rival.
    pub difference: f64,
    /// Difference of the weights times difference of the points.
    pub points: f64,
}
