//! Draws for the samples: figures chosen to be told apart, not computed.

use crate::appraisal::result::*;

/// Gives every option a spread from 0.8 to 1.4 times its central figure, evenly, so that at 10, 50, 80 and 90 of 100 it
/// is 0.86, 1.1, 1.28 and 1.34 times that.
pub(super) fn drawn(mut a: Appraisal) -> Appraisal {
    let count = a.options.len();
    let spread = |central: f64| Spread {
        mean: 1.1 * central,
        standard_error: Some(0.002 * central.abs()),
        p10: 0.86 * central,
        p50: 1.1 * central,
        p80: 1.28 * central,
        p90: 1.34 * central,
        quantile_errors: Some([0.004 * central.abs(); 4]),
    };
    for option in &mut a.options {
        let first = option.rank == Some(1);
        let ranks =
            (1..=count).map(|r| if Some(r) == option.rank { 0.9 } else { 0.1 / f64::from(u8::try_from(count).expect("few")) });
        let step = |p: i32| option.cost.npc * (0.8 + 0.6 * f64::from(p) / 100.0);
        let moves = option.plan.iter().any(|p| p.go_live.is_some());
        option.uncertainty = Some(OptionUncertainty {
            npc: spread(option.cost.npc),
            cash: spread(option.financial.cash),
            dual_running: spread(option.dual_running.present),
            person_days: spread(option.effort.person_days),
            score: option.score.map(spread),
            p_feasible: if option.feasible { 0.97 } else { 0.0 },
            p_feasible_error: 0.005,
            probability_first: if first { 0.9 } else { 0.05 },
            probability_first_error: 0.009,
            rank_acceptability: ranks.collect(),
            budgets: Vec::new(),
            finish: moves.then(|| Finish {
                p10: "2028-03-01".into(),
                p50: "2028-06-01".into(),
                p80: "2028-09-01".into(),
                p90: "2028-12-01".into(),
            }),
            curve: (0..=100).map(step).collect(),
        });
        option.rank_expected = option.rank;
    }
    a.uncertainty = Some(Uncertainty {
        draws: 1_000,
        seed: 1,
        uncertain: 40,
        certain: 62,
        events: 2,
        sentences: vec!["In 90 of 100 draws the first option ranks first.".into()],
    });
    let central = a.options.iter().find(|o| o.id == a.evidence.option).map_or(0.0, |o| o.cost.npc);
    a.sensitivity.tornado = bars(central);
    a.sensitivity.information_value = worth();
    a
}

fn bars(central: f64) -> Vec<TornadoBar> {
    let price = "contracts.kx.lines.users.price";
    let risk = "risks.supplier.probability";
    [
        (price, "Contract KX: users, price", Some((120.0, 190.0)), 0.2, (1.2, -0.4)),
        ("training", "\u{201c}training\u{201d}, two numbers that vary together", None, 0.1, (0.4, 0.2)),
        (risk, "Supplier leaves: probability", Some((0.0, 1.0)), 0.05, (0.3, 0.3)),
        (risk, "Supplier leaves: probability", Some((0.1, 0.3)), 0.01, (0.3, 0.3)),
    ]
    .map(|(input, name, ends, share, (lead_low, lead_high))| TornadoBar {
        input: input.into(),
        name: name.into(),
        members: vec![input.into()],
        low: ends.map(|e| e.0),
        high: ends.map(|e| e.1),
        npc_low: central * (1.0 - share),
        npc_high: central * (1.0 + share),
        score_low: Some(62.0),
        score_high: Some(60.0),
        lead_low,
        lead_high,
    })
    .to_vec()
}

fn worth() -> Vec<InformationValue> {
    [
        ("Everything", "everything", 9_000.0, 0.4),
        ("All numbers on contracts", "group", 5_000.0, 0.2),
        ("All numbers on staff time", "group", 0.0, 0.0),
        ("Contract KX: users, price", "single", 5_000.0, 0.2),
        ("Contract KY: users, price", "single", 1_000.0, 0.3),
        ("Training hours", "single", 0.0, 0.0),
    ]
    .map(|(name, kind, pounds, points)| InformationValue {
        inputs: vec!["contracts.kx.lines.users.price".into()],
        name: name.into(),
        kind: kind.into(),
        pounds,
        pounds_error: 0.2 * pounds,
        points: Some(points),
        standard_error: Some(0.2 * points),
        share_of_variance: (kind == "single").then_some(0.3),
    })
    .to_vec()
}
