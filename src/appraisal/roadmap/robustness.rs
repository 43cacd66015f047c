//! How a roadmap fares where numbers turn out otherwise than on central figures, and the one that is best over some draws.
//! `docs/method.md`, section 29b.

use super::super::headline::{below, money};
use super::super::result::{Against, ChosenOver, PlanFaring, Robustness};
use super::super::uncertainty::{how_often, sampler};
use super::super::{naming, option};
use super::question::{Asked, OverDraws, Progress, Question, starts};
use super::{Answered, goal_words};
use crate::assumption::{BLOCK, Sampler};
use crate::optimiser::{self, Best, Draft, Faring, Goal, Over, Regret};
use crate::outcome;
use crate::plan::Plan;
use crate::quantity::{fixed, grouped};
use crate::uncertainty::{Spread, quantile};

/// A plan beside others.
struct Rival {
    kind: &'static str,
    option: Option<String>,
    name: String,
    plan: Plan,
    keeps_limits: bool,
    /// Whether it is an answer to the question on central figures: within all limits, and with what is asked for besides.
    answers: bool,
}

/// What the roadmap and the plans beside it come to over draws; `None` where there is no roadmap, no draw, or nothing uncertain, and
/// where it is stopped.
pub(super) fn robustness(
    asked: &Asked<'_>,
    answered: &Answered,
    (question, progress): (&Question, &Progress),
    against: &[Against],
) -> Option<Robustness> {
    let best = answered.answer.best.as_ref()?;
    let sampler = sampler(asked.programme, answered.effort.seed);
    if question.draws == 0 || sampler.is_certain() || asked.watched.is_stopped() {
        return None;
    }
    let chosen = question.over.and_then(|over| Some((over, chosen(asked, answered, &sampler, over, progress)?)));
    // Draws by which a plan was chosen flatter it.
    let first = chosen.as_ref().map_or(0, |(over, _)| over.draws.next_multiple_of(BLOCK as u64));
    let draws = first..first + question.draws;
    let rivals = rivals(asked, answered.goal, (best, chosen.as_ref().map(|(_, best)| best)), against);
    let plans: Vec<Plan> = rivals.iter().map(|r| r.plan.clone()).collect();
    let farings = optimiser::faring(asked.programme, (answered.goal, asked.watched), &plans, &sampler, draws.clone());
    if asked.watched.is_stopped() {
        return None;
    }
    let counted: Vec<usize> = (0..rivals.len()).filter(|i| rivals[*i].answers).collect();
    let regrets = optimiser::regret(&counted.iter().map(|i| &farings[*i]).collect::<Vec<&Faring>>());
    let regret_of = |i: usize| counted.iter().position(|c| *c == i).map(|at| &regrets[at]);
    let kept = |rival: &Rival| {
        let kept = || optimiser::kept(asked.programme, (asked.space, asked.watched), &rival.plan, &sampler, draws.clone());
        (rival.kind != "option").then(|| share(kept(), question.draws))
    };
    let view = |(i, rival): (usize, &Rival)| plan_faring(rival, (&farings[i], &farings[0]), regret_of(i), || kept(rival));
    let shown: Vec<PlanFaring> = rivals.iter().enumerate().map(view).collect();
    // Shares of draws of which some were not made would mislead.
    if asked.watched.is_stopped() {
        return None;
    }
    let words = Words { answered, rivals: &rivals, plans: &shown, farings: &farings, draws: question.draws };
    Some(Robustness {
        draws: question.draws,
        first_draw: first,
        seed: answered.effort.seed,
        chosen: chosen.as_ref().map(|(over, other)| chosen_view(asked, *over, (best, other))),
        sentences: words.sentences(chosen.as_ref().map(|(over, other)| (*over, differs(best, other)))),
        plans: shown,
    })
}

/// The roadmap that is best over some draws, beginning with the one for central figures.
fn chosen(asked: &Asked<'_>, answered: &Answered, sampler: &Sampler, over: OverDraws, progress: &Progress) -> Option<Best> {
    progress.expect(1);
    let draws = optimiser::realised(sampler, 0..over.draws);
    let known = starts(asked, answered.answer.best.iter().map(|b| &b.plan));
    let draft = |plan: &Plan| asked.space.draft(&Plan { option: answered.option, ..plan.clone() });
    let known: Vec<Draft> = known.iter().filter_map(draft).collect();
    let of = over.quantile.map_or(Over::Mean, Over::Quantile);
    let found = optimiser::answer_over(&asked.judge(), answered.goal, (&draws, of), &known, answered.effort);
    progress.step();
    found.best
}

