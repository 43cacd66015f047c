//! What an instance costs: its contracts, running it, its external ends, and what is left on it.
//!
//! ```text
//! cost of i = B[i](when it is left, or first used) + sum over lines and months of w[m] charge(units[i,m])
//! ```
//!
//! `charge` is what a line charges a year for units more than for none, `w` the present value of a pound of it a year in a
//! month, and B all else, read off plans in which the instance is left, or first used, in each month in which it can be.

use super::event;
use super::presence::{Crowd, Presence, presences};
use super::ways::Way;
use super::{Base, Builder, Trial};
use crate::costing::{self, Charging, Component, Counted, Course, InstanceUsage};
use crate::optimiser::Judge;
use crate::plan::Move;
use crate::programme::{ContractIx, InstanceIx, LineBasis};
use crate::quantity::{MonthIndex, offset_of};
use crate::solver::{Relation, Terms, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// One instance with all that acts on its cost.
pub(super) struct Group<'a> {
    judge: &'a Judge<'a>,
    base: &'a Base<'a>,
    instance: InstanceIx,
    ways: &'a [Vec<Way>],
    leaving: Vec<Presence>,
    coming: Vec<Presence>,
    components: Vec<Component>,
    lines: Vec<Line>,
    /// Whether it is used to the end of the period if nothing moves.
    used: bool,
}

/// A line of a contract of the instance.
struct Line {
    contract: ContractIx,
    charging: Charging,
    /// Present value, by the month counted, of a pound a year.
    worth: Vec<f64>,
}

impl Line {
    /// Whether its charge follows use.
    fn follows(&self) -> bool {
        self.charging.counted != Counted::Nothing
    }

    /// Whether a ratchet holds its charge up.
    fn is_held(&self) -> bool {
        self.charging.held.iter().any(|held| *held)
    }
}

/// A straight piece of a charge: units and pounds a year at either end.
#[derive(Debug, Clone, Copy)]
struct Piece {
    from: (f64, f64),
    to: (f64, f64),
}

impl Piece {
    /// Slope, and pounds at nobody.
    fn side(self) -> (f64, f64) {
        let slope = (self.to.1 - self.from.1) / (self.to.0 - self.from.0);
        (slope, self.from.1 - slope * self.from.0)
    }
}

/// The most that a charge comes to.
fn highest(pieces: &[Piece]) -> f64 {
    pieces.iter().map(|p| p.from.1.max(p.to.1)).fold(0.0, f64::max)
}

/// How far above a corner the charge is looked at.
const JUMP: f64 = 1e-6;

/// The sides of the lower hull of some pieces: slope and intercept.
fn hull(pieces: &[Piece]) -> Vec<(f64, f64)> {
    let mut hull: Vec<(f64, f64)> = Vec::new();
    for point in pieces.iter().flat_map(|p| [p.from, p.to]) {
        while let [.., (x1, y1), (x2, y2)] = hull[..]
            && (y2 - y1) * (point.0 - x2) >= (point.1 - y2) * (x2 - x1) - 1e-9
        {
            hull.pop();
        }
        if hull.last().is_none_or(|last| point.0 - last.0 > 2.0 * JUMP) {
            hull.push(point);
        }
    }
    hull.windows(2).map(|pair| Piece { from: pair[0], to: pair[1] }.side()).collect()
}

/// Whether the charge never lies above its lower hull: slopes rise, and nothing jumps.
fn is_convex(pieces: &[Piece]) -> bool {
    pieces.windows(2).all(|pair| {
        let ((before, _), (after, _)) = (pair[0].side(), pair[1].side());
        after >= before - 1e-9 && (pair[1].from.1 - pair[0].to.1).abs() <= 1e-6 * (1.0 + pair[0].to.1.abs() + after.abs())
    })
}

