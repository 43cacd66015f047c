//! What services need and what their systems give: by service and option, and capability by capability.

use super::names::Names;
use super::table::{Cell, Row, Table};
use crate::appraisal::result::NeedView;
use crate::report::format;
use indexmap::IndexMap;
use serde::Serialize;

/// Coverage of needs.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Coverage {
    by_service: Option<Table>,
    today: Option<Table>,
    leading: Option<Table>,
}

/// Services with a column of their own in a heat map: as many as a landscape page has room for.
const COLUMNS: usize = 16;

/// Services with a row of their own in the table by option.
const ROWS: usize = 60;

pub(super) fn view(names: Names<'_>) -> Coverage {
    let services = by_service(names);
    let leading = names.0.options.iter().enumerate().filter(|(_, o)| o.rank.is_some()).min_by_key(|(_, o)| o.rank);
    // The leading option's own map is worth the room only where it changes something.
    let changes = |i: usize| names.0.needs.iter().any(|n| n.end.get(i).is_some_and(|end| (end - n.start).abs() > 1e-9));
    Coverage {
        by_service: table(names, &services),
        today: heat(names, &services, "As the appraisal starts", &|n| n.start),
        leading: leading.filter(|(i, _)| changes(*i)).and_then(|(i, o)| {
            let title = format!("At the end of the period under \u{201c}{}\u{201d}", o.name);
            heat(names, &services, &title, &|n| n.end.get(i).copied().unwrap_or(0.0))
        }),
    }
}

type ByService<'a> = IndexMap<&'a str, Vec<&'a NeedView>>;

