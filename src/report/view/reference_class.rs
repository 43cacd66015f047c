//! Published programmes beside the forecast.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::ComparatorView;
use crate::appraisal::result::OwnFigures;
use crate::report::format;
use serde::Serialize;

/// The section of the reference class.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Reference {
    caution: String,
    own: Table,
    comparators: Table,
}

/// None where no option moves anything.
pub(super) fn view(names: Names<'_>) -> Option<Reference> {
    let class = names.0.reference_class.as_ref()?;
    let mut rows = Vec::new();
    let mut measure = "";
    for comparator in &class.comparators {
        if comparator.measure != measure {
            measure = &comparator.measure;
            rows.push(Row::group(heading(measure)));
        }
        rows.push(row(comparator));
    }
    let columns = headings(&["Case", "Figure", "Kind of evidence", "What it is", "From"]);
    let caption = format!("{}, {}", class.title, class.vintage);
    let note = "Only a sourced figure was read as it stands; a derived one is arithmetic on what was read, and estimates and unchecked figures are no evidence of what happened.";
    Some(Reference {
        caution: class.caution.clone(),
        own: own(names, &class.options),
        comparators: Table::new(caption, columns, rows).landscape().noted(note),
    })
}

fn heading(measure: &str) -> &str {
    match measure {
        "months_to_go_live" => "Months to go-live",
        "slippage" => "Months late against plan",
        "overrun" => "Cost over plan",
        "cost_per_user" => "Cost a user",
        other => other,
    }
}

fn row(c: &ComparatorView) -> Row {
    let figure = |value: f64| match c.measure.as_str() {
        "overrun" => format!("{}{}%", if value > 0.0 { "+" } else { "" }, format::plain(100.0 * value, 0)),
        "cost_per_user" => format::pounds(value),
        _ => format!("{} months", format::number(value, 0)),
    };
    let text = match (c.low, c.high) {
        (Some(low), Some(high)) => format!("{} ({} to {})", figure(c.value), figure(low), figure(high)),
        _ => figure(c.value),
    };
    let tag = match c.tag.as_str() {
        "sourced" => Cell::mood("Sourced", "good"),
        "derived" => Cell::text("Derived from sources"),
        "unchecked" => Cell::mood("Not checked", "flag"),
        _ => Cell::mood("Estimate", "flag"),
    };
    let tag = match &c.basis {
        Some(basis) => tag.detailed(basis),
        None => tag,
    };
    let from = if c.tag == "estimate" { format!("Informed by: {}", c.source) } else { c.source.clone() };
    Row::new(&c.name, vec![Cell::text(text), tag, Cell::text(&c.what), Cell::text(from)])
}

/// The options on the same measures.
fn own(names: Names<'_>, options: &[OwnFigures]) -> Table {
    let months = |m: Option<i32>| m.map_or_else(|| "Nothing moves".to_owned(), |m| format::number(f64::from(m), 0));
    let share = |s: Option<f64>| s.map_or_else(|| "None".to_owned(), format::percent);
    let pounds = |p: Option<f64>| p.map_or_else(|| format::NONE.to_owned(), format::pounds);
    let row = |heading: &str, text: &dyn Fn(&OwnFigures) -> String| {
        Row::new(heading, options.iter().map(|o| Cell::number(text(o))).collect())
    };
    let rows = vec![
        row("Months from the as-at date to the last planned go-live", &|o| months(o.planned_months)),
        row("The same to the last expected go-live", &|o| months(o.expected_months)),
        row("Optimism bias on duration, at most", &|o| share(o.duration_bias)),
        row("Users who change system, each move counted", &|o| format::number(o.users_moved, 0)),
        row("Bought-in work of moves, £ a user moved", &|o| pounds(o.external_cost_per_user)),
        row("The same with the programme's own work, £ a user moved", &|o| pounds(o.work_cost_per_user)),
        row("Optimism bias on that work", &|o| share(o.cost_bias)),
    ];
    let caption = format!("The options on the same measures, {} prices, moves under way included", names.0.frame.price_base);
    let names: Vec<String> = options.iter().map(|o| names.option(&o.option)).collect();
    let table = Table::by_option(caption, "Measure", &names, rows);
    table.noted("Cost a user is before optimism bias and without training, lost hours and licences. Published programmes count from contract or approval, this forecast from the as-at date.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::ReferenceClassView;
    use crate::report::sample;

    fn comparator(tag: &str, low: Option<f64>, high: Option<f64>) -> ComparatorView {
        ComparatorView {
            name: "Somewhere".into(),
            what: "what".into(),
            measure: "overrun".into(),
            value: 0.28,
            low,
            high,
            unit: "share".into(),
            tag: tag.into(),
            source: "A paper".into(),
            basis: None,
        }
    }

    #[test]
    fn an_estimate_is_never_shown_as_sourced() {
        let mut a = sample::small();
        assert!(view(Names(&a)).is_none());
        let options = vec![OwnFigures {
            option: a.options[0].id.clone(),
            planned_months: None,
            expected_months: None,
            slip_months: 0,
            duration_bias: None,
            users_moved: 0.0,
            external_cost_per_user: None,
            work_cost_per_user: None,
            cost_bias: None,
        }];
        let comparators = vec![comparator("sourced", None, None), comparator("estimate", Some(0.1), Some(2.0))];
        a.reference_class = Some(ReferenceClassView {
            id: "r".into(),
            title: "t".into(),
            vintage: "v".into(),
            caution: "c".into(),
            comparators,
            options,
        });
        let view = view(Names(&a)).expect("it is there");
        let texts = |row: usize| view.comparators.rows[row].cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>();
        assert_eq!(view.comparators.rows[0].heading, "Cost over plan");
        assert_eq!(texts(1), ["+28%", "Sourced", "what", "A paper"]);
        assert_eq!(texts(2), ["+28% (+10% to +200%)", "Estimate", "what", "Informed by: A paper"]);
        assert_eq!(view.own.rows[0].cells[0].text, "Nothing moves");
    }
}
