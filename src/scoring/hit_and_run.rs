//! Hit-and-run: a walk within a set of weights whose steps go to a uniform place on the line through the set in a
//! random direction. Its places are uniform in the long run (Smith 1984; Bélisle, Romeijn and Smith 1993).

use super::weight_sampler::uniform;
use super::weight_space::WeightSpace;
use super::weight_space::dot;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::Rng;

/// Steps between draws, for each dimension of the set.
const APART: usize = 4;

/// Steps before the first draw, for each dimension.
const BEFORE: usize = 100;

/// Directions at most, or one for each point: from a point they go to the next ones in order.
const DIRECTIONS: usize = 400;

/// A direction: what a step of 1 adds to each weight, and takes from what is left of each limit.
#[derive(Debug, Clone)]
struct Direction {
    weights: Vec<f64>,
    taken: Vec<f64>,
}

/// What a walk needs of the set.
#[derive(Debug, Clone)]
pub(super) struct HitAndRun {
    directions: Vec<Direction>,
    centre: Vec<f64>,
    slack: Vec<f64>,
    dimension: usize,
}

impl HitAndRun {
    /// Directions are those between points that span the set, its corners where statements cut it, so they never leave it
    /// sideways (weights that are fixed stay fixed) and suit a set that is long and thin.
    pub(super) fn new(space: &WeightSpace) -> Self {
        let spokes = &space.spokes;
        let direction = |a: usize, b: usize| {
            let weights: Vec<f64> = spokes[a].iter().zip(&spokes[b]).map(|(x, y)| x - y).collect();
            let taken = space.rows.iter().map(|row| dot(&row.coefficients, &weights)).collect();
            Direction { weights, taken }
        };
        let count = spokes.len();
        let reach = DIRECTIONS.checked_div(count).unwrap_or(1).max(1);
        let directions = (0..count)
            .flat_map(|a| (a + 1..count.min(a + 1 + reach)).map(move |b| (a, b)))
            .map(|(a, b)| direction(a, b))
            .collect();
        let centre = space.centre().to_vec();
        let slack = space.rows.iter().map(|row| row.slack(&centre)).collect();
        Self { directions, centre, slack, dimension: space.dimension }
    }

    /// A walk from the centre that has gone far enough to have forgotten it.
    pub(super) fn start(&self, random: &mut Xoshiro256PlusPlus) -> Walker<'_> {
        let mut walker = Walker { set: self, weights: self.centre.clone(), slack: self.slack.clone() };
        for _ in 0..BEFORE * self.dimension {
            walker.one(random);
        }
        walker
    }
}

/// A walk.
#[derive(Debug, Clone)]
pub(super) struct Walker<'a> {
    set: &'a HitAndRun,
    weights: Vec<f64>,
    slack: Vec<f64>,
}

impl Walker<'_> {
    /// Goes on, and says where it is.
    pub(super) fn step(&mut self, random: &mut Xoshiro256PlusPlus, weights: &mut [f64]) {
        for _ in 0..APART * self.set.dimension {
            self.one(random);
        }
        weights.copy_from_slice(&self.weights);
    }

    fn one(&mut self, random: &mut Xoshiro256PlusPlus) {
        let count = self.set.directions.len() as u64;
        if count == 0 {
            return;
        }
        // The upper half of a product: no remainder that favours some.
        let pick = (u128::from(random.next_u64()) * u128::from(count)) >> 64;
        let direction = &self.set.directions[usize::try_from(pick).expect("below the count")];
        let (mut back, mut on) = (f64::NEG_INFINITY, f64::INFINITY);
        for (left, taken) in self.slack.iter().zip(&direction.taken) {
            if *taken > 1e-12 {
                on = on.min(left / taken);
            } else if *taken < -1e-12 {
                back = back.max(left / taken);
            }
        }
        let way = back + uniform(random) * (on - back);
        // Rounding may leave a limit touched from outside; such a step is not taken.
        if !(way.is_finite() && on >= back) {
            return;
        }
        for (w, d) in self.weights.iter_mut().zip(&direction.weights) {
            *w = (*w + way * d).max(0.0);
        }
        for (left, taken) in self.slack.iter_mut().zip(&direction.taken) {
            *left = (*left - way * taken).max(0.0);
        }
    }
}
