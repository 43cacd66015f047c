//! Who pays in which year, and what money they have for it.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use crate::appraisal::result::OptionResult;
use crate::report::format;

/// A column: a body's cash, funding or gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Cash,
    Funding,
    Gap,
}

/// Cash of each body over the whole period; bodies that pay nothing in any option are left out.
pub(super) fn by_body(names: Names<'_>) -> Option<Table> {
    let options = &names.0.options;
    let mut bodies: Vec<&str> = Vec::new();
    for body in options.iter().flat_map(|o| &o.financial.by_body).filter(|b| b.cash.abs() >= 0.5) {
        if !bodies.contains(&body.body.as_str()) {
            bodies.push(&body.body);
        }
    }
    let row = |body: &&str| {
        let cash = options.iter().map(|o| in_all(o, &(body, Part::Cash)));
        Row::new(names.body(body), cash.map(|c| cell(c, Part::Cash)).collect())
    };
    let mut rows: Vec<Row> = bodies.iter().map(row).collect();
    if rows.is_empty() {
        return None;
    }
    rows.push(Row::total("All bodies", options.iter().map(|o| cell(Some(o.financial.cash), Part::Cash)).collect()));
    let caption = "Cash by body over the whole period, £, VAT included, prices of each year";
    Some(Table::by_option(caption, "Body", &names.options(), rows))
}

/// Cash by body and year, with funding and the gap to it where a body has funding: a group of rows for
/// each option, a row for each year.
pub(super) fn by_body_and_year(names: Names<'_>) -> Option<Table> {
    let options = &names.0.options;
    let columns = columns(options);
    if columns.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    for option in options {
        rows.push(Row::group(&option.name));
        for (i, year) in names.0.frame.years.iter().enumerate() {
            let mut cells: Vec<Cell> = columns.iter().map(|c| cell(in_year(option, c, i, year), c.1)).collect();
            cells.push(cell(option.financial.cash_by_year.get(i).copied(), Part::Cash));
            rows.push(Row::new(year, cells));
        }
        let mut cells: Vec<Cell> = columns.iter().map(|c| cell(in_all(option, c), c.1)).collect();
        cells.push(cell(Some(option.financial.cash), Part::Cash));
        rows.push(Row::total("All years", cells));
    }
    let heading = |(body, part): &(&str, Part)| match part {
        Part::Cash => names.body(body),
        Part::Funding => format!("{}: funding", names.body(body)),
        Part::Gap => format!("{}: gap", names.body(body)),
    };
    let first = "Option and year".to_owned();
    let texts = std::iter::once(first).chain(columns.iter().map(heading)).chain(["All bodies".to_owned()]).collect();
    let funded = columns.iter().any(|c| c.1 != Part::Cash);
    let table = Table::new("Who pays in which year, £, cash, VAT included, prices of each year", texts, rows).dense();
    Some(if funded { table.noted("A plus is a gap, a minus is money left.") } else { table })
}

/// Bodies that pay or have funding in some option, each with the columns it needs.
fn columns(options: &[OptionResult]) -> Vec<(&str, Part)> {
    let mut bodies: Vec<&str> = Vec::new();
    let pays = options.iter().flat_map(|o| &o.financial.by_body).filter(|b| b.cash_by_year.iter().any(|c| c.abs() >= 0.5));
    let funded: Vec<&str> = options.iter().flat_map(|o| &o.financial.funding_gap).map(|g| g.body.as_str()).collect();
    for body in pays.map(|b| b.body.as_str()).chain(funded.iter().copied()) {
        if !bodies.contains(&body) {
            bodies.push(body);
        }
    }
    let parts = |body| if funded.contains(&body) { &[Part::Cash, Part::Funding, Part::Gap][..] } else { &[Part::Cash] };
    bodies.into_iter().flat_map(|body| parts(body).iter().map(move |p| (body, *p))).collect()
}

fn in_year(option: &OptionResult, (body, part): &(&str, Part), at: usize, year: &str) -> Option<f64> {
    let gap = option.financial.funding_gap.iter().find(|g| g.body == *body && g.year == year);
    match part {
        Part::Cash => {
            let own = option.financial.by_body.iter().find(|b| b.body == *body)?;
            own.cash_by_year.get(at).copied()
        }
        Part::Funding => gap.map(|g| g.funding),
        Part::Gap => gap.map(|g| g.gap),
    }
}

