//! Changes that a search tries: one place, two that swap dates, all that leave or join a system together, links.

use super::dice::Dice;
use super::walker::Walker;
use crate::optimiser::{Choice, Place, Space};
use crate::programme::InstanceIx;
use crate::quantity::Month;

/// What there is to change, put in order once.
#[derive(Debug)]
pub(super) struct Changes<'a> {
    space: &'a Space,
    /// By place, its targets with the choices for each, by date.
    targets: Vec<Vec<(InstanceIx, Vec<usize>)>>,
    /// Places that leave one system.
    groups: Vec<(InstanceIx, Vec<usize>)>,
    /// All targets.
    systems: Vec<InstanceIx>,
    /// Offers that may change.
    offers: Vec<usize>,
}

impl<'a> Changes<'a> {
    /// Of a space, to some targets only where these are given and a place has one of them.
    pub(super) fn of(space: &'a Space, only: Option<&[InstanceIx]>) -> Self {
        let mut groups: Vec<(InstanceIx, Vec<usize>)> = Vec::new();
        let mut systems = Vec::new();
        let mut targets = Vec::new();
        for (at, place) in space.places.iter().enumerate() {
            let mut own = by_target(place);
            let meant = |to: &InstanceIx| only.is_none_or(|only| only.contains(to));
            if place.may_stay || own.iter().any(|(to, _)| meant(to)) {
                own.retain(|(to, _)| meant(to));
            }
            systems.extend(own.iter().map(|(to, _)| *to));
            match groups.iter_mut().find(|(from, _)| *from == place.from) {
                Some((_, places)) => places.push(at),
                None => groups.push((place.from, vec![at])),
            }
            targets.push(own);
        }
        systems.sort_unstable();
        systems.dedup();
        let offers =
            (0..space.offers.len()).filter(|o| space.offers[*o].dates.len() + usize::from(space.offers[*o].may_lack) > 1);
        Self { space, targets, groups, systems, offers: offers.collect() }
    }

