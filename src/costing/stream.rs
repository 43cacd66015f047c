//! Further costs and benefits, and priced risks.

use super::ledger::{CostLine, Ledger, Lineage, evenly};
use crate::assumption::{Assumed, Values};
use crate::plan::{ExpectedMove, Plan};
use crate::programme::{Amount, Category, Programme, Start, Stream};
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
    let sign = if stream.benefit { -1.0 } else { 1.0 };
    let period = &programme.frame.period;
    let end = stream.end.map_or(offset_of(period.months()), |m| period.offset(m) + 1);
    let mut line = CostLine::new(stream.category, Lineage::Stream(i), stream.bearer.or(programme.frame.lead));
    line.cash = if stream.cash { 1.0 } else { 0.0 };
    line.discount = stream.discount;
    line.bias = stream.bias;
    line.vat = stream.vat.map_or(0.0, |v| v.of(values));
    let number: Assumed<f64> = match amount {
        Amount::PerYear(n) | Amount::Once(n) => *n,
    };
    let line = line.using(std::iter::once(number).chain(stream.vat));
    let number = sign * number.of(values);
    match amount {
        Amount::Once(_) => ledger.book(line, evenly(from, 1, number)),
        Amount::PerYear(_) => {
            ledger.book(line, (from..end).map(|m| (m, number / 12.0 * ramped(&stream.ramp, m - from))));
        }
    }
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
