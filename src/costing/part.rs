//! The parts of a plan's cost that another plan may have as well, so that on the same numbers they need costing only once.

use super::component::{Component, Course};
use super::ledger::Book;
use super::usage::Met;
use super::{external_end, stream};
use crate::assumption::Values;
use crate::plan::{Plan, PlannedLink, Sequence};
use crate::programme::{ContractIx, ExternalEndIx, InstanceIx, MoveKindIx, OptionIx, Programme, ServiceIx, Start};
use crate::quantity::Month;

/// Components that rest on the same facts of a plan.
#[derive(Debug)]
pub struct Part {
    components: Vec<Component>,
    /// The instances whose use they depend on.
    instances: Vec<InstanceIx>,
    /// The moves, by position, on whose expected go-lives they depend.
    moves: Vec<usize>,
    /// The event on whose month they depend.
    start: Option<Start>,
    likeness: Likeness,
}

/// What a part rests on, whatever the numbers: parts of different plans that are alike come to the same wherever their
/// [`Part::facts`] are the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Likeness {
    /// Components, those of a move or link as if it were the first of its plan.
    components: Vec<Component>,
    /// What becomes of contracts at their end.
    expiry: Vec<(ContractIx, u8)>,
    /// Moves: service, slot, kind, planned go-live, and whether it is the first of its kind from its source.
    moves: Vec<(ServiceIx, usize, MoveKindIx, Month, bool)>,
    link: Option<PlannedLink>,
    /// The option, where a part is of no other.
    option: Option<OptionIx>,
}

/// What components have in common that are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bond {
    Contract(ContractIx),
    Route(InstanceIx),
    Run(InstanceIx),
    Archive(InstanceIx),
    Joined(InstanceIx, ExternalEndIx),
    Joining(InstanceIx, ExternalEndIx),
    Move(usize),
    Link(usize),
    Commitments,
    Team,
    Event(Start),
}

impl Bond {
    fn of(programme: &Programme, component: Component) -> Self {
        match component {
            Component::Contract(ix) => Self::Contract(ix),
            Component::Route(ix) => Self::Route(ix),
            Component::InstanceRun(ix) => Self::Run(ix),
            Component::Archive(ix) => Self::Archive(ix),
            Component::EndRun(ix, end) if programme.instances[ix.0].external_ends.contains(&end) => Self::Run(ix),
            Component::EndRun(ix, end) => Self::Joined(ix, end),
            Component::EndBuild(ix, end) | Component::EndWork(ix, end, _) => Self::Joining(ix, end),
            Component::MoveWork(i, _) | Component::Hazard(i, _) | Component::Training(i) | Component::Dip(i) => Self::Move(i),
            Component::LinkWork(i, _) | Component::LinkEnds(i) | Component::LinkRun(i) | Component::LinkYearly(i, _) => {
                Self::Link(i)
            }
            Component::Commitment(_) => Self::Commitments,
            Component::TeamHold => Self::Team,
            Component::Stream(i) => Self::Event(programme.streams[i].start),
            Component::Risk(i) => Self::Event(programme.risks[i].start),
        }
    }
}

impl Part {
    /// All of a plan's cost.
    #[must_use]
    pub fn all(programme: &Programme, plan: &Plan, sequence: &Sequence) -> Vec<Self> {
        let mut bound: Vec<(Bond, Vec<Component>)> = Vec::new();
        let mut streams: Vec<usize> = Vec::new();
        for component in Component::all(programme, plan) {
            let bond = Bond::of(programme, component);
            // Components of one bond mostly follow each other, but for those of links, instances and events.
            let far = || streams.iter().copied().find(|at| bound[*at].0 == bond);
            let last = bound.len().checked_sub(1).filter(|at| bound[*at].0 == bond);
            match last.or_else(far) {
                Some(at) => bound[at].1.push(component),
                None => {
                    if matches!(bond, Bond::Link(_) | Bond::Run(_) | Bond::Event(_)) {
                        streams.push(bound.len());
                    }
                    bound.push((bond, vec![component]));
                }
            }
        }
        bound.into_iter().map(|(bond, components)| Self::of(programme, (plan, sequence), bond, components)).collect()
    }

