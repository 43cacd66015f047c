//! Flows between services, where the scenario gives none: contacts of patients who have a record in two systems, spread
//! over pairs of services. `docs/method.md`, section 16.

use super::{Filled, likely, put, section, systems, tables, text};
use crate::parameters::Library;
use crate::scenario::document::{Node, Span, Table, Value};

/// What is known of one service.
struct Service<'r> {
    id: &'r str,
    place: Option<&'r str>,
    systems: Vec<&'r str>,
    contacts: f64,
    caseload: f64,
}

/// Fills `[flows]` if the scenario has none and every service says how many contacts it has.
pub(super) fn fill(root: &mut Table, library: &Library, at: Span) {
    if root.get("flows").is_some() {
        return;
    }
    let rows = spread(&services(root), library.figure("flow.elsewhere_factor").map_or(0.0, |f| f.range[1]));
    let rows: Vec<(String, Table)> = rows
        .into_iter()
        .map(|(from, to, contacts)| {
            let share = Filled::of(library, "patients.multi_epr_share");
            let mut filled = share.times(
                contacts,
                "contacts a year",
                &format!("spread over pairs of services: {contacts:.0} contacts a year if all patients had two records"),
            );
            filled.varies_with = Some("patients.multi_epr_share".to_owned());
            let mut row = Table::new(at);
            for (key, value) in [
                ("from", Value::Text(from.to_owned())),
                ("to", Value::Text(to.to_owned())),
                ("contacts", Value::Filled(Box::new(filled))),
            ] {
                row.entries.insert(key.to_owned(), (at, Node { at, value }));
            }
            (from, to, row)
        })
        .enumerate()
        // Ids of services may hold what joins them here.
        .map(|(n, (from, to, row))| (format!("{} {from}-{to}", n + 1), row))
        .collect();
    for (id, row) in rows {
        put(section(root, "flows", at), &id, Value::Table(row), at);
    }
}

fn services(root: &Table) -> Vec<Service<'_>> {
    let all = tables(root, "services");
    let by_patients = all.iter().all(|(_, t)| likely(t, "patients").is_some());
    let mut found: Vec<Service<'_>> = Vec::new();
    for (id, t) in all {
        let Some(contacts) = likely(t, "contacts") else { return Vec::new() };
        let caseload = if by_patients { likely(t, "patients").unwrap_or(0.0) } else { contacts };
        found.push(Service { id, place: text(t, "place"), systems: systems(t), contacts, caseload });
    }
    // The order of rows has no meaning.
    found.sort_by(|a, b| a.id.cmp(b.id));
    found
}

/// Contacts of each pair of services on different systems, if every patient had a record in two: all contacts, in
/// proportion to `caseload x caseload`, of which pairs in different places count a part.
fn spread<'r>(services: &[Service<'r>], elsewhere: f64) -> Vec<(&'r str, &'r str, f64)> {
    let pairs = services.iter().enumerate().flat_map(|(i, a)| services[i + 1..].iter().map(move |b| (a, b)));
    let apart = pairs.filter(|(a, b)| !a.systems.iter().any(|s| b.systems.contains(s)));
    let weighed: Vec<(&str, &str, f64)> = apart
        .map(|(a, b)| (a.id, b.id, a.caseload * b.caseload * if a.place == b.place { 1.0 } else { elsewhere }))
        .filter(|(_, _, weight)| *weight > 0.0)
        .collect();
    let (all, sum): (f64, f64) = (services.iter().map(|s| s.contacts).sum(), weighed.iter().map(|w| w.2).sum());
    weighed.into_iter().map(|(a, b, weight)| (a, b, all * weight / sum)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service<'r>(id: &'r str, place: &'r str, system: &'r str, contacts: f64) -> Service<'r> {
        Service { id, place: Some(place), systems: vec![system], contacts, caseload: contacts }
    }

    #[test]
    fn contacts_are_spread_by_caseload_and_place() {
        let all = [
            service("a", "town", "x", 100.0),
            service("b", "town", "y", 200.0),
            service("c", "island", "y", 300.0),
            service("d", "island", "x", 400.0),
        ];
        // Pairs on different systems: ab 100 x 200 = 20,000; ac 30,000 x 0.1 = 3,000; bd 80,000 x 0.1 = 8,000;
        // cd 120,000. Sum 151,000, for 1,000 contacts.
        let expected = [("a", "b", 20.0), ("a", "c", 3.0), ("b", "d", 8.0), ("c", "d", 120.0)];
        let found = spread(&all, 0.1);
        assert_eq!(found.len(), 4);
        for ((a, b, contacts), (c, d, weight)) in found.iter().zip(expected) {
            assert_eq!((*a, *b), (c, d));
            assert!((contacts - 1_000.0 * weight / 151.0).abs() < 1e-9, "{a}-{b}: {contacts}");
        }
    }

    #[test]
    fn services_on_one_system_share_nothing_that_is_hidden() {
        assert!(spread(&[service("a", "t", "x", 1.0), service("b", "t", "x", 2.0)], 0.1).is_empty());
    }
}
