//! One option as plain data.

use super::economics as economics_of;
use super::result::{
    Amounts, BodyFinancial, ContractDualRunning, Cost, CostLineView, DualRunning, Effort, Financial, GateResult, Identity,
    LinkEntry, OptionResult, PlanEntry, ReportedMeasure, RoadmapEntry, RoleEffort, TeamLoad, YearAmounts,
};
use super::{Case, archives, area, calendar, exits, funding, limits, naming, uncertainty, value_for_money, waterfall};
use crate::assumption::Values;
use crate::costing::{Load, Stint, UseState};
use crate::economics;
use crate::outcome::{self, Capital, Evaluated};
use crate::plan::Plan;
use crate::programme::{BenefitClass, Category, InstanceIx, Mode, OptionIx, Programme, RoleIx, ServiceIx, UNASSIGNED};
use indexmap::IndexMap;
use rayon::prelude::*;

/// The net present cost of each option with every go-live a month and a quarter later. `None` where the old
/// contract would run out first: no figure is right then, since a month nobody covers is not free.
pub(super) struct Slippage {
    pub(super) month: Vec<Option<f64>>,
    pub(super) quarter: Vec<Option<f64>>,
}

impl Slippage {
    pub(super) fn of(programme: &Programme, plans: &[Plan], values: &Values) -> Self {
        let one = |plan: &Plan, months: usize| {
            let later = outcome::evaluate(programme, &[plan.slipped(months)], values).options;
            later.first().filter(|o| o.costing.uncovered(programme).is_empty()).map(|o| o.totals.npc())
        };
        let all = |months: usize| plans.par_iter().map(|plan| one(plan, months)).collect();
        Self { month: all(1), quarter: all(3) }
    }
}

/// Everything about one option.
pub(super) fn result(case: &Case<'_>, i: usize, slippage: &Slippage, values: &Values) -> OptionResult {
    let programme = case.programme;
    let (definition, evaluated) = (&programme.options[i], &case.outcome.options[i]);
    let criteria = || programme.tree.criteria.iter().map(|c| c.id.clone());
    let score = case.outcome.scores.as_ref().map(|s| s[i]).filter(|_| programme.frame.mode != Mode::Shortlist);
    let contributions = case
        .outcome
        .weights
        .as_ref()
        .filter(|_| score.is_some())
        .map_or_else(IndexMap::new, |w| criteria().zip(crate::scoring::contributions(w, &evaluated.values)).collect());
    OptionResult {
        id: definition.id.clone(),
        name: definition.name.clone(),
        description: definition.description.clone(),
        kind: definition.kind.word().to_owned(),
        role: definition.role.map(|r| r.word().to_owned()),
        feasible: evaluated.feasible(),
        gates: evaluated
            .gates
            .iter()
            .map(|g| GateResult { id: g.id.clone(), name: g.name.clone(), passed: g.passed, reason: g.reason.clone() })
            .collect(),
        rank_basis: case.outcome.basis.word().to_owned(),
        rank: case.outcome.ranks[i],
        rank_expected: case.expected.get(i).copied().flatten(),
        score,
        optimised: super::roadmap::optimised(case.answered, i),
        dates: case.dates.get(i).cloned().flatten(),
        plan: plan(programme, evaluated),
        roadmap: evaluated.costing.usage.stints.iter().map(|s| stint(programme, s)).collect(),
        links: links(programme, evaluated),
        cost: cost(programme, evaluated),
        economics: economics_of::metrics(case, i),
        waterfall: waterfall::steps(case, i),
        financial: financial(programme, evaluated, values),
        approvals: limits::approvals(programme, evaluated, values),
        routes: calendar::routes(programme, evaluated, values),
        dual_running: dual_running(case, i, slippage),
        effort: effort(programme, evaluated, values),
        areas: area::results(case, i, values),
        exits: exits::decisions(case, i),
        archives: archives::results(case, i),
        terminal_liability: archives::liability(case, i),
        measures: criteria().zip(evaluated.measures.iter().copied()).collect(),
        values: criteria().zip(evaluated.values.iter().copied()).collect(),
        contributions,
        value: value_for_money::value(case, i).filter(|_| score.is_some()),
        uncertainty: uncertainty::option(case, i),
        reported: reported(programme, evaluated, values),
        unmonetised: unmonetised(programme, i),
    }
}

