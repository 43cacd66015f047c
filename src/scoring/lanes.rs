//! Many sets of weights, or draws, at a time: numbers side by side, so that a processor takes several at once. How many
//! depends on the machine and is found out as the program runs (`pulp`): two, four or eight; figures are the same bytes,
//! since each number is worked out by the same steps. What is done so is a type of its own and not a closure, whose insides
//! would not be put where they are compiled for the width.

use super::TIE;
use pulp::{Simd, WithSimd};

/// How many at a time.
pub const LANES: usize = 64;

/// One number for each.
pub type Lanes = [f64; LANES];

/// As many as stay in registers.
pub(super) const FEW: usize = 8;

/// `out[i] = sum_j weights[j] x_ij` for each set of weights: weights by criterion, x row by row.
pub fn weigh(rows: &[f64], weights: &[Lanes], out: &mut [Lanes]) {
    pulp::Arch::new().dispatch(Weigh { rows, weights, out });
}

struct Weigh<'a> {
    rows: &'a [f64],
    weights: &'a [Lanes],
    out: &'a mut [Lanes],
}

impl WithSimd for Weigh<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { rows, weights, out } = self;
        for start in (0..LANES).step_by(FEW) {
            for (row, out) in rows.chunks_exact(weights.len().max(1)).zip(&mut *out) {
                let mut sums = [0.0; FEW];
                for (x, weights) in row.iter().zip(weights) {
                    for (sum, w) in sums.iter_mut().zip(few(weights, start)) {
                        *sum += x * w;
                    }
                }
                out[start..start + FEW].copy_from_slice(&sums);
            }
        }
    }
}

/// Some of the lanes.
#[inline(always)]
pub(super) fn few(lanes: &Lanes, start: usize) -> &[f64; FEW] {
    lanes[start..].first_chunk().unwrap_or(&[0.0; FEW])
}

/// Counts in each lane how many others have a higher score than each, ties within [`TIE`]: 0 is first. `won(a, b, n)`
/// is told in how many lanes a is ahead of b.
pub fn ahead(scores: &[Lanes], ahead: &mut [[u64; LANES]], won: impl FnMut(usize, usize, u64)) {
    pulp::Arch::new().dispatch(Comparison { scores, ahead, won });
}

struct Comparison<'a, W> {
    scores: &'a [Lanes],
    ahead: &'a mut [[u64; LANES]],
    won: W,
}

impl<W: FnMut(usize, usize, u64)> WithSimd for Comparison<'_, W> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { scores, ahead, mut won } = self;
        ahead.fill([0; LANES]);
        for option in 1..scores.len().min(ahead.len()) {
            let (before, rest) = ahead.split_at_mut(option);
            let (own, own_scores) = (&mut rest[0], &scores[option]);
            for (rival, (other, other_scores)) in before.iter_mut().zip(scores).enumerate() {
                let (mut wins, mut losses) = (0, 0);
                for lane in 0..LANES {
                    let difference = own_scores[lane] - other_scores[lane];
                    let (more, less) = (u64::from(difference > TIE), u64::from(difference < -TIE));
                    own[lane] += less;
                    other[lane] += more;
                    wins += more;
                    losses += less;
                }
                won(option, rival, wins);
                won(rival, option, losses);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulp::Scalar;

    /// Numbers that use all digits.
    fn numbers(count: u32, from: f64) -> Vec<f64> {
        (0..count).map(|i| (from + f64::from(i) * 0.618_033_988_749_895).fract()).collect()
    }

    fn lanes(from: f64) -> Lanes {
        let all = numbers(64, from);
        std::array::from_fn(|lane| all[lane])
    }

    fn bits(all: &[Lanes]) -> Vec<u64> {
        all.as_flattened().iter().map(|x| x.to_bits()).collect()
    }

    /// One at a time, and as many as this machine takes.
    #[test]
    fn figures_are_the_same_bytes_at_every_width() {
        let weights: Vec<Lanes> = (0..7).map(|j| lanes(0.1 * f64::from(j))).collect();
        let rows = numbers(35, 0.3);
        let (mut one, mut many) = (vec![[9.0; LANES]; 5], vec![[8.0; LANES]; 5]);
        Weigh { rows: &rows, weights: &weights, out: &mut one }.with_simd(Scalar::new());
        weigh(&rows, &weights, &mut many);
        assert_eq!(bits(&one), bits(&many));
    }
}
