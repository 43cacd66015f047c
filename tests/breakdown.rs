//! Net present cost taken apart: from business as usual to each option, and by place and body. Expected
//! numbers are worked by hand from the worked example's page.

mod support;

use appraise::appraisal::result::{Appraisal, AreaResult, OptionResult};
use support::{appraise, files, patched, six};

fn option<'a>(a: &'a Appraisal, id: &str) -> &'a OptionResult {
    a.options.iter().find(|o| o.id == id).expect("the option")
}

fn steps(o: &OptionResult) -> Vec<(&str, f64)> {
    o.waterfall.iter().map(|s| (s.step.as_str(), s.change)).collect()
}

fn same(found: &[(&str, f64)], expected: &[(&str, f64)]) {
    assert_eq!(found.iter().map(|s| s.0).collect::<Vec<_>>(), expected.iter().map(|s| s.0).collect::<Vec<_>>());
    for ((_, f), (_, e)) in found.iter().zip(expected) {
        six(*f, *e);
    }
}

#[test]
fn the_steps_of_the_worked_example() {
    let a = appraise(&files("worked-example"));
    // Converge: service 498,186.643933 - 547,202.614379; dual running 5,400 + 25,000 + 41,867.954911 +
    // 14,776.925263; the rest is not in business as usual at all. Together 428,028.909728.
    same(
        &steps(option(&a, "converge")),
        &[
            ("service", -49_015.970_446),
            ("dual_running", 87_044.880_174),
            ("external", 36_000.0),
            ("internal_effort", 48_000.0),
            ("training", 108_000.0),
            ("dip", 198_000.0),
        ],
    );
    // Every option has the same steps; 66,000 + 12,000 / 1.035 = 77,594.202899 is bought in.
    same(
        &steps(option(&a, "interop")),
        &[
            ("service", 0.0),
            ("dual_running", 0.0),
            ("external", 77_594.202_899),
            ("internal_effort", 15_000.0),
            ("training", 0.0),
            ("dip", 0.0),
        ],
    );
    let parts = &option(&a, "converge").waterfall[1].categories;
    let named: Vec<(&str, f64)> = parts.iter().map(|(c, v)| (c.as_str(), *v)).collect();
    same(&named, &[("head_start", 5_400.0), ("overlap", 25_000.0), ("archive", 14_776.925_263), ("stranded", 41_867.954_911)]);
    assert!(option(&a, "bau").waterfall.is_empty());
}

#[test]
fn small_steps_go_together_and_keep_their_names() {
    // In year 0, so the present value is the amount: a risk of 0.01 x 100,000 and a benefit of 500.
    // Interoperating changes 77,594 + 15,000 + 1,000 + 500 = 94,094, of which 2% is 1,882; converging
    // changes more. So both are small everywhere.
    let extra = "[risks.r]\nprobability = 0.01\nimpact = 100_000\nstart = 2027-04-01\noptions = [\"interop\", \"converge\"]\n\
        [streams.b]\nkind = \"benefit\"\nclass = \"societal\"\nonce = 500\nstart = 2027-04-01\noptions = [\"interop\"]\n\n[options.bau]\n";
    let a = appraise(&patched(files("worked-example"), &[("[options.bau]\n", extra)]));
    let interop = option(&a, "interop");
    let last = interop.waterfall.last().expect("steps");
    assert_eq!(last.step, "other");
    let parts: Vec<(&str, f64)> = last.categories.iter().map(|(c, v)| (c.as_str(), *v)).collect();
    same(&parts, &[("risk", 1_000.0), ("benefit", -500.0)]);
    six(last.change, 500.0);
    // Alone, a small step keeps its own name, in its own place.
    let alone = extra.replace("once = 500", "once = 50_000");
    let a = appraise(&patched(files("worked-example"), &[("[options.bau]\n", &alone)]));
    let names: Vec<&str> = option(&a, "interop").waterfall.iter().map(|s| s.step.as_str()).collect();
    assert_eq!(names[6..], ["risk", "benefit"]);
}

