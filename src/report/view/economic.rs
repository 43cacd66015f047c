//! The economic view and its reconciliation with cash.

use super::explained::linked;
use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::Appraisal;
use crate::appraisal::result::CATEGORIES;
use crate::appraisal::result::Identity;
use crate::appraisal::result::OptionResult;
use crate::report::chart::Figure;
use crate::report::chart::cost_by_year;
use crate::report::chart::waterfall;
use crate::report::format;
use serde::Serialize;

/// The economic section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Economic {
    by_category: Option<Table>,
    waterfall: Option<Figure>,
    by_year: Option<Figure>,
    reconciliation: Option<Table>,
    cash_by_year: Option<Table>,
    by_body: Option<Table>,
    identity: Option<Table>,
    lines: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Economic {
    Economic {
        by_category: by_category(names),
        waterfall: waterfall::figure(names.0),
        by_year: cost_by_year::figure(names.0),
        reconciliation: reconciliation(names),
        cash_by_year: cash_by_year(names),
        by_body: by_body(names),
        identity: identity(names),
        lines: lines(names),
    }
}

/// A row of pounds, one cell for each option.
fn row(appraisal: &Appraisal, heading: &str, amount: &dyn Fn(&OptionResult) -> f64) -> Row {
    Row::new(heading, appraisal.options.iter().map(|o| Cell::number(format::pounds(amount(o)))).collect())
}

fn total(row: Row) -> Row {
    Row { kind: "total", ..row }
}

/// The row with links to where its figures are taken apart.
fn explained(names: Names<'_>, row: Row, below: &str) -> Row {
    let options = names.0.options.iter();
    let cells = row.cells.into_iter().zip(options).map(|(cell, o)| linked(cell, names, &o.id, below)).collect();
    Row { cells, ..row }
}

fn by_category(names: Names<'_>) -> Option<Table> {
    let a = names.0;
    let used = |c: &&str| a.options.iter().any(|o| o.cost.by_category.contains_key(*c));
    let categories: Vec<&str> = CATEGORIES.into_iter().filter(used).collect();
    if categories.is_empty() {
        return None;
    }
    let present = |o: &OptionResult, c: &str| o.cost.by_category.get(c).map_or(0.0, |x| x.present);
    let mut rows: Vec<Row> = categories.iter().map(|c| row(a, &format::words(c), &|o| present(o, c))).collect();
    rows.push(explained(names, total(row(a, "Net present cost", &|o| o.cost.npc)), "cost.npc"));
    rows.push(row(a, "Net present social value", &|o| o.cost.npsv).detailed("the same with the sign turned"));
    rows.push(row(a, "Equivalent annual cost", &|o| o.cost.eac));
    rows.push(row(a, "Not discounted", &|o| o.cost.real).detailed(format!("{} prices", a.frame.price_base)));
    rows.push(row(a, "In cash prices", &|o| o.cost.nominal).detailed("before VAT"));
    let caption = format!("Cost by category, present value in {} prices, £, before VAT", a.frame.price_base);
    let table = Table::by_option(caption, "Category", &names.options(), rows);
    Some(table.noted("Costs are positive, benefits negative. Payments between public bodies are left out. Figures may not add because of rounding."))
}

fn reconciliation(names: Names<'_>) -> Option<Table> {
    let a = names.0;
    if a.options.is_empty() {
        return None;
    }
    let not_cash = if a.options.iter().any(|o| o.financial.unagreed_benefits.abs() >= 0.005) {
        "staff time, benefits that release no cash or that nobody has agreed to"
    } else {
        "staff time, benefits that release no cash"
    };
    let mut rows = vec![
        row(a, "Economic cost in cash prices", &|o| o.financial.nominal).detailed("before VAT"),
        row(a, "Less what is not paid in cash", &|o| -o.financial.non_cash).detailed(not_cash),
        row(a, "Plus VAT that cannot be recovered", &|o| o.financial.vat),
    ];
    if a.options.iter().any(|o| o.financial.transfers.abs() > 0.005) {
        rows.push(row(a, "Plus transfers to households, businesses and others", &|o| o.financial.transfers));
    }
    rows.push(explained(names, total(row(a, "Cash", &|o| o.financial.cash)), "financial.cash"));
    Some(Table::by_option("From economic cost to cash, £, cash prices of each year", "Step", &names.options(), rows))
}

fn cash_by_year(names: Names<'_>) -> Option<Table> {
    let a = names.0;
    if a.options.iter().all(|o| o.financial.cash_by_year.is_empty()) {
        return None;
    }
    let of = |o: &OptionResult, year: usize| o.financial.cash_by_year.get(year).copied().unwrap_or(0.0);
    let mut rows: Vec<Row> = a.frame.years.iter().enumerate().map(|(i, name)| row(a, name, &|o| of(o, i))).collect();
    rows.push(total(row(a, "All years", &|o| o.financial.cash)));
    Some(Table::by_option("Cash by year, £, VAT included, cash prices", "Year", &names.options(), rows))
}

