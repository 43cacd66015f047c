//! What a scenario leaves out and a library of defaults has: filled into the tree before anything is read, so that
//! every rule holds for it as for what was written. What is filled knows that it is, and what it rests on.

mod flows;
mod products;
mod template;

use super::document::{Node, Span, Table, Value};
use super::number;
use super::problem::{Code, Problem};
use crate::assumption::Evidence;
use crate::parameters::{self, Library, ReferenceTag};
use template::Template;

pub(super) use template::READY_TREES;

/// A figure of a library in the place of one that the scenario does not give.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filled {
    /// Low, likely, high.
    pub range: [f64; 3],
    /// Its unit in words.
    pub unit: String,
    /// Grade.
    pub evidence: Evidence,
    /// Ids of sources, separated by `;`.
    pub source: Option<String>,
    /// The figure it is, and why this value.
    pub basis: String,
    /// The figure that it follows, where several follow one.
    pub varies_with: Option<String>,
}

impl Filled {
    /// A figure of a library.
    fn of(library: &Library, id: &str) -> Self {
        let figure = library.figure(id).expect("what a template names is in the library (tested)");
        Self {
            range: figure.range,
            unit: figure.unit.clone(),
            evidence: grade(figure.tag),
            source: (!figure.source.is_empty()).then(|| figure.source.join("; ")),
            basis: format!("Default of {}, {id}: {}", library.id, figure.basis),
            varies_with: None,
        }
    }

    /// The figure times another number that it rests on as well: what comes out is no better than an estimate.
    fn times(mut self, by: f64, unit: &str, why: &str) -> Self {
        self.range = self.range.map(|x| x * by);
        unit.clone_into(&mut self.unit);
        self.evidence = self.evidence.max(Evidence::Estimate);
        self.basis = format!("{}; {why}", self.basis);
        self
    }
}

fn grade(tag: ReferenceTag) -> Evidence {
    match tag {
        ReferenceTag::Sourced => Evidence::Sourced,
        ReferenceTag::Derived => Evidence::Derived,
        ReferenceTag::Estimate => Evidence::Estimate,
        ReferenceTag::Unchecked => Evidence::Unchecked,
    }
}

/// The library that a scenario names, if it names one that is shipped.
fn named(root: &Table) -> Option<(Library, Span)> {
    let Some(Value::Table(appraisal)) = root.get("appraisal").map(|n| &n.value) else { return None };
    let node = appraisal.get("defaults")?;
    let Value::Text(id) = &node.value else { return None };
    // One of another name is refused; what it would have filled is no problem besides.
    let library =
        parameters::library(id.trim()).or_else(|| parameters::library(parameters::libraries().into_iter().next_back()?));
    Some((library?, node.at))
}

/// A scenario of systems with a library of defaults, and with no services: a file is missing, and everything else
/// follows from that.
pub(super) fn nothing_to_fill(root: &Table) -> Option<Problem> {
    let (_, at) = named(root)?;
    (root.get("services").is_none() && root.get("instances").is_some()).then(|| {
        Problem::new(
            Code::MissingKey,
            at,
            "the scenario has systems and no [services] that use them, so defaults cannot be filled",
        )
        .hint("add services.csv beside this file, with columns id, name, line, organisation, place, system, users, contacts")
    })
}

/// A contract by its yearly value alone needs a library, and so does what else is left out beside it.
pub(super) fn none_named(root: &Table) -> Option<Problem> {
    let Some(Value::Table(appraisal)) = root.get("appraisal").map(|n| &n.value) else { return None };
    let short = |t: &Table| {
        t.get("annual").is_some() && ["fixed_share", "lines"].iter().all(|k| t.get(k).is_none()) && t.get("instance").is_some()
    };
    let asked = appraisal.get("defaults").is_none() && tables(root, "contracts").iter().any(|(_, t)| short(t));
    asked.then(|| {
        let library = parameters::libraries().into_iter().next_back().unwrap_or_default();
        let message = "the scenario leaves out what a library of defaults has, and names none";
        let hint =
            format!("add defaults = \"{library}\" to [appraisal]: it fills most of what is missing below; or give all of it");
        Problem::new(Code::MissingKey, appraisal.at, message).hint(hint).leading()
    })
}

