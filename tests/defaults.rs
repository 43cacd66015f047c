//! The library of defaults: what it fills, how that is marked, and what is told of it.

mod support;

use appraise::assumption::{Evidence, Origin, Register};
use appraise::outcome;
use appraise::parameters::{ReferenceTag, library};
use appraise::scenario::Scenario;
use appraise::sensitivity;
use support::{appraise, files, patched, problems, read, six, toml};

/// Two services of two places on two systems, with yearly values.
const TWO: &str = r#"
[appraisal]
id = "two"
title = "Two"
as_at = 2027-04-01
year0 = "2027/28"
horizon = 2
lead = "body"
defaults = "epr-2026-11"
[organisations.body]
[instances]
a = { product = "rio" }
b = { product = "systmone" }
[services]
one = { line = "community", place = "north", system = "a", users = 100, contacts = 1_000 }
two = { line = "mental health", place = "south", system = "b", users = 300, contacts = 3_000 }
[contracts]
ka = { instance = "a", annual = 10_000, end = 2030-03-31 }
kb = { instance = "b", annual = 60_000, end = 2030-03-31, indexation = { rate = 0 } }
[options]
bau = { kind = "business_as_usual" }
all_b = { kind = "converge", targets = [{ line = "community", to = "b" }], go_live = 2029-01-01 }
[criteria]
use = "five-branch"
[panels.p]
points = { visibility = 1, burden = 1, disruption = 1, resilience = 1, capability = 1, cost = 1, dual_running = 1, effort = 1 }
"#;

fn number(register: &Register, id: &str) -> appraise::assumption::Assumption {
    register.get(register.find(id).unwrap_or_else(|| panic!("no number {id}"))).clone()
}

#[test]
fn what_is_filled_says_so_and_what_it_rests_on() {
    let Scenario { programme, .. } = read(&toml(TWO));
    let register = &programme.register;
    let overlap = number(register, "migration.cross_product.overlap_months");
    assert_eq!((overlap.likely, overlap.range), (6.0, Some((3.0, 15.0))));
    assert_eq!((overlap.origin, overlap.evidence), (Origin::Library, Evidence::Estimate));
    assert_eq!(overlap.source.as_deref(), Some("epr-M1; epr-M3"));
    assert!(overlap.basis.is_some_and(|b| b.starts_with("Default of epr-2026-11, dualrun.months: ")));
    assert!(programme.sources.iter().any(|s| s.id == "epr-M1" && s.title.contains("RiO plan")));
    // What is written stays: kb has a rate of its own, ka the library's.
    assert_eq!(number(register, "contracts.kb.indexation.rate").origin, Origin::Given);
    assert_eq!(number(register, "contracts.ka.indexation.rate").likely.to_bits(), 0.04_f64.to_bits());
    // No second system of one product: nothing is filled for merging instances.
    assert!(register.iter().all(|(_, a)| !a.id.starts_with("migration.instance_merge")));
}

/// Nothing that was not simply read is shown as a sourced figure.
#[test]
fn an_estimate_of_the_library_stays_one() {
    let shipped = library("epr-2026-11").expect("shipped");
    for files in [toml(TWO), files("minimal")] {
        let scenario = read(&files);
        let filled = scenario.programme.register.iter().filter(|(_, a)| a.origin == Origin::Library);
        for (_, a) in filled {
            let basis = a.basis.as_deref().expect("every default has one");
            let id = basis.trim_start_matches("Default of epr-2026-11, ").split(':').next().expect("its id");
            let figure = shipped.figure(id).unwrap_or_else(|| panic!("{id} of {}", a.id));
            let read = matches!(figure.tag, ReferenceTag::Sourced | ReferenceTag::Derived);
            assert!(read || matches!(a.evidence, Evidence::Estimate | Evidence::Unchecked), "{}", a.id);
        }
        let log = appraise(&files).assumptions;
        assert!(log.iter().filter(|a| a.origin == "default").all(|a| a.evidence != "sourced"));
    }
}

#[test]
fn without_the_library_what_is_missing_is_a_problem() {
    let bare = patched(toml(TWO), &[("defaults = \"epr-2026-11\"\n", "")]);
    let found = problems(&bare);
    let said: Vec<&str> = found.list.iter().map(|p| p.message.as_str()).collect();
    for wanted in ["the scenario has no [deflator]", "`contracts.ka` needs a `fixed_share`"] {
        assert!(said.contains(&wanted), "{said:?}");
    }
}

