//! Further costs and benefits, and priced risks.

use super::Course;
use super::ledger::{Book, CostLine, Lineage};
use crate::assumption::{Assumed, Values};
use crate::programme::{Amount, Category, Programme, Sector, Start, Stream, StreamKind};
use crate::quantity::offset_of;

/// Books a risk (by position) at its expected value, and its prevention.
pub(super) fn book_risk(course: &Course<'_>, i: usize, values: &Values, book: &mut impl Book) {
    let risk = &course.programme.risks[i];
    let Some(from) = start(course, risk.start) else { return };
    let bearer = risk.bearer.or(course.programme.frame.lead);
    let line = CostLine::new(Category::Risk, Lineage::Risk(i), bearer);
    let uses = [risk.probability, risk.impact].map(Assumed::handle);
    book.enter(line, uses, [(from, risk.probability.of(values) * risk.impact.of(values))]);
    if let Some(prevention) = risk.prevention {
        let line = CostLine::new(Category::External, Lineage::Prevention(i), bearer);
        book.enter(line, [prevention.handle()], [(from, prevention.of(values))]);
    }
}

/// Books a further cost or benefit (by position).
pub(super) fn book_stream(course: &Course<'_>, i: usize, values: &Values, book: &mut impl Book) {
    let programme = course.programme;
    let stream = &programme.streams[i];
    let Some(amount) = &stream.amount else { return };
    let Some(from) = start(course, stream.start) else { return };
    let bearer = stream.bearer.or(programme.frame.lead);
    let number: Assumed<f64> = match amount {
        Amount::PerYear(n) | Amount::Once(n) => *n,
    };
    let sign = if matches!(stream.kind, StreamKind::Benefit | StreamKind::ResidualValue) { -1.0 } else { 1.0 };
    let amounts = stretches(programme, stream, from, sign * number.of(values));
    if let StreamKind::Transfer(to) = stream.kind {
        // The reader sees to it that a transfer has a payer.
        if let Some(payer) = bearer {
            let by_month = |(from, to, amount): (i32, i32, f64)| (from..to).map(move |m| (m, amount));
            book.transfer(i, (payer, to), amounts.into_iter().flat_map(by_month));
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
    book.enter_stretches(line, std::iter::once(number).chain(stream.vat).map(Assumed::handle), amounts);
}

/// Amounts by stretch of months, as offsets: once, or step by step along the ramp.
fn stretches(programme: &Programme, stream: &Stream, from: i32, number: f64) -> Vec<(i32, i32, f64)> {
    match &stream.amount {
        Some(Amount::PerYear(_)) => {
            let end = end(programme, stream);
            let steps = stream.ramp.len().max(1);
            let step = |year: usize| {
                let start = from.saturating_add(offset_of(12 * year));
                let to = if year + 1 == steps { end } else { end.min(start.saturating_add(12)) };
                (start < to).then(|| (start, to, number / 12.0 * ramped(&stream.ramp, start - from)))
            };
            (0..steps).filter_map(step).collect()
        }
        _ => vec![(from, from.saturating_add(1), number)],
    }
}

/// The month after the last in which a stream runs, as an offset.
fn end(programme: &Programme, stream: &Stream) -> i32 {
    let period = &programme.frame.period;
    stream.end.map_or(offset_of(period.months()), |m| period.offset(m) + 1)
}

/// The months in which a stream runs, with the share of its ramp.
fn running<'a>(programme: &'a Programme, stream: &'a Stream, from: i32) -> impl Iterator<Item = (i32, f64)> + 'a {
    (from..end(programme, stream)).map(move |m| (m, ramped(&stream.ramp, m - from)))
}

/// Units of an outcome by year of the period that a plan brings about.
pub(super) fn outcomes(course: &Course<'_>, values: &Values) -> Vec<(usize, Vec<f64>)> {
    let programme = course.programme;
    let period = &programme.frame.period;
    let mut all = Vec::new();
    for (i, stream) in programme.streams.iter().enumerate() {
        let (Some(outcomes), true) = (&stream.outcomes, stream.options.contains(course.plan.option)) else { continue };
        let Some(from) = start(course, stream.start) else { continue };
        let mut years = vec![0.0; period.years()];
        let counted = |(offset, share)| course.window().counted(offset).map(|month| (month, share));
        for (month, share) in running(programme, stream, from).filter_map(counted) {
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
pub(super) fn start(course: &Course<'_>, start: Start) -> Option<i32> {
    let (programme, plan, moves) = (course.programme, course.plan, &course.timetable.moves);
    let chosen = || plan.moves.iter().zip(moves).filter(|(m, _)| m.commitment.is_none()).map(|(_, when)| when.live);
    match start {
        Start::Month(month) => Some(programme.frame.period.offset(month)),
        Start::FirstGoLive => chosen().min(),
        Start::LastGoLive => chosen().max(),
        Start::LinkLive(link) => {
            let planned = plan.links.iter().find(|l| l.link == link)?;
            Some(planned.goes_live().map_or(0, |m| programme.frame.period.offset(m)))
        }
    }
}
