//! What options come to on many realisations of the register: the sums of an evaluation without its lines.
//!
//! Amounts are booked by the same components and the same code as in [`super::evaluate`]; only the book is another one,
//! which adds up instead of keeping. What does not depend on any number is worked out once. What several options have in
//! common on a realisation, the same part of their cost resting on the same facts, is booked once: see [`Part`].

use super::adding::{self, Adding, Columns, Entry};
use super::alike::Alike;
use super::gate;
use super::measure;
use super::purse::Purses;
use crate::assumption::Values;
use crate::costing::{self, Course, Likeness, Met, Part, Usage};
use crate::impact;
use crate::plan::{Plan, Sequence, Timetable};
use crate::programme::{Measure, OptionKind, OrganisationIx, Programme, RankBasis};
use crate::scoring;
use std::collections::HashMap;
use std::ops::Range;

/// One option on one realisation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Realised {
    /// Net present cost.
    pub npc: f64,
    /// Cash over the whole period, all public bodies.
    pub cash: f64,
    /// Present value of dual running.
    pub dual_running: f64,
    /// Own days and training days.
    pub person_days: f64,
    /// Score at the combined weights, where there are any.
    pub score: Option<f64>,
    /// Points by criterion.
    pub values: Vec<f64>,
    /// Whether it passes every gate.
    pub feasible: bool,
    /// Expected go-live of its last own move, in months from April of year 0; `None` if it moves nothing.
    pub finish: Option<i32>,
    /// What is short in each year of each body with funding, in the order of [`Simulation::budgets`]; not above 0 where
    /// the money is enough.
    pub gaps: Vec<f64>,
}

/// A body and year with funding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Body.
    pub body: OrganisationIx,
    /// Year of the period.
    pub year: usize,
}

/// Options made ready to be realised many times.
#[derive(Debug)]
pub struct Simulation<'a> {
    programme: &'a Programme,
    plans: Vec<Ready<'a>>,
    columns: Columns<'a>,
    budgets: Vec<Budget>,
    weights: Option<Vec<f64>>,
    basis: RankBasis,
    /// Whether some licence covers so many users and no more.
    ceilings: bool,
    /// Whether some contract has ways by which users come onto it.
    joins: bool,
    /// How many classes of parts there are that several plans have.
    classes: usize,
}

/// What of a plan depends on no number.
#[derive(Debug)]
struct Ready<'a> {
    plan: &'a Plan,
    sequence: Sequence,
    /// Parts of its cost, each with its class if other plans have parts that are like it.
    parts: Vec<(Part, Option<usize>)>,
    /// The first of the plans that has the same links.
    links: usize,
    /// Whether it passes the gates that depend on no number.
    passes: bool,
    /// Business as usual is ranked whatever gates say.
    kept: bool,
}

impl<'a> Simulation<'a> {
    /// Makes plans ready.
    #[must_use]
    pub fn of(programme: &'a Programme, plans: &'a [Plan]) -> Self {
        let mut ready: Vec<Ready<'a>> = plans.iter().map(|plan| Ready::of(programme, plan)).collect();
        for (i, plan) in plans.iter().enumerate() {
            ready[i].links = plans.iter().position(|p| p.links == plan.links).unwrap_or(i);
        }
        let weights = scoring::combined(&programme.tree, &programme.panels);
        let budgets = Purses::of(programme, &programme.register.central()).budgets();
        Self {
            programme,
            classes: classify(&mut ready),
            plans: ready,
            columns: Columns::of(programme, &budgets),
            budgets,
            basis: measure::basis(programme, weights.is_some()),
            weights,
            ceilings: gate::has_ceilings(programme),
            joins: programme.contracts.iter().any(|c| !c.routes.is_empty()),
        }
    }

    /// The bodies and years whose money is watched.
    #[must_use]
    pub fn budgets(&self) -> &[Budget] {
        &self.budgets
    }

