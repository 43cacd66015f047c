//! Options that are left to the optimiser get their plan before anything is evaluated, so that every part of an appraisal
//! and every command sees the same. `docs/method.md`, section 28.

mod breach;
mod dates;
mod frontier;
mod limit_price;
mod question;
mod robustness;

pub(super) use dates::{avoidable, dates};
pub(super) use question::of_option;
pub use question::{COMPARED, OverDraws, Progress, Question, program, roadmap};

use super::result::{Conflict, Optimised};
use crate::assumption::Values;
use crate::optimiser::{self, Answer, Effort, Goal, Judge, Space, Status, Watched};
use crate::plan::Plan;
use crate::programme::{Aim, Freedom, JudgedGate, OptionIx, Programme};
use rayon::prelude::*;
use std::borrow::Cow;

/// Plans that are tried for an option unless the scenario or the command line says otherwise.
pub const PLANS: u64 = 20_000;

/// Nodes of branch and bound that are visited for an option unless it is said otherwise.
pub const NODES: u64 = 1_000;

/// A case in which every option has its plan.
pub(super) struct Settled<'a> {
    /// The case, with a gate that options fail for which there is no achievable plan.
    pub(super) programme: Cow<'a, Programme>,
    /// The plan of each option.
    pub(super) plans: Cow<'a, [Plan]>,
    /// What was answered for options that are left to the optimiser.
    pub(super) answered: Vec<Answered>,
}

/// What was answered for one option.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) option: OptionIx,
    pub(super) freedom: Freedom,
    pub(super) goal: Goal,
    pub(super) effort: Effort,
    pub(super) answer: Answer,
    /// Limits that are not kept; none where a plan was found.
    pub(super) conflict: Vec<Conflict>,
}

/// Asks the optimiser for the plans of the options that are left to it.
pub(super) fn settled<'a>(programme: &'a Programme, plans: &'a [Plan], seed: u64, values: &Values) -> Settled<'a> {
    settled_with(programme, plans, effort(programme, seed), (values, Watched::No), None)
}

/// The work that the scenario says.
pub(super) fn effort(programme: &Programme, seed: u64) -> Effort {
    Effort { plans: programme.optimise.plans.unwrap_or(PLANS), nodes: programme.optimise.nodes.unwrap_or(NODES), seed }
}

/// What the scenario wants of roadmaps.
fn aim(programme: &Programme) -> Goal {
    match programme.optimise.aim {
        Aim::Cost => Goal::Cost,
        Aim::Score => Goal::Score,
    }
}

/// The same, with as much work as is said. Whoever watches may end it, and is told of one of the options alone: several at
/// once would be told as one.
fn settled_with<'a>(
    programme: &'a Programme,
    plans: &'a [Plan],
    effort: Effort,
    (values, watched): (&Values, Watched<'_>),
    told: Option<OptionIx>,
) -> Settled<'a> {
    let left: Vec<(OptionIx, Freedom)> =
        programme.options.iter().enumerate().filter_map(|(i, o)| Some((OptionIx(i), o.freedom?))).collect();
    if left.is_empty() {
        return Settled { programme: Cow::Borrowed(programme), plans: Cow::Borrowed(plans), answered: Vec::new() };
    }
    let goal = aim(programme);
    // Dates first: what is found for them is something to begin a whole roadmap with.
    let mut known = plans.to_vec();
    let mut all: Vec<Answered> = Vec::new();
    for freedom in [Freedom::Schedule, Freedom::Roadmap] {
        let of_it: Vec<OptionIx> = left.iter().filter(|(_, f)| *f == freedom).map(|(o, _)| *o).collect();
        let by = |option| if told == Some(option) { watched } else { watched.quietly() };
        let ask = |option| answered(programme, (option, freedom), (goal, effort), &known, (values, by(option)));
        let found: Vec<Answered> = of_it.into_par_iter().map(ask).collect();
        known.extend(found.iter().filter_map(|a| a.answer.best.as_ref()).map(|b| b.plan.clone()));
        all.extend(found);
    }
    let mut settled = Settled { programme: Cow::Borrowed(programme), plans: Cow::Borrowed(plans), answered: all };
    for answer in &settled.answered {
        let OptionIx(option) = answer.option;
        settled.plans.to_mut()[option] = match &answer.answer.best {
            Some(best) => best.plan.clone(),
            None if answer.freedom == Freedom::Schedule => soonest(programme, answer.option, values),
            None => plans[option].clone(),
        };
    }
    let fails: Vec<(OptionIx, String)> = settled.answered.iter().filter_map(failure).collect();
    if !fails.is_empty() {
        settled.programme.to_mut().judged_gates.push(JudgedGate {
            id: "roadmap".to_owned(),
            name: "A roadmap within all limits".to_owned(),
            passes_because: Some("Its dates are given, or were found within all limits.".to_owned()),
            fails,
        });
    }
    settled
}