fn by_body(names: Names<'_>) -> Option<Table> {
    let mut rows = Vec::new();
    for option in names.0.options.iter().filter(|o| !o.financial.by_body.is_empty()) {
        rows.push(Row::group(&option.name));
        for body in &option.financial.by_body {
            let amounts = [body.nominal, -body.non_cash, body.vat, body.transfers, body.cash];
            let cells = amounts.map(|amount| Cell::number(format::pounds(amount))).to_vec();
            rows.push(Row::new(names.body(&body.body), cells));
        }
    }
    let columns = headings(&["Option and body", "Economic cost", "Less non-cash", "VAT", "Paid to other bodies", "Cash"]);
    Table::new("From the cost that each body bears to the cash that it pays, £, cash prices of each year", columns, rows).if_any()
}

/// A term of the identity with its row heading.
type Term = (&'static str, fn(&Identity) -> f64);

fn identity(names: Names<'_>) -> Option<Table> {
    let a = names.0;
    if a.identity.is_empty() {
        return None;
    }
    let scored_elsewhere = a.identity.values().any(|i| i.scored_elsewhere.abs() > 1e-9);
    let mut terms: Vec<Term> =
        vec![("Cost criterion", |i| i.cost), ("Dual running", |i| i.dual_running), ("Priced staff time", |i| i.staff_time)];
    if scored_elsewhere {
        terms.push(("Benefits scored by another criterion", |i| i.scored_elsewhere));
    }
    let line = |term: Term| {
        let cells = a
            .options
            .iter()
            .map(|o| a.identity.get(&o.id).map_or_else(|| format::NONE.to_owned(), |i| format::pounds(term.1(i))));
        Row::new(term.0, cells.map(Cell::number).collect())
    };
    let mut rows: Vec<Row> = terms.into_iter().map(line).collect();
    rows.push(total(line(("Net present cost", |i| i.npc))));
    let table = Table::by_option("Net present cost taken apart, present value, £", "Part", &names.options(), rows);
    Some(table.noted("The parts do not overlap, so nothing is counted twice."))
}

/// The dearest cost lines of each option.
fn lines(names: Names<'_>) -> Option<Table> {
    const SHOWN: usize = 10;
    let mut rows = Vec::new();
    for option in names.0.options.iter().filter(|o| !o.cost.lines.is_empty()) {
        rows.push(Row::group(&option.name));
        let mut lines: Vec<_> = option.cost.lines.iter().collect();
        lines.sort_by(|a, b| b.present.abs().total_cmp(&a.present.abs()));
        for line in lines.into_iter().take(SHOWN) {
            let body = line.body.as_ref().map_or_else(|| format::NONE.to_owned(), |b| names.payer(b));
            let cells = vec![
                Cell::text(format::words(&line.category)),
                Cell::text(body),
                Cell::number(format::pounds(line.nominal)),
                Cell::number(format::pounds(line.present)),
            ];
            rows.push(Row::new(&line.what, cells));
        }
    }
    let columns = headings(&["Option and line", "Category", "Borne by", "Cash prices", "Present value"]);
    let table = Table::new("The ten largest cost lines of each option, £, before VAT", columns, rows).dense().filtered();
    let between = names.0.options.iter().flat_map(|o| &o.financial.by_body).any(|b| b.transfers.abs() > 1e-9);
    let note = "What one body charges another is borne by the one that provides it, whose resources it takes, and paid by the other: the table from cost to cash shows both.";
    if between { table.noted(note).if_any() } else { table.if_any() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn cells(table: &Table, heading: &str) -> Vec<String> {
        let row = table.rows.iter().find(|r| r.heading == heading).expect("the row");
        row.cells.iter().map(|c| c.text.clone()).collect()
    }

    #[test]
    fn cash_reconciles_on_the_page() {
        // Converge: 991,364 - 262,800 + 120,272.80 = 848,836.80.
        let appraisal = sample::small();
        let table = reconciliation(Names(&appraisal)).expect("options");
        assert_eq!(cells(&table, "Less what is not paid in cash")[2], "\u{2212}£262,800");
        assert_eq!(cells(&table, "Cash"), ["£674,904", "£768,144", "£848,837"]);
    }

    #[test]
    fn the_identity_adds_up_on_the_page() {
        // 534,186.64 + 87,044.88 + 354,000 = 975,231.52.
        let appraisal = sample::small();
        let table = identity(Names(&appraisal)).expect("an identity");
        assert_eq!(cells(&table, "Net present cost")[2], "£975,232");
        assert!(!table.rows.iter().any(|r| r.heading.starts_with("Benefits")));
    }
}
