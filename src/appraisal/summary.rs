//! Further computed sentences for the summary.

use super::Case;
use super::headline::{money, more_or_less};
use super::naming;
use super::option::Slippage;
use super::result::{EvidenceShare, Sensitivity, Sentence};
use crate::programme::{Category, RankBasis};
use crate::quantity::{Month, fixed, grouped};
use std::collections::BTreeSet;

/// Sentences on what the leading option is and gains, on cost, cash, dual running, slippage, effort, weights and evidence.
pub(super) fn sentences(
    case: &Case<'_>,
    slippage: &Slippage,
    sensitivity: &Sensitivity,
    evidence: &EvidenceShare,
) -> Vec<Sentence> {
    let priced = case.priced();
    let all = [
        ("leading", Some(leading(case))),
        ("gain", gain(case)),
        ("yearly", yearly(case).filter(|_| priced)),
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

/// What the leading option does: moves of its own, and links that it builds.
fn leading(case: &Case<'_>) -> String {
    let plan = &case.plans[case.leading];
    let own: Vec<_> = plan.moves.iter().filter(|m| m.commitment.is_none()).collect();
    let to: BTreeSet<&str> = own.iter().map(|m| case.programme.instances[m.to.0].name.as_str()).collect();
    let moves = match own.len() {
        0 => "moves no service to another system".to_owned(),
        n => format!(
            "moves {} service record{} to {}, by {}",
            naming::count(n),
            if n == 1 { "" } else { "s" },
            naming::list(&to.into_iter().collect::<Vec<_>>()),
            own.iter().map(|m| m.go_live).max().map_or_else(String::new, month_name)
        ),
    };
    let links = plan.links.iter().filter_map(|l| Some((l, l.live?)));
    let built: Vec<String> = links
        .map(|(l, live)| format!("\u{201c}{}\u{201d} from {}", case.programme.links[l.link.0].name, month_name(live)))
        .collect();
    let built: Vec<&str> = built.iter().map(String::as_str).collect();
    let links = if built.is_empty() { String::new() } else { format!(", and builds {}", naming::list(&built)) };
    let committed = plan.moves.iter().filter(|m| m.commitment.is_some()).count();
    let under_way = match committed {
        0 => String::new(),
        1 => " One move under way is in every option.".to_owned(),
        n => format!(" The {} moves under way are in every option.", naming::count(n)),
    };
    format!("\u{201c}{}\u{201d} {moves}{links}.{under_way}", case.name(case.leading))
}

fn month_name(month: Month) -> String {
    month.first_day().strftime("%B %Y").to_string()
}

/// Criteria that are told of on either side.
const TOLD: usize = 2;

/// Where its points come from against business as usual, and what it loses.
fn gain(case: &Case<'_>) -> Option<String> {
    let usual = case.usual.filter(|usual| *usual != case.leading)?;
    let (weights, scores) = (case.outcome.weights.as_ref()?, case.outcome.scores.as_ref()?);
    if case.outcome.basis != RankBasis::Score {
        return None;
    }
    let points = |o: usize| crate::scoring::contributions(weights, &case.outcome.options[o].values);
    let (own, of_usual) = (points(case.leading), points(usual));
    let mut changes: Vec<(f64, &str)> = case
        .programme
        .tree
        .criteria
        .iter()
        .zip(own.iter().zip(&of_usual))
        .map(|(c, (a, b))| (a - b, c.name.as_str()))
        .filter(|(change, _)| change.abs() >= 0.05)
        .collect();
    changes.sort_by(|a, b| b.0.total_cmp(&a.0));
    let told = |all: Vec<&(f64, &str)>| -> String {
        let words: Vec<String> = all
            .iter()
            .map(|(x, name)| format!("\u{201c}{}\u{201d} ({} points)", naming::lower(name), fixed(x.abs(), 1)))
            .collect();
        naming::list(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let gained: Vec<_> = changes.iter().filter(|(x, _)| *x > 0.0).take(TOLD).collect();
    let lost: Vec<_> = changes.iter().rev().filter(|(x, _)| *x < 0.0).take(TOLD).collect();
    let gains = if gained.is_empty() { "gains on no criterion".to_owned() } else { format!("gains most on {}", told(gained)) };
    let loses = if lost.is_empty() { String::new() } else { format!(", and loses on {}", told(lost)) };
    Some(format!("Against \u{201c}{}\u{201d} ({} points) it {gains}{loses}.", case.name(usual), fixed(scores[usual], 1)))
}

/// Years in which the leading option takes most cash beyond business as usual.
fn yearly(case: &Case<'_>) -> Option<String> {
    let usual = case.usual.filter(|usual| *usual != case.leading)?;
    let cash = |o: usize| &case.outcome.options[o].totals.cash;
    let extra: Vec<f64> = cash(case.leading).iter().zip(cash(usual)).map(|(a, b)| a - b).collect();
    let (year, most) = extra.iter().copied().enumerate().fold((0, 0.0), |m, (y, x)| if x > m.1 { (y, x) } else { m });
    if most < 0.5 {
        return None;
    }
    let period = &case.programme.frame.period;
    let (peak, amount) =
        cash(case.leading).iter().copied().enumerate().fold((0, 0.0), |m, (y, x)| if x > m.1 { (y, x) } else { m });
    Some(format!(
        "On central figures it takes most cash beyond \u{201c}{}\u{201d} in {}: {}. Its dearest year is {}, with {} in all.",
        case.name(usual),
        period.year(year),
        money(most),
        period.year(peak),
        money(amount)
    ))
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
    let own = if high == case.leading {
        String::new()
    } else {
        format!(
            "\u{201c}{}\u{201d} pays {} in present value for systems that are not in live use. ",
            case.name(case.leading),
            money(of(case.leading))
        )
    };
    format!(
        "{own}\u{201c}{}\u{201d} pays most for systems that are not in live use: {} in present value ({} before go-live, {} beside the new system, {} for read-only access, {} without any use). Of it, {} falls on charges that are due whichever option is chosen.",
        case.name(high),
        money(of(high)),
        part(Category::HeadStart),
        part(Category::Overlap),
        part(Category::Archive),
        part(Category::Stranded),
        money(case.outcome.options[high].committed)
    )
}

/// Of the highest-ranked option that makes moves or builds links of its own: the moves under way are in every option.
fn slip(case: &Case<'_>, slippage: &Slippage) -> Option<String> {
    let own = |o: &usize| {
        let plan = &case.plans[*o];
        plan.moves.iter().any(|m| m.commitment.is_none()) || plan.links.iter().any(|l| l.live.is_some())
    };
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
        let own = if high == case.leading {
            String::new()
        } else {
            format!("\u{201c}{}\u{201d} takes {} person-days of work. ", case.name(case.leading), grouped(days(case.leading), 0))
        };
        format!(
            "{own}\u{201c}{}\u{201d} takes most work: {} person-days of the programme and of training, and {} hours lost by staff who face patients.",
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
