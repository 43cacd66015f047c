//! Every option in other worlds, as plain data.

use super::headline::money;
use super::result::WhatIfResult;
use super::{Case, naming};
use crate::assumption::Values;
use crate::outcome;
use crate::plan::Plan;
use crate::programme::{Mode, WhatIf};
use crate::quantity::fixed;
use rayon::prelude::*;

/// The named what-ifs of the scenario, in the author's order.
pub(super) fn results(case: &Case<'_>, values: &Values) -> Vec<WhatIfResult> {
    case.programme.what_ifs.par_iter().map(|what_if| result(case, what_if, values)).collect()
}

fn result(case: &Case<'_>, what_if: &WhatIf, values: &Values) -> WhatIfResult {
    let mut programme = case.programme.clone();
    for option in &mut programme.options {
        option.expiry.retain(|(contract, _)| what_if.expiry.iter().all(|(own, _)| own != contract));
        option.expiry.extend(&what_if.expiry);
    }
    let late = |plan: &Plan| if what_if.slip > 0 { plan.slipped(what_if.slip) } else { plan.clone() };
    let plans: Vec<Plan> = case.plans.iter().map(late).collect();
    let other = what_if.on(&programme.register, values);
    let outcome = outcome::evaluate(&programme, &plans, &other);
    // No figure is right for months that no contract covers.
    let covered: Vec<bool> = outcome.options.iter().map(|o| o.costing.uncovered(&programme).is_empty()).collect();
    let ids = || programme.options.iter().map(|o| o.id.clone());
    let npc: Vec<Option<f64>> = outcome.options.iter().zip(&covered).map(|(o, c)| c.then(|| o.totals.npc())).collect();
    let index = programme.frame.mode != Mode::Shortlist;
    let scores = |i: usize| outcome.scores.as_ref().filter(|_| index && covered[i]).map(|s| s[i]);
    let count = outcome.options.len();
    WhatIfResult {
        id: what_if.id.clone(),
        name: what_if.name.clone(),
        because: what_if.because.clone(),
        sentence: sentence(case, (what_if, &outcome.ranks, &npc), &covered),
        npc: ids().zip(npc.iter().copied()).collect(),
        score: ids().zip((0..count).map(scores)).collect(),
        rank: ids().zip((0..count).map(|i| outcome.ranks[i].filter(|_| covered[i]))).collect(),
    }
}

fn sentence(case: &Case<'_>, (what_if, ranks, npc): (&WhatIf, &[Option<usize>], &[Option<f64>]), covered: &[bool]) -> String {
    let leading = case.leading;
    let first: Vec<&str> = (0..ranks.len()).filter(|&i| ranks[i] == Some(1)).map(|i| case.name(i)).collect();
    let rank = if ranks[leading] == Some(1) && first.len() == 1 {
        format!("{} stays first", case.name(leading))
    } else {
        format!("first would be {}", naming::list(&first))
    };
    let cost = match npc[leading] {
        Some(npc) if case.priced() => {
            let more = npc - case.npc(leading);
            let change = if more.abs() < 0.5 {
                "as much as before".to_owned()
            } else {
                format!("{} {}", money(more.abs()), if more > 0.0 { "more" } else { "less" })
            };
            format!("; {} would cost {change} in net present cost", case.name(leading))
        }
        _ => String::new(),
    };
    let open: Vec<&str> = (0..covered.len()).filter(|&i| !covered[i]).map(|i| case.name(i)).collect();
    let open = match open.len() {
        0 => String::new(),
        _ => format!(" Without figures, since contracts would run out first: {}.", naming::list(&open)),
    };
    let months = match what_if.slip {
        0 => String::new(),
        1 => " (every go-live a month later)".to_owned(),
        n => format!(" (every go-live {} months later)", fixed(f64::from(u32::try_from(n).unwrap_or(0)), 0)),
    };
    format!("{}{months}: {rank}{cost}.{open}", what_if.name)
}
