//! `appraise score`.

use super::{Failure, Format, ScenarioArgs, table, terminal};
use clap::Args;
use serde::Serialize;

/// Arguments of `score`.
#[derive(Debug, Args)]
pub(super) struct ScoreArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How scores are printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The part of an appraisal that is about scores.
#[derive(Debug, Serialize)]
struct Scores<'a> {
    schema_version: u32,
    headline: &'a crate::appraisal::result::Headline,
    criteria: &'a [crate::appraisal::result::CriterionView],
    options: Vec<OptionScore<'a>>,
    panels: &'a [crate::appraisal::result::PanelResult],
    implied_rates: &'a [crate::appraisal::result::ImpliedRate],
}

#[derive(Debug, Serialize)]
struct OptionScore<'a> {
    id: &'a str,
    feasible: bool,
    rank: Option<usize>,
    score: Option<f64>,
    measures: &'a indexmap::IndexMap<String, f64>,
    values: &'a indexmap::IndexMap<String, f64>,
    contributions: &'a indexmap::IndexMap<String, f64>,
}

/// Prints gates, measures, values and scores.
pub(super) fn run(args: &ScoreArgs) -> Result<(), Failure> {
    let appraisal = super::appraise(&args.scenario, super::sampling::Sampling::NONE, args.format)?;
    match args.format {
        Format::Text => terminal::print(&table::scores(&appraisal)),
        Format::Csv => terminal::print(table::scores_csv(&appraisal).trim_end()),
        Format::Json => terminal::json(&Scores {
            schema_version: appraisal.schema_version,
            headline: &appraisal.headline,
            criteria: &appraisal.criteria,
            options: appraisal
                .options
                .iter()
                .map(|o| OptionScore {
                    id: &o.id,
                    feasible: o.feasible,
                    rank: o.rank,
                    score: o.score,
                    measures: &o.measures,
                    values: &o.values,
                    contributions: &o.contributions,
                })
                .collect(),
            panels: &appraisal.panels,
            implied_rates: &appraisal.implied_rates,
        }),
    }
}
