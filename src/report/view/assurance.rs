//! Who answers for the appraisal, and what was and was not assured (AQuA Book).

use super::names::Names;
use super::objectives::MISSING;
use super::table::{Cell, Row, Table, headings};
use serde::Serialize;

/// Roles of the AQuA Book, and what each does.
const ROLES: [(&str, &str); 4] = [
    ("Commissioner", "Asks for the analysis and says what it is for"),
    ("Analyst", "Does the analysis and says what its limits are"),
    ("Assurer", "Checks it; not the analyst"),
    ("Approver", "Accepts it as fit for its purpose"),
];

/// Labels of front-sheet fields that stand in other sections.
pub(super) const ELSEWHERE: [&str; 6] = ["Commissioner", "Analyst", "Assurer", "Approver", "Workshop", "Dissent"];

/// The assurance statement.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Assurance {
    sentence: String,
    roles: Table,
    /// Whether anyone is named in any role.
    named: bool,
}

pub(super) fn view(names: Names<'_>) -> Assurance {
    let given = |label: &str| {
        let field = names.0.paper.iter().find(|f| f.label == label);
        field.and_then(|f| f.value.as_deref()).map(str::trim).filter(|v| !v.is_empty())
    };
    let rows =
        ROLES.iter().map(|(role, does)| Row::new(*role, vec![Cell::text(given(role).unwrap_or(MISSING)), Cell::text(*does)]));
    let sentence = match (given("Analyst"), given("Assurer")) {
        (_, None) => "Nobody is named as assurer, so this appraisal has not been assured.".to_owned(),
        (Some(analyst), Some(assurer)) if analyst.eq_ignore_ascii_case(assurer) => {
            "Analyst and assurer are the same. They shall not be: this appraisal has not been assured by anybody else.".to_owned()
        }
        (analyst, Some(assurer)) => {
            let unknown =
                if analyst.is_none() { " No analyst is named, so nothing shows that they are not the same." } else { "" };
            format!("{assurer} is named as assurer. Whether and what they checked is for them to state.{unknown}")
        }
    };
    let roles = Table::new("Roles", headings(&["Role", "Who", "What they do"]), rows.collect());
    Assurance { sentence, roles, named: ROLES.iter().any(|(role, _)| given(role).is_some()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::PaperField;
    use crate::report::sample;

    #[test]
    fn nobody_assures_their_own_work() {
        let mut a = sample::small();
        let told = |a: &crate::appraisal::result::Appraisal| view(Names(a)).sentence;
        assert!(told(&a).contains("has not been assured"));
        assert!(!view(Names(&a)).named);
        let field = |label: &str, value: &str| PaperField { label: label.into(), value: Some(value.into()) };
        a.paper = vec![field("Analyst", "A. Body"), field("Assurer", "a. body ")];
        assert!(told(&a).starts_with("Analyst and assurer are the same"));
        a.paper[1] = field("Assurer", "B. Body");
        assert_eq!(told(&a), "B. Body is named as assurer. Whether and what they checked is for them to state.");
        assert!(view(Names(&a)).named);
        assert_eq!(view(Names(&a)).roles.rows[2].cells[0].text, "B. Body");
        assert_eq!(view(Names(&a)).roles.rows[0].cells[0].text, MISSING);
        a.paper.remove(0);
        assert!(
            told(&a).starts_with("B. Body is named as assurer.")
                && told(&a).ends_with("No analyst is named, so nothing shows that they are not the same.")
        );
    }
}