#[test]
fn steps_add_up_to_the_gap() {
    for name in ["worked-example", "project-fusion"] {
        let a = appraise(&files(name));
        let usual = option(&a, "bau").cost.npc;
        for o in a.options.iter().filter(|o| o.id != "bau") {
            assert!(o.waterfall.len() > 4);
            six(usual + o.waterfall.iter().map(|s| s.change).sum::<f64>(), o.cost.npc);
            for step in &o.waterfall {
                six(step.categories.values().sum(), step.change);
            }
            let dual = o.waterfall.iter().find(|s| s.step == "dual_running").expect("dual running");
            six(dual.change, o.dual_running.present - option(&a, "bau").dual_running.present);
        }
    }
}

#[test]
fn without_costs_there_are_no_steps_and_without_services_no_areas() {
    let a = appraise(&support::toml(PLAIN));
    assert!(a.options.iter().all(|o| o.waterfall.is_empty() && o.areas.is_empty()) && a.areas.is_empty());
    let page = appraise::report::render(&a).expect("renders");
    assert!(!page.contains("figure-waterfall") && !page.contains("What happens where"));
}

#[test]
fn without_business_as_usual_there_are_no_steps() {
    let a = appraise(&files("scores-only"));
    assert!(a.options.iter().all(|o| o.kind != "business_as_usual" && o.waterfall.is_empty() && o.cost.npc > 0.0));
    let page = appraise::report::render(&a).expect("renders");
    assert!(!page.contains("figure-waterfall") && !page.contains("Appraisal summary table"));
}

#[test]
fn a_plain_cost_appraisal_has_its_steps() {
    // In year 0: 3,000 of scanning, with a bias of 39% less the 23.8% of it that is managed, against 1,000 a year of hire, worth 5,515.05 (1,000 +
    // 966.18 + 933.51 + 901.94 + 871.44 + 841.97). Running at 400 a year is 0.4 x 5,515.05; journeys of patients at
    // 30 a year are 0.03 x 5,515.05. Health benefits of 200 a year from year 1 are discounted at 1.5%.
    let a = appraise(&files("streams-only"));
    let found = steps(option(&a, "scan"));
    let hire = (0..6).map(|t| 1_000.0 / 1.035_f64.powi(t)).sum::<f64>();
    let health = (1..6).map(|t| 200.0 / 1.015_f64.powi(t)).sum::<f64>();
    // Four of ten years are left, so 40% of 3,000 goes back in the last year.
    let back = 0.4 * 3_000.0 / 1.035_f64.powi(5);
    let expected = [
        ("external", 3_000.0 + 0.03 * hire - hire),
        ("instance_run", 0.4 * hire),
        ("optimism_bias", 0.39 * 0.762 * 3_000.0),
        ("benefit", -health),
        ("residual_value", -back),
    ];
    same(&found, &expected);
}

/// Options judged by a panel, and nothing else.
const PLAIN: &str = r#"
[appraisal]
id = "plain"
title = "Judged only"
as_at = 2027-04-01
year0 = "2027/28"
horizon = 1
parameters = "green-book-2026"
mode = "longlist_mcda"
combine_panels = "equal"

[sources.s]
title = "Invented"

[deflator]
rate = 0
source = "s"

[options.bau]
kind = "business_as_usual"

[options.other]
kind = "replace"

[criteria.ease]
name = "Ease of use"
unit = "points"
anchors = { zero = 0, hundred = 10 }
judged = { bau = 3, other = 7 }

[panels.board]
points = { ease = 100 }
"#;

fn area<'a>(o: &'a OptionResult, kind: &str, name: Option<&str>) -> &'a AreaResult {
    o.areas.iter().find(|a| a.kind == kind && a.area.as_deref() == name).expect("the area")
}

