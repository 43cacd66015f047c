//! Draws, and what they say, as plain data.

use super::result::{
    AssumptionView, BudgetChance, Finish, InformationValue, OptionUncertainty, Spread as SpreadView, Uncertainty,
};
use super::{Case, naming};
use crate::assumption::{Handle, Sampler, Unknown};
use crate::outcome::Simulation;
use crate::programme::{Mode, Programme, RankBasis};
use crate::quantity::{AppraisalPeriod, fixed, hundredths, pounds};
use crate::uncertainty::{self, Column, Draws, Information, Progress, Spread, Weighing, quantile};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// All draws, with what they were made of.
pub(super) struct Drawn<'a> {
    pub(super) simulation: Simulation<'a>,
    pub(super) sampler: Sampler,
    pub(super) unknowns: Vec<Unknown>,
    pub(super) draws: Draws,
    /// Net present cost and score by option.
    npc: Vec<Option<Spread>>,
    score: Vec<Option<Spread>>,
    seed: u64,
}

impl<'a> Drawn<'a> {
    /// Makes so many draws.
    pub(super) fn of(
        (programme, plans): (&'a Programme, &'a [crate::plan::Plan]),
        (seed, count): (u64, usize),
        weighing: Option<&Weighing<'_>>,
        progress: &Progress,
    ) -> Self {
        let simulation = Simulation::of(programme, plans);
        let sampler = sampler(programme, seed);
        let draws = uncertainty::draw(&simulation, &sampler, weighing, count, progress);
        // Kept, since each puts the whole sample in order.
        let npc = draws.options.par_iter().map(|column| column.spread(|c| &c.npc)).collect();
        let score = draws.options.par_iter().map(|column| column.spread(|c| &c.score)).collect();
        Self { unknowns: sampler.unknowns(), simulation, sampler, draws, npc, score, seed }
    }

    fn column(&self, option: usize) -> &Column {
        &self.draws.options[option]
    }

    /// Whether every draw is the central case.
    pub(super) fn is_certain(&self) -> bool {
        self.sampler.is_certain()
    }

    /// Expected net present cost and its P80.
    pub(super) fn npc(&self, option: usize) -> Option<Spread> {
        self.npc[option]
    }

    /// Expected score.
    pub(super) fn score(&self, option: usize) -> Option<Spread> {
        self.score[option]
    }

    /// Probability of ranking first.
    pub(super) fn first(&self, option: usize) -> f64 {
        self.column(option).is_first().probability
    }

    /// How often each option ranks first, in words: whole draws of 100 that add up, over all options and the draws in which
    /// none does, as the shares do.
    pub(super) fn firsts(&self) -> Vec<String> {
        let first: Vec<f64> = (0..self.draws.options.len()).map(|option| self.first(option)).collect();
        let none = 1.0 - first.iter().sum::<f64>();
        // Where options share a rank, shares of the first add up to more than all draws.
        if none < -1e-9 {
            return first.into_iter().map(how_often).collect();
        }
        let whole = hundredths(&first.iter().copied().chain([none.max(0.0)]).collect::<Vec<f64>>());
        first.into_iter().zip(whole).map(|(share, of_100)| how_often_in(share, of_100)).collect()
    }

    /// Whether two options differ on average by no more than two standard errors of their difference; one draw tells of none.
    pub(super) fn level(&self, basis: RankBasis, one: usize, other: usize) -> bool {
        let of = |c: &'_ Column| if basis == RankBasis::Score && !c.score.is_empty() { c.score.clone() } else { c.npc.clone() };
        let (one, other) = (of(self.column(one)), of(self.column(other)));
        let mut apart: Vec<f64> = one.iter().zip(&other).map(|(a, b)| a - b).collect();
        Spread::of(&mut apart).is_none_or(|s| s.draws < 2 || s.mean.abs() < 2.0 * s.standard_error)
    }

    /// Rank by expected value, on the basis in force, of options that pass every gate in the central case.
    pub(super) fn ranks(&self, case: &Case<'_>) -> Vec<Option<usize>> {
        let key = |i: usize| {
            case.outcome.ranks[i]?;
            let score = self.score(i).filter(|_| case.outcome.basis == RankBasis::Score).map(|s| -s.mean);
            score.or_else(|| self.npc(i).map(|s| s.mean))
        };
        crate::scoring::ranks(&(0..case.plans.len()).map(key).collect::<Vec<_>>())
    }
}

/// What draws are made by.
pub(super) fn sampler(programme: &Programme, seed: u64) -> Sampler {
    let events: Vec<Handle> = programme.risks.iter().map(|r| r.probability.handle()).collect();
    Sampler::new(&programme.register, seed, &programme.correlations, &events)
        .expect("the reader refuses correlations that contradict each other")
}

