//! Crossings and switching values of the options, in words.

use super::result::{Sensitivity, Switching, WeightCrossing};
use super::{Case, naming, weights};
use crate::assumption::{Handle, Unit, Values};
use crate::outcome::Recost;
use crate::programme::{Contract, ContractLine, NodeIx};
use crate::quantity::{fixed, grouped, pounds};
use crate::sensitivity::{self, NodeCrossing, Switch};
use rayon::prelude::*;

/// Crossings for the leading option first, then for all other pairs; switching values against the
/// cheapest option and against the leading one.
pub(super) fn sensitivity(case: &Case<'_>, values: &Values) -> Sensitivity {
    let open = weights::Open::of(case);
    Sensitivity {
        weights: crossings(case),
        nodes: open.nodes(),
        smallest_change: open.smallest_change(),
        dominance: open.dominance(),
        potential_optimality: open.potential_optimality(),
        panels_disagree: open.panels_disagree(),
        switching: switching(case, values),
        ..Sensitivity::default()
    }
}

fn crossings(case: &Case<'_>) -> Vec<WeightCrossing> {
    let Some(weights) = &case.outcome.weights else { return Vec::new() };
    let values: Vec<Vec<f64>> = case.outcome.options.iter().map(|o| o.values.clone()).collect();
    // Every ranked pair, the one ahead first: so the leading option's crossings come first.
    let pairs = case.ranking.iter().enumerate().flat_map(|(i, a)| case.ranking[i + 1..].iter().map(move |b| (*a, *b)));
    pairs
        .flat_map(|(a, b)| sensitivity::crossings(&case.programme.tree, weights, &values, a, b))
        .map(|c| crossing(case, &c))
        .collect()
}

fn crossing(case: &Case<'_>, c: &NodeCrossing) -> WeightCrossing {
    let NodeIx(node) = c.node;
    let id = |o: usize| case.programme.options[o].id.clone();
    WeightCrossing {
        node: case.programme.tree.nodes[node].id.clone(),
        weight: c.weight,
        option: id(c.option),
        rival: id(c.rival),
        crossing: c.crossing.map(|x| x.weight),
        distance: c.crossing.map(|x| (x.weight - c.weight).abs()),
        side: c.crossing.map(|x| if x.first_ahead_above { "below" } else { "above" }.to_owned()),
    }
}

fn switching(case: &Case<'_>, values: &Values) -> Vec<Switching> {
    let cheapest = case.cheapest();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for against in [cheapest, case.leading] {
        for other in case.ranking.iter().copied().filter(|o| *o != against) {
            let pair = if case.npc(other) >= case.npc(against) { (other, against) } else { (against, other) };
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    let costs: Vec<f64> = (0..case.plans.len()).map(|o| case.npc(o)).collect();
    let plans: Vec<Recost<'_>> = case.plans.par_iter().map(|p| Recost::of(case.programme, p, values)).collect();
    let costed = sensitivity::Costed { programme: case.programme, values, plans: &plans, costs: &costs };
    let inputs = sensitivity::inputs(case.programme);
    // Inputs are independent of one another; results are kept in their order.
    let found: Vec<Vec<Switch>> = inputs.par_iter().map(|input| sensitivity::switching(&costed, *input, &pairs)).collect();
    let names = naming::Inputs::of(case.programme);
    found.iter().flatten().map(|s| sentence(case, &names, values, s)).collect()
}

fn sentence(case: &Case<'_>, names: &naming::Inputs<'_>, values: &Values, s: &Switch) -> Switching {
    let entry = case.programme.register.get(s.input);
    let name = names.words(&entry.id);
    let now = values.get(s.input);
    let (option, against) = (naming::lower(case.name(s.option)), naming::lower(case.name(s.against)));
    let reached = s.value.map(|value| Reached::of(entry.unit, value, now));
    let contract = contract(case, s.input).filter(|_| s.onwards && entry.unit.is_money());
    let text = match (&reached, contract) {
        (Some(reached), Some(contract)) => {
            let side = if reached.onwards { "above" } else { "below" };
            let jump = if s.jump { "; the cost jumps there" } else { "" };
            let year = contract.indexation.as_ref().map_or(case.programme.frame.period.year0, |i| i.prices_at);
            format!(
                "{name}: at or {side} {} ({} in the scenario; both in prices of {year}, before VAT, indexation and discounts of the contract), {option} costs no more than {against}{jump}.",
                in_unit(entry.unit, reached.value),
                amount(now)
            )
        }
        (Some(reached), None) if s.jump => {
            let onwards = if reached.onwards { "upwards" } else { "downwards" };
            format!(
                "{name}: {option} costs less than {against} from about {} {onwards} (now {}); the cost jumps there, so at no value are the two equal.",
                reached.words, reached.now
            )
        }
        (Some(reached), None) => {
            let verb = if reached.onwards { "rise" } else { "fall" };
            format!(
                "{name} would have to {verb} from {} to {} for {option} to cost no more than {against}.",
                reached.now, reached.words
            )
        }
        (None, _) if s.searched.0 == 0.0 && s.away && entry.unit.is_money() => {
            format!(
                "{name}: no price of zero or more makes {option} cost as little as {against} over the {} years.",
                naming::count(case.programme.frame.period.years())
            )
        }
        (None, _) => format!(
            "{name}: none of the values tried from {} to {} makes {option} cost as little as {against}.",
            in_unit(entry.unit, s.searched.0),
            in_unit(entry.unit, s.searched.1)
        ),
    };
    Switching {
        input: entry.id.clone(),
        option: case.programme.options[s.option].id.clone(),
        against: case.programme.options[s.against].id.clone(),
        current: now,
        value: s.value,
        jump: s.jump,
        reached: reached.map(|r| r.value),
        sentence: text,
    }
}

/// The contract of which a number is a price that a supplier asks for, if it is one.
fn contract<'a>(case: &Case<'a>, input: Handle) -> Option<&'a Contract> {
    case.programme.contracts.iter().find(|c| c.lines.iter().flat_map(ContractLine::prices).any(|price| price == input))
}

