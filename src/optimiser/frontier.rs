//! The frontier of cost and value: the plans of which no other is both cheaper and worth more.

use super::{Answer, Best, Draft, Effort, Goal, Judge, Status, answer};
use rayon::prelude::*;

/// Numbers closer than this, as a share, are one.
const LEVEL: f64 = 1e-9;

/// A point of the frontier.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The plan.
    pub best: Best,
    /// What is known of better ones at its cost.
    pub status: Status,
    /// Score that no achievable plan of at most the cost that was asked for can exceed, where that is known.
    pub bound: Option<f64>,
}

impl Point {
    fn npc(&self) -> f64 {
        self.best.judged.realised.npc
    }

    fn score(&self) -> f64 {
        self.best.judged.realised.score.unwrap_or(0.0)
    }

    /// A plan that was found for one cost or another, of which nothing else is known.
    fn found(best: Best) -> Self {
        Self { best, status: Status::Found, bound: None }
    }
}

/// The frontier of net present cost against score, at so many costs at most, the cheapest plan first.
///
/// # Method
/// Epsilon-constraint (Haimes, Lasdon and Wismer 1971): between the cheapest plan and the one with the highest score, for
/// evenly spaced costs the highest score within each, and then the least cost at that score. Points are looked for by
/// themselves and in parallel; plans that are known and achievable count as found; points that are dominated or come
/// twice are left out. One point where there is no score; none where no plan is achievable. `effort` is for each point, and
/// `step` is called as each is done.
#[must_use]
pub fn frontier(judge: &Judge<'_>, points: usize, known: &[Draft], effort: Effort, step: &(dyn Fn() + Sync)) -> Vec<Point> {
    let half = Effort { plans: effort.plans.div_ceil(2), ..effort };
    let end = |goal: Goal| answer(judge, goal, known, effort);
    let (cheapest, highest) = rayon::join(|| end(Goal::Cost), || end(Goal::Score));
    step();
    let Some(cheapest) = cheapest.best else { return Vec::new() };
    let Some(highest) = point(highest).filter(|_| cheapest.judged.realised.score.is_some()) else {
        return vec![Point::found(cheapest)];
    };
    let (least, most) = (cheapest.judged.realised.npc, highest.npc().max(cheapest.judged.realised.npc));
    let mut starts = vec![cheapest.draft.clone(), highest.best.draft.clone()];
    starts.extend_from_slice(known);
    // The plan with the highest score is the answer at the highest cost.
    let steps = points.max(2) - 1;
    let share = |i: usize| f64::from(u32::try_from(i).unwrap_or(u32::MAX)) / f64::from(u32::try_from(steps).unwrap_or(u32::MAX));
    // Where the cheapest plan has the highest score there is no other cost to ask for.
    let asked = if most > least { steps } else { 1 };
    let costs: Vec<f64> = (0..asked).map(|i| least + (most - least) * share(i)).collect();
    let at = |cost: &f64| {
        let within = cost + LEVEL * cost.abs();
        let dearest = point(answer(judge, Goal::ScoreWithin(within), &starts, half))?;
        let own: Vec<Draft> = std::iter::once(dearest.best.draft.clone()).chain(starts.iter().cloned()).collect();
        let enough = dearest.score() - LEVEL * dearest.score().abs();
        let cheaper = answer(judge, Goal::CostFor(enough), &own, half).best.filter(|c| c.judged.realised.npc < dearest.npc());
        step();
        Some(Point { best: cheaper.unwrap_or(dearest.best), ..dearest })
    };
    let mut found: Vec<Point> = costs.par_iter().filter_map(at).collect();
    found.push(highest);
    found.push(Point::found(cheapest));
    found.extend(known.iter().filter_map(|draft| {
        let judged = judge.judge(draft);
        let plan = judge.space.plan(judge.programme, draft);
        judged.achievable().then(|| Point::found(Best { draft: draft.clone(), plan, judged }))
    }));
    undominated(found)
}

fn point(answer: Answer) -> Option<Point> {
    let Answer { status, best, bound, .. } = answer;
    Some(Point { best: best?, status, bound: bound.map(|b| 0.0 - b) })
}

/// Those of which no other is at least as cheap and scores at least as high, by cost; of equals the one of which most is known.
fn undominated(mut all: Vec<Point>) -> Vec<Point> {
    // Found by itself comes before found on the way: the sort keeps the order of what is equal.
    all.sort_by(|a, b| a.npc().total_cmp(&b.npc()).then(b.score().total_cmp(&a.score())));
    let mut kept: Vec<Point> = Vec::new();
    for point in all {
        match kept.last() {
            Some(last) if point.score() <= last.score() + LEVEL * last.score().abs() => {}
            // At the same cost the last digit of which differs, the higher score alone.
            Some(last) if point.npc() <= last.npc() + LEVEL * last.npc().abs() => {
                kept.pop();
                kept.push(point);
            }
            _ => kept.push(point),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimiser::Judged;
    use crate::outcome::Realised;
    use crate::plan::Plan;
    use crate::programme::OptionIx;

    #[test]
    fn what_another_beats_is_left_out() {
        let point = |npc: f64, score: f64| {
            let plan = Plan { option: OptionIx(0), moves: Vec::new(), links: Vec::new(), slip: 0, late: 0 };
            let realised = Realised { npc, score: Some(score), ..Realised::default() };
            let draft = Draft { moves: Vec::new(), links: Vec::new() };
            Point::found(Best { draft, plan, judged: Judged { realised, broken: Vec::new() } })
        };
        // (2, 3) costs more than (1, 5) and scores less; (1, 4) costs the same; (4, 7) is there twice.
        let all = vec![point(4.0, 7.0), point(2.0, 3.0), point(1.0, 4.0), point(1.0, 5.0), point(4.0, 7.0), point(3.0, 6.0)];
        let kept: Vec<(f64, f64)> = undominated(all).iter().map(|p| (p.npc(), p.score())).collect();
        assert_eq!(kept, [(1.0, 5.0), (3.0, 6.0), (4.0, 7.0)]);
    }
}
