//! Labels and the room they take.

use super::palette;
use super::text;
use super::text::Face;

/// Where a label's point lies within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At its left end.
    Start,
    /// In its middle.
    Middle,
    /// At its right end.
    End,
}

/// A label to write.
#[derive(Debug, Clone, Copy)]
pub struct Label<'a> {
    /// The text.
    pub text: &'a str,
    /// Horizontal position of the anchor.
    pub x: f64,
    /// Baseline.
    pub y: f64,
    /// Type size.
    pub size: f64,
    /// Weight.
    pub face: Face,
    /// Where `x` lies.
    pub anchor: Anchor,
    /// Ink.
    pub ink: &'static str,
    /// Whether a white edge keeps it readable over lines.
    pub halo: bool,
}

impl<'a> Label<'a> {
    /// A label in regular type at its left end, in the main ink.
    #[must_use]
    pub fn new(text: &'a str, x: f64, y: f64, size: f64) -> Self {
        Self { text, x, y, size, face: Face::Regular, anchor: Anchor::Start, ink: palette::INK, halo: false }
    }

    /// The same in bold.
    #[must_use]
    pub fn bold(self) -> Self {
        Self { face: Face::Bold, ..self }
    }

    /// The same with another anchor.
    #[must_use]
    pub fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// The same in another ink.
    #[must_use]
    pub fn inked(self, ink: &'static str) -> Self {
        Self { ink, ..self }
    }

    /// The same with a white edge.
    #[must_use]
    pub fn haloed(self) -> Self {
        Self { halo: true, ..self }
    }

    /// The box that the text fills.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let width = text::width(self.text, self.size, self.face);
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        // Ascent 0.75 and descent 0.21 of the size hold every Latin glyph of the face.
        Bounds { left, top: self.y - 0.75 * self.size, right: left + width, bottom: self.y + 0.21 * self.size }
    }
}

/// A box on the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Bounds {
    /// Whether the two share more than an edge.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether it lies within `width` by `height`.
    #[must_use]
    pub fn within(&self, width: f64, height: f64) -> bool {
        self.left >= 0.0 && self.top >= 0.0 && self.right <= width && self.bottom <= height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_knows_its_box() {
        // "Cost" at 10 is 20.56 wide; anchored at its end it lies left of x.
        let label = Label::new("Cost", 50.0, 20.0, 10.0).anchored(Anchor::End);
        let bounds = label.bounds();
        assert!((bounds.left - 29.44).abs() < 1e-9 && (bounds.right - 50.0).abs() < 1e-9);
        assert!((bounds.top - 12.5).abs() < 1e-9 && (bounds.bottom - 22.1).abs() < 1e-9);
    }
}
