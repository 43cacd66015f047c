//! The cells of a plan's cost: components that rest on the same facts.

use super::lane::Lane;
use crate::costing::Component;
use crate::optimiser::Space;
use crate::programme::{CommitmentIx, ContractIx, ExternalEndIx, InstanceIx, LinkIx, Programme, Start};
use std::collections::BTreeSet;

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell {
    /// The moves of a lane, by position.
    Lane(usize),
    /// A contract, or what is left on an instance.
    Kept(Component, Option<InstanceIx>),
    /// Running an instance, with the ends that it has.
    Run(InstanceIx),
    /// The way onto an instance.
    Route(InstanceIx),
    /// An end that an instance gets.
    Joint(InstanceIx, ExternalEndIx),
    /// Building and running a link.
    Link(LinkIx),
    /// Completing what is decided.
    Commitments,
    /// Holding the team.
    Team,
    /// Streams and risks that start with an event.
    Event(Start),
}

impl Cell {
    /// All of a space, lanes first.
    pub(super) fn all(programme: &Programme, space: &Space, lanes: &[Lane]) -> Vec<Self> {
        let mut all: Vec<Self> = (0..lanes.len()).map(Self::Lane).collect();
        let described = |i: InstanceIx| programme.instances[i.0].archive.is_some();
        let contracts = programme.contracts.iter().enumerate();
        all.extend(contracts.map(|(i, c)| Self::Kept(Component::Contract(ContractIx(i)), c.instance.filter(|i| described(*i)))));
        let instances = || (0..programme.instances.len()).map(InstanceIx);
        all.extend(instances().filter(|i| described(*i)).map(|i| Self::Kept(Component::Archive(i), Some(i))));
        all.extend(instances().map(Self::Run));
        let joined = |i: &InstanceIx| programme.contracts.iter().any(|c| c.instance == Some(*i) && !c.routes.is_empty());
        all.extend(instances().filter(joined).map(Self::Route));
        let ends = |l: &Lane| programme.services[l.service.0].slots[l.slot].ends.clone();
        let mut joints = BTreeSet::new();
        for lane in lanes {
            let chosen = lane.place.map_or(&[][..], |p| &space.places[p].choices).iter().map(|c| c.to);
            let to: BTreeSet<InstanceIx> = chosen.chain(lane.decided.iter().map(|(m, _)| m.to)).collect();
            let lacks = |(i, end): &(InstanceIx, ExternalEndIx)| !programme.instances[i.0].external_ends.contains(end);
            joints.extend(to.iter().flat_map(|i| ends(lane).into_iter().map(|end| (*i, end))).filter(lacks));
        }
        all.extend(joints.into_iter().map(|(i, end)| Self::Joint(i, end)));
        all.extend((0..programme.links.len()).map(|i| Self::Link(LinkIx(i))));
        all.push(Self::Commitments);
        if programme.staff.team_hold.is_some() || programme.staff.team_hold_per_user.is_some() {
            all.push(Self::Team);
        }
        let streams = programme.streams.iter().filter(|s| s.options.contains(space.option)).map(|s| s.start);
        let risks = programme.risks.iter().filter(|r| r.options.contains(space.option)).map(|r| r.start);
        for start in streams.chain(risks) {
            if !all.contains(&Self::Event(start)) {
                all.push(Self::Event(start));
            }
        }
        all
    }

    /// By instance that has contracts, the cells of these.
    pub(super) fn contracts(programme: &Programme, cells: &[Self]) -> Vec<Vec<usize>> {
        let of = |cell: &Self| match cell {
            Self::Kept(Component::Contract(ix), _) => programme.contracts[ix.0].instance,
            _ => None,
        };
        let own = |i| (0..cells.len()).filter(|c| of(&cells[*c]) == Some(i)).collect::<Vec<usize>>();
        (0..programme.instances.len()).map(|i| own(InstanceIx(i))).filter(|own| !own.is_empty()).collect()
    }

    /// The instances whose use it rests on.
    pub(super) fn instances(self, programme: &Programme) -> Vec<InstanceIx> {
        match self {
            Self::Kept(component, _) => component.instances(programme),
            Self::Run(i) | Self::Route(i) | Self::Joint(i, _) => vec![i],
            _ => Vec::new(),
        }
    }

    /// Its components, given the moves or the link that it is about by position in a plan.
    pub(super) fn components(
        self,
        programme: &Programme,
        space: &Space,
        (positions, kinds): (&[usize], &[usize]),
    ) -> Vec<Component> {
        match self {
            Self::Lane(_) => positions.iter().zip(kinds).flat_map(|(i, kind)| of_move(programme, space, *i, *kind)).collect(),
            Self::Kept(component, _) => vec![component],
            Self::Run(i) => {
                let ends = programme.instances[i.0].external_ends.iter().map(|end| Component::EndRun(i, *end));
                std::iter::once(Component::InstanceRun(i)).chain(ends).collect()
            }
            Self::Route(i) => vec![Component::Route(i)],
            Self::Joint(i, end) => {
                let work = 0..programme.external_ends[end.0].work.len();
                let built = [Component::EndRun(i, end), Component::EndBuild(i, end)];
                built.into_iter().chain(work.map(|item| Component::EndWork(i, end, item))).collect()
            }
            Self::Link(ix) => {
                let (link, at) = (&programme.links[ix.0], positions[0]);
                let work = (0..link.build.len()).map(|item| Component::LinkWork(at, item));
                let yearly = (0..link.yearly.len()).map(|item| Component::LinkYearly(at, item));
                work.chain([Component::LinkEnds(at), Component::LinkRun(at)]).chain(yearly).collect()
            }
            Self::Commitments => (0..programme.commitments.len()).map(|i| Component::Commitment(CommitmentIx(i))).collect(),
            Self::Team => vec![Component::TeamHold],
            Self::Event(start) => {
                let streams = programme.streams.iter().enumerate();
                let streams = streams.filter(|(_, s)| s.start == start && s.options.contains(space.option));
                let risks = programme.risks.iter().enumerate();
                let risks = risks.filter(|(_, r)| r.start == start && r.options.contains(space.option));
                let streams = streams.map(|(i, _)| Component::Stream(i));
                streams.chain(risks.map(|(i, _)| Component::Risk(i))).collect()
            }
        }
    }
}

/// The components of a move.
fn of_move(programme: &Programme, space: &Space, at: usize, kind: usize) -> Vec<Component> {
    let kind = crate::programme::MoveKindIx(kind);
    let work = (0..programme.move_kinds[kind.0].work.len()).map(|item| Component::MoveWork(at, item));
    let hazards = programme.hazards.iter().enumerate();
    let hazards =
        hazards.filter(|(_, h)| h.officer.is_some() && h.options.contains(space.option) && h.comes_with(kind)).map(|(h, _)| h);
    work.chain(hazards.map(|hazard| Component::Hazard(at, hazard))).chain([Component::Training(at), Component::Dip(at)]).collect()
}
