//! Ranks.

/// Differences below this are ties.
pub const TIE: f64 = 1e-9;

/// Standard competition ranks (1, 2, 2, 4), lowest number first, ties within [`TIE`]; `None` stays
/// unranked.
#[must_use]
pub fn ranks(numbers: &[Option<f64>]) -> Vec<Option<usize>> {
    let better = |than: f64| numbers.iter().flatten().filter(|n| **n < than - TIE).count();
    numbers.iter().map(|n| n.map(|n| better(n) + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_a_rank_and_the_next_is_skipped() {
        let numbers = [Some(3.0), Some(1.0), None, Some(1.0 + 1e-12), Some(0.5)];
        assert_eq!(ranks(&numbers), [Some(4), Some(2), None, Some(2), Some(1)]);
    }
}
