//! The roadmap as a mixed-integer program whose optimum is a bound on every plan's net present cost.
//!
//! Every coefficient is the price of a plan, or the difference of two, by the functions that cost everything else: nothing
//! is written twice. Where a mechanism is not linear (bands, ratchets, which way of keeping records is the cheapest), the
//! program takes what it costs at the least, so that what it finds can cost more when it is costed in full, and never
//! less. `docs/method.md`, section 25, has each constraint with its formula.

mod conflict;
mod contracts;
mod cut;
mod event;
mod events;
mod hold;
mod presence;
mod program;
mod proof;
mod relaxed;
mod rules;
mod ways;

pub use conflict::{Clash, Conflict, Limit, conflict};
pub use proof::{Proof, Proved, prove};
pub use relaxed::{Lower, Relaxing, lower};

use super::{Draft, Judge};
use crate::costing::{Component, Course, Usage};
use crate::plan::{Move, Plan, Sequence, Timetable};
use crate::programme::{InstanceIx, Programme};
use crate::solver::{Branching, Solution, Unsolved, Variable};
use contracts::Group;
use event::Happened;
use program::Builder;
use std::collections::BTreeMap;
use ways::Way;

/// The program of one space, with what its variables stand for.
#[derive(Debug)]
pub struct Model<'a> {
    judge: &'a Judge<'a>,
    builder: Builder,
    /// By place, each choice at each slip.
    ways: Vec<Vec<Way>>,
    /// By offer, each date.
    offers: Vec<Vec<Variable>>,
    /// What the full cost of single plans is more than the program says, at least.
    excess: Variable,
}

/// What is in every plan, costed.
struct Base<'a> {
    programme: &'a Programme,
    plan: Plan,
    sequence: Sequence,
    timetable: Timetable,
    usage: Usage,
    components: Vec<Component>,
}

/// A plan of some moves with expected go-lives as given, and who uses what when under it.
struct Trial {
    plan: Plan,
    sequence: Sequence,
    timetable: Timetable,
    usage: Usage,
}

impl Trial {
    fn course<'a>(&'a self, programme: &'a Programme) -> Course<'a> {
        let Self { plan, sequence, timetable, usage } = self;
        Course { programme, plan, sequence, timetable, usage, changed: &[] }
    }
}

impl<'a> Base<'a> {
    fn of(judge: &Judge<'a>) -> Self {
        let programme = judge.programme;
        let links = crate::plan::with_links(programme, &[]);
        let mut plan = Plan { option: judge.space.option, moves: judge.space.decided.clone(), links, slip: 0, late: 0 };
        plan.moves.sort_by_key(|m| (m.go_live, m.service, m.slot));
        let sequence = Sequence::of(&plan);
        let timetable = Timetable::of(programme, &plan, &sequence, judge.values);
        let usage = Usage::of(programme, &plan, &sequence, &timetable, judge.values);
        let components = Component::all(programme, &plan);
        Self { programme, plan, sequence, timetable, usage, components }
    }

    fn course(&self) -> Course<'_> {
        let Self { programme, plan, sequence, timetable, usage, .. } = self;
        Course { programme, plan, sequence, timetable, usage, changed: &[] }
    }

    /// What is decided with some moves of one's own, each with its expected go-live.
    fn with(&self, judge: &Judge<'_>, own: &[(Move, i32)]) -> Trial {
        let decided = self.plan.moves.iter().cloned().zip(self.timetable.moves.iter().map(|m| m.live));
        let mut dated: Vec<(Move, i32)> = decided.chain(own.iter().cloned()).collect();
        dated.sort_by_key(|(m, _)| (m.go_live, m.service, m.slot));
        let (moves, lives): (Vec<Move>, Vec<i32>) = dated.into_iter().unzip();
        let plan = Plan { moves, ..self.plan.clone() };
        let sequence = Sequence::of(&plan);
        let timetable = Timetable::of(self.programme, &plan, &sequence, judge.values).with(&lives);
        let usage = Usage::of(self.programme, &plan, &sequence, &timetable, judge.values);
        Trial { plan, sequence, timetable, usage }
    }
}

impl<'a> Model<'a> {
    /// Builds the program of a space.
    #[must_use]
    pub fn of(judge: &'a Judge<'a>) -> Self {
        let (builder, ways, offers, excess) = Self::entered(judge, Builder::default());
        Self { judge, builder, ways, offers, excess }
    }

