//! What a plan costs, line by line and month by month: licences split into service and dual running,
//! migration, links, streams, risks, optimism bias.
//!
//! Every line keeps what it came from (contract and contract line, move, stream) and the register
//! handles it used. Lines are booked on their natural price basis (contracts nominal, the rest real);
//! discounting and the financial view come later, in [`crate::outcome`].

mod archive;
mod around;
mod charging;
mod component;
mod dual_running;
mod effort;
mod estate;
mod external_end;
mod indexation;
mod ledger;
mod licence;
mod link;
mod load;
mod meter;
mod optimism_bias;
mod part;
mod phase;
mod price;
mod residual;
mod route;
mod stream;
mod term;
mod usage;
mod work;

pub use archive::{Alternative, LeftBehind, RuledOut};
pub use charging::{Charging, Counted, charging, for_nobody, for_use};
pub use component::{Component, Course};
pub use dual_running::ContractMonths;
pub use effort::{Effort, ServiceWork, team_hold_line};
pub use ledger::{Book, CostLine, Lineage, PriceBasis, Transfer, Window, Worker};
pub use licence::{corners, invoice_for, tariff};
pub use load::Load;
pub use part::{Likeness, Part};
pub use price::{Priced, by_price, price_indices, prices};
pub use route::{Joining, Way, WayFault, route_of};
pub use term::{Decision, Exit, Taken, TermKind};
pub(crate) use usage::instances;
pub use usage::{InstanceUsage, Met, Stint, Usage, UseState};
pub use work::{ItemOfWork, work};

use crate::assumption::Values;
use crate::plan::{ExpectedMove, Plan, Sequence, Timetable};
use crate::programme::{ContractIx, InstanceIx, Programme};
use crate::quantity::MonthIndex;
use ledger::Ledger;

/// Everything a plan costs, before discounting.
#[derive(Debug, Clone)]
pub struct Costing {
    /// Cost lines in a fixed order.
    pub lines: Vec<CostLine>,
    /// Money between bodies for which no resource is used.
    pub transfers: Vec<Transfer>,
    /// Outcomes that are counted and not priced: stream (by position) and units by year.
    pub outcomes: Vec<(usize, Vec<f64>)>,
    /// Contracts, month by month, in the programme's order.
    pub contracts: Vec<ContractMonths>,
    /// By which ways users come onto the systems they move to, where contracts say which there are.
    pub joining: Vec<Joining>,
    /// Work.
    pub effort: Effort,
    /// Who uses what when.
    pub usage: Usage,
    /// What is left behind, by instance that is left.
    pub archives: Vec<LeftBehind>,
    /// Planned and expected go-lives, in the plan's order.
    pub moves: Vec<ExpectedMove>,
}

impl Costing {
    /// Months that count in which an instance that has contracts is used and none of them covers it.
    /// The reader refuses a scenario with any. An instance without contracts needs no cover.
    #[must_use]
    pub fn uncovered(&self, programme: &Programme) -> Vec<(InstanceIx, MonthIndex)> {
        let open =
            |(i, own): (usize, &ContractMonths)| (ContractIx(i), open(programme, &self.usage, ContractIx(i), |m| own.paid[m]));
        uncovered(programme, &self.contracts.iter().enumerate().map(open).collect::<Vec<_>>())
    }
}

/// Months that count in which the system of a contract is used and that contract is not paid for.
fn open(programme: &Programme, usage: &Usage, contract: ContractIx, is_paid: impl Fn(MonthIndex) -> bool) -> Vec<MonthIndex> {
    let Some(instance) = programme.contracts[contract.0].instance else { return Vec::new() };
    let (period, used) = (&programme.frame.period, &usage.instances[instance.0]);
    (period.first_counted()..period.months()).filter(|&m| used.total(m) > 0.0 && !is_paid(m)).collect()
}

/// Systems with the months in which they are used and none of their contracts is paid for, from what each leaves open.
#[must_use]
pub fn uncovered(programme: &Programme, open: &[(ContractIx, Vec<MonthIndex>)]) -> Vec<(InstanceIx, MonthIndex)> {
    let mut months = Vec::new();
    for instance in (0..programme.instances.len()).map(InstanceIx) {
        let mut own = open.iter().filter(|(c, _)| programme.contracts[c.0].instance == Some(instance)).map(|(_, open)| open);
        let Some(first) = own.next() else { continue };
        let others: Vec<&Vec<MonthIndex>> = own.collect();
        months.extend(first.iter().filter(|m| others.iter().all(|o| o.contains(m))).map(|m| (instance, *m)));
    }
    months
}

/// Costs a plan.
///
/// # Method
/// `docs/method.md`, sections 3 to 7.
#[must_use]
pub fn cost(programme: &Programme, plan: &Plan, values: &Values) -> Costing {
    let sequence = Sequence::of(plan);
    let timetable = Timetable::of(programme, plan, &sequence, values);
    let usage = Usage::of(programme, plan, &sequence, &timetable, values);
    let course = Course { programme, plan, sequence: &sequence, timetable: &timetable, usage: &usage, changed: &[] };
    let mut ledger = Ledger::new(&programme.frame.period, Effort::none(programme, values));
    for component in Component::all(programme, plan) {
        component.book(&course, values, &mut ledger);
    }
    let leads_on = |l: &&CostLine| l.bias.is_some() || l.asset.is_some();
    let entered: Vec<CostLine> = ledger.lines.iter().filter(leads_on).cloned().collect();
    for line in &entered {
        residual::follow(programme, line, values, &mut ledger);
    }
    for line in &entered {
        optimism_bias::follow(programme, line, values, &mut ledger);
    }
    let outcomes = stream::outcomes(&course, values);
    let joining = joinings(&course, values);
    let archives = (0..programme.instances.len()).filter_map(|i| archive::left_behind(&course, InstanceIx(i), values)).collect();
    let Ledger { lines, transfers, contracts, effort, .. } = ledger;
    Costing { lines, transfers, outcomes, contracts, joining, effort, usage, archives, moves: timetable.moves }
}

/// By which ways users come onto the systems they move to.
#[must_use]
pub fn joinings(course: &Course<'_>, values: &Values) -> Vec<Joining> {
    let instances = (0..course.programme.instances.len()).map(InstanceIx);
    instances.filter_map(|i| route::joining(course, i, values)).collect()
}

/// The line of optimism bias that follows from a line, without amounts, and its uplift: each of its amounts is the uplift
/// times the size of the other's. `None` if the line has no bias.
#[must_use]
pub fn bias_on(programme: &Programme, line: &CostLine, values: &Values) -> Option<(CostLine, f64)> {
    optimism_bias::on(programme, line, values)
}

/// Enters the lines that follow from a line with its amounts: what is left of it at the end, its optimism bias.
pub fn follow(programme: &Programme, line: &CostLine, values: &Values, book: &mut impl Book) {
    residual::follow(programme, line, values, book);
    optimism_bias::follow(programme, line, values, book);
}
