//! What one option comes to.

use super::{
    Amounts, Approvals, ArchiveResult, Cost, Dates, DualRunning, Financial, Optimised, OptionUncertainty, RouteView,
    TerminalLiability, WaterfallStep,
};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Everything about one option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OptionResult {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it does, in the author's words.
    pub description: Option<String>,
    /// `business_as_usual`, `do_minimum`, `interoperate`, `rationalise`, `converge`, `hybrid`,
    /// `replace`, `defer`, `optimised` or `alternative`.
    pub kind: String,
    /// Green Book role: `business_as_usual`, `do_minimum`, `preferred_way_forward`,
    /// `more_ambitious` or `less_ambitious`, if the author gave one.
    pub role: Option<String>,
    /// Whether it passes every gate.
    pub feasible: bool,
    /// Each gate with the reason.
    pub gates: Vec<GateResult>,
    /// What `rank` means: `score`, `npc` or `npsv`.
    pub rank_basis: String,
    /// Standard competition rank, ties at 1e-9; null if infeasible (never for business as usual).
    pub rank: Option<usize>,
    /// Rank by expected value on the same basis, over the draws; absent where nothing was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank_expected: Option<usize>,
    /// Weighted score; null where no single index may be printed.
    pub score: Option<f64>,
    /// What became of it, if it is left to the optimiser; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub optimised: Option<Optimised>,
    /// What its dates do, its moves and links being what they are; absent where the best dates were not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<Dates>,
    /// Where each slot of each service ends up.
    pub plan: Vec<PlanEntry>,
    /// Every stretch of use, for the roadmap.
    pub roadmap: Vec<RoadmapEntry>,
    /// Links between systems, and from when.
    pub links: Vec<LinkEntry>,
    /// Economic view.
    pub cost: Cost,
    /// Summary metrics of social value.
    #[serde(default)]
    pub economics: Economics,
    /// From business as usual to this option, step by step, in present value. The changes add up to the
    /// difference in net present cost. Every option has the same steps; business as usual has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waterfall: Vec<WaterfallStep>,
    /// Financial view.
    pub financial: Financial,
    /// Approvals that it needs; absent where the scenario names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approvals: Option<Approvals>,
    /// By which ways users come onto systems, where contracts say which there are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<RouteView>,
    /// Money paid for systems not in live use, in parts.
    pub dual_running: DualRunning,
    /// Work.
    pub effort: Effort,
    /// What it does in all, by place and by body, in the order of [`super::Appraisal::areas`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaResult>,
    /// What happens to contracts left before they end.
    pub exits: Vec<ExitDecision>,
    /// What is left behind on systems that are left, where the scenario says how it can be kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub archives: Vec<ArchiveResult>,
    /// What has to be paid for it after the period; absent if nothing has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terminal_liability: Option<TerminalLiability>,
    /// Measure by criterion.
    pub measures: IndexMap<String, f64>,
    /// Points on the 0 to 100 scale by criterion.
    pub values: IndexMap<String, f64>,
    /// Weighted points by criterion; empty if panels are not combined.
    pub contributions: IndexMap<String, f64>,
    /// Weighted points from the criteria that are not priced in net present cost; null where no single index may be
    /// printed, or everything is priced.
    #[serde(default)]
    pub value: Option<f64>,
    /// The option over the draws; absent where nothing was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<OptionUncertainty>,
    /// Measures reported but not scored, by name.
    pub reported: Vec<ReportedMeasure>,
    /// Benefits that are not monetised, in words.
    pub unmonetised: Vec<String>,
}

/// Summary metrics of social value (Green Book 2026, Table 10), in present value. What is not defined is null,
/// never infinite. `npsv = benefits - costs`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Economics {
    /// Benefits, less the optimism bias on them; whoever they fall to.
    pub benefits: f64,
    /// Costs, whoever bears them, with optimism bias and less residual value.
    pub costs: f64,
    /// Of which borne by the public sector.
    pub public_costs: f64,
    /// Of which borne by households, businesses and others.
    pub other_costs: f64,
    /// Residual value at the end of the period, which lowers costs.
    pub residual_value: f64,
    /// Net present social value.
    pub npsv: f64,
    /// Benefits over costs of the option as a whole.
    pub benefit_cost_ratio: Option<f64>,
    /// `(benefits - other costs) / public costs`, of the option as a whole.
    pub return_on_public_sector_cost: Option<f64>,
    /// The same against business as usual; null for business as usual itself.
    pub against_business_as_usual: Option<Increment>,
    /// Cost a unit of each outcome that is counted and not priced.
    pub unit_costs: Vec<UnitCost>,
}

/// What an option has over business as usual, in present value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Increment {
    /// Further benefits.
    pub benefits: f64,
    /// Further costs.
    pub costs: f64,
    /// Further net present social value.
    pub npsv: f64,
    /// Further benefits over further costs; null where the option costs no more.
    pub benefit_cost_ratio: Option<f64>,
    /// The same for the public purse; null where the option costs it no more.
    pub return_on_public_sector_cost: Option<f64>,
}

/// Net present unit cost of one outcome. Units are discounted as money is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitCost {
    /// Stream id.
    pub stream: String,
    /// Name.
    pub name: String,
    /// What is counted.
    pub unit: String,
    /// Units over the period.
    pub quantity: f64,
    /// The same, discounted.
    pub present_quantity: f64,
    /// Net present cost of the option over discounted units.
    pub pounds_per_unit: Option<f64>,
    /// Discounted units for a million pounds of net present cost.
    pub units_per_million: Option<f64>,
    /// Further net present cost over further discounted units against business as usual; null where the option
    /// gives no more of them, or costs no more.
    pub pounds_per_further_unit: Option<f64>,
}

