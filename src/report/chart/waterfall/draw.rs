//! Drawing one panel of the waterfall.

use super::Waterfall;
use super::name;
use crate::report::chart::Layout;
use crate::report::chart::axis::Axis;
use crate::report::chart::axis::length;
use crate::report::chart::label::Anchor;
use crate::report::chart::label::Label;
use crate::report::chart::palette;
use crate::report::chart::palette::Fill;
use crate::report::chart::svg::Svg;
use crate::report::chart::text;
use crate::report::chart::text::Face;
use crate::report::format;

/// The scales that all panels share: one for totals, one for changes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    totals: (f64, f64),
    changes: Axis,
    /// Room that the widest figure of any panel takes, for a type size of 1.
    figures: f64,
    divisor: f64,
    /// What the figures are in.
    pub(super) unit: &'static str,
    places: usize,
}

impl Scale {
    /// The scales that hold every bar.
    pub(super) fn of(waterfall: &Waterfall) -> Self {
        let ends = || waterfall.options.iter().map(|o| o.end).chain([waterfall.start, 0.0]);
        let totals = (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max));
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for option in &waterfall.options {
            let mut level = 0.0;
            for step in &option.steps {
                level += step.change;
                (low, high) = (low.min(level), high.max(level));
            }
        }
        let (divisor, unit, places) = match totals.1.max(-totals.0) {
            size if size >= 1e6 => (1e6, "£ million", 2),
            size if size >= 1e4 => (1e3, "£ thousand", 0),
            _ => (1.0, "Pounds", 0),
        };
        let mut scale =
            Self { totals, changes: Axis::covering(low / divisor, high / divisor, 4), figures: 0.0, divisor, unit, places };
        let amounts = ends().map(|v| scale.amount(v));
        let steps = waterfall.options.iter().flat_map(|o| o.steps.iter().map(|s| s.change).chain([o.end - waterfall.start]));
        let figures = amounts.chain(steps.map(|v| scale.signed(v)));
        scale.figures = figures.map(|t| text::width(&t, 1.0, Face::Bold)).fold(0.0, f64::max);
        scale
    }

    /// How much larger changes are drawn than totals, in words.
    pub(super) fn magnified(&self) -> String {
        let totals = (self.totals.1 - self.totals.0) / self.divisor;
        format!("{} times", format::plain(totals / (self.changes.high - self.changes.low), 1))
    }

    fn amount(&self, value: f64) -> String {
        format::number(value / self.divisor, self.places)
    }

    /// With its sign; what rounds to nothing has none.
    fn signed(&self, value: f64) -> String {
        let text = self.amount(value);
        let some = text.bytes().any(|b| (b'1'..=b'9').contains(&b));
        match (some, value > 0.0) {
            (true, true) => format!("+{text}"),
            (true, false) => text,
            (false, _) if value.abs() < super::LEVEL => "0".to_owned(),
            (false, _) => format!("{}{text}", if value > 0.0 { "+" } else { "\u{2212}" }),
        }
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

/// Type, and the room that goes with it: larger on phones, where drawings shrink, and where a panel is alone.
#[derive(Debug, Clone, Copy)]
struct Type {
    size: f64,
    /// Room for names at the left.
    names: f64,
    /// Height of a row and of the bar in it.
    row: f64,
    bar: f64,
}

impl Type {
    fn of(room: Room) -> Self {
        match room.layout {
            Layout::Wide if room.across == 1 => Self { size: 13.0, names: 200.0, row: 20.0, bar: 12.0 },
            Layout::Wide => Self { size: 12.0, names: 122.0, row: 17.0, bar: 11.0 },
            Layout::Narrow => Self { size: 13.0, names: 132.0, row: 20.0, bar: 12.0 },
        }
    }
}

/// Room above for the heading of a block.
const HEAD: f64 = 18.0;
/// Room between the blocks.
const GAP: f64 = 8.0;
const FOOT: f64 = 18.0;

/// Draws one option.
pub(super) fn draw(waterfall: &Waterfall, scale: &Scale, index: usize, room: Room, words: (&str, &str)) -> Svg {
    let width = match (room.layout, room.across) {
        (Layout::Wide, 2) => 400.0,
        (layout, _) => layout.full(),
    };
    let set = Type::of(room);
    let option = &waterfall.options[index];
    let rows = length(option.steps.len() + 1);
    let changes = HEAD + 2.0 * set.row + GAP;
    let height = changes + HEAD + rows * set.row + FOOT;
    let id = format!("fall-{index}{}", room.layout.suffix());
    let mut svg = Svg::new(&id, width, height, words.0, words.1);
    let figures: Vec<String> = option.steps.iter().map(|s| scale.signed(s.change)).collect();
    let gap = scale.signed(option.end - waterfall.start);
    let totals = [scale.amount(waterfall.start), scale.amount(option.end)];
    let plot = (set.names, (width - scale.figures * set.size - 10.0).max(set.names + 40.0));

    let both = [(waterfall.usual.as_str(), waterfall.start), ("This option", option.end)];
    heading(&mut svg, "Net present cost", 0.0);
    for (i, ((label, value), figure)) in both.into_iter().zip(&totals).enumerate() {
        total(&mut svg, scale, set, (label, value, figure), (HEAD + length(i) * set.row, plot));
    }
    heading(&mut svg, "Change, from 0", changes);
    let place = |v: f64| scale.changes.place(v / scale.divisor, plot.0, plot.1);
    let (top, floor) = (changes + HEAD, height - FOOT);
    ticks(&mut svg, scale, (top, floor), plot);
    let mut level = 0.0;
    for (i, (step, figure)) in option.steps.iter().zip(&figures).enumerate() {
        let y = top + length(i) * set.row;
        row(&mut svg, set, (&name(&step.step), figure), y, false);
        let fill = if step.change > 0.0 { palette::SERIES[3] } else { palette::SERIES[0] };
        let moves = step.change.abs() >= super::LEVEL;
        if moves {
            arrow(&mut svg, (place(level), place(level + step.change)), (y + 3.0, set.bar), fill);
        }
        level += step.change;
        // The level is carried from the end of this bar to the start of the next.
        let from = if moves { y + 3.0 + set.bar } else { y + 3.0 };
        svg.line((place(level), from), (place(level), y + set.row + 3.0), palette::RULE, 1.0);
    }
    let last = top + length(option.steps.len()) * set.row;
    row(&mut svg, set, ("All changes", &gap), last, true);
    let (from, to) = (place(0.0).min(place(level)), place(0.0).max(place(level)));
    framed(&mut svg, (from, last + 3.0), (to - from, set.bar));
    svg.line((place(0.0), top), (place(0.0), floor), palette::INK, 1.0);
    svg
}

fn heading(svg: &mut Svg, text: &str, y: f64) {
    svg.label(Label::new(text, 0.0, y + 13.0, 11.0).inked(palette::MUTED));
}

/// The name of a row at its left, its figure at its right.
fn row(svg: &mut Svg, set: Type, (label, figure): (&str, &str), y: f64, strong: bool) {
    let face = if strong { Face::Bold } else { Face::Regular };
    let label = text::fit(label, set.size, face, set.names - 8.0);
    let right = svg.size().0;
    let as_is = |label| if strong { Label::bold(label) } else { label };
    // The middle of the capitals stands at the middle of the bar.
    let base = y + 3.0 + set.bar / 2.0 + 0.36 * set.size;
    svg.label(as_is(Label::new(&label, 0.0, base, set.size)));
    svg.label(as_is(Label::new(figure, right, base, set.size).anchored(Anchor::End)));
}

/// A total from zero.
fn total(svg: &mut Svg, scale: &Scale, set: Type, (label, value, figure): (&str, f64, &str), (y, plot): (f64, (f64, f64))) {
    row(svg, set, (label, figure), y, true);
    let (low, high) = scale.totals;
    let spread = if high > low { high - low } else { 1.0 };
    let place = |v: f64| plot.0 + (v - low) / spread * (plot.1 - plot.0);
    let (from, to) = (place(0.0).min(place(value)), place(0.0).max(place(value)));
    framed(svg, (from, y + 3.0), (to - from, set.bar));
    svg.line((place(0.0), y), (place(0.0), y + set.row), palette::INK, 1.0);
}

/// A total: light in a dark frame, so that neither way of a change looks like it in greyscale.
pub(super) fn framed(svg: &mut Svg, (x, y): (f64, f64), (width, height): (f64, f64)) {
    let frame = Fill { colour: palette::INK, ..palette::QUIET };
    svg.rect((x, y), (width, height), frame);
    svg.rect((x + 1.2, y + 1.2), (width - 2.4, height - 2.4), palette::QUIET);
}

/// Gridlines of the changes, with signs at their feet.
fn ticks(svg: &mut Svg, scale: &Scale, (top, floor): (f64, f64), plot: (f64, f64)) {
    let mut reach = f64::NEG_INFINITY;
    for tick in &scale.changes.ticks {
        let x = scale.changes.place(*tick, plot.0, plot.1);
        svg.line((x, top), (x, floor), palette::GRID, 1.0);
        let text = format::number(*tick, scale.changes.places);
        let text = if *tick > 1e-9 { format!("+{text}") } else { text };
        let label = Label::new(&text, x, floor + 14.0, 11.0).anchored(Anchor::Middle).inked(palette::MUTED);
        let bounds = label.bounds();
        if bounds.left >= reach && bounds.right <= svg.size().0 {
            reach = bounds.right + 5.0;
            svg.label(label);
        }
    }
}

/// A bar that points from one place to another; a stroke where it is too short to point.
pub(super) fn arrow(svg: &mut Svg, (from, to): (f64, f64), (y, thick): (f64, f64), fill: Fill) {
    let reach = to - from;
    if reach.abs() < 3.0 {
        let width = reach.abs().max(1.5);
        svg.rect((from.min(to), y), (width, thick), Fill { pattern: palette::Pattern::Plain, ..fill });
        return;
    }
    let neck = to - reach.signum() * (reach.abs() * 0.6).min(6.0);
    svg.polygon(&[(from, y), (neck, y), (to, y + thick / 2.0), (neck, y + thick), (from, y + thick)], fill);
}
