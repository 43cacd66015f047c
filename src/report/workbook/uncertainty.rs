//! What the draws say. Values, not formulas: the engine costs every draw anew.

use super::Book;
use super::cell::{Kind, Page, Shape, Text, column, row};
use super::layout::UNCERTAINTY;
use crate::appraisal::result::{OptionUncertainty, Spread};
use crate::report::format;
use rust_xlsxwriter::XlsxError;

const HEADS: [&str; 8] = ["Option", "Measure", "Expected", "Standard error", "P10", "P50", "P80", "P90"];

pub(super) fn page<'a>(book: &'a Book<'a>) -> Result<Option<Page<'a>>, XlsxError> {
    let Some(drawn) = &book.appraisal.uncertainty else { return Ok(None) };
    let mut page = book.page(UNCERTAINTY)?;
    page.widths(&[40.0, 34.0])?;
    page.widths_from(2, 10, 15.0)?;
    page.text((0, 0), "How sure the figures are", Text::Title)?;
    let made = format!(
        "{} draws, seed {}, of {} uncertain numbers and {} risks. Figures of the run: they do not follow changes here.",
        format::number(count(drawn.draws), 0),
        drawn.seed,
        drawn.uncertain,
        drawn.events
    );
    page.text((1, 0), &made, Text::Note)?;
    page.heads((3, 0), &HEADS, 2)?;
    let mut at = 4;
    let options: Vec<(&str, &OptionUncertainty)> =
        book.appraisal.options.iter().filter_map(|o| Some((o.name.as_str(), o.uncertainty.as_ref()?))).collect();
    for (name, own) in &options {
        let mut spreads = Vec::new();
        if book.layout.priced {
            spreads.extend([
                ("Net present cost, £", &own.npc, Shape::Pounds),
                ("Cash over the period, £", &own.cash, Shape::Pounds),
                ("Dual running, £ present value", &own.dual_running, Shape::Pounds),
                ("Person-days", &own.person_days, Shape::Points),
            ]);
        }
        spreads.extend(own.score.as_ref().map(|s| ("Score, points", s, Shape::Points)));
        for (what, spread, shape) in spreads {
            page.texts((at, 0), &[name, what], Text::Line)?;
            row_of(&mut page, at, spread, shape)?;
            at += 1;
        }
    }
    at = chances(&mut page, at + 2, &options)?;
    if book.layout.priced {
        at = curves(&mut page, at + 2, &options)?;
    }
    at += 1;
    for sentence in &drawn.sentences {
        page.text((at, 0), sentence, Text::Line)?;
        at += 1;
    }
    page.freeze(4, 1)?;
    Ok(Some(page))
}

fn count(draws: u64) -> f64 {
    u32::try_from(draws).map_or(f64::NAN, f64::from)
}

fn row_of(page: &mut Page<'_>, at: u32, spread: &Spread, shape: Shape) -> Result<(), XlsxError> {
    let figures =
        [Some(spread.mean), spread.standard_error, Some(spread.p10), Some(spread.p50), Some(spread.p80), Some(spread.p90)];
    figures.iter().enumerate().try_for_each(|(i, figure)| match figure {
        Some(figure) => page.number((at, column(2, i)), *figure, Kind::Engine, shape),
        None => page.text((at, column(2, i)), "not known", Text::Line),
    })
}

/// How often each option passes every gate and takes each rank; the row after the last.
fn chances(page: &mut Page<'_>, at: u32, options: &[(&str, &OptionUncertainty)]) -> Result<u32, XlsxError> {
    page.text((at - 1, 0), "Share of the draws", Text::Heading)?;
    let ranks = options.iter().map(|(_, o)| o.rank_acceptability.len()).max().unwrap_or(0);
    let heads: Vec<String> = (1..=ranks).map(|r| format!("Ranks {}", format::ordinal(r))).collect();
    page.texts((at, 0), &["Option", "Last move live, P50"], Text::Head)?;
    page.text((at, 2), "Passes every gate", Text::HeadNumber)?;
    page.texts((at, 3), &heads.iter().map(String::as_str).collect::<Vec<_>>(), Text::HeadNumber)?;
    for (i, (name, own)) in options.iter().enumerate() {
        let at = row(at + 1, i);
        page.text((at, 0), name, Text::Line)?;
        match &own.finish {
            Some(finish) => page.date((at, 1), &finish.p50)?,
            None => page.text((at, 1), "Nothing moves", Text::Line)?,
        }
        page.number((at, 2), own.p_feasible, Kind::Engine, Shape::Share)?;
        for (rank, p) in own.rank_acceptability.iter().enumerate() {
            page.number((at, column(3, rank)), *p, Kind::Engine, Shape::Share)?;
        }
    }
    Ok(row(at + 1, options.len()))
}

/// Net present cost by probability of staying below it; the row after the last.
fn curves(page: &mut Page<'_>, at: u32, options: &[(&str, &OptionUncertainty)]) -> Result<u32, XlsxError> {
    page.text((at - 1, 0), "Net present cost that so many of the draws stay below, £", Text::Heading)?;
    page.text((at, 0), "Share of the draws", Text::Head)?;
    page.text((at, 1), "", Text::Head)?;
    let mut steps = 0;
    for (i, (name, own)) in options.iter().enumerate() {
        page.text((at, column(2, i)), name, Text::HeadNumber)?;
        steps = steps.max(own.curve.len());
        for (step, npc) in own.curve.iter().enumerate() {
            page.number((row(at + 1, step), column(2, i)), *npc, Kind::Engine, Shape::Pounds)?;
        }
    }
    for step in 0..steps {
        let part = |n: usize| count(u64::try_from(n).unwrap_or(0));
        let share = part(step) / part(steps.max(2) - 1);
        page.number((row(at + 1, step), 0), share, Kind::Engine, Shape::Share)?;
    }
    Ok(row(at + 1, steps))
}
