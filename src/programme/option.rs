//! Options: which service goes where, by rule, and when.

use super::{ContractIx, Expiry, Freedom, InstanceIx, LinkIx, OptionIx, OrganisationIx, ServiceIx};
use crate::quantity::Month;

/// What an option does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// What happens if nothing is decided.
    BusinessAsUsual,
    /// The least that meets the objectives.
    DoMinimum,
    /// Keep several systems and join them.
    Interoperate,
    /// Fewer instances or contracts of the same product.
    Rationalise,
    /// One record.
    Converge,
    /// Some of each.
    Hybrid,
    /// A product that nobody uses yet.
    Replace,
    /// Decide later.
    Defer,
    /// The roadmap that the optimiser finds.
    Optimised,
    /// One of several things to choose from, where there is no present state to compare with.
    Alternative,
}

impl OptionKind {
    /// As in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::BusinessAsUsual => "business_as_usual",
            Self::DoMinimum => "do_minimum",
            Self::Interoperate => "interoperate",
            Self::Rationalise => "rationalise",
            Self::Converge => "converge",
            Self::Hybrid => "hybrid",
            Self::Replace => "replace",
            Self::Defer => "defer",
            Self::Optimised => "optimised",
            Self::Alternative => "alternative",
        }
    }
}

/// Role in the shortlist. Green Book 2026, 5.18.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionRole {
    /// Business as usual.
    BusinessAsUsual,
    /// Do minimum.
    DoMinimum,
    /// Preferred way forward.
    PreferredWayForward,
    /// More ambitious.
    MoreAmbitious,
    /// Less ambitious.
    LessAmbitious,
}

impl OptionRole {
    /// As in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::BusinessAsUsual => "business_as_usual",
            Self::DoMinimum => "do_minimum",
            Self::PreferredWayForward => "preferred_way_forward",
            Self::MoreAmbitious => "more_ambitious",
            Self::LessAmbitious => "less_ambitious",
        }
    }
}

/// Which services: all that match every part given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selector {
    /// Line.
    pub line: Option<String>,
    /// Care setting.
    pub setting: Option<String>,
    /// Organisation.
    pub organisation: Option<OrganisationIx>,
    /// Place.
    pub place: Option<String>,
    /// The instance a slot is on at the start.
    pub from: Option<InstanceIx>,
    /// These services only.
    pub services: Option<Vec<ServiceIx>>,
}

/// Services that match go to an instance. Later rules win over earlier ones.
#[derive(Debug, Clone)]
pub struct TargetRule {
    /// Which.
    pub select: Selector,
    /// Slot.
    pub slot: String,
    /// Where to.
    pub to: InstanceIx,
}

/// A service that does not follow the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exception {
    /// Stays where it is, in every slot.
    Retain(ServiceIx),
    /// Its core slot goes elsewhere.
    To(ServiceIx, InstanceIx),
}

/// Services that match go live together.
#[derive(Debug, Clone)]
pub struct Wave {
    /// First month live, the first of a quarter.
    pub go_live: Month,
    /// Which.
    pub select: Selector,
}

/// When moves go live. The most particular wins: a service's own date, then the first wave that
/// matches, then the date for all.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    /// For all.
    pub all: Option<Month>,
    /// Waves in order.
    pub waves: Vec<Wave>,
    /// By service.
    pub by_service: Vec<(ServiceIx, Month)>,
}

/// An option.
#[derive(Debug, Clone)]
pub struct OptionDefinition {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// Kind.
    pub kind: OptionKind,
    /// Green Book role.
    pub role: Option<OptionRole>,
    /// Targets.
    pub targets: Vec<TargetRule>,
    /// Exceptions.
    pub exceptions: Vec<Exception>,
    /// When.
    pub schedule: Schedule,
    /// What of it is left to the optimiser, if anything.
    pub freedom: Option<Freedom>,
    /// Links built, and the month each goes live.
    pub links: Vec<(LinkIx, Month)>,
    /// What becomes of contracts that end while their systems are used, where it is not [`Expiry::Extend`].
    pub expiry: Vec<(ContractIx, Expiry)>,
    /// What it does for good or ill that is not priced.
    pub unmonetised: Vec<String>,
}

/// A gate decided by people, with the options that fail it and why.
#[derive(Debug, Clone)]
pub struct JudgedGate {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Reason for passing, shown for the rest.
    pub passes_because: Option<String>,
    /// Options that fail, with the reason.
    pub fails: Vec<(OptionIx, String)>,
}
