//! What it takes an organisation itself to keep a system running.

use super::{OrganisationIx, RoleIx};
use crate::assumption::Assumed;

/// People of a role who keep an instance running.
#[derive(Debug, Clone)]
pub struct RunStaff {
    /// Role; its day rate is their price.
    pub role: RoleIx,
    /// Whole-time equivalents.
    pub wte: Assumed<f64>,
    /// Working days a year of one of them.
    pub days_per_year: Assumed<f64>,
}

/// The internal cost of running an instance, real, in every month in which anyone uses it and while it is
/// stepped down afterwards.
#[derive(Debug, Clone, Default)]
pub struct InstanceRun {
    /// People, by role.
    pub staff: Vec<RunStaff>,
    /// Everything else, a year.
    pub other: Option<Assumed<f64>>,
    /// Months for which the cost goes on after the last use: staff and hosting are not gone the day after.
    pub step_down: Option<Assumed<f64>>,
    /// Who bears it, if not the operator.
    pub body: Option<OrganisationIx>,
}