fn in_all(option: &OptionResult, (body, part): &(&str, Part)) -> Option<f64> {
    let total = option.financial.funding_total.iter().find(|t| t.body == *body);
    match part {
        Part::Cash => option.financial.by_body.iter().find(|b| b.body == *body).map(|b| b.cash),
        Part::Funding => total.map(|t| t.funding),
        Part::Gap => total.map(|t| t.gap),
    }
}

fn cell(amount: Option<f64>, part: Part) -> Cell {
    let text = match (amount, part) {
        (Some(amount), Part::Gap) => format::signed_pounds(amount),
        (Some(amount), _) => format::pounds(amount),
        (None, _) => format::NONE.to_owned(),
    };
    Cell::number(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::FundingGap;
    use crate::appraisal::result::FundingPart;
    use crate::appraisal::result::FundingTotal;
    use crate::report::sample;

    #[test]
    fn cash_stands_beside_the_funding_of_its_body() {
        let mut appraisal = sample::small();
        let usual = &mut appraisal.options[0].financial;
        // 328,800 + 346,104 = 674,904; funding 300,000 + 350,000.
        usual.cash_by_year = vec![328_800.0, 346_104.0];
        usual.by_body[0].cash_by_year = vec![328_800.0, 346_104.0];
        let gap = |year: &str, cash: f64, funding: f64| FundingGap {
            body: "new".into(),
            year: year.into(),
            cash,
            funding,
            gap: cash - funding,
            capital: FundingPart::default(),
            revenue: FundingPart::default(),
        };
        usual.funding_gap = vec![gap("2027/28", 328_800.0, 300_000.0), gap("2028/29", 346_104.0, 350_000.0)];
        let parts = (FundingPart::default(), FundingPart::default());
        usual.funding_total = vec![FundingTotal {
            body: "new".into(),
            cash: 674_904.0,
            funding: 650_000.0,
            gap: 24_904.0,
            capital: parts.0,
            revenue: parts.1,
        }];
        let table = by_body_and_year(Names(&appraisal)).expect("cash");
        let headings: Vec<&str> = table.columns.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(
            headings,
            ["Option and year", "New Community Trust", "New Community Trust: funding", "New Community Trust: gap", "All bodies"]
        );
        let texts = |row: usize| table.rows[row].cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>();
        assert_eq!(texts(1), ["£328,800", "£300,000", "+£28,800", "£328,800"]);
        assert_eq!(texts(2), ["£346,104", "£350,000", "\u{2212}£3,896", "£346,104"]);
        assert_eq!(texts(3), ["£674,904", "£650,000", "+£24,904", "£674,904"]);
        // The other options of the sample give no cash by year and no funding.
        assert_eq!(texts(5), ["\u{2013}"; 4]);
    }

    #[test]
    fn bodies_add_up_to_all_cash() {
        // Large sample, business as usual: the bodies pay 90% of the cash and 250,000 more, and 10% less
        // 250,000.
        let appraisal = sample::large();
        let table = by_body(Names(&appraisal)).expect("bodies");
        assert_eq!(table.rows.len(), 3);
        let cash = appraisal.options[0].financial.cash;
        let texts: Vec<&str> = table.rows.iter().map(|r| r.cells[0].text.as_str()).collect();
        let expected = [0.9 * cash + 250e3, 0.1 * cash - 250e3, cash].map(format::pounds);
        assert_eq!(texts, expected);
    }

    #[test]
    fn who_never_pays_is_left_out() {
        let mut appraisal = sample::small();
        for option in &mut appraisal.options {
            option.financial.by_body[0].cash_by_year = vec![0.0, 0.2];
        }
        assert!(by_body_and_year(Names(&appraisal)).is_none());
        appraisal.options.iter_mut().for_each(|o| o.financial.by_body[0].cash = 0.0);
        assert!(by_body(Names(&appraisal)).is_none());
    }
}
