//! Milestones, freezes, hazards and approvals.

use super::names::Names;
use super::recommendation;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::{HazardView, RiskView};
use crate::report::format;
use serde::Serialize;

/// What plans must respect.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Limits {
    milestones: Option<Table>,
    freezes: Option<Table>,
    hazards: Option<Table>,
    risks: Option<Table>,
    approvals: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Limits {
    Limits {
        milestones: milestones(names),
        freezes: freezes(names),
        hazards: hazards(names),
        risks: risks(names),
        approvals: approvals(names),
    }
}

fn milestones(names: Names<'_>) -> Option<Table> {
    let rows = names.0.milestones.iter().map(|m| {
        let ready = if m.ready.is_empty() { "Nothing named".to_owned() } else { m.ready.join("; ") };
        Row::new(&m.name, vec![Cell::text(format::date(&m.date)), Cell::text(ready)])
    });
    let columns = headings(&["Milestone", "Day", "What must be ready"]);
    Some(Table::new("Milestones", columns, rows.collect()).if_any()?.stacked())
}

fn freezes(names: Names<'_>) -> Option<Table> {
    let rows = names.0.freezes.iter().map(|f| {
        let bodies = f.organisations.iter().map(|o| names.body(o));
        let services = f.services.iter().map(|s| names.service(s));
        let whom: Vec<String> = bodies.chain(f.places.iter().cloned()).chain(services).collect();
        let whom = if whom.is_empty() { "Every service".to_owned() } else { whom.join("; ") };
        let days = [&f.from, &f.to].map(|d| Cell::text(format::date(d)));
        Row::new(&f.name, days.into_iter().chain([Cell::text(whom)]).collect())
    });
    let columns = headings(&["Freeze", "First day", "Last day", "For"]);
    Some(Table::new("When nothing goes live", columns, rows.collect()).if_any()?.stacked())
}

/// Priced risks, what is expected of the leading option's first.
fn risks(names: Names<'_>) -> Option<Table> {
    let leading = recommendation::leading(names.0);
    let own = |r: &RiskView| leading.and_then(|o| r.expected.get(&o.id).copied());
    let mut all: Vec<&RiskView> = names.0.risks.iter().collect();
    all.sort_by(|a, b| own(b).unwrap_or(0.0).total_cmp(&own(a).unwrap_or(0.0)));
    let row = |r: &RiskView| {
        let options: Vec<String> = r.expected.keys().map(|o| names.option(o)).collect();
        let options = match options.len() {
            0 => "None".to_owned(),
            n if n == names.0.options.len() => "Every option".to_owned(),
            _ => options.join("; "),
        };
        let range = r.impact_range.map(|(low, high)| format!("{} to {}", format::pounds(low), format::pounds(high)));
        let expected = own(r).map_or_else(|| format::NONE.to_owned(), format::pounds);
        let prevented = r.prevention.map_or_else(|| "Nothing".to_owned(), format::pounds);
        let cells = vec![
            Cell::number(format::percent(r.probability)),
            Cell { detail: range, ..Cell::number(format::pounds(r.impact)) },
            Cell::number(expected),
            Cell::number(prevented),
            Cell::text(options),
        ];
        Row::new(&r.name, cells)
    };
    let whom = leading.map_or_else(|| "of the option ranked first".to_owned(), |o| format!("of {}", o.name));
    let mut columns = headings(&["Risk", "Chance", "What it costs if it happens, £"]);
    columns.push(format!("Expected, in the cost {whom}, £"));
    columns.extend(headings(&["Spent to prevent it, £", "Options"]));
    let note = "What it costs and what is spent in year-0 prices; expected: chance times cost, in present value, in the central case. The scenario names no owners of risks.";
    Some(Table::new("Risks that are priced", columns, all.into_iter().map(row).collect()).if_any()?.stacked().noted(note))
}

