//! Numbers with what they rest on.

use serde::{Deserialize, Serialize};

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
    /// Share of the variance of the leading option's net present cost that it explains alone, or with all that vary with
    /// its driver; absent where nothing was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_of_variance: Option<f64>,
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
