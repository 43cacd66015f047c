//! Expected, central and P80, in that order, with what lies between P10 and P90.

use super::is_priced;
use super::ordered;
use crate::appraisal::result::OptionResult;
use crate::appraisal::result::OptionUncertainty;
use crate::appraisal::result::Spread;
use crate::report::format;
use crate::report::view::names::Names;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;
use crate::report::view::table::headings;

/// What is told of each option: its spread, its central value, and how numbers of it are shown.
struct Told {
    spread: fn(&OptionUncertainty) -> Option<&Spread>,
    central: fn(&OptionResult) -> Option<f64>,
    show: fn(f64) -> String,
}

const NOTE: &str = "Expected: the mean over the draws. Central: all numbers at their likely value, with the allowance for optimism. P80: eight draws in ten lie below. P10 to P90: eight draws in ten lie between.";

/// Net present cost; none where nothing costs anything.
pub(super) fn costs(names: Names<'_>) -> Option<Table> {
    is_priced(names).then_some(())?;
    let told = Told { spread: |u| Some(&u.npc), central: |o| Some(o.cost.npc), show: format::pounds };
    let caption = format!("Net present cost: expected, central and P80, £, {} prices", names.0.frame.price_base);
    let table = table(names, caption, &told)?;
    Some(table.noted(format!("{NOTE} Standard error: how far the expected value may be off because draws are limited in number; two of them either way hold it 95 times in 100.")))
}

/// Cash, dual running, work and score, those that there are.
pub(super) fn others(names: Names<'_>) -> Vec<Table> {
    let days = |x: f64| format::number(x, 0);
    let cash = Told { spread: |u| Some(&u.cash), central: |o| Some(o.financial.cash), show: format::pounds };
    let dual = Told { spread: |u| Some(&u.dual_running), central: |o| Some(o.dual_running.present), show: format::pounds };
    let work = Told { spread: |u| Some(&u.person_days), central: |o| Some(o.effort.person_days), show: days };
    let score = Told { spread: |u| u.score.as_ref(), central: |o| o.score, show: format::points };
    [
        ("Cash over the whole period, £, prices of each year, VAT included: expected, central and P80", cash),
        ("Dual running, present value, £: expected, central and P80", dual),
        ("Work, person-days: expected, central and P80", work),
        ("Weighted score, points: expected, central and P80", score),
    ]
    .into_iter()
    .filter_map(|(caption, told)| table(names, caption.to_owned(), &told))
    .collect()
}

/// None where it is nothing for every option.
fn table(names: Names<'_>, caption: String, told: &Told) -> Option<Table> {
    let row = |o: &&OptionResult| {
        let u = o.uncertainty.as_ref()?;
        let s = (told.spread)(u)?;
        let central = (told.central)(o).map_or_else(|| format::NONE.to_owned(), told.show);
        let range = format!("{} to {}", (told.show)(s.p10), (told.show)(s.p90));
        let cells = vec![
            Cell::number((told.show)(s.mean)),
            Cell::number(central),
            Cell::number((told.show)(s.p80)),
            Cell::number(range),
            Cell::number(s.standard_error.map_or_else(|| "Not known".to_owned(), told.show)),
        ];
        Some(Row::new(&o.name, cells))
    };
    let options = ordered(names);
    let is_something = |s: &Spread| s.mean.abs() > 1e-9 || s.p90.abs() > 1e-9;
    let any = options.iter().filter_map(|o| o.uncertainty.as_ref()).filter_map(told.spread).any(is_something);
    let rows: Vec<Row> = options.iter().filter_map(row).collect();
    let columns = headings(&["Option", "Expected", "Central", "P80", "P10 to P90", "Standard error"]);
    any.then(|| Table::new(caption, columns, rows)).and_then(Table::if_any)
}
