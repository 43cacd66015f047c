//! What a search leaves to chance, from keyed streams.

use crate::assumption::Stream;

/// Numbers of one stream, one after the other.
#[derive(Debug)]
pub(super) struct Dice {
    stream: Stream,
    at: u64,
}

impl Dice {
    /// Of a key, under a seed.
    pub(super) fn of(seed: u64, key: &str) -> Self {
        Self { stream: Stream::new(seed, key), at: 0 }
    }

    /// Between 0 and 1.
    pub(super) fn unit(&mut self) -> f64 {
        self.at += 1;
        self.stream.at(self.at)
    }

    /// A position below `end`; `None` if there is none.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position among a few thousand at most")]
    pub(super) fn below(&mut self, end: usize) -> Option<usize> {
        let count = f64::from(u32::try_from(end).unwrap_or(u32::MAX));
        let last = end.checked_sub(1)?;
        Some(((self.unit() * count) as usize).min(last))
    }

    /// From one to `most` either way.
    pub(super) fn step(&mut self, most: usize) -> i32 {
        let by = i32::try_from(self.below(most).unwrap_or(0)).unwrap_or(0) + 1;
        if self.unit() < 0.5 { -by } else { by }
    }
}
