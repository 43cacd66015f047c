//! What is left behind on systems that are left.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::report::format;

/// By option and system; none where nothing is left behind that the scenario tells of.
pub(super) fn table(names: Names<'_>) -> Option<Table> {
    let amount = |value: Option<f64>| Cell::number(value.map_or_else(|| format::NONE.to_owned(), format::pounds));
    let mut rows = Vec::new();
    for option in &names.0.options {
        for left in &option.archives {
            let cells = vec![
                Cell::text(left.strategy.as_deref().unwrap_or("None can be had")).detailed(left.why.clone()),
                Cell::text(format::short_date(&left.left)),
                amount(left.present),
                amount(left.liability_real),
                amount(left.liability),
                Cell::text(format::short_date(&left.until)),
            ];
            rows.push(Row::new(names.system(&left.instance), cells).detailed(option.name.clone()));
        }
        if let Some(owed) = option.terminal_liability.as_ref().filter(|_| option.archives.len() > 1) {
            let cells = vec![
                Cell::text(""),
                Cell::text(""),
                amount(Some(option.archives.iter().filter_map(|a| a.present).sum())),
                amount(Some(owed.real)),
                amount(Some(owed.present)),
                Cell::text(format::short_date(&owed.until)),
            ];
            rows.push(Row::total(format!("All systems: {}", option.name), cells));
        }
    }
    let columns = headings(&[
        "System and option",
        "How its records are kept",
        "Left on",
        "In the period, present value",
        "After it, year-0 prices",
        "After it, present value",
        "To be kept to",
    ]);
    let table = Table::new("What is left behind, £", columns, rows).if_any()?.stacked();
    Some(table.noted(
        "The cheapest way that can be had is taken, by all that it costs in present value: within the period, after it, and \
         on the contracts of a system that nobody uses any more. What falls after the period is a liability that whoever \
         follows has to pay; it is not in net present cost.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::{ArchiveResult, TerminalLiability};
    use crate::report::sample;

    #[test]
    fn what_is_left_is_told_by_option_with_what_is_owed_in_all() {
        let mut a = sample::small();
        assert!(table(Names(&a)).is_none());
        let left = ArchiveResult {
            instance: "x".into(),
            left: "2028-04-01".into(),
            until: "2048-03-31".into(),
            records: 1_000.0,
            strategy: Some("Extract".into()),
            why: "The only way that can be had.".into(),
            present: Some(1_234.4),
            invoiced: Some(0.0),
            liability_real: Some(900.0),
            liability: Some(500.0),
            alternatives: vec![],
        };
        let none = ArchiveResult { strategy: None, present: None, liability_real: None, liability: None, ..left.clone() };
        a.options[2].archives = vec![left, none];
        a.options[2].terminal_liability = Some(TerminalLiability { real: 900.0, present: 500.0, until: "2048-03-31".into() });
        let table = table(Names(&a)).expect("a table");
        let texts = |row: usize| table.rows[row].cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>();
        assert_eq!(texts(0), ["Extract", "1 Apr 2028", "£1,234", "£900", "£500", "31 Mar 2048"]);
        assert_eq!(texts(1)[0], "None can be had");
        assert_eq!(texts(1)[2], format::NONE);
        assert_eq!(texts(2), ["", "", "£1,234", "£900", "£500", "31 Mar 2048"]);
    }
}
