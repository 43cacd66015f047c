//! Contracts, as their invoices are made.

use super::{AssetIx, ContractIx, InstanceIx, OrganisationIx};
use crate::assumption::Assumed;
use crate::quantity::{FinancialYear, Month};
use jiff::civil::Date;

/// What kind of contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContractKind {
    /// A licence or subscription.
    Licence,
    /// A service-level agreement or recharge.
    Sla,
}

/// A contract. Prices are nominal, of the year `indexation.prices_at` (year 0 without indexation),
/// charged by whole months at a twelfth of the year.
#[derive(Debug, Clone)]
pub struct Contract {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: ContractKind,
    /// Who pays.
    pub body: Option<OrganisationIx>,
    /// The body that provides it, if it is one of the scenario: then the charge is a transfer and the
    /// provider bears the resources, taken to cost what is charged.
    pub provider: Option<OrganisationIx>,
    /// The instance it licenses; without one it is paid for its term whatever is used.
    pub instance: Option<InstanceIx>,
    /// The contract that this one takes over from.
    pub follows: Option<ContractIx>,
    /// First month; `None` if it is running already.
    pub start: Option<Month>,
    /// Last day.
    pub end: Date,
    /// Notice, in months.
    pub notice: Option<Assumed<f64>>,
    /// Lines.
    pub lines: Vec<ContractLine>,
    /// Indexation.
    pub indexation: Option<Indexation>,
    /// Right to go on after the end.
    pub extension: Option<Extension>,
    /// Renewal at market terms once extensions are used up.
    pub renewal: Option<Renewal>,
    /// Share of the remaining charges payable for leaving early; `None` if there is no such right.
    pub early_exit: Option<Assumed<f64>>,
    /// Read-only access after the contract is no longer paid.
    pub read_only: Option<ReadOnly>,
    /// What it takes to move on to another system when this one is no longer paid, or at the end of the period
    /// if it still is, year-0 prices. Green Book 2026, 6.13.
    pub end_exit: Option<Assumed<f64>>,
    /// Value added tax.
    pub vat: Vat,
}

/// One line of a contract.
#[derive(Debug, Clone)]
pub struct ContractLine {
    /// Id within the contract.
    pub id: String,
    /// What is charged.
    pub basis: LineBasis,
    /// The class of capital it is spent on; `None` for revenue.
    pub asset: Option<AssetIx>,
}

/// What a line is charged by.
#[derive(Debug, Clone)]
pub enum LineBasis {
    /// So much a year.
    Fixed(Assumed<f64>),
    /// So much a named user and year.
    User {
        /// Price bands in order; the last has no upper end.
        bands: Vec<Band>,
        /// How bands apply.
        banding: Banding,
        /// Users paid for at least.
        minimum: Option<Assumed<f64>>,
    },
}

/// A price up to a number of users.
#[derive(Debug, Clone)]
pub struct Band {
    /// Upper end; `None` for the last.
    pub up_to: Option<Assumed<f64>>,
    /// Price a user and year.
    pub price: Assumed<f64>,
}

/// How bands apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Banding {
    /// Each band's price for the users in it.
    Marginal,
    /// The price of the band reached, for all users.
    AllUnits,
}

/// Yearly indexation, each 1 April.
#[derive(Debug, Clone)]
pub struct Indexation {
    /// Rate a year.
    pub rate: Assumed<f64>,
    /// The year whose prices the lines are in.
    pub prices_at: FinancialYear,
}

/// Right to extend.
#[derive(Debug, Clone)]
pub struct Extension {
    /// Uplift on the indexed price.
    pub uplift: Assumed<f64>,
    /// Months available in all.
    pub months: usize,
    /// Months taken at a time; what is left of the last is paid, used or not.
    pub term: usize,
}

/// Renewal at market terms.
#[derive(Debug, Clone)]
pub struct Renewal {
    /// Uplift on the indexed price.
    pub uplift: Assumed<f64>,
    /// Months taken at a time.
    pub term: usize,
    /// Cost of procuring it, once, real.
    pub cost: Option<Assumed<f64>>,
}

/// Read-only access.
#[derive(Debug, Clone)]
pub struct ReadOnly {
    /// Share of the full charge for the users that were served.
    pub share: Assumed<f64>,
    /// How long it is kept; `None` to the end of the period.
    pub months: Option<usize>,
}

/// VAT, in the financial view only.
#[derive(Debug, Clone, Copy)]
pub struct Vat {
    /// Rate.
    pub rate: Assumed<f64>,
    /// Share recovered.
    pub recoverable: Assumed<f64>,
}
