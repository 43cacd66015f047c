//! Further computed sentences for the summary.

use super::Case;
use super::headline::more_or_less;
use super::naming;
use super::option::Slippage;
use super::result::{EvidenceShare, Sensitivity, Sentence};
use crate::programme::Category;
use crate::quantity::{fixed, grouped, pounds, signed_pounds};

/// Sentences on cost, cash, dual running, slippage, effort, weights and evidence.
pub(super) fn sentences(
    case: &Case<'_>,
    slippage: &Slippage,
    sensitivity: &Sensitivity,
    evidence: &EvidenceShare,
) -> Vec<Sentence> {
    let all = [
        ("cost", cost(case)),
        ("cash", cash(case)),
        ("dual_running", Some(dual_running(case))),
        ("slippage", slip(case, slippage)),
        ("effort", effort(case)),
        ("weights", weights(case, sensitivity)),
        ("evidence", Some(evidence_sentence(case, evidence))),
    ];
    all.into_iter().filter_map(|(about, text)| text.map(|text| Sentence { about: about.to_owned(), text })).collect()
}

fn by<F: Fn(usize) -> f64>(case: &Case<'_>, measure: F) -> (usize, usize) {
    let options = || 0..case.plans.len();
    let low = options().fold(0, |b, o| if measure(o) < measure(b) { o } else { b });
    let high = options().fold(0, |b, o| if measure(o) > measure(b) { o } else { b });
    (low, high)
}

fn cost(case: &Case<'_>) -> Option<String> {
    let (low, high) = by(case, |o| case.npc(o));
    let years = case.programme.frame.period.years();
    (low != high).then(|| {
        format!(
            "Over {} years net present cost runs from {} ({}) to {} ({}).",
            naming::count(years),
            pounds(case.npc(low)),
            naming::lower(case.name(low)),
            pounds(case.npc(high)),
            naming::lower(case.name(high))
        )
    })
}

fn cash(case: &Case<'_>) -> Option<String> {
    (case.leading != case.usual).then(|| {
        format!(
            "Against {}, {} costs {} in net present cost and {} in cash of the year with VAT that cannot be recovered.",
            naming::lower(case.name(case.usual)),
            naming::lower(case.name(case.leading)),
            more_or_less(case.npc(case.leading) - case.npc(case.usual)),
            more_or_less(case.cash(case.leading) - case.cash(case.usual))
        )
    })
}

fn dual_running(case: &Case<'_>) -> String {
    let of = |o: usize| case.outcome.options[o].totals.dual_running();
    let (_, high) = by(case, of);
    if of(high) < 0.5 {
        return "No option pays for a system that is not in live use.".to_owned();
    }
    let part = |c: Category| pounds(case.outcome.options[high].totals.present(c));
    format!(
        "{} pays most for systems that are not in live use: {} in present value ({} before go-live, {} beside the new system, {} without use, {} for read-only access), of which {} has to be paid under every option.",
        case.name(high),
        pounds(of(high)),
        part(Category::HeadStart),
        part(Category::Overlap),
        part(Category::Stranded),
        part(Category::Archive),
        pounds(case.outcome.options[high].committed)
    )
}

fn slip(case: &Case<'_>, slippage: &Slippage) -> Option<String> {
    let moved = |o: &usize| !case.plans[*o].moves.is_empty();
    let option =
        case.ranking.iter().copied().find(|o| moved(o) && *o != case.usual).or_else(|| (0..case.plans.len()).find(moved))?;
    let change = |later: &crate::outcome::Outcome| later.options[option].totals.npc() - case.npc(option);
    Some(format!(
        "If every go-live of {} slips a month, its net present cost changes by {}; a quarter, by {}.",
        naming::lower(case.name(option)),
        signed_pounds(change(&slippage.month)),
        signed_pounds(change(&slippage.quarter))
    ))
}

fn effort(case: &Case<'_>) -> Option<String> {
    let days = |o: usize| case.outcome.options[o].costing.effort.person_days(case.programme);
    let (_, high) = by(case, days);
    (days(high) >= 0.5).then(|| {
        format!(
            "{} takes most work: {} person-days of the programme and of training, and {} hours lost by staff who face patients.",
            case.name(high),
            grouped(days(high), 0),
            grouped(case.outcome.options[high].costing.effort.dip_hours, 0)
        )
    })
}

fn weights(case: &Case<'_>, sensitivity: &Sensitivity) -> Option<String> {
    let leading = &case.programme.options[case.leading].id;
    let distance = |w: &&super::result::WeightCrossing| w.crossing.map_or(f64::INFINITY, |c| (c - w.weight).abs());
    let nearest = sensitivity
        .weights
        .iter()
        .filter(|w| w.option == *leading && w.crossing.is_some())
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    let tree = &case.programme.tree;
    let node = tree.nodes.iter().find(|n| n.id == nearest.node)?;
    let rival = case.programme.options.iter().find(|o| o.id == nearest.rival)?;
    let percent = |x: f64| format!("{}%", fixed(100.0 * x, 1));
    Some(format!(
        "The smallest change of one weight that puts another option level with {}: \u{201c}{}\u{201d} from {} to {}, {} which {} is ahead.",
        naming::lower(case.name(case.leading)),
        naming::lower(&node.name),
        percent(nearest.weight),
        percent(nearest.crossing?),
        nearest.side.as_deref().unwrap_or("beyond"),
        naming::lower(&rival.name)
    ))
}

fn evidence_sentence(case: &Case<'_>, evidence: &EvidenceShare) -> String {
    let percent = |x: f64| format!("{}%", fixed(100.0 * x, 0));
    format!(
        "Of the gross cost of {}, {} rests on sourced figures alone, {} on figures derived from sources, {} on estimates, {} on figures not checked and {} on at least one number without a source.",
        naming::lower(case.name(case.leading)),
        percent(evidence.sourced),
        percent(evidence.derived),
        percent(evidence.estimate),
        percent(evidence.unchecked),
        percent(evidence.none)
    )
}
