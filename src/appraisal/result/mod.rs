//! The appraisal as plain data: what `appraisal.json` holds and all that reports read.
//!
//! No logic lives here. Amounts are pounds; `nominal` is cash prices of the year, `real` prices of
//! year 0, `present` real prices discounted to year 0; costs are positive, benefits negative.
//! Keys are those of the published schema; a part that this version does not compute is absent.

mod acceptability;
mod archive;
mod calendar;
pub mod comparison;
mod criteria;
mod cross_check;
mod defaults;
mod estate;
mod evidence;
mod explanation;
mod limit;
mod money;
mod optimiser;
mod option;
mod paper;
mod reference_class;
mod sensitivity;
mod uncertainty;
mod verdict;
mod weights;
mod workings;

pub use crate::programme::UNASSIGNED;
pub use acceptability::{Acceptability, OptionAcceptability, WeightSet};
pub use archive::{ArchiveOption, ArchiveResult, TerminalLiability};
pub use calendar::{CalendarEntry, Commitment, RouteView};
pub use criteria::{
    Anchors, CriterionCorrelation, CriterionView, EfficientStep, GroupView, ImpliedRate, LonglistCategory, LonglistChoice,
    PanelResult,
};
pub use cross_check::{
    CrossChecks, FirstOverWeights, MethodParameters, PreferenceView, PrometheeFlows, RankAgreement, VikorParts,
};
pub use defaults::{DefaultSwing, Defaults};
pub use estate::{AreaView, ContractView, OrganisationView, ServiceView, SystemView};
pub use evidence::{AssumptionView, EvidenceShare, ParameterView, SourceView};
pub use explanation::{FigureExplanation, FigureOperand};
pub use limit::{ApprovalView, Approvals, FreezeView, HazardView, MilestoneView, RiskView};
pub use money::{
    Amounts, BenefitView, BodyFinancial, ContractDualRunning, Cost, CostLineView, DualRunning, Financial, FundingGap,
    FundingPart, FundingSource, FundingTotal, WaterfallStep, YearAmounts,
};
pub use optimiser::{
    Against, ChosenOver, Conflict, Dates, FrontierDistance, FrontierPoint, LimitPrice, Optimised, Optimiser, PlanFaring,
    QuestionView, Relaxation, Robustness,
};
pub use option::{
    AreaResult, Economics, Effort, ExitDecision, GateResult, Identity, Increment, LinkEntry, OptionResult, PlanEntry,
    ReportedMeasure, RoadmapEntry, RoleEffort, TeamLoad, UnitCost,
};
pub use paper::{CoverageView, NeedView, NextStepView, ObjectiveView, PassageView, SuccessFactorView};
pub use reference_class::{ComparatorView, OwnFigures, ReferenceClassView};
pub use sensitivity::{DiscountTest, Sensitivity, Switching, WeightCrossing, WhatIfResult};
pub use uncertainty::{BudgetChance, Chance, Finish, InformationValue, OptionUncertainty, Spread, TornadoBar, Uncertainty};
pub use verdict::{BreakEven, Marginal, Verdict};
pub use weights::{
    BestMargin, DisagreementDriver, Dominance, Flip, Lead, NodeWeight, PanelsDisagree, PotentialOptimality, SmallestChange,
    WeightChange,
};
pub use workings::{BiasUplift, CostRow, DualRunningMonth, LiveInput, Made, OptionWorkings, PriceIndex, PriceTerm, Workings};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Version of the layout of `appraisal.json`; raised when a key changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// Cost categories in the order in which they are shown.
pub const CATEGORIES: [&str; 15] = [
    "service",
    "head_start",
    "overlap",
    "archive",
    "stranded",
    "external",
    "internal_effort",
    "training",
    "dip",
    "instance_run",
    "optimism_bias",
    "risk",
    "benefit",
    "scored_elsewhere",
    "residual_value",
];

