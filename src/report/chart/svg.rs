//! A small writer of SVG that says what it shows: role, title, description, and measured labels.

use super::label::Anchor;
use super::label::Bounds;
use super::label::Label;
use super::palette::Fill;
use super::palette::Pattern;
use super::palette::WHITE;
use super::text::Face;
use crate::report::escape;
use std::fmt::Write as _;

/// A drawing in the making.
#[derive(Debug, Clone)]
pub struct Svg {
    id: String,
    width: f64,
    height: f64,
    title: String,
    description: String,
    definitions: String,
    body: String,
    patterns: Vec<Fill>,
    labels: Vec<Bounds>,
}

impl Svg {
    /// An empty drawing. `id` must be unique on the page; all ids inside start with it.
    #[must_use]
    pub fn new(id: &str, width: f64, height: f64, title: &str, description: &str) -> Self {
        Self {
            id: id.to_owned(),
            width,
            height,
            title: title.to_owned(),
            description: description.to_owned(),
            definitions: String::new(),
            body: String::new(),
            patterns: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// A filled rectangle; nothing if it has no area.
    pub fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: Fill) {
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let paint = self.paint(fill);
        self.put(&format!(
            r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{paint}"/>"#,
            num(x),
            num(y),
            num(width),
            num(height)
        ));
    }

    /// A filled polygon.
    pub fn polygon(&mut self, corners: &[(f64, f64)], fill: Fill) {
        let paint = self.paint(fill);
        let points: Vec<String> = corners.iter().map(|(x, y)| format!("{},{}", num(*x), num(*y))).collect();
        self.put(&format!(r#"<polygon points="{}" fill="{paint}"/>"#, points.join(" ")));
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str, width: f64) {
        self.put(&format!(
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{stroke}" stroke-width="{}"/>"#,
            num(from.0),
            num(from.1),
            num(to.0),
            num(to.1),
            num(width)
        ));
    }

    /// A line through points, drawn with a pattern of dashes; unbroken where that is empty.
    pub fn polyline(&mut self, points: &[(f64, f64)], (stroke, width): (&str, f64), dash: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", num(*x), num(*y))).collect();
        let dash = if dash.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dash}""#) };
        self.put(&format!(
            r#"<polyline points="{}" fill="none" stroke="{stroke}" stroke-width="{}" stroke-linejoin="round"{dash}/>"#,
            points.join(" "),
            num(width)
        ));
    }

    /// A diamond centred on a point.
    pub fn diamond(&mut self, x: f64, y: f64, reach: f64, fill: &str) {
        let corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)];
        let points: Vec<String> = corners.iter().map(|(x, y)| format!("{},{}", num(*x), num(*y))).collect();
        self.put(&format!(r#"<polygon points="{}" fill="{fill}" stroke="{WHITE}"/>"#, points.join(" ")));
    }

    /// A circle with an outline.
    pub fn circle(&mut self, (x, y): (f64, f64), radius: f64, fill: &str, stroke: &str) {
        self.put(&format!(
            r#"<circle cx="{}" cy="{}" r="{}" fill="{fill}" stroke="{stroke}" stroke-width="2"/>"#,
            num(x),
            num(y),
            num(radius)
        ));
    }

    /// A label.
    pub fn label(&mut self, label: Label<'_>) {
        if label.text.is_empty() {
            return;
        }
        self.labels.push(label.bounds());
        let anchor = match label.anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let weight = if label.face == Face::Bold { r#" font-weight="700""# } else { "" };
        let halo = if label.halo {
            format!(r#" paint-order="stroke" stroke="{WHITE}" stroke-width="4" stroke-linejoin="round""#)
        } else {
            String::new()
        };
        self.put(&format!(
            r#"<text x="{}" y="{}" font-size="{}" fill="{}"{anchor}{weight}{halo}>{}</text>"#,
            num(label.x),
            num(label.y),
            num(label.size),
            label.ink,
            escape(label.text)
        ));
    }

    /// A label on a filled area, with a plate of the plain colour beneath it where there is a
    /// pattern.
    pub fn label_on(&mut self, label: Label<'_>, fill: Fill) {
        if fill.pattern != Pattern::Plain {
            let area = label.bounds();
            let plate = Fill { pattern: Pattern::Plain, ..fill };
            let size = (area.right - area.left + 4.0, area.bottom - area.top);
            self.rect((area.left - 2.0, area.top), size, plate);
        }
        self.label(label.inked(fill.ink));
    }

    /// Markup made elsewhere, already escaped.
    pub fn markup(&mut self, markup: &str) {
        self.put(markup);
    }

    /// Boxes of the labels so far.
    #[must_use]
    pub fn labels(&self) -> &[Bounds] {
        &self.labels
    }

    /// Width and height of the drawing.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    /// The finished element. It has no width or height, so that it fills the room it is given.
    #[must_use]
    pub fn finish(&self) -> String {
        let definitions = if self.definitions.is_empty() { String::new() } else { format!("<defs>{}</defs>", self.definitions) };
        format!(
            concat!(
                r#"<svg viewBox="0 0 {w} {h}" role="img" "#,
                r#"aria-labelledby="{id}-t {id}-d" font-family="Arial, Helvetica, 'Liberation Sans', sans-serif">"#,
                r#"<title id="{id}-t">{title}</title><desc id="{id}-d">{description}</desc>{definitions}{body}</svg>"#
            ),
            w = num(self.width),
            h = num(self.height),
            id = self.id,
            title = escape(&self.title),
            description = escape(&self.description),
            definitions = definitions,
            body = self.body,
        )
    }

    /// The finished element as decoration, hidden from screen readers.
    #[must_use]
    pub fn finish_hidden(&self) -> String {
        let (w, h) = (num(self.width), num(self.height));
        let definitions = if self.definitions.is_empty() { String::new() } else { format!("<defs>{}</defs>", self.definitions) };
        format!(
            r#"<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" aria-hidden="true" focusable="false">{definitions}{}</svg>"#,
            self.body
        )
    }

    fn put(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// The value of `fill=`: the colour, or a pattern defined on first use.
    fn paint(&mut self, fill: Fill) -> String {
        if fill.pattern == Pattern::Plain {
            return fill.colour.to_owned();
        }
        let known = self.patterns.iter().position(|p| *p == fill);
        let number = known.unwrap_or_else(|| {
            self.patterns.push(fill);
            let number = self.patterns.len() - 1;
            self.define(number, fill);
            number
        });
        format!("url(#{}-p{number})", self.id)
    }

    fn define(&mut self, number: usize, fill: Fill) {
        let mark = match fill.pattern {
            Pattern::Plain => String::new(),
            Pattern::Rising => stroke("M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2"),
            Pattern::Falling => stroke("M-1,5 l2,2 M0,0 l6,6 M5,-1 l2,2"),
            Pattern::Upright => stroke("M3,0 v6"),
            Pattern::Dots => format!(r#"<circle cx="3" cy="3" r="0.9" fill="{WHITE}" fill-opacity="0.75"/>"#),
        };
        let _ = write!(
            self.definitions,
            r#"<pattern id="{}-p{number}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="{}"/>{mark}</pattern>"#,
            self.id, fill.colour
        );
    }
}

/// A white line of a pattern.
fn stroke(path: &str) -> String {
    format!(r#"<path d="{path}" stroke="{WHITE}" stroke-width="1" stroke-opacity="0.55"/>"#)
}

/// A coordinate with at most two decimals; 0 if it is not a number.
#[must_use]
pub fn num(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::palette::SERIES;

    #[test]
    fn coordinates_are_short() {
        assert_eq!(num(1.0), "1");
        assert_eq!(num(2.346), "2.35");
        assert_eq!(num(-0.001), "0");
        assert_eq!(num(f64::NAN), "0");
    }

    #[test]
    fn hostile_labels_stay_text() {
        let mut svg = Svg::new("f", 100.0, 50.0, "<b>", "\"d\"");
        svg.label(Label::new("</text><script>", 0.0, 10.0, 10.0));
        let out = svg.finish();
        assert!(!out.contains("<script>") && out.contains("&lt;/text&gt;&lt;script&gt;"));
        assert!(out.contains("&lt;b&gt;</title>"));
    }

    #[test]
    fn a_pattern_is_defined_once() {
        let mut svg = Svg::new("f", 100.0, 50.0, "t", "d");
        svg.rect((0.0, 0.0), (10.0, 10.0), SERIES[2]);
        svg.rect((20.0, 0.0), (10.0, 10.0), SERIES[2]);
        assert_eq!(svg.finish().matches("<pattern").count(), 1);
    }
}
