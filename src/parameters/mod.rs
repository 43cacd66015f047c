//! Published parameters: discount schedules and optimism-bias tables, as data with source and
//! vintage.
//!
//! A scenario names a set and that name chooses the file; the vintage printed is the one that chose
//! the numbers. Data stands beside its reader.

mod defaults;
mod reference_class;

pub use defaults::{Figure, KnownCapability, KnownProduct, Library, libraries, library};
pub use reference_class::{Comparator, ReferenceClass, ReferenceMeasure, ReferenceSource, ReferenceTag, reference_class};

use crate::quantity::Rate;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The sets shipped, by id.
const SHIPPED: &[(&str, &str)] =
    &[("green-book-2026", include_str!("green-book-2026.toml")), ("tag-2026-six-band", include_str!("tag-2026-six-band.toml"))];

/// The test of the discount rate that every appraisal carries.
const FLAT_THREE: &str = include_str!("flat-three-percent.toml");

/// The set used when a scenario names none.
pub const DEFAULT_SET: &str = "green-book-2026";

/// Rates by band of years. Green Book 2026, 6.54.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscountSchedule {
    /// Document and paragraph.
    pub source: String,
    /// First year of each band and its rate, in order, the first starting at year 1.
    pub bands: Vec<(usize, Rate)>,
}

/// Optimism-bias bounds of one project type, as shares. Lower bound first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OptimismBiasBounds {
    /// On money.
    pub money: (f64, f64),
    /// On works duration; `None` where the source says "not applicable".
    pub duration: Option<(f64, f64)>,
}

/// Discount rates other than those in force, to see whether the answer rests on them.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscountTest {
    /// Id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Who says so, and with what standing.
    pub vintage: String,
    /// Rates in place of the standard ones.
    pub standard: DiscountSchedule,
    /// Rates in place of those for health and life effects.
    pub health: DiscountSchedule,
}

/// The tests that every appraisal carries.
///
/// # Panics
/// If a shipped file is malformed, which the tests of this module rule out.
#[must_use]
pub fn discount_tests() -> Vec<DiscountTest> {
    let file: TestFile = toml::from_str(FLAT_THREE).expect("shipped parameter files are well formed (tested)");
    let TestFile { id, title, vintage, discount } = file;
    vec![DiscountTest { id, title, vintage, standard: discount.standard.typed(), health: discount.health.typed() }]
}

/// One set of published parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterSet {
    /// Id by which a scenario names it.
    pub id: String,
    /// Title of the document.
    pub title: String,
    /// Date of the document.
    pub vintage: String,
    /// Standard social time preference rates.
    pub standard: DiscountSchedule,
    /// Rates for health and life effects.
    pub health: DiscountSchedule,
    /// Optimism-bias bounds by project type.
    pub optimism_bias: BTreeMap<String, OptimismBiasBounds>,
    /// Where those bounds come from.
    pub optimism_bias_source: String,
}

/// The ids of all sets shipped.
#[must_use]
pub fn ids() -> Vec<&'static str> {
    SHIPPED.iter().map(|(id, _)| *id).collect()
}

/// The set with this id, if one is shipped.
///
/// # Panics
/// If a shipped file is malformed, which the tests of this module rule out.
#[must_use]
pub fn set(id: &str) -> Option<ParameterSet> {
    let (_, text) = SHIPPED.iter().find(|(name, _)| *name == id)?;
    let file: File = toml::from_str(text).expect("shipped parameter files are well formed (tested)");
    Some(file.typed())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    title: String,
    vintage: String,
    discount: Discount,
    optimism_bias: OptimismBias,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TestFile {
    id: String,
    title: String,
    vintage: String,
    discount: Discount,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Discount {
    standard: Schedule,
    health: Schedule,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Schedule {
    source: String,
    bands: Vec<Band>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    from: usize,
    rate: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptimismBias {
    source: String,
    types: BTreeMap<String, Bounds>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    money: [f64; 2],
    duration: Option<[f64; 2]>,
    #[expect(dead_code, reason = "documentation in the data file; money is what `on` names")]
    on: Option<String>,
}

impl Schedule {
    fn typed(self) -> DiscountSchedule {
        DiscountSchedule {
            source: self.source,
            bands: self.bands.iter().map(|b| (b.from, Rate::try_new(b.rate).expect("shipped rates are in range"))).collect(),
        }
    }
}

impl File {
    fn typed(self) -> ParameterSet {
        let bounds =
            |b: &Bounds| OptimismBiasBounds { money: (b.money[0], b.money[1]), duration: b.duration.map(|d| (d[0], d[1])) };
        ParameterSet {
            id: self.id,
            title: self.title,
            vintage: self.vintage,
            standard: self.discount.standard.typed(),
            health: self.discount.health.typed(),
            optimism_bias: self.optimism_bias.types.iter().map(|(k, b)| (k.clone(), bounds(b))).collect(),
            optimism_bias_source: self.optimism_bias.source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_set_is_named_after_itself_and_sourced() {
        for id in ids() {
            let set = set(id).expect("shipped");
            assert_eq!(set.id, id);
            assert!(!set.vintage.is_empty() && !set.optimism_bias_source.is_empty());
            for schedule in [&set.standard, &set.health] {
                assert!(!schedule.source.is_empty());
                assert_eq!(schedule.bands[0].0, 1, "schedules start at year 1");
                assert!(schedule.bands.windows(2).all(|w| w[0].0 < w[1].0), "bands in order");
            }
            for bounds in set.optimism_bias.values() {
                assert!(bounds.money.0 <= bounds.money.1);
            }
        }
    }

    #[test]
    fn tests_of_the_rate_say_that_they_are_not_the_rule() {
        for test in discount_tests() {
            assert!(test.vintage.contains("not adopted"));
            assert!([&test.standard, &test.health].iter().all(|s| s.bands[0].0 == 1 && !s.source.is_empty()));
        }
    }

    #[test]
    fn equipment_and_development_is_as_mott_macdonald_table_2() {
        let set = set(DEFAULT_SET).expect("shipped");
        let bounds = set.optimism_bias["equipment_development"];
        assert_eq!(bounds.money, (0.10, 2.00));
        assert_eq!(bounds.duration, Some((0.10, 0.54)));
        // The source prints n/a for the duration of outsourcing.
        assert_eq!(set.optimism_bias["outsourcing"].duration, None);
    }
}
