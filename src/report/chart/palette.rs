//! Colours and patterns of the charts, with the ink that stays readable on each.
//!
//! The six colours are the categorical palette of the Government Analysis Function. In greyscale
//! the first, third and fifth look alike, as do the second, fourth and sixth, so the later ones
//! also carry a pattern.

/// Text on white.
pub const INK: &str = "#212b32";
/// Secondary text on white.
pub const MUTED: &str = "#4c6272";
/// Gridlines and outlines.
pub const GRID: &str = "#d8dde0";
/// A stronger rule.
pub const RULE: &str = "#768692";
/// Paper.
pub const WHITE: &str = "#ffffff";

/// What lies over a colour so that it can be told from its neighbours without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Nothing.
    Plain,
    /// Lines rising to the right.
    Rising,
    /// Lines falling to the right.
    Falling,
    /// Dots.
    Dots,
    /// Upright lines.
    Upright,
}

/// How an area is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill {
    /// The colour.
    pub colour: &'static str,
    /// The ink for text on it; at least 4.5 to 1.
    pub ink: &'static str,
    /// The pattern over it.
    pub pattern: Pattern,
}

const BLACK: &str = "#0b0c0c";

/// Fills of a series, in the order in which they are given out.
pub const SERIES: [Fill; 6] = [
    Fill { colour: "#12436d", ink: WHITE, pattern: Pattern::Plain },
    Fill { colour: "#28a197", ink: BLACK, pattern: Pattern::Plain },
    Fill { colour: "#801650", ink: WHITE, pattern: Pattern::Rising },
    Fill { colour: "#f46a25", ink: BLACK, pattern: Pattern::Falling },
    Fill { colour: "#3d3d3d", ink: WHITE, pattern: Pattern::Dots },
    Fill { colour: "#a285d1", ink: BLACK, pattern: Pattern::Upright },
];

/// For what is neither a series of its own nor to be stressed.
pub const QUIET: Fill = Fill { colour: "#d8dde0", ink: BLACK, pattern: Pattern::Plain };

/// Contrast ratio of two colours `#rrggbb` by WCAG 2.2.
///
/// ```
/// use appraise::report::chart::palette::contrast;
/// assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance of `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let byte = colour.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
        let part = f64::from(byte) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_on_every_fill_is_readable() {
        for fill in SERIES.iter().chain([&QUIET]) {
            assert!(contrast(fill.ink, fill.colour) >= 4.5, "{}", fill.colour);
        }
    }

    #[test]
    fn text_on_white_is_readable() {
        assert!(contrast(INK, WHITE) >= 7.0);
        assert!(contrast(MUTED, WHITE) >= 4.5);
    }

    #[test]
    fn series_stand_out_from_paper() {
        assert!(SERIES.iter().all(|fill| contrast(fill.colour, WHITE) >= 3.0));
    }
}
