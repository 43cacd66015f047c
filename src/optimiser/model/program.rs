//! The program while it is built: variables and constraints with their names, and what each variable costs.

use super::conflict::Limit;
use crate::solver::{Program, Relation, Terms, Variable};
use std::collections::BTreeMap;

/// A program with an objective, in pounds.
#[derive(Debug, Clone, Default)]
pub(super) struct Builder {
    pub(super) program: Program,
    pub(super) objective: Terms,
    /// What does not depend on any choice.
    pub(super) constant: f64,
    columns: Vec<String>,
    rows: Vec<String>,
    /// Rows, by position, that are limits.
    pub(super) limits: Vec<(usize, Limit)>,
    /// What there is of them.
    pub(super) has: BTreeMap<usize, f64>,
}

impl Builder {
    /// A new variable of 0 or 1.
    pub(super) fn binary(&mut self, name: impl Into<String>) -> Variable {
        self.columns.push(name.into());
        self.program.binary()
    }

    /// A new variable between two bounds.
    pub(super) fn variable(&mut self, name: impl Into<String>, least: f64, most: f64) -> Variable {
        self.columns.push(name.into());
        self.program.variable(least, most)
    }

    /// Adds to what a unit of a variable costs.
    pub(super) fn cost(&mut self, variable: Variable, pounds: f64) {
        if pounds != 0.0 {
            self.objective.push((variable, pounds));
        }
    }

    /// A new constraint.
    pub(super) fn row(&mut self, name: impl Into<String>, terms: Terms, relation: Relation, bound: f64) {
        self.rows.push(name.into());
        self.program.constrain(terms, relation, bound);
    }

    /// The terms are at most a bound.
    pub(super) fn at_most(&mut self, name: impl Into<String>, terms: Terms, bound: f64) {
        self.row(name, terms, Relation::AtMost, bound);
    }

    /// The terms are at least a bound.
    pub(super) fn at_least(&mut self, name: impl Into<String>, terms: Terms, bound: f64) {
        self.row(name, terms, Relation::AtLeast, bound);
    }

    pub(super) fn text(&self) -> String {
        let numbered = |(i, name): (usize, &String)| format!("{name}_{i}");
        let columns: Vec<String> = self.columns.iter().enumerate().map(numbered).collect();
        let rows: Vec<String> = self.rows.iter().enumerate().map(numbered).collect();
        self.program.as_lp(&gathered(&self.objective), self.constant, (&columns, &rows))
    }
}

/// Each variable once, with the sum of its factors.
fn gathered(terms: &[(Variable, f64)]) -> Terms {
    let mut sums = std::collections::BTreeMap::new();
    for (variable, factor) in terms {
        *sums.entry(*variable).or_insert(0.0) += factor;
    }
    sums.into_iter().collect()
}
