//! Drawing one panel of the roadmap.

use super::Lane;
use super::OptionRoadmap;
use super::Roadmap;
use crate::report::chart::Layout;
use crate::report::chart::axis::length;
use crate::report::chart::label::Anchor;
use crate::report::chart::label::Bounds;
use crate::report::chart::label::Label;
use crate::report::chart::palette;
use crate::report::chart::palette::Fill;
use crate::report::chart::palette::Pattern;
use crate::report::chart::svg::Svg;
use crate::report::chart::text;
use crate::report::chart::text::Face;

/// What is paid beside the live system.
pub(super) const DOUBLE: Fill = Fill { colour: "#3d3d3d", ink: palette::WHITE, pattern: Pattern::Rising };
/// Contract ends.
pub(super) const END: &str = "#801650";

const NAMES: f64 = 184.0;
const HEAD: f64 = 24.0;
const ROW: f64 = 36.0;
const BAR: f64 = 18.0;
const THIN: f64 = 8.0;
const TYPE: f64 = 12.0;
const CONTRACT_ROW: f64 = 20.0;
const REMARK: f64 = 22.0;

/// Draws one option.
pub(super) fn draw(roadmap: &Roadmap, index: usize, words: (&str, &str)) -> Svg {
    let option = &roadmap.options[index];
    let width = Layout::Wide.full();
    let months = (roadmap.years.len() * 12).max(12);
    let months = length(months);
    let place = |month: f64| NAMES + month.clamp(0.0, months) / months * (width - NAMES);
    let (ends, end_lanes) = end_labels(option, &place, width);
    let rows = length(option.rows.len()) * ROW;
    let remarks = remarks(option);
    let contracts = if ends.is_empty() { 0.0 } else { f64::from(end_lanes) * CONTRACT_ROW + 8.0 };
    let height = HEAD + rows + length(remarks.len()) * REMARK + contracts + 4.0;
    let mut svg = Svg::new(&format!("road-{index}"), width, height, words.0, words.1);

    bands(&mut svg, roadmap, &place, height);
    let mut y = HEAD;
    for lane in &option.rows {
        svg.line((0.0, y), (width, y), palette::GRID, 1.0);
        lane_name(&mut svg, &lane.name, y);
        stretches(&mut svg, roadmap, lane, y, &place);
        if let Some((planned, expected)) = lane.go_live {
            go_live(&mut svg, place(planned), place(expected), y + 5.0 + BAR / 2.0);
        }
        y += ROW;
    }
    svg.line((0.0, y), (width, y), palette::GRID, 1.0);
    for text in remarks {
        svg.label(Label::new(&text, 0.0, y + 15.0, TYPE).inked(palette::MUTED).haloed());
        y += REMARK;
    }
    if !ends.is_empty() {
        svg.label(Label::new("Contract ends", 0.0, y + 16.0, TYPE));
        for end in ends {
            let middle = y + 12.0 + f64::from(end.lane) * CONTRACT_ROW;
            svg.diamond(end.x, middle, 6.0, END);
            svg.label(Label::new(&end.text, end.label_x, middle + 4.0, 11.0).anchored(end.anchor).haloed());
        }
    }
    svg
}

/// What has no row.
fn remarks(option: &OptionRoadmap) -> Vec<String> {
    let unmoved = match option.unmoved {
        0 => None,
        _ if option.rows.is_empty() => Some("No service moves".to_owned()),
        1 => Some("1 other service keeps its system".to_owned()),
        many => Some(format!("{many} other services keep their systems")),
    };
    option.left_out.clone().into_iter().chain(unmoved).collect()
}

/// Alternating bands for the years, with their names where they fit.
fn bands(svg: &mut Svg, roadmap: &Roadmap, place: &dyn Fn(f64) -> f64, height: f64) {
    let band = Fill { colour: "#f0f4f5", ..palette::QUIET };
    let mut reach = NAMES;
    for (i, year) in roadmap.years.iter().enumerate() {
        let (left, right) = (place(length(i) * 12.0), place(length(i + 1) * 12.0));
        if i % 2 == 0 {
            svg.rect((left, 0.0), (right - left, height), band);
        }
        let label = Label::new(year, f64::midpoint(left, right), 16.0, 11.0).anchored(Anchor::Middle).inked(palette::MUTED);
        let bounds = label.bounds();
        if bounds.left >= reach && bounds.right <= svg.size().0 {
            reach = bounds.right + 6.0;
            svg.label(label);
        }
    }
}