/// Enters what units are charged, each unit of charge being worth so much.
fn charge(builder: &mut Builder, pieces: &[Piece], (terms, constant): (Terms, f64), worth: f64) {
    let sides = hull(pieces);
    if !is_convex(pieces) {
        by_piece(builder, pieces, (terms, constant), worth);
    } else if let [(slope, intercept)] = sides[..]
        && intercept.abs() < 1e-9
    {
        for (v, units) in terms {
            builder.cost(v, worth * slope * units);
        }
        builder.constant += worth * slope * constant;
    } else {
        along(builder, &sides, (terms, constant), (worth, highest(pieces)));
    }
}

/// Units that a ratchet holds up: no less than they are, and no less than before while the system is used.
fn hold_up(
    builder: &mut Builder,
    (terms, constant): (&Terms, f64),
    before: Option<Variable>,
    (most, left, month): (f64, Option<&event::Happened>, MonthIndex),
) -> Variable {
    let held = builder.variable("held_up", 0.0, builder.most(most));
    let mut row = terms.clone();
    row.push((held, -1.0));
    builder.at_most("held_up", row, -constant);
    if let Some(before) = before {
        let mut row = vec![(before, 1.0), (held, -1.0)];
        row.extend(left.and_then(|l| l.at(month)).map(|left| (left, -most)));
        builder.at_most("held_on", row, 0.0);
    }
    held
}

/// Units on a convex charge: `z >= slope units + intercept` for each side.
fn along(builder: &mut Builder, sides: &[(f64, f64)], (terms, constant): (Terms, f64), (worth, most): (f64, f64)) {
    let charged = builder.variable("charge", 0.0, builder.most(most));
    for (slope, intercept) in sides {
        let mut row: Terms = terms.iter().map(|(v, units)| (*v, slope * units)).collect();
        row.push((charged, -1.0));
        builder.at_most("charge", row, -slope * constant - intercept);
    }
    builder.cost(charged, worth);
}

/// Units on a charge of any shape, by the piece on which they lie.
///
/// ```text
/// sum of b[p] = 1      from[p] b[p] <= u[p] <= to[p] b[p]      units = sum of u[p]
/// z = sum of slope[p] u[p] + intercept[p] b[p]
/// ```
///
/// For a bound alone `units <= sum of u[p]`: units are stated too low there where staff are shared, at times below nobody, and
/// no plan is to be barred by that or charged for a dearer piece.
fn by_piece(builder: &mut Builder, pieces: &[Piece], (mut terms, constant): (Terms, f64), worth: f64) {
    let mut one: Terms = Vec::new();
    for piece in pieces {
        let (slope, intercept) = piece.side();
        let on = builder.binary("piece");
        let units = builder.variable("units", 0.0, builder.most(piece.to.0));
        builder.at_most("piece_to", vec![(units, 1.0), (on, -piece.to.0)], 0.0);
        // From just above a corner on is from the corner on: the solver has no such digits.
        builder.at_least("piece_from", vec![(units, 1.0), (on, -(piece.from.0 - 2.0 * JUMP).max(0.0))], 0.0);
        builder.cost(units, worth * slope);
        builder.cost(on, worth * intercept);
        one.push((on, 1.0));
        terms.push((units, -1.0));
    }
    builder.row("piece_one", one, Relation::Exactly, 1.0);
    let relation = if builder.is_in_steps() { Relation::AtMost } else { Relation::Exactly };
    builder.row("piece_units", terms, relation, -constant);
}

impl<'a> Group<'a> {
    /// Of an instance; `None` if no choice acts on it.
    pub(super) fn of(judge: &'a Judge<'a>, base: &'a Base<'a>, ix: InstanceIx, ways: &'a [Vec<Way>]) -> Option<Self> {
        let (leaving, coming) = presences(judge, ix, ways);
        if leaving.is_empty() && coming.is_empty() {
            return None;
        }
        let of = |c: &Component| match *c {
            Component::Contract(c) => judge.programme.contracts[c.0].instance == Some(ix),
            Component::InstanceRun(i) | Component::Archive(i) => i == ix,
            Component::EndRun(i, end) => i == ix && judge.programme.instances[ix.0].external_ends.contains(&end),
            _ => false,
        };
        let components: Vec<Component> = base.components.iter().copied().filter(of).collect();
        let used = base.usage.instances[ix.0].left() == Some(judge.programme.frame.period.months());
        let mut group = Self { judge, base, instance: ix, ways, leaving, coming, components, lines: Vec::new(), used };
        // On an instance that is left by what is decided somebody else may come.
        let course = if used { base.with(judge, &[]) } else { group.soonest()? };
        group.lines = group.charged(&course.course(judge.programme));
        Some(group)
    }

