//! What it takes to move a service from one instance to another.

use super::{AssetIx, BiasIx, InstanceIx, MoveKindIx, OrganisationIx, RoleIx, ServiceIx};
use crate::assumption::{Assumed, Values};
use crate::quantity::Month;

/// A role in the programme.
#[derive(Debug, Clone)]
pub struct Role {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Price of a day, real.
    pub day_rate: Assumed<f64>,
    /// Bought in, rather than the programme's own staff.
    pub external: bool,
    /// Days available in a quarter; of all teams together where there are several.
    pub capacity: Option<Assumed<f64>>,
    /// Days available in a quarter to each body that has a team of its own.
    pub teams: Vec<(OrganisationIx, Assumed<f64>)>,
    /// The month from which the teams are one; never if not given.
    pub pooled_from: Option<Month>,
}

impl Role {
    /// Whether the teams of the bodies work apart in the quarter that begins in a month.
    #[must_use]
    pub fn is_apart(&self, month: Month) -> bool {
        !self.teams.is_empty() && self.pooled_from.is_none_or(|from| month < from)
    }

    /// Days available in a quarter once there is one team: as given, or those of all teams.
    #[must_use]
    pub fn pooled(&self, values: &Values) -> Option<f64> {
        let together = || self.teams.iter().map(|(_, days)| days.of(values)).reduce(|a, b| a + b);
        self.capacity.map(|c| c.of(values)).or_else(together)
    }
}

/// When work is done, seen from the planned go-live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// In whole quarters before it; stays where it is if go-live slips.
    Before {
        /// Quarters before go-live at which it starts, at least 1.
        starts: usize,
        /// Quarters it lasts, at least 1 and no more than `starts`.
        lasts: usize,
    },
    /// In the weeks after go-live; moves with it.
    After {
        /// Weeks it lasts.
        weeks: usize,
    },
}

/// How much work or money.
#[derive(Debug, Clone)]
pub enum Work {
    /// Person-days of a role.
    Days {
        /// Role.
        role: RoleIx,
        /// For the move.
        fixed: Option<Assumed<f64>>,
        /// For each user moved.
        per_user: Option<Assumed<f64>>,
    },
    /// Money bought in, real.
    Money {
        /// For the move.
        fixed: Option<Assumed<f64>>,
        /// For each user moved.
        per_user: Option<Assumed<f64>>,
        /// For each patient record moved.
        per_patient: Option<Assumed<f64>>,
    },
}

/// One item of work.
#[derive(Debug, Clone)]
pub struct WorkItem {
    /// Id.
    pub id: String,
    /// How much.
    pub work: Work,
    /// When.
    pub timing: Timing,
    /// The fixed part is paid only with the first move of the kind out of an instance.
    pub once_per_source: bool,
    /// Optimism bias on its money.
    pub bias: Option<BiasIx>,
    /// The class of capital it is spent on; `None` for revenue.
    pub asset: Option<AssetIx>,
}

/// Training for those who move.
#[derive(Debug, Clone)]
pub struct Training {
    /// Hours for each user.
    pub hours: Assumed<f64>,
    /// Quarters before go-live at which it starts.
    pub starts: usize,
    /// Quarters it lasts.
    pub lasts: usize,
}

/// Productivity lost in a stretch of weeks after go-live.
#[derive(Debug, Clone)]
pub struct DipStep {
    /// Weeks.
    pub weeks: usize,
    /// Share of working hours lost.
    pub loss: Assumed<f64>,
}

/// A kind of move and all it takes.
#[derive(Debug, Clone)]
pub struct MoveKind {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Work.
    pub work: Vec<WorkItem>,
    /// Training.
    pub training: Option<Training>,
    /// Dip, in order from go-live.
    pub dip: Vec<DipStep>,
    /// Months that the old system is kept beside the new.
    pub overlap: Assumed<f64>,
    /// Months that the new system is paid before go-live.
    pub head_start: Assumed<f64>,
    /// Months of build before go-live, which optimism bias on duration stretches.
    pub build: Assumed<f64>,
    /// The bias that stretches them.
    pub duration_bias: Option<BiasIx>,
}

/// Which kind of move goes with which pair of instances; the design's rule. `None` where the scenario
/// describes no such kind.
#[derive(Debug, Clone, Copy, Default)]
pub struct MoveRule {
    /// Same product, two instances.
    pub instance_merge: Option<MoveKindIx>,
    /// Same product, units of a shared database.
    pub unit_reconfigure: Option<MoveKindIx>,
    /// From one product to another that is in use already.
    pub cross_product: Option<MoveKindIx>,
    /// To a product that nobody uses yet.
    pub new_product: Option<MoveKindIx>,
}

/// Price and hours of staff time.
#[derive(Debug, Clone, Copy)]
pub struct StaffTime {
    /// An hour in training, real.
    pub training_rate: Assumed<f64>,
    /// An hour lost in the dip, real.
    pub dip_rate: Assumed<f64>,
    /// Hours in a working week.
    pub hours_per_week: Assumed<f64>,
    /// Hours in a working day.
    pub hours_per_day: Assumed<f64>,
    /// Share of training hours backfilled in cash.
    pub backfilled: Assumed<f64>,
    /// What holding the programme team costs a month while go-lives slip, real.
    pub team_hold: Option<Assumed<f64>>,
    /// The same for each user that the option moves, real; added to it.
    pub team_hold_per_user: Option<Assumed<f64>>,
}

/// A move already decided when the appraisal starts; part of every option.
#[derive(Debug, Clone)]
pub struct Commitment {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Service.
    pub service: ServiceIx,
    /// Slot.
    pub slot: usize,
    /// Where to.
    pub to: InstanceIx,
    /// Go-live.
    pub go_live: Month,
    /// Kind of move, if not the one of the rule.
    pub kind: Option<MoveKindIx>,
    /// Cost to complete, real, spread from the as-at date to go-live.
    pub cost: Option<Assumed<f64>>,
    /// Who pays.
    pub body: Option<OrganisationIx>,
}
