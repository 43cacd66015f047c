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
use super::{Base, Builder, Course1};
use crate::costing::{self, Charging, Component, Counted, Course, InstanceUsage};
use crate::optimiser::Judge;
use crate::plan::Move;
use crate::programme::{ContractIx, InstanceIx, LineBasis};
use crate::quantity::{MonthIndex, offset_of};
use crate::solver::{Terms, Variable};
use std::collections::BTreeSet;

/// One instance with all that acts on its cost.
struct Group<'a> {
    judge: &'a Judge<'a>,
    base: &'a Base<'a>,
    instance: InstanceIx,
    ways: &'a [Vec<Way>],
    components: Vec<Component>,
    lines: Vec<Line>,
}

/// A line of a contract whose charge follows use.
struct Line {
    contract: ContractIx,
    charging: Charging,
    /// Present value, by month counted, of a pound a year.
    worth: Vec<f64>,
}

/// Enters what an instance costs more or less than if nothing moved.
pub(super) fn instance(judge: &Judge<'_>, base: &Base<'_>, (ix, ways): (InstanceIx, &[Vec<Way>]), builder: &mut Builder) {
    let (leaving, coming) = presences(judge, ix, ways);
    if leaving.is_empty() && coming.is_empty() {
        return;
    }
    let of = |c: &Component| match *c {
        Component::Contract(c) => judge.programme.contracts[c.0].instance == Some(ix),
        Component::InstanceRun(i) | Component::Archive(i) => i == ix,
        Component::EndRun(i, end) => i == ix && judge.programme.instances[ix.0].external_ends.contains(&end),
        _ => false,
    };
    let components: Vec<Component> = base.components.iter().copied().filter(of).collect();
    let mut group = Group { judge, base, instance: ix, ways, components, lines: Vec::new() };
    let months = judge.programme.frame.period.months();
    let used_to_the_end = base.usage.instances[ix.0].left() == Some(months);
    let first = if used_to_the_end { None } else { group.soonest(&coming) };
    let used = match first {
        _ if used_to_the_end => base.with(judge, &[]),
        Some(first) => first,
        // It is left by what is decided, and nobody can come.
        None => return,
    };
    group.lines = group.charged(&used.course(judge.programme));
    let moving: Vec<Presence> = leaving.iter().chain(&coming).cloned().collect();
    group.charges(&moving, builder);
    if used_to_the_end {
        group.left(&leaving, &coming, builder);
    } else {
        group.first_used(&coming, builder);
    }
}