    /// Enters when it is left, or first used, and what that changes but for what follows use. By month, whether everybody
    /// has left, if they can.
    pub(super) fn turns(&self, builder: &mut Builder) -> Option<event::Happened> {
        if self.used {
            self.left(builder)
        } else {
            self.first_used(builder);
            None
        }
    }

    fn months(&self) -> usize {
        self.judge.programme.frame.period.months()
    }

    /// The plan in which the first that can come does so as soon as it can.
    fn soonest(&self) -> Option<Trial> {
        let here = self.coming.iter().flat_map(|p| self.ways[p.place].iter().filter(|w| w.to == self.instance));
        let way = here.min_by_key(|w| w.arrives)?;
        Some(self.base.with(self.judge, &[(way.by.clone(), way.live)]))
    }

    /// The lines that follow use, with what their charges are worth.
    fn charged(&self, course: &Course<'_>) -> Vec<Line> {
        let programme = self.judge.programme;
        let contracts = (0..programme.contracts.len()).filter(|c| programme.contracts[*c].instance == Some(self.instance));
        let mut lines = Vec::new();
        for contract in contracts.map(ContractIx) {
            for charging in costing::charging(course, contract, self.judge.values) {
                let mut worth = vec![0.0; self.months()];
                for month in 0..self.months() {
                    let rate = charging.rate[month];
                    if rate != 0.0 {
                        let pounds = self.judge.pricing().line(charging.terms.clone(), [(offset_of(month), rate)]);
                        worth[charging.counted_at[month]] += pounds;
                    }
                }
                lines.push(Line { contract, charging, worth });
            }
        }
        lines
    }

    /// What a line charges a year for units more than for none.
    fn charge(&self, line: &Line, units: f64) -> f64 {
        costing::for_use(&self.base.course(), line.contract, line.charging.line, units, self.judge.values)
    }

    /// Enters what the lines charge more or less than if nothing moved, given when instances are left.
    ///
    /// ```text
    /// units[m] = units if nothing moves + changes (presence)
    /// z[m] >= slope units[m] + intercept          for each side of a convex charge
    /// held[m] >= units[m]      held[m] >= held[m - 1] - most left[i,m]          under a ratchet, in place of units
    /// ```
    ///
    /// Where a charge is one side through nothing, units are charged for straight away; one that is not convex is charged
    /// by the piece on which units lie.
    pub(super) fn charges(&self, left: &BTreeMap<InstanceIx, event::Happened>, builder: &mut Builder) {
        let held: Vec<&Line> = self.lines.iter().filter(|l| l.is_held()).collect();
        let resets = (1..self.months()).filter(|m| held.iter().any(|l| !l.charging.held[*m] && l.charging.held[*m - 1]));
        let also: Vec<MonthIndex> = resets.collect();
        let moving: Vec<Presence> = self.leaving.iter().chain(&self.coming).cloned().collect();
        let mut crowd = Crowd::of(self.judge, self.base, (self.instance, &also), &moving);
        for line in self.lines.iter().filter(|l| l.follows()) {
            let pieces = self.pieces(line, crowd.most(line.charging.counted));
            let mut before: Option<Variable> = None;
            let steps: Vec<MonthIndex> = crowd.steps().to_vec();
            for (step, &month) in steps.iter().enumerate() {
                let end = steps.get(step + 1).copied().unwrap_or(self.months());
                let worth: f64 = line.worth[month..end].iter().sum();
                if worth <= 0.0 {
                    continue;
                }
                let still = crowd.still(line.charging.counted, month);
                let (mut terms, mut constant) = crowd.change(line.charging.counted, step, builder);
                constant += still;
                if line.is_held() {
                    let most = crowd.most(line.charging.counted);
                    let first = (month..end).find(|m| line.worth[*m] > 0.0).unwrap_or(month);
                    let goes_on = before.filter(|_| line.charging.held[first]);
                    let own = left.get(&self.instance);
                    before = Some(hold_up(builder, (&terms, constant), goes_on, (most, own, month)));
                    (terms, constant) = (before.map(|v| (v, 1.0)).into_iter().collect(), 0.0);
                } else if terms.is_empty() {
                    continue;
                } else {
                    builder.constant -= worth * self.charge(line, still);
                }
                charge(builder, &pieces, (terms, constant), worth);
            }
            if line.is_held() {
                builder.constant -= self.follows(line, &self.base.with(self.judge, &[]));
            }
        }
        self.suite(left, &mut crowd, builder);
    }

