//! Costing again only what a number acts on comes to the same as costing everything again: the full
//! evaluation is the judge, on every number of the bundled scenarios and of a generated one.

mod support;

use appraise::assumption::{Handle, Register};
use appraise::outcome::{Recost, net_present_cost};
use appraise::plan::Plan;
use appraise::scenario::Scenario;
use rayon::prelude::*;
use support::generated::{self, LARGE, SMALL};
use support::{files, read};

/// Values to try for a number: both ends of what its unit allows (within reason), a step of a month, and
/// some between.
fn tried(register: &Register, input: Handle) -> Vec<f64> {
    let entry = register.get(input);
    let (least, most) = entry.unit.range();
    let now = entry.likely;
    let mut all = vec![least.max(-0.4), now / 3.0, now - 1.0, 10.0 * now + 3.0, 0.37];
    all.retain(|x| (least..=most).contains(x));
    all
}

/// Asks of every so many of the numbers.
fn agrees(scenario: &Scenario, name: &str, every: usize) {
    let programme = &scenario.programme;
    let central = programme.register.central();
    let of_plan = |plan: &Plan| {
        let (mut faults, mut acting) = (Vec::new(), 0);
        let id = &programme.options[plan.option.0].id;
        let now = net_present_cost(programme, plan, &central);
        let recost = Recost::of(programme, plan, &central);
        for (input, entry) in programme.register.iter().step_by(every) {
            let mut varied = recost.varied(input);
            for x in tried(&programme.register, input) {
                let values = central.with(input, x);
                let full = net_present_cost(programme, plan, &values);
                let quick = now + varied.change(&values);
                acting += usize::from((full - now).abs() > 1.0);
                if (full - quick).abs() > 1e-9 * (1.0 + full.abs()) {
                    faults.push(format!("{id}, {} = {x}: {full} in full, {quick}", entry.id));
                }
                if varied.is_constant() && full.to_bits() != now.to_bits() {
                    faults.push(format!("{id}, {}: said to act on nothing, but {full} is not {now}", entry.id));
                }
            }
        }
        (faults, acting)
    };
    let found: Vec<(Vec<String>, usize)> = scenario.plans.par_iter().map(of_plan).collect();
    let faults: Vec<&String> = found.iter().flat_map(|(faults, _)| faults).collect();
    let acting: usize = found.iter().map(|(_, acting)| acting).sum();
    assert!(
        faults.is_empty(),
        "{name}: {} differ:\n{}",
        faults.len(),
        faults.iter().take(20).map(|f| f.as_str()).collect::<Vec<_>>().join("\n")
    );
    assert!(acting > 100, "{name}: the numbers tried act on costs");
}

#[test]
fn every_number_of_the_worked_example() {
    agrees(&read(&files("worked-example")), "worked-example", 1);
}

#[test]
fn every_number_of_a_register_of_hazards() {
    let hazard = "[hazards.loss]\ninitial = 3\nresidual = 2\nmitigation = \"x\"\nrole = \"safety\"\ndays_per_move = 12\n[hazards.gap]\ninitial = 3\nresidual = 3\nkinds = [\"cross_product\"]\nrole = \"data_migration\"\ndays_per_move = 7\n\n[roles.configuration]";
    let broken = support::patched(files("worked-example"), &[("[roles.configuration]", hazard)]);
    agrees(&read(&broken), "hazards", 1);
}

#[test]
fn every_number_of_project_fusion() {
    agrees(&read(&files("project-fusion")), "project-fusion", 1);
}

/// What is left behind, on the systems that options leave: the way taken, and with it whether a contract is left early,
/// follows from numbers of all sorts.
#[test]
fn every_number_of_what_is_left_behind() {
    let archive = |id: &str| {
        format!(
            "[instances.{id}.archive]\nretention_years = 8\n\
             subject_access = {{ requests_per_year = 300, minutes_each_extra = 40, rate = 25 }}\n\
             [[instances.{id}.archive.strategies]]\nkind = \"extract_to_archive\"\nonce = 90_000\nper_record = 0.5\n\
             per_year = 40_000\nafter_months = 6\n\
             [[instances.{id}.archive.strategies]]\nkind = \"rekey_open_cases\"\nopen_share = 0.1\nminutes_each = 12\n\
             role = \"ROLE\"\nrest = \"read_only_licence\"\n\
             [[instances.{id}.archive.strategies]]\nkind = \"read_only_licence\"\nonly_for_rest = true\n\
             [[instances.{id}.archive.strategies]]\nkind = \"migrate_all\"\nonce = 20_000\nper_record = 1.2\n"
        )
    };
    let rio = format!("{}\n[instances.rio.run]", archive("rio").replace("ROLE", "configuration"));
    let solent = format!("{}\n[instances.s1_solent.run]", archive("s1_solent").replace("ROLE", "configuration"));
    let fusion = [("[instances.rio.run]", rio.as_str()), ("[instances.s1_solent.run]", solent.as_str())];
    let fusion = read(&support::patched(files("project-fusion"), &fusion));
    assert!(fusion.plans.iter().any(|p| p.moves.iter().any(|m| fusion.programme.instances[m.from.0].archive.is_some())));
    agrees(&fusion, "project-fusion", 1);
    let small = archive("x").replace("[instances.x.archive]\n", "[instances.x.archive]\nrecords = 30_000\n");
    let small = format!("{}\n[capabilities.C1]", small.replace("ROLE", "data_migration"));
    agrees(&read(&support::patched(files("worked-example"), &[("[capabilities.C1]", &small)])), "worked-example", 1);
}

#[test]
fn every_number_of_a_generated_scenario() {
    agrees(&read(&generated::scenario(SMALL)), "generated", 1);
}

#[test]
fn some_numbers_of_a_large_scenario() {
    agrees(&read(&generated::scenario(LARGE)), "large", 397);
}

/// Only what a number acts on is costed again: otherwise large scenarios would take minutes.
#[test]
fn most_numbers_act_on_little() {
    let scenario = read(&generated::scenario(SMALL));
    let programme = &scenario.programme;
    let central = programme.register.central();
    let constant = |plan| {
        let recost = Recost::of(programme, plan, &central);
        programme.register.iter().filter(|(input, _)| recost.varied(*input).is_constant()).count()
    };
    // Contacts of services, flows, capabilities and capacities act on no cost, whatever the option.
    let never = |id: &str| {
        id.starts_with("flows.") || id.starts_with("capabilities.") || id.ends_with(".contacts") || id.ends_with(".capacity")
    };
    let least = programme.register.iter().filter(|(_, a)| never(&a.id)).count();
    for plan in &scenario.plans {
        let n = constant(plan);
        assert!(
            n >= least && n < programme.register.len(),
            "{n} of {} act on nothing, {least} at least",
            programme.register.len()
        );
    }
}
