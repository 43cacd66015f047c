//! A question to the optimiser, and its answer beside the options of the scenario.

use super::super::headline::{money, money_at_most};
use super::super::result::{Against, Dates, Optimiser, QuestionView};
use super::super::{naming, option};
use super::{Answered, Settled, breach, frontier, limit_price, robustness};
use crate::assumption::Values;
use crate::optimiser::{Best, Breach, Effort, Goal, Judge, Model, Space, Status, Watch, Watched};
use crate::outcome::{self, Evaluated, Outcome};
use crate::plan::{self, Plan};
use crate::programme::{Freedom, Measure, Mode, Optimise, OptionDefinition, OptionIx, OptionKind, Programme, Schedule};
use crate::quantity::{fixed, raised};
use std::sync::atomic::{AtomicU64, Ordering};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// The option whose dates alone are sought; a whole roadmap if `None`.
    pub schedule: Option<OptionIx>,
    /// What is wanted.
    pub goal: Goal,
    /// How hard to look, for each plan that is sought.
    pub effort: Effort,
    /// Points of the frontier of score against net present cost; none if fewer than 2.
    pub frontier: usize,
    /// Whether to ask what single limits cost.
    pub limit_prices: bool,
    /// Whether to ask what the best dates of the options would save.
    pub dates: bool,
    /// Draws over which the roadmap is compared with other plans; none for 0.
    pub draws: u64,
    /// A roadmap that is best over some draws is sought besides.
    pub over: Option<OverDraws>,
}

/// Draws over which a roadmap is chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OverDraws {
    /// How many.
    pub draws: u64,
    /// What of them is to be least: a quantile; the mean if `None`.
    pub quantile: Option<f64>,
}

impl OverDraws {
    /// Those that a scenario asks for.
    #[must_use]
    pub fn of(optimise: &Optimise) -> Option<Self> {
        (optimise.over_draws > 0).then_some(Self { draws: optimise.over_draws, quantile: optimise.quantile })
    }
}

/// Draws on which a roadmap is compared with other plans, unless fewer are made: a share of them is then off by no more than
/// 3 percentage points (1.96 standard errors).
pub const COMPARED: u64 = 1_000;

/// How far a question is: plans sought, of how many.
#[derive(Debug, Default)]
pub struct Progress {
    watch: Watch,
    done: AtomicU64,
    all: AtomicU64,
}

