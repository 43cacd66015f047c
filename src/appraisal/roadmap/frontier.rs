//! The frontier in the results, and how far the options of the scenario are from it.

use super::super::result::{FrontierDistance, FrontierPoint};
use super::question::{Asked, Progress, Question, built, starts};
use super::{Answered, status_word};
use crate::optimiser::{self, Best, Draft, Point};
use crate::plan::Plan;
use crate::programme::Mode;

/// Points of the frontier, cheapest first, none dominated and none twice.
///
/// # Method
/// `docs/method.md`, section 29. What is found for one cost counts for every other; so do options of the scenario that keep
/// all limits, as plans of the option asked for. With the point that is the best answer to the question itself, where there are
/// any.
pub(super) fn points(
    asked: &Asked<'_>,
    answered: &Answered,
    question: &Question,
    progress: &Progress,
) -> (Vec<FrontierPoint>, Option<Best>) {
    let scored = asked.programme.frame.mode != Mode::Shortlist && asked.outcome.scores.is_some();
    if question.frontier < 2 || !scored || answered.answer.best.is_none() || asked.watched.is_stopped() {
        return (Vec::new(), None);
    }
    progress.expect(question.frontier);
    let judge = asked.judge();
    let known = starts(asked, answered.answer.best.iter().map(|b| &b.plan));
    let draft = |plan: &Plan| asked.space.draft(&Plan { option: answered.option, ..plan.clone() });
    let known: Vec<Draft> = known.iter().filter_map(draft).collect();
    let found = optimiser::frontier(&judge, question.frontier, &known, answered.effort, &|| progress.step());
    // Of a search that was ended, points may be plans that others beat.
    if asked.watched.is_stopped() {
        return (Vec::new(), None);
    }
    let goal = answered.goal;
    let answers = found.iter().map(|point| &point.best).filter(|best| goal.is_met(&best.judged.realised));
    let best = answers.min_by(|a, b| goal.of(&a.judged.realised).total_cmp(&goal.of(&b.judged.realised)));
    (found.iter().filter_map(|point| view(asked, point)).collect(), best.cloned())
}

fn view(asked: &Asked<'_>, point: &Point) -> Option<FrontierPoint> {
    let (plan, realised) = (&point.best.plan, &point.best.judged.realised);
    Some(FrontierPoint {
        npc: realised.npc,
        score: realised.score?,
        status: status_word(point.status).to_owned(),
        bound: point.bound,
        moves: plan.moves.iter().filter(|m| m.commitment.is_none()).count(),
        links: built(asked.programme, plan),
    })
}

/// How far each option of the scenario is from the frontier.
pub(super) fn distances(asked: &Asked<'_>, frontier: &[FrontierPoint]) -> Vec<FrontierDistance> {
    let Some(scores) = asked.outcome.scores.as_ref().filter(|_| !frontier.is_empty()) else { return Vec::new() };
    let one = |(option, score): (&crate::outcome::Evaluated, &f64)| {
        let npc = option.totals.npc();
        let as_good = frontier.iter().find(|p| p.score >= score - 1e-9);
        let as_cheap = frontier.iter().rfind(|p| p.npc <= npc + 0.005);
        FrontierDistance {
            option: asked.programme.options[option.plan.option.0].id.clone(),
            pounds: as_good.map(|p| settled(npc - p.npc)),
            points: as_cheap.map(|p| settled(p.score - score)),
        }
    };
    asked.outcome.options.iter().zip(scores).map(one).collect()
}

/// Without what is rounding.
fn settled(distance: f64) -> f64 {
    if distance.abs() < 1e-6 { 0.0 } else { distance }
}
