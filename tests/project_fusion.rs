//! The real case: what it must contain, how it is marked, and figures computed apart from the engine.

mod support;

use appraise::appraisal::result::{Appraisal, OptionResult};
use appraise::assumption::{Evidence, Origin};
use std::sync::LazyLock;
use support::{appraise, files, read};

fn fusion() -> &'static Appraisal {
    static APPRAISAL: LazyLock<Appraisal> = LazyLock::new(|| appraise(&files("project-fusion")));
    &APPRAISAL
}

fn option<'a>(a: &'a Appraisal, id: &str) -> &'a OptionResult {
    a.options.iter().find(|o| o.id == id).expect("the option")
}

#[track_caller]
fn pennies(found: f64, expected: f64) {
    assert!((found - expected).abs() < 0.006, "found {found:.4}, expected {expected}");
}

#[test]
fn it_is_a_model_of_published_papers_and_says_so() {
    let a = fusion();
    assert!(a.title.contains("modelled on published papers") && a.title.contains("not the trust's decision"));
    let note = a.frame.note.as_deref().expect("a note");
    assert!(note.contains("hindsight") && note.contains("estimates"));
    assert_eq!((a.as_at.as_str(), a.frame.year0.as_str(), a.frame.horizon), ("2023-11-27", "2023/24", 10));
    assert_eq!(a.frame.years.last().map(String::as_str), Some("2033/34"));
    assert!(a.frame.deflator_source.contains("estimate") && (a.frame.deflator[1] - 1.02).abs() < 1e-12);
}

#[test]
fn every_number_says_what_it_rests_on() {
    let register = read(&files("project-fusion")).programme.register;
    for (_, a) in register.iter() {
        assert!(
            a.origin == Origin::Given && a.evidence != Evidence::None,
            "{} in {}:{} has no evidence",
            a.id,
            a.place.file,
            a.place.line
        );
        assert!(a.basis.is_some(), "{} in {}:{} has no basis", a.id, a.place.file, a.place.line);
        // A range is never a sourced fact here: what the papers print is one figure.
        assert!(a.evidence != Evidence::Sourced || a.range.is_none(), "{}", a.id);
    }
    let sourced: Vec<(&str, f64)> =
        register.iter().filter(|(_, a)| a.evidence == Evidence::Sourced).map(|(_, a)| (a.id.as_str(), a.likely)).collect();
    // The papers print one amount that the case uses: GBP 1.3m secured for CAMHS.
    assert_eq!(sourced, [("commitments.camhs.cost", 1_300_000.0)]);
}

#[test]
fn the_seven_systems_and_their_users_are_there() {
    let a = fusion();
    let products: Vec<&str> = a.systems.iter().map(|s| s.product.as_str()).collect();
    for name in ["RiO", "SystmOne", "Iaptus", "eCAMIS", "R4", "INFORM", "Carenotes"] {
        assert!(products.iter().any(|p| p.contains(name)), "{name} is missing");
    }
    // Likely users by system once the moves under way are done (public figures, 1.3).
    let usual = option(a, "bau");
    let on = |product: &str| -> f64 {
        let users =
            |p: &appraise::appraisal::result::PlanEntry| a.services.iter().find(|s| s.id == p.service).map_or(0.0, |s| s.users);
        let here = |p: &&appraise::appraisal::result::PlanEntry| {
            a.systems.iter().any(|s| s.id == p.instance && s.product.contains(product))
        };
        usual.plan.iter().filter(|p| p.slot == "core").filter(here).map(users).sum()
    };
    for (product, users) in
        [("RiO", 5_500.0), ("SystmOne", 4_150.0), ("Iaptus", 300.0), ("R4", 130.0), ("INFORM", 170.0), ("Carenotes", 0.0)]
    {
        assert!((on(product) - users).abs() < 1e-9, "{product}: {} users", on(product));
    }
}

