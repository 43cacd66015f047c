//! Keys by which what was worked out is found again.

/// 128 bits that stand for facts: those of different facts differ, but for a chance of one in 2^64 among four thousand
/// million of them. What is found is judged anew by the full evaluation, so that nothing rests on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key(u64, u64);

impl Default for Key {
    /// Of no facts. Not 0, or facts that are 0 would leave no trace.
    fn default() -> Self {
        Self(0x5851_f42d_4c95_7f2d, 0x1405_7b7e_f767_814f)
    }
}

impl Key {
    /// With one more fact, in this order.
    pub(super) fn with(self, fact: u64) -> Self {
        Self(mixed(self.0 ^ fact), mixed(self.1.rotate_left(23).wrapping_add(fact).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// With facts.
    pub(super) fn of(facts: impl IntoIterator<Item = u64>) -> Self {
        facts.into_iter().fold(Self::default(), Self::with)
    }

    /// With another key.
    pub(super) fn and(self, other: Self) -> Self {
        self.with(other.0).with(other.1)
    }

    /// Of two sets of facts together, in any order.
    pub(super) fn plus(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0), self.1.wrapping_add(other.1))
    }

    /// Of what is left without some.
    pub(super) fn minus(self, other: Self) -> Self {
        Self(self.0.wrapping_sub(other.0), self.1.wrapping_sub(other.1))
    }
}

/// The mixing step of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
fn mixed(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// A number as a fact.
pub(super) fn fact(number: i32) -> u64 {
    u64::from(number.cast_unsigned())
}
