//! Criteria: the value tree, anchors, panels.

use super::{CriterionIx, NodeIx, Preference, WeightStatement};

/// What a criterion measures.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// Share of cross-service contacts with a usable view of the other record, mean over the period.
    Visibility,
    /// Hours a year of second logins and re-keying once everything is live.
    Burden,
    /// Patient-facing hours lost after go-lives.
    Disruption,
    /// Largest share of users on one supplier once everything is live.
    Resilience,
    /// Need- and user-weighted coverage of *should* capabilities, mean over the period.
    Capability,
    /// Net present cost without dual running and priced staff time, pounds.
    Cost,
    /// Dual running, present value, pounds.
    DualRunning,
    /// Person-days of the programme and of training.
    Effort,
    /// Net present cost, pounds.
    NetPresentCost,
    /// Judged by people, by option.
    Judged(Vec<Judgement>),
}

/// A judged score with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The measure on the criterion's own scale.
    pub value: f64,
    /// Why.
    pub evidence: Option<String>,
}

impl Measure {
    /// The measures that the engine computes, by the word used in scenarios.
    #[must_use]
    pub fn computed(word: &str) -> Option<Self> {
        Some(match word {
            "visibility" => Self::Visibility,
            "burden" => Self::Burden,
            "disruption" => Self::Disruption,
            "resilience" => Self::Resilience,
            "capability" => Self::Capability,
            "cost" => Self::Cost,
            "dual_running" => Self::DualRunning,
            "effort" => Self::Effort,
            "net_present_cost" => Self::NetPresentCost,
            _ => return None,
        })
    }

    /// The words [`Measure::computed`] knows.
    pub const COMPUTED: [&'static str; 9] =
        ["visibility", "burden", "disruption", "resilience", "capability", "cost", "dual_running", "effort", "net_present_cost"];

    /// As in results.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Visibility => "visibility",
            Self::Burden => "burden",
            Self::Disruption => "disruption",
            Self::Resilience => "resilience",
            Self::Capability => "capability",
            Self::Cost => "cost",
            Self::DualRunning => "dual_running",
            Self::Effort => "effort",
            Self::NetPresentCost => "net_present_cost",
            Self::Judged(_) => "judged",
        }
    }

    /// Unit of a computed measure.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        match self {
            Self::Visibility => "share of contacts",
            Self::Burden => "hours a year",
            Self::Disruption => "hours",
            Self::Resilience => "share of users",
            Self::Capability => "share",
            Self::Cost | Self::DualRunning | Self::NetPresentCost => "£ present value",
            Self::Effort => "days",
            Self::Judged(_) => "points",
        }
    }

    /// Whether it is money in present value.
    #[must_use]
    pub fn is_money(&self) -> bool {
        matches!(self, Self::Cost | Self::DualRunning | Self::NetPresentCost)
    }
}

/// The measure at 0 and at 100 points: a global scale, fixed before options are scored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anchors {
    /// At 0 points.
    pub zero: f64,
    /// At 100 points.
    pub hundred: f64,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The 100 anchor is the larger.
    MoreIsBetter,
    /// The 100 anchor is the smaller.
    LessIsBetter,
}

impl Anchors {
    /// The direction that the anchors imply.
    #[must_use]
    pub fn direction(self) -> Direction {
        if self.hundred > self.zero { Direction::MoreIsBetter } else { Direction::LessIsBetter }
    }
}

/// A point of a value function between the anchors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Knot {
    /// The measure.
    pub at: f64,
    /// What it is worth, 0 to 100.
    pub points: f64,
}

/// The shape of the way from 0 to 100 points. Knots run from the 0 anchor towards the 100 anchor, strictly
/// between them, and never fall.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ValueFunction {
    /// Every unit counts the same.
    #[default]
    Linear,
    /// Straight between knots.
    Piecewise(Vec<Knot>),
    /// Level from each knot to the next.
    Step(Vec<Knot>),
}

impl ValueFunction {
    /// As in results.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Piecewise(_) => "piecewise",
            Self::Step(_) => "step",
        }
    }

    /// Its knots.
    #[must_use]
    pub fn knots(&self) -> &[Knot] {
        match self {
            Self::Linear => &[],
            Self::Piecewise(knots) | Self::Step(knots) => knots,
        }
    }
}

/// A leaf of the value tree.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it measures.
    pub measure: Measure,
    /// Unit.
    pub unit: String,
    /// Global scale.
    pub anchors: Anchors,
    /// Value between the anchors.
    pub function: ValueFunction,
    /// Its node in the tree.
    pub node: NodeIx,
    /// Why a pound of it may weigh more or less than a pound of another, if the author says so.
    pub reason: Option<String>,
    /// How PROMETHEE reads a difference on it; `None` for the default.
    pub preference: Option<Preference>,
}

/// A node of the value tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The node above; `None` at the top.
    pub parent: Option<NodeIx>,
    /// The criterion, for a leaf.
    pub criterion: Option<CriterionIx>,
}

/// The value tree.
#[derive(Debug, Clone, Default)]
pub struct ValueTree {
    /// All nodes, parents before children.
    pub nodes: Vec<Node>,
    /// The leaves in order.
    pub criteria: Vec<Criterion>,
}

impl ValueTree {
    /// The leaves at or below a node, in order.
    #[must_use]
    pub fn leaves(&self, node: NodeIx) -> Vec<CriterionIx> {
        (0..self.criteria.len()).map(CriterionIx).filter(|c| self.path(self.criteria[c.0].node).contains(&node)).collect()
    }

    /// A node and all above it, the node first.
    #[must_use]
    pub fn path(&self, node: NodeIx) -> Vec<NodeIx> {
        std::iter::successors(Some(node), |n| self.nodes[n.0].parent).collect()
    }

    /// The nodes directly below a node (`None`: at the top).
    #[must_use]
    pub fn children(&self, parent: Option<NodeIx>) -> Vec<NodeIx> {
        (0..self.nodes.len()).map(NodeIx).filter(|n| self.nodes[n.0].parent == parent).collect()
    }
}

/// A stakeholder group with its swing points.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Seats.
    pub seats: f64,
    /// Swing points by node. Either for every leaf (all swings compared with one another), or for
    /// every node (swings compared among siblings).
    pub points: Vec<(NodeIx, f64)>,
    /// What it says of weights besides.
    pub statements: Vec<WeightStatement>,
}

/// How panels are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combination {
    /// Each panel counts the same.
    Equal,
    /// By seats.
    Seats,
    /// The median of each weight over the panels, brought back to a sum of 1.
    Median,
    /// The geometric mean of each weight over the panels, brought back to a sum of 1: one panel's zero is a zero.
    Geometric,
    /// Not at all: no single score.
    None,
}

impl Combination {
    /// As in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Seats => "seats",
            Self::Median => "median",
            Self::Geometric => "geometric",
            Self::None => "none",
        }
    }
}

/// All panels and the rule that combines them.
#[derive(Debug, Clone)]
pub struct Panels {
    /// Panels.
    pub list: Vec<Panel>,
    /// Rule.
    pub combination: Combination,
}