/// 60,000 a year for 300 users, 30% of it fixed: 18,000, and 42,000 / 300 = 140 for each user. With 400 users
/// 18,000 + 400 x 140 = 74,000; with 100 at least 80% of 300 are paid: 18,000 + 240 x 140 = 51,600.
#[test]
fn a_yearly_value_becomes_a_fixed_part_and_a_price_for_each_user() {
    use appraise::costing::{invoice_for, tariff};
    let Scenario { programme, .. } = read(&toml(TWO));
    let values = programme.register.central();
    let contract = programme.contracts.iter().find(|c| c.id == "kb").expect("kb");
    let sum = |of: &dyn Fn(&appraise::programme::ContractLine) -> f64| contract.lines.iter().map(of).sum::<f64>();
    six(sum(&|l| tariff(l, 300.0, &values)), 60_000.0);
    six(sum(&|l| tariff(l, 400.0, &values)), 74_000.0);
    six(sum(&|l| invoice_for(l, 100.0, &values)), 51_600.0);
    // All of it fixed, and all of it for each user.
    let share = programme.register.find("contracts.kb.fixed_share").expect("filled");
    six(sum(&|l| tariff(l, 150.0, &values.with(share, 1.0))), 60_000.0);
    six(sum(&|l| tariff(l, 150.0, &values.with(share, 0.0))), 30_000.0);
}

/// 4,000 contacts, 11% of them of patients with two records, one pair of services: 440, from 6% (240) to 18% (720).
#[test]
fn flows_follow_from_contacts() {
    let Scenario { programme, .. } = read(&toml(TWO));
    let flow = number(&programme.register, "flows.1 one-two.contacts");
    six(flow.likely, 440.0);
    let (low, high) = flow.range.expect("a range");
    six(low, 240.0);
    six(high, 720.0);
    // Flows that are written are all there are.
    let own = patched(toml(TWO), &[("[options]\n", "[flows]\nx = { from = \"one\", to = \"two\", contacts = 7 }\n[options]\n")]);
    assert_eq!(read(&own).programme.flows.len(), 1);
}

/// A move costs what it costs once: all in for each user, or its parts.
#[test]
fn top_down_and_bottom_up_are_never_both() {
    let all_in = patched(toml(TWO), &[("[options]\n", "[migration.cross_product]\nall_in_per_user = 900\n[options]\n")]);
    let programme = read(&all_in).programme;
    let kind = programme.move_kinds.iter().find(|k| k.id == "cross_product").expect("given");
    assert_eq!(kind.work.iter().map(|w| w.id.as_str()).collect::<Vec<_>>(), ["all_in"]);
    assert!(kind.training.is_none() && !kind.dip.is_empty());
    let parts = "[migration.cross_product.work.set_up]\namount = 5_000\n[options]\n";
    let programme = read(&patched(toml(TWO), &[("[options]\n", parts)])).programme;
    let kind = programme.move_kinds.iter().find(|k| k.id == "cross_product").expect("given");
    assert_eq!(kind.work.iter().map(|w| w.id.as_str()).collect::<Vec<_>>(), ["set_up"]);
    assert!(kind.training.is_some());
}

#[test]
fn a_criterion_of_ones_own_goes_before_the_ready_one() {
    let own = "use = \"five-branch\"\ncost = { anchors = { zero = 5, hundred = 1 } }\n";
    let tree = read(&patched(toml(TWO), &[("use = \"five-branch\"\n", own)])).programme.tree;
    let cost = tree.criteria.iter().find(|c| c.id == "cost").expect("cost");
    assert_eq!((cost.anchors.zero.to_bits(), cost.anchors.hundred.to_bits()), (5.0_f64.to_bits(), 1.0_f64.to_bits()));
    assert_eq!((cost.name.as_str(), tree.criteria.len()), ("Running and change cost", 8));
}

