//! The roadmap, go-lives, links and work.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::Effort;
use crate::appraisal::result::PlanEntry;
use crate::report::chart::Figure;
use crate::report::chart::roadmap;
use crate::report::format;
use serde::Serialize;

/// The roadmap section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Plan {
    roadmap: Option<Figure>,
    go_lives: Option<Table>,
    links: Option<Table>,
    work: Option<Table>,
    by_role: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Plan {
    Plan {
        roadmap: roadmap::figure(names.0),
        go_lives: go_lives(names),
        links: links(names),
        work: work(names),
        by_role: by_role(names),
    }
}

/// Moves of an option up to which each has a row; where there are more, those alike in all but the service
/// share one.
const MOVES: usize = 40;

fn go_lives(names: Names<'_>) -> Option<Table> {
    let mut rows = Vec::new();
    let mut shared = false;
    for option in &names.0.options {
        let mut moved: Vec<_> = option.plan.iter().filter(|p| p.go_live.is_some()).collect();
        if moved.is_empty() {
            continue;
        }
        moved.sort_by(|a, b| a.go_live.cmp(&b.go_live));
        rows.push(Row::group(&option.name));
        let alike = |a: &PlanEntry, b: &PlanEntry| {
            (&a.instance, &a.go_live, &a.expected_go_live, a.committed)
                == (&b.instance, &b.go_live, &b.expected_go_live, b.committed)
        };
        let mut groups: Vec<(&PlanEntry, usize)> = Vec::new();
        for entry in &moved {
            match groups.iter_mut().find(|(first, _)| moved.len() > MOVES && alike(first, entry)) {
                Some((_, services)) => *services += 1,
                None => groups.push((entry, 1)),
            }
        }
        shared |= groups.len() < moved.len();
        for (entry, services) in groups {
            let day = |date: &Option<String>| date.as_ref().map_or_else(|| format::NONE.to_owned(), |d| format::short_date(d));
            let cells = vec![
                Cell::text(names.system(&entry.instance)),
                Cell::text(day(&entry.go_live)),
                Cell::text(day(&entry.expected_go_live)),
                Cell::text(if entry.committed { "Committed in every option" } else { "This option's own" }),
            ];
            let one = || names.slot(&entry.service, &entry.slot);
            let heading = if services == 1 { one() } else { format::count(services, "service", "services") };
            rows.push(Row::new(heading, cells));
        }
    }
    let columns = headings(&["Option and service", "Moves to", "Planned go-live", "Expected go-live", "Whose move"]);
    let table = Table::new("Go-lives by option", columns, rows);
    let expected = "The expected date adds optimism bias on duration to the planned date.";
    let rest = if shared { " Services that move to one system on one date share a row; appraisal.json has each." } else { "" };
    table.noted(format!("{expected}{rest}")).if_any()
}

fn links(names: Names<'_>) -> Option<Table> {
    let mut rows = Vec::new();
    for option in names.0.options.iter().filter(|o| !o.links.is_empty()) {
        rows.push(Row::group(&option.name));
        for link in &option.links {
            let live = link.live.as_ref().map_or_else(|| "In place already".to_owned(), |d| format::short_date(d));
            rows.push(Row::new(&link.name, vec![Cell::text(live)]));
        }
    }
    Table::new("Links between systems", headings(&["Option and link", "Live from"]), rows).if_any()
}

/// A measure of work: heading, unit, decimals, value.
type Measure = (&'static str, &'static str, fn(&Effort) -> f64);

const WORK: [Measure; 6] = [
    ("Own staff", "days", |e| e.internal_days),
    ("In training", "days", |e| e.training_days),
    ("Person-days", "own staff and training", |e| e.person_days),
    ("Bought in", "days", |e| e.external_days),
    ("Hours in training", "hours", |e| e.training_hours),
    ("Patient-facing hours lost after go-live", "hours", |e| e.dip_hours),
];

fn work(names: Names<'_>) -> Option<Table> {
    let options = &names.0.options;
    if options.is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = WORK
        .iter()
        .map(|(heading, unit, part)| {
            let cells = options.iter().map(|o| Cell::number(format::number(part(&o.effort), 0)));
            Row::new(*heading, cells.collect()).detailed(*unit)
        })
        .collect();
    if options.iter().any(|o| o.effort.peak_load.is_some()) {
        let cells = options.iter().map(|o| o.effort.peak_load.map_or_else(|| format::NONE.to_owned(), format::percent));
        let row = Row::new("Busiest quarter", cells.map(Cell::number).collect());
        rows.push(row.detailed("highest share of any team's capacity"));
    }
    Some(Table::by_option("Work by option", "Measure", &names.options(), rows))
}

fn by_role(names: Names<'_>) -> Option<Table> {
    let mut rows = Vec::new();
    for option in names.0.options.iter().filter(|o| !o.effort.by_role.is_empty()) {
        rows.push(Row::group(&option.name));
        for role in &option.effort.by_role {
            let capacity = role.capacity.map_or_else(|| "Not given".to_owned(), |c| format::number(c, 0));
            let cells = vec![
                Cell::number(format::number(role.days, 0)),
                Cell::text(&role.peak_quarter),
                Cell::number(format::number(role.peak_days, 0)),
                Cell::number(capacity),
            ];
            rows.push(Row::new(&role.name, cells));
            for team in &role.teams {
                let cells = vec![
                    Cell::text("In the line above"),
                    Cell::text(&team.peak_quarter),
                    Cell::number(format::number(team.peak_days, 0)),
                    Cell::number(format::number(team.capacity, 0)),
                ];
                let heading = format!("{}: team of {}", role.name, names.body(&team.body));
                rows.push(Row::new(heading, cells).detailed("before teams are pooled"));
            }
        }
    }
    let columns = headings(&["Option and role", "Days", "Busiest quarter", "Days in it", "Capacity a quarter"]);
    Table::new("Work by role", columns, rows).if_any()
}
