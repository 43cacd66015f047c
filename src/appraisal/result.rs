//! The appraisal as plain data: what `appraisal.json` holds and all that reports read.
//!
//! No logic lives here. Amounts are pounds; `nominal` is cash prices of the year, `real` prices of
//! year 0, `present` real prices discounted to year 0; costs are positive, benefits negative.
//! Keys are those of the published schema; a part that this version does not compute is absent.

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
    /// Bodies.
    pub organisations: Vec<OrganisationView>,
    /// Instances of systems.
    pub systems: Vec<SystemView>,
    /// Services and what they use as the appraisal starts.
    pub services: Vec<ServiceView>,
    /// All services together, then by place and by body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaView>,
    /// Contracts.
    pub contracts: Vec<ContractView>,
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
    /// How panels were combined: `equal`, `seats` or `none`.
    pub panel_combination: String,
    /// Weights and switching values.
    pub sensitivity: Sensitivity,
    /// The assumptions log: every number of the scenario.
    pub assumptions: Vec<AssumptionView>,
    /// How much of the leading option's cost rests on what kind of evidence.
    pub evidence: EvidenceShare,
    /// The sources quoted.
    pub sources: Vec<SourceView>,
    /// Published tables used: discount schedule, optimism bias, with their vintage.
    pub parameters: Vec<ParameterView>,
    /// Things the reader should know before relying on the figures.
    pub warnings: Vec<Warning>,
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
    /// The library of defaults used; null, since this version ships none.
    pub defaults: Option<String>,
    /// The seed of the draws; null where nothing is drawn.
    pub seed: Option<u64>,
    /// Number of draws; 0 for the central case alone.
    pub draws: u64,
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

/// A body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrganisationView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// `dissolves`, `transfers_services`, `continues` or `new`.
    pub status: String,
    /// The body that takes over its costs (id), and from which day (ISO).
    pub successor: Option<(String, String)>,
}

/// An instance of a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemView {
    /// Id of the instance.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The product.
    pub product: String,
    /// The supplier.
    pub supplier: Option<String>,
    /// The body that operates it (id).
    pub operator: Option<String>,
    /// `own`, `unit` or `hosted`.
    pub tenancy: String,
    /// Users live on it as the appraisal starts.
    pub users: f64,
}

/// A service and the systems it starts on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServiceView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Line, such as community or mental health.
    pub line: Option<String>,
    /// Organisation (id).
    pub organisation: Option<String>,
    /// Place.
    pub place: Option<String>,
    /// Care setting.
    pub setting: Option<String>,
    /// Users.
    pub users: f64,
    /// Slot to instance id, as the appraisal starts.
    pub slots: IndexMap<String, String>,
    /// Slot to users.
    pub slot_users: IndexMap<String, f64>,
}

/// The services of one place or one body as the appraisal starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AreaView {
    /// `all`, `place` or `organisation`.
    pub kind: String,
    /// The place, or the body's id; null for all services, and for those that name none.
    pub area: Option<String>,
    /// Ids of the services.
    pub services: Vec<String>,
    /// Their users; who works in two services counts in both.
    pub users: f64,
    /// Patient records held, over the services that state them; null if none does.
    pub patients: Option<f64>,
    /// Contacts a year, over the services that state them; null if none does.
    pub contacts: Option<f64>,
}

/// A contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContractView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// `licence` or `sla`.
    pub kind: String,
    /// The body that pays (id).
    pub body: Option<String>,
    /// The instance it licenses (id), if it is for one.
    pub instance: Option<String>,
    /// First day (ISO), if it is not already running.
    pub start: Option<String>,
    /// Last day (ISO).
    pub end: String,
    /// Notice in months.
    pub notice_months: Option<f64>,
}

