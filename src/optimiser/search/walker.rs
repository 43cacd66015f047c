//! One draft that a search changes, and how it stands: on one realisation, or over several.

use super::super::question::Goal;
use super::super::tally::{Standing, Tally};
use super::super::{Draft, Judge};
use std::cmp::Ordering;

/// What is made of a goal on several realisations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Over {
    /// Its mean.
    Mean,
    /// The number that it is below in this share of them.
    Quantile(f64),
}

/// What is searched for: limits and what the goal asks for besides hold on the values of the first judge, the goal itself on
/// those of the others where there are any.
#[derive(Debug, Clone, Copy)]
pub(in crate::optimiser) struct Question<'a> {
    pub(in crate::optimiser) judge: &'a Judge<'a>,
    pub(in crate::optimiser) goal: Goal,
    pub(in crate::optimiser) draws: &'a [Judge<'a>],
    pub(in crate::optimiser) over: Over,
}

impl<'a> Question<'a> {
    /// On the values of one judge.
    pub(in crate::optimiser) fn of(judge: &'a Judge<'a>, goal: Goal) -> Self {
        Self { judge, goal, draws: &[], over: Over::Mean }
    }

    /// Whether scores matter.
    fn scored(&self) -> bool {
        !matches!(self.goal, Goal::Cost | Goal::DualRunning)
    }
}

/// A draft, and how it stands.
#[derive(Debug)]
pub(in crate::optimiser) struct Walker<'a> {
    pub(in crate::optimiser) question: Question<'a>,
    central: Tally<'a>,
    draws: Vec<Tally<'a>>,
    /// Plans looked at.
    pub(in crate::optimiser) tried: u64,
    /// Changes since the last mark: place or, after all places, offer, and what it was.
    undo: Vec<(usize, Option<usize>)>,
}

impl<'a> Walker<'a> {
    pub(in crate::optimiser) fn of(question: Question<'a>, draft: &Draft) -> Self {
        let scored = question.scored();
        Self {
            question,
            central: Tally::of(question.judge, draft, scored),
            draws: question.draws.iter().map(|judge| Tally::of(judge, draft, scored)).collect(),
            tried: 0,
            undo: Vec::new(),
        }
    }

    pub(in crate::optimiser) fn draft(&self) -> &Draft {
        self.central.draft()
    }

    /// Follows to another draft, and marks.
    pub(in crate::optimiser) fn take(&mut self, draft: &Draft) {
        self.central.take(draft);
        self.draws.iter_mut().for_each(|tally| tally.take(draft));
        self.undo.clear();
    }

    /// Changes a place, or an offer after all places.
    pub(in crate::optimiser) fn set(&mut self, at: usize, choice: Option<usize>) {
        let places = self.question.judge.space.places.len();
        let one = |tally: &mut Tally<'_>| match at.checked_sub(places) {
            None => tally.set_move(at, choice),
            Some(offer) => tally.set_link(offer, choice),
        };
        let before = one(&mut self.central);
        if before != choice {
            self.undo.push((at, before));
            for tally in &mut self.draws {
                one(tally);
            }
        }
    }

    /// Whether to end with what there is.
    pub(super) fn is_stopped(&self) -> bool {
        self.question.judge.is_stopped()
    }

    /// Tells of a draft that was found, if it is within all limits.
    pub(super) fn tell(&self, found: &Found) {
        let Standing { over, short, npc, .. } = found.standing;
        if over <= 0.0 && short <= 0.0 {
            self.question.judge.watch().told().inspect(|watch| watch.found(npc));
        }
    }

    /// Whether something has changed since the last mark.
    pub(in crate::optimiser) fn changed(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Keeps what has changed since the last mark.
    pub(in crate::optimiser) fn keep(&mut self) {
        self.undo.clear();
    }

    /// Takes back what has changed since the last mark.
    pub(in crate::optimiser) fn take_back(&mut self) {
        let mut undo = std::mem::take(&mut self.undo);
        for (at, choice) in undo.drain(..).rev() {
            self.set(at, choice);
        }
        undo.clear();
        self.undo = undo;
    }

    /// How the draft stands.
    pub(in crate::optimiser) fn stand(&mut self) -> Standing {
        self.tried += 1;
        let goal = self.question.goal;
        let mut standing = self.central.stand(goal);
        if !self.draws.is_empty() {
            let mut all: Vec<f64> = self.draws.iter_mut().map(|tally| tally.stand(goal).of).collect();
            standing.of = self.question.over.of(&mut all);
        }
        standing
    }
}

impl Over {
    /// Of numbers, of which there are some.
    pub(in crate::optimiser) fn of(self, all: &mut [f64]) -> f64 {
        let count = f64::from(u32::try_from(all.len()).unwrap_or(u32::MAX));
        match self {
            Self::Mean => all.iter().sum::<f64>() / count,
            // On the straight line between order statistics (Hyndman and Fan 1996, definition 7).
            Self::Quantile(p) => {
                all.sort_by(f64::total_cmp);
                let at = p.clamp(0.0, 1.0) * (count - 1.0);
                let below = (0..all.len()).rfind(|i| f64::from(u32::try_from(*i).unwrap_or(u32::MAX)) <= at).unwrap_or(0);
                let share = at - f64::from(u32::try_from(below).unwrap_or(u32::MAX));
                let next = all[(below + 1).min(all.len() - 1)];
                all[below] + share * (next - all[below])
            }
        }
    }
}

/// A draft that was found.
#[derive(Debug, Clone)]
pub(in crate::optimiser) struct Found {
    pub(in crate::optimiser) draft: Draft,
    pub(in crate::optimiser) standing: Standing,
}

/// Numbers closer than this, as a share, are one.
pub(super) const LEVEL: f64 = 1e-10;

impl Found {
    /// Whether it is better than another: by limits, by what the goal asks for besides, by the goal, by how few moves and
    /// links it has, by its place in the order of drafts.
    pub(in crate::optimiser) fn beats(&self, other: &Self) -> bool {
        let order = worth(&self.standing, &other.standing);
        order.then_with(|| plainer(&self.draft, &other.draft)) == Ordering::Less
    }
}

/// Which of two stands better; the less the better.
pub(in crate::optimiser) fn worth(one: &Standing, other: &Standing) -> Ordering {
    let by =
        |a: f64, b: f64| if (a - b).abs() <= LEVEL * (1.0 + a.abs().min(b.abs())) { Ordering::Equal } else { a.total_cmp(&b) };
    by(one.over, other.over).then(by(one.short, other.short)).then(by(one.of, other.of))
}

/// Which of two drafts does less; then which comes first.
pub(in crate::optimiser) fn plainer(one: &Draft, other: &Draft) -> Ordering {
    let count = |draft: &Draft| draft.moves.iter().chain(&draft.links).flatten().count();
    count(one).cmp(&count(other)).then_with(|| one.cmp(other))
}
