//! Reading a scenario: files of TOML and CSV in, a valid programme with its plans out, or every
//! problem at once.
//!
//! Reading does no appraisal sums. It opens no file either: the command line does that.

mod check;
mod csv;
mod defaults;
pub mod digest;
mod document;
mod estimate;
mod fields;
mod kind;
pub mod number;
pub mod outline;
pub mod problem;
mod reading;
pub mod reference;
pub mod render;
pub mod schema;
mod section;
mod shape;
pub mod workbook;

pub use document::{Files, Position, SourceFile, Span};
pub use problem::{Problem, Problems, Severity};

use crate::plan::Plan;
use crate::programme::Programme;
use document::{Table, Value};
use indexmap::IndexMap;
use problem::Code;
use reading::Reading;
use section::Shape;
use section::{
    bias, contract, correlation, criterion, estate, external_end, frame, funding, limit, link, longlist, migration, money,
    optimise, option, paper, stream, what_if,
};

/// Whether an id can name a folder: letters, digits, `-`, `_` and `.`, which does not come first.
#[must_use]
pub fn names_a_folder(id: &str) -> bool {
    !id.is_empty() && !id.starts_with('.') && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// A scenario that can be appraised.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The case.
    pub programme: Programme,
    /// The plan of each option, in order.
    pub plans: Vec<Plan>,
    /// Warnings, with the files they point into.
    pub warnings: Problems,
}

/// Reads a scenario.
///
/// # Errors
/// Every problem found, if any of them is an error.
pub fn read(sources: &[SourceFile]) -> Result<Scenario, Problems> {
    let mut problems = Vec::new();
    let (files, root) = document::parse(sources, &mut problems);
    if root.entries.is_empty() && problems.is_empty() {
        let at = Span { file: 0, start: 0, end: 0 };
        let mut files = files;
        if sources.is_empty() {
            files = document::parse(&[SourceFile { name: "scenario.toml".into(), bytes: Vec::new() }], &mut problems).0;
        }
        problems.push(
            Problem::new(Code::Empty, at, "there is no scenario here")
                .hint("a scenario is a .toml file, or a folder with .toml and .csv files, that has an [appraisal]"),
        );
        return Err(Problems::new(files, problems));
    }
    read_tree(files, root, problems)
}

/// Reads a scenario from its tree, with what was found wrong while the tree was made.
fn read_tree(files: Files, mut root: Table, mut problems: Vec<Problem>) -> Result<Scenario, Problems> {
    // A file that is not text would set off a fault for everything it should have held.
    if problems.iter().any(|p| matches!(p.code, Code::NotText | Code::CsvShape)) {
        return Err(Problems::new(files, problems));
    }
    if let Some(problem) = defaults::nothing_to_fill(&root) {
        // All that refers to services would follow from it.
        problems.push(problem);
        return Err(Problems::new(files, problems));
    }
    problems.extend(defaults::none_named(&root));
    defaults::fill(&mut root);
    let ids = ids(&root, &mut problems);
    let reading = Reading::new(files, problems, ids);
    let (built, period_known) = build(&reading, &root).unzip();
    let plans = match &built {
        Some(programme) if !reading.has_errors() => check::plans(&reading, programme),
        _ => Vec::new(),
    };
    if let Some(programme) = &built {
        check::programme(&reading, programme);
    }
    let failed = reading.has_errors();
    let (files, mut list, register) = reading.finish();
    if period_known == Some(false) {
        // Said of a period that only stands in for the scenario's own.
        list.retain(|p| !matches!(p.code, Code::OutsidePeriod | Code::DeflatorYear));
    }
    let problems = Problems::new(files, list);
    match built {
        Some(mut programme) if !failed => {
            programme.register = register;
            Ok(Scenario { programme, plans, warnings: problems })
        }
        _ => Err(problems),
    }
}