/// Net present cost taken apart.
pub(super) fn identity(case: &Case<'_>, i: usize) -> Identity {
    let totals = &case.outcome.options[i].totals;
    Identity {
        cost: totals.cost_criterion(),
        dual_running: totals.dual_running(),
        staff_time: totals.staff_time(),
        scored_elsewhere: totals.present(Category::ScoredElsewhere),
        npc: totals.npc(),
    }
}

/// Where each slot of each service ends up.
pub(super) fn plan(programme: &Programme, evaluated: &Evaluated) -> Vec<PlanEntry> {
    let period = &programme.frame.period;
    let mut entries = Vec::new();
    for (s, service) in programme.services.iter().enumerate() {
        for (slot, held) in service.slots.iter().enumerate() {
            let mut moves = evaluated.plan.moves.iter().zip(&evaluated.costing.moves);
            let last = moves.rfind(|(m, _)| m.service == ServiceIx(s) && m.slot == slot);
            let instance = last.map_or(held.instance, |(m, _)| m.to);
            let day = |offset: i32| period.start().plus(offset).first_day().to_string();
            entries.push(PlanEntry {
                service: service.id.clone(),
                slot: held.name.clone(),
                instance: programme.instances[instance.0].id.clone(),
                go_live: last.map(|(_, when)| day(when.planned)),
                expected_go_live: last.map(|(_, when)| day(when.live)),
                committed: last.is_some_and(|(m, _)| m.commitment.is_some()),
            });
        }
    }
    entries
}

fn stint(programme: &Programme, stint: &Stint) -> RoadmapEntry {
    let service = &programme.services[stint.service.0];
    RoadmapEntry {
        service: service.id.clone(),
        slot: service.slots[stint.slot].name.clone(),
        instance: programme.instances[stint.instance.0].id.clone(),
        state: match stint.state {
            UseState::Live => "live",
            UseState::Provisioned => "provisioned",
            UseState::Parallel => "parallel",
        }
        .to_owned(),
        from: stint.from,
        to: stint.to,
    }
}

/// Links, and from when.
pub(super) fn links(programme: &Programme, evaluated: &Evaluated) -> Vec<LinkEntry> {
    let entry = |l: &crate::plan::PlannedLink| {
        let link = &programme.links[l.link.0];
        LinkEntry { id: link.id.clone(), name: link.name.clone(), live: l.live.map(|m| m.first_day().to_string()) }
    };
    evaluated.plan.links.iter().map(entry).collect()
}

fn cost(programme: &Programme, evaluated: &Evaluated) -> Cost {
    let totals = &evaluated.totals;
    let period = &programme.frame.period;
    let used = |c: &&Category| totals.categories[**c as usize].nominal.years().iter().any(|a| a.value() != 0.0);
    let categories: Vec<Category> = Category::ALL.iter().filter(used).copied().collect();
    let amounts = |c: &Category| Amounts { nominal: totals.nominal(*c), real: totals.real(*c), present: totals.present(*c) };
    let mut by_year = Vec::new();
    for year in 0..period.years() {
        for category in &categories {
            let y = &totals.categories[*category as usize];
            let nominal = y.nominal.years()[year].value();
            if nominal != 0.0 {
                by_year.push(YearAmounts {
                    year: period.year(year).to_string(),
                    category: category.word().to_owned(),
                    nominal,
                    real: y.real.years()[year].value(),
                    present: y.present.years()[year].value(),
                });
            }
        }
    }
    let factors = economics::factors(&programme.parameters.standard, period.horizon);
    let npc = totals.npc();
    Cost {
        npc,
        npsv: if npc == 0.0 { 0.0 } else { -npc },
        eac: npc / economics::annuity_factor(&factors),
        nominal: Category::ALL.iter().map(|c| totals.nominal(*c)).sum(),
        real: Category::ALL.iter().map(|c| totals.real(*c)).sum(),
        by_category: categories.iter().map(|c| (c.word().to_owned(), amounts(c))).collect(),
        by_year,
        lines: lines(programme, evaluated),
    }
}

