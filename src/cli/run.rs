//! `appraise run`.

use super::{Failure, Format, ScenarioArgs, files, table, terminal};
use crate::report;
use crate::scenario::render::printable;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `run`.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Folder for the results [default: ./<scenario id>-report]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Appraises a scenario, writes `appraisal.json` and `pack.html`, prints a summary.
pub(super) fn run(args: &RunArgs) -> Result<(), Failure> {
    let appraisal = super::appraise(&args.scenario, Format::Text)?;
    let folder = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}-report", appraisal.id)));
    let json =
        serde_json::to_string_pretty(&appraisal).map_err(|e| Failure::File(format!("cannot write appraisal.json: {e}")))? + "\n";
    let pack = report::render(&appraisal).map_err(|e| Failure::File(format!("cannot make the pack: {e}")))?;
    files::folder(&folder)?;
    let (json_path, pack_path) = (folder.join("appraisal.json"), folder.join("pack.html"));
    files::replace(&[(json_path.clone(), json.as_bytes()), (pack_path.clone(), pack.as_bytes())])?;
    terminal::print(&table::summary(&appraisal))?;
    let [pack, json] = [&pack_path, &json_path].map(|path| printable(&path.display().to_string()));
    terminal::say(&format!("\nBoard pack: {pack}\nResults:    {json}"));
    if appraisal.headline.code == "none_feasible" { Err(Failure::Infeasible) } else { Ok(()) }
}
