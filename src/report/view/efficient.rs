//! Which options are efficient, and what a further point costs.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::report::format;

/// Options on the efficient frontier, cheapest first; none where no single value may be printed.
pub(super) fn view(names: Names<'_>) -> Option<Table> {
    let printed = names.0.options.iter().any(|o| o.value.is_some());
    let steps = names.0.efficient.iter().filter(|_| printed);
    let or_none = |value: Option<String>| Cell::number(value.unwrap_or_else(|| format::NONE.to_owned()));
    let rows = steps.map(|step| {
        let cells = vec![
            Cell::number(format::pounds(step.npc)),
            Cell::number(format::points(step.value)),
            or_none(step.further_npc.map(format::pounds)),
            or_none(step.further_value.map(format::points)),
            or_none(step.pounds_per_point.map(format::pounds)),
        ];
        Row::new(names.option(&step.option), cells)
    });
    let columns =
        headings(&["Option", "Net present cost, £", "Value, points", "Further cost, £", "Further points", "£ a further point"]);
    let mut table = Table::new("Efficient options, cheapest first, and what each further point costs", columns, rows.collect());
    let left_out = names.0.options.iter().filter(|o| o.rank.is_some()).count().saturating_sub(names.0.efficient.len());
    if left_out > 0 {
        table.note = Some(format!(
            "The other {left_out} ranked options give less for the money than one of these, or than a mix of two. Differences of points mean something, ratios of scores do not."
        ));
    }
    table.if_any()
}
