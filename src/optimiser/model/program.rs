//! The program while it is built: variables and constraints with their names, and what each variable costs.

use super::conflict::Limit;
use crate::solver::{Program, Relation, Terms, Variable};
use std::collections::BTreeMap;

/// A program with an objective, in pounds.
#[derive(Debug, Clone, Default)]
pub(super) struct Builder {
    pub(super) program: Program,
    /// By variable, what a unit of it costs.
    costs: Vec<f64>,
    /// What does not depend on any choice.
    pub(super) constant: f64,
    columns: Vec<String>,
    rows: Vec<String>,
    /// Rows, by position, that are limits.
    pub(super) limits: Vec<(usize, Limit)>,
    /// What there is of them.
    pub(super) has: BTreeMap<usize, f64>,
    /// Where the program is for a bound alone.
    steps: Option<Steps>,
    /// When instances are left, or first used.
    pub(super) turns: Vec<Vec<Variable>>,
}

/// Pulses as differences of steps, `x[t] = S[t] - S[t - 1]`: `S[t]` is 1 once a move has been made by t. What is a sum over
/// time in pulses is one step, so that a program of many quarters stays sparse.
#[derive(Debug, Clone, Default)]
struct Steps {
    /// By variable, the step before it.
    before: Vec<Option<Variable>>,
    /// Factors by variable while a row is put together, and those that are not nothing.
    factors: Vec<f64>,
    touched: Vec<Variable>,
}

impl Steps {
    fn before(&self, variable: Variable) -> Option<Variable> {
        self.before.get(variable.position()).copied().flatten()
    }

    fn add(&mut self, variable: Variable, factor: f64) {
        if self.factors.len() <= variable.position() {
            self.factors.resize(variable.position() + 1, 0.0);
        }
        self.factors[variable.position()] += factor;
        self.touched.push(variable);
    }

    /// Terms in pulses as terms in steps.
    fn terms(&mut self, terms: &[(Variable, f64)]) -> Terms {
        for (variable, factor) in terms {
            self.add(*variable, *factor);
            if let Some(before) = self.before(*variable) {
                self.add(before, -factor);
            }
        }
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        let mut all = Terms::new();
        for variable in touched.drain(..) {
            let factor = std::mem::take(&mut self.factors[variable.position()]);
            if factor != 0.0 {
                all.push((variable, factor));
            }
        }
        self.touched = touched;
        all
    }
}

impl Builder {
    /// For a bound alone: in steps, and without what only makes it exact.
    pub(super) fn in_steps() -> Self {
        Self { steps: Some(Steps::default()), ..Self::default() }
    }

    /// Whether the program is for a bound alone.
    pub(super) fn is_in_steps(&self) -> bool {
        self.steps.is_some()
    }

    /// Says of pulses, in the order of time, that they are of one move: from here on they are steps.
    pub(super) fn chain(&mut self, pulses: &[Variable]) {
        for pair in pulses.windows(2) {
            self.program.constrain(vec![(pair[1], 1.0), (pair[0], -1.0)], Relation::AtLeast, 0.0);
            let Some(steps) = &mut self.steps else { continue };
            let at = pair[1].position();
            if steps.before.len() <= at {
                steps.before.resize(at + 1, None);
            }
            steps.before[at] = Some(pair[0]);
        }
    }

    /// What each variable costs, those that cost nothing left out.
    pub(super) fn objective(&self) -> Terms {
        let mut costs = self.costs.clone();
        for (at, before) in self.steps.iter().flat_map(|s| s.before.iter().enumerate()) {
            if let Some(before) = before {
                costs[before.position()] -= self.costs[at];
            }
        }
        let all = (0..costs.len()).map(|at| (self.program.at(at), costs[at]));
        all.filter(|(_, cost)| *cost != 0.0).collect()
    }

    /// A new variable of 0 or 1.
    pub(super) fn binary(&mut self, name: impl Into<String>) -> Variable {
        self.name(name);
        self.program.binary()
    }

    fn name(&mut self, name: impl Into<String>) {
        self.costs.push(0.0);
        if self.steps.is_none() {
            self.columns.push(name.into());
        }
    }

    /// A new variable between two bounds.
    pub(super) fn variable(&mut self, name: impl Into<String>, least: f64, most: f64) -> Variable {
        self.name(name);
        self.program.variable(least, most)
    }

    /// The most that a variable is let be which is never more than this: a little above it where the program is for a bound
    /// alone, which needs one of every variable; otherwise no end.
    pub(super) fn most(&self, most: f64) -> f64 {
        if self.is_in_steps() { 1.001 * most.max(0.0) + 1.0 } else { f64::INFINITY }
    }

    /// Adds to what a unit of a variable costs.
    pub(super) fn cost(&mut self, variable: Variable, pounds: f64) {
        self.costs[variable.position()] += pounds;
    }

    /// A new constraint.
    pub(super) fn row(&mut self, name: impl Into<String>, terms: Terms, relation: Relation, bound: f64) {
        let terms = match &mut self.steps {
            Some(steps) => steps.terms(&terms),
            None => {
                self.rows.push(name.into());
                terms
            }
        };
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
        self.program.as_lp(&self.objective(), self.constant, (&columns, &rows))
    }
}
