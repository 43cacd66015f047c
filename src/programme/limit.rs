//! What a plan must respect: milestones, freezes, precedence, hazards, approvals.

use super::{MoveKindIx, OptionSet, OrganisationIx, RoleIx, ServiceIx};
use crate::assumption::Assumed;
use crate::quantity::Month;
use jiff::civil::Date;

/// A day by which something must be ready.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The day.
    pub date: Date,
    /// What must be ready by then, in words.
    pub ready: Vec<String>,
}

/// Services of some bodies and places; each list that is given narrows the choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Of these bodies; of any if empty.
    pub organisations: Vec<OrganisationIx>,
    /// In these places; in any if empty.
    pub places: Vec<String>,
    /// These services; any if empty.
    pub services: Vec<ServiceIx>,
}

/// A stretch of days in which nothing goes live.
#[derive(Debug, Clone)]
pub struct Freeze {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// For whom.
    pub scope: Scope,
}

impl Freeze {
    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

/// What services have to wait for.
#[derive(Debug, Clone)]
pub struct Precedence {
    /// Id.
    pub id: String,
    /// Whose go-lives wait.
    pub scope: Scope,
    /// They go live no earlier than in this month.
    pub not_before: Option<Month>,
    /// They go live after this service, in options that move both.
    pub after: Option<ServiceIx>,
    /// What they wait for, in words.
    pub because: String,
}

/// A clinical-safety hazard (DCB0160). Ratings are risk levels of its matrix, 1 to 5.
#[derive(Debug, Clone)]
pub struct Hazard {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Options that it is a hazard of.
    pub options: OptionSet,
    /// Kinds of move that bring it about; where none is given it goes with the option.
    pub kinds: Vec<MoveKindIx>,
    /// Before mitigation.
    pub initial: usize,
    /// After it.
    pub residual: usize,
    /// What is done about it.
    pub mitigation: Option<String>,
    /// Days of a role for each move that brings it about.
    pub officer: Option<(RoleIx, Assumed<f64>)>,
}

impl Hazard {
    /// The residual rating from which no benefit makes up for a hazard: 4 and 5 are unacceptable.
    pub const UNACCEPTABLE: usize = 4;

    /// Whether a kind of move brings it about.
    #[must_use]
    pub fn comes_with(&self, kind: MoveKindIx) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// An approval that a case needs from a certain whole-life cost on.
#[derive(Debug, Clone)]
pub struct Approval {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whole-life cost from which it is needed, cash prices, VAT included.
    pub threshold: Assumed<f64>,
    /// Months it takes.
    pub months: Assumed<f64>,
}
