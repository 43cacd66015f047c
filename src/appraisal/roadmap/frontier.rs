//! The highest score for each cost: the frontier between the cheapest plan and the best.

use super::super::result::{FrontierDistance, FrontierPoint};
use super::question::{Asked, Progress, Question, built, starts};
use super::{Answered, status_word};
use crate::optimiser::{self, Answer, Goal, Judge, Space, Status};
use crate::outcome::Realised;
use crate::plan::Plan;
use crate::programme::Mode;
use rayon::prelude::*;

/// Points of the frontier, cheapest first, none dominated and none twice.
///
/// # Method
/// `docs/method.md`, section 29: the two ends, then between them the highest score within each of some costs in equal
/// steps. What is found for one cost counts for every other.
pub(super) fn points(asked: &Asked<'_>, answered: &Answered, question: &Question, progress: &Progress) -> Vec<FrontierPoint> {
    let programme = asked.programme;
    let scored = programme.frame.mode != Mode::Shortlist && asked.outcome.scores.is_some();
    if question.frontier < 2 || !scored || answered.answer.best.is_none() {
        return Vec::new();
    }
    progress.expect(question.frontier);
    let ask = |goal: Goal, known: &[Plan]| {
        let found =
            optimiser::optimise(programme, (answered.option, answered.freedom), goal, known, answered.effort, asked.values);
        progress.step();
        found
    };
    let own = answered.answer.best.iter().map(|b| &b.plan);
    let known = starts(asked, own);
    let (cheapest, best) = rayon::join(|| ask(Goal::Cost, &known), || ask(Goal::Score, &known));
    let ends: Vec<Plan> = [&cheapest, &best].into_iter().filter_map(|a| a.best.as_ref()).map(|b| b.plan.clone()).collect();
    let npc = |answer: &Answer| answer.best.as_ref().map(|b| b.judged.realised.npc);
    let Some((least, most)) = npc(&cheapest).zip(npc(&best)) else { return Vec::new() };
    let known = starts(asked, &ends);
    let steps = question.frontier - 1;
    let share = |k: usize| count(k) / count(steps);
    let within: Vec<f64> = (1..steps).map(|k| least + share(k) * (most - least)).collect();
    let between: Vec<Answer> =
        if most > least { within.par_iter().map(|cost| ask(Goal::ScoreWithin(*cost), &known)).collect() } else { Vec::new() };
    // The cheapest plan says nothing of the score at its cost, so it has no bound there.
    let cheapest = Answer { bound: None, ..cheapest };
    let all = std::iter::once(cheapest).chain(between).chain([best]);
    let found = all.filter_map(|answer| point(asked, answer.best.as_ref().map(|b| (&b.plan, &b.judged.realised))?, &answer));
    undominated(found.chain(options(asked, answered)).collect())
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

fn point(asked: &Asked<'_>, (plan, realised): (&Plan, &Realised), answer: &Answer) -> Option<FrontierPoint> {
    let Realised { npc, score: Some(score), .. } = *realised else { return None };
    Some(FrontierPoint {
        npc,
        score,
        status: status_word(answer.status).to_owned(),
        bound: answer.bound.map(|b| 0.0 - b),
        moves: plan.moves.iter().filter(|m| m.commitment.is_none()).count(),
        links: built(asked.programme, plan),
    })
}

/// Options of the scenario that keep all limits, as plans of the option asked for: they are found as well.
fn options(asked: &Asked<'_>, answered: &Answered) -> Vec<FrontierPoint> {
    let space = Space::of(asked.programme, answered.option, answered.freedom, asked.values);
    let judge = Judge::of(asked.programme, &space, asked.values);
    let none = Answer { status: Status::Found, best: None, bound: None, tried: 0, nearest: Vec::new() };
    let one = |plan: &Plan| {
        let plan = Plan { option: answered.option, ..plan.clone() };
        let judged = judge.judge(&space.draft(&plan)?);
        if judged.achievable() { point(asked, (&plan, &judged.realised), &none) } else { None }
    };
    asked.settled.plans.iter().filter_map(one).collect()
}

/// Those that no other beats in one of the two without losing in the other, cheapest first; of equals the first.
fn undominated(mut points: Vec<FrontierPoint>) -> Vec<FrontierPoint> {
    points.sort_by(|a, b| a.npc.total_cmp(&b.npc).then(b.score.total_cmp(&a.score)));
    let mut kept: Vec<FrontierPoint> = Vec::new();
    for point in points {
        if kept.last().is_none_or(|last| point.score > last.score + 1e-9) {
            kept.push(point);
        }
    }
    kept
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_beats_is_left_out() {
        let point = |npc: f64, score: f64| FrontierPoint {
            npc,
            score,
            status: "found".to_owned(),
            bound: None,
            moves: 0,
            links: Vec::new(),
        };
        // (2, 3) costs more than (1, 5) and scores less; (1, 4) costs the same; (4, 7) is there twice.
        let all = vec![point(4.0, 7.0), point(2.0, 3.0), point(1.0, 4.0), point(1.0, 5.0), point(4.0, 7.0), point(3.0, 6.0)];
        let kept: Vec<(f64, f64)> = undominated(all).iter().map(|p| (p.npc, p.score)).collect();
        assert_eq!(kept, [(1.0, 5.0), (3.0, 6.0), (4.0, 7.0)]);
    }
}
