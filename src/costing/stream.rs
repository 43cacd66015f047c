//! Further costs and benefits, and priced risks.

use super::ledger::{CostLine, Ledger, Lineage, evenly};
use crate::assumption::{Assumed, Values};
use crate::plan::{ExpectedMove, Plan};
use crate::programme::{Amount, Category, Programme, Sector, Start, Stream, StreamKind};
use crate::quantity::offset_of;

/// Books all streams and risks that apply to the plan's option.
pub(super) fn book(programme: &Programme, plan: &Plan, moves: &[ExpectedMove], values: &Values, ledger: &mut Ledger) {
    for (i, stream) in programme.streams.iter().enumerate() {
        if stream.options.contains(plan.option)
            && let Some(from) = start(programme, plan, moves, stream.start)
        {
            book_stream(programme, (i, stream), from, values, ledger);
        }
    }
    for (i, risk) in programme.risks.iter().enumerate() {
        if !risk.options.contains(plan.option) {
            continue;
        }
        let Some(from) = start(programme, plan, moves, risk.start) else { continue };
        let bearer = risk.bearer.or(programme.frame.lead);
        let line = CostLine::new(Category::Risk, Lineage::Risk(i), bearer).using([risk.probability, risk.impact]);
        ledger.book(line, [(from, risk.probability.of(values) * risk.impact.of(values))]);
        if let Some(prevention) = risk.prevention {
            let line = CostLine::new(Category::External, Lineage::Prevention(i), bearer).using([prevention]);
            ledger.book(line, [(from, prevention.of(values))]);
        }
    }
}

fn book_stream(programme: &Programme, (i, stream): (usize, &Stream), from: i32, values: &Values, ledger: &mut Ledger) {
    let Some(amount) = &stream.amount else { return };
    let bearer = stream.bearer.or(programme.frame.lead);
    let number: Assumed<f64> = match amount {
        Amount::PerYear(n) | Amount::Once(n) => *n,
    };
    let sign = if matches!(stream.kind, StreamKind::Benefit | StreamKind::ResidualValue) { -1.0 } else { 1.0 };
    let amounts = months(programme, stream, from, sign * number.of(values));
    if let StreamKind::Transfer(to) = stream.kind {
        // The reader sees to it that a transfer has a payer.
        if let Some(payer) = bearer {
            ledger.transfer(i, (payer, to), amounts);
        }
        return;
    }
    let mut line = CostLine::new(stream.category, Lineage::Stream(i), bearer);
    // The financial view is that of public bodies: what patients or businesses pay is cash of none of them.
    let public = bearer.is_none_or(|b| programme.organisations[b.0].sector == Sector::Public);
    line.cash = if stream.cash && public { 1.0 } else { 0.0 };
    line.discount = stream.discount;
    line.bias = stream.bias;
    line.asset = stream.asset;
    line.vat = stream.vat.map_or(0.0, |v| v.of(values));
    ledger.book(line.using(std::iter::once(number).chain(stream.vat)), amounts);
}

/// Amounts by offset: once, or month by month along the ramp.
fn months(programme: &Programme, stream: &Stream, from: i32, number: f64) -> Vec<(i32, f64)> {
    match &stream.amount {
        Some(Amount::PerYear(_)) => running(programme, stream, from).map(|(m, share)| (m, number / 12.0 * share)).collect(),
        _ => evenly(from, 1, number).collect(),
    }
}

/// The months in which a stream runs, with the share of its ramp.
fn running<'a>(programme: &'a Programme, stream: &'a Stream, from: i32) -> impl Iterator<Item = (i32, f64)> + 'a {
    let period = &programme.frame.period;
    let end = stream.end.map_or(offset_of(period.months()), |m| period.offset(m) + 1);
    (from..end).map(move |m| (m, ramped(&stream.ramp, m - from)))
}

/// Units of an outcome by year of the period that a plan brings about.
pub(super) fn outcomes(programme: &Programme, plan: &Plan, moves: &[ExpectedMove], values: &Values) -> Vec<(usize, Vec<f64>)> {
    let period = &programme.frame.period;
    let counted = offset_of(period.first_counted())..offset_of(period.months());
    let mut all = Vec::new();
    for (i, stream) in programme.streams.iter().enumerate() {
        let (Some(outcomes), true) = (&stream.outcomes, stream.options.contains(plan.option)) else { continue };
        let Some(from) = start(programme, plan, moves, stream.start) else { continue };
        let mut years = vec![0.0; period.years()];
        for (month, share) in running(programme, stream, from).filter(|(m, _)| counted.contains(m)) {
            let month = usize::try_from(month).expect("counted months are not negative");
            years[period.year_of(month)] += outcomes.per_year.of(values) / 12.0 * share;
        }
        all.push((i, years));
    }
    all
}

/// Share reached `months` after the start; the last step goes on.
fn ramped(ramp: &[f64], months: i32) -> f64 {
    let year = usize::try_from(months.div_euclid(12)).unwrap_or(0);
    ramp.get(year).or(ramp.last()).copied().unwrap_or(1.0)
}

/// Offset of the start; `None` if what it waits for never happens in this option.
fn start(programme: &Programme, plan: &Plan, moves: &[ExpectedMove], start: Start) -> Option<i32> {
    let chosen = || plan.moves.iter().zip(moves).filter(|(m, _)| m.commitment.is_none()).map(|(_, when)| when.live);
    match start {
        Start::Month(month) => Some(programme.frame.period.offset(month)),
        Start::FirstGoLive => chosen().min(),
        Start::LastGoLive => chosen().max(),
        Start::LinkLive(link) => {
            let planned = plan.links.iter().find(|l| l.link == link)?;
            Some(planned.live.map_or(0, |m| programme.frame.period.offset(m)))
        }
    }
}
