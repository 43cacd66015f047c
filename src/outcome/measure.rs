//! The measures of an option, from its sums, its work and where everybody is live.

use crate::costing::{Usage, UseState};
use crate::impact::LiveOn;
use crate::plan::Plan;
use crate::programme::{Category, Measure, Programme, RankBasis, ServiceIx};
use crate::scoring;

/// Present values by category, in the order of [`Category::ALL`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sums {
    pub(super) present: [f64; Category::ALL.len()],
}

impl Sums {
    fn over(&self, counts: impl Fn(Category) -> bool) -> f64 {
        Category::ALL.iter().filter(|c| counts(**c)).map(|c| self.present[*c as usize]).sum()
    }

    /// Net present cost: the present value of all monetised streams.
    pub(super) fn npc(&self) -> f64 {
        self.over(|_| true)
    }

    /// Present value of dual running.
    pub(super) fn dual_running(&self) -> f64 {
        self.over(Category::is_dual_running)
    }

    /// Present value of priced staff time.
    pub(super) fn staff_time(&self) -> f64 {
        self.over(Category::is_staff_time)
    }

    /// The cost criterion: everything that is neither dual running, nor priced staff time, nor a
    /// benefit that another criterion scores.
    pub(super) fn cost_criterion(&self) -> f64 {
        self.over(|c| !c.is_dual_running() && !c.is_staff_time() && c != Category::ScoredElsewhere)
    }
}

/// The basis in force: that of the scenario, or net present cost where there is no score.
pub(super) fn basis(programme: &Programme, scored: bool) -> RankBasis {
    if !scored && programme.frame.rank_basis == RankBasis::Score { RankBasis::Npc } else { programme.frame.rank_basis }
}

/// Measure by criterion, in the order of the criteria. `impact` says what each measure of impact comes to.
pub(super) fn measures(
    programme: &Programme,
    plan: &Plan,
    sums: &Sums,
    (person_days, dip_hours): (f64, f64),
    mut impact: impl FnMut(&Measure) -> Option<f64>,
) -> Vec<f64> {
    programme
        .tree
        .criteria
        .iter()
        .map(|c| match &c.measure {
            Measure::Visibility | Measure::Capability | Measure::Burden | Measure::Resilience => {
                impact(&c.measure).unwrap_or(0.0)
            }
            Measure::Disruption => dip_hours,
            Measure::Cost => sums.cost_criterion(),
            Measure::DualRunning => sums.dual_running(),
            Measure::Effort => person_days,
            Measure::NetPresentCost => sums.npc(),
            Measure::Judged(judgements) => judgements[plan.option.0].value,
        })
        .collect()
}

/// Points by criterion.
pub(super) fn points(programme: &Programme, measures: &[f64]) -> Vec<f64> {
    programme.tree.criteria.iter().zip(measures).map(|(c, m)| scoring::value(c.anchors, &c.function, *m)).collect()
}

/// Where every slot is live.
pub(super) fn live_on(programme: &Programme, usage: &Usage) -> LiveOn {
    let mut live = LiveOn { slots: Vec::new(), first: 0, end: 0 };
    fill_live_on(programme, usage, &mut live);
    live
}

/// The same, in the room of another.
pub(super) fn fill_live_on(programme: &Programme, usage: &Usage, live: &mut LiveOn) {
    live.slots.resize_with(programme.services.len(), Vec::new);
    for (slots, service) in live.slots.iter_mut().zip(&programme.services) {
        slots.resize_with(service.slots.len(), Vec::new);
        slots.iter_mut().for_each(Vec::clear);
    }
    for stint in usage.stints.iter().filter(|s| s.state == UseState::Live) {
        let ServiceIx(service) = stint.service;
        live.slots[service][stint.slot].push((stint.from, stint.instance));
    }
    (live.first, live.end) = (programme.frame.period.first_counted(), programme.frame.period.months());
}
