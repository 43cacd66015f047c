//! How plans fare when numbers turn out otherwise.

use crate::assumption::Values;
use crate::outcome::{Common, Simulation};
use crate::plan::Plan;
use crate::programme::Programme;
use rayon::prelude::*;

/// How one of several plans fares over draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Regret {
    /// Share of the draws in which another of them costs less.
    pub beaten: f64,
    /// How much more it costs than the cheapest of them in a draw, in the mean: pounds of net present cost.
    pub mean: f64,
    /// The same in the draw in which it is most.
    pub worst: f64,
    /// Share of the draws in which it passes every gate.
    pub feasible: f64,
}

/// Draws that are made one after the other on one thread, so that sums do not depend on how many threads there are.
const CHUNK: usize = 64;

/// How each of some plans fares against the others of them, over draws: only plans that pass every gate in a draw count as
/// cheaper in it. Empty if there are no draws.
#[must_use]
pub fn regret(programme: &Programme, plans: &[Plan], draws: &[Values]) -> Vec<Regret> {
    if draws.is_empty() {
        return Vec::new();
    }
    let simulation = Simulation::of(programme, plans);
    let chunk = |draws: &[Values]| {
        let mut common = Common::default();
        let mut sums = vec![[0.0_f64; 4]; plans.len()];
        for values in draws {
            let all = simulation.realise_with(values, &mut common);
            for (i, own) in all.iter().enumerate() {
                let rivals = all.iter().enumerate().filter(|(j, other)| *j == i || other.feasible).map(|(_, other)| other.npc);
                let behind = own.npc - rivals.fold(f64::INFINITY, f64::min);
                let sum = &mut sums[i];
                sum[0] += f64::from(u8::from(behind > 1e-9 * (1.0 + own.npc.abs())));
                sum[1] += behind;
                sum[2] = sum[2].max(behind);
                sum[3] += f64::from(u8::from(own.feasible));
            }
        }
        sums
    };
    let parts: Vec<Vec<[f64; 4]>> = draws.par_chunks(CHUNK).map(chunk).collect();
    let count = f64::from(u32::try_from(draws.len()).unwrap_or(u32::MAX));
    let of = |plan: usize, at: usize| parts.iter().map(move |part| part[plan][at]);
    let one = |plan: usize| Regret {
        beaten: of(plan, 0).sum::<f64>() / count,
        mean: of(plan, 1).sum::<f64>() / count,
        worst: of(plan, 2).fold(0.0, f64::max),
        feasible: of(plan, 3).sum::<f64>() / count,
    };
    (0..plans.len()).map(one).collect()
}
