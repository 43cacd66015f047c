//! How sure the results are.

use serde::{Deserialize, Serialize};

/// Mean and quantiles over the draws, each with its standard error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Expected value: the mean over the draws.
    pub mean: f64,
    /// Standard error of the mean; null with one draw, which says nothing of it.
    pub standard_error: Option<f64>,
    /// Value that one draw in ten stays below.
    pub p10: f64,
    /// The middle draw.
    pub p50: f64,
    /// Value that eight draws in ten stay below.
    pub p80: f64,
    /// Value that nine draws in ten stay below.
    pub p90: f64,
    /// Standard errors of the four quantiles; null with one draw.
    pub quantile_errors: Option<[f64; 4]>,
}

/// How often something happens over the draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// Share of the draws.
    pub probability: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// How often the money of a body is not enough in a year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BudgetChance {
    /// Body id.
    pub body: String,
    /// Year.
    pub year: String,
    /// Share of the draws in which it is not enough.
    pub probability: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// When the last move of an option is live.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finish {
    /// First month, ISO date of its first day, that one draw in ten has finished by.
    pub p10: String,
    /// The same for half of them.
    pub p50: String,
    /// For eight in ten.
    pub p80: String,
    /// For nine in ten.
    pub p90: String,
}

/// An option over the draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OptionUncertainty {
    /// Net present cost.
    pub npc: Spread,
    /// Cash over the whole period.
    pub cash: Spread,
    /// Dual running, present value.
    pub dual_running: Spread,
    /// Person-days.
    pub person_days: Spread,
    /// Score; null where no single index may be printed.
    pub score: Option<Spread>,
    /// Probability that every gate is passed.
    pub p_feasible: f64,
    /// Its standard error.
    pub p_feasible_error: f64,
    /// Probability of ranking first.
    pub probability_first: f64,
    /// Its standard error.
    pub probability_first_error: f64,
    /// Probability of each rank, the first first. What is missing to 1 are draws in which it fails a gate.
    pub rank_acceptability: Vec<f64>,
    /// How often money is not enough; empty where no funding is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budgets: Vec<BudgetChance>,
    /// When the last move is live; null if it moves nothing.
    pub finish: Option<Finish>,
    /// Net present cost at 101 steps of probability, from 0 to 1, for the curve.
    pub curve: Vec<f64>,
}

/// What was drawn, and what it says, in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Uncertainty {
    /// Draws.
    pub draws: u64,
    /// Seed.
    pub seed: u64,
    /// Numbers that are drawn, events apart.
    pub uncertain: usize,
    /// Numbers that are certain.
    pub certain: usize,
    /// Risks that happen or do not.
    pub events: usize,
    /// What a board should know of it.
    pub sentences: Vec<String>,
}

/// One unknown at its ends, all else as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TornadoBar {
    /// The number, or the name of the driver.
    pub input: String,
    /// In words.
    pub name: String,
    /// The numbers that move: one, or all that vary with the driver.
    pub members: Vec<String>,
    /// Its P10, or 0 for a risk that does not happen; null for a driver of several numbers.
    pub low: Option<f64>,
    /// Its P90, or 1.
    pub high: Option<f64>,
    /// Net present cost of the leading option at its low.
    pub npc_low: f64,
    /// The same at its high.
    pub npc_high: f64,
    /// Score of the leading option at its low; null where no single index may be printed.
    pub score_low: Option<f64>,
    /// The same at its high.
    pub score_high: Option<f64>,
    /// Lead over the second option at its low, in points or in pounds of net present cost, whichever ranks.
    pub lead_low: f64,
    /// The same at its high; below 0 the second is ahead.
    pub lead_high: f64,
}

/// What it would be worth to know something before deciding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InformationValue {
    /// The numbers that would be known.
    pub inputs: Vec<String>,
    /// What they are, in words.
    pub name: String,
    /// `everything`, `group` or `single`.
    pub kind: String,
    /// Worth in pounds of net present cost.
    pub pounds: f64,
    /// Its standard error.
    pub pounds_error: f64,
    /// Worth in points; null where no single index may be printed.
    pub points: Option<f64>,
    /// Its standard error.
    pub standard_error: Option<f64>,
    /// The part of the variance of the leading option's net present cost that it explains; null for groups.
    pub share_of_variance: Option<f64>,
}
