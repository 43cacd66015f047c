//! The command line: the only code that opens files, prints, or decides on an exit status.
//!
//! Data goes to standard output, words to standard error. Exit status: 0 done, 1 problems in the
//! scenario, 2 wrong usage, 3 no feasible option or no achievable roadmap, 4 a file cannot be read or written.

mod check;
mod compare;
mod completions;
mod cost;
mod explain;
mod export;
mod files;
mod import;
mod new;
mod optimise;
mod replace;
mod report;
mod run;
mod sampling;
mod schema;
mod score;
mod sensitivity;
mod table;
mod terminal;
mod worksheets;

use crate::appraisal::Examined;
use crate::appraisal::result::{Appraisal, FileDigest, Provenance, Warning};
use crate::scenario::{self, Problems, Scenario, SourceFile, render};
use crate::uncertainty::Progress;
use clap::{Args, Parser, Subcommand, ValueEnum};
use sampling::Sampling;
use std::path::PathBuf;
use std::process::ExitCode;

/// Appraise options for merged NHS trusts: converge on one electronic patient record, interoperate
/// between several, or keep specialist systems.
///
/// A scenario is a folder of TOML and CSV files, or one TOML file. Figures are computed from it and
/// from nothing else; no network is used.
#[derive(Debug, Parser)]
#[command(
    name = "appraise",
    version,
    propagate_version = true,
    after_help = "Exit status: 0 done, 1 problems in the scenario, 2 wrong usage, 3 no feasible option or no achievable roadmap, 4 a file cannot be read or written."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Threads to work with; all cores if not given. Results are the same for any number
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a scenario folder to start from, with placeholder figures and comments
    New(new::NewArgs),
    /// Read a scenario and explain every problem in it
    Check(check::CheckArgs),
    /// Appraise a scenario: appraisal.json, pack.html and workbook.xlsx in a folder, a summary on the terminal
    Run(run::RunArgs),
    /// Gates, measures, values and weighted scores of the options
    Score(score::ScoreArgs),
    /// Costs of the options by category and year
    Cost(cost::CostArgs),
    /// The best achievable roadmap: which service goes where and when, and which links are built, within all limits
    Optimise(optimise::OptimiseArgs),
    /// What would change the answer, and how sure it is: crossings, tornado, switching values, chances, value of information
    Sensitivity(sensitivity::SensitivityArgs),
    /// Any number of the results back to formula, operands, file and line, source and evidence
    Explain(explain::ExplainArgs),
    /// Two scenarios or two results: what changed in the inputs, what moved, and which change moved it by how much
    Compare(compare::CompareArgs),
    /// Make a board pack from an appraisal.json
    Report(report::ReportArgs),
    /// Make sheets to print for the workshop in which panels weigh the criteria
    Worksheets(worksheets::WorksheetsArgs),
    /// Write a scenario as a workbook (.xlsx) to be edited in a spreadsheet program
    Export(export::ExportArgs),
    /// Read a workbook back into a scenario, naming the cell of every problem
    Import(import::ImportArgs),
    /// Print the JSON Schema of a scenario, for editors
    Schema,
    /// Print what a shell needs to complete commands and options
    Completions(completions::CompletionsArgs),
    /// Print the manual page, or write the pages of all commands
    Man(completions::ManArgs),
}

/// A scenario to work on.
#[derive(Debug, Args)]
struct ScenarioArgs {
    /// Folder of .toml and .csv files, or one .toml file
    path: PathBuf,
    /// Treat warnings about the scenario, and measures beyond their anchors, as problems
    #[arg(long)]
    strict: bool,
}

/// How data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables for people
    Text,
    /// JSON
    Json,
    /// CSV
    Csv,
}

/// Why a command ended without doing its work.
enum Failure {
    /// Problems in the scenario, already printed.
    Problems,
    /// No feasible option, or no achievable roadmap; what there is has been written.
    Infeasible,
    /// What was asked cannot be: why.
    Usage(String),
    /// A file cannot be read or written: what, and why.
    File(String),
}

