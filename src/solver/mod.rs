//! Linear and mixed-integer programs: a small typed face to the solver HiGHS. Nothing else in the crate knows which
//! solver it is.
//!
//! One thread and no clock: the same program gives the same solution, to the last bit, on the same machine.

mod branching;
mod first_order;
mod highs;
mod text;

pub use branching::{Branched, Branching};
pub use first_order::{FirstOrder, Pursued, Pursuit, Stand};

/// A variable of a [`Program`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variable(usize);

impl Variable {
    /// Position among the variables of its program.
    #[must_use]
    pub fn position(self) -> usize {
        self.0
    }
}

/// How the left side of a constraint stands to its right side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// At most.
    AtMost,
    /// At least.
    AtLeast,
    /// Equal.
    Exactly,
}

/// `sum of factor x variable`, as a list of its terms; a variable may come more than once.
pub type Terms = Vec<(Variable, f64)>;

/// One constraint.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    terms: Terms,
    relation: Relation,
    bound: f64,
}

/// Variables with bounds, some of them whole numbers, and linear constraints on them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Program {
    bounds: Vec<(f64, f64)>,
    /// Positions of the variables that are whole numbers, in order.
    whole: Vec<usize>,
    rows: Vec<Row>,
}

/// An optimum: one of the points at which the objective is best.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The objective there.
    pub objective: f64,
    values: Vec<f64>,
}

impl Solution {
    /// The values of all variables, in their order.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// A variable's value.
    #[must_use]
    pub fn value(&self, variable: Variable) -> f64 {
        self.values[variable.0]
    }
}

/// Why there is no optimum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsolved {
    /// No point satisfies all constraints.
    Infeasible,
    /// The objective can be made as good as one likes.
    Unbounded,
    /// It was told to stop.
    Stopped,
    /// A factor, bound or right side is no number, or the solver gave up; the reason in words.
    Failed(String),
}

/// Which way an objective is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    Least,
    Most,
    /// Least, in whole numbers where they are asked for.
    Branch,
}

impl Program {
    /// Without variables or constraints.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A new variable between two bounds, either of which may be infinite.
    pub fn variable(&mut self, least: f64, most: f64) -> Variable {
        self.bounds.push((least, most));
        Variable(self.bounds.len() - 1)
    }

    /// A new variable that is 0 or 1.
    pub fn binary(&mut self) -> Variable {
        let variable = self.variable(0.0, 1.0);
        self.whole.push(variable.0);
        variable
    }

    /// The variable at a position.
    #[must_use]
    pub fn at(&self, position: usize) -> Variable {
        debug_assert!(position < self.bounds.len(), "there is such a variable");
        Variable(position)
    }

    /// Sets the bounds of a variable.
    pub fn confine(&mut self, variable: Variable, least: f64, most: f64) {
        self.bounds[variable.0] = (least, most);
    }

    /// The bounds of a variable.
    #[must_use]
    pub fn bounds(&self, variable: Variable) -> (f64, f64) {
        self.bounds[variable.0]
    }

    /// The same with some of the constraints, by position.
    #[must_use]
    pub fn with_rows(&self, kept: impl Fn(usize) -> bool) -> Self {
        let rows = self.rows.iter().enumerate().filter(|(row, _)| kept(*row)).map(|(_, r)| r.clone()).collect();
        Self { rows, ..self.clone() }
    }

    /// Lets a constraint, by position, be missed by as much as a variable is; both ways if it is an equation.
    pub fn loosen(&mut self, row: usize, by: Variable) {
        let own = &mut self.rows[row];
        match own.relation {
            Relation::AtMost => own.terms.push((by, -1.0)),
            Relation::AtLeast => own.terms.push((by, 1.0)),
            Relation::Exactly => {
                let mut other = own.clone();
                own.relation = Relation::AtMost;
                own.terms.push((by, -1.0));
                other.relation = Relation::AtLeast;
                other.terms.push((by, 1.0));
                self.rows.push(other);
            }
        }
    }

    /// How many variables there are, how many of them are whole numbers, and how many constraints.
    #[must_use]
    pub fn size(&self) -> (usize, usize, usize) {
        (self.bounds.len(), self.whole.len(), self.rows.len())
    }

    /// A new constraint: the terms stand to the bound as the relation says.
    pub fn constrain(&mut self, terms: Terms, relation: Relation, bound: f64) {
        self.rows.push(Row { terms, relation, bound });
    }

    /// The least that the objective can be, and where. That variables are whole numbers is left out of account.
    ///
    /// # Errors
    ///
    /// [`Unsolved`] if there is no such point.
    pub fn minimise(&self, objective: &[(Variable, f64)]) -> Result<Solution, Unsolved> {
        self.solve(objective, Sense::Least)
    }

    /// The most that the objective can be, and where. That variables are whole numbers is left out of account.
    ///
    /// # Errors
    ///
    /// [`Unsolved`] if there is no such point.
    pub fn maximise(&self, objective: &[(Variable, f64)]) -> Result<Solution, Unsolved> {
        self.solve(objective, Sense::Most)
    }

