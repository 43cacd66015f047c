//! What the waterfall says, and that it fits.

use super::*;
use crate::report::chart::checks;
use crate::report::sample;
use indexmap::IndexMap;

fn step(name: &str, change: f64) -> WaterfallStep {
    WaterfallStep { step: name.into(), change, categories: IndexMap::from([(name.to_owned(), change)]) }
}

fn option(name: &str, start: f64, steps: &[(&str, f64)]) -> OptionSteps {
    let end = start + steps.iter().map(|s| s.1).sum::<f64>();
    OptionSteps { name: name.into(), end, steps: steps.iter().map(|s| step(s.0, s.1)).collect() }
}

fn waterfall(options: &[(&str, &[(&str, f64)])]) -> Waterfall {
    let options = options.iter().map(|(name, steps)| option(name, 100e3, steps)).collect();
    Waterfall { usual: "Business as usual".into(), start: 100e3, price_base: "2027/28".into(), options }
}

#[test]
fn the_title_of_the_worked_example() {
    // 639,796.82 - 547,202.61 = 92,594.20; 975,231.52 - 547,202.61 = 428,028.91; licences save 49,015.97;
    // dual running adds 87,044.88.
    let all = data(&sample::small()).expect("steps");
    assert_eq!(
        title(&all),
        "Every option costs more than \u{201c}Business as usual\u{201d}: £93k (Interoperate) to £428k (Converge on system Y) more. \
         Converge on system Y saves most on licences in use, £49k, and adds £87k of dual running"
    );
    assert_eq!(
        sentence(&all, &all.options[0]),
        "Interoperate: from £547k to £640k: External suppliers +£78k, Internal effort +£15k."
    );
}

#[test]
fn savings_are_told_as_savings() {
    let one = waterfall(&[("A", &[("service", -30e3), ("external", 10e3)]), ("B", &[("service", 0.0), ("external", 10e3)])]);
    assert_eq!(
        title(&one),
        "1 of 2 options costs less than \u{201c}Business as usual\u{201d}; A saves most, £20k. \
         A saves most on licences in use, £30k, and changes nothing in dual running"
    );
    let alone = waterfall(&[("A", &[("service", -30e3), ("dual_running", -12e3)])]);
    assert_eq!(
        title(&alone),
        "A costs £42k less than \u{201c}Business as usual\u{201d}. It saves on licences in use, £30k, and takes £12k of dual running away"
    );
    let none = waterfall(&[("A", &[("external", -30e3)])]);
    assert_eq!(title(&none), "A costs £30k less than \u{201c}Business as usual\u{201d}");
    let level = waterfall(&[("A", &[("service", 5e3), ("external", -5e3)]), ("B", &[("external", 20e3)])]);
    assert_eq!(
        title(&level),
        "No option costs less than \u{201c}Business as usual\u{201d}; the dearest, B, costs £20k more. None saves on licences in use"
    );
}

#[test]
fn without_business_as_usual_there_is_no_figure() {
    let mut appraisal = sample::small();
    assert!(figure(&appraisal).is_some());
    appraisal.options.remove(0);
    assert!(figure(&appraisal).is_none());
}

#[test]
fn the_table_names_what_is_merged() {
    let mut all = waterfall(&[("A", &[("service", -30e3), ("other", 300.0)])]);
    all.options[0].steps[1].categories = IndexMap::from([("risk".to_owned(), 400.0), ("benefit".to_owned(), -100.0)]);
    let table = table::table(&all);
    let rows: Vec<(&str, &str)> = table.rows.iter().map(|r| (r.heading.as_str(), r.cells[0].text.as_str())).collect();
    assert_eq!(
        rows,
        [
            ("Business as usual", "£100,000"),
            ("Licences and agreements in use", "\u{2212}£30,000"),
            ("Other", "+£300"),
            ("of which expected risk", "+£400"),
            ("of which benefits", "\u{2212}£100"),
            ("Net present cost", "£70,300"),
        ]
    );
    assert!(table.note.is_some_and(|n| n.contains("at most 2%")));
}

