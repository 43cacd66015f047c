//! `[drivers]` and `[correlations]`: what moves together.

use super::{Section, Shape, entries};
use crate::assumption::Correlation;
use crate::scenario::document::Table;
use crate::scenario::fields::{Fields, must};
use crate::scenario::kind::Kind;
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;
use indexmap::IndexMap;

/// `[drivers]`.
pub(crate) const DRIVERS: Section = Section {
    name: "drivers",
    shape: Shape::Keyed,
    doc: "What numbers with one `varies_with` have in common, in words for the reader of the pack; the id is what `varies_with` says.",
    entry: Kind::Table(&[&[must("name", Kind::Text, "What it is, such as \"Price of RiO\"")]]),
};

/// Reads `[drivers]`: names by id. Whether anything varies with them is checked once all numbers are known.
pub(in crate::scenario) fn drivers(reading: &Reading, root: &Table) -> IndexMap<String, String> {
    let named = |(id, f): (String, Fields<'_>)| {
        if !f.has("name") {
            f.missing("name");
        }
        f.text("name").map(|name| (id, name))
    };
    entries(reading, root, &DRIVERS).into_iter().filter_map(named).collect()
}

/// `[correlations]`.
pub(crate) const CORRELATIONS: Section = Section {
    name: "correlations",
    shape: Shape::Keyed,
    doc: "What moves together without being one: two drivers (`varies_with`), or uncertain numbers that have none, by rank.",
    entry: Kind::Table(&[&[
        must(
            "between",
            Kind::List(&Kind::Name("driver or path of a number")),
            "Two drivers, or paths of numbers without one, such as \"contracts.rio.lines.core.price\"",
        ),
        must("rank", Kind::Plain("rank correlation", -1.0, 1.0), "Spearman's rank correlation of the two"),
    ]]),
};

/// Reads `[correlations]`. Whether what they name is there is checked once all numbers are known.
pub(in crate::scenario) fn correlations(reading: &Reading, root: &Table) -> Vec<Correlation> {
    let mut all = Vec::new();
    for (_, f) in entries(reading, root, &CORRELATIONS) {
        for key in ["between", "rank"].into_iter().filter(|key| !f.has(key)) {
            f.missing(key);
        }
        let names: Vec<String> = f.texts("between").unwrap_or_default().into_iter().map(|(name, _)| name).collect();
        if let [one, other] = names.as_slice()
            && one != other
        {
            let rank = f.plain("rank", (-1.0, 1.0)).unwrap_or(0.0);
            all.push(Correlation { between: (one.clone(), other.clone()), rank });
        } else if f.has("between") {
            let message = format!("`{}` needs two different names", f.path);
            let hint = "write between = [\"one driver\", \"another\"]";
            reading.report(Problem::new(Code::Correlation, f.at("between"), message).hint(hint));
            all.push(Correlation { between: (String::new(), String::new()), rank: 0.0 });
        }
    }
    all
}
