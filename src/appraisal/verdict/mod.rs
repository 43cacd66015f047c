//! Verdicts by service: what a move is worth as part of the leading option and by itself, and what that rests on.
//! `docs/method.md`, section 31.

mod break_even;
mod sentence;

use super::Case;
use super::result::{Marginal, Verdict, Warning};
use crate::assumption::Values;
use crate::impact;
use crate::outcome::{self, Evaluated, Outcome};
use crate::plan::{Move, Plan};
use crate::programme::{InstanceIx, OptionIx, Programme, RankBasis, ServiceIx};
use rayon::prelude::*;

/// The most services times moves that are looked at, so that the work stays within seconds on large estates.
const MOST: usize = 10_000;

/// Moves looked at whatever the number of services.
const LEAST: usize = 10;

/// Services up to which it is asked what would turn a verdict.
const ASKED: usize = 200;

/// Verdicts, in the order of services and slots, and a warning where some are left out. None without business as usual.
pub(super) fn verdicts(case: &Case<'_>, values: &Values) -> (Vec<Verdict>, Option<Warning>) {
    let programme = case.programme;
    let Some((usual, leading)) = case.usual.zip(moving(case)) else { return (Vec::new(), None) };
    let mut asked = asked(case, leading);
    let all = asked.len();
    let most = MOST.div_euclid(programme.services.len().max(1)).max(LEAST);
    if all > most {
        // The largest services first; in the order of the scenario again afterwards.
        let users = |m: &Move| {
            let service = &programme.services[m.service.0];
            service.users_of(&service.slots[m.slot]).of(values)
        };
        asked.sort_by(|a, b| users(b).total_cmp(&users(a)).then((a.service, a.slot).cmp(&(b.service, b.slot))));
        asked.truncate(most);
        asked.sort_by_key(|m| (m.service, m.slot));
    }
    let left_out = (all > most).then(|| Warning {
        code: "verdicts_left_out".to_owned(),
        message: format!(
            "Verdicts by service are given for the {most} slots with the most users, of {all} that an option moves."
        ),
    });
    let view = View { case, values, usual, leading };
    (asked.into_par_iter().map(|m| view.verdict(&m)).collect(), left_out)
}

/// The option that moves are looked at in: the leading one, or, if it moves nothing, the next of the ranking that does.
fn moving(case: &Case<'_>) -> Option<usize> {
    let moves = |i: &usize| case.plans[*i].moves.iter().any(|m| m.commitment.is_none());
    let ranked = std::iter::once(case.leading).chain(case.ranking.iter().copied());
    ranked.chain(0..case.plans.len()).find(moves)
}

/// The move of every slot that an option moves: that of the option at hand, else of the best-ranked that has one.
fn asked(case: &Case<'_>, leading: usize) -> Vec<Move> {
    let order = std::iter::once(leading).chain(case.ranking.iter().copied()).chain(0..case.plans.len());
    let mut all: Vec<Move> = Vec::new();
    for option in order {
        for m in case.plans[option].moves.iter().filter(|m| m.commitment.is_none()) {
            if !all.iter().any(|known| (known.service, known.slot) == (m.service, m.slot)) {
                all.push(m.clone());
            }
        }
    }
    all.sort_by_key(|m| (m.service, m.slot));
    all
}

/// What verdicts are made from.
struct View<'a> {
    case: &'a Case<'a>,
    values: &'a Values,
    usual: usize,
    leading: usize,
}

/// A plan with a move and the same without it, evaluated.
struct Pair {
    with: Plan,
    without: Plan,
    outcome: Outcome,
}

impl Pair {
    fn of(programme: &Programme, with: Plan, without: Plan, values: &Values) -> Self {
        let outcome = outcome::evaluate(programme, &[with.clone(), without.clone()], values);
        Self { with, without, outcome }
    }

    fn marginal(&self, programme: &Programme, values: &Values) -> Marginal {
        let [a, b] = [&self.outcome.options[0], &self.outcome.options[1]];
        let less = |part: &dyn Fn(&Evaluated) -> f64| part(a) - part(b);
        let maybe = |part: &dyn Fn(&Evaluated) -> Option<f64>| part(a).zip(part(b)).map(|(a, b)| a - b);
        Marginal {
            npc: less(&|o| o.totals.npc()),
            score: self.outcome.scores.as_ref().map(|s| s[0] - s[1]),
            dual_running: less(&|o| o.totals.dual_running()),
            visibility: maybe(&|o| impact::visibility(programme, &o.live, &o.plan.links, values)),
            capability: maybe(&|o| impact::coverage(programme, &o.live, values)),
            person_days: less(&|o| o.costing.effort.person_days(programme)),
        }
    }

    /// Gates that only one of the two fails: with the move, and without it.
    fn fails(&self) -> (Vec<&str>, Vec<&str>) {
        let [with, without] = [&self.outcome.options[0], &self.outcome.options[1]];
        (only_first(with, without), only_first(without, with))
    }
}

/// Names of the gates that the first fails and the other does not.
fn only_first<'a>(first: &'a Evaluated, other: &Evaluated) -> Vec<&'a str> {
    let failed = |id: &str| other.gates.iter().any(|g| g.id == id && !g.passed);
    first.gates.iter().filter(|g| !g.passed && !failed(&g.id)).map(|g| g.name.as_str()).collect()
}