/// One option over the draws.
pub(super) fn option(case: &Case<'_>, i: usize) -> Option<OptionUncertainty> {
    let drawn = case.drawn.as_ref()?;
    let period = &case.programme.frame.period;
    let column = drawn.column(i);
    let index = case.programme.frame.mode != Mode::Shortlist;
    let (feasible, ranks) = (column.is_feasible(), column.rank_acceptability());
    let budgets = drawn.simulation.budgets().iter().zip(column.is_short()).map(|(budget, share)| BudgetChance {
        body: case.programme.organisations[budget.body.0].id.clone(),
        year: period.year(budget.year).to_string(),
        probability: share.probability,
        standard_error: share.standard_error,
    });
    let mut ordered = column.npc.clone();
    ordered.sort_unstable_by(f64::total_cmp);
    Some(OptionUncertainty {
        npc: view(drawn.npc(i)?),
        cash: view(column.spread(|c| &c.cash)?),
        dual_running: view(column.spread(|c| &c.dual_running)?),
        person_days: view(column.spread(|c| &c.person_days)?),
        score: drawn.score(i).filter(|_| index).map(view),
        p_feasible: feasible.probability,
        p_feasible_error: feasible.standard_error,
        probability_first: ranks.first().map_or(0.0, |s| s.probability),
        probability_first_error: ranks.first().map_or(0.0, |s| s.standard_error),
        rank_acceptability: ranks.iter().map(|s| s.probability).collect(),
        budgets: budgets.collect(),
        finish: finish(column, period),
        curve: (0..=100).map(|p| quantile(&ordered, f64::from(p) / 100.0)).collect(),
    })
}

fn view(spread: Spread) -> SpreadView {
    let Spread { mean, standard_error, draws, quantiles: [p10, p50, p80, p90], errors, .. } = spread;
    // One draw says nothing of how far others are.
    let known = draws > 1;
    let (standard_error, quantile_errors) = (known.then_some(standard_error), known.then_some(errors));
    SpreadView { mean, standard_error, p10, p50, p80, p90, quantile_errors }
}

/// The month by which so many draws have finished; a share of a month counts as the whole.
fn finish(column: &Column, period: &AppraisalPeriod) -> Option<Finish> {
    let [p10, p50, p80, p90] = column.spread(|c| &c.finish)?.quantiles;
    let day = |offset: f64| period.start().plus(crate::plan::whole_months(offset.ceil())).first_day().to_string();
    Some(Finish { p10: day(p10), p50: day(p50), p80: day(p80), p90: day(p90) })
}

/// What was drawn and what it says.
pub(super) fn whole(case: &Case<'_>, information: &[InformationValue]) -> Option<Uncertainty> {
    let drawn = case.drawn.as_ref()?;
    let events = drawn.unknowns.iter().filter(|u| u.event).count();
    let uncertain = drawn.sampler.drawn().count();
    Some(Uncertainty {
        draws: drawn.draws.count as u64,
        seed: drawn.seed,
        uncertain,
        certain: case.programme.register.len() - uncertain,
        events,
        sentences: sentences(case, drawn, information),
    })
}

fn sentences(case: &Case<'_>, drawn: &Drawn<'_>, information: &[InformationValue]) -> Vec<String> {
    let mut all = Vec::new();
    if drawn.sampler.is_certain() {
        return vec!["No number has a range and no risk is given, so every draw is the central case.".to_owned()];
    }
    let name = |i: usize| case.name(i);
    let mut order: Vec<usize> = case.ranking.clone();
    order.sort_by(|a, b| drawn.first(*b).total_cmp(&drawn.first(*a)).then(a.cmp(b)));
    if let [most, next, ..] = order[..] {
        let on = if case.outcome.basis == RankBasis::Score { "weighted score" } else { "net present cost" };
        let often = drawn.firsts();
        let second = if drawn.first(next) > 0.0 { format!(", {} in {}", name(next), often[next]) } else { String::new() };
        all.push(format!("{} ranks first on {on} in {}{second}.", name(most), often[most]));
    }
    if case.priced()
        && let Some(spread) = drawn.npc(case.leading)
    {
        let [low, _, p80, high] = spread.quantiles;
        let expected = format!(
            "{} is expected to cost {} in net present cost ({} on central figures)",
            name(case.leading),
            pounds(spread.mean),
            pounds(case.npc(case.leading))
        );
        // Of what does not vary nothing lies between.
        all.push(if spread.draws < 2 {
            format!("{expected}: one draw, which tells nothing of how far others would be.")
        } else if spread.deviation < 0.5 {
            format!("{expected}, in every draw the same.")
        } else if high - low < 0.5 {
            format!("{expected}; in eight draws of ten or more it is {}.", pounds(low))
        } else {
            format!(
                "{expected}; in eight draws of ten it stays {} {}, and in eight of ten it lies between {} and {}.",
                super::headline::below(p80, high),
                pounds(p80),
                pounds(low),
                pounds(high)
            )
        });
    }
    all.extend(cash(case, drawn));
    all.extend(points(case, drawn));
    all.extend((0..case.plans.len()).filter_map(|i| {
        let share = drawn.column(i).is_feasible().probability;
        let (passes, now) = (how_often(share), case.outcome.options[i].feasible());
        match now {
            true if share < 0.95 => Some(format!("{} passes every gate in {passes}.", name(i))),
            false if share > 0.005 => {
                Some(format!("{} fails a gate on central figures, and passes every gate in {passes}.", name(i)))
            }
            _ => None,
        }
    }));
    all.extend(worth_finding_out(information));
    all
}

