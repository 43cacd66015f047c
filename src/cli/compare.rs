//! `appraise compare`.

use super::sampling::Sampling;
use super::{Failure, Format, ScenarioArgs, files, table, terminal};
use crate::appraisal::Examined;
use crate::appraisal::result::Appraisal;
use crate::comparison::{self, Subject};
use crate::report;
use crate::scenario::render::printable;
use crate::scenario::{Scenario, SourceFile};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Arguments of `compare`.
#[derive(Debug, Args)]
#[command(
    after_help = "For two scenarios, changes are made one at a time in a stated order and each is told with what it moves; \
what cannot be made by itself is the remainder. The exit status is 0 whether or not they differ."
)]
pub(super) struct CompareArgs {
    /// The first: a scenario (folder or .toml file), or an appraisal.json
    first: PathBuf,
    /// The second
    second: PathBuf,
    /// How the comparison is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Shape,
    /// Write a page for reading and printing instead; `-` for standard output
    #[arg(short, long, value_name = "FILE.html", conflicts_with = "format")]
    output: Option<PathBuf>,
    /// Treat warnings about a scenario, and measures beyond their anchors, as problems
    #[arg(long)]
    strict: bool,
    /// Draws of all that is uncertain, for scenarios; 0 for the central case alone
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=10_000_000))]
    draws: u32,
    /// Seed of all that is drawn, in place of those of the scenarios
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=9_007_199_254_740_991))]
    seed: Option<u64>,
    /// Say nothing of how far the draws are
    #[arg(long)]
    no_progress: bool,
}

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// Tables for people
    Text,
    /// JSON
    Json,
}

/// One of the two as it was read.
enum Read {
    Scenario(Box<(Scenario, crate::appraisal::result::Provenance)>, Vec<SourceFile>),
    Saved(Box<Appraisal>),
}

/// Compares two scenarios or results.
pub(super) fn run(args: &CompareArgs) -> Result<(), Failure> {
    let format = if args.format == Shape::Json { Format::Json } else { Format::Text };
    let (first, second) = (read(args, &args.first, format)?, read(args, &args.second, format)?);
    let examined = (examine(args, &args.first, &first)?, examine(args, &args.second, &second)?);
    let paths = (args.first.display().to_string(), args.second.display().to_string());
    let (a, b) = (subject(&first, examined.0.as_ref()), subject(&second, examined.1.as_ref()));
    let found = comparison::compare((&paths.0, a), (&paths.1, b));
    let Some(output) = &args.output else {
        return match args.format {
            Shape::Json => terminal::json(&found),
            Shape::Text => terminal::print(&table::compare::text(&found)),
        };
    };
    let page = report::render_comparison(&found).map_err(|e| Failure::File(format!("cannot make the page: {e}")))?;
    if output.as_os_str() == "-" {
        return terminal::print(page.trim_end());
    }
    files::replace(&[(output.clone(), page.as_bytes())])?;
    terminal::say(&format!("Comparison: {}", printable(&output.display().to_string())));
    Ok(())
}

fn scenario_args(args: &CompareArgs, path: &Path) -> ScenarioArgs {
    ScenarioArgs { path: path.to_owned(), strict: args.strict }
}

fn read(args: &CompareArgs, path: &Path, format: Format) -> Result<Read, Failure> {
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) {
        return Ok(Read::Saved(Box::new(super::report::saved(path)?)));
    }
    let sources = files::load(path)?;
    let read = super::read_files(&scenario_args(args, path), &sources, format)?;
    Ok(Read::Scenario(Box::new(read), sources))
}

fn examine<'a>(args: &CompareArgs, path: &Path, read: &'a Read) -> Result<Option<Examined<'a>>, Failure> {
    let Read::Scenario(both, _) = read else { return Ok(None) };
    let sampling = Sampling { draws: args.draws, seed: args.seed, no_progress: args.no_progress };
    let (scenario, provenance) = &**both;
    super::examine(&scenario_args(args, path), scenario, provenance.clone(), sampling).map(Some)
}

fn subject<'a>(read: &'a Read, examined: Option<&'a Examined<'a>>) -> Subject<'a> {
    match (read, examined) {
        (Read::Scenario(_, sources), Some(examined)) => Subject::Scenario(examined, sources),
        (Read::Saved(appraisal), _) => Subject::Saved(appraisal),
        (Read::Scenario(..), None) => unreachable!("every scenario that was read is examined"),
    }
}
