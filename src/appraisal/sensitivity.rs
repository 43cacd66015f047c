//! Crossings and switching values of the options, in words.

use super::result::{Sensitivity, Switching, WeightCrossing};
use super::{Case, naming, weights};
use crate::assumption::{Handle, Unit, Values};
use crate::outcome::Recost;
use crate::programme::{ContractLine, NodeIx};
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
    let show = |x: f64| in_unit(entry.unit, x);
    let now = values.get(s.input);
    let (option, against) = (naming::lower(case.name(s.option)), naming::lower(case.name(s.against)));
    let to_ask = s.onwards && entry.unit.is_money() && is_price(case, s.input);
    let offer = s.value.filter(|_| to_ask).map(|value| Offer::of(value, now));
    let text = match (&offer, s.value) {
        (Some(Offer { side, limit }), _) => {
            let jump = if s.jump { "; the cost jumps there" } else { "" };
            format!("{name}: at or {side} {} (today {}), {option} costs no more than {against}{jump}.", show(*limit), amount(now))
        }
        (None, Some(value)) if s.jump => {
            let onwards = if value > now { "upwards" } else { "downwards" };
            format!(
                "{name}: {option} costs less than {against} from about {} {onwards} (now {}); the cost jumps there, so at no value are the two equal.",
                show(value),
                show(now)
            )
        }
        (None, Some(value)) => {
            let verb = if value > now { "rise" } else { "fall" };
            format!(
                "{name} would have to {verb} from {} to {} for {option} to cost no more than {against}.",
                show(now),
                show(value)
            )
        }
        (None, None) if s.searched.0 == 0.0 && s.away && entry.unit.is_money() => {
            format!(
                "{name}: no price of zero or more makes {option} cost as little as {against} over the {} years.",
                naming::count(case.programme.frame.period.years())
            )
        }
        (None, None) => format!(
            "{name}: none of the values tried from {} to {} makes {option} cost as little as {against}.",
            show(s.searched.0),
            show(s.searched.1)
        ),
    };
    Switching {
        input: entry.id.clone(),
        option: case.programme.options[s.option].id.clone(),
        against: case.programme.options[s.against].id.clone(),
        current: now,
        value: s.value,
        jump: s.jump,
        offer: offer.map(|o| o.limit),
        sentence: text,
    }
}

/// Whether a number is what a supplier asks for: a price in a line of a contract.
fn is_price(case: &Case<'_>, input: Handle) -> bool {
    let lines = case.programme.contracts.iter().flat_map(|c| &c.lines);
    lines.flat_map(ContractLine::prices).any(|price| price == input)
}

/// A price that an option would need to cost no more than another, as it may be said to a supplier.
struct Offer {
    /// On which side of it the option costs no more.
    side: &'static str,
    /// The switching value to the penny, or to the pound as prices of a thousand are shown, rounded towards that side: what
    /// is said holds at the very price.
    limit: f64,
}

impl Offer {
    fn of(value: f64, now: f64) -> Self {
        let in_a_pound = if value.abs() < 1000.0 { 100.0 } else { 1.0 };
        let units = value * in_a_pound;
        // What is a whole penny but for rounding stays one.
        let units = if (units - units.round()).abs() < 1e-6 { units.round() } else { units };
        let (side, whole) = if value > now { ("above", units.ceil()) } else { ("below", units.floor()) };
        Self { side, limit: whole / in_a_pound }
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
