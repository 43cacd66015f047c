//! How sure the figures are: what the draws come to, what moves the cost, and what it would be worth to know more.

mod chances;
mod information;
mod spread;

use super::names::Names;
use super::table::Table;
use crate::appraisal::result::OptionResult;
use crate::quantity::pounds_short;
use crate::report::chart;
use crate::report::format;
use serde::Serialize;

/// The section on draws.
#[derive(Debug, Clone, Serialize)]
pub(super) struct UncertaintyView {
    sentences: Vec<String>,
    /// What was drawn; none where everything is certain, and then there is nothing else either.
    how: Option<String>,
    costs: Option<Table>,
    others: Vec<Table>,
    curves: Option<chart::Figure>,
    chances: Option<Table>,
    order: Option<String>,
    budgets: Option<Table>,
    budget_sentence: Option<String>,
    finish: Option<Table>,
    tornado: Option<chart::Figure>,
    information: Option<information::InformationView>,
}

/// Whether anything was drawn that is uncertain.
pub(super) fn is_drawn(names: Names<'_>) -> bool {
    names.0.uncertainty.as_ref().is_some_and(|u| u.uncertain + u.events > 0)
}

pub(super) fn view(names: Names<'_>) -> Option<UncertaintyView> {
    let found = names.0.uncertainty.as_ref()?;
    if !is_drawn(names) {
        return Some(UncertaintyView {
            sentences: found.sentences.clone(),
            how: None,
            costs: None,
            others: Vec::new(),
            curves: None,
            chances: None,
            order: None,
            budgets: None,
            budget_sentence: None,
            finish: None,
            tornado: None,
            information: None,
        });
    }
    let (budgets, budget_sentence) = chances::budgets(names);
    Some(UncertaintyView {
        sentences: found.sentences.iter().cloned().chain(enough(names)).collect(),
        how: Some(how(names)),
        costs: spread::costs(names),
        others: spread::others(names),
        curves: chart::curves::figure(names.0),
        chances: chances::table(names),
        order: chances::order(names),
        budgets,
        budget_sentence,
        finish: chances::finish(names),
        tornado: chart::tornado::figure(names.0),
        information: information::view(names),
    })
}

/// What was drawn and how often, in plain words.
fn how(names: Names<'_>) -> String {
    let Some(u) = &names.0.uncertainty else { return String::new() };
    let number = |n: usize, one: &str, many: &str| {
        let shown = format::number(as_number(n as u64), 0);
        format!("{shown} {}", if n == 1 { one } else { many })
    };
    let drawn = number(u.uncertain, "number has", "numbers have");
    let events = match u.events {
        0 => String::new(),
        n => format!(" and {}", number(n, "risk that happens or does not", "risks that happen or do not")),
    };
    let fixed = match u.certain {
        0 => String::new(),
        n => format!(
            " {} no range and {} the same in every draw.",
            number(n, "number has", "numbers have"),
            if n == 1 { "is" } else { "are" }
        ),
    };
    format!(
        "{drawn} a range in this scenario{events}. {} times one value was drawn for each, within its range and as likely as the range says, and every option was worked out anew on the same values. One such run is a draw.{fixed} What has no range is not known to be certain: the figures here are as sure as the ranges are honest.",
        format::number(as_number(u.draws), 0)
    )
}

/// A count as a number to print; there are far fewer than 2^53.
#[expect(clippy::cast_precision_loss, reason = "a number of draws, or of numbers")]
fn as_number(count: u64) -> f64 {
    count as f64
}

/// How often the central figure of the leading option would have been enough.
fn enough(names: Names<'_>) -> Option<String> {
    let option = names.0.options.iter().find(|o| o.id == names.0.evidence.option)?;
    let u = option.uncertainty.as_ref().filter(|_| is_priced(names))?;
    let share = share_below(&u.curve, option.cost.npc)?;
    let mean = pounds_short(u.npc.mean);
    let tells = match (share, u.npc.mean > option.cost.npc) {
        (s, true) if s < 0.4 => {
            "the central figures are on the hopeful side, since most ranges reach further up than down".to_owned()
        }
        (s, false) if s < 0.4 => {
            format!("most draws cost more, but the others so much less that {mean} is expected, no more than the central figure")
        }
        (s, false) if s > 0.6 => "the central figures are on the cautious side".to_owned(),
        (s, true) if s > 0.6 => {
            format!("but the other draws cost so much more that {mean} is expected, which is above the central figure")
        }
        _ => "the central figures lie near the middle".to_owned(),
    };
    Some(format!(
        "The central net present cost of {}, {}, is enough in {}: {tells}.",
        option.name,
        pounds_short(option.cost.npc),
        of_draws(share)
    ))
}

/// A share of the draws in words; never all or none of them where it is not.
fn of_draws(share: f64) -> String {
    match share {
        p if p >= 1.0 => "every draw".to_owned(),
        p if p <= 0.0 => "none of the draws".to_owned(),
        p if p > 0.995 => "more than 99 of 100 draws".to_owned(),
        p if p < 0.005 => "fewer than one draw in 100".to_owned(),
        p => format!("{} of 100 draws", format::number(100.0 * p, 0)),
    }
}

/// The share of draws below an amount, on the straight line between the steps of a curve.
fn share_below(curve: &[f64], amount: f64) -> Option<f64> {
    let (first, last) = (curve.first()?, curve.last()?);
    if last <= first {
        return None;
    }
    let steps = as_number(curve.len() as u64 - 1);
    let at = curve.iter().filter(|c| **c <= amount).count();
    let Some(above) = curve.get(at) else { return Some(1.0) };
    let Some(before) = at.checked_sub(1) else { return Some(0.0) };
    let part = (amount - curve[before]) / (above - curve[before]);
    Some((as_number(before as u64) + part) / steps)
}

/// Whether anything costs anything; in a plain choice nothing does.
fn is_priced(names: Names<'_>) -> bool {
    names.0.options.iter().any(|o| !o.cost.by_category.is_empty())
}

/// Options with draws, in order of rank, those without one last.
fn ordered<'a>(names: Names<'a>) -> Vec<&'a OptionResult> {
    let mut options: Vec<&'a OptionResult> = names.0.options.iter().filter(|o| o.uncertainty.is_some()).collect();
    options.sort_by_key(|o| o.rank.unwrap_or(usize::MAX));
    options
}

#[cfg(test)]
mod tests;