/// A switching value as it may be said: rounded towards the side on which the order has turned, so that what is said holds at
/// the very number.
struct Reached {
    /// Whether it lies above what the number is now.
    onwards: bool,
    /// The number that is said.
    value: f64,
    words: String,
    /// What the number is now, told apart from it.
    now: String,
}

impl Reached {
    fn of(unit: Unit, value: f64, now: f64) -> Self {
        let onwards = value > now;
        // Pence below a thousand pounds, tenths of a per cent, tenths of what is few; finer where that would be what it is now.
        let usual: i32 = match unit {
            _ if unit.is_ratio() => 3,
            _ if unit.is_money() => {
                if value.abs() < 1000.0 {
                    2
                } else {
                    0
                }
            }
            _ => i32::from(value.abs() < 100.0),
        };
        let tried = |places: i32| {
            let scale = 10_f64.powi(places);
            let steps = value * scale;
            // What is a whole step but for rounding stays one.
            let steps = if (steps - steps.round()).abs() < 1e-6 { steps.round() } else { steps };
            let reached = if onwards { steps.ceil() } else { steps.floor() } / scale;
            Self { onwards, value: reached, words: with_places(unit, reached, places), now: with_places(unit, now, places) }
        };
        let apart = |r: &Self| r.words != r.now;
        (usual..usual + 4).map(tried).find(apart).unwrap_or_else(|| tried(usual + 4))
    }
}

/// A number with its unit, to so many places (of the ratio, where it is shown as a percentage) less those that are naught.
fn with_places(unit: Unit, x: f64, places: i32) -> String {
    let shown = |x: f64, places: i32| {
        let text = grouped(x, usize::try_from(places.max(0)).unwrap_or(0));
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    };
    if unit.is_ratio() {
        format!("{}%", fixed(100.0 * x, usize::try_from(places - 2).unwrap_or(0)))
    } else if unit.is_money() {
        format!("{}{}", amount(x), unit.label().trim_start_matches('£'))
    } else {
        format!("{} {}", shown(x, places), unit.label())
    }
}

/// A number with its unit: `£162 a user a year`, `30%`, `600 users`.
pub(super) fn in_unit(unit: Unit, x: f64) -> String {
    if unit.is_ratio() {
        format!("{}%", fixed(100.0 * x, 1))
    } else if unit.is_money() {
        format!("{}{}", amount(x), unit.label().trim_start_matches('£'))
    } else {
        format!("{} {}", grouped(x, usize::from(x.abs() < 100.0 && (x - x.round()).abs() > 1e-9)), unit.label())
    }
}

/// Pounds, with pence where they are a price of less than a thousand.
fn amount(x: f64) -> String {
    if x.abs() < 1000.0 && (x - x.round()).abs() > 1e-9 { format!("£{}", fixed(x, 2)) } else { pounds(x) }
}