/// One appraisal, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Appraisal {
    /// [`SCHEMA_VERSION`] of the engine that wrote it.
    pub schema_version: u32,
    /// The scenario's id.
    pub id: String,
    /// The scenario's title.
    pub title: String,
    /// All before this date is sunk (ISO date).
    pub as_at: String,
    /// The one-line result.
    pub headline: Headline,
    /// Further computed sentences, most telling first.
    pub summary: Vec<Sentence>,
    /// What was run, on what.
    pub provenance: Provenance,
    /// The frame of the appraisal: period, prices, rules.
    pub frame: Frame,
    /// Front-sheet fields in order.
    pub paper: Vec<PaperField>,
    /// Passages in the author's words, one for each place that the pack has for them; null where nothing is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub narrative: Vec<PassageView>,
    /// Spending objectives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<ObjectiveView>,
    /// Critical success factors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub success_factors: Vec<SuccessFactorView>,
    /// What happens after the meeting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next_steps: Vec<NextStepView>,
    /// Bodies.
    pub organisations: Vec<OrganisationView>,
    /// Instances of systems.
    pub systems: Vec<SystemView>,
    /// Services and what they use as the appraisal starts.
    pub services: Vec<ServiceView>,
    /// What services need beside what their systems give, by service and capability; empty where the scenario states no
    /// needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<NeedView>,
    /// How much of all that it should have each service gets, by service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coverage: Vec<CoverageView>,
    /// All services together, then by place and by body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaView>,
    /// Contracts.
    pub contracts: Vec<ContractView>,
    /// Sources of funding with their conditions; empty where the scenario gives none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funding: Vec<FundingSource>,
    /// Benefits and who answers for them; empty where the scenario has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benefits: Vec<BenefitView>,
    /// Days by which something must be ready, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<MilestoneView>,
    /// When nothing goes live.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freezes: Vec<FreezeView>,
    /// Clinical-safety hazards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hazards: Vec<HazardView>,
    /// Priced risks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<RiskView>,
    /// The long list, by category; empty if the scenario has none.
    #[serde(default)]
    pub longlist: Vec<LonglistCategory>,
    /// Groups of criteria: the inner nodes of the value tree in order.
    pub groups: Vec<GroupView>,
    /// Criteria: the leaves of the value tree in order.
    pub criteria: Vec<CriterionView>,
    /// Options in the scenario's order.
    pub options: Vec<OptionResult>,
    /// Net present cost taken apart, by option id.
    pub identity: IndexMap<String, Identity>,
    /// Published programmes beside the forecast; absent where no option moves anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_class: Option<ReferenceClassView>,
    /// What the weights imply about the worth of things.
    pub implied_rates: Vec<ImpliedRate>,
    /// Options on the efficient frontier of value against net present cost, cheapest first; empty without a single
    /// set of weights.
    #[serde(default)]
    pub efficient: Vec<EfficientStep>,
    /// Weighted criteria that say nearly the same about the options.
    #[serde(default)]
    pub duplicates: Vec<CriterionCorrelation>,
    /// Stakeholder panels with their own weights, scores and rankings.
    pub panels: Vec<PanelResult>,
    /// What other methods make of the measures at the combined weights; absent where there is no weighted ranking of two
    /// or more options to check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cross_checks: Option<CrossChecks>,
    /// How panels were combined: `equal`, `seats` or `none`.
    pub panel_combination: String,
    /// Ranks over whole sets of weights; absent where fewer than two options or two criteria count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acceptability: Option<Acceptability>,
    /// What to do with each service, and why; empty where no option moves any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Verdict>,
    /// The best achievable roadmap; absent where none was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub optimiser: Option<Optimiser>,
    /// By when what has to be decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendar: Vec<CalendarEntry>,
    /// Money bound by quarter and option.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commitment: Vec<Commitment>,
    /// Weights and switching values.
    pub sensitivity: Sensitivity,
    /// What was drawn and what it says; absent where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<Uncertainty>,
    /// The assumptions log: every number of the scenario.
    pub assumptions: Vec<AssumptionView>,
    /// How much of the leading option's cost rests on what kind of evidence.
    pub evidence: EvidenceShare,
    /// What a library of defaults filled, and how much rests on it; absent where the scenario names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub defaults: Option<Defaults>,
    /// The sources quoted.
    pub sources: Vec<SourceView>,
    /// Published tables used: discount schedule, optimism bias, with their vintage.
    pub parameters: Vec<ParameterView>,
    /// Things the reader should know before relying on the figures.
    pub warnings: Vec<Warning>,
    /// Headline figures taken apart once; `appraise run` fills them in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explanations: Vec<FigureExplanation>,
}

/// The verdict as a code for machines and a sentence for people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    /// `ranked_first`, `no_clear_winner` or `none_feasible`.
    pub code: String,
    /// The sentence.
    pub text: String,
}

/// A computed sentence of the summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// What it speaks of: `cost`, `cash`, `dual_running`, `impact`, `effort`, `weights`, `evidence`.
    pub about: String,
    /// The sentence.
    pub text: String,
}

/// What was run, on what. No time of day, so that two runs give the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of the engine.
    pub engine_version: String,
    /// SHA-256 over the scenario's files, hex.
    pub scenario_sha256: String,
    /// The set of published parameters that chose the numbers.
    pub parameter_set: String,
    /// The library that filled what the scenario leaves out; null where it names none.
    pub defaults: Option<String>,
    /// The seed of the draws; null where nothing is drawn.
    pub seed: Option<u64>,
    /// Number of draws; 0 for the central case alone.
    pub draws: u64,
    /// SHA-256 over engine version, parameter set, digest of the scenario, seed and draws, hex: two runs that share it have the
    /// same figures. Empty in results that were written before it was recorded.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub run: String,
    /// The scenario's files with their own SHA-256.
    pub files: Vec<FileDigest>,
}

/// One file of the scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileDigest {
    /// Name within the scenario.
    pub name: String,
    /// SHA-256, hex.
    pub sha256: String,
}

/// Period, prices and rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The decision sought, in the author's words.
    pub decision: Option<String>,
    /// Who asks for it.
    pub sponsor: Option<String>,
    /// How the figures came about, in the author's words.
    pub note: Option<String>,
    /// Year 0, such as `2027/28`.
    pub year0: String,
    /// All years, year 0 first.
    pub years: Vec<String>,
    /// Years after year 0.
    pub horizon: usize,
    /// The year whose prices `real` amounts are in; always year 0.
    pub price_base: String,
    /// Discount factor by year.
    pub discount_factors: Vec<f64>,
    /// Deflator index by year, year 0 = 1.
    pub deflator: Vec<f64>,
    /// Where the deflator comes from.
    pub deflator_source: String,
    /// `longlist_mcda`, `shortlist` or `weighted_score`.
    pub mode: String,
    /// What `rank` means: `score`, `npc` or `npsv`.
    pub rank_basis: String,
    /// Points within which two scores count as level.
    pub resolution: f64,
    /// What the chosen mode obliges the pack to say, if anything.
    pub banner: Option<String>,
}

/// One field of the front sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PaperField {
    /// The field's label.
    pub label: String,
    /// What the author gave; prints "Not provided" if absent.
    pub value: Option<String>,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// Stable code.
    pub code: String,
    /// What is the matter and what to do.
    pub message: String,
}
