//! Criteria and weights: measures, points, and weighted totals by formula.

use super::Book;
use super::cell::{Kind, Page, Shape, Text, cell, column, fixed, fixed_range, in_row, on, range, row};
use super::layout::CRITERIA;
use super::options::across;
use crate::appraisal::result::CriterionView;
use crate::report::format;
use rust_xlsxwriter::XlsxError;

const HEAD: u32 = 3;
/// First column of options, after what is told of a criterion.
const OPTIONS: u16 = 8;
const ZERO: u16 = 4;
const HUNDRED: u16 = 5;
const WEIGHT: u16 = 6;
const SHARE: u16 = 7;

/// Whether there is anything to weigh.
pub(super) fn is_there(book: &Book<'_>) -> bool {
    !book.appraisal.criteria.is_empty()
}

/// Whether options have a single score.
pub(super) fn has_scores(book: &Book<'_>) -> bool {
    is_there(book) && book.appraisal.options.iter().any(|o| o.score.is_some())
}

fn count(book: &Book<'_>) -> usize {
    book.appraisal.criteria.len()
}

/// First rows of measures, of points, and of weighted points.
fn blocks(book: &Book<'_>) -> [u32; 3] {
    let measures = HEAD + 2;
    let points = row(measures, count(book) + 2);
    [measures, points, row(points, count(book) + 2)]
}

/// Rows below weighted points: total, engine, difference.
fn totals(book: &Book<'_>) -> [u32; 3] {
    let [.., weighted] = blocks(book);
    [0, 1, 2].map(|n| row(weighted, count(book) + n))
}

/// First row of panels' weights: one row a criterion, panels across; then scores, one row a panel, options across.
fn panels(book: &Book<'_>) -> (u32, u32) {
    let [.., last] = totals(book);
    let weights = last + 4;
    (weights, row(weights, count(book) + 3))
}

/// The cell of an option's score.
pub(super) fn score(book: &Book<'_>, option: usize) -> String {
    on(CRITERIA, &fixed(totals(book)[0], across(OPTIONS, option)))
}

/// Differences of scores from those of the engine.
pub(super) fn differences(book: &Book<'_>) -> Option<String> {
    let [.., difference] = totals(book);
    let last = column(OPTIONS, book.appraisal.options.len().max(1) - 1);
    has_scores(book).then(|| on(CRITERIA, &fixed_range((difference, OPTIONS), (difference, last))))
}

pub(super) fn page<'a>(book: &'a Book<'a>) -> Result<Option<Page<'a>>, XlsxError> {
    if !is_there(book) {
        return Ok(None);
    }
    let mut page = book.page(CRITERIA)?;
    page.widths(&[44.0, 26.0, 18.0, 11.0, 13.0, 13.0, 10.0, 10.0])?;
    page.widths_from(OPTIONS, book.appraisal.options.len(), 16.0)?;
    page.text((0, 0), "Criteria and weights", Text::Title)?;
    page.text((1, 0), &explained(book), Text::Note)?;
    let heads =
        ["Criterion", "Branch", "Unit", "Direction", "Measure at 0 points", "Measure at 100", "Weight", "Weight as a share"];
    page.heads((HEAD, 0), &heads, 4)?;
    for (i, option) in book.appraisal.options.iter().enumerate() {
        page.text((HEAD, across(OPTIONS, i)), &option.name, Text::HeadNumber)?;
    }
    let [measures, points, weighted] = blocks(book);
    page.text((measures - 1, 0), "Measures", Text::Heading)?;
    page.text((points - 1, 0), "Points: 0 to 100 between the anchors", Text::Heading)?;
    for (i, criterion) in book.appraisal.criteria.iter().enumerate() {
        measure_row(book, &mut page, i, criterion)?;
        points_row(book, &mut page, i, criterion)?;
    }
    if has_scores(book) {
        page.text((weighted - 1, 0), "Weighted points: share of the weights times points", Text::Heading)?;
        (0..count(book)).try_for_each(|i| weighted_row(book, &mut page, i))?;
        scores(book, &mut page)?;
    }
    panel_weights(book, &mut page)?;
    page.freeze(HEAD + 1, 1)?;
    Ok(Some(page))
}

fn explained(book: &Book<'_>) -> String {
    if has_scores(book) {
        "Weights may be changed: they are taken as shares of their sum, and totals follow. Measures in pounds follow the sheets of options; others are as run."
            .to_owned()
    } else {
        "No single score is printed in this mode, or panels are not combined: points stand beside the economic appraisal."
            .to_owned()
    }
}

