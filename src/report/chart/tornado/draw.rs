//! Drawing the bars.

use super::Bar;
use super::ENDS;
use super::Lead;
use super::Tornado;
use crate::report::chart::Layout;
use crate::report::chart::axis::Axis;
use crate::report::chart::axis::length;
use crate::report::chart::label::Anchor;
use crate::report::chart::label::Label;
use crate::report::chart::palette;
use crate::report::chart::palette::Fill;
use crate::report::chart::palette::Pattern;
use crate::report::chart::svg::Svg;
use crate::report::chart::text;
use crate::report::chart::text::Face;
use crate::report::format;

const TYPE: f64 = 11.5;
const SMALL: f64 = 11.0;
/// From one line of a name to the next.
const LEADING: f64 = 13.0;
const BAR: f64 = 14.0;
const FOOT: f64 = 22.0;
/// Between a bar and the number at its end.
const GAP: f64 = 4.0;

/// A scale and where it runs.
struct Scale {
    axis: Axis,
    from: f64,
    to: f64,
}

impl Scale {
    fn x(&self, value: f64) -> f64 {
        self.axis.place(value, self.from, self.to)
    }
}

/// Where everything goes.
struct Plan {
    layout: Layout,
    cost: Scale,
    lead: Option<Scale>,
    names: f64,
    /// Lines of each name, and of its unit.
    lines: Vec<(Vec<String>, String)>,
    head: f64,
}

impl Plan {
    fn of(tornado: &Tornado, layout: Layout) -> Self {
        let bars = &tornado.bars[..tornado.drawn()];
        let width = layout.full();
        let names = if layout == Layout::Wide { 226.0 } else { width };
        let lines = |bar: &Bar| {
            let told = bar.unit.starts_with("share") || ["uplift", "£"].contains(&bar.unit.as_str());
            let unit = if told { "" } else { bar.unit.as_str() };
            (text::wrap(&bar.name, TYPE, Face::Regular, names - 8.0, 2), unit.to_owned())
        };
        let beside = layout == Layout::Wide && tornado.lead.is_some();
        let (left, right) = match (layout, beside) {
            (Layout::Narrow, _) => (0.0, width),
            (Layout::Wide, true) => (names, 566.0),
            (Layout::Wide, false) => (names, width),
        };
        let ends = |f: fn(&super::End) -> f64| bars.iter().flat_map(move |b| b.ends.iter().map(f));
        let cover = |values: &[f64], count| {
            let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)));
            Axis::covering(low, high, count)
        };
        let costs: Vec<f64> = ends(|e| e.npc).chain([tornado.central]).collect();
        // Room at both sides for the numbers at the ends.
        let room = |i: usize| {
            bars.iter().map(|b| text::width(&b.ends[i].short, SMALL, Face::Regular)).fold(0.0, f64::max).min((right - left) / 4.0)
                + GAP
        };
        let room = room(0).max(room(1));
        let cost = Scale { axis: cover(&costs, if layout == Layout::Wide { 4 } else { 3 }), from: left + room, to: right - room };
        let lead = tornado.lead.as_ref().filter(|_| beside).map(|lead| {
            let leads: Vec<f64> = ends(|e| e.lead).chain([lead.central, 0.0]).collect();
            Scale { axis: cover(&leads, 3), from: 598.0, to: width - 14.0 }
        });
        Self { layout, cost, lead, names, lines: bars.iter().map(lines).collect(), head: if beside { 46.0 } else { 20.0 } }
    }

    /// Height of a row, and where its bar begins.
    fn row(&self, i: usize, lead: bool) -> (f64, f64) {
        let (name, unit) = &self.lines[i];
        let lines = length(name.len() + usize::from(!unit.is_empty()));
        match self.layout {
            Layout::Wide => {
                let height = (lines * LEADING + 9.0).max(BAR + 10.0);
                (height, (height - BAR) / 2.0)
            }
            Layout::Narrow => (lines * LEADING + BAR + 12.0 + if lead { LEADING } else { 0.0 }, lines * LEADING + 4.0),
        }
    }
}

/// Draws the chart.
pub(super) fn draw(tornado: &Tornado, layout: Layout, words: (&str, &str)) -> Svg {
    let plan = Plan::of(tornado, layout);
    let told = tornado.lead.is_some();
    let rows: Vec<(f64, f64)> = (0..plan.lines.len()).map(|i| plan.row(i, told)).collect();
    let floor = plan.head + rows.iter().map(|r| r.0).sum::<f64>();
    let mut svg = Svg::new(&format!("tornado-{}", layout.suffix()), layout.full(), floor + FOOT, words.0, words.1);
    headings(&mut svg, tornado, &plan);
    let top = plan.head;
    if layout == Layout::Wide {
        grid(&mut svg, &plan.cost, (top, floor), &|t| plan.cost.axis.pounds(t));
    }
    svg.line((plan.cost.x(tornado.central), top), (plan.cost.x(tornado.central), floor), palette::INK, 1.0);
    if let (Some(scale), Some(lead)) = (&plan.lead, &tornado.lead) {
        let show = |t: f64| if lead.points { format::number(t, scale.axis.places) } else { scale.axis.pounds(t) };
        grid(&mut svg, scale, (top, floor), &show);
        svg.line((scale.x(0.0), top - 4.0), (scale.x(0.0), floor), palette::INK, 2.0);
    }
    let mut y = top;
    for (i, (bar, (height, at))) in tornado.bars.iter().zip(&rows).enumerate() {
        name(&mut svg, &plan, i, y);
        cost_bar(&mut svg, &plan.cost, tornado.central, bar, y + at);
        if let (Some(scale), Some(lead)) = (&plan.lead, &tornado.lead) {
            lead_bar(&mut svg, scale, lead, bar, y + at);
        }
        if let (Layout::Narrow, Some(lead)) = (layout, &tornado.lead) {
            let [low, high] = [&bar.ends[0], &bar.ends[1]].map(|e| lead.told(e.lead));
            let line = if low == high { format!("Lead {low} at both") } else { format!("Lead {low} to {high}") };
            svg.label(Label::new(&line, 0.0, y + at + BAR + LEADING, SMALL).inked(palette::MUTED));
        }
        y += height;
    }
    if layout == Layout::Narrow {
        let label = format!("Line: {} on central figures", crate::quantity::pounds_short(tornado.central));
        svg.label(Label::new(&label, 0.0, floor + 14.0, SMALL).inked(palette::MUTED));
    }
    svg
}

