//! What happens as the weight of one node of the value tree varies, all others in proportion.

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

/// An option's score where a node has no weight, and where it has all of it: in between it is a straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// At a weight of 0: its weighted mean over everything else.
    pub without: f64,
    /// At a weight of 1: its value at the node.
    pub alone: f64,
}

/// Where the leader loses its place on one side of a node's weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flip {
    /// The node's weight there.
    pub weight: f64,
    /// How far that is from its weight now.
    pub distance: f64,
    /// The option that comes level there and is ahead beyond.
    pub rival: usize,
}

/// A node of the tree with the nearest flip on either side.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeFlips {
    /// Node.
    pub node: NodeIx,
    /// Its weight now.
    pub weight: f64,
    /// The nearest below its weight; `None` if the leader stays first down to 0.
    pub below: Option<Flip>,
    /// The nearest above; `None` if it stays first up to 1.
    pub above: Option<Flip>,
}

/// An option's score as the weight of a node goes from 0 to 1, the weights within the node and outside it kept in
/// proportion; `None` for a node that has all the weight, or none to scale.
///
/// # Method
/// `docs/method.md`, section 10.
#[must_use]
pub fn line(tree: &ValueTree, node: NodeIx, weights: &[f64], values: &[f64]) -> Option<Line> {
    let inside = tree.leaves(node);
    let mean = |within: bool| {
        let leaves = (0..weights.len()).filter(|c| inside.iter().any(|i| i.0 == *c) == within);
        let (sum, total) = leaves.fold((0.0, 0.0), |(s, t), c| (s + weights[c] * values[c], t + weights[c]));
        (total > 0.0).then(|| sum / total)
    };
    let single = || inside.first().filter(|_| inside.len() == 1).map(|c| values[c.0]);
    Some(Line { without: mean(false)?, alone: mean(true).or_else(single)? })
}

/// Crossings of every node for a pair of options. A node without a [`line()`] has none.
#[must_use]
pub fn crossings(tree: &ValueTree, weights: &[f64], values: &[Vec<f64>], option: usize, rival: usize) -> Vec<NodeCrossing> {
    (0..tree.nodes.len())
        .map(NodeIx)
        .map(|node| {
            let weight = scoring::node_weight(tree, node, weights);
            let of = |o: usize| line(tree, node, weights, &values[o]);
            let crossing =
                of(option).zip(of(rival)).and_then(|(a, b)| scoring::crossing((a.alone, b.alone), (a.without, b.without)));
            NodeCrossing { node, weight, option, rival, crossing }
        })
        .collect()
}

/// For every node the nearest weight on either side at which the leader is first no longer, and the rival that this
/// brings; of rivals that come level at the same weight, the one that stands first among them. A rival that is level
/// now and ahead on one side flips there at the weight now, be it 0 or 1. A node without a [`line()`] has no flips.
#[must_use]
pub fn flips(tree: &ValueTree, weights: &[f64], values: &[Vec<f64>], leader: usize, rivals: &[usize]) -> Vec<NodeFlips> {
    let one = |node: NodeIx| {
        let weight = scoring::node_weight(tree, node, weights);
        let of = |o: usize| line(tree, node, weights, &values[o]);
        let leads: Vec<(usize, Line)> = rivals
            .iter()
            .filter_map(|r| {
                let (a, b) = (of(leader)?, of(*r)?);
                Some((*r, Line { without: a.without - b.without, alone: a.alone - b.alone }))
            })
            .collect();
        let nearest = |above: bool| {
            let lost = leads.iter().filter(|(_, lead)| if above { lead.alone } else { lead.without } < -scoring::TIE);
            let flips = lost.map(|(rival, lead)| {
                let zero = lead.without / (lead.without - lead.alone);
                // The leader leads now, so its lead comes to 0 between here and there; rounding may say otherwise.
                let (low, high) = if above { (weight, 1.0) } else { (0.0, weight) };
                let at = if zero.is_finite() { zero.clamp(low, high) } else { weight };
                Flip { weight: at, distance: (at - weight).abs(), rival: *rival }
            });
            flips.min_by(|a, b| a.distance.total_cmp(&b.distance))
        };
        NodeFlips { node, weight, below: nearest(false), above: nearest(true) }
    };
    (0..tree.nodes.len()).map(NodeIx).map(one).collect()
}