    /// What ranks options.
    #[must_use]
    pub fn basis(&self) -> RankBasis {
        self.basis
    }

    /// Combined weights, where there are any.
    #[must_use]
    pub fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }

    /// Whether an option is ranked on a realisation: it is feasible, or business as usual.
    #[must_use]
    pub fn is_ranked(&self, option: usize, realised: &Realised) -> bool {
        realised.feasible || self.plans[option].kept
    }

    /// What ranks an option, the less the better.
    #[must_use]
    pub fn key(&self, realised: &Realised) -> f64 {
        self.key_of(realised.npc, realised.score)
    }

    /// The same, from net present cost and score.
    #[must_use]
    pub fn key_of(&self, npc: f64, score: Option<f64>) -> f64 {
        match (self.basis, score) {
            (RankBasis::Score, Some(score)) => -score,
            _ => npc,
        }
    }

    /// The case, and a plan (by position) with the order of its moves.
    pub(super) fn ready(&self, option: usize) -> (&'a Programme, &'a Plan, &Sequence) {
        (self.programme, self.plans[option].plan, &self.plans[option].sequence)
    }

    /// All options on one realisation, in the order of the plans.
    #[must_use]
    pub fn realise(&self, values: &Values) -> Vec<Realised> {
        self.realise_with(values, &mut Common::default())
    }

    /// The same, with room that is used again for the next realisation.
    #[must_use]
    pub fn realise_with(&self, values: &Values, common: &mut Common) -> Vec<Realised> {
        common.begin(self.programme, self.classes);
        (0..self.plans.len()).map(|option| self.on(option, values, common)).collect()
    }

    /// One option on one realisation.
    #[must_use]
    pub fn one(&self, option: usize, values: &Values) -> Realised {
        let mut common = Common::default();
        common.begin(self.programme, self.classes);
        self.on(option, values, &mut common)
    }

    fn on(&self, option: usize, values: &Values, common: &mut Common) -> Realised {
        let (programme, ready) = (self.programme, &self.plans[option]);
        let (plan, sequence) = (ready.plan, &ready.sequence);
        let timetable = Timetable::of(programme, plan, sequence, values);
        let usage = Usage::met(programme, plan, sequence, &timetable, values, &mut common.met);
        let course = Course { programme, plan, sequence, timetable: &timetable, usage: &usage, changed: &[] };
        let within = self.add_up(ready, &course, values, common);
        let present = adding::present(&common.sums);
        let (own_days, training, dip) = adding::work(&common.sums);
        let person_days = own_days + training / programme.staff.hours_per_day.of(values);
        let Common { alike, sums, .. } = common;
        alike.add(programme, &usage);
        let impact = |measure: &Measure| match measure {
            Measure::Visibility => alike.visibility(programme, (&plan.links, ready.links), values),
            Measure::Burden => impact::burden_hours(programme, alike.live()?, &plan.links, values),
            Measure::Resilience => impact::largest_share_on_one_supplier(programme, alike.live()?, values),
            _ => alike.coverage(programme, values),
        };
        let measures = measure::measures(programme, plan, &present, (person_days, dip), impact);
        let lacks = alike.lacks(programme, values);
        let points = measure::points(programme, &measures);
        let passes = ready.passes && within && !lacks && {
            let joining = if self.joins { costing::joinings(&course, values) } else { Vec::new() };
            let approvals = super::approval::months(programme, adding::whole_life_cost(sums), values);
            gate::passes_priced(&joining, approvals)
        };
        let own = plan.moves.iter().zip(&timetable.moves).filter(|(m, _)| m.commitment.is_none());
        let purses = (!self.budgets.is_empty()).then(|| Purses::of(programme, values));
        let gap = |b: &Budget| {
            let (cash, capital) = self.columns.paid(sums, b);
            purses.as_ref().map_or(0.0, |p| p.gap(*b, cash, capital))
        };
        Realised {
            npc: present.npc(),
            cash: adding::cash(sums),
            dual_running: present.dual_running(),
            person_days,
            score: self.weights.as_ref().map(|w| scoring::score(w, &points)),
            values: points,
            feasible: passes,
            finish: own.map(|(_, when)| when.live).max(),
            gaps: self.budgets.iter().map(gap).collect(),
        }
    }

    /// Adds up all parts of a plan's cost; whether no licence is used by more than it covers.
    fn add_up(&self, ready: &Ready<'_>, course: &Course<'_>, values: &Values, common: &mut Common) -> bool {
        let Common { met, found, touched, facts, entries, sums, .. } = common;
        sums.clear();
        sums.resize(self.columns.count(), 0.0);
        let mut within = true;
        let mut book = Adding::new(&self.columns, values, entries, self.ceilings);
        for (part, class) in &ready.parts {
            let first = facts.len();
            if let Some(class) = *class {
                part.facts(course, met, facts);
                let own = first..facts.len();
                if let Some(known) = found[class].iter().find(|known| facts[known.facts.clone()] == facts[own.clone()]) {
                    facts.truncate(first);
                    book.replay(known.notes.clone(), sums);
                    within &= known.within;
                    continue;
                }
            }
            let start = book.noted();
            part.book(course, values, &mut book);
            let contracts = book.settle();
            let covers = part.contract().zip(contracts.first());
            let covered =
                covers.is_none_or(|(ix, months)| gate::is_covered(course.programme, (ix, months), course.usage, values));
            book.replay(start..book.noted(), sums);
            within &= covered;
            if let Some(class) = *class {
                if found[class].is_empty() {
                    touched.push(class);
                }
                found[class].push(Known { facts: first..facts.len(), notes: start..book.noted(), within: covered });
            }
        }
        within
    }
}

