//! Swing weights from points, for one panel and for several.

use crate::programme::{Combination, NodeIx, Panel, Panels, ValueTree};

/// Global weights of the leaves; they sum to 1.
///
/// Points for leaves only: `w_j = p_j / sum p` (every swing was compared with every other). Points
/// for every node: each is divided by the sum over its siblings, and a leaf's weight is the product
/// down its path. MCDA manual (DCLG 2009), chapter 6; `docs/method.md`, section 9.
#[must_use]
pub fn leaf_weights(tree: &ValueTree, panel: &Panel) -> Vec<f64> {
    let points = |node: NodeIx| panel.points.iter().find(|(n, _)| *n == node).map_or(0.0, |(_, p)| *p);
    let hierarchical = panel.points.iter().any(|(n, _)| tree.nodes[n.0].criterion.is_none());
    let leaves = tree.criteria.iter().map(|c| c.node);
    if hierarchical {
        let local = |node: NodeIx| {
            let siblings: f64 = tree.children(tree.nodes[node.0].parent).into_iter().map(points).sum();
            if siblings > 0.0 { points(node) / siblings } else { 0.0 }
        };
        leaves.map(|leaf| tree.path(leaf).into_iter().map(local).product()).collect()
    } else {
        let sum: f64 = leaves.clone().map(points).sum();
        leaves.map(|leaf| points(leaf) / sum).collect()
    }
}

/// The weights of all panels together, by the rule of the scenario; `None` if panels are not
/// combined or there are none.
#[must_use]
pub fn combined(tree: &ValueTree, panels: &Panels) -> Option<Vec<f64>> {
    let share = |panel: &Panel| match panels.combination {
        Combination::Equal => 1.0,
        Combination::Seats => panel.seats,
        Combination::None => 0.0,
    };
    let seats: f64 = panels.list.iter().map(share).sum();
    (seats > 0.0).then(|| {
        let mut sum = vec![0.0; tree.criteria.len()];
        for panel in &panels.list {
            for (total, weight) in sum.iter_mut().zip(leaf_weights(tree, panel)) {
                *total += share(panel) / seats * weight;
            }
        }
        sum
    })
}

/// Weight of a node: the sum over its leaves.
#[must_use]
pub fn node_weight(tree: &ValueTree, node: NodeIx, weights: &[f64]) -> f64 {
    tree.leaves(node).iter().map(|c| weights[c.0]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::{Anchors, Criterion, CriterionIx, Measure, Node};

    /// Two branches, the first with two leaves, the second itself a leaf.
    fn tree() -> ValueTree {
        let node = |id: &str, parent: Option<usize>, criterion: Option<usize>| Node {
            id: id.into(),
            name: id.into(),
            parent: parent.map(NodeIx),
            criterion: criterion.map(CriterionIx),
        };
        let leaf = |id: &str, node: usize| Criterion {
            id: id.into(),
            name: id.into(),
            measure: Measure::Cost,
            unit: "£".into(),
            anchors: Anchors { zero: 0.0, hundred: 1.0 },
            node: NodeIx(node),
            reason: None,
        };
        ValueTree {
            nodes: vec![
                node("impact", None, None),
                node("a", Some(0), Some(0)),
                node("b", Some(0), Some(1)),
                node("cost", None, Some(2)),
            ],
            criteria: vec![leaf("a", 1), leaf("b", 2), leaf("cost", 3)],
        }
    }

    fn panel(points: &[(usize, f64)]) -> Panel {
        Panel { id: "p".into(), name: "p".into(), seats: 1.0, points: points.iter().map(|(n, p)| (NodeIx(*n), *p)).collect() }
    }

    #[test]
    fn leaf_points_are_shares_of_their_sum() {
        // 100 + 60 + 40 = 200.
        assert_eq!(leaf_weights(&tree(), &panel(&[(1, 100.0), (2, 60.0), (3, 40.0)])), [0.5, 0.3, 0.2]);
    }

    #[test]
    fn points_for_every_node_multiply_down_the_tree() {
        // Branches 100 and 25: 0.8 and 0.2; within impact 30 and 10: 0.75 and 0.25.
        let weights = leaf_weights(&tree(), &panel(&[(0, 100.0), (3, 25.0), (1, 30.0), (2, 10.0)]));
        for (w, expected) in weights.iter().zip([0.6, 0.2, 0.2]) {
            assert!((w - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn seats_weigh_panels() {
        let mut many = panel(&[(1, 1.0), (2, 0.0), (3, 0.0)]);
        many.seats = 3.0;
        let list = vec![many, panel(&[(1, 0.0), (2, 0.0), (3, 1.0)])];
        let by_seats = combined(&tree(), &Panels { list: list.clone(), combination: Combination::Seats });
        assert_eq!(by_seats, Some(vec![0.75, 0.0, 0.25]));
        assert_eq!(combined(&tree(), &Panels { list, combination: Combination::None }), None);
    }
}
