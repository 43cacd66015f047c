//! The numbers of the tornado: every unknown that moves anything.

use super::Tornado;
use crate::report::format;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;
use crate::report::view::table::headings;

/// Rows of the table; the rest is in the results.
const ROWS: usize = 60;

pub(super) fn table(tornado: &Tornado) -> Table {
    let scored = tornado.bars.iter().any(|b| b.ends[0].score.is_some());
    let rows = tornado.bars.iter().take(ROWS).map(|bar| {
        let [low, high] = &bar.ends;
        let mut cells = vec![Cell::text(&low.full), Cell::text(&high.full)];
        cells.extend([low, high].map(|end| Cell::number(format::pounds(end.npc))));
        if scored {
            let score = |s: Option<f64>| Cell::number(s.map_or_else(|| format::NONE.to_owned(), format::points));
            cells.extend([low, high].map(|end| score(end.score)));
        }
        if let Some(lead) = &tornado.lead {
            let told = |x: f64| if lead.points { format::number(x, 2) } else { format::pounds(x) };
            cells.extend([low, high].map(|end| Cell::number(told(end.lead))));
        }
        Row::new(&bar.name, cells)
    });
    let mut columns = headings(&["Unknown", "Low", "High", "Cost at its low, £", "Cost at its high, £"]);
    if scored {
        columns.extend(headings(&["Score at its low", "Score at its high"]));
    }
    if let Some(lead) = &tornado.lead {
        let unit = if lead.points { "points" } else { "£" };
        columns.extend([format!("Lead at its low, {unit}"), format!("Lead at its high, {unit}")]);
    }
    let over = tornado.lead.as_ref().map_or_else(String::new, |l| format!(", and its lead over {}", l.over));
    let caption = format!(
        "Net present cost of {}{over}, with each unknown at its low and at its high, {} prices",
        tornado.leading, tornado.price_base
    );
    let table = Table::new(caption, columns, rows.collect());
    match tornado.bars.len().saturating_sub(ROWS) {
        0 => table,
        rest => table
            .noted(format!("{} move less and are in appraisal.json only.", format::count(rest, "more unknown", "more unknowns"))),
    }
}
