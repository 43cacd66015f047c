//! The templates and the style sheet, and how a page is filled from them.

use super::RenderError;
use super::escape;
use super::unbroken;
use super::view::Pack;
use super::view::comparison::ComparisonView;
use super::worksheets::Worksheets;
use crate::quantity::visible;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::Digest as _;
use sha2::Sha256;
use std::sync::LazyLock;
use tera::Context;
use tera::Tera;

/// The one style sheet; it is also what the policy's hash is taken over.
const STYLE: &str = include_str!("templates/pack.css");

/// The one script. It is what the policy's hash is taken over, too.
const SCRIPT: &str = include_str!("templates/pack.js");

/// That of the worksheets.
const SHEETS: &str = include_str!("templates/worksheets.css");

/// Names end in `.html`, which is what makes Tera escape every value.
const TEMPLATES: [(&str, &str); 33] = [
    ("components.html", include_str!("templates/components.html")),
    ("front.html", include_str!("templates/front.html")),
    ("summary.html", include_str!("templates/summary.html")),
    ("scoring.html", include_str!("templates/scoring.html")),
    ("economic.html", include_str!("templates/economic.html")),
    ("dual_running.html", include_str!("templates/dual_running.html")),
    ("plan.html", include_str!("templates/plan.html")),
    ("calendar.html", include_str!("templates/calendar.html")),
    ("reference_class.html", include_str!("templates/reference_class.html")),
    ("verdicts.html", include_str!("templates/verdicts.html")),
    ("optimiser.html", include_str!("templates/optimiser.html")),
    ("areas.html", include_str!("templates/areas.html")),
    ("estate.html", include_str!("templates/estate.html")),
    ("uncertainty.html", include_str!("templates/uncertainty.html")),
    ("weights.html", include_str!("templates/weights.html")),
    ("robustness.html", include_str!("templates/robustness.html")),
    ("robustness_all.html", include_str!("templates/robustness_all.html")),
    ("objectives.html", include_str!("templates/objectives.html")),
    ("options.html", include_str!("templates/options.html")),
    ("explore.html", include_str!("templates/explore.html")),
    ("financial.html", include_str!("templates/financial.html")),
    ("cases.html", include_str!("templates/cases.html")),
    ("recommendation.html", include_str!("templates/recommendation.html")),
    ("pair.html", include_str!("templates/pair.html")),
    ("assurance.html", include_str!("templates/assurance.html")),
    ("board.html", include_str!("templates/board.html")),
    ("longlist.html", include_str!("templates/longlist.html")),
    ("evidence.html", include_str!("templates/evidence.html")),
    ("cross_check.html", include_str!("templates/cross_check.html")),
    ("record.html", include_str!("templates/record.html")),
    ("comparison.html", include_str!("templates/comparison.html")),
    ("worksheets.html", include_str!("templates/worksheets.html")),
    ("pack.html", include_str!("templates/pack.html")),
];

static ENGINE: LazyLock<Tera> = LazyLock::new(|| {
    let mut engine = Tera::default();
    engine.set_escape_fn(escape::escape_into);
    engine.add_raw_templates(TEMPLATES).expect("the embedded templates are valid; a test renders them");
    engine
});

/// Fills the page.
pub(super) fn fill(pack: &Pack) -> Result<String, RenderError> {
    let mut context = Context::new();
    context.insert("pack", pack);
    let style = style(STYLE, pack.title());
    context.insert("style", &style);
    context.insert("script", SCRIPT);
    context.insert("policy", &format!("{}; script-src '{}'", policy(&style), hash(SCRIPT)));
    Ok(unbroken::breakable(&ENGINE.render("pack.html", &context)?))
}

/// Fills the worksheets.
pub(super) fn fill_worksheets(sheets: &Worksheets) -> Result<String, RenderError> {
    let mut context = Context::new();
    context.insert("sheets", sheets);
    let style = style(SHEETS, sheets.title());
    context.insert("style", &style);
    context.insert("policy", &policy(&style));
    Ok(unbroken::breakable(&ENGINE.render("worksheets.html", &context)?))
}

/// Fills the page of a comparison.
pub(super) fn fill_comparison(view: &ComparisonView) -> Result<String, RenderError> {
    let mut context = Context::new();
    context.insert("page", view);
    let style = style(STYLE, view.title());
    context.insert("style", &style);
    context.insert("policy", &policy(&style));
    Ok(unbroken::breakable(&ENGINE.render("comparison.html", &context)?))
}

/// Letters after which a run of the title without a space may break at the foot of a page.
const RUN: usize = 20;

/// A zero-width space as a CSS escape: a place where a line may break.
const BREAK: &str = "\\00200b ";

/// A style sheet with the title at the foot of every printed page, so that a single sheet says what it
/// is from. Everything but plain letters and digits is written as a CSS escape,
/// which ends with a space of its own.
fn style(sheet: &str, title: &str) -> String {
    let escape = |c: char| if c.is_ascii_alphanumeric() || c == ' ' { c.to_string() } else { format!("\\{:06x} ", u32::from(c)) };
    let mut run = 0;
    let mut text = String::new();
    for c in title.chars().map(visible).take(160) {
        run = if c.is_whitespace() { 0 } else { run + 1 };
        if run > RUN {
            text.push_str(BREAK);
            run = 1;
        }
        text.push_str(&escape(c));
    }
    format!("{sheet}@page {{ @bottom-left {{ content: \"{text}\"; }} }}\n")
}

/// The content security policy: nothing but this style sheet, and images inside the page.
fn policy(style: &str) -> String {
    let hash = hash(style);
    format!("default-src 'none'; style-src '{hash}'; img-src data:; base-uri 'none'; form-action 'none'")
}

/// The hash of a text as a policy names it.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_text() {
        // SHA-256 of the empty text, base64.
        assert!(policy("").contains("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"));
    }

    #[test]
    fn the_style_sheet_cannot_end_its_element_or_fetch() {
        for sheet in [STYLE, SHEETS] {
            assert!(!sheet.contains("</") && !sheet.contains("url(") && !sheet.contains("@import"));
        }
    }

    #[test]
    fn the_script_is_small_and_makes_no_markup() {
        assert!(SCRIPT.len() < 15_000, "{} bytes", SCRIPT.len());
        for forbidden in [
            "</",
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            "Function(",
            "fetch(",
            "XMLHttp",
            "import(",
        ] {
            assert!(!SCRIPT.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn a_title_cannot_leave_its_quotes() {
        let sheet = style(STYLE, "a\"; } </style><script>\\\u{1f600}\n");
        let rule = sheet.strip_prefix(STYLE).expect("the sheet comes first");
        assert_eq!(rule.matches('"').count(), 2);
        assert!(!rule.contains('<') && rule.contains("\\000022") && rule.contains("\\01f600"));
        // A long word would push the page number off the paper.
        assert_eq!(style(STYLE, &"x".repeat(41)).matches(BREAK).count(), 2);
        assert_eq!(style(STYLE, "x x x x x x x x x x x").matches(BREAK).count(), 0);
        // A right-to-left override would reach the foot of every page.
        let turned = style(STYLE, "\u{202e}1");
        assert!(turned.contains("\\00fffd 1") && !turned.contains("202e"));
    }

    #[test]
    fn the_engine_escapes_every_template() {
        assert!(TEMPLATES.iter().all(|(name, _)| std::path::Path::new(name).extension().is_some_and(|e| e == "html")));
    }
}
