//! Cost lines and the book they are entered in.

use crate::assumption::{Assumed, Handle};
use crate::programme::{
    AssetIx, BiasIx, Category, CommitmentIx, ContractIx, DiscountClass, InstanceIx, LinkIx, MoveKindIx, OrganisationIx, ServiceIx,
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
    /// Moving on from a contract when it is no longer paid.
    EndExit(ContractIx),
    /// A work item (by position) of a kind of move, for a service.
    MoveWork(ServiceIx, MoveKindIx, usize),
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
    /// Completing a commitment.
    Commitment(CommitmentIx),
    /// Running an instance.
    InstanceRun(InstanceIx),
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
            Self::MoveWork(service, ..) | Self::Training(service) | Self::Dip(service) => Some(service),
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

    /// Notes the numbers it rests on.
    #[must_use]
    pub fn using(mut self, numbers: impl IntoIterator<Item = Assumed<f64>>) -> Self {
        self.uses.extend(numbers.into_iter().map(Assumed::handle));
        self
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

/// The book of cost lines of one plan. Amounts in months that are sunk, or beyond the period, are
/// left out: Green Book 2026, 6.32.
#[derive(Debug)]
pub struct Ledger {
    first: i32,
    end: i32,
    lines: Vec<CostLine>,
    transfers: Vec<Transfer>,
}

impl Ledger {
    /// An empty book.
    #[must_use]
    pub fn new(period: &AppraisalPeriod) -> Self {
        Self {
            first: offset_of(period.first_counted()),
            end: offset_of(period.months()),
            lines: Vec::new(),
            transfers: Vec::new(),
        }
    }

    /// The month index, if an offset from the start of the period counts.
    #[must_use]
    pub fn counted(&self, offset: i32) -> Option<MonthIndex> {
        (self.first..self.end).contains(&offset).then(|| usize::try_from(offset).expect("not negative"))
    }

    /// Whether an offset lies before the first month that counts.
    #[must_use]
    pub fn sunk(&self, offset: i32) -> bool {
        offset < self.first
    }

    /// Enters a line with its amounts by offset from the start of the period. Zero amounts and lines
    /// without any are left out.
    pub fn book(&mut self, mut line: CostLine, amounts: impl IntoIterator<Item = (i32, f64)>) {
        for (offset, amount) in amounts {
            if let Some(month) = self.counted(offset)
                && amount != 0.0
            {
                line.amounts.push((month, amount));
            }
        }
        if !line.amounts.is_empty() {
            self.lines.push(line);
        }
    }

    /// The lines entered so far.
    #[must_use]
    pub fn lines(&self) -> &[CostLine] {
        &self.lines
    }

    /// Enters a transfer with its amounts by offset from the start of the period.
    pub fn transfer(
        &mut self,
        stream: usize,
        (from, to): (OrganisationIx, OrganisationIx),
        amounts: impl IntoIterator<Item = (i32, f64)>,
    ) {
        let counted = |(offset, amount)| self.counted(offset).map(|month| (month, amount));
        let amounts = amounts.into_iter().filter_map(counted).collect();
        self.transfers.push(Transfer { stream, from, to, amounts });
    }

    /// Closes the book.
    #[must_use]
    pub fn close(self) -> (Vec<CostLine>, Vec<Transfer>) {
        (self.lines, self.transfers)
    }
}

/// `amount` spread evenly over `months` months from `start`.
pub(crate) fn evenly(start: i32, months: usize, amount: f64) -> impl Iterator<Item = (i32, f64)> {
    let share = if months == 0 { 0.0 } else { amount / f64::from(u32::try_from(months).expect("few months")) };
    (start..).take(months).map(move |m| (m, share))
}
