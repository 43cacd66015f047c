//! What options come to on many realisations of the register: the sums of an evaluation without its lines.
//!
//! Amounts are booked by the same components and the same code as in [`super::evaluate`]; only the book is another one,
//! which adds up instead of keeping. What does not depend on any number is worked out once.

use super::gate;
use super::measure::{self, Sums};
use super::purse::Purses;
use super::totals::Bearers;
use super::worth::Pounds;
use crate::assumption::{Handle, Values};
use crate::costing::{self, Book, Component, ContractMonths, CostLine, Course, Effort, PriceBasis, Usage, Window};
use crate::plan::{Plan, Sequence, Timetable};
use crate::programme::{Category, OptionKind, OrganisationIx, Programme, RankBasis, Sector};
use crate::quantity::offset_of;
use crate::scoring;

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
    pounds: Pounds,
    bearers: Bearers,
    /// Whether costs of one line may fall to different bodies in the course of time.
    changing_hands: bool,
    budgets: Vec<Budget>,
    weights: Option<Vec<f64>>,
    basis: RankBasis,
    /// Whether some licence covers so many users and no more.
    ceilings: bool,
}

/// What of a plan depends on no number.
#[derive(Debug)]
struct Ready<'a> {
    plan: &'a Plan,
    sequence: Sequence,
    components: Vec<Component>,
    /// Whether it passes the gates that depend on no number.
    passes: bool,
    /// Business as usual is ranked whatever gates say.
    kept: bool,
}

impl<'a> Simulation<'a> {
    /// Makes plans ready.
    #[must_use]
    pub fn of(programme: &'a Programme, plans: &'a [Plan]) -> Self {
        let ready = |plan: &'a Plan| Ready {
            plan,
            sequence: Sequence::of(plan),
            components: Component::all(programme, plan),
            passes: gate::passes_unpriced(programme, plan),
            kept: programme.options[plan.option.0].kind == OptionKind::BusinessAsUsual,
        };
        let weights = scoring::combined(&programme.tree, &programme.panels);
        Self {
            programme,
            plans: plans.iter().map(ready).collect(),
            pounds: Pounds::of(programme),
            bearers: Bearers::of(programme),
            changing_hands: programme.organisations.iter().any(|o| o.hands_over().is_some() || o.successor.is_some()),
            budgets: Purses::of(programme, &programme.register.central()).budgets(),
            basis: measure::basis(programme, weights.is_some()),
            weights,
            ceilings: gate::has_ceilings(programme),
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
        match (self.basis, realised.score) {
            (RankBasis::Score, Some(score)) => -score,
            _ => realised.npc,
        }
    }

    /// All options on one realisation, in the order of the plans.
    #[must_use]
    pub fn realise(&self, values: &Values) -> Vec<Realised> {
        (0..self.plans.len()).map(|option| self.one(option, values)).collect()
    }

    /// One option on one realisation.
    #[must_use]
    pub fn one(&self, option: usize, values: &Values) -> Realised {
        let (programme, ready) = (self.programme, &self.plans[option]);
        let (plan, sequence) = (ready.plan, &ready.sequence);
        let timetable = Timetable::of(programme, plan, sequence, values);
        let usage = Usage::of(programme, plan, sequence, &timetable, values);
        let course = Course { programme, plan, sequence, timetable: &timetable, usage: &usage, changed: &[] };
        let mut added = Adding::new(self, values);
        for component in &ready.components {
            component.book(&course, values, &mut added);
        }
        let live = measure::live_on(programme, &usage);
        let sums = added.sums();
        let measures = measure::measures(programme, plan, &sums, (&added.effort, &live), values);
        let points = measure::points(programme, &measures);
        let passes = ready.passes && {
            let joining = costing::joinings(&course, values);
            let approvals = super::approval::months(programme, added.whole_life_cost, values);
            gate::passes_priced(programme, (&added.contracts, &usage, &joining), approvals, &live, values)
        };
        let own = plan.moves.iter().zip(&timetable.moves).filter(|(m, _)| m.commitment.is_none());
        let purses = (!self.budgets.is_empty()).then(|| Purses::of(programme, values));
        let years = programme.frame.period.years();
        let gap = |b: &Budget| {
            let at = b.body.0 * years + b.year;
            purses.as_ref().map_or(0.0, |p| p.gap(*b, added.body_cash[at], added.capital[at]))
        };
        Realised {
            npc: sums.npc(),
            cash: added.cash,
            dual_running: sums.dual_running(),
            person_days: added.effort.person_days(programme),
            score: self.weights.as_ref().map(|w| scoring::score(w, &points)),
            values: points,
            feasible: passes,
            finish: own.map(|(_, when)| when.live).max(),
            gaps: self.budgets.iter().map(gap).collect(),
        }
    }
}

/// Months of a year as numbers.
const MONTHS: [f64; 13] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0];

/// A book that adds up.
struct Adding<'s> {
    simulation: &'s Simulation<'s>,
    values: &'s Values,
    window: Window,
    years: usize,
    present: [f64; Category::ALL.len()],
    /// Cash by body (the last is "unassigned") and year.
    body_cash: Vec<f64>,
    /// Capital spending by body and year.
    capital: Vec<f64>,
    cash: f64,
    whole_life_cost: f64,
    effort: Effort,
    contracts: Vec<ContractMonths>,
    by_year: Vec<f64>,
    follows: bool,
}

