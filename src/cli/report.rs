//! `appraise report`.

use super::{Failure, files, terminal};
use crate::appraisal::result::{Appraisal, SCHEMA_VERSION};
use crate::report;
use crate::scenario::render::printable;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// Arguments of `report`.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// An appraisal.json written by `appraise run`
    appraisal: PathBuf,
    /// Where the pack goes; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "pack.html")]
    output: PathBuf,
    /// What the pack prints: what is read in a meeting, or everything with the appendices
    #[arg(long, value_name = "EXTENT", value_enum, default_value_t)]
    pack: Extent,
}

/// How much a pack prints.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub(super) enum Extent {
    /// What is read in a meeting, in about twelve pages
    Board,
    /// Everything, with the appendices
    #[default]
    Full,
}

impl From<Extent> for report::Extent {
    fn from(extent: Extent) -> Self {
        match extent {
            Extent::Board => Self::Board,
            Extent::Full => Self::Full,
        }
    }
}

/// Makes a pack from a saved appraisal.
pub(super) fn run(args: &ReportArgs) -> Result<(), Failure> {
    let appraisal = saved(&args.appraisal)?;
    let pack =
        report::render_to(&appraisal, args.pack.into()).map_err(|e| Failure::File(format!("cannot make the pack: {e}")))?;
    if args.output.as_os_str() == "-" {
        return terminal::print(pack.trim_end());
    }
    files::replace(&[(args.output.clone(), pack.as_bytes())])?;
    terminal::say(&format!("Board pack: {}", printable(&args.output.display().to_string())));
    Ok(())
}

/// Reads a saved appraisal.
pub(super) fn saved(path: &Path) -> Result<Appraisal, Failure> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|e| Failure::File(format!("cannot read {shown}: {e}")))?;
    let appraisal: Appraisal = serde_json::from_str(&text)
        .map_err(|e| Failure::File(format!("{shown} is not an appraisal of this version of appraise: {e}")))?;
    if appraisal.schema_version != SCHEMA_VERSION {
        return Err(Failure::File(format!(
            "{shown} has schema version {}, this appraise reads {SCHEMA_VERSION}; run the scenario again",
            appraisal.schema_version
        )));
    }
    Ok(appraisal)
}