/// The ids of every section, sorted where their order has no meaning; unknown sections are reported.
fn ids(root: &Table, problems: &mut Vec<Problem>) -> IndexMap<String, IndexMap<String, Span>> {
    let mut all = IndexMap::new();
    for (key, (at, node)) in &root.entries {
        let Some(section) = section::SECTIONS.iter().find(|s| s.name == key) else {
            let names: Vec<&str> = section::SECTIONS.iter().map(|s| s.name).collect();
            let hint = problem::did_you_mean(key, names.iter().copied())
                .map_or_else(|| format!("the sections are {}", problem::one_of(&names)), |c| format!("did you mean `{c}`?"));
            problems.push(Problem::new(Code::UnknownSection, *at, format!("there is no section `{key}`")).hint(hint));
            continue;
        };
        if section.shape == Shape::Single {
            continue;
        }
        let Value::Table(table) = &node.value else {
            let message = format!("`{key}` must hold tables with ids, not {}", node.value.kind());
            problems.push(
                Problem::new(Code::WrongKind, node.at, message).hint(format!("write [{key}.some_id] and put its keys below")),
            );
            continue;
        };
        let mut ids: IndexMap<String, Span> = IndexMap::new();
        for (id, (at, node)) in &table.entries {
            if id.trim().is_empty() || id.chars().any(char::is_control) {
                let problem =
                    Problem::new(Code::MissingKey, *at, format!("an id in [{key}] is empty or holds control characters"));
                problems.push(problem.hint("give it a name of letters, digits, `_` and `-`"));
            }
            if matches!(node.value, Value::Table(_)) {
                ids.insert(id.clone(), *at);
            } else if key == "criteria" && id == "use" {
                let hint = problem::one_of(&defaults::READY_TREES);
                let message = "there is no ready tree of criteria of this name";
                problems.push(Problem::new(Code::UnknownChoice, node.at, message).hint(format!("write {hint}")));
            } else {
                let message = format!("`{key}.{id}` must be a table, not {}", node.value.kind());
                problems.push(
                    Problem::new(Code::WrongKind, node.at, message).hint(format!("write [{key}.{id}] and put its keys below")),
                );
            }
        }
        if section.shape == Shape::Keyed {
            ids.sort_keys();
        }
        all.insert(key.clone(), ids);
    }
    all
}

/// The programme, and whether its period is that of the scenario.
fn build(reading: &Reading, root: &Table) -> Option<(Programme, bool)> {
    let opening = frame::read(reading, root)?;
    let period = opening.frame.period;
    let (products, capabilities) = estate::products(reading, root);
    let services = estate::services(reading, root);
    let options = option::read(reading, root, &period);
    let tree = criterion::tree(reading, root, options.len());
    let (move_kinds, move_rule) = migration::kinds(reading, root);
    let deflator = money::deflator(reading, root, &period);
    let links = link::read(reading, root);
    let mut programme = Programme {
        paper: paper::read(reading, root),
        funding: funding::read(reading, root, &period),
        sources: frame::sources(reading, root),
        deflator: deflator.clone(),
        biases: bias::biases(reading, root, &opening.parameters),
        organisations: estate::organisations(reading, root),
        instances: estate::instances(reading, root, &products),
        products,
        capabilities,
        contracts: contract::read(reading, root, &services, &period, &deflator),
        external_ends: external_end::read(reading, root),
        flows: estate::flows(reading, root),
        shared_staff: Vec::new(),
        same_instance: estate::same_instance(reading, root),
        history: estate::history(reading, root),
        burden: estate::burden(reading, root),
        roles: migration::roles(reading, root),
        move_kinds,
        move_rule,
        staff: migration::staff_time(reading, root),
        commitments: migration::commitments(reading, root, &services, &period),
        milestones: limit::milestones(reading, root),
        freezes: limit::freezes(reading, root, &services),
        precedence: limit::precedence(reading, root, &services),
        hazards: limit::hazards(reading, root),
        approvals: limit::approvals(reading, root),
        drivers: correlation::drivers(reading, root),
        correlations: correlation::correlations(reading, root),
        what_ifs: what_if::what_ifs(reading, root),
        services,
        assets: stream::assets(reading, root),
        streams: stream::streams(reading, root, &period),
        risks: stream::risks(reading, root, &period),
        longlist: longlist::read(reading, root, &options),
        judged_gates: option::gates(reading, root),
        panels: criterion::panels(reading, root, &tree, opening.combination),
        tree,
        options,
        optimise: optimise::read(reading, root, &period, &links),
        links,
        frame: opening.frame,
        parameters: opening.parameters,
        register: crate::assumption::Register::default(),
    };
    external_end::needed(&mut programme.services, &programme.instances);
    programme.shared_staff = crate::programme::SharedStaff::of(&programme.flows, &programme.services);
    Some((programme, opening.period_known))
}
