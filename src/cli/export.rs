//! `appraise export`.

use super::{Failure, Format, files, terminal};
use crate::scenario::render::printable;
use crate::scenario::{self, workbook};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// Folder of .toml and .csv files, or one .toml file
    path: PathBuf,
    /// Where the workbook goes; a file of that name is replaced
    #[arg(short, long, value_name = "BOOK.xlsx", value_parser = workbook_name)]
    output: PathBuf,
}

/// A name that spreadsheet programs open.
pub(super) fn workbook_name(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let fits = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx"));
    if fits { Ok(path) } else { Err("the name of a workbook ends with .xlsx".to_owned()) }
}

/// Writes a scenario as a workbook. A scenario with problems is written as it is.
pub(super) fn run(args: &ExportArgs) -> Result<(), Failure> {
    let sources = files::load(&args.path)?;
    let export = match workbook::export(&sources) {
        Ok(export) => export,
        Err(problems) => {
            super::show_problems(&problems, Format::Text, false)?;
            return Err(Failure::Problems);
        }
    };
    files::replace(&[(args.output.clone(), &export.bytes)])?;
    if !export.warnings.list.is_empty() {
        terminal::say(scenario::render::text(&export.warnings, terminal::styled()).trim_end());
    }
    let (book, path) = (args.output.display().to_string(), args.path.display().to_string());
    let (book, path) = (printable(&book), printable(&path));
    terminal::say(&format!("Wrote {book}. After editing it:\n  appraise import {book} -o {path}"));
    if let Err(problems) = scenario::read(&sources) {
        let count = problems.errors();
        let count = if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
        terminal::say(&format!("The scenario has {count}, which the workbook has too; `appraise check {path}` explains"));
    }
    Ok(())
}