/// The product of its own id, and a product of another name that is said to be like one: RiO scores 4 of 4 on the
/// Mental Health Act, and eCAMIS 0.
#[test]
fn a_product_may_be_like_one_that_is_known() {
    let other =
        [("product = \"rio\"", "product = \"house\""), ("[services]", "[products.house]\nclass = \"ecamis\"\n[services]")];
    let coverage = |files: &[appraise::scenario::SourceFile], id: &str| number(&read(files).programme.register, id).likely;
    six(coverage(&toml(TWO), "capabilities.K04.coverage.rio"), 1.0);
    six(coverage(&patched(toml(TWO), &other), "capabilities.K04.coverage.house"), 0.0);
}

/// The swings are those of costing everything again, and no other default moves the difference further.
#[test]
fn swings_are_those_of_a_full_costing() {
    let scenario = read(&files("minimal"));
    let defaults = appraise(&files("minimal")).defaults.expect("a part on defaults");
    let (programme, plans) = (&scenario.programme, &scenario.plans);
    let position = |id: &Option<String>| {
        let id = id.as_deref().expect("a pair");
        programme.options.iter().position(|o| o.id == id).expect("an option")
    };
    let (a, b) = (position(&defaults.option), position(&defaults.against));
    let gap = |values: &appraise::assumption::Values| {
        let outcome = outcome::evaluate(programme, plans, values);
        outcome.options[a].totals.npc() - outcome.options[b].totals.npc()
    };
    let central = programme.register.central();
    six(defaults.difference.expect("priced"), gap(&central));
    assert_eq!(defaults.swings.len(), 3);
    let mut widths: Vec<f64> = sensitivity::filled_inputs(programme)
        .into_iter()
        .map(|h| {
            let (low, high) = programme.register.get(h).range.expect("a range");
            (gap(&central.with(h, high)) - gap(&central.with(h, low))).abs()
        })
        .collect();
    widths.sort_by(|x, y| y.total_cmp(x));
    for (swing, width) in defaults.swings.iter().zip(widths) {
        let handle = programme.register.find(&swing.input).expect("a number");
        assert!((swing.at_low - gap(&central.with(handle, swing.low))).abs() < 1e-3, "{}", swing.input);
        assert!((swing.at_high - gap(&central.with(handle, swing.high))).abs() < 1e-3, "{}", swing.input);
        assert!(((swing.at_high - swing.at_low).abs() - width).abs() < 1e-3, "{}", swing.input);
    }
    let share = defaults.share.expect("a difference");
    assert!((0.0..=1.0).contains(&share) && defaults.filled > defaults.given);
    assert!(defaults.sentence.contains("filled from epr-2026-11") && defaults.sentence.contains(&defaults.swings[0].name));
}

/// With every default that costs written down, nothing of the difference rests on the library.
#[test]
fn the_share_falls_as_defaults_go() {
    let own =
        |text: &str| appraise(&patched(toml(TWO), &[("[options]\n", &format!("{text}\n[options]\n"))])).defaults.expect("used");
    let many = own("");
    let fewer = own(
        "[migration.cross_product]\nall_in_per_user = 900\ndip = []\noverlap_months = 0\nhead_start_months = 0\nbuild_months = 3",
    );
    assert!(many.share.expect("a difference") > fewer.share.expect("a difference"), "{many:?} {fewer:?}");
    assert!(fewer.filled < many.filled && fewer.given > many.given);
}

/// Where ranges come from the library, switching values are asked of them; at each the two options cost the same by the
/// full evaluation.
#[test]
fn switching_values_are_asked_of_ranges_filled_by_default() {
    let scenario = read(&files("minimal"));
    let found = appraise(&files("minimal"));
    let (programme, central) = (&scenario.programme, scenario.programme.register.central());
    let told: Vec<_> = found.sensitivity.switching.iter().filter(|s| !s.jump && s.value.is_some()).collect();
    assert!(told.len() > 3, "{} of {}", told.len(), found.sensitivity.switching.len());
    for s in told.into_iter().take(12) {
        let handle = programme.register.find(&s.input).expect("a number");
        let values = central.with(handle, s.value.expect("a value"));
        let npc = |id: &str| {
            let option = programme.options.iter().position(|o| o.id == id).expect("an option");
            appraise::outcome::net_present_cost(programme, &scenario.plans[option], &values)
        };
        let gap = npc(&s.option) - npc(&s.against);
        assert!(gap.abs() < 0.01, "{}: {gap}", s.input);
    }
}
