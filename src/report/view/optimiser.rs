//! The best achievable roadmap beside the options.

use super::names::Names;
use super::roadmap_robustness::{self, RobustnessView};
use super::table::{Cell, Row, Table, headings};
use crate::appraisal::result::Optimiser;
use crate::quantity;
use crate::report::chart::{Figure, frontier};
use crate::report::format;
use serde::Serialize;

/// The section on the roadmap that the optimiser found.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OptimiserView {
    sentence: String,
    status: String,
    conflict: Vec<String>,
    moves: Option<Table>,
    links: Option<Table>,
    against: Option<Table>,
    robustness: Option<RobustnessView>,
    frontier: Option<Figure>,
    distances: Option<Table>,
    limit_prices: Option<Table>,
}

/// The section; none where nothing was asked.
pub(super) fn view(names: Names<'_>) -> Option<OptimiserView> {
    let found = names.0.optimiser.as_ref()?;
    Some(OptimiserView {
        sentence: found.sentence.clone(),
        status: status(found),
        // One is in the sentence.
        conflict: found
            .conflict
            .iter()
            .filter(|_| found.conflict.len() > 1)
            .map(|c| &c.sentence)
            .chain(found.relaxations.iter().map(|r| &r.sentence))
            .cloned()
            .collect(),
        moves: moves(names, found),
        links: links(found),
        against: against(names, found),
        robustness: roadmap_robustness::view(names, found),
        frontier: frontier::figure(names.0),
        distances: distances(names, found),
        limit_prices: limit_prices(found),
    })
}

/// How sure it is that nothing better is achievable, with the work that was done.
fn status(found: &Optimiser) -> String {
    let tried = u32::try_from(found.tried).map_or(f64::INFINITY, f64::from);
    let known = match (found.status.as_str(), found.gap) {
        // What counts as proven is so within a share of the cost.
        ("proven", Some(gap)) if found.unit == "pounds" && gap > 0.5 => {
            format!("It is proven that no achievable plan costs less by more than {}.", at_most(found, gap))
        }
        ("proven", _) => "It is proven that no achievable plan is better.".to_owned(),
        ("impossible", _) => "It is proven that no plan keeps all limits.".to_owned(),
        ("bounded", Some(gap)) => format!("Another plan can be better by {} at most.", at_most(found, gap)),
        ("unknown", _) => "No plan that keeps all limits was found; that there is none is not proven.".to_owned(),
        _ => "By how much another plan could be better is not known.".to_owned(),
    };
    let difference = found
        .recosted_difference
        .map_or_else(String::new, |d| format!(" Costed again line by line it differs by {}.", format::with_pence(d)));
    format!("{known} {} plans were tried (seed {}).{difference}", format::number(tried, 0), found.question.seed)
}

/// An amount that something is at most: rounded up.
fn at_most(found: &Optimiser, most: f64) -> String {
    amount(found, quantity::raised(most, if found.unit == "pounds" { 1.0 } else { 0.1 }))
}

fn amount(found: &Optimiser, amount: f64) -> String {
    if found.unit == "pounds" { format::pounds(amount) } else { format!("{} points", format::points(amount)) }
}

fn moves(names: Names<'_>, found: &Optimiser) -> Option<Table> {
    let mut moved: Vec<_> = found.plan.iter().filter(|p| p.go_live.is_some()).collect();
    moved.sort_by(|a, b| a.go_live.cmp(&b.go_live));
    let date = |d: Option<&String>| d.map_or_else(|| format::NONE.to_owned(), |d| format::short_date(d));
    let rows = moved.iter().map(|entry| {
        let start = names.0.services.iter().find(|s| s.id == entry.service).and_then(|s| s.slots.get(&entry.slot));
        let cells = vec![
            Cell::text(start.map_or_else(|| format::NONE.to_owned(), |i| names.system(i))),
            Cell::text(names.system(&entry.instance)),
            Cell::text(date(entry.go_live.as_ref())),
            Cell::text(date(entry.expected_go_live.as_ref())),
            Cell::text(if entry.committed { "Decided already" } else { "Found" }),
        ];
        Row::new(names.slot(&entry.service, &entry.slot), cells)
    });
    let columns = headings(&["Service", "At the start on", "Moves to", "Planned go-live", "Expected go-live", "Whose move"]);
    Table::new("The roadmap found, by date", columns, rows.collect()).stacked().if_any()
}

fn links(found: &Optimiser) -> Option<Table> {
    let new = found.links.iter().filter_map(|l| Some((&l.name, l.live.as_ref()?)));
    let rows = new.map(|(name, live)| Row::new(name, vec![Cell::text(format::short_date(live))]));
    Table::new("New links of the roadmap found", headings(&["Link", "Live from"]), rows.collect()).if_any()
}

