//! Sets of weight vectors, and what a linear function of the weights comes to over them.

use crate::scoring::HalfSpace;
use crate::solver::{Program, Relation, Solution, Variable};

/// A convex set of weights of the criteria, all at least 0 with a sum of 1.
///
/// # Method
/// `docs/method.md`, section 10.
#[derive(Debug, Clone, PartialEq)]
pub enum WeightSet {
    /// All mixes of some vectors: what panels can come to, however much each counts.
    Mixes(Vec<Vec<f64>>),
    /// All weights of which some linear statements hold; without a statement, all weights there are.
    Within {
        /// Number of criteria.
        criteria: usize,
        /// The statements.
        statements: Vec<HalfSpace>,
    },
}

/// From the least to the most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

/// The most that the least of several functions can be, and the weights at which it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// The least of the functions at `weights`.
    pub margin: f64,
    /// Weights of the criteria.
    pub weights: Vec<f64>,
}

/// Weights below this are none: the solver leaves such crumbs.
const CRUMB: f64 = 1e-9;

impl WeightSet {
    /// All weights of so many criteria.
    #[must_use]
    pub fn all(criteria: usize) -> Self {
        Self::Within { criteria, statements: Vec::new() }
    }

    /// What `sum_j function[j] w_j` can be; `None` if there are no such weights. Over mixes, and where there is no
    /// statement, its ends are at corners and exact; else they are those of two linear programs.
    #[must_use]
    pub fn range(&self, function: &[f64]) -> Option<Range> {
        let span = |at: &mut dyn Iterator<Item = f64>| {
            at.fold(None, |range: Option<Range>, x| {
                Some(range.map_or(Range { least: x, most: x }, |r| Range { least: r.least.min(x), most: r.most.max(x) }))
            })
        };
        match self {
            Self::Mixes(corners) => span(&mut corners.iter().map(|w| dot(w, function))),
            Self::Within { statements, .. } if statements.is_empty() => span(&mut function.iter().copied()),
            Self::Within { .. } => {
                let (program, variables) = self.program();
                let terms = self.terms(&variables, function);
                let (least, most) = (program.minimise(&terms).ok()?, program.maximise(&terms).ok()?);
                Some(Range { least: least.objective, most: most.objective })
            }
        }
    }

    /// The most that the least of some functions can be: `max_w min_k sum_j functions[k][j] w_j`, by one linear
    /// program. `None` without a function or weights.
    #[must_use]
    pub fn margin(&self, functions: &[Vec<f64>]) -> Option<Margin> {
        let size = size(functions.iter().flatten())?;
        let (mut program, variables) = self.program();
        let least = program.variable(f64::NEG_INFINITY, f64::INFINITY);
        for function in functions {
            let mut terms = self.terms(&variables, &over(function, size));
            terms.push((least, -1.0));
            program.constrain(terms, Relation::AtLeast, 0.0);
        }
        let weights = self.weights(&variables, &program.maximise(&[(least, 1.0)]).ok()?);
        // At the weights themselves, so that figure and weights agree to the last digit.
        let margin = functions.iter().map(|f| dot(&weights, f)).fold(f64::INFINITY, f64::min);
        Some(Margin { margin, weights })
    }

    /// The weights nearest to `from` at which `sum_j function[j] w_j` is at least 0, by the sum of the absolute changes
    /// of all weights; `None` if there are none in the set.
    #[must_use]
    pub fn nearest(&self, from: &[f64], function: &[f64]) -> Option<Vec<f64>> {
        let size = size(function.iter())?;
        let (mut program, variables) = self.program();
        let mut change = Vec::new();
        for (criterion, now) in from.iter().enumerate() {
            let (up, down) = (program.variable(0.0, f64::INFINITY), program.variable(0.0, f64::INFINITY));
            let unit: Vec<f64> = (0..from.len()).map(|c| if c == criterion { 1.0 } else { 0.0 }).collect();
            let mut terms = self.terms(&variables, &unit);
            terms.extend([(up, -1.0), (down, 1.0)]);
            program.constrain(terms, Relation::Exactly, *now);
            change.extend([(up, 1.0), (down, 1.0)]);
        }
        program.constrain(self.terms(&variables, &over(function, size)), Relation::AtLeast, 0.0);
        let solved = program.minimise(&change).ok()?;
        Some(self.weights(&variables, &solved))
    }

    /// The set as a linear program, with the variables it is written in: weights, or the share of each vector in a mix.
    fn program(&self) -> (Program, Vec<Variable>) {
        let mut program = Program::new();
        let count = match self {
            Self::Mixes(corners) => corners.len(),
            Self::Within { criteria, .. } => *criteria,
        };
        let variables: Vec<Variable> = (0..count).map(|_| program.variable(0.0, 1.0)).collect();
        program.constrain(variables.iter().map(|v| (*v, 1.0)).collect(), Relation::Exactly, 1.0);
        if let Self::Within { statements, .. } = self {
            for statement in statements {
                program.constrain(self.terms(&variables, &statement.coefficients), Relation::AtLeast, statement.least);
            }
        }
        (program, variables)
    }

    /// `sum_j function[j] w_j` in the variables of the program.
    fn terms(&self, variables: &[Variable], function: &[f64]) -> Vec<(Variable, f64)> {
        match self {
            Self::Mixes(corners) => variables.iter().zip(corners).map(|(v, w)| (*v, dot(w, function))).collect(),
            Self::Within { .. } => variables.iter().copied().zip(function.iter().copied()).collect(),
        }
    }