/// A group of criteria.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CriterionView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Ids of the nodes above it, outermost first, joined by `/`; empty at the top.
    pub group: String,
    /// Name of the outermost node above it (its own name at the top).
    pub branch: String,
    /// Unit of its measure.
    pub unit: String,
    /// `more_is_better` or `less_is_better`.
    pub direction: String,
    /// Measure at 0 and at 100 points.
    pub anchors: Anchors,
    /// Whether it counts as value: not priced in net present cost.
    #[serde(default)]
    pub value: bool,
    /// Shape of the value function: `linear`, `piecewise` or `step`.
    #[serde(default)]
    pub function: String,
    /// Its knots: measure and points.
    #[serde(default)]
    pub knots: Vec<(f64, f64)>,
    /// Whether it counts in the score.
    pub scored: bool,
    /// What it measures: a computed measure, or `judged`.
    pub measure: String,
    /// Combined weight over panels, 0 to 1; absent if panels are not combined.
    pub weight: Option<f64>,
}

/// Measure values at 0 and at 100 points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Anchors {
    /// The measure that scores 0.
    pub zero: f64,
    /// The measure that scores 100.
    pub hundred: f64,
}

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
    /// `replace` or `defer`.
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
    /// Weighted score; null where no single index may be printed.
    pub score: Option<f64>,
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
    /// Money paid for systems not in live use, in parts.
    pub dual_running: DualRunning,
    /// Work.
    pub effort: Effort,
    /// What it does in all, by place and by body, in the order of [`Appraisal::areas`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaResult>,
    /// What happens to contracts left before they end.
    pub exits: Vec<ExitDecision>,
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
    /// Measures reported but not scored, by name.
    pub reported: Vec<ReportedMeasure>,
    /// Benefits that are not monetised, in words.
    pub unmonetised: Vec<String>,
}

/// One category of the long list (options framework filter, Green Book 2026, 5.25-5.27).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LonglistCategory {
    /// `scope`, `solution`, `delivery`, `implementation` or `funding`.
    pub category: String,
    /// Its choices.
    pub choices: Vec<LonglistChoice>,
}

/// One choice of the long list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LonglistChoice {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it is what happens today.
    pub usual: bool,
    /// `green`, `amber` or `red`.
    pub rating: String,
    /// `Preferred`, `Carry forward` or `Drop`.
    pub consequence: String,
    /// Why.
    pub reason: String,
    /// Options that make it.
    pub options: Vec<String>,
}

/// An efficient option, and what it gives over the one before for how much more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EfficientStep {
    /// Option id.
    pub option: String,
    /// Net present cost.
    pub npc: f64,
    /// Weighted points from criteria that are not priced.
    pub value: f64,
    /// Further net present cost; null for the first.
    pub further_npc: Option<f64>,
    /// Further points; null for the first.
    pub further_value: Option<f64>,
    /// Pounds for each further point; null for the first.
    pub pounds_per_point: Option<f64>,
}

/// Two criteria whose points over the options correlate above 0.95.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CriterionCorrelation {
    /// One criterion.
    pub criterion: String,
    /// The other.
    pub other: String,
    /// Pearson correlation of their points over the options.
    pub correlation: f64,
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

/// Economic view: real resources, no VAT, no transfers between bodies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// Net present cost: the present value of all monetised streams.
    pub npc: f64,
    /// Net present social value, the same with the sign turned.
    pub npsv: f64,
    /// Equivalent annual cost: npc over the sum of the discount factors of years 0 to n.
    pub eac: f64,
    /// Total in cash prices of each year, before VAT.
    pub nominal: f64,
    /// Total in year-0 prices.
    pub real: f64,
    /// By category.
    pub by_category: IndexMap<String, Amounts>,
    /// By year and category; years and categories without cost are left out.
    pub by_year: Vec<YearAmounts>,
    /// The single cost lines, with what they came from.
    pub lines: Vec<CostLineView>,
}

/// One step from business as usual to an option, in present value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaterfallStep {
    /// A category, `dual_running` (its four parts together), or `other`: categories that are each at most
    /// 2% of the changes of every option, signs apart.
    pub step: String,
    /// What it adds to (positive) or takes from (negative) the net present cost of business as usual.
    pub change: f64,
    /// The same by category; adds up to `change`.
    pub categories: IndexMap<String, f64>,
}

/// One sum on three bases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Amounts {
    /// Cash prices of each year.
    pub nominal: f64,
    /// Year-0 prices.
    pub real: f64,
    /// Discounted.
    pub present: f64,
}