/// Fills what is left out. What is written stays as it is.
pub(super) fn fill(root: &mut Table) {
    template::ready_tree(root);
    let Some((library, at)) = named(root) else { return };
    // Numbers that a plain appraisal of judgements or amounts has no use for are not asked for, nor filled.
    if !["services", "instances"].iter().all(|s| root.get(s).is_some()) {
        return;
    }
    let template = Template::of(&library);
    products::fill(root, &library, at);
    for section in ["deflator", "staff_time", "burden", "same_instance"] {
        template.section(root, section, at);
    }
    template.kinds(root, at);
    template.contracts(root);
    template.entries(root, "links");
    flows::fill(root, &library, at);
    sources(root, &library, at);
}

/// Lists the sources that what was filled rests on.
fn sources(root: &mut Table, library: &Library, at: Span) {
    let mut named = Vec::new();
    collect(root, &mut named);
    named.sort_unstable();
    named.dedup();
    let titled = named.into_iter().filter_map(|id| library.sources.iter().find(|s| s.id == id));
    let titled: Vec<(String, String)> = titled.map(|s| (s.id.clone(), s.title.clone())).collect();
    for (id, title) in titled {
        let mut entry = Table::new(at);
        entry.entries.insert("title".to_owned(), (at, Node { at, value: Value::Text(title) }));
        put(section(root, "sources", at), &id, Value::Table(entry), at);
    }
}

/// Ids of sources under a table.
fn collect(table: &Table, ids: &mut Vec<String>) {
    for (_, node) in table.entries.values() {
        of_node(node, ids);
    }
}

fn of_node(node: &Node, ids: &mut Vec<String>) {
    match &node.value {
        Value::Filled(filled) => {
            ids.extend(filled.source.iter().flat_map(|s| s.split(';')).map(|s| s.trim().to_owned()));
        }
        Value::Table(table) => collect(table, ids),
        Value::List(items) => items.iter().for_each(|item| of_node(item, ids)),
        _ => {}
    }
}

/// The table of a section, made if it is not there; one that is written as something else is left to the reader, and
/// what would have been filled goes nowhere.
fn section<'r>(root: &'r mut Table, name: &str, at: Span) -> Option<&'r mut Table> {
    let made = || (at, Node { at, value: Value::Table(Table::new(at)) });
    match &mut root.entries.entry(name.to_owned()).or_insert_with(made).1.value {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

/// Puts a value where nothing is written.
fn put(table: Option<&mut Table>, key: &str, value: Value, at: Span) {
    if let Some(table) = table {
        table.entries.entry(key.to_owned()).or_insert((at, Node { at, value }));
    }
}

/// The tables of a section.
fn tables<'r>(root: &'r Table, section: &str) -> Vec<(&'r str, &'r Table)> {
    let Some(Value::Table(all)) = root.get(section).map(|n| &n.value) else { return Vec::new() };
    let table = |(id, (_, node)): (&'r String, &'r (Span, Node))| match &node.value {
        Value::Table(table) => Some((id.as_str(), table)),
        _ => None,
    };
    all.entries.iter().filter_map(table).collect()
}

/// A text of a table.
fn text<'r>(table: &'r Table, key: &str) -> Option<&'r str> {
    match &table.get(key)?.value {
        Value::Text(text) => Some(text.trim()).filter(|t| !t.is_empty()),
        _ => None,
    }
}

/// The likely value of a number of a table; faults are left to the reader.
fn likely(table: &Table, key: &str) -> Option<f64> {
    match &table.get(key)?.value {
        Value::Number(text) | Value::Text(text) => number::number(text).map(|w| w.value).filter(|x| (0.0..1e11).contains(x)),
        Value::Table(estimate) => likely(estimate, "likely"),
        _ => None,
    }
}

/// The systems that a service uses, core first.
fn systems(service: &Table) -> Vec<&str> {
    let mut all: Vec<&str> = text(service, "system").into_iter().collect();
    if let Some(Value::Table(slots)) = service.get("slots").map(|n| &n.value) {
        all.extend(slots.entries.values().filter_map(|(_, node)| match &node.value {
            Value::Text(id) => Some(id.trim()),
            Value::Table(slot) => text(slot, "instance"),
            _ => None,
        }));
    }
    all
}

/// A word as the library writes it: `Mental health` is `mental_health`.
fn word(text: &str) -> String {
    text.trim().to_lowercase().replace(['-', ' '], "_")
}