impl Progress {
    /// The plan and the bound of the roadmap that is sought, and a way to end the search with what it has.
    #[must_use]
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Plans that have been sought, and how many are to be.
    #[must_use]
    pub fn so_far(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    /// So many more are to be sought.
    pub(super) fn expect(&self, more: usize) {
        self.all.fetch_add(u64::try_from(more).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// One more has been.
    pub(super) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// Answers a question on the central case. The options of the scenario are starts of the search and stand beside what it
/// finds, so that the roadmap is never worse than an option that keeps all limits.
#[must_use]
pub fn roadmap(programme: &Programme, plans: &[Plan], question: &Question, progress: &Progress) -> Optimiser {
    let values = programme.register.central();
    let (watched, quiet) = (Watched::Told(&progress.watch), Watched::Ended(&progress.watch));
    progress.expect(1);
    let own = programme.options.iter().position(|o| o.freedom == Some(Freedom::Roadmap)).map(OptionIx);
    let (freedom, option) = match question.schedule {
        Some(option) => (Freedom::Schedule, Some(option)),
        None => (Freedom::Roadmap, own),
    };
    // The option that is asked for may be among those that get a plan first.
    let settled = super::settled_with(programme, plans, question.effort, (&values, watched), option);
    let outcome = outcome::evaluate(&settled.programme, &settled.plans, &values);
    let with;
    let (on, option) = match option {
        Some(option) => (programme, option),
        None => {
            with = with_option(programme);
            (&with, OptionIx(programme.options.len()))
        }
    };
    let asked = (question.goal, question.effort);
    // It may have been asked for the plan of the option: then that is the answer, and `run` shows the same.
    let same = |a: &&Answered| (a.option, a.freedom) == (option, freedom) && (a.goal, a.effort) == asked;
    let anew;
    let answered = if let Some(answered) = settled.answered.iter().find(same) {
        answered
    } else {
        anew = super::answered(on, (option, freedom), asked, &settled.plans, (&values, watched));
        &anew
    };
    progress.step();
    let stopped = progress.watch.is_stopped();
    // Whoever stops it waits for no more roadmaps.
    let dates = if question.dates && !stopped {
        super::dates(&settled, &outcome, (true, question.effort), (&values, quiet))
    } else {
        Vec::new()
    };
    let space = Space::of(on, option, freedom, &values);
    let (settled, outcome, dates) = (&settled, &outcome, &*dates);
    let asked = Asked { programme: on, settled, outcome, dates, space: &space, values: &values, watched: quiet };
    let mut view = asked.view(answered, question, progress);
    view.stopped = progress.watch.is_stopped();
    if stopped {
        view.sentence = format!("Stopped before it was done: this is the best so far. {}", view.sentence);
    } else if view.stopped {
        view.sentence = format!("Stopped before all was done: the roadmap is, what else was asked is not. {}", view.sentence);
    }
    let judged = on.tree.criteria.iter().any(|c| matches!(c.measure, Measure::Judged(_)));
    if judged && option.0 == programme.options.len() {
        view.sentence += " Criteria that people judge are taken as for business as usual.";
    }
    view
}

/// The question for the cheapest roadmap as a mixed-integer program, in the LP format, for other solvers.
#[must_use]
pub fn program(programme: &Programme, schedule: Option<OptionIx>) -> String {
    let values = programme.register.central();
    let own = programme.options.iter().position(|o| o.freedom == Some(Freedom::Roadmap)).map(OptionIx);
    let with = with_option(programme);
    let (on, option, freedom) = match (schedule, own) {
        (Some(option), _) => (programme, option, Freedom::Schedule),
        (None, Some(option)) => (programme, option, Freedom::Roadmap),
        (None, None) => (&with, OptionIx(programme.options.len()), Freedom::Roadmap),
    };
    let space = Space::of(on, option, freedom, &values);
    Model::of(&Judge::of(on, &space, &values)).text()
}

/// What was answered for the first option that leaves its whole roadmap to the optimiser, as part of an appraisal.
pub(in crate::appraisal) fn of_option(
    settled: &Settled<'_>,
    (outcome, dates): (&Outcome, &[Option<Dates>]),
    draws: u64,
    values: &Values,
) -> Option<Optimiser> {
    let answered = settled.answered.iter().find(|a| a.freedom == Freedom::Roadmap)?;
    let optimise = &settled.programme.optimise;
    let question = Question {
        schedule: None,
        goal: answered.goal,
        effort: answered.effort,
        frontier: optimise.frontier,
        limit_prices: optimise.limit_prices,
        dates: optimise.dates,
        draws: draws.min(COMPARED),
        over: OverDraws::of(optimise).filter(|_| draws > 0),
    };
    let space = Space::of(&settled.programme, answered.option, answered.freedom, values);
    let watched = Watched::No;
    let asked = Asked { programme: &settled.programme, settled, outcome, dates, space: &space, values, watched };
    Some(asked.view(answered, &question, &Progress::default()))
}

/// The programme with one more option, of which nothing is given. Streams, risks and hazards of all options are its own,
/// contracts end as under business as usual, and criteria that people judge are taken as for business as usual.
fn with_option(programme: &Programme) -> Programme {
    let mut with = programme.clone();
    let usual = programme.business_as_usual();
    let taken = |id: &str| programme.options.iter().any(|o| o.id == id);
    let mut id = "optimised".to_owned();
    while taken(&id) {
        id.push('_');
    }
    with.options.push(OptionDefinition {
        id,
        name: "Roadmap found".to_owned(),
        description: None,
        kind: OptionKind::Optimised,
        role: None,
        targets: Vec::new(),
        exceptions: Vec::new(),
        schedule: Schedule::default(),
        freedom: Some(Freedom::Roadmap),
        links: Vec::new(),
        expiry: usual.map_or_else(Vec::new, |o| programme.options[o.0].expiry.clone()),
        unmonetised: Vec::new(),
    });
    for criterion in &mut with.tree.criteria {
        if let Measure::Judged(judgements) = &mut criterion.measure {
            let as_usual = usual.and_then(|o| judgements.get(o.0)).or(judgements.first()).cloned();
            judgements.extend(as_usual);
        }
    }
    with
}

/// All that an answer is shown from.
pub(super) struct Asked<'a> {
    pub(super) programme: &'a Programme,
    pub(super) settled: &'a Settled<'a>,
    /// Of the options of the scenario.
    pub(super) outcome: &'a Outcome,
    /// What their dates do; empty where it was not asked.
    pub(super) dates: &'a [Option<Dates>],
    /// What there was to choose from.
    pub(super) space: &'a Space,
    pub(super) values: &'a Values,
    /// Who may end what is sought besides the roadmap.
    pub(super) watched: Watched<'a>,
}

impl<'a> Asked<'a> {
    /// What plans of the option asked for are held to.
    pub(super) fn judge(&self) -> Judge<'a> {
        Judge::of(self.programme, self.space, self.values).watched(self.watched)
    }

    fn view(&self, answered: &Answered, question: &Question, progress: &Progress) -> Optimiser {
        let best = answered.answer.best.as_ref();
        let evaluated = best.map(|b| outcome::evaluate(self.programme, std::slice::from_ref(&b.plan), self.values));
        let found = evaluated.as_ref().map(|e| &e.options[0]);
        let scored = self.programme.frame.mode != Mode::Shortlist;
        let score = evaluated.as_ref().and_then(|e| e.scores.as_ref()).map(|s| s[0]).filter(|_| scored);
        let (goal, unit) = super::goal_words(answered.goal);
        let (objective, bound, gap) = super::measured(answered.goal, &answered.answer);
        let (frontier, beside) = frontier::points(self, answered, question, progress);
        // What the frontier came upon is something to measure the prices of limits from.
        let beside = beside.filter(|beside| gained(answered, Some(beside)).is_some());
        let (limit_prices, base) = limit_price::prices(self, (answered, beside.as_ref().or(best)), question, progress);
        let gained = gained(answered, base.as_ref()).or(gained(answered, beside.as_ref()));
        let against = best.zip(found).map_or_else(Vec::new, |(b, f)| self.against(answered, (b, f, score)));
        let mut view = Optimiser {
            option: self.programme.options[answered.option.0].id.clone(),
            freedom: super::freedom_word(answered.freedom).to_owned(),
            question: QuestionView {
                goal: goal.to_owned(),
                within: if let Goal::ScoreWithin(most) = answered.goal { Some(most) } else { None },
                at_least: if let Goal::CostFor(least) = answered.goal { Some(least) } else { None },
                plans: answered.effort.plans,
                nodes: answered.effort.nodes,
                seed: answered.effort.seed,
            },
            status: super::status_word(answered.answer.status).to_owned(),
            objective,
            unit: unit.to_owned(),
            bound,
            gap,
            tried: answered.answer.tried,
            stopped: false,
            npc: found.map(|f| f.totals.npc()),
            discounted_cost: found.map(|f| f.totals.discounted_cost()),
            score,
            dual_running: found.map(|f| f.totals.dual_running()),
            recosted_difference: best.zip(found).map(|(b, f)| f.totals.npc() - b.judged.realised.npc),
            plan: found.map_or_else(Vec::new, |f| option::plan(self.programme, f)),
            links: found.map_or_else(Vec::new, |f| option::links(self.programme, f)),
            robustness: robustness::robustness(self, answered, (question, progress), &against),
            against,
            distances: frontier::distances(self, &frontier),
            frontier,
            limit_prices,
            conflict: answered.conflict.clone(),
            relaxations: limit_price::relaxations(self, answered, progress),
            sentence: String::new(),
        };
        view.sentence = sentence(&view, answered, best) + &luck(answered.goal, gained, !view.limit_prices.is_empty());
        view
    }

    /// The options of the scenario beside the roadmap.
    fn against(&self, answered: &Answered, (_, found, score): (&Best, &Evaluated, Option<f64>)) -> Vec<Against> {
        let judge = self.judge();
        let own = |o: &&Evaluated| o.plan.option != answered.option || answered.freedom == Freedom::Schedule;
        let one = |(i, o): (usize, &Evaluated)| Against {
            option: self.programme.options[o.plan.option.0].id.clone(),
            npc: found.totals.npc() - o.totals.npc(),
            score: score.zip(self.outcome.scores.as_ref()).map(|(s, all)| s - all[i]),
            dual_running: found.totals.dual_running() - o.totals.dual_running(),
            npc_from_dates: self.dates.get(i).and_then(Option::as_ref).map(|dates| 0.0 - dates.saves),
            breaks: self.broken(&judge, o),
        };
        self.outcome.options.iter().enumerate().filter(|(_, o)| own(o)).map(one).collect()
    }

    /// Limits and gates that an option does not keep.
    fn broken(&self, judge: &Judge<'_>, option: &Evaluated) -> Vec<String> {
        let judged = judge.judge_plan(&option.plan);
        let limits: Vec<Breach> = judged.broken.into_iter().filter(|b| *b != Breach::Gate).collect();
        let gates = option.gates.iter().filter(|g| !g.passed).map(|g| format!("{}: not passed", g.name));
        let limits = breach::conflicts(self.programme, &limits).into_iter().map(|c| c.sentence);
        gates.chain(limits).collect()
    }
}

/// What a plan within all limits that was come upon beside the roadmap is better by: pounds or points, as they are shown.
fn gained(answered: &Answered, beside: Option<&Best>) -> Option<f64> {
    let of = |best: &Best| answered.goal.of(&best.judged.realised);
    let gained = of(answered.answer.best.as_ref()?) - of(beside?);
    let shown = if super::goal_words(answered.goal).1 == "pounds" { 0.5 } else { 0.05 };
    (gained >= shown).then_some(gained)
}

/// That the roadmap is not the best that was found: searches for other things came upon a better one.
fn luck(goal: Goal, gained: Option<f64>, priced: bool) -> String {
    let Some(gained) = gained else { return String::new() };
    let better = if super::goal_words(goal).1 == "pounds" {
        format!("costs {} less", money(gained))
    } else {
        format!("scores {} points more", fixed(gained, 1))
    };
    let from = if priced { " Prices of limits are measured from it." } else { "" };
    format!(
        " Searches for what was asked besides came upon a plan within all limits that {better}: with more plans to try, the roadmap can be as good.{from}"
    )
}

fn sentence(view: &Optimiser, answered: &Answered, best: Option<&Best>) -> String {
    let asked = match answered.goal {
        Goal::Cost => "The cheapest".to_owned(),
        Goal::Score => "The highest-scoring".to_owned(),
        Goal::ScoreWithin(most) => format!("Within {} of net present cost, the highest-scoring", money(most)),
        Goal::DualRunning => "By dual running the best".to_owned(),
        Goal::CostFor(least) => format!("With at least {} points, the cheapest", fixed(least, 1)),
    };
    let what = match answered.freedom {
        Freedom::Roadmap => "roadmap",
        Freedom::Schedule => "dates",
    };
    let (Some(best), Some(npc)) = (best, view.npc) else {
        let found = if answered.answer.status == Status::Impossible { "there is none" } else { "none was found" };
        // Several are told as a list of their own.
        let why = match &*view.conflict {
            [] => String::new(),
            [only] => format!(": {}", only.sentence),
            many => format!(", for {} reasons", naming::count(many.len())),
        };
        return format!("{asked} {what} within all limits: {found}{why}.");
    };
    let points = view.score.map_or_else(String::new, |s| format!(" and score{} {} points", third(answered.freedom), fixed(s, 1)));
    let moves = best.plan.moves.iter().filter(|m| m.commitment.is_none()).count();
    let links = best.plan.links.iter().filter(|l| l.live.is_some()).count();
    let counted = |n: usize, what: &str| format!("{} {what}{}", naming::count(n), if n == 1 { "" } else { "s" });
    let close = match (answered.answer.status, view.gap) {
        (Status::Proven, gap) if gap.is_none_or(|gap| super::is_closed(answered.goal, gap)) => {
            "No achievable plan is better.".to_owned()
        }
        // What counts as proven is so within a share of the cost.
        (Status::Proven | Status::Bounded, Some(gap)) if view.unit == "pounds" => {
            format!("No achievable plan can cost less by more than {}.", money_at_most(gap))
        }
        (Status::Proven | Status::Bounded, Some(gap)) => {
            format!("No achievable plan can score more by over {} points.", fixed(raised(gap, 0.1), 1))
        }
        _ => "Whether a better one exists is not known.".to_owned(),
    };
    format!(
        "{asked} {what} found cost{} {} in net present cost{points}: {}, {}. {close} Best means best within the choices and limits that the scenario describes, and in nothing else.",
        third(answered.freedom),
        money(npc),
        counted(moves, "move"),
        counted(links, "new link"),
    )
}

/// The ending of the verb: a roadmap costs, dates cost.
fn third(freedom: Freedom) -> &'static str {
    if freedom == Freedom::Roadmap { "s" } else { "" }
}

/// All plans that a search may begin with: those of the options, and some found.
pub(super) fn starts<'p>(asked: &Asked<'_>, found: impl IntoIterator<Item = &'p Plan>) -> Vec<Plan> {
    asked.settled.plans.iter().cloned().chain(found.into_iter().cloned()).collect()
}