/// One category in one year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct YearAmounts {
    /// Financial year.
    pub year: String,
    /// Category.
    pub category: String,
    /// Cash prices of the year.
    pub nominal: f64,
    /// Year-0 prices.
    pub real: f64,
    /// Discounted.
    pub present: f64,
}

/// One cost line over the whole period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CostLineView {
    /// Category.
    pub category: String,
    /// What it is, such as `contract kx` or `training of s1`.
    pub what: String,
    /// The body that bears it (id), as given before any transfer.
    pub body: Option<String>,
    /// Sums.
    pub nominal: f64,
    /// Year-0 prices.
    pub real: f64,
    /// Discounted.
    pub present: f64,
    /// Nominal amount by year, year 0 first.
    pub by_year: Vec<f64>,
    /// Ids of the assumptions it rests on.
    pub assumptions: Vec<String>,
}

/// Financial view: cash of the year, undiscounted, with irrecoverable VAT and transfers.
/// `nominal - non_cash + vat = cash`, in total and (with `transfers`) by body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Financial {
    /// Nominal total of the economic view.
    pub nominal: f64,
    /// Of which no cash is paid (staff time, benefits that release no cash).
    pub non_cash: f64,
    /// Irrecoverable VAT.
    pub vat: f64,
    /// Cash.
    pub cash: f64,
    /// Cash by year.
    pub cash_by_year: Vec<f64>,
    /// Capital spending over the period, part of cash.
    #[serde(default)]
    pub capital: f64,
    /// Capital spending by year, part of cash; the rest of cash is revenue.
    #[serde(default)]
    pub capital_by_year: Vec<f64>,
    /// Depreciation of that capital by year: no cash, and not in the economic view.
    #[serde(default)]
    pub depreciation_by_year: Vec<f64>,
    /// By body.
    pub by_body: Vec<BodyFinancial>,
    /// Cash against funding, for each body that has funding and each year; empty where none is given.
    pub funding_gap: Vec<FundingGap>,
    /// The same over all years, a line for each body that has funding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funding_total: Vec<FundingTotal>,
}

/// Cash of one body against its funding, over all years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FundingTotal {
    /// Body id.
    pub body: String,
    /// Cash it pays.
    pub cash: f64,
    /// Funding it has.
    pub funding: f64,
    /// Cash less funding; negative where money is left.
    pub gap: f64,
}

/// Cash of one body in one year against its funding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FundingGap {
    /// Body id.
    pub body: String,
    /// Financial year.
    pub year: String,
    /// Cash it pays.
    pub cash: f64,
    /// Funding it has.
    pub funding: f64,
    /// Cash less funding; negative where money is left.
    pub gap: f64,
}

/// Financial view of one body. `nominal - non_cash + vat + transfers = cash`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BodyFinancial {
    /// Body id; `unassigned` where the scenario names none.
    pub body: String,
    /// Cost of the resources it bears.
    pub nominal: f64,
    /// Of which non-cash.
    pub non_cash: f64,
    /// Irrecoverable VAT.
    pub vat: f64,
    /// Paid to (positive) or received from (negative) other bodies; sums to 0 over bodies.
    pub transfers: f64,
    /// Cash.
    pub cash: f64,
    /// Cash by year.
    pub cash_by_year: Vec<f64>,
    /// Capital spending by year, part of cash.
    #[serde(default)]
    pub capital_by_year: Vec<f64>,
    /// Depreciation of that capital by year.
    #[serde(default)]
    pub depreciation_by_year: Vec<f64>,
}

/// Dual running. Parts in present value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DualRunning {
    /// Sum of the parts, discounted.
    pub present: f64,
    /// Sum of the parts in cash prices.
    pub nominal: f64,
    /// New system paid before go-live.
    pub head_start: f64,
    /// Old system kept running beside the new.
    pub overlap: f64,
    /// Old contract paid after its users have left: minimum, term, exit charge.
    pub stranded: f64,
    /// Read-only access to what was left behind.
    pub archive: f64,
    /// The part on charges unavoidable at `as_at` under every option.
    pub committed: f64,
    /// Change in net present cost if every go-live slips a month; null if nothing moves, or if a
    /// contract would then run out in use.
    pub slippage_first_month: Option<f64>,
    /// The same for three months.
    pub slippage_first_quarter: Option<f64>,
    /// By contract.
    pub by_contract: Vec<ContractDualRunning>,
}

