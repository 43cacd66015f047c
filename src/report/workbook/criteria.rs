//! Criteria and weights: measures, points, and weighted totals by formula.

use super::Book;
use super::cell::{Kind, Page, Shape, Text, cell, column, fixed, fixed_range, in_row, on, range, row, to_places};
use super::layout::CRITERIA;
use super::options::across;
use crate::appraisal::result::{CriterionView, OptionResult, PanelResult};
use crate::report::format;
use rust_xlsxwriter::XlsxError;

const HEAD: u32 = 3;
/// First column of options, after what is told of a criterion.
const OPTIONS: u16 = 9;
const ZERO: u16 = 4;
const HUNDRED: u16 = 5;
const WEIGHT: u16 = 6;
const SHARE: u16 = 7;
const AS_RUN: u16 = 8;
/// Columns of knots of value functions.
const KNOT_MEASURE: u16 = 4;
const KNOT_WAY: u16 = 5;
const KNOT_POINTS: u16 = 6;

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

/// The column of a panel's weights, and of the same as they were in the run: beside all of them.
fn panel(book: &Book<'_>, panel: usize) -> [u16; 2] {
    let beside = book.appraisal.panels.len() + 1;
    [column(OPTIONS, panel), column(OPTIONS, beside + panel)]
}

/// In the block of panels' scores, the column of the engine's score of an option, and that of all differences of a panel.
fn engine_of(book: &Book<'_>, option: usize) -> u16 {
    column(OPTIONS, book.appraisal.options.len() + 1 + option)
}

fn panel_difference(book: &Book<'_>) -> u16 {
    engine_of(book, book.appraisal.options.len())
}

/// A formula for how far scores are from those of the engine, signs apart; none where there are no scores.
pub(super) fn differences(book: &Book<'_>) -> Option<String> {
    let [.., difference] = totals(book);
    let last = column(OPTIONS, book.appraisal.options.len().max(1) - 1);
    let own = has_scores(book).then(|| on(CRITERIA, &fixed_range((difference, OPTIONS), (difference, last))));
    let panels = book.appraisal.panels.len();
    let of_panels = (is_there(book) && panels > 0).then(|| {
        let (_, scores) = self::panels(book);
        let column = panel_difference(book);
        on(CRITERIA, &fixed_range((scores, column), (row(scores, panels - 1), column)))
    });
    let sums: Vec<String> = own.into_iter().chain(of_panels).map(|r| format!("SUMPRODUCT(ABS({r}))")).collect();
    (!sums.is_empty()).then(|| sums.join("+"))
}

/// A formula for how many weights are not as in the run; none where there are no weights.
pub(super) fn changed(book: &Book<'_>) -> Option<String> {
    let [measures, ..] = blocks(book);
    let block =
        |first: u32, (from, to): (u16, u16)| on(CRITERIA, &fixed_range((first, from), (row(first, count(book).max(1) - 1), to)));
    let unlike = |now: String, then: String| format!("SUMPRODUCT(--({now}<>{then}))");
    let own = has_scores(book).then(|| unlike(block(measures, (WEIGHT, WEIGHT)), block(measures, (AS_RUN, AS_RUN))));
    let of_panels = book.appraisal.panels.len().checked_sub(1).filter(|_| is_there(book)).map(|last| {
        let (weights, _) = panels(book);
        let [from, to] = [panel(book, 0), panel(book, last)];
        unlike(block(weights, (from[0], to[0])), block(weights, (from[1], to[1])))
    });
    let counts: Vec<String> = own.into_iter().chain(of_panels).collect();
    (!counts.is_empty()).then(|| counts.join("+"))
}

pub(super) fn page<'a>(book: &'a Book<'a>) -> Result<Option<Page<'a>>, XlsxError> {
    if !is_there(book) {
        return Ok(None);
    }
    let mut page = book.page(CRITERIA)?;
    page.widths(&[44.0, 26.0, 18.0, 11.0, 13.0, 13.0, 10.0, 10.0, 10.0])?;
    let (options, panels) = (book.appraisal.options.len(), book.appraisal.panels.len());
    page.widths_from(OPTIONS, if panels > 0 { 2 * options.max(panels) + 2 } else { options }, 16.0)?;
    page.text((0, 0), "Criteria and weights", Text::Title)?;
    page.text((1, 0), &explained(book), Text::Note)?;
    let heads = [
        "Criterion",
        "Branch",
        "Unit",
        "Direction",
        "Measure at 0 points",
        "Measure at 100",
        "Weight",
        "Weight as a share",
        "Weight as run",
    ];
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
    value_functions(book, &mut page)?;
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
        page.number((at, AS_RUN), weight, Kind::Engine, Shape::Factor)?;
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
        if value.is_finite() {
            let formula = value_formula(book, i, &measure, (&zero, &hundred));
            page.formula(place, (&format!("={formula}"), value), Kind::Formula, Shape::Points)?;
        } else {
            page.number(place, value, Kind::Engine, Shape::Points)?;
        }
    }
    Ok(())
}

