//! The recommendation: the author's, and a wording that the engine proposes for the author to approve.

use super::front::rank_basis;
use super::names::Names;
use super::uncertainty::is_drawn;
use crate::appraisal::result::{Appraisal, CalendarEntry, OptionResult};
use crate::report::format;
use serde::Serialize;

/// What the board is asked to do.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Recommendation {
    /// In the author's words.
    author: Option<String>,
    /// The wording proposed from the figures.
    proposed: Vec<String>,
}

pub(super) fn view(names: Names<'_>) -> Recommendation {
    let author = names.0.paper.iter().find(|f| f.label == "Recommendation").and_then(|f| f.value.clone());
    Recommendation { author, proposed: proposed(names) }
}

/// The option that leads among those that pass every gate.
pub(super) fn leading(appraisal: &Appraisal) -> Option<&OptionResult> {
    appraisal.options.iter().filter(|o| o.rank.is_some() && o.feasible).min_by_key(|o| o.rank)
}

fn proposed(names: Names<'_>) -> Vec<String> {
    let a = names.0;
    let ask = "Ask for options that do, or for the gates to be looked at again.".to_owned();
    let others = a.options.iter().filter(|o| o.rank.is_some() && o.feasible).count();
    match (a.headline.code.as_str(), leading(a)) {
        ("ranked_first", Some(first)) if others > 1 => ranked_first(names, first),
        ("ranked_first", Some(first)) => {
            vec![format!(
                "Note that \u{201c}{}\u{201d} alone passes every gate, so that there is nothing to choose between.",
                first.name
            )]
        }
        ("no_clear_winner", _) => {
            let information = if is_drawn(names) { " and the value of information name" } else { " names" };
            vec![
                "Note that no option is clearly ahead, and that the ranking alone is no ground for a choice.".to_owned(),
                format!(
                    "Ask for what would tell the options apart before a decision is taken: section \u{201c}What would change the answer\u{201d}{information} it."
                ),
            ]
        }
        ("only_business_as_usual", _) => vec!["Note that no option but business as usual passes every gate.".to_owned(), ask],
        _ => vec!["Note that no option passes every gate.".to_owned(), ask],
    }
}

/// Net present cost: the mean of the draws where there are any, else the central figure.
fn expected(option: &OptionResult, drawn: bool) -> f64 {
    option.uncertainty.as_ref().filter(|_| drawn).map_or(option.cost.npc, |u| u.npc.mean)
}

fn ranked_first(names: Names<'_>, first: &OptionResult) -> Vec<String> {
    let a = names.0;
    let passing = || a.options.iter().filter(|o| o.rank.is_some() && o.feasible);
    let basis = rank_basis(&a.frame.rank_basis).to_lowercase();
    let points = first
        .score
        .filter(|_| a.frame.rank_basis == "score")
        .map_or_else(String::new, |s| format!(" with {} points", format::points(s)));
    let mut all = vec![format!(
        "Note that \u{201c}{}\u{201d} is ranked first of the {} that pass every gate on {basis}{points}.",
        first.name,
        format::count(passing().count(), "option", "options")
    )];
    let priced = a.options.iter().any(|o| !o.cost.by_category.is_empty());
    let drawn = is_drawn(names) && passing().all(|o| o.uncertainty.is_some());
    let least = passing().min_by(|x, y| expected(x, drawn).total_cmp(&expected(y, drawn)));
    if let Some(least) = least.filter(|l| priced && expected(first, drawn) - expected(l, drawn) >= 0.5) {
        let more = format::pounds(expected(first, drawn) - expected(least, drawn));
        let (on, central) = if drawn {
            ("it is expected to cost", format!(" ({} on central figures)", difference(first.cost.npc - least.cost.npc)))
        } else {
            ("on central figures it costs", String::new())
        };
        all.push(format!(
            "Accept that {on} {more} more in net present cost than \u{201c}{}\u{201d}, which costs least{central}.",
            least.name
        ));
    }
    all.push(format!(
        "Agree \u{201c}{}\u{201d} as the way forward, subject to the approvals and assessments that this paper names.",
        first.name
    ));
    if priced {
        all.push(format!(
            "Note that {} of its gross present cost rests on lines whose numbers all have a source, and the rest on weaker evidence.",
            format::percent(a.evidence.sourced)
        ));
    }
    all.extend(binding(names, first));
    all
}

/// What an option costs beside another, in words.
fn difference(amount: f64) -> String {
    let word = if amount < 0.0 { "less" } else { "more" };
    format!("{} {word}", format::pounds(amount.abs()))
}

