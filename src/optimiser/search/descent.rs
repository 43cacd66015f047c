//! Going down: one place after the other, all that leave a system together, and two places at a time, as long as it helps.

use super::changes::Changes;
use super::walker::{Found, Walker};
use crate::programme::InstanceIx;

/// Descends from a draft until nothing helps any more or so many plans were tried.
pub(super) fn descend(walker: &mut Walker<'_>, changes: &Changes<'_>, start: Found, plans: u64) -> Found {
    walker.take(&start.draft);
    let mut descent = Descent { changes, best: start, end: walker.tried + plans };
    while descent.singles(walker) || descent.groups(walker) || descent.pairs(walker) {
        if descent.is_over(walker) {
            break;
        }
    }
    descent.best
}

struct Descent<'a> {
    changes: &'a Changes<'a>,
    best: Found,
    end: u64,
}

/// Choices looked at of each of two places at most.
const NEAR: usize = 14;

impl Descent<'_> {
    fn is_over(&self, walker: &Walker<'_>) -> bool {
        walker.tried >= self.end || walker.is_stopped()
    }

    /// Keeps the walker's draft if it is better than the best; otherwise takes it back.
    fn settle(&mut self, walker: &mut Walker<'_>) -> bool {
        if !walker.changed() {
            return false;
        }
        let found = Found { standing: walker.stand(), draft: walker.draft().clone() };
        let better = found.beats(&self.best);
        if better {
            walker.keep();
            self.best = found;
        } else {
            walker.take_back();
        }
        better
    }

    /// Every choice of every place, and every date of every link.
    fn singles(&mut self, walker: &mut Walker<'_>) -> bool {
        let space = self.changes.space();
        let mut any = false;
        for at in 0..space.places.len() + space.offers.len() {
            for choice in self.all(at) {
                if self.is_over(walker) {
                    return any;
                }
                walker.set(at, choice);
                any |= self.settle(walker);
            }
        }
        any
    }

    fn all(&self, at: usize) -> Vec<Option<usize>> {
        let space = self.changes.space();
        let (count, none) = match at.checked_sub(space.places.len()) {
            None => (space.places[at].choices.len(), space.places[at].may_stay),
            Some(offer) => (space.offers[offer].dates.len(), space.offers[offer].may_lack),
        };
        none.then_some(None).into_iter().chain((0..count).map(Some)).collect()
    }

    /// All that leave one system stay, or go to one target by one date.
    fn groups(&mut self, walker: &mut Walker<'_>) -> bool {
        let changes = self.changes;
        let space = changes.space();
        let mut any = false;
        for (_, places) in changes.groups().iter().filter(|(_, places)| places.len() > 1) {
            for &place in places.iter().filter(|p| space.places[**p].may_stay) {
                walker.set(place, None);
            }
            any |= self.settle(walker);
            // Dates of the one that may choose among most.
            let Some(lead) = places.iter().max_by_key(|p| space.places[**p].choices.len()) else { continue };
            for choice in &space.places[*lead].choices {
                if self.is_over(walker) {
                    return any;
                }
                changes.all_to(walker, places, *choice);
                any |= self.settle(walker);
            }
        }
        any
    }

    /// Two places at a time, each to what is near to what it does.
    fn pairs(&mut self, walker: &mut Walker<'_>) -> bool {
        let space = self.changes.space();
        let count = space.places.len() + space.offers.len();
        for one in 0..count {
            for other in one + 1..count {
                let (firsts, seconds) = (self.near(one), self.near(other));
                for first in firsts {
                    for second in &seconds {
                        if self.is_over(walker) {
                            return false;
                        }
                        walker.set(one, first);
                        walker.set(other, *second);
                        if self.settle(walker) {
                            // One place at a time is tried again first.
                            return true;
                        }
                    }
                }
            }
        }
        false
    }

    /// What is near to what a place does: all if it is little; otherwise to stay, a date or two to either side, the first
    /// and the last, and other targets at about the same time.
    fn near(&self, at: usize) -> Vec<Option<usize>> {
        let all = self.all(at);
        let space = self.changes.space();
        if all.len() <= NEAR {
            return all;
        }
        let mut near: Vec<Option<usize>> = all.iter().copied().filter(Option::is_none).collect();
        let around = |own: &[usize], here: usize, near: &mut Vec<Option<usize>>| {
            let ends = [0, own.len() - 1];
            let steps = (here.saturating_sub(2)..=(here + 2).min(own.len() - 1)).chain(ends);
            near.extend(steps.map(|at| Some(own[at])));
        };
        if at < space.places.len() {
            let place = &space.places[at];
            let now = self.best.draft.moves[at].map(|c| place.choices[c]);
            for (to, dates) in self.changes.targets(at) {
                match now {
                    Some(now) if now.to == *to => {
                        let here = dates.iter().position(|c| place.choices[*c] == now).unwrap_or(0);
                        around(dates, here, &mut near);
                    }
                    Some(now) => near.push(self.changes.nearest(at, *to, now.go_live)),
                    None => near.extend([dates.first(), dates.last()].into_iter().map(Option::<&usize>::copied)),
                }
            }
        } else {
            let own: Vec<usize> = all.iter().copied().flatten().collect();
            let now = self.best.draft.links[at - space.places.len()].unwrap_or(0);
            around(&own, now, &mut near);
        }
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// The targets that most may go to, the first the most, at most so many.
pub(super) fn largest(changes: &Changes<'_>, most: usize) -> Vec<InstanceIx> {
    let reach =
        |to: &InstanceIx| (0..changes.space().places.len()).filter(|p| changes.targets(*p).iter().any(|(t, _)| t == to)).count();
    let mut all: Vec<InstanceIx> = changes.systems().to_vec();
    all.sort_by_key(|to| std::cmp::Reverse(reach(to)));
    all.truncate(most);
    all
}
