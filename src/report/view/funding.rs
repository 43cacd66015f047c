//! What money there is, on which conditions, what is short of it, and who answers for the savings.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::FundingGap;
use crate::appraisal::result::FundingPart;
use crate::report::format;
use serde::Serialize;

/// Funding and benefits.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Funding {
    sources: Option<Table>,
    gap: Option<Table>,
    unagreed: Option<Table>,
    benefits: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Funding {
    Funding { sources: sources(names), gap: gap(names), unagreed: unagreed(names), benefits: benefits(names) }
}

/// Every source with its kind, end and conditions.
fn sources(names: Names<'_>) -> Option<Table> {
    let row = |source: &crate::appraisal::result::FundingSource| {
        let kind = match source.kind.as_str() {
            "either" => "Capital or revenue".to_owned(),
            kind => format::words(kind),
        };
        let end = source.end.as_ref().map_or_else(|| "No end given".to_owned(), |e| format::date(e));
        let conditions = source.conditions.clone().unwrap_or_else(|| "None given".to_owned());
        let cells = vec![
            Cell::text(names.payer(&source.body)),
            Cell::text(kind),
            Cell::number(format::pounds(source.by_year.iter().sum())),
            Cell::text(end),
            Cell::text(conditions),
        ];
        Row::new(&source.name, cells)
    };
    let columns = headings(&["Source", "Body", "For", "Amount, £", "Spend by", "Conditions"]);
    let rows = names.0.funding.iter().map(row).collect();
    Some(Table::new("Funding, cash prices of each year, and its conditions", columns, rows).if_any()?.stacked())
}

/// Cash less funding by body and year, split into capital and revenue where any capital is spent or given.
fn gap(names: Names<'_>) -> Option<Table> {
    let options = &names.0.options;
    let first = &options.first()?.financial.funding_gap;
    let some = |p: &FundingPart| p.cash.abs() >= 0.005 || p.funding.abs() >= 0.005;
    let split = options.iter().flat_map(|o| &o.financial.funding_gap).any(|g| some(&g.capital));
    let row = |i: usize, word: &str, funding: f64, part: fn(&FundingGap) -> f64| {
        let cells = options.iter().map(|o| match o.financial.funding_gap.get(i) {
            Some(own) => Cell::number(format::signed_pounds(part(own))),
            None => Cell::number(format::NONE),
        });
        let heading = format!("{}, {}{word}", names.body(&first[i].body), first[i].year);
        Row::new(heading, cells.collect()).detailed(format!("funding {}", format::pounds(funding)))
    };
    let mut rows = Vec::new();
    for (i, gap) in first.iter().enumerate() {
        if split {
            rows.push(row(i, ": capital", gap.capital.funding, |g| g.capital.gap));
            rows.push(row(i, ": revenue", gap.revenue.funding, |g| g.revenue.gap));
            let either = gap.funding - gap.capital.funding - gap.revenue.funding;
            if either >= 0.5 {
                let heading = rows.last_mut()?;
                heading.detail = heading.detail.take().map(|d| format!("{d}, for either kind {}", format::pounds(either)));
            }
        } else {
            rows.push(row(i, "", gap.funding, |g| g.gap));
        }
    }
    let caption = "Cash less funding by body and year, £, VAT included, cash prices";
    let table = Table::by_option(caption, "Body and year", &names.options(), rows).if_any()?;
    let note = if split {
        "A plus is a gap, a minus is money left. Only bodies with funding are shown. Money of one kind does not pay for the other; money for either kind pays for capital that nothing else pays for, then for revenue."
    } else {
        "A plus is a gap, a minus is money left. Only bodies with funding are shown."
    };
    Some(table.noted(note))
}

/// What benefits would release that nobody has agreed to; none where there is no such benefit.
fn unagreed(names: Names<'_>) -> Option<Table> {
    let options = &names.0.options;
    if options.iter().all(|o| o.financial.unagreed_benefits.abs() < 0.005) {
        return None;
    }
    let cells = |amount: &dyn Fn(&crate::appraisal::result::Financial) -> f64| {
        options.iter().map(|o| Cell::number(format::pounds(amount(&o.financial)))).collect()
    };
    let rows = vec![
        Row::new("Left out of cash and of every gap", cells(&|f| f.unagreed_benefits)),
        Row::new("Cash as shown", cells(&|f| f.cash)),
        Row::total("Cash if all of it were agreed", cells(&|f| f.cash - f.unagreed_benefits)),
    ];
    let caption = "Cash-releasing benefits that no budget holder has agreed to, £, cash prices of each year";
    let table = Table::by_option(caption, "Amount over the period", &names.options(), rows);
    Some(table.noted("Net present cost counts them; a budget cannot until its holder agrees that the money goes."))
}

