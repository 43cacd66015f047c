//! The tables that a scenario is filled up with: written as a scenario would write them, with figures of the library in
//! place of numbers.

use super::{Filled, put, section, systems, tables, text};
use crate::parameters::Library;
use crate::scenario::document::{Node, Span, Table, Value, shipped};

/// What a scenario with `defaults` is filled up with.
const FILL: &str = include_str!("fill.toml");

/// The ready trees of criteria, by id.
const TREES: &[(&str, &str)] = &[("five-branch", include_str!("five-branch.toml"))];

/// Their ids.
pub(in crate::scenario) const READY_TREES: [&str; 1] = ["five-branch"];

/// Puts a ready tree in the place of `use` in `[criteria]`. Criteria that the scenario writes as well keep what is
/// written of them; an unknown tree is left for the reader to refuse.
pub(super) fn ready_tree(root: &mut Table) {
    let Some((_, Node { value: Value::Table(criteria), .. })) = root.entries.get_mut("criteria") else { return };
    let Some((at, node)) = criteria.entries.get("use").cloned() else { return };
    let Value::Text(id) = &node.value else { return };
    let id = id.trim().replace('_', "-");
    let Some((_, tree)) = TREES.iter().find(|(name, _)| *name == id) else { return };
    let mut whole = shipped(tree, at);
    criteria.entries.shift_remove("use");
    for (id, (at, node)) in std::mem::take(&mut criteria.entries) {
        match (whole.entries.get_mut(&id), node.value) {
            (Some((place, Node { value: Value::Table(ready), .. })), Value::Table(written)) => {
                (*place, ready.at) = (at, written.at);
                ready.entries.extend(written.entries);
            }
            (_, value) => {
                whole.entries.insert(id, (at, Node { at: node.at, value }));
            }
        }
    }
    criteria.entries = whole.entries;
}

/// The tables with the figures of a library.
pub(super) struct Template<'l> {
    library: &'l Library,
    tables: Table,
}

impl<'l> Template<'l> {
    pub(super) fn of(library: &'l Library) -> Self {
        Self { library, tables: shipped(FILL, Span { file: 0, start: 0, end: 0 }) }
    }

    fn table(&self, name: &str) -> &Table {
        match self.tables.get(name).map(|n| &n.value) {
            Some(Value::Table(table)) => table,
            _ => unreachable!("the template has a table for each section that it fills (tested)"),
        }
    }

    fn entry(&self, section: &str, id: &str) -> &Table {
        match self.table(section).get(id).map(|n| &n.value) {
            Some(Value::Table(table)) => table,
            _ => unreachable!("the template has the entries that it fills (tested)"),
        }
    }

    /// A value of the template, with figures in the place of their names.
    fn filled(&self, node: &Node, at: Span) -> Value {
        match &node.value {
            Value::Text(text) => match text.strip_prefix('=') {
                Some(names) => Value::Filled(Box::new(figure(self.library, names))),
                None => Value::Text(text.clone()),
            },
            Value::Table(table) => {
                let mut out = Table::new(at);
                self.fill(&mut out, table, &[]);
                Value::Table(out)
            }
            Value::List(items) => Value::List(items.iter().map(|item| Node { at, value: self.filled(item, at) }).collect()),
            other => other.clone(),
        }
    }

    /// Fills the keys that a table does not have, but for some.
    fn fill(&self, table: &mut Table, with: &Table, but: &[&str]) {
        let at = table.at;
        for (key, (_, node)) in with.entries.iter().filter(|(key, _)| !but.contains(&key.as_str())) {
            if table.get(key).is_none() {
                put(Some(table), key, self.filled(node, at), at);
            }
        }
    }

    /// A section that is one table.
    pub(super) fn section(&self, root: &mut Table, name: &str, at: Span) {
        let written = root.get(name).is_some();
        // A deflator is given whole or not at all.
        if written && name == "deflator" {
            return;
        }
        if let Some(table) = section(root, name, at) {
            // A price for the whole programme is no part of one for each user.
            let but: &[&str] = if table.get("team_hold").is_some() { &["team_hold_per_user"] } else { &[] };
            self.fill(table, self.table(name), but);
        }
        if name == "deflator" {
            self.whole(root, "sources", "epr-deflator", at);
        }
    }

    /// An entry of a section, if it is not there.
    fn whole(&self, root: &mut Table, name: &str, id: &str, at: Span) {
        if let Some(table) = section(root, name, at) {
            let mut entry = Table::new(at);
            self.fill(&mut entry, self.entry(name, id), &[]);
            put(Some(table), id, Value::Table(entry), at);
        }
    }

    /// Every entry of a section.
    pub(super) fn entries(&self, root: &mut Table, name: &str) {
        each(root, name, |entry| self.fill(entry, self.entry(name, "*"), &[]));
    }

    /// Terms of contracts that the contract does not state, whether by its yearly value or in lines.
    pub(super) fn contracts(&self, root: &mut Table) {
        each(root, "contracts", |contract| {
            let given = |key: &str| contract.get(key).is_some();
            let mut but = Vec::new();
            // Without a system there are no users to share a yearly value among; lines say their own prices.
            if !given("annual") || given("lines") || !given("instance") {
                but.extend(["fixed_share", "minimum_share"]);
            }
            // How it goes on after its end is said: nothing is put before that.
            if given("renewal") || given("bridge") {
                but.push("extension");
            }
            // Access to what was left is a right of a licence, no part of an agreement for service.
            if text(contract, "kind") == Some("sla") {
                but.push("read_only");
            }
            self.fill(contract, self.entry("contracts", "*"), &but);
        });
    }