fn shape(criterion: &CriterionView) -> Shape {
    if format::is_money(&criterion.unit) {
        Shape::Pounds
    } else if criterion.unit.starts_with("share") || criterion.unit.starts_with("proportion") {
        Shape::Share
    } else if criterion.anchors.zero.abs().max(criterion.anchors.hundred.abs()) >= 1_000.0 {
        Shape::Whole
    } else {
        Shape::Quantity
    }
}

/// The part of net present cost that a criterion measures, if it does.
fn part(criterion: &CriterionView) -> Option<&str> {
    matches!(criterion.measure.as_str(), "cost" | "dual_running" | "net_present_cost").then_some(criterion.measure.as_str())
}

fn measure_row(book: &Book<'_>, page: &mut Page<'_>, i: usize, criterion: &CriterionView) -> Result<(), XlsxError> {
    let [measures, ..] = blocks(book);
    let at = row(measures, i);
    page.text((at, 0), &criterion.name, Text::Line)?;
    page.text((at, 1), &criterion.branch, Text::Line)?;
    page.text((at, 2), &criterion.unit, Text::Line)?;
    page.text((at, 3), if criterion.direction == "more_is_better" { "More" } else { "Less" }, Text::Line)?;
    let anchors = if shape(criterion) == Shape::Pounds { Shape::Whole } else { shape(criterion) };
    page.number((at, ZERO), criterion.anchors.zero, Kind::Engine, anchors)?;
    page.number((at, HUNDRED), criterion.anchors.hundred, Kind::Engine, anchors)?;
    if has_scores(book) {
        let weight = criterion.weight.unwrap_or(0.0);
        page.number((at, WEIGHT), weight, Kind::Input, Shape::Factor)?;
        let all = fixed_range((measures, WEIGHT), (row(measures, count(book) - 1), WEIGHT));
        let sum: f64 = book.appraisal.criteria.iter().filter_map(|c| c.weight).sum();
        page.formula((at, SHARE), (&format!("={}/SUM({all})", cell((at, WEIGHT))), weight / sum), Kind::Formula, Shape::Share)?;
    }
    for (option, result) in book.appraisal.options.iter().enumerate() {
        let place = (at, across(OPTIONS, option));
        let value = result.measures.get(&criterion.id).copied().unwrap_or(f64::NAN);
        match part(criterion).filter(|_| book.layout.priced) {
            Some(part) => {
                let layout = &book.layout.options[option];
                let there = layout.on(&fixed(layout.part(part), book.layout.total()));
                page.formula(place, (&format!("={there}"), value), Kind::Formula, Shape::Pounds)?;
            }
            None => page.number(place, value, Kind::Engine, shape(criterion))?,
        }
    }
    Ok(())
}

fn points_row(book: &Book<'_>, page: &mut Page<'_>, i: usize, criterion: &CriterionView) -> Result<(), XlsxError> {
    let [measures, points, _] = blocks(book);
    let (at, above) = (row(points, i), row(measures, i));
    page.text((at, 0), &criterion.name, Text::Line)?;
    for (option, result) in book.appraisal.options.iter().enumerate() {
        let place = (at, across(OPTIONS, option));
        let value = result.values.get(&criterion.id).copied().unwrap_or(f64::NAN);
        let measure = cell((above, place.1));
        let (zero, hundred) = (fixed(above, ZERO), fixed(above, HUNDRED));
        match value_formula(criterion, &measure, (&zero, &hundred)) {
            Some(formula) if value.is_finite() => {
                page.formula(place, (&format!("={formula}"), value), Kind::Formula, Shape::Points)?;
            }
            _ => page.number(place, value, Kind::Engine, Shape::Points)?,
        }
    }
    Ok(())
}

/// The value function as a formula of a measure; none where it has more knots than a formula should.
fn value_formula(criterion: &CriterionView, measure: &str, (zero, hundred): (&str, &str)) -> Option<String> {
    let line = format!("100*({measure}-{zero})/({hundred}-{zero})");
    if criterion.function == "linear" {
        return Some(line);
    }
    // The way from the 0 anchor to the 100 anchor, 0 to 1.
    let way = |x: f64| (x - criterion.anchors.zero) / (criterion.anchors.hundred - criterion.anchors.zero);
    let at = format!("(({measure}-{zero})/({hundred}-{zero}))");
    let knots: Vec<(f64, f64)> = criterion.knots.iter().map(|(x, points)| (way(*x), *points)).collect();
    if knots.len() > 12 {
        return None;
    }
    match criterion.function.as_str() {
        "piecewise" => {
            let mut ends = vec![(0.0, 0.0)];
            ends.extend(knots.iter().copied().filter(|(w, _)| *w > 0.0 && *w < 1.0));
            ends.push((1.0, 100.0));
            let piece = |n: usize| {
                let ((w0, v0), (w1, v1)) = (ends[n], ends[n + 1]);
                format!("({v0}+({at}-({w0}))/({w1}-({w0}))*({v1}-({v0})))")
            };
            let last = ends.len() - 2;
            Some((0..last).rev().fold(piece(last), |rest, n| format!("IF({at}<={},{},{rest})", ends[n + 1].0, piece(n))))
        }
        "step" => {
            let below = knots.iter().fold("0".to_owned(), |rest, (w, points)| format!("IF({at}>={w},{points},{rest})"));
            Some(format!("IF({at}>=1,100,{below})"))
        }
        _ => None,
    }
}

