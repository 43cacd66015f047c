//! All plans, where there are few.

use super::walker::{Found, LEVEL, Question, Walker, plainer};
use crate::optimiser::{Draft, Space};
use std::cmp::Ordering;

/// The best of all drafts of a space, how many were looked at, and whether those were all: it may be stopped. `None` of the
/// first if there is none to choose.
pub(in crate::optimiser) fn every(question: Question<'_>) -> (Option<Found>, u64, bool) {
    let space = question.judge.space;
    let Some(first) = first(space) else { return (None, 0, true) };
    let mut walker = Walker::of(question, &first);
    let mut least: Option<Found> = None;
    let all = each(&mut walker, &first, |found| {
        // First what is least to the last digit, whatever it takes.
        let (a, b) = (&found.standing, least.as_ref().map(|l| l.standing));
        let less = |b: super::super::Standing| {
            a.over.total_cmp(&b.over).then(a.short.total_cmp(&b.short)).then(a.of.total_cmp(&b.of)) == Ordering::Less
        };
        if b.is_none_or(less) {
            least = Some(found);
        }
    });
    let Some(mut best) = least else { return (None, walker.tried, all) };
    let goal = best.standing;
    let level = |a: f64, b: f64| a <= b + 10.0 * LEVEL * (1.0 + b.abs());
    let again = each(&mut walker, &first, |found| {
        let own = &found.standing;
        let ties = level(own.over, goal.over) && level(own.short, goal.short) && level(own.of, goal.of);
        if ties && plainer(&found.draft, &best.draft) == Ordering::Less {
            best = found;
        }
    });
    (Some(best), walker.tried, all && again)
}

/// The draft that comes before all others.
fn first(space: &Space) -> Option<Draft> {
    let one = |none: bool, count: usize| if none { Some(None) } else { (count > 0).then_some(Some(0)) };
    let moves = space.places.iter().map(|p| one(p.may_stay, p.choices.len())).collect::<Option<_>>()?;
    let links = space.offers.iter().map(|o| one(o.may_lack, o.dates.len())).collect::<Option<_>>()?;
    Some(Draft { moves, links })
}

/// Looks at each draft in turn; whether it came to the last, and was not stopped before.
fn each(walker: &mut Walker<'_>, first: &Draft, mut look: impl FnMut(Found)) -> bool {
    let space = walker.question.judge.space;
    walker.take(first);
    let places = space.places.len();
    let count = |at: usize| match at.checked_sub(places) {
        None => space.places[at].choices.len(),
        Some(offer) => space.offers[offer].dates.len(),
    };
    loop {
        let standing = walker.stand();
        look(Found { draft: walker.draft().clone(), standing });
        // As an odometer: the first that can go on does, those before it start again.
        let mut at = 0;
        loop {
            if at == places + space.offers.len() {
                return true;
            }
            let (now, none) = match at.checked_sub(places) {
                None => (walker.draft().moves[at], first.moves[at]),
                Some(offer) => (walker.draft().links[offer], first.links[offer]),
            };
            let next = now.map_or(0, |c| c + 1);
            if next < count(at) {
                walker.set(at, Some(next));
                break;
            }
            walker.set(at, none);
            at += 1;
        }
        walker.keep();
        if walker.is_stopped() {
            return false;
        }
    }
}