/// The roadmap, the one chosen over draws where it is another, and the options beside it.
fn rivals(asked: &Asked<'_>, goal: Goal, (best, chosen): (&Best, Option<&Best>), against: &[Against]) -> Vec<Rival> {
    let judge = asked.judge();
    let found = |kind, name: &str, best: &Best| Rival {
        kind,
        option: None,
        name: name.to_owned(),
        plan: best.plan.clone(),
        keeps_limits: true,
        answers: true,
    };
    let mut all = vec![found("roadmap", "The roadmap found", best)];
    let other = chosen.filter(|chosen| chosen.draft != best.draft);
    all.extend(other.map(|chosen| found("chosen", "The roadmap chosen over draws", chosen)));
    for beside in against {
        let Some(at) = asked.programme.options.iter().position(|o| o.id == beside.option) else { continue };
        all.extend(asked.settled.plans.iter().find(|plan| plan.option.0 == at).map(|plan| Rival {
            kind: "option",
            option: Some(beside.option.clone()),
            name: asked.programme.options[at].name.clone(),
            plan: plan.clone(),
            keeps_limits: beside.breaks.is_empty(),
            answers: beside.breaks.is_empty() && goal.is_met(&judge.judge_plan(plan).realised),
        }));
    }
    all
}

fn plan_faring(
    rival: &Rival,
    (own, roadmap): (&Faring, &Faring),
    regret: Option<&Regret>,
    kept: impl FnOnce() -> Option<f64>,
) -> PlanFaring {
    let mut npc = own.npc.clone();
    let spread = Spread::of(&mut npc);
    // By how much it is better than the roadmap, in the draws in which it is.
    let by: Vec<f64> = optimiser::behind(roadmap, &[own]).into_iter().filter(|by| *by > 0.0).collect();
    PlanFaring {
        plan: rival.kind.to_owned(),
        option: rival.option.clone(),
        npc: spread.map_or(0.0, |s| s.mean),
        npc_error: spread.filter(|_| npc.len() > 1).map(|s| s.standard_error),
        npc_p80: quantile(&npc, 0.8),
        p_feasible: share(own.feasible.iter().filter(|f| **f).count(), own.feasible.len() as u64),
        keeps_limits: rival.keeps_limits,
        p_limits: kept(),
        better: share(by.len(), own.npc.len() as u64),
        better_by: mean(&by),
        regret: regret.map(|r| r.mean),
        worst_regret: regret.map(|r| r.worst),
    }
}

fn mean(all: &[f64]) -> Option<f64> {
    let count = f64::from(u32::try_from(all.len()).unwrap_or(u32::MAX));
    (!all.is_empty()).then(|| all.iter().sum::<f64>() / count)
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^53 draws")]
fn share(count: usize, of: u64) -> f64 {
    count as f64 / of.max(1) as f64
}

/// Moves and links that are otherwise.
fn differs(one: &Best, other: &Best) -> usize {
    let apart = |one: &[Option<usize>], other: &[Option<usize>]| one.iter().zip(other).filter(|(a, b)| a != b).count();
    apart(&one.draft.moves, &other.draft.moves) + apart(&one.draft.links, &other.draft.links)
}

fn chosen_view(asked: &Asked<'_>, over: OverDraws, (best, chosen): (&Best, &Best)) -> ChosenOver {
    let evaluated = outcome::evaluate(asked.programme, std::slice::from_ref(&chosen.plan), asked.values);
    let found = &evaluated.options[0];
    ChosenOver {
        draws: over.draws,
        quantile: over.quantile,
        differs: differs(best, chosen),
        npc: found.totals.npc(),
        plan: option::plan(asked.programme, found),
        links: option::links(asked.programme, found),
    }
}

/// What sentences are made from.
struct Words<'a> {
    answered: &'a Answered,
    rivals: &'a [Rival],
    plans: &'a [PlanFaring],
    farings: &'a [Faring],
    draws: u64,
}