    fn solve(&self, objective: &[(Variable, f64)], sense: Sense) -> Result<Solution, Unsolved> {
        if let Some(fault) = self.fault(objective) {
            return Err(Unsolved::Failed(fault.to_owned()));
        }
        if self.bounds.iter().any(|(least, most)| least > most) {
            return Err(Unsolved::Infeasible);
        }
        match highs::solve(self, objective, sense) {
            // The solver may say so of an unbounded program as well: without an objective it cannot.
            Err(Unsolved::Infeasible) if highs::solve(self, &[], sense).is_ok() => Err(Unsolved::Unbounded),
            other => other,
        }
    }

    /// What the solver could not read.
    fn fault(&self, objective: &[(Variable, f64)]) -> Option<&'static str> {
        let rows = self.rows.iter();
        let mut factors = rows.clone().flat_map(|r| &r.terms).chain(objective).map(|t| t.1).chain(rows.map(|r| r.bound));
        if !factors.all(f64::is_finite) {
            Some("a factor of the linear program is not a finite number")
        } else if self.bounds.iter().any(|(least, most)| least.is_nan() || most.is_nan()) {
            Some("a bound of the linear program is not a number")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    /// Dantzig's example in Hillier and Lieberman, Introduction to Operations Research (Wyndor Glass): 3x + 5y
    /// subject to x <= 4, 2y <= 12, 3x + 2y <= 18 is at most 36, at (2, 6).
    fn glass() -> (Program, Variable, Variable) {
        let mut program = Program::new();
        let (x, y) = (program.variable(0.0, f64::INFINITY), program.variable(0.0, f64::INFINITY));
        program.constrain(vec![(x, 1.0)], Relation::AtMost, 4.0);
        program.constrain(vec![(y, 2.0)], Relation::AtMost, 12.0);
        program.constrain(vec![(x, 3.0), (y, 2.0)], Relation::AtMost, 18.0);
        (program, x, y)
    }

    #[test]
    fn a_textbook_program_has_the_printed_optimum() {
        let (program, x, y) = glass();
        let found = program.maximise(&[(x, 3.0), (y, 5.0)]).expect("an optimum");
        near(found.objective, 36.0);
        near(found.value(x), 2.0);
        near(found.value(y), 6.0);
        // The least of the same is at the origin.
        near(program.minimise(&[(x, 3.0), (y, 5.0)]).expect("an optimum").objective, 0.0);
    }

    #[test]
    fn equalities_and_lower_sides_hold() {
        // x + y = 10, x - y >= 4: 2x + 3y = 20 + y is least with y = -5 (its bound) and most with y = 3.
        let mut program = Program::new();
        let (x, y) = (program.variable(f64::NEG_INFINITY, f64::INFINITY), program.variable(-5.0, f64::INFINITY));
        program.constrain(vec![(x, 1.0), (y, 1.0)], Relation::Exactly, 10.0);
        program.constrain(vec![(x, 1.0), (y, -1.0)], Relation::AtLeast, 4.0);
        near(program.minimise(&[(x, 2.0), (y, 3.0)]).expect("an optimum").objective, 15.0);
        near(program.maximise(&[(x, 2.0), (y, 3.0)]).expect("an optimum").objective, 23.0);
    }

    #[test]
    fn what_has_no_optimum_says_why() {
        let (mut program, x, y) = glass();
        program.constrain(vec![(x, 1.0), (y, 1.0)], Relation::AtLeast, 100.0);
        assert_eq!(program.maximise(&[(x, 1.0)]).expect_err("none"), Unsolved::Infeasible);
        let mut open = Program::new();
        let z = open.variable(0.0, f64::INFINITY);
        let other = open.variable(0.0, 1.0);
        open.constrain(vec![(z, 1.0), (other, -1.0)], Relation::AtLeast, 2.0);
        assert_eq!(open.maximise(&[(z, 1.0)]).expect_err("none"), Unsolved::Unbounded);
        let mut crossed = Program::new();
        let z = crossed.variable(2.0, 1.0);
        assert_eq!(crossed.maximise(&[(z, 1.0)]).expect_err("none"), Unsolved::Infeasible);
        let mut unread = Program::new();
        let z = unread.variable(0.0, 1.0);
        assert!(matches!(unread.maximise(&[(z, f64::NAN)]), Err(Unsolved::Failed(_))));
        unread.constrain(vec![(z, 1.0)], Relation::AtMost, f64::INFINITY);
        assert!(matches!(unread.maximise(&[(z, 1.0)]), Err(Unsolved::Failed(_))));
    }

    #[test]
    fn a_program_without_constraints_is_its_bounds() {
        let mut program = Program::new();
        let z = program.variable(-1.0, 3.0);
        near(program.maximise(&[(z, 2.0)]).expect("an optimum").objective, 6.0);
        near(program.minimise(&[(z, 1.0), (z, 1.0)]).expect("an optimum").objective, -2.0);
        near(Program::new().minimise(&[]).expect("nothing is no cost").objective, 0.0);
    }

    #[test]
    fn the_same_program_gives_the_same_bits() {
        let (program, x, y) = glass();
        let objective = [(x, 3.0), (y, 2.0)];
        let first = program.maximise(&objective).expect("an optimum");
        assert!((0..20).all(|_| program.maximise(&objective).as_ref() == Ok(&first)));
    }
}
