//! The best achievable roadmap: which service goes where and when, and which links are built, within all limits.
//!
//! [`Space`] is what there is to choose from, [`Judge`] what a choice comes to: by the one evaluation that everything
//! else uses. `docs/method.md`, section 24 and on.

mod judge;
mod limits;
mod model;
mod question;
mod search;
mod space;

pub use judge::{Judge, Judged};
pub use model::{Clash, Conflict, Limit, Model, Proof, Proved, conflict, prove};
pub use limits::{Breach, Limits, Team, loads, team_of};
pub use question::{Answer, Best, Effort, Goal, Status};
pub use search::search;
pub use space::{Choice, Draft, Offer, Place, Space};

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
    let space = Space::of(programme, option, freedom, values);
    let judge = Judge::of(programme, &space, values);
    let starts = starts(&space, known);
    let (found, tried) = search(&judge, goal, &starts, effort);
    let found = found.filter(|(_, judged)| goal.short(&judged.realised) <= 1e-9);
    let nearest = found.as_ref().map_or_else(Vec::new, |(_, judged)| judged.broken.clone());
    let mut best = found.filter(|(_, judged)| judged.achievable());
    let mut bound = None;
    let mut impossible = false;
    if goal == Goal::Cost && effort.nodes > 0 {
        let nodes = u32::try_from(effort.nodes).unwrap_or(u32::MAX);
        let proved = prove(&judge, best, Proof { nodes, rounds: ROUNDS, gap: TOLERANCE, seconds: None });
        (best, bound, impossible) = (proved.best, proved.bound, proved.impossible);
    }
    let best = best.map(|(draft, judged)| Best { plan: space.plan(programme, &draft), draft, judged });
    let close = |b: &Best| {
        let npc = b.judged.realised.npc;
        bound.is_some_and(|bound| npc - bound <= TOLERANCE * npc.abs() + 1e-6)
    };
    let status = match &best {
        Some(best) if close(best) => Status::Proven,
        Some(_) if bound.is_some() => Status::Bounded,
        Some(_) => Status::Found,
        None if impossible => Status::Impossible,
        None => Status::Unknown,
    };
    Answer { status, best, bound, tried, nearest }
}

/// The gap between plan and bound, as a share of the net present cost, at which a plan counts as the best.
pub const TOLERANCE: f64 = 1e-4;

/// Times that the program is solved again with what was learnt from costing its plan in full.
const ROUNDS: u32 = 20;

/// Drafts to begin with: plans that are known, nothing done, and everything as soon as it may be.
fn starts(space: &Space, known: &[Plan]) -> Vec<Draft> {
    let known = known.iter().filter_map(|plan| space.draft(&Plan { option: space.option, ..plan.clone() }));
    let first = |choices: usize, stays: bool| (choices > 0 && !stays).then_some(0);
    let soon = Draft {
        moves: space.places.iter().map(|p| first(p.choices.len(), p.may_stay)).collect(),
        links: space.offers.iter().map(|o| first(o.dates.len(), o.may_lack)).collect(),
    };
    known.chain([soon]).collect()
}
