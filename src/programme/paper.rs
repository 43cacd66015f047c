//! What the author says in the paper beside the figures.

use jiff::civil::Date;

/// The author's part of the paper; none of it moves a figure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// Passages in Markdown, one for each place that the pack has for them.
    pub narrative: Vec<Passage>,
    /// Spending objectives.
    pub objectives: Vec<Objective>,
    /// Critical success factors.
    pub success_factors: Vec<SuccessFactor>,
    /// What happens after the meeting.
    pub next_steps: Vec<NextStep>,
}

/// A passage of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it belongs, such as `case_for_change`.
    pub id: String,
    /// Markdown; `None` if the author gave nothing.
    pub text: Option<String>,
}

/// A spending objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// The objective.
    pub name: String,
    /// What is measured, from where to where.
    pub target: Option<String>,
    /// By when.
    pub date: Option<Date>,
    /// Ids of criteria or groups of them that show how far options serve it.
    pub criteria: Vec<String>,
}

/// A critical success factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuccessFactor {
    /// The factor.
    pub name: String,
    /// What an option must do to meet it.
    pub meaning: String,
}

/// A step after the meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// The step.
    pub name: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// By when.
    pub date: Option<Date>,
}