    /// Enters all that a space can do.
    fn entered(judge: &Judge<'_>, mut builder: Builder) -> (Builder, Vec<Vec<Way>>, Vec<Vec<Variable>>, Variable) {
        let base = Base::of(judge);
        builder.constant += judge.pricing().present(base.components.iter().copied(), &base.course());
        let ways = ways::ways(judge, &base, &mut builder);
        if builder.is_in_steps() {
            ways::chained(&ways, &mut builder);
        }
        let offers = rules::offers(judge, &base, &mut builder);
        rules::one_way(judge, &ways, &offers, &mut builder);
        ways::slips(&ways, &mut builder);
        rules::crowds(judge, &ways, &mut builder);
        rules::order(judge, &base, &ways, &mut builder);
        let firsts = events::once_per_source(judge, &base, &ways, &mut builder);
        rules::teams(judge, &base, (&ways, &offers), &firsts, &mut builder);
        events::ends(judge, &base, &ways, &mut builder);
        events::streams(judge, &base, &ways, &mut builder);
        hold::hold(judge, &base, &ways, &mut builder);
        let instances = (0..judge.programme.instances.len()).map(InstanceIx);
        let groups: Vec<(InstanceIx, Group<'_>)> =
            instances.filter_map(|i| Some((i, Group::of(judge, &base, i, &ways)?))).collect();
        let left: BTreeMap<InstanceIx, Happened> =
            groups.iter().filter_map(|(i, group)| Some((*i, group.turns(&mut builder)?))).collect();
        for (_, group) in &groups {
            group.charges(&left, &mut builder);
        }
        let excess = builder.variable("excess", 0.0, builder.most(0.0));
        builder.cost(excess, 1.0);
        let offers = offers.into_iter().map(|dates| dates.into_iter().map(|d| d.variable).collect()).collect();
        (builder, ways, offers, excess)
    }

    /// Variables, those of them in whole numbers, and constraints.
    #[must_use]
    pub fn size(&self) -> (usize, usize, usize) {
        self.builder.program.size()
    }

    /// The program as text in the LP format, for other solvers.
    #[must_use]
    pub fn text(&self) -> String {
        self.builder.text()
    }

    /// The draft that a solution stands for.
    fn draft(&self, solution: &Solution) -> Draft {
        let on = |v: &Variable| solution.value(*v) > 0.5;
        let moves = self.ways.iter().map(|ways| ways.iter().find(|w| on(&w.variable)).map(|w| w.choice)).collect();
        let links = self.offers.iter().map(|dates| dates.iter().position(on)).collect();
        Draft { moves, links }
    }

    /// The variables that are 1 where a draft is chosen.
    fn chosen(&self, draft: &Draft) -> Vec<Variable> {
        let plan = self.judge.space.plan(self.judge.programme, draft);
        let sequence = Sequence::of(&plan);
        let timetable = Timetable::of(self.judge.programme, &plan, &sequence, self.judge.values);
        let mut chosen = Vec::new();
        for ((place, ways), at) in self.judge.space.places.iter().zip(&self.ways).zip(&draft.moves) {
            let Some(at) = at else { continue };
            let own = |m: &Move| m.service == place.service && m.slot == place.slot && m.commitment.is_none();
            let live = plan.moves.iter().position(own).map(|i| timetable.moves[i].live);
            let way = ways.iter().find(|w| w.choice == *at && Some(w.live) == live).or(ways.iter().find(|w| w.choice == *at));
            let Some(way) = way else { continue };
            // A step is made by every later quarter as well.
            let made = |w: &&Way| (w.to, w.slip()) == (way.to, way.slip()) && w.planned >= way.planned;
            if self.builder.is_in_steps() {
                chosen.extend(ways.iter().filter(made).map(|w| w.variable));
            } else {
                chosen.push(way.variable);
            }
        }
        chosen.extend(self.offers.iter().zip(&draft.links).filter_map(|(dates, at)| Some(dates[(*at)?])));
        chosen
    }

    /// Values of all variables for a draft, and what the program says that it costs.
    ///
    /// # Errors
    /// [`Unsolved::Infeasible`] if it breaks a constraint; whatever else keeps the solver from an answer.
    fn solved(&self, draft: &Draft) -> Result<(f64, Vec<f64>), Unsolved> {
        if self.ways.is_empty() && self.offers.is_empty() {
            return Ok((self.builder.constant, vec![0.0; self.size().0]));
        }
        let chosen = self.chosen(draft);
        let mut program = self.builder.program.clone();
        let all = self.ways.iter().flatten().map(|w| w.variable).chain(self.offers.iter().flatten().copied());
        for variable in all {
            let value = if chosen.contains(&variable) { 1.0 } else { 0.0 };
            program.confine(variable, value, value);
        }
        // What is left to decide follows from the choices: on which piece of a charge users lie.
        let branching = Branching { nodes: 1_000, seconds: None, gap: 0.0, start: None };
        let found = program.branch(&self.builder.objective(), &branching)?;
        let solution = found.best.ok_or_else(|| Unsolved::Failed("no solution was found".to_owned()))?;
        let values = solution.values().to_vec();
        Ok((solution.objective + self.builder.constant, values))
    }

    /// What the program says that a draft costs: at most what it does cost. `None` if it breaks a constraint.
    #[must_use]
    pub fn priced(&self, draft: &Draft) -> Option<f64> {
        self.solved(draft).ok().map(|(cost, _)| cost)
    }

    /// The same by the program for large spaces, which is in steps and says less of a plan.
    #[must_use]
    pub fn priced_in_steps(judge: &'a Judge<'a>, drafts: &[Draft]) -> Vec<Option<f64>> {
        let (builder, ways, offers, excess) = Self::entered(judge, Builder::in_steps());
        let model = Self { judge, builder, ways, offers, excess };
        drafts.iter().map(|draft| model.priced(draft)).collect()
    }
}
