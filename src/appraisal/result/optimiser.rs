//! What the optimiser was asked, and what it found.

use super::{LinkEntry, PlanEntry};
use serde::{Deserialize, Serialize};

/// The best achievable roadmap. It is best within the limits and choices that the scenario describes, and in nothing else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Optimiser {
    /// Id of the option whose roadmap it is; `optimised` where the scenario has none for it.
    pub option: String,
    /// What was left to it: `roadmap` (where services go, when, which links) or `schedule` (dates alone).
    pub freedom: String,
    /// What was asked.
    pub question: QuestionView,
    /// `proven` (no achievable plan is better), `bounded` (the bound says by how much one could be), `found` (nothing is
    /// known of better ones), `impossible` (there is no achievable plan) or `unknown` (none was found).
    pub status: String,
    /// What the plan comes to in what was asked: pounds of net present cost, or points; null where none was found.
    pub objective: Option<f64>,
    /// Unit of `objective`, `bound` and `gap`: `pounds` or `points`.
    pub unit: String,
    /// What no achievable plan can be better than; null where it is not known.
    pub bound: Option<f64>,
    /// How far the objective is from the bound; null where either is not known.
    pub gap: Option<f64>,
    /// Plans that were tried.
    pub tried: u64,
    /// Whether somebody ended it before it was done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stopped: bool,
    /// Net present cost, as the whole evaluation has it; null where none was found.
    pub npc: Option<f64>,
    /// Present value of all costs, benefits apart; null where none was found. A gap is a share of this as well: benefits
    /// make net present cost small, and a share of it large.
    #[serde(default)]
    pub discounted_cost: Option<f64>,
    /// Score at the combined weights; null where there is none or no single index may be printed.
    pub score: Option<f64>,
    /// Present value of dual running.
    pub dual_running: Option<f64>,
    /// Net present cost of the plan costed again, line by line, less what the search took it for; 0 but for rounding.
    pub recosted_difference: Option<f64>,
    /// Where each slot ends up, and when; empty where none was found.
    pub plan: Vec<PlanEntry>,
    /// Links, and from when.
    pub links: Vec<LinkEntry>,
    /// The options of the scenario beside it.
    pub against: Vec<Against>,
    /// The best of value for each cost, cheapest first; empty where it was not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frontier: Vec<FrontierPoint>,
    /// How far the options of the scenario are from the frontier; empty without one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub distances: Vec<FrontierDistance>,
    /// What single limits cost: what it would save or gain to be without; empty where it was not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limit_prices: Vec<LimitPrice>,
    /// Limits that the nearest plan breaks, where none was found that keeps all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflict: Vec<Conflict>,
    /// The result in a sentence.
    pub sentence: String,
}

/// A question to the optimiser.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionView {
    /// `cost` (the least net present cost) or `score` (the highest score).
    pub goal: String,
    /// The most that the plan may cost, in net present cost; null without such a limit.
    pub within: Option<f64>,
    /// The score that it must have at least; null without such a limit.
    pub at_least: Option<f64>,
    /// Plans that it was to try at most.
    pub plans: u64,
    /// Nodes of branch and bound that it was to visit at most.
    pub nodes: u64,
    /// Seed of what was tried.
    pub seed: u64,
}

/// An option beside the roadmap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Against {
    /// Option id.
    pub option: String,
    /// Net present cost of the roadmap less that of the option.
    pub npc: f64,
    /// Score of the roadmap less that of the option; null without scores.
    pub score: Option<f64>,
    /// Dual running of the roadmap less that of the option, present value.
    pub dual_running: f64,
    /// Limits of the roadmap that the option would not keep, in words; empty where it keeps all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<String>,
}

/// The highest score that was found for a cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrontierPoint {
    /// Net present cost.
    pub npc: f64,
    /// Score.
    pub score: f64,
    /// As [`Optimiser::status`].
    pub status: String,
    /// Score that no achievable plan of at most this cost can exceed; null where it is not known.
    pub bound: Option<f64>,
    /// Services that move.
    pub moves: usize,
    /// Ids of the new links.
    pub links: Vec<String>,
}

/// An option's distance from the frontier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrontierDistance {
    /// Option id.
    pub option: String,
    /// Net present cost above that of the cheapest point with at least its score; null where no point has it.
    pub pounds: Option<f64>,
    /// Points below the best point that costs no more; null where all cost more.
    pub points: Option<f64>,
}

/// What one limit costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LimitPrice {
    /// Which limit, as a word: `team:<role>`, `go_lives`, `users`, `latest`, `freeze:<id>`, `precedence:<id>`, `funding`.
    pub limit: String,
    /// Its name.
    pub name: String,
    /// By how much it was widened: `wholly`, or such as `10%`.
    pub relaxed: String,
    /// What the best plan is better by, in the unit of the objective, at least 0; null where there is no achievable plan
    /// within all limits, or still none without this one.
    pub gain: Option<f64>,
    /// As [`Optimiser::status`], of the wider question.
    pub status: String,
}

/// A limit that is not kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// `team`, `go_lives`, `users`, `precedence`, `funding`, `gate`, `no_date` or `cover`.
    pub limit: String,
    /// In words, with numbers.
    pub sentence: String,
}

/// What became of an option that is left to the optimiser.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Optimised {
    /// What was left to it: `roadmap` or `schedule`.
    pub freedom: String,
    /// `cost` or `score`.
    pub goal: String,
    /// As [`Optimiser::status`].
    pub status: String,
    /// Pounds, or points; null where no plan was found.
    pub objective: Option<f64>,
    /// What no achievable plan can be better than; null where it is not known.
    pub bound: Option<f64>,
    /// How far the objective is from the bound.
    pub gap: Option<f64>,
    /// Plans that were tried.
    pub tried: u64,
    /// Limits that are not kept, where no plan was found that keeps all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflict: Vec<Conflict>,
}
