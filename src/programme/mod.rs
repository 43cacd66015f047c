//! The case being made: bodies, systems, services, contracts, moves, options, criteria. Plain data,
//! always valid once read; it does no sums and knows no file format.
//!
//! Numbers are [`Assumed`](crate::assumption::Assumed) handles into [`Programme::register`]; names of
//! things are typed indices into the vectors of [`Programme`], whose order is fixed by the reader.

mod archive;
mod asset;
mod contract;
mod criterion;
mod estate;
mod external_end;
mod frame;
mod funding;
mod index;
mod limit;
mod longlist;
mod migration;
mod optimise;
mod option;
mod paper;
mod preference;
mod route;
mod running;
mod shared_staff;
mod stream;
mod weight_statement;
mod what_if;

pub use archive::{Archive, RekeyPrice, Strategy, SubjectAccess, Way};
pub use asset::Asset;
pub use contract::{
    Band, Banding, Ceiling, Contract, ContractKind, ContractLine, Expiry, Extension, Indexation, Indexed, LineBasis, Meter,
    OnExit, OnTransfer, Part, ReadOnly, Renewal, Reprocurement, Rest, Retained, Suite, TrueUp, Vat,
};
pub use criterion::{
    Anchors, Combination, Criterion, Direction, Judgement, Knot, Measure, Node, Panel, Panels, ValueFunction, ValueTree,
};
pub use estate::{
    AdoptionStep, Burden, Capability, Flow, History, Instance, Link, LinkPattern, Need, Organisation, Product, Sector, Service,
    Slot, Status, Tenancy, UNASSIGNED, View, YearlyAmount, YearlyWork,
};
pub use external_end::{EndKind, ExternalEnd};
pub use frame::{BiasLevel, Frame, Mitigated, Mode, OptimismBias, PaperField, RankBasis, RiskArea};
pub use funding::{Funding, FundingAmount, FundingKind};
pub use index::{
    AssetIx, BiasIx, CapabilityIx, CommitmentIx, ContractIx, CriterionIx, ExternalEndIx, InstanceIx, LinkIx, MoveKindIx, NodeIx,
    OptionIx, OrganisationIx, ProductIx, RoleIx, ServiceIx,
};
pub use limit::{Approval, Freeze, Hazard, Milestone, Precedence, Scope};
pub use longlist::{Choice, ChoiceCategory, Rating};
pub use migration::{Commitment, DipStep, MoveKind, MoveRule, Role, StaffTime, Timing, Training, Work, WorkItem};
pub use optimise::{Aim, Freedom, Optimise};
pub use option::{Exception, JudgedGate, OptionDefinition, OptionKind, OptionRole, Schedule, Selector, TargetRule, Wave};
pub use paper::{NextStep, Objective, Paper, Passage, SuccessFactor};
pub use preference::Preference;
pub use route::{Route, RouteKind};
pub use running::{InstanceRun, RunStaff};
pub use shared_staff::SharedStaff;
pub use stream::{Amount, BenefitClass, Category, DiscountClass, OptionSet, Outcomes, Risk, Start, Stream, StreamKind};
pub use weight_statement::{WeightClaim, WeightStatement};
pub use what_if::{Change, How, WhatIf};

use crate::assumption::{Correlation, Register, Source};
use crate::economics::Deflator;
use crate::parameters::ParameterSet;
use indexmap::IndexMap;

