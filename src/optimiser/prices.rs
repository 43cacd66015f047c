//! What limits cost: what the best plan would gain without one, and what would have to give where no plan is achievable.

use super::{Best, Breach, Draft, Effort, Goal, Judge, Space, Team, answer};
use crate::programme::{Freedom, OptionIx, OrganisationIx, Programme, RoleIx};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Limits that are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The team of a role, that of a body or the one of all, in every quarter.
    Team(RoleIx, Option<OrganisationIx>),
    /// Services that go live in a quarter.
    GoLives,
    /// Users who go live in a quarter.
    Users,
    /// Money of a body, in every year.
    Funding(OrganisationIx),
    /// Stretches in which nothing goes live.
    Freezes,
    /// What services wait for.
    Order,
}

/// How far limits are relaxed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relaxed {
    /// As if there were none.
    Wholly,
    /// A tenth more than there is; one more, where services are counted and a tenth is less.
    ByTenth,
}

/// What relaxing a group of limits would gain.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    /// Limits.
    pub group: Group,
    /// How far they are relaxed.
    pub relaxed: Relaxed,
    /// What the goal would gain, in pounds or points; never below 0, since the plan at hand stays achievable.
    pub gain: f64,
    /// The plan that gains it, where one does.
    pub best: Option<Best>,
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
        let teams: BTreeSet<Self> = limits.teams.keys().map(|team| Self::Team(team.role, team.body)).collect();
        let money: BTreeSet<Self> = limits.short.iter().map(|(budget, _)| Self::Funding(budget.body)).collect();
        let mut all: Vec<Self> = teams.into_iter().collect();
        all.extend(limits.go_lives.map(|_| Self::GoLives));
        all.extend(limits.users.map(|_| Self::Users));
        all.extend(money);
        if !programme.freezes.is_empty() {
            all.push(Self::Freezes);
        }
        if programme.precedence.iter().any(|rule| rule.after.is_some() || rule.not_before.is_some()) {
            all.push(Self::Order);
        }
        all
    }

    /// How far it can be relaxed.
    fn ways(self) -> &'static [Relaxed] {
        match self {
            Self::Freezes | Self::Order => &[Relaxed::Wholly],
            _ => &[Relaxed::ByTenth, Relaxed::Wholly],
        }
    }

    /// The case without what is part of it and not of the limits.
    fn freed(self, programme: &Programme) -> Option<Programme> {
        let mut freed = programme.clone();
        match self {
            Self::Freezes => freed.freezes.clear(),
            Self::Order => freed.precedence.clear(),
            _ => return None,
        }
        Some(freed)
    }

    /// Relaxes the limits of a judge.
    fn relax(self, judge: &mut Judge<'_>, relaxed: Relaxed) {
        let whole = relaxed == Relaxed::Wholly;
        let limits = &mut judge.limits;
        match self {
            Self::Team(role, body) if whole => limits.teams.retain(|team, _| (team.role, team.body) != (role, body)),
            Self::Team(role, body) => {
                let own = |team: &Team| (team.role, team.body) == (role, body);
                limits.teams.iter_mut().filter(|(team, _)| own(team)).for_each(|(_, most)| *most *= 1.1);
            }
            Self::GoLives => limits.go_lives = limits.go_lives.filter(|_| !whole).map(|most| most + most.div_ceil(10)),
            Self::Users => limits.users = limits.users.filter(|_| !whole).map(|most| most * 1.1),
            Self::Funding(body) => {
                let purses = crate::outcome::Purses::of(judge.programme, judge.values);
                for (budget, most) in limits.short.iter_mut().filter(|(budget, _)| budget.body == body) {
                    *most = if whole { f64::INFINITY } else { *most + 0.1 * purses.at(*budget).all() };
                }
            }
            Self::Freezes | Self::Order => {}
        }
    }
}

/// What relaxing each group of limits would gain, beginning with the best plan there is.
#[must_use]
pub fn prices(judge: &Judge<'_>, freedom: Freedom, goal: Goal, best: &Best, effort: Effort) -> Vec<Price> {
    let ways: Vec<(Group, Relaxed)> = Group::all(judge).into_iter().flat_map(|g| g.ways().iter().map(move |r| (g, *r))).collect();
    let worth = goal.of(&best.judged.realised);
    let price = |&(group, relaxed): &(Group, Relaxed)| {
        let found = without(judge, (group, relaxed), freedom, goal, Some(best), effort);
        let gain = found.as_ref().map_or(0.0, |found| worth - goal.of(&found.judged.realised));
        // What is rounding is nothing.
        let gains = gain > 1e-9 * (1.0 + worth.abs());
        Price { group, relaxed, gain: if gains { gain } else { 0.0 }, best: found.filter(|_| gains) }
    };
    ways.par_iter().map(price).collect()
}

/// The groups of limits each of which by itself would have to give, where no plan is achievable: with the plan that goes as
/// little beyond them as was found. Empty if no one of them is enough.
#[must_use]
pub fn needed(judge: &Judge<'_>, freedom: Freedom, goal: Goal, effort: Effort) -> Vec<Needed> {
    let groups = Group::all(judge);
    let one = |group: &Group| {
        let best = without(judge, (*group, Relaxed::Wholly), freedom, goal, None, effort)?;
        Some(Needed { group: *group, beyond: judge.judge_plan(&best.plan).broken, best })
    };
    groups.par_iter().filter_map(one).collect()
}

/// The best plan if a group of limits were relaxed.
fn without(
    judge: &Judge<'_>,
    (group, relaxed): (Group, Relaxed),
    freedom: Freedom,
    goal: Goal,
    best: Option<&Best>,
    effort: Effort,
) -> Option<Best> {
    let freed = group.freed(judge.programme);
    let programme = freed.as_ref().unwrap_or(judge.programme);
    let option: OptionIx = judge.space.option;
    let space = Space::of(programme, option, freedom, judge.values);
    let mut other = Judge::of(programme, &space, judge.values);
    other.limits = judge.limits.clone();
    if group == Group::Order {
        other.limits.order.clear();
    }
    group.relax(&mut other, relaxed);
    let known: Vec<Draft> = best.and_then(|best| space.draft(&best.plan)).into_iter().collect();
    answer(&other, goal, &known, effort).best
}
