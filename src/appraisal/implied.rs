//! Implied exchange rates: what the weights say things are worth, beside what is paid for them.

use super::Case;
use super::result::ImpliedRate;
use crate::assumption::Values;
use crate::programme::{Criterion, Measure, ValueFunction, Work};
use crate::quantity::{fixed, pounds};
use crate::scoring;

/// Ratio of the worth of a pound on two money criteria within which nobody need explain it.
const POUND_FOR_POUND: (f64, f64) = (0.8, 1.25);

/// One rate for each criterion, on the combined weights; none where panels are not combined.
pub(super) fn rates(case: &Case<'_>, values: &Values) -> Vec<ImpliedRate> {
    let Some(weights) = &case.outcome.weights else { return Vec::new() };
    let criteria = &case.programme.tree.criteria;
    let points = |c: usize| scoring::points_per_unit(weights[c], criteria[c].anchors);
    let cost = criteria.iter().position(|c| matches!(c.measure, Measure::Cost | Measure::NetPresentCost));
    let per_pound = cost.map(points).filter(|p| *p > 0.0);
    criteria
        .iter()
        .enumerate()
        .map(|(i, criterion)| {
            let pounds_per_unit = per_pound.map(|p| points(i) / p);
            let (paid, paid_highest) = paid(case, criterion, values);
            ImpliedRate {
                criterion: criterion.id.clone(),
                points_per_unit: points(i),
                pounds_per_unit,
                paid,
                paid_highest,
                sentence: sentence(criterion, points(i), pounds_per_unit) + on_average(criterion),
                warning: warning(criterion, pounds_per_unit, paid, paid_highest),
            }
        })
        .collect()
}

/// The lowest and highest price at which a unit is bought in this scenario.
fn paid(case: &Case<'_>, criterion: &Criterion, values: &Values) -> (Option<f64>, Option<f64>) {
    let programme = case.programme;
    match criterion.measure {
        Measure::Effort => {
            let used = |role: usize| {
                let items =
                    programme.move_kinds.iter().flat_map(|k| &k.work).chain(programme.links.iter().flat_map(|l| &l.build));
                items.into_iter().any(|w| matches!(&w.work, Work::Days { role: r, .. } if r.0 == role))
            };
            let own = programme.roles.iter().enumerate().filter(|(i, r)| !r.external && used(*i));
            let rates: Vec<f64> = own.map(|(_, r)| r.day_rate.of(values)).collect();
            let low = rates.iter().copied().reduce(f64::min);
            (low, rates.into_iter().reduce(f64::max))
        }
        Measure::Disruption => {
            let rate = programme.staff.dip_rate.of(values);
            let rate = (rate > 0.0).then_some(rate);
            (rate, rate)
        }
        _ => (None, None),
    }
}

fn sentence(criterion: &Criterion, points: f64, pounds_per_unit: Option<f64>) -> String {
    let name = super::naming::lower(&criterion.name);
    if criterion.measure.is_money() {
        return format!("\u{00a3}1,000 of \u{201c}{name}\u{201d} weighs {} points.", fixed(1000.0 * points, 3));
    }
    let Some(worth) = pounds_per_unit else {
        return format!("One unit ({}) of \u{201c}{name}\u{201d} weighs {} points.", criterion.unit, fixed(points, 3));
    };
    match criterion.measure {
        Measure::Visibility | Measure::Resilience | Measure::Capability => {
            format!("A percentage point of \u{201c}{name}\u{201d} weighs as much as {}.", money(worth / 100.0))
        }
        Measure::Effort => format!("A day of \u{201c}{name}\u{201d} weighs as much as {}.", money(worth)),
        Measure::Burden => format!("An hour a year of \u{201c}{name}\u{201d} weighs as much as {}.", money(worth)),
        Measure::Disruption => format!("An hour of \u{201c}{name}\u{201d} weighs as much as {}.", money(worth)),
        _ => format!("One unit ({}) of \u{201c}{name}\u{201d} weighs as much as {}.", criterion.unit, money(worth)),
    }
}

/// A bent value function has no one worth of a unit.
fn on_average(criterion: &Criterion) -> &'static str {
    match criterion.function {
        ValueFunction::Linear => "",
        ValueFunction::Piecewise(_) | ValueFunction::Step(_) => {
            " That is on average over the scale, whose value function is not straight."
        }
    }
}

fn money(amount: f64) -> String {
    if amount.abs() < 100.0 { format!("£{}", fixed(amount, 2)) } else { pounds(amount) }
}

fn warning(criterion: &Criterion, worth: Option<f64>, paid: Option<f64>, highest: Option<f64>) -> Option<String> {
    let worth = worth?;
    let name = super::naming::lower(&criterion.name);
    if criterion.measure.is_money() {
        let odd = !(POUND_FOR_POUND.0..=POUND_FOR_POUND.1).contains(&worth);
        return (odd && criterion.reason.is_none()).then(|| {
            format!("A pound of \u{201c}{name}\u{201d} weighs {} times a pound of the cost criterion; say why (reason), or align the swing points.", fixed(worth, 2))
        });
    }
    let (paid, highest) = (paid?, highest?);
    (worth < paid - 1e-9).then(|| {
        let price = if (highest - paid).abs() < 1e-9 { money(paid) } else { format!("{} to {}", money(paid), money(highest)) };
        format!("The weights value \u{201c}{name}\u{201d} at {} a unit, less than the {price} actually paid.", money(worth))
    })
}
