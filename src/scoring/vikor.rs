//! VIKOR: a compromise between the regret of the whole and the regret on the criterion that goes worst.

use super::lanes::{FEW, LANES as SETS, Lanes, few};
use super::matrix::{Blocks, LANES, Matrix, difference, fits};
use super::rank::TIE;
use pulp::{Simd, WithSimd};

/// The usual weight of the whole against the worst criterion (Opricovic and Tzeng 2004).
pub const VIKOR_V: f64 = 0.5;

/// A matrix made ready: shares of the range of each criterion by which options fall short of the best.
#[derive(Debug, Clone, PartialEq)]
pub struct Vikor {
    short: Blocks,
    /// The same by option and criterion, row by row.
    rows: Vec<f64>,
}

/// Regrets and indices by option; less is better for all three.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Regrets {
    /// `S_i = sum_j w_j (best_j - x_ij) / (best_j - worst_j)`.
    pub s: Vec<f64>,
    /// `R_i`, the largest term of that sum.
    pub r: Vec<f64>,
    /// `Q_i = v (S_i - S*) / (S- - S*) + (1 - v) (R_i - R*) / (R- - R*)`, with * the least and - the most over the options.
    pub q: Vec<f64>,
}

/// What VIKOR proposes, and whether it may be proposed alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Compromise {
    /// Positions of the options proposed, least Q first.
    pub set: Vec<usize>,
    /// Q of the second less Q of the first; `None` with one option.
    pub advantage: Option<f64>,
    /// `DQ = 1 / (n - 1)`, the advantage that is acceptable; `None` with one option.
    pub needed: Option<f64>,
    /// Whether the first is ahead by DQ or more.
    pub acceptable_advantage: bool,
    /// Whether the first is also first by S or by R.
    pub acceptable_stability: bool,
}

impl Vikor {
    /// Shares of the range; 0 on a criterion on which the options do not differ.
    ///
    /// Opricovic and Tzeng, European Journal of Operational Research 156(2), 2004, 445-455, section 3.
    #[must_use]
    pub fn new(matrix: &Matrix) -> Self {
        let columns: Vec<Vec<f64>> = (0..matrix.criteria())
            .map(|criterion| {
                let column = matrix.column(criterion);
                let range = column.range();
                let short = |v: &f64| if range > 0.0 { difference(column.best, *v) / range } else { 0.0 };
                column.values.iter().map(short).collect()
            })
            .collect();
        let rows = (0..matrix.options()).flat_map(|i| columns.iter().map(move |short| short[i])).collect();
        Self { short: Blocks::of(&columns, matrix.options()), rows }
    }

    /// S, R and Q at weights that sum to 1; a term of Q whose range is 0 (R- = R*, an ordinary case) is 0.
    ///
    /// `docs/method.md`, section 18.
    pub fn regrets(&self, weights: &[f64], v: f64, out: &mut Regrets) {
        let options = self.short.options();
        for all in [&mut out.s, &mut out.r, &mut out.q] {
            all.resize(options, 0.0);
        }
        self.short.weigh(weights, &mut out.s);
        self.largest(weights, &mut out.r);
        let (s, r) = (Range::of(&out.s), Range::of(&out.r));
        for ((q, own_s), own_r) in out.q.iter_mut().zip(&out.s).zip(&out.r) {
            *q = v * s.share(*own_s) + (1.0 - v) * r.share(*own_r);
        }
    }

    /// Q of [`regrets`](Self::regrets) for many sets of weights, by criterion, at a time: by option.
    pub fn index_of_many(&self, weights: &[Lanes], v: f64, out: &mut [Lanes]) {
        assert!(self.rows.len() == weights.len() * out.len(), "one weight for each criterion and one place for each option");
        pulp::Arch::new().dispatch(Indices { rows: &self.rows, weights, v, out });
    }

    fn largest(&self, weights: &[f64], out: &mut [f64]) {
        fits(weights, weights.len(), out, self.short.options());
        for (block, out) in self.short.blocks().zip(out.chunks_mut(LANES)) {
            let mut most = [0.0_f64; LANES];
            for (x, w) in block.iter().zip(weights) {
                for (most, x) in most.iter_mut().zip(x) {
                    *most = most.max(w * x);
                }
            }
            out.copy_from_slice(&most[..out.len()]);
        }
    }
}

/// Indices of many sets of weights, for whatever number at a time.
struct Indices<'a> {
    rows: &'a [f64],
    weights: &'a [Lanes],
    v: f64,
    out: &'a mut [Lanes],
}

impl WithSimd for Indices<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { rows, weights, v, out } = self;
        let criteria = weights.len().max(1);
        let mut worst = vec![[0.0; FEW]; out.len()];
        for start in (0..SETS).step_by(FEW) {
            let (mut least, mut most) = ([[f64::INFINITY; FEW]; 2], [[f64::NEG_INFINITY; FEW]; 2]);
            for ((row, out), worst) in rows.chunks_exact(criteria).zip(&mut *out).zip(&mut worst) {
                let (mut all, mut one) = ([0.0; FEW], [0.0_f64; FEW]);
                for (x, weights) in row.iter().zip(weights) {
                    let weights = few(weights, start);
                    for lane in 0..FEW {
                        let short = weights[lane] * x;
                        all[lane] += short;
                        one[lane] = one[lane].max(short);
                    }
                }
                for (regrets, (least, most)) in [&all, &one].into_iter().zip(least.iter_mut().zip(&mut most)) {
                    for lane in 0..FEW {
                        least[lane] = least[lane].min(regrets[lane]);
                        most[lane] = most[lane].max(regrets[lane]);
                    }
                }
                out[start..start + FEW].copy_from_slice(&all);
                *worst = one;
            }
            // What differs by rounding does not differ, as for one set of weights.
            let width = |part: usize, lane: usize| difference(most[part][lane], least[part][lane]).max(0.0);
            let share = |regret: f64, part: usize, lane: usize| {
                let width = width(part, lane);
                if width > 0.0 { (regret - least[part][lane]) / width } else { 0.0 }
            };
            for (out, worst) in out.iter_mut().zip(&worst) {
                for lane in 0..FEW {
                    out[start + lane] = v * share(out[start + lane], 0, lane) + (1.0 - v) * share(worst[lane], 1, lane);
                }
            }
        }
    }
}

