//! Services, systems and contracts.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::ServiceView;
use crate::report::chart::Figure;
use crate::report::chart::expiry;
use crate::report::format;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The estate section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Estate {
    /// Which service uses which system, by users.
    map: Option<Table>,
    expiry: Option<Figure>,
    services: Option<Table>,
    systems: Option<Table>,
    contracts: Option<Table>,
    bodies: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Estate {
    Estate {
        map: map(names),
        expiry: expiry::figure(names.0),
        services: services(names),
        systems: systems(names),
        contracts: contracts(names),
        bodies: bodies(names),
    }
}

fn or_dash(text: Option<&String>) -> String {
    text.cloned().unwrap_or_else(|| format::NONE.to_owned())
}

/// Services with rows of their own in the map of the estate, and systems with columns of their own.
const MAPPED: usize = 40;
const ACROSS: usize = 12;

/// Rows up to which the map stays on one printed page.
const TOGETHER: usize = 24;

/// The estate as a matrix: users of each service on each system as the appraisal starts.
fn map(names: Names<'_>) -> Option<Table> {
    let a = names.0;
    let mut services: Vec<&ServiceView> = a.services.iter().filter(|s| !s.slots.is_empty()).collect();
    services.sort_by(|a, b| b.users.total_cmp(&a.users));
    // Systems in use, the one with most users first.
    let mut systems: Vec<_> = a.systems.iter().filter(|s| s.users > 0.0).collect();
    systems.sort_by(|a, b| b.users.total_cmp(&a.users));
    let shown: Vec<_> = systems.iter().take(ACROSS).collect();
    let users = |service: &ServiceView, system: &str| {
        let on = service.slots.iter().filter(|(_, at)| *at == system);
        on.map(|(slot, _)| service.slot_users.get(slot).copied().unwrap_or(service.users)).reduce(|a, b| a + b)
    };
    let row = |service: &&ServiceView| {
        let cells = shown.iter().map(|system| match users(service, &system.id) {
            Some(users) => Cell { mood: "cover-4", ..Cell::number(format::number(users, 0)) },
            None => Cell::number(""),
        });
        let place = service.place.clone();
        let row = Row::new(&service.name, cells.collect());
        place.map_or(row.clone(), |place| row.detailed(place))
    };
    let mut rows: Vec<Row> = services.iter().take(MAPPED).map(row).collect();
    if rows.is_empty() {
        return None;
    }
    rows.push(Row::total("All services", shown.iter().map(|s| Cell::number(format::number(s.users, 0))).collect()));
    let columns: Vec<String> = shown.iter().map(|s| s.name.clone()).collect();
    let table =
        Table::by_option("The estate as the appraisal starts: users of each service by system", "Service", &columns, rows)
            .dense();
    let table = Table { short: table.rows.len() <= TOGETHER, ..table };
    let services = services.len().saturating_sub(MAPPED);
    let systems = systems.len().saturating_sub(ACROSS);
    let mut notes = Vec::new();
    if services > 0 {
        notes.push(format!("The {MAPPED} services with most users have rows; the last row counts all."));
    }
    if systems > 0 {
        notes.push(format!("The {ACROSS} systems with most users are shown."));
    }
    Some(if notes.is_empty() { table } else { table.noted(notes.join(" ")) })
}

/// Services with rows of their own; of more, those with most users.
const SERVICES: usize = 200;

/// Where each slot of each service is at the start, and where each option takes it.
fn services(names: Names<'_>) -> Option<Table> {
    let a = names.0;
    let mut shown: Vec<&ServiceView> = a.services.iter().collect();
    shown.sort_by(|a, b| b.users.total_cmp(&a.users));
    let largest: BTreeSet<&str> = shown.iter().take(SERVICES).map(|s| s.id.as_str()).collect();
    let left_out: f64 = shown.iter().skip(SERVICES).map(|s| s.users).sum();
    let ends: Vec<BTreeMap<(&str, &str), &str>> = a
        .options
        .iter()
        .map(|o| o.plan.iter().map(|p| ((p.service.as_str(), p.slot.as_str()), p.instance.as_str())).collect())
        .collect();
    let mut rows = Vec::new();
    for service in a.services.iter().filter(|s| largest.contains(s.id.as_str())) {
        for (slot, instance) in &service.slots {
            let users = service.slot_users.get(slot).copied().unwrap_or(service.users);
            let mut cells = vec![Cell::number(format::number(users, 0)), Cell::text(names.system(instance))];
            cells.extend(ends.iter().map(|ends| match ends.get(&(service.id.as_str(), slot.as_str())) {
                Some(end) if end != instance => Cell::mood(names.system(end), "flag"),
                Some(_) => Cell::text("No change"),
                None => Cell::text(format::NONE),
            }));
            let context: Vec<String> = [service.line.clone(), service.place.clone(), service.setting.clone()]
                .into_iter()
                .flatten()
                .map(|text| format::words(&text))
                .collect();
            let row = Row::new(names.slot(&service.id, slot), cells);
            rows.push(if context.is_empty() { row } else { row.detailed(context.join(", ")) });
        }
    }
    let mut columns = headings(&["Service", "Users", "System at the start"]);
    columns.extend(names.options());
    let table = Table::new("Services and the systems they use, at the start and at the end of each option", columns, rows);
    match shown.len().checked_sub(SERVICES) {
        None | Some(0) => table.if_any(),
        Some(n) => {
            let services = format::count(n, "service", "services");
            let users = format::number(left_out, 0);
            table
                .noted(format!("The {SERVICES} services with most users. {services} with {users} users are in appraisal.json."))
                .if_any()
        }
    }
}

fn systems(names: Names<'_>) -> Option<Table> {
    let rows = names.0.systems.iter().map(|s| {
        let cells = vec![
            Cell::text(&s.product),
            Cell::text(or_dash(s.supplier.as_ref())),
            Cell::text(s.operator.as_ref().map_or_else(|| format::NONE.to_owned(), |o| names.body(o))),
            Cell::text(format::words(&s.tenancy)),
            Cell::number(format::number(s.users, 0)),
        ];
        Row::new(&s.name, cells)
    });
    let columns = headings(&["System", "Product", "Supplier", "Operated by", "Tenancy", "Users at the start"]);
    Table::new("Systems", columns, rows.collect()).if_any()
}

fn contracts(names: Names<'_>) -> Option<Table> {
    let rows = names.0.contracts.iter().map(|c| {
        let notice = c.notice_months.map_or_else(|| format::NONE.to_owned(), |m| format!("{} months", format::plain(m, 1)));
        let cells = vec![
            Cell::text(format::words(&c.kind)),
            Cell::text(c.instance.as_ref().map_or_else(|| format::NONE.to_owned(), |i| names.system(i))),
            Cell::text(c.body.as_ref().map_or_else(|| format::NONE.to_owned(), |b| names.payer(b))),
            Cell::text(c.start.as_ref().map_or_else(|| "Already running".to_owned(), |d| format::short_date(d))),
            Cell::text(format::short_date(&c.end)),
            Cell::text(notice),
        ];
        Row::new(&c.name, cells)
    });
    let columns = headings(&["Contract", "Kind", "System", "Paid by", "Starts", "Ends", "Notice"]);
    Table::new("Contracts", columns, rows.collect()).if_any()
}

fn bodies(names: Names<'_>) -> Option<Table> {
    let rows = names.0.organisations.iter().map(|o| {
        let after = o.successor.as_ref().map(|(next, from)| format!("{} from {}", names.body(next), format::date(from)));
        Row::new(&o.name, vec![Cell::text(format::words(&o.status)), Cell::text(or_dash(after.as_ref()))])
    });
    Table::new("Bodies", headings(&["Body", "Status", "Its costs pass to"]), rows.collect()).if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_map_adds_up_to_the_users_of_each_system() {
        let a = sample::small();
        let map = map(Names(&a)).expect("services");
        let total = map.rows.last().expect("a total");
        for (i, cell) in total.cells.iter().enumerate() {
            let column =
                map.rows[..map.rows.len() - 1].iter().filter_map(|r| r.cells[i].text.replace(',', "").parse::<f64>().ok());
            assert_eq!(cell.text, format::number(column.sum(), 0), "{}", map.columns[i + 1].text);
        }
    }
}