/// Asks one question; a slot that must move and cannot has no answer, whatever is found for the others.
fn answered(
    programme: &Programme,
    (option, freedom): (OptionIx, Freedom),
    (goal, effort): (Goal, Effort),
    known: &[Plan],
    (values, watched): (&Values, Watched<'_>),
) -> Answered {
    let stuck = breach::stuck(programme, &Space::of(programme, option, freedom, values));
    if !stuck.is_empty() {
        let answer = Answer { status: Status::Impossible, best: None, bound: None, tried: 0, nearest: Vec::new() };
        return Answered { option, freedom, goal, effort, answer, conflict: stuck };
    }
    let mut answer = optimiser::optimise_watched(programme, (option, freedom), goal, known, effort, (values, watched));
    let mut conflict = Vec::new();
    if answer.best.is_none() && !watched.is_stopped() {
        // The limits of which none can be left out, where the program knows them; else those that the nearest plan breaks.
        let space = Space::of(programme, option, freedom, values);
        let clashing = optimiser::conflict(&Judge::of(programme, &space, values));
        let known = clashing.filter(|c| !c.clashes.is_empty());
        if known.is_some() {
            answer.status = Status::Impossible;
        }
        conflict = known.map_or_else(
            || breach::conflicts(programme, &answer.nearest),
            |clashing| breach::clashes(programme, &clashing.clashes),
        );
    }
    Answered { option, freedom, goal, effort, answer, conflict }
}

/// Every move of an option as soon as it may be by itself, whether or not that keeps all limits: what its targets cost where
/// no dates were found, and what its dates are measured by.
fn soonest(programme: &Programme, option: OptionIx, values: &Values) -> Plan {
    let space = Space::of(programme, option, Freedom::Schedule, values);
    let first = |choices: usize| (choices > 0).then_some(0);
    let draft = optimiser::Draft {
        moves: space.places.iter().map(|p| first(p.choices.len())).collect(),
        links: space.offers.iter().map(|o| first(o.dates.len())).collect(),
    };
    space.plan(programme, &draft)
}

/// The option that an answer leaves without an achievable plan, with the reason.
fn failure(answered: &Answered) -> Option<(OptionIx, String)> {
    if answered.answer.best.is_some() {
        return None;
    }
    let sentences: Vec<&str> = answered.conflict.iter().map(|c| c.sentence.as_str()).collect();
    let shown = match answered.freedom {
        Freedom::Schedule => "Shown with every move as soon as it may be by itself.",
        Freedom::Roadmap => "Shown with what is decided already.",
    };
    let found = match answered.answer.status {
        Status::Impossible => "There is no roadmap within all limits",
        _ => "No roadmap within all limits was found",
    };
    let reason = if sentences.is_empty() { format!("{found}.") } else { format!("{found}: {}.", sentences.join("; ")) };
    Some((answered.option, format!("{reason} {shown}")))
}

/// What became of an option, for the results.
pub(super) fn optimised(settled: &[Answered], option: usize) -> Option<Optimised> {
    let answered = settled.iter().find(|a| a.option == OptionIx(option))?;
    let (objective, bound, gap) = measured(answered.goal, &answered.answer);
    Some(Optimised {
        freedom: freedom_word(answered.freedom).to_owned(),
        goal: goal_words(answered.goal).0.to_owned(),
        status: status_word(answered.answer.status).to_owned(),
        objective,
        bound,
        gap,
        tried: answered.answer.tried,
        conflict: answered.conflict.clone(),
    })
}

/// Objective, bound and gap of an answer as people read them: pounds, or points of score (the search makes their
/// negative least).
fn measured(goal: Goal, answer: &Answer) -> (Option<f64>, Option<f64>, Option<f64>) {
    let sign = if goal_words(goal).1 == "points" { -1.0 } else { 1.0 };
    let least = answer.best.as_ref().map(|best| goal.of(&best.judged.realised));
    let gap = least.zip(answer.bound).map(|(objective, bound)| (objective - bound).max(0.0));
    // Without a sign on zero.
    (least.map(|x| 0.0 + sign * x), answer.bound.map(|x| 0.0 + sign * x), gap)
}

/// Whether a gap is none when it is shown: pounds to the pound, points to the last digit.
fn is_closed(goal: Goal, gap: f64) -> bool {
    gap <= if goal_words(goal).1 == "pounds" { 0.5 } else { 1e-9 }
}

/// The word for a goal, and the unit of what is sought.
fn goal_words(goal: Goal) -> (&'static str, &'static str) {
    match goal {
        Goal::Cost | Goal::CostFor(_) => ("cost", "pounds"),
        Goal::DualRunning => ("dual_running", "pounds"),
        Goal::Score | Goal::ScoreWithin(_) => ("score", "points"),
    }
}

fn freedom_word(freedom: Freedom) -> &'static str {
    match freedom {
        Freedom::Schedule => "schedule",
        Freedom::Roadmap => "roadmap",
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Proven => "proven",
        Status::Bounded => "bounded",
        Status::Found => "found",
        Status::Impossible => "impossible",
        Status::Unknown => "unknown",
    }
}
