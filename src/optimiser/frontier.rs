//! The frontier of cost and value: the plans of which no other is both cheaper and worth more.

use super::{Best, Draft, Effort, Goal, Judge, answer};
use rayon::prelude::*;

/// Numbers closer than this, as a share, are one.
const LEVEL: f64 = 1e-9;

/// The frontier of net present cost against score, at so many costs at most, the cheapest plan first.
///
/// # Method
/// Epsilon-constraint (Haimes, Lasdon and Wismer 1971): between the cheapest plan and the one with the highest score, for
/// evenly spaced costs the highest score within each, and then the least cost at that score. Points are looked for by
/// themselves and in parallel; each then takes what another found if it is better, and points that are dominated or come
/// twice are left out. One point where there is no score; none where no plan is achievable. `effort` is for each point.
#[must_use]
pub fn frontier(judge: &Judge<'_>, points: usize, known: &[Draft], effort: Effort) -> Vec<Best> {
    let half = Effort { plans: effort.plans.div_ceil(2), ..effort };
    let end = |goal: Goal| answer(judge, goal, known, effort).best;
    let (cheapest, highest) = rayon::join(|| end(Goal::Cost), || end(Goal::Score));
    let Some(cheapest) = cheapest else { return Vec::new() };
    let (Some(highest), Some(_)) = (highest, cheapest.judged.realised.score) else { return vec![cheapest] };
    let (least, most) = (cheapest.judged.realised.npc, highest.judged.realised.npc.max(cheapest.judged.realised.npc));
    let mut starts = vec![cheapest.draft.clone(), highest.draft.clone()];
    starts.extend_from_slice(known);
    let share = |i: usize| {
        f64::from(u32::try_from(i).unwrap_or(u32::MAX)) / f64::from(u32::try_from(points.max(2) - 1).unwrap_or(u32::MAX))
    };
    let costs: Vec<f64> = (0..points.max(2)).map(|i| least + (most - least) * share(i)).collect();
    let at = |cost: &f64| {
        let within = cost + LEVEL * cost.abs();
        let best = answer(judge, Goal::ScoreWithin(within), &starts, half).best?;
        let score = best.judged.realised.score?;
        let own = std::iter::once(best.draft.clone()).chain(starts.iter().cloned()).collect::<Vec<Draft>>();
        let cheaper = answer(judge, Goal::CostFor(score - LEVEL * score.abs()), &own, half).best;
        Some(cheaper.filter(|c| c.judged.realised.npc < best.judged.realised.npc).unwrap_or(best))
    };
    let mut found: Vec<Best> = costs.par_iter().filter_map(at).collect();
    found.extend([cheapest, highest]);
    undominated(found)
}

/// Those of which no other is at least as cheap and scores at least as high, by cost.
fn undominated(mut all: Vec<Best>) -> Vec<Best> {
    let of = |b: &Best| (b.judged.realised.npc, b.judged.realised.score.unwrap_or(0.0));
    all.sort_by(|a, b| of(a).0.total_cmp(&of(b).0).then(of(b).1.total_cmp(&of(a).1)).then(a.draft.cmp(&b.draft)));
    let mut kept: Vec<Best> = Vec::new();
    for best in all {
        let (npc, score) = of(&best);
        match kept.last().map(of) {
            Some((_, highest)) if score <= highest + LEVEL * highest.abs() => {}
            // At the same cost the last digit of which differs, the higher score alone.
            Some((cost, _)) if npc <= cost + LEVEL * cost.abs() => {
                kept.pop();
                kept.push(best);
            }
            _ => kept.push(best),
        }
    }
    kept
}
