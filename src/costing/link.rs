//! Building and running links.

use super::effort::{Effort, Job, book_work};
use super::ledger::{CostLine, Ledger, Lineage};
use crate::assumption::Values;
use crate::plan::{ExpectedMove, Plan, PlannedLink};
use crate::programme::{Category, Programme};
use crate::quantity::offset_of;

/// Books what it takes to build a link that does not exist yet.
pub(super) fn book_build(
    programme: &Programme,
    planned: &PlannedLink,
    values: &Values,
    ledger: &mut Ledger,
    effort: &mut Effort,
) {
    let Some(live) = planned.live.map(|m| programme.frame.period.offset(m)) else { return };
    let link = &programme.links[planned.link.0];
    let when = ExpectedMove { planned: live, live };
    let bearer = link.body.or(programme.frame.lead);
    let job = Job {
        items: &link.build,
        service: None,
        users: 0.0,
        patients: 0.0,
        uses: Vec::new(),
        first_from_source: true,
        when,
        bearer,
    };
    book_work(programme, &job, values, |item| Lineage::LinkWork(planned.link, item), ledger, effort);
    if let Some(per_end) = link.build_per_end {
        let amount = per_end.of(values) * connections(programme, planned);
        let mut line = CostLine::new(Category::External, Lineage::LinkEnds(planned.link), bearer).using([per_end]);
        line.bias = link.bias;
        // Ends are built in the quarter before the link goes live.
        ledger.book(line, super::ledger::evenly(live - 3, 3, amount));
    }
}

/// Books running costs of all links of a plan, month by month from going live (from the start, for
/// those that exist).
pub(super) fn book(programme: &Programme, plan: &Plan, values: &Values, ledger: &mut Ledger) {
    let period = &programme.frame.period;
    let end = offset_of(period.months());
    for planned in &plan.links {
        let link = &programme.links[planned.link.0];
        let from = planned.live.map_or(0, |m| period.offset(m));
        let per_end = link.run_per_end.map_or(0.0, |r| r.of(values)) * connections(programme, planned);
        let a_year = link.run.map_or(0.0, |r| r.of(values)) + per_end;
        let line = CostLine::new(Category::External, Lineage::LinkRun(planned.link), link.body.or(programme.frame.lead));
        let line = line.using(link.run.into_iter().chain(link.run_per_end));
        ledger.book(line, (from..end).map(|m| (m, a_year / 12.0)));
    }
}

fn connections(programme: &Programme, planned: &PlannedLink) -> f64 {
    let link = &programme.links[planned.link.0];
    let ends = if link.ends.is_empty() { programme.instances.len() } else { link.ends.len() };
    f64::from(u32::try_from(link.connections(ends)).expect("few ends"))
}