fn against(names: Names<'_>, found: &Optimiser) -> Option<Table> {
    let rows = found.against.iter().map(|o| {
        let limits = if o.breaks.is_empty() {
            Cell::text("Keeps all")
        } else {
            Cell::text(format!("Does not keep: {}", o.breaks.join("; ")))
        };
        let points = o
            .score
            .map_or_else(|| format::NONE.to_owned(), |s| format!("{}{}", if s > 0.0 { "+" } else { "" }, format::points(s)));
        let cells = vec![
            Cell::number(format::signed_pounds(o.npc)),
            Cell::number(points),
            Cell::number(format::signed_pounds(o.dual_running)),
            Cell::number(o.npc_from_dates.map_or_else(|| format::NONE.to_owned(), format::signed_pounds)),
            limits,
        ];
        Row::new(names.option(&o.option), cells)
    });
    let columns = headings(&[
        "Against",
        "Net present cost, £",
        "Score, points",
        "Dual running, £",
        "By dates alone, £",
        "Limits of the roadmap",
    ]);
    let table = Table::new("The roadmap found less each option", columns, rows.collect()).stacked();
    table.noted("Pounds below nothing are saved by the roadmap found; points above nothing are gained by it. By dates alone: what of the net present cost better dates for the moves of the option would bring; the rest is other moves and links. A dash: not asked.").if_any()
}

fn distances(names: Names<'_>, found: &Optimiser) -> Option<Table> {
    let rows = found.distances.iter().map(|d| {
        let none = || format::NONE.to_owned();
        let cells = vec![
            Cell::number(d.pounds.map_or_else(none, format::pounds)),
            Cell::number(d.points.map_or_else(none, format::points)),
        ];
        Row::new(names.option(&d.option), cells)
    });
    let columns = headings(&["Option", "Dearer than the frontier at its score, £", "Below the frontier at its cost, points"]);
    let table = Table::new("How far options are from the frontier", columns, rows.collect());
    table.noted("A dash: no point of the frontier has the score, or costs so little. Below nothing: the option does not keep all limits, or does what the optimiser was not offered.").if_any()
}

fn limit_prices(found: &Optimiser) -> Option<Table> {
    let rows = found.limit_prices.iter().map(|p| {
        let gain = p.gain.map_or_else(|| format::NONE.to_owned(), |g| amount(found, g));
        Row::new(&p.name, vec![Cell::text(&p.relaxed), Cell::number(gain)])
    });
    let columns = headings(&["Limit", "Made wider by", "The best plan found is better by"]);
    let table = Table::new("What single limits cost", columns, rows.collect());
    table.noted("Each from a search of its own that begins with the roadmap found; the others stay as they are.").if_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    /// A gap is rounded up: £12,000.20 is not within £12,000, nor 0.21 points within 0.2.
    #[test]
    fn a_gap_is_no_less_than_it_is() {
        let a = sample::small();
        let said = |status: &str, gap: f64, unit: &str| {
            let (status, unit) = (status.to_owned(), unit.to_owned());
            let found = Optimiser { status, gap: Some(gap), unit, ..sample::roadmap(&a) };
            super::status(&found).split(". ").next().unwrap_or_default().to_owned()
        };
        assert_eq!(said("bounded", 12_000.2, "pounds"), "Another plan can be better by £12,001 at most");
        assert_eq!(said("bounded", 0.21, "points"), "Another plan can be better by 0.3 points at most");
        assert_eq!(said("proven", 0.4, "pounds"), "It is proven that no achievable plan is better");
        assert_eq!(said("proven", 31_800.2, "pounds"), "It is proven that no achievable plan costs less by more than £31,801");
    }

    #[test]
    fn nothing_is_said_where_nothing_was_asked_and_all_of_it_otherwise() {
        let mut a = sample::small();
        assert!(view(Names(&a)).is_none());
        a.optimiser = Some(sample::roadmap(&a));
        let shown = view(Names(&a)).expect("a section");
        let texts = |t: &Option<Table>, row: usize| -> Vec<String> {
            t.as_ref().expect("a table").rows[row].cells.iter().map(|c| c.text.clone()).collect()
        };
        assert_eq!(
            shown.status,
            "Another plan can be better by £12,000 at most. 1,234 plans were tried (seed 7). Costed again line by line it differs by £0.00."
        );
        assert_eq!(texts(&shown.against, 0), ["\u{2212}£90,000", "+2.5", "£0", "\u{2212}£20,000", "Keeps all"]);
        assert_eq!(
            texts(&shown.against, 1)[4],
            "Does not keep: Training capacity in 2026/27 Q2 covers 412 of the 655 days needed"
        );
        assert_eq!(texts(&shown.distances, 0), ["£90,000", "1.5"]);
        assert_eq!(texts(&shown.distances, 1), [format::NONE, format::NONE]);
        assert_eq!(texts(&shown.limit_prices, 0), ["wholly", "£4,000"]);
        assert!(shown.frontier.is_some() && shown.conflict.is_empty());
    }
}
