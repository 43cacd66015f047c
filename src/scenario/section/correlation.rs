//! `[correlations]`: what moves together.

use super::{Section, Shape, entries};
use crate::assumption::Correlation;
use crate::scenario::document::Table;
use crate::scenario::fields::must;
use crate::scenario::kind::Kind;
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

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