impl View<'_> {
    fn verdict(&self, m: &Move) -> Verdict {
        let programme = self.case.programme;
        let plan = &self.case.plans[self.leading];
        let part = Pair::of(programme, plan_with(plan, m), without(plan, std::slice::from_ref(m)), self.values);
        let usual = &self.case.plans[self.usual];
        let alone = Pair::of(programme, plan_with(usual, m), usual.clone(), self.values);
        let (leave_one_out, first_in) = (part.marginal(programme, self.values), alone.marginal(programme, self.values));
        let tied = tied(&part.with, m);
        let worth = [&leave_one_out, &first_in].map(|marginal| self.gain(marginal) > 0.0);
        let (blocked, needed) = part.fails();
        let word = if !needed.is_empty() || (worth == [true, true] && blocked.is_empty()) {
            if self.product(m.from) == self.product(m.to) { "rationalise" } else { "converge" }
        } else if !blocked.is_empty() || worth == [false, false] {
            if self.links(m.from).is_empty() { "retain" } else { "interoperate" }
        } else {
            "decide_with_group"
        };
        let grouped = word == "decide_with_group" && !tied.is_empty();
        let group_together = grouped.then(|| {
            let members: Vec<Move> = tied.iter().cloned().chain([m.clone()]).collect();
            Pair::of(programme, part.with.clone(), without(&part.with, &members), self.values).marginal(programme, self.values)
        });
        let break_even = if programme.services.len() <= ASKED {
            break_even::all(programme, (&part.with, &part.without), m, self.values)
        } else {
            Vec::new()
        };
        let slot = |m: &Move| self.slot(m.service, m.slot);
        let mut verdict = Verdict {
            service: programme.services[m.service.0].id.clone(),
            slot: programme.services[m.service.0].slots[m.slot].name.clone(),
            verdict: word.to_owned(),
            from: programme.instances[m.from.0].id.clone(),
            to: programme.instances[m.to.0].id.clone(),
            go_live: m.go_live.first_day().to_string(),
            option: programme.options[self.leading].id.clone(),
            basis: if self.scored() { "score" } else { "npc" }.to_owned(),
            leave_one_out,
            first_in,
            interaction: less(&leave_one_out, &first_in),
            gates: blocked.iter().chain(&needed).map(|gate| (*gate).to_owned()).collect(),
            group: if word == "decide_with_group" { tied.iter().map(slot).collect() } else { Vec::new() },
            group_together,
            break_even,
            sentence: String::new(),
        };
        verdict.sentence = sentence::sentence(self, m, &verdict, (&tied, &blocked, &needed));
        verdict
    }

    /// Whether the score decides; net present cost does where it ranks, or where no single index may be printed.
    fn scored(&self) -> bool {
        self.case.outcome.basis == RankBasis::Score && self.case.outcome.scores.is_some()
    }

    /// What a move is better by: points, or pounds saved; nothing below a rounding.
    fn gain(&self, marginal: &Marginal) -> f64 {
        let (gain, rounding) = match marginal.score.filter(|_| self.scored()) {
            Some(score) => (score, 1e-9),
            None => (-marginal.npc, 0.005),
        };
        if gain.abs() < rounding { 0.0 } else { gain }
    }

    fn product(&self, instance: InstanceIx) -> usize {
        self.case.programme.instances[instance.0].product.0
    }

    /// Links that the option builds and that join a system to others.
    fn links(&self, instance: InstanceIx) -> Vec<&str> {
        let new = self.case.plans[self.leading].links.iter().filter(|l| l.live.is_some());
        let links = new.map(|l| &self.case.programme.links[l.link.0]);
        links.filter(|l| l.ends.is_empty() || l.ends.contains(&instance)).map(|l| l.name.as_str()).collect()
    }

    fn slot(&self, service: ServiceIx, slot: usize) -> String {
        let s = &self.case.programme.services[service.0];
        if s.slots.len() > 1 { format!("{}/{}", s.id, s.slots[slot].name) } else { s.id.clone() }
    }
}

/// A plan with a move; the plan itself if it has it.
fn plan_with(plan: &Plan, m: &Move) -> Plan {
    let mut with = plan.clone();
    if !with.moves.contains(m) {
        with.moves.push(m.clone());
        with.moves.sort_by_key(|m| (m.go_live, m.service, m.slot));
    }
    with
}

/// A plan without some moves.
fn without(plan: &Plan, moves: &[Move]) -> Plan {
    let left_out = |m: &Move| moves.iter().any(|own| m.commitment.is_none() && (own.service, own.slot) == (m.service, m.slot));
    let mut rest = plan.clone();
    rest.moves.retain(|m| !left_out(m));
    rest
}

/// Moves tied to a move by a contract: those that leave the same system, else those that join the one it would leave, else
/// those that join the same.
fn tied(plan: &Plan, m: &Move) -> Vec<Move> {
    let others = || plan.moves.iter().filter(|o| o.commitment.is_none() && (o.service, o.slot) != (m.service, m.slot));
    let leaving: Vec<Move> = others().filter(|o| o.from == m.from).cloned().collect();
    let coming: Vec<Move> = others().filter(|o| o.to == m.from).cloned().collect();
    let joining: Vec<Move> = others().filter(|o| o.to == m.to).cloned().collect();
    [leaving, coming, joining].into_iter().find(|tied| !tied.is_empty()).unwrap_or_default()
}

fn less(a: &Marginal, b: &Marginal) -> Marginal {
    let maybe = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a - b);
    Marginal {
        npc: a.npc - b.npc,
        score: maybe(a.score, b.score),
        dual_running: a.dual_running - b.dual_running,
        visibility: maybe(a.visibility, b.visibility),
        capability: maybe(a.capability, b.capability),
        person_days: a.person_days - b.person_days,
    }
}

/// The name of an option, in quotation marks.
fn quoted(programme: &Programme, option: OptionIx) -> String {
    format!("\u{201c}{}\u{201d}", programme.options[option.0].name)
}
