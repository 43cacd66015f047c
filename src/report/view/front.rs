//! The front sheet.

use super::assurance::ELSEWHERE;
use super::objectives::MISSING;
use crate::appraisal::result::Appraisal;
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
        .filter(|field| !ELSEWHERE.contains(&field.label.as_str()))
        .map(|field| match field.value.as_deref().filter(|v| !v.trim().is_empty()) {
            Some(value) => Fact::new(&field.label, value),
            None => Fact { missing: true, ..Fact::new(&field.label, MISSING) },
        })
        .collect();
    Front { title: appraisal.title.clone(), banner: frame.banner.clone(), facts, paper }
}

/// What options are ranked on, in words.
pub(super) fn rank_basis(code: &str) -> String {
    match code {
        "score" => "Weighted score".to_owned(),
        other => format::words(other),
    }
}
