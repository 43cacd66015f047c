//! Headline figures with what they are made of, for the method appendix of the pack.

use serde::{Deserialize, Serialize};

/// A headline figure of an option, taken apart once. `appraise explain` goes on from there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureExplanation {
    /// Id for a place on a page, unique within the appraisal: `explained-1` and so on, in order.
    pub anchor: String,
    /// Path of the figure in `appraisal.json`.
    pub item: String,
    /// Id of the option.
    pub option: String,
    /// What it is.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// The formula.
    pub formula: String,
    /// Where the method says more, such as `section 8`.
    pub method: String,
    /// What is added up to it, largest first, signs apart.
    pub operands: Vec<FigureOperand>,
}

/// Something that is added to a headline figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureOperand {
    /// Path in `appraisal.json`, where it has one of its own.
    pub item: Option<String>,
    /// What it is.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// Its unit.
    pub unit: String,
}
