//! Drawing one panel of cost by year.

use super::CostByYear;
use super::FILLS;
use crate::report::chart::Layout;
use crate::report::chart::axis::Axis;
use crate::report::chart::axis::length;
use crate::report::chart::axis::stack_top;
use crate::report::chart::axis::stacked;
use crate::report::chart::label::Anchor;
use crate::report::chart::label::Label;
use crate::report::chart::palette;
use crate::report::chart::svg::Svg;
use crate::report::chart::text;
use crate::report::chart::text::Face;
use crate::report::format;

/// The scale that all panels share.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    axis: Axis,
    divisor: f64,
    /// What the figures are in.
    pub(super) unit: &'static str,
    places: usize,
}

impl Scale {
    /// The scale that holds every column.
    pub(super) fn of(costs: &CostByYear) -> Self {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for year in costs.options.iter().flat_map(|o| &o.years) {
            low = low.min(year.iter().filter(|v| **v < 0.0).sum());
            high = high.max(year.iter().filter(|v| **v > 0.0).sum());
        }
        // Benefits of a sliver are drawn below the line without stretching the axis for them.
        if -low < 0.03 * high {
            low = 0.0;
        }
        let (divisor, unit, places) = match high.max(-low) {
            size if size >= 1e7 => (1e6, "£ million", 1),
            size if size >= 1e6 => (1e6, "£ million", 2),
            size if size >= 1e4 => (1e3, "£ thousand", 0),
            _ => (1.0, "Pounds", 0),
        };
        Self { axis: Axis::covering(low / divisor, high / divisor, 4), divisor, unit, places }
    }
}

/// Room for a panel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Screen or phone.
    pub(super) layout: Layout,
    /// Panels side by side.
    pub(super) across: usize,
}

const TOP: f64 = 20.0;
const PLOT: f64 = 150.0;
const FOOT: f64 = 24.0;
const LEFT: f64 = 40.0;

/// Draws one option.
pub(super) fn draw(costs: &CostByYear, scale: &Scale, index: usize, room: Room, words: (&str, &str)) -> Svg {
    let width = match (room.layout, room.across) {
        (Layout::Narrow, _) => Layout::Narrow.full(),
        (Layout::Wide, 3) => 240.0,
        (Layout::Wide, 2) => 370.0,
        (Layout::Wide, _) => Layout::Wide.full(),
    };
    let id = format!("cost-{index}{}", room.layout.suffix());
    let mut svg = Svg::new(&id, width, TOP + PLOT + FOOT, words.0, words.1);
    let place = |v: f64| scale.axis.place(v, TOP + PLOT, TOP);
    for tick in &scale.axis.ticks {
        let y = place(*tick);
        svg.line((LEFT, y), (width, y), palette::GRID, 1.0);
        let label = format::number(*tick, scale.axis.places);
        svg.label(Label::new(&label, LEFT - 6.0, y + 4.0, 11.0).anchored(Anchor::End).inked(palette::MUTED));
    }
    let pitch = (width - LEFT) / length(costs.years.len());
    let column = (pitch * 0.68).min(56.0);
    let option = &costs.options[index];
    let mut reach = LEFT;
    let mut foot = 0.0;
    for (year, name) in costs.years.iter().enumerate() {
        let middle = LEFT + pitch * (length(year) + 0.5);
        let top = stack(&mut svg, &option.years[year], middle - column / 2.0, column, &|v| place(v / scale.divisor));
        total_label(&mut svg, scale, option.total(year), (middle, top - 5.0), &mut reach);
        year_label(&mut svg, name, middle, pitch, &mut foot);
    }
    svg.line((LEFT, place(0.0)), (width, place(0.0)), palette::INK, 1.0);
    svg
}

/// One column; answers where its top is.
fn stack(svg: &mut Svg, parts: &[f64; 5], x: f64, width: f64, place: &dyn Fn(f64) -> f64) -> f64 {
    for ((part, (from, to)), fill) in parts.iter().zip(stacked(parts)).zip(FILLS) {
        let (top, bottom) = (place(from.max(to)), place(from.min(to)));
        // A white seam parts a segment from the one nearer to zero.
        let seam = if bottom - top > 4.0 && from.abs() > 1e-9 { 1.5 } else { 0.0 };
        let y = if *part < 0.0 { top + seam } else { top };
        svg.rect((x, y), (width, bottom - top - seam), fill);
    }
    place(stack_top(parts))
}

/// Writes the total above its column if it clears the one before.
fn total_label(svg: &mut Svg, scale: &Scale, total: f64, (x, y): (f64, f64), reach: &mut f64) {
    let text = format::number(total / scale.divisor, scale.places);
    let label = Label::new(&text, x, y, 11.5).bold().anchored(Anchor::Middle).haloed();
    let bounds = label.bounds();
    if bounds.left >= *reach && bounds.right <= svg.size().0 {
        *reach = bounds.right + 3.0;
        svg.label(label);
    }
}

/// Writes the year if it clears the one before: in full, or its last digits where columns are
/// narrow.
fn year_label(svg: &mut Svg, name: &str, x: f64, pitch: f64, foot: &mut f64) {
    let brief = name.get(2..).filter(|_| name.len() == 7 && name.is_ascii()).unwrap_or(name);
    let room = pitch - 6.0;
    let text = if text::width(name, 11.0, Face::Regular) <= room { name } else { brief };
    let label = Label::new(text, x, TOP + PLOT + 16.0, 11.0).anchored(Anchor::Middle).inked(palette::MUTED);
    let bounds = label.bounds();
    if bounds.left >= *foot && bounds.right <= svg.size().0 {
        *foot = bounds.right + 4.0;
        svg.label(label);
    }
}