impl<'s> Adding<'s> {
    fn new(simulation: &'s Simulation<'s>, values: &'s Values) -> Self {
        let programme = simulation.programme;
        let years = programme.frame.period.years();
        let bodies = programme.organisations.len() + 1;
        Self {
            simulation,
            values,
            window: Window::of(&programme.frame.period),
            years,
            present: [0.0; Category::ALL.len()],
            body_cash: vec![0.0; bodies * years],
            capital: vec![0.0; bodies * years],
            cash: 0.0,
            whole_life_cost: 0.0,
            effort: Effort::none(programme, values),
            contracts: Vec::new(),
            by_year: vec![0.0; years],
            follows: false,
        }
    }

    /// Whether lines follow from one.
    fn leads_on(&self, line: &CostLine) -> bool {
        !self.follows && (line.bias.is_some() || line.asset.is_some())
    }

    /// Whether a line falls to other bodies at the end than at the start: who hands over does so once.
    fn passes_on(&self, line: &CostLine) -> bool {
        let of = |month: i32| self.simulation.bearers.of_line(line, month);
        self.simulation.changing_hands && of(self.window.first()) != of(self.window.last())
    }

    fn sums(&self) -> Sums {
        Sums { present: self.present }
    }

    /// Cash of what has been added up by year, for one bearer and payer.
    fn pay(&mut self, line: &CostLine, month: i32) {
        let programme = self.simulation.programme;
        let (bearer, payer) = self.simulation.bearers.of_line(line, month);
        let whole_life = super::approval::is_cost(programme, line);
        for year in 0..self.years {
            let amount = std::mem::take(&mut self.by_year[year]);
            if amount == 0.0 {
                continue;
            }
            let nominal = match line.basis {
                PriceBasis::Nominal => amount,
                PriceBasis::Real => amount * programme.deflator.index[year],
            };
            let (vat, non_cash) = (nominal * line.cash * line.vat, nominal * (1.0 - line.cash));
            self.body_cash[payer * self.years + year] += if payer == bearer { nominal - non_cash + vat } else { nominal + vat };
            if payer != bearer {
                self.body_cash[bearer * self.years + year] -= non_cash;
            }
            self.cash += nominal - non_cash + vat;
            let spent = nominal * line.cash * (1.0 + line.vat);
            if whole_life {
                self.whole_life_cost += spent;
            }
            if line.asset.is_some() {
                self.capital[payer * self.years + year] += spent;
            }
        }
    }
}

impl Book for Adding<'_> {
    fn enter(&mut self, mut line: CostLine, _: impl IntoIterator<Item = Handle>, amounts: impl IntoIterator<Item = (i32, f64)>) {
        let simulation = self.simulation;
        let pounds = simulation.pounds.months(line.basis, line.discount);
        let leads_on = self.leads_on(&line);
        let passes_on = self.passes_on(&line);
        let (mut sum, mut hands, mut last) = (0.0, None, None);
        for (offset, amount) in amounts {
            if amount == 0.0 {
                continue;
            }
            let Some(month) = self.window.counted(offset) else { continue };
            sum += amount * pounds[month];
            if passes_on {
                let now = Some(simulation.bearers.of_line(&line, offset));
                if hands != now {
                    if let (Some(_), Some(before)) = (hands, last) {
                        self.pay(&line, before);
                    }
                    hands = now;
                }
            }
            self.by_year[simulation.pounds.year(month)] += amount;
            last = Some(offset);
            if leads_on {
                line.amounts.push((month, amount));
            }
        }
        let Some(last) = last else { return };
        self.present[line.category as usize] += sum;
        self.pay(&line, last);
        if leads_on {
            self.follows = true;
            costing::follow(simulation.programme, &line, self.values, self);
            self.follows = false;
        }
    }

    fn enter_stretches(
        &mut self,
        line: CostLine,
        uses: impl IntoIterator<Item = Handle>,
        stretches: impl IntoIterator<Item = (i32, i32, f64)>,
    ) {
        if self.leads_on(&line) || self.passes_on(&line) {
            self.enter(line, uses, stretches.into_iter().flat_map(|(from, to, amount)| (from..to).map(move |m| (m, amount))));
            return;
        }
        let simulation = self.simulation;
        let (mut sum, mut some) = (0.0, false);
        for (from, to, amount) in stretches {
            let (mut from, to) = self.window.clipped(from, to);
            if amount == 0.0 || from == to {
                continue;
            }
            some = true;
            sum += amount * simulation.pounds.stretch((line.basis, line.discount), (from, to));
            while from < to {
                // Years of the period are twelve months from its start.
                let year = simulation.pounds.year(from);
                let end = to.min(12 * (year + 1));
                self.by_year[year] += amount * MONTHS[end - from];
                from = end;
            }
        }
        if some {
            self.present[line.category as usize] += sum;
            self.pay(&line, self.window.first());
        }
    }

    fn transfer(
        &mut self,
        _: usize,
        (from, to): (OrganisationIx, OrganisationIx),
        amounts: impl IntoIterator<Item = (i32, f64)>,
    ) {
        let programme = self.simulation.programme;
        for (offset, amount) in amounts {
            let Some(month) = self.window.counted(offset) else { continue };
            let year = self.simulation.pounds.year(month);
            let nominal = amount * programme.deflator.index[year];
            for (body, paid) in [(from, nominal), (to, -nominal)] {
                let at = self.simulation.bearers.at(Some(body), offset_of(month));
                if programme.organisations[at].sector == Sector::Public {
                    self.body_cash[at * self.years + year] += paid;
                    self.cash += paid;
                }
            }
        }
    }

    fn effort(&mut self) -> Option<&mut Effort> {
        Some(&mut self.effort)
    }

    fn contracts(&mut self) -> Option<&mut Vec<ContractMonths>> {
        self.simulation.ceilings.then_some(&mut self.contracts)
    }
}
