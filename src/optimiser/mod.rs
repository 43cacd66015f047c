//! The best achievable roadmap: which service goes where and when, and which links are built, within all limits.
//!
//! [`Space`] is what there is to choose from, [`Judge`] what a choice comes to: by the one evaluation that everything
//! else uses. `docs/method.md`, section 24 and on.

mod frontier;
mod judge;
mod limits;
mod model;
mod prices;
mod question;
mod regret;
mod search;
mod space;
mod tally;
mod watch;

pub use frontier::{Point, frontier};
pub use judge::{Judge, Judged};
pub use limits::{Breach, Limits, Team, loads, team_of};
pub use model::{Clash, Conflict, Limit, Lower, Model, Proof, Proved, Relaxing, conflict, lower, prove};
pub use prices::{Group, Needed, Price, Prices, Relaxed, needed, prices, ways};
pub use question::{Answer, Best, Effort, Goal, Status};
pub use regret::{Faring, Regret, behind, faring, kept, realised, regret};
use search::Question;
pub use search::{Over, search};
pub use space::{Choice, Draft, Offer, Place, Space};
pub use tally::{Standing, Tally};
pub use watch::{Watch, Watched};

use crate::assumption::Values;
use crate::plan::Plan;
use crate::programme::{Freedom, OptionIx, Programme};

/// The best roadmap for an option that can be found, on the central case or other values. `known` are plans to begin with.
///
/// A search finds it; where the goal is the least cost and nodes are given, a bound is worked out, which may find a better.
#[must_use]
pub fn optimise(
    programme: &Programme,
    (option, freedom): (OptionIx, Freedom),
    goal: Goal,
    known: &[Plan],
    effort: Effort,
    values: &Values,
) -> Answer {
    optimise_watched(programme, (option, freedom), goal, known, effort, (values, Watched::No))
}

