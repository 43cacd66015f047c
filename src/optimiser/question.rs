//! What the optimiser can be asked, and what it answers.

use super::{Breach, Draft, Judged};
use crate::outcome::Realised;
use crate::plan::Plan;

/// How far a plan may be from what the goal asks for besides, as a share of it: rounding.
const THERE: f64 = 1e-9;

/// What is wanted of a roadmap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// The least net present cost.
    Cost,
    /// The highest score at the combined weights.
    Score,
    /// The highest score at no more than this net present cost.
    ScoreWithin(f64),
    /// The least net present cost with at least this score.
    CostFor(f64),
    /// The least dual running, in present value.
    DualRunning,
}

impl Goal {
    /// What is to be made least: pounds, or points below nothing.
    #[must_use]
    pub fn of(self, realised: &Realised) -> f64 {
        match self {
            Self::Cost | Self::CostFor(_) => realised.npc,
            Self::DualRunning => realised.dual_running,
            Self::Score | Self::ScoreWithin(_) => -realised.score.unwrap_or(0.0),
        }
    }

    /// What it asks for besides: pounds or points; 0 if nothing.
    #[must_use]
    pub fn least(self) -> f64 {
        match self {
            Self::Cost | Self::Score | Self::DualRunning => 0.0,
            Self::ScoreWithin(amount) | Self::CostFor(amount) => amount.abs(),
        }
    }

    /// Whether a plan has what the goal asks for besides, but for rounding.
    #[must_use]
    pub fn is_met(self, realised: &Realised) -> bool {
        self.short(realised) <= THERE * self.least().max(1.0)
    }

    /// How far a plan is from what the goal asks for besides: pounds too many, or points too few; 0 if it is there.
    #[must_use]
    pub fn short(self, realised: &Realised) -> f64 {
        match self {
            Self::Cost | Self::Score | Self::DualRunning => 0.0,
            Self::ScoreWithin(most) => (realised.npc - most).max(0.0),
            Self::CostFor(least) => (least - realised.score.unwrap_or(0.0)).max(0.0),
        }
    }
}

/// How hard to look: work, not time, so that the same question has the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Plans to try.
    pub plans: u64,
    /// Nodes of branch and bound; no bound is sought with none.
    pub nodes: u64,
    /// Seed of what is tried.
    pub seed: u64,
}

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No achievable plan is better, within the tolerance.
    Proven,
    /// The best found; the bound says by how much another could be better.
    Bounded,
    /// The best found; nothing is known of what could be better.
    Found,
    /// There is no achievable plan.
    Impossible,
    /// None was found, and it is not known that there is none.
    Unknown,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What became of it.
    pub status: Status,
    /// The roadmap, if one was found.
    pub best: Option<Best>,
    /// What the goal cannot be better than, where it is known: pounds, or points below nothing.
    pub bound: Option<f64>,
    /// Plans that were tried.
    pub tried: u64,
    /// Where none was found: limits that the nearest plan breaks.
    pub nearest: Vec<Breach>,
}

/// A roadmap that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// As choices.
    pub draft: Draft,
    /// As a plan.
    pub plan: Plan,
    /// What it comes to.
    pub judged: Judged,
}
