//! Widths of chart text by the metric tables. `tests/browser` compares them with text as a browser draws it,
//! and takes them from here.

use appraise::report::chart::text::{Face, width};
use serde_json::json;

/// Every character with a width of its own, and words of the charts.
fn samples() -> Vec<String> {
    let ascii = (' '..='~').map(|c| c.to_string());
    let others =
        "\u{2212}\u{d7}£\u{2013}\u{2018}\u{2019}\u{201c}\u{201d}\u{b7}\u{2026}éöçøÅÉØŵŴæÆœŒ\u{fffd}\u{241b}\u{6f22}\u{1f600}"
            .chars()
            .map(String::from);
    let words = ["Net present cost, £m", "2027/28", "1,234,567", "(fails a gate)", "Wave AVA To \u{2013} \u{2212}£4.2m"]
        .map(str::to_owned);
    ascii.chain(others).chain(words).collect()
}

/// Writes them as JSON where `APPRAISE_WIDTHS` names a file.
#[test]
fn widths_for_the_browser() {
    let mut rows = Vec::new();
    for text in samples() {
        for (bold, face) in [(false, Face::Regular), (true, Face::Bold)] {
            let own = width(&text, 1000.0, face);
            let parts: f64 = text.chars().map(|c| width(&c.to_string(), 1000.0, face)).sum();
            assert!(own > 0.0 && (own - parts).abs() < 1e-6, "{text}: {own} of parts of {parts}");
            rows.push(json!({ "text": text, "bold": bold, "width": own }));
        }
    }
    if let Ok(file) = std::env::var("APPRAISE_WIDTHS") {
        std::fs::write(file, serde_json::to_string(&rows).expect("JSON")).expect("writable");
    }
}
