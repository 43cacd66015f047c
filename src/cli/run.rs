//! `appraise run`.

use super::replace::Replacement;
use super::report::Extent;
use super::sampling::Sampling;
use super::{Failure, Format, ScenarioArgs, files, table, terminal};
use crate::appraisal::result::Appraisal;
use crate::explain::Explainer;
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
    /// What the pack prints: what is read in a meeting, or everything with the appendices
    #[arg(long, value_name = "EXTENT", value_enum, default_value_t)]
    pack: Extent,
    #[command(flatten)]
    sampling: Sampling,
}

/// Appraises a scenario, writes `appraisal.json`, `pack.html` and `workbook.xlsx`, prints a summary.
pub(super) fn run(args: &RunArgs) -> Result<(), Failure> {
    let sources = files::load(&args.scenario.path)?;
    let (scenario, provenance) = super::read_files(&args.scenario, &sources, Format::Text)?;
    let examined = super::examine(&args.scenario, &scenario, provenance, args.sampling)?;
    let explanations = Explainer::new(&examined, &sources).headline_figures();
    let workings = examined.workings();
    let appraisal = Appraisal { explanations, ..examined.appraisal };
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
            (written, report::render_to(&appraisal, args.pack.into()))
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
