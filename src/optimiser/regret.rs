//! How plans fare when numbers turn out otherwise.

use super::{Goal, Judge, Space, Watched};
use crate::assumption::{BLOCK, Block, Sampler, Values};
use crate::outcome::{Common, Simulation};
use crate::plan::Plan;
use crate::programme::Programme;
use rayon::prelude::*;
use std::ops::Range;

/// What a plan comes to, draw by draw.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faring {
    /// Net present cost.
    pub npc: Vec<f64>,
    /// What is to be made least: pounds, or points below nothing.
    pub goal: Vec<f64>,
    /// Whether it passes every gate.
    pub feasible: Vec<bool>,
    /// Whether it has what the goal asks for besides: no more than a cost, or no less than a score.
    pub met: Vec<bool>,
}

/// How one of several plans fares beside the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Regret {
    /// In how many draws another of them is better.
    pub beaten: usize,
    /// By how much the best of them is better in a draw, in the mean over all draws: pounds, or points.
    pub mean: f64,
    /// The same in the draw in which it is most.
    pub worst: f64,
}

/// Draws that are made one after the other on one thread, so that sums do not depend on how many threads there are.
const CHUNK: u64 = BLOCK as u64;

/// What plans come to in some draws, by their numbers; in some of them only if it is stopped.
#[must_use]
pub fn faring(
    programme: &Programme,
    (goal, watched): (Goal, Watched<'_>),
    plans: &[Plan],
    sampler: &Sampler,
    draws: Range<u64>,
) -> Vec<Faring> {
    let simulation = Simulation::of(programme, plans);
    let firsts: Vec<u64> = (draws.start..draws.end).step_by(BLOCK).collect();
    let chunk = |first: u64| {
        let mut common = Common::default();
        let mut all = vec![Faring::default(); plans.len()];
        if watched.is_stopped() {
            return all;
        }
        for values in realised(sampler, first..draws.end.min(first + CHUNK)) {
            for (own, realised) in all.iter_mut().zip(simulation.realise_with(&values, &mut common)) {
                own.npc.push(realised.npc);
                own.goal.push(goal.of(&realised));
                own.feasible.push(realised.feasible);
                own.met.push(goal.is_met(&realised));
            }
        }
        all
    };
    let parts: Vec<Vec<Faring>> = firsts.into_par_iter().map(chunk).collect();
    let mut all = vec![Faring::default(); plans.len()];
    for part in parts {
        for (own, part) in all.iter_mut().zip(part) {
            own.npc.extend(part.npc);
            own.goal.extend(part.goal);
            own.feasible.extend(part.feasible);
            own.met.extend(part.met);
        }
    }
    all
}

/// Realisations of all that is uncertain: the draws of these numbers.
#[must_use]
pub fn realised(sampler: &Sampler, draws: Range<u64>) -> Vec<Values> {
    let mut block = Block::default();
    let mut all = Vec::new();
    for (at, number) in draws.enumerate() {
        if at.is_multiple_of(BLOCK) {
            sampler.fill(number, &mut block);
        }
        let mut values = sampler.central().clone();
        sampler.realise(&block, at % BLOCK, &mut values);
        all.push(values);
    }
    all
}

/// By how much the best of some rivals is better than a plan, draw by draw; 0 where none is. In a draw only those count that
/// pass every gate in it and have what the goal asks for besides: cheaper and short of the score that was asked for is no
/// better.
#[must_use]
pub fn behind(plan: &Faring, rivals: &[&Faring]) -> Vec<f64> {
    let one = |(draw, own): (usize, &f64)| {
        let there = rivals.iter().filter(|rival| rival.feasible[draw] && rival.met[draw]);
        let by = own - there.map(|rival| rival.goal[draw]).fold(f64::INFINITY, f64::min);
        // Without what is rounding.
        if by > 1e-9 * (1.0 + own.abs()) { by } else { 0.0 }
    };
    plan.goal.iter().enumerate().map(one).collect()
}

/// How each of some plans fares against the others of them.
#[must_use]
pub fn regret(plans: &[&Faring]) -> Vec<Regret> {
    let one = |(own, plan): (usize, &&Faring)| {
        let rivals: Vec<&Faring> = plans.iter().enumerate().filter(|(i, _)| *i != own).map(|(_, other)| *other).collect();
        let all = behind(plan, &rivals);
        let count = f64::from(u32::try_from(all.len().max(1)).unwrap_or(u32::MAX));
        Regret {
            beaten: all.iter().filter(|behind| **behind > 0.0).count(),
            mean: all.iter().sum::<f64>() / count,
            worst: all.iter().copied().fold(0.0, f64::max),
        }
    };
    plans.iter().enumerate().map(one).collect()
}

/// In how many of some draws a plan is achievable: teams, money and gates as they then are. Not all are looked at if it is
/// stopped.
#[must_use]
pub fn kept(
    programme: &Programme,
    (space, watched): (&Space, Watched<'_>),
    plan: &Plan,
    sampler: &Sampler,
    draws: Range<u64>,
) -> usize {
    let firsts: Vec<u64> = (draws.start..draws.end).step_by(BLOCK).collect();
    let chunk = |first: u64| {
        let values = realised(sampler, first..draws.end.min(first + CHUNK));
        let kept = |values: &Values| Judge::of(programme, space, values).judge_plan(plan).achievable();
        values.iter().filter(|values| !watched.is_stopped() && kept(values)).count()
    };
    firsts.into_par_iter().map(chunk).sum()
}