impl<'a> Ready<'a> {
    fn of(programme: &Programme, plan: &'a Plan) -> Self {
        let sequence = Sequence::of(plan);
        let parts = Part::all(programme, plan, &sequence);
        Self {
            plan,
            sequence,
            parts: parts.into_iter().map(|part| (part, None)).collect(),
            links: 0,
            passes: gate::passes_unpriced(programme, plan),
            kept: programme.options[plan.option.0].kind == OptionKind::BusinessAsUsual,
        }
    }
}

/// Numbers the kinds of parts that several plans have; how many there are.
fn classify(plans: &mut [Ready<'_>]) -> usize {
    let mut times: HashMap<Likeness, (usize, usize)> = HashMap::new();
    for (part, _) in plans.iter().flat_map(|p| &p.parts) {
        times.entry(part.likeness().clone()).or_default().0 += 1;
    }
    let mut classes = 0;
    for (part, class) in plans.iter_mut().flat_map(|p| &mut p.parts) {
        let Some((count, number)) = times.get_mut(part.likeness()) else { continue };
        if *count > 1 {
            if *number == 0 {
                classes += 1;
                *number = classes;
            }
            *class = Some(*number - 1);
        }
    }
    classes
}

/// What options have in common on one realisation.
#[derive(Debug, Default)]
pub struct Common {
    met: Met,
    alike: Alike,
    /// Parts that were booked, by class.
    found: Vec<Vec<Known>>,
    /// Classes of which some were.
    touched: Vec<usize>,
    facts: Vec<i32>,
    entries: Vec<Entry>,
    /// Sums of the option at hand.
    sums: Vec<f64>,
}

/// A part that was booked: on what facts, and what was noted.
#[derive(Debug)]
struct Known {
    facts: Range<usize>,
    notes: Range<usize>,
    /// Whether it is within its licence.
    within: bool,
}

impl Common {
    fn begin(&mut self, programme: &Programme, classes: usize) {
        self.alike.begin(programme);
        self.met.forget();
        self.found.resize_with(classes, Vec::new);
        for class in self.touched.drain(..) {
            self.found[class].clear();
        }
        self.facts.clear();
        self.entries.clear();
    }
}