/// Dates that bind an option: those that have passed, the next one of its own, else the next of every option.
fn binding(names: Names<'_>, option: &OptionResult) -> Vec<String> {
    let a = names.0;
    let own: Vec<&CalendarEntry> = a.calendar.iter().filter(|e| e.options.contains(&option.id)).collect();
    let told = |e: &CalendarEntry| {
        let contract = e.contract.as_ref().map_or_else(String::new, |c| format!(" ({})", names.contract(c)));
        format!("{}, {}{contract}", format::date(&e.date), format::uncapitalised(&e.what))
    };
    let mut all = Vec::new();
    let overdue: Vec<&&CalendarEntry> = own.iter().filter(|e| e.overdue).collect();
    if let [first, rest @ ..] = overdue.as_slice() {
        let more = if rest.is_empty() { String::new() } else { format!(", and {} more", rest.len()) };
        all.push(format!("Note what should have been decided by now: {}{more}.", told(first)));
    }
    let next = |particular: bool| own.iter().find(|e| !e.overdue && (e.options.len() < a.options.len()) == particular);
    if let Some(next) = next(true) {
        all.push(format!("Note the next date that binds it and not every option: {}.", told(next)));
    } else if let Some(next) = next(false) {
        all.push(format!("Note the next date, which binds every option: {}.", told(next)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_first_option_that_is_not_the_cheapest_says_what_it_costs_more() {
        // 639,796.817278 less 547,202.614379 is 92,594.20; the means of the draws of the sample are 1.1 times as much: 101,853.62.
        let mut a = sample::small();
        a.headline.code = "ranked_first".into();
        let told = proposed(Names(&a));
        assert!(told[0].starts_with(
            "Note that \u{201c}Interoperate\u{201d} is ranked first of the 3 options that pass every gate on weighted score with "
        ));
        assert_eq!(
            told[1],
            "Accept that it is expected to cost £101,854 more in net present cost than \u{201c}Business as usual\u{201d}, which costs least (£92,594 more on central figures)."
        );
        assert!(told[2].starts_with("Agree \u{201c}Interoperate\u{201d}"));
    }

    /// Nothing is drawn; business as usual fails a gate and comes first; and it is the only one that passes.
    #[test]
    fn what_is_noted_is_of_options_that_pass() {
        let mut a = sample::small();
        a.headline.code = "ranked_first".into();
        a.uncertainty = None;
        let usual = a.options.iter().position(|o| o.kind == "business_as_usual").expect("a comparator");
        for (rank, option) in [2, 3, 4].into_iter().zip(&mut a.options) {
            option.rank = Some(rank);
        }
        (a.options[usual].rank, a.options[usual].feasible) = (Some(1), false);
        let told = proposed(Names(&a));
        assert!(told[0].contains("first of the 2 options that pass every gate"), "{}", told[0]);
        assert!(told.iter().all(|s| !s.contains("Business as usual")), "{told:?}");
        for option in &mut a.options {
            option.feasible = option.kind == "business_as_usual";
        }
        let told = proposed(Names(&a));
        assert!(told.len() == 1 && told[0].contains("nothing to choose between"), "{told:?}");
        a.headline.code = "none_feasible".into();
        assert_eq!(proposed(Names(&a))[0], "Note that no option passes every gate.");
    }

    /// A date of its own comes before one that binds every option, and one that has passed is said.
    #[test]
    fn the_date_is_one_of_its_own() {
        let mut a = sample::small();
        let all: Vec<String> = a.options.iter().map(|o| o.id.clone()).collect();
        let first = leading(&a).expect("one leads").clone();
        let entry = |date: &str, options: &[String], overdue| CalendarEntry {
            date: date.into(),
            what: "Last day to start".into(),
            contract: None,
            options: options.to_vec(),
            consequence: String::new(),
            overdue,
        };
        let own = [first.id.clone()];
        a.calendar = vec![entry("2026-01-31", &own, true), entry("2027-01-31", &all, false), entry("2027-06-30", &own, false)];
        assert_eq!(
            binding(Names(&a), &first),
            [
                "Note what should have been decided by now: 31 January 2026, last day to start.",
                "Note the next date that binds it and not every option: 30 June 2027, last day to start."
            ]
        );
        a.calendar.remove(2);
        assert!(binding(Names(&a), &first)[1].starts_with("Note the next date, which binds every option: 31 January 2027"));
    }

    #[test]
    fn nothing_is_recommended_where_nothing_is_ahead() {
        let mut a = sample::small();
        for code in ["no_clear_winner", "none_feasible"] {
            a.headline.code = code.into();
            assert!(proposed(Names(&a)).iter().all(|s| !s.starts_with("Agree")), "{code}");
        }
    }
}
