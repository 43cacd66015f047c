//! Grades of evidence. An estimate is never shown as a sourced figure.

/// What kind of authority a number has. Ordered from strongest to weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// Read in the source named.
    Sourced,
    /// Arithmetic on sourced figures.
    Derived,
    /// The author's own estimate, with its basis.
    Estimate,
    /// Background knowledge, not checked.
    Unchecked,
    /// A plain number without source.
    None,
}

impl Evidence {
    /// All grades, strongest first.
    pub const ALL: [Self; 5] = [Self::Sourced, Self::Derived, Self::Estimate, Self::Unchecked, Self::None];

    /// The word used in scenarios and results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Sourced => "sourced",
            Self::Derived => "derived",
            Self::Estimate => "estimate",
            Self::Unchecked => "unchecked",
            Self::None => "none",
        }
    }
}

/// Red, amber or green quality of an assumption (Home Office definitions, AQuA Book practice).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// Reliable, documented, recent.
    Green,
    /// Some evidence.
    Amber,
    /// Little evidence, or opinion.
    Red,
}

impl Quality {
    /// The word used in scenarios and results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

/// A document quoted in a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Id by which numbers refer to it.
    pub id: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Date as given.
    pub date: Option<String>,
}
