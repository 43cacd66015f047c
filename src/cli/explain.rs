//! `appraise explain`.

use super::sampling::Sampling;
use super::{Failure, Format, ScenarioArgs, files, table, terminal};
use crate::explain::{AssumptionBasis, Explainer, Explanation, Unknown};
use crate::scenario::render::printable;
use clap::{Args, ValueEnum};
use serde::Serialize;

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "Without ITEM, lists what can be asked. Examples of ITEM:\n  \
options.converge.cost.npc\n  options.converge.cost.by_year.2027/28.service\n  options.converge.score\n  \
options.converge.contributions.usability\n  options.converge.dual_running.overlap\n  options.converge.effort.person_days\n  \
criteria.usability.weight\n  contracts.rio.lines.users.per_user   (an assumption, by its id)")]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// What to explain: the path of a number in appraisal.json, or the id of an assumption; lists what can be asked if left out
    item: Option<String>,
    /// How many floors of operands are shown as text
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(0..=64))]
    depth: u8,
    /// How many operands of a number are shown as text, biggest first
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    width: u32,
    /// How the explanation is printed; json is complete, whatever the depth
    #[arg(long, value_enum, default_value = "text")]
    format: Shape,
    #[command(flatten)]
    sampling: Sampling,
}

/// How an explanation is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// A tree for people
    Text,
    /// JSON, in full
    Json,
}

/// An explanation with all that is known of the numbers under it.
#[derive(Debug, Serialize)]
struct Explained<'a> {
    schema_version: u32,
    explanation: &'a Explanation,
    assumptions: Vec<AssumptionBasis<'a>>,
}

/// Explains a number, or lists what can be asked.
pub(super) fn run(args: &ExplainArgs) -> Result<(), Failure> {
    let format = if args.format == Shape::Json { Format::Json } else { Format::Text };
    let sources = files::load(&args.scenario.path)?;
    let (scenario, provenance) = super::read_files(&args.scenario, &sources, format)?;
    let examined = super::examine(&args.scenario, &scenario, provenance.clone(), Sampling::NONE)?;
    let explainer = Explainer::new(&examined, &sources);
    let Some(item) = &args.item else {
        return match args.format {
            Shape::Json => terminal::json(&explainer.groups()),
            Shape::Text => terminal::print(&table::explain::groups(&explainer)),
        };
    };
    match explainer.explain(item) {
        Ok(explanation) => show(args, &explainer, &explanation),
        // What is read off draws is there once they are made.
        Err(_) if args.sampling.draws > 0 && Explainer::is_drawn(item) => {
            let examined = super::examine(&args.scenario, &scenario, provenance, args.sampling)?;
            let explainer = Explainer::new(&examined, &sources);
            let found = explainer.explain(item).map_err(|unknown| refused(args, item, &unknown))?;
            show(args, &explainer, &found)
        }
        Err(unknown) => Err(refused(args, item, &unknown)),
    }
}

fn show(args: &ExplainArgs, explainer: &Explainer<'_>, explanation: &Explanation) -> Result<(), Failure> {
    match args.format {
        Shape::Json => terminal::json(&Explained {
            schema_version: crate::appraisal::result::SCHEMA_VERSION,
            explanation,
            assumptions: explainer.bases(&explanation.assumptions()),
        }),
        Shape::Text => {
            let width = usize::try_from(args.width).unwrap_or(usize::MAX);
            terminal::print(&table::explain::tree(explainer, explanation, (usize::from(args.depth), width)))
        }
    }
}

/// How many paths are named in a message.
const NAMED: usize = 12;

fn refused(args: &ExplainArgs, item: &str, unknown: &Unknown) -> Failure {
    let list = format!("appraise explain {}", printable(&args.scenario.path.display().to_string()));
    let named = |paths: &[String]| paths.iter().take(NAMED).map(|p| format!("`{p}`")).collect::<Vec<_>>().join(", ");
    Failure::Usage(match unknown {
        Unknown::NoSuch(near) if near.is_empty() => {
            format!("nothing in the results is called `{item}`; `{list}` lists what can be asked")
        }
        Unknown::NoSuch(near) => {
            format!("nothing in the results is called `{item}`; did you mean {}? `{list}` lists what can be asked", named(near))
        }
        Unknown::Holds(paths) => {
            let more = paths.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("`{item}` is not one number; it holds {}{more}", named(paths))
        }
    })
}
