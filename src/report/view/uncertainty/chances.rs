//! How often an option passes every gate, takes each rank, keeps within a budget, and when it is finished.

use super::ordered;
use crate::appraisal::result::OptionResult;
use crate::report::chart::roadmap::last_go_live;
use crate::report::format;
use crate::report::view::front::rank_basis;
use crate::report::view::names::Names;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;
use crate::report::view::table::headings;

/// Passing gates, and ranks, as shares of draws.
pub(super) fn table(names: Names<'_>) -> Option<Table> {
    let options = ordered(names);
    let ranks = options.iter().filter_map(|o| o.uncertainty.as_ref()).map(|u| u.rank_acceptability.len()).max().unwrap_or(0);
    let rows = options.iter().filter_map(|o| {
        let u = o.uncertainty.as_ref()?;
        let shares = u.rank_acceptability.iter().map(|p| Cell::number(format::share_of_draws(*p)));
        let passes = Cell::number(format::share_of_draws(u.p_feasible));
        Some(Row::new(&o.name, std::iter::once(passes).chain(shares).collect()))
    });
    let columns = headings(&["Option", "Passes every gate"])
        .into_iter()
        .chain((1..=ranks).map(|rank| format::words(&format::ordinal(rank))))
        .collect();
    let basis = rank_basis(&names.0.frame.rank_basis).to_lowercase();
    let caption = format!("Share of draws in which each option passes every gate, and takes each rank on {basis}");
    let errors = options.iter().filter_map(|o| o.uncertainty.as_ref()).map(|u| u.probability_first_error);
    let draws = names.0.uncertainty.as_ref().map_or(0, |u| u.draws);
    let note = format!(
        "{}: a share of the first rank is off by no more than {} percentage points (95 times in 100). In a draw in which an option fails a gate it has no rank, and business as usual is ranked all the same. Options that tie share the better rank.",
        format::count(usize::try_from(draws).unwrap_or(usize::MAX), "draw", "draws"),
        format::number((196.0 * errors.fold(0.0, f64::max)).max(0.05), 1)
    );
    Table::new(caption, columns, rows.collect()).noted(note).if_any()
}

/// Whether expected values rank the options as central figures do: on what ranks, and on money where that is something else.
pub(super) fn order(names: Names<'_>) -> Option<String> {
    let options = ordered(names);
    let ranked: Vec<&&OptionResult> = options.iter().filter(|o| o.rank.is_some() && o.rank_expected.is_some()).collect();
    if ranked.len() < 2 {
        return None;
    }
    let basis = names.0.frame.rank_basis.as_str();
    let by_rank: Vec<(&str, (usize, usize))> =
        ranked.iter().filter_map(|o| Some((o.name.as_str(), (o.rank?, o.rank_expected?)))).collect();
    let mut all = vec![(rank_basis(basis), moved(&by_rank))];
    let priced = ranked.iter().any(|o| !o.cost.by_category.is_empty());
    let money: [(&str, CentralAndExpected); 2] = [
        ("Net present cost", |o| Some((o.cost.npc, o.uncertainty.as_ref()?.npc.mean))),
        ("Cash", |o| Some((o.financial.cash, o.uncertainty.as_ref()?.cash.mean))),
    ];
    for (what, of) in money.into_iter().filter(|(what, _)| priced && *what != rank_basis(basis).as_str()) {
        let amounts: Vec<(&str, f64, f64)> = ranked.iter().filter_map(|o| of(o).map(|(c, e)| (o.name.as_str(), c, e))).collect();
        // The place of each, the cheapest first; to the pound, level amounts share the better place.
        let place = |own: f64, of: fn(&(&str, f64, f64)) -> f64| 1 + amounts.iter().filter(|a| of(a) < own - 0.5).count();
        let places: Vec<(&str, (usize, usize))> =
            amounts.iter().map(|(name, c, e)| (*name, (place(*c, |a| a.1), place(*e, |a| a.2)))).collect();
        all.push((what.to_owned(), moved(&places)));
    }
    let small = |what: &String| format::uncapitalised(what);
    let same: Vec<String> = all.iter().filter(|(_, moved)| moved.is_empty()).map(|(what, _)| small(what)).collect();
    let as_central = (!same.is_empty())
        .then(|| format!("On {}, expected values rank the options as central figures do.", format::list(&same)));
    let otherwise = all.iter().filter(|(_, moved)| !moved.is_empty()).map(|(what, moved)| {
        format!("On {}, expected values rank the options otherwise than central figures: {}.", small(what), format::list(moved))
    });
    Some(as_central.into_iter().chain(otherwise).collect::<Vec<_>>().join(" "))
}

