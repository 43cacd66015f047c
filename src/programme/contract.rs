//! Contracts, as their invoices are made.

use super::{AssetIx, ContractIx, InstanceIx, OrganisationIx, Route};
use crate::assumption::{Assumed, Handle, Values};
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
    /// By which ways more users may come onto it.
    pub routes: Vec<Route>,
    /// What becomes of it when its body hands its services or itself over.
    pub on_transfer: Option<OnTransfer>,
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
    /// Rights to go on after the end, in the order in which they are taken: extensions, then a bridge.
    pub extensions: Vec<Extension>,
    /// Renewal at market terms once extensions are used up.
    pub renewal: Option<Renewal>,
    /// Buying it anew in competition.
    pub reprocurement: Option<Reprocurement>,
    /// The month after the common end that terms taken up after the agreed one are cut or stretched to.
    pub co_terminates: Option<Month>,
    /// Discount lost when another system of the suite is no longer used.
    pub suite: Option<Suite>,
    /// Share of the remaining charges payable for leaving early; `None` if there is no such right.
    pub early_exit: Option<Assumed<f64>>,
    /// Read-only access after the contract is no longer paid.
    pub read_only: Option<ReadOnly>,
    /// What it takes to move on to another system when this one is no longer paid, or at the end of the period
    /// if it still is, year-0 prices. Green Book 2026, 6.13.
    pub end_exit: Option<Assumed<f64>>,
    /// What its end takes when nothing follows: an agreement that provided what must then be had otherwise.
    pub on_exit: Option<OnExit>,
    /// What the provider goes on bearing after it is no longer paid.
    pub retained: Option<Retained>,
    /// Value added tax.
    pub vat: Vat,
}

impl Contract {
    /// Notice in whole months.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "months lie between 0 and 600 before the cast")]
    pub fn notice_in_months(&self, values: &Values) -> Option<usize> {
        self.notice.map(|n| n.of(values).round().clamp(0.0, 600.0) as usize)
    }
}

/// What becomes of a contract when its body dissolves or its services go to another body.
#[derive(Debug, Clone, Copy)]
pub enum OnTransfer {
    /// The other body pays from then on.
    Passes,
    /// Its body goes on paying.
    Stays,
    /// It passes once the supplier has consented.
    NeedsConsent {
        /// What consent costs, once, real.
        cost: Option<Assumed<f64>>,
        /// Months that it takes.
        months: usize,
    },
    /// It ends the month before.
    Ends,
}

/// What the end of an agreement takes.
#[derive(Debug, Clone, Copy)]
pub struct OnExit {
    /// Infrastructure to be bought, once, real.
    pub capital: Option<Assumed<f64>>,
    /// Its class of capital; `None` for revenue.
    pub asset: Option<AssetIx>,
    /// Getting from the one to the other, once, real.
    pub transition: Option<Assumed<f64>>,
    /// Running it oneself, a year, real.
    pub staff: Option<Assumed<f64>>,
}

/// What a provider goes on bearing.
#[derive(Debug, Clone, Copy)]
pub struct Retained {
    /// Share of the last charge.
    pub share: Assumed<f64>,
    /// For how long.
    pub months: usize,
}

/// One line of a contract.
#[derive(Debug, Clone)]
pub struct ContractLine {
    /// Id within the contract.
    pub id: String,
    /// What is charged.
    pub basis: LineBasis,
    /// The part of a yearly value that this line is; `None` for a line with prices of its own.
    pub part: Option<Part>,
    /// The class of capital it is spent on; `None` for revenue.
    pub asset: Option<AssetIx>,
}

impl ContractLine {
    /// The prices that it is charged by, which a supplier may be asked to change: a fixed amount, the price of each band,
    /// that of users beyond those covered. Its charge is the sum over them of price times quantity, and no quantity depends
    /// on a price.
    #[must_use]
    pub fn prices(&self) -> Vec<Handle> {
        match &self.basis {
            LineBasis::Fixed { amount, covers } => {
                std::iter::once(*amount).chain(covers.and_then(|c| c.beyond)).map(Assumed::handle).collect()
            }
            LineBasis::Metered { bands, .. } => bands.iter().map(|b| b.price.handle()).collect(),
        }
    }
}

