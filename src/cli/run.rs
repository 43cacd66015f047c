//! `appraise run`.

use super::replace::Replacement;
use super::sampling::Sampling;
use super::{Failure, Format, ScenarioArgs, table, terminal};
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
    #[command(flatten)]
    sampling: Sampling,
}

/// Appraises a scenario, writes `appraisal.json`, `pack.html` and `workbook.xlsx`, prints a summary.
pub(super) fn run(args: &RunArgs) -> Result<(), Failure> {
    let (appraisal, workings) = super::appraise_with_workings(&args.scenario, args.sampling, Format::Text)?;
    let folder = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}-report", appraisal.id)));
    let mut results = Replacement::begin(&folder)?;
    let (json, pack, workbook) = ("appraisal.json", "pack.html", "workbook.xlsx");
    let (book, (written, rendered)) = rayon::join(
        || report::render_workbook(&appraisal, &workings),
        || {
            let written = results.write(json, |out| {
                serde_json::to_writer_pretty(&mut *out, &appraisal)?;
                out.write_all(b"\n")
            });
            (written, report::render(&appraisal))
        },
    );
    written?;
    let page = rendered.map_err(|e| Failure::File(format!("cannot make the pack: {e}")))?;
    results.write(pack, |out| out.write_all(page.as_bytes()))?;
    let book = book.map_err(|e| Failure::File(format!("cannot make the workbook: {e}")))?;
    results.write(workbook, |out| out.write_all(&book))?;
    results.finish()?;
    terminal::print(&table::summary(&appraisal))?;
    let [pack, workbook, json] = [pack, workbook, json].map(|name| printable(&folder.join(name).display().to_string()));
    terminal::say(&format!("\nBoard pack: {pack}\nWorkbook:   {workbook}\nResults:    {json}"));
    if appraisal.headline.code == "none_feasible" { Err(Failure::Infeasible) } else { Ok(()) }
}