/// Runs the command given by the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    if let Some(jobs) = cli.jobs {
        // Fails only if threads have been set up before, and nothing has run yet.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build_global();
    }
    let done = match cli.command {
        Command::New(args) => new::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Cost(args) => cost::run(&args),
        Command::Optimise(args) => optimise::run(&args),
        Command::Sensitivity(args) => sensitivity::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Worksheets(args) => worksheets::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Schema => schema::run(),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => completions::man(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Problems) => ExitCode::from(1),
        Err(Failure::Infeasible) => ExitCode::from(3),
        Err(Failure::Usage(message)) => {
            terminal::say(&format!("error: {}", render::printable(&message)));
            ExitCode::from(2)
        }
        Err(Failure::File(message)) => {
            terminal::say(&format!("error: {}", render::printable(&message)));
            ExitCode::from(4)
        }
    }
}

/// Reads a scenario; prints its problems where it cannot be used.
fn read(args: &ScenarioArgs, format: Format) -> Result<(Scenario, Provenance), Failure> {
    read_files(args, &files::load(&args.path)?, format)
}

/// The same from files already at hand.
fn read_files(args: &ScenarioArgs, sources: &[SourceFile], format: Format) -> Result<(Scenario, Provenance), Failure> {
    let read = scenario::read(sources);
    let scenario = match read {
        Ok(scenario) => scenario,
        Err(problems) => {
            show_problems(&problems, format, args.strict)?;
            return Err(Failure::Problems);
        }
    };
    if args.strict && !scenario.warnings.list.is_empty() {
        show_problems(&scenario.warnings, format, true)?;
        return Err(Failure::Problems);
    }
    let provenance = Provenance {
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario_sha256: scenario::digest::all(sources),
        parameter_set: scenario.programme.parameters.id.clone(),
        defaults: scenario.programme.frame.defaults.clone(),
        seed: None,
        draws: 0,
        run: String::new(),
        files: sources.iter().map(|s| FileDigest { name: s.name.clone(), sha256: scenario::digest::file(s) }).collect(),
    };
    Ok((scenario, provenance))
}

/// Reads and appraises a scenario.
fn appraise(args: &ScenarioArgs, sampling: Sampling, format: Format) -> Result<Appraisal, Failure> {
    let (scenario, provenance) = read(args, format)?;
    Ok(examine(args, &scenario, provenance, sampling)?.appraisal)
}

/// Appraises a scenario that has been read, and keeps what the result was made from.
fn examine<'a>(
    args: &ScenarioArgs,
    scenario: &'a Scenario,
    mut provenance: Provenance,
    sampling: Sampling,
) -> Result<Examined<'a>, Failure> {
    (provenance.seed, provenance.draws) = (sampling.seed, u64::from(sampling.draws));
    let noted = scenario.warnings.list.iter().map(|p| {
        let at = scenario.warnings.position(p);
        Warning { code: p.code.word().to_owned(), message: format!("{}:{}: {} ({})", at.file, at.line, p.message, p.hint) }
    });
    let (noted, progress) = (noted.collect(), Progress::default());
    let examined = sampling::watched(sampling, &progress, || {
        crate::appraisal::examined(&scenario.programme, &scenario.plans, provenance, noted, &progress)
    });
    within_anchors(args, &examined.appraisal.warnings)?;
    Ok(examined)
}

/// Under `--strict` a measure beyond its anchors counts as a problem.
fn within_anchors(args: &ScenarioArgs, warnings: &[Warning]) -> Result<(), Failure> {
    let beyond: Vec<&Warning> = warnings.iter().filter(|w| w.code == "outside_anchors").collect();
    if args.strict && !beyond.is_empty() {
        for warning in beyond {
            terminal::say(&format!("error[{}]: {}", warning.code, render::printable(&warning.message)));
        }
        return Err(Failure::Problems);
    }
    Ok(())
}

/// Prints problems: as JSON to standard output, or with their lines underlined to standard error.
fn show_problems(problems: &Problems, format: Format, strict: bool) -> Result<(), Failure> {
    if format == Format::Json {
        return terminal::json(&render::records(problems));
    }
    terminal::say(render::text(problems, terminal::styled()).trim_end());
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let (errors, warnings) = (problems.errors(), problems.warnings());
    let last = match (errors, strict && warnings > 0) {
        (0, false) => "the scenario can be used as it is",
        (0, true) => "under --strict a warning counts as a problem",
        _ => "mend them and run the command again",
    };
    terminal::say(&format!("\n{}, {}: {last}", count(errors, "problem"), count(warnings, "warning")));
    Ok(())
}