/// Parts of one contract's invoice over the period, in cash prices. They add up to `invoice`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContractDualRunning {
    /// Contract id.
    pub contract: String,
    /// For users live on the system.
    pub service: f64,
    /// Paid before go-live.
    pub head_start: f64,
    /// Paid beside the new system.
    pub overlap: f64,
    /// Paid with nobody on it, or beyond what use needs.
    pub stranded: f64,
    /// Read-only.
    pub archive: f64,
    /// All of it.
    pub invoice: f64,
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
    /// Capacity a quarter, if given.
    pub capacity: Option<f64>,
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

/// What the weights say about the worth of one unit of a criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImpliedRate {
    /// Criterion id.
    pub criterion: String,
    /// Score points for one unit.
    pub points_per_unit: f64,
    /// Pounds that weigh as much as one unit.
    pub pounds_per_unit: Option<f64>,
    /// What one unit is actually paid at, lowest price used.
    pub paid: Option<f64>,
    /// Highest price used.
    pub paid_highest: Option<f64>,
    /// In words, such as "£5,000 for a percentage point".
    pub sentence: String,
    /// What is odd about it, if anything.
    pub warning: Option<String>,
}

/// One panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PanelResult {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Seats, for the combination by seats.
    pub seats: f64,
    /// Swing points as given.
    pub points: IndexMap<String, f64>,
    /// Global weights of the leaves; they sum to 1.
    pub weights: IndexMap<String, f64>,
    /// Score by option.
    pub scores: IndexMap<String, f64>,
    /// Feasible options, best first.
    pub ranking: Vec<String>,
}

/// What would change the answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// Crossings of weights.
    pub weights: Vec<WeightCrossing>,
    /// Switching values of inputs.
    pub switching: Vec<Switching>,
    /// Other discount rates.
    #[serde(default)]
    pub discount_rates: Vec<DiscountTest>,
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
    /// In words.
    pub sentence: String,
}

/// One number of the scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AssumptionView {
    /// Where it stands in the scenario, such as `contracts.kx.lines.core.price`.
    pub id: String,
    /// What it is, in words.
    pub name: String,
    /// Likely value.
    pub value: f64,
    /// Low, if a range was given.
    pub low: Option<f64>,
    /// High, if a range was given.
    pub high: Option<f64>,
    /// Unit.
    pub unit: String,
    /// Source ids or words, if given.
    pub source: Option<String>,
    /// `sourced`, `derived`, `estimate`, `unchecked` or `none`.
    pub evidence: String,
    /// `green`, `amber` or `red`, if given.
    pub quality: Option<String>,
    /// Why this value.
    pub basis: Option<String>,
    /// `given` or `default`.
    pub origin: String,
    /// File.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Share of the leading option's gross present cost on lines that use it.
    pub share_of_cost: f64,
}

/// Shares of the leading option's gross present cost, by the weakest evidence under each line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceShare {
    /// The option spoken of.
    pub option: String,
    /// All numbers under it are sourced.
    pub sourced: f64,
    /// Sourced or derived from sourced.
    pub derived: f64,
    /// At least one is an estimate.
    pub estimate: f64,
    /// At least one was not checked.
    pub unchecked: f64,
    /// At least one has no source at all.
    pub none: f64,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: Option<String>,
    /// Where to find it.
    pub url: Option<String>,
    /// Date of it.
    pub date: Option<String>,
}

/// A published table that chose numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParameterView {
    /// What it is.
    pub name: String,
    /// The values in words.
    pub value: String,
    /// Document and paragraph.
    pub source: String,
    /// Vintage of the document.
    pub vintage: String,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// Stable code.
    pub code: String,
    /// What is the matter and what to do.
    pub message: String,
}
