//! What weights leave open: which option beats which whatever they are, and which can be first at all.

use super::weight_set::{Margin, Range, WeightSet};
use crate::scoring::TIE;

/// Which of two options beats the other over a set of weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The first is never behind and ahead somewhere.
    First,
    /// The second is.
    Second,
    /// Level at all weights.
    Level,
    /// Either is ahead at some weights.
    Open,
}

/// Value of one option less that of another, criterion by criterion.
#[must_use]
pub fn difference(option: &[f64], rival: &[f64]) -> Vec<f64> {
    option.iter().zip(rival).map(|(a, b)| a - b).collect()
}

/// Dominance of one option over another by the range of the difference of their scores (first less second).
#[must_use]
pub fn verdict(range: Range) -> Verdict {
    match (range.least < -TIE, range.most > TIE) {
        (false, true) => Verdict::First,
        (true, false) => Verdict::Second,
        (false, false) => Verdict::Level,
        (true, true) => Verdict::Open,
    }
}

/// How far an option can be ahead of its best rival (or has to be behind) at the weights of a set that suit it most:
/// `max_w min_k (S_option(w) - S_k(w))`. `None` without a rival.
///
/// Potential optimality: Hazen, "Partial information, dominance, and potential optimality in multiattribute utility
/// theory", Operations Research 34 (1986); `docs/method.md`, section 10.
#[must_use]
pub fn best_margin(set: &WeightSet, values: &[Vec<f64>], option: usize, rivals: &[usize]) -> Option<Margin> {
    let differences: Vec<Vec<f64>> =
        rivals.iter().filter(|r| **r != option).map(|r| difference(&values[option], &values[*r])).collect();
    set.margin(&differences)
}

/// Margins above this are those of an option that can be first: what is below is more than a linear program's tolerance.
pub const FIRST: f64 = -1e-6;

/// The smallest change of weights that brings a rival level with the leader.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The rival.
    pub rival: usize,
    /// The share of all weight that moves from some criteria to others: half the sum of the absolute changes.
    pub moved: f64,
    /// The weights at which the two are level.
    pub weights: Vec<f64>,
}

/// For each rival that weights of the set can bring level with the leader the smallest change that does it, the
/// smallest first (in the order given where equal).
///
/// The change is measured by the sum of absolute changes, since half of that is the share of weight that has to move:
/// something a panel can picture. All criteria may change at once; those without weight may be given some.
#[must_use]
pub fn smallest_changes(set: &WeightSet, weights: &[f64], values: &[Vec<f64>], leader: usize, rivals: &[usize]) -> Vec<Change> {
    let change = |rival: &usize| {
        let level = set.nearest(weights, &difference(&values[*rival], &values[leader]))?;
        let moved = level.iter().zip(weights).map(|(a, b)| (a - b).abs()).sum::<f64>() / 2.0;
        Some(Change { rival: *rival, moved, weights: level })
    };
    let mut all: Vec<Change> = rivals.iter().filter_map(change).collect();
    all.sort_by(|a, b| a.moved.total_cmp(&b.moved));
    all
}
