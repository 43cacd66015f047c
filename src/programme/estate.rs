//! Bodies, systems, services, and what passes between them.

use super::{
    Archive, BiasIx, CapabilityIx, ExternalEndIx, InstanceIx, InstanceRun, OrganisationIx, ProductIx, RoleIx, ServiceIx, WorkItem,
};
use crate::assumption::{Assumed, Values};
use crate::quantity::Month;

/// What becomes of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its property, liabilities and contracts pass to its successor.
    Dissolves,
    /// It goes on; some services leave it.
    TransfersServices,
    /// It goes on.
    Continues,
    /// It starts.
    New,
}

/// Whose money and time a body's is. Green Book 2026, 6.23 and Table 10: the return on public sector cost tells
/// what falls to the public sector from what falls to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sector {
    /// The NHS and other public bodies.
    Public,
    /// Patients and other households.
    Households,
    /// Businesses.
    Businesses,
    /// Charities and others.
    Others,
}

/// What results say, in place of a body's id, of what no body bears or pays. No body has this id.
pub const UNASSIGNED: &str = "unassigned";

/// A body.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What becomes of it.
    pub status: Status,
    /// Whose money it is.
    pub sector: Sector,
    /// The body that takes over its costs, and from which month.
    pub successor: Option<(OrganisationIx, Month)>,
    /// The body that its services go to while it goes on, and from which month.
    pub transfer: Option<(OrganisationIx, Month)>,
}

impl Organisation {
    /// Who takes over from it, whole or in part, and from which month.
    #[must_use]
    pub fn hands_over(&self) -> Option<(OrganisationIx, Month)> {
        self.successor.or(self.transfer)
    }
}

/// A product on the market.
#[derive(Debug, Clone)]
pub struct Product {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Supplier.
    pub supplier: Option<String>,
    /// Whether it holds the clinical record (a patient administration system does not).
    pub holds_record: bool,
    /// Coverage of each capability, 0 to 1, in the order of the programme; absent is 0.
    pub coverage: Vec<Option<Assumed<f64>>>,
}

/// How an instance is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tenancy {
    /// An instance of one's own.
    Own,
    /// A unit of a database shared by many.
    Unit,
    /// Hosted by another body.
    Hosted,
}

/// A running system: a product, operated by somebody. Two instances of one product do not see each
/// other.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Product.
    pub product: ProductIx,
    /// Operator.
    pub operator: Option<OrganisationIx>,
    /// Tenancy.
    pub tenancy: Tenancy,
    /// Internal cost of running it.
    pub run: InstanceRun,
    /// Share of the needed items that it publishes to links; all if `None`.
    pub publishes: Option<Assumed<f64>>,
    /// What it is joined to already.
    pub external_ends: Vec<ExternalEndIx>,
    /// What becomes of its records once its last user has left; `None` if only contracts say.
    pub archive: Option<Archive>,
}

/// Something a system must or should be able to do.
#[derive(Debug, Clone)]
pub struct Capability {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
}

/// How much a service needs a capability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Need {
    /// A gate: coverage of at least this level, 0 to 1.
    Must(f64),
    /// Counts in the capability measure with this weight.
    Should(f64),
}

/// One place in the record of a service, served by one instance at a time.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Name: `core`, `pas`, ...
    pub name: String,
    /// The instance at the start.
    pub instance: InstanceIx,
    /// Users of this slot, if not all of the service's.
    pub users: Option<Assumed<f64>>,
    /// Whether rules that move services in bulk leave it alone.
    pub fixed: bool,
    /// External ends that it needs wherever it is.
    pub ends: Vec<ExternalEndIx>,
}

/// A service.
#[derive(Debug, Clone)]
pub struct Service {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Line.
    pub line: Option<String>,
    /// Organisation.
    pub organisation: Option<OrganisationIx>,
    /// Place.
    pub place: Option<String>,
    /// Care setting.
    pub setting: Option<String>,
    /// Users.
    pub users: Assumed<f64>,
    /// Share of them who face patients.
    pub patient_facing: Assumed<f64>,
    /// Patient records held.
    pub patients: Option<Assumed<f64>>,
    /// Contacts a year.
    pub contacts: Option<Assumed<f64>>,
    /// What it needs.
    pub needs: Vec<(CapabilityIx, Need)>,
    /// External ends that it needs; `None` for all that its systems have at the start.
    pub needs_ends: Option<Vec<ExternalEndIx>>,
    /// Its slots.
    pub slots: Vec<Slot>,
}

impl Service {
    /// Users of a slot: its own, or all of the service's.
    #[must_use]
    pub fn users_of(&self, slot: &Slot) -> Assumed<f64> {
        slot.users.unwrap_or(self.users)
    }

