//! Drawing the stacked bars of scores.

use super::Bar;
use super::Scores;
use crate::report::chart::Layout;
use crate::report::chart::axis::Axis;
use crate::report::chart::axis::length;
use crate::report::chart::axis::stack_top;
use crate::report::chart::axis::stacked;
use crate::report::chart::label::Anchor;
use crate::report::chart::label::Label;
use crate::report::chart::palette;
use crate::report::chart::palette::Fill;
use crate::report::chart::svg::Svg;
use crate::report::chart::text;
use crate::report::chart::text::Face;
use crate::report::format;

const NAME: f64 = 14.0;
const VALUE: f64 = 12.0;
/// Room at the right for the total.
const TOTAL: f64 = 56.0;
/// White space between segments.
const SEAM: f64 = 1.5;

/// Height of a bar and of the space under it: less where there are many, so that the chart fits a
/// printed page.
fn rhythm(bars: usize) -> (f64, f64) {
    if bars > 8 { (22.0, 9.0) } else { (28.0, 18.0) }
}

/// Draws the bars.
pub(super) fn draw(scores: &Scores, layout: Layout, title: &str, description: &str) -> Svg {
    let width = layout.full();
    let (thick, gap) = rhythm(scores.bars.len());
    let names: Vec<Vec<String>> =
        scores.bars.iter().map(|b| text::wrap(&bar_name(b), NAME, Face::Bold, width - 4.0, 2)).collect();
    let lines: usize = names.iter().map(|n| n.len().max(1)).sum();
    let height = lines_height(lines) + length(scores.bars.len()) * (thick + gap + 4.0) + 22.0;
    let mut svg = Svg::new(&format!("scores-{}", layout.suffix()), width, height, title, description);

    let (low, high) = extent(&scores.bars);
    let axis = Axis::covering(low, high, if layout == Layout::Wide { 5 } else { 4 });
    let (left, right) = (if low < 0.0 { 12.0 } else { 0.5 }, width - TOTAL);
    let place = |v: f64| axis.place(v, left, right);
    let floor = height - 22.0;
    for tick in &axis.ticks {
        svg.line((place(*tick), 0.0), (place(*tick), floor), palette::GRID, 1.0);
        let anchor = if (*tick - axis.low).abs() < 1e-9 { Anchor::Start } else { Anchor::Middle };
        let label = format::number(*tick, axis.places);
        svg.label(Label::new(&label, place(*tick), height - 6.0, 11.0).anchored(anchor).inked(palette::MUTED));
    }

    let mut y = 0.0;
    for (bar, name) in scores.bars.iter().zip(&names) {
        for line in name {
            y += 18.0;
            svg.label(Label::new(line, 0.0, y - 4.0, NAME).bold().haloed());
        }
        y += 4.0;
        draw_bar(&mut svg, bar, (y, thick), &place);
        svg.line((place(0.0), y - 2.0), (place(0.0), y + thick + 2.0), palette::INK, 1.0);
        y += thick + gap;
    }
    svg
}

fn lines_height(lines: usize) -> f64 {
    length(lines) * 18.0
}

fn bar_name(bar: &Bar) -> String {
    if bar.feasible { bar.name.clone() } else { format!("{} (fails a gate)", bar.name) }
}

/// Lowest sum of negative parts and highest sum of positive ones, zero included.
fn extent(bars: &[Bar]) -> (f64, f64) {
    bars.iter().fold((0.0, 0.0), |(low, high): (f64, f64), bar| {
        let negative: f64 = bar.parts.iter().filter(|p| **p < 0.0).sum();
        let positive: f64 = bar.parts.iter().filter(|p| **p > 0.0).sum();
        (low.min(negative), high.max(positive))
    })
}

fn draw_bar(svg: &mut Svg, bar: &Bar, (y, thick): (f64, f64), place: &dyn Fn(f64) -> f64) {
    for ((part, (from, to)), fill) in bar.parts.iter().zip(stacked(&bar.parts)).zip(palette::SERIES) {
        segment(svg, (place(from.min(to)), place(from.max(to))), (y, thick), *part, fill);
    }
    let total = format::points(bar.total);
    svg.label(Label::new(&total, place(stack_top(&bar.parts)) + 7.0, y + thick / 2.0 + 5.5, 15.0).bold().haloed());
}

fn segment(svg: &mut Svg, (from, to): (f64, f64), (y, thick): (f64, f64), value: f64, fill: Fill) {
    let seam = if to - from > 3.0 * SEAM { SEAM } else { 0.0 };
    svg.rect((from, y), (to - from - seam, thick), fill);
    let label = format::points(value);
    if to - from >= (text::width(&label, VALUE, Face::Regular) + 8.0).max(24.0) {
        let middle = (from + to - seam) / 2.0;
        svg.label_on(Label::new(&label, middle, y + thick / 2.0 + 4.5, VALUE).anchored(Anchor::Middle), fill);
    }
}