/// Points of a measure by the value function of a criterion, as a formula.
fn value_formula(book: &Book<'_>, i: usize, measure: &str, (zero, hundred): (&str, &str)) -> String {
    let criterion = &book.appraisal.criteria[i];
    // The way from the 0 anchor to the 100 anchor, 0 to 1.
    let way = format!("(({measure}-{zero})/({hundred}-{zero}))");
    let Some(knots) = Knots::of(book, i) else { return format!("100*{way}") };
    let column = |column: u16| fixed_range((knots.first, column), (row(knots.first, knots.all.len() - 1), column));
    let (ways, points) = (column(KNOT_WAY), column(KNOT_POINTS));
    if criterion.function == "step" {
        return format!("IF({way}<0,0,LOOKUP({way},{ways},{points}))");
    }
    // The piece that a way is on; beyond the ends the pieces there go on.
    let piece = format!("MAX(1,MIN({},SUMPRODUCT(--({ways}<{way}))))", knots.all.len() - 1);
    let of = |range: &str, next: u8| format!("INDEX({range},{piece}+{next})");
    let (w0, w1, v0, v1) = (of(&ways, 0), of(&ways, 1), of(&points, 0), of(&points, 1));
    format!("{v0}+({way}-{w0})/({w1}-{w0})*({v1}-{v0})")
}

/// The knots of a value function that is not straight, as they stand at the foot of the sheet: anchors and all between.
struct Knots {
    first: u32,
    /// Measure and points, from the 0 anchor to the 100 anchor.
    all: Vec<(f64, f64)>,
}

impl Knots {
    fn of(book: &Book<'_>, i: usize) -> Option<Self> {
        let all = |criterion: &CriterionView| -> Vec<(f64, f64)> {
            if criterion.function == "linear" {
                return Vec::new();
            }
            let ends = [(criterion.anchors.zero, 0.0), (criterion.anchors.hundred, 100.0)];
            ends[..1].iter().chain(&criterion.knots).chain(&ends[1..]).copied().collect()
        };
        let (_, scores) = panels(book);
        let below = row(scores, book.appraisal.panels.len() + 3);
        let before: usize = book.appraisal.criteria[..i].iter().map(|c| all(c).len()).sum();
        let all = all(&book.appraisal.criteria[i]);
        (!all.is_empty()).then_some(Self { first: row(below, before), all })
    }
}

/// Value functions that are not straight, knot by knot.
fn value_functions(book: &Book<'_>, page: &mut Page<'_>) -> Result<(), XlsxError> {
    let [measures, ..] = blocks(book);
    let mut begun = false;
    for (i, criterion) in book.appraisal.criteria.iter().enumerate() {
        let Some(knots) = Knots::of(book, i) else { continue };
        if !begun {
            begun = true;
            page.text((knots.first - 2, 0), "Value functions that are not straight", Text::Heading)?;
            page.texts((knots.first - 1, 0), &["Criterion", "Shape"], Text::Head)?;
            let heads = ["Measure", "Way from 0 to 100", "Points"];
            page.texts((knots.first - 1, KNOT_MEASURE), &heads, Text::HeadNumber)?;
        }
        let anchors = &criterion.anchors;
        let (zero, hundred) = (fixed(row(measures, i), ZERO), fixed(row(measures, i), HUNDRED));
        for (k, (measure, points)) in knots.all.iter().enumerate() {
            let at = row(knots.first, k);
            page.text((at, 0), &criterion.name, Text::Line)?;
            page.text((at, 1), if criterion.function == "step" { "Steps" } else { "Straight between knots" }, Text::Line)?;
            page.number((at, KNOT_MEASURE), *measure, Kind::Engine, shape(criterion))?;
            let way = format!("=({}-{zero})/({hundred}-{zero})", cell((at, KNOT_MEASURE)));
            let value = (measure - anchors.zero) / (anchors.hundred - anchors.zero);
            page.formula((at, KNOT_WAY), (&way, value), Kind::Formula, Shape::Factor)?;
            page.number((at, KNOT_POINTS), *points, Kind::Engine, Shape::Points)?;
        }
    }
    Ok(())
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

/// The sum of an option's weighted points.
pub(super) fn weighted(option: &OptionResult, book: &Book<'_>) -> f64 {
    let points = |c: &CriterionView| option.contributions.get(&c.id).copied().unwrap_or(0.0);
    book.appraisal.criteria.iter().map(points).sum()
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
        let here = self::weighted(result, book);
        let sum = format!("=SUM({})", range((weighted, column), (total - 1, column)));
        page.formula((total, column), (&sum, here), Kind::Total, Shape::Quantity)?;
        page.number((engine, column), score, Kind::Engine, Shape::Quantity)?;
        let cells = [cell((engine, column)), cell((total, column))];
        page.difference((difference, column), (&cells, [score, here]), 6, Shape::Factor)?;
    }
    Ok(())
}