#[test]
fn what_belongs_to_a_place_is_split_and_the_rest_is_not() {
    let places = [
        ("line = \"community\"\norganisation", "line = \"community\"\nplace = \"North\"\norganisation"),
        ("line = \"mental health\"\n", "line = \"mental health\"\nplace = \"South\"\ncontacts = 90_000\n"),
    ];
    let a = appraise(&patched(files("worked-example"), &places));
    let kinds: Vec<(&str, Option<&str>)> = a.areas.iter().map(|x| (x.kind.as_str(), x.area.as_deref())).collect();
    assert_eq!(kinds, [("all", None), ("place", Some("North")), ("place", Some("South")), ("organisation", Some("trust"))]);
    assert_eq!((a.areas[1].contacts, a.areas[2].contacts, a.areas[0].contacts), (None, Some(90_000.0), Some(90_000.0)));
    six(a.areas[0].users, 1_000.0);

    let converge = option(&a, "converge");
    let (north, south) = (area(converge, "place", Some("North")), area(converge, "place", Some("South")));
    // Community nursing: 60 + 20 + 40 own days, 80 bought in, 400 users x 9 hours of training,
    // 400 x 37.5 x (2 x 10% + 6 x 4%) hours lost.
    assert_eq!((north.slots_moved, north.slots_committed, south.slots_moved), (1, 0, 0));
    assert_eq!((north.first_go_live.as_deref(), north.last_go_live.as_deref()), (Some("2028-01-01"), Some("2028-01-01")));
    six(north.users_moved, 400.0);
    six(north.internal_days, 120.0);
    six(north.external_days, 80.0);
    six(north.training_hours, 3_600.0);
    six(north.dip_hours, 6_600.0);
    // 36,000 + 48,000 + 108,000 + 198,000, all in year 0.
    six(north.cost.present, 390_000.0);
    six(north.cost.nominal, 390_000.0);
    assert!(south.first_go_live.is_none());
    six(south.cost.present, 0.0);
    // One flow, between the two places: each sees the same share of it.
    six(north.visibility.expect("a flow"), 0.636_5);
    six(south.visibility.expect("a flow"), 0.636_5);
    // Needs C1 6 and C2 4: (6 + 4 x 0.25) / 10 = 0.7 on X for 9 months, (6 x 0.75 + 4) / 10 = 0.85 on Y for 15.
    six(north.capability.expect("needs"), 0.793_75);
    six(south.capability.expect("needs"), 1.0);

    // A link is of no one place: its 35 days are in the total only.
    let interop = option(&a, "interop");
    six(interop.effort.internal_days, 35.0);
    assert!(interop.areas.iter().all(|x| x.internal_days.abs() < 1e-9 && x.cost.present.abs() < 1e-9));
}

#[test]
fn places_and_bodies_each_add_up_to_all() {
    let a = appraise(&files("project-fusion"));
    let numbers: [fn(&AreaResult) -> f64; 6] =
        [|x| x.users_moved, |x| x.internal_days, |x| x.external_days, |x| x.training_hours, |x| x.dip_hours, |x| x.cost.present];
    for o in &a.options {
        let all = area(o, "all", None);
        for kind in ["place", "organisation"] {
            let own = || o.areas.iter().filter(|x| x.kind == kind);
            for number in numbers {
                six(own().map(number).sum(), number(all));
            }
            assert_eq!(own().map(|x| x.slots_moved).sum::<usize>(), all.slots_moved);
        }
        six(all.users_moved, o.reported.iter().find(|m| m.id == "users_moved").expect("reported").value);
        six(all.training_hours, o.effort.training_hours);
        six(all.dip_hours, o.effort.dip_hours);
        six(all.visibility.expect("flows"), o.measures["visibility"]);
        six(all.capability.expect("needs"), o.measures["capability"]);
        assert!(all.internal_days <= o.effort.internal_days + 1e-9);
        // Training and dip belong to services whole.
        let of = |c: &str| o.cost.by_category.get(c).map_or(0.0, |x| x.present);
        assert!(all.cost.present >= of("training") + of("dip") - 1e-6 && all.cost.present < o.cost.npc);
    }
}
