//! Weights drawn uniformly from a set of weights, in numbered blocks each with a stream of its own: the draws of a
//! block are the same whoever computes it, in whatever order, and on whatever machine.

use super::hit_and_run::HitAndRun;
use super::lanes::{LANES, Lanes};
use super::weight_space::WeightSpace;
use pulp::{Simd, WithSimd};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// Tries by which the way of drawing is chosen.
const TRIES: u32 = 4_000;

/// Share of tries that must fall into the set for the rest to be thrown away.
const WORTH_TRYING: f64 = 0.01;

/// How weights are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The one point that there is.
    Point,
    /// From the whole simplex.
    Simplex,
    /// From the simplex, what falls outside thrown away.
    SimplexRejection,
    /// From the box around the set, what falls outside thrown away.
    BoxRejection,
    /// By a walk within the set; each block is a walk of its own.
    HitAndRun,
}

impl Method {
    /// Whether draws are independent of one another.
    #[must_use]
    pub fn independent(self) -> bool {
        self != Self::HitAndRun
    }

    /// As in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Simplex => "simplex",
            Self::SimplexRejection | Self::BoxRejection => "rejection",
            Self::HitAndRun => "hit_and_run",
        }
    }
}

/// The stream of random numbers of a block: keyed by a seed, what it is for, and the number of the block.
pub(super) fn stream(seed: u64, purpose: &str, block: u64) -> Xoshiro256PlusPlus {
    let mut key = Sha256::new();
    key.update(seed.to_le_bytes());
    key.update(block.to_le_bytes());
    key.update(purpose.as_bytes());
    Xoshiro256PlusPlus::from_seed(key.finalize().into())
}

/// Uniform from 1 to 2, without rounding: 52 bits of the stream.
fn one_to_two(stream: &mut Xoshiro256PlusPlus) -> f64 {
    f64::from_bits(stream.next_u64() >> 12 | 1.0_f64.to_bits())
}

/// Uniform from 0 to 1.
pub(super) fn uniform(stream: &mut Xoshiro256PlusPlus) -> f64 {
    one_to_two(stream) - 1.0
}

/// Gaps between sorted uniform numbers are uniform on the simplex (Devroye 1986, V.2.1).
fn simplex(random: &mut Xoshiro256PlusPlus, weights: &mut [f64]) {
    let last = weights.len() - 1;
    for w in &mut weights[..last] {
        *w = one_to_two(random);
    }
    weights[..last].sort_unstable_by(f64::total_cmp);
    weights[last] = 2.0;
    for c in (1..=last).rev() {
        weights[c] -= weights[c - 1];
    }
    weights[0] -= 1.0;
}

/// A set of weights and the way to draw from it.
#[derive(Debug, Clone)]
pub struct WeightSampler {
    space: WeightSpace,
    method: Method,
    sorting: Vec<(usize, usize)>,
    walk: Option<HitAndRun>,
}

impl WeightSampler {
    /// Chooses the way of drawing by trying: rejection where enough falls into the set, else hit-and-run.
    #[must_use]
    pub fn new(space: WeightSpace) -> Self {
        let sorting = sorting_network(space.criteria().saturating_sub(1));
        let mut sampler = Self { method: Method::Point, sorting, walk: None, space };
        sampler.method = sampler.chosen();
        if sampler.method == Method::HitAndRun {
            sampler.walk = Some(HitAndRun::new(&sampler.space));
        }
        sampler
    }

    /// The same by hit-and-run, whether or not rejection would do.
    #[must_use]
    pub fn by_hit_and_run(space: WeightSpace) -> Self {
        let walk = Some(HitAndRun::new(&space));
        Self { walk, method: Method::HitAndRun, sorting: Vec::new(), space }
    }

    /// How weights are drawn.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// The set.
    #[must_use]
    pub fn space(&self) -> &WeightSpace {
        &self.space
    }