/// A part of a contract's yearly value, where its schedule of charges is not known.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Share of the value that is due whatever the use.
    pub fixed: Assumed<f64>,
    /// The rest, for the line that it is; `None` for the fixed line.
    pub rest: Option<Rest>,
}

/// The rest of a yearly value, shared among users.
#[derive(Debug, Clone, Copy)]
pub struct Rest {
    /// Users that it is shared among: those of the start.
    pub among: f64,
    /// Share of them paid for at least.
    pub least: Option<Assumed<f64>>,
}

/// What a line is charged by.
#[derive(Debug, Clone)]
pub enum LineBasis {
    /// So much a year.
    Fixed {
        /// The amount.
        amount: Assumed<f64>,
        /// How many users it covers, if it is not for any number.
        covers: Option<Ceiling>,
    },
    /// So much a unit and year.
    Metered {
        /// What is counted.
        meter: Meter,
        /// Price bands in order; the last has no upper end.
        bands: Vec<Band>,
        /// How bands apply.
        banding: Banding,
        /// Units paid for at least.
        minimum: Option<Assumed<f64>>,
        /// When the number charged follows the number counted.
        true_up: TrueUp,
    },
}

/// Users that an enterprise licence covers.
#[derive(Debug, Clone, Copy)]
pub struct Ceiling {
    /// How many.
    pub users: Assumed<f64>,
    /// Price of each above it, a year; without one the licence may not be used by more.
    pub beyond: Option<Assumed<f64>>,
}

/// What a line counts.
#[derive(Debug, Clone, Copy)]
pub enum Meter {
    /// Named users.
    NamedUsers,
    /// Users at the same time: this share of the named ones.
    ConcurrentUsers(Assumed<f64>),
    /// Patient records of the services on the system.
    Patients,
    /// Contacts a year of the services on the system.
    Contacts,
}

/// When the number charged follows the number counted. Most contracts for users step up once a year and never down
/// within a term.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrueUp {
    /// The calendar month (1 to 12) in which it is set; `None` if every month.
    pub month: Option<u8>,
    /// Whether it never falls before a renewal or a new procurement.
    pub ratchet: bool,
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

/// Yearly indexation, each 1 April: `step = min(cap, max(collar, rate))`.
#[derive(Debug, Clone)]
pub struct Indexation {
    /// What prices follow.
    pub follows: Indexed,
    /// Most that a step can be.
    pub cap: Option<Assumed<f64>>,
    /// Least that a step can be.
    pub collar: Option<Assumed<f64>>,
    /// The first month in which prices step, if not every 1 April.
    pub first: Option<Month>,
    /// The year whose prices the lines are in.
    pub prices_at: FinancialYear,
}

/// What prices follow.
#[derive(Debug, Clone)]
pub enum Indexed {
    /// A rate a year.
    Rate(Assumed<f64>),
    /// General inflation of the scenario's deflator.
    GeneralInflation {
        /// On top of it, a year.
        plus: Option<Assumed<f64>>,
        /// Whole years by which the inflation of a step is older than the step.
        lag: usize,
    },
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
    /// Months before it starts by which it must be taken up.
    pub notice: usize,
    /// Whether it is there to bridge to what comes next.
    pub bridge: bool,
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
    /// Months before it starts by which notice that it is not wanted must be given; that of the contract if not given.
    pub notice: Option<usize>,
}

/// Buying it anew in competition.
#[derive(Debug, Clone)]
pub struct Reprocurement {
    /// Uplift on the indexed price; negative if competition makes it cheaper.
    pub uplift: Assumed<f64>,
    /// Months of each new contract.
    pub term: usize,
    /// Cost of each procurement, real.
    pub cost: Option<Assumed<f64>>,
    /// Months from starting a procurement to the start of the new contract.
    pub lead: usize,
}

/// What becomes of a contract that ends while its system is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Expiry {
    /// Extensions and bridge as far as they go, then renewal.
    #[default]
    Extend,
    /// Renewal at once.
    Renew,
    /// A new procurement, bridged by extensions for as long as it takes from the as-at date.
    Reprocure,
    /// It ends.
    Exit,
}

/// A discount for having several systems of one supplier.
#[derive(Debug, Clone)]
pub struct Suite {
    /// Share taken off the price of this contract.
    pub discount: Assumed<f64>,
    /// The other systems that must all be in use.
    pub with: Vec<InstanceIx>,
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