    /// Enters what contracts charge more once a system of their suite is left.
    ///
    /// ```text
    /// lost[m] >= share (charge(units[m]) + charge for nobody) - most (1 - left[j,m]) - most left[i,m]
    /// ```
    fn suite(&self, left: &BTreeMap<InstanceIx, event::Happened>, crowd: &mut Crowd<'_>, builder: &mut Builder) {
        let steps: Vec<MonthIndex> = crowd.steps().to_vec();
        for (line, own) in
            self.lines.iter().filter(|l| l.charging.suite > 0.0).map(|l| (l, &self.judge.programme.contracts[l.contract.0]))
        {
            let with = own.suite.iter().flat_map(|s| &s.with).filter_map(|j| left.get(j));
            let pieces = self.pieces(line, crowd.most(line.charging.counted));
            let nobody = costing::for_nobody(&self.base.course(), line.contract, line.charging.line, self.judge.values);
            let top = nobody + highest(&pieces);
            for gone in with {
                for (step, &month) in steps.iter().enumerate() {
                    let end = steps.get(step + 1).copied().unwrap_or(self.months());
                    let worth: f64 = line.charging.suite * line.worth[month..end].iter().sum::<f64>();
                    let Some(lost) = gone.at(month).filter(|_| worth > 0.0) else { continue };
                    let still = crowd.still(line.charging.counted, month);
                    let (terms, constant) = crowd.change(line.charging.counted, step, builder);
                    let more = builder.variable("suite", 0.0, builder.most(top));
                    builder.cost(more, worth);
                    for (slope, intercept) in hull(&pieces) {
                        let mut row: Terms = terms.iter().map(|(v, units)| (*v, slope * units)).collect();
                        row.extend([(more, -1.0), (lost, top)]);
                        row.extend(left.get(&self.instance).and_then(|own| own.at(month)).map(|own| (own, -top)));
                        builder.at_most("suite", row, top - slope * (still + constant) - intercept - nobody);
                    }
                }
            }
        }
    }

    /// The straight pieces of a line's charge from nobody to the most there can be.
    fn pieces(&self, line: &Line, most: f64) -> Vec<Piece> {
        let own = &self.judge.programme.contracts[line.contract.0].lines[line.charging.line];
        let mut at: Vec<f64> = costing::corners(own, self.judge.values).into_iter().filter(|u| *u > 0.0 && *u < most).collect();
        at.extend([0.0, most.max(1.0)]);
        at.sort_by(f64::total_cmp);
        at.dedup();
        let charges: Vec<(f64, f64)> = at.into_iter().map(|u| (u, self.charge(line, u))).collect();
        // Just above a corner the charge may jump: what lies between is no piece.
        let apart = charges.windows(2).filter(|pair| pair[1].0 - pair[0].0 > 2.0 * JUMP);
        apart.map(|pair| Piece { from: pair[0], to: pair[1] }).collect()
    }

