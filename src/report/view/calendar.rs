//! By when what has to be decided, by which ways users come onto contracts, and what is bound.

use super::names::Names;
use super::recommendation::leading;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::CalendarEntry;
use crate::report::chart::Figure;
use crate::report::chart::commitment;
use crate::report::format;
use serde::Serialize;

/// The section on decisions.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Calendar {
    dates: Option<Table>,
    /// The next dates that bind the leading option.
    next: Option<Table>,
    routes: Option<Table>,
    commitment: Option<Figure>,
}

pub(super) fn view(names: Names<'_>) -> Calendar {
    Calendar { dates: dates(names), next: next(names), routes: routes(names), commitment: commitment::figure(names.0) }
}

fn dates(names: Names<'_>) -> Option<Table> {
    let all = names.0.options.len();
    let rows = names.0.calendar.iter().map(|entry| {
        let who = if entry.options.len() == all && all > 1 {
            "Every option".to_owned()
        } else {
            format::list(&entry.options.iter().map(|o| names.option(o)).collect::<Vec<_>>())
        };
        let what = if entry.overdue { Cell::mood(format!("{} (overdue)", entry.what), "bad") } else { Cell::text(&entry.what) };
        let contract = entry.contract.as_ref().map_or_else(|| format::NONE.to_owned(), |c| names.contract(c));
        let mut consequence = entry.consequence.clone();
        if let Some(first) = consequence.get(..1) {
            consequence.replace_range(..1, &first.to_uppercase());
        }
        let cells = vec![what, Cell::text(contract), Cell::text(who), Cell::text(consequence)];
        Row::new(format::short_date(&entry.date), cells)
    });
    let columns = headings(&["Date", "What", "Contract", "Options", "What follows"]);
    let table = Table::new("Last safe dates", columns, rows.collect()).dense().if_any()?;
    Some(table.noted("Dates follow from the terms of contracts, lead times and the planned go-lives; go-lives that slip move the notices, not the contracts. Legal advice comes before any notice."))
}

/// Dates of the leading option that a board needs to know of at once.
const NEXT: usize = 6;

fn next(names: Names<'_>) -> Option<Table> {
    let leading = leading(names.0)?;
    let of = names.0.calendar.iter().filter(|e| e.options.contains(&leading.id));
    let row = |e: &CalendarEntry| {
        let what = if e.overdue { Cell::mood(format!("{} (overdue)", e.what), "bad") } else { Cell::text(&e.what) };
        let contract = e.contract.as_ref().map_or_else(|| format::NONE.to_owned(), |c| names.contract(c));
        Row::new(format::short_date(&e.date), vec![what, Cell::text(contract)])
    };
    let all: Vec<Row> = of.map(row).collect();
    let rest = all.len().saturating_sub(NEXT);
    let rows: Vec<Row> = all.into_iter().take(NEXT).collect();
    let caption = format!("The first dates that bind \u{201c}{}\u{201d}", leading.name);
    let table = Table::new(caption, headings(&["Date", "What", "Contract"]), rows).if_any()?;
    let note =
        format!("{} in the decision calendar of the full pack.", format::count(rest, "further date is", "further dates are"));
    Some(if rest == 0 { table } else { table.noted(note) })
}

fn routes(names: Names<'_>) -> Option<Table> {
    let mut rows = Vec::new();
    for option in names.0.options.iter().filter(|o| !o.routes.is_empty()) {
        rows.push(Row::group(&option.name));
        for route in &option.routes {
            let day = |date: &Option<String>| date.as_ref().map_or_else(|| format::NONE.to_owned(), |d| format::short_date(d));
            let way = match (&route.kind, &route.contract) {
                (Some(kind), Some(contract)) => Cell::text(format::words(kind)).detailed(names.contract(contract)),
                _ => Cell::mood("None does", "bad"),
            };
            let cells = vec![
                Cell::number(format::number(route.users, 0)),
                way,
                Cell::number(route.cost.map_or_else(|| format::NONE.to_owned(), format::pounds)),
                Cell::text(day(&route.start_by)),
                Cell::text(day(&route.earliest)),
                Cell::text(format::short_date(&route.go_live)),
            ];
            rows.push(Row::new(names.system(&route.instance), cells));
        }
    }
    let columns =
        headings(&["Option and system", "Users added", "Way", "Cost, £", "Start by", "Earliest go-live", "Planned go-live"]);
    let table = Table::new("By which ways users come onto contracts", columns, rows).if_any()?;
    Some(table.noted("The cheapest way whose limits hold. What the law allows is data of the scenario, to be confirmed by legal advice; approvals come on top of the earliest go-live."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::CalendarEntry;
    use crate::appraisal::result::RouteView;
    use crate::report::sample;

    #[test]
    fn dates_name_who_they_are_for() {
        let mut a = sample::small();
        let entry = |options: &[&str], overdue| CalendarEntry {
            date: "2027-09-30".into(),
            what: "Last day to give notice".into(),
            contract: None,
            options: options.iter().map(|o| (*o).to_owned()).collect(),
            consequence: "it is left on 31 March 2028".into(),
            overdue,
        };
        let ids: Vec<String> = a.options.iter().map(|o| o.id.clone()).collect();
        let every: Vec<&str> = ids.iter().map(String::as_str).collect();
        a.calendar = vec![entry(&every, false), entry(&every[2..], true)];
        let table = dates(Names(&a)).expect("dates");
        let text = |row: usize, cell: usize| table.rows[row].cells[cell].text.as_str();
        assert_eq!((text(0, 2), text(1, 2)), ("Every option", "Converge on system Y"));
        assert_eq!((text(1, 0), text(0, 3)), ("Last day to give notice (overdue)", "It is left on 31 March 2028"));
        assert!(dates(Names(&sample::small())).is_none() && routes(Names(&sample::small())).is_none());
    }

    #[test]
    fn a_system_without_a_way_says_so() {
        let mut a = sample::small();
        a.options[2].routes = vec![RouteView {
            instance: "y".into(),
            users: 400.0,
            go_live: "2028-01-01".into(),
            contract: None,
            route: None,
            kind: None,
            cost: None,
            start_by: None,
            earliest: None,
        }];
        let table = routes(Names(&a)).expect("routes");
        assert_eq!(table.rows[1].cells[1].text, "None does");
    }
}
