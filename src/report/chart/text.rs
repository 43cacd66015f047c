//! Widths of text in Arial, Helvetica or Liberation Sans, so that labels fit without a font file.
//!
//! The three faces share their advance widths; the tables hold them for printable ASCII in
//! thousandths of the type size.

/// Advance widths of U+0020 to U+007E, regular.
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, //
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, //
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, //
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, //
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, //
];

/// Advance widths of U+0020 to U+007E, bold.
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, //
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, //
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, //
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, //
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584, //
];

/// Weight of type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Regular.
    Regular,
    /// Bold.
    Bold,
}

/// Width of `text` set at `size`, in the unit of `size`.
#[must_use]
pub fn width(text: &str, size: f64, face: Face) -> f64 {
    let thousandths: u32 = text.chars().map(|c| u32::from(advance(c, face))).sum();
    f64::from(thousandths) / 1000.0 * size
}

/// `text` shortened with an ellipsis until it is at most `limit` wide.
#[must_use]
pub fn fit(text: &str, size: f64, face: Face, limit: f64) -> String {
    // A hair of tolerance, so that a limit computed from the same widths is met.
    if width(text, size, face) <= limit + 1e-9 {
        return text.to_owned();
    }
    let mut thousandths = u32::from(advance('\u{2026}', face));
    let mut kept = "";
    for (at, c) in text.char_indices() {
        thousandths += u32::from(advance(c, face));
        if c.is_whitespace() {
            continue;
        }
        if f64::from(thousandths) / 1000.0 * size > limit {
            break;
        }
        kept = &text[..at + c.len_utf8()];
    }
    let shorter = format!("{kept}\u{2026}");
    if width(&shorter, size, face) <= limit { shorter } else { String::new() }
}

/// `text` broken at spaces into at most `lines` lines no wider than `limit`; the last is shortened
/// if words are left over.
#[must_use]
pub fn wrap(text: &str, size: f64, face: Face, limit: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while words.peek().is_some() && out.len() + 1 < lines {
        let mut line = String::new();
        while let Some(word) = words.peek() {
            let longer = if line.is_empty() { (*word).to_owned() } else { format!("{line} {word}") };
            if width(&longer, size, face) > limit && !line.is_empty() {
                break;
            }
            line = longer;
            words.next();
        }
        out.push(fit(&line, size, face, limit));
    }
    let rest = words.collect::<Vec<_>>().join(" ");
    if !rest.is_empty() {
        out.push(fit(&rest, size, face, limit));
    }
    out
}

/// Advance width of one character, in thousandths.
fn advance(c: char, face: Face) -> u16 {
    let (table, single, double) = match face {
        Face::Regular => (&REGULAR, 222, 333),
        Face::Bold => (&BOLD, 278, 500),
    };
    match c {
        ' '..='~' => table[c as usize - 0x20],
        '\u{2212}' | '\u{d7}' => 584,
        '£' | '\u{2013}' => 556,
        '\u{2018}' | '\u{2019}' => single,
        '\u{201c}' | '\u{201d}' => double,
        '\u{b7}' | '\u{a0}' => 333,
        // Ligatures and the widest letters with accents; all others are no wider than bold o and O.
        '\u{e6}' | '\u{153}' | '\u{174}' => 944,
        '\u{c6}' | '\u{152}' => 1000,
        '\u{175}' => 778,
        '\u{c0}'..='\u{24f}' if c.is_lowercase() => 611,
        '\u{c0}'..='\u{24f}' => 778,
        // Pictographs and the sign for what cannot be shown come from other fonts, at up to 1,250.
        '\u{fffd}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => 1300,
        // Control characters show as pictures or as U+FFFD.
        c if crate::quantity::visible(c) != c => 1300,
        // Ellipsis, long dash and whatever else: a full square, so that an unknown script is never clipped.
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_follow_the_tables() {
        // C 722 + o 556 + s 500 + t 278 = 2,056 thousandths at 10.
        assert!((width("Cost", 10.0, Face::Regular) - 20.56).abs() < 1e-9);
        // Bold: C 722 + o 611 + s 556 + t 333 = 2,222.
        assert!((width("Cost", 10.0, Face::Bold) - 22.22).abs() < 1e-9);
    }

    #[test]
    fn fit_keeps_short_text_and_shortens_long() {
        assert_eq!(fit("Cost", 10.0, Face::Regular, 20.56), "Cost");
        // "C…" is 7.22 + 10 = 17.22; "Co…" is 22.78.
        assert_eq!(fit("Cost", 10.0, Face::Regular, 18.0), "C\u{2026}");
        assert_eq!(fit("Cost", 10.0, Face::Regular, 5.0), "");
    }

    #[test]
    fn wrap_breaks_at_spaces_and_ends_with_an_ellipsis() {
        // "Converge on" is 57.25 wide, "one record" 47.8, "one record for all" 78.94.
        assert_eq!(wrap("Converge on one record", 10.0, Face::Regular, 60.0, 2), ["Converge on", "one record"]);
        let cut = wrap("Converge on one record for all", 10.0, Face::Regular, 60.0, 2);
        assert_eq!(cut[0], "Converge on");
        assert!(cut[1].starts_with("one rec") && cut[1].ends_with('\u{2026}'));
        assert!(cut.iter().all(|l| width(l, 10.0, Face::Regular) <= 60.0));
        assert!(wrap("", 10.0, Face::Regular, 60.0, 2).is_empty());
    }
}
