//! Products that the library knows, what they can do, and what services of a line need.

use super::{Filled, put, section, tables, text, word};
use crate::parameters::{KnownCapability, Library};
use crate::scenario::document::{Node, Span, Table, Value};
use crate::scenario::problem::did_you_mean;

/// Fills products that systems name; capabilities and needs where the scenario has no `[capabilities]`.
pub(super) fn fill(root: &mut Table, library: &Library, at: Span) {
    let own = |id: &str| tables(root, "products").iter().any(|(known, _)| *known == id);
    // A name that is close to one of the library's is taken for a slip: the reader suggests it.
    let meant = |name: &str| {
        let ids = || library.products.iter().map(|p| p.id.as_str());
        if ids().any(|id| id == name) || own(name) { Some(name.to_owned()) } else { did_you_mean(name, ids()).map(str::to_owned) }
    };
    let named: Vec<String> = tables(root, "instances").iter().filter_map(|(_, t)| text(t, "product").and_then(meant)).collect();
    for known in library.products.iter().filter(|p| named.contains(&p.id)) {
        let mut product = Table::new(at);
        let words = [("name", Some(&known.name)), ("supplier", known.supplier.as_ref())];
        for (key, value) in words.into_iter().filter_map(|(key, value)| Some((key, value?))) {
            put(Some(&mut product), key, Value::Text(value.clone()), at);
        }
        put(section(root, "products", at), &known.id, Value::Table(product), at);
    }
    if root.get("capabilities").is_some() || root.get("needs").is_some() {
        return;
    }
    let like = classes(root, library);
    if like.is_empty() {
        return;
    }
    let lines = lines(root, library);
    let asked = |c: &&KnownCapability| lines.iter().any(|line| needs(c, line));
    for known in library.capabilities.iter().filter(asked) {
        let mut coverage = Table::new(at);
        for (product, class) in &like {
            put(Some(&mut coverage), product, Value::Filled(Box::new(covers(library, known, class))), at);
        }
        let mut entry = Table::new(at);
        put(Some(&mut entry), "name", Value::Text(known.name.clone()), at);
        put(Some(&mut entry), "coverage", Value::Table(coverage), at);
        put(section(root, "capabilities", at), &known.id, Value::Table(entry), at);
    }
    for line in &lines {
        let mut profile = Table::new(at);
        for known in library.capabilities.iter().filter(|c| needs(c, line)) {
            let need =
                if known.must.contains(line) { Value::Text("must".to_owned()) } else { Value::Number(known.weight.to_string()) };
            put(Some(&mut profile), &known.id, need, at);
        }
        put(section(root, "needs", at), line, Value::Table(profile), at);
    }
    of_services(root, &lines);
}

/// Services of a line that the library knows need what it says, unless they say otherwise.
fn of_services(root: &mut Table, lines: &[String]) {
    let Some((_, Node { value: Value::Table(services), .. })) = root.entries.get_mut("services") else { return };
    for (_, node) in services.entries.values_mut() {
        if let Value::Table(service) = &mut node.value {
            let line = text(service, "line").map(word).filter(|l| lines.contains(l));
            if let Some(line) = line {
                let at = service.at;
                put(Some(service), "needs", Value::Text(line), at);
            }
        }
    }
}

/// The scenario's products with the product of the library that each is like: its `class`, or the one of its id.
fn classes(root: &Table, library: &Library) -> Vec<(String, String)> {
    let known = |id: &str| library.products.iter().any(|p| p.id == id);
    tables(root, "products")
        .into_iter()
        .map(|(id, t)| (id.to_owned(), text(t, "class").unwrap_or(id).to_owned()))
        .filter(|(_, class)| known(class))
        .collect()
}

/// The lines of the scenario's services that the library knows.
fn lines(root: &Table, library: &Library) -> Vec<String> {
    let known = library.lines();
    let all = tables(root, "services").into_iter().filter_map(|(_, t)| text(t, "line").map(word));
    let mut lines: Vec<String> = all.filter(|line| known.contains(&line.as_str())).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn needs(capability: &KnownCapability, line: &str) -> bool {
    let names = |list: &[String]| list.iter().any(|l| l == line || l == "all");
    names(&capability.should) || names(&capability.must)
}

/// A score of 0 to 4 as coverage, one point either way.
fn covers(library: &Library, capability: &KnownCapability, class: &str) -> Filled {
    let score = f64::from(capability.scores.get(class).copied().unwrap_or(0));
    let step = Filled::of(library, "capability.step");
    let unit = step.range[1];
    let mut filled = step.times(score, "share", &format!("{} scores {score} on {}, a point either way", class, capability.name));
    filled.range = [(score - 1.0).max(0.0) * unit, score * unit, (score + 1.0).min(4.0) * unit];
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::library;

    #[test]
    fn scores_become_coverage() {
        let library = library("epr-2026-11").expect("shipped");
        let of = |id: &str, class: &str| {
            let known = library.capabilities.iter().find(|c| c.id == id).expect("known");
            // Quarters are exact.
            covers(&library, known, class).range.map(f64::to_bits)
        };
        // Mental Health Act: RiO 4, SystmOne 3, R4 0.
        assert_eq!(of("K04", "rio"), [0.75, 1.0, 1.0].map(f64::to_bits));
        assert_eq!(of("K04", "systmone"), [0.5, 0.75, 1.0].map(f64::to_bits));
        assert_eq!(of("K04", "r4"), [0.0, 0.0, 0.25].map(f64::to_bits));
    }
}