/// The hazard register, the highest residual level first.
fn hazards(names: Names<'_>) -> Option<Table> {
    let mut all: Vec<&HazardView> = names.0.hazards.iter().collect();
    all.sort_by_key(|h| std::cmp::Reverse(h.residual));
    let row = |h: &HazardView| {
        let residual = match h.residual {
            4.. => Cell::mood(format!("{}, not acceptable", h.residual), "bad"),
            3 => Cell::mood("3, to be reduced or justified", "flag"),
            level => Cell::mood(format!("{level}, acceptable"), "good"),
        };
        let options: Vec<String> = h.options.iter().map(|o| names.option(o)).collect();
        let options = match options.len() {
            0 => "None".to_owned(),
            n if n == names.0.options.len() => "Every option".to_owned(),
            _ => options.join("; "),
        };
        let mitigation = h.mitigation.clone().unwrap_or_else(|| "None given".to_owned());
        Row::new(&h.name, vec![Cell::text(h.initial.to_string()), residual, Cell::text(mitigation), Cell::text(options)])
    };
    let columns = headings(&["Hazard", "Level before", "Level after mitigation", "Mitigation", "Options"]);
    let caption = "Clinical-safety hazards, risk levels 1 to 5";
    let table = Table::new(caption, columns, all.into_iter().map(row).collect()).if_any()?.stacked();
    Some(
        table.noted(
            "A level of 4 or 5 after mitigation fails the gate. The register is the author's; it is no DCB0160 safety case.",
        ),
    )
}

/// Approvals by option; none where the scenario names none.
fn approvals(names: Names<'_>) -> Option<Table> {
    let rows = names.0.options.iter().filter_map(|option| {
        let approvals = option.approvals.as_ref()?;
        let needed: Vec<String> =
            approvals.needed.iter().map(|a| format!("{} (from {})", a.name, format::pounds(a.threshold))).collect();
        let needed = if needed.is_empty() { "None of those named".to_owned() } else { needed.join("; ") };
        let cost = Cell::number(format::pounds(approvals.whole_life_cost));
        Some(Row::new(&option.name, vec![cost, Cell::text(needed), Cell::number(format::plain(approvals.months, 1))]))
    });
    let columns = headings(&["Option", "Whole-life cost, £", "Approvals needed", "Months for them"]);
    let table = Table::new("Approvals by whole-life cost", columns, rows.collect()).if_any()?.stacked();
    Some(table.noted("Whole-life cost is the cash of each year with VAT, optimism bias and expected risks, benefits left out. Months are added up: approvals come one after the other."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::ApprovalView;
    use crate::appraisal::result::Approvals;
    use crate::appraisal::result::FreezeView;
    use crate::appraisal::result::MilestoneView;
    use crate::report::sample;

    fn texts(row: &Row) -> Vec<&str> {
        row.cells.iter().map(|c| c.text.as_str()).collect()
    }

    #[test]
    fn hazards_say_in_words_what_their_level_means() {
        let mut a = sample::small();
        let hazard = |id: &str, residual: usize, options: Vec<String>| HazardView {
            id: id.into(),
            name: id.into(),
            initial: 5,
            residual,
            mitigation: None,
            options,
        };
        let all = a.options.iter().map(|o| o.id.clone()).collect();
        a.hazards = vec![hazard("low", 2, vec![]), hazard("high", 4, all)];
        let table = hazards(Names(&a)).expect("hazards");
        assert_eq!(table.rows[0].heading, "high");
        assert_eq!(texts(&table.rows[0]), ["5", "4, not acceptable", "None given", "Every option"]);
        assert_eq!(texts(&table.rows[1])[3], "None");
    }

    #[test]
    fn approvals_and_dates_stand_in_order() {
        let mut a = sample::small();
        assert!(approvals(Names(&a)).is_none() && milestones(Names(&a)).is_none() && freezes(Names(&a)).is_none());
        let board = ApprovalView { id: "b".into(), name: "Board".into(), threshold: 1e6, months: 2.0 };
        a.options[0].approvals = Some(Approvals { whole_life_cost: 1.5e6, needed: vec![board], months: 2.0 });
        let table = approvals(Names(&a)).expect("approvals");
        assert_eq!(texts(&table.rows[0]), ["£1,500,000", "Board (from £1,000,000)", "2"]);
        let date = "2027-04-01".to_owned();
        a.milestones = vec![MilestoneView { id: "m".into(), name: "Day 1".into(), date: date.clone(), ready: vec![] }];
        assert_eq!(texts(&milestones(Names(&a)).expect("one").rows[0]), ["1 April 2027", "Nothing named"]);
        a.freezes = vec![FreezeView {
            id: "f".into(),
            name: "f".into(),
            from: date.clone(),
            to: date,
            organisations: vec!["new".into()],
            places: vec!["North".into()],
            services: Vec::new(),
        }];
        assert_eq!(texts(&freezes(Names(&a)).expect("one").rows[0])[2], "New Community Trust; North");
    }
}
