//! `appraise optimise`.

use super::{Failure, Format, ScenarioArgs, files, table, terminal};
use crate::appraisal::result::{Optimiser, SCHEMA_VERSION};
use crate::appraisal::{self, COMPARED, NODES, OverDraws, PLANS, Question, RoadmapProgress};
use crate::optimiser::{Effort, Goal};
use crate::programme::{Aim, OptionIx, Programme};
use crate::quantity::{fixed, pounds_short};
use crate::scenario::number;
use crate::scoring;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Arguments of `optimise`.
#[derive(Debug, Args)]
pub(super) struct OptimiseArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// What is wanted of the roadmap: the least net present cost, or the highest score; that of `[optimise]` if not given
    #[arg(long, value_enum, conflicts_with_all = ["within", "least"])]
    goal: Option<Wanted>,
    /// The highest score within this net present cost, such as 12000000 or £12m
    #[arg(long, value_name = "POUNDS", value_parser = pounds, conflicts_with = "least")]
    within: Option<f64>,
    /// The least net present cost with at least this score
    #[arg(long = "for", value_name = "POINTS", id = "least", allow_negative_numbers = true, value_parser = points)]
    least: Option<f64>,
    /// Only the dates of this option: where services go stays as it says
    #[arg(long, value_name = "OPTION")]
    schedule: Option<String>,
    /// Plans to try for each roadmap that is sought [default: those of `[optimise]`, or 20000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    plans: Option<u64>,
    /// Nodes of branch and bound to visit for each [default: those of `[optimise]`, or 1000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=1_000_000_000))]
    nodes: Option<u64>,
    /// Seed of what is tried, in place of that of the scenario; the same seed gives the same roadmap
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=9_007_199_254_740_991))]
    seed: Option<u64>,
    /// Points of the frontier of score against net present cost, each a roadmap of its own
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=200))]
    frontier: Option<u16>,
    /// Ask what single limits cost: teams, go-lives in a quarter, freezes, what services wait for, money
    #[arg(long)]
    limit_prices: bool,
    /// Ask what better dates would save each option, its moves and links as they are
    #[arg(long)]
    dates: bool,
    /// Draws of all that is uncertain on which the roadmap is compared with other plans; 0 for none
    #[arg(long, value_name = "N", default_value_t = COMPARED, value_parser = clap::value_parser!(u64).range(0..=100_000))]
    draws: u64,
    /// Also seek the roadmap that is best over so many draws and not on central figures; each plan tried takes as many times
    /// as long
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=200))]
    over_draws: Option<u64>,
    /// What of these draws is to be least, such as 0.8 for P80 [default: their mean]
    #[arg(long, value_name = "SHARE", requires = "over_draws", value_parser = share)]
    quantile: Option<f64>,
    /// Also write the question for the cheapest roadmap as a mixed-integer program (LP format), for another solver to check
    #[arg(long, value_name = "FILE.lp", conflicts_with_all = ["within", "least"])]
    write_model: Option<PathBuf>,
    /// Say nothing of how far it is
    #[arg(long)]
    no_progress: bool,
    /// How it is printed; csv gives one row for each slot of each service
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// What is wanted of a roadmap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Wanted {
    /// The least net present cost
    Cost,
    /// The highest score at the combined weights
    Score,
}

/// A roadmap on its own.
#[derive(Debug, Serialize)]
struct Found<'a> {
    schema_version: u32,
    optimiser: &'a Optimiser,
}

fn pounds(text: &str) -> Result<f64, String> {
    points(text).and_then(|x| if x >= 0.0 { Ok(x) } else { Err("a cost limit is not negative".to_owned()) })
}

fn share(text: &str) -> Result<f64, String> {
    let value = number::number(text).map(|n| n.value).ok_or_else(|| "not a number".to_owned())?;
    if (0.5..=0.99).contains(&value) { Ok(value) } else { Err("give a share from 0.5 to 0.99, such as 0.8".to_owned()) }
}

fn points(text: &str) -> Result<f64, String> {
    number::number(text).filter(|n| !n.percent).map(|n| n.value).ok_or_else(|| "not a number".to_owned())
}

/// Finds the best achievable roadmap, or says why there is none.
pub(super) fn run(args: &OptimiseArgs) -> Result<(), Failure> {
    let (scenario, _) = super::read(&args.scenario, args.format)?;
    let programme = &scenario.programme;
    let question = question(args, programme)?;
    if let Some(path) = &args.write_model {
        if question.goal != Goal::Cost {
            return Err(Failure::Usage(
                "only the question for the cheapest roadmap is a program: ask for --goal cost".to_owned(),
            ));
        }
        let text = appraisal::roadmap_program(programme, question.schedule);
        files::replace(&[(path.clone(), text.as_bytes())])?;
    }
    let progress = Arc::new(RoadmapProgress::default());
    stop_on_interrupt(&progress);
    let found = watched(args, &progress, || appraisal::roadmap(programme, &scenario.plans, &question, &progress));
    match args.format {
        Format::Text => terminal::print(&table::optimise::text(programme, &found))?,
        Format::Csv => terminal::print(table::optimise::csv(programme, &found).trim_end())?,
        Format::Json => terminal::json(&Found { schema_version: SCHEMA_VERSION, optimiser: &found })?,
    }
    if found.objective.is_none() { Err(Failure::Infeasible) } else { Ok(()) }
}

