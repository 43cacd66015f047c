//! Published programmes beside the forecast.

use serde::{Deserialize, Serialize};

/// The reference class, and what each option comes to on the same measures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferenceClassView {
    /// Id of the file it is from.
    pub id: String,
    /// What it is.
    pub title: String,
    /// When it was put together.
    pub vintage: String,
    /// What kind of selection it is.
    pub caution: String,
    /// Published cases and estimates, a measure after the other.
    pub comparators: Vec<ComparatorView>,
    /// The options, in the order of the appraisal.
    pub options: Vec<OwnFigures>,
}

/// One figure of one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparatorView {
    /// The case.
    pub name: String,
    /// What the figure is.
    pub what: String,
    /// `months_to_go_live`, `slippage`, `overrun` or `cost_per_user`.
    pub measure: String,
    /// The figure, or the likely value of a range.
    pub value: f64,
    /// Low, for a range.
    pub low: Option<f64>,
    /// High, for a range.
    pub high: Option<f64>,
    /// Unit.
    pub unit: String,
    /// `sourced`, `derived`, `unchecked` or `estimate`.
    pub tag: String,
    /// Documents it was read in; for an estimate, those that informed it.
    pub source: String,
    /// How it comes about, where it was not simply read.
    pub basis: Option<String>,
}

/// What an option comes to on the measures of the reference class. Moves under way are among its moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnFigures {
    /// Option id.
    pub option: String,
    /// Months from the as-at date to the last planned go-live; null if nothing moves.
    pub planned_months: Option<i32>,
    /// The same to the last expected go-live.
    pub expected_months: Option<i32>,
    /// The longest time by which optimism bias on duration puts a go-live off, months.
    pub slip_months: i32,
    /// The highest optimism bias on duration that is applied to one of its moves, as a share; null without any.
    pub duration_bias: Option<f64>,
    /// Users who change system, each move counted.
    pub users_moved: f64,
    /// Work bought in for its moves, year-0 prices before optimism bias, over users moved; null if nobody moves.
    pub external_cost_per_user: Option<f64>,
    /// The same with the programme's own work on them; training and lost hours are left out.
    pub work_cost_per_user: Option<f64>,
    /// Optimism bias on the cost of that work, over that cost; null where it costs nothing.
    pub cost_bias: Option<f64>,
}