    pub(super) fn space(&self) -> &'a Space {
        self.space
    }

    /// Places that leave one system, by system.
    pub(super) fn groups(&self) -> &[(InstanceIx, Vec<usize>)] {
        &self.groups
    }

    /// All targets.
    pub(super) fn systems(&self) -> &[InstanceIx] {
        &self.systems
    }

    /// The targets of a place with the choices for each.
    pub(super) fn targets(&self, place: usize) -> &[(InstanceIx, Vec<usize>)] {
        &self.targets[place]
    }

    fn chosen(&self, walker: &Walker<'_>, place: usize) -> Option<Choice> {
        walker.draft().moves[place].map(|c| self.space.places[place].choices[c])
    }

    /// The choices of a place for a target.
    fn dates(&self, place: usize, to: InstanceIx) -> Option<&[usize]> {
        self.targets[place].iter().find(|(t, _)| *t == to).map(|(_, choices)| choices.as_slice())
    }

    /// The choice of a place for a target that goes live closest to a month, the later of two.
    pub(super) fn nearest(&self, place: usize, to: InstanceIx, month: Month) -> Option<usize> {
        let choices = &self.space.places[place].choices;
        let dates = self.dates(place, to)?;
        let next = dates.partition_point(|c| choices[*c].go_live < month);
        let (after, before) = (dates.get(next), next.checked_sub(1).map(|at| &dates[at]));
        match (before, after) {
            (Some(b), Some(a)) => {
                let closer = month.months_since(choices[*b].go_live) < choices[*a].go_live.months_since(month);
                Some(if closer { *b } else { *a })
            }
            (one, other) => one.or(other).copied(),
        }
    }

    /// A choice at random; `None` where there is none.
    pub(super) fn any(&self, place: usize, dice: &mut Dice) -> Option<usize> {
        let targets = &self.targets[place];
        let (_, dates) = targets.get(dice.below(targets.len())?)?;
        dates.get(dice.below(dates.len())?).copied()
    }

    /// Changes a walker at random.
    pub(super) fn one(&self, walker: &mut Walker<'_>, dice: &mut Dice) {
        let places = self.space.places.len();
        let link = if places == 0 { 1.0 } else { 0.06 };
        let kind = dice.unit();
        if !self.offers.is_empty() && kind < link {
            self.link(walker, dice);
        } else if places == 0 {
        } else if kind < 0.52 || places == 1 {
            if let Some(place) = dice.below(places) {
                self.single(walker, place, dice);
            }
        } else if kind < 0.76 {
            self.swap(walker, dice);
        } else if kind < 0.88 {
            self.leave(walker, dice);
        } else if kind < 0.96 {
            self.retarget(walker, dice);
        } else {
            self.shift(walker, dice);
        }
    }

    fn link(&self, walker: &mut Walker<'_>, dice: &mut Dice) {
        let Some(offer) = dice.below(self.offers.len()).map(|at| self.offers[at]) else { return };
        let own = &self.space.offers[offer];
        let now = walker.draft().links[offer];
        let next = if own.may_lack && now.is_some() && dice.unit() < 0.3 {
            None
        } else {
            match now.filter(|_| dice.unit() < 0.6) {
                Some(at) => Some(stepped(at, own.dates.len(), dice)),
                None => dice.below(own.dates.len()),
            }
        };
        if next.is_some() || own.may_lack {
            walker.set(self.space.places.len() + offer, next);
        }
    }

    /// One place: another date, another target, stays, or comes along.
    fn single(&self, walker: &mut Walker<'_>, place: usize, dice: &mut Dice) {
        let own = &self.space.places[place];
        let Some(now) = self.chosen(walker, place) else {
            let next = self.any(place, dice);
            if next.is_some() {
                walker.set(place, next);
            }
            return;
        };
        let kind = dice.unit();
        let next = if kind < 0.55 {
            let dates = self.dates(place, now.to).unwrap_or_default();
            let at = dates.iter().position(|c| own.choices[*c] == now);
            match at {
                Some(at) => Some(dates[stepped(at, dates.len(), dice)]),
                None => self.any(place, dice),
            }
        } else if kind < 0.70 {
            self.dates(place, now.to).and_then(|dates| dice.below(dates.len()).map(|at| dates[at]))
        } else if kind < 0.90 {
            let at = dice.below(self.targets[place].len());
            at.and_then(|at| self.nearest(place, self.targets[place][at].0, now.go_live))
        } else if kind < 0.95 && own.may_stay {
            walker.set(place, None);
            return;
        } else {
            self.any(place, dice)
        };
        if next.is_some() {
            walker.set(place, next);
        }
    }

    /// Two places swap dates; if one of them stays, they change roles.
    fn swap(&self, walker: &mut Walker<'_>, dice: &mut Dice) {
        let places = self.space.places.len();
        let (Some(one), Some(other)) = (dice.below(places), dice.below(places)) else { return };
        match (self.chosen(walker, one), self.chosen(walker, other)) {
            (Some(a), Some(b)) if one != other => {
                walker.set(one, self.nearest(one, a.to, b.go_live).or(walker.draft().moves[one]));
                walker.set(other, self.nearest(other, b.to, a.go_live).or(walker.draft().moves[other]));
            }
            (Some(a), None) if self.space.places[one].may_stay => self.exchange(walker, (one, a), other, dice),
            (None, Some(b)) if self.space.places[other].may_stay => self.exchange(walker, (other, b), one, dice),
            _ => {}
        }
    }

    fn exchange(&self, walker: &mut Walker<'_>, (goes, how): (usize, Choice), stays: usize, dice: &mut Dice) {
        let next = self.nearest(stays, how.to, how.go_live).or_else(|| self.any(stays, dice));
        if next.is_some() {
            walker.set(goes, None);
            walker.set(stays, next);
        }
    }

    /// All that leave one system: stay, go to one target by one date, go some quarters earlier or later, or the last of
    /// them goes with the others.
    fn leave(&self, walker: &mut Walker<'_>, dice: &mut Dice) {
        let Some((_, places)) = dice.below(self.groups.len()).map(|at| &self.groups[at]) else { return };
        let kind = dice.unit();
        if kind < 0.12 {
            for &place in places.iter().filter(|p| self.space.places[**p].may_stay) {
                walker.set(place, None);
            }
        } else if kind < 0.5 {
            let Some(at) = dice.below(places.len()) else { return };
            let as_one = |walker: &Walker<'_>, dice: &mut Dice| match self.chosen(walker, places[at]) {
                Some(choice) if dice.unit() < 0.5 => Some(choice),
                _ => self.any(places[at], dice).map(|c| self.space.places[places[at]].choices[c]),
            };
            let Some(choice) = as_one(walker, dice) else { return };
            self.all_to(walker, places, choice);
        } else if kind < 0.75 {
            self.push(walker, places, dice);
        } else {
            let moving = places.iter().filter_map(|p| Some((self.chosen(walker, *p)?.go_live, *p)));
            let mut moving: Vec<(Month, usize)> = moving.collect();
            moving.sort_unstable();
            if let [.., (before, _), (_, last)] = moving[..]
                && let Some(choice) = self.chosen(walker, last)
            {
                walker.set(last, self.nearest(last, choice.to, before).or(walker.draft().moves[last]));
            }
        }
    }

    /// Some places go to one target, as close to a date as they can.
    pub(super) fn all_to(&self, walker: &mut Walker<'_>, places: &[usize], choice: Choice) {
        for &place in places {
            let next = self.nearest(place, choice.to, choice.go_live);
            if next.is_some() {
                walker.set(place, next);
            }
        }
    }

    /// Some places go so many quarters earlier or later.
    fn push(&self, walker: &mut Walker<'_>, places: &[usize], dice: &mut Dice) {
        let months = 3 * dice.step(3);
        for &place in places {
            if let Some(choice) = self.chosen(walker, place) {
                let next = self.nearest(place, choice.to, choice.go_live.plus(months));
                walker.set(place, next.or(walker.draft().moves[place]));
            }
        }
    }

    /// All that go to one system, or only those of them that leave one, go to another.
    fn retarget(&self, walker: &mut Walker<'_>, dice: &mut Dice) {
        let systems = self.systems.len();
        let (Some(old), Some(new)) = (dice.below(systems), dice.below(systems)) else { return };
        let only = if dice.unit() < 0.5 { dice.below(self.groups.len()).map(|at| self.groups[at].0) } else { None };
        for (place, own) in self.space.places.iter().enumerate() {
            let Some(choice) = self.chosen(walker, place) else { continue };
            if choice.to == self.systems[old] && only.is_none_or(|from| own.from == from) {
                let next = if old == new {
                    if own.may_stay { None } else { walker.draft().moves[place] }
                } else {
                    self.nearest(place, self.systems[new], choice.go_live).or(walker.draft().moves[place])
                };
                walker.set(place, next);
            }
        }
    }

    /// All that go to one system go some quarters earlier or later.
    fn shift(&self, walker: &mut Walker<'_>, dice: &mut Dice) {
        let Some(system) = dice.below(self.systems.len()).map(|at| self.systems[at]) else { return };
        let to = |place: &usize| self.chosen(walker, *place).is_some_and(|c| c.to == system);
        let places: Vec<usize> = (0..self.space.places.len()).filter(to).collect();
        self.push(walker, &places, dice);
    }
}

/// The choices of a place by target.
fn by_target(place: &Place) -> Vec<(InstanceIx, Vec<usize>)> {
    let mut all: Vec<(InstanceIx, Vec<usize>)> = Vec::new();
    for (at, choice) in place.choices.iter().enumerate() {
        match all.iter_mut().find(|(to, _)| *to == choice.to) {
            Some((_, choices)) => choices.push(at),
            None => all.push((choice.to, vec![at])),
        }
    }
    for (_, choices) in &mut all {
        choices.sort_by_key(|c| place.choices[*c].go_live);
    }
    all
}

/// A position up to three steps away.
fn stepped(at: usize, count: usize, dice: &mut Dice) -> usize {
    let step = dice.step(3);
    let by = usize::try_from(step.unsigned_abs()).unwrap_or(0);
    if step < 0 { at.saturating_sub(by) } else { (at + by).min(count - 1) }
}
