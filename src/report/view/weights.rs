//! What the weights imply, and what would change the answer.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::WeightCrossing;
use crate::report::format;
use serde::Serialize;

/// The section on weights.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Weights {
    rates: Option<Table>,
    rate_warnings: Vec<String>,
    crossings: Option<Table>,
    switching: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Weights {
    Weights {
        rates: rates(names),
        rate_warnings: names.0.implied_rates.iter().filter_map(|r| r.warning.clone()).collect(),
        crossings: crossings(names),
        switching: switching(names),
    }
}

fn rates(names: Names<'_>) -> Option<Table> {
    let rows = names.0.implied_rates.iter().map(|rate| {
        let implied = rate.pounds_per_unit.map_or_else(|| format::NONE.to_owned(), money);
        let paid = match (rate.paid, rate.paid_highest) {
            (Some(low), Some(high)) if (high - low).abs() > 1e-9 => format!("{} to {}", money(low), money(high)),
            (Some(low), _) => money(low),
            _ => format::NONE.to_owned(),
        };
        let view = rate.warning.as_ref().map_or_else(Cell::default, |_| Cell::mood("See warning", "flag"));
        let cells = vec![Cell::text(&rate.sentence), Cell::number(implied), Cell::number(paid), view];
        Row::new(names.criterion(&rate.criterion), cells)
    });
    let columns = headings(&["Criterion", "In words", "One unit is worth", "One unit is paid at", "Check"]);
    let table = Table::new("What one unit of each criterion is worth by the combined weights", columns, rows.collect());
    table.if_any()
}

/// Pounds, with pence where the amount is small.
fn money(value: f64) -> String {
    if value.abs() >= 100.0 { format::pounds(value) } else { format::with_pence(value) }
}

fn crossings(names: Names<'_>) -> Option<Table> {
    let rows = names.0.sensitivity.weights.iter().map(|c| {
        let ties = c.crossing.map_or_else(|| "No tie".to_owned(), format::percent);
        let cells = vec![
            Cell::number(format::percent(c.weight)),
            Cell::text(names.option(&c.option)),
            Cell::text(names.option(&c.rival)),
            Cell::number(ties),
            Cell::text(meaning(names, c)),
        ];
        Row::new(node(names, &c.node), cells)
    });
    let columns = headings(&["Weight of", "Now", "Ahead now", "Rival", "They tie at", "What it means"]);
    let table = Table::new("Weights at which two options tie, the other weights scaled in proportion", columns, rows.collect());
    table.if_any()
}

/// A criterion's name, or a group's id as words.
fn node(names: Names<'_>, id: &str) -> String {
    let name = names.criterion(id);
    if name == id { format::words(id) } else { name }
}

fn meaning(names: Names<'_>, crossing: &WeightCrossing) -> String {
    match (crossing.crossing, crossing.side.as_deref()) {
        (Some(at), Some(side)) => {
            format!("{} is ahead {side} {}", names.option(&crossing.rival), format::percent(at))
        }
        (Some(at), None) => format!("They tie at {} only", format::percent(at)),
        (None, _) => "No weight between 0% and 100% makes them tie".to_owned(),
    }
}

fn switching(names: Names<'_>) -> Option<Table> {
    let rows = names.0.sensitivity.switching.iter().map(|s| {
        let unit = names.0.assumptions.iter().find(|a| a.id == s.input).map_or("", |a| a.unit.as_str());
        let value = s.value.map_or_else(|| "None".to_owned(), |v| format::measure(v, unit));
        let cells = vec![Cell::text(&s.sentence), Cell::number(format::measure(s.current, unit)), Cell::number(value)];
        let row = Row::id(&s.input, cells);
        if unit.is_empty() { row } else { row.detailed(unit) }
    });
    let columns = headings(&["Input", "What it would take", "Now", "Switching value"]);
    Table::new("Values of inputs at which two options cost the same", columns, rows.collect()).if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_missing_crossing_is_said() {
        let appraisal = sample::small();
        let table = crossings(Names(&appraisal)).expect("crossings");
        let last: Vec<&str> = table.rows[3].cells.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(last[3..], ["No tie", "No weight between 0% and 100% makes them tie"]);
        assert_eq!(table.rows[0].cells[4].text, "Business as usual is ahead below 28.1%");
    }

    #[test]
    fn small_rates_show_pence() {
        assert_eq!(money(15.0), "£15.00");
        assert_eq!(money(5_000.0), "£5,000");
    }
}
