//! The draws themselves.

use super::spread::{Share, Spread};
use super::weighing::{Judge, Judged, Weighing};
use crate::assumption::{BLOCK, Block, Sampler};
use crate::outcome::{Common, Realised, Simulation};
use crate::scoring;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// How far the draws are, to be looked at from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
}

impl Progress {
    /// Draws that are done.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }
}

/// What one option comes to, draw by draw: the numbers that quantiles are reported of, and no others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// Net present cost.
    pub npc: Vec<f64>,
    /// Cash.
    pub cash: Vec<f64>,
    /// Present value of dual running.
    pub dual_running: Vec<f64>,
    /// Person-days.
    pub person_days: Vec<f64>,
    /// Score; empty where there is none.
    pub score: Vec<f64>,
    /// Last own go-live, in months from April of year 0; empty where nothing moves.
    pub finish: Vec<f64>,
    /// Draws in which every gate is passed.
    pub feasible: usize,
    /// Draws in which it has each rank, the first first.
    pub ranks: Vec<usize>,
    /// Draws in which the money of each budget is not enough.
    pub short: Vec<usize>,
}

/// All draws, by option.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws {
    /// How many.
    pub count: usize,
    /// By option, in the order of the plans.
    pub options: Vec<Column>,
    /// Ranks at the weights in force and with weights drawn as well, where there are weights.
    pub judged: Option<Judged>,
}

/// Draws that are made one after the other on one thread. A multiple of [`BLOCK`]; not depending on the number of threads,
/// so that results do not.
const CHUNK: usize = 4 * BLOCK;

/// Makes so many draws.
#[must_use]
pub fn draw(
    simulation: &Simulation<'_>,
    sampler: &Sampler,
    weighing: Option<&Weighing<'_>>,
    count: usize,
    progress: &Progress,
) -> Draws {
    let chunks: Vec<usize> = (0..count).step_by(CHUNK).collect();
    let parts: Vec<Draws> = chunks
        .into_par_iter()
        .map(|first| {
            let part = chunk(simulation, sampler, weighing, (first, CHUNK.min(count - first)));
            progress.done.fetch_add(part.count as u64, Ordering::Relaxed);
            part
        })
        .collect();
    let mut all = Draws { count: 0, options: Vec::new(), judged: None };
    for part in parts {
        all.append(part);
    }
    all
}

fn chunk(
    simulation: &Simulation<'_>,
    sampler: &Sampler,
    weighing: Option<&Weighing<'_>>,
    (first, count): (usize, usize),
) -> Draws {
    let number = first.div_euclid(CHUNK) as u64;
    let mut judge: Option<Judge<'_>> = None;
    let mut block = Block::default();
    let mut values = sampler.central().clone();
    let mut common = Common::default();
    let mut part = Draws { count, options: Vec::new(), judged: None };
    for draw in 0..count {
        if draw % BLOCK == 0 {
            sampler.fill((first + draw) as u64, &mut block);
        }
        sampler.realise(&block, draw % BLOCK, &mut values);
        let realised = simulation.realise_with(&values, &mut common);
        let keys: Vec<Option<f64>> =
            realised.iter().enumerate().map(|(option, r)| simulation.is_ranked(option, r).then(|| simulation.key(r))).collect();
        let ranks = scoring::ranks(&keys);
        let options = realised.len();
        if let Some(weighing) = weighing {
            judge.get_or_insert_with(|| Judge::new(weighing, (number, first), options)).add(&realised, &ranks);
        }
        part.options.resize_with(options, Column::default);
        for ((column, realised), rank) in part.options.iter_mut().zip(&realised).zip(ranks) {
            column.push(realised, rank, options);
        }
    }
    part.judged = judge.map(Judge::finish);
    part
}

impl Column {
    fn push(&mut self, realised: &Realised, rank: Option<usize>, options: usize) {
        self.npc.push(realised.npc);
        self.cash.push(realised.cash);
        self.dual_running.push(realised.dual_running);
        self.person_days.push(realised.person_days);
        self.score.extend(realised.score);
        self.finish.extend(realised.finish.map(f64::from));
        self.feasible += usize::from(realised.feasible);
        self.ranks.resize(options, 0);
        if let Some(rank) = rank {
            self.ranks[rank - 1] += 1;
        }
        self.short.resize(realised.gaps.len(), 0);
        for (short, gap) in self.short.iter_mut().zip(&realised.gaps) {
            // Half a penny is rounding.
            *short += usize::from(*gap > 0.005);
        }
    }

    fn append(&mut self, other: Self) {
        self.npc.extend(other.npc);
        self.cash.extend(other.cash);
        self.dual_running.extend(other.dual_running);
        self.person_days.extend(other.person_days);
        self.score.extend(other.score);
        self.finish.extend(other.finish);
        self.feasible += other.feasible;
        self.ranks.iter_mut().zip(&other.ranks).for_each(|(sum, n)| *sum += n);
        self.short.iter_mut().zip(&other.short).for_each(|(sum, n)| *sum += n);
    }

    /// A list of numbers in a few figures.
    #[must_use]
    pub fn spread(&self, of: fn(&Self) -> &Vec<f64>) -> Option<Spread> {
        Spread::of(&mut of(self).clone())
    }

    /// How often it passes every gate.
    #[must_use]
    pub fn is_feasible(&self) -> Share {
        Share::of(super::spread::count(self.feasible), self.npc.len())
    }

    /// How often it ranks first.
    #[must_use]
    pub fn is_first(&self) -> Share {
        Share::of(super::spread::count(self.ranks.first().copied().unwrap_or(0)), self.npc.len())
    }

    /// How often it has each rank.
    #[must_use]
    pub fn rank_acceptability(&self) -> Vec<Share> {
        self.ranks.iter().map(|n| Share::of(super::spread::count(*n), self.npc.len())).collect()
    }

    /// How often the money of each budget is not enough.
    #[must_use]
    pub fn is_short(&self) -> Vec<Share> {
        self.short.iter().map(|n| Share::of(super::spread::count(*n), self.npc.len())).collect()
    }
}

impl Draws {
    fn append(&mut self, other: Self) {
        self.count += other.count;
        match (&mut self.judged, other.judged) {
            (Some(all), Some(part)) => all.merge(part),
            (all, part) => *all = part,
        }
        if self.options.is_empty() {
            self.options = other.options;
        } else {
            self.options.iter_mut().zip(other.options).for_each(|(all, part)| all.append(part));
        }
    }
}
