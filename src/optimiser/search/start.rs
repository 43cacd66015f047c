//! Where walks begin.

use super::changes::Changes;
use super::descent::largest;
use super::dice::Dice;
use super::order;
use super::walker::{Found, Walker};
use crate::optimiser::{Draft, Effort, Space};
use crate::programme::InstanceIx;

/// A draft to begin with, and the targets that a walk keeps to.
#[derive(Debug, Clone)]
pub(super) struct Begun {
    pub(super) draft: Draft,
    pub(super) only: Option<Vec<InstanceIx>>,
}

/// Everything that must be done, as soon as it may be; nothing else.
pub(super) fn soonest(space: &Space) -> Draft {
    let first = |choices: usize, stays: bool| (choices > 0 && !stays).then_some(0);
    Draft {
        moves: space.places.iter().map(|p| first(p.choices.len(), p.may_stay)).collect(),
        links: space.offers.iter().map(|o| first(o.dates.len(), o.may_lack)).collect(),
    }
}

/// Big targets of which every subset is tried.
const BIG: usize = 6;
/// Dates tried of a place before it takes the last.
const LATER: usize = 8;

/// Drafts to begin with, the best first: those that are known, the least that must be done, everything as soon as it may
/// be, and for each subset of the largest targets everything to those, one after the other where limits allow.
pub(super) fn all(walker: &mut Walker<'_>, known: &[Draft], effort: Effort) -> Vec<Begun> {
    let space = walker.question.judge.space;
    let free = Changes::of(space, None);
    let everything =
        Draft { moves: space.places.iter().map(|p| (!p.choices.is_empty()).then_some(0)).collect(), ..soonest(space) };
    let mut begun: Vec<Begun> =
        known.iter().cloned().chain([soonest(space), everything]).map(|draft| Begun { draft, only: None }).collect();
    let big = largest(&free, BIG);
    let room = effort.plans.div_ceil(4);
    let before = walker.tried;
    // Small subsets first: a plan with few systems is mostly the cheaper.
    let mut subsets: Vec<u32> = (1..1_u32 << big.len()).collect();
    subsets.sort_by_key(|s| (s.count_ones(), *s));
    for subset in subsets {
        if walker.tried - before > room || walker.is_stopped() {
            break;
        }
        let only: Vec<InstanceIx> = (0..big.len()).filter(|i| subset >> i & 1 == 1).map(|i| big[i]).collect();
        let mut dice = Dice::of(effort.seed, &format!("start {subset}"));
        let changes = Changes::of(space, Some(&only));
        let draft = listed(walker, &changes, &mut dice);
        begun.push(Begun { draft, only: Some(only) });
    }
    let mut ranked: Vec<(Found, Begun)> = begun
        .into_iter()
        .map(|begun| {
            walker.take(&begun.draft);
            (Found { draft: begun.draft.clone(), standing: walker.stand() }, begun)
        })
        .collect();
    ranked.sort_by(|a, b| order(&a.0, &b.0));
    ranked.into_iter().map(|(_, begun)| begun).collect()
}

/// Everything in random order, each as soon as limits allow (list scheduling).
fn listed(walker: &mut Walker<'_>, changes: &Changes<'_>, dice: &mut Dice) -> Draft {
    let space = changes.space();
    walker.take(&soonest(space));
    let mut places: Vec<(f64, usize)> = (0..space.places.len()).map(|p| (dice.unit(), p)).collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut over = walker.stand().over;
    for (_, place) in places {
        let targets = changes.targets(place);
        let Some((_, dates)) = dice.below(targets.len()).map(|at| &targets[at]) else { continue };
        let step = dates.len().div_ceil(LATER).max(1);
        for choice in dates.iter().step_by(step) {
            walker.set(place, Some(*choice));
            let next = walker.stand().over;
            if next <= over + 1e-9 {
                over = next;
                walker.keep();
                break;
            }
        }
        if walker.changed() {
            if space.places[place].may_stay {
                walker.take_back();
            } else {
                over = walker.stand().over;
                walker.keep();
            }
        }
    }
    walker.draft().clone()
}
