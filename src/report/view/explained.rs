//! Headline figures taken apart, and the way to them from where they are printed.

use super::names::Names;
use super::table::{Cell, Line, Row, Table, headings};
use crate::appraisal::result::FigureExplanation;
use crate::report::format;

/// A figure for each row: its value, its formula, and what it is made of, largest first; none where nothing was explained.
pub(super) fn table(names: Names<'_>) -> Option<Table> {
    let mut rows = Vec::new();
    let explained = &names.0.explanations;
    for of_one in explained.chunk_by(|a, b| a.option == b.option) {
        rows.push(Row::group(names.option(&of_one[0].option)));
        rows.extend(of_one.iter().map(row));
    }
    let columns = headings(&["Figure", "Value", "Formula", "Made of"]);
    let table = Table::new("Headline figures taken apart", columns, rows).if_any()?.stacked();
    Some(
        table.noted(
            "Central case. What is made of more is taken apart further by: appraise explain, with the path of the figure.",
        ),
    )
}

fn row(e: &FigureExplanation) -> Row {
    let parts = e.operands.iter().map(|o| Line::figure(&o.name, value(o.value, &o.unit)));
    let unit = e.unit.trim_start_matches('£').trim();
    let cells = vec![
        Cell::number(value(e.value, &e.unit)).detailed(unit),
        Cell::text(&e.formula).detailed(format!("Method, {}", e.method)),
        Cell::default().lined(parts.collect()),
    ];
    Row { anchor: Some(e.anchor.clone()), ..Row::new(&e.name, cells).detailed(&e.item) }
}

fn value(value: f64, unit: &str) -> String {
    match unit {
        "points" => format::points(value),
        _ if format::is_money(unit) => format::pounds(value),
        _ => format::plain(value, 1),
    }
}

/// The cell with a link to where the figure of an option is taken apart; as it is where that is nowhere. `below` is the path
/// of the figure below the option.
pub(super) fn linked(cell: Cell, names: Names<'_>, option: &str, below: &str) -> Cell {
    let item = format!("options.{option}.{below}");
    let explained = names.0.explanations.iter().find(|e| e.item == item);
    Cell { link: explained.map(|e| format!("#{}", e.anchor)), ..cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::FigureOperand;
    use crate::report::{Extent, render_to, sample};

    #[test]
    fn a_figure_leads_to_what_it_is_made_of_and_the_board_s_does_not() {
        let mut a = sample::small();
        let option = a.options[1].id.clone();
        let operand =
            |name: &str, value: f64| FigureOperand { item: None, name: name.into(), value, unit: "£ present value".into() };
        a.explanations = vec![FigureExplanation {
            anchor: "explained-7".into(),
            item: format!("options.{option}.cost.npc"),
            option,
            name: "Net present cost".into(),
            value: 1_500.0,
            unit: "£ present value".into(),
            formula: "sum over categories".into(),
            method: "section 8".into(),
            operands: vec![operand("Service", 2_000.0), operand("Benefit", -500.0)],
        }];
        let table = table(Names(&a)).expect("a table");
        let row = &table.rows[1];
        assert_eq!((row.anchor.as_deref(), row.cells[0].text.as_str()), (Some("explained-7"), "£1,500"));
        let parts: Vec<String> = row.cells[2].lines.iter().map(|l| format!("{} {}", l.text, l.figure)).collect();
        assert_eq!(parts, ["Service £2,000", "Benefit \u{2212}£500"]);
        let page = render_to(&a, Extent::Full).expect("renders");
        assert_eq!((page.matches("id=\"explained-7\"").count(), page.matches("href=\"#explained-7\"").count()), (1, 1));
        let board = render_to(&a, Extent::Board).expect("renders");
        assert!(!board.contains("href=\"#explained-") && !board.contains("id=\"explained-"));
    }
}
