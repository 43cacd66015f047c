//! Long runs of letters without a space, which would otherwise be wider than a phone or a page.

/// Letters up to which a run stays whole: 160 pixels in a table on a phone, which is what is left beside
/// the headings of its rows. Words are shorter; ids, addresses, hashes and file names are not.
const LONG: usize = 20;

/// Characters after which a long run may break.
const JOINTS: [char; 7] = ['.', ',', ':', '/', '_', '-', '\u{2013}'];

/// The page with a break allowed after the points, strokes and underscores of every long run of text; a
/// part that is still long may be broken anywhere, so that it takes no more room than its column has.
/// Drawings and the style sheet stay as they are.
///
/// `page` is what the templates make: `<` stands for nothing but the start of a tag, in attributes
/// too.
pub(super) fn breakable(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        let (text, tag) = rest.split_at(open);
        out.push_str(&words(text));
        let end = whole(tag);
        out.push_str(&tag[..end]);
        rest = &tag[end..];
    }
    out + &words(rest)
}

/// Length of the tag at the start of `text`, or of the whole element where it holds no text to break.
fn whole(text: &str) -> usize {
    for (start, end) in [("<svg", "</svg>"), ("<style", "</style>"), ("<title", "</title>"), ("<script", "</script>")] {
        if text.starts_with(start) {
            return text.find(end).map_or(text.len(), |at| at + end.len());
        }
    }
    text.find('>').map_or(text.len(), |at| at + 1)
}

/// Text between tags.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        if letters(word) > LONG {
            let pieces: Vec<String> = word.split_inclusive(JOINTS).map(piece).collect();
            out.push_str(&pieces.join("<wbr>"));
            out.push_str(&part[word.len()..]);
        } else {
            out.push_str(part);
        }
    }
    out
}

/// A part of a long run.
fn piece(text: &str) -> String {
    if letters(text) > LONG { format!(r#"<span class="unbroken">{text}</span>"#) } else { text.to_owned() }
}

/// Number of characters, a reference such as `&amp;` being one.
fn letters(word: &str) -> usize {
    let all = word.chars().count();
    let references = word.split('&').skip(1).filter_map(|r| r.find(';'));
    all - references.map(|at| at + 1).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_may_break_and_a_word_may_not() {
        let long = "x".repeat(21);
        let page = format!("<p class=\"{long}\">word {long} {}\n</p>", "y".repeat(20));
        let expected = format!("<p class=\"{long}\">word <span class=\"unbroken\">{long}</span> {}\n</p>", "y".repeat(20));
        assert_eq!(breakable(&page), expected);
    }

    #[test]
    fn an_id_breaks_at_its_joints() {
        let page = breakable("<td>contracts.rio.lines.users.bands[0].up_to</td> <td>a.b</td>");
        assert_eq!(page, "<td>contracts.<wbr>rio.<wbr>lines.<wbr>users.<wbr>bands[0].<wbr>up_<wbr>to</td> <td>a.b</td>");
    }

    #[test]
    fn a_reference_counts_as_the_character_it_is() {
        // 20 characters, written with 100.
        let quotes = "&#39;".repeat(20);
        assert_eq!(breakable(&quotes), quotes);
        assert!(breakable(&format!("{quotes}x")).starts_with("<span"));
    }

    #[test]
    fn drawings_and_style_stay() {
        let long = "x".repeat(40);
        let page = format!("<title>{long}</title><style>{long}</style><svg><text>{long}</text></svg>");
        assert_eq!(breakable(&page), page);
    }
}