    fn chosen(&self) -> Method {
        if self.space.dimension == 0 {
            return Method::Point;
        }
        if self.space.whole {
            return Method::Simplex;
        }
        let share = |method: Method| {
            let mut random = stream(0, "choice of method", 0);
            let mut weights = vec![0.0; self.space.criteria()];
            let hits = (0..TRIES).filter(|_| self.attempt(method, &mut random, &mut weights)).count();
            f64::from(u32::try_from(hits).expect("no more than tries")) / f64::from(TRIES)
        };
        let (of_simplex, of_box) = (share(Method::SimplexRejection), share(Method::BoxRejection));
        match of_simplex.max(of_box) {
            best if best < WORTH_TRYING => Method::HitAndRun,
            _ if of_simplex >= of_box => Method::SimplexRejection,
            _ => Method::BoxRejection,
        }
    }

    /// Draws once; whether it fell into the set.
    fn attempt(&self, method: Method, random: &mut Xoshiro256PlusPlus, weights: &mut [f64]) -> bool {
        if method == Method::BoxRejection {
            self.boxed(random, weights)
        } else {
            simplex(random, weights);
            self.space.contains(weights)
        }
    }

    /// All weights but the one with the widest bounds, uniformly between their bounds; that one is what is left to a
    /// sum of 1. Uniform on the slice of the box on which weights sum to 1.
    fn boxed(&self, random: &mut Xoshiro256PlusPlus, weights: &mut [f64]) -> bool {
        let bounds = &self.space.bounds;
        let width = |c: &usize| bounds[*c].1 - bounds[*c].0;
        let rest = (0..weights.len()).max_by(|a, b| width(a).total_cmp(&width(b))).unwrap_or(0);
        let mut left = 1.0;
        for (c, (low, high)) in bounds.iter().enumerate().filter(|(c, _)| *c != rest) {
            weights[c] = low + uniform(random) * (high - low);
            left -= weights[c];
        }
        weights[rest] = left;
        self.space.contains(weights)
    }

    /// The draws of a block, from the first.
    #[must_use]
    pub fn block(&self, seed: u64, purpose: &str, block: u64) -> WeightDraws<'_> {
        let mut random = stream(seed, purpose, block);
        let walker = self.walk.as_ref().map(|walk| walk.start(&mut random));
        let one = vec![0.0; self.space.criteria()];
        WeightDraws { sampler: self, random, walker, batch: vec![[0.0; LANES]; one.len()], lane: LANES, one }
    }
}

/// Draws of one block, one after the other.
#[derive(Debug, Clone)]
pub struct WeightDraws<'a> {
    sampler: &'a WeightSampler,
    random: Xoshiro256PlusPlus,
    walker: Option<super::hit_and_run::Walker<'a>>,
    batch: Vec<Lanes>,
    lane: usize,
    one: Vec<f64>,
}

impl WeightDraws<'_> {
    /// The next weights.
    pub fn draw(&mut self) -> &[f64] {
        if self.lane == LANES {
            self.lane = 0;
            self.next_batch();
        }
        for (w, lanes) in self.one.iter_mut().zip(&self.batch) {
            *w = lanes[self.lane];
        }
        self.lane += 1;
        &self.one
    }

    /// The next [`LANES`] weights, by criterion.
    pub(super) fn next_batch(&mut self) -> &[Lanes] {
        if self.sampler.method == Method::Simplex {
            self.simplex_batch();
        } else {
            let mut weights = vec![0.0; self.one.len()];
            for lane in 0..LANES {
                self.one_by_one(&mut weights);
                for (lanes, w) in self.batch.iter_mut().zip(&weights) {
                    lanes[lane] = *w;
                }
            }
        }
        &self.batch
    }

    fn one_by_one(&mut self, weights: &mut [f64]) {
        if let Some(walker) = &mut self.walker {
            walker.step(&mut self.random, weights);
        } else if self.sampler.method == Method::Point {
            weights.copy_from_slice(self.sampler.space.centre());
        } else {
            while !self.sampler.attempt(self.sampler.method, &mut self.random, weights) {}
        }
    }

    /// As [`simplex`], on all lanes at once: sorted by a network of comparisons, which has no branches.
    fn simplex_batch(&mut self) {
        let last = self.batch.len() - 1;
        // A stream of its own name stays in registers.
        let mut random = self.random.clone();
        for lanes in &mut self.batch[..last] {
            for x in lanes {
                *x = one_to_two(&mut random);
            }
        }
        self.random = random;
        pulp::Arch::new().dispatch(Gaps { sorting: &self.sampler.sorting, batch: &mut self.batch });
    }
}