fn lines(programme: &Programme, evaluated: &Evaluated) -> Vec<CostLineView> {
    let body = |o: crate::programme::OrganisationIx| programme.organisations[o.0].id.clone();
    evaluated
        .costing
        .lines
        .iter()
        .zip(&evaluated.totals.lines)
        .map(|(line, totals)| {
            let mut uses: Vec<&str> = line.uses.iter().map(|h| programme.register.get(*h).id.as_str()).collect();
            uses.sort_unstable();
            uses.dedup();
            CostLineView {
                category: line.category.word().to_owned(),
                what: match line.category {
                    Category::ResidualValue => format!("What is left of: {}", naming::lineage(programme, line.lineage)),
                    _ => naming::lineage(programme, line.lineage),
                },
                body: line.bearer.map(body),
                nominal: totals.nominal.total().value(),
                real: totals.real.value(),
                present: totals.present.value(),
                by_year: totals.nominal.years().iter().map(|m| m.value()).collect(),
                assumptions: uses.into_iter().map(str::to_owned).collect(),
            }
        })
        .collect()
}

fn financial(programme: &Programme, evaluated: &Evaluated, values: &Values) -> Financial {
    let totals = &evaluated.totals;
    let sum = |part: fn(&crate::outcome::Body) -> f64| totals.bodies.iter().map(part).sum::<f64>();
    let name = |i: usize| programme.organisations.get(i).map_or_else(|| UNASSIGNED.to_owned(), |o| o.id.clone());
    let idle = crate::outcome::Body::default();
    let by_body = totals.bodies.iter().enumerate().filter(|(_, b)| **b != idle);
    let capital = Capital::of(programme, &evaluated.costing.lines, values);
    let all = |bodies: &[Vec<f64>]| (0..programme.frame.period.years()).map(|y| bodies.iter().map(|b| b[y]).sum()).collect();
    let funding_gap = funding::gaps(programme, evaluated, &capital, values);
    let unagreed = funding::unagreed(programme, evaluated);
    Financial {
        nominal: sum(|b| b.nominal),
        non_cash: sum(|b| b.non_cash),
        vat: sum(|b| b.vat),
        transfers: sum(|b| b.transfers),
        cash: totals.total_cash(),
        // The sum of nothing is -0.
        unagreed_benefits: 0.0 + unagreed.iter().sum::<f64>(),
        unagreed_by_year: unagreed,
        cash_by_year: totals.cash.clone(),
        capital: capital.spending.iter().flatten().sum(),
        capital_by_year: all(&capital.spending),
        depreciation_by_year: all(&capital.depreciation),
        funding_total: funding::totals(&funding_gap),
        funding_gap,
        by_body: by_body
            .map(|(i, b)| BodyFinancial {
                body: name(i),
                nominal: b.nominal,
                non_cash: b.non_cash,
                vat: b.vat,
                transfers: b.transfers,
                cash: b.cash(),
                cash_by_year: totals.body_cash[i].clone(),
                capital_by_year: capital.spending[i].clone(),
                depreciation_by_year: capital.depreciation[i].clone(),
            })
            .collect(),
    }
}

fn dual_running(case: &Case<'_>, i: usize, slippage: &Slippage) -> DualRunning {
    let programme = case.programme;
    let evaluated = &case.outcome.options[i];
    let totals = &evaluated.totals;
    let moved = !evaluated.plan.moves.is_empty() || evaluated.plan.links.iter().any(|l| l.live.is_some());
    let change = |later: &[Option<f64>]| later[i].filter(|_| moved).map(|npc| npc - totals.npc());
    // Months that are sunk, or not invoiced, are in no part of the appraisal.
    let first = programme.frame.period.first_counted();
    let sum = |months: &[f64]| 0.0 + months[first.min(months.len())..].iter().sum::<f64>();
    let by_contract = programme.contracts.iter().zip(&evaluated.costing.contracts).map(|(contract, c)| ContractDualRunning {
        contract: contract.id.clone(),
        service: sum(&c.service),
        head_start: sum(&c.head_start),
        overlap: sum(&c.overlap),
        stranded: sum(&c.stranded),
        archive: sum(&c.archive),
        invoice: sum(&c.invoice),
    });
    DualRunning {
        present: totals.dual_running(),
        nominal: Category::ALL.iter().filter(|c| c.is_dual_running()).map(|c| totals.nominal(*c)).sum(),
        head_start: totals.present(Category::HeadStart),
        overlap: totals.present(Category::Overlap),
        stranded: totals.present(Category::Stranded),
        archive: totals.present(Category::Archive),
        committed: evaluated.committed,
        avoidable: super::roadmap::avoidable(totals.dual_running(), case.dates.get(i).and_then(Option::as_ref)),
        slippage_first_month: change(&slippage.month),
        slippage_first_quarter: change(&slippage.quarter),
        by_contract: by_contract.collect(),
    }
}

