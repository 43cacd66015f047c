//! What a draft comes to, by the same evaluation as everything else, and which limits it breaks.

use super::limits::{Breach, Limits};
use super::{Draft, Space, Watched};
use crate::assumption::Values;
use crate::costing::{Component, Course, Usage};
use crate::outcome::{Budget, Days, Open, Pricing, Realised, Simulation};
use crate::plan::{Plan, Sequence, Timetable};
use crate::programme::Programme;

/// What a roadmap comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Everything that is measured.
    pub realised: Realised,
    /// The limits that it breaks; none if it is achievable.
    pub broken: Vec<Breach>,
}

impl Judged {
    /// Whether it keeps all limits and passes all gates.
    #[must_use]
    pub fn achievable(&self) -> bool {
        self.broken.is_empty()
    }
}

/// Evaluates drafts of one space on one realisation of the register.
#[derive(Debug)]
pub struct Judge<'a> {
    /// The case.
    pub programme: &'a Programme,
    /// What there is to choose from.
    pub space: &'a Space,
    /// The numbers.
    pub values: &'a Values,
    /// What drafts are held to.
    pub limits: Limits,
    pricing: Pricing<'a>,
    watched: Watched<'a>,
}

impl<'a> Judge<'a> {
    /// Makes ready.
    #[must_use]
    pub fn of(programme: &'a Programme, space: &'a Space, values: &'a Values) -> Self {
        let pricing = Pricing::of(programme, values);
        let links = crate::plan::with_links(programme, &[]);
        let decided = Plan { option: space.option, moves: space.decided.clone(), links, slip: 0, late: 0 };
        let (days, _) = noted(programme, &decided, &pricing, values);
        let (_, gaps) = realised(programme, &decided, values);
        let limits = Limits::of(programme, space, (&days, &gaps), values);
        Self { programme, space, values, limits, pricing, watched: Watched::No }
    }

    /// The same, with somebody who may end what is looked for with it, and may be told how far it is.
    #[must_use]
    pub fn watched(self, watched: Watched<'a>) -> Self {
        Self { watched, ..self }
    }

    /// Who watches.
    pub(super) fn watch(&self) -> Watched<'a> {
        self.watched
    }

    /// Whether to end with what there is.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.watched.is_stopped()
    }

    /// What a draft comes to.
    #[must_use]
    pub fn judge(&self, draft: &Draft) -> Judged {
        self.judge_plan(&self.space.plan(self.programme, draft))
    }

    /// What a plan comes to.
    #[must_use]
    pub fn judge_plan(&self, plan: &Plan) -> Judged {
        let (realised, gaps) = realised(self.programme, plan, self.values);
        let (days, open) = noted(self.programme, plan, &self.pricing, self.values);
        let mut broken = self.limits.broken(self.programme, plan, (&days, &gaps), self.values);
        // Each system once, with the first month.
        let mut uncovered = crate::costing::uncovered(self.programme, &open);
        uncovered.dedup_by_key(|(instance, _)| *instance);
        broken.extend(uncovered.into_iter().map(|(i, m)| Breach::Cover(i, self.programme.frame.period.month(m))));
        if !realised.feasible {
            broken.push(Breach::Gate);
        }
        Judged { realised, broken }
    }

    /// Prices of single components.
    #[must_use]
    pub fn pricing(&self) -> &Pricing<'a> {
        &self.pricing
    }
}

/// One plan on the values, with what is short of every budget.
fn realised(programme: &Programme, plan: &Plan, values: &Values) -> (Realised, Vec<(Budget, f64)>) {
    let plans = std::slice::from_ref(plan);
    let simulation = Simulation::of(programme, plans);
    let realised = simulation.one(0, values);
    let gaps = simulation.budgets().iter().copied().zip(realised.gaps.iter().copied()).collect();
    (realised, gaps)
}

/// All work of a plan, and what its contracts leave open.
fn noted(programme: &Programme, plan: &Plan, pricing: &Pricing<'_>, values: &Values) -> (Vec<Days>, Vec<Open>) {
    let sequence = Sequence::of(plan);
    let timetable = Timetable::of(programme, plan, &sequence, values);
    let usage = Usage::of(programme, plan, &sequence, &timetable, values);
    let course = Course { programme, plan, sequence: &sequence, timetable: &timetable, usage: &usage, changed: &[] };
    let told = |c: &Component| c.works() || matches!(c, Component::Contract(_));
    pricing.noted(Component::all(programme, plan).into_iter().filter(told), &course)
}
