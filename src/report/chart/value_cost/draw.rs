//! Drawing the scatter: plotters for the plane and its points, labels placed beside them.

use super::Point;
use super::ValueCost;
use crate::quantity;
use crate::report::chart::Layout;
use crate::report::chart::axis::Axis;
use crate::report::chart::axis::length;
use crate::report::chart::label::Anchor;
use crate::report::chart::label::Bounds;
use crate::report::chart::label::Label;
use crate::report::chart::palette;
use crate::report::chart::svg::Svg;
use crate::report::chart::text;
use crate::report::chart::text::Face;
use crate::report::format;
use plotters::prelude::ChartBuilder;
use plotters::prelude::Circle;
use plotters::prelude::EmptyElement;
use plotters::prelude::IntoDrawingArea;
use plotters::prelude::PathElement;
use plotters::prelude::RGBColor;
use plotters::prelude::Rectangle;
use plotters::prelude::SVGBackend;
use plotters::style::Color;
use plotters::style::ShapeStyle;

/// Plotters rounds to whole pixels; drawing at four times the size hides that.
const FINE: i32 = 4;
const LEFT: f64 = 44.0;
const TOP: f64 = 26.0;
const FOOT: f64 = 44.0;
const RADIUS: f64 = 7.0;
const TYPE: f64 = 12.5;
/// From one line of a label to the next.
const LEADING: f64 = 14.0;

