//! Other methods on the same measures and weights.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// TOPSIS, VIKOR and PROMETHEE on the measures of the ranked options at the combined weights. They check the weighted
/// score and change nothing in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CrossChecks {
    /// Closeness to the best by option id, 0 to 1; more is better.
    pub topsis: IndexMap<String, f64>,
    /// Index Q of VIKOR by option id, 0 to 1; less is better.
    pub vikor: IndexMap<String, f64>,
    /// Net flow of PROMETHEE II by option id, -1 to 1; more is better.
    pub promethee_ii: IndexMap<String, f64>,
    /// What the index of VIKOR is made of, and the compromise.
    pub vikor_parts: VikorParts,
    /// Flows of PROMETHEE I.
    pub promethee_i: PrometheeFlows,
    /// Rank by option id for each method: `weighted_sum`, `topsis`, `vikor`, `promethee_ii`.
    pub rankings: IndexMap<String, IndexMap<String, usize>>,
    /// How often each method puts each option first over the weights that could be defended; absent where no weights are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_weights: Option<FirstOverWeights>,
    /// How far each two of the methods agree.
    pub correlations: Vec<RankAgreement>,
    /// How the methods were set.
    pub parameters: MethodParameters,
    /// Whether the methods put the same option first, in words.
    pub sentence: String,
    /// What VIKOR makes more of than the score does, where they put different options first; absent where they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}

/// How often each method puts each option first over the weights between the panels, the same weights for each: those of
/// [`WeightSet`](super::WeightSet) `between_panels`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FirstOverWeights {
    /// Number of weightings drawn.
    pub samples: u64,
    /// Share of them by method and option id, 0 to 1; options that tie for the first place are both first.
    pub first: IndexMap<String, IndexMap<String, f64>>,
    /// Standard error of each share.
    pub standard_error: IndexMap<String, IndexMap<String, f64>>,
    /// How often the leading option is first by each method, in words.
    pub sentence: String,
}

/// Regrets of VIKOR and its proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VikorParts {
    /// Weighted regret over all criteria, by option id.
    pub s: IndexMap<String, f64>,
    /// Weighted regret on the criterion that goes worst, by option id.
    pub r: IndexMap<String, f64>,
    /// Options proposed as the compromise, best first.
    pub compromise_set: Vec<String>,
    /// Q of the second less Q of the first.
    pub advantage: f64,
    /// The advantage at which the first may be proposed alone.
    pub advantage_needed: f64,
    /// Whether the first is ahead by as much.
    pub acceptable_advantage: bool,
    /// Whether the first is also first by S or by R.
    pub acceptable_stability: bool,
}

/// Flows of PROMETHEE I and what they leave open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrometheeFlows {
    /// How strongly an option is preferred to the others, by option id, 0 to 1.
    pub plus: IndexMap<String, f64>,
    /// How strongly the others are preferred to it, by option id, 0 to 1.
    pub minus: IndexMap<String, f64>,
    /// Pairs of options of which one has the better plus and the other the better minus.
    pub incomparable: Vec<(String, String)>,
}

/// Agreement of two methods on the ranking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RankAgreement {
    /// One method.
    pub method: String,
    /// The other.
    pub other: String,
    /// Spearman's rho, -1 to 1; null where one of them ties all options.
    pub spearman: Option<f64>,
    /// Kendall's tau-b, -1 to 1; null where one of them ties all options.
    pub kendall: Option<f64>,
}

/// How the methods were set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MethodParameters {
    /// How TOPSIS makes measures comparable: `vector`.
    pub topsis_normalisation: String,
    /// Weight of the whole against the worst criterion in VIKOR.
    pub vikor_v: f64,
    /// What the flows of PROMETHEE are divided by: the number of other options.
    pub promethee_divisor: usize,
    /// Preference function of each criterion that has weight.
    pub preferences: Vec<PreferenceView>,
}

/// The preference function of a criterion; thresholds in units of its measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreferenceView {
    /// Criterion id.
    pub criterion: String,
    /// Its weight over those that are weighed.
    pub weight: f64,
    /// `usual`, `u_shape`, `v_shape`, `level`, `linear` or `gaussian`.
    pub function: String,
    /// Largest difference that does not count; null where the function has none.
    pub indifference: Option<f64>,
    /// Difference from which on preference is in full; null where the function has none.
    pub preference_threshold: Option<f64>,
    /// Sigma; null where the function has none.
    pub sigma: Option<f64>,
    /// `given` by the scenario, or `default`.
    pub origin: String,
}
