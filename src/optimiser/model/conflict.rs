//! Why there is no achievable plan: limits that cannot all hold, and what would have to give.

use super::Model;
use super::program::Builder;
use crate::optimiser::{Judge, Team};
use crate::programme::ServiceIx;
use crate::quantity::Quarter;
use crate::solver::{Branching, Program, Relation, Unsolved, Variable};
use std::collections::BTreeSet;

/// A limit that the program holds plans to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// What a team can do in a quarter.
    Team(Team),
    /// How many services may go live in a quarter.
    GoLives(Quarter),
    /// How many users may.
    Users(Quarter),
    /// A rule of precedence, by position: a service after another.
    Order(usize, ServiceIx, ServiceIx),
    /// A slot of a service has to move.
    Moves(ServiceIx, usize),
}

/// A limit of a conflict, with what there is of it and what the others would need of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clash {
    /// The limit.
    pub limit: Limit,
    /// What there is: days, services or users; 0 where it is not a number.
    pub has: f64,
    /// What there would have to be for the other limits of the conflict to hold; `None` where it is not a number.
    pub needs: Option<f64>,
}

/// Limits that cannot all hold; without any one of them the others can.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Conflict {
    /// The limits. Empty where it was not found within the work, or what is in the way is no limit of the program.
    pub clashes: Vec<Clash>,
    /// Slots that have to move and cannot in any quarter.
    pub stuck: Vec<(ServiceIx, usize)>,
}

/// Nodes for one question whether some limits can hold.
const NODES: u32 = 20_000;

/// Finds limits that cannot all hold; `None` if all limits of the program can, or there are too many choices to tell.
#[must_use]
pub fn conflict(judge: &Judge<'_>) -> Option<Conflict> {
    let stuck: Vec<(ServiceIx, usize)> =
        judge.space.places.iter().filter(|p| !p.may_stay && p.choices.is_empty()).map(|p| (p.service, p.slot)).collect();
    if !stuck.is_empty() {
        return Some(Conflict { clashes: Vec::new(), stuck });
    }
    if !crate::optimiser::is_bounded(judge.space) {
        return None;
    }
    let model = Model::of(judge);
    let limits: Vec<Limit> = model.builder.limits.iter().map(|(_, limit)| *limit).collect::<BTreeSet<_>>().into_iter().collect();
    let clash = Search { builder: &model.builder };
    if clash.can_hold(&limits) {
        return None;
    }
    let found = clash.irreducible(&[], &limits, false);
    let clashes = found.iter().map(|limit| clash.needs(*limit, &found)).collect();
    Some(Conflict { clashes, stuck })
}

struct Search<'a> {
    builder: &'a Builder,
}

impl Search<'_> {
    /// The program with these limits only.
    fn with(&self, limits: &[Limit]) -> Program {
        let kept = |row: usize| {
            let own = self.builder.limits.iter().filter(|(r, _)| *r == row).map(|(_, limit)| limit);
            own.clone().count() == 0 || own.clone().any(|limit| limits.contains(limit))
        };
        let limited: BTreeSet<usize> = self.builder.limits.iter().map(|(row, _)| *row).collect();
        self.builder.program.with_rows(|row| !limited.contains(&row) || kept(row))
    }

    /// Whether some limits can all hold, as far as the work goes: a question that is not decided counts as yes.
    fn can_hold(&self, limits: &[Limit]) -> bool {
        let branching = Branching { nodes: NODES, seconds: None, gap: 1.0, start: None };
        !matches!(self.with(limits).branch(&[], &branching), Err(Unsolved::Infeasible))
    }

    /// The limits of a set that cannot hold together with some that are given, none of which can be left out (Junker 2004,
    /// QuickXplain).
    fn irreducible(&self, given: &[Limit], limits: &[Limit], changed: bool) -> Vec<Limit> {
        if changed && !self.can_hold(given) {
            return Vec::new();
        }
        if limits.len() <= 1 {
            return limits.to_vec();
        }
        let (first, second) = limits.split_at(limits.len().div_euclid(2));
        let with = |more: &[Limit]| given.iter().chain(more).copied().collect::<Vec<Limit>>();
        let of_second = self.irreducible(&with(first), second, true);
        let of_first = self.irreducible(&with(&of_second), first, !of_second.is_empty());
        of_first.into_iter().chain(of_second).collect()
    }

    /// What the other limits of a conflict would need of one.
    fn needs(&self, limit: Limit, conflict: &[Limit]) -> Clash {
        let rows: Vec<usize> = self.builder.limits.iter().filter(|(_, l)| *l == limit).map(|(row, _)| *row).collect();
        let number = matches!(limit, Limit::Team(_) | Limit::GoLives(_) | Limit::Users(_));
        let (Some(&row), true) = (rows.first(), number) else { return Clash { limit, has: 0.0, needs: None } };
        let has = self.builder.capacity(row);
        let mut program = self.with(conflict);
        let at = self.position(row, conflict);
        let more: Variable = program.variable(0.0, f64::INFINITY);
        program.loosen(at, more);
        let branching = Branching { nodes: NODES, seconds: None, gap: 1e-6, start: None };
        let needs = program.branch(&[(more, 1.0)], &branching).ok().and_then(|found| found.best).map(|s| has + s.objective);
        Clash { limit, has, needs }
    }

    /// Where a row is once the limits that are not in the conflict are left out.
    fn position(&self, row: usize, conflict: &[Limit]) -> usize {
        let left_out: BTreeSet<usize> =
            self.builder.limits.iter().filter(|(_, limit)| !conflict.contains(limit)).map(|(row, _)| *row).collect();
        row - left_out.range(..row).count()
    }
}

impl Builder {
    /// A new constraint that is a limit, with what there is of it in all, part of which is used already.
    pub(super) fn limit(&mut self, limit: Limit, name: &str, row: (Vec<(Variable, f64)>, Relation, f64), has: f64) {
        let (terms, relation, bound) = row;
        self.limits.push((self.program.size().2, limit));
        self.has.insert(self.program.size().2, has);
        self.row(name, terms, relation, bound);
    }

    fn capacity(&self, row: usize) -> f64 {
        self.has.get(&row).copied().unwrap_or(0.0)
    }
}
