//! What can be asked, by path in `appraisal.json`, and the answer.

use super::{Explanation, numbers, origin};
use crate::appraisal::Examined;
use crate::appraisal::result::Appraisal;
use crate::costing::{self, ItemOfWork};
use crate::scenario::SourceFile;
use crate::scenario::outline::{self, Statement};
use indexmap::IndexMap;
use serde::Serialize;

/// A number that can be taken apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Item {
    Cost(usize, super::cost::Figure),
    Effort(usize, super::effort::Figure),
    Financial(usize, super::financial::Figure),
    Score(usize, super::scoring::Figure),
    Weight(super::scoring::Weight),
    Factor(usize),
    Index(usize),
    Assumption(usize),
}

/// Numbers that are asked for in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What they are.
    pub about: &'static str,
    /// How they are asked for, with names in angle brackets for what differs.
    pub patterns: Vec<String>,
    /// The paths themselves.
    pub items: Vec<String>,
}

/// Why there is no explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// There is no such number; what is spelt like it.
    NoSuch(Vec<String>),
    /// It is no number but holds some: these.
    Holds(Vec<String>),
}

struct Entry {
    item: Item,
    pattern: String,
    about: &'static str,
}

/// All that can be explained of one appraisal.
pub struct Explainer<'a> {
    pub(super) examined: &'a Examined<'a>,
    pub(super) sources: &'a [SourceFile],
    /// What the scenario says of general inflation.
    pub(super) deflator: Vec<Statement>,
    pub(super) work: Vec<Vec<ItemOfWork>>,
    entries: IndexMap<String, Entry>,
}

impl std::fmt::Debug for Explainer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Explainer").field("items", &self.entries.len()).finish_non_exhaustive()
    }
}

/// Where items are written down while they are found.
pub(super) struct Listing {
    entries: IndexMap<String, Entry>,
    about: &'static str,
}

impl Listing {
    pub(super) fn add(&mut self, path: String, pattern: &str, item: Item) {
        // The first of two that are called the same is asked for; ids are unique, so this needs a dot in an id.
        self.entries.entry(path).or_insert(Entry { item, pattern: pattern.to_owned(), about: self.about });
    }
}

impl<'a> Explainer<'a> {
    /// Of an appraisal and the files it was read from.
    #[must_use]
    pub fn new(examined: &'a Examined<'a>, sources: &'a [SourceFile]) -> Self {
        let work = examined.plans.iter().map(|plan| costing::work(&examined.programme, plan, &examined.values)).collect();
        let deflator = outline::outline(sources).into_iter().filter(|s| s.section == "deflator").collect();
        let mut explainer = Self { examined, sources, deflator, work, entries: IndexMap::new() };
        let mut listing = Listing { entries: IndexMap::new(), about: "" };
        listing.about = "Cost, dual running and what follows from them (economic view)";
        super::cost::list(examined, &mut listing);
        listing.about = "Cash of the year (financial view)";
        super::financial::list(examined, &mut listing);
        listing.about = "Work";
        super::effort::list(examined, &mut listing);
        listing.about = "Measures, points, scores and ranks";
        super::scoring::list(examined, &mut listing);
        listing.about = "Weights";
        super::scoring::list_weights(examined, &mut listing);
        listing.about = "Discount factors and general inflation";
        super::assumption::list_published(examined, &mut listing);
        listing.about = "Assumptions: every number of the scenario, by its id";
        super::assumption::list(examined, &mut listing);
        explainer.entries = listing.entries;
        explainer
    }

    pub(super) fn appraisal(&self) -> &Appraisal {
        &self.examined.appraisal
    }

    /// Paths of all numbers that are taken apart down to the register, in order.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Whether a path is one of numbers that are there only once something is drawn.
    #[must_use]
    pub fn is_drawn(path: &str) -> bool {
        origin::is_drawn(path)
    }

    /// Whether a number is taken apart.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    /// The same in groups.
    #[must_use]
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (path, entry) in &self.entries {
            if groups.last().is_none_or(|g| g.about != entry.about) {
                groups.push(Group { about: entry.about, patterns: Vec::new(), items: Vec::new() });
            }
            if let Some(group) = groups.last_mut() {
                if !group.patterns.contains(&entry.pattern) {
                    group.patterns.push(entry.pattern.clone());
                }
                group.items.push(path.clone());
            }
        }
        groups
    }

    /// Explains a number by its path. A number of `appraisal.json` that is not taken apart says how it came about.
    ///
    /// # Errors
    /// [`Unknown`] if nothing is called so, or what is called so is no number.
    pub fn explain(&self, path: &str) -> Result<Explanation, Unknown> {
        let path = path.trim();
        // What is asked for most is called by less: an assumption by its id, money without its basis in present value.
        let called = [path.to_owned(), format!("assumptions.{path}.value"), format!("{path}.value"), format!("{path}.present")];
        if let Some((path, entry)) = called.iter().find_map(|p| self.entries.get_key_value(p)) {
            return Ok(self.item(path, entry.item));
        }
        let all = numbers::all(self.appraisal());
        if let Some(number) = all.get(path) {
            return Ok(origin::of(path, number, self.appraisal()));
        }
        let below = format!("{path}.");
        let held: Vec<String> = all.keys().filter(|p| p.starts_with(&below)).cloned().collect();
        if held.is_empty() { Err(Unknown::NoSuch(self.like(path, &all))) } else { Err(Unknown::Holds(held)) }
    }

    fn item(&self, path: &str, item: Item) -> Explanation {
        match item {
            Item::Cost(option, figure) => self.cost(option, figure),
            Item::Effort(option, figure) => self.effort(option, figure),
            Item::Financial(option, figure) => self.financial(option, figure),
            Item::Score(option, figure) => self.score(option, figure),
            Item::Weight(weight) => self.weight(weight),
            Item::Factor(year) => self.factor(crate::programme::DiscountClass::Standard, year),
            Item::Index(year) => self.index(year),
            Item::Assumption(at) => self.assumption(at),
        }
        .at(path)
    }

    /// Up to five paths that are spelt most like a word.
    fn like(&self, path: &str, all: &IndexMap<String, numbers::Number>) -> Vec<String> {
        let word = path.to_lowercase();
        let near = |p: &str| strsim::jaro_winkler(&word, &p.to_lowercase());
        let short = self.entries.keys().filter_map(|p| p.strip_prefix("assumptions.")?.strip_suffix(".value"));
        let known = self.entries.keys().filter(|p| !p.starts_with("assumptions.")).map(String::as_str);
        let others = all.keys().filter(|p| !self.entries.contains_key(*p)).map(String::as_str);
        let mut found: Vec<(f64, &str)> =
            known.chain(short).chain(others).map(|p| (near(p), p)).filter(|(n, _)| *n > 0.75).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        found.dedup_by(|a, b| a.1 == b.1);
        found.into_iter().take(5).map(|(_, p)| p.to_owned()).collect()
    }
}