    /// People in some of its slots. They are the same people in all of them, so those of the slot with the most count.
    #[must_use]
    pub fn users_in(&self, slots: impl IntoIterator<Item = usize>, values: &Values) -> f64 {
        slots.into_iter().map(|slot| self.users_of(&self.slots[slot]).of(values)).fold(0.0, f64::max)
    }
}

/// How much of another service's record can be used: `eligible x scope x adoption`.
#[derive(Debug, Clone)]
pub struct View {
    /// Share that may lawfully be seen.
    pub eligible: Assumed<f64>,
    /// Share of the needed items that can be seen.
    pub scope: Assumed<f64>,
    /// Share of occasions on which it is looked at, over time from going live.
    pub adoption: Vec<AdoptionStep>,
}

/// What can be seen, on one instance, of the record from before a service joined it.
#[derive(Debug, Clone, Copy)]
pub struct History {
    /// Share of it that was migrated or can be looked up.
    pub visible: Assumed<f64>,
    /// Months of record that are needed at a contact.
    pub look_back: Assumed<f64>,
}

/// Adoption over a stretch of time.
#[derive(Debug, Clone)]
pub struct AdoptionStep {
    /// Months that it lasts; `None` for the rest of the period.
    pub months: Option<usize>,
    /// Share of occasions.
    pub share: Assumed<f64>,
}

/// How two ends are joined. It decides what builds are counted: one per end for a hub, one per pair
/// of ends for point-to-point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPattern {
    /// A shared record with a login of its own.
    SharedRecord,
    /// A shared record opened in the context of the patient.
    SharedRecordInContext,
    /// Feeds or interfaces between pairs of systems.
    PointToPoint,
    /// Sharing between instances of one product.
    SameProduct,
}

/// A link between systems.
#[derive(Debug, Clone)]
pub struct Link {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Pattern.
    pub pattern: LinkPattern,
    /// Whether it exists already, and so is in every option.
    pub baseline: bool,
    /// The instances joined; empty for all.
    pub ends: Vec<InstanceIx>,
    /// What can be seen through it.
    pub view: View,
    /// Whether it saves the second login.
    pub single_sign_on: bool,
    /// Months from the as-at date before which it cannot go live: agreements, suppliers, testing.
    pub lead_months: usize,
    /// Work and money before it goes live; amounts are per link.
    pub build: Vec<WorkItem>,
    /// Work and money of every year from going live: re-tests, information governance, clinical safety.
    pub yearly: Vec<YearlyWork>,
    /// Money to build one end, or one pair for point-to-point, real.
    pub build_per_end: Option<Assumed<f64>>,
    /// Running cost a year, real.
    pub run: Option<Assumed<f64>>,
    /// Running cost a year of one end, or one pair, real.
    pub run_per_end: Option<Assumed<f64>>,
    /// Who pays.
    pub body: Option<OrganisationIx>,
    /// Optimism bias on what it costs to build.
    pub bias: Option<BiasIx>,
}

/// How much of something a year.
#[derive(Debug, Clone, Copy)]
pub enum YearlyAmount {
    /// Person-days of a role.
    Days(RoleIx, Assumed<f64>),
    /// Money bought in, real.
    Money(Assumed<f64>),
}

/// Work or money that comes back every year.
#[derive(Debug, Clone)]
pub struct YearlyWork {
    /// Id.
    pub id: String,
    /// How much.
    pub amount: YearlyAmount,
    /// Whether it is for each end (or pair) rather than for the link.
    pub per_end: bool,
}

impl Link {
    /// How many times `build_per_end` and `run_per_end` are paid when `ends` instances are joined:
    /// n for a hub, n(n-1)/2 pairs for point-to-point.
    #[must_use]
    pub fn connections(&self, ends: usize) -> usize {
        match self.pattern {
            LinkPattern::PointToPoint => (0..ends).sum(),
            _ => ends,
        }
    }
}

/// Patients shared by two services.
#[derive(Debug, Clone)]
pub struct Flow {
    /// One service.
    pub from: ServiceIx,
    /// The other.
    pub to: ServiceIx,
    /// Contacts a year at which the other's record is needed.
    pub contacts: Assumed<f64>,
    /// Staff who work in both.
    pub shared_users: Option<Assumed<f64>>,
    /// Whether they are among the users of both services.
    pub counted_twice: bool,
    /// Share that may lawfully be seen, where it is not the route's own; 0 for restricted records.
    pub eligible: Option<Assumed<f64>>,
}

/// What working in two systems costs staff, each year.
#[derive(Debug, Clone)]
pub struct Burden {
    /// Further logins a day of someone who works in two systems.
    pub logins_per_day: Assumed<f64>,
    /// Seconds each.
    pub seconds_per_login: Assumed<f64>,
    /// Working days a year.
    pub days_per_year: Assumed<f64>,
    /// Minutes of re-keying for a cross-system contact; no link takes it away.
    pub rekey_minutes: Assumed<f64>,
}
