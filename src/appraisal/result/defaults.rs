//! What a library of defaults filled, and how much of the answer rests on it.

use serde::{Deserialize, Serialize};

/// Use of a library of defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Defaults {
    /// The library.
    pub library: String,
    /// Numbers that the scenario gives.
    pub given: usize,
    /// Numbers that the library filled.
    pub filled: usize,
    /// Numbers that the engine takes where nothing is said.
    pub engine: usize,
    /// The option that the difference is told of.
    pub option: Option<String>,
    /// The option that it is compared with.
    pub against: Option<String>,
    /// Net present cost of `option` less that of `against`.
    pub difference: Option<f64>,
    /// Share of that difference that rests on the library: with D the difference of all lines under which at least one
    /// of its figures is, and G that of the others, |D| / (|D| + |G|).
    pub share: Option<f64>,
    /// The filled numbers that move the difference most between their low and high, one at a time, widest first.
    pub swings: Vec<DefaultSwing>,
    /// The same in words.
    pub sentence: String,
}

/// How far one filled number moves the difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DefaultSwing {
    /// Where it would stand in the scenario.
    pub input: String,
    /// What it is, in words.
    pub name: String,
    /// Its low.
    pub low: f64,
    /// Its high.
    pub high: f64,
    /// Unit.
    pub unit: String,
    /// The difference at its low.
    pub at_low: f64,
    /// The difference at its high.
    pub at_high: f64,
    /// The option that it is the difference to, where it is another than `against`: too few numbers move that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<String>,
}
