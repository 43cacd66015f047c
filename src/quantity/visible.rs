//! Text that shows what it holds.

/// The character itself, or a visible stand-in where it would be invisible, move the cursor of a
/// terminal, or turn the order of its neighbours round.
///
/// Control characters become control pictures (ESC shows as ␛), everything else that misleads
/// U+FFFD. Tabs and line ends stay; see [`in_line`] for places that hold one line.
///
/// ```
/// use appraise::quantity::visible;
/// let shown: String = "\u{1b}[31m\u{202e}321".chars().map(visible).collect();
/// assert_eq!(shown, "\u{241b}[31m\u{fffd}321");
/// ```
#[must_use]
pub fn visible(c: char) -> char {
    match c {
        '\t' | '\n' => c,
        // The block of control pictures mirrors C0, so NUL (U+0000) shows as U+2400.
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).expect("U+2400 to U+241F are characters"),
        '\u{7f}' => '\u{2421}',
        // C1 controls; marks, embeddings, overrides and isolates of direction (Unicode Annex 9); line and
        // paragraph separators; interlinear annotation; what XML does not allow.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}' => '\u{fffd}',
        _ => c,
    }
}

/// The same for text on one line of a terminal: tabs and line ends show as well.
///
/// ```
/// use appraise::quantity::in_line;
/// assert_eq!(in_line("a\r\nerror: b"), "a\u{240d}\u{240a}error: b");
/// ```
#[must_use]
pub fn in_line(text: &str) -> String {
    let shown = |c| match c {
        '\t' => '\u{2409}',
        '\n' => '\u{240a}',
        other => visible(other),
    };
    text.chars().map(shown).collect()
}

/// Whether a character is written from right to left (Hebrew, Arabic, Syriac, Thaana, N'Ko and the other
/// scripts in the blocks that Unicode keeps for them).
#[must_use]
pub fn runs_leftwards(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_show_as_their_pictures() {
        assert_eq!(in_line("\u{0}\u{7}\u{1b}[2J\u{7f}\u{9b}"), "\u{2400}\u{2407}\u{241b}[2J\u{2421}\u{fffd}");
        assert_eq!(in_line("\u{201c}quoted\u{201d} £1 – é"), "\u{201c}quoted\u{201d} £1 – é");
    }

    #[test]
    fn nothing_that_is_shown_misleads() {
        let shown = ('\0'..=char::MAX).map(visible).filter(|c| !matches!(c, '\t' | '\n'));
        // Bidi_Control of Unicode: U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069.
        let turns = |c: &char| matches!(u32::from(*c), 0x61c | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069);
        assert_eq!(shown.filter(|c| c.is_control() || turns(c)).count(), 0);
    }

    #[test]
    fn scripts_that_run_leftwards_are_known() {
        assert!("שלום مرحبا".chars().filter(|c| *c != ' ').all(runs_leftwards));
        assert!(!"aé£–日ह".chars().any(runs_leftwards));
    }
}
