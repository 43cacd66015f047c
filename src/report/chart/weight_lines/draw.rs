//! Drawing the lines of one node.

use super::NodeLines;
use crate::report::chart::Layout;
use crate::report::chart::axis::Axis;
use crate::report::chart::axis::length;
use crate::report::chart::label::Anchor;
use crate::report::chart::label::Label;
use crate::report::chart::palette;
use crate::report::chart::svg::Svg;
use crate::report::chart::text;
use crate::report::chart::text::Face;
use crate::report::format;

const TOP: f64 = 22.0;
const PLOT: f64 = 170.0;
const FOOT: f64 = 40.0;
const LEFT: f64 = 40.0;
/// Room at the right for the names.
const NAMES: f64 = 124.0;
const TYPE: f64 = 11.5;
/// From one name to the next.
const LEADING: f64 = 14.0;

/// Where the lines are.
struct Plane {
    axis: Axis,
    right: f64,
}

impl Plane {
    fn x(&self, weight: f64) -> f64 {
        LEFT + weight * (self.right - LEFT)
    }

    fn y(&self, points: f64) -> f64 {
        self.axis.place(points, TOP + PLOT, TOP)
    }
}

/// Draws one node.
pub(super) fn draw(node: &NodeLines, index: usize, layout: Layout, words: (&str, &str)) -> Svg {
    let width = if layout == Layout::Wide { 370.0 } else { layout.full() };
    let id = format!("weights-{index}{}", layout.suffix());
    let mut svg = Svg::new(&id, width, TOP + PLOT + FOOT, words.0, words.1);
    let ends = node.lines.iter().flat_map(|l| [l.without, l.alone]);
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), p| (low.min(p), high.max(p)));
    let plane = Plane { axis: Axis::covering(low, high, 4), right: width - NAMES };
    grid(&mut svg, &plane, node.weight);
    // The leader is drawn last, over the others.
    for (line, fill) in node.lines.iter().zip(palette::SERIES).rev() {
        let stroke = if line.name == node.lines[0].name { 3.5 } else { 2.0 };
        svg.line((plane.x(0.0), plane.y(line.without)), (plane.x(1.0), plane.y(line.alone)), fill.colour, stroke);
    }
    flips(&mut svg, &plane, node);
    names(&mut svg, &plane, node);
    svg
}

fn grid(svg: &mut Svg, plane: &Plane, now: f64) {
    let floor = TOP + PLOT;
    for tick in &plane.axis.ticks {
        let y = plane.y(*tick);
        svg.line((LEFT, y), (plane.right, y), palette::GRID, 1.0);
        let label = format::number(*tick, plane.axis.places);
        svg.label(Label::new(&label, LEFT - 6.0, y + 4.0, 11.0).anchored(Anchor::End).inked(palette::MUTED));
    }
    for (weight, anchor) in [(0.0, Anchor::Start), (0.5, Anchor::Middle), (1.0, Anchor::End)] {
        let label = format!("{}%", format::number(100.0 * weight, 0));
        svg.label(Label::new(&label, plane.x(weight), floor + 16.0, 11.0).anchored(anchor).inked(palette::MUTED));
    }
    svg.line((plane.x(now), TOP - 4.0), (plane.x(now), floor), palette::INK, 1.0);
    let label = format!("now {}", format::percent(now));
    let half = text::width(&label, TYPE, Face::Bold) / 2.0;
    let x = plane.x(now).clamp(half + 1.0, svg.size().0 - half - 1.0);
    svg.label(Label::new(&label, x, TOP - 9.0, TYPE).bold().anchored(Anchor::Middle));
}

/// A ring where the leader loses its place, and the weight beneath.
fn flips(svg: &mut Svg, plane: &Plane, node: &NodeLines) {
    let Some(leader) = node.lines.first() else { return };
    // The two labels stand away from each other, so that they cannot overlap.
    for (flip, anchor) in node.flips.iter().zip([Anchor::End, Anchor::Start]) {
        let Some((at, _)) = flip else { continue };
        let (x, y) = (plane.x(*at), plane.y(leader.at(*at)));
        svg.line((x, y), (x, TOP + PLOT), palette::RULE, 1.0);
        svg.circle((x, y), 5.0, palette::WHITE, palette::INK);
        svg.label(Label::new(&format::percent(*at), x, TOP + PLOT + 32.0, TYPE).bold().anchored(anchor));
    }
}

/// Names at the right ends of the lines, in their order from the top, spread so that none overlaps.
fn names(svg: &mut Svg, plane: &Plane, node: &NodeLines) {
    let mut ends: Vec<(f64, usize)> = node.lines.iter().enumerate().map(|(i, l)| (plane.y(l.alone), i)).collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut places: Vec<f64> = Vec::new();
    for (y, _) in &ends {
        places.push(places.last().map_or(*y, |above| y.max(above + LEADING)).max(TOP));
    }
    // What was pushed below the plane goes back up.
    let mut limit = TOP + PLOT;
    for place in places.iter_mut().rev() {
        *place = place.min(limit);
        limit = *place - LEADING;
    }
    for ((y, i), place) in ends.iter().zip(&places) {
        let from = (plane.right, *y);
        svg.line(from, (plane.right + 12.0, *place), palette::SERIES[*i].colour, 1.0);
        let room = svg.size().0 - plane.right - 16.0;
        let face = if *i == 0 { Face::Bold } else { Face::Regular };
        let name = text::fit(&node.lines[*i].name, TYPE, face, room);
        let label = Label::new(&name, plane.right + 15.0, place + 4.0, TYPE);
        svg.label(if *i == 0 { label.bold() } else { label });
    }
    debug_assert!(length(places.len()) * LEADING <= PLOT, "six names fit beside the plane");
}