    /// The weights of a solution, without what the solver leaves behind.
    fn weights(&self, variables: &[Variable], solution: &Solution) -> Vec<f64> {
        let found: Vec<f64> = variables.iter().map(|v| solution.value(*v)).map(|x| if x < CRUMB { 0.0 } else { x }).collect();
        let sum: f64 = found.iter().sum();
        let shares = found.iter().map(|x| x / sum);
        match self {
            Self::Within { .. } => shares.collect(),
            Self::Mixes(corners) => {
                let shares: Vec<f64> = shares.collect();
                let criteria = corners.first().map_or(0, Vec::len);
                (0..criteria).map(|c| corners.iter().zip(&shares).map(|(w, s)| w[c] * s).sum()).collect()
            }
        }
    }
}

/// `sum_j weights[j] function[j]`.
pub(super) fn dot(weights: &[f64], function: &[f64]) -> f64 {
    weights.iter().zip(function).map(|(w, f)| w * f).sum()
}

/// By what factors are divided before the solver sees them: the largest size, or 1 where all are 0. `None` of nothing.
fn size<'a>(factors: impl Iterator<Item = &'a f64>) -> Option<f64> {
    let largest = factors.map(|f| f.abs()).reduce(f64::max)?;
    Some(if largest > 0.0 { largest } else { 1.0 })
}

fn over(function: &[f64], size: f64) -> Vec<f64> {
    function.iter().map(|f| f / size).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-7, "{found} is not {expected}");
    }

    #[test]
    fn ranges_are_at_corners() {
        let range = WeightSet::all(3).range(&[-10.0, 5.0, 2.0]).expect("a range");
        assert_eq!((range.least, range.most), (-10.0, 5.0));
        // Mixes of (1/2, 1/2, 0) and (0, 0, 1): -2.5 and 2.
        let range = WeightSet::Mixes(vec![vec![0.5, 0.5, 0.0], vec![0.0, 0.0, 1.0]]).range(&[-10.0, 5.0, 2.0]).expect("a range");
        assert_eq!((range.least, range.most), (-2.5, 2.0));
        assert_eq!(WeightSet::Mixes(Vec::new()).range(&[1.0]), None);
    }

    #[test]
    fn statements_cut_corners_off() {
        // w1 <= 0.4 and w1 >= w2: corners (0.4, 0.4, 0.2), (0.4, 0, 0.6), (0, 0, 1). -10 w1 + 5 w2 + 2 w3 there: -1.6,
        // -2.8, 2.
        let half = |coefficients: [f64; 3], least| HalfSpace { coefficients: coefficients.into(), least };
        let statements = vec![half([-1.0, 0.0, 0.0], -0.4), half([1.0, -1.0, 0.0], 0.0)];
        let within = WeightSet::Within { criteria: 3, statements: statements.clone() };
        let range = within.range(&[-10.0, 5.0, 2.0]).expect("a range");
        near(range.least, -2.8);
        near(range.most, 2.0);
        // Nothing satisfies w1 >= 0.5 as well.
        let statements = statements.into_iter().chain([half([1.0, 0.0, 0.0], 0.5)]).collect();
        assert_eq!(WeightSet::Within { criteria: 3, statements }.range(&[-10.0, 5.0, 2.0]), None);
    }

    #[test]
    fn the_best_of_the_least_is_where_two_lines_meet() {
        // 30 w - 10 (1 - w) and -20 w + 40 (1 - w) meet at 40 w - 10 = 40 - 60 w, so w = 1/2, at 10.
        let found = WeightSet::all(2).margin(&[vec![30.0, -10.0], vec![-20.0, 40.0]]).expect("a margin");
        near(found.margin, 10.0);
        near(found.weights[0], 0.5);
        // Mixes that stop at w = 0.4: 6 (16 of the other).
        let mixes = WeightSet::Mixes(vec![vec![0.4, 0.6], vec![0.1, 0.9]]);
        let found = mixes.margin(&[vec![30.0, -10.0], vec![-20.0, 40.0]]).expect("a margin");
        near(found.margin, 6.0);
        near(found.weights[0], 0.4);
        assert_eq!(WeightSet::all(2).margin(&[]), None);
        near(WeightSet::all(2).margin(&[vec![0.0, 0.0]]).expect("level").margin, 0.0);
    }

    #[test]
    fn the_nearest_weights_move_the_least_share() {
        // At (0.6, 0.4) the function -10 w1 + 10 w2 is -2; moving 0.1 makes it 0.
        let found = WeightSet::all(2).nearest(&[0.6, 0.4], &[-10.0, 10.0]).expect("weights");
        near(found[0], 0.5);
        // Of three: from (0.5, 0.3, 0.2) with (-10, 0, 20) it is -5 + 4 = -1, and moving x from the first to the
        // third adds 30 x: x = 1/30.
        let found = WeightSet::all(3).nearest(&[0.5, 0.3, 0.2], &[-10.0, 0.0, 20.0]).expect("weights");
        near(found[0], 0.5 - 1.0 / 30.0);
        near(found[2], 0.2 + 1.0 / 30.0);
        assert_eq!(WeightSet::all(2).nearest(&[0.5, 0.5], &[-1.0, -2.0]), None);
    }
}
