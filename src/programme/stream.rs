//! Further costs, benefits and risks.

use super::{AssetIx, BiasIx, LinkIx, NodeIx, OptionIx, OrganisationIx};
use crate::assumption::Assumed;
use crate::quantity::Month;

/// Categories of cost, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Licences and agreements for users live on a system.
    Service,
    /// New system paid before go-live.
    HeadStart,
    /// Old system kept beside the new.
    Overlap,
    /// Read-only access.
    Archive,
    /// Paid without use.
    Stranded,
    /// Bought-in work, links, and other outside cost.
    External,
    /// The programme's own staff.
    InternalEffort,
    /// Hours in training.
    Training,
    /// Hours lost after go-live.
    Dip,
    /// Internal cost of running instances.
    InstanceRun,
    /// Optimism bias on money.
    OptimismBias,
    /// Expected cost of risks.
    Risk,
    /// Benefits, negative.
    Benefit,
    /// Benefits that another criterion scores, negative: in net present cost, not in the cost
    /// criterion.
    ScoredElsewhere,
    /// What is left of capital spending at the end of the period, negative.
    ResidualValue,
}

impl Category {
    /// All, in order.
    pub const ALL: [Self; 15] = [
        Self::Service,
        Self::HeadStart,
        Self::Overlap,
        Self::Archive,
        Self::Stranded,
        Self::External,
        Self::InternalEffort,
        Self::Training,
        Self::Dip,
        Self::InstanceRun,
        Self::OptimismBias,
        Self::Risk,
        Self::Benefit,
        Self::ScoredElsewhere,
        Self::ResidualValue,
    ];

    /// As in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::HeadStart => "head_start",
            Self::Overlap => "overlap",
            Self::Archive => "archive",
            Self::Stranded => "stranded",
            Self::External => "external",
            Self::InternalEffort => "internal_effort",
            Self::Training => "training",
            Self::Dip => "dip",
            Self::InstanceRun => "instance_run",
            Self::OptimismBias => "optimism_bias",
            Self::Risk => "risk",
            Self::Benefit => "benefit",
            Self::ScoredElsewhere => "scored_elsewhere",
            Self::ResidualValue => "residual_value",
        }
    }

    /// What counts as benefit rather than as cost in ratios of the two.
    #[must_use]
    pub fn is_benefit(self) -> bool {
        matches!(self, Self::Benefit | Self::ScoredElsewhere)
    }

    /// One of the four parts of dual running.
    #[must_use]
    pub fn is_dual_running(self) -> bool {
        matches!(self, Self::HeadStart | Self::Overlap | Self::Archive | Self::Stranded)
    }

    /// Staff time that is priced.
    #[must_use]
    pub fn is_staff_time(self) -> bool {
        matches!(self, Self::InternalEffort | Self::Training | Self::Dip)
    }
}

/// Which discount rates apply. Green Book 2026, 6.58: mixed rates in one option are normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscountClass {
    /// Standard.
    Standard,
    /// Health and life effects.
    Health,
}

/// Classes of benefit (Comprehensive Investment Appraisal; Green Book 2026, 6.26-6.30).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BenefitClass {
    /// Changes income or spending of a public body.
    CashReleasing,
    /// Frees resources of a public body without cash.
    NonCashReleasing,
    /// Falls to patients or society.
    Societal,
    /// Described, not priced.
    Unmonetised,
}

impl BenefitClass {
    /// As in scenarios and results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::CashReleasing => "cash_releasing",
            Self::NonCashReleasing => "non_cash_releasing",
            Self::Societal => "societal",
            Self::Unmonetised => "unmonetised",
        }
    }
}

/// Which options something applies to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionSet {
    /// Every option.
    All,
    /// These.
    Only(Vec<OptionIx>),
}

impl OptionSet {
    /// Whether an option is meant.
    #[must_use]
    pub fn contains(&self, option: OptionIx) -> bool {
        match self {
            Self::All => true,
            Self::Only(list) => list.contains(&option),
        }
    }
}

/// When something starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// In a fixed month.
    Month(Month),
    /// With the option's first go-live that is not a commitment; slips with it.
    FirstGoLive,
    /// With its last; slips with it.
    LastGoLive,
    /// When a link goes live.
    LinkLive(LinkIx),
}

/// How much, real.
#[derive(Debug, Clone)]
pub enum Amount {
    /// So much a year, month by month.
    PerYear(Assumed<f64>),
    /// Once.
    Once(Assumed<f64>),
}

/// What a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamKind {
    /// Resources used.
    Cost,
    /// Resources saved, or good done.
    Benefit,
    /// Money from the bearer to another body: no resource is used, so it is in the financial view of the two
    /// bodies and nowhere else. Green Book 2026, 6.33-6.40.
    Transfer(OrganisationIx),
    /// Value that is left at the end of the period, as opportunity cost. Green Book 2026, 8.32.
    ResidualValue,
}

/// How much of a benefit that is counted and not priced.
#[derive(Debug, Clone)]
pub struct Outcomes {
    /// How many a year, from the start, by the ramp.
    pub per_year: Assumed<f64>,
    /// What is counted.
    pub unit: String,
}

/// A further cost or benefit.
#[derive(Debug, Clone)]
pub struct Stream {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Category it is booked to.
    pub category: Category,
    /// What it is.
    pub kind: StreamKind,
    /// Class, for benefits.
    pub class: Option<BenefitClass>,
    /// Whether cash moves: never for a benefit until its owner has agreed to give up the money.
    pub cash: bool,
    /// Who answers for a benefit.
    pub owner: Option<String>,
    /// Whether the owner of a cash-releasing benefit has agreed that the money goes.
    pub agreed: bool,
    /// Who bears or gains it.
    pub bearer: Option<OrganisationIx>,
    /// Options it applies to.
    pub options: OptionSet,
    /// Start.
    pub start: Start,
    /// Last month, if it ends before the period does.
    pub end: Option<Month>,
    /// How much; `None` for an unmonetised benefit.
    pub amount: Option<Amount>,
    /// Share reached in each year from its start; the last goes on.
    pub ramp: Vec<f64>,
    /// Discount class.
    pub discount: DiscountClass,
    /// What is counted of a benefit that is not priced; for cost a unit.
    pub outcomes: Option<Outcomes>,
    /// Optimism bias on it.
    pub bias: Option<BiasIx>,
    /// The class of capital it is spent on; `None` for revenue.
    pub asset: Option<AssetIx>,
    /// The criterion or group that scores the same good.
    pub scored_by: Option<NodeIx>,
    /// Share of it lost to irrecoverable VAT in the financial view.
    pub vat: Option<Assumed<f64>>,
}

impl Stream {
    /// A cash-releasing benefit that no budget holder has agreed to yet: in the economic view, in no figure of cash.
    #[must_use]
    pub fn is_unagreed(&self) -> bool {
        self.class == Some(BenefitClass::CashReleasing) && !self.agreed
    }
}

/// A risk priced at its expected value: `probability x impact`. Green Book 2026, 6.69.
#[derive(Debug, Clone)]
pub struct Risk {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Probability.
    pub probability: Assumed<f64>,
    /// Impact if it happens, real.
    pub impact: Assumed<f64>,
    /// Cost of preventing or reducing it, real; in core cost.
    pub prevention: Option<Assumed<f64>>,
    /// Options it applies to.
    pub options: OptionSet,
    /// When it falls.
    pub start: Start,
    /// Who bears it.
    pub bearer: Option<OrganisationIx>,
}
