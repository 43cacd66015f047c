//! What is paid when the first of some moves comes, or the last: work once for each source, joining external ends, streams
//! and risks that start with a go-live.

use super::event::{self, Member};
use super::rules::Once;
use super::ways::Way;
use super::{Base, Builder};
use crate::costing::{Component, Course};
use crate::optimiser::Judge;
use crate::outcome::Days;
use crate::plan::{Move, Plan, Sequence, Timetable};
use crate::programme::{ExternalEndIx, InstanceIx, MoveKindIx, Start};
use std::collections::{BTreeMap, BTreeSet};

/// The work items that are paid with the first move of a kind out of an instance. The first in a quarter is the first in
/// the order of services: where what is paid differs between those of one quarter, the least is taken.
pub(super) fn once_per_source(judge: &Judge<'_>, base: &Base<'_>, ways: &[Vec<Way>], builder: &mut Builder) -> Vec<Once> {
    let programme = judge.programme;
    let paid_once = |kind: MoveKindIx| programme.move_kinds[kind.0].work.iter().any(|w| w.once_per_source);
    let mut sources: BTreeSet<(InstanceIx, MoveKindIx)> = BTreeSet::new();
    sources.extend(ways.iter().flatten().filter(|w| paid_once(w.kind)).map(|w| (w.by.from, w.kind)));
    let mut all = Vec::new();
    for (from, kind) in sources {
        let of = |w: &&Way| (w.by.from, w.kind) == (from, kind);
        let members: Vec<Member> =
            ways.iter().map(|own| own.iter().filter(of).map(|w| (w.variable, w.planned)).collect()).collect();
        let decided = base.plan.moves.iter().filter(|m| (m.from, m.kind) == (from, kind));
        let decided = decided.map(|m| programme.frame.period.offset(m.go_live)).min();
        // Where one is decided already, one's own can only bring it forward.
        let members: Vec<Member> =
            members.into_iter().map(|m| m.into_iter().filter(|(_, t)| decided.is_none_or(|d| *t < d)).collect()).collect();
        if members.iter().all(Vec::is_empty) {
            continue;
        }
        let mut least: BTreeMap<i32, (f64, Vec<Days>)> = BTreeMap::new();
        for way in ways.iter().flatten().filter(|w| of(w)) {
            let (pounds, days) = extra(judge, base, way);
            let known = least.entry(way.planned).or_insert_with(|| (pounds, days.clone()));
            known.0 = known.0.min(pounds);
            let same = |a: &Days, b: &Days| (a.role, a.team, a.month) == (b.role, b.team, b.month);
            if known.1.len() != days.len() || known.1.iter().zip(&days).any(|(a, b)| !same(a, b)) {
                known.1.clear();
            }
        }
        let already = decided.map_or(0.0, |_| already(judge, base, (from, kind)));
        let happened = event::first(builder, &format!("once_{}_{}", from.0, kind.0), &members);
        let pounds: Vec<f64> = happened.months.iter().map(|m| least[m].0 - already).collect();
        happened.cost(builder, &pounds);
        let days = happened.months.iter().map(|m| if decided.is_some() { Vec::new() } else { least[m].1.clone() }).collect();
        all.push(Once { happened, days });
    }
    all
}

/// What the first move of its kind out of its instance costs more than a later one, and the days that it takes more.
fn extra(judge: &Judge<'_>, base: &Base<'_>, way: &Way) -> (f64, Vec<Days>) {
    let programme = judge.programme;
    let plan = Plan { moves: vec![way.by.clone()], ..base.plan.clone() };
    let sequence = Sequence::of(&plan);
    let timetable = Timetable::of(programme, &plan, &sequence, judge.values).with(&[way.live]);
    let later = sequence.clone().without_firsts();
    let course = |sequence| Course { programme, plan: &plan, sequence, timetable: &timetable, usage: &base.usage, changed: &[] };
    let work = || (0..programme.move_kinds[way.kind.0].work.len()).map(|item| Component::MoveWork(0, item));
    let (first, days) = judge.pricing().priced(work(), &course(&sequence));
    let (then, known) = judge.pricing().priced(work(), &course(&later));
    let same = |a: &Days, b: &Days| (a.role, a.team, a.month) == (b.role, b.team, b.month);
    let before = |d: &Days| known.iter().filter(|k| same(k, d)).map(|k| k.days).sum::<f64>();
    // The same days come in the same order both times.
    let mut more: Vec<Days> = Vec::new();
    for day in days {
        match more.iter_mut().find(|m| same(m, &day)) {
            Some(m) => m.days += day.days,
            None => more.push(day),
        }
    }
    for m in &mut more {
        m.days -= before(m);
    }
    more.retain(|m| m.days > 0.0);
    (first - then, more)
}

