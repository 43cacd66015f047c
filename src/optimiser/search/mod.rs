//! Looking for the best roadmap.
//!
//! Where there are few plans all are looked at. Otherwise walks that cool (simulated annealing) start from plans that are
//! known and from every subset of the largest target systems; the best of them go on at low heat; then the best is taken down
//! as far as single places, groups and pairs lead. Work is counted in plans, chance comes from keyed streams, and walks know
//! nothing of each other, so that the answer depends on nothing but the question. `docs/method.md`, section "Search for a
//! roadmap".

mod anneal;
mod changes;
mod descent;
mod dice;
mod every;
mod start;
mod walker;

pub(super) use every::every;
pub use walker::Over;
pub(super) use walker::{Found, Question, Walker};

use super::question::{Effort, Goal};
use super::{Draft, Judge, Judged};
use anneal::{Cooling, Scale, anneal};
use changes::Changes;
use descent::descend;
use dice::Dice;
use rayon::prelude::*;
use std::cmp::Ordering;

/// The best draft found from some starts, and how many were tried; the best may break limits.
#[must_use]
pub fn search(judge: &Judge<'_>, goal: Goal, starts: &[Draft], effort: Effort) -> (Option<(Draft, Judged)>, u64) {
    let (found, tried) = seek(Question::of(judge, goal), starts, effort);
    (found.map(|found| (found.draft.clone(), judge.judge(&found.draft))), tried)
}

/// Plans of a walk at least.
const SHORTEST: u64 = 1_200;
/// Walks that go on.
const KEPT: usize = 4;
/// Heat at the start and the end of the first walks, and of those that go on, in units of what a change mostly does.
const HOT: (f64, f64) = (2.0, 0.01);
const WARM: (f64, f64) = (0.15, 0.002);
/// What a whole limit that is not kept weighs, in the same units.
const PENALTY: (f64, f64) = (20.0, 60.0);

/// The same for any question.
pub(super) fn seek(question: Question<'_>, starts: &[Draft], effort: Effort) -> (Option<Found>, u64) {
    let space = question.judge.space;
    let first = starts.first().cloned().unwrap_or_else(|| start::soonest(space));
    let mut walker = Walker::of(question, &first);
    let changes = Changes::of(space, None);
    let scale = Scale::of(&mut walker, &changes, &mut Dice::of(effort.seed, "scale"), 120.min(effort.plans.div_ceil(20)));
    // A third of the work from all starts, the best of them if there are too many.
    let mut begun = start::all(&mut walker, starts, effort);
    let each = effort.plans.div_ceil(3).div_ceil(u64::try_from(begun.len().max(1)).unwrap_or(1)).max(SHORTEST);
    begun.truncate(usize::try_from(effort.plans.div_ceil(3).div_ceil(each)).unwrap_or(usize::MAX).max(2));
    let walks = |begun: Vec<start::Begun>, heat: (f64, f64), plans: u64, stage: &str| -> Vec<(Found, u64)> {
        let walk = |(i, begun): (usize, start::Begun)| {
            let mut walker = Walker::of(question, &begun.draft);
            let changes = Changes::of(space, begun.only.as_deref());
            let mut dice = Dice::of(effort.seed, &format!("{stage} {i}"));
            let mut best: Option<Found> = None;
            // What keeps no limit at the end is tried again with limits that weigh more.
            for harder in [1.0, 4.0] {
                let penalty = (PENALTY.0 * harder, PENALTY.1 * harder);
                let found = anneal(&mut walker, &changes, (scale, Cooling { heat, penalty, plans }), &mut dice);
                let achievable = found.standing.over <= 0.0 && found.standing.short <= 0.0;
                walker.tell(&found);
                if best.as_ref().is_none_or(|best| found.beats(best)) {
                    best = Some(found);
                }
                if achievable || walker.is_stopped() {
                    break;
                }
            }
            best.map(|best| (best, walker.tried))
        };
        begun.into_par_iter().enumerate().filter_map(walk).collect()
    };
    let mut tried = walker.tried;
    let mut found = walks(begun, HOT, each, "first");
    tried += found.iter().map(|(_, tried)| tried).sum::<u64>();
    found.sort_by(|a, b| order(&a.0, &b.0));
    found.dedup_by(|a, b| a.0.draft == b.0.draft);
    found.truncate(KEPT);

    // Half of it from the best of these.
    let each = effort.plans.div_ceil(2).div_ceil(u64::try_from(found.len().max(1)).unwrap_or(1));
    let on = found.iter().map(|(found, _)| start::Begun { draft: found.draft.clone(), only: None }).collect();
    let warm = walks(on, WARM, each.max(SHORTEST), "second");
    tried += warm.iter().map(|(_, tried)| tried).sum::<u64>();
    found.extend(warm);
    found.sort_by(|a, b| order(&a.0, &b.0));

    // The rest downhill.
    let before = walker.tried;
    found.dedup_by(|a, b| a.0.draft == b.0.draft);
    found.truncate(KEPT);
    let plans = effort.plans.saturating_sub(tried).max(effort.plans.div_ceil(6));
    let each = plans.div_ceil(u64::try_from(found.len().max(1)).unwrap_or(1));
    let mut low: Vec<Found> = found.into_iter().map(|(found, _)| descend(&mut walker, &changes, found, each)).collect();
    low.sort_by(order);
    let best = low.into_iter().next();
    best.iter().for_each(|best| walker.tell(best));
    (best, tried + walker.tried - before)
}

/// Goes on at low heat from drafts that the relaxation gives and from what was found, with half as much work again; the best
/// of all, and plans tried in all.
pub(super) fn guided(
    question: Question<'_>,
    (found, tried): (Option<Found>, u64),
    guides: &[Draft],
    effort: Effort,
) -> (Option<Found>, u64) {
    if guides.is_empty() || question.judge.is_stopped() {
        return (found, tried);
    }
    let space = question.judge.space;
    let mut walker = Walker::of(question, &guides[0]);
    let changes = Changes::of(space, None);
    let scale = Scale::of(&mut walker, &changes, &mut Dice::of(effort.seed, "scale"), 120.min(effort.plans.div_ceil(20)));
    let begun: Vec<&Draft> = guides.iter().chain(found.iter().map(|found| &found.draft)).collect();
    let plans = effort.plans.div_ceil(2).div_ceil(u64::try_from(begun.len()).unwrap_or(1)).max(SHORTEST);
    let walk = |(i, draft): (usize, &Draft)| {
        let mut walker = Walker::of(question, draft);
        let mut dice = Dice::of(effort.seed, &format!("guided {i}"));
        let walked = anneal(&mut walker, &changes, (scale, Cooling { heat: WARM, penalty: PENALTY, plans }), &mut dice);
        walker.tell(&walked);
        let low = descend(&mut walker, &changes, walked, plans.div_ceil(4));
        walker.tell(&low);
        (low, walker.tried)
    };
    let walked: Vec<(Found, u64)> = begun.into_par_iter().enumerate().map(walk).collect();
    let tried = tried + walker.tried + walked.iter().map(|(_, tried)| tried).sum::<u64>();
    let best = walked.into_iter().map(|(found, _)| found).chain(found).min_by(order);
    (best, tried)
}

fn order(one: &Found, other: &Found) -> Ordering {
    if one.beats(other) {
        Ordering::Less
    } else if other.beats(one) {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}
