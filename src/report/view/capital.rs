//! Capital, revenue and depreciation by year.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::OptionResult;
use crate::report::format;

/// Capital, revenue and depreciation of each option that spends any capital; none if none does.
pub(super) fn view(names: Names<'_>) -> Option<Table> {
    let spends = |o: &&OptionResult| o.financial.capital_by_year.iter().any(|c| *c != 0.0);
    let rows = names.0.options.iter().filter(spends).flat_map(|option| {
        let view = &option.financial;
        let revenue: Vec<f64> =
            view.cash_by_year.iter().zip(&view.capital_by_year).map(|(cash, capital)| cash - capital).collect();
        let row = |heading: &str, years: &[f64]| {
            let total = Cell::number(format::pounds(years.iter().sum()));
            Row::new(heading, years.iter().map(|y| Cell::number(format::pounds(*y))).chain([total]).collect())
        };
        [
            Row::group(option.name.clone()),
            row("Capital, in cash", &view.capital_by_year),
            row("Revenue, in cash", &revenue),
            row("Depreciation, no cash", &view.depreciation_by_year),
        ]
    });
    let years = names.0.frame.years.iter().map(String::as_str);
    let titles: Vec<&str> = std::iter::once("£, cash prices").chain(years).chain(["Total"]).collect();
    let mut table = Table::new("Capital, revenue and depreciation by year", headings(&titles), rows.collect());
    table.print = "landscape";
    table.note = Some("Depreciation is of new capital only, in a straight line from the month after it is spent; what is not written off by the last year stays on the balance sheet.".to_owned());
    table.if_any()
}
