//! `appraise sensitivity`.

use super::sampling::Sampling;
use super::{Failure, Format, ScenarioArgs, table, terminal};
use crate::appraisal::result::{OptionUncertainty, Sensitivity, Uncertainty};
use clap::Args;
use serde::Serialize;

/// Arguments of `sensitivity`.
#[derive(Debug, Args)]
pub(super) struct SensitivityArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How it is printed; csv gives one row for each unknown, the one that moves net present cost most first
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    sampling: Sampling,
}

/// The part of an appraisal that is about what would change it, and how sure it is.
#[derive(Debug, Serialize)]
struct HowSure<'a> {
    schema_version: u32,
    headline: &'a crate::appraisal::result::Headline,
    #[serde(skip_serializing_if = "Option::is_none")]
    uncertainty: Option<&'a Uncertainty>,
    options: Vec<OptionSpread<'a>>,
    sensitivity: &'a Sensitivity,
}

#[derive(Debug, Serialize)]
struct OptionSpread<'a> {
    id: &'a str,
    npc: f64,
    rank: Option<usize>,
    rank_expected: Option<usize>,
    uncertainty: Option<&'a OptionUncertainty>,
}

/// Prints what would change the answer, and how sure it is.
pub(super) fn run(args: &SensitivityArgs) -> Result<(), Failure> {
    let appraisal = super::appraise(&args.scenario, args.sampling, args.format)?;
    match args.format {
        Format::Text => terminal::print(&table::sensitivity::text(&appraisal)),
        Format::Csv => terminal::print(table::sensitivity::csv(&appraisal).trim_end()),
        Format::Json => terminal::json(&HowSure {
            schema_version: appraisal.schema_version,
            headline: &appraisal.headline,
            uncertainty: appraisal.uncertainty.as_ref(),
            options: appraisal
                .options
                .iter()
                .map(|o| OptionSpread {
                    id: &o.id,
                    npc: o.cost.npc,
                    rank: o.rank,
                    rank_expected: o.rank_expected,
                    uncertainty: o.uncertainty.as_ref(),
                })
                .collect(),
            sensitivity: &appraisal.sensitivity,
        }),
    }
}
