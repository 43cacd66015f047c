//! Libraries of default figures: what a trust does not have yet, each figure with its range, its grade of evidence and
//! what it rests on.

use super::{ReferenceSource, ReferenceTag};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The libraries shipped, by id.
const SHIPPED: &[(&str, &str)] = &[("epr-2026-11", include_str!("epr-2026-11.toml"))];

/// A dated library.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Library {
    /// Id by which a scenario names it.
    pub id: String,
    /// What it is.
    pub title: String,
    /// When it was put together.
    pub vintage: String,
    /// Its figures.
    #[serde(rename = "figure")]
    pub figures: Vec<Figure>,
    /// Products it knows.
    #[serde(rename = "product")]
    pub products: Vec<KnownProduct>,
    /// What they can do.
    #[serde(rename = "capability")]
    pub capabilities: Vec<KnownCapability>,
    /// Documents quoted.
    #[serde(rename = "source")]
    pub sources: Vec<ReferenceSource>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Id within the library.
    pub id: String,
    /// Unit in words, as the register has it.
    pub unit: String,
    /// Low, likely, high; all the same where no range is known.
    pub range: [f64; 3],
    /// Grade of the likely value.
    pub tag: ReferenceTag,
    /// Ids of the documents that it was read in, or that informed it.
    pub source: Vec<String>,
    /// Why this value.
    pub basis: String,
}

/// A product on the market.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownProduct {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Supplier, where it is certain.
    pub supplier: Option<String>,
}

/// A capability, how well products have it, and which lines of service need it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownCapability {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Weight where a service should have it.
    pub weight: f64,
    /// Score from 0 (none) to 4 (strong) by product.
    pub scores: BTreeMap<String, u8>,
    /// Lines of service that should have it; `all` for every one that the library knows.
    pub should: Vec<String>,
    /// Lines of service that must have it.
    pub must: Vec<String>,
}

impl Library {
    /// A figure by its id.
    #[must_use]
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        self.figures.iter().find(|f| f.id == id)
    }

    /// The lines of service that it has needs for.
    #[must_use]
    pub fn lines(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self
            .capabilities
            .iter()
            .flat_map(|c| c.should.iter().chain(&c.must))
            .map(String::as_str)
            .filter(|l| *l != "all")
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The ids of all libraries shipped.
#[must_use]
pub fn libraries() -> Vec<&'static str> {
    SHIPPED.iter().map(|(id, _)| *id).collect()
}

/// The library with this id, if one is shipped.
///
/// # Panics
/// If a shipped file is malformed, which the tests of this module rule out.
#[must_use]
pub fn library(id: &str) -> Option<Library> {
    let (_, text) = SHIPPED.iter().find(|(name, _)| *name == id)?;
    Some(toml::from_str(text).expect("shipped parameter files are well formed (tested)"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn shipped() -> Vec<Library> {
        libraries().into_iter().map(|id| library(id).expect("shipped")).collect()
    }

    #[test]
    fn every_figure_is_sound() {
        for library in shipped() {
            let ids: BTreeSet<&str> = library.figures.iter().map(|f| f.id.as_str()).collect();
            assert!(ids.len() == library.figures.len() && ids.len() >= 30, "ids are unique");
            for f in &library.figures {
                let [low, likely, high] = f.range;
                assert!(low <= likely && likely <= high && low.is_finite() && high.is_finite(), "{}", f.id);
                assert!(!f.basis.trim().is_empty() && !f.unit.is_empty(), "{}", f.id);
                for id in &f.source {
                    assert!(library.sources.iter().any(|s| s.id == *id && !s.title.is_empty()), "{}: {id}", f.id);
                }
            }
            for source in &library.sources {
                assert!(library.figures.iter().any(|f| f.source.contains(&source.id)), "{} is quoted by nothing", source.id);
            }
        }
    }

    #[test]
    fn what_is_sourced_was_read_as_it_stands() {
        for f in shipped().iter().flat_map(|l| &l.figures) {
            let read = matches!(f.tag, ReferenceTag::Sourced | ReferenceTag::Derived);
            // A range or a factor of our own is no figure that anyone published.
            let ours = ["estimate", "by hand", "not checked", "no public figure"].iter().any(|word| f.basis.contains(word));
            assert!(!read || (!f.source.is_empty() && !ours), "{} cannot be called {:?}", f.id, f.tag);
            assert!(f.range[0] < f.range[2] || f.range[0].to_bits() == f.range[2].to_bits());
        }
    }

    #[test]
    fn products_and_capabilities_fit_together() {
        for library in shipped() {
            let products: BTreeSet<&str> = library.products.iter().map(|p| p.id.as_str()).collect();
            for c in &library.capabilities {
                assert!(c.scores.keys().map(String::as_str).collect::<BTreeSet<_>>() == products, "{}", c.id);
                assert!(c.scores.values().all(|s| *s <= 4) && c.weight > 0.0, "{}", c.id);
            }
            // Each line that must have something has a product that is adequate (2 of 4) at it.
            for c in library.capabilities.iter().filter(|c| !c.must.is_empty()) {
                assert!(c.scores.values().any(|s| *s >= 2), "{}", c.id);
            }
        }
    }
}