    fn of(programme: &Programme, (plan, sequence): (&Plan, &Sequence), bond: Bond, components: Vec<Component>) -> Self {
        let step = |i: usize| {
            let m = &plan.moves[i];
            (m.service, m.slot, m.kind, m.go_live, sequence.first_from_source(i))
        };
        let steps = |which: &dyn Fn(usize) -> bool| (0..plan.moves.len()).filter(|i| which(*i)).collect::<Vec<usize>>();
        let alike = components.iter().map(|c| as_first(*c)).collect();
        let mut part = Self {
            instances: Vec::new(),
            moves: Vec::new(),
            start: None,
            likeness: Likeness { components: alike, ..Likeness::default() },
            components,
        };
        match bond {
            Bond::Contract(_) | Bond::Archive(_) => {
                part.instances = part.components[0].instances(programme);
                let described = |i: &InstanceIx| programme.instances[i.0].archive.is_some();
                let own = match part.components[0] {
                    Component::Contract(ix) => programme.contracts[ix.0].instance.filter(described),
                    _ => part.instances.first().copied(),
                };
                // How what is left is kept follows from all contracts of its instance, and from when it is left.
                let counts =
                    |ix: ContractIx| bond == Bond::Contract(ix) || (own.is_some() && programme.contracts[ix.0].instance == own);
                let expiry = programme.options[plan.option.0].expiry.iter().filter(|(ix, _)| counts(*ix));
                part.likeness.expiry = expiry.map(|(ix, expiry)| (*ix, *expiry as u8)).collect();
                part.moves = steps(&|i| own == Some(plan.moves[i].from));
            }
            Bond::Route(ix) => {
                part.instances = vec![ix];
                let own = steps(&|i| plan.moves[i].to == ix && plan.moves[i].commitment.is_none());
                part.likeness.moves = own.into_iter().map(step).collect();
            }
            Bond::Run(ix) => part.instances = vec![ix],
            Bond::Joined(ix, end) | Bond::Joining(ix, end) => {
                part.instances = vec![ix];
                part.moves = external_end::bringing(programme, plan, (ix, end)).collect();
                part.likeness.moves = part.moves.iter().map(|i| step(*i)).collect();
            }
            Bond::Move(i) => {
                // A dip depends on whether a later move overtakes.
                part.moves = std::iter::successors(Some(i), |next| sequence.next(*next)).collect();
                part.likeness.moves = part.moves.iter().map(|i| step(*i)).collect();
            }
            Bond::Link(i) => part.likeness.link = Some(plan.links[i]),
            Bond::Commitments => {}
            Bond::Team => part.likeness.option = Some(plan.option),
            Bond::Event(start) => part.start = Some(start),
        }
        part
    }

    /// What it rests on.
    #[must_use]
    pub fn likeness(&self) -> &Likeness {
        &self.likeness
    }

    /// What it rests on that depends on numbers: which use of its instances, when its moves go live, when its event comes.
    pub fn facts(&self, course: &Course<'_>, met: &Met, facts: &mut Vec<i32>) {
        let number = |i: &InstanceIx| met.number(*i, &course.usage.instances[i.0]).and_then(|n| i32::try_from(n).ok());
        facts.extend(self.instances.iter().map(|i| number(i).unwrap_or(-1)));
        facts.extend(self.moves.iter().map(|i| course.timetable.moves[*i].live));
        if let Some(start) = self.start {
            facts.push(stream::start(course, start).unwrap_or(i32::MIN));
        }
    }

    /// Enters its lines in a book.
    pub fn book(&self, course: &Course<'_>, values: &Values, book: &mut impl Book) {
        self.components.iter().for_each(|component| component.book(course, values, book));
    }

    /// The contract that it is, if it is one.
    #[must_use]
    pub fn contract(&self) -> Option<ContractIx> {
        match self.components[..] {
            [Component::Contract(ix)] => Some(ix),
            _ => None,
        }
    }
}

/// A component of a move or a link, as if it were the first of its plan.
fn as_first(component: Component) -> Component {
    match component {
        Component::MoveWork(_, item) => Component::MoveWork(0, item),
        Component::Hazard(_, hazard) => Component::Hazard(0, hazard),
        Component::Training(_) => Component::Training(0),
        Component::Dip(_) => Component::Dip(0),
        Component::LinkWork(_, item) => Component::LinkWork(0, item),
        Component::LinkEnds(_) => Component::LinkEnds(0),
        Component::LinkRun(_) => Component::LinkRun(0),
        Component::LinkYearly(_, item) => Component::LinkYearly(0, item),
        other => other,
    }
}