/// Draws the chart; none only if plotters fails to write into memory.
pub(in crate::report::chart) fn draw(chart: &ValueCost, layout: Layout, words: (&str, &str)) -> Option<Svg> {
    let (width, height) = (layout.full(), if layout == Layout::Wide { 380.0 } else { 330.0 });
    let (x, y) = super::axes(chart);
    let plane = Plane { x, y, left: LEFT, right: width - 14.0, top: TOP, bottom: height - FOOT };

    let mut svg = Svg::new(&format!("{}-{}", chart.id, layout.suffix()), width, height, words.0, words.1);
    let drawn = plotted(chart, &plane, (width, height)).ok()?;
    svg.markup(&format!(r#"<g transform="scale({})" aria-hidden="true">{drawn}</g>"#, 1.0 / f64::from(FINE)));
    axis_labels(&mut svg, chart, &plane, (width, height));
    point_labels(&mut svg, chart, &plane, layout);
    Some(svg)
}

/// Where values fall on the drawing.
struct Plane {
    x: Axis,
    y: Axis,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Plane {
    fn place(&self, point: &Point) -> (f64, f64) {
        (self.x.place(point.cost, self.left, self.right), self.y.place(point.value, self.bottom, self.top))
    }
}

/// The plane and its points as plotters draws them, without the outer element.
fn plotted(chart: &ValueCost, plane: &Plane, size: (f64, f64)) -> Result<String, Box<dyn std::error::Error>> {
    let (width, height) = (fine(size.0).unsigned_abs(), fine(size.1).unsigned_abs());
    let mut markup = String::new();
    {
        let area = SVGBackend::with_string(&mut markup, (width, height)).into_drawing_area();
        let mut context = ChartBuilder::on(&area)
            .margin_left(fine(plane.left))
            .margin_right(fine(size.0 - plane.right))
            .margin_top(fine(plane.top))
            .margin_bottom(fine(size.1 - plane.bottom))
            .build_cartesian_2d(plane.x.low..plane.x.high, plane.y.low..plane.y.high)?;
        let faint = ShapeStyle::from(&colour(palette::GRID)).stroke_width(FINE.unsigned_abs());
        let strong = ShapeStyle::from(&colour(palette::INK)).stroke_width(FINE.unsigned_abs());
        let level = |v: f64| vec![(plane.x.low, v), (plane.x.high, v)];
        let upright = |v: f64| vec![(v, plane.y.low), (v, plane.y.high)];
        context.draw_series(plane.y.ticks.iter().map(|t| PathElement::new(level(*t), faint)))?;
        // Rules stand at zero; where an axis does not reach zero, at its lower end.
        let rule_x = 0.0_f64.clamp(plane.x.low, plane.x.high);
        let rule_y = 0.0_f64.clamp(plane.y.low, plane.y.high);
        context.draw_series([PathElement::new(level(rule_y), strong), PathElement::new(upright(rule_x), strong)])?;
        // A line is told from the points by squares at its corners, in print as well.
        let line = ShapeStyle::from(&colour("#801650")).stroke_width(FINE.unsigned_abs() * 2);
        context.draw_series((!chart.line.is_empty()).then(|| PathElement::new(chart.line.clone(), line)))?;
        let (half, square) = (fine(RADIUS / 2.0), colour("#801650").filled());
        let corner = |at: &(f64, f64)| EmptyElement::at(*at) + Rectangle::new([(-half, -half), (half, half)], square);
        context.draw_series(chart.line.iter().map(corner))?;
        let radius = fine(RADIUS);
        context.draw_series(chart.points.iter().map(|p| {
            // Options that fail a gate are hollow.
            let ring = colour("#12436d").stroke_width(FINE.unsigned_abs() * 2);
            let body = if p.feasible { colour("#12436d").filled() } else { colour(palette::WHITE).filled() };
            EmptyElement::at((p.cost, p.value)) + Circle::new((0, 0), radius, body) + Circle::new((0, 0), radius, ring)
        }))?;
        area.present()?;
    }
    let inside = markup.split_once('>').map_or("", |(_, rest)| rest);
    Ok(inside.trim_end().trim_end_matches("</svg>").replace('\n', ""))
}

/// A length of the drawing in the whole pixels of plotters.
#[expect(clippy::cast_possible_truncation, reason = "a drawing is some thousands of pixels wide")]
fn fine(length: f64) -> i32 {
    (length * f64::from(FINE)).round() as i32
}

fn colour(hex: &str) -> RGBColor {
    let channel = |at: usize| hex.get(at..at + 2).and_then(|h| u8::from_str_radix(h, 16).ok()).unwrap_or(0);
    RGBColor(channel(1), channel(3), channel(5))
}

fn axis_labels(svg: &mut Svg, chart: &ValueCost, plane: &Plane, (width, height): (f64, f64)) {
    for tick in &plane.y.ticks {
        let y = plane.y.place(*tick, plane.bottom, plane.top);
        let label = format::number(*tick, plane.y.places);
        svg.label(Label::new(&label, plane.left - 8.0, y + 4.0, 11.5).anchored(Anchor::End).inked(palette::MUTED));
    }
    let mut reach = 0.0;
    for tick in &plane.x.ticks {
        let x = plane.x.place(*tick, plane.left, plane.right);
        let label = quantity::pounds_short(*tick);
        let long = text::width(&label, 11.5, Face::Regular);
        let middle = x.clamp(long / 2.0 + 1.0, width - long / 2.0 - 1.0);
        if middle - long / 2.0 >= reach {
            reach = middle + long / 2.0 + 6.0;
            let label = Label::new(&label, middle, plane.bottom + 17.0, 11.5).anchored(Anchor::Middle);
            svg.label(label.inked(palette::MUTED));
        }
    }
    svg.label(Label::new(chart.upright, 0.0, 12.0, 12.0).bold());
    let label = Label::new("Net present cost \u{2192}", plane.right, height - 8.0, 12.0).bold();
    svg.label(label.anchored(Anchor::End));
}

/// Names beside the points where there is room, else their number in the table.
fn point_labels(svg: &mut Svg, chart: &ValueCost, plane: &Plane, layout: Layout) {
    let limit = if layout == Layout::Wide { 190.0 } else { 120.0 };
    // Labels come after all pointers, so that no line crosses a name.
    let mut labels: Vec<(Vec<String>, Spot)> = Vec::new();
    let mut taken: Vec<Bounds> = svg.labels().to_vec();
    // No name stands on the upright axis.
    taken.push(Bounds { left: plane.left - 2.0, top: plane.top, right: plane.left + 2.0, bottom: plane.bottom });
    for point in &chart.points {
        let (x, y) = plane.place(point);
        taken.push(Bounds { left: x - RADIUS, top: y - RADIUS, right: x + RADIUS, bottom: y + RADIUS });
    }
    for (i, point) in chart.points.iter().enumerate() {
        let name = text::wrap(&point.name, TYPE, Face::Bold, limit, 2);
        let number = vec![format!("{}", i + 1)];
        let at = plane.place(point);
        let find = |lines: &[String], rings| position(lines, at, svg.size(), &taken, rings).map(|p| (lines.to_vec(), p));
        let Some((lines, spot)) = find(&name, 3).or_else(|| find(&number, 12)) else {
            continue;
        };
        if spot.apart {
            svg.line(at, (spot.x, spot.y + LEADING / 2.0 - TYPE), palette::RULE, 1.0);
        }
        taken.push(spot.bounds);
        labels.push((lines, spot));
    }
    for (lines, spot) in &labels {
        for (line, text) in lines.iter().enumerate() {
            let y = spot.y + length(line) * LEADING;
            svg.label(Label::new(text, spot.x, y, TYPE).bold().anchored(spot.anchor).haloed());
        }
    }
}

/// Where a label goes.
struct Spot {
    x: f64,
    /// Baseline of its first line.
    y: f64,
    anchor: Anchor,
    bounds: Bounds,
    /// Whether it is far enough from its point to need a line to it.
    apart: bool,
}

/// The nearest free place for a label of some lines: right, left, above, below, then farther out.
fn position(lines: &[String], at: (f64, f64), size: (f64, f64), taken: &[Bounds], rings: u8) -> Option<Spot> {
    let long = lines.iter().map(|l| text::width(l, TYPE, Face::Bold)).fold(0.0, f64::max);
    let more = (length(lines.len()) - 1.0) * LEADING;
    for ring in 0..rings {
        let out = RADIUS + 5.0 + f64::from(ring) * 15.0;
        let slant = out * 0.75;
        let (level, above, below) = (at.1 + 4.5 - more / 2.0, at.1 - out - more, at.1 + out + 9.0);
        let places = [
            (at.0 + out, level, Anchor::Start),
            (at.0 - out, level, Anchor::End),
            (at.0, above, Anchor::Middle),
            (at.0, below, Anchor::Middle),
            (at.0 + slant, at.1 - slant - more, Anchor::Start),
            (at.0 + slant, at.1 + slant + 9.0, Anchor::Start),
            (at.0 - slant, at.1 - slant - more, Anchor::End),
            (at.0 - slant, at.1 + slant + 9.0, Anchor::End),
        ];
        for (x, y, anchor) in places {
            let left = match anchor {
                Anchor::Start => x,
                Anchor::Middle => x - long / 2.0,
                Anchor::End => x - long,
            };
            let bounds = Bounds {
                left: left - 2.0,
                top: y - 0.75 * TYPE - 1.0,
                right: left + long + 2.0,
                bottom: y + more + 0.21 * TYPE + 1.0,
            };
            if bounds.within(size.0, size.1) && taken.iter().all(|t| !t.overlaps(&bounds)) {
                return Some(Spot { x, y, anchor, bounds, apart: ring > 0 });
            }
        }
    }
    None
}
