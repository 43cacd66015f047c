//! Load of teams against their capacity.

use super::Effort;
use crate::assumption::Values;
use crate::programme::{OrganisationIx, Programme, RoleIx};
use crate::quantity::Quarter;

/// Days of a team in its busiest quarter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// Role.
    pub role: RoleIx,
    /// The body whose team it is; none for the one team of all.
    pub body: Option<OrganisationIx>,
    /// Quarter.
    pub quarter: Quarter,
    /// Days in it.
    pub days: f64,
    /// Days that the team has.
    pub capacity: f64,
}

impl Load {
    /// Share of its capacity.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.days / self.capacity
    }
}

impl Effort {
    /// Each team with a capacity in its busiest quarter. Until teams are pooled, the work on the services of a body
    /// counts against its own team, and that of a body without a team against none; from then on all work counts
    /// against the one team.
    #[must_use]
    pub fn loads(&self, programme: &Programme, values: &Values) -> Vec<Load> {
        let mut loads = Vec::new();
        for (i, role) in programme.roles.iter().enumerate() {
            let ix = RoleIx(i);
            for (body, capacity) in &role.teams {
                if let Some(days) = self.teams.get(&(ix, *body)) {
                    let apart = quarters(programme, days).filter(|(q, _)| role.is_apart(q.first_month()));
                    loads.extend(busiest(apart, (ix, Some(*body)), capacity.of(values)));
                }
            }
            let together = quarters(programme, &self.days[i]).filter(|(q, _)| !role.is_apart(q.first_month()));
            loads.extend(role.pooled(values).and_then(|capacity| busiest(together, (ix, None), capacity)));
        }
        loads
    }

    /// The team with the highest share of its quarterly capacity; `None` where no capacity is given.
    #[must_use]
    pub fn peak(&self, programme: &Programme, values: &Values) -> Option<Load> {
        self.loads(programme, values).into_iter().reduce(|best, load| if load.share() > best.share() { load } else { best })
    }

    /// The highest share of any team's quarterly capacity; `None` where no capacity is given.
    #[must_use]
    pub fn peak_load(&self, programme: &Programme, values: &Values) -> Option<f64> {
        self.peak(programme, values).map(|load| load.share())
    }
}

/// Days by quarter.
fn quarters<'a>(programme: &'a Programme, days: &'a [f64]) -> impl Iterator<Item = (Quarter, f64)> + 'a {
    let period = &programme.frame.period;
    days.chunks(3).enumerate().map(|(q, days)| (Quarter::of(period.month(3 * q)), days.iter().sum()))
}

fn busiest(
    quarters: impl Iterator<Item = (Quarter, f64)>,
    (role, body): (RoleIx, Option<OrganisationIx>),
    capacity: f64,
) -> Option<Load> {
    let most = quarters.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    (capacity > 0.0).then_some(Load { role, body, quarter: most.0, days: most.1, capacity })
}