fn lane_name(svg: &mut Svg, name: &str, y: f64) {
    let lines = text::wrap(name, TYPE, Face::Regular, NAMES - 10.0, 2);
    let first = if lines.len() > 1 { y + 15.0 } else { y + 22.0 };
    for (i, line) in lines.iter().enumerate() {
        svg.label(Label::new(line, 0.0, first + length(i) * 14.0, TYPE));
    }
}

/// Live bars at full height, what is paid beside them in thin hatched bars beneath.
fn stretches(svg: &mut Svg, roadmap: &Roadmap, lane: &Lane, y: f64, place: &dyn Fn(f64) -> f64) {
    for stretch in &lane.stretches {
        let (left, right) = (place(length(stretch.span.0)), place(length(stretch.span.1)));
        if !stretch.live {
            svg.rect((left, y + 5.0 + BAR + 1.5), ((right - left).max(2.0), THIN), DOUBLE);
            continue;
        }
        let fill = roadmap.systems.iter().find(|(name, _)| *name == stretch.system).map_or(palette::QUIET, |s| s.1);
        svg.rect((left, y + 5.0), ((right - left - 1.5).max(1.0), BAR), fill);
        // The markers of go-live stand at the ends of a bar; the label keeps clear of them.
        let (start, end) = clear_of_markers(lane, (left, right), place);
        let name = text::fit(&stretch.system, 11.0, Face::Regular, end - start - 8.0);
        if name.chars().count() > 2 || name == stretch.system {
            svg.label_on(Label::new(&name, start + 4.0, y + 5.0 + BAR / 2.0 + 4.0, 11.0), fill);
        }
    }
}

/// The part of a bar that no go-live marker covers.
fn clear_of_markers(lane: &Lane, (left, right): (f64, f64), place: &dyn Fn(f64) -> f64) -> (f64, f64) {
    let Some((planned, expected)) = lane.go_live else { return (left, right) };
    let from = place(planned.min(expected)) - 8.0;
    let to = place(planned.max(expected)) + 8.0;
    if to <= left || from >= right {
        return (left, right);
    }
    if from - left > right - to { (left, from) } else { (to.max(left), right) }
}

/// A ring where go-live is planned, a dot where it is expected.
fn go_live(svg: &mut Svg, planned: f64, expected: f64, y: f64) {
    if (planned - expected).abs() > 0.5 {
        svg.line((planned, y), (expected, y), palette::WHITE, 5.0);
        svg.line((planned, y), (expected, y), palette::INK, 2.0);
        svg.circle((planned, y), 4.5, palette::WHITE, palette::INK);
    }
    svg.circle((expected, y), 5.5, palette::WHITE, palette::WHITE);
    svg.circle((expected, y), 4.0, palette::INK, palette::INK);
}

/// A contract's end and where its label goes.
struct EndLabel {
    text: String,
    x: f64,
    label_x: f64,
    anchor: Anchor,
    lane: u16,
}

/// Gives each contract end the first lane in which its mark and label are free. The heading of the
/// row and the marks count as taken.
fn end_labels(option: &OptionRoadmap, place: &dyn Fn(f64) -> f64, width: f64) -> (Vec<EndLabel>, u16) {
    let mut taken: Vec<(u16, Bounds)> = Vec::new();
    let mut out = Vec::new();
    for (name, month) in &option.contract_ends {
        let x = place(*month);
        let text = text::fit(name, 11.0, Face::Regular, 170.0);
        let long = text::width(&text, 11.0, Face::Regular);
        let right = x + 11.0 + long <= width;
        let (label_x, anchor) = if right { (x + 11.0, Anchor::Start) } else { (x - 11.0, Anchor::End) };
        let (from, to) = if right { (x - 8.0, x + 15.0 + long) } else { (x - 15.0 - long, x + 8.0) };
        let area = Bounds { left: from, top: 0.0, right: to, bottom: 1.0 };
        // As many lanes as ends are always enough.
        let lane = (0..=u16::MAX).find(|l| taken.iter().all(|(t, b)| t != l || !b.overlaps(&area))).unwrap_or(0);
        taken.push((lane, area));
        out.push(EndLabel { text, x: x.min(width - 7.0), label_x, anchor, lane });
    }
    let lanes = taken.iter().map(|(l, _)| l + 1).max().unwrap_or(0);
    (out, lanes)
}
