//! The appraisal summary table: Green Book 2026, Table 12 and 9.3 to 9.6.
//!
//! Its rows are roles, in the Green Book's order, and its columns are fixed. What the scenario does not
//! name is said to be missing, never filled in: which option is preferred is for people to say.

use super::front::rank_basis;
use super::metrics;
use super::names::Names;
use super::table::Cell;
use super::table::Line;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::OptionResult;
use crate::quantity::pounds_short;
use crate::report::format;

/// Roles in the order of the rows, with what a row without an option says.
const ROLES: [(&str, &str); 5] = [
    ("business_as_usual", "Business as usual"),
    ("do_minimum", "Do minimum"),
    ("preferred_way_forward", "Preferred option"),
    ("more_ambitious", "More ambitious"),
    ("less_ambitious", "Less ambitious"),
];

/// The table; none without costs, or without business as usual to compare with.
pub(super) fn table(names: Names<'_>) -> Option<Table> {
    let options = &names.0.options;
    names.business_as_usual().filter(|_| metrics::any(options))?;
    let mut rows = Vec::new();
    for (role, words) in ROLES {
        let own: Vec<&OptionResult> = options.iter().filter(|o| plays(o) == Some(role)).collect();
        rows.extend(own.iter().map(|o| row(names, o).detailed(words)));
        if own.is_empty() {
            rows.push(missing(names, role, words));
        }
    }
    rows.extend(options.iter().filter(|o| plays(o).is_none()).map(|o| row(names, o).detailed("No role given")));
    let columns = headings(&[
        "Option and role",
        "Description and standing",
        "Social value, present value",
        "Effects without a price",
        "Public sector finance, cash of each year",
        "Groups and places",
    ]);
    let caption = "Appraisal summary table (Green Book 2026, Table 12)";
    let note = "Amounts are of the central case. Which option is best value is a judgement on all of it: objectives, social value, effects without a price, public sector finance, distribution, risk. Costs of contracts and links are not split by place.";
    Some(Table::new(caption, columns, rows).landscape().stacked().noted(note))
}

/// The role of an option: the author's, or what its kind says of it.
fn plays(option: &OptionResult) -> Option<&str> {
    let by_kind = ["business_as_usual", "do_minimum"].into_iter().find(|kind| *kind == option.kind);
    option.role.as_deref().or(by_kind)
}

/// A row for a role that no option plays.
fn missing(names: Names<'_>, role: &str, words: &str) -> Row {
    // Business as usual is ranked even where it fails a gate; it is then no way forward.
    let feasible = || names.0.options.iter().filter(|o| o.feasible);
    let best = feasible().filter_map(|o| o.rank).min();
    let first: Vec<String> = feasible().filter(|o| o.rank.is_some() && o.rank == best).map(|o| o.name.clone()).collect();
    let basis = rank_basis(&names.0.frame.rank_basis).to_lowercase();
    let text = match role {
        "preferred_way_forward" if !first.is_empty() => {
            format!("None named in the scenario. Ranked first on {basis}: {}.", format::list(&first))
        }
        _ => "None in the scenario.".to_owned(),
    };
    let rest = std::iter::repeat_with(|| Cell::text(format::NONE)).take(4);
    Row::new(words, std::iter::once(Cell::text(text)).chain(rest).collect())
}

fn row(names: Names<'_>, option: &OptionResult) -> Row {
    let description = option.description.clone().unwrap_or_else(|| "Not provided.".to_owned());
    let cells = vec![
        Cell::default().lined(std::iter::once(Line::words(description)).chain(standing(names, option)).collect()),
        Cell::default().lined(social_value(names, option)),
        Cell::default().lined(effects(names, option)),
        Cell::default().lined(finance(names, option)),
        Cell::default().lined(distribution(names, option)),
    ];
    Row::new(&option.name, cells)
}

/// Why it is ahead or behind.
fn standing(names: Names<'_>, option: &OptionResult) -> Vec<Line> {
    let options = &names.0.options;
    let ranked = options.iter().filter(|o| o.rank.is_some()).count();
    let basis = rank_basis(&names.0.frame.rank_basis).to_lowercase();
    let mut lines = Vec::new();
    if let Some(rank) = option.rank {
        let place = format!("{} of {ranked} on {basis}", format::words(&format::ordinal(rank)));
        let first = options.iter().find(|o| o.rank == Some(1)).filter(|o| o.id != option.id);
        lines.push(Line::words(match (first, first.and_then(|f| f.score), option.score) {
            (Some(first), Some(best), Some(own)) if best > own => {
                format!("{place}, {} points behind {}.", format::points(best - own), first.name)
            }
            (Some(first), ..) if option.cost.npc > first.cost.npc => {
                format!("{place}; costs {} more than {}.", format::pounds(option.cost.npc - first.cost.npc), first.name)
            }
            _ => format!("{place}."),
        }));
    }
    for gate in option.gates.iter().filter(|g| !g.passed) {
        lines.push(Line::words(format!("Fails \u{201c}{}\u{201d}: {}", gate.name, gate.reason)));
    }
    lines
}

