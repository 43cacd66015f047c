//! The reference class: published programmes to hold a forecast against.

use serde::Deserialize;

/// The file shipped.
const SHIPPED: &str = include_str!("reference-class-2026-11.toml");

/// Published cases, with what to keep in mind about them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceClass {
    /// Id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// When it was put together.
    pub vintage: String,
    /// What kind of selection it is.
    pub caution: String,
    /// The cases, a measure after the other.
    #[serde(rename = "comparator")]
    pub comparators: Vec<Comparator>,
    /// The documents quoted.
    #[serde(rename = "source")]
    pub sources: Vec<ReferenceSource>,
}

/// One figure of one case.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparator {
    /// The case.
    pub name: String,
    /// What the figure is.
    pub what: String,
    /// What it measures.
    pub measure: ReferenceMeasure,
    /// The figure, or the likely value of a range.
    pub value: f64,
    /// Low, for a range.
    pub low: Option<f64>,
    /// High, for a range.
    pub high: Option<f64>,
    /// What kind of evidence it is.
    pub tag: ReferenceTag,
    /// Ids of the documents it was read in, or that informed it.
    pub source: Vec<String>,
    /// How it comes about, where it was not simply read.
    pub basis: Option<String>,
}

/// What a comparator measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceMeasure {
    /// Months from approval, choice or contract to go-live.
    MonthsToGoLive,
    /// Months late against plan.
    Slippage,
    /// Cost over plan, as a share of the plan.
    Overrun,
    /// Pounds a user.
    CostPerUser,
}

impl ReferenceMeasure {
    /// As in the file and in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::MonthsToGoLive => "months_to_go_live",
            Self::Slippage => "slippage",
            Self::Overrun => "overrun",
            Self::CostPerUser => "cost_per_user",
        }
    }

    /// Its unit.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::MonthsToGoLive | Self::Slippage => "months",
            Self::Overrun => "share",
            Self::CostPerUser => "£ a user",
        }
    }
}

/// What kind of evidence a comparator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceTag {
    /// Read in its source.
    Sourced,
    /// Arithmetic on figures read there.
    Derived,
    /// A part of it was not checked.
    Unchecked,
    /// An estimate.
    Estimate,
}

impl ReferenceTag {
    /// As in the file and in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Sourced => "sourced",
            Self::Derived => "derived",
            Self::Unchecked => "unchecked",
            Self::Estimate => "estimate",
        }
    }
}

/// A document quoted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceSource {
    /// Id.
    pub id: String,
    /// Publisher, title, date.
    pub title: String,
}

/// The reference class shipped.
///
/// # Panics
/// If the shipped file is malformed, which the tests of this module rule out.
#[must_use]
pub fn reference_class() -> ReferenceClass {
    toml::from_str(SHIPPED).expect("shipped parameter files are well formed (tested)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_source_that_is_listed() {
        let class = reference_class();
        assert!(class.comparators.len() >= 15);
        for row in &class.comparators {
            assert!(!row.source.is_empty(), "{}: {}", row.name, row.what);
            for id in &row.source {
                assert!(class.sources.iter().any(|s| s.id == *id && !s.title.is_empty()), "{}: {id}", row.name);
            }
        }
        for source in &class.sources {
            assert!(class.comparators.iter().any(|c| c.source.contains(&source.id)), "{} is quoted by nothing", source.id);
        }
    }

    #[test]
    fn what_was_not_simply_read_says_how_it_comes_about() {
        for row in reference_class().comparators {
            let ranged = row.low.is_some() || row.high.is_some();
            let read = row.tag == ReferenceTag::Sourced;
            assert!(read || row.basis.is_some(), "{}: {}", row.name, row.what);
            // A range was never published: it is ours.
            assert!(!ranged || row.tag == ReferenceTag::Estimate, "{}", row.name);
            let ordered = row.low.is_none_or(|l| l <= row.value) && row.high.is_none_or(|h| row.value <= h);
            assert!(ordered && row.low.is_some() == row.high.is_some(), "{}", row.name);
        }
    }

    #[test]
    fn figures_are_those_of_their_basis() {
        let find = |name: &str, measure| {
            let rows = reference_class().comparators;
            rows.into_iter().filter(|c| c.name.starts_with(name) && c.measure == measure).map(|c| c.value).collect::<Vec<_>>()
        };
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 0.005 * expected.abs().max(1.0), "{found}");
        // 1.1m / 3,000; 1.1 / 1.7 - 1; 22.2 / 17.31 - 1; 34.4 / 29.1 - 1 and 12.24 / 4.74 - 1.
        near(find("Kent", ReferenceMeasure::CostPerUser)[0], 1.1e6 / 3_000.0);
        near(find("Kent", ReferenceMeasure::Overrun)[0], 1.1 / 1.7 - 1.0);
        near(find("Guernsey", ReferenceMeasure::Overrun)[0], 22.2 / 17.31 - 1.0);
        near(find("Calderdale", ReferenceMeasure::Overrun)[0], 34.4 / 29.1 - 1.0);
        near(find("Calderdale", ReferenceMeasure::Overrun)[1], 12.24 / 4.74 - 1.0);
    }
}