/// An amount of an option on central figures, and as expected.
type CentralAndExpected = fn(&OptionResult) -> Option<(f64, f64)>;

/// Options that are elsewhere on expected values than on central figures.
fn moved(places: &[(&str, (usize, usize))]) -> Vec<String> {
    places
        .iter()
        .filter(|(_, (central, expected))| central != expected)
        .map(|(name, (central, expected))| {
            format!("{name} is {} instead of {}", format::ordinal(*expected), format::ordinal(*central))
        })
        .collect()
}

/// Shares of draws from which money that is not enough has a row.
const OFTEN: f64 = 0.005;

/// Bodies and years whose money is not enough in more than a few draws, or the sentence that there are none.
pub(super) fn budgets(names: Names<'_>) -> (Option<Table>, Option<String>) {
    let options = ordered(names);
    let all = || options.iter().filter_map(|o| o.uncertainty.as_ref()).flat_map(|u| &u.budgets);
    if all().next().is_none() {
        return (None, None);
    }
    let mut years: Vec<(&str, &str)> =
        all().filter(|b| b.probability > OFTEN).map(|b| (b.body.as_str(), b.year.as_str())).collect();
    years.sort_unstable();
    years.dedup();
    if years.is_empty() {
        let never = "The money that the scenario gives is enough for every option, body and year in 99.5% of the draws or more.";
        return (None, Some(never.to_owned()));
    }
    let chance = |o: &&OptionResult, body: &str, year: &str| {
        let own = o.uncertainty.as_ref().and_then(|u| u.budgets.iter().find(|b| b.body == body && b.year == year));
        Cell::number(own.map_or_else(|| format::NONE.to_owned(), |b| format::share_of_draws(b.probability)))
    };
    let row = |(body, year): &(&str, &str)| {
        Row::new(format!("{}, {year}", names.body(body)), options.iter().map(|o| chance(o, body, year)).collect())
    };
    let columns: Vec<String> = options.iter().map(|o| o.name.clone()).collect();
    let caption = "Share of draws in which a body's money is not enough";
    let note = "Years in which it is enough in 99.5% of the draws of every option or more are left out.";
    (Some(Table::by_option(caption, "Body and year", &columns, years.iter().map(row).collect()).noted(note)), None)
}

/// When the last move is live; none where nothing moves.
pub(super) fn finish(names: Names<'_>) -> Option<Table> {
    let rows = ordered(names).into_iter().filter_map(|o| {
        let finish = o.uncertainty.as_ref()?.finish.as_ref()?;
        let central = last_go_live(o).map_or_else(|| format::NONE.to_owned(), |d| format::short_date(&d));
        let date = |iso: &str| format::short_date(iso);
        let range = format!("{} to {}", date(&finish.p10), date(&finish.p90));
        Some(Row::new(
            &o.name,
            vec![Cell::text(central), Cell::text(date(&finish.p50)), Cell::text(date(&finish.p80)), Cell::text(range)],
        ))
    });
    let columns = headings(&["Option", "Central", "P50: half the draws", "P80: eight of ten", "P10 to P90"]);
    let note = "Counted in whole months, a part of a month as the whole. Moves that every option has, such as commitments, are left out.";
    Table::new("By when the last move is live", columns, rows.collect()).noted(note).if_any()
}
