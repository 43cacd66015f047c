//! The choices of a place, each at each slip that it can have: `x[s,k,t,l]`, the pulse of service s going live on system k
//! in quarter t at slip l.

use super::{Base, Builder};
use crate::costing::{Component, Course};
use crate::optimiser::{Judge, Place};
use crate::outcome::Days;
use crate::plan::{Move, Sequence, Timetable};
use crate::programme::{InstanceIx, MoveKindIx};
use crate::quantity::offset_of;
use crate::solver::Variable;
use std::collections::{BTreeMap, BTreeSet};

/// A choice at a slip.
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// 1 if it is chosen.
    pub(super) variable: Variable,
    /// Position of the choice.
    pub(super) choice: usize,
    /// Where to.
    pub(super) to: InstanceIx,
    /// What it takes.
    pub(super) kind: MoveKindIx,
    /// The move.
    pub(super) by: Move,
    /// Planned go-live, as an offset.
    pub(super) planned: i32,
    /// Months by which a move of this kind slips of itself.
    pub(super) own_slip: i32,
    /// Expected go-live at this slip, as an offset.
    pub(super) live: i32,
    /// First month in which its users are paid for on the new system, as an offset.
    pub(super) arrives: i32,
    /// First month in which they are not on the old one any more, as an offset; at or beyond the end of the period never.
    pub(super) leaves: i32,
    /// Work for it, but for what is paid once for each source.
    pub(super) days: Vec<Days>,
}

impl Way {
    /// Months by which it slips.
    pub(super) fn slip(&self) -> i32 {
        self.live - self.planned
    }
}

/// All ways of all places, with what each costs by itself: work, training, dip and hazards of the move.
pub(super) fn ways(judge: &Judge<'_>, base: &Base<'_>, builder: &mut Builder) -> Vec<Vec<Way>> {
    let places = &judge.space.places;
    let own: Vec<Vec<(i32, i32)>> = places.iter().map(|place| own_slips(judge, base, place)).collect();
    // Moves that slip by themselves for so long, with the first quarter in which there can be one, by place.
    let levels: BTreeSet<i32> = own.iter().flatten().map(|(slip, _)| *slip).collect();
    let soonest = soonest(&own);
    let can_reach = |place: usize, level: i32, before: i32| {
        soonest.get(&level).is_some_and(|two| two.iter().any(|(planned, p)| *p != place && *planned < before))
    };
    let mut all = Vec::with_capacity(places.len());
    for (p, place) in places.iter().enumerate() {
        let mut ways = Vec::new();
        for (choice, &(own_slip, planned)) in own[p].iter().enumerate() {
            let reached = |level: &i32| *level == own_slip || (*level > own_slip && can_reach(p, *level, planned));
            for slip in levels.iter().copied().filter(reached) {
                ways.push(way(judge, base, (place, choice), (own_slip, slip), builder));
            }
        }
        all.push(ways);
    }
    all
}

/// By how many months moves slip of themselves, the two places that can make such a move the soonest, and when.
fn soonest(own: &[Vec<(i32, i32)>]) -> BTreeMap<i32, Vec<(i32, usize)>> {
    let mut soonest: BTreeMap<i32, Vec<(i32, usize)>> = BTreeMap::new();
    for (place, all) in own.iter().enumerate() {
        let slips: BTreeSet<i32> = all.iter().map(|(slip, _)| *slip).collect();
        for slip in slips {
            let planned = all.iter().filter(|(s, _)| *s == slip).map(|(_, planned)| *planned).min().unwrap_or(i32::MAX);
            let two = soonest.entry(slip).or_default();
            two.push((planned, place));
            two.sort_unstable();
            two.truncate(2);
        }
    }
    soonest
}

/// Makes steps of the ways of each place to each target at each slip.
pub(super) fn chained(ways: &[Vec<Way>], builder: &mut Builder) {
    for own in ways {
        let mut order: Vec<(InstanceIx, i32, i32, Variable)> =
            own.iter().map(|w| (w.to, w.slip(), w.planned, w.variable)).collect();
        order.sort_unstable();
        for chain in order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            builder.chain(&chain.iter().map(|(_, _, _, v)| *v).collect::<Vec<Variable>>());
        }
    }
}

/// By choice of a place, by how many months its move slips of itself, and its planned go-live.
fn own_slips(judge: &Judge<'_>, base: &Base<'_>, place: &Place) -> Vec<(i32, i32)> {
    let mut by_kind: Vec<(MoveKindIx, i32)> = Vec::new();
    let period = &judge.programme.frame.period;
    let mut slip = |choice: &crate::optimiser::Choice| {
        if let Some((_, slip)) = by_kind.iter().find(|(kind, _)| *kind == choice.kind) {
            return *slip;
        }
        let mut plan = base.plan.clone();
        plan.moves = vec![place.to_move(*choice)];
        let timetable = Timetable::of(judge.programme, &plan, &Sequence::of(&plan), judge.values);
        let slip = timetable.moves[0].live - timetable.moves[0].planned;
        by_kind.push((choice.kind, slip));
        slip
    };
    place.choices.iter().map(|choice| (slip(choice), period.offset(choice.go_live))).collect()
}

