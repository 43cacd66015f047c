//! The roadmap as a table.

use super::Roadmap;
use super::alike;
use crate::quantity::FinancialYear;
use crate::report::format;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;
use crate::report::view::table::headings;

/// One row for each stretch of use.
pub(super) fn table(roadmap: &Roadmap) -> Table {
    let mut rows = Vec::new();
    let mut remarks: Vec<String> = Vec::new();
    for group in alike(roadmap) {
        let names: Vec<String> = group.iter().map(|i| roadmap.options[*i].name.clone()).collect();
        rows.push(Row::group(names.join(" / ")));
        for lane in &roadmap.options[group[0]].rows {
            for stretch in &lane.stretches {
                let state = match stretch.state.as_str() {
                    "parallel" => "Run in parallel",
                    "provisioned" => "Provided before go-live",
                    _ => "Live",
                };
                let (from, to) = stretch.span;
                let cells = vec![
                    Cell::text(&stretch.system),
                    Cell::text(state),
                    Cell::text(month(&roadmap.years, from)),
                    Cell::text(month(&roadmap.years, to.saturating_sub(1))),
                ];
                rows.push(Row::new(&lane.name, cells));
            }
        }
        remarks.extend(roadmap.options[group[0]].left_out.iter().map(|text| format!("{}: {text}.", names.join(" / "))));
    }
    let columns = headings(&["Option and service", "System", "Use", "First month", "Last month"]);
    let table = Table::new("Use of systems by service that changes in at least one option", columns, rows);
    if remarks.is_empty() { table } else { table.noted(remarks.join(" ")) }
}

/// Month `index` from April of the first year, such as `January 2028`.
fn month(years: &[String], index: usize) -> String {
    const NAMES: [&str; 12] = [
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "January",
        "February",
        "March",
    ];
    let start = years.first().and_then(|y| FinancialYear::parse(y));
    let Some(start) = start else { return format::NONE.to_owned() };
    let year = start.plus(index.div_euclid(12)).start_year() + i16::from(index % 12 >= 9);
    format!("{} {year}", NAMES[index % 12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_names() {
        // Month 9 is the tenth from April.
        assert_eq!(month(&["2027/28".into()], 9), "January 2028");
        assert_eq!(month(&["2027/28".into()], 12), "April 2028");
        assert_eq!(month(&[], 12), format::NONE);
    }
}
