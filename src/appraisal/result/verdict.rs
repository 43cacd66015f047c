//! Verdicts by service.

use serde::{Deserialize, Serialize};

/// What to do with one slot of one service, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Service id.
    pub service: String,
    /// Slot.
    pub slot: String,
    /// `converge` (move to another product), `rationalise` (move within a product), `interoperate` (keep, joined by a new
    /// link), `retain` (keep) or `decide_with_group` (the two marginals disagree).
    pub verdict: String,
    /// Id of the system that it is on.
    pub from: String,
    /// Id of the system that it would move to.
    pub to: String,
    /// Planned go-live of the move (ISO date).
    pub go_live: String,
    /// Id of the option that the move is looked at in.
    pub option: String,
    /// What decides: `score` or `npc`.
    pub basis: String,
    /// The option with the move less the same without it.
    pub leave_one_out: Marginal,
    /// Business as usual with this move alone less business as usual.
    pub first_in: Marginal,
    /// What is left over: `leave_one_out` less `first_in`. It comes of sharing contracts, systems and links.
    pub interaction: Marginal,
    /// Names of the gates that an option fails with the move, or without it; they decide before any worth does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<String>,
    /// The services that it has to be decided with, as `service` or `service/slot`; empty unless the marginals disagree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<String>,
    /// The option with the moves of the whole group less the same without them; absent without a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_together: Option<Marginal>,
    /// How much what it rests on would have to change for the sign of `leave_one_out` to turn;
    /// empty where there are more than 200 services.
    pub break_even: Vec<BreakEven>,
    /// The verdict in words.
    pub sentence: String,
}

/// What a move changes: with it less without it. Money in present value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Marginal {
    /// Net present cost; below nothing it saves.
    pub npc: f64,
    /// Weighted score; null without a single set of weights.
    pub score: Option<f64>,
    /// Dual running.
    pub dual_running: f64,
    /// Share of cross-service contacts with a usable view; null where the scenario has no flows.
    pub visibility: Option<f64>,
    /// Coverage of capabilities; null where the scenario has none.
    pub capability: Option<f64>,
    /// Person-days of the programme and of training.
    pub person_days: f64,
}

/// One thing that a verdict rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BreakEven {
    /// `target_licence`, `source_licence`, `dip`, `flow` or `overlap`.
    pub input: String,
    /// How many times as much it would have to be; null if nothing between 0 and `most` turns the sign.
    pub factor: Option<f64>,
    /// The highest multiple that was tried.
    pub most: f64,
    /// Whether the sign turns there at one go, since whole months or bands do.
    pub jump: bool,
    /// In words.
    pub sentence: String,
}