fn effort(programme: &Programme, evaluated: &Evaluated, values: &Values) -> Effort {
    let effort = &evaluated.costing.effort;
    let loads = effort.loads(programme, values);
    let by_role = programme.roles.iter().enumerate().filter_map(|(i, role)| {
        let quarters = effort.by_quarter(programme, RoleIx(i));
        let days: f64 = quarters.iter().map(|(_, d)| d).sum();
        let peak = quarters
            .iter()
            .fold(None, |best: Option<&(_, f64)>, q| if best.is_none_or(|b| q.1 > b.1) { Some(q) } else { best })?;
        (days > 0.0).then(|| RoleEffort {
            role: role.id.clone(),
            name: role.name.clone(),
            days,
            peak_quarter: peak.0.to_string(),
            peak_days: peak.1,
            capacity: role.pooled(values),
            teams: loads.iter().filter(|l| l.role == RoleIx(i)).filter_map(|l| team(programme, l)).collect(),
        })
    });
    Effort {
        internal_days: effort.days_of(programme, false),
        external_days: effort.days_of(programme, true),
        training_days: effort.training_days(),
        person_days: effort.person_days(programme),
        peak_load: effort.peak_load(programme, values),
        training_hours: effort.training_hours,
        dip_hours: effort.dip_hours,
        by_role: by_role.collect(),
    }
}

/// The load of a body's own team; none for the team of all.
fn team(programme: &Programme, load: &Load) -> Option<TeamLoad> {
    Some(TeamLoad {
        body: programme.organisations[load.body?.0].id.clone(),
        peak_quarter: load.quarter.to_string(),
        peak_days: load.days,
        capacity: load.capacity,
    })
}

/// Measures that inform but are not scored.
fn reported(programme: &Programme, evaluated: &Evaluated, values: &Values) -> Vec<ReportedMeasure> {
    let moved = 0.0
        + evaluated
            .plan
            .moves
            .iter()
            .map(|m| {
                programme.services[m.service.0].slots[m.slot].users.unwrap_or(programme.services[m.service.0].users).of(values)
            })
            .sum::<f64>();
    let last = programme.frame.period.months() - 1;
    let in_use = evaluated.costing.usage.instances.iter().filter(|u| u.live[last] > 0.0).count();
    let measure = |id: &str, name: &str, unit: &str, value: f64| ReportedMeasure {
        id: id.into(),
        name: name.into(),
        unit: unit.into(),
        value,
    };
    vec![
        measure("users_moved", "Users who change system (each move counted)", "users", moved),
        measure("instances", "Systems in use at the end", "systems", f64::from(u32::try_from(in_use).expect("few instances"))),
        measure("training_hours", "Hours in training", "hours", evaluated.costing.effort.training_hours),
        measure("dip_hours", "Hours lost by patient-facing staff", "hours", evaluated.costing.effort.dip_hours),
    ]
}

fn unmonetised(programme: &Programme, option: usize) -> Vec<String> {
    let streams =
        programme.streams.iter().filter(|s| s.class == Some(BenefitClass::Unmonetised) && s.options.contains(OptionIx(option)));
    programme.options[option].unmonetised.iter().cloned().chain(streams.map(|s| s.name.clone())).collect()
}

/// The supplier of an instance's product.
pub(super) fn supplier(programme: &Programme, instance: InstanceIx) -> Option<String> {
    programme.products[programme.instances[instance.0].product.0].supplier.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::CATEGORIES;

    #[test]
    fn categories_of_results_are_those_of_the_programme() {
        assert_eq!(CATEGORIES, Category::ALL.map(Category::word));
    }
}
