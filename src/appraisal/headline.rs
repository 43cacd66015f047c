//! The one-line result, computed from the numbers.

use super::Case;
use super::naming;
use super::result::Headline;
use crate::programme::{Direction, Measure, RankBasis};
use crate::quantity::{fixed, pounds};

/// The headline: ranked first, no clear winner, or nothing feasible but business as usual.
pub(super) fn headline(case: &Case<'_>) -> Headline {
    let others = case.ranking.iter().filter(|o| Some(**o) != case.usual).count();
    if others == 0 && case.plans.len() > 1 {
        return nothing_else(case);
    }
    let expected = expected(case);
    let close = close(case);
    if close.len() > 1 {
        return Headline { code: "no_clear_winner".to_owned(), text: no_clear_winner(case, &close) + &expected };
    }
    if let Some(text) = unsure(case) {
        return Headline { code: "no_clear_winner".to_owned(), text: text + &expected };
    }
    let text = match better_but_failing(case) {
        Some(words) => format!("{} {words}", ranked_first(case)),
        None => ranked_first(case),
    };
    Headline { code: "ranked_first".to_owned(), text: text + &expected }
}

/// The probability of ranking first below which nobody is said to have won.
const CLEAR: f64 = 0.6;

/// First on central figures, and not clearly so over the draws: it ranks first in too few of them, or is ahead on average
/// by less than two standard errors.
fn unsure(case: &Case<'_>) -> Option<String> {
    let drawn = case.drawn.as_ref().filter(|d| !d.is_certain())?;
    let leading = case.leading;
    let rival = case.ranking.iter().copied().filter(|o| *o != leading).max_by(|a, b| {
        // Of two that are first equally often, the one before the other.
        drawn.first(*a).total_cmp(&drawn.first(*b)).then(b.cmp(a))
    })?;
    let name = case.name(leading);
    if drawn.first(leading) < CLEAR {
        let often = drawn.firsts();
        return Some(format!(
            "No clear winner: {name} is first on central figures, but in {}{}; {} is in {}.",
            if drawn.first(leading) > 0.0 { "only " } else { "" },
            often[leading],
            case.name(rival),
            often[rival]
        ));
    }
    drawn.level(case.outcome.basis, leading, rival).then(|| {
        format!(
            "No clear winner: over the draws {name} and {} differ on average by less than two standard errors.",
            case.name(rival)
        )
    })
}

/// Whether something was drawn, so that a figure is either central or expected.
fn is_drawn(case: &Case<'_>) -> bool {
    case.drawn.as_ref().is_some_and(|d| !d.is_certain())
}

/// A sentence on central figures, which says so where there are expected ones as well.
fn centrally(case: &Case<'_>, subject: &str, rest: &str) -> String {
    if is_drawn(case) {
        let subject = if subject == "It" { "it" } else { subject };
        format!("On central figures {subject} {rest}")
    } else {
        format!("{subject} {rest}")
    }
}

/// How eight draws of ten lie to P80: where two values are all that there is, P90 may be as high.
pub(super) fn below(p80: f64, high: f64) -> &'static str {
    if level(high - p80) { "at or below" } else { "below" }
}

/// What the leading option is expected to cost, how that compares with the option that is expected to cost least, and
/// whether expected values rank the options otherwise.
fn expected(case: &Case<'_>) -> String {
    let Some(drawn) = case.drawn.as_ref().filter(|d| case.priced() && !d.is_certain()) else { return String::new() };
    let Some(spread) = drawn.npc(case.leading) else { return String::new() };
    let name = case.name(case.leading);
    // What does not vary stays below nothing.
    let [low, _, p80, high] = spread.quantiles;
    let often =
        if high - low < 0.5 { String::new() } else { format!("; {} {} in eight draws of ten", below(p80, high), money(p80)) };
    let cost = format!(
        " {name} is expected to cost {} in net present cost ({} on central figures{often}).",
        money(spread.mean),
        money(case.npc(case.leading))
    );
    let mean = |o: usize| drawn.npc(o).map_or(f64::INFINITY, |s| s.mean);
    let cheapest = case.ranking.iter().copied().min_by(|a, b| mean(*a).total_cmp(&mean(*b))).unwrap_or(case.leading);
    let least = if !level(spread.mean - mean(cheapest)) {
        format!(" On expected figures {} costs {} less.", case.name(cheapest), money(spread.mean - mean(cheapest)))
    } else if case.ranking.len() > 1 && !level(case.npc(case.leading) - case.npc(case.cheapest())) {
        " On expected figures it costs least.".to_owned()
    } else {
        String::new()
    };
    let cost = cost + &least;
    let first = case.ranking.iter().copied().find(|o| case.expected[*o] == Some(1));
    match first.filter(|o| *o != case.leading && case.expected[case.leading] != Some(1)) {
        Some(other) => format!("{cost} On expected values {} comes first.", case.name(other)),
        None => cost,
    }
}

