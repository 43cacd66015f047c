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

use crate::programme::{CommitmentIx, InstanceIx, LinkIx, MoveKindIx, OptionIx, ServiceIx};
use crate::quantity::Month;

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLink {
    /// Link.
    pub link: LinkIx,
    /// First month live; `None` if it exists already.
    pub live: Option<Month>,
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
}

impl Plan {
    /// The same plan with every go-live `months` later. Links keep their dates.
    #[must_use]
    pub fn slipped(&self, months: usize) -> Self {
        Self { slip: self.slip + months, ..self.clone() }
    }
}
