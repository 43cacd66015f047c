//! An appraisal together with what it was made from.

use super::result::{Appraisal, Workings};
use super::workings;
use crate::assumption::Values;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::programme::Programme;
use std::borrow::Cow;

/// A scenario after its appraisal: the case and the plans that were evaluated (with those that the optimiser found), the
/// evaluation of the central case, and the result as plain data.
#[derive(Debug)]
pub struct Examined<'a> {
    /// The case, with a gate that options fail for which there is no achievable plan.
    pub programme: Cow<'a, Programme>,
    /// The plan of each option.
    pub plans: Cow<'a, [Plan]>,
    /// Every number at its likely value.
    pub values: Values,
    /// The evaluation of the plans on these values: cost lines with what they came from, totals, measures, ranks.
    pub outcome: Outcome,
    /// Position of business as usual, where there is one.
    pub usual: Option<usize>,
    /// The result.
    pub appraisal: Appraisal,
}

impl Examined<'_> {
    /// What the cost lines of each option are made of, for the finance workbook.
    #[must_use]
    pub fn workings(&self) -> Workings {
        workings::workings(self)
    }
}
