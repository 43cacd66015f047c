//! Numbers of the register, discount factors and general inflation.

use super::catalogue::{Item, Listing};
use super::{Explainer, Explanation, Rule};
use crate::appraisal::Examined;
use crate::appraisal::result::{AssumptionView, SourceView};
use crate::assumption::Handle;
use crate::economics;
use crate::programme::DiscountClass;
use serde::Serialize;

/// The longest text of a file that is quoted.
const LONGEST: usize = 160;

/// What a number of the register rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Basis<'a> {
    /// The entry of the assumptions log: value, unit, range, source, evidence, file and line.
    #[serde(flatten)]
    pub assumption: &'a AssumptionView,
    /// What stands in the file at that place; null for a default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<Quoted>,
    /// The sources that it names, with their dates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<&'a SourceView>,
}

/// Text of a file as it stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Quoted(pub String);

pub(super) fn list(examined: &Examined<'_>, listing: &mut Listing) {
    for (i, (_, a)) in examined.programme.register.iter().enumerate() {
        listing.add(format!("assumptions.{}.value", a.id), "<id of an assumption>", Item::Assumption(i));
    }
}

pub(super) fn list_published(examined: &Examined<'_>, listing: &mut Listing) {
    for (i, year) in examined.appraisal.frame.years.iter().enumerate() {
        listing.add(format!("frame.discount_factors.{year}"), "frame.discount_factors.<year>", Item::Factor(i));
    }
    for (i, year) in examined.appraisal.frame.years.iter().enumerate() {
        listing.add(format!("frame.deflator.{year}"), "frame.deflator.<year>", Item::Index(i));
    }
}

impl Explainer<'_> {
    pub(super) fn assumption(&self, at: usize) -> Explanation {
        let view = &self.appraisal().assumptions[at];
        Explanation::leaf(view.name.clone(), view.value, view.unit.clone(), Rule::Register).resting_on(vec![view.id.clone()])
    }

    /// A number of the register as an operand.
    pub(super) fn register(&self, handle: Handle) -> Explanation {
        let id = &self.examined.programme.register.get(handle).id;
        self.assumption(handle.index()).at(format!("assumptions.{id}.value"))
    }

    /// Ids of numbers, each once, in the order of the register.
    pub(super) fn ids(&self, handles: &[Handle]) -> Vec<String> {
        let mut own = handles.to_vec();
        own.sort_unstable();
        own.dedup();
        own.into_iter().map(|h| self.examined.programme.register.get(h).id.clone()).collect()
    }

    /// What is known of numbers by their ids; those that are in no register are left out.
    #[must_use]
    pub fn bases(&self, ids: &[String]) -> Vec<Basis<'_>> {
        let log = &self.appraisal().assumptions;
        let by_id: std::collections::HashMap<&str, &AssumptionView> = log.iter().map(|a| (a.id.as_str(), a)).collect();
        ids.iter().filter_map(|id| by_id.get(id.as_str())).map(|a| self.basis(a)).collect()
    }

    fn basis<'s>(&'s self, view: &'s AssumptionView) -> Basis<'s> {
        let named = |s: &&SourceView| view.source.as_ref().is_some_and(|t| t.split([',', ';', ' ']).any(|w| w == s.id));
        let sources = self.appraisal().sources.iter().filter(named).collect();
        Basis { assumption: view, written: (view.origin == "given").then(|| self.written(view)).flatten(), sources }
    }

    /// The text of a number's place: the line of a TOML file, the cell of a CSV file.
    fn written(&self, view: &AssumptionView) -> Option<Quoted> {
        let file = self.sources.iter().find(|s| s.name == view.file)?;
        let text = String::from_utf8_lossy(&file.bytes);
        let line = text.lines().nth(view.line.checked_sub(1)?)?;
        let handle = self.examined.programme.register.find(&view.id)?;
        let column = self.examined.programme.register.get(handle).place.column;
        let shown: String = if view.file.to_ascii_lowercase().ends_with(".csv") {
            let cell: String = line.chars().skip(column.saturating_sub(1)).collect();
            match cell.strip_prefix('"') {
                Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
                None => cell.split([',', ';', '\t']).next().unwrap_or_default().to_owned(),
            }
        } else {
            line.to_owned()
        };
        let shown = shown.trim();
        let whole: String = shown.chars().take(LONGEST).collect();
        Some(Quoted(if whole.len() < shown.len() { whole + "…" } else { whole }))
    }

    pub(super) fn factor(&self, class: DiscountClass, year: usize) -> Explanation {
        let programme = &self.examined.programme;
        let (schedule, rates) = match class {
            DiscountClass::Standard => (&programme.parameters.standard, "standard"),
            DiscountClass::Health => (&programme.parameters.health, "health and life effects"),
        };
        let value = economics::factors(schedule, programme.frame.period.horizon)[year].value();
        let name = format!("Discount factor of {} ({rates})", self.appraisal().frame.years[year]);
        Explanation::leaf(name, value, "factor", Rule::Published)
            .by("DF_0 = 1, DF_t = DF_(t-1) / (1 + r_t)", "section 8")
            .noting(format!("{}; parameter set {}.", schedule.source, programme.parameters.id))
    }

    pub(super) fn index(&self, year: usize) -> Explanation {
        let frame = &self.appraisal().frame;
        let own = format!("index.{}", frame.years[year]);
        let said = self.deflator.iter().find(|s| s.key == "rate" || s.key == own);
        let note = said.map_or_else(
            || "There is no [deflator], so prices stay what they are.".to_owned(),
            |s| format!("{}:{}   written: {} = {}; source: {}", s.file, s.line, s.key, s.text, frame.deflator_source),
        );
        Explanation::leaf(format!("Deflator index of {}", frame.years[year]), frame.deflator[year], "index", Rule::Scenario)
            .by("year 0 = 1, then general inflation of each year", "section 8")
            .noting(note)
    }
}
