//! The best achievable roadmap: which service goes where and when, and which links are built, within all limits.
//!
//! [`Space`] is what there is to choose from, [`Judge`] what a choice comes to: by the one evaluation that everything
//! else uses. `docs/method.md`, section 24 and on.

mod frontier;
mod judge;
mod limits;
mod prices;
mod question;
mod regret;
mod search;
mod space;
mod tally;

pub use frontier::frontier;
pub use judge::{Judge, Judged};
pub use limits::{Breach, Limits, Team, loads, team_of};
pub use prices::{Group, Needed, Price, Relaxed, needed, prices};
pub use question::{Answer, Best, Effort, Goal, Status};
pub use regret::{Regret, regret};
use search::Question;
pub use search::{Over, search};
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

/// How far a plan may be from what the goal asks for besides: rounding, in pounds or points.
const THERE: f64 = 1e-9;

fn settled(question: Question<'_>, known: &[Draft], effort: Effort) -> Answer {
    let (judge, goal) = (question.judge, question.goal);
    let few = judge.space.count().is_some_and(|count| count <= effort.plans.div_ceil(2));
    let (found, tried) = if judge.space.is_empty() {
        (None, 0)
    } else if few {
        search::every(question)
    } else {
        search::seek(question, known, effort)
    };
    let found = found.map(|found| {
        let judged = judge.judge(&found.draft);
        (found.draft, judged)
    });
    let nearest = found.as_ref().map_or_else(Vec::new, |(_, judged)| judged.broken.clone());
    let there = |judged: &Judged| judged.achievable() && goal.short(&judged.realised) <= THERE * goal.least().max(1.0);
    let best = found.filter(|(_, judged)| there(judged)).map(|(draft, judged)| {
        let plan = judge.space.plan(judge.programme, &draft);
        Best { draft, plan, judged }
    });
    let every = few || judge.space.is_empty();
    let status = match (best.is_some(), every) {
        (true, true) => Status::Proven,
        (true, false) => Status::Found,
        (false, true) => Status::Impossible,
        (false, false) => Status::Unknown,
    };
    // Where all were looked at nothing is better than the best.
    let bound = best.as_ref().filter(|_| every && question.draws.is_empty()).map(|best| goal.of(&best.judged.realised));
    Answer { status, best, bound, tried, nearest }
}
