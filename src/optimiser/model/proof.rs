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
    /// Why there is no bound: the solver gave up, or the program bars a plan that is achievable.
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
    /// The program has no room for a plan that keeps all limits: what it bounds is not what was asked. Ends it.
    fn bars_what_is_achievable(&mut self) -> bool {
        self.fault = Some("the program bars a plan that is achievable".to_owned());
        (self.bound, self.impossible) = (None, false);
        false
    }

    /// Values to begin with, those of the best draft known; an error if the program bars it.
    fn start(&mut self, model: &Model<'_>) -> Result<Option<Vec<f64>>, Unsolved> {
        let Some((draft, judged)) = &self.best else { return Ok(None) };
        match model.solved(draft) {
            Ok((cost, values)) => {
                self.overstated = self.overstated.max(cost - judged.realised.npc);
                Ok(Some(values))
            }
            Err(Unsolved::Infeasible) => Err(Unsolved::Infeasible),
            Err(_) => Ok(None),
        }
    }

    /// Solves the program once and enters what is learnt; whether to go on.
    fn goes_on(&mut self, judge: &Judge<'_>, model: &mut Model<'_>, proof: Proof) -> bool {
        self.rounds += 1;
        let Ok(start) = self.start(model) else { return self.bars_what_is_achievable() };
        let branching = Branching { nodes: proof.nodes, seconds: proof.seconds, gap: proof.gap * 0.5, start };
        if judge.is_stopped() {
            return false;
        }
        let (program, objective) = (&model.builder.program, model.builder.objective());
        let solved = match judge.watch().by() {
            Some(watch) => program.branch_until(&objective, &branching, &|| watch.is_stopped()),
            None => program.branch(&objective, &branching),
        };
        let found = match solved {
            Ok(found) => found,
            // Nothing is barred by a cut but what is not achievable.
            Err(Unsolved::Infeasible) if self.best.is_some() => return self.bars_what_is_achievable(),
            Err(Unsolved::Infeasible) => {
                self.impossible = true;
                return false;
            }
            Err(fault) => {
                self.fault = Some(format!("{fault:?}"));
                return false;
            }
        };
        let bound = found.bound + model.builder.constant;
        self.bound = Some(self.bound.map_or(bound, |known: f64| known.max(bound)));
        judge.watch().told().inspect(|watch| watch.bounded(bound));
        let Some(solution) = found.best else { return false };
        let draft = model.draft(&solution);
        let judged = judge.judge(&draft);
        let said = solution.objective + model.builder.constant;
        let cost = judged.realised.npc;
        self.overstated = self.overstated.max(said - cost);
        let better = self.best.as_ref().is_none_or(|(_, best)| cost < best.realised.npc);
        let achievable = judged.achievable();
        if achievable && better {
            judge.watch().told().inspect(|watch| watch.found(cost));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimiser::Space;
    use crate::programme::{Freedom, OptionIx};
    use crate::scenario::{self, SourceFile};

    /// A program that bars a plan within all limits, whether it says so of the plan or by having no room for any, is at fault:
    /// it proves neither a bound nor that nothing is possible.
    #[test]
    fn a_program_that_bars_what_is_achievable_proves_nothing() {
        let text = include_str!("../../../scenarios/worked-example/appraisal.toml");
        let files = [SourceFile { name: "appraisal.toml".to_owned(), bytes: text.as_bytes().to_vec() }];
        let scenario = scenario::read(&files).expect("a bundled scenario");
        let (programme, values) = (&scenario.programme, scenario.programme.register.central());
        let space = Space::of(programme, OptionIx(0), Freedom::Roadmap, &values);
        let judge = Judge::of(programme, &space, &values);
        let draft = space.still().expect("nothing has to move");
        let judged = judge.judge(&draft);
        assert!(judged.achievable());
        let proof = Proof { nodes: 10, rounds: 1, gap: 0.0, seconds: None };
        let asked = |model: &mut Model<'_>, best| {
            let bound = Some(1.0);
            let mut proved = Proved { best, bound, impossible: false, rounds: 0, overstated: 0.0, understated: 0.0, fault: None };
            assert!(!proved.goes_on(&judge, model, proof));
            proved
        };
        let mut model = Model::of(&judge);
        model.barred(&draft);
        assert!(model.solved(&draft).is_err());
        let proved = asked(&mut model, Some((draft.clone(), judged)));
        assert_eq!((proved.bound, proved.impossible), (None, false));
        assert!(proved.fault.is_some_and(|fault| fault.contains("bars a plan")));
        // Of a program without room for any plan, nothing being known, that there is none.
        let nowhere = vec![(model.excess, 1.0)];
        model.builder.at_most("nowhere", nowhere, -1.0);
        assert!(asked(&mut model, None).impossible);
    }
}
