//! The money that bodies have, and what is short of it.

use super::realise::Budget;
use super::totals::Bearers;
use crate::assumption::Values;
use crate::programme::{FundingKind, OrganisationIx, Programme};
use crate::quantity::offset_of;

/// Money of one body and year, by what it may be spent on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Purse {
    /// On capital only.
    pub capital: f64,
    /// On revenue only.
    pub revenue: f64,
    /// On either of the two.
    pub either: f64,
}

/// Money of one kind against what is spent of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Spent.
    pub cash: f64,
    /// Given for it.
    pub funding: f64,
    /// Spent and not given for; negative if some is left.
    pub gap: f64,
}

impl Purse {
    fn add(&mut self, kind: FundingKind, amount: f64) {
        match kind {
            FundingKind::Capital => self.capital += amount,
            FundingKind::Revenue => self.revenue += amount,
            FundingKind::Either => self.either += amount,
        }
    }

    /// All of it.
    #[must_use]
    pub fn all(self) -> f64 {
        self.capital + self.revenue + self.either
    }

    /// Capital and revenue against it. What may be spent on either pays for capital that nothing else pays for, and
    /// the rest of it for revenue, so that the two gaps add up to cash less funding.
    #[must_use]
    pub fn against(self, capital: f64, revenue: f64) -> (Part, Part) {
        let short = (capital - self.capital).max(0.0);
        let lent = short.min(self.either);
        let part = |cash: f64, funding: f64, either: f64| Part { cash, funding, gap: cash - funding - either };
        (part(capital, self.capital, lent), part(revenue, self.revenue, self.either - lent))
    }
}

/// What is short of capital and revenue together, or, where neither is short, what is left, negative.
#[must_use]
pub fn gap(capital: &Part, revenue: &Part) -> f64 {
    let short = capital.gap.max(0.0) + revenue.gap.max(0.0);
    // Less than half a penny is rounding.
    if short > 0.005 { short } else { capital.gap + revenue.gap }
}

/// The money of every body by year. Funding passes to a successor as costs do, with the year in which it takes over at
/// the start.
#[derive(Debug, Clone, PartialEq)]
pub struct Purses(Vec<Vec<Option<Purse>>>);

impl Purses {
    /// On some values.
    #[must_use]
    pub fn of(programme: &Programme, values: &Values) -> Self {
        let period = &programme.frame.period;
        let bearers = Bearers::of(programme);
        let mut purses: Vec<Vec<Option<Purse>>> = vec![vec![None; period.years()]; programme.organisations.len()];
        for source in &programme.funding {
            let given = (0..period.years()).filter_map(|year| Some((year, source.in_year(year, values)?)));
            for (year, amount) in given {
                let april = offset_of(12 * year);
                purses[bearers.at(Some(source.body), april)][year].get_or_insert_default().add(source.kind, amount);
            }
        }
        Self(purses)
    }

    /// Every year of every body that has any in some year.
    #[must_use]
    pub fn budgets(&self) -> Vec<Budget> {
        let with = self.0.iter().enumerate().filter(|(_, own)| own.iter().any(Option::is_some));
        with.flat_map(|(body, own)| (0..own.len()).map(move |year| Budget { body: OrganisationIx(body), year })).collect()
    }

    /// What a body has in a year.
    #[must_use]
    pub fn at(&self, Budget { body, year }: Budget) -> Purse {
        self.0[body.0][year].unwrap_or_default()
    }

    /// What is short in a year of a body of its cash, part of which is capital; negative if some is left.
    #[must_use]
    pub fn gap(&self, budget: Budget, cash: f64, spent: f64) -> f64 {
        let (capital, revenue) = self.at(budget).against(spent, cash - spent);
        gap(&capital, &revenue)
    }
}
