//! What one unknown by itself does to the option in the lead and to its lead.

use super::result::TornadoBar;
use super::uncertainty::{Drawn, name};
use super::{Case, naming};
use crate::assumption::Unknown;
use crate::outcome::{Rescore, Rescored};
use crate::programme::Mode;
use rayon::prelude::*;

/// Every unknown at its P10 and P90, all else as it is; widest on net present cost first.
pub(super) fn tornado(case: &Case<'_>) -> Vec<TornadoBar> {
    let Some(drawn) = &case.drawn else { return Vec::new() };
    let base = |option: usize| Rescore::of(&drawn.simulation, option, drawn.sampler.central());
    let (first, second) = rayon::join(|| base(case.leading), || case.ranking.get(1).map(|second| base(*second)));
    let names = naming::Inputs::of(case.programme);
    let bar = |unknown: &Unknown| bar(case, drawn, (&first, second.as_ref()), (unknown, &names));
    let mut bars: Vec<TornadoBar> = drawn.unknowns.par_iter().filter_map(bar).collect();
    bars.sort_by(|a, b| width(b).total_cmp(&width(a)));
    bars
}

/// How far apart the ends are on net present cost; half a penny is rounding, and decides no order.
fn width(bar: &TornadoBar) -> f64 {
    Some((bar.npc_high - bar.npc_low).abs()).filter(|width| *width > 0.005).unwrap_or(0.0)
}

/// One unknown; `None` if it moves nothing.
fn bar(
    case: &Case<'_>,
    drawn: &Drawn<'_>,
    (first, second): (&Rescore<'_>, Option<&Rescore<'_>>),
    (unknown, names): (&Unknown, &naming::Inputs<'_>),
) -> Option<TornadoBar> {
    let end = |handle, share: f64| if unknown.event { share.round() } else { drawn.sampler.quantile(handle, share) };
    let mut values = drawn.sampler.central().clone();
    let mut at = |share: f64| {
        unknown.members.iter().for_each(|handle| values.set(*handle, end(*handle, share)));
        let first = first.on(&values, &unknown.members);
        let key = |found: Rescored| drawn.simulation.key_of(found.npc, found.score);
        let lead = second.map_or(0.0, |second| key(second.on(&values, &unknown.members)) - key(first));
        (first, lead)
    };
    let ((low, lead_low), (high, lead_high)) = (at(0.1), at(0.9));
    let entry = case.programme.register.get(unknown.members[0]);
    let alone = unknown.members.len() == 1;
    let index = case.programme.frame.mode != Mode::Shortlist;
    let moves = (high.npc - low.npc).abs() > 0.005 || (lead_high - lead_low).abs() > 1e-9;
    moves.then(|| TornadoBar {
        input: entry.varies_with.clone().filter(|_| !alone).unwrap_or_else(|| entry.id.clone()),
        name: name(case, names, unknown),
        members: unknown.members.iter().map(|h| case.programme.register.get(*h).id.clone()).collect(),
        low: alone.then(|| end(unknown.members[0], 0.1)),
        high: alone.then(|| end(unknown.members[0], 0.9)),
        npc_low: low.npc,
        npc_high: high.npc,
        score_low: low.score.filter(|_| index),
        score_high: high.score.filter(|_| index),
        lead_low,
        lead_high,
    })
}