/// Business as usual that would be ahead but fails a gate.
fn better_but_failing(case: &Case<'_>) -> Option<String> {
    let usual = case.usual.filter(|u| !case.outcome.options[*u].feasible())?;
    let ahead = case.outcome.ranks[usual]? < case.outcome.ranks[case.leading]?;
    let name = case.name(usual);
    ahead.then(|| format!("{name} comes before it but fails a gate, and is kept as the comparator."))
}

/// No option but business as usual passes every gate, or not even that.
fn nothing_else(case: &Case<'_>) -> Headline {
    let Some(usual) = case.usual else {
        let none =
            if is_drawn(case) { "On central figures no option passes every gate." } else { "No option passes every gate." };
        return Headline { code: "none_feasible".to_owned(), text: none.to_owned() };
    };
    let cost = money(case.npc(usual));
    if case.outcome.options[usual].feasible() {
        let costs = format!("It costs {cost} in net present cost.");
        let only = if is_drawn(case) { "On central figures only" } else { "Only" };
        let text = format!("{only} \u{201c}{}\u{201d} passes every gate. {costs}", case.name(usual));
        return Headline { code: "only_business_as_usual".to_owned(), text };
    }
    let name = case.name(usual);
    let none = if is_drawn(case) { "On central figures no option passes" } else { "No option passes" };
    let text = format!("{none} every gate. {name} is kept as the comparator and costs {cost} in net present cost.");
    Headline { code: "none_feasible".to_owned(), text }
}

/// Whether one option is ranked first, clear of the others.
pub(super) fn leads_alone(case: &Case<'_>) -> bool {
    close(case).len() == 1 && unsure(case).is_none()
}

/// Options that cannot be told from the first: within the resolution on score, or tied on cost.
fn close(case: &Case<'_>) -> Vec<usize> {
    let first = case.leading;
    let near = |o: &usize| match (&case.outcome.scores, case.outcome.basis) {
        (Some(scores), RankBasis::Score) => scores[first] - scores[*o] <= case.programme.frame.resolution,
        _ => case.outcome.ranks[*o] == case.outcome.ranks[first],
    };
    case.ranking.iter().copied().filter(near).collect()
}

fn no_clear_winner(case: &Case<'_>, close: &[usize]) -> String {
    let who = if close.len() == case.plans.len() {
        format!("the {} options", naming::count(close.len()))
    } else {
        naming::list(&close.iter().map(|o| case.name(*o)).collect::<Vec<_>>())
    };
    let spread = case.outcome.scores.as_ref().map_or(0.0, |s| {
        let scores = || close.iter().map(|o| s[*o]);
        scores().fold(f64::MIN, f64::max) - scores().fold(f64::MAX, f64::min)
    });
    let distance = match (case.outcome.basis, fixed(spread, 1).as_str()) {
        (RankBasis::Npc | RankBasis::Npsv, _) => "level on net present cost".to_owned(),
        (_, "0.0") => "within less than 0.1 points".to_owned(),
        (_, text) => format!("within {text} points"),
    };
    if !case.priced() {
        return format!("No clear winner: {who} are {distance}.");
    }
    let cheapest = case.cheapest();
    let trade = trade_off(case, close);
    // Where they cost the same, none of them costs least.
    if case.ranking.iter().all(|o| level(case.npc(*o) - case.npc(cheapest))) {
        let trade = trade.map_or_else(String::new, |t| format!(" {t}"));
        return format!("No clear winner: {who} are {distance}.{trade}");
    }
    let as_cheap: Vec<&str> =
        case.ranking.iter().filter(|o| level(case.npc(**o) - case.npc(cheapest))).map(|o| case.name(*o)).collect();
    let verb = if as_cheap.len() == 1 { "costs" } else { "cost" };
    let trade = trade.map_or_else(|| ".".to_owned(), |t| format!("; {t}"));
    let least = centrally(case, &naming::list(&as_cheap), &format!("{verb} least{trade}"));
    format!("No clear winner: {who} are {distance}. {least}")
}

