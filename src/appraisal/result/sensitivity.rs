//! What would change the answer.

use super::weights::{Dominance, NodeWeight, PanelsDisagree, PotentialOptimality, SmallestChange};
use super::{InformationValue, TornadoBar};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What would change the answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// Crossings of weights.
    pub weights: Vec<WeightCrossing>,
    /// Every node of the value tree, with the nearest weight on either side at which the leading option is first no
    /// longer; absent without combined weights or a rival.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nodes: Vec<NodeWeight>,
    /// The smallest change of all weights at once that brings another option level; absent as `nodes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smallest_change: Option<SmallestChange>,
    /// Every pair of ranked options, and which of them weights cannot turn round.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dominance: Vec<Dominance>,
    /// Whether some weights put an option first, by ranked option.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub potential_optimality: Vec<PotentialOptimality>,
    /// Pairs of options that panels order differently.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub panels_disagree: Vec<PanelsDisagree>,
    /// Switching values of inputs.
    pub switching: Vec<Switching>,
    /// Every unknown at its P10 and P90, widest on net present cost first; empty where nothing was drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tornado: Vec<TornadoBar>,
    /// What it would be worth to know more; empty where nothing was drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub information_value: Vec<InformationValue>,
    /// The scenario's named what-ifs, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub what_ifs: Vec<WhatIfResult>,
    /// Other discount rates.
    #[serde(default)]
    pub discount_rates: Vec<DiscountTest>,
}

/// Every option in another world, all else as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WhatIfResult {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Why it is asked, in the author's words.
    pub because: Option<String>,
    /// Net present cost by option; null where a contract would run out first, or a go-live would come after the period.
    pub npc: IndexMap<String, Option<f64>>,
    /// Score by option; null where no single index may be printed, or there is no cost.
    pub score: IndexMap<String, Option<f64>>,
    /// Rank by option, on the basis in force, among those with figures.
    pub rank: IndexMap<String, Option<usize>>,
    /// What it means for the answer.
    pub sentence: String,
}

/// The appraisal at other discount rates than those in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiscountTest {
    /// Id.
    pub id: String,
    /// The rates.
    pub title: String,
    /// Who says so, and with what standing.
    pub vintage: String,
    /// Net present cost by option.
    pub npc: IndexMap<String, f64>,
    /// Rank by option, on the basis in force.
    pub rank: IndexMap<String, Option<usize>>,
    /// What it means for the answer.
    pub sentence: String,
}

/// Where two options tie as one node's weight varies, the others scaled in proportion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightCrossing {
    /// Node of the value tree (a criterion or a group).
    pub node: String,
    /// Its weight now.
    pub weight: f64,
    /// The option that is ahead of the two now.
    pub option: String,
    /// The other.
    pub rival: String,
    /// The weight at which they tie; null if there is none between 0 and 1.
    pub crossing: Option<f64>,
    /// `above` or `below`: the side of the crossing on which the rival is ahead; null if none.
    pub side: Option<String>,
    /// How far the crossing is from the weight now; null if there is none.
    #[serde(default)]
    pub distance: Option<f64>,
}

/// The value of an input at which two options cost the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Switching {
    /// Assumption id.
    pub input: String,
    /// The option in question.
    pub option: String,
    /// The option it is compared with.
    pub against: String,
    /// The input now.
    pub current: f64,
    /// The input at which net present costs are equal; null if no admissible value does it.
    pub value: Option<f64>,
    /// Whether the order of the two turns at `value` at one go, since a cost jumps there, so that they are never equal.
    #[serde(default)]
    pub jump: bool,
    /// `value` as the sentence says it: rounded towards the side on which the order has turned, so that what is said holds at
    /// the very number (a price to the penny, to the pound from £1,000).
    #[serde(default)]
    pub reached: Option<f64>,
    /// In words.
    pub sentence: String,
}