impl Group<'_> {
    fn months(&self) -> usize {
        self.judge.programme.frame.period.months()
    }

    /// The plan in which the first that can come does so as soon as it can.
    fn soonest(&self, coming: &[Presence]) -> Option<Course1> {
        let here = coming.iter().flat_map(|p| self.ways[p.place].iter().filter(|w| w.to == self.instance));
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

    /// Enters what the lines charge more or less than if nothing moved.
    ///
    /// ```text
    /// units[m] = units if nothing moves + changes (presence)
    /// z[m] >= slope units[m] + intercept          for each side of the lower hull of the charge
    /// ```
    ///
    /// Where the hull is one side through nothing, units are charged for straight away.
    fn charges(&self, moving: &[Presence], builder: &mut Builder) {
        let mut crowd = Crowd::of(self.judge, self.base, self.instance, moving);
        let steps: Vec<MonthIndex> = crowd.steps().to_vec();
        let end = |step: usize| steps.get(step + 1).copied().unwrap_or(self.months());
        for line in &self.lines {
            let counted = line.charging.counted;
            let sides = self.hull(line, crowd.most(counted));
            for step in 0..steps.len() {
                let worth: f64 = line.worth[steps[step]..end(step)].iter().sum();
                if worth <= 0.0 {
                    continue;
                }
                let still = crowd.still(counted, steps[step]);
                let (terms, constant) = crowd.change(counted, step, builder);
                if terms.is_empty() {
                    continue;
                }
                if let [(slope, intercept)] = sides[..]
                    && intercept.abs() < 1e-9
                {
                    terms.into_iter().for_each(|(v, units)| builder.cost(v, worth * slope * units));
                    builder.constant += worth * slope * (still + constant) - worth * self.charge(line, still);
                    continue;
                }
                let charged = builder.variable("charge", 0.0, f64::INFINITY);
                for (slope, intercept) in &sides {
                    let mut row: Terms = terms.iter().map(|(v, units)| (*v, slope * units)).collect();
                    row.push((charged, -1.0));
                    builder.at_most("charge", row, -slope * (still + constant) - intercept);
                }
                builder.cost(charged, worth);
                builder.constant -= worth * self.charge(line, still);
            }
        }
    }

    /// The sides of the lower hull of a line's charge from nobody to the most there can be: slope and intercept.
    fn hull(&self, line: &Line, most: f64) -> Vec<(f64, f64)> {
        let own = &self.judge.programme.contracts[line.contract.0].lines[line.charging.line];
        let mut at: Vec<f64> = costing::corners(own, self.judge.values).into_iter().filter(|u| *u > 0.0 && *u < most).collect();
        at.extend([0.0, most.max(1.0)]);
        at.sort_by(f64::total_cmp);
        at.dedup();
        let mut hull: Vec<(f64, f64)> = Vec::new();
        for point in at.into_iter().map(|u| (u, self.charge(line, u))) {
            while let [.., (x1, y1), (x2, y2)] = hull[..]
                && (y2 - y1) * (point.0 - x2) >= (point.1 - y2) * (x2 - x1) - 1e-9
            {
                hull.pop();
            }
            hull.push(point);
        }
        let sides = hull.windows(2).map(|pair| {
            let slope = (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0);
            (slope, pair[0].1 - slope * pair[0].0)
        });
        sides.collect()
    }

    /// What the lines charge on a plan, as the program has it.
    fn follows_use(&self, with: &Course1) -> f64 {
        let used = &with.usage.instances[self.instance.0];
        let units = |line: &Line, month: MonthIndex| match line.charging.counted {
            Counted::Users(share) => used.total(month) * share,
            counted => {
                let on: Vec<_> = with.usage.on(self.instance).filter(|s| s.from <= month && month < s.to).collect();
                let services = on.chunk_by(|a, b| a.service == b.service).map(|own| own[0].service);
                let of = |n: Option<crate::assumption::Assumed<f64>>| n.map_or(0.0, |n| n.of(self.judge.values));
                let number = |s: crate::programme::ServiceIx| {
                    let s = &self.judge.programme.services[s.0];
                    if counted == Counted::Patients { of(s.patients) } else { of(s.contacts) }
                };
                services.map(number).sum()
            }
        };
        let one = |line: &Line| -> f64 {
            let mut known: (f64, f64) = (0.0, 0.0);
            let months = line.worth.iter().enumerate().filter(|(_, w)| **w != 0.0);
            months
                .map(|(month, worth)| {
                    let units = units(line, month);
                    if (units - known.0).abs() > 0.0 {
                        known = (units, self.charge(line, units));
                    }
                    worth * known.1
                })
                .sum()
        };
        self.lines.iter().map(one).sum()
    }

    /// All that an instance costs on a plan but for what follows use.
    fn rest(&self, with: &Course1) -> f64 {
        let course = with.course(self.judge.programme);
        self.judge.pricing().present(self.components.iter().copied(), &course) - self.follows_use(with)
    }

    /// Enters what changes if everybody leaves: by the month in which the last is gone, and never if somebody comes.
    fn left(&self, leaving: &[Presence], coming: &[Presence], builder: &mut Builder) {
        let end = self.months();
        let stays = |s: &costing::Stint| s.to == end && !leaving.iter().any(|p| p.service == s.service && p.slot == s.slot);
        if self.base.usage.on(self.instance).any(|s| stays(&s)) {
            return;
        }
        let members: Vec<event::Member> = leaving.iter().map(|p| p.ways.clone()).collect();
        let against: Vec<Vec<Variable>> = coming.iter().map(|p| p.ways.iter().map(|(v, _)| *v).collect()).collect();
        let happened = event::all(builder, &format!("left_{}", self.instance.0), &members, &against, offset_of(end));
        let still = self.rest(&self.base.with(self.judge, &[]));
        let varies = self.is_counted_late();
        let pounds: Vec<f64> = happened.months.iter().map(|month| self.left_in(leaving, *month, varies) - still).collect();
        happened.cost(builder, &pounds);
        self.gap(leaving, coming, builder);
    }

    /// Whether what is paid after the last has left depends on how many left when.
    fn is_counted_late(&self) -> bool {
        let late = |c: &ContractIx| {
            let lines = self.judge.programme.contracts[c.0].lines.iter();
            lines.clone().any(|l| matches!(&l.basis, LineBasis::Metered { true_up, .. } if true_up.month.is_some()))
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
            let later: Terms = coming.iter().flat_map(|p| &p.ways).filter(|(_, m)| *m > pair[0]).map(|(v, _)| (*v, -1.0)).collect();
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
    fn first_used(&self, coming: &[Presence], builder: &mut Builder) {
        let members: Vec<event::Member> = coming.iter().map(|p| p.ways.clone()).collect();
        let happened = event::first(builder, &format!("used_{}", self.instance.0), &members);
        let still = self.rest(&self.base.with(self.judge, &[]));
        let in_month = |month: &i32| {
            let here = coming.iter().flat_map(|p| self.ways[p.place].iter().filter(|w| w.to == self.instance));
            let costs = here.filter(|w| w.arrives == *month).map(|w| self.rest(&self.base.with(self.judge, &[(w.by.clone(), w.live)])));
            costs.fold(f64::INFINITY, f64::min) - still
        };
        let pounds: Vec<f64> = happened.months.iter().map(in_month).collect();
        happened.cost(builder, &pounds);
    }
}
