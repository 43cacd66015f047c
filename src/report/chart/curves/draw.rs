//! Drawing the lines, with their names at their ends.

use super::Curve;
use super::Curves;
use super::ENDS;
use crate::report::chart::Layout;
use crate::report::chart::axis::Axis;
use crate::report::chart::axis::length;
use crate::report::chart::label::Anchor;
use crate::report::chart::label::Label;
use crate::report::chart::palette;
use crate::report::chart::svg::Svg;
use crate::report::chart::text;
use crate::report::chart::text::Face;

const TOP: f64 = 34.0;
const FOOT: f64 = 40.0;
const TYPE: f64 = 12.0;
/// From one line of a name to the next.
const LEADING: f64 = 13.5;
/// Between the names of two options.
const APART: f64 = 4.0;

/// Dashes by which lines are told apart without colour, in the order in which they are given out.
const DASHES: [&str; 6] = ["", "9 4", "2.5 3", "12 3 2.5 3", "5 3", "16 4 2.5 3 2.5 4"];

/// The axis of costs.
pub(super) fn axis(curves: &Curves) -> Axis {
    let shown = || curves.options.iter().flat_map(|o| o.shown().map(|(_, c)| c));
    let (low, high) = (shown().fold(f64::INFINITY, f64::min), shown().fold(f64::NEG_INFINITY, f64::max));
    // Lines far from zero and close together would be one line if the axis began there.
    let low = if low > 0.0 && high - low < 0.6 * high { low } else { low.min(0.0) };
    Axis::covering(low, high.max(0.0), 5)
}

/// Where values fall.
struct Plane {
    axis: Axis,
    left: f64,
    right: f64,
    bottom: f64,
}

impl Plane {
    fn x(&self, percent: usize) -> f64 {
        self.left + length(percent) / 100.0 * (self.right - self.left)
    }

    fn y(&self, cost: f64) -> f64 {
        self.axis.place(cost, self.bottom, TOP)
    }
}

/// Draws the chart.
pub(super) fn draw(curves: &Curves, layout: Layout, words: (&str, &str)) -> Svg {
    let width = layout.full();
    let names = if layout == Layout::Wide { 196.0 } else { 104.0 };
    let lines: Vec<Vec<String>> = curves.options.iter().map(|o| name(o, layout, names)).collect();
    let stack: f64 = lines.iter().map(|l| length(l.len()) * LEADING + APART).sum();
    let plot = stack.max(if layout == Layout::Wide { 320.0 } else { 260.0 });
    let height = TOP + plot + FOOT;
    let mut svg = Svg::new(&format!("curves-{}", layout.suffix()), width, height, words.0, words.1);
    let axis = axis(curves);
    let ticks = axis.ticks.iter().map(|t| text::width(&axis.pounds(*t), 11.0, Face::Regular)).fold(0.0, f64::max);
    let plane = Plane { axis, left: ticks + 8.0, right: width - names - 18.0, bottom: TOP + plot };
    frame(&mut svg, &plane, layout);
    for (i, option) in curves.options.iter().enumerate() {
        line(&mut svg, &plane, i, option);
    }
    end_names(&mut svg, &plane, curves, &lines);
    svg
}

fn name(option: &Curve, layout: Layout, room: f64) -> Vec<String> {
    let full = if option.feasible { option.name.clone() } else { format!("{} (fails a gate)", option.name) };
    text::wrap(&full, TYPE, Face::Bold, room, if layout == Layout::Wide { 2 } else { 3 })
}

fn frame(svg: &mut Svg, plane: &Plane, layout: Layout) {
    for value in &plane.axis.ticks {
        let y = plane.y(*value);
        let stroke = if value.abs() < 1e-9 { palette::INK } else { palette::GRID };
        svg.line((plane.left, y), (plane.right, y), stroke, 1.0);
        let label = plane.axis.pounds(*value);
        svg.label(Label::new(&label, plane.left - 6.0, y + 4.0, 11.0).anchored(Anchor::End).inked(palette::MUTED));
    }
    for percent in [10, 50, 80, 90] {
        let x = plane.x(percent);
        svg.polyline(&[(x, TOP - 4.0), (x, plane.bottom)], (palette::RULE, 1.0), "2 3");
        if layout == Layout::Wide || percent != 90 {
            let label = format!("P{percent}");
            svg.label(Label::new(&label, x, TOP - 8.0, 11.0).anchored(Anchor::Middle).inked(palette::MUTED));
        }
    }
    let step = if layout == Layout::Wide { 10 } else { 25 };
    for percent in (0..=100).step_by(step) {
        let label = percent.to_string();
        svg.label(Label::new(&label, plane.x(percent), plane.bottom + 15.0, 11.0).anchored(Anchor::Middle).inked(palette::MUTED));
    }
    svg.label(Label::new("Net present cost", 0.0, 11.0, TYPE).bold());
    let label = Label::new("Draws of 100 that cost less", f64::midpoint(plane.left, plane.right), plane.bottom + 33.0, TYPE);
    svg.label(label.bold().anchored(Anchor::Middle));
}

fn line(svg: &mut Svg, plane: &Plane, i: usize, option: &Curve) {
    let points: Vec<(f64, f64)> = option.shown().map(|(p, cost)| (plane.x(p), plane.y(cost))).collect();
    let colour = palette::SERIES[i % palette::SERIES.len()].colour;
    let width = if option.leads { 3.5 } else { 2.0 };
    svg.polyline(&points, (colour, width), DASHES[i % DASHES.len()]);
    // From the seventh on dashes come again, with a mark on them.
    if i >= DASHES.len() {
        for percent in [25, 65] {
            svg.circle((plane.x(percent), plane.y(option.at(percent))), 3.5, palette::WHITE, colour);
        }
    }
}

/// Names in the order of the ends of their lines, moved apart where they would stand on one another.
fn end_names(svg: &mut Svg, plane: &Plane, curves: &Curves, lines: &[Vec<String>]) {
    let end = |i: usize| plane.y(curves.options[i].at(ENDS.1));
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| end(*a).total_cmp(&end(*b)).then(a.cmp(b)));
    let tall = |i: usize| length(lines[i].len()) * LEADING + APART;
    // Each as near to its end as those above leave room for, and those below.
    let mut tops: Vec<f64> = Vec::with_capacity(order.len());
    let mut free = TOP;
    for (at, &i) in order.iter().enumerate() {
        let below: f64 = order[at..].iter().map(|j| tall(*j)).sum();
        let wanted = end(i) - tall(i) / 2.0;
        let top = wanted.min(plane.bottom - below).max(free);
        tops.push(top);
        free = top + tall(i);
    }
    for (&i, top) in order.iter().zip(tops) {
        let colour = palette::SERIES[i % palette::SERIES.len()].colour;
        let (from, middle) = ((plane.x(ENDS.1) + 1.0, end(i)), top + tall(i) / 2.0);
        svg.polyline(&[from, (plane.right + 14.0, middle)], (colour, 1.0), "");
        for (n, text) in lines[i].iter().enumerate() {
            let y = top + APART / 2.0 + length(n) * LEADING + 0.85 * TYPE;
            svg.label(Label::new(text, plane.right + 18.0, y, TYPE).bold());
        }
    }
}
