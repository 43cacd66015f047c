//! Looking for a good roadmap: from a start, the best single change again and again.

use super::question::{Effort, Goal};
use super::{Draft, Judge, Judged};

/// What a draft is worth: the less the better. Limits first, then what the goal asks for besides, then the goal.
pub(super) fn rank(goal: Goal, judged: &Judged) -> (usize, f64, f64) {
    (judged.broken.len(), goal.short(&judged.realised), goal.of(&judged.realised))
}

/// The best draft found from some starts, and how many were tried; the best may break limits.
#[must_use]
pub fn search(judge: &Judge<'_>, goal: Goal, starts: &[Draft], effort: Effort) -> (Option<(Draft, Judged)>, u64) {
    let mut tried = 0;
    let mut best: Option<(Draft, Judged)> = None;
    for start in starts {
        let mut at = (start.clone(), judge.judge(start));
        tried += 1;
        let mut moved = true;
        while moved && tried < effort.plans {
            moved = false;
            for next in neighbours(judge, &at.0) {
                let judged = judge.judge(&next);
                tried += 1;
                if rank(goal, &judged) < rank(goal, &at.1) {
                    at = (next, judged);
                    moved = true;
                }
            }
        }
        if best.as_ref().is_none_or(|(_, judged)| rank(goal, &at.1) < rank(goal, judged)) {
            best = Some(at);
        }
    }
    (best, tried)
}

/// Drafts that differ in one choice.
fn neighbours(judge: &Judge<'_>, draft: &Draft) -> Vec<Draft> {
    let mut all = Vec::new();
    for (i, place) in judge.space.places.iter().enumerate() {
        let stays = place.may_stay.then_some(None);
        for choice in (0..place.choices.len()).map(Some).chain(stays).filter(|c| *c != draft.moves[i]) {
            let mut next = draft.clone();
            next.moves[i] = choice;
            all.push(next);
        }
    }
    for (i, offer) in judge.space.offers.iter().enumerate() {
        let lacks = offer.may_lack.then_some(None);
        for date in (0..offer.dates.len()).map(Some).chain(lacks).filter(|d| *d != draft.links[i]) {
            let mut next = draft.clone();
            next.links[i] = date;
            all.push(next);
        }
    }
    all
}