    /// What a line charges for use on a plan, as the program has it.
    fn follows(&self, line: &Line, with: &Trial) -> f64 {
        let used = &with.usage.instances[self.instance.0];
        let left = used.left().unwrap_or(0);
        let of = |n: Option<crate::assumption::Assumed<f64>>| n.map_or(0.0, |n| n.of(self.judge.values));
        let units = |month: MonthIndex| match line.charging.counted {
            Counted::Nothing => 0.0,
            Counted::Users(share) => used.total(month) * share,
            counted => {
                let on: Vec<_> = with.usage.on(self.instance).filter(|s| s.from <= month && month < s.to).collect();
                let services = on.chunk_by(|a, b| a.service == b.service).map(|own| own[0].service);
                let number = |s: crate::programme::ServiceIx| {
                    let s = &self.judge.programme.services[s.0];
                    if counted == Counted::Patients { of(s.patients) } else { of(s.contacts) }
                };
                services.map(number).sum()
            }
        };
        let (mut known, mut before, mut sum) = ((0.0, 0.0), 0.0_f64, 0.0);
        for (month, worth) in line.worth.iter().enumerate().filter(|(_, w)| **w != 0.0) {
            let mut charged = units(month);
            if line.charging.held[month] && month < left {
                charged = charged.max(before);
            }
            before = charged;
            if (charged - known.0).abs() > 0.0 {
                known = (charged, self.charge(line, charged));
            }
            sum += worth * known.1;
        }
        sum
    }

    /// All that an instance costs on a plan but for what follows use.
    fn rest(&self, with: &Trial) -> f64 {
        let course = with.course(self.judge.programme);
        let follows: f64 = self.lines.iter().filter(|l| l.follows()).map(|l| self.follows(l, with)).sum();
        self.judge.pricing().present(self.components.iter().copied(), &course) - follows
    }

    /// Enters what changes if everybody leaves: by the month in which the last is gone, and never if somebody comes.
    fn left(&self, builder: &mut Builder) -> Option<event::Happened> {
        let (leaving, coming) = (&self.leaving, &self.coming);
        let end = self.months();
        let stays = |s: &costing::Stint| s.to == end && !leaving.iter().any(|p| p.service == s.service && p.slot == s.slot);
        if leaving.is_empty() || self.base.usage.on(self.instance).any(|s| stays(&s)) {
            return None;
        }
        let members: Vec<event::Member> = leaving.iter().map(|p| p.ways.clone()).collect();
        let against: Vec<Vec<Variable>> = coming.iter().map(|p| p.ways.iter().map(|(v, _)| *v).collect()).collect();
        let happened = event::all(builder, &format!("left_{}", self.instance.0), &members, &against, offset_of(end));
        let still = self.rest(&self.base.with(self.judge, &[]));
        let varies = self.is_counted_late();
        let pounds: Vec<f64> = happened.months.iter().map(|month| self.left_in(leaving, *month, varies) - still).collect();
        happened.cost(builder, &pounds);
        builder.turns.push(happened.by.clone());
        self.gap(leaving, coming, builder);
        Some(happened)
    }

    /// Whether what is paid after the last has left depends on how many left when.
    fn is_counted_late(&self) -> bool {
        let late = |c: &ContractIx| {
            let lines = self.judge.programme.contracts[c.0].lines.iter();
            lines
                .clone()
                .any(|l| matches!(&l.basis, LineBasis::Metered { true_up, .. } if true_up.month.is_some() || true_up.ratchet))
        };
        self.lines.iter().any(|l| late(&l.contract))
    }

    /// What the instance costs, but for what follows use, if the last leaves in a month: all together, or also, where it
    /// makes a difference, one after the rest.
    fn left_in(&self, leaving: &[Presence], month: i32, varies: bool) -> f64 {
        let latest = |p: &Presence| self.way_by(p, month, true);
        let soonest = |p: &Presence| self.way_by(p, month, false);
        let together: Vec<(Move, i32)> = leaving.iter().filter_map(latest).collect();
        let mut least = self.rest(&self.base.with(self.judge, &together));
        if varies {
            for last in 0..leaving.len() {
                if !leaving[last].ways.iter().any(|(_, m)| *m == month) {
                    continue;
                }
                let each = leaving.iter().enumerate().filter_map(|(i, p)| if i == last { latest(p) } else { soonest(p) });
                least = least.min(self.rest(&self.base.with(self.judge, &each.collect::<Vec<_>>())));
            }
        }
        least
    }

