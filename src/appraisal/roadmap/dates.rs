//! What the dates of an option do, its moves and links being what they are: the best dates for them, the least dual running
//! over dates, and what of its gain is its targets' and what its dates'. `docs/method.md`, section 29a.

use super::super::headline::money;
use super::super::result::Dates;
use super::{Settled, soonest, status_word};
use crate::assumption::Values;
use crate::optimiser::{self, Answer, Best, Draft, Effort, Goal, Judge, Space, Status, Watched};
use crate::outcome::{self, Evaluated, Outcome};
use crate::plan::Plan;
use crate::programme::{Freedom, OptionIx};
use rayon::prelude::*;

/// What is asked of an option.
struct Asked<'a> {
    settled: &'a Settled<'a>,
    outcome: &'a Outcome,
    values: &'a Values,
    effort: Effort,
    watched: Watched<'a>,
}

/// What dates do, by option: of those that move something by rules of their own where all are `asked` for, otherwise of those
/// whose dates are left to the optimiser. Nothing of an option for which it is stopped.
pub(in crate::appraisal) fn dates(
    settled: &Settled<'_>,
    outcome: &Outcome,
    (asked, effort): (bool, Effort),
    (values, watched): (&Values, Watched<'_>),
) -> Vec<Option<Dates>> {
    let programme = &*settled.programme;
    let of = Asked { settled, outcome, values, effort, watched };
    let wanted = |option: usize| match programme.options[option].freedom {
        Some(Freedom::Roadmap) => false,
        Some(Freedom::Schedule) => true,
        None => asked,
    };
    (0..settled.plans.len()).into_par_iter().map(|i| if wanted(i) { of.dates(i) } else { None }).collect()
}

/// The part of dual running that the dates with the least of it would avoid; never below nothing, which is what a plan that
/// does not keep all limits may have less than those that do.
pub(in crate::appraisal) fn avoidable(dual_running: f64, dates: Option<&Dates>) -> Option<f64> {
    dates.map(|dates| (dual_running - dates.least_dual_running).max(0.0))
}

impl Asked<'_> {
    /// `None` where nothing moves, or no dates keep all limits.
    fn dates(&self, option: usize) -> Option<Dates> {
        let programme = &*self.settled.programme;
        let own = &self.outcome.options[option];
        own.plan.moves.iter().find(|m| m.commitment.is_none())?;
        if self.watched.is_stopped() {
            return None;
        }
        let space = Space::of(programme, OptionIx(option), Freedom::Schedule, self.values);
        let judge = Judge::of(programme, &space, self.values).watched(self.watched);
        let (best, status) = self.best(option, &judge)?;
        let known = self.known(&space, option).chain([best.draft.clone()]).collect::<Vec<Draft>>();
        // The best found for cost is one of the plans looked at, so there is one.
        let least = optimiser::answer(&judge, Goal::DualRunning, &known, self.effort).best?;
        // Dates that were not sought to the end do not say what is the least.
        if self.watched.is_stopped() {
            return None;
        }
        let soonest = outcome::net_present_cost(programme, &soonest(programme, OptionIx(option), self.values), self.values);
        let npc = own.totals.npc();
        let usual = programme.business_as_usual().map(|usual| self.outcome.options[usual.0].totals.npc());
        let mut dates = Dates {
            status: status_word(status).to_owned(),
            keeps_limits: judge.judge_plan(&own.plan).achievable(),
            npc: best.judged.realised.npc,
            saves: settled(npc - best.judged.realised.npc),
            dual_running: best.judged.realised.dual_running,
            least_dual_running: least.judged.realised.dual_running.min(best.judged.realised.dual_running),
            npc_soonest: soonest,
            gain_of_targets: usual.map(|usual| settled(usual - soonest)),
            gain_of_dates: settled(soonest - npc),
            sentence: String::new(),
        };
        dates.sentence = self.sentence(own, &dates);
        Some(dates)
    }

    /// The best dates, with what is known of better ones: what the option was given, where that was asked.
    fn best(&self, option: usize, judge: &Judge<'_>) -> Option<(Best, Status)> {
        let known = self.settled.answered.iter().find(|a| a.option == OptionIx(option));
        if let Some(answered) = known.filter(|a| a.goal == Goal::Cost || a.answer.best.is_none()) {
            return told(&answered.answer);
        }
        let drafts: Vec<Draft> = self.known(judge.space, option).collect();
        let answer = optimiser::answer(judge, Goal::Cost, &drafts, self.effort);
        told(&answer)
    }

    /// The plan of the option, if its dates may be chosen.
    fn known(&self, space: &Space, option: usize) -> impl Iterator<Item = Draft> {
        let plan: &Plan = &self.settled.plans[option];
        space.draft(plan).into_iter()
    }

    fn sentence(&self, own: &Evaluated, dates: &Dates) -> String {
        let name = &self.settled.programme.options[own.plan.option.0].name;
        let avoidable = avoidable(own.totals.dual_running(), Some(dates)).unwrap_or(0.0);
        let dual = if avoidable < 0.5 {
            String::new()
        } else {
            format!(
                " Of its {} of dual running, other dates within all limits could avoid {}.",
                money(own.totals.dual_running()),
                money(avoidable)
            )
        };
        let status = match dates.status.as_str() {
            "proven" => "the best dates",
            _ => "the best dates found",
        };
        let cost = if dates.saves.abs() < 0.5 {
            format!(
                "{name}: no dates for the same moves {} less.",
                if dates.status == "proven" { "cost" } else { "were found that cost" }
            )
        } else if dates.saves > 0.0 {
            let limits = if dates.keeps_limits { "" } else { ", and keep all limits, which its own dates do not" };
            format!("{name}: {status} for the same moves cost {} less in net present cost{limits}.", money(dates.saves))
        } else {
            format!(
                "{name}: within all limits, which its own dates do not keep, {status} for the same moves cost {} more in net present cost.",
                money(-dates.saves)
            )
        };
        cost + &dual
    }
}

/// The best with what is known of better ones: proven to the pound only, since "the best dates" are told without a gap.
fn told(answer: &Answer) -> Option<(Best, Status)> {
    let gap = super::measured(Goal::Cost, answer).2;
    let status = match answer.status {
        Status::Proven if gap.is_some_and(|gap| !super::is_closed(Goal::Cost, gap)) => Status::Bounded,
        status => status,
    };
    answer.best.clone().map(|best| (best, status))
}

/// Without what is rounding, and without a sign on zero.
fn settled(amount: f64) -> f64 {
    if amount.abs() < 1e-6 { 0.0 } else { amount }
}
