//! The best achievable roadmap: which service goes where and when, and which links are built, within all limits.
//!
//! [`Space`] is what there is to choose from, [`Judge`] what a choice comes to: by the one evaluation that everything
//! else uses. `docs/method.md`, section 24 and on.

mod judge;
mod limits;
mod question;
mod search;
mod space;
mod tally;

pub use judge::{Judge, Judged};
pub use limits::{Breach, Limits, Team, loads, team_of};
pub use question::{Answer, Best, Effort, Goal, Status};
pub use search::search;
pub use space::{Choice, Draft, Offer, Place, Space};
pub use tally::{Standing, Tally};

use crate::assumption::Values;
use crate::plan::Plan;
use crate::programme::{Freedom, OptionIx, Programme};

/// The best roadmap for an option that can be found, on the central case or other values. `known` are plans to begin with.
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
    let best = found.filter(|(_, judged)| judged.achievable()).map(|(draft, judged)| {
        let plan = space.plan(programme, &draft);
        Best { draft, plan, judged }
    });
    let status = if best.is_some() { Status::Found } else { Status::Unknown };
    Answer { status, best, bound: None, tried, nearest }
}

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
