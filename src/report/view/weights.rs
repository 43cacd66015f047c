//! What the weights imply, and what would change the answer.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::Switching;
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
        let unit = names.0.criteria.iter().find(|c| c.id == rate.criterion).map_or("", |c| c.unit.as_str());
        // A share is spoken of by the percentage point.
        let scale = if unit.starts_with("share") { 0.01 } else { 1.0 };
        let implied = rate.pounds_per_unit.map_or_else(|| format::NONE.to_owned(), |p| money(p * scale));
        let paid = match (rate.paid, rate.paid_highest) {
            (Some(low), Some(high)) if (high - low).abs() > 1e-9 => format!("{} to {}", money(low), money(high)),
            (Some(low), _) => money(low),
            _ => format::NONE.to_owned(),
        };
        let view = rate.warning.as_ref().map_or_else(Cell::default, |_| Cell::mood("See warning", "flag"));
        let cells = vec![Cell::text(&rate.sentence), Cell::number(implied), Cell::number(paid), view];
        Row::new(names.criterion(&rate.criterion), cells)
    });
    let columns = headings(&["Criterion", "In words", "Worth of one (point, hour, day, £)", "Paid for one", "Check"]);
    let table = Table::new("What one unit of each criterion is worth by the combined weights", columns, rows.collect());
    table.if_any()
}

/// Pounds, with pence where the amount is small.
fn money(value: f64) -> String {
    if value.abs() >= 100.0 { format::pounds(value) } else { format::with_pence(value) }
}

/// Rows of a table of what would change the answer; the rest is in the results file.
const TELLING: usize = 20;

/// Ties of the leading option with its rivals, nearest first.
fn crossings(names: Names<'_>) -> Option<Table> {
    let all = &names.0.sensitivity.weights;
    let leading = all.first()?.option.clone();
    let own: Vec<&WeightCrossing> = all.iter().filter(|c| c.option == leading).collect();
    let distance = |c: &WeightCrossing| c.crossing.map_or(f64::INFINITY, |at| (at - c.weight).abs());
    let mut ties: Vec<&WeightCrossing> = own.iter().copied().filter(|c| c.crossing.is_some()).collect();
    ties.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    let without = own.len() - ties.len();
    let rows = ties.iter().take(TELLING).map(|c| {
        let cells = vec![
            Cell::number(format::percent(c.weight)),
            Cell::number(c.crossing.map_or_else(String::new, format::percent)),
            Cell::text(meaning(names, c)),
        ];
        Row::new(node(names, &c.node), cells)
    });
    let columns = headings(&["Weight of", "Now", "They tie at", "What it means"]);
    let caption = format!(
        "Weights at which {} ties with another option, nearest first, the other weights in proportion",
        names.option(&leading)
    );
    let rest = format!(
        "In {} no weight from 0% to 100% makes them tie. All pairs are in appraisal.json.",
        format::count(without, "other case", "other cases")
    );
    Some(Table::new(caption, columns, rows.collect()).noted(rest))
}

/// A criterion's name, or a group's id as words.
fn node(names: Names<'_>, id: &str) -> String {
    let name = names.criterion(id);
    if name == id { format::words(id) } else { name }
}

fn meaning(names: Names<'_>, crossing: &WeightCrossing) -> String {
    let rival = names.option(&crossing.rival);
    match (crossing.crossing, crossing.side.as_deref()) {
        (Some(at), Some(side)) => format!("{rival} is ahead {side} {}", format::percent(at)),
        _ => format!("{rival} is level there only"),
    }
}

/// Inputs that could change which of two options costs less, least relative change first; where none
/// can, that is what the table says.
fn switching(names: Names<'_>) -> Option<Table> {
    let all = &names.0.sensitivity.switching;
    let change =
        |s: &Switching| s.value.map_or(f64::INFINITY, |v| (v - s.current).abs() / s.current.abs().max(f64::MIN_POSITIVE));
    let mut telling: Vec<&Switching> = all.iter().filter(|s| s.value.is_some()).collect();
    let found = telling.len();
    telling.sort_by(|a, b| change(a).total_cmp(&change(b)));
    if found == 0 {
        telling = all.iter().collect();
    }
    let rows = telling.iter().take(TELLING).map(|s| {
        let known = names.0.assumptions.iter().find(|a| a.id == s.input);
        let unit = known.map_or("", |a| a.unit.as_str());
        let about = if s.jump { "about " } else { "" };
        let value = s.value.map_or_else(|| "None".to_owned(), |v| format!("{about}{}", format::measure(v, unit)));
        let cells = vec![Cell::text(&s.sentence), Cell::number(format::measure(s.current, unit)), Cell::number(value)];
        let row = Row::new(known.map_or(s.input.as_str(), |a| a.name.as_str()), cells);
        if unit.is_empty() { row } else { row.detailed(unit) }
    });
    let columns = headings(&["Input", "What it would take", "Now", "Switching value"]);
    let table = Table::new("Values of inputs at which two options cost the same, least change first", columns, rows.collect());
    let note = format!(
        "{} asked of inputs with a range and of every price a user: {} an answer, {} none in the range that makes sense. All are in appraisal.json.",
        format::count(all.len(), "question was", "questions were"),
        format::count(found, "has", "have"),
        format::count(all.len() - found, "has", "have")
    );
    Some(table.noted(note)).filter(|_| !all.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_missing_crossing_is_said() {
        let appraisal = sample::small();
        let table = crossings(Names(&appraisal)).expect("crossings");
        assert!(table.rows.iter().any(|r| r.cells[2].text == "Business as usual is ahead below 28.1%"));
        // Nearest first: 29.4 to 28.1 is the shortest way.
        assert!(table.note.as_deref().is_some_and(|n| n.contains("no weight from 0% to 100%")));
    }

    #[test]
    fn small_rates_show_pence() {
        assert_eq!(money(15.0), "£15.00");
        assert_eq!(money(5_000.0), "£5,000");
    }
}
