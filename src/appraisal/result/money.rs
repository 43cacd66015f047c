//! Money of an option: cost, cash, bodies, dual running.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

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
    /// Of which no cash is paid (staff time, benefits that release no cash or that nobody has agreed to).
    pub non_cash: f64,
    /// Irrecoverable VAT.
    pub vat: f64,
    /// Paid to households, businesses and others as transfers, less received. `nominal - non_cash + vat + transfers = cash`.
    #[serde(default)]
    pub transfers: f64,
    /// Cash.
    pub cash: f64,
    /// What cash-releasing benefits would release that no owner has agreed to, less the optimism bias on them: left
    /// out of cash and of funding gaps. In `non_cash`, but for VAT.
    #[serde(default)]
    pub unagreed_benefits: f64,
    /// The same by year; empty where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unagreed_by_year: Vec<f64>,
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

/// A source of funding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FundingSource {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The body that has it (id), as given before any transfer.
    pub body: String,
    /// What it may be spent on: `capital`, `revenue` or `either`.
    pub kind: String,
    /// Conditions, in the author's words.
    pub conditions: Option<String>,
    /// The last day on which it may be spent (ISO date); null if it does not lapse.
    pub end: Option<String>,
    /// Amount by year in cash prices, year 0 first.
    pub by_year: Vec<f64>,
}

/// Cash of one kind against the funding for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct FundingPart {
    /// Cash of that kind.
    pub cash: f64,
    /// Money that may be spent on nothing else.
    pub funding: f64,
    /// Cash less that money and less its part of the money for either kind; negative where money is left. Money for
    /// either kind pays for capital that nothing else pays for, then for revenue.
    pub gap: f64,
}

/// Cash of one body against its funding, over all years, as if money could be kept from year to year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FundingTotal {
    /// Body id.
    pub body: String,
    /// Cash it pays.
    pub cash: f64,
    /// Funding it has.
    pub funding: f64,
    /// As in [`FundingGap`].
    pub gap: f64,
    /// Capital.
    #[serde(default)]
    pub capital: FundingPart,
    /// Revenue.
    #[serde(default)]
    pub revenue: FundingPart,
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
    /// What is short of capital and of revenue together: money of one kind does not pay for the other. Where neither
    /// is short, cash less funding, negative: money is left.
    pub gap: f64,
    /// Capital.
    #[serde(default)]
    pub capital: FundingPart,
    /// Revenue.
    #[serde(default)]
    pub revenue: FundingPart,
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
    /// The part that the dates with the least dual running would avoid, moves and links being what they are: dual running
    /// less the least found within all limits, never below 0. Absent where the best dates were not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avoidable: Option<f64>,
    /// Change in net present cost if every go-live, of a service or of a link, slips a month; null if there is none, or if a
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

/// A benefit and who answers for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BenefitView {
    /// Stream id.
    pub id: String,
    /// Name.
    pub name: String,
    /// `cash_releasing`, `non_cash_releasing`, `societal` or `unmonetised`.
    pub class: String,
    /// Who answers for it, if the author named somebody.
    pub owner: Option<String>,
    /// Whether the owner has agreed to give up the cash that it releases.
    pub agreed: bool,
    /// Ids of the options that have it.
    pub options: Vec<String>,
}