#[test]
fn commitments_are_in_every_option() {
    let a = fusion();
    for o in &a.options {
        for service in ["camhs_hampshire", "iow_mh"] {
            let roads = o.roadmap.iter().filter(|r| r.service == service && r.state == "live");
            // Months count from April 2023, so planned Day 1 is month 12.
            assert!(roads.clone().any(|r| r.to == 12) && roads.clone().any(|r| r.from == 12), "{}: {service}", o.id);
        }
        assert!(o.links.iter().any(|l| l.live.is_none()), "{} lacks the shared record that exists", o.id);
        assert!(o.cost.lines.iter().any(|l| l.what.starts_with("Phase 1")), "{} lacks phase 1", o.id);
    }
    let agreement =
        a.contracts.iter().find(|c| c.kind == "sla" && c.end == "2026-03-31" && c.start.as_deref() == Some("2024-04-01"));
    assert!(agreement.is_some(), "the Isle of Wight agreement runs for two years from planned Day 1");
}

#[test]
fn one_record_for_everything_fails_the_gates_and_nothing_else_does() {
    let a = fusion();
    for o in &a.options {
        assert_eq!(o.feasible, o.id != "one_record", "{}", o.id);
    }
    let failed = option(a, "one_record").gates.iter().find(|g| !g.passed).expect("a gate");
    for service in ["Talking Therapies", "ental", "exual"] {
        assert!(failed.reason.contains(service), "{}", failed.reason);
    }
    assert_eq!(option(a, "one_record").rank, None);
}

/// Figures of `tests/oracle/project_fusion.py`, which reads the scenario's files by itself and was
/// written by somebody who did not write the engine.
#[test]
fn figures_computed_apart_from_the_engine() {
    let a = fusion();
    let usual = option(a, "bau");
    pennies(usual.cost.npc, 40_134_645.38);
    let present = |o: &OptionResult, category: &str| o.cost.by_category.get(category).map_or(0.0, |x| x.present);
    for (category, expected) in [
        ("external", 5_041_581.30),
        ("instance_run", 10_077_178.53),
        ("risk", 881_428.35),
        ("training", 220_060.80),
        ("dip", 830_989.57),
    ] {
        pennies(present(usual, category), expected);
    }
    let rio = option(a, "converge_rio");
    pennies(rio.effort.training_hours, 43_830.0);
    pennies(rio.effort.dip_hours, 186_952.5);
    pennies(rio.effort.person_days, 16_766.55);
    pennies(present(rio, "instance_run"), 9_498_294.32);
    let ends = |system: &str| -> f64 {
        let kept = rio.cost.lines.iter().filter(|l| l.what.contains(system) && l.what.ends_with("keeping it up"));
        kept.map(|l| l.present).sum()
    };
    pennies(ends("RiO"), 285_603.67);
    pennies(ends("SystmOne (Solent)"), 132_283.73);
    pennies(present(rio, "training"), 1_381_457.53);
    pennies(present(rio, "dip"), 5_235_004.88);
    // Staff of two services whose records are both on RiO are one user of it: 9,650 less 751 in the last year.
    let users = rio
        .cost
        .lines
        .iter()
        .find(|l| l.what == "RiO licence (Southern Health): users" && l.category == "service")
        .expect("the line");
    pennies(*users.by_year.last().expect("a year"), 1_652_777.90);
    for (id, visibility) in [("bau", 0.387_069), ("interoperate", 0.471_524), ("converge_rio", 0.608_711)] {
        assert!((option(a, id).measures["visibility"] - visibility).abs() < 5e-7, "{id}");
    }
    assert!((usual.measures["burden"] - 44_719.666_667).abs() < 1e-3);
    assert!((usual.measures["capability"] - 0.7917).abs() < 5e-5);
}

#[test]
fn bodies_sum_to_the_system() {
    let a = fusion();
    for o in &a.options {
        let f = &o.financial;
        let sum = |part: fn(&appraise::appraisal::result::BodyFinancial) -> f64| f.by_body.iter().map(part).sum::<f64>();
        pennies(sum(|b| b.cash), f.cash);
        pennies(sum(|b| b.transfers), 0.0);
        pennies(f.nominal - f.non_cash + f.vat, f.cash);
        let identity = &a.identity[&o.id];
        pennies(identity.cost + identity.dual_running + identity.staff_time + identity.scored_elsewhere, o.cost.npc);
    }
}
