//! Cost lines and the book they are entered in.

use super::{ContractMonths, Effort};
use crate::assumption::Handle;
use crate::programme::{
    AssetIx, BiasIx, Category, CommitmentIx, ContractIx, DiscountClass, ExternalEndIx, InstanceIx, LinkIx, MoveKindIx,
    OrganisationIx, RoleIx, ServiceIx,
};
use crate::quantity::{AppraisalPeriod, MonthIndex, offset_of};

/// The basis on which a line's amounts are stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceBasis {
    /// Cash prices of the month.
    Nominal,
    /// Year-0 prices.
    Real,
}

/// What a line came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lineage {
    /// A line (by position) of a contract.
    Contract(ContractIx, usize),
    /// Procuring the renewal of a contract.
    Renewal(ContractIx),
    /// The way (by position) by which users come onto a contract.
    Route(ContractIx, usize),
    /// Procuring a contract anew.
    Reprocurement(ContractIx),
    /// Consent to a contract's passing to another body.
    Consent(ContractIx),
    /// Moving on from a contract when it is no longer paid.
    EndExit(ContractIx),
    /// What the end of an agreement takes.
    OnExit(ContractIx),
    /// What the provider of an agreement goes on bearing after its end.
    Retained(ContractIx),
    /// A work item (by position) of a kind of move, for a service.
    MoveWork(ServiceIx, MoveKindIx, usize),
    /// Work on a hazard (by position) of a move of a service.
    Hazard(ServiceIx, usize),
    /// Training for a move of a service.
    Training(ServiceIx),
    /// Hours lost after a move of a service.
    Dip(ServiceIx),
    /// Holding the team while go-lives slip.
    TeamHold,
    /// A work item (by position) of building a link.
    LinkWork(LinkIx, usize),
    /// Building the ends of a link.
    LinkEnds(LinkIx),
    /// Running a link.
    LinkRun(LinkIx),
    /// What a link takes every year, by position.
    LinkYearly(LinkIx, usize),
    /// Keeping an instance joined to an external end.
    EndRun(InstanceIx, ExternalEndIx),
    /// Joining an instance to an external end.
    EndBuild(InstanceIx, ExternalEndIx),
    /// A work item (by position) of joining an instance to an external end.
    EndWork(InstanceIx, ExternalEndIx, usize),
    /// What is paid once under a strategy (by position) for what is left on an instance.
    ArchiveOnce(InstanceIx, usize),
    /// Keeping the archive of a strategy (by position).
    ArchiveRun(InstanceIx, usize),
    /// Re-keying open cases of an instance under a strategy (by position).
    Rekeying(InstanceIx, usize),
    /// Requests answered from two places because of what is left on an instance.
    SubjectAccess(InstanceIx),
    /// Completing a commitment.
    Commitment(CommitmentIx),
    /// Running an instance, people apart.
    InstanceRun(InstanceIx),
    /// People of a role (by position in the run of the instance) who run an instance.
    InstanceStaff(InstanceIx, usize),
    /// A stream, by position.
    Stream(usize),
    /// A risk, by position.
    Risk(usize),
    /// Preventing a risk, by position.
    Prevention(usize),
}

impl Lineage {
    /// The service that a cost belongs to, if it belongs to one: work, training and dip of its moves.
    #[must_use]
    pub fn service(self) -> Option<ServiceIx> {
        match self {
            Self::MoveWork(service, ..) | Self::Hazard(service, _) | Self::Training(service) | Self::Dip(service) => {
                Some(service)
            }
            _ => None,
        }
    }
}

/// One line of cost.
#[derive(Debug, Clone)]
pub struct CostLine {
    /// Category.
    pub category: Category,
    /// What it came from.
    pub lineage: Lineage,
    /// Who bears the resources.
    pub bearer: Option<OrganisationIx>,
    /// Who pays the bearer for them, if another body does.
    pub payer: Option<OrganisationIx>,
    /// The body that takes over from whoever pays, and from which month as an offset, where that is not their successor.
    pub passes: Option<(OrganisationIx, i32)>,
    /// Price basis of the amounts.
    pub basis: PriceBasis,
    /// Share paid in cash, 0 to 1.
    pub cash: f64,
    /// Irrecoverable VAT as a share of the amount.
    pub vat: f64,
    /// Discount class.
    pub discount: DiscountClass,
    /// Optimism bias to be added to it, as a line of its own.
    pub bias: Option<BiasIx>,
    /// The class of capital it is spent on; `None` for revenue.
    pub asset: Option<AssetIx>,
    /// Amounts by month of the period, in order of booking.
    pub amounts: Vec<(MonthIndex, f64)>,
    /// Numbers it rests on.
    pub uses: Vec<Handle>,
}