/// What the option that does best on the weightiest criterion that is not money gives, and for how
/// much more.
fn trade_off(case: &Case<'_>, close: &[usize]) -> Option<String> {
    let weights = case.outcome.weights.as_ref()?;
    let tree = &case.programme.tree;
    let values = |o: usize, c: usize| case.outcome.options[o].values[c];
    let differs = |c: usize| close.iter().any(|o| (values(*o, c) - values(close[0], c)).abs() > 1e-9);
    let heaviest = (0..tree.criteria.len())
        .filter(|c| !tree.criteria[*c].measure.is_money() && differs(*c))
        .fold(None, |best: Option<usize>, c| if best.is_none_or(|b| weights[c] > weights[b]) { Some(c) } else { best })?;
    let best = close.iter().copied().fold(close[0], |b, o| if values(o, heaviest) > values(b, heaviest) { o } else { b });
    let other = close.iter().copied().find(|o| *o != best)?;
    let criterion = &tree.criteria[heaviest];
    let measure = |o: usize| case.outcome.options[o].measures[heaviest];
    let (x, y) = (measure(best), measure(other));
    let (better, worse) = (shown(&criterion.unit, x), shown(&criterion.unit, y));
    // A ratio means something where the scale has a natural zero; points that people gave have none.
    let judged = matches!(criterion.measure, Measure::Judged(_));
    let doubles = !judged && criterion.anchors.direction() == Direction::MoreIsBetter && y > 0.0 && x > 2.0 * y;
    let subject = case.name(best);
    let gain = if doubles {
        format!(
            "{subject} more than doubles \u{201c}{}\u{201d} over {} ({better} against {worse})",
            naming::lower(&criterion.name),
            case.name(other)
        )
    } else {
        format!(
            "{subject} does better than {} on \u{201c}{}\u{201d} ({better} against {worse})",
            case.name(other),
            naming::lower(&criterion.name)
        )
    };
    let (npc, cash) = (case.npc(best) - case.npc(other), case.cash(best) - case.cash(other));
    Some(if level(npc) && level(cash) {
        format!("{gain} for the same money.")
    } else {
        format!("{gain} for {} in net present cost and {} in cash.", more_or_less(npc), more_or_less(cash))
    })
}

fn ranked_first(case: &Case<'_>) -> String {
    let first = case.leading;
    let second = case.ranking.get(1).copied();
    let name = case.name(first);
    let lead = match (&case.outcome.scores, case.outcome.basis, second) {
        (Some(scores), RankBasis::Score, Some(second)) => format!(
            "{name} is ranked first on weighted score with {} points, {} ahead of {}.",
            fixed(scores[first], 1),
            fixed(scores[first] - scores[second], 1),
            case.name(second)
        ),
        (_, _, Some(second)) => format!(
            "{name} is ranked first on net present cost with {}{}, {} below {}.",
            money(case.npc(first)),
            if is_drawn(case) { " on central figures" } else { "" },
            money(case.npc(second) - case.npc(first)),
            case.name(second)
        ),
        _ => {
            let only = if case.plans.len() == 1 { "the only option" } else { "the only option that passes every gate" };
            format!("{name} is {only}; its net present cost is {}.", money(case.npc(first)))
        }
    };
    let cheapest = case.cheapest();
    if second.is_none() || !case.priced() {
        return lead;
    }
    if level(case.npc(first) - case.npc(cheapest)) {
        return format!("{lead} {}", centrally(case, "It", "also costs least."));
    }
    let rest = format!(
        "does not cost least: {} costs {} less in net present cost and {} in cash.",
        case.name(cheapest),
        money(case.npc(first) - case.npc(cheapest)),
        more_or_less(case.cash(cheapest) - case.cash(first))
    );
    format!("{lead} {}", centrally(case, "It", &rest))
}

/// A measure with its unit: shares as percentages, money in pounds.
pub(super) fn shown(unit: &str, measure: f64) -> String {
    if unit.starts_with("share") {
        format!("{}%", fixed(100.0 * measure, 1))
    } else if unit.starts_with('£') {
        pounds(measure)
    } else {
        format!("{} {unit}", crate::quantity::grouped(measure, usize::from(measure.abs() < 100.0 && measure.fract() != 0.0)))
    }
}

/// Whether an amount is nothing once it is shown to the pound.
fn level(amount: f64) -> bool {
    amount.abs() < 0.5
}

/// `£335,435 more`, `£80,693 less`, `the same`.
pub(super) fn more_or_less(amount: f64) -> String {
    if level(amount) {
        return "the same".to_owned();
    }
    if amount < 0.0 { format!("{} less", money(-amount)) } else { format!("{} more", money(amount)) }
}

/// Pounds in a sentence: to the pound below a million, `£1.16m` above.
pub(super) fn money(amount: f64) -> String {
    if amount.abs() < 999_995.0 {
        pounds(amount)
    } else {
        format!("{}£{}m", if amount < 0.0 { "\u{2212}" } else { "" }, fixed(amount.abs() / 1e6, 2))
    }
}
