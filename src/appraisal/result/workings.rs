//! What the finance workbook shows beside the results: each cost line as what it is made of, by year and body.
//!
//! None of it is in `appraisal.json`: it follows from the scenario, and is needed only where figures are to be worked out
//! again from prices and quantities.

use indexmap::IndexMap;

/// How the figures of all options come about.
#[derive(Debug, Clone, PartialEq)]
pub struct Workings {
    /// Options, in the order of [`super::Appraisal::options`].
    pub options: Vec<OptionWorkings>,
    /// Numbers that cost lines are worked out from in a straight line, in the order of the assumptions.
    pub inputs: Vec<LiveInput>,
    /// Price index of each contract, in the order of [`super::Appraisal::contracts`].
    pub indices: Vec<PriceIndex>,
    /// Whether every line follows the deflator in year-0 prices and in cash as the engine would have it: not where prices
    /// of a contract follow general inflation, or where what is left of capital is told from cash prices.
    pub deflator_live: bool,
    /// Adjustments for optimism bias that cost lines refer to.
    pub biases: Vec<BiasUplift>,
    /// Discount factor by year for effects on health.
    pub health_factors: Vec<f64>,
}

/// A number that some cost lines are proportional to.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveInput {
    /// Position in [`super::Appraisal::assumptions`].
    pub assumption: usize,
    /// The least value, with all other numbers as they are, down to which every option's net present cost follows it in
    /// a straight line: below it something is decided otherwise.
    pub from: f64,
    /// The greatest such value.
    pub to: f64,
    /// Whether a decision rests on it: something is decided otherwise below `from` or above `to`, or might be if other
    /// numbers were changed with it.
    pub decides: bool,
}

/// How a contract's prices move.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceIndex {
    /// Index by year, year 0 first; 1 in the year of the contract's prices.
    pub by_year: Vec<f64>,
    /// Whether charges of a year rest on the index of that year alone in every option, and no decision rests on it.
    pub own_year_only: bool,
}

/// An adjustment for optimism bias.
#[derive(Debug, Clone, PartialEq)]
pub struct BiasUplift {
    /// Id.
    pub id: String,
    /// Position of the uplift before mitigation in [`super::Appraisal::assumptions`].
    pub assumption: usize,
    /// Uplift before mitigation.
    pub before: f64,
    /// Share of it that is left after mitigation.
    pub left: f64,
}

/// How the figures of one option come about.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionWorkings {
    /// Cost lines, in parts that each one body bears and one pays.
    pub rows: Vec<CostRow>,
    /// What streams transfer between bodies: paid less received, by body id and year, cash prices; bodies without any are
    /// left out.
    pub transfers: IndexMap<String, Vec<f64>>,
    /// Months of contracts with dual running in them.
    pub dual_running: Vec<DualRunningMonth>,
}

/// What one body bears, and one pays, of a cost line.
#[derive(Debug, Clone, PartialEq)]
pub struct CostRow {
    /// Position of the line in [`super::Cost::lines`]; of the first where it stands for several.
    pub line: usize,
    /// How many lines it stands for: one, unless there are very many.
    pub lines: usize,
    /// The body that bears it (id); `unassigned` where the scenario names none.
    pub bearer: String,
    /// The body that pays it.
    pub payer: String,
    /// Whether amounts are stated in cash prices of the year; in year-0 prices otherwise.
    pub in_cash_prices: bool,
    /// Whether it is discounted as an effect on health.
    pub health: bool,
    /// Share paid in cash.
    pub cash: f64,
    /// Irrecoverable VAT as a share of what is paid in cash.
    pub vat: f64,
    /// Cash prices by year.
    pub nominal: Vec<f64>,
    /// Year-0 prices by year.
    pub real: Vec<f64>,
    /// Discounted, by year.
    pub present: Vec<f64>,
    /// What it is made of.
    pub made: Made,
}

/// What the amounts of a row are made of, on the row's own price basis.
#[derive(Debug, Clone, PartialEq)]
pub enum Made {
    /// The engine's amounts as they are.
    Amounts,
    /// The sum over prices of price times quantity, times the index of a contract where one is named.
    Prices {
        /// Position of the contract whose index the quantities do not hold yet; `None` where they hold it.
        contract: Option<usize>,
        /// The prices.
        terms: Vec<PriceTerm>,
    },
    /// An uplift times the size of another row.
    Bias {
        /// Position of the other row.
        row: usize,
        /// Position of the uplift in [`Workings::biases`].
        bias: usize,
    },
}

/// A price and how much is charged at it.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceTerm {
    /// Position of the price in [`super::Appraisal::assumptions`].
    pub assumption: usize,
    /// Quantity by year. Of a price a user and year: users times the part of the year for which they are charged, times
    /// what the contract adds to its price or takes off it.
    pub quantity: Vec<f64>,
}

/// A month of a contract's invoice in parts, cash prices.
#[derive(Debug, Clone, PartialEq)]
pub struct DualRunningMonth {
    /// Position of the contract in [`super::Appraisal::contracts`].
    pub contract: usize,
    /// First day (ISO date).
    pub month: String,
    /// For users live on the system.
    pub service: f64,
    /// Paid before go-live.
    pub head_start: f64,
    /// Paid beside the new system.
    pub overlap: f64,
    /// Paid with nobody on it, or beyond what use needs.
    pub stranded: f64,
    /// Read-only access.
    pub archive: f64,
    /// All of it.
    pub invoice: f64,
}