impl Words<'_> {
    fn sentences(&self, chosen: Option<(OverDraws, usize)>) -> Vec<String> {
        let mut all = vec![self.cost(), self.limits(), self.beside()];
        all.extend(chosen.map(|(over, differs)| self.chosen(over, differs)));
        all
    }

    fn cost(&self) -> String {
        let (own, central) = (&self.plans[0], &self.answered.answer.best);
        let central = central.as_ref().map_or(own.npc, |best| best.judged.realised.npc);
        let mut npc = self.farings[0].npc.clone();
        npc.sort_unstable_by(f64::total_cmp);
        let (low, high) = (quantile(&npc, 0.1), quantile(&npc, 0.9));
        let often = if high - low < 0.5 {
            String::new()
        } else {
            format!(", and in eight draws of ten it stays {} {}", below(own.npc_p80, high), money(own.npc_p80))
        };
        format!(
            "Over {} draws the roadmap found is expected to cost {} in net present cost ({} on central figures){often}.",
            grouped(f64::from(u32::try_from(self.draws).unwrap_or(u32::MAX)), 0),
            money(own.npc),
            money(central)
        )
    }

    fn limits(&self) -> String {
        let kept = self.plans[0].p_limits.unwrap_or(0.0);
        format!("It keeps all limits, with work, money and gates as they turn out, in {}.", how_often(kept))
    }

    /// Whether any plan beside it that answers the question does better, how often and by how much.
    fn beside(&self) -> String {
        let others: Vec<usize> = (1..self.rivals.len()).filter(|i| self.rivals[*i].answers).collect();
        let besides = self.besides();
        let better = if self.in_points() { "scores more" } else { "costs less" };
        if others.is_empty() {
            return format!("No plan beside it keeps all limits{besides}.");
        }
        let rivals: Vec<&Faring> = others.iter().map(|i| &self.farings[*i]).collect();
        let behind: Vec<f64> = optimiser::behind(&self.farings[0], &rivals).into_iter().filter(|by| *by > 0.0).collect();
        let Some(by) = mean(&behind) else {
            let others = if others.len() == 1 { "the one plan" } else { "any plan" };
            return format!("In none of the draws {others} beside it that keeps all limits{besides} {better}.");
        };
        let most = behind.iter().copied().fold(0.0, f64::max);
        let often =
            others.iter().copied().fold(others[0], |b, i| if self.plans[i].better > self.plans[b].better { i } else { b });
        format!(
            "In {} a plan beside it that keeps all limits{besides} {better}: by {} on average in those draws and by {} at most, most often {}.",
            how_often(share(behind.len(), self.draws)),
            self.amount(by),
            self.amount(most),
            naming::lower(&self.rivals[often].name)
        )
    }

    fn chosen(&self, over: OverDraws, differs: usize) -> String {
        let of = over.quantile.map_or_else(|| "the mean".to_owned(), |q| format!("the P{}", fixed(100.0 * q, 0)));
        let chosen = format!("Chosen for {of} of {} other draws and not for central figures, the roadmap", over.draws);
        let Some(other) = self.plans.iter().find(|p| p.plan == "chosen") else {
            return format!("{chosen} is the same.");
        };
        let (mean, p80) = (other.npc - self.plans[0].npc, other.npc_p80 - self.plans[0].npc_p80);
        let words = |change: f64| super::super::headline::more_or_less(change);
        let items = if differs == 1 { "one move or link" } else { "moves or links" };
        let count = if differs == 1 { String::new() } else { format!("{} ", naming::count(differs)) };
        format!(
            "{chosen} differs in {count}{items}: over the {} draws it costs {} on average, and {} at P80.",
            grouped(f64::from(u32::try_from(self.draws).unwrap_or(u32::MAX)), 0),
            words(mean),
            words(p80)
        )
    }

    /// What was asked for besides, of a plan that has it.
    fn besides(&self) -> String {
        match self.answered.goal {
            Goal::ScoreWithin(most) => format!(" and costs no more than {}", money(most)),
            Goal::CostFor(least) => format!(" and scores at least {} points", fixed(least, 1)),
            Goal::Cost | Goal::Score | Goal::DualRunning => String::new(),
        }
    }

    fn in_points(&self) -> bool {
        goal_words(self.answered.goal).1 == "points"
    }

    fn amount(&self, amount: f64) -> String {
        if self.in_points() { format!("{} points", fixed(amount, 1)) } else { money(amount) }
    }
}
