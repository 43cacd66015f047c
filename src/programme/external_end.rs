//! What systems are joined to outside the scenario.

use super::{BiasIx, OrganisationIx, WorkItem};
use crate::assumption::Assumed;

/// What an external end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndKind {
    /// A system of another body: an acute hospital's patient administration, pathology, pharmacy.
    Interface,
    /// A return that must be made: MHSDS, CSDS.
    StatutoryReturn,
    /// A service for all of England: GP Connect, e-RS, EPS, the spine.
    NationalService,
}

/// Something outside the scenario that a system is joined to. Each instance has to be joined by itself, so two
/// instances make two returns.
#[derive(Debug, Clone)]
pub struct ExternalEnd {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: EndKind,
    /// Keeping one instance joined, a year, real.
    pub run: Option<Assumed<f64>>,
    /// Joining an instance that is not, real, once.
    pub rebuild: Option<Assumed<f64>>,
    /// Further work and money of joining one; for no number of users or records.
    pub work: Vec<WorkItem>,
    /// Who pays, if not the operator of the instance.
    pub body: Option<OrganisationIx>,
    /// Optimism bias on `rebuild`.
    pub bias: Option<BiasIx>,
}
