//! `appraise import`.

use super::{Failure, Format, export, files, new, terminal};
use crate::scenario::render::printable;
use crate::scenario::workbook::Update;
use crate::scenario::{Problems, SourceFile, schema, workbook};
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The workbook, as `appraise export` writes it
    #[arg(value_name = "BOOK.xlsx", value_parser = export::workbook_name)]
    book: PathBuf,
    /// Folder of the scenario. Files that are there keep all that is not changed; else new ones are written
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Tell what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Change the files even if they changed after the workbook was exported, or are those of another scenario
    #[arg(long)]
    force: bool,
    /// How problems are printed
    #[arg(long, value_parser = ["text", "json"], default_value = "text")]
    format: String,
}

/// Reads a workbook and writes the scenario in it, if nothing is wrong with it.
pub(super) fn run(args: &ImportArgs) -> Result<(), Failure> {
    let format = if args.format == "json" { Format::Json } else { Format::Text };
    let shown = printable(&args.book.display().to_string());
    let bytes = files::bytes(&args.book)?;
    let name = args.book.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let book = workbook::open(&name, &bytes)
        .map_err(|why| Failure::File(format!("cannot read {shown} as a workbook (.xlsx): {}", printable(&why))))?;
    let refused = |problems: Problems| match super::show_problems(&problems, format, false) {
        Ok(()) => Failure::Problems,
        Err(failure) => failure,
    };
    let scenario = book.check().map_err(refused)?;
    if format == Format::Json || !scenario.warnings.list.is_empty() {
        super::show_problems(&scenario.warnings, format, false)?;
    }
    if args.output.is_file() || holds_a_scenario(&args.output)? {
        let sources = files::load(&args.output)?;
        let update = book.update(&sources).map_err(refused)?;
        return over(args, &update, book.strange_to(&sources));
    }
    anew(args, &book.fresh().map_err(refused)?)
}

/// Changes the files of a scenario, unless the workbook may not be meant for them.
fn over(args: &ImportArgs, update: &Update, strange: Option<String>) -> Result<(), Failure> {
    let (shown, folder) = (printable(&args.book.display().to_string()), printable(&args.output.display().to_string()));
    let strange = strange.filter(|_| !update.files.is_empty() && !args.force);
    if args.dry_run {
        if let Some(why) = strange {
            terminal::say(&format!("note: {}; this needs --force", printable(&why)));
        }
        let told: Vec<String> = update.changes.iter().map(|change| printable(change)).collect();
        return terminal::print(&if told.is_empty() { "nothing would change".to_owned() } else { told.join("\n") });
    }
    if let Some(why) = strange {
        return Err(Failure::File(format!(
            "cannot import {shown} into {folder}: {why}; `--dry-run` tells what would change, `--force` changes it all the same \
             and undoes what is not in the workbook; or import into a new folder"
        )));
    }
    write_over(&args.output, &update.files)?;
    for change in &update.changes {
        terminal::say(&printable(change));
    }
    let files = update.files.len();
    let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
    terminal::say(&match update.files.as_slice() {
        [] => format!("{folder} says what {shown} says; no file is changed"),
        _ => format!("Changed {files} in {folder}; next: appraise check {folder}, and export again before you go on editing"),
    });
    Ok(())
}

/// Writes the files of a new scenario.
fn anew(args: &ImportArgs, fresh: &[SourceFile]) -> Result<(), Failure> {
    let folder = printable(&args.output.display().to_string());
    let schema = format!("{:#}\n", schema::json());
    let mut written: Vec<(&str, &[u8])> = fresh.iter().map(|f| (f.name.as_str(), f.bytes.as_slice())).collect();
    written.push((new::SCHEMA, schema.as_bytes()));
    if args.dry_run {
        let names: Vec<String> = written.iter().map(|(name, _)| format!("{folder}: {name} would be written")).collect();
        return terminal::print(&names.join("\n"));
    }
    if args.output.is_dir() && files::names(&args.output)?.is_some_and(|names| !names.is_empty()) {
        // Other things stand there, which stay.
        files::write_over(&written.iter().map(|(name, bytes)| (args.output.join(name), *bytes)).collect::<Vec<_>>())?;
    } else {
        files::new_folder(&args.output, &written)?;
    }
    terminal::say(&format!("Wrote a scenario into {folder}:"));
    for (name, _) in &written {
        terminal::say(&format!("  {name}"));
    }
    terminal::say(&format!("next: appraise check {folder}"));
    Ok(())
}

/// Whether a folder has files of a scenario.
fn holds_a_scenario(path: &Path) -> Result<bool, Failure> {
    let is_part = |name: &String| {
        let hidden = name.starts_with(['.', '~']);
        let extension = Path::new(name).extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        !hidden && matches!(extension.as_deref(), Some("toml" | "csv"))
    };
    Ok(files::names(path)?.is_some_and(|names| names.iter().any(is_part)))
}

/// Replaces files of a folder, or the one file that a scenario is.
fn write_over(path: &Path, changed: &[SourceFile]) -> Result<(), Failure> {
    let place = |f: &SourceFile| if path.is_file() { path.to_owned() } else { path.join(&f.name) };
    files::write_over(&changed.iter().map(|f| (place(f), f.bytes.as_slice())).collect::<Vec<_>>())
}
