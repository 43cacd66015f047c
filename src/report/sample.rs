//! Two appraisals to render in tests: the worked example, and a larger one made in code.

mod large;
mod roadmap;
mod small;
mod uncertain;

use crate::appraisal::result::*;
use indexmap::IndexMap;
pub(super) use roadmap::roadmap;

/// The worked example, with draws.
pub(in crate::report) fn small() -> Appraisal {
    uncertain::drawn(small::small())
}

/// The larger one, with draws.
pub(in crate::report) fn large() -> Appraisal {
    uncertain::drawn(large::large())
}

fn blank_financial() -> Financial {
    Financial {
        transfers: 0.0,
        nominal: 0.0,
        non_cash: 0.0,
        vat: 0.0,
        cash: 0.0,
        unagreed_benefits: 0.0,
        unagreed_by_year: Vec::new(),
        cash_by_year: vec![],
        capital: 0.0,
        capital_by_year: vec![],
        depreciation_by_year: vec![],
        funding_gap: Vec::new(),
        funding_total: Vec::new(),
        by_body: vec![],
    }
}

/// Gives every option its steps from the first one, all categories each a step but those of dual running.
fn step(options: &mut [OptionResult]) {
    let Some((usual, others)) = options.split_first_mut() else { return };
    let used: Vec<&str> = CATEGORIES
        .into_iter()
        .filter(|c| usual.cost.by_category.contains_key(*c) || others.iter().any(|o| o.cost.by_category.contains_key(*c)))
        .collect();
    for option in others {
        let present = |o: &OptionResult, c: &str| o.cost.by_category.get(c).map_or(0.0, |a| a.present);
        let mut steps: Vec<WaterfallStep> = Vec::new();
        for category in &used {
            let dual = ["head_start", "overlap", "archive", "stranded"].contains(category);
            let name = if dual { "dual_running" } else { category };
            let change = present(option, category) - present(usual, category);
            let at = steps.iter().position(|s| s.step == name).unwrap_or_else(|| {
                steps.push(WaterfallStep { step: name.into(), change: 0.0, categories: IndexMap::new() });
                steps.len() - 1
            });
            steps[at].change += change;
            steps[at].categories.insert((*category).into(), change);
        }
        option.waterfall = steps;
    }
}

/// An area in which nothing moves.
fn quiet_area(view: &AreaView, visibility: f64, capability: f64) -> AreaResult {
    AreaResult {
        kind: view.kind.clone(),
        area: view.area.clone(),
        slots_moved: 0,
        slots_committed: 0,
        users_moved: 0.0,
        first_go_live: None,
        last_go_live: None,
        internal_days: 0.0,
        external_days: 0.0,
        training_hours: 0.0,
        dip_hours: 0.0,
        cost: Amounts::default(),
        visibility: Some(visibility),
        capability: Some(capability),
    }
}

/// An option with nothing in it.
#[expect(clippy::too_many_lines, reason = "one literal, a line a field")]
fn blank_option(id: &str, name: &str, kind: &str) -> OptionResult {
    OptionResult {
        id: id.into(),
        name: name.into(),
        description: None,
        kind: kind.into(),
        role: None,
        feasible: true,
        gates: vec![],
        rank_basis: "score".into(),
        rank: None,
        rank_expected: None,
        score: None,
        optimised: None,
        dates: None,
        plan: vec![],
        roadmap: vec![],
        links: vec![],
        cost: Cost {
            npc: 0.0,
            npsv: 0.0,
            eac: 0.0,
            nominal: 0.0,
            real: 0.0,
            by_category: IndexMap::new(),
            by_year: vec![],
            lines: vec![],
        },
        economics: Economics::default(),
        waterfall: vec![],
        financial: blank_financial(),
        approvals: None,
        routes: Vec::new(),
        dual_running: DualRunning {
            avoidable: None,
            present: 0.0,
            nominal: 0.0,
            head_start: 0.0,
            overlap: 0.0,
            stranded: 0.0,
            archive: 0.0,
            committed: 0.0,
            slippage_first_month: None,
            slippage_first_quarter: None,
            by_contract: vec![],
        },
        effort: Effort {
            internal_days: 0.0,
            external_days: 0.0,
            training_days: 0.0,
            person_days: 0.0,
            peak_load: None,
            training_hours: 0.0,
            dip_hours: 0.0,
            by_role: vec![],
        },
        areas: vec![],
        exits: vec![],
        archives: vec![],
        terminal_liability: None,
        measures: IndexMap::new(),
        values: IndexMap::new(),
        contributions: IndexMap::new(),
        value: None,
        uncertainty: None,
        reported: vec![],
        unmonetised: vec![],
    }
}

/// An appraisal with a frame and nothing else.
#[expect(clippy::too_many_lines, reason = "one literal, a line a field")]
fn blank(title: &str, years: &[&str]) -> Appraisal {
    Appraisal {
        schema_version: SCHEMA_VERSION,
        id: "sample".into(),
        title: title.into(),
        as_at: "2027-04-01".into(),
        headline: Headline { code: "no_clear_winner".into(), text: String::new() },
        summary: vec![],
        provenance: Provenance {
            engine_version: "0.1.0".into(),
            scenario_sha256: "6b1f0c3e9d2a4b5c8e7f60718293a4b5c6d7e8f90123456789abcdef01234567".into(),
            parameter_set: "green-book-2026".into(),
            defaults: None,
            seed: None,
            draws: 0,
            run: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae".into(),
            files: vec![FileDigest {
                name: "scenario.toml".into(),
                sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
            }],
        },
        frame: Frame {
            decision: None,
            sponsor: None,
            note: None,
            year0: years[0].into(),
            years: years.iter().map(|y| (*y).to_owned()).collect(),
            horizon: years.len() - 1,
            price_base: years[0].into(),
            discount_factors: (0..years.len()).map(|t| 1.035_f64.powi(-i32::try_from(t).expect("few years"))).collect(),
            deflator: (0..years.len()).map(|t| 1.02_f64.powi(i32::try_from(t).expect("few years"))).collect(),
            deflator_source: "2% a year, set in the scenario".into(),
            mode: "longlist_mcda".into(),
            rank_basis: "score".into(),
            resolution: 1.0,
            banner: None,
        },
        paper: vec![],
        narrative: vec![],
        objectives: vec![],
        success_factors: vec![],
        next_steps: vec![],
        needs: vec![],
        coverage: vec![],
        organisations: vec![],
        systems: vec![],
        services: vec![],
        areas: vec![],
        contracts: vec![],
        funding: Vec::new(),
        benefits: Vec::new(),
        milestones: Vec::new(),
        freezes: Vec::new(),
        hazards: Vec::new(),
        risks: Vec::new(),
        verdicts: Vec::new(),
        optimiser: None,
        reference_class: None,
        longlist: vec![],
        groups: Vec::new(),
        criteria: vec![],
        options: vec![],
        identity: IndexMap::new(),
        implied_rates: vec![],
        efficient: vec![],
        duplicates: vec![],
        panels: vec![],
        cross_checks: None,
        panel_combination: "equal".into(),
        acceptability: None,
        uncertainty: None,
        calendar: Vec::new(),
        commitment: Vec::new(),
        sensitivity: Sensitivity::default(),
        assumptions: vec![],
        defaults: None,
        evidence: EvidenceShare {
            option: "interop".into(),
            sourced: 0.0,
            derived: 0.0,
            estimate: 0.2,
            unchecked: 0.0,
            none: 0.8,
        },
        sources: vec![],
        parameters: vec![],
        warnings: vec![],
        explanations: Vec::new(),
    }
}
