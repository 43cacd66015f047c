//! Published programmes beside the forecast: what each option comes to on their measures, worked by hand on the worked
//! example.

mod support;

use appraise::appraisal::result::{Appraisal, OwnFigures};
use support::{appraise, files, patched, six, toml};

fn own<'a>(a: &'a Appraisal, id: &str) -> &'a OwnFigures {
    let class = a.reference_class.as_ref().expect("something moves");
    class.options.iter().find(|o| o.option == id).expect("the option")
}

#[test]
fn the_options_stand_beside_the_published_cases() {
    let a = appraise(&files("worked-example"));
    let found = own(&a, "converge");
    // 1 April 2027 to 1 January 2028; no bias on duration.
    assert_eq!((found.planned_months, found.expected_months, found.slip_months), (Some(9), Some(9), 0));
    assert_eq!(found.duration_bias, None);
    six(found.users_moved, 400.0);
    // 80 days of data migration at 450 are bought in; with 60 x 400, 20 x 500 and 40 x 350 of own days 84,000.
    six(found.external_cost_per_user.expect("users"), 36_000.0 / 400.0);
    six(found.work_cost_per_user.expect("users"), 84_000.0 / 400.0);
    let usual = own(&a, "bau");
    assert_eq!((usual.planned_months, usual.external_cost_per_user), (None, None));
    let class = a.reference_class.as_ref().expect("it");
    assert!(class.caution.contains("not a sample"));
    assert!(class.comparators.iter().all(|c| !c.source.is_empty() && !c.unit.is_empty()));
    // What our authors estimate never passes for what was read.
    let ours = class.comparators.iter().filter(|c| c.what.contains("authors estimate"));
    assert!(ours.clone().count() >= 3 && ours.clone().all(|c| c.tag == "estimate"));
}

#[test]
fn optimism_bias_shows_in_its_own_right() {
    let bias = "[optimism_bias.late]\nmoney = \"25%\"\nduration = \"50%\"\n\n[roles.configuration]";
    let a = appraise(&patched(
        files("worked-example"),
        &[
            ("[roles.configuration]", bias),
            ("[migration.cross_product]\n", "[migration.cross_product]\nbuild_months = 6\nduration_bias = \"late\"\n"),
            ("role = \"data_migration\"\n", "role = \"data_migration\"\noptimism_bias = \"late\"\n"),
        ],
    ));
    let found = own(&a, "converge");
    // Half of six months more.
    assert_eq!((found.planned_months, found.expected_months, found.slip_months), (Some(9), Some(12), 3));
    six(found.duration_bias.expect("a bias"), 0.5);
    // A quarter of 36,000 on 84,000 of work; the cost a user stays without it.
    six(found.cost_bias.expect("work"), 9_000.0 / 84_000.0);
    six(found.work_cost_per_user.expect("users"), 210.0);
}

#[test]
fn where_nothing_moves_nothing_is_compared() {
    let text = "[appraisal]\nid = \"x\"\ntitle = \"x\"\nas_at = 2026-04-01\nyear0 = \"2026/27\"\nhorizon = 1\nrank_basis = \"npc\"\nmode = \"shortlist\"\n\
        [deflator]\nrate = 0\nsource = \"s\"\n[sources.s]\ntitle = \"s\"\n[options.bau]\nkind = \"business_as_usual\"\n[streams.s]\nper_year = 5\n";
    assert!(appraise(&toml(text)).reference_class.is_none());
}