/// Benefits and who answers for them.
fn benefits(names: Names<'_>) -> Option<Table> {
    let row = |benefit: &crate::appraisal::result::BenefitView| {
        let owner = benefit.owner.as_ref().map_or_else(|| Cell::mood("Nobody named", "flag"), Cell::text);
        let agreed = match (benefit.class.as_str(), benefit.agreed) {
            ("cash_releasing", true) => Cell::mood("Agreed", "good"),
            ("cash_releasing", false) => Cell::mood("Not agreed", "flag"),
            _ => Cell::text("Releases no cash"),
        };
        Row::new(&benefit.name, vec![Cell::text(format::words(&benefit.class)), owner, agreed])
    };
    let columns = headings(&["Benefit", "Class", "Who answers for it", "Whether the cash is agreed"]);
    let rows = names.0.benefits.iter().map(row).collect();
    Some(Table::new("Benefits and who answers for them", columns, rows).if_any()?.stacked())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::BenefitView;
    use crate::appraisal::result::FundingSource;
    use crate::report::sample;

    fn texts(row: &Row) -> Vec<&str> {
        row.cells.iter().map(|c| c.text.as_str()).collect()
    }

    #[test]
    fn a_source_stands_with_its_conditions() {
        let mut a = sample::small();
        assert!(sources(Names(&a)).is_none());
        a.funding = vec![FundingSource {
            id: "grant".into(),
            name: "Grant".into(),
            body: "new".into(),
            kind: "capital".into(),
            conditions: Some("Spent on devices".into()),
            end: Some("2028-03-31".into()),
            by_year: vec![100_000.0, 50_000.0],
        }];
        let table = sources(Names(&a)).expect("a source");
        let expected = ["New Community Trust", "Capital", "£150,000", "31 March 2028", "Spent on devices"];
        assert_eq!(texts(&table.rows[0]), expected);
    }

    #[test]
    fn gaps_are_split_where_capital_is_spent() {
        let mut a = sample::small();
        let part = |cash: f64, funding: f64, gap: f64| FundingPart { cash, funding, gap };
        for option in &mut a.options {
            // Capital 100 of which 60 is there; revenue 50, 20 there for it alone and 70 for either: 40 of these go to
            // capital, 30 to revenue.
            option.financial.funding_gap = vec![FundingGap {
                body: "new".into(),
                year: "2027/28".into(),
                cash: 150.0,
                funding: 150.0,
                gap: 0.0,
                capital: part(100.0, 60.0, 0.0),
                revenue: part(50.0, 20.0, 0.0),
            }];
        }
        let table = gap(Names(&a)).expect("a gap");
        assert_eq!(table.rows.len(), 2);
        assert_eq!(table.rows[0].heading, "New Community Trust, 2027/28: capital");
        assert_eq!(table.rows[1].detail.as_deref(), Some("funding £20, for either kind £70"));
        a.options.iter_mut().for_each(|o| o.financial.funding_gap[0].capital = FundingPart::default());
        assert_eq!(gap(Names(&a)).expect("a gap").rows.len(), 1);
    }

    #[test]
    fn what_nobody_agreed_to_is_told_apart_from_cash() {
        let mut a = sample::small();
        assert!(unagreed(Names(&a)).is_none() && benefits(Names(&a)).is_none());
        a.options[2].financial.unagreed_benefits = 48_837.0;
        let table = unagreed(Names(&a)).expect("a table");
        // Converge pays 848,836.80; less 48,837 is 799,999.80.
        assert_eq!(texts(&table.rows[2])[2], "£800,000");
        let benefit = |class: &str, agreed: bool| BenefitView {
            id: "b".into(),
            name: "b".into(),
            class: class.into(),
            owner: None,
            agreed,
            options: vec![],
        };
        a.benefits = vec![benefit("cash_releasing", false), benefit("societal", false)];
        let table = benefits(Names(&a)).expect("benefits");
        assert_eq!(texts(&table.rows[0]), ["Cash releasing", "Nobody named", "Not agreed"]);
        assert_eq!(texts(&table.rows[1])[2], "Releases no cash");
    }
}
