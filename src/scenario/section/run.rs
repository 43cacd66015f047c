//! `run_cost` and `run` of `[instances]`.

use crate::assumption::Unit;
use crate::programme::{InstanceRun, OrganisationIx, RoleIx, RunStaff};
use crate::scenario::fields::{Field, Fields, PROVENANCE, may};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem};

const OWN: &[Field] = &[
    may(
        "wte",
        Kind::Map(Keys::Of("roles"), &Kind::Number(Unit::Wte)),
        "People who run it, in whole-time equivalents by role; priced by `days_per_year` x the role's day rate",
    ),
    may("days_per_year", Kind::Number(Unit::Days), "Working days a year of a whole-time equivalent; 220 if not given"),
    may(
        "other",
        Kind::Number(Unit::PoundsPerYear),
        "Everything else that is not in a contract: hosting, integration, reports, training; year-0 prices",
    ),
    may(
        "step_down_months",
        Kind::Number(Unit::Months),
        "Months for which all of it goes on after the last use, since staff and hosting are not gone the day after; none if not given",
    ),
    may("body", Kind::Id("organisations"), "Who bears it; the operator if not given"),
];

/// Keys of `run`.
pub(super) const RUN: &[&[Field]] = &[OWN, PROVENANCE];

/// 260 weekdays less 8 public holidays and 32 days of leave.
const DAYS: f64 = 220.0;

/// Reads what it takes to run an instance.
pub(super) fn read(f: &Fields<'_>) -> InstanceRun {
    let amount = f.number("run_cost", Unit::PoundsPerYear);
    let Some(run) = f.sub("run", RUN) else { return InstanceRun { other: amount, ..InstanceRun::default() } };
    run.check_provenance();
    if f.has("run_cost") {
        let message = format!("what it takes to run `{}` is given in all, and in parts as well", f.path);
        let problem = Problem::new(Code::CostTwice, f.at("run_cost"), message).also(f.at("run"), "in parts here");
        f.reading.report(problem.hint("keep `run_cost`, or `run` with people by role and `other`: never both"));
    }
    if !run.has("wte") && !run.has("other") {
        let problem = Problem::new(Code::MissingKey, run.table.at, format!("`{}` costs nothing", run.path));
        f.reading.report(problem.hint("give `wte` with people by role, `other` with pounds a year, or both"));
    }
    InstanceRun {
        staff: staff(&run),
        other: run.number("other", Unit::PoundsPerYear),
        step_down: run.number("step_down_months", Unit::Months),
        body: run.reference("body", "organisations").map(OrganisationIx),
    }
}

/// In the order of the roles, whatever order they are written in.
fn staff(run: &Fields<'_>) -> Vec<RunStaff> {
    let mut people = run.entries("wte");
    people.sort_by_key(|(role, ..)| *role);
    if people.is_empty() {
        return Vec::new();
    }
    let days_per_year =
        run.number_or("days_per_year", Unit::Days, DAYS, "260 weekdays less 8 public holidays and 32 days of leave");
    let read = |(role, at, node)| {
        let ix = run.reading.resolve("roles", role, at);
        let wte = run.number_at(&format!("wte.{role}"), node, Unit::Wte);
        Some(RunStaff { role: RoleIx(ix?), wte: wte?, days_per_year })
    };
    people.into_iter().filter_map(read).collect()
}
