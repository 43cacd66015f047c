//! The long list: choices by category, rated in words.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::LonglistCategory;
use crate::appraisal::result::LonglistChoice;
use crate::report::format;

/// Choices by category with rating, reason and the options that make them; none without a long list.
pub(super) fn view(names: Names<'_>) -> Option<Table> {
    let rows = names.0.longlist.iter().flat_map(|category| {
        std::iter::once(Row::group(heading(category))).chain(category.choices.iter().map(|choice| row(names, choice)))
    });
    let columns = headings(&["Choice", "Rating", "Why", "Options that make it"]);
    Table::new("The long list by category, choices made in this order", columns, rows.collect()).if_any()
}

fn row(names: Names<'_>, choice: &LonglistChoice) -> Row {
    let mood = match choice.rating.as_str() {
        "green" => "good",
        "red" => "bad",
        _ => "flag",
    };
    let rating = Cell::mood(&choice.consequence, mood).detailed(format::words(&choice.rating));
    let options: Vec<String> = choice.options.iter().map(|o| names.option(o)).collect();
    let made = if options.is_empty() { "None".to_owned() } else { options.join("; ") };
    let row = Row::new(&choice.name, vec![rating, Cell::text(&choice.reason), Cell::text(made)]);
    if choice.usual { row.detailed("as today") } else { row }
}

/// The category with the question it answers (Green Book 2026, 5.25).
fn heading(category: &LonglistCategory) -> String {
    let question = match category.category.as_str() {
        "scope" => "what is covered",
        "solution" => "how",
        "delivery" => "who does it",
        "implementation" => "when, and in what steps",
        _ => "how it is paid for",
    };
    format!("{}: {question}", format::words(&category.category))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn ratings_are_in_words_and_todays_choice_is_marked() {
        let mut a = sample::small();
        assert!(view(Names(&a)).is_none());
        let choice = |id: &str, rating: &str, consequence: &str, usual: bool| LonglistChoice {
            id: id.into(),
            name: id.into(),
            usual,
            rating: rating.into(),
            consequence: consequence.into(),
            reason: "because".into(),
            options: if usual { vec![a.options[0].id.clone()] } else { vec![] },
        };
        let choices = vec![choice("keep", "amber", "Carry forward", true), choice("join", "green", "Preferred", false)];
        a.longlist = vec![LonglistCategory { category: "solution".into(), choices }];
        let table = view(Names(&a)).expect("a table");
        assert_eq!(table.rows[0].heading, "Solution: how");
        assert_eq!((table.rows[1].detail.as_deref(), table.rows[1].cells[0].text.as_str()), (Some("as today"), "Carry forward"));
        assert_eq!((table.rows[2].cells[0].mood, table.rows[2].cells[2].text.as_str()), ("good", "None"));
    }
}
