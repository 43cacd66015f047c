//! Crossings of every node of the value tree for pairs of options.

use crate::programme::{NodeIx, ValueTree};
use crate::scoring::{self, Crossing};

/// A node, two options (by position), and where they tie.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeCrossing {
    /// Node.
    pub node: NodeIx,
    /// Its weight now.
    pub weight: f64,
    /// One option.
    pub option: usize,
    /// The other.
    pub rival: usize,
    /// Where they tie as the node's weight varies; `None` if nowhere between 0 and 1.
    pub crossing: Option<Crossing>,
}

/// Crossings of every node for a pair of options, the weights within the node and outside it kept in
/// proportion. A node that has all the weight, or none to scale, has no crossing.
///
/// # Method
/// `docs/method.md`, section 10.
#[must_use]
pub fn crossings(tree: &ValueTree, weights: &[f64], values: &[Vec<f64>], option: usize, rival: usize) -> Vec<NodeCrossing> {
    (0..tree.nodes.len())
        .map(NodeIx)
        .map(|node| {
            let weight = scoring::node_weight(tree, node, weights);
            let inside = tree.leaves(node);
            let mean = |o: usize, within: bool| {
                let leaves = (0..weights.len()).filter(|c| inside.iter().any(|i| i.0 == *c) == within);
                let (sum, total) = leaves.fold((0.0, 0.0), |(s, t), c| (s + weights[c] * values[o][c], t + weights[c]));
                (total > 0.0).then(|| sum / total)
            };
            let single = |o: usize| inside.first().filter(|_| inside.len() == 1).map(|c| values[o][c.0]);
            let at = |o: usize| mean(o, true).or_else(|| single(o));
            let crossing = at(option)
                .zip(at(rival))
                .zip(mean(option, false).zip(mean(rival, false)))
                .and_then(|(node, rest)| scoring::crossing(node, rest));
            NodeCrossing { node, weight, option, rival, crossing }
        })
        .collect()
}