/// The first interrupt from the keyboard ends the search with the best so far, the second the program.
fn stop_on_interrupt(progress: &Arc<RoadmapProgress>) {
    let progress = Arc::clone(progress);
    // Where no handler can be set, an interrupt ends the program, as it does everywhere.
    let _ = ctrlc::set_handler(move || {
        if progress.watch().is_stopped() {
            std::process::exit(INTERRUPTED);
        }
        progress.watch().stop();
        terminal::say("Stopping with the best roadmap so far; interrupt again to end at once.");
    });
}

/// What a shell gives for a program that an interrupt ended.
const INTERRUPTED: i32 = 130;

fn question(args: &OptimiseArgs, programme: &Programme) -> Result<Question, Failure> {
    let optimise = &programme.optimise;
    let aim = match (args.goal, optimise.aim) {
        (Some(Wanted::Cost), _) | (None, Aim::Cost) => Goal::Cost,
        (Some(Wanted::Score), _) | (None, Aim::Score) => Goal::Score,
    };
    let goal = args.within.map(Goal::ScoreWithin).or(args.least.map(Goal::CostFor)).unwrap_or(aim);
    let scored = scoring::combined(&programme.tree, &programme.panels).is_some();
    if goal != Goal::Cost && !scored {
        return Err(Failure::Usage("the scenario has no score that all panels come to; ask for --goal cost".to_owned()));
    }
    if args.frontier.is_some() && !scored {
        return Err(Failure::Usage(
            "a frontier is of score against cost, and the scenario has no score that all panels come to".to_owned(),
        ));
    }
    if programme.services.is_empty() {
        return Err(Failure::Usage("the scenario describes no services, so there is nothing to find a roadmap for".to_owned()));
    }
    let schedule = args.schedule.as_ref().map(|id| {
        let found = programme.options.iter().position(|o| o.id == *id).map(OptionIx);
        let ids: Vec<&str> = programme.options.iter().map(|o| o.id.as_str()).collect();
        found.ok_or_else(|| Failure::Usage(format!("no option has the id `{id}`; there are {}", ids.join(", "))))
    });
    Ok(Question {
        schedule: schedule.transpose()?,
        goal,
        effort: Effort {
            plans: args.plans.or(optimise.plans).unwrap_or(PLANS),
            nodes: args.nodes.or(optimise.nodes).unwrap_or(NODES),
            seed: args.seed.unwrap_or(programme.frame.seed),
        },
        frontier: args.frontier.map_or(optimise.frontier, usize::from),
        limit_prices: args.limit_prices || optimise.limit_prices,
        dates: args.dates || optimise.dates,
        draws: args.draws,
        over: match args.over_draws {
            Some(draws) => Some(OverDraws { draws, quantile: args.quantile }),
            None => OverDraws::of(optimise),
        }
        .filter(|_| args.draws > 0),
    })
}

/// Work that takes less than this needs no word on how far it is.
const SOON: Duration = Duration::from_secs(1);

/// How often the line is written anew.
const STEP: Duration = Duration::from_millis(50);

/// Does work while saying on standard error how many roadmaps have been sought, on a line that is overwritten. Nothing is
/// said where standard error is not a terminal.
fn watched<T>(args: &OptimiseArgs, progress: &RoadmapProgress, work: impl FnOnce() -> T) -> T {
    if args.no_progress || !std::io::stderr().is_terminal() {
        return work();
    }
    let finished = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| tell(progress, &finished));
        let result = work();
        finished.store(true, Ordering::Release);
        result
    })
}

/// How far it is: roadmaps, and of the one at hand the plan, the bound and what lies between.
fn told(done: u64, all: u64, so_far: (Option<f64>, Option<f64>)) -> String {
    let best = so_far.0.map(|best| format!("; best so far {}", pounds_short(best)));
    let bound = so_far.1.map(|bound| format!("; bound {}", pounds_short(bound)));
    let gap = so_far.0.zip(so_far.1).map(|(best, bound)| {
        let gap = (best - bound).max(0.0);
        let share = if best.abs() > 0.0 { 100.0 * gap / best.abs() } else { 0.0 };
        format!("; gap {} ({}%)", pounds_short(gap), fixed(share, 2))
    });
    let parts: String = [best, bound, gap].into_iter().flatten().collect();
    format!("{done} of {all} roadmaps sought{parts}")
}

fn tell(progress: &RoadmapProgress, finished: &AtomicBool) {
    let mut waited = Duration::ZERO;
    while !finished.load(Ordering::Acquire) {
        std::thread::sleep(STEP);
        waited += STEP;
        if waited > SOON {
            let (done, all) = progress.so_far();
            terminal::overwrite(&told(done, all, progress.watch().so_far()));
        }
    }
    if waited > SOON {
        terminal::overwrite("");
    }
}
