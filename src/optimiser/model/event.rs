//! Events that follow from choices: the first of some moves, the last, all of them.

use super::Builder;
use crate::solver::{Terms, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// Choices of one place with the month in which each lets something happen.
pub(super) type Member = Vec<(Variable, i32)>;

/// `E[m]` for each month m in which the event can be, in order: 1 if it has happened by then.
pub(super) struct Happened {
    pub(super) months: Vec<i32>,
    pub(super) by: Vec<Variable>,
}

impl Happened {
    /// Books what it costs by the month in which it happens; nothing if it never does.
    pub(super) fn cost(&self, builder: &mut Builder, pounds: &[f64]) {
        for (j, variable) in self.by.iter().enumerate() {
            // It is 1 from its month on: what is paid then is taken back with the next.
            let next = pounds.get(j + 1).copied().unwrap_or(0.0);
            builder.cost(*variable, pounds[j] - next);
        }
    }

    /// Whether it has happened by a month; `None` before it can have.
    pub(super) fn at(&self, month: usize) -> Option<Variable> {
        let month = i32::try_from(month).unwrap_or(i32::MAX);
        self.months.iter().rposition(|m| *m <= month).map(|j| self.by[j])
    }

    /// How much of something it brings by month, as terms for a constraint.
    pub(super) fn terms(&self, amounts: &[f64]) -> Terms {
        let next = |j: usize| amounts.get(j + 1).copied().unwrap_or(0.0);
        let all = self.by.iter().enumerate().map(|(j, v)| (*v, amounts[j] - next(j)));
        all.filter(|(_, amount)| *amount != 0.0).collect()
    }
}

fn months(members: &[Member]) -> Vec<i32> {
    members.iter().flatten().map(|(_, month)| *month).collect::<BTreeSet<i32>>().into_iter().collect()
}

fn up_to(member: &Member, month: i32) -> impl Iterator<Item = Variable> {
    member.iter().filter(move |(_, m)| *m <= month).map(|(v, _)| *v)
}

/// The first of all.
///
/// ```text
/// E[m] >= sum of x of one member up to m       for each member
/// E[m] <= sum of x of all members up to m
/// ```
pub(super) fn first(builder: &mut Builder, name: &str, members: &[Member]) -> Happened {
    let months = months(members);
    let mut by = Vec::with_capacity(months.len());
    for &month in &months {
        let happened = builder.variable(format!("{name}_{month}"), 0.0, 1.0);
        let mut any: Terms = vec![(happened, 1.0)];
        for member in members {
            let mut terms: Terms = up_to(member, month).map(|v| (v, 1.0)).collect();
            if terms.is_empty() {
                continue;
            }
            any.extend(terms.iter().map(|(v, _)| (*v, -1.0)));
            terms.push((happened, -1.0));
            builder.at_most(format!("{name}_least"), terms, 0.0);
        }
        builder.at_most(format!("{name}_most"), any, 0.0);
        if builder.is_in_steps()
            && let Some(before) = by.last()
        {
            builder.at_most("still_happened", vec![(*before, 1.0), (happened, -1.0)], 0.0);
        }
        by.push(happened);
    }
    Happened { months, by }
}

/// The last of all that happen: it has happened by a month if some have and none comes after.
pub(super) fn last(builder: &mut Builder, name: &str, members: &[Member]) -> Happened {
    // Seen from the end it is the first; what has not begun to come, seen so, has happened.
    let turned: Vec<Member> = members.iter().map(|m| m.iter().map(|(v, month)| (*v, -month)).collect()).collect();
    let still = first(builder, name, &turned);
    let months: Vec<i32> = still.months.iter().rev().map(|m| -m).collect();
    let at: BTreeMap<i32, Variable> = still.months.iter().zip(&still.by).map(|(m, v)| (-m, *v)).collect();
    // One of them comes in some month if it comes at or after the first month there is.
    let any = at[&months[0]];
    let mut by = Vec::with_capacity(months.len());
    for (j, month) in months.iter().enumerate() {
        let happened = builder.variable(format!("{name}_by_{month}"), 0.0, 1.0);
        let mut terms = vec![(happened, 1.0), (any, -1.0)];
        terms.extend(months.get(j + 1).map(|next| (at[next], 1.0)));
        builder.row(format!("{name}_done"), terms, crate::solver::Relation::Exactly, 0.0);
        by.push(happened);
    }
    Happened { months, by }
}

/// All of them have happened, and nothing that prevents it ever does. Months at or after `end` are never.
///
/// ```text
/// L[m] <= sum of x of one member up to m                      for each member
/// L[m] <= 1 - sum of x of what prevents it                    for each that does
/// L[m] >= sum of x of all members up to m - (members - 1) - sum of x of all that prevent it
/// ```
pub(super) fn all(builder: &mut Builder, name: &str, members: &[Member], against: &[Vec<Variable>], end: i32) -> Happened {
    let soonest = members.iter().map(|m| m.iter().map(|(_, month)| *month).min().unwrap_or(i32::MAX)).max().unwrap_or(i32::MAX);
    let months: Vec<i32> = months(members).into_iter().filter(|m| *m >= soonest && *m < end).collect();
    let count = f64::from(u32::try_from(members.len()).unwrap_or(u32::MAX));
    let mut by = Vec::with_capacity(months.len());
    for &month in &months {
        let happened = builder.variable(format!("{name}_{month}"), 0.0, 1.0);
        let mut least: Terms = vec![(happened, 1.0)];
        for member in members {
            let mut terms: Terms = up_to(member, month).map(|v| (v, -1.0)).collect();
            least.extend(terms.iter().copied());
            terms.push((happened, 1.0));
            builder.at_most(format!("{name}_most"), terms, 0.0);
        }
        for own in against {
            let mut terms: Terms = own.iter().map(|v| (*v, 1.0)).collect();
            least.extend(terms.iter().copied());
            // In steps, whoever comes prevents the last month, and with it those before.
            if months.last() == Some(&month) || !builder.is_in_steps() {
                terms.push((happened, 1.0));
                builder.at_most(format!("{name}_against"), terms, 1.0);
            }
        }
        builder.at_least(format!("{name}_least"), least, 1.0 - count);
        if builder.is_in_steps()
            && let Some(before) = by.last()
        {
            builder.at_most("still_left", vec![(*before, 1.0), (happened, -1.0)], 0.0);
        }
        by.push(happened);
    }
    Happened { months, by }
}
