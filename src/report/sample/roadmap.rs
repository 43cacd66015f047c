//! A roadmap that an optimiser might have found, for tests of the pack.

use crate::appraisal::result::{
    Against, Appraisal, FrontierDistance, FrontierPoint, LimitPrice, LinkEntry, Optimiser, PlanEntry, PlanFaring, QuestionView,
    Robustness,
};

/// One for a sample: its first service moves, and one link is built.
pub(in crate::report) fn roadmap(a: &Appraisal) -> Optimiser {
    let service = &a.services[0];
    let point = |npc: f64, score: f64| FrontierPoint {
        npc,
        score,
        status: "found".into(),
        bound: None,
        moves: 1,
        links: vec!["link".into()],
    };
    let against = |option: usize, breaks: Vec<String>| Against {
        option: a.options[option].id.clone(),
        npc: -90_000.0,
        score: Some(2.5),
        dual_running: 0.0,
        npc_from_dates: (option == 0).then_some(-20_000.0),
        breaks,
    };
    let short = "Training capacity in 2026/27 Q2 covers 412 of the 655 days needed".to_owned();
    let distance = |option: usize, pounds, points| FrontierDistance { option: a.options[option].id.clone(), pounds, points };
    Optimiser {
        option: "optimised".into(),
        freedom: "roadmap".into(),
        question: QuestionView { goal: "cost".into(), within: None, at_least: None, plans: 20_000, nodes: 1_000, seed: 7 },
        status: "bounded".into(),
        objective: Some(500_000.0),
        unit: "pounds".into(),
        bound: Some(488_000.0),
        gap: Some(12_000.0),
        tried: 1_234,
        stopped: false,
        npc: Some(500_000.0),
        discounted_cost: Some(600_000.0),
        score: Some(62.0),
        dual_running: Some(0.0),
        recosted_difference: Some(0.0),
        plan: vec![PlanEntry {
            service: service.id.clone(),
            slot: "core".into(),
            instance: a.systems[1].id.clone(),
            go_live: Some("2028-01-01".into()),
            expected_go_live: Some("2028-04-01".into()),
            committed: false,
        }],
        links: vec![LinkEntry { id: "link".into(), name: "A link".into(), live: Some("2028-01-01".into()) }],
        against: vec![against(0, vec![]), against(1, vec![short])],
        frontier: vec![point(500_000.0, 62.0), point(600_000.0, 66.0), point(800_000.0, 70.0)],
        distances: vec![distance(0, Some(90_000.0), Some(1.5)), distance(1, None, None)],
        limit_prices: vec![LimitPrice {
            limit: "team:trainer".into(),
            name: "Capacity of Trainers".into(),
            relaxed: "wholly".into(),
            gain: Some(4_000.0),
            status: "found".into(),
        }],
        conflict: vec![],
        relaxations: vec![],
        robustness: Some(robustness(a)),
        sentence: "The cheapest roadmap found costs £500,000.".into(),
    }
}

/// Over draws an option that keeps all limits is sometimes the cheaper.
fn robustness(a: &Appraisal) -> Robustness {
    let faring = |plan: &str, option: Option<usize>| PlanFaring {
        plan: plan.into(),
        option: option.map(|o| a.options[o].id.clone()),
        npc: 520_000.0,
        npc_error: Some(1_000.0),
        npc_p80: 560_000.0,
        p_feasible: 0.98,
        keeps_limits: option != Some(1),
        p_limits: option.is_none().then_some(0.634),
        better: if option == Some(0) { 0.12 } else { 0.0 },
        better_by: (option == Some(0)).then_some(15_000.0),
        regret: (option != Some(1)).then_some(1_800.0),
        worst_regret: (option != Some(1)).then_some(40_000.0),
    };
    Robustness {
        draws: 1_000,
        first_draw: 0,
        seed: 7,
        plans: vec![faring("roadmap", None), faring("option", Some(0)), faring("option", Some(1))],
        chosen: None,
        sentences: vec!["In 12 of 100 draws a plan beside it that keeps all limits costs less.".into()],
    }
}