/// A gate and how the option fares at it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GateResult {
    /// Id of the gate.
    pub id: String,
    /// Name of the gate.
    pub name: String,
    /// Whether it is passed.
    pub passed: bool,
    /// Why.
    pub reason: String,
}

/// Where a slot of a service ends up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanEntry {
    /// Service id.
    pub service: String,
    /// Slot.
    pub slot: String,
    /// Instance id at the end of the period.
    pub instance: String,
    /// Planned go-live (ISO date); null if not moved.
    pub go_live: Option<String>,
    /// Go-live with optimism bias on duration (ISO date); null if not moved.
    pub expected_go_live: Option<String>,
    /// Whether the (last) move is a commitment common to all options.
    pub committed: bool,
}

/// A stretch of use of an instance by a slot of a service. Months count from April of year 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoadmapEntry {
    /// Service id.
    pub service: String,
    /// Slot.
    pub slot: String,
    /// Instance id.
    pub instance: String,
    /// `live`, `provisioned` (paid before go-live) or `parallel` (old system kept running).
    pub state: String,
    /// First month.
    pub from: usize,
    /// The month after the last.
    pub to: usize,
}

/// A link and when it goes live.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkEntry {
    /// Link id.
    pub id: String,
    /// Name.
    pub name: String,
    /// First day live (ISO date); null if it exists already.
    pub live: Option<String>,
}

/// Work, in days of 7.5 hours unless the scenario says otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// Days of the programme's own staff.
    pub internal_days: f64,
    /// Days bought in.
    pub external_days: f64,
    /// Training hours as days.
    pub training_days: f64,
    /// Internal plus training days.
    pub person_days: f64,
    /// Highest share of any team's quarterly capacity; null where no capacity is given.
    pub peak_load: Option<f64>,
    /// Hours in training.
    pub training_hours: f64,
    /// Hours lost by patient-facing staff after go-live.
    pub dip_hours: f64,
    /// Days by role and quarter, for the capacity table.
    pub by_role: Vec<RoleEffort>,
}

/// Days of one role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoleEffort {
    /// Role id.
    pub role: String,
    /// Its name.
    pub name: String,
    /// Days over the period.
    pub days: f64,
    /// Busiest quarter, such as `2026/27 Q3`.
    pub peak_quarter: String,
    /// Days in it.
    pub peak_days: f64,
    /// Capacity a quarter, if given; of all teams together where bodies have their own.
    pub capacity: Option<f64>,
    /// The teams of single bodies until they are pooled, each in its busiest quarter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamLoad>,
}

/// The team of one body in its busiest quarter before teams are pooled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamLoad {
    /// Body id.
    pub body: String,
    /// Busiest quarter.
    pub peak_quarter: String,
    /// Days in it.
    pub peak_days: f64,
    /// Days that the team has in a quarter.
    pub capacity: f64,
}

/// What an option does to the services of one place or one body. Contracts, links, commitments, streams and
/// risks belong to no single service and are not split.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AreaResult {
    /// `all`, `place` or `organisation`.
    pub kind: String,
    /// The place, or the body's id; null for all services, and for those that name none.
    pub area: Option<String>,
    /// Slots of its services that move.
    pub slots_moved: usize,
    /// Of which the last move is a commitment, made in every option.
    pub slots_committed: usize,
    /// Users of the slots that move, each move counted.
    pub users_moved: f64,
    /// First expected go-live (ISO date); null if nothing moves.
    pub first_go_live: Option<String>,
    /// Last expected go-live (ISO date); null if nothing moves.
    pub last_go_live: Option<String>,
    /// Days of the programme's own staff on its moves.
    pub internal_days: f64,
    /// Days bought in for its moves.
    pub external_days: f64,
    /// Hours in training.
    pub training_hours: f64,
    /// Hours lost by patient-facing staff after go-live.
    pub dip_hours: f64,
    /// Cost that belongs to its services alone: work, training and dip of their moves, with the optimism
    /// bias on these.
    pub cost: Amounts,
    /// Share of the contacts that one of its services shares with another service at which the other's
    /// record can be used, mean over the period; null if it has no such contacts.
    pub visibility: Option<f64>,
    /// Coverage of what its services should have, weighted by need and users, mean over the period; null
    /// if they state no such need.
    pub capability: Option<f64>,
}

/// Leaving a contract before its end, or staying: both costs, and what was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExitDecision {
    /// Contract id.
    pub contract: String,
    /// First day after the last use (ISO date).
    pub left: String,
    /// Cost of staying to the end, cash prices.
    pub stay: f64,
    /// Exit charge, cash prices; null where the contract has no exit terms.
    pub exit_charge: Option<f64>,
    /// Archive that leaving makes necessary until the end, cash prices.
    pub archive: f64,
    /// `stay` or `exit`.
    pub decision: String,
    /// The last day to give notice for leaving then (ISO date).
    pub notice_by: Option<String>,
    /// In words.
    pub sentence: String,
}

/// A measure shown for information.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportedMeasure {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Value.
    pub value: f64,
}

/// `cost + dual_running + staff_time + scored_elsewhere = npc`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// The cost criterion: everything not named below.
    pub cost: f64,
    /// Dual running.
    pub dual_running: f64,
    /// Priced staff time: internal effort, training and dip.
    pub staff_time: f64,
    /// Monetised benefits that another criterion scores.
    #[serde(default)]
    pub scored_elsewhere: f64,
    /// Net present cost.
    pub npc: f64,
}
