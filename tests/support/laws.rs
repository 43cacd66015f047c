//! What holds of any scenario, sound or not: it is refused with problems that can be shown, or its appraisal adds up.
//!
//! The fuzz targets and the tests on what they found judge by these.

#![allow(dead_code, unreachable_pub, reason = "each user takes some of it")]

use appraise::appraisal::{self, result::Appraisal, result::OptionResult, result::Provenance};
use appraise::report;
use appraise::scenario::{self, Problems, Scenario, SourceFile, render};

/// Reads a scenario; what is said of it must have a place and be fit for a terminal and for JSON.
pub fn read(files: &[SourceFile]) -> Option<Scenario> {
    let read = scenario::read(files);
    let problems = match &read {
        Ok(scenario) => &scenario.warnings,
        Err(problems) => problems,
    };
    assert_eq!(problems.errors() > 0, read.is_err(), "refused for errors and for nothing else");
    shown(problems);
    read.ok()
}

fn shown(problems: &Problems) {
    for styled in [false, true] {
        assert_eq!(render::text(problems, styled).is_empty(), problems.list.is_empty());
    }
    let records = render::records(problems);
    for record in &records {
        assert!(record.line > 0 && record.column > 0 && !record.message.is_empty(), "{record:?}");
    }
    serde_json::to_string(&records).expect("records are JSON");
}

/// Appraises a scenario that was read, and checks that the figures add up.
pub fn appraised(scenario: &Scenario) -> Appraisal {
    let provenance = Provenance {
        engine_version: String::new(),
        scenario_sha256: String::new(),
        parameter_set: scenario.programme.parameters.id.clone(),
        defaults: None,
        seed: None,
        draws: 0,
        run: String::new(),
        files: Vec::new(),
    };
    let appraisal = appraisal::appraise(&scenario.programme, &scenario.plans, provenance, Vec::new());
    kept_as_json(&appraisal);
    for option in &appraisal.options {
        parts_add_up(&appraisal, option);
        bodies_add_up(option);
    }
    for panel in &appraisal.panels {
        same("weights", panel.weights.values().sum(), 1.0, 1.0);
    }
    appraisal
}

/// The pack of an appraisal.
pub fn pack(appraisal: &Appraisal) -> String {
    report::render(appraisal).expect("every appraisal has a pack")
}

/// What is read back from `appraisal.json` is what was written. A figure that is not finite would be read as none.
fn kept_as_json(appraisal: &Appraisal) {
    let text = serde_json::to_string_pretty(appraisal).expect("an appraisal is JSON");
    let back: Appraisal = serde_json::from_str(&text).expect("every figure is finite");
    let again = serde_json::to_string_pretty(&back).expect("it was read from JSON");
    assert!(back == *appraisal, "an appraisal differs once it is read back: {again}");
}

fn parts_add_up(appraisal: &Appraisal, option: &OptionResult) {
    let id = &option.id;
    let scale: f64 = option.cost.lines.iter().map(|l| l.present.abs()).sum();
    let npc = option.cost.npc;
    let identity = &appraisal.identity[id];
    same(id, identity.npc, npc, scale);
    same(id, identity.cost + identity.dual_running + identity.staff_time + identity.scored_elsewhere, npc, scale);
    same(id, option.cost.by_category.values().map(|a| a.present).sum(), npc, scale);
    same(id, option.cost.by_year.iter().map(|a| a.present).sum(), npc, scale);
    same(id, option.cost.lines.iter().map(|l| l.present).sum(), npc, scale);
    same(id, option.economics.npsv, -npc, scale);
    let dual = &option.dual_running;
    same(id, dual.head_start + dual.overlap + dual.stranded + dual.archive, dual.present, scale);
    for c in &dual.by_contract {
        let parts = [c.service, c.head_start, c.overlap, c.stranded, c.archive];
        same(&c.contract, parts.iter().sum(), c.invoice, parts.iter().map(|p| p.abs()).sum());
    }
    if let (Some(score), false) = (option.score, option.contributions.is_empty()) {
        let scale = option.contributions.values().map(|c| c.abs()).sum();
        same(id, option.contributions.values().sum(), score, scale);
    }
}

fn bodies_add_up(option: &OptionResult) {
    let (id, f) = (&option.id, &option.financial);
    let lines: f64 = option.cost.lines.iter().map(|l| l.by_year.iter().map(|a| a.abs()).sum::<f64>()).sum();
    // Transfers are in no line; VAT comes on top of lines.
    let scale = 2.0 * lines + f.by_body.iter().map(|b| b.transfers.abs() + b.cash.abs()).sum::<f64>();
    same(id, f.by_body.iter().map(|b| b.cash).sum(), f.cash, scale);
    same(id, f.by_body.iter().map(|b| b.transfers).sum(), f.transfers, scale);
    same(id, f.cash_by_year.iter().sum(), f.cash, scale);
    same(id, f.nominal - f.non_cash + f.vat + f.transfers, f.cash, scale);
    for b in &f.by_body {
        same(&b.body, b.nominal - b.non_cash + b.vat + b.transfers, b.cash, scale);
        same(&b.body, b.cash_by_year.iter().sum(), b.cash, scale);
    }
}

/// Equal to a millionth of the amounts that were added up.
fn same(what: &str, a: f64, b: f64, scale: f64) {
    assert!((a - b).abs() <= 1e-6 * (1.0 + scale), "{what}: {a} is not {b} (of amounts of {scale})");
}