/// The same, with somebody who may end it and may be told how far it is: of plans and bounds where cost is what is wanted.
#[must_use]
pub fn optimise_watched(
    programme: &Programme,
    (option, freedom): (OptionIx, Freedom),
    goal: Goal,
    known: &[Plan],
    effort: Effort,
    (values, watched): (&Values, Watched<'_>),
) -> Answer {
    let space = Space::of(programme, option, freedom, values);
    watched.told().inspect(|watch| watch.begin());
    let watched = if matches!(goal, Goal::Cost | Goal::CostFor(_)) { watched } else { watched.quietly() };
    let judge = Judge::of(programme, &space, values).watched(watched);
    let known = known.iter().filter_map(|plan| space.draft(&Plan { option: space.option, ..plan.clone() }));
    answer(&judge, goal, &known.collect::<Vec<Draft>>(), effort)
}

/// The same, held to the limits of a judge, beginning with drafts.
#[must_use]
pub fn answer(judge: &Judge<'_>, goal: Goal, known: &[Draft], effort: Effort) -> Answer {
    settled(Question::of(judge, goal), known, effort)
}

/// The roadmap that is best over several realisations: its goal is taken on each of these, while limits and what the goal
/// asks for besides hold on the values of the judge. What is judged of it is the case of the judge.
#[must_use]
pub fn answer_over(judge: &Judge<'_>, goal: Goal, (draws, over): (&[Values], Over), known: &[Draft], effort: Effort) -> Answer {
    let draws: Vec<Judge<'_>> = draws.iter().map(|values| Judge::of(judge.programme, judge.space, values)).collect();
    settled(Question { judge, goal, draws: &draws, over }, known, effort)
}

/// The gap between plan and bound, as a share of the net present cost, at which a plan counts as the best.
pub const TOLERANCE: f64 = 1e-4;

/// Times that the program is solved again with what was learnt from costing its plan in full.
const ROUNDS: u32 = 20;

/// Choices up to which the whole program is solved. Beyond, one linear program takes longer than whoever asks would wait.
const LARGEST: usize = 5_000;

/// Iterations of the first-order method on the relaxation of a large program, and on each node of branching.
const ITERATIONS: (u32, u32) = (8_000, 2_000);

/// Nodes of branching on the systems of a large program, at most.
const NODES: u32 = 24;

/// Whether a space is small enough for the program to be solved, and for finding which limits conflict.
fn is_bounded(space: &Space) -> bool {
    let choices: usize = space.places.iter().map(|p| p.choices.len()).sum();
    choices + space.offers.iter().map(|o| o.dates.len()).sum::<usize>() <= LARGEST
}

fn settled(question: Question<'_>, known: &[Draft], effort: Effort) -> Answer {
    let (judge, goal) = (question.judge, question.goal);
    let few = judge.space.count().is_some_and(|count| count <= effort.plans.div_ceil(2));
    let plain = question.draws.is_empty();
    let bounds = !few && !judge.space.is_empty() && plain && goal == Goal::Cost && effort.nodes > 0;
    let mut every = judge.space.is_empty();
    let ((found, tried), lower) = if every {
        ((None, 0), None)
    } else if few {
        let (found, tried, all) = search::every(question);
        every = all;
        ((found, tried), None)
    } else if bounds && !is_bounded(judge.space) {
        rayon::join(|| search::seek(question, known, effort), || Some(relaxed(judge, effort)))
    } else {
        (search::seek(question, known, effort), None)
    };
    let guides = lower.as_ref().map_or(&[][..], |lower| &lower.guides);
    let (found, tried) = search::guided(question, (found, tried), guides, effort);
    let found = found.map(|found| {
        let judged = judge.judge(&found.draft);
        (found.draft, judged)
    });
    let nearest = found.as_ref().map_or_else(Vec::new, |(_, judged)| judged.broken.clone());
    let there = |judged: &Judged| judged.achievable() && goal.is_met(&judged.realised);
    let mut best = found.filter(|(_, judged)| there(judged));
    // Where all were looked at nothing is better than the best.
    let mut bound = best.as_ref().filter(|_| every && plain).map(|(_, judged)| goal.of(&judged.realised));
    let mut impossible = every && best.is_none();
    if let Some(lower) = &lower {
        bound = lower.bound;
    } else if bounds && !judge.is_stopped() {
        let nodes = u32::try_from(effort.nodes).unwrap_or(u32::MAX);
        let proved = prove(judge, best, Proof { nodes, rounds: ROUNDS, gap: TOLERANCE, seconds: None });
        (best, bound, impossible) = (proved.best, proved.bound, proved.impossible);
    }
    bound = bound.filter(|bound| best.as_ref().is_none_or(|(_, judged)| is_credible(*bound, goal.of(&judged.realised))));
    let met = |(_, judged): &(Draft, Judged)| {
        let least = goal.of(&judged.realised);
        every || bound.is_some_and(|bound| least - bound <= TOLERANCE * least.abs())
    };
    let status = match &best {
        Some(best) if met(best) => Status::Proven,
        Some(_) if bound.is_some() => Status::Bounded,
        Some(_) => Status::Found,
        None if impossible => Status::Impossible,
        None => Status::Unknown,
    };
    let best = best.map(|(draft, judged)| Best { plan: judge.space.plan(judge.programme, &draft), draft, judged });
    Answer { status, best, bound, tried, nearest }
}

/// Whether a bound may be one, beside what a plan that is achievable comes to: above that, but for rounding, it says of the plan
/// that it comes to more than it does, and bounds nothing.
fn is_credible(bound: f64, least: f64) -> bool {
    bound <= least + 1e-6 * least.abs().max(1.0)
}

/// A bound on every plan of a space that is too large for the program to be solved.
fn relaxed(judge: &Judge<'_>, effort: Effort) -> Lower {
    let nodes = u32::try_from(effort.nodes).unwrap_or(u32::MAX).min(NODES);
    let relaxing = Relaxing { root: ITERATIONS.0, each: ITERATIONS.1, nodes, enough: f64::INFINITY };
    lower(judge, relaxing, &mut |bound| {
        judge.watch().told().inspect(|watch| watch.bounded(bound));
        !judge.is_stopped()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A millionth of two million is £2, and of nothing or less than a pound a millionth of a pound.
    #[test]
    fn a_bound_above_a_plan_that_is_known_is_none() {
        for (bound, credible) in [(1_999_000.0, true), (2_000_000.0, true), (2_000_001.9, true), (2_000_002.1, false)] {
            assert_eq!(is_credible(bound, 2e6), credible, "{bound}");
        }
        assert!(is_credible(-2_000_000.0, -2e6) && !is_credible(-1_999_990.0, -2e6));
        assert!(is_credible(0.0, 0.0) && !is_credible(0.001, 0.0));
    }
}
