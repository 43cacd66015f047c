//! From an appraisal to what stands on the page: text, tables and charts, every number rounded.

mod acceptability;
mod archive;
mod area;
mod assurance;
mod calendar;
mod capital;
mod cash;
pub mod comparison;
mod coverage;
mod cross_check;
mod dates;
mod dual_running;
mod economic;
mod efficient;
mod estate;
mod evidence;
mod explained;
mod explore;
mod front;
mod funding;
mod gate;
mod limit;
mod longlist;
mod metrics;
pub mod names;
mod narrative;
mod objectives;
mod open_weights;
mod optimiser;
mod options;
mod plan;
mod rates;
mod recommendation;
mod record;
mod reference_class;
mod roadmap_robustness;
mod scoring;
mod section;
mod summary;
mod summary_table;
pub mod table;
mod uncertainty;
mod verdict;
mod weights;
mod what_if;

use super::Extent;
use crate::appraisal::result::Appraisal;
use names::Names;
use serde::Serialize;

/// Everything the templates print.
#[derive(Debug, Clone, Serialize)]
pub struct Pack {
    /// Whether it is the one for the meeting.
    board: bool,
    front: front::Front,
    sections: section::Sections,
    summary: summary::Summary,
    narrative: narrative::Narrative,
    objectives: objectives::Aims,
    options: Vec<options::Described>,
    coverage: coverage::Coverage,
    recommendation: recommendation::Recommendation,
    assurance: assurance::Assurance,
    explore: Option<explore::Explore>,
    pair: Option<explore::Pair>,
    /// Numbers for the script.
    data: String,
    longlist: Option<table::Table>,
    scoring: scoring::Scoring,
    efficient: Option<table::Table>,
    metrics: Option<table::Table>,
    summary_table: Option<table::Table>,
    economic: economic::Economic,
    capital: Option<table::Table>,
    funding: funding::Funding,
    dual_running: dual_running::DualRunningView,
    plan: plan::Plan,
    verdicts: Option<verdict::Verdicts>,
    optimiser: Option<optimiser::OptimiserView>,
    reference_class: Option<reference_class::Reference>,
    areas: area::Areas,
    estate: estate::Estate,
    uncertainty: Option<uncertainty::UncertaintyView>,
    weights: weights::Weights,
    robustness: Option<acceptability::Robustness>,
    open_weights: Option<open_weights::OpenWeights>,
    rates: Option<table::Table>,
    what_ifs: Option<table::Table>,
    gates: gate::Gates,
    limits: limit::Limits,
    calendar: calendar::Calendar,
    warnings: Vec<record::WarningView>,
    /// How many there are, in words.
    warning_count: String,
    evidence: evidence::Evidence,
    cross_check: Option<cross_check::CrossCheckView>,
    explained: Option<table::Table>,
    record: record::Record,
}

impl Pack {
    /// The pack's title.
    #[must_use]
    pub fn title(&self) -> &str {
        self.front.title()
    }
}

/// Builds the page views.
#[must_use]
pub fn pack(appraisal: &Appraisal, extent: Extent) -> Pack {
    // The paper for the meeting has no place where figures are taken apart, so nothing in it may lead there.
    let bare = (extent == Extent::Board).then(|| Appraisal { explanations: Vec::new(), ..appraisal.clone() });
    let appraisal = bare.as_ref().unwrap_or(appraisal);
    let names = Names(appraisal);
    Pack {
        board: extent == Extent::Board,
        front: front::view(appraisal),
        sections: section::view(names, extent),
        summary: summary::view(names),
        narrative: narrative::view(names),
        objectives: objectives::view(names),
        options: options::view(names),
        coverage: coverage::view(names),
        recommendation: recommendation::view(names),
        assurance: assurance::view(names),
        explore: explore::view(names),
        pair: explore::pair(names),
        data: explore::data(names),
        longlist: longlist::view(names),
        scoring: scoring::view(names),
        efficient: efficient::view(names),
        metrics: metrics::table(names),
        summary_table: summary_table::table(names),
        economic: economic::view(names),
        capital: capital::view(names),
        funding: funding::view(names),
        dual_running: dual_running::view(names),
        plan: plan::view(names),
        verdicts: verdict::view(names),
        optimiser: optimiser::view(names),
        reference_class: reference_class::view(names),
        areas: area::view(names),
        estate: estate::view(names),
        uncertainty: uncertainty::view(names),
        weights: weights::view(names),
        robustness: acceptability::view(names),
        open_weights: open_weights::view(names),
        rates: rates::view(names),
        what_ifs: what_if::view(names),
        gates: gate::view(names),
        limits: limit::view(names),
        calendar: calendar::view(names),
        warnings: record::warnings(appraisal),
        warning_count: super::format::count(appraisal.warnings.len(), "warning", "warnings"),
        evidence: evidence::view(names),
        cross_check: cross_check::view(names),
        explained: explained::table(names),
        record: record::view(appraisal),
    }
}
