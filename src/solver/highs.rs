//! HiGHS by way of `good_lp`; its defaults that matter are set here.

use super::{Branched, Branching, Program, Relation, Sense, Solution, Unsolved, Variable};
use ::highs::{HighsModelStatus, HighsSolutionStatus};
use good_lp::solvers::highs::HighsProblem;
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
    let (model, columns) = model(program, objective, sense);
    let mut model = model;
    model.set_verbose(false);
    let model = model.set_option("solver", "simplex");
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

/// The model in the solver's words, on one thread, and its columns.
fn model(program: &Program, objective: &[(Variable, f64)], sense: Sense) -> (HighsProblem, Vec<good_lp::Variable>) {
    let mut variables = ProblemVariables::new();
    let mut whole = program.whole.iter().copied().peekable();
    let branches = sense == Sense::Branch;
    let columns: Vec<good_lp::Variable> = program
        .bounds
        .iter()
        .enumerate()
        .map(|(i, (least, most))| {
            let bounded = variable().min(*least).max(*most);
            variables.add(if whole.next_if_eq(&i).is_some() && branches { bounded.integer() } else { bounded })
        })
        .collect();
    let sum = |terms: &[(Variable, f64)]| {
        let mut sum = Expression::with_capacity(terms.len());
        for (v, factor) in terms {
            sum.add_mul(*factor, columns[v.0]);
        }
        sum
    };
    let wanted = sum(objective);
    let problem = match sense {
        Sense::Least | Sense::Branch => variables.minimise(wanted),
        Sense::Most => variables.maximise(wanted),
    };
    let mut model = problem.using(good_lp::highs).set_option("threads", 1).set_option("parallel", "off");
    if !branches {
        model = model.set_option("primal_feasibility_tolerance", TOLERANCE).set_option("dual_feasibility_tolerance", TOLERANCE);
    }
    for row in &program.rows {
        let left = sum(&row.terms);
        model.add_constraint(match row.relation {
            Relation::AtMost => left.leq(row.bound),
            Relation::AtLeast => left.geq(row.bound),
            Relation::Exactly => left.eq(row.bound),
        });
    }
    (model, columns)
}

/// Branch and bound. `good_lp` does not tell the bound, nor why the solver ended, so the last step is the solver's own.
pub(super) fn branch(program: &Program, objective: &[(Variable, f64)], branching: &Branching) -> Result<Branched, Unsolved> {
    let failed = |what: &str| Unsolved::Failed(what.to_owned());
    let (model, _) = model(program, objective, Sense::Branch);
    let mut model = model.try_into_inner().map_err(|fault| Unsolved::Failed(fault.to_string()))?;
    model.make_quiet();
    let whole = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    model.set_option("mip_max_nodes", whole(branching.nodes));
    model.set_option("mip_rel_gap", branching.gap);
    model.set_option("mip_abs_gap", 1e-6);
    model.set_option("mip_feasibility_tolerance", 1e-9);
    model.set_option("random_seed", 0);
    // Rows of roadmaps are sums over time. Looking for what dominates what in them takes many times as long as to solve
    // them: 14 s and 0.8 s on one of 8,277 rows with 223,736 entries.
    model.set_option("presolve", "off");
    if let Some(seconds) = branching.seconds {
        model.set_option("time_limit", seconds);
    }
    if let Some(start) = &branching.start {
        model.try_set_solution(Some(start), None, None, None).map_err(|_| failed("the solver did not take the start"))?;
    }
    let solved = model.try_solve().map_err(|_| failed("the solver gave up"))?;
    match solved.status() {
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => return Err(Unsolved::Infeasible),
        HighsModelStatus::Unbounded => return Err(Unsolved::Unbounded),
        _ => {}
    }
    let done = solved.status() == HighsModelStatus::Optimal;
    let bound = solved.double_info_value(c"mip_dual_bound").map_err(|_| failed("the solver has no bound"))?;
    if !bound.is_finite() {
        return Err(failed("the solver ended without a bound"));
    }
    let has = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let values: Vec<f64> = if has { solved.get_solution().columns().to_vec() } else { Vec::new() };
    let best = (values.len() == program.bounds.len() && values.iter().all(|v| v.is_finite())).then(|| {
        let objective: f64 = objective.iter().map(|(v, factor)| factor * values[v.0]).sum();
        Solution { objective, values }
    });
    Ok(Branched { best, bound, done })
}

/// Whether a constraint without any variable is satisfied: its left side is 0.
fn holds_for_nothing(row: &super::Row) -> bool {
    match row.relation {
        Relation::AtMost => row.bound >= 0.0,
        Relation::AtLeast => row.bound <= 0.0,
        Relation::Exactly => row.bound.abs() <= TOLERANCE,
    }
}
