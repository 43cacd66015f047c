//! What came out differently.

use super::pairing::Pairs;
use crate::appraisal::result::comparison::{OptionMovement, Pair};
use crate::appraisal::result::{Appraisal, OptionResult, PlanEntry};
use std::collections::BTreeMap;

/// Each option of either, with its figures in both.
pub(super) fn movements(a: &Appraisal, b: &Appraisal, pairs: &Pairs) -> Vec<OptionMovement> {
    pairs.iter().filter_map(|(i, j)| movement(i.map(|i| &a.options[i]), j.map(|j| &b.options[j]))).collect()
}

fn movement(was: Option<&OptionResult>, is: Option<&OptionResult>) -> Option<OptionMovement> {
    let own = is.or(was)?;
    let pair = |of: &dyn Fn(&OptionResult) -> Option<f64>| Pair { first: was.and_then(of), second: is.and_then(of) };
    let place = |o: &OptionResult| o.rank.and_then(|r| u32::try_from(r).ok()).map(f64::from);
    Some(OptionMovement {
        id: own.id.clone(),
        was: was.map(|w| w.id.clone()).filter(|id| *id != own.id),
        name: own.name.clone(),
        was_named: was.map(|w| w.name.clone()).filter(|name| *name != own.name),
        there: match (was, is) {
            (Some(_), Some(_)) => "both",
            (None, _) => "added",
            (_, None) => "removed",
        }
        .to_owned(),
        rank: pair(&place),
        feasible: (was.map(|o| o.feasible), is.map(|o| o.feasible)),
        gates: was.zip(is).map_or_else(Vec::new, |(was, is)| gates(was, is)),
        npc: pair(&|o| Some(o.cost.npc)),
        score: pair(&|o| o.score),
        dual_running: pair(&|o| Some(o.dual_running.present)),
        cash: pair(&|o| Some(o.financial.cash)),
        person_days: pair(&|o| Some(o.effort.person_days)),
        npc_expected: pair(&|o| o.uncertainty.as_ref().map(|u| u.npc.mean)),
        npc_p80: pair(&|o| o.uncertainty.as_ref().map(|u| u.npc.p80)),
        plan: was.zip(is).map_or_else(Vec::new, |(was, is)| moves(&was.plan, &is.plan)),
    })
}

/// Gates that are failed in one of the two only.
fn gates(was: &OptionResult, is: &OptionResult) -> Vec<String> {
    let fails = |o: &OptionResult, id: &str| o.gates.iter().any(|g| g.id == id && !g.passed);
    let now = is.gates.iter().filter(|g| !g.passed && !fails(was, &g.id)).map(|g| format!("now fails {}: {}", g.name, g.reason));
    let then = was.gates.iter().filter(|g| !g.passed && !fails(is, &g.id)).map(|g| format!("no longer fails {}", g.name));
    now.chain(then).collect()
}

/// Slots that end up elsewhere, or on another expected day.
fn moves(was: &[PlanEntry], is: &[PlanEntry]) -> Vec<String> {
    let before: BTreeMap<(&str, &str), &PlanEntry> = was.iter().map(|e| ((e.service.as_str(), e.slot.as_str()), e)).collect();
    let told = |e: &PlanEntry| match &e.expected_go_live {
        Some(day) => format!("{} from {day}", e.instance),
        None => format!("stays on {}", e.instance),
    };
    let one = |e: &PlanEntry| {
        let was = before.get(&(e.service.as_str(), e.slot.as_str()))?;
        (told(was) != told(e)).then(|| format!("{}, {}: {} instead of {}", e.service, e.slot, told(e), told(was)))
    };
    is.iter().filter_map(one).collect()
}