/// Needs by service, the service with most users first.
fn by_service(names: Names<'_>) -> ByService<'_> {
    let mut all: ByService<'_> = IndexMap::new();
    for need in &names.0.needs {
        all.entry(&need.service).or_default().push(need);
    }
    let users = |id: &str| names.0.services.iter().find(|s| s.id == id).map_or(0.0, |s| s.users);
    let size: IndexMap<&str, f64> = all.keys().map(|id| (*id, users(id))).collect();
    all.sort_by(|a, _, b, _| size[b].total_cmp(&size[a]));
    all
}

/// Weighted coverage of what a service should have, and what it lacks of what it must have.
fn share(covered: Option<f64>, needs: &[&NeedView], at: &dyn Fn(&NeedView) -> f64) -> Cell {
    let text = covered.map_or_else(|| format::NONE.to_owned(), format::percent);
    let lacking: Vec<&str> =
        needs.iter().filter(|n| n.must.is_some_and(|least| at(n) < least)).map(|n| n.name.as_str()).collect();
    let cell = Cell::number(text);
    if lacking.is_empty() {
        return cell;
    }
    let named: Vec<String> = lacking.iter().map(|name| (*name).to_owned()).collect();
    Cell { mood: "bad", ..cell }.detailed(format!("Lacks {}", format::list(&named)))
}

fn table(names: Names<'_>, services: &ByService<'_>) -> Option<Table> {
    let row = |(id, needs): (&&str, &Vec<&NeedView>)| {
        let covered = names.0.coverage.iter().find(|c| c.service == **id);
        let end = |i: usize| covered.and_then(|c| c.end.get(i).copied().flatten());
        let ends = (0..names.0.options.len()).map(|i| share(end(i), needs, &|n| n.end.get(i).copied().unwrap_or(0.0)));
        let start = share(covered.and_then(|c| c.start), needs, &|n| n.start);
        Row::new(names.service(id), std::iter::once(start).chain(ends).collect())
    };
    let rows: Vec<Row> = services.iter().take(ROWS).map(row).collect();
    let columns: Vec<String> = std::iter::once("Today".to_owned()).chain(names.options()).collect();
    let caption = "Needs met by service: today, and at the end of the period by option, weighted by how much each need counts";
    let note = "A service that lacks something that it must have fails the gate on capability.".to_owned();
    let rest = services.len().saturating_sub(ROWS);
    let note = if rest == 0 {
        note
    } else {
        format!("{note} The {ROWS} services with most users; {} in appraisal.json.", format::count(rest, "more is", "more are"))
    };
    Some(Table::by_option(caption, "Service", &columns, rows).if_any()?.noted(note))
}

/// Capability by service. Each cell says how much in words; its shade says it again.
fn heat(names: Names<'_>, services: &ByService<'_>, title: &str, at: &dyn Fn(&NeedView) -> f64) -> Option<Table> {
    let shown: Vec<(&&str, &Vec<&NeedView>)> = services.iter().take(COLUMNS).collect();
    let mut capabilities: IndexMap<&str, &str> = IndexMap::new();
    for need in shown.iter().flat_map(|(_, needs)| needs.iter()) {
        capabilities.entry(&need.capability).or_insert(&need.name);
    }
    capabilities.sort_keys();
    let row = |(id, name): (&&str, &&str)| {
        let cells =
            shown.iter().map(|(_, needs)| needs.iter().find(|n| n.capability == *id).map_or_else(blank, |n| level(n, at(n))));
        Row::new(*name, cells.collect())
    };
    let rows = capabilities.iter().map(row).collect();
    let columns: Vec<String> = shown.iter().map(|(id, _)| names.service(id)).collect();
    let table = Table::by_option(format!("What services need of their systems and get. {title}"), "Capability", &columns, rows);
    let rest = services.len().saturating_sub(COLUMNS);
    let more = if rest == 0 { String::new() } else { format!(" The {COLUMNS} services with most users are shown.") };
    let note = format!(
        "Full: the system has it; None: it does not; a share: in part; a dash: not needed. \u{201c}Must\u{201d} marks what a service cannot do without.{more}"
    );
    Some(table.if_any()?.noted(note).landscape().dense())
}

fn blank() -> Cell {
    Cell { mood: "cover-0", ..Cell::text(format::NONE) }
}

fn level(need: &NeedView, coverage: f64) -> Cell {
    let (text, shade) = match coverage {
        c if c >= 0.9995 => ("Full".to_owned(), "cover-4"),
        c if c < 0.0005 => ("None".to_owned(), "cover-0"),
        c if c >= 0.75 => (format!("{}%", format::plain(100.0 * c, 0)), "cover-3"),
        c if c >= 0.5 => (format!("{}%", format::plain(100.0 * c, 0)), "cover-2"),
        c => (format!("{}%", format::plain(100.0 * c, 0)), "cover-1"),
    };
    let cell = Cell { mood: shade, ..Cell::text(text) };
    match need.must {
        Some(least) if coverage < least => cell.detailed("Must: missing"),
        Some(_) => cell.detailed("Must"),
        None => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::CoverageView;
    use crate::report::sample;

    fn need(service: &str, capability: &str, must: Option<f64>, weight: f64, start: f64, end: [f64; 3]) -> NeedView {
        NeedView {
            service: service.into(),
            capability: capability.into(),
            name: format!("{capability} named"),
            must,
            weight,
            start,
            end: end.into(),
        }
    }

    #[test]
    fn a_service_is_told_by_what_it_should_and_must_have() {
        let mut a = sample::small();
        let id = a.services[0].id.clone();
        let end = vec![Some(0.625), Some(0.625), Some(0.75)];
        a.coverage = vec![CoverageView { service: id.clone(), start: Some(0.625), end }];
        // At the end of the third option the must is gone.
        a.needs = vec![
            need(&id, "K1", None, 3.0, 0.5, [0.5, 0.5, 1.0]),
            need(&id, "K2", None, 1.0, 1.0, [1.0, 1.0, 0.0]),
            need(&id, "K3", Some(0.75), 0.0, 1.0, [1.0, 1.0, 0.5]),
        ];
        let view = view(Names(&a));
        let row = &view.by_service.expect("a table").rows[0];
        assert_eq!(row.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(), ["62.5%", "62.5%", "62.5%", "75.0%"]);
        assert_eq!(row.cells[3].detail.as_deref(), Some("Lacks K3 named"));
        let today = view.today.expect("a table");
        let told: Vec<(&str, &str)> = today.rows.iter().map(|r| (r.cells[0].text.as_str(), r.cells[0].mood)).collect();
        assert_eq!(told, [("50%", "cover-2"), ("Full", "cover-4"), ("Full", "cover-4")]);
        // The leading option, the second, changes nothing.
        assert!(view.leading.is_none());
    }
}
