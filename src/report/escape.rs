//! Text into markup: one escaping rule for templates and hand-built SVG.

use crate::quantity::{runs_leftwards, visible};
use std::fmt::Write as _;
use std::io;
use std::io::Write;

/// Escapes `text` for use as HTML or XML content or inside a quoted attribute.
///
/// Control characters and characters that reorder text on screen cannot hide: they become visible
/// stand-ins (control pictures, or U+FFFD). Right-to-left writing is isolated from its neighbours.
///
/// ```
/// use appraise::report::escape;
/// assert_eq!(escape("</style>\u{0}"), "&lt;/style&gt;\u{2400}");
/// ```
#[must_use]
pub fn escape(text: &str) -> String {
    let shown: String = text.chars().map(visible).collect();
    let mut out = String::with_capacity(text.len());
    for c in isolated(&shown).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// [`escape`] in the shape that Tera asks for.
pub(super) fn escape_into(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(escape(text).as_bytes())
}

/// `text` with each run of right-to-left writing, from its first letter to its last, between characters
/// that isolate it (U+2068 and U+2069), so that figures and punctuation beside it keep their order.
/// Authors' own isolates are gone by then: [`visible`] has replaced them.
fn isolated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(runs_leftwards) {
        let (before, run) = rest.split_at(start);
        let other = run.find(|c: char| c.is_alphabetic() && !runs_leftwards(c)).unwrap_or(run.len());
        let last = run[..other].rfind(runs_leftwards).unwrap_or(0);
        let end = last + run[last..].chars().next().map_or(0, char::len_utf8);
        let _ = write!(out, "{before}\u{2068}{}\u{2069}", &run[..end]);
        rest = &run[end..];
    }
    out + rest
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

    #[test]
    fn right_to_left_writing_is_isolated() {
        // Without the isolates "(12) - 34" would be drawn to the left of the name.
        assert_eq!(escape("שלום (12) - 34"), "\u{2068}שלום\u{2069} (12) - 34");
        // One run from its first letter to its last, with the space and the figure inside.
        assert_eq!(escape("a שלום 7 עולם b ש"), "a \u{2068}שלום 7 עולם\u{2069} b \u{2068}ש\u{2069}");
        assert_eq!(escape("\u{2069}ש<"), "\u{fffd}\u{2068}ש\u{2069}&lt;");
    }
}
