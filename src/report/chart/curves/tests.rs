//! What the lines say, and that they fit.

use super::*;
use crate::report::chart::checks;
use crate::report::sample;

/// A straight line from the first to the last of the draws.
fn curve(name: &str, from: f64, to: f64) -> Curve {
    let at = |p: i32| from + (to - from) * f64::from(p) / 100.0;
    Curve { name: name.into(), leads: false, feasible: true, costs: (0..=100).map(at).collect() }
}

fn curves(options: Vec<Curve>) -> Curves {
    Curves { price_base: "2027/28".into(), options }
}

#[test]
fn the_title_says_which_line_is_lowest_and_whether_it_crosses() {
    // At 80 of 100: A 100 + 0.8 x 100 = 180 thousand, B 280 thousand.
    let apart = curves(vec![curve("A", 100e3, 200e3), curve("B", 200e3, 300e3)]);
    assert_eq!(
        title(&apart),
        "A stays below £180k in eight draws of ten; looked at in any number from 1 to 99 of 100 draws, no other option that passes every gate stays lower"
    );
    // C is sure to cost 170 thousand: lowest at 80, not at 50, where A costs 150 thousand.
    let crossing = curves(vec![curve("A", 100e3, 200e3), curve("C", 170e3, 170e3)]);
    assert_eq!(
        title(&crossing),
        "C stays below £170k in eight draws of ten, the lowest of the options that pass every gate; its line crosses that of A"
    );
    let mut failing = crossing.clone();
    failing.options[0].feasible = false;
    assert_eq!(title(&failing), "C stays below £170k in eight draws of ten");
    failing.options[1].feasible = false;
    assert_eq!(title(&failing), "No option passes every gate");
}

#[test]
fn nothing_is_drawn_without_draws() {
    let mut a = sample::small();
    assert!(data(&a).is_some());
    for option in &mut a.options {
        option.uncertainty = None;
    }
    assert!(figure(&a).is_none());
}

#[test]
fn the_table_holds_what_is_drawn() {
    let table = table(&curves(vec![curve("A", 100e3, 200e3)]));
    let row = table.rows.iter().find(|r| r.heading == "80 of 100").expect("a row");
    assert_eq!(row.cells[0].text, "£180,000");
}

#[test]
fn labels_fit_in_every_case() {
    let long = "An option with a very long name that does not fit beside the end of its line, not even on two lines";
    let same = curves((0..12).map(|i| curve(&format!("{long} {i}"), 5e6, 5e6)).collect());
    let spread = curves((0..12).map(|i| curve(long, f64::from(i) * 1e6, f64::from(i * 7 % 12) * 9e6)).collect());
    let negative = curves(vec![curve("A", -5e6, -20.0), curve("B", 0.0, 123e9)]);
    let close = curves(vec![curve("A", 24.31e6, 24.35e6), curve("B", 24.32e6, 24.36e6)]);
    let samples = [data(&sample::small()).expect("draws"), data(&sample::large()).expect("draws")];
    for case in [same, spread, negative, close].iter().chain(&samples) {
        for layout in [Layout::Wide, Layout::Narrow] {
            checks::labels_fit(&draw::draw(case, layout, ("t", "d")));
        }
    }
}

#[test]
fn lines_differ_without_colour() {
    let all = curves((0..6).map(|i| curve(&i.to_string(), f64::from(i) * 1e6, f64::from(i) * 1e6 + 5e5)).collect());
    let svg = draw::draw(&all, Layout::Wide, ("t", "d")).finish();
    let lines = svg.split("<polyline ").filter(|l| l.matches(',').count() > 50);
    let mut dashes: Vec<&str> = lines.map(|l| l.split_once("stroke-dasharray=").map_or("", |(_, d)| d)).collect();
    assert_eq!(dashes.len(), 6);
    dashes.sort_unstable();
    dashes.dedup();
    assert_eq!(dashes.len(), 6);
}
