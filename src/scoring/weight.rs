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

/// The weights of all panels together, by the rule of the scenario; `None` if panels are not combined, there are
/// none, or the rule leaves no criterion any weight (the reader refuses that).
///
/// Equal and seats are weighted means. The median and the geometric mean are taken criterion by criterion and
/// brought back to a sum of 1; with the geometric mean a criterion to which one panel gives nothing has no weight.
#[must_use]
pub fn combined(tree: &ValueTree, panels: &Panels) -> Option<Vec<f64>> {
    let weights: Vec<Vec<f64>> = panels.list.iter().map(|p| leaf_weights(tree, p)).collect();
    let criterion = |c: usize| weights.iter().map(move |w| w[c]);
    let mean = |shares: &[f64], c: usize| criterion(c).zip(shares).map(|(w, s)| w * s).sum::<f64>();
    let all: Vec<f64> = match panels.combination {
        Combination::None => return None,
        Combination::Equal => {
            let shares = vec![1.0; weights.len()];
            (0..tree.criteria.len()).map(|c| mean(&shares, c)).collect()
        }
        Combination::Seats => {
            let shares: Vec<f64> = panels.list.iter().map(|p| p.seats).collect();
            (0..tree.criteria.len()).map(|c| mean(&shares, c)).collect()
        }
        Combination::Median => (0..tree.criteria.len()).map(|c| middle(criterion(c).collect())).collect(),
        Combination::Geometric => {
            let count = f64::from(u32::try_from(weights.len()).expect("few panels"));
            (0..tree.criteria.len()).map(|c| criterion(c).product::<f64>().powf(1.0 / count)).collect()
        }
    };
    let sum: f64 = all.iter().sum();
    (sum > 0.0).then(|| all.iter().map(|w| w / sum).collect())
}

/// The middle value, or the mean of the two in the middle; 0 of none.
#[must_use]
pub fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let upper = values.len().div_euclid(2);
    match values.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => values[upper],
        _ => f64::midpoint(values[upper - 1], values[upper]),
    }
}

/// Weight of a node: the sum over its leaves.
#[must_use]
pub fn node_weight(tree: &ValueTree, node: NodeIx, weights: &[f64]) -> f64 {
    tree.leaves(node).iter().map(|c| weights[c.0]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::{Anchors, Criterion, CriterionIx, Measure, Node, ValueFunction};

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
            function: ValueFunction::Linear,
            node: NodeIx(node),
            reason: None,
            preference: None,
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
        Panel {
            id: "p".into(),
            name: "p".into(),
            seats: 1.0,
            points: points.iter().map(|(n, p)| (NodeIx(*n), *p)).collect(),
            statements: Vec::new(),
        }
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

    #[test]
    fn the_median_and_the_geometric_mean_are_brought_back_to_one() {
        // Weights (0.5, 0.5, 0), (0.25, 0.25, 0.5), (0.8, 0.1, 0.1).
        let list = vec![
            panel(&[(1, 1.0), (2, 1.0), (3, 0.0)]),
            panel(&[(1, 1.0), (2, 1.0), (3, 2.0)]),
            panel(&[(1, 8.0), (2, 1.0), (3, 1.0)]),
        ];
        // Medians 0.5, 0.25, 0.1 sum to 0.85.
        let found = combined(&tree(), &Panels { list: list.clone(), combination: Combination::Median }).expect("weights");
        for (w, expected) in found.iter().zip([0.5 / 0.85, 0.25 / 0.85, 0.1 / 0.85]) {
            assert!((w - expected).abs() < 1e-12);
        }
        // Products 0.1, 0.0125, 0: the ratio of the cube roots is 2 to 1, and a zero is a zero.
        let found = combined(&tree(), &Panels { list, combination: Combination::Geometric }).expect("weights");
        for (w, expected) in found.iter().zip([2.0 / 3.0, 1.0 / 3.0, 0.0]) {
            assert!((w - expected).abs() < 1e-12);
        }
        // Of two panels the median is the mean; where every criterion is somebody's zero nothing is left.
        let opposed = vec![panel(&[(1, 1.0), (2, 0.0), (3, 0.0)]), panel(&[(1, 0.0), (2, 0.0), (3, 1.0)])];
        let of = |combination| combined(&tree(), &Panels { list: opposed.clone(), combination });
        assert_eq!(of(Combination::Median), Some(vec![0.5, 0.0, 0.5]));
        assert_eq!(of(Combination::Geometric), None);
    }

    #[test]
    fn a_tree_of_four_floors_multiplies_all_the_way_down() {
        // impact > safety > record > {a, b}, and cost: 60/40 at the top, all of impact on safety, 3/4 of
        // safety on record (the rest on c), a and b as 9 to 1.
        let node = |id: &str, parent: Option<usize>, criterion: Option<usize>| Node {
            id: id.into(),
            name: id.into(),
            parent: parent.map(NodeIx),
            criterion: criterion.map(CriterionIx),
        };
        let mut deep = tree();
        deep.nodes = vec![
            node("impact", None, None),
            node("safety", Some(0), None),
            node("record", Some(1), None),
            node("a", Some(2), Some(0)),
            node("b", Some(2), Some(1)),
            node("c", Some(1), Some(2)),
            node("cost", None, Some(3)),
        ];
        let leaf = |at: usize| Criterion { node: NodeIx(at), ..deep.criteria[0].clone() };
        deep.criteria = vec![leaf(3), leaf(4), leaf(5), leaf(6)];
        let points = [(0, 60.0), (6, 40.0), (1, 100.0), (2, 75.0), (5, 25.0), (3, 90.0), (4, 10.0)];
        for (w, expected) in leaf_weights(&deep, &panel(&points)).iter().zip([0.405, 0.045, 0.15, 0.4]) {
            assert!((w - expected).abs() < 1e-12, "{w} is not {expected}");
        }
    }
}
