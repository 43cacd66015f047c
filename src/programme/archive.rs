//! What becomes of the records on a system whose last user leaves.

use super::{BiasIx, OrganisationIx, RoleIx};
use crate::assumption::Assumed;

/// What is left behind on an instance, and the ways in which it can be kept.
#[derive(Debug, Clone)]
pub struct Archive {
    /// For how long records must be readable after the last use, in years.
    pub retention: Assumed<f64>,
    /// Records left behind; `None` for those of the services that were on the instance.
    pub records: Option<Assumed<f64>>,
    /// Requests that must be answered from two places for as long as records are in two.
    pub subject_access: Option<SubjectAccess>,
    /// Who pays, if not the operator of the instance.
    pub body: Option<OrganisationIx>,
    /// Strategies in the author's order: of equally cheap ones the first is taken.
    pub strategies: Vec<Strategy>,
}

/// Requests for records (subject access, courts, coroners).
#[derive(Debug, Clone, Copy)]
pub struct SubjectAccess {
    /// Requests a year.
    pub requests: Assumed<f64>,
    /// Further minutes that each takes because a second place has to be searched.
    pub minutes: Assumed<f64>,
    /// Price of an hour, real.
    pub rate: Assumed<f64>,
}

/// One way of keeping what is left.
#[derive(Debug, Clone)]
pub struct Strategy {
    /// Name.
    pub name: String,
    /// Why it cannot be had; `None` if it can.
    pub not_possible: Option<String>,
    /// Whether it does only for what is not re-keyed, and so never by itself.
    pub only_for_rest: bool,
    /// What is done.
    pub way: Way,
    /// Optimism bias on what is paid once.
    pub bias: Option<BiasIx>,
}

/// What is done with the records.
#[derive(Debug, Clone)]
pub enum Way {
    /// Read-only access under the contract that covered the last use, on its `read_only` terms.
    ReadOnlyLicence,
    /// Taken out into an archive of one's own.
    ExtractToArchive {
        /// Once, real.
        once: Option<Assumed<f64>>,
        /// For each record, once, real.
        per_record: Option<Assumed<f64>>,
        /// Keeping the archive, a year, real.
        per_year: Option<Assumed<f64>>,
        /// Months from the last use to the extraction, in which records are read where they were.
        after: usize,
        /// Whether the archive still has to be searched by itself.
        searched_apart: bool,
    },
    /// All records go to the new system, and nothing is left.
    MigrateAll {
        /// Once, real.
        once: Option<Assumed<f64>>,
        /// For each record, once, real.
        per_record: Option<Assumed<f64>>,
    },
    /// Open cases are typed into the new system; the old record of them, as of all others, must still be kept.
    RekeyOpenCases {
        /// Share of the records that are open.
        open: Assumed<f64>,
        /// Minutes for each.
        minutes: Assumed<f64>,
        /// Who does it.
        price: RekeyPrice,
        /// The strategy (by position) for all that must still be kept; never one of re-keying.
        rest: usize,
    },
}

/// What an hour of re-keying costs.
#[derive(Debug, Clone, Copy)]
pub enum RekeyPrice {
    /// That of a role, whose days it takes.
    Role(RoleIx),
    /// So much, real.
    Hour(Assumed<f64>),
}

impl Archive {
    /// How what is left is kept under a strategy (by position): what is done with the rest, where open cases are
    /// re-keyed.
    #[must_use]
    pub fn kept_by(&self, strategy: usize) -> &Strategy {
        match self.strategies[strategy].way {
            Way::RekeyOpenCases { rest, .. } => &self.strategies[rest],
            _ => &self.strategies[strategy],
        }
    }
}