/// The weights of each panel, and the scores that follow from them.
fn panel_weights(book: &Book<'_>, page: &mut Page<'_>) -> Result<(), XlsxError> {
    let all = &book.appraisal.panels;
    if all.is_empty() {
        return Ok(());
    }
    let (weights, _) = panels(book);
    page.text((weights - 2, 0), "Weights of each panel, taken as shares of their sum", Text::Heading)?;
    page.text((weights - 1, 0), "Criterion", Text::Head)?;
    for (p, own) in all.iter().enumerate() {
        let [now, then] = panel(book, p);
        page.text((weights - 1, now), &own.name, Text::HeadNumber)?;
        page.text((weights - 1, then), &format!("{}, as run", own.name), Text::HeadNumber)?;
    }
    for (i, criterion) in book.appraisal.criteria.iter().enumerate() {
        let at = row(weights, i);
        page.text((at, 0), &criterion.name, Text::Line)?;
        for (p, own) in all.iter().enumerate() {
            let (weight, [now, then]) = (weight(own, criterion), panel(book, p));
            page.number((at, now), weight, Kind::Input, Shape::Share)?;
            page.number((at, then), weight, Kind::Engine, Shape::Share)?;
        }
    }
    panel_scores(book, page)
}

fn weight(panel: &PanelResult, criterion: &CriterionView) -> f64 {
    panel.weights.get(&criterion.id).copied().unwrap_or(0.0)
}

/// Scores of options by each panel's weights, the engine's beside them, and how far apart they are.
fn panel_scores(book: &Book<'_>, page: &mut Page<'_>) -> Result<(), XlsxError> {
    let (weights, scores) = panels(book);
    page.text((scores - 2, 0), "Scores by the weights of each panel", Text::Heading)?;
    page.text((scores - 1, 0), "Panel", Text::Head)?;
    for (i, option) in book.appraisal.options.iter().enumerate() {
        page.text((scores - 1, across(OPTIONS, i)), &option.name, Text::HeadNumber)?;
        page.text((scores - 1, engine_of(book, i)), &format!("{}, engine", option.name), Text::HeadNumber)?;
    }
    page.text((scores - 1, panel_difference(book)), "All differences", Text::HeadNumber)?;
    let [_, points, _] = blocks(book);
    let last = |first: u32| row(first, count(book) - 1);
    for (p, panel) in book.appraisal.panels.iter().enumerate() {
        let at = row(scores, p);
        page.text((at, 0), &panel.name, Text::Line)?;
        let [own, _] = self::panel(book, p);
        let own = fixed_range((weights, own), (last(weights), own));
        let sum: f64 = book.appraisal.criteria.iter().map(|c| weight(panel, c)).sum();
        let mut apart = 0.0;
        for (i, option) in book.appraisal.options.iter().enumerate() {
            let column = across(OPTIONS, i);
            let points = format!("{}:{}", in_row(points, column), in_row(last(points), column));
            let weighed = |c: &CriterionView| weight(panel, c) * option.values.get(&c.id).copied().unwrap_or(0.0);
            let here = book.appraisal.criteria.iter().map(weighed).sum::<f64>() / sum;
            let formula = format!("=SUMPRODUCT({own},{points})/SUM({own})");
            page.formula((at, column), (&formula, here), Kind::Formula, Shape::Quantity)?;
            let score = panel.scores.get(&option.id).copied().unwrap_or(f64::NAN);
            page.number((at, engine_of(book, i)), score, Kind::Engine, Shape::Quantity)?;
            apart += to_places(score - here, 6).abs();
        }
        let engine = range((at, engine_of(book, 0)), (at, panel_difference(book) - 1));
        let here = range((at, OPTIONS), (at, column(OPTIONS, book.appraisal.options.len() - 1)));
        let formula = format!("=SUMPRODUCT(ABS(ROUND({engine}-{here},6)))");
        page.apart(apart);
        page.formula((at, panel_difference(book)), (&formula, apart), Kind::Formula, Shape::Factor)?;
    }
    Ok(())
}
