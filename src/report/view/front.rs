//! The front sheet.

use super::assurance::ELSEWHERE;
use super::objectives::{ELICITATION, MISSING};
use crate::appraisal::result::{Appraisal, PaperField};
use crate::report::format;
use serde::Serialize;

/// Title block and front sheet.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Front {
    title: String,
    banner: Option<String>,
    facts: Vec<Fact>,
    paper: Vec<Fact>,
}

impl Front {
    /// The pack's title.
    pub(super) fn title(&self) -> &str {
        &self.title
    }
}

/// A label with its value.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Fact {
    label: String,
    value: String,
    missing: bool,
}

impl Fact {
    fn new(label: &str, value: impl Into<String>) -> Self {
        Self { label: label.to_owned(), value: value.into(), missing: false }
    }
}

pub(super) fn view(appraisal: &Appraisal) -> Front {
    let frame = &appraisal.frame;
    let last = frame.years.last().unwrap_or(&frame.year0);
    let period = if *last == frame.year0 { last.clone() } else { format!("{} to {last}", frame.year0) };
    let mut facts = vec![
        Fact::new("Position as at", format::date(&appraisal.as_at)),
        Fact::new("Appraisal period", format!("{period} ({})", format::count(frame.years.len(), "year", "years"))),
        Fact::new("Price base", format!("{} prices", frame.price_base)),
        Fact::new("Method", format::words(&frame.mode)),
        Fact::new("Options ranked on", rank_basis(&frame.rank_basis)),
        Fact::new("Scenario", appraisal.id.clone()),
    ];
    if let Some(sponsor) = &frame.sponsor {
        facts.insert(0, Fact::new("Sponsor", sponsor.clone()));
    }
    let paper = appraisal
        .paper
        .iter()
        .filter(|field| !ELSEWHERE.contains(&field.label.as_str()) || (appraisal.panels.is_empty() && is_homeless(field)))
        .map(|field| match field.value.as_deref().filter(|v| !v.trim().is_empty()) {
            Some(value) => Fact::new(&field.label, value),
            None => Fact { missing: true, ..Fact::new(&field.label, MISSING) },
        })
        .collect();
    Front { title: appraisal.title.clone(), banner: frame.banner.clone(), facts, paper }
}

/// How weights were agreed stands with the panels; without panels what an author says of it stands on the front sheet.
fn is_homeless(field: &PaperField) -> bool {
    ELICITATION.contains(&field.label.as_str()) && field.value.as_ref().is_some_and(|v| !v.trim().is_empty())
}

/// What options are ranked on, in words.
pub(super) fn rank_basis(code: &str) -> String {
    match code {
        "score" => "Weighted score".to_owned(),
        other => format::words(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::report::view::names::Names;
    use crate::report::view::objectives;

    #[test]
    fn dissent_is_told_with_panels_and_without_them() {
        let mut a = sample::small();
        let field = |label: &str, value: Option<&str>| PaperField { label: label.into(), value: value.map(Into::into) };
        a.paper = vec![field("Workshop", None), field("Dissent", Some("One ward objects"))];
        let told = |a: &Appraisal| view(a).paper.iter().map(|f| format!("{}: {}", f.label, f.value)).collect::<Vec<_>>();
        let beside_the_panels =
            |a: &Appraisal| serde_json::to_string(&objectives::view(Names(a))).expect("JSON").contains("One ward");
        assert!(told(&a).is_empty() && beside_the_panels(&a));
        a.panels.clear();
        assert_eq!(told(&a), ["Dissent: One ward objects"]);
        assert!(!beside_the_panels(&a));
    }
}
