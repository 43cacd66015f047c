//! What the pack's script needs: points and weights to score again in the browser, and the figures of any two options.
//!
//! The script sees numbers alone. Names are on the page already, escaped as everything is.

use super::names::Names;
use super::uncertainty;
use crate::appraisal::result::{Appraisal, OptionResult};
use crate::report::format;
use serde::Serialize;

/// The part of the page that the script brings to life; hidden until it does.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Explore {
    criteria: Vec<Weighed>,
    panels: Vec<String>,
    options: Vec<Scored>,
}

/// A criterion with a slider.
#[derive(Debug, Clone, Serialize)]
struct Weighed {
    name: String,
    agreed: String,
}

/// An option with the score that it has in the pack.
#[derive(Debug, Clone, Serialize)]
struct Scored {
    name: String,
    score: String,
    rank: String,
}

/// Two options side by side.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Pair {
    options: Vec<String>,
    rows: Vec<String>,
}

/// The numbers behind both, as the script reads them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Data {
    /// Names the files that tables are downloaded to.
    id: String,
    /// Points by option, then by criterion, in the order in which the engine adds them up.
    values: Vec<Vec<f64>>,
    /// Combined weights by criterion; none where panels are not combined.
    agreed: Option<Vec<f64>>,
    /// Weights by panel, then by criterion.
    panels: Vec<Vec<f64>>,
    /// Whether each option is ranked.
    ranked: Vec<bool>,
    /// Rows of the comparison: how the number is shown, then the number by option.
    pair: Vec<(&'static str, Vec<Option<f64>>)>,
}

/// The sliders; none where there are not two options scored on two criteria and ranked by their scores.
pub(super) fn view(names: Names<'_>) -> Option<Explore> {
    let a = names.0;
    if !can(a) {
        return None;
    }
    let criteria = a
        .criteria
        .iter()
        .map(|c| Weighed { name: c.name.clone(), agreed: c.weight.map_or_else(|| format::NONE.to_owned(), format::percent) });
    let options = a.options.iter().map(|o| Scored {
        name: o.name.clone(),
        score: o.score.map_or_else(|| format::NONE.to_owned(), format::points),
        rank: o.rank.map_or_else(|| "Not ranked".to_owned(), |r| r.to_string()),
    });
    Some(Explore {
        criteria: criteria.collect(),
        panels: a.panels.iter().map(|p| p.name.clone()).collect(),
        options: options.collect(),
    })
}

/// Points of every option on every criterion, and weights that the pack itself ranks by: where it ranks by cost, ranks by
/// weights beside its own would be of something else, and where it prints no score, the sliders print none either.
fn can(a: &Appraisal) -> bool {
    let full = a.options.iter().all(|o| a.criteria.iter().all(|c| o.values.contains_key(&c.id)));
    let scores = a.frame.rank_basis == "score" && a.options.iter().any(|o| o.score.is_some());
    a.options.len() > 1 && a.criteria.len() > 1 && full && scores && agreed(a).is_some()
}

fn agreed(a: &Appraisal) -> Option<Vec<f64>> {
    a.criteria.iter().map(|c| c.weight).collect()
}

/// Rows of the comparison of two options: heading, kind of number, and the number of an option.
fn rows(names: Names<'_>) -> Vec<(String, &'static str, Vec<Option<f64>>)> {
    let a = names.0;
    let each = |f: &dyn Fn(&OptionResult) -> Option<f64>| a.options.iter().map(f).collect::<Vec<_>>();
    let mut rows = Vec::new();
    if a.options.iter().any(|o| o.score.is_some()) {
        rows.push(("Weighted score, points".to_owned(), "points", each(&|o| o.score)));
    }
    if a.options.iter().any(|o| !o.cost.by_category.is_empty()) {
        rows.push(("Net present cost, central".to_owned(), "pounds", each(&|o| Some(o.cost.npc))));
        if uncertainty::is_drawn(names) && a.options.iter().all(|o| o.uncertainty.is_some()) {
            rows.push(("Net present cost, expected".to_owned(), "pounds", each(&|o| o.uncertainty.as_ref().map(|u| u.npc.mean))));
        }
        rows.push(("Cash over the period, VAT included".to_owned(), "pounds", each(&|o| Some(o.financial.cash))));
        rows.push(("Dual running, present value".to_owned(), "pounds", each(&|o| Some(o.dual_running.present))));
    }
    if !a.services.is_empty() {
        rows.push(("Work, person-days".to_owned(), "whole", each(&|o| Some(o.effort.person_days))));
        rows.push(("Hours lost by staff who face patients".to_owned(), "whole", each(&|o| Some(o.effort.dip_hours))));
    }
    for criterion in &a.criteria {
        let unit = criterion.unit.as_str();
        let heading = format!("{} ({unit})", criterion.name);
        rows.push((heading, kind(unit), each(&|o| o.measures.get(&criterion.id).copied())));
    }
    rows
}

