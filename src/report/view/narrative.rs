//! Passages in the author's words.

use super::names::Names;
use crate::report::markdown;
use serde::Serialize;
use std::collections::BTreeMap;

/// A passage with its heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Passage {
    heading: &'static str,
    /// Markup, made safe; none where the author gave nothing.
    body: Option<String>,
}

/// Headings of the passages that stand together in the section on the cases.
const CASES: [(&str, &str); 7] = [
    ("commercial", "Commercial case"),
    ("management", "Management case"),
    ("quality_impact", "Quality impact assessment"),
    ("equality", "Equality and health inequalities"),
    ("data_protection", "Data protection"),
    ("clinical_safety", "Clinical safety (DCB0129 and DCB0160)"),
    ("engagement", "Engagement"),
];

/// The author's passages.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Narrative {
    case_for_change: Option<String>,
    cases: Vec<Passage>,
}

pub(super) fn view(names: Names<'_>) -> Narrative {
    let given: BTreeMap<&str, &str> =
        names.0.narrative.iter().filter_map(|p| p.text.as_deref().map(|text| (p.id.as_str(), text))).collect();
    let body = |id: &str| given.get(id).map(|text| markdown::html(text));
    Narrative {
        case_for_change: body("case_for_change"),
        cases: CASES.iter().map(|(id, heading)| Passage { heading, body: body(id) }).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::PassageView;
    use crate::report::sample;

    #[test]
    fn every_passage_has_its_place() {
        let mut a = sample::small();
        for id in ["case_for_change"].into_iter().chain(CASES.iter().map(|(id, _)| *id)) {
            a.narrative.push(PassageView { id: id.into(), text: Some(format!("about *{id}*")) });
        }
        a.narrative[1].text = None;
        let view = view(Names(&a));
        assert_eq!(view.case_for_change.as_deref(), Some("<p>about <em>case_for_change</em></p>\n"));
        let bodies: Vec<bool> = view.cases.iter().map(|p| p.body.is_some()).collect();
        assert_eq!(bodies, [false, true, true, true, true, true, true]);
    }
}
