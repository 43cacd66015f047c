//! Author's text in Markdown as markup of the page.
//!
//! What is written here is all that a passage can become: paragraphs, headings below those of the pack, lists, quotes,
//! code, emphasis, and links to the web, to a mailbox or to a place on the page. HTML in the text is shown as text; so is
//! the address of any other link. Nothing an author writes reaches the page but through [`escape`].

use super::escape;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::fmt::Write as _;

/// The level of heading below which those of a passage begin.
const ABOVE: usize = 3;

/// A passage as markup; blocks alone.
#[must_use]
pub(super) fn html(text: &str) -> String {
    let mut page = Passage::default();
    for event in Parser::new_ext(text, Options::empty()) {
        page.take(event);
    }
    page.out
}

/// Whether a link may lead there.
fn leads(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    ["https://", "http://", "mailto:", "#"].iter().any(|start| address.starts_with(start))
}

#[derive(Debug, Default)]
struct Passage {
    out: String,
    /// Levels of the headings so far, as written.
    heading: usize,
    /// Address of each link that is open; those that may not be followed are told after their text.
    links: Vec<(String, bool)>,
}

impl Passage {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.out.push_str(&escape(&text)),
            Event::Code(text) => self.put(format_args!("<code>{}</code>", escape(&text))),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>"),
            Event::Rule => self.out.push_str("<hr>"),
            // Not switched on.
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let plain = match tag {
            Tag::Paragraph | Tag::HtmlBlock => "<p>",
            Tag::BlockQuote(_) => "<blockquote>",
            Tag::CodeBlock(_) => "<pre><code>",
            Tag::List(None) => "<ul>",
            Tag::Item => "<li>",
            Tag::Emphasis => "<em>",
            Tag::Strong => "<strong>",
            Tag::List(Some(first)) => {
                match first {
                    1 => self.out.push_str("<ol>"),
                    _ => self.put(format_args!("<ol start=\"{first}\">")),
                }
                return;
            }
            Tag::Heading { level, .. } => {
                let level = self.level(level);
                self.put(format_args!("<h{level}>"));
                return;
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                // A link holds no link: of an image that is linked, the address is told.
                let followed = leads(&dest_url) && !self.links.iter().any(|(_, open)| *open);
                if followed {
                    self.put(format_args!("<a href=\"{}\">", escape(&dest_url)));
                }
                self.links.push((dest_url.into_string(), followed));
                return;
            }
            _ => return,
        };
        self.out.push_str(plain);
    }

    fn end(&mut self, tag: TagEnd) {
        let plain = match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>\n",
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::CodeBlock => "</code></pre>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Heading(_) => {
                let level = self.heading;
                self.put(format_args!("</h{level}>\n"));
                return;
            }
            TagEnd::Link | TagEnd::Image => {
                match self.links.pop() {
                    Some((_, true)) => self.out.push_str("</a>"),
                    Some((address, false)) => self.put(format_args!(" ({})", escape(&address))),
                    None => {}
                }
                return;
            }
            _ => return,
        };
        self.out.push_str(plain);
    }

    fn put(&mut self, markup: std::fmt::Arguments<'_>) {
        self.out.write_fmt(markup).expect("writing to a text cannot fail");
    }

    /// The level of a heading on the page: as written below the pack's own, and never more than one below the last.
    fn level(&mut self, written: HeadingLevel) -> usize {
        let last = if self.heading == 0 { ABOVE } else { self.heading };
        self.heading = (written as usize + ABOVE).min(last + 1).min(6);
        self.heading
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_emphasis_are_markup() {
        let list = "<ul><li>a</li>\n<li>b</li>\n</ul>\n";
        assert_eq!(html("One *two* **three**\n\n- a\n- b\n"), format!("<p>One <em>two</em> <strong>three</strong></p>\n{list}"));
        assert_eq!(html("3. c"), "<ol start=\"3\"><li>c</li>\n</ol>\n");
    }

    #[test]
    fn headings_go_below_those_of_the_pack_without_a_gap() {
        assert_eq!(html("# A\n\n### B\n\n###### C\n\n## D"), "<h4>A</h4>\n<h5>B</h5>\n<h6>C</h6>\n<h5>D</h5>\n");
        assert_eq!(html("#### only"), "<h4>only</h4>\n");
    }

    #[test]
    fn markup_of_html_is_text() {
        for hostile in ["<script>alert(1)</script>", "x <img src=x onerror=alert(1)> y", "<!-- c -->", "<b onclick=\"x\">"] {
            let page = html(hostile);
            for tag in ["<script", "<img", "<b", "<!--"] {
                assert!(!page.contains(tag), "{page}");
            }
            assert!(page.contains("&lt;"), "{page}");
        }
    }

    #[test]
    fn only_safe_links_can_be_followed() {
        assert_eq!(html("[a](https://nhs.uk/?a=1&b=2)"), "<p><a href=\"https://nhs.uk/?a=1&amp;b=2\">a</a></p>\n");
        assert_eq!(html("[a](#summary) [b](mailto:x@nhs.net)").matches("<a href").count(), 2);
        for bad in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "file:///etc/passwd",
            "vbscript:x",
        ] {
            let page = html(&format!("[a]({bad}) ![b]({bad})"));
            assert!(!page.contains("<a") && !page.contains("<img"), "{page}");
            assert!(page.contains(&format!("a ({})", escape(bad))) && page.contains(&format!("b ({})", escape(bad))), "{page}");
        }
        // An address in angle brackets is a link too.
        assert!(!html("<javascript:alert(1)>").contains("<a"));
    }

    #[test]
    fn a_link_holds_no_link() {
        let page = html("[![a](https://x.example/a.png)](https://y.example) b");
        let link = "<a href=\"https://y.example\">a (https://x.example/a.png)</a>";
        assert_eq!(page, format!("<p>{link} b</p>\n"));
        // An image in a link that may not be followed is a link of its own.
        assert_eq!(html("[![a](https://x.example)](data:y)"), "<p><a href=\"https://x.example\">a</a> (data:y)</p>\n");
    }

    #[test]
    fn what_turns_text_round_is_replaced() {
        assert_eq!(html("a\u{202e}b \"q\""), "<p>a\u{fffd}b &quot;q&quot;</p>\n");
    }
}
