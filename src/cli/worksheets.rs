//! `appraise worksheets`.

use super::{Failure, Format, ScenarioArgs, files, terminal};
use crate::report;
use crate::scenario::render::printable;
use clap::Args;
use std::path::PathBuf;

/// Name of the file that `appraise new --worksheets` writes beside a scenario.
pub(super) const FILE: &str = "worksheets.html";

/// Arguments of `worksheets`.
#[derive(Debug, Args)]
pub(super) struct WorksheetsArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Where the sheets go; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = FILE)]
    output: PathBuf,
}

/// Makes the sheets for the weighting workshop of a scenario.
pub(super) fn run(args: &WorksheetsArgs) -> Result<(), Failure> {
    let page = page(&args.scenario)?;
    if args.output.as_os_str() == "-" {
        return terminal::print(page.trim_end());
    }
    files::replace(&[(args.output.clone(), page.as_bytes())])?;
    terminal::say(&format!("Worksheets to print: {}", printable(&args.output.display().to_string())));
    Ok(())
}

/// The sheets of the scenario in a folder.
pub(super) fn of_folder(path: PathBuf) -> Result<String, Failure> {
    page(&ScenarioArgs { path, strict: false })
}

fn page(scenario: &ScenarioArgs) -> Result<String, Failure> {
    let appraisal = super::appraise(scenario, super::sampling::Sampling::NONE, Format::Text)?;
    let sheets = report::render_worksheets(&appraisal).map_err(|e| Failure::File(format!("cannot make the worksheets: {e}")))?;
    sheets.ok_or_else(|| {
        terminal::say("error: the scenario scores no criteria, so there is nothing to weigh; add [criteria]");
        Failure::Problems
    })
}
