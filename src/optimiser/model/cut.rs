//! What is learnt from costing a plan in full.

use super::Model;
use crate::optimiser::Draft;
use crate::solver::{Terms, Variable};

impl Model<'_> {
    /// The choices of a draft as literals: each is 1 where a draft is chosen as this one is.
    fn literals(&self, draft: &Draft) -> (Terms, f64) {
        let mut terms: Terms = Vec::new();
        let mut constant = 0.0;
        let mut literal = |chosen: Option<Vec<Variable>>, all: Vec<Variable>| match chosen {
            Some(chosen) => terms.extend(chosen.into_iter().map(|v| (v, 1.0))),
            None => {
                constant += 1.0;
                terms.extend(all.into_iter().map(|v| (v, -1.0)));
            }
        };
        for (ways, at) in self.ways.iter().zip(&draft.moves) {
            // Whatever the slip: it follows from the rest.
            let chosen = at.map(|at| ways.iter().filter(|w| w.choice == at).map(|w| w.variable).collect());
            literal(chosen, ways.iter().map(|w| w.variable).collect());
        }
        for (dates, at) in self.offers.iter().zip(&draft.links) {
            literal(at.map(|at| vec![dates[at]]), dates.clone());
        }
        (terms, constant)
    }

    fn choices(&self) -> f64 {
        f64::from(u32::try_from(self.ways.len() + self.offers.len()).unwrap_or(u32::MAX))
    }

    /// A draft costs so much more than the program said: `excess >= more (1 - sum of 1 - literal)`.
    pub(super) fn dearer(&mut self, draft: &Draft, more: f64) {
        let (terms, constant) = self.literals(draft);
        let n = self.choices();
        let mut row: Terms = terms.into_iter().map(|(v, sign)| (v, more * sign)).collect();
        row.push((self.excess, -1.0));
        self.builder.at_most("dearer", row, more * (n - 1.0 - constant));
    }

    /// A draft cannot be: `sum of literals <= choices - 1`.
    pub(super) fn barred(&mut self, draft: &Draft) {
        let (terms, constant) = self.literals(draft);
        let n = self.choices();
        self.builder.at_most("barred", terms, n - 1.0 - constant);
    }
}
