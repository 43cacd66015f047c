//! Any number of an appraisal back to what it was made of: formula, operands, and the numbers of the scenario under them.
//!
//! An [`Explanation`] is a tree. Its leaves are the engine's own records (the months of a cost line, the days of an item of
//! work, a published factor, a number of the register); what stands between them is arithmetic that a reader can repeat, and
//! [`Rule`] says which. Nothing is costed a second time: lines come from the ledger of [`crate::outcome::evaluate`], days
//! from [`crate::costing::work`], measures from [`crate::impact`]. What cannot be taken apart (a quantile of draws, an answer
//! of the optimiser) says how it came about and no more.

mod assumption;
mod catalogue;
mod cost;
mod effort;
mod figure;
mod financial;
mod lineage;
mod numbers;
mod origin;
mod scoring;

pub use assumption::{Basis as AssumptionBasis, Quoted};
pub use catalogue::{Explainer, Group, Unknown};

use serde::Serialize;

/// How the value of an [`Explanation`] follows from its operands, or where it comes from if it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// All operands added.
    Sum,
    /// The first less the others.
    Difference,
    /// All operands multiplied.
    Product,
    /// The first divided by the second.
    Quotient,
    /// The one operand.
    Same,
    /// The one operand with its sign turned.
    Negative,
    /// The middle one of the operands, or the mean of the two in the middle.
    Median,
    /// The root of the product of the operands, as many of them as there are.
    GeometricMean,
    /// One more than the number of other operands that are more than the first, by more than a thousand-millionth.
    PlaceFromMost,
    /// One more than the number of other operands that are less than the first, by more than a thousand-millionth.
    PlaceFromLeast,
    /// A number of the register: written in the scenario, or a default.
    Register,
    /// Written in the scenario, and no estimate that is varied: a judged score, an anchor, swing points, general inflation.
    Scenario,
    /// From a published table.
    Published,
    /// Entered by the engine in its ledger, from the numbers it rests on, by the formula.
    Ledger,
    /// Worked out by the engine from the numbers it rests on, by the formula; not taken further apart.
    Engine,
    /// Read off many draws; no sum of anything.
    Drawn,
}

/// One number with what it was made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Its path in `appraisal.json`, by which it can be asked for; null for a step in between.
    pub item: Option<String>,
    /// What it is, in words.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// Its unit, with the price basis of money.
    pub unit: String,
    /// How it follows from `operands`.
    pub rule: Rule,
    /// The formula, in the symbols of the method; empty where the rule says it all.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub formula: String,
    /// Where `docs/method.md` says more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<&'static str>,
    /// What else there is to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What it is made of, each explained in turn.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operands: Vec<Explanation>,
    /// Ids of the numbers of the register that the engine read for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<String>,
}

impl Explanation {
    /// A number that follows from operands by a rule.
    fn of(name: impl Into<String>, value: f64, unit: impl Into<String>, rule: Rule, operands: Vec<Self>) -> Self {
        Self {
            item: None,
            name: name.into(),
            value,
            unit: unit.into(),
            rule,
            formula: String::new(),
            method: None,
            note: None,
            operands,
            rests_on: Vec::new(),
        }
    }

    /// A number without operands.
    fn leaf(name: impl Into<String>, value: f64, unit: impl Into<String>, rule: Rule) -> Self {
        Self::of(name, value, unit, rule, Vec::new())
    }

    fn by(mut self, formula: impl Into<String>, method: &'static str) -> Self {
        (self.formula, self.method) = (formula.into(), Some(method));
        self
    }

    fn noting(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    fn resting_on(mut self, ids: Vec<String>) -> Self {
        self.rests_on = ids;
        self
    }

    fn at(mut self, item: impl Into<String>) -> Self {
        self.item = Some(item.into());
        self
    }

    /// Ids of all numbers of the register under it, each once, in alphabetical order.
    #[must_use]
    pub fn assumptions(&self) -> Vec<String> {
        let mut all = std::collections::BTreeSet::new();
        self.collect(&mut all);
        all.into_iter().collect()
    }

    fn collect(&self, all: &mut std::collections::BTreeSet<String>) {
        all.extend(self.rests_on.iter().cloned());
        self.operands.iter().for_each(|o| o.collect(all));
    }
}
