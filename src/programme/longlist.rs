//! The long list by the options framework filter. Green Book 2026, 5.25-5.27 and 5.35.

use super::OptionIx;

/// Category of choices, in the order in which they are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChoiceCategory {
    /// What is covered.
    Scope,
    /// How.
    Solution,
    /// Who does it.
    Delivery,
    /// When, and in what steps.
    Implementation,
    /// How it is paid for.
    Funding,
}

impl ChoiceCategory {
    /// All, in the order of the Green Book.
    pub const ALL: [Self; 5] = [Self::Scope, Self::Solution, Self::Delivery, Self::Implementation, Self::Funding];

    /// As in scenarios and results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Solution => "solution",
            Self::Delivery => "delivery",
            Self::Implementation => "implementation",
            Self::Funding => "funding",
        }
    }
}

/// How a choice fares against the critical success factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rating {
    /// Meets them best of its category: preferred.
    Green,
    /// Meets them less well: carried forward.
    Amber,
    /// Does not meet them: dropped.
    Red,
}

impl Rating {
    /// As in scenarios and results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }

    /// What follows from it, in the Green Book's words.
    #[must_use]
    pub fn consequence(self) -> &'static str {
        match self {
            Self::Green => "Preferred",
            Self::Amber => "Carry forward",
            Self::Red => "Drop",
        }
    }
}

/// One choice of the long list.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Category.
    pub category: ChoiceCategory,
    /// Rating.
    pub rating: Rating,
    /// Why.
    pub reason: String,
    /// Whether it is what happens today.
    pub usual: bool,
    /// Options that make it.
    pub options: Vec<OptionIx>,
}