/// Least and most of some regrets.
struct Range {
    least: f64,
    width: f64,
}

impl Range {
    fn of(all: &[f64]) -> Self {
        let least = all.iter().copied().fold(f64::INFINITY, f64::min);
        let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // Regrets are at most 1: what differs less differs by rounding.
        Self { least, width: difference(most, least).max(0.0) }
    }

    fn share(&self, regret: f64) -> f64 {
        if self.width > 0.0 { (regret - self.least) / self.width } else { 0.0 }
    }
}

impl Regrets {
    /// The compromise set. The first by Q alone, if its advantage is acceptable (`Q'' - Q' >= DQ`) and it is also first by S
    /// or by R; the first and the second, if only stability is missing; otherwise all that are less than DQ behind.
    ///
    /// Opricovic and Tzeng 2004, section 3, steps 4 and 5.
    #[must_use]
    pub fn compromise(&self) -> Compromise {
        let mut order: Vec<usize> = (0..self.q.len()).collect();
        order.sort_by(|a, b| self.q[*a].total_cmp(&self.q[*b]));
        let first_by = |all: &[f64], option: usize| all.iter().all(|x| all[option] <= x + TIE);
        let alone = |set: Vec<usize>| Compromise {
            set,
            advantage: None,
            needed: None,
            acceptable_advantage: true,
            acceptable_stability: true,
        };
        let (Some(&first), Some(&second)) = (order.first(), order.get(1)) else { return alone(order) };
        let needed = 1.0 / (f64::from(u32::try_from(order.len()).unwrap_or(u32::MAX)) - 1.0);
        let behind = |option: usize| self.q[option] - self.q[first];
        let advantage = behind(second);
        let far_enough = advantage >= needed - TIE;
        let stable = first_by(&self.s, first) || first_by(&self.r, first);
        let set = match (far_enough, stable) {
            (true, true) => vec![first],
            (true, false) => vec![first, second],
            (false, _) => order.iter().copied().filter(|o| behind(*o) < needed - TIE).collect(),
        };
        Compromise {
            set,
            advantage: Some(advantage),
            needed: Some(needed),
            acceptable_advantage: far_enough,
            acceptable_stability: stable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::Direction::MoreIsBetter;

    /// One set of weights at a time, and as many as this machine takes.
    #[test]
    fn indices_are_the_same_bytes_at_every_width() {
        let number = |i: u32| (0.3 + f64::from(i) * 0.618_033_988_749_895).fract();
        let measures: Vec<f64> = (0..20).map(number).collect();
        let vikor = Vikor::new(&Matrix::new(&measures, &[MoreIsBetter; 4]).expect("fit"));
        let lane = |j: u32| std::array::from_fn(|lane| number(20 + 64 * j + u32::try_from(lane).unwrap_or(0)));
        let weights: Vec<Lanes> = (0..4).map(lane).collect();
        let (mut one, mut many) = (vec![[9.0; SETS]; 5], vec![[8.0; SETS]; 5]);
        Indices { rows: &vikor.rows, weights: &weights, v: VIKOR_V, out: &mut one }.with_simd(pulp::Scalar::new());
        vikor.index_of_many(&weights, VIKOR_V, &mut many);
        let bits = |all: &[Lanes]| all.as_flattened().iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
        assert_eq!(bits(&one), bits(&many));
    }

    fn compromise(s: &[f64], r: &[f64], q: &[f64]) -> Compromise {
        Regrets { s: s.to_vec(), r: r.to_vec(), q: q.to_vec() }.compromise()
    }

    #[test]
    fn the_set_follows_both_conditions() {
        // Three options: DQ = 0.5. Ahead by 0.6 and first by S: alone.
        let c = compromise(&[0.1, 0.2, 0.3], &[0.3, 0.2, 0.1], &[0.0, 0.6, 1.0]);
        assert_eq!((c.set, c.acceptable_advantage, c.acceptable_stability), (vec![0], true, true));
        assert_eq!(c.needed, Some(0.5));
        // Ahead by 0.6 but first by neither: with the second.
        let c = compromise(&[0.2, 0.3, 0.1], &[0.2, 0.3, 0.1], &[0.0, 0.6, 1.0]);
        assert_eq!((c.set, c.acceptable_advantage, c.acceptable_stability), (vec![0, 1], true, false));
        // Ahead by 0.4 only: all that are less than 0.5 behind, best first.
        let c = compromise(&[0.3, 0.1, 0.2], &[0.3, 0.1, 0.2], &[1.0, 0.0, 0.4]);
        assert_eq!((c.set, c.acceptable_advantage), (vec![1, 2], false));
        // Exactly DQ ahead is enough.
        assert!(compromise(&[0.0, 0.5, 1.0], &[0.0, 0.5, 1.0], &[0.0, 0.5, 1.0]).acceptable_advantage);
    }

    #[test]
    fn one_option_is_its_own_compromise() {
        let c = compromise(&[0.0], &[0.0], &[0.0]);
        assert_eq!((c.set, c.needed, c.acceptable_advantage), (vec![0], None, true));
        assert!(compromise(&[], &[], &[]).set.is_empty());
    }
}
