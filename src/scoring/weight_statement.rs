//! Statements of panels as limits on the weights of criteria.

use super::weight_space::{HalfSpace, interval};
use crate::programme::{NodeIx, ValueTree, WeightClaim};

/// The limits that a statement sets, on the leaves of the tree in order. `docs/method.md`, section 19.
#[must_use]
pub fn limits(tree: &ValueTree, claim: &WeightClaim) -> Vec<HalfSpace> {
    let criteria = tree.criteria.len();
    // The weight of a node is the sum over its leaves.
    let sum = |parts: &[(NodeIx, f64)], least: f64| {
        let mut coefficients = vec![0.0; criteria];
        for (node, times) in parts {
            tree.leaves(*node).iter().for_each(|leaf| coefficients[leaf.0] += times);
        }
        HalfSpace { coefficients, least }
    };
    match *claim {
        WeightClaim::AtLeast { more, less } => vec![sum(&[(more, 1.0), (less, -1.0)], 0.0)],
        WeightClaim::Between { node, low, high } => match tree.nodes[node.0].criterion {
            Some(leaf) => interval(criteria, leaf.0, (low, high)).into(),
            None => vec![sum(&[(node, 1.0)], low), sum(&[(node, -1.0)], -high)],
        },
        WeightClaim::Ratio { of, to, low, high } => {
            let least = sum(&[(of, 1.0), (to, -low)], 0.0);
            std::iter::once(least).chain(high.map(|high| sum(&[(to, high), (of, -1.0)], 0.0))).collect()
        }
    }
}