    /// The kinds of move that the systems of the scenario allow.
    pub(super) fn kinds(&self, root: &mut Table, at: Span) {
        let kinds = possible(root);
        if kinds.is_empty() {
            return;
        }
        self.whole(root, "optimism_bias", "library", at);
        for kind in kinds {
            let Some(all) = section(root, "migration", at) else { return };
            put(Some(all), kind, Value::Table(Table::new(at)), at);
            let Some((_, Node { value: Value::Table(entry), .. })) = all.entries.get_mut(kind) else { continue };
            // Given all in, neither work nor training comes on top.
            let but: &[&str] = if entry.get("all_in_per_user").is_some() { &["work", "training"] } else { &[] };
            self.fill(entry, self.entry("migration", kind), but);
        }
    }
}

/// A figure, or a product of two.
fn figure(library: &Library, names: &str) -> Filled {
    match names.split_once('*') {
        None => Filled::of(library, names.trim()),
        Some((id, factor)) => {
            let (filled, by) = (Filled::of(library, id.trim()), Filled::of(library, factor.trim()));
            let unit = filled.unit.clone();
            filled.times(by.range[1], &unit, &format!("times {}, {}", by.range[1], by.basis))
        }
    }
}

fn each(root: &mut Table, name: &str, mut change: impl FnMut(&mut Table)) {
    let Some((_, Node { value: Value::Table(all), .. })) = root.entries.get_mut(name) else { return };
    for (_, node) in all.entries.values_mut() {
        if let Value::Table(entry) = &mut node.value {
            change(entry);
        }
    }
}

/// The kinds of move between any two systems: what cannot happen needs no figures.
fn possible(root: &Table) -> Vec<&'static str> {
    let instances: Vec<(&str, &str, bool)> = tables(root, "instances")
        .into_iter()
        .map(|(id, t)| (id, text(t, "product").unwrap_or_default(), text(t, "tenancy") == Some("unit")))
        .collect();
    let used: Vec<&str> = tables(root, "services").into_iter().flat_map(|(_, service)| systems(service)).collect();
    let in_use = |product: &str| instances.iter().any(|(id, p, _)| *p == product && used.contains(id));
    let pairs = || instances.iter().enumerate().flat_map(|(i, a)| instances[i + 1..].iter().map(move |b| (a, b)));
    let across = |a: &(&str, &str, bool), b: &(&str, &str, bool)| a.1 != b.1;
    let checks = [
        ("cross_product", pairs().any(|(a, b)| across(a, b) && (in_use(a.1) && in_use(b.1)))),
        ("new_product", pairs().any(|(a, b)| across(a, b) && in_use(a.1) != in_use(b.1))),
        ("instance_merge", pairs().any(|(a, b)| !across(a, b) && !a.2 && !b.2)),
        ("unit_reconfigure", pairs().any(|(a, b)| !across(a, b) && (a.2 || b.2))),
    ];
    checks.into_iter().filter(|(_, possible)| *possible).map(|(kind, _)| kind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::{libraries, library};

    /// All texts under a table that name figures.
    fn named(table: &Table, all: &mut Vec<String>) {
        fn walk(value: &Value, all: &mut Vec<String>) {
            match value {
                Value::Text(text) => all.extend(text.strip_prefix('=').map(str::to_owned)),
                Value::List(items) => items.iter().for_each(|i| walk(&i.value, all)),
                Value::Table(table) => named(table, all),
                _ => {}
            }
        }
        table.entries.values().for_each(|(_, node)| walk(&node.value, all));
    }

    #[test]
    fn every_figure_of_a_library_is_used_and_every_name_is_one() {
        for id in libraries() {
            let library = library(id).expect("shipped");
            let mut all = Vec::new();
            named(&Template::of(&library).tables, &mut all);
            let mut used: Vec<&str> = all.iter().flat_map(|n| n.split('*')).map(str::trim).collect();
            used.extend(["patients.multi_epr_share", "flow.elsewhere_factor", "capability.step"]);
            for name in &used {
                assert!(library.figure(name).is_some(), "{name}");
            }
            for figure in &library.figures {
                assert!(used.contains(&figure.id.as_str()), "{} is used by nothing", figure.id);
            }
        }
    }

    #[test]
    fn the_template_has_what_is_asked_of_it() {
        let library = library("epr-2026-11").expect("shipped");
        let template = Template::of(&library);
        for section in ["deflator", "staff_time", "burden", "same_instance"] {
            assert!(!template.table(section).entries.is_empty());
        }
        for (section, id) in [
            ("links", "*"),
            ("contracts", "*"),
            ("sources", "epr-deflator"),
            ("optimism_bias", "library"),
            ("migration", "cross_product"),
            ("migration", "new_product"),
            ("migration", "instance_merge"),
            ("migration", "unit_reconfigure"),
        ] {
            assert!(!template.entry(section, id).entries.is_empty());
        }
    }

    #[test]
    fn a_product_is_an_estimate_whatever_its_factors_are() {
        let library = library("epr-2026-11").expect("shipped");
        // 500, 1,100 and 2,400 for each user, by a half.
        let half = figure(&library, "impl.cost_per_user * impl.instance_merge_factor");
        assert_eq!(half.range.map(f64::to_bits), [250.0, 550.0, 1_200.0].map(f64::to_bits));
        assert!(half.evidence >= crate::assumption::Evidence::Estimate);
    }
}
