//! Branch and bound, with what it knows when it ends before it is done.

use super::{Program, Solution, Unsolved, Variable, highs};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// How often it is asked whether to stop.
const ASKED: Duration = Duration::from_millis(50);

/// How far to go: in work, not time, so that the same program gives the same answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Branching {
    /// Nodes of the tree at most.
    pub nodes: u32,
    /// Seconds at most, where the answer may depend on the machine; as many as it takes if not given.
    pub seconds: Option<f64>,
    /// The gap between solution and bound, as a share of the solution, that is good enough.
    pub gap: f64,
    /// A value for every variable to begin with; found out by the solver if it breaks a constraint.
    pub start: Option<Vec<f64>>,
}

/// What branch and bound came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Branched {
    /// The best solution found in whole numbers.
    pub best: Option<Solution>,
    /// No solution has an objective less than this.
    pub bound: f64,
    /// Whether the gap asked for was reached.
    pub done: bool,
}

impl Program {
    /// The least that the objective can be with whole numbers where they are asked for, as far as the work goes.
    ///
    /// # Errors
    ///
    /// [`Unsolved`] if there is no such point, or the solver gave up without a bound.
    pub fn branch(&self, objective: &[(Variable, f64)], branching: &Branching) -> Result<Branched, Unsolved> {
        if let Some(fault) = self.fault(objective) {
            return Err(Unsolved::Failed(fault.to_owned()));
        }
        if self.bounds.iter().any(|(least, most)| least > most) {
            return Err(Unsolved::Infeasible);
        }
        if self.whole.is_empty() {
            let solution = self.minimise(objective)?;
            return Ok(Branched { bound: solution.objective, best: Some(solution), done: true });
        }
        highs::branch(self, objective, branching)
    }

    /// The same, until it is told to stop. The solver cannot be told: it goes on by itself, on a thread that nobody waits
    /// for, until it is done or the process ends.
    ///
    /// # Errors
    ///
    /// [`Unsolved::Stopped`] if it was told to; else as [`Program::branch`].
    pub fn branch_until(
        &self,
        objective: &[(Variable, f64)],
        branching: &Branching,
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<Branched, Unsolved> {
        let (program, objective, branching) = (self.clone(), objective.to_vec(), branching.clone());
        let (send, receive) = mpsc::channel();
        // Where nobody listens any more there is nothing to do about it.
        std::thread::spawn(move || drop(send.send(program.branch(&objective, &branching))));
        loop {
            match receive.recv_timeout(ASKED) {
                Ok(found) => return found,
                Err(RecvTimeoutError::Timeout) if is_stopped() => return Err(Unsolved::Stopped),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(Unsolved::Failed("the solver ended".to_owned())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solver::Relation;

    fn plain() -> Branching {
        Branching { nodes: 10_000, seconds: None, gap: 0.0, start: None }
    }

    /// Knapsack of Dantzig's kind: weights 12, 2, 1, 1, 4 kg and values 4, 2, 1, 2, 10 within 15 kg. All but the first
    /// weigh 8 kg and are worth 15; with the first at least 5 kg of the others go, and 15 is not reached.
    fn knapsack() -> (Program, Vec<Variable>, Vec<(Variable, f64)>) {
        let mut program = Program::new();
        let items: Vec<Variable> = (0..5).map(|_| program.binary()).collect();
        let weights = [12.0, 2.0, 1.0, 1.0, 4.0];
        program.constrain(items.iter().copied().zip(weights).collect(), Relation::AtMost, 15.0);
        let objective = items.iter().copied().zip([-4.0, -2.0, -1.0, -2.0, -10.0]).collect();
        (program, items, objective)
    }

    #[test]
    fn a_knapsack_is_packed() {
        let (program, items, objective) = knapsack();
        let found = program.branch(&objective, &plain()).expect("an optimum");
        let best = found.best.expect("a solution");
        assert!((best.objective + 15.0).abs() < 1e-9 && (found.bound + 15.0).abs() < 1e-9 && found.done);
        assert!(best.value(items[0]).abs() < 1e-9);
    }

    #[test]
    fn a_start_is_taken_up_and_what_cannot_be_is_told() {
        let (mut program, items, objective) = knapsack();
        let start = Some(vec![0.0, 1.0, 1.0, 1.0, 1.0]);
        let found = program.branch(&objective, &Branching { start, ..plain() }).expect("an optimum");
        assert!((found.best.expect("a solution").objective + 15.0).abs() < 1e-9);
        program.constrain(items.iter().map(|i| (*i, 1.0)).collect(), Relation::AtLeast, 6.0);
        assert_eq!(program.branch(&objective, &plain()), Err(Unsolved::Infeasible));
    }

    #[test]
    fn it_ends_when_it_is_told_to_and_is_the_same_if_not() {
        let (program, _, objective) = knapsack();
        assert_eq!(program.branch_until(&objective, &plain(), &|| false), program.branch(&objective, &plain()));
        // Equal weights and an odd limit, without end for branch and bound (Jeroslow 1974): 2 (x1 + ... + x61) = 61.
        let mut endless = Program::new();
        let all: Vec<Variable> = (0..61).map(|_| endless.binary()).collect();
        endless.constrain(all.iter().map(|v| (*v, 2.0)).collect(), crate::solver::Relation::Exactly, 61.0);
        let branching = Branching { nodes: 3_000_000, ..plain() };
        let ended = endless.branch_until(&[], &branching, &|| true);
        assert!(matches!(ended, Err(Unsolved::Stopped | Unsolved::Infeasible)), "{ended:?}");
    }

    #[test]
    fn halves_are_rounded_up_to_whole_numbers() {
        // 2x + 2y + 2z >= 3 with x + y + z least: 1.5 as a linear program, 2 in whole numbers.
        let mut program = Program::new();
        let all: Vec<Variable> = (0..3).map(|_| program.binary()).collect();
        program.constrain(all.iter().map(|v| (*v, 2.0)).collect(), Relation::AtLeast, 3.0);
        let objective: Vec<(Variable, f64)> = all.iter().map(|v| (*v, 1.0)).collect();
        assert!((program.minimise(&objective).expect("an optimum").objective - 1.5).abs() < 1e-9);
        assert!((program.branch(&objective, &plain()).expect("an optimum").bound - 2.0).abs() < 1e-9);
    }
}