    /// The way by which a place has left by a month: the latest of these, or the soonest of all.
    fn way_by(&self, p: &Presence, month: i32, latest: bool) -> Option<(Move, i32)> {
        let all = self.ways[p.place].iter().filter(|w| w.leaves <= month);
        let way = if latest { all.max_by_key(|w| w.leaves) } else { all.min_by_key(|w| w.leaves) };
        way.map(|w| (w.by.clone(), w.live))
    }

    /// Where everybody may leave and others come later, nobody runs it in between.
    ///
    /// ```text
    /// gap[m] <= 1 - on[s,m] for each s      gap[m] <= sum of x of all that come after m
    /// ```
    fn gap(&self, leaving: &[Presence], coming: &[Presence], builder: &mut Builder) {
        if coming.is_empty() {
            return;
        }
        let months: BTreeSet<i32> = leaving.iter().chain(coming).flat_map(|p| p.ways.iter().map(|(_, m)| *m)).collect();
        let months: Vec<i32> = months.into_iter().filter(|m| *m < offset_of(self.months())).collect();
        for pair in months.windows(2) {
            let (from, to) = (usize::try_from(pair[0]).unwrap_or(0), usize::try_from(pair[1]).unwrap_or(0));
            let saved = self.run_to(to) - self.run_to(from);
            if saved <= 0.0 {
                continue;
            }
            let gone: Vec<(Terms, f64)> = leaving.iter().chain(coming).map(|p| p.on(from)).collect();
            let later: Terms =
                coming.iter().flat_map(|p| &p.ways).filter(|(_, m)| *m > pair[0]).map(|(v, _)| (*v, -1.0)).collect();
            if later.is_empty() || gone.iter().take(leaving.len()).any(|(terms, on)| *on > 0.0 && terms.is_empty()) {
                continue;
            }
            let gap = builder.variable("gap", 0.0, 1.0);
            builder.cost(gap, -saved);
            let with = |mut terms: Terms| {
                terms.push((gap, 1.0));
                terms
            };
            builder.at_most("gap_later", with(later), 0.0);
            for (terms, on) in gone {
                builder.at_most("gap", with(terms), 1.0 - on);
            }
        }
    }

    /// What running the instance costs if it is used from the start to a month.
    fn run_to(&self, month: MonthIndex) -> f64 {
        let mut used = InstanceUsage::none(self.months());
        used.live[..month].fill(1.0);
        let changed = [(self.instance, used.settled())];
        let course = Course { changed: &changed, ..self.base.course() };
        let runs = |c: &Component| matches!(c, Component::InstanceRun(_) | Component::EndRun(..));
        self.judge.pricing().present(self.components.iter().copied().filter(runs), &course)
    }

    /// Enters what changes if somebody comes to an instance that nobody would be on: by the month in which the first does.
    fn first_used(&self, builder: &mut Builder) {
        let coming = &self.coming;
        let members: Vec<event::Member> = coming.iter().map(|p| p.ways.clone()).collect();
        let happened = event::first(builder, &format!("used_{}", self.instance.0), &members);
        let still = self.rest(&self.base.with(self.judge, &[]));
        let in_month = |month: &i32| {
            let here = coming.iter().flat_map(|p| self.ways[p.place].iter().filter(|w| w.to == self.instance));
            let costs =
                here.filter(|w| w.arrives == *month).map(|w| self.rest(&self.base.with(self.judge, &[(w.by.clone(), w.live)])));
            costs.fold(f64::INFINITY, f64::min) - still
        };
        let pounds: Vec<f64> = happened.months.iter().map(in_month).collect();
        happened.cost(builder, &pounds);
        builder.turns.push(happened.by);
    }
}
