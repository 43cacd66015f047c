//! What money there is.

use super::OrganisationIx;
use crate::assumption::{Assumed, Values};
use crate::quantity::Month;

/// What funding may be spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FundingKind {
    /// Capital only.
    Capital,
    /// Revenue only.
    Revenue,
    /// Either of the two.
    Either,
}

impl FundingKind {
    /// All.
    pub const ALL: [Self; 3] = [Self::Capital, Self::Revenue, Self::Either];

    /// As in scenarios and results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Capital => "capital",
            Self::Revenue => "revenue",
            Self::Either => "either",
        }
    }
}

/// How much a source gives, in cash prices of each year.
#[derive(Debug, Clone)]
pub enum FundingAmount {
    /// An amount by year of the period; `None` where it gives nothing.
    ByYear(Vec<Option<Assumed<f64>>>),
    /// So much a year, and the part of each year of the period in which it is given.
    PerYear(Assumed<f64>, Vec<f64>),
}

/// Money that a body has for this.
#[derive(Debug, Clone)]
pub struct Funding {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Who has it.
    pub body: OrganisationIx,
    /// What it may be spent on.
    pub kind: FundingKind,
    /// Conditions, in words.
    pub conditions: Option<String>,
    /// The last month in which it may be spent, if it lapses.
    pub end: Option<Month>,
    /// How much.
    pub amount: FundingAmount,
}

impl Funding {
    /// What it gives in a year of the period; `None` where it gives nothing.
    #[must_use]
    pub fn in_year(&self, year: usize, values: &Values) -> Option<f64> {
        match &self.amount {
            FundingAmount::ByYear(years) => years.get(year).copied().flatten().map(|a| a.of(values)),
            FundingAmount::PerYear(amount, parts) => parts.get(year).filter(|p| **p > 0.0).map(|p| p * amount.of(values)),
        }
    }
}