/// A valid case, ready to be costed.
#[derive(Debug, Clone)]
pub struct Programme {
    /// Period, rules, titles.
    pub frame: Frame,
    /// The author's part of the paper.
    pub paper: Paper,
    /// Funding.
    pub funding: Vec<Funding>,
    /// Published parameters chosen by name.
    pub parameters: ParameterSet,
    /// General inflation.
    pub deflator: Deflator,
    /// Bodies.
    pub organisations: Vec<Organisation>,
    /// Products.
    pub products: Vec<Product>,
    /// Instances of products.
    pub instances: Vec<Instance>,
    /// Capabilities.
    pub capabilities: Vec<Capability>,
    /// Services.
    pub services: Vec<Service>,
    /// Contracts.
    pub contracts: Vec<Contract>,
    /// What systems are joined to outside the scenario.
    pub external_ends: Vec<ExternalEnd>,
    /// Links between systems.
    pub links: Vec<Link>,
    /// Flows of patients between services.
    pub flows: Vec<Flow>,
    /// Staff who work in two services, from the flows.
    pub shared_staff: Vec<SharedStaff>,
    /// How much is seen by two services on one instance.
    pub same_instance: View,
    /// What can be seen there from before a service joined; everything if `None`.
    pub history: Option<History>,
    /// What working in two systems costs staff.
    pub burden: Option<Burden>,
    /// Roles and their rates.
    pub roles: Vec<Role>,
    /// Kinds of move.
    pub move_kinds: Vec<MoveKind>,
    /// Which kind of move goes with which pair of instances.
    pub move_rule: MoveRule,
    /// Price and hours of staff time.
    pub staff: StaffTime,
    /// Moves already decided, in every option.
    pub commitments: Vec<Commitment>,
    /// Optimism-bias adjustments.
    pub biases: Vec<OptimismBias>,
    /// Classes of capital spending.
    pub assets: Vec<Asset>,
    /// Further costs and benefits.
    pub streams: Vec<Stream>,
    /// Priced risks.
    pub risks: Vec<Risk>,
    /// Named what-ifs.
    pub what_ifs: Vec<WhatIf>,
    /// What numbers that share a `varies_with` have in common, in words, by what that says.
    pub drivers: IndexMap<String, String>,
    /// What moves together in draws.
    pub correlations: Vec<Correlation>,
    /// Days by which something must be ready.
    pub milestones: Vec<Milestone>,
    /// When nothing goes live.
    pub freezes: Vec<Freeze>,
    /// What services have to wait for.
    pub precedence: Vec<Precedence>,
    /// Clinical-safety hazards.
    pub hazards: Vec<Hazard>,
    /// Approvals by whole-life cost.
    pub approvals: Vec<Approval>,
    /// Gates decided by people.
    pub judged_gates: Vec<JudgedGate>,
    /// Options in the author's order.
    pub options: Vec<OptionDefinition>,
    /// What the optimiser may choose from, and within which limits.
    pub optimise: Optimise,
    /// The long list.
    pub longlist: Vec<Choice>,
    /// Criteria.
    pub tree: ValueTree,
    /// Stakeholder panels.
    pub panels: Panels,
    /// Sources quoted.
    pub sources: Vec<Source>,
    /// Every number.
    pub register: Register,
}

impl Programme {
    /// Whether a service is one of those meant.
    #[must_use]
    pub fn is_in(&self, scope: &Scope, service: ServiceIx) -> bool {
        let s = &self.services[service.0];
        (scope.organisations.is_empty() || s.organisation.is_some_and(|o| scope.organisations.contains(&o)))
            && (scope.places.is_empty() || s.place.as_ref().is_some_and(|p| scope.places.contains(p)))
            && (scope.services.is_empty() || scope.services.contains(&service))
    }

    /// Whether a hazard goes with a plan's option and its moves.
    #[must_use]
    pub fn is_at_risk(&self, hazard: &Hazard, option: OptionIx, kinds: &[MoveKindIx]) -> bool {
        hazard.options.contains(option) && (hazard.kinds.is_empty() || kinds.iter().any(|k| hazard.kinds.contains(k)))
    }

    /// The business-as-usual option, the comparator of every other. Only a scenario that describes no services,
    /// systems or contracts may be without.
    #[must_use]
    pub fn business_as_usual(&self) -> Option<OptionIx> {
        self.options.iter().position(|o| o.kind == OptionKind::BusinessAsUsual).map(OptionIx)
    }
}
