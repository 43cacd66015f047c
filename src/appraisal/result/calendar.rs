//! Dates by which something has to be decided, ways onto contracts, and what one is bound to.

use serde::{Deserialize, Serialize};

/// A last safe date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEntry {
    /// The day, ISO.
    pub date: String,
    /// What has to be done by then, or what happens.
    pub what: String,
    /// Contract id, if it is about one.
    pub contract: Option<String>,
    /// Options, by id.
    pub options: Vec<String>,
    /// What follows.
    pub consequence: String,
    /// Whether the day lies before the as-at date.
    pub overdue: bool,
}

/// Money that can no longer be avoided at the start of a quarter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// Quarter.
    pub quarter: String,
    /// Option id.
    pub option: String,
    /// Paid by then, and owed on terms of contracts that are taken up by then: cash prices, VAT included.
    pub amount: f64,
    /// Of which paid by then.
    pub paid: f64,
}

/// The way by which users come onto a system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RouteView {
    /// System id.
    pub instance: String,
    /// Users whom the option's own moves bring.
    pub users: f64,
    /// First planned go-live, ISO.
    pub go_live: String,
    /// Contract id; null if no way does.
    pub contract: Option<String>,
    /// Id of the route within the contract.
    pub route: Option<String>,
    /// `headroom`, `modification`, `framework_call_off` or `competition`.
    pub kind: Option<String>,
    /// What it costs, once, year-0 prices.
    pub cost: Option<f64>,
    /// Last day to start it, ISO.
    pub start_by: Option<String>,
    /// Earliest go-live by it, ISO; approvals come on top.
    pub earliest: Option<String>,
}