impl CostLine {
    /// An empty line: real, paid in cash, no VAT, standard discounting.
    #[must_use]
    pub fn new(category: Category, lineage: Lineage, bearer: Option<OrganisationIx>) -> Self {
        Self {
            category,
            lineage,
            bearer,
            payer: None,
            passes: None,
            basis: PriceBasis::Real,
            cash: 1.0,
            vat: 0.0,
            discount: DiscountClass::Standard,
            bias: None,
            asset: None,
            amounts: Vec::new(),
            uses: Vec::new(),
        }
    }

    /// A line on the same terms, with nothing entered yet.
    pub(super) fn terms(&self) -> Self {
        Self { amounts: Vec::new(), uses: Vec::new(), ..*self }
    }

    /// The sum of its amounts, on its own basis.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.amounts.iter().map(|(_, a)| a).sum()
    }
}

/// Money from one body to another for which no resource is used. It is in the financial view of the two and
/// in no other sum.
#[derive(Debug, Clone)]
pub struct Transfer {
    /// The stream, by position.
    pub stream: usize,
    /// Who pays.
    pub from: OrganisationIx,
    /// Who receives.
    pub to: OrganisationIx,
    /// Amounts by month of the period, year-0 prices.
    pub amounts: Vec<(MonthIndex, f64)>,
}

/// Who works: a role, perhaps the team of a body in it, perhaps for one service.
#[derive(Debug, Clone, Copy)]
pub struct Worker {
    /// Role.
    pub role: RoleIx,
    /// Whether it is bought in.
    pub external: bool,
    /// The body whose own team it is; none where the body has none in the role.
    pub team: Option<OrganisationIx>,
    /// The service that is moved; none where the work is of no one service.
    pub service: Option<ServiceIx>,
}

/// What cost lines are entered in: a ledger that keeps them, or something that only adds them up. Both get
/// their amounts from the same code.
pub trait Book {
    /// Enters a line with the numbers it rests on and its amounts by offset from the start of the period.
    fn enter(&mut self, line: CostLine, uses: impl IntoIterator<Item = Handle>, amounts: impl IntoIterator<Item = (i32, f64)>);

    /// The same with amounts that stay as they are for stretches of months: the first, the month after the last, and the
    /// amount of each.
    fn enter_stretches(
        &mut self,
        line: CostLine,
        uses: impl IntoIterator<Item = Handle>,
        stretches: impl IntoIterator<Item = (i32, i32, f64)>,
    ) {
        self.enter(line, uses, stretches.into_iter().flat_map(|(from, to, amount)| (from..to).map(move |m| (m, amount))));
    }

    /// Enters a transfer of a stream (by position) with its amounts by offset from the start of the period.
    /// It is no cost.
    fn transfer(
        &mut self,
        _stream: usize,
        _bodies: (OrganisationIx, OrganisationIx),
        _amounts: impl IntoIterator<Item = (i32, f64)>,
    ) {
    }

    /// Counts days of a role beside their money, so many in each of some months that count.
    fn days(&mut self, _who: Worker, _months: impl Iterator<Item = MonthIndex>, _each: f64) {}

    /// Counts hours in training for a service.
    fn training(&mut self, _service: ServiceIx, _hours: f64) {}

    /// Counts hours that a service loses after go-live.
    fn dip(&mut self, _service: ServiceIx, _hours: f64) {}

    /// Notes that work fell before the as-at date.
    fn sunk(&mut self) {}

    /// Notes the months that count in which the system of a contract is used and the contract is not paid for; asked for
    /// only by who wants to know.
    fn open(&mut self, _contract: ContractIx, _months: impl FnOnce() -> Vec<MonthIndex>) {}

    /// Where contracts are kept month by month; `None` if only money matters.
    fn contracts(&mut self) -> Option<&mut Vec<ContractMonths>> {
        None
    }
}

/// The months that count, as offsets from the start of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    first: i32,
    end: i32,
}

