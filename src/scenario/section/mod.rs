//! The sections of a scenario, one file for each group of them: the keys they take, and how they
//! become part of a programme.

pub(super) mod archive;
pub(super) mod bias;
pub(super) mod contract;
pub(super) mod correlation;
pub(super) mod criterion;
pub(super) mod estate;
pub(super) mod external_end;
pub(super) mod frame;
pub(super) mod funding;
pub(super) mod limit;
pub(super) mod link;
pub(super) mod longlist;
pub(super) mod migration;
pub(super) mod money;
pub(super) mod optimise;
pub(super) mod option;
pub(super) mod paper;
pub(super) mod preference;
pub(super) mod run;
pub(super) mod stream;
pub(super) mod weight_statement;
pub(super) mod what_if;

use super::document::{Node, Table, Value};
use super::problem::{Code, Problem};
use crate::scenario::fields::{Fields, Spec};
use crate::scenario::kind::Kind;
use crate::scenario::reading::Reading;

/// One section: its name, what it is for, and what stands in the section itself (`Single`) or in each
/// entry of it (`Ordered`, `Keyed`).
#[derive(Debug, Clone, Copy)]
pub(super) struct Section {
    /// Name of the TOML table and of the CSV file.
    pub name: &'static str,
    /// Whether entries have ids.
    pub shape: Shape,
    /// What it is for.
    pub doc: &'static str,
    /// What the section holds, or each entry in it: a table with its keys, or a map.
    pub entry: Kind,
}

impl Section {
    /// The keys of its table; none for a map.
    pub(super) fn fields(&self) -> Spec {
        match self.entry {
            Kind::Table(spec) => spec,
            _ => &[],
        }
    }
}

/// Whether a section is one table or many with ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One table.
    Single,
    /// Tables with ids, in the order written.
    Ordered,
    /// Tables with ids whose order has no meaning; they are sorted by id.
    Keyed,
}

/// All sections, in the order of the scenario reference.
pub(super) const SECTIONS: &[Section] = &[
    frame::APPRAISAL,
    frame::PAPER,
    paper::NARRATIVE,
    paper::OBJECTIVES,
    paper::SUCCESS_FACTORS,
    paper::NEXT_STEPS,
    frame::SOURCES,
    money::DEFLATOR,
    bias::OPTIMISM_BIAS,
    funding::FUNDING,
    estate::ORGANISATIONS,
    estate::PRODUCTS,
    estate::INSTANCES,
    external_end::EXTERNAL_ENDS,
    estate::CAPABILITIES,
    estate::NEEDS,
    estate::SERVICES,
    contract::CONTRACTS,
    link::LINKS,
    estate::FLOWS,
    estate::SAME_INSTANCE,
    estate::BURDEN,
    migration::ROLES,
    migration::STAFF_TIME,
    migration::MIGRATION,
    migration::COMMITMENTS,
    stream::ASSETS,
    stream::STREAMS,
    stream::RISKS,
    correlation::DRIVERS,
    correlation::CORRELATIONS,
    limit::MILESTONES,
    limit::FREEZES,
    limit::PRECEDENCE,
    limit::HAZARDS,
    limit::APPROVALS,
    longlist::LONGLIST,
    option::GATES,
    option::OPTIONS,
    optimise::OPTIMISE,
    what_if::WHAT_IFS,
    criterion::CRITERIA,
    criterion::PANELS,
];

/// Keys that stand in a section itself, beside its entries.
pub(super) fn beside(section: &str) -> Spec {
    if section == "criteria" { criterion::READY } else { &[] }
}

/// The tables of a keyed section, opened, in the programme's order.
pub(super) fn entries<'r>(reading: &'r Reading, root: &'r Table, section: &Section) -> Vec<(String, Fields<'r>)> {
    let Some(Node { value: Value::Table(table), .. }) = root.get(section.name) else { return Vec::new() };
    reading
        .ids(section.name)
        .filter_map(|id| match table.get(id).map(|n| &n.value) {
            Some(Value::Table(entry)) => {
                Some((id.to_owned(), reading.open(format!("{}.{id}", section.name), entry, section.fields())))
            }
            _ => None,
        })
        .collect()
}

/// The table of a single section, if it is there.
pub(super) fn single<'r>(reading: &'r Reading, root: &'r Table, section: &Section) -> Option<Fields<'r>> {
    let node = root.get(section.name)?;
    if let Value::Table(table) = &node.value {
        Some(reading.open(section.name, table, section.fields()))
    } else {
        let message = format!("`{}` must be a table, not {}", section.name, node.value.kind());
        reading.report(
            Problem::new(Code::WrongKind, node.at, message).hint(format!("write [{}] and put its keys below", section.name)),
        );
        None
    }
}
