//! Text into markup: one escaping rule for templates and hand-built SVG.

use std::io;
use std::io::Write;

/// Escapes `text` for use as HTML or XML content or inside a quoted attribute.
///
/// Control characters and characters that reorder text on screen cannot hide: they become visible
/// stand-ins (control pictures, or U+FFFD).
///
/// ```
/// use appraise::report::escape;
/// assert_eq!(escape("</style>\u{0}"), "&lt;/style&gt;\u{2400}");
/// ```
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(visible(other)),
        }
    }
    out
}

/// [`escape`] in the shape that Tera asks for.
pub(super) fn escape_into(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(escape(text).as_bytes())
}

/// The character itself, or a visible stand-in where it would be invisible or reorder its
/// neighbours.
fn visible(c: char) -> char {
    match c {
        '\t' | '\n' => c,
        // The block of control pictures mirrors C0, so NUL (U+0000) shows as U+2400.
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).expect("U+2400 to U+241F are characters"),
        '\u{7f}' => '\u{2421}',
        // C1 controls, marks of direction, and what XML does not allow.
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fffe}'
        | '\u{ffff}' => '\u{fffd}',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_quotes_are_text() {
        assert_eq!(escape("<script>alert('1')</script>"), "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;");
        assert_eq!(escape("a & \"b\""), "a &amp; &quot;b&quot;");
    }

    #[test]
    fn controls_show() {
        assert_eq!(escape("a\u{1}b\u{7f}"), "a\u{2401}b\u{2421}");
        // A right-to-left override could make a figure read backwards.
        assert_eq!(escape("\u{202e}321"), "\u{fffd}321");
        assert_eq!(escape("line\nnext"), "line\nnext");
    }
}
