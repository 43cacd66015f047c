//! Every option in other worlds, as plain data.

use super::headline::money;
use super::result::WhatIfResult;
use super::{Case, naming};
use crate::assumption::Values;
use crate::outcome::{self, Evaluated};
use crate::plan::Plan;
use crate::programme::{Mode, WhatIf};
use crate::quantity::fixed;
use crate::scoring;
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
    let plans: Vec<Plan> = case.plans.iter().map(|plan| plan.late(what_if.slip)).collect();
    let other = what_if.on(&programme.register, values);
    let outcome = outcome::evaluate(&programme, &plans, &other);
    // No figure is right for months that no contract covers, nor for what no longer comes within the period.
    let covered = |o: &Evaluated| o.costing.uncovered(&programme).is_empty();
    let beyond = |(now, then): (&Plan, &Plan)| then.goes_beyond(&programme, &other) && !now.goes_beyond(&programme, values);
    let without = Without {
        cover: outcome.options.iter().map(|o| !covered(o)).collect(),
        time: case.plans.iter().zip(&plans).map(beyond).collect(),
    };
    let has_figures: Vec<bool> = (0..plans.len()).map(|i| !without.cover[i] && !without.time[i]).collect();
    // Ranks are among those with figures.
    let position = |i: usize| outcome.ranks[i].filter(|_| has_figures[i]).and_then(|rank| u32::try_from(rank).ok());
    let ranks = scoring::ranks(&(0..plans.len()).map(|i| position(i).map(f64::from)).collect::<Vec<_>>());
    let ids = || programme.options.iter().map(|o| o.id.clone());
    let npc: Vec<Option<f64>> = outcome.options.iter().zip(&has_figures).map(|(o, has)| has.then(|| o.totals.npc())).collect();
    let index = programme.frame.mode != Mode::Shortlist;
    let scores = |i: usize| outcome.scores.as_ref().filter(|_| index && has_figures[i]).map(|s| s[i]);
    let count = outcome.options.len();
    WhatIfResult {
        id: what_if.id.clone(),
        name: what_if.name.clone(),
        because: what_if.because.clone(),
        sentence: sentence(case, (what_if, &ranks, &npc), &without),
        npc: ids().zip(npc.iter().copied()).collect(),
        score: ids().zip((0..count).map(scores)).collect(),
        rank: ids().zip((0..count).map(|i| ranks[i])).collect(),
    }
}

/// Which options have no figures in another world.
struct Without {
    /// A contract would run out first.
    cover: Vec<bool>,
    /// A go-live of their own would not come within the period.
    time: Vec<bool>,
}

fn sentence(case: &Case<'_>, (what_if, ranks, npc): (&WhatIf, &[Option<usize>], &[Option<f64>]), without: &Without) -> String {
    let leading = case.leading;
    let first: Vec<&str> = (0..ranks.len()).filter(|&i| ranks[i] == Some(1)).map(|i| case.name(i)).collect();
    let rank = if ranks[leading] == Some(1) && first.len() == 1 {
        format!("{} stays first", case.name(leading))
    } else if first.is_empty() {
        "no option has a rank".to_owned()
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
    let named = |which: &[bool], why: &str| {
        let names: Vec<&str> = (0..which.len()).filter(|&i| which[i]).map(|i| case.name(i)).collect();
        if names.is_empty() { String::new() } else { format!(" Without figures, since {why}: {}.", naming::list(&names)) }
    };
    let open = named(&without.time, "a go-live would not come within the period");
    let only_cover: Vec<bool> = without.cover.iter().zip(&without.time).map(|(cover, time)| *cover && !time).collect();
    let open = open + &named(&only_cover, "contracts would run out first");
    let months = match what_if.slip {
        0 => String::new(),
        1 => " (every go-live of an option's own a month later)".to_owned(),
        n => format!(" (every go-live of an option's own {} months later)", fixed(f64::from(u32::try_from(n).unwrap_or(0)), 0)),
    };
    format!("{}{months}: {rank}{cost}.{open}", what_if.name)
}
