//! The bound: the program solved, what it finds costed in full, what is learnt entered, until the two meet or the work is
//! done.

use super::Model;
use crate::optimiser::{Draft, Judge, Judged};
use crate::solver::{Branching, Unsolved};

/// By how much, as a share, the program may say that a plan costs more than it does: the solver's rounding.
const OVERSTATED: f64 = 1e-6;

/// What is asked of a proof.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proof {
    /// Nodes of branch and bound, each time.
    pub nodes: u32,
    /// Times that the program is solved.
    pub rounds: u32,
    /// The gap that is good enough, as a share of the net present cost.
    pub gap: f64,
    /// Seconds each time, where the answer may depend on the machine.
    pub seconds: Option<f64>,
}

/// What a proof came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Proved {
    /// The best achievable draft known at the end.
    pub best: Option<(Draft, Judged)>,
    /// No achievable plan costs less; `None` if no bound was found.
    pub bound: Option<f64>,
    /// Whether there is no achievable plan at all.
    pub impossible: bool,
    /// Times that the program was solved.
    pub rounds: u32,
    /// By how much the program said that the best draft costs more than it does: 0 but for a fault.
    pub overstated: f64,
    /// By how much it says that it costs less, at the end.
    pub understated: f64,
    /// Why the solver gave up, if it did.
    pub fault: Option<String>,
}

/// Bounds the net present cost of every achievable plan of a space from below, and betters the plan where it can.
#[must_use]
pub fn prove(judge: &Judge<'_>, known: Option<(Draft, Judged)>, proof: Proof) -> Proved {
    let mut model = Model::of(judge);
    let mut proved =
        Proved { best: known, bound: None, impossible: false, rounds: 0, overstated: 0.0, understated: 0.0, fault: None };
    if judge.space.places.is_empty() && judge.space.offers.is_empty() {
        return nothing_to_choose(judge, proved);
    }
    while proved.rounds < proof.rounds && proved.goes_on(judge, &mut model, proof) {}
    if proved.overstated > OVERSTATED * proved.best.as_ref().map_or(1.0, |(_, judged)| judged.realised.npc.abs()) {
        // It said of a plan that it costs more than it does: then it bounds nothing.
        (proved.bound, proved.impossible) = (None, false);
    }
    if let Some((draft, judged)) = proved.best.as_ref().filter(|_| !judge.is_stopped()) {
        proved.understated = model.priced(draft).map_or(0.0, |said| judged.realised.npc - said);
    }
    proved
}

/// Where there is no choice, what is decided is the one plan.
fn nothing_to_choose(judge: &Judge<'_>, proved: Proved) -> Proved {
    let draft = Draft { moves: Vec::new(), links: Vec::new() };
    let judged = judge.judge(&draft);
    if judged.achievable() {
        Proved { bound: Some(judged.realised.npc), best: Some((draft, judged)), ..proved }
    } else {
        Proved { impossible: true, best: None, ..proved }
    }
}

impl Proved {
    /// Solves the program once and enters what is learnt; whether to go on.
    fn goes_on(&mut self, judge: &Judge<'_>, model: &mut Model<'_>, proof: Proof) -> bool {
        self.rounds += 1;
        let start = self.best.as_ref().and_then(|(draft, judged)| {
            let (cost, values) = model.solved(draft)?;
            self.overstated = self.overstated.max(cost - judged.realised.npc);
            Some(values)
        });
        let branching = Branching { nodes: proof.nodes, seconds: proof.seconds, gap: proof.gap * 0.5, start };
        if judge.is_stopped() {
            return false;
        }
        let (program, objective) = (&model.builder.program, model.builder.objective());
        let solved = match judge.watch() {
            Some(watch) => program.branch_until(&objective, &branching, &|| watch.is_stopped()),
            None => program.branch(&objective, &branching),
        };
        let found = match solved {
            Ok(found) => found,
            Err(Unsolved::Infeasible) => {
                self.impossible = self.best.is_none();
                // Nothing but what was barred is left: the best that is known is the best there is.
                self.bound = self.best.as_ref().map(|(_, judged)| judged.realised.npc);
                return false;
            }
            Err(fault) => {
                self.fault = Some(format!("{fault:?}"));
                return false;
            }
        };
        let bound = found.bound + model.builder.constant;
        self.bound = Some(self.bound.map_or(bound, |known: f64| known.max(bound)));
        judge.watch().inspect(|watch| watch.bounded(bound));
        let Some(solution) = found.best else { return false };
        let draft = model.draft(&solution);
        let judged = judge.judge(&draft);
        let said = solution.objective + model.builder.constant;
        let cost = judged.realised.npc;
        self.overstated = self.overstated.max(said - cost);
        let better = self.best.as_ref().is_none_or(|(_, best)| cost < best.realised.npc);
        let achievable = judged.achievable();
        if achievable && better {
            judge.watch().inspect(|watch| watch.found(cost));
            self.best = Some((draft.clone(), judged));
        }
        if let (Some((_, best)), Some(bound)) = (&self.best, self.bound) {
            let npc = best.realised.npc;
            if npc - bound <= proof.gap * npc.abs() + 1e-6 {
                return false;
            }
        }
        if !found.done {
            return false;
        }
        if !achievable {
            model.barred(&draft);
        } else if cost > said + 1e-6 {
            model.dearer(&draft, cost - said);
        } else {
            return false;
        }
        true
    }
}
