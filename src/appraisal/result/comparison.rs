//! Two appraisals side by side, as plain data: what `appraise compare` prints and what its page is made from.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What differs between two appraisals, called the first and the second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Version of the layout of results.
    pub schema_version: u32,
    /// The first.
    pub first: Side,
    /// The second.
    pub second: Side,
    /// What it comes to, in words, most telling first.
    pub sentences: Vec<String>,
    /// What differs in how they were run: engine, parameters, defaults, seed, draws.
    pub run: Vec<Difference>,
    /// Numbers of the assumptions log that were added, removed or changed, in its order.
    pub numbers: Vec<NumberChange>,
    /// All else that differs in what was put in, by entry: options, contracts, services, dates, judgements, weights.
    pub entries: Vec<EntryChange>,
    /// Options of either, with what they come to.
    pub options: Vec<OptionMovement>,
    /// How much each change of the inputs explains; absent where results alone are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Attribution>,
    /// Why there is no attribution, if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unattributed: Option<String>,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// The file or folder, as given.
    pub path: String,
    /// `scenario` or `result`.
    pub kind: String,
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// SHA-256 over the scenario's files.
    pub scenario_sha256: String,
    /// SHA-256 that names the run; empty where the result was written before it was recorded.
    pub run: String,
    /// The one-line result.
    pub headline: String,
}

/// Something that is said differently; null where it is not said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What.
    pub what: String,
    /// In the first.
    pub first: Option<String>,
    /// In the second.
    pub second: Option<String>,
}

/// A number of the assumptions log in one of the two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumberState {
    /// Likely value.
    pub value: f64,
    /// Low, if a range was given.
    pub low: Option<f64>,
    /// High, if a range was given.
    pub high: Option<f64>,
    /// Source, if given.
    pub source: Option<String>,
    /// Grade of evidence.
    pub evidence: String,
    /// `given` or `default`.
    pub origin: String,
    /// File.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
}

/// A number of the assumptions log that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumberChange {
    /// Id.
    pub id: String,
    /// In words.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// `added`, `removed` or `changed`.
    pub change: String,
    /// What of it differs: `value`, `range`, `unit`, `source`, `evidence`, `quality`, `basis`, `origin`; all if it was added
    /// or removed.
    pub differs: Vec<String>,
    /// In the first.
    pub first: Option<NumberState>,
    /// In the second.
    pub second: Option<NumberState>,
}

/// An entry of a section that differs in anything but numbers of the assumptions log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryChange {
    /// Section.
    pub section: String,
    /// Id in the second, or in the first if it was removed; null for a section without entries.
    pub id: Option<String>,
    /// Id in the first, where the entry was renamed.
    pub was: Option<String>,
    /// Name.
    pub name: String,
    /// `added`, `removed`, `changed` or `renamed`.
    pub change: String,
    /// What differs in it; empty if it was added or removed.
    pub differences: Vec<EntryDifference>,
    /// Where it stands in the first, `file:line`.
    pub first_at: Option<String>,
    /// Where it stands in the second, `file:line`.
    pub second_at: Option<String>,
}

/// One key of an entry that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryDifference {
    /// Key.
    pub key: String,
    /// In the first.
    pub first: Option<String>,
    /// In the second.
    pub second: Option<String>,
    /// Where, `file:line`: in the second, or in the first if it is there no longer; null where results are compared.
    pub at: Option<String>,
    /// Whether it is one of the steps of the attribution.
    pub step: bool,
}

/// A figure in both.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// In the first; null where it has none.
    pub first: Option<f64>,
    /// In the second; null where it has none.
    pub second: Option<f64>,
}

impl Pair {
    /// The second less the first, where both have it.
    #[must_use]
    pub fn change(self) -> Option<f64> {
        Some(self.second? - self.first?)
    }

    /// Whether the two are the same.
    #[must_use]
    pub fn is_still(self) -> bool {
        self.first == self.second
    }
}

/// An option in both, or in one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OptionMovement {
    /// Id in the second; in the first if it is there no longer.
    pub id: String,
    /// Id in the first, where it is another.
    pub was: Option<String>,
    /// Name.
    pub name: String,
    /// Name in the first, where it is another.
    pub was_named: Option<String>,
    /// `both`, `added` or `removed`.
    pub there: String,
    /// Rank on the basis in force.
    pub rank: Pair,
    /// Whether it passes every gate, in the first and in the second.
    pub feasible: (Option<bool>, Option<bool>),
    /// Gates that it fails in one and not in the other, in words.
    pub gates: Vec<String>,
    /// Net present cost.
    pub npc: Pair,
    /// Weighted score.
    pub score: Pair,
    /// Dual running, present value.
    pub dual_running: Pair,
    /// Cash over the period.
    pub cash: Pair,
    /// Person-days.
    pub person_days: Pair,
    /// Expected net present cost over the draws.
    pub npc_expected: Pair,
    /// What eight of ten draws stay below.
    pub npc_p80: Pair,
    /// Services whose last move differs: where to and when, in words.
    pub plan: Vec<String>,
}

/// What one change moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// Net present cost.
    pub npc: f64,
    /// Dual running, present value.
    pub dual_running: f64,
    /// Weighted score; null where either has none.
    pub score: Option<f64>,
}

/// One change of the inputs and what it moves when it is made after those before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Path in the scenario.
    pub id: String,
    /// In words.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Value in the first.
    pub first: f64,
    /// Value in the second.
    pub second: f64,
    /// Where it stands in the second, `file:line`.
    pub at: String,
    /// What it moves, by option id (of the second).
    pub moves: IndexMap<String, Moved>,
    /// The options that are ranked first from here on, where they are others than before.
    pub leads: Option<Vec<String>>,
}

/// How much each change explains. For each option the steps and the remainder add up to the whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// In which order changes were made, and that it matters.
    pub order: String,
    /// Changes that can be made one at a time, in that order.
    pub steps: Vec<Step>,
    /// What is left once all of them are made: the effect of all other changes together.
    pub remainder: IndexMap<String, Moved>,
    /// What the remainder is due to, in words; nothing if there is none.
    pub remainder_due_to: Vec<String>,
    /// The whole movement, by option.
    pub whole: IndexMap<String, Moved>,
}
