//! The components of a plan's cost: what can be costed on its own.

use super::ledger::{Book, Window};
use super::usage::{InstanceUsage, Usage};
use super::{archive, dual_running, effort, estate, external_end, link, route, stream};
use crate::assumption::Values;
use crate::plan::{Plan, Sequence, Timetable};
use crate::programme::{CommitmentIx, Contract, ContractIx, ExternalEndIx, Hazard, InstanceIx, Programme};

/// What components are costed on: a plan with its dates, and who uses what when.
#[derive(Debug, Clone, Copy)]
pub struct Course<'a> {
    /// The case.
    pub programme: &'a Programme,
    /// The plan.
    pub plan: &'a Plan,
    /// The order of its moves.
    pub sequence: &'a Sequence,
    /// Its dates.
    pub timetable: &'a Timetable,
    /// Who uses what when.
    pub usage: &'a Usage,
    /// Instances whose use is not as in `usage`.
    pub changed: &'a [(InstanceIx, InstanceUsage)],
}

impl Course<'_> {
    /// The use of an instance.
    pub(super) fn used(&self, instance: InstanceIx) -> &InstanceUsage {
        let changed = self.changed.iter().find(|(i, _)| *i == instance).map(|(_, used)| used);
        changed.unwrap_or(&self.usage.instances[instance.0])
    }

    /// The months that count.
    pub(super) fn window(&self) -> Window {
        Window::of(&self.programme.frame.period)
    }
}

/// A part of a plan's cost that rests on nothing but its own numbers and the [`Course`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Component {
    /// A contract, all its lines: they share its term and its exit.
    Contract(ContractIx),
    /// The way by which users come onto an instance.
    Route(InstanceIx),
    /// Running an instance.
    InstanceRun(InstanceIx),
    /// Keeping what is left on an instance, but for read-only access under its contracts.
    Archive(InstanceIx),
    /// Keeping an instance joined to an external end.
    EndRun(InstanceIx, ExternalEndIx),
    /// Joining an instance to an external end.
    EndBuild(InstanceIx, ExternalEndIx),
    /// A work item, by position, of joining an instance to an external end.
    EndWork(InstanceIx, ExternalEndIx, usize),
    /// A work item of a move, both by position.
    MoveWork(usize, usize),
    /// Work on a hazard of a move, the move and the hazard by position.
    Hazard(usize, usize),
    /// Training for a move.
    Training(usize),
    /// The dip after a move.
    Dip(usize),
    /// A work item of a link of the plan, both by position.
    LinkWork(usize, usize),
    /// The ends of a link.
    LinkEnds(usize),
    /// Completing a commitment.
    Commitment(CommitmentIx),
    /// Holding the team.
    TeamHold,
    /// Running a link.
    LinkRun(usize),
    /// What a link takes every year, both by position.
    LinkYearly(usize, usize),
    /// A stream, by position.
    Stream(usize),
    /// A risk and its prevention, by position.
    Risk(usize),
}

impl Component {
    /// All components of a plan, in the order of the ledger. They do not depend on any number.
    #[must_use]
    pub fn all(programme: &Programme, plan: &Plan) -> Vec<Self> {
        let mut all: Vec<Self> = (0..programme.contracts.len()).map(|i| Self::Contract(ContractIx(i))).collect();
        let joined = |i: &usize| programme.contracts.iter().any(|c| c.instance == Some(InstanceIx(*i)) && !c.routes.is_empty());
        all.extend((0..programme.instances.len()).filter(joined).map(|i| Self::Route(InstanceIx(i))));
        all.extend((0..programme.instances.len()).map(|i| Self::InstanceRun(InstanceIx(i))));
        let kept = programme.instances.iter().enumerate().filter(|(_, instance)| instance.archive.is_some());
        all.extend(kept.map(|(i, _)| Self::Archive(InstanceIx(i))));
        for ((instance, end), built) in external_end::joints(programme, plan) {
            all.push(Self::EndRun(instance, end));
            if built {
                all.push(Self::EndBuild(instance, end));
                let work = programme.external_ends[end.0].work.len();
                all.extend((0..work).map(|item| Self::EndWork(instance, end, item)));
            }
        }
        for (i, m) in plan.moves.iter().enumerate() {
            let work = programme.move_kinds[m.kind.0].work.len();
            all.extend((0..work).map(|item| Self::MoveWork(i, item)));
            let comes = |h: &Hazard| h.officer.is_some() && h.options.contains(plan.option) && h.comes_with(m.kind);
            let hazards = programme.hazards.iter().enumerate().filter(|(_, h)| comes(h));
            all.extend(hazards.map(|(hazard, _)| Self::Hazard(i, hazard)));
            all.extend([Self::Training(i), Self::Dip(i)]);
        }
        for (i, planned) in plan.links.iter().enumerate() {
            let work = programme.links[planned.link.0].build.len();
            all.extend((0..work).map(|item| Self::LinkWork(i, item)));
            all.push(Self::LinkEnds(i));
        }
        all.extend((0..programme.commitments.len()).map(|i| Self::Commitment(CommitmentIx(i))));
        all.push(Self::TeamHold);
        for (i, planned) in plan.links.iter().enumerate() {
            all.push(Self::LinkRun(i));
            all.extend((0..programme.links[planned.link.0].yearly.len()).map(|item| Self::LinkYearly(i, item)));
        }
        let streams = programme.streams.iter().enumerate().filter(|(_, s)| s.options.contains(plan.option));
        all.extend(streams.map(|(i, _)| Self::Stream(i)));
        let risks = programme.risks.iter().enumerate().filter(|(_, r)| r.options.contains(plan.option));
        all.extend(risks.map(|(i, _)| Self::Risk(i)));
        all
    }

