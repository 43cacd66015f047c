//! `appraise new`.

mod template;

use super::{Failure, files, terminal, worksheets};
use crate::scenario::render::printable;
use crate::scenario::{self, schema};
use clap::Args;
use std::path::PathBuf;
use template::Template;

/// Arguments of `new`.
#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// Name of the folder and id of the scenario: letters, digits, `-`, `_` and `.`
    #[arg(value_parser = name)]
    name: String,
    /// What the scenario holds to start from
    #[arg(long, value_enum, default_value = "standard")]
    template: Template,
    /// Write into a folder that is not empty; files of the same names are replaced
    #[arg(long)]
    force: bool,
    /// Write sheets to print for the weighting workshop as well
    #[arg(long)]
    worksheets: bool,
}

/// A name that can be a folder here and an id; else what is wrong, and what would do.
fn name(text: &str) -> Result<String, String> {
    if scenario::names_a_folder(text) {
        return Ok(text.to_owned());
    }
    if text.contains(['/', '\\']) {
        return Err("a name, not a path: go to the folder that it should stand in, and give the name alone".to_owned());
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let close: String = text.chars().map(plain).collect();
    let close = close.trim_matches(['-', '.']);
    let hint = if close.is_empty() { String::new() } else { format!("; `{close}` would do") };
    Err(format!("use letters, digits, `-`, `_` and `.`, and not a `.` first{hint}"))
}

/// The schema beside the scenario, which line 1 of its files names.
pub(super) const SCHEMA: &str = "appraisal.schema.json";

/// Writes a scenario folder with placeholder figures, and says what comes next.
pub(super) fn run(args: &NewArgs) -> Result<(), Failure> {
    let folder = PathBuf::from(&args.name);
    let mut written = args.template.files(&args.name);
    written.push((SCHEMA, format!("{:#}\n", schema::json())));
    let there = files::names(&folder)?;
    if there.as_ref().is_none_or(Vec::is_empty) {
        let contents: Vec<(&str, &[u8])> = written.iter().map(|(file, text)| (*file, text.as_bytes())).collect();
        files::new_folder(&folder, &contents)?;
    } else if args.force {
        let contents: Vec<_> = written.iter().map(|(file, text)| (folder.join(file), text.as_bytes())).collect();
        files::write_over(&contents)?;
    } else {
        return Err(Failure::File(format!(
            "cannot write the scenario: the folder {} is not empty; choose another name, or add --force to replace files of the same names",
            args.name
        )));
    }
    terminal::say(&format!("Wrote a scenario with placeholder figures, to be replaced, into {}:", args.name));
    for (file, _) in &written {
        terminal::say(&format!("  {file}"));
    }
    if args.worksheets {
        let sheets = worksheets::of_folder(folder.clone())?;
        files::replace(&[(folder.join(worksheets::FILE), sheets.as_bytes())])?;
        terminal::say(&format!("  {}, to print; `appraise worksheets {}` makes them again", worksheets::FILE, args.name));
    }
    let others: Vec<String> = files::load(&folder)?.into_iter().map(|f| f.name).collect();
    for other in others.iter().filter(|name| written.iter().all(|(file, _)| file != name)) {
        terminal::say(&format!("  {} was there before; it is read with the rest", printable(other)));
    }
    let name = &args.name;
    terminal::say(&format!(
        "\nNext:\n  appraise check {name}\n  appraise run {name}\nthen edit the files, {name}/appraisal.toml first."
    ));
    Ok(())
}
