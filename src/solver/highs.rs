//! HiGHS by way of `good_lp`; its defaults that matter are set here.

use super::{Program, Relation, Sense, Solution, Unsolved, Variable};
use good_lp::{Expression, ProblemVariables, ResolutionError, Solution as _, SolverModel as _, variable};

/// How far a constraint may be missed, and a reduced cost be on the wrong side. HiGHS takes 1e-7 unless told.
const TOLERANCE: f64 = 1e-9;

/// Solves by the simplex method on one thread, without a log.
pub(super) fn solve(program: &Program, objective: &[(Variable, f64)], sense: Sense) -> Result<Solution, Unsolved> {
    // The solver calls a program without variables empty, and has no answer.
    if program.bounds.is_empty() {
        return if program.rows.iter().all(holds_for_nothing) {
            Ok(Solution { objective: 0.0, values: Vec::new() })
        } else {
            Err(Unsolved::Infeasible)
        };
    }
    let mut variables = ProblemVariables::new();
    let columns: Vec<good_lp::Variable> =
        program.bounds.iter().map(|(least, most)| variables.add(variable().min(*least).max(*most))).collect();
    let sum = |terms: &[(Variable, f64)]| terms.iter().map(|(v, factor)| *factor * columns[v.0]).sum::<Expression>();
    let wanted = sum(objective);
    let problem = match sense {
        Sense::Least => variables.minimise(wanted),
        Sense::Most => variables.maximise(wanted),
    };
    let mut model = problem
        .using(good_lp::highs)
        .set_option("threads", 1)
        .set_option("parallel", "off")
        .set_option("solver", "simplex")
        .set_option("primal_feasibility_tolerance", TOLERANCE)
        .set_option("dual_feasibility_tolerance", TOLERANCE);
    for row in &program.rows {
        let left = sum(&row.terms);
        model.add_constraint(match row.relation {
            Relation::AtMost => left.leq(row.bound),
            Relation::AtLeast => left.geq(row.bound),
            Relation::Exactly => left.eq(row.bound),
        });
    }
    let solved = model.solve().map_err(|fault| match fault {
        ResolutionError::Infeasible => Unsolved::Infeasible,
        ResolutionError::Unbounded => Unsolved::Unbounded,
        other => Unsolved::Failed(other.to_string()),
    })?;
    let values: Vec<f64> = columns.iter().map(|column| solved.value(*column)).collect();
    let objective: f64 = objective.iter().map(|(v, factor)| factor * values[v.0]).sum();
    if values.iter().all(|v| v.is_finite()) && objective.is_finite() {
        Ok(Solution { objective, values })
    } else {
        Err(Unsolved::Failed("the solver returned what is not a finite number".to_owned()))
    }
}

/// Whether a constraint without any variable is satisfied: its left side is 0.
fn holds_for_nothing(row: &super::Row) -> bool {
    match row.relation {
        Relation::AtMost => row.bound >= 0.0,
        Relation::AtLeast => row.bound <= 0.0,
        Relation::Exactly => row.bound.abs() <= TOLERANCE,
    }
}