impl Window {
    /// Of a period.
    #[must_use]
    pub fn of(period: &AppraisalPeriod) -> Self {
        Self { first: offset_of(period.first_counted()), end: offset_of(period.months()) }
    }

    /// The first month, as an offset.
    #[must_use]
    pub fn first(self) -> i32 {
        self.first
    }

    /// The last month, as an offset.
    #[must_use]
    pub fn last(self) -> i32 {
        self.end - 1
    }

    /// The month index, if an offset from the start of the period counts.
    #[must_use]
    pub fn counted(self, offset: i32) -> Option<MonthIndex> {
        (self.first..self.end).contains(&offset).then(|| usize::try_from(offset).expect("not negative"))
    }

    /// The months of a stretch that count, as indices: the first, and the month after the last; none if they are equal.
    #[must_use]
    pub fn clipped(self, from: i32, to: i32) -> (MonthIndex, MonthIndex) {
        let index = |offset: i32| usize::try_from(offset.clamp(self.first, self.end)).unwrap_or(0);
        (index(from), index(to).max(index(from)))
    }

    /// Whether an offset lies before the first month that counts.
    #[must_use]
    pub fn sunk(self, offset: i32) -> bool {
        offset < self.first
    }
}

/// The book of cost lines of one plan. Amounts in months that are sunk, or beyond the period, are
/// left out: Green Book 2026, 6.32.
#[derive(Debug)]
pub(super) struct Ledger {
    window: Window,
    pub(super) lines: Vec<CostLine>,
    pub(super) transfers: Vec<Transfer>,
    pub(super) effort: Effort,
    pub(super) contracts: Vec<ContractMonths>,
}

impl Ledger {
    /// An empty book.
    pub(super) fn new(period: &AppraisalPeriod, effort: Effort) -> Self {
        Self { window: Window::of(period), lines: Vec::new(), transfers: Vec::new(), effort, contracts: Vec::new() }
    }
}

impl Book for Ledger {
    /// Zero amounts and lines without any are left out.
    fn enter(
        &mut self,
        mut line: CostLine,
        uses: impl IntoIterator<Item = Handle>,
        amounts: impl IntoIterator<Item = (i32, f64)>,
    ) {
        let counted = amounts.into_iter().filter(|(_, amount)| *amount != 0.0);
        line.amounts = counted.filter_map(|(offset, amount)| Some((self.window.counted(offset)?, amount))).collect();
        if !line.amounts.is_empty() {
            line.uses.extend(uses);
            self.lines.push(line);
        }
    }

    fn transfer(
        &mut self,
        stream: usize,
        (from, to): (OrganisationIx, OrganisationIx),
        amounts: impl IntoIterator<Item = (i32, f64)>,
    ) {
        let amounts = amounts.into_iter().filter_map(|(m, amount)| Some((self.window.counted(m)?, amount))).collect();
        self.transfers.push(Transfer { stream, from, to, amounts });
    }

    fn days(&mut self, who: Worker, months: impl Iterator<Item = MonthIndex>, each: f64) {
        months.for_each(|month| self.effort.worked(who, month, each));
    }

    fn training(&mut self, service: ServiceIx, hours: f64) {
        self.effort.training_hours += hours;
        self.effort.services[service.0].training_hours += hours;
    }

    fn dip(&mut self, service: ServiceIx, hours: f64) {
        self.effort.dip_hours += hours;
        self.effort.services[service.0].dip_hours += hours;
    }

    fn sunk(&mut self) {
        self.effort.sunk = true;
    }

    fn contracts(&mut self) -> Option<&mut Vec<ContractMonths>> {
        Some(&mut self.contracts)
    }
}

/// `amount` spread evenly over `months` months from `start`.
pub(crate) fn evenly(start: i32, months: usize, amount: f64) -> impl Iterator<Item = (i32, f64)> {
    let share = if months == 0 { 0.0 } else { amount / f64::from(u32::try_from(months).expect("few months")) };
    (start..).take(months).map(move |m| (m, share))
}

/// The same as a stretch: the first month, the month after the last, and the amount of each; none without months.
pub(crate) fn evenly_over(start: i32, months: usize, amount: f64) -> Option<(i32, i32, f64)> {
    let (_, share) = evenly(start, months, amount).next()?;
    Some((start, start.saturating_add(offset_of(months)), share))
}
