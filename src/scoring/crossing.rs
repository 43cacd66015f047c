//! The weight at which two options tie, exactly.

/// Where two options tie as the weight of one node varies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// The weight, between 0 and 1.
    pub weight: f64,
    /// Whether the first option is ahead for weights above it.
    pub first_ahead_above: bool,
}

/// The tie of options a and b as one node's weight goes from 0 to 1 with all others scaled in
/// proportion: `w* = (R_b - R_a) / ((v_a - v_b) + (R_b - R_a))`, where v is an option's value at the
/// node and R its weighted mean over everything else.
///
/// `node` and `rest` give (a, b) for v and R. `None` if there is no tie strictly between 0 and 1: in
/// particular where the options are level at the node (the formula then gives exactly 1, a limit at
/// which nothing else counts) or everywhere. `docs/method.md`, section 10.
#[must_use]
pub fn crossing(node: (f64, f64), rest: (f64, f64)) -> Option<Crossing> {
    let at_node = node.0 - node.1;
    let elsewhere = rest.1 - rest.0;
    let weight = elsewhere / (at_node + elsewhere);
    let level = at_node.abs() < super::TIE;
    (!level && weight > 0.0 && weight < 1.0).then_some(Crossing { weight, first_ahead_above: at_node > 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_halfway() {
        // a is 10 ahead at the node, b 10 ahead elsewhere: level at a half.
        let tie = crossing((20.0, 10.0), (0.0, 10.0)).expect("they cross");
        assert!((tie.weight - 0.5).abs() < 1e-12 && tie.first_ahead_above);
    }

    #[test]
    fn no_tie_where_one_leads_at_both_ends() {
        assert_eq!(crossing((20.0, 10.0), (10.0, 0.0)), None);
    }

    #[test]
    fn level_at_the_node_is_no_tie() {
        assert_eq!(crossing((10.0, 10.0), (0.0, 5.0)), None);
        assert_eq!(crossing((10.0, 10.0), (5.0, 5.0)), None);
    }
}
