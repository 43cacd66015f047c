//! Further computed sentences for the summary.

use super::Case;
use super::headline::{money, more_or_less};
use super::naming;
use super::option::Slippage;
use super::result::{EvidenceShare, Sensitivity, Sentence};
use crate::programme::Category;
use crate::quantity::{fixed, grouped};

/// Sentences on cost, cash, dual running, slippage, effort, weights and evidence.
pub(super) fn sentences(
    case: &Case<'_>,
    slippage: &Slippage,
    sensitivity: &Sensitivity,
    evidence: &EvidenceShare,
) -> Vec<Sentence> {
    let priced = case.priced();
    let all = [
        ("cost", cost(case)),
        ("cash", cash(case).filter(|_| priced)),
        ("dual_running", (!case.programme.contracts.is_empty()).then(|| dual_running(case))),
        ("slippage", slip(case, slippage)),
        ("effort", effort(case)),
        ("weights", weights(case, sensitivity)),
        ("evidence", priced.then(|| evidence_sentence(case, evidence))),
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
    (low != high).then(|| {
        format!(
            "Over {} net present cost runs from {} (\u{201c}{}\u{201d}) to {} (\u{201c}{}\u{201d}).",
            time(case),
            money(case.npc(low)),
            case.name(low),
            money(case.npc(high)),
            case.name(high)
        )
    })
}

/// The time that counts: "ten years and four months".
fn time(case: &Case<'_>) -> String {
    let period = &case.programme.frame.period;
    let months = period.months() - period.first_counted();
    let (years, rest) = (months.div_euclid(12), months.rem_euclid(12));
    let some = |n: usize, one: &str| format!("{} {one}{}", naming::count(n), if n == 1 { "" } else { "s" });
    match (years, rest) {
        (0, _) => some(rest, "month"),
        (_, 0) => some(years, "year"),
        _ => format!("{} and {}", some(years, "year"), some(rest, "month")),
    }
}

/// Left out where the headline has said it.
fn cash(case: &Case<'_>) -> Option<String> {
    let usual = case.usual?;
    let said = case.cheapest() == usual && super::headline::leads_alone(case);
    (case.leading != usual && !said).then(|| {
        format!(
            "Against \u{201c}{}\u{201d}, \u{201c}{}\u{201d} costs {} in net present cost and {} in cash, at each year's prices, with VAT that cannot be recovered.",
            case.name(usual),
            case.name(case.leading),
            more_or_less(case.npc(case.leading) - case.npc(usual)),
            more_or_less(case.cash(case.leading) - case.cash(usual))
        )
    })
}

fn dual_running(case: &Case<'_>) -> String {
    let of = |o: usize| case.outcome.options[o].totals.dual_running();
    let (_, high) = by(case, of);
    if of(high) < 0.5 {
        return "No option pays for a system that is not in live use.".to_owned();
    }
    let part = |c: Category| money(case.outcome.options[high].totals.present(c));
    format!(
        "\u{201c}{}\u{201d} pays most for systems that are not in live use: {} in present value ({} before go-live, {} beside the new system, {} for read-only access, {} without any use). Of it, {} falls on charges that are due whichever option is chosen.",
        case.name(high),
        money(of(high)),
        part(Category::HeadStart),
        part(Category::Overlap),
        part(Category::Archive),
        part(Category::Stranded),
        money(case.outcome.options[high].committed)
    )
}

/// Of the highest-ranked option that makes moves of its own: the moves under way are in every option.
fn slip(case: &Case<'_>, slippage: &Slippage) -> Option<String> {
    let own = |o: &usize| case.plans[*o].moves.iter().any(|m| m.commitment.is_none());
    let option = case.ranking.iter().copied().find(own)?;
    let name = case.name(option);
    let (Some(month), Some(quarter)) = (slippage.month[option], slippage.quarter[option]) else {
        return Some(format!(
            "If every go-live of \u{201c}{name}\u{201d} slips, a contract runs out while its system is still used."
        ));
    };
    let change = |npc: f64| more_or_less(npc - case.npc(option));
    Some(format!(
        "If every go-live of \u{201c}{name}\u{201d} slips by a month, it costs {} in net present cost; by a quarter, {}.",
        change(month),
        change(quarter)
    ))
}

fn effort(case: &Case<'_>) -> Option<String> {
    let days = |o: usize| case.outcome.options[o].costing.effort.person_days(case.programme);
    let (_, high) = by(case, days);
    (days(high) >= 0.5).then(|| {
        format!(
            "\u{201c}{}\u{201d} takes most work: {} person-days of the programme and of training, and {} hours lost by staff who face patients.",
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
        // Options that are level already are in the headline.
        .filter(|w| w.option == *leading && w.crossing.is_some() && distance(w) >= 0.000_5)
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    let tree = &case.programme.tree;
    let node = tree.nodes.iter().find(|n| n.id == nearest.node)?;
    let rival = case.programme.options.iter().find(|o| o.id == nearest.rival)?;
    let percent = |x: f64| format!("{}%", fixed(100.0 * x, 1));
    Some(format!(
        "The smallest change of one weight that puts another option level with \u{201c}{}\u{201d}: the weight of \u{201c}{}\u{201d} from {} to {}, {} which \u{201c}{}\u{201d} is ahead.",
        case.name(case.leading),
        naming::lower(&node.name),
        percent(nearest.weight),
        percent(nearest.crossing?),
        nearest.side.as_deref().unwrap_or("beyond"),
        rival.name
    ))
}

fn evidence_sentence(case: &Case<'_>, evidence: &EvidenceShare) -> String {
    let percent = |x: f64| format!("{}%", fixed(100.0 * x, 0));
    let mut parts = vec![format!("{} rests on sourced figures alone", percent(evidence.sourced))];
    for (share, what) in [
        (evidence.derived, "on figures derived from sources"),
        (evidence.estimate, "on estimates"),
        (evidence.unchecked, "on figures not yet checked"),
        (evidence.none, "on numbers without a source"),
    ] {
        if share >= 0.005 {
            parts.push(format!("{} {what}", percent(share)));
        }
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    format!("Of the cost of \u{201c}{}\u{201d}, {}.", case.name(case.leading), naming::list(&parts))
}
