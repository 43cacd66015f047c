//! What limits cost: what the best plan would gain without one, and what would have to give where no plan is achievable.

use super::{Best, Breach, Draft, Effort, Goal, Judge, Space, Status, answer};
use crate::outcome::Purses;
use crate::plan::Plan;
use crate::programme::{Freedom, OrganisationIx, Programme, RoleIx};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Limits that are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The team of a role, or its teams of bodies, in every quarter.
    Team(RoleIx),
    /// Services that go live in a quarter.
    GoLives,
    /// Users who go live in a quarter.
    Users,
    /// The last quarter in which something goes live.
    Latest,
    /// A stretch in which nothing goes live, by position.
    Freeze(usize),
    /// What services wait for: a rule, by position.
    Order(usize),
    /// Money of a body, in every year.
    Funding(OrganisationIx),
}

/// How far limits are relaxed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relaxed {
    /// As if there were none.
    Wholly,
    /// A tenth more than there is, or than what is decided already takes if that is more.
    ByTenth,
    /// One more, where services are counted, and one later, where quarters are.
    ByOne,
}

/// What relaxing a group of limits would gain.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    /// Limits.
    pub group: Group,
    /// How far they are relaxed.
    pub relaxed: Relaxed,
    /// What the goal would gain over the plan that prices are measured from, in pounds or points; never below 0, since that plan
    /// stays achievable. `None` where there is no plan at hand, or none was found.
    pub gain: Option<f64>,
    /// What became of the wider question.
    pub status: Status,
    /// The plan that gains it, where one does.
    pub best: Option<Best>,
}

/// What relaxing each group of limits would gain.
#[derive(Debug, Clone, PartialEq)]
pub struct Prices {
    /// The plan that gains are measured from: the best there was, or a better one within all limits that a search came upon.
    /// `None` where there was none.
    pub base: Option<Best>,
    /// By group and way.
    pub all: Vec<Price>,
}

/// What would make a case possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Needed {
    /// Limits that would have to give, and no others.
    pub group: Group,
    /// A plan that is achievable then.
    pub best: Best,
    /// By how much it goes beyond the limits as they are: the limits that it breaks.
    pub beyond: Vec<Breach>,
}

impl Group {
    /// The groups that a case has.
    #[must_use]
    pub fn all(judge: &Judge<'_>) -> Vec<Self> {
        let (programme, limits) = (judge.programme, &judge.limits);
        let teams: BTreeSet<Self> = limits.teams.keys().map(|team| Self::Team(team.role)).collect();
        let money: BTreeSet<Self> = limits.short.iter().map(|(budget, _)| Self::Funding(budget.body)).collect();
        let mut all: Vec<Self> = teams.into_iter().collect();
        all.extend(limits.go_lives.map(|_| Self::GoLives));
        all.extend(limits.users.map(|_| Self::Users));
        all.extend(programme.optimise.latest.map(|_| Self::Latest));
        all.extend((0..programme.freezes.len()).map(Self::Freeze));
        let waits = |rule: &usize| {
            let rule = &programme.precedence[*rule];
            rule.after.is_some() || rule.not_before.is_some()
        };
        all.extend((0..programme.precedence.len()).filter(waits).map(Self::Order));
        all.extend(money);
        all
    }

    /// How far it can be relaxed.
    fn ways(self) -> &'static [Relaxed] {
        match self {
            Self::Freeze(_) | Self::Order(_) => &[Relaxed::Wholly],
            Self::GoLives | Self::Latest => &[Relaxed::ByOne, Relaxed::Wholly],
            Self::Team(_) | Self::Users | Self::Funding(_) => &[Relaxed::ByTenth, Relaxed::Wholly],
        }
    }

    /// The case with what is part of it and not of the limits relaxed.
    fn freed(self, programme: &Programme, relaxed: Relaxed) -> Option<Programme> {
        let mut freed = programme.clone();
        match self {
            Self::Freeze(at) => drop(freed.freezes.remove(at)),
            // It keeps its place, so that others are known by theirs.
            Self::Order(at) => (freed.precedence[at].after, freed.precedence[at].not_before) = (None, None),
            Self::Latest => {
                let later = freed.optimise.latest.filter(|_| relaxed == Relaxed::ByOne).map(|month| month.plus(3));
                freed.optimise.latest = later;
            }
            _ => return None,
        }
        Some(freed)
    }

    /// Relaxes the limits of a judge.
    fn relax(self, judge: &mut Judge<'_>, relaxed: Relaxed) {
        let whole = relaxed == Relaxed::Wholly;
        let limits = &mut judge.limits;
        match self {
            Self::Team(role) if whole => limits.teams.retain(|team, _| team.role != role),
            Self::Team(role) => {
                limits.teams.iter_mut().filter(|(team, _)| team.role == role).for_each(|(_, most)| *most *= 1.1);
            }
            Self::GoLives => limits.go_lives = limits.go_lives.filter(|_| !whole).map(|most| most + 1),
            Self::Users => limits.users = limits.users.filter(|_| !whole).map(|most| most * 1.1),
            Self::Funding(body) => {
                let purses = Purses::of(judge.programme, judge.values);
                for (budget, most) in limits.short.iter_mut().filter(|(budget, _)| budget.body == body) {
                    *most = if whole { f64::INFINITY } else { *most + 0.1 * purses.at(*budget).all() };
                }
            }
            Self::Order(at) => limits.order.retain(|(rule, ..)| *rule != at),
            Self::Freeze(_) | Self::Latest => {}
        }
    }
}

