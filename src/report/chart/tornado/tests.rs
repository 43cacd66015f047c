//! What the bars say, and that they fit.

use super::*;
use crate::report::chart::checks;
use crate::report::sample;

fn end(short: &str, npc: f64, lead: f64) -> End {
    End { short: short.into(), full: short.into(), npc, score: None, lead }
}

fn bar(name: &str, low: End, high: End) -> Bar {
    Bar { name: name.into(), unit: String::new(), ends: [low, high] }
}

fn tornado(bars: Vec<Bar>) -> Tornado {
    let lead = Some(Lead { over: "B".into(), central: 30e3, points: false });
    Tornado { leading: "A".into(), central: 500e3, lead, price_base: "2027/28".into(), bars }
}

#[test]
fn the_title_names_the_widest_and_counts_what_turns_the_order() {
    let price = bar("Price", end("£1", 400e3, 30e3), end("£3", 700e3, 30e3));
    let hours = bar("Hours", end("2", 450e3, 30e3), end("9", 600e3, -10e3));
    let users = bar("Users", end("200", 490e3, -5e3), end("300", 510e3, 30e3));
    assert_eq!(
        title(&tornado(vec![price.clone()])),
        "The net present cost of A moves most with Price: from £400k to £700k. No single unknown takes from its lead over B"
    );
    let rent = bar("Rent", end("£1", 450e3, 30e3), end("£3", 600e3, 12e3));
    assert!(
        title(&tornado(vec![price.clone(), rent]))
            .ends_with("No single unknown puts B ahead; Rent leaves least of the lead, £12k")
    );
    assert!(title(&tornado(vec![price.clone(), hours.clone()])).ends_with("One puts B ahead by itself: Hours"));
    assert!(title(&tornado(vec![price, hours, users])).ends_with("Each of 2 unknowns puts B ahead by itself"));
    let score_only = bar("Judgement", end("1", 500e3, 30e3), end("3", 500e3, 20e3));
    assert_eq!(
        title(&tornado(vec![score_only])),
        "No single unknown moves the net present cost of A. No single unknown puts B ahead; Judgement leaves least of the lead, £20k"
    );
    // Where the cost is fixed and one unknown turns the order, that is the news.
    let turns = bar("Judgement", end("1", 500e3, 30e3), end("3", 500e3, -1e3));
    assert!(title(&tornado(vec![turns.clone()])).ends_with("One puts B ahead by itself: Judgement"));
    // Only what moves the cost is drawn, as long as anything does.
    let still = tornado(vec![bar("Price", end("£1", 400e3, 30e3), end("£3", 700e3, 30e3)), turns.clone()]);
    assert_eq!((still.drawn(), tornado(vec![turns]).drawn()), (1, 1));
}

#[test]
fn ends_are_told_in_the_unit_of_the_number() {
    let all = data(&sample::small()).expect("bars");
    let told: Vec<[&str; 3]> =
        all.bars.iter().map(|b| [b.name.as_str(), b.ends[0].full.as_str(), b.ends[1].full.as_str()]).collect();
    assert_eq!(
        told,
        [
            ["Contract KX: users, price", "£120 per user", "£190 per user"],
            ["\u{201c}training\u{201d}, two numbers that vary together", "its low", "its high"],
            ["Supplier leaves: whether it happens", "does not happen", "happens"],
            ["Supplier leaves: probability", "0.1", "0.3"],
        ]
    );
    assert_eq!(all.bars[0].unit, "£ per user");
}

#[test]
fn the_lead_is_in_what_ranks() {
    // Scores 61.379599 and 61.046905.
    let mut a = sample::small();
    let lead = data(&a).and_then(|t| t.lead).expect("a second");
    assert!(lead.points && (lead.central - 0.332_694).abs() < 1e-5 && lead.over == "Business as usual");
    // 547,202.614379 less 639,796.817278.
    a.frame.rank_basis = "npc".into();
    let lead = data(&a).and_then(|t| t.lead).expect("a second");
    assert!(!lead.points && (lead.central + 92_594.202_899).abs() < 1e-5);
}

#[test]
fn the_table_has_a_cap_and_says_so() {
    let many: Vec<Bar> = (0..62).map(|i| bar(&format!("Number {i}"), end("1", 400e3, 1.0), end("2", 600e3, 2.0))).collect();
    let table = table::table(&tornado(many));
    assert_eq!(table.rows.len(), 60);
    assert_eq!(table.note.as_deref(), Some("2 more unknowns move less and are in appraisal.json only."));
}

#[test]
fn a_bar_to_the_left_is_a_lower_cost() {
    let all = tornado(vec![bar("Price", end("£1", 400e3, 30e3), end("£3", 700e3, 30e3))]);
    let svg = draw::draw(&all, Layout::Wide, ("t", "d")).finish();
    let left = svg.find(">£1<").expect("the low end");
    let right = svg.find(">£3<").expect("the high end");
    let x = |at: usize| -> f64 {
        let from = svg[..at].rfind("<text x=\"").expect("its element") + 9;
        svg[from..].split('"').next().and_then(|t| t.parse().ok()).expect("a number")
    };
    assert!(x(left) < x(right));
}

#[test]
fn labels_fit_in_every_case() {
    let long = "An assumption with a very long name that goes on, with its contract, line, band and what it is about";
    let unit = |bar: Bar| Bar { unit: "£ a user a year".into(), ..bar };
    let wide = |i: i32| {
        let by = f64::from(14 - i) * 1e6;
        unit(bar(long, end("£123,456", 5e6 - by, -by), end("£123,456.78 and more", 5e6 + by, by)))
    };
    let one_side = bar("x", end("does not happen at all", 500e3, 30e3), end("happens", 900e3, 30e3));
    let nothing = bar("x", end("1", 500e3, 30e3), end("2", 500e3, 30e3));
    let mut alone = tornado(vec![one_side.clone(), nothing.clone()]);
    alone.lead = None;
    let mut named = tornado((0..20).map(wide).collect());
    named.leading = long.into();
    named.lead = Some(Lead { over: long.into(), central: 0.0, points: true });
    let cases = [
        tornado(vec![one_side, nothing]),
        alone,
        named,
        data(&sample::small()).expect("bars"),
        data(&sample::large()).expect("bars"),
    ];
    for case in &cases {
        for layout in [Layout::Wide, Layout::Narrow] {
            checks::labels_fit(&draw::draw(case, layout, ("t", "d")));
        }
    }
}