#[test]
fn totals_and_changes_start_at_zero() {
    // Totals run from 0 to 975,232; changes from -49,016 to 428,029 take steps of 200 thousand: -200 to 600.
    let scale = Scale::of(&data(&sample::small()).expect("steps"));
    assert_eq!(scale.unit, "£ thousand");
    assert_eq!(scale.magnified(), "1.2 times");
}

#[test]
fn panels_share_one_scale() {
    // B's figures are wider than A's; the zero of the changes stands at the same place in both.
    let all = waterfall(&[("A", &[("service", -30e3), ("dip", 40e3)]), ("B", &[("service", 0.0), ("dip", 4_000e3)])]);
    let scale = Scale::of(&all);
    let fixed = |index| {
        let room = Room { layout: Layout::Wide, across: 2 };
        let svg = draw::draw(&all, &scale, index, room, ("t", "d")).finish();
        let lines = svg.split("<line ").skip(1).filter_map(|l| l.split("/>").next());
        let fixed = lines.filter(|l| l.contains(palette::INK) || l.contains(palette::GRID));
        fixed.filter_map(|l| l.split('"').nth(1)).map(str::to_owned).collect::<Vec<_>>()
    };
    // Two baselines of totals, four or more ticks, the zero of the changes.
    assert!(fixed(0).len() > 6);
    assert_eq!(fixed(0), fixed(1));
}

#[test]
fn every_bar_says_its_sign() {
    let all = data(&sample::small()).expect("steps");
    let svg = draw::draw(&all, &Scale::of(&all), 1, Room { layout: Layout::Wide, across: 2 }, ("t", "d")).finish();
    for text in ["\u{2212}49", "+87", "+36", "+48", "+108", "+198", "+428", "547", "975"] {
        assert!(svg.contains(&format!(">{text}</text>")), "{text}");
    }
    let small = waterfall(&[("A", &[("service", -30e6), ("dual_running", 2e3), ("risk", -2e3), ("dip", 0.0)])]);
    let svg = draw::draw(&small, &Scale::of(&small), 0, Room { layout: Layout::Wide, across: 1 }, ("t", "d")).finish();
    for text in ["\u{2212}30.00", "+0.00", "\u{2212}0.00", "0"] {
        assert!(svg.contains(&format!(">{text}</text>")), "{text}");
    }
}

#[test]
fn labels_fit_in_every_case() {
    let long = "A very long name of an option that nobody would say aloud";
    let all: Vec<(&str, f64)> = ["service", "dual_running", "external", "internal_effort", "training", "dip", "instance_run"]
        .into_iter()
        .chain(["optimism_bias", "risk", "benefit", "scored_elsewhere", "other"])
        .zip([-4e6, 2e6, 1e6, 3e6, 0.0, 6e6, -1e3, 5e5, 1e5, -9e6, -1.0, 3.0])
        .collect();
    let mut huge = waterfall(&[(long, &[("service", -123_456_789_012.0), ("dip", 1.0)])]);
    huge.usual = long.into();
    let nothing = Waterfall { start: 0.0, ..waterfall(&[("A", &[("service", -100e3)])]) };
    let cases = [
        waterfall(&[("A", &all), ("B", &[("service", 0.0)])]),
        huge,
        nothing,
        data(&sample::small()).expect("steps"),
        data(&sample::large()).expect("steps"),
    ];
    for case in &cases {
        let scale = Scale::of(case);
        for index in 0..case.options.len() {
            for (layout, across) in [(Layout::Wide, 1), (Layout::Wide, 2), (Layout::Narrow, 2)] {
                checks::labels_fit(&draw::draw(case, &scale, index, Room { layout, across }, ("t", "d")));
            }
        }
    }
}