/// Sorts all but the last number of each lane, and puts the gaps between them and to the ends, 1 and 2, in their place.
struct Gaps<'a> {
    sorting: &'a [(usize, usize)],
    batch: &'a mut [Lanes],
}

impl WithSimd for Gaps<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { sorting, batch } = self;
        let last = batch.len() - 1;
        for &(low, high) in sorting {
            let (below, above) = batch.split_at_mut(high);
            exchange(&mut below[low], &mut above[0]);
        }
        batch[last] = [2.0; LANES];
        for c in (1..=last).rev() {
            let (below, above) = batch.split_at_mut(c);
            for (a, b) in above[0].iter_mut().zip(&below[c - 1]) {
                *a -= b;
            }
        }
        for x in &mut batch[0] {
            *x -= 1.0;
        }
    }
}

/// The smaller of each two numbers to one side, the larger to the other. Bits are exchanged under a mask: written with
/// `if`, it becomes a branch that cannot be foreseen.
#[inline(always)]
fn exchange(low: &mut Lanes, high: &mut Lanes) {
    for (a, b) in low.iter_mut().zip(high) {
        let differ = (a.to_bits() ^ b.to_bits()) & 0_u64.wrapping_sub(u64::from(*a > *b));
        (*a, *b) = (f64::from_bits(a.to_bits() ^ differ), f64::from_bits(b.to_bits() ^ differ));
    }
}

/// Comparisons that sort so many numbers: Batcher's merge exchange (Knuth, The Art of Computer Programming, volume 3,
/// 5.2.2, algorithm M).
fn sorting_network(count: usize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let top = count.next_power_of_two() >> 1;
    let mut p = top;
    while p > 0 {
        let (mut q, mut r, mut d) = (top, 0, p);
        loop {
            pairs.extend((0..count.saturating_sub(d)).filter(|i| i & p == r).map(|i| (i, i + d)));
            if q == p {
                break;
            }
            (d, q, r) = (q - p, q >> 1, p);
        }
        p >>= 1;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_sorts_everything() {
        // A network that sorts all zeros and ones sorts all numbers (Knuth, 5.3.4, theorem Z).
        for count in 0..=12_usize {
            let network = sorting_network(count);
            for bits in 0..1_u32 << count {
                let mut row: Vec<u32> = (0..count).map(|i| bits >> i & 1).collect();
                for &(a, b) in &network {
                    if row[a] > row[b] {
                        row.swap(a, b);
                    }
                }
                assert!(row.is_sorted(), "{count}: {bits:b}");
            }
        }
    }

    #[test]
    fn lanes_and_single_draws_are_uniform_alike() {
        // On the simplex of m weights each has mean 1/m and variance (m - 1) / (m^2 (m + 1)): Dirichlet(1, ..., 1).
        let sampler = WeightSampler::new(WeightSpace::simplex(5));
        assert_eq!(sampler.method(), Method::Simplex);
        let mut draws = sampler.block(7, "test", 0);
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..40_000 {
            let w = draws.draw();
            assert!((w.iter().sum::<f64>() - 1.0).abs() < 1e-12 && w.iter().all(|x| *x >= 0.0));
            (sum, squares) = (sum + w[2], squares + w[2] * w[2]);
        }
        let mean = sum / 40_000.0;
        // Standard deviation 0.1633, so that of the mean is 0.0008.
        assert!((mean - 0.2).abs() < 0.004, "{mean}");
        assert!((squares / 40_000.0 - mean * mean - 4.0 / 150.0).abs() < 0.001);
    }

    #[test]
    fn streams_differ_by_seed_purpose_and_block() {
        let first = |seed, purpose: &str, block| stream(seed, purpose, block).next_u64();
        let all = [first(1, "a", 0), first(2, "a", 0), first(1, "b", 0), first(1, "a", 1)];
        for (i, x) in all.iter().enumerate() {
            assert!(!all[..i].contains(x));
        }
        assert_eq!(first(1, "a", 0), all[0]);
    }
}
