//! Building and running links.

use super::Course;
use super::effort::{Job, book_work};
use super::ledger::{Book, CostLine, Lineage, Worker, evenly};
use crate::assumption::{Assumed, Values};
use crate::plan::{ExpectedMove, PlannedLink};
use crate::programme::{Category, Programme, YearlyAmount};
use crate::quantity::offset_of;

/// Books a work item (by position) of building a link (by position in the plan), if it does not exist yet.
pub(super) fn book_work_item(course: &Course<'_>, (link, item): (usize, usize), values: &Values, book: &mut impl Book) {
    let planned = &course.plan.links[link];
    let Some(live) = planned.live.map(|m| course.programme.frame.period.offset(m)) else { return };
    let link = &course.programme.links[planned.link.0];
    let job = Job {
        service: None,
        users: 0.0,
        patients: 0.0,
        uses: [None, None],
        first_from_source: true,
        when: ExpectedMove { planned: live, live: live + offset_of(planned.late) },
        bearer: link.body.or(course.programme.frame.lead),
    };
    book_work(course, &job, (&link.build[item], Lineage::LinkWork(planned.link, item)), values, book);
}

/// Books what the ends of a link take that does not exist yet.
pub(super) fn book_ends(course: &Course<'_>, link: usize, values: &Values, book: &mut impl Book) {
    let programme = course.programme;
    let planned = &course.plan.links[link];
    let Some(live) = planned.live.map(|m| programme.frame.period.offset(m)) else { return };
    let link = &programme.links[planned.link.0];
    if let Some(per_end) = link.build_per_end {
        let amount = per_end.of(values) * connections(programme, planned);
        let mut line = CostLine::new(Category::External, Lineage::LinkEnds(planned.link), link.body.or(programme.frame.lead));
        line.bias = link.bias;
        // Ends are built in the quarter before the link goes live.
        book.enter(line, [per_end.handle()], evenly(live - 3, 3, amount));
    }
}

/// Books the running cost of a link, month by month from going live (from the start, if it exists).
pub(super) fn book_run(course: &Course<'_>, link: usize, values: &Values, book: &mut impl Book) {
    let period = &course.programme.frame.period;
    let planned = &course.plan.links[link];
    let link = &course.programme.links[planned.link.0];
    let from = planned.goes_live().map_or(0, |m| period.offset(m));
    let per_end = link.run_per_end.map_or(0.0, |r| r.of(values)) * connections(course.programme, planned);
    let a_year = link.run.map_or(0.0, |r| r.of(values)) + per_end;
    let bearer = link.body.or(course.programme.frame.lead);
    let line = CostLine::new(Category::External, Lineage::LinkRun(planned.link), bearer);
    let uses = link.run.into_iter().chain(link.run_per_end).map(Assumed::handle);
    book.enter_stretches(line, uses, [(from, offset_of(period.months()), a_year / 12.0)]);
}

/// Books what a link takes every year (by position), month by month from going live, and counts its days: the same
/// people look after links and move services.
pub(super) fn book_yearly(course: &Course<'_>, (link, item): (usize, usize), values: &Values, book: &mut impl Book) {
    let (programme, planned) = (course.programme, &course.plan.links[link]);
    let link = &programme.links[planned.link.0];
    let work = &link.yearly[item];
    let period = &programme.frame.period;
    let months = planned.goes_live().map_or(0, |m| period.offset(m))..offset_of(period.months());
    let times = if work.per_end { connections(programme, planned) } else { 1.0 };
    let (category, rate, number, role) = match work.amount {
        YearlyAmount::Days(role, days) => {
            let own = !programme.roles[role.0].external;
            let category = if own { Category::InternalEffort } else { Category::External };
            (category, Some(programme.roles[role.0].day_rate), days, Some(role))
        }
        YearlyAmount::Money(amount) => (Category::External, None, amount, None),
    };
    let a_month = number.of(values) * times / 12.0;
    let window = course.window();
    if let Some(role) = role {
        // Those who look after links are of no body's own team.
        book.days(Worker::of(programme, role, None, None), months.clone().filter_map(|m| window.counted(m)), a_month);
    }
    let line = CostLine::new(category, Lineage::LinkYearly(planned.link, item), link.body.or(programme.frame.lead));
    let amount = a_month * rate.map_or(1.0, |r| r.of(values));
    let uses = std::iter::once(number).chain(rate).map(Assumed::handle);
    book.enter_stretches(line, uses, [(months.start, months.end, amount)]);
}

fn connections(programme: &Programme, planned: &PlannedLink) -> f64 {
    let link = &programme.links[planned.link.0];
    let ends = if link.ends.is_empty() { programme.instances.len() } else { link.ends.len() };
    f64::from(u32::try_from(link.connections(ends)).expect("few ends"))
}
