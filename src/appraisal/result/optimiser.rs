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
    /// Limits each of which would by itself make a roadmap possible if it gave way; empty where one was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relaxations: Vec<Relaxation>,
    /// How it fares where numbers turn out otherwise; absent where nothing was drawn or nothing is uncertain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robustness: Option<Robustness>,
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
    /// The part of `npc` that better dates for the moves of the option would bring by themselves; the rest is other moves
    /// and links. Null where the best dates of the option were not asked for, or none were found.
    pub npc_from_dates: Option<f64>,
    /// Limits of the roadmap that the option would not keep, in words; empty where it keeps all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<String>,
}

/// How a roadmap fares where numbers turn out otherwise than on central figures, beside other plans.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Robustness {
    /// Draws on which plans are compared.
    pub draws: u64,
    /// Number of the first of them: draws by which a plan was chosen do not judge it.
    pub first_draw: u64,
    /// Seed.
    pub seed: u64,
    /// The roadmap found, then the plan chosen over draws if it is another, then the options of the scenario.
    pub plans: Vec<PlanFaring>,
    /// The roadmap that is best over some draws instead of on central figures; absent where it was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<ChosenOver>,
    /// What it says, in words.
    pub sentences: Vec<String>,
}

/// A plan over the draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanFaring {
    /// `roadmap` (the one found on central figures), `chosen` (the one chosen over draws) or `option`.
    pub plan: String,
    /// Option id; null but for options.
    pub option: Option<String>,
    /// Net present cost, mean over the draws.
    pub npc: f64,
    /// Standard error of that; null with one draw.
    pub npc_error: Option<f64>,
    /// Net present cost that eight draws in ten stay below.
    pub npc_p80: f64,
    /// Share of the draws in which it passes every gate.
    pub p_feasible: f64,
    /// Whether it keeps all limits of the roadmap on central figures.
    pub keeps_limits: bool,
    /// Share of the draws in which it keeps all limits; null for options.
    pub p_limits: Option<f64>,
    /// Share of the draws in which it passes every gate, has what was asked for besides (a cost or a score) and is better than
    /// the roadmap found.
    pub better: f64,
    /// By how much it is better in those draws, in the mean: pounds or points; null if there are none.
    pub better_by: Option<f64>,
    /// By how much the best of the plans that keep all limits, and have what was asked for besides, is better, in the mean over
    /// all draws; null for a plan that does not, or has not.
    pub regret: Option<f64>,
    /// The same in the draw in which it is most.
    pub worst_regret: Option<f64>,
}

/// A roadmap chosen over draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChosenOver {
    /// Draws over which it was chosen.
    pub draws: u64,
    /// What of the draws was made least: this quantile; null for the mean.
    pub quantile: Option<f64>,
    /// Moves and links that are otherwise than in the roadmap found on central figures.
    pub differs: usize,
    /// Net present cost on central figures.
    pub npc: f64,
    /// Where each slot ends up, and when.
    pub plan: Vec<PlanEntry>,
    /// Links, and from when.
    pub links: Vec<LinkEntry>,
}

/// A limit that would make a roadmap possible if it gave way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relaxation {
    /// Which limit, as in [`LimitPrice`].
    pub limit: String,
    /// Its name.
    pub name: String,
    /// Net present cost of the best roadmap found without it.
    pub npc: f64,
    /// How far that goes beyond the limit, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beyond: Vec<String>,
    /// In a sentence.
    pub sentence: String,
}

/// What the dates of an option do, its moves and links being what they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dates {
    /// As [`Optimiser::status`], of the dates that cost least within all limits.
    pub status: String,
    /// Whether the option as it is keeps all limits.
    pub keeps_limits: bool,
    /// Net present cost with the best dates found.
    pub npc: f64,
    /// What the option would save with them: its net present cost less theirs. Below 0 where its own dates do not keep all
    /// limits and save by that.
    pub saves: f64,
    /// Dual running with the best dates found, present value.
    pub dual_running: f64,
    /// The least dual running over dates that was found, present value.
    pub least_dual_running: f64,
    /// Net present cost with every move as soon as it may be by itself, whether or not limits are kept.
    pub npc_soonest: f64,
    /// What its moves and links gain against business as usual at those dates; null without business as usual.
    pub gain_of_targets: Option<f64>,
    /// What its dates gain on top: `npc_soonest` less its net present cost.
    pub gain_of_dates: f64,
    /// In words.
    pub sentence: String,
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
    /// Which limit, as a word: `team:<role>`, `go_lives`, `users`, `latest`, `freeze:<id>`, `precedence:<id>`,
    /// `funding:<body>`.
    pub limit: String,
    /// Its name.
    pub name: String,
    /// By how much it was widened: `wholly`, or such as `10%` or `one more`.
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
    /// `team`, `go_lives`, `users`, `precedence`, `funding`, `latest`, `gate`, `no_date` or `cover`.
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