/// The script's name for what [`format::measure`] does with a unit.
fn kind(unit: &str) -> &'static str {
    match unit {
        _ if format::is_money(unit) => "price",
        "%" => "hundredths",
        _ if unit.starts_with("share") || unit.starts_with("proportion") => "percent",
        _ => "measure",
    }
}

/// The comparison; none with fewer than two options.
pub(super) fn pair(names: Names<'_>) -> Option<Pair> {
    let rows = rows(names);
    (names.0.options.len() > 1 && !rows.is_empty())
        .then(|| Pair { options: names.options(), rows: rows.into_iter().map(|(heading, _, _)| heading).collect() })
}

/// The numbers, as text that cannot end the element that it stands in.
pub(super) fn data(names: Names<'_>) -> String {
    let a = names.0;
    let order = |weights: &dyn Fn(&str) -> f64| a.criteria.iter().map(|c| weights(&c.id)).collect::<Vec<_>>();
    let mut data = Data { id: a.id.clone(), ranked: a.options.iter().map(|o| o.rank.is_some()).collect(), ..Data::default() };
    if can(a) {
        data.values = a.options.iter().map(|o| order(&|id| o.values[id])).collect();
        data.agreed = agreed(a);
        data.panels = a.panels.iter().map(|p| order(&|id| p.weights.get(id).copied().unwrap_or(0.0))).collect();
    }
    if pair(names).is_some() {
        data.pair = rows(names).into_iter().map(|(_, kind, numbers)| (kind, numbers)).collect();
    }
    serde_json::to_string(&data).expect("plain data").replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_script_gets_the_engine_s_own_numbers() {
        let a = sample::small();
        let text = data(Names(&a));
        let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        for (i, option) in a.options.iter().enumerate() {
            let weights = a.criteria.iter().map(|c| c.weight.expect("combined"));
            let sum: f64 = weights.enumerate().map(|(j, w)| w * read["values"][i][j].as_f64().expect("a number")).sum();
            assert!((sum - option.score.expect("scored")).abs() < 1e-9, "{}", option.id);
        }
    }

    #[test]
    fn text_of_the_author_cannot_end_the_element() {
        let mut a = sample::small();
        a.id = "</script><script>alert(1)</script>".into();
        assert!(!data(Names(&a)).contains('<'));
    }

    #[test]
    fn where_weights_do_not_rank_there_are_no_sliders() {
        assert!(view(Names(&sample::small())).is_some());
        let mut by_cost = sample::small();
        by_cost.frame.rank_basis = "npc".into();
        assert!(view(Names(&by_cost)).is_none() && data(Names(&by_cost)).contains("\"values\":[]"));
        // A shortlist: weights are there, and no score is printed on purpose.
        let mut shortlist = sample::small();
        shortlist.options.iter_mut().for_each(|o| o.score = None);
        assert!(view(Names(&shortlist)).is_none());
    }

    #[test]
    fn what_was_not_drawn_has_no_expected_cost() {
        let expected = |a: &Appraisal| rows(Names(a)).iter().any(|(heading, _, _)| heading.contains("expected"));
        let mut a = sample::small();
        assert!(expected(&a));
        let whole = a.uncertainty.as_mut().expect("drawn");
        (whole.uncertain, whole.events) = (0, 0);
        assert!(!expected(&a));
    }

    #[test]
    fn without_weights_there_are_no_sliders() {
        let mut a = sample::small();
        a.panels.clear();
        a.criteria.iter_mut().for_each(|c| c.weight = None);
        assert!(view(Names(&a)).is_none() && pair(Names(&a)).is_some());
    }
}
