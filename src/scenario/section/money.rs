//! `[deflator]`: what money is worth.

use super::{Section, Shape, single};
use crate::economics::Deflator;
use crate::quantity::{AppraisalPeriod, FinancialYear};
use crate::scenario::document::Table;
use crate::scenario::fields::{EVIDENCE, Fields, QUALITY, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

/// `[deflator]`.
pub(crate) const DEFLATOR: Section = Section {
    name: "deflator",
    shape: Shape::Single,
    doc: "General inflation: a flat yearly rate, or an index for every year of the period. A missing year is an error; nothing is extrapolated.",
    entry: Kind::Table(&[&[
        may("rate", Kind::Plain("a year, such as \"2%\"", -0.2, 0.5), "Flat rate for all years"),
        may("index", Kind::Map(Keys::Years, &Kind::Plain("index", 1e-6, 1e9)), "Index by year, on any base"),
        must("source", Kind::Sources, "Where it comes from"),
        may("evidence", EVIDENCE, "What kind of evidence that is"),
        may("quality", QUALITY, "How good it is"),
        may("basis", Kind::Text, "Why this value"),
    ]]),
};

/// Reads `[deflator]`.
pub(in crate::scenario) fn deflator(reading: &Reading, root: &Table, period: &AppraisalPeriod) -> Deflator {
    let years = period.years();
    let flat = |source: String, evidence: String| Deflator { source, evidence, index: vec![1.0; years], series: Vec::new() };
    let Some(fields) = single(reading, root, &DEFLATOR) else {
        // Nothing is priced, so there are no prices to take inflation out of.
        let priced = ["contracts", "streams", "risks", "links", "commitments", "instances", "services", "funding"];
        if root.get("deflator").is_none() && priced.iter().any(|s| root.get(s).is_some()) {
            let problem = Problem::new(Code::MissingKey, root.at, "the scenario has no [deflator]");
            reading.report(problem.hint("add [deflator] with rate = \"2%\" or an index by year, and its source"));
        }
        return flat(String::new(), String::new());
    };
    fields.check_provenance();
    if !fields.has("source") {
        fields.missing("source");
    }
    let mut deflator =
        flat(fields.text("source").unwrap_or_default(), fields.text("evidence").unwrap_or_else(|| "sourced".to_owned()));
    match (fields.has("rate"), fields.has("index")) {
        (true, false) => {
            if let Some(rate) = fields.plain("rate", (-0.2, 0.5)) {
                deflator.index = Deflator::flat(rate, years);
            }
        }
        (false, true) => (deflator.index, deflator.series) = index(&fields, period),
        _ => {
            let problem = Problem::new(Code::MissingKey, fields.table.at, "`deflator` needs either a `rate` or an `index`");
            reading.report(problem.hint("give one of them"));
        }
    }
    deflator
}

fn index(fields: &Fields<'_>, period: &AppraisalPeriod) -> (Vec<f64>, Vec<(i16, f64)>) {
    let given: Vec<(FinancialYear, f64)> = fields
        .entries("index")
        .into_iter()
        .filter_map(|(year, at, node)| {
            let parsed = FinancialYear::parse(year);
            if parsed.is_none() {
                let problem = Problem::new(Code::BadDate, at, format!("`{year}` is not a financial year"));
                fields.reading.report(problem.hint("write it as \"2027/28\""));
            }
            Some((parsed?, fields.plain_at("index", node, (1e-6, 1e9))?))
        })
        .collect();
    let mut missing = Vec::new();
    let mut value = |year: FinancialYear| {
        given.iter().find(|(y, _)| *y == year).map_or_else(
            || {
                missing.push(year.to_string());
                1.0
            },
            |(_, v)| *v,
        )
    };
    let base = value(period.year0);
    let index = (0..period.years()).map(|y| value(period.year(y)) / base).collect();
    missing.dedup();
    if !missing.is_empty() {
        let problem =
            Problem::new(Code::DeflatorYear, fields.at("index"), format!("the deflator has no index for {}", missing.join(", ")));
        fields.reading.report(problem.hint("add every year of the period; nothing is extrapolated"));
    }
    (index, given.into_iter().map(|(year, value)| (year.start_year(), value)).collect())
}
