//! `[funding]`: how much money there is, for what, and until when.

use super::{Section, Shape, entries};
use crate::assumption::Unit;
use crate::programme::{Funding, FundingAmount, FundingKind, OrganisationIx};
use crate::quantity::{AppraisalPeriod, FinancialYear, Month};
use crate::scenario::document::Table;
use crate::scenario::fields::{Fields, PROVENANCE, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

/// `[funding]`.
pub(crate) const FUNDING: Section = Section {
    name: "funding",
    shape: Shape::Keyed,
    doc: "Money that a body has for this, in cash prices of each year: `years`, or `per_year` until it ends. The gap to its cash is shown by body and year, for capital and for revenue.",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the id if not given"),
            must("body", Kind::Id("organisations"), "Who has it"),
            may(
                "kind",
                Kind::OneOf(&["capital", "revenue", "either"]),
                "What it may be spent on; either if not given. Money of one kind does not pay for the other",
            ),
            may("conditions", Kind::Text, "Conditions, in words"),
            may("years", Kind::Map(Keys::Years, &Kind::Number(Unit::Pounds)), "Amount by year"),
            may("per_year", Kind::Number(Unit::PoundsPerYear), "So much a year, month by month, instead of `years`"),
            may("start", Kind::Month, "First month of `per_year`; the first month that counts if not given"),
            may("end", Kind::Month, "Last month in which it may be spent; it does not lapse if not given"),
        ],
        PROVENANCE,
    ]),
};

/// Reads `[funding]`.
pub(in crate::scenario) fn read(reading: &Reading, root: &Table, period: &AppraisalPeriod) -> Vec<Funding> {
    entries(reading, root, &FUNDING).into_iter().map(|(id, f)| source(id, &f, period)).collect()
}

fn source(id: String, f: &Fields<'_>, period: &AppraisalPeriod) -> Funding {
    f.check_provenance();
    let end = f.month("end");
    Funding {
        name: f.text("name").unwrap_or_else(|| id.clone()),
        id,
        body: OrganisationIx(f.reference_required("body", "organisations")),
        kind: f.choice("kind", &FundingKind::ALL.map(|k| (k.word(), k))).unwrap_or(FundingKind::Either),
        conditions: f.text("conditions"),
        amount: amount(f, period, end),
        end,
    }
}

fn amount(f: &Fields<'_>, period: &AppraisalPeriod, end: Option<Month>) -> FundingAmount {
    match (f.has("years"), f.number("per_year", Unit::PoundsPerYear)) {
        (false, Some(amount)) => FundingAmount::PerYear(amount, parts(f, period, end)),
        (given, per_year) => {
            if per_year.is_some() {
                let message = format!("`{}` says twice how much there is", f.path);
                let problem = Problem::new(Code::FundingShape, f.at("per_year"), message);
                f.reading.report(problem.also(f.at("years"), "by year here").hint("keep one of `years` and `per_year`"));
            } else if f.has("start") {
                let message = format!("`{}` has a start, but its amounts are given by year", f.path);
                let problem = Problem::new(Code::FundingShape, f.at("start"), message);
                f.reading.report(problem.hint("remove `start`, or give `per_year` instead of `years`"));
            } else if !given && !f.has("per_year") {
                f.missing("years");
            }
            FundingAmount::ByYear(by_year(f, period, end))
        }
    }
}

/// The part of each year of the period between the first and the last month, both included.
fn parts(f: &Fields<'_>, period: &AppraisalPeriod, end: Option<Month>) -> Vec<f64> {
    let counted = period.month(period.first_counted().min(period.months() - 1));
    let first = f.month("start").unwrap_or(counted);
    if let Some(last) = end.filter(|last| *last < first) {
        let problem = Problem::new(Code::DateOrder, f.at("end"), format!("`{}` ends in {last}, before it starts", f.path));
        f.reading.report(problem.hint("check which of the two dates is right"));
    }
    let mut parts = vec![0.0; period.years()];
    for index in 0..period.months() {
        let month = period.month(index);
        if month >= first && end.is_none_or(|last| month <= last) {
            parts[period.year_of(index)] += 1.0 / 12.0;
        }
    }
    parts
}

fn by_year(f: &Fields<'_>, period: &AppraisalPeriod, end: Option<Month>) -> Vec<Option<crate::assumption::Assumed<f64>>> {
    let mut years = vec![None; period.years()];
    for (year, at, node) in f.entries("years") {
        let known = FinancialYear::parse(year).and_then(|y| usize::try_from(y.years_since(period.year0)).ok());
        let amount = f.number_at(&format!("years.{year}"), node, Unit::Pounds);
        let Some(slot) = known.and_then(|y| years.get_mut(y)) else {
            let problem = Problem::new(Code::OutsidePeriod, at, format!("`{year}` is not a financial year of the period"));
            f.reading.report(problem.hint("write it as \"2027/28\", from year 0 to the last year"));
            continue;
        };
        *slot = amount;
        let lapsed = FinancialYear::parse(year).zip(end).filter(|(y, last)| y.first_month() > *last);
        if let Some((_, last)) = lapsed {
            let message = format!("`{}` ends in {last} and gives money in {year}", f.path);
            let problem = Problem::new(Code::DateOrder, at, message).also(f.at("end"), "it ends here");
            f.reading.report(problem.hint("move the amount to a year before the end, or correct the end"));
        }
    }
    years
}
