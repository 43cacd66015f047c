//! What the dates of options do, their moves and links being what they are.

use super::names::Names;
use super::table::{Cell, Row, Table, headings};
use crate::report::format;

/// What other dates would do for options whose moves and links stay; none where it was not asked.
pub(super) fn table(names: Names<'_>) -> Option<Table> {
    let asked = names.0.options.iter().filter_map(|o| Some((o, o.dates.as_ref()?)));
    let rows = asked.map(|(option, dates)| {
        let none = || format::NONE.to_owned();
        let cells = vec![
            Cell::number(format::pounds(dates.saves)),
            Cell::number(option.dual_running.avoidable.map_or_else(none, format::pounds)),
            Cell::number(dates.gain_of_targets.map_or_else(none, format::pounds)),
            Cell::number(format::pounds(dates.gain_of_dates)),
            Cell::text(if dates.keeps_limits { "Keeps all" } else { "Not all kept" }),
        ];
        Row::new(&option.name, cells)
    });
    let columns = headings(&[
        "Option",
        "The best dates found would save, £",
        "Dual running that dates could avoid, £",
        "Gain of its moves and links, £",
        "Gain of its dates, £",
        "Limits, as it is",
    ]);
    let table = Table::new("What dates do: moves and links of each option as they are", columns, rows.collect()).stacked();
    table.noted("In net present cost; dual running in present value. Gains are against business as usual: of moves and links with every move as soon as it may be by itself, whether or not that keeps all limits; of dates, what the option as it is costs less than that. Below nothing: it costs more, or saves by not keeping limits.").if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::Dates;
    use crate::report::sample;

    #[test]
    fn dates_stand_for_options_that_were_asked_about() {
        let mut a = sample::small();
        assert!(table(Names(&a)).is_none());
        a.options[1].dual_running.avoidable = Some(4_000.0);
        a.options[1].dates = Some(Dates {
            status: "found".into(),
            keeps_limits: false,
            npc: 480_000.0,
            saves: -1_000.0,
            dual_running: 9_000.0,
            least_dual_running: 8_000.0,
            npc_soonest: 500_000.0,
            gain_of_targets: None,
            gain_of_dates: 21_000.0,
            sentence: String::new(),
        });
        let table = table(Names(&a)).expect("a table");
        let texts: Vec<&str> = table.rows[0].cells.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(table.rows.len(), 1);
        assert_eq!(texts, ["\u{2212}£1,000", "£4,000", "\u{2013}", "£21,000", "Not all kept"]);
    }
}
