//! The appraisal at other discount rates.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::report::format;

/// Net present cost and rank of each option at the rates in force and at each test; none without a test.
pub(super) fn view(names: Names<'_>) -> Option<Table> {
    let tests = &names.0.sensitivity.discount_rates;
    let rank = |rank: Option<usize>| rank.map_or_else(|| "not ranked".to_owned(), |r| format!("rank {r}"));
    let rows = names.0.options.iter().filter(|_| !tests.is_empty()).map(|option| {
        let now = Cell::number(format::pounds(option.cost.npc)).detailed(rank(option.rank));
        let others = tests.iter().map(|test| {
            let npc = test.npc.get(&option.id).copied().map_or_else(|| format::NONE.to_owned(), format::pounds);
            Cell::number(npc).detailed(rank(test.rank.get(&option.id).copied().flatten()))
        });
        Row::new(&option.name, std::iter::once(now).chain(others).collect())
    });
    let titles: Vec<&str> =
        ["Option", "At the rates in force, £"].into_iter().chain(tests.iter().map(|t| t.title.as_str())).collect();
    let mut table = Table::new("Net present cost at other discount rates, £", headings(&titles), rows.collect());
    table.note = Some(tests.iter().map(|t| t.sentence.clone()).collect::<Vec<_>>().join(" "));
    table.if_any()
}