/// The number that would be worth most to find out, of those of which the draws tell it.
fn worth_finding_out(information: &[InformationValue]) -> Option<String> {
    // What is less than two standard errors may be nothing.
    let told = |i: &&InformationValue| i.pounds > 0.5 && i.pounds >= 2.0 * i.pounds_error;
    let best = information.iter().filter(|i| i.kind == "single").filter(told);
    let first = best.max_by(|a, b| a.pounds.total_cmp(&b.pounds))?;
    Some(format!(
        "What would be worth most to find out before choosing on cost: {} (up to {}).",
        naming::lower(&first.name),
        pounds(first.pounds)
    ))
}

/// Cash of the leading option: a budget needs what is expected, and central figures may be far from it.
fn cash(case: &Case<'_>, drawn: &Drawn<'_>) -> Option<String> {
    let spread = drawn.column(case.leading).spread(|c| &c.cash).filter(|s| case.priced() && s.deviation >= 0.5)?;
    let [low, _, p80, _] = spread.quantiles;
    let central = case.cash(case.leading);
    let seldom = if central < low { ", less than in nine draws of ten" } else { "" };
    Some(format!(
        "In cash over the period, VAT included, it is expected to take {} ({} on central figures{seldom}); in eight draws of ten it stays below {}.",
        pounds(spread.mean),
        pounds(central),
        pounds(p80)
    ))
}

/// Score of the leading option where scores rank: central figures may be kinder than the draws.
fn points(case: &Case<'_>, drawn: &Drawn<'_>) -> Option<String> {
    let spread = drawn.score(case.leading).filter(|s| s.deviation >= 0.05)?;
    let central = case.outcome.scores.as_ref().filter(|_| case.outcome.basis == RankBasis::Score)?[case.leading];
    let [low, _, _, high] = spread.quantiles;
    let seldom = if central > high { ", more than in nine draws of ten" } else { "" };
    Some(format!(
        "Its score is expected to be {} points ({} on central figures{seldom}); in nine draws of ten it is above {}.",
        fixed(spread.mean, 1),
        fixed(central, 1),
        fixed(low, 1)
    ))
}

/// Puts beside each number of the log how much of the variance it explains.
pub(super) fn explained(assumptions: &mut [AssumptionView], information: &[InformationValue]) {
    // A risk whose probability has a range stands there twice: what it explains and what its happening does, which are
    // independent, so that they add up.
    let mut shares: BTreeMap<&str, f64> = BTreeMap::new();
    for (i, share) in information.iter().filter_map(|i| Some((i, i.share_of_variance?))) {
        for id in &i.inputs {
            *shares.entry(id).or_insert(0.0) += share;
        }
    }
    for assumption in assumptions {
        assumption.share_of_variance = shares.get(assumption.id.as_str()).copied().map(|share| share.min(1.0));
    }
}

/// A share of the draws in words; never all or none of them where it is not.
pub(super) fn how_often(share: f64) -> String {
    how_often_in(share, fixed(100.0 * share, 0).parse().unwrap_or(0))
}

/// The same with the whole draws of 100 that it is shown as.
fn how_often_in(share: f64, of_100: u32) -> String {
    match share {
        p if p >= 1.0 => "every draw".to_owned(),
        p if p <= 0.0 => "none of the draws".to_owned(),
        p if p > 0.995 || of_100 >= 100 => "more than 99 of 100 draws".to_owned(),
        p if p < 0.005 || of_100 == 0 => "fewer than one draw in 100".to_owned(),
        _ => format!("{of_100} of 100 draws"),
    }
}

