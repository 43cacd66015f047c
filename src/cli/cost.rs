//! `appraise cost`.

use super::{Failure, Format, ScenarioArgs, table, terminal};
use clap::Args;
use serde::Serialize;

/// Arguments of `cost`.
#[derive(Debug, Args)]
pub(super) struct CostArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How costs are printed; csv gives one row for each option, year and category
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The part of an appraisal that is about money.
#[derive(Debug, Serialize)]
struct Costs<'a> {
    schema_version: u32,
    options: Vec<OptionCost<'a>>,
}

#[derive(Debug, Serialize)]
struct OptionCost<'a> {
    id: &'a str,
    cost: &'a crate::appraisal::result::Cost,
    financial: &'a crate::appraisal::result::Financial,
    dual_running: &'a crate::appraisal::result::DualRunning,
}

/// Prints costs.
pub(super) fn run(args: &CostArgs) -> Result<(), Failure> {
    let appraisal = super::appraise(&args.scenario, super::sampling::Sampling::NONE, args.format)?;
    match args.format {
        Format::Text => terminal::print(&table::costs(&appraisal)),
        Format::Csv => terminal::print(table::costs_csv(&appraisal).trim_end()),
        Format::Json => terminal::json(&Costs {
            schema_version: appraisal.schema_version,
            options: appraisal
                .options
                .iter()
                .map(|o| OptionCost { id: &o.id, cost: &o.cost, financial: &o.financial, dual_running: &o.dual_running })
                .collect(),
        }),
    }
}