    /// Whether somebody of a role may work on it.
    #[must_use]
    pub fn works(self) -> bool {
        !matches!(
            self,
            Self::Contract(_)
                | Self::Route(_)
                | Self::InstanceRun(_)
                | Self::EndRun(..)
                | Self::EndBuild(..)
                | Self::Training(_)
                | Self::Dip(_)
                | Self::LinkEnds(_)
                | Self::Commitment(_)
                | Self::TeamHold
                | Self::LinkRun(_)
                | Self::Stream(_)
                | Self::Risk(_)
        )
    }

    /// The instances whose use it depends on.
    #[must_use]
    pub fn instances(self, programme: &Programme) -> Vec<InstanceIx> {
        match self {
            Self::Contract(ix) => {
                let contract = &programme.contracts[ix.0];
                // How what is left is kept follows from all contracts of the instance.
                match contract.instance.filter(|i| programme.instances[i.0].archive.is_some()) {
                    Some(instance) => with_suites(programme, instance),
                    None => contract.instance.into_iter().chain(suite_of(contract)).collect(),
                }
            }
            Self::Archive(ix) => with_suites(programme, ix),
            Self::InstanceRun(ix) | Self::EndRun(ix, _) | Self::Route(ix) => vec![ix],
            _ => Vec::new(),
        }
    }

    /// Enters its lines in a book.
    pub fn book(self, course: &Course<'_>, values: &Values, book: &mut impl Book) {
        match self {
            Self::Contract(ix) => dual_running::book(course, ix, values, book),
            Self::Route(ix) => route::book(course, ix, values, book),
            Self::InstanceRun(ix) => estate::book_run_cost(course, ix, values, book),
            Self::Archive(ix) => archive::book(course, ix, values, book),
            Self::EndRun(i, end) => external_end::book_run(course, (i, end), values, book),
            Self::EndBuild(i, end) => external_end::book_build(course, (i, end), values, book),
            Self::EndWork(i, end, item) => external_end::book_work_item(course, (i, end), item, values, book),
            Self::MoveWork(i, item) => effort::book_move_work(course, (i, item), values, book),
            Self::Hazard(i, hazard) => effort::book_hazard(course, (i, hazard), values, book),
            Self::Training(i) => effort::book_training(course, i, values, book),
            Self::Dip(i) => effort::book_dip(course, i, values, book),
            Self::LinkWork(i, item) => link::book_work_item(course, (i, item), values, book),
            Self::LinkEnds(i) => link::book_ends(course, i, values, book),
            Self::Commitment(ix) => effort::book_commitment(course, ix, values, book),
            Self::TeamHold => effort::book_team_hold(course, values, book),
            Self::LinkRun(i) => link::book_run(course, i, values, book),
            Self::LinkYearly(i, item) => link::book_yearly(course, (i, item), values, book),
            Self::Stream(i) => stream::book_stream(course, i, values, book),
            Self::Risk(i) => stream::book_risk(course, i, values, book),
        }
    }
}

/// The other systems of a contract's suite.
fn suite_of(contract: &Contract) -> impl Iterator<Item = InstanceIx> {
    contract.suite.iter().flat_map(|s| s.with.iter().copied())
}

/// An instance with those of the suites of its contracts.
fn with_suites(programme: &Programme, instance: InstanceIx) -> Vec<InstanceIx> {
    let own = programme.contracts.iter().filter(|c| c.instance == Some(instance));
    std::iter::once(instance).chain(own.flat_map(suite_of)).collect()
}