/// What it would be worth to know everything, groups of numbers, and each unknown alone, most valuable first.
pub(super) fn information(case: &Case<'_>) -> Vec<InformationValue> {
    let Some(drawn) = &case.drawn else { return Vec::new() };
    let (names, groups) = groups(case, drawn);
    let index = case.programme.frame.mode != Mode::Shortlist;
    let learn = |of: &dyn Fn(&Column) -> Vec<f64>| -> Option<Information> {
        let values: Vec<Vec<f64>> = case.ranking.iter().map(|i| of(drawn.column(*i))).collect();
        let drawn_at_all = values.iter().all(|v| v.len() == drawn.draws.count);
        drawn_at_all.then(|| uncertainty::information(&values, &drawn.sampler, &drawn.unknowns, &groups)).flatten()
    };
    let Some(on_cost) = learn(&|c| c.npc.iter().map(|npc| -npc).collect()) else { return Vec::new() };
    let on_score = if index { learn(&|c| c.score.clone()) } else { None };
    let ids = |unknowns: &mut dyn Iterator<Item = usize>| -> Vec<String> {
        // A risk whose probability has a range is two unknowns with one number.
        let mut handles: Vec<Handle> = unknowns.flat_map(|u| drawn.unknowns[u].members.iter().copied()).collect();
        handles.sort_unstable();
        handles.dedup();
        handles.into_iter().map(|h| case.programme.register.get(h).id.clone()).collect()
    };
    let row = |inputs: Vec<String>, (name, kind): (String, &str), of: &dyn Fn(&Information) -> uncertainty::Worth| {
        let (cost, score) = (of(&on_cost), on_score.as_ref().map(of));
        InformationValue {
            inputs,
            name,
            kind: kind.to_owned(),
            pounds: cost.value,
            pounds_error: cost.standard_error,
            points: score.map(|s| s.value),
            standard_error: score.map(|s| s.standard_error),
            share_of_variance: None,
        }
    };
    let mut all = vec![row(ids(&mut (0..drawn.unknowns.len())), ("Everything".to_owned(), "everything"), &|i| i.perfect)];
    for (g, (name, members)) in names.into_iter().zip(&groups).enumerate() {
        all.push(row(ids(&mut members.iter().copied()), (name, "group"), &|i| i.groups[g]));
    }
    let inputs = naming::Inputs::of(case.programme);
    let mut single: Vec<InformationValue> = (0..drawn.unknowns.len())
        .map(|u| {
            let name = name(case, &inputs, &drawn.unknowns[u]);
            let share = Some(on_cost.of_variance[u]);
            InformationValue { share_of_variance: share, ..row(ids(&mut [u].into_iter()), (name, "single"), &|i| i.single[u]) }
        })
        .collect();
    single.sort_by(|a, b| b.pounds.total_cmp(&a.pounds).then(b.points.unwrap_or(0.0).total_cmp(&a.points.unwrap_or(0.0))));
    all.extend(single);
    all
}

/// Unknowns by the section of the scenario that their first number stands in.
fn groups(case: &Case<'_>, drawn: &Drawn<'_>) -> (Vec<String>, Vec<Vec<usize>>) {
    let mut by_section: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (u, unknown) in drawn.unknowns.iter().enumerate() {
        let id = unknown.members.first().map_or("", |h| case.programme.register.get(*h).id.as_str());
        by_section.entry(id.split('.').next().unwrap_or_default()).or_default().push(u);
    }
    let named = |section: &str| format!("All numbers on {}", naming::section(section));
    by_section.into_iter().filter(|(_, members)| members.len() > 1).map(|(s, m)| (named(s), m)).unzip()
}

/// An unknown in words: its driver, or its number.
pub(super) fn name(case: &Case<'_>, names: &naming::Inputs<'_>, unknown: &Unknown) -> String {
    let entry = case.programme.register.get(unknown.members[0]);
    match &entry.varies_with {
        Some(driver) if unknown.members.len() > 1 && !unknown.event => {
            let count = naming::count(unknown.members.len());
            let quoted = || format!("\u{201c}{}\u{201d}", driver.replace('_', " "));
            let driver = case.programme.drivers.get(driver).cloned().unwrap_or_else(quoted);
            format!("{driver}, {count} numbers that vary together")
        }
        _ if unknown.event => {
            let words = names.words(&entry.id);
            format!("{}: whether it happens", words.strip_suffix(": probability").unwrap_or(&words))
        }
        _ => names.words(&entry.id),
    }
}
