//! The recommendation: the author's, and a wording that the engine proposes for the author to approve.

use super::front::rank_basis;
use super::names::Names;
use crate::appraisal::result::{Appraisal, OptionResult};
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
    match (a.headline.code.as_str(), leading(a)) {
        ("ranked_first", Some(first)) => ranked_first(names, first),
        ("no_clear_winner", _) => vec![
            "Note that no option is clearly ahead, and that the ranking alone is no ground for a choice.".to_owned(),
            "Ask for what would tell the options apart before a decision is taken: section \u{201c}What would change the answer\u{201d} and the value of information name it.".to_owned(),
        ],
        _ => vec![
            "Note that no option but business as usual passes every gate.".to_owned(),
            "Ask for options that do, or for the gates to be looked at again.".to_owned(),
        ],
    }
}

fn ranked_first(names: Names<'_>, first: &OptionResult) -> Vec<String> {
    let a = names.0;
    let ranked = a.options.iter().filter(|o| o.rank.is_some()).count();
    let basis = rank_basis(&a.frame.rank_basis).to_lowercase();
    let points = first.score.map_or_else(String::new, |s| format!(" with {} points", format::points(s)));
    let mut all = vec![format!(
        "Note that \u{201c}{}\u{201d} is ranked first of {} on {basis}{points}.",
        first.name,
        format::count(ranked, "option", "options")
    )];
    let priced = a.options.iter().any(|o| !o.cost.by_category.is_empty());
    let least = a.options.iter().filter(|o| o.rank.is_some()).min_by(|x, y| x.cost.npc.total_cmp(&y.cost.npc));
    if let Some(least) = least.filter(|l| priced && first.cost.npc - l.cost.npc >= 0.5) {
        all.push(format!(
            "Accept that on central figures it costs {} more in net present cost than \u{201c}{}\u{201d}, which costs least.",
            format::pounds(first.cost.npc - least.cost.npc),
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
    if let Some(next) = a.calendar.iter().find(|e| !e.overdue && e.options.contains(&first.id)) {
        let contract = next.contract.as_ref().map_or_else(String::new, |c| format!(" ({})", names.contract(c)));
        let what = format::uncapitalised(&next.what);
        all.push(format!("Note the next date that binds it: {}, {what}{contract}.", format::date(&next.date)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_first_option_that_is_not_the_cheapest_says_what_it_costs_more() {
        // 639,796.817278 less 547,202.614379 is 92,594.20.
        let mut a = sample::small();
        a.headline.code = "ranked_first".into();
        let told = proposed(Names(&a));
        assert!(
            told[0].starts_with("Note that \u{201c}Interoperate\u{201d} is ranked first of 3 options on weighted score with ")
        );
        assert!(told[1].contains("costs £92,594 more in net present cost than \u{201c}Business as usual\u{201d}"), "{}", told[1]);
        assert!(told[2].starts_with("Agree \u{201c}Interoperate\u{201d}"));
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
