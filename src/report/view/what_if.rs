//! Every option in other worlds.

use super::names::Names;
use super::table::{Cell, Row, Table, headings};
use crate::report::format;

/// Net present cost and rank of each option now and under each what-if; none without one.
pub(super) fn view(names: Names<'_>) -> Option<Table> {
    let what_ifs = &names.0.sensitivity.what_ifs;
    let rank = |rank: Option<usize>| rank.map_or_else(|| "not ranked".to_owned(), |r| format!("rank {r}"));
    let rows = what_ifs.iter().map(|what_if| {
        let cells = names.0.options.iter().map(|option| {
            let npc = what_if.npc.get(&option.id).copied().flatten().map_or_else(|| format::NONE.to_owned(), format::pounds);
            Cell::number(npc).detailed(rank(what_if.rank.get(&option.id).copied().flatten()))
        });
        Row::new(&what_if.name, cells.collect())
    });
    let now = names.0.options.iter().map(|o| Cell::number(format::pounds(o.cost.npc)).detailed(rank(o.rank)));
    let rows = std::iter::once(Row::new("As in this pack", now.collect())).chain(rows).collect();
    let titles: Vec<&str> = std::iter::once("What if").chain(names.0.options.iter().map(|o| o.name.as_str())).collect();
    let mut table = Table::new("What if: net present cost and rank of each option, £", headings(&titles), rows);
    let because = |w: &crate::appraisal::result::WhatIfResult| match &w.because {
        Some(because) => format!("{} ({because})", w.sentence),
        None => w.sentence.clone(),
    };
    table.note = Some(what_ifs.iter().map(because).collect::<Vec<_>>().join(" "));
    (!what_ifs.is_empty()).then_some(table)
}
