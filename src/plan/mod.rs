//! From an option's rules to dated moves: for each service and slot, which instance from when.
//!
//! Pure and total: [`derive()`] always gives a plan, together with the [`Fault`]s that make it one
//! nobody should cost. The reader refuses a scenario with faults, so later floors see none.

mod derive;
mod expected;
mod limits;
mod sequence;

pub use derive::{Fault, decided, derive, kind_of, soonest, targets_of, with_links};
pub(crate) use expected::whole_months;
pub use expected::{ExpectedMove, Timetable, expected};
pub use limits::{frozen, next_free};
pub use sequence::Sequence;

use crate::assumption::Values;
use crate::programme::{CommitmentIx, InstanceIx, LinkIx, MoveKindIx, OptionIx, Programme, ServiceIx};
use crate::quantity::{Month, offset_of};

/// One slot of one service goes from one instance to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Service.
    pub service: ServiceIx,
    /// Position of the slot among the service's slots.
    pub slot: usize,
    /// Instance left.
    pub from: InstanceIx,
    /// Instance joined.
    pub to: InstanceIx,
    /// What it takes.
    pub kind: MoveKindIx,
    /// Planned first month live, the first of a quarter.
    pub go_live: Month,
    /// The commitment it fulfils, if it is one common to all options.
    pub commitment: Option<CommitmentIx>,
}

/// A link in an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlannedLink {
    /// Link.
    pub link: LinkIx,
    /// Planned first month live, before which it is built; `None` if it exists already.
    pub live: Option<Month>,
    /// Months by which going live slips. 0 but for a what-if.
    pub late: usize,
}

impl PlannedLink {
    /// First month live, slip included; `None` if it exists already.
    #[must_use]
    pub fn goes_live(&self) -> Option<Month> {
        self.live.map(|planned| planned.plus(offset_of(self.late)))
    }
}

/// What an option does, dated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The option.
    pub option: OptionIx,
    /// Moves, by planned go-live, then service and slot.
    pub moves: Vec<Move>,
    /// Links, in the programme's order.
    pub links: Vec<PlannedLink>,
    /// Months by which every go-live slips, on top of optimism bias on duration. 0 but for the
    /// question "what does a month of slippage cost?".
    pub slip: usize,
    /// Months by which moves of the option's own slip on top of that, and commitments do not. 0 but for a what-if.
    pub late: usize,
}

impl Plan {
    /// The same plan with every go-live `months` later, of moves (commitments too) and of links that it builds.
    #[must_use]
    pub fn slipped(&self, months: usize) -> Self {
        Self { slip: self.slip + months, links: self.links_late(months), ..self.clone() }
    }

    /// The same plan with every go-live of the option's own `months` later, of moves and of links that it builds. What is
    /// committed keeps its dates, and so does work before the planned go-live.
    #[must_use]
    pub fn late(&self, months: usize) -> Self {
        Self { links: self.links_late(months), late: self.late + months, ..self.clone() }
    }

    /// Its links, those that it builds `months` later.
    fn links_late(&self, months: usize) -> Vec<PlannedLink> {
        let built = |link: &PlannedLink| link.live.map_or(0, |_| months);
        self.links.iter().map(|link| PlannedLink { late: link.late + built(link), ..*link }).collect()
    }

    /// Whether some go-live of the option's own, move or link, does not come before the end of the period.
    #[must_use]
    pub fn goes_beyond(&self, programme: &Programme, values: &Values) -> bool {
        let period = &programme.frame.period;
        let end = offset_of(period.months());
        let beyond = |(m, expected): (&Move, ExpectedMove)| m.commitment.is_none() && expected.live >= end;
        self.moves.iter().zip(expected(programme, self, values)).any(beyond)
            || self.links.iter().filter_map(PlannedLink::goes_live).any(|month| period.offset(month) >= end)
    }
}
