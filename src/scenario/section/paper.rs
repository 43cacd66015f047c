//! `[narrative]`, `[objectives]`, `[success_factors]`, `[next_steps]`: what the author says in the paper beside the figures.

use super::{Section, Shape, entries, single};
use crate::programme::{NextStep, Objective, Paper, Passage, SuccessFactor};
use crate::scenario::document::Table;
use crate::scenario::fields::{Field, Fields, may, must};
use crate::scenario::kind::Kind;
use crate::scenario::reading::Reading;

/// A passage in Markdown.
const fn passage(key: &'static str, doc: &'static str) -> Field {
    may(key, Kind::Name("text in Markdown"), doc)
}

/// `[narrative]`.
pub(crate) const NARRATIVE: Section = Section {
    name: "narrative",
    shape: Shape::Single,
    doc: "Passages of the pack in the author's words, in Markdown. Markup of HTML is shown as text; links may lead to http, https, mailto and places on the page; headings are brought below those of the pack. What is not given prints \"Not provided\".",
    entry: Kind::Table(&[&[
        passage("case_for_change", "Why something has to change"),
        passage("commercial", "Commercial case: route to market, suppliers, contract terms"),
        passage("management", "Management case: governance, team, benefits realisation"),
        passage("quality_impact", "Quality impact assessment"),
        passage("equality", "Equality and health inequalities impact assessment"),
        passage("data_protection", "Data protection impact assessment"),
        passage("clinical_safety", "Clinical safety case: DCB0129 of the suppliers, DCB0160 of the trust"),
        passage("engagement", "Whom the work was discussed with, and what they said"),
    ]]),
};

/// `[objectives]`.
pub(crate) const OBJECTIVES: Section = Section {
    name: "objectives",
    shape: Shape::Ordered,
    doc: "Spending objectives: specific, measurable, achievable, relevant, time-bound (Green Book 2026, 4.21-4.26).",
    entry: Kind::Table(&[&[
        may("name", Kind::Text, "The objective; the id if not given"),
        may("target", Kind::Text, "What is measured, from where to where"),
        may("date", Kind::Date, "By when"),
        may("criteria", Kind::Ids("criteria"), "Criteria that show how far options serve it"),
    ]]),
};

/// `[success_factors]`.
pub(crate) const SUCCESS_FACTORS: Section = Section {
    name: "success_factors",
    shape: Shape::Ordered,
    doc: "Critical success factors that the long list is rated against (Green Book 2026, table 4).",
    entry: Kind::Table(&[&[
        may("name", Kind::Text, "The factor; the id if not given"),
        must("meaning", Kind::Text, "What an option must do to meet it"),
    ]]),
};

/// `[next_steps]`.
pub(crate) const NEXT_STEPS: Section = Section {
    name: "next_steps",
    shape: Shape::Ordered,
    doc: "What happens after the meeting, who answers for it, and by when.",
    entry: Kind::Table(&[&[
        may("name", Kind::Text, "The step; the id if not given"),
        may("owner", Kind::Text, "Who answers for it"),
        may("date", Kind::Date, "By when"),
    ]]),
};

/// Reads them.
pub(in crate::scenario) fn read(reading: &Reading, root: &Table) -> Paper {
    Paper {
        narrative: narrative(reading, root),
        objectives: entries(reading, root, &OBJECTIVES).into_iter().map(|(id, f)| objective(reading, id, &f)).collect(),
        success_factors: entries(reading, root, &SUCCESS_FACTORS)
            .into_iter()
            .map(|(id, f)| SuccessFactor { name: f.text("name").unwrap_or(id), meaning: f.text_required("meaning") })
            .collect(),
        next_steps: entries(reading, root, &NEXT_STEPS)
            .into_iter()
            .map(|(id, f)| NextStep { name: f.text("name").unwrap_or(id), owner: f.text("owner"), date: f.date("date") })
            .collect(),
    }
}

/// Every passage there is room for, in the order of the keys, whether it is given or not.
fn narrative(reading: &Reading, root: &Table) -> Vec<Passage> {
    let given = single(reading, root, &NARRATIVE);
    let keys = NARRATIVE.fields().iter().flat_map(|f| f.iter());
    keys.map(|f| Passage { id: f.key.to_owned(), text: given.as_ref().and_then(|g| g.text(f.key)) }).collect()
}

fn objective(reading: &Reading, id: String, f: &Fields<'_>) -> Objective {
    let criteria = f.references("criteria", "criteria").unwrap_or_default();
    let named = criteria.into_iter().filter_map(|i| reading.ids("criteria").nth(i)).map(str::to_owned).collect();
    Objective { name: f.text("name").unwrap_or(id), target: f.text("target"), date: f.date("date"), criteria: named }
}