/// Links that a plan builds.
pub(super) fn built(programme: &Programme, plan: &Plan) -> Vec<String> {
    plan.links.iter().filter(|l| l.live.is_some()).map(|l: &plan::PlannedLink| programme.links[l.link.0].id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimiser::{Answer, Draft, Judged};
    use crate::outcome::Realised;

    fn best(npc: f64, score: f64) -> Best {
        Best {
            draft: Draft { moves: Vec::new(), links: Vec::new() },
            plan: Plan { option: OptionIx(0), moves: Vec::new(), links: Vec::new(), slip: 0, late: 0 },
            judged: Judged { realised: Realised { npc, score: Some(score), ..Realised::default() }, broken: Vec::new() },
        }
    }

    /// A plan of £88,000 and 52.25 points beside one of £100,000 and 50: better by £12,000 or by 2.25 points, shown as 2.3.
    #[test]
    fn a_better_plan_that_was_come_upon_is_told() {
        let said = |goal, beside: Option<&Best>, priced| {
            let answer =
                Answer { status: Status::Found, best: Some(best(1e5, 50.0)), bound: None, tried: 1, nearest: Vec::new() };
            let effort = Effort { plans: 1, nodes: 0, seed: 1 };
            let (option, freedom) = (OptionIx(0), Freedom::Roadmap);
            let answered = Answered { option, freedom, goal, effort, answer, conflict: Vec::new() };
            luck(goal, gained(&answered, beside), priced)
        };
        let better = best(88_000.0, 52.25);
        let cost = said(Goal::Cost, Some(&better), true);
        assert!(cost.contains("within all limits that costs £12,000 less") && cost.ends_with("are measured from it."), "{cost}");
        let score = said(Goal::ScoreWithin(1e5), Some(&better), false);
        assert!(score.contains("that scores 2.3 points more") && score.ends_with("as good."), "{score}");
        // What is level to the pound or to a tenth of a point, worse, or not there is not told.
        for beside in [Some(best(99_999.6, 50.04)), Some(best(2e5, 10.0)), None] {
            assert!(said(Goal::Cost, beside.as_ref(), true).is_empty() && said(Goal::Score, beside.as_ref(), true).is_empty());
        }
    }
}
