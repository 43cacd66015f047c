//! `appraise check`.

use super::{Failure, Format, ScenarioArgs, terminal};
use crate::assumption::{Evidence, Origin, Register};
use crate::scenario::render::printable;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How problems are printed
    #[arg(long, value_parser = PossibleValuesParser::new(["text", "json"]).map(|word| if word == "json" { Format::Json } else { Format::Text }), default_value = "text")]
    format: Format,
}

/// Reads a scenario and says what is wrong with it, and what its numbers rest on.
pub(super) fn run(args: &CheckArgs) -> Result<(), Failure> {
    let (scenario, _) = super::read(&args.scenario, args.format)?;
    if args.format == Format::Json || !scenario.warnings.list.is_empty() {
        super::show_problems(&scenario.warnings, args.format, false)?;
    }
    let programme = &scenario.programme;
    let (warnings, defaults) = crate::appraisal::checked(programme, &scenario.plans);
    super::within_anchors(&args.scenario, &warnings)?;
    // In JSON the problems are the data, and these are words beside them.
    let tell = |text: String| {
        if args.format == Format::Json {
            terminal::say(&text);
            Ok(())
        } else {
            terminal::print(&text)
        }
    };
    tell(format!(
        "{}: {} options, {} services, {} systems, {} contracts; no problems",
        printable(&programme.frame.title),
        programme.options.len(),
        programme.services.len(),
        programme.instances.len(),
        programme.contracts.len()
    ))?;
    tell(grades(&programme.register))?;
    if let Some(defaults) = defaults {
        tell(printable(&defaults.sentence))?;
    }
    for warning in warnings {
        tell(printable(&format!("warning[{}]: {}", warning.code, warning.message)))?;
    }
    Ok(())
}

/// "61 values given (12 sourced, 30 estimates, 19 without source), 14 defaulted".
fn grades(register: &Register) -> String {
    let given = || register.iter().filter(|(_, a)| a.origin == Origin::Given);
    let of = |grade: Evidence| given().filter(|(_, a)| a.evidence == grade).count();
    let parts = Evidence::ALL.iter().map(|g| (of(*g), if *g == Evidence::None { "without source" } else { g.word() }));
    let parts: Vec<String> = parts.filter(|(n, _)| *n > 0).map(|(n, w)| format!("{n} {w}")).collect();
    let parts = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
    format!("{} values given{parts}, {} defaulted", given().count(), register.len() - given().count())
}