fn way(
    judge: &Judge<'_>,
    base: &Base<'_>,
    (place, choice): (&Place, usize),
    (own_slip, slip): (i32, i32),
    builder: &mut Builder,
) -> Way {
    let programme = judge.programme;
    let by = place.to_move(place.choices[choice]);
    let planned = programme.frame.period.offset(by.go_live);
    let mut plan = base.plan.clone();
    plan.moves = vec![by.clone()];
    let sequence = Sequence::of(&plan).without_firsts();
    let live = planned + slip;
    let timetable = Timetable::of(programme, &plan, &sequence, judge.values).with(&[live]);
    let course = Course { programme, plan: &plan, sequence: &sequence, timetable: &timetable, usage: &base.usage, changed: &[] };
    let (pounds, days) = judge.pricing().priced(Component::all(programme, &plan).into_iter().filter(is_of_move), &course);
    let id = |s: &str| s.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect::<String>();
    let name =
        format!("x_{}_{}_{planned}_{slip}", id(&programme.services[by.service.0].id), id(&programme.instances[by.to.0].id));
    let variable = builder.binary(name);
    builder.cost(variable, pounds);
    let end = offset_of(programme.frame.period.months());
    Way {
        variable,
        choice,
        to: by.to,
        kind: by.kind,
        planned,
        own_slip,
        live,
        arrives: (planned - timetable.head_start(by.kind)).max(0),
        leaves: live.saturating_add(timetable.overlap(by.kind)).min(end),
        by,
        days,
    }
}

/// Whether a component belongs to a single move.
fn is_of_move(component: &Component) -> bool {
    matches!(component, Component::MoveWork(..) | Component::Hazard(..) | Component::Training(_) | Component::Dip(_))
}

/// A later wave slips at least as far as every earlier one: `h[l,t]` is 1 if some move before quarter t slips by l or more
/// of itself. A way at slip l needs an earlier move that slips by just so much, if its own slip is less, and none that
/// slips by more.
///
/// ```text
/// h[l,t] >= sum of x[s,k,t',.] with own slip >= l and t' < t        for each s
/// x[s,k,t,l] <= sum of x[s',k',t',.] with own slip = l and t' < t   if l is more than its own slip
/// sum of x[s,k,t,l'] with l' < l + h[l,t] <= 1                      for each s, l and t
/// ```
pub(super) fn slips(ways: &[Vec<Way>], builder: &mut Builder) {
    let levels: BTreeSet<i32> = ways.iter().flatten().map(|w| w.own_slip).collect();
    if levels.len() < 2 {
        return;
    }
    let quarters: BTreeSet<i32> = ways.iter().flatten().map(|w| w.planned).collect();
    for &level in levels.iter().skip(1) {
        for &quarter in &quarters {
            let reaches = |w: &&Way| w.own_slip >= level && w.planned < quarter;
            let reaching: Vec<usize> = (0..ways.len()).filter(|p| ways[*p].iter().any(|w| reaches(&w))).take(2).collect();
            let affected: Vec<usize> = (0..ways.len())
                .filter(|p| ways[*p].iter().any(|w| w.planned == quarter && w.slip() < level))
                .filter(|p| reaching.iter().any(|other| other != p))
                .collect();
            if affected.is_empty() {
                continue;
            }
            let reached = builder.variable(format!("h_{level}_{quarter}"), 0.0, 1.0);
            for own in ways {
                let mut terms: Vec<(Variable, f64)> = own.iter().filter(reaches).map(|w| (w.variable, 1.0)).collect();
                if !terms.is_empty() {
                    terms.push((reached, -1.0));
                    builder.at_most("slip_reached", terms, 0.0);
                }
            }
            for p in affected {
                let less = ways[p].iter().filter(|w| w.planned == quarter && w.slip() < level);
                let mut terms: Vec<(Variable, f64)> = less.map(|w| (w.variable, 1.0)).collect();
                terms.push((reached, 1.0));
                builder.at_most("slip_least", terms, 1.0);
            }
        }
    }
    if builder.is_in_steps() {
        // What a longer slip needs has as many terms as there are ways, for each of them; without it the bound is a bound.
        return;
    }
    for (p, own) in ways.iter().enumerate() {
        for way in own.iter().filter(|w| w.slip() > w.own_slip) {
            let causes = ways.iter().enumerate().filter(|(other, _)| *other != p).flat_map(|(_, all)| all);
            let causes = causes.filter(|w| w.own_slip == way.slip() && w.planned < way.planned);
            let mut terms: Vec<(Variable, f64)> = causes.map(|w| (w.variable, -1.0)).collect();
            terms.push((way.variable, 1.0));
            builder.at_most("slip_cause", terms, 0.0);
        }
    }
}