/// Net present social value and the ratios, then what they are most sensitive to.
fn social_value(names: Names<'_>, option: &OptionResult) -> Vec<Line> {
    let e = &option.economics;
    let mut lines = vec![
        Line::figure("Net present social value", format::pounds(e.npsv)),
        Line::figure("Benefit-cost ratio", metrics::ratio(e.benefit_cost_ratio)),
        Line::figure("Return on public sector cost", metrics::ratio(e.return_on_public_sector_cost)),
    ];
    for unit in &e.unit_costs {
        let price = unit.pounds_per_unit.map_or_else(|| metrics::NOT_DEFINED.to_owned(), format::with_pence);
        lines.push(Line::figure(format!("{}, cost of one ({})", unit.name, unit.unit), price));
    }
    if let Some(change) = &e.against_business_as_usual {
        lines.push(beside_usual(
            change.npsv,
            ["Social value above that of business as usual by", "Social value below that of business as usual by"],
        ));
    }
    for test in &names.0.sensitivity.discount_rates {
        if let Some(npc) = test.npc.get(&option.id) {
            let npsv = if npc.abs() < 0.5 { 0.0 } else { -npc };
            lines.push(Line::figure(format!("If discounted at {}:", format::uncapitalised(&test.title)), format::pounds(npsv)));
        }
    }
    if let Some(late) = option.dual_running.slippage_first_quarter {
        lines.push(Line::figure("If every go-live is three months late:", format::pounds(option.economics.npsv - late)));
    }
    let change = |s: &&crate::appraisal::result::Switching| {
        s.value.map_or(f64::INFINITY, |v| (v - s.current).abs() / s.current.abs().max(f64::MIN_POSITIVE))
    };
    let own = names.0.sensitivity.switching.iter().filter(|s| s.option == option.id && s.value.is_some());
    lines.extend(own.min_by(|a, b| change(a).total_cmp(&change(b))).map(|s| Line::words(&s.sentence)));
    lines
}

/// An amount beside that of business as usual, in the words for more of it and for less.
fn beside_usual(change: f64, [more, less]: [&str; 2]) -> Line {
    if change.abs() < 0.5 {
        return Line::words("The same as business as usual");
    }
    Line::figure(if change > 0.0 { more } else { less }, format::pounds(change.abs()))
}

/// Measures that net present cost does not price, then what the author says in words.
fn effects(names: Names<'_>, option: &OptionResult) -> Vec<Line> {
    let measured = names.0.criteria.iter().filter(|c| c.value).filter_map(|c| {
        let value = format::measure(*option.measures.get(&c.id)?, &c.unit);
        let bare = c.unit == "%" || c.unit.starts_with("share") || c.unit.starts_with("proportion");
        Some(Line::figure(&c.name, if bare { value } else { format!("{value} {}", c.unit) }))
    });
    let lines: Vec<Line> = measured.chain(option.unmonetised.iter().map(Line::words)).collect();
    if lines.is_empty() { vec![Line::words("None recorded.")] } else { lines }
}

/// Cash, how much of it is capital, its dearest year, and the gap to funding.
fn finance(names: Names<'_>, option: &OptionResult) -> Vec<Line> {
    let f = &option.financial;
    let mut lines = vec![Line::figure("Cash, VAT included", format::pounds(f.cash))];
    if f.capital.abs() >= 0.5 {
        lines.push(Line::figure("Of which capital", format::pounds(f.capital)));
    }
    if f.unagreed_benefits.abs() >= 0.5 {
        lines.push(Line::figure("Benefits not agreed, left out of cash", format::pounds(f.unagreed_benefits)));
    }
    let usual = names.business_as_usual().filter(|u| u.id != option.id);
    let words = ["More than business as usual by", "Less than business as usual by"];
    lines.extend(usual.map(|u| beside_usual(f.cash - u.financial.cash, words)));
    let years = f.cash_by_year.iter().zip(&names.0.frame.years);
    if let Some((most, year)) = years.max_by(|a, b| a.0.total_cmp(b.0)) {
        lines.push(Line::figure(format!("Dearest year, {year}:"), format::pounds(*most)));
    }
    for total in &f.funding_total {
        let word = if total.gap >= 0.5 { "Gap to the funding of" } else { "Left of the funding of" };
        lines.push(Line::figure(format!("{word} {}:", names.body(&total.body)), format::pounds(total.gap.abs())));
    }
    if f.funding_total.is_empty() {
        lines.push(Line::words("No funding is given."));
    }
    lines
}