fn weighted_row(book: &Book<'_>, page: &mut Page<'_>, i: usize) -> Result<(), XlsxError> {
    let [measures, points, weighted] = blocks(book);
    let (at, criterion) = (row(weighted, i), &book.appraisal.criteria[i]);
    page.text((at, 0), &criterion.name, Text::Line)?;
    for (option, result) in book.appraisal.options.iter().enumerate() {
        let column = across(OPTIONS, option);
        let formula = format!("={}*{}", fixed(row(measures, i), SHARE), cell((row(points, i), column)));
        let value = result.contributions.get(&criterion.id).copied().unwrap_or(0.0);
        page.formula((at, column), (&formula, value), Kind::Formula, Shape::Quantity)?;
    }
    Ok(())
}

fn scores(book: &Book<'_>, page: &mut Page<'_>) -> Result<(), XlsxError> {
    let [.., weighted] = blocks(book);
    let [total, engine, difference] = totals(book);
    page.text((total, 0), "Weighted score", Text::Strong)?;
    page.text((engine, 0), "Engine", Text::Line)?;
    page.text((difference, 0), "Engine minus workbook", Text::Line)?;
    for (option, result) in book.appraisal.options.iter().enumerate() {
        let column = across(OPTIONS, option);
        let score = result.score.unwrap_or(f64::NAN);
        let sum = format!("=SUM({})", range((weighted, column), (total - 1, column)));
        page.formula((total, column), (&sum, score), Kind::Total, Shape::Quantity)?;
        page.number((engine, column), score, Kind::Engine, Shape::Quantity)?;
        let formula = format!("=ROUND({}-{},6)", cell((engine, column)), cell((total, column)));
        page.formula((difference, column), (&formula, 0.0), Kind::Formula, Shape::Factor)?;
    }
    Ok(())
}

/// The weights of each panel, and the scores that follow from them.
fn panel_weights(book: &Book<'_>, page: &mut Page<'_>) -> Result<(), XlsxError> {
    let all = &book.appraisal.panels;
    if all.is_empty() {
        return Ok(());
    }
    let (weights, scores) = panels(book);
    page.text((weights - 2, 0), "Weights of each panel, as shares", Text::Heading)?;
    page.text((weights - 1, 0), "Criterion", Text::Head)?;
    for (p, panel) in all.iter().enumerate() {
        page.text((weights - 1, column(OPTIONS, p)), &panel.name, Text::HeadNumber)?;
    }
    for (i, criterion) in book.appraisal.criteria.iter().enumerate() {
        let at = row(weights, i);
        page.text((at, 0), &criterion.name, Text::Line)?;
        for (p, panel) in all.iter().enumerate() {
            let weight = panel.weights.get(&criterion.id).copied().unwrap_or(0.0);
            page.number((at, column(OPTIONS, p)), weight, Kind::Input, Shape::Share)?;
        }
    }
    page.text((scores - 2, 0), "Scores by the weights of each panel", Text::Heading)?;
    page.text((scores - 1, 0), "Panel", Text::Head)?;
    for (i, option) in book.appraisal.options.iter().enumerate() {
        page.text((scores - 1, across(OPTIONS, i)), &option.name, Text::HeadNumber)?;
    }
    let [_, points, _] = blocks(book);
    let last = |first: u32| row(first, count(book) - 1);
    for (p, panel) in all.iter().enumerate() {
        let at = row(scores, p);
        page.text((at, 0), &panel.name, Text::Line)?;
        let own = fixed_range((weights, column(OPTIONS, p)), (last(weights), column(OPTIONS, p)));
        for (i, option) in book.appraisal.options.iter().enumerate() {
            let column = across(OPTIONS, i);
            let points = format!("{}:{}", in_row(points, column), in_row(last(points), column));
            let score = panel.scores.get(&option.id).copied().unwrap_or(f64::NAN);
            page.formula((at, column), (&format!("=SUMPRODUCT({own},{points})"), score), Kind::Formula, Shape::Quantity)?;
        }
    }
    Ok(())
}