/// What is paid once for a source with what is decided.
fn already(judge: &Judge<'_>, base: &Base<'_>, (from, kind): (InstanceIx, MoveKindIx)) -> f64 {
    let own = |m: &Move| (m.from, m.kind) == (from, kind);
    let work = |i: usize| (0..judge.programme.move_kinds[kind.0].work.len()).map(move |item| Component::MoveWork(i, item));
    let moves = base.plan.moves.iter().enumerate().filter(|(_, m)| own(m)).map(|(i, _)| i);
    let all: Vec<Component> = moves.flat_map(work).collect();
    let later = base.sequence.clone().without_firsts();
    let first = judge.pricing().present(all.iter().copied(), &base.course());
    first - judge.pricing().present(all, &Course { sequence: &later, ..base.course() })
}

/// Joining a system to an external end that moves bring it and it does not have, from the first of them on.
pub(super) fn ends(judge: &Judge<'_>, base: &Base<'_>, ways: &[Vec<Way>], builder: &mut Builder) {
    let programme = judge.programme;
    let needs = |way: &Way| &programme.services[way.by.service.0].slots[way.by.slot].ends;
    let decided: BTreeSet<(InstanceIx, ExternalEndIx)> = base
        .plan
        .moves
        .iter()
        .flat_map(|m| programme.services[m.service.0].slots[m.slot].ends.iter().map(|end| (m.to, *end)))
        .collect();
    let mut joints: BTreeSet<(InstanceIx, ExternalEndIx)> = BTreeSet::new();
    for way in ways.iter().flatten() {
        let has =
            |end: &ExternalEndIx| programme.instances[way.to.0].external_ends.contains(end) || decided.contains(&(way.to, *end));
        joints.extend(needs(way).iter().filter(|end| !has(end)).map(|end| (way.to, *end)));
    }
    for (instance, end) in joints {
        let brings = |w: &&Way| w.to == instance && needs(w).contains(&end);
        let members: Vec<Member> =
            ways.iter().map(|own| own.iter().filter(brings).map(|w| (w.variable, w.planned)).collect()).collect();
        let mut least: BTreeMap<i32, f64> = BTreeMap::new();
        let mut known = BTreeSet::new();
        for way in ways.iter().flatten().filter(|w| brings(w)) {
            // What joining costs depends on when who comes how, and whose the service is; on no more.
            if !known.insert((way.planned, way.live, way.kind, programme.services[way.by.service.0].organisation)) {
                continue;
            }
            let with = base.with(judge, &[(way.by.clone(), way.live)]);
            let own = |c: &Component| match *c {
                Component::EndRun(i, e) | Component::EndBuild(i, e) | Component::EndWork(i, e, _) => (i, e) == (instance, end),
                _ => false,
            };
            let components = Component::all(programme, &with.plan).into_iter().filter(own);
            let pounds = judge.pricing().present(components, &with.course(programme));
            let known = least.entry(way.planned).or_insert(pounds);
            *known = known.min(pounds);
        }
        let happened = event::first(builder, &format!("end_{}_{}", instance.0, end.0), &members);
        let pounds: Vec<f64> = happened.months.iter().map(|m| least[m]).collect();
        happened.cost(builder, &pounds);
    }
}

/// Streams and risks that start with the first go-live of one's own, or with the last.
pub(super) fn streams(judge: &Judge<'_>, base: &Base<'_>, ways: &[Vec<Way>], builder: &mut Builder) {
    let programme = judge.programme;
    let members: Vec<Member> = ways.iter().map(|own| own.iter().map(|w| (w.variable, w.live)).collect()).collect();
    for start in [Start::FirstGoLive, Start::LastGoLive] {
        let starts = |c: &Component| match *c {
            Component::Stream(i) => programme.streams[i].start == start,
            Component::Risk(i) => programme.risks[i].start == start,
            _ => false,
        };
        let components: Vec<Component> = base.components.iter().copied().filter(starts).collect();
        if components.is_empty() || ways.iter().all(Vec::is_empty) {
            continue;
        }
        let mut by_month: BTreeMap<i32, f64> = BTreeMap::new();
        for way in ways.iter().flatten() {
            by_month.entry(way.live).or_insert_with(|| {
                let plan = Plan { moves: vec![way.by.clone()], ..base.plan.clone() };
                let sequence = Sequence::of(&plan);
                let timetable = Timetable::of(programme, &plan, &sequence, judge.values).with(&[way.live]);
                let course = Course {
                    programme,
                    plan: &plan,
                    sequence: &sequence,
                    timetable: &timetable,
                    usage: &base.usage,
                    changed: &[],
                };
                judge.pricing().present(components.iter().copied(), &course)
            });
        }
        let happened = match start {
            Start::FirstGoLive => event::first(builder, "first_go_live", &members),
            _ => event::last(builder, "last_go_live", &members),
        };
        let pounds: Vec<f64> = happened.months.iter().map(|m| by_month[m]).collect();
        happened.cost(builder, &pounds);
    }
}