/// Who pays, who bears what the public sector does not, and where people move.
fn distribution(names: Names<'_>, option: &OptionResult) -> Vec<Line> {
    let paying = option.financial.by_body.iter().filter(|b| b.cash.abs() >= 0.5);
    let paying: Vec<String> = paying.map(|b| format!("{} {}", names.body(&b.body), pounds_short(b.cash))).collect();
    let mut lines = Vec::new();
    if !paying.is_empty() {
        lines.push(Line::words(format!("Who pays: {}", paying.join("; "))));
    }
    let others = option.economics.other_costs;
    if others.abs() >= 0.5 {
        lines.push(Line::figure("Falls on households, businesses and others:", format::pounds(others)));
    }
    let moving = option.areas.iter().filter(|a| a.kind == "place" && a.slots_moved > 0);
    let moving: Vec<String> = moving
        .map(|a| {
            let place = a.area.as_deref().unwrap_or("no place given");
            format!("{place} {}", format::number(a.users_moved, 0))
        })
        .collect();
    if !moving.is_empty() {
        lines.push(Line::words(format!("Users who move: {}", moving.join("; "))));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::metrics::tests::with_metrics;
    use super::*;
    use crate::report::sample;

    #[test]
    fn rows_are_roles_in_order_and_none_is_made_up() {
        let mut appraisal = with_metrics();
        appraisal.options[2].role = Some("more_ambitious".into());
        let table = table(Names(&appraisal)).expect("a table");
        let rows: Vec<(&str, Option<&str>)> = table.rows.iter().map(|r| (r.heading.as_str(), r.detail.as_deref())).collect();
        assert_eq!(
            rows,
            [
                ("Business as usual", Some("Business as usual")),
                ("Do minimum", None),
                ("Preferred option", None),
                ("Converge on system Y", Some("More ambitious")),
                ("Less ambitious", None),
                ("Interoperate", Some("No role given")),
            ]
        );
        // The engine ranks; it prefers nothing.
        assert_eq!(table.rows[2].cells[0].text, "None named in the scenario. Ranked first on weighted score: Interoperate.");
        assert_eq!(table.columns.len(), 6);
        assert!(table.rows.iter().all(|r| r.cells.len() == 5));
    }

    #[test]
    fn a_row_tells_social_value_finance_and_distribution() {
        let appraisal = with_metrics();
        let names = Names(&appraisal);
        let converge = &appraisal.options[2];
        let told = |lines: Vec<Line>| lines.into_iter().map(|l| (l.text, l.figure)).collect::<Vec<_>>();
        let same = |found: Vec<Line>, expected: &[(&str, &str)]| {
            assert_eq!(told(found), expected.iter().map(|(t, f)| ((*t).to_owned(), (*f).to_owned())).collect::<Vec<_>>());
        };
        same(
            social_value(names, converge),
            &[
                ("Net present social value", "\u{2212}£975,232"),
                ("Benefit-cost ratio", "0.09"),
                ("Return on public sector cost", "0.06"),
                ("Social value below that of business as usual by", "£428,029"),
                // 975,231.52 + 20,525.15.
                ("If every go-live is three months late:", "\u{2212}£995,757"),
            ],
        );
        // Cash 848,836.80 against 674,904.
        same(
            finance(names, converge),
            &[("Cash, VAT included", "£848,837"), ("More than business as usual by", "£173,933"), ("No funding is given.", "")],
        );
        same(
            distribution(names, converge),
            &[
                ("Who pays: New Community Trust £849k", ""),
                ("Falls on households, businesses and others:", "£40,000"),
                ("Users who move: North 400", ""),
            ],
        );
        // 61.379599 - 60.501087 points.
        same(standing(names, converge), &[("Third of 3 on weighted score, 0.9 points behind Interoperate.", "")]);
        same(
            effects(names, converge),
            &[
                ("Record visibility", "63.7%"),
                ("Disruption", "6,600 dip hours"),
                ("Capability", "0.9175 coverage"),
                ("One record for patients seen by both services", ""),
            ],
        );
    }

    #[test]
    fn failures_stand_with_their_reason() {
        let mut appraisal = with_metrics();
        appraisal.options[2].rank = None;
        appraisal.options[2].gates[0].passed = false;
        let lines = standing(Names(&appraisal), &appraisal.options[2]);
        let expected = "Fails \u{201c}Must m1\u{201d}: Adult mental health is on a system that meets M1";
        assert_eq!(lines, [Line::words(expected)]);
    }

    #[test]
    fn without_a_comparator_or_money_there_is_no_table() {
        assert!(table(Names(&sample::small())).is_none());
        let mut appraisal = with_metrics();
        appraisal.options.remove(0);
        assert!(table(Names(&appraisal)).is_none());
    }
}
