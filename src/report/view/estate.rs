//! Services, systems and contracts.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::report::format;
use serde::Serialize;

/// The estate section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Estate {
    services: Option<Table>,
    systems: Option<Table>,
    contracts: Option<Table>,
    bodies: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Estate {
    Estate { services: services(names), systems: systems(names), contracts: contracts(names), bodies: bodies(names) }
}

fn or_dash(text: Option<&String>) -> String {
    text.cloned().unwrap_or_else(|| format::NONE.to_owned())
}

/// Where each slot of each service is at the start, and where each option takes it.
fn services(names: Names<'_>) -> Option<Table> {
    let a = names.0;
    let mut rows = Vec::new();
    for service in &a.services {
        for (slot, instance) in &service.slots {
            let users = service.slot_users.get(slot).copied().unwrap_or(service.users);
            let mut cells = vec![Cell::number(format::number(users, 0)), Cell::text(names.system(instance))];
            cells.extend(a.options.iter().map(|o| match o.plan.iter().find(|p| p.service == service.id && p.slot == *slot) {
                Some(entry) if entry.instance != *instance => Cell::mood(names.system(&entry.instance), "flag"),
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
    Table::new("Services and the systems they use, at the start and at the end of each option", columns, rows).if_any()
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
