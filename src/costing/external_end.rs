//! Keeping systems joined to what is outside the scenario, and joining them anew when services move.

use super::Course;
use super::effort::{Job, book_work};
use super::estate::running;
use super::ledger::{Book, CostLine, Lineage, evenly};
use crate::assumption::{Assumed, Values};
use crate::plan::Plan;
use crate::programme::{Category, ExternalEndIx, InstanceIx, OrganisationIx, Programme};
use std::collections::BTreeSet;

/// One end of one instance.
pub(super) type Joint = (InstanceIx, ExternalEndIx);

/// The ends that instances have or get under a plan, in order, with whether they are built.
pub(super) fn joints(programme: &Programme, plan: &Plan) -> Vec<(Joint, bool)> {
    let instances = programme.instances.iter().enumerate();
    let have: BTreeSet<Joint> =
        instances.flat_map(|(i, instance)| instance.external_ends.iter().map(move |end| (InstanceIx(i), *end))).collect();
    let ends = |service: usize, slot: usize| &programme.services[service].slots[slot].ends;
    let wanted = plan.moves.iter().flat_map(|m| ends(m.service.0, m.slot).iter().map(|end| (m.to, *end)));
    let built: BTreeSet<Joint> = wanted.filter(|joint| !have.contains(joint)).collect();
    have.into_iter().map(|joint| (joint, false)).chain(built.into_iter().map(|joint| (joint, true))).collect()
}

/// Positions of the moves that bring an instance what needs an end.
pub(super) fn bringing<'a>(programme: &'a Programme, plan: &'a Plan, (instance, end): Joint) -> impl Iterator<Item = usize> + 'a {
    let (services, moves) = (&programme.services, plan.moves.iter().enumerate());
    let needs = move |service: usize, slot: usize| services[service].slots[slot].ends.contains(&end);
    moves.filter(move |(_, m)| m.to == instance && needs(m.service.0, m.slot)).map(|(i, _)| i)
}

fn bearer(programme: &Programme, (instance, end): Joint) -> Option<OrganisationIx> {
    let operator = programme.instances[instance.0].operator;
    programme.external_ends[end.0].body.or(operator).or(programme.frame.lead)
}

/// Books what it takes to keep an instance joined while it runs: from the start of use where it is joined
/// already, else from the first go-live that needs it.
pub(super) fn book_run(course: &Course<'_>, joint: Joint, values: &Values, book: &mut impl Book) {
    let (programme, (instance, end)) = (course.programme, joint);
    let Some(run) = programme.external_ends[end.0].run else { return };
    let built = !programme.instances[instance.0].external_ends.contains(&end);
    let from = if built { bringing(programme, course.plan, joint).map(|m| course.timetable.moves[m].live).min() } else { None };
    let line = CostLine::new(Category::External, Lineage::EndRun(instance, end), bearer(programme, joint));
    let uses = std::iter::once(run).chain(programme.instances[instance.0].run.step_down).map(Assumed::handle);
    let a_month = run.of(values) / 12.0;
    // A stretch that is over before the end is joined is none.
    let months =
        running(course, instance, values).into_iter().map(|(first, to)| (from.map_or(first, |f| f.max(first)).min(to), to));
    book.enter_stretches(line, uses, months.map(|(from, to)| (from, to, a_month)));
}

/// Books the joining of an instance, in the quarter before the first planned go-live that needs it.
pub(super) fn book_build(course: &Course<'_>, joint: Joint, values: &Values, book: &mut impl Book) {
    let (programme, (instance, end)) = (course.programme, joint);
    let Some(rebuild) = programme.external_ends[end.0].rebuild else { return };
    let Some(first) = bringing(programme, course.plan, joint).next() else { return };
    let mut line = CostLine::new(Category::External, Lineage::EndBuild(instance, end), bearer(programme, joint));
    line.bias = programme.external_ends[end.0].bias;
    book.enter(line, [rebuild.handle()], evenly(course.timetable.moves[first].planned - 3, 3, rebuild.of(values)));
}

/// Books a work item (by position) of joining an instance.
pub(super) fn book_work_item(course: &Course<'_>, joint: Joint, item: usize, values: &Values, book: &mut impl Book) {
    let (programme, (instance, end)) = (course.programme, joint);
    let Some(first) = bringing(programme, course.plan, joint).next() else { return };
    let job = Job {
        service: None,
        users: 0.0,
        patients: 0.0,
        uses: [None, None],
        first_from_source: true,
        when: course.timetable.moves[first],
        bearer: bearer(programme, joint),
    };
    let lineage = Lineage::EndWork(instance, end, item);
    book_work(course, &job, (&programme.external_ends[end.0].work[item], lineage), values, book);
}