fn headings(svg: &mut Svg, tornado: &Tornado, plan: &Plan) {
    let right = svg.size().0;
    if plan.layout == Layout::Narrow {
        svg.label(Label::new("Net present cost", 0.0, 12.0, TYPE).bold());
        return;
    }
    let (from, to) = (plan.names, plan.lead.as_ref().map_or(right, |_| 566.0));
    let cost = format!("Net present cost of {}", tornado.leading);
    for (n, line) in text::wrap(&cost, TYPE, Face::Bold, to - from, 3).iter().enumerate() {
        svg.label(Label::new(line, from, 11.0 + length(n) * LEADING, TYPE).bold());
    }
    if let Some(lead) = tornado.lead.as_ref().filter(|_| plan.lead.is_some()) {
        let unit = if lead.points { "points" } else { "net present cost" };
        let words = format!("Lead over {}, {unit}", lead.over);
        for (n, line) in text::wrap(&words, TYPE, Face::Bold, right - 580.0, 3).iter().enumerate() {
            svg.label(Label::new(line, 580.0, 11.0 + length(n) * LEADING, TYPE).bold());
        }
    }
}

/// Gridlines with their numbers at the foot.
fn grid(svg: &mut Svg, scale: &Scale, (top, floor): (f64, f64), show: &dyn Fn(f64) -> String) {
    let mut reach = f64::NEG_INFINITY;
    for tick in &scale.axis.ticks {
        let x = scale.x(*tick);
        svg.line((x, top), (x, floor), palette::GRID, 1.0);
        let text = show(*tick);
        let label = Label::new(&text, x, floor + 15.0, SMALL).anchored(Anchor::Middle).inked(palette::MUTED);
        let bounds = label.bounds();
        if bounds.left >= reach && bounds.right <= svg.size().0 {
            reach = bounds.right + 6.0;
            svg.label(label);
        }
    }
}

fn name(svg: &mut Svg, plan: &Plan, i: usize, y: f64) {
    let (lines, unit) = &plan.lines[i];
    let count = length(lines.len() + usize::from(!unit.is_empty()));
    let top = match plan.layout {
        Layout::Wide => y + (plan.row(i, false).0 - count * LEADING) / 2.0,
        Layout::Narrow => y + 2.0,
    };
    let base = |n: usize| top + length(n) * LEADING + 0.85 * TYPE;
    for (n, line) in lines.iter().enumerate() {
        svg.label(Label::new(line, 0.0, base(n), TYPE));
    }
    svg.label(Label::new(unit, 0.0, base(lines.len()), SMALL).inked(palette::MUTED));
}

/// Both ends from the middle; the longer first, in case both lie on one side.
fn both(svg: &mut Svg, scale: &Scale, middle: f64, ends: [f64; 2], y: f64) {
    let away = |i: usize| (ends[i] - middle).abs();
    let order = if away(0) >= away(1) { [0, 1] } else { [1, 0] };
    for i in order {
        let (a, b) = (scale.x(middle), scale.x(ends[i]));
        let width = (b - a).abs();
        if width < 0.05 {
            continue;
        }
        let from = if width < 1.0 && b < a { a - 1.0 } else { a.min(b) };
        let fill = if width < 4.0 { Fill { pattern: Pattern::Plain, ..ENDS[i] } } else { ENDS[i] };
        svg.rect((from, y), (width.max(1.0), BAR), fill);
    }
}

/// The bar of net present cost, with what the unknown is at either end.
fn cost_bar(svg: &mut Svg, scale: &Scale, central: f64, bar: &Bar, y: f64) {
    both(svg, scale, central, [bar.ends[0].npc, bar.ends[1].npc], y);
    let (left, right) = if bar.ends[0].npc <= bar.ends[1].npc { (0, 1) } else { (1, 0) };
    let base = y + BAR / 2.0 + 0.36 * SMALL;
    // Numbers stand outside the bar and the line of the central figure.
    let (from, to) = (bar.ends[left].npc.min(central), bar.ends[right].npc.max(central));
    let (start, end) = (scale.x(from) - GAP, scale.x(to) + GAP);
    let fit = |text: &str, room: f64| text::fit(text, SMALL, Face::Regular, room);
    let edge = svg.size().0;
    svg.label(Label::new(&fit(&bar.ends[left].short, start), start, base, SMALL).anchored(Anchor::End).haloed());
    svg.label(Label::new(&fit(&bar.ends[right].short, edge - end), end, base, SMALL).haloed());
}

fn lead_bar(svg: &mut Svg, scale: &Scale, lead: &Lead, bar: &Bar, y: f64) {
    both(svg, scale, lead.central, [bar.ends[0].lead, bar.ends[1].lead], y);
    let x = scale.x(lead.central);
    svg.line((x, y - 2.0), (x, y + BAR + 2.0), palette::INK, 1.0);
}
