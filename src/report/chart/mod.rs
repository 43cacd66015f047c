//! The charts of the pack: what each one says, and how it is drawn.
//!
//! Each chart has a data function, from an appraisal to numbers, a computed title, a text
//! alternative and a table, and a draw function from those numbers to SVG.

pub mod axis;
pub mod commitment;
pub mod cost_by_year;
pub mod curves;
pub mod expiry;
pub mod frontier;
pub mod label;
pub mod palette;
pub mod roadmap;
pub mod scores;
pub mod svg;
pub mod text;
pub mod tornado;
pub mod value_cost;
pub mod waterfall;
pub mod weight_lines;

use crate::report::view::table::Table;
use serde::Serialize;
use svg::Svg;

/// A chart ready for the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Id on the page.
    pub id: &'static str,
    /// What the numbers say.
    pub title: String,
    /// Measure, unit and period.
    pub subtitle: String,
    /// The key, in the order of the drawing.
    pub key: Vec<KeyItem>,
    /// The drawings.
    pub panels: Vec<Panel>,
    /// How many panels stand beside one another on a wide screen.
    pub across: usize,
    /// The same in words.
    pub alternative: String,
    /// The numbers drawn.
    pub table: Table,
}

/// One drawing of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Panel {
    /// What it shows, where a figure has several.
    pub heading: Option<String>,
    /// The drawing for wide screens and paper.
    pub wide: String,
    /// The drawing for phones, if it has its own.
    pub narrow: Option<String>,
}

/// One entry of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyItem {
    /// A swatch as SVG.
    pub swatch: String,
    /// What it stands for.
    pub label: String,
}

impl KeyItem {
    /// An entry with a filled square. `id` must be unique on the page.
    #[must_use]
    pub fn square(id: &str, fill: palette::Fill, label: &str) -> Self {
        Self::drawn(id, label, |svg| svg.rect((0.0, 0.0), (18.0, 18.0), fill))
    }

    /// An entry with a mark drawn in 18 by 18.
    #[must_use]
    pub fn drawn(id: &str, label: &str, draw: impl FnOnce(&mut Svg)) -> Self {
        let mut svg = Svg::new(id, 18.0, 18.0, "", "");
        draw(&mut svg);
        Self { swatch: svg.finish_hidden(), label: label.to_owned() }
    }
}

/// Widths for which a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Screens and paper.
    Wide,
    /// Phones.
    Narrow,
}

impl Layout {
    /// Width of a drawing that fills the page.
    #[must_use]
    pub fn full(self) -> f64 {
        match self {
            Self::Wide => 760.0,
            Self::Narrow => 340.0,
        }
    }

    /// What its ids end with.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Wide => "w",
            Self::Narrow => "n",
        }
    }
}

#[cfg(test)]
pub(super) mod checks {
    //! What every drawing must satisfy.

    use super::Svg;

    /// No label leaves the drawing and no two overlap.
    pub(in crate::report) fn labels_fit(svg: &Svg) {
        let (width, height) = svg.size();
        for (i, label) in svg.labels().iter().enumerate() {
            assert!(label.within(width, height), "label {i} at {label:?} leaves {width} by {height}");
            for other in &svg.labels()[i + 1..] {
                assert!(!label.overlaps(other), "{label:?} overlaps {other:?}");
            }
        }
    }
}
