//! Summary metrics of social value, and the appraisal at other discount rates.

use super::Case;
use super::headline::money;
use super::result::{DiscountTest, Economics, Increment, UnitCost};
use crate::assumption::Values;
use crate::costing::Lineage;
use crate::economics::{self, SocialValue};
use crate::outcome::{self, Evaluated};
use crate::parameters;
use crate::programme::{Category, DiscountClass, Programme, Sector, StreamKind};

/// Metrics of one option. Green Book 2026, Table 10; `docs/method.md`, section 8.
pub(super) fn metrics(case: &Case<'_>, i: usize) -> Economics {
    let programme = case.programme;
    let evaluated = &case.outcome.options[i];
    let value = social_value(programme, evaluated);
    let usual = case.usual.filter(|u| *u != i).map(|u| social_value(programme, &case.outcome.options[u]));
    // Where no benefit is priced in any option a ratio of nought would read as a finding.
    let given = programme.streams.iter().any(|s| s.kind == StreamKind::Benefit);
    let increment = |usual: SocialValue| {
        let further = value.over(usual);
        Increment {
            benefits: further.benefits,
            costs: further.costs(),
            npsv: further.npsv(),
            benefit_cost_ratio: further.benefit_cost_ratio().filter(|_| given),
            return_on_public_sector_cost: further.return_on_public_sector_cost(),
        }
    };
    Economics {
        benefits: value.benefits,
        costs: value.costs(),
        public_costs: value.public_costs,
        other_costs: value.other_costs,
        residual_value: -evaluated.totals.present(Category::ResidualValue) + 0.0,
        npsv: value.npsv(),
        benefit_cost_ratio: value.benefit_cost_ratio().filter(|_| given),
        return_on_public_sector_cost: value.return_on_public_sector_cost(),
        against_business_as_usual: usual.map(increment),
        unit_costs: unit_costs(case, i),
    }
}

/// Benefits and costs of an option's lines. The optimism bias on a benefit lowers the benefit; it is no cost.
fn social_value(programme: &Programme, evaluated: &Evaluated) -> SocialValue {
    let mut sum = SocialValue::default();
    for (line, totals) in evaluated.costing.lines.iter().zip(&evaluated.totals.lines) {
        let present = totals.present.value();
        let of_benefit = matches!(line.lineage, Lineage::Stream(s) if programme.streams[s].kind == StreamKind::Benefit);
        let public = line.bearer.is_none_or(|b| programme.organisations[b.0].sector == Sector::Public);
        if line.category.is_benefit() || of_benefit {
            sum.benefits -= present;
        } else if public {
            sum.public_costs += present;
        } else {
            sum.other_costs += present;
        }
    }
    sum
}

/// Cost of a unit of each outcome. Streams that count the same unit count one outcome: an option may bring it about in
/// another stream, or in more, than business as usual does.
fn unit_costs(case: &Case<'_>, i: usize) -> Vec<UnitCost> {
    let usual = case.usual.filter(|u| *u != i);
    let unit = |stream: usize| case.programme.streams[stream].outcomes.as_ref().map_or("", |o| o.unit.trim());
    let of = |option: usize, wanted: &str| -> (f64, f64) {
        let own = case.outcome.options[option].costing.outcomes.iter().filter(|(s, _)| unit(*s).eq_ignore_ascii_case(wanted));
        own.fold((0.0, 0.0), |(all, present), (s, years)| {
            (all + years.iter().sum::<f64>(), present + discounted(case.programme, *s, years))
        })
    };
    let npc = case.npc(i);
    let one = |stream: usize| {
        let definition = &case.programme.streams[stream];
        let (quantity, present) = of(i, unit(stream));
        // More units for less money have no price.
        let further = usual.and_then(|u| {
            let cost = npc - case.npc(u);
            economics::over(cost, present - of(u, unit(stream)).1).filter(|_| cost >= 0.0)
        });
        UnitCost {
            stream: definition.id.clone(),
            name: definition.name.clone(),
            unit: unit(stream).to_owned(),
            quantity,
            present_quantity: present,
            pounds_per_unit: economics::over(npc, present),
            units_per_million: economics::over(1e6 * present, npc),
            pounds_per_further_unit: further,
        }
    };
    let streams: Vec<usize> = case.outcome.options[i].costing.outcomes.iter().map(|(s, _)| *s).collect();
    let first = |n: usize| streams[..n].iter().all(|s| !unit(*s).eq_ignore_ascii_case(unit(streams[n])));
    (0..streams.len()).filter(|&n| first(n)).map(|n| one(streams[n])).collect()
}

/// Units discounted by year, at the rates of their stream.
fn discounted(programme: &Programme, stream: usize, years: &[f64]) -> f64 {
    let schedule = match programme.streams[stream].discount {
        DiscountClass::Standard => &programme.parameters.standard,
        DiscountClass::Health => &programme.parameters.health,
    };
    let factors = economics::factors(schedule, programme.frame.period.horizon);
    years.iter().zip(factors).map(|(units, factor)| units * factor.value()).sum()
}

/// Every option at each of the published tests of the discount rate.
pub(super) fn discount_rates(case: &Case<'_>, values: &Values) -> Vec<DiscountTest> {
    parameters::discount_tests().into_iter().map(|test| at_rates(case, values, test)).collect()
}

fn at_rates(case: &Case<'_>, values: &Values, test: parameters::DiscountTest) -> DiscountTest {
    let mut programme = case.programme.clone();
    (programme.parameters.standard, programme.parameters.health) = (test.standard, test.health);
    let outcome = outcome::evaluate(&programme, case.plans, values);
    let ids = || case.programme.options.iter().map(|o| o.id.clone());
    let first = |ranks: &[Option<usize>]| -> Vec<usize> { (0..ranks.len()).filter(|&i| ranks[i] == Some(1)).collect() };
    let (now, then) = (first(&case.outcome.ranks), first(&outcome.ranks));
    let npc = outcome.options[case.leading].totals.npc();
    let cost = format!(
        "the net present cost of \u{201c}{}\u{201d} is {} instead of {}",
        case.name(case.leading),
        money(npc),
        money(case.npc(case.leading))
    );
    let rank = if now == then {
        "the same option is ranked first".to_owned()
    } else {
        let names: Vec<&str> = then.iter().map(|&i| case.name(i)).collect();
        format!("ranked first would be {}", super::naming::list(&names))
    };
    DiscountTest {
        sentence: format!("At {} ({}), {cost}, and {rank}.", super::naming::lower(&test.title), test.vintage),
        id: test.id,
        title: test.title,
        vintage: test.vintage,
        npc: ids().zip(outcome.options.iter().map(|o| o.totals.npc())).collect(),
        rank: ids().zip(outcome.ranks).collect(),
    }
}
