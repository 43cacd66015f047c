//! Streams of random numbers, each with its own key.

use pulp::{Simd, WithSimd};
use sha2::{Digest, Sha256};

/// Numbers that are uniform between 0 and 1, each found by its position: draw n of one stream is what it is whatever
/// else is drawn, in whatever order, on whatever thread.
///
/// SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014): a sequence that grows by
/// a fixed odd number, mixed. A stream starts where the digest of its key and the seed says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stream(u64);

/// 2^64 divided by the golden ratio, odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Stream {
    /// Of a key, under a seed.
    #[must_use]
    pub fn new(seed: u64, key: &str) -> Self {
        let digest = Sha256::new().chain_update(seed.to_le_bytes()).chain_update(key.as_bytes()).finalize();
        let mut start = [0; 8];
        start.copy_from_slice(&digest[..8]);
        Self(u64::from_le_bytes(start))
    }

    /// The numbers from a position on.
    pub(super) fn fill(self, first: u64, numbers: &mut [f64]) {
        pulp::Arch::new().dispatch(Fill { stream: self, first, numbers });
    }

    /// The number at a position: above 0 and below 1.
    #[must_use]
    #[inline(always)]
    pub fn at(self, position: u64) -> f64 {
        let mut bits = self.0.wrapping_add(position.wrapping_add(1).wrapping_mul(STEP));
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        // The upper 52 bits, put after the point of a number from 1 to 2; half a step keeps it from being 0.
        f64::from_bits((bits >> 12) | 0x3ff0_0000_0000_0000) - (1.0 - f64::EPSILON / 2.0)
    }
}

struct Fill<'a> {
    stream: Stream,
    first: u64,
    numbers: &'a mut [f64],
}

impl WithSimd for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        (self.first..).zip(self.numbers).for_each(|(n, number)| *number = self.stream.at(n));
    }
}

#[cfg(test)]
mod tests {
    use super::Stream;

    /// The first numbers of the published generator from the state 0 (the reference C code of S. Vigna,
    /// splitmix64.c): e220a8397b1dcdaf, 6e789e6aa1b965f4, 06c45d188009454f.
    #[test]
    fn the_sequence_is_the_published_one() {
        let stream = Stream(0);
        for (at, bits) in [0xe220_a839_7b1d_cdaf_u64, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f].into_iter().enumerate() {
            // The upper 52 bits, as two numbers that are exact.
            let half = |bits: u64| f64::from(u32::try_from(bits).expect("26 bits"));
            let (high, low) = (half(bits >> 38), half((bits >> 12) & 0x3ff_ffff));
            let expected = (high * 67_108_864.0 + low + 0.5) / 4_503_599_627_370_496.0;
            assert!((stream.at(at as u64) - expected).abs() < 1e-18, "{at}");
        }
    }

    #[test]
    fn streams_of_other_keys_and_seeds_are_others() {
        let first = |seed, key| Stream::new(seed, key).at(0);
        assert!((first(1, "a") - first(1, "b")).abs() > 1e-9);
        assert!((first(1, "a") - first(2, "a")).abs() > 1e-9);
        assert_eq!(Stream::new(1, "a"), Stream::new(1, "a"));
    }

    /// 100,000 numbers in 20 cells: the chi-square statistic with 19 degrees of freedom is below 43.8 in 99.9% of cases.
    #[test]
    fn numbers_are_spread_evenly() {
        let stream = Stream::new(7, "x");
        let mut cells = [0.0_f64; 20];
        for n in 0..100_000 {
            let u = stream.at(n);
            assert!(u > 0.0 && u < 1.0);
            let edge = |n: usize| f64::from(u32::try_from(n).expect("few")) / 20.0;
            let cell = (0..20).rposition(|n| edge(n) <= u).expect("above 0");
            cells[cell] += 1.0;
        }
        let chi: f64 = cells.iter().map(|n| (n - 5_000.0).powi(2) / 5_000.0).sum();
        assert!(chi < 43.8, "{chi}");
    }
}