/// What relaxing each group of limits would gain, beginning with the best plan there is and others that are known. `step` is
/// called as each is done, and `ways` says how many there are.
///
/// # Method
/// The ways of a group are asked in turn, the wider beginning with what the narrower found. Searches are searches: one for a
/// limit that does not bind may come upon a plan that keeps it all the same and is better than the best there is. Gains are
/// measured from the best of these, so that no limit has a price for another search's luck.
#[must_use]
pub fn prices(
    judge: &Judge<'_>,
    (freedom, goal): (Freedom, Goal),
    (best, known): (Option<&Best>, &[Plan]),
    effort: Effort,
    step: &(dyn Fn() + Sync),
) -> Prices {
    let starts: Vec<&Plan> = best.map(|best| &best.plan).into_iter().chain(known).collect();
    let of_group = |group: &Group| {
        let mut found: Vec<(Relaxed, Option<Best>, Status)> = Vec::new();
        for relaxed in group.ways() {
            let narrower = found.iter().filter_map(|(_, best, _)| best.as_ref()).map(|best| &best.plan);
            let starts: Vec<&Plan> = narrower.chain(starts.iter().copied()).collect();
            let (best, status) = without(judge, (*group, *relaxed), (freedom, goal), &starts, effort);
            step();
            found.push((*relaxed, best, status));
        }
        found.into_iter().map(|(relaxed, best, status)| (*group, relaxed, best, status)).collect::<Vec<_>>()
    };
    let found: Vec<(Group, Relaxed, Option<Best>, Status)> = Group::all(judge).par_iter().flat_map(of_group).collect();
    let base = best.map(|best| base(judge, goal, best, found.iter().filter_map(|(_, _, found, _)| found.as_ref())));
    let worth = base.as_ref().map(|base| goal.of(&base.judged.realised));
    let price = |(group, relaxed, best, status): (Group, Relaxed, Option<Best>, Status)| {
        let gain = worth.zip(best.as_ref().map(|best| goal.of(&best.judged.realised)));
        let gain = gain.map(|(worth, found)| if is_less(found, worth) { worth - found } else { 0.0 });
        Price { group, relaxed, gain, status, best: best.filter(|_| gain.is_some_and(|gain| gain > 0.0)) }
    };
    Prices { base, all: found.into_iter().map(price).collect() }
}

/// Whether a number is less than another by more than rounding.
fn is_less(one: f64, other: f64) -> bool {
    other - one > 1e-9 * (1.0 + other.abs())
}

/// The best plan that keeps all limits as they are: the one at hand, or one that a search without some limit came upon.
fn base<'b>(judge: &Judge<'_>, goal: Goal, best: &Best, found: impl Iterator<Item = &'b Best>) -> Best {
    let mut base = best.clone();
    for other in found.filter(|other| is_less(goal.of(&other.judged.realised), goal.of(&best.judged.realised))) {
        // It may be a plan that is not offered: on a date in a freeze, say.
        let Some(draft) = judge.space.draft(&other.plan) else { continue };
        let judged = judge.judge(&draft);
        let answers = judged.achievable() && goal.is_met(&judged.realised);
        if answers && is_less(goal.of(&judged.realised), goal.of(&base.judged.realised)) {
            base = Best { plan: judge.space.plan(judge.programme, &draft), draft, judged };
        }
    }
    base
}

/// The groups of limits that a case has, with each way in which they may be relaxed.
#[must_use]
pub fn ways(judge: &Judge<'_>) -> Vec<(Group, Relaxed)> {
    Group::all(judge).into_iter().flat_map(|g| g.ways().iter().map(move |r| (g, *r))).collect()
}

/// The groups of limits each of which by itself would have to give, where no plan is achievable: with the plan that goes as
/// little beyond them as was found. Empty if no one of them is enough.
#[must_use]
pub fn needed(judge: &Judge<'_>, (freedom, goal): (Freedom, Goal), effort: Effort) -> Vec<Needed> {
    let groups = Group::all(judge);
    let one = |group: &Group| {
        let best = without(judge, (*group, Relaxed::Wholly), (freedom, goal), &[], effort).0?;
        Some(Needed { group: *group, beyond: judge.judge_plan(&best.plan).broken, best })
    };
    groups.par_iter().filter_map(one).collect()
}

/// The best plan if a group of limits were relaxed, and what is known of it.
fn without(
    judge: &Judge<'_>,
    (group, relaxed): (Group, Relaxed),
    (freedom, goal): (Freedom, Goal),
    known: &[&Plan],
    effort: Effort,
) -> (Option<Best>, Status) {
    let freed = group.freed(judge.programme, relaxed);
    let programme = freed.as_ref().unwrap_or(judge.programme);
    let option = judge.space.option;
    let space = Space::of(programme, option, freedom, judge.values);
    let mut other = Judge::of(programme, &space, judge.values).watched(judge.watch().quietly());
    other.limits = judge.limits.clone();
    group.relax(&mut other, relaxed);
    let known: Vec<Draft> = known.iter().filter_map(|plan| space.draft(&Plan { option, ..(*plan).clone() })).collect();
    let found = answer(&other, goal, &known, effort);
    (found.best, found.status)
}
