//! The assumptions log, and how much of the answer rests on what kind of evidence.

use super::Case;
use super::result::{AssumptionView, EvidenceShare};
use crate::assumption::{Evidence, Origin};

/// The log, and the shares for the leading option.
///
/// A line is as good as the weakest number under it; shares are of gross present cost, the sum of the
/// absolute present values of the lines. A number's `share_of_cost` is that of all lines that use it,
/// so these shares overlap and do not add up to 1.
pub(super) fn log(case: &Case<'_>) -> (Vec<AssumptionView>, EvidenceShare) {
    let register = &case.programme.register;
    let leading = &case.outcome.options[case.leading];
    let lines = || leading.costing.lines.iter().zip(&leading.totals.lines);
    let gross: f64 = lines().map(|(_, t)| t.present.value().abs()).sum();
    let share = |amount: f64| if gross > 0.0 { amount / gross } else { 0.0 };
    let mut by_number = vec![0.0; register.len()];
    let mut by_grade = [0.0; Evidence::ALL.len()];
    for (line, totals) in lines() {
        let mut uses = line.uses.clone();
        uses.sort_unstable();
        uses.dedup();
        let grade = |h: &crate::assumption::Handle| {
            let a = register.get(*h);
            if a.origin == Origin::Given { a.evidence } else { Evidence::None }
        };
        let weakest = uses.iter().map(grade).max().unwrap_or(Evidence::None);
        by_grade[weakest as usize] += totals.present.value().abs();
        for handle in uses {
            by_number[handle.index()] += totals.present.value().abs();
        }
    }
    let names = super::naming::Inputs::of(case.programme);
    let views = register
        .iter()
        .map(|(handle, a)| AssumptionView {
            id: a.id.clone(),
            name: names.words(&a.id),
            value: a.likely,
            low: a.range.map(|r| r.0),
            high: a.range.map(|r| r.1),
            unit: a.unit.label().to_owned(),
            source: a.source.clone(),
            evidence: a.evidence.word().to_owned(),
            quality: a.quality.map(|q| q.word().to_owned()),
            basis: a.basis.clone(),
            origin: if a.origin == Origin::Given { "given" } else { "default" }.to_owned(),
            file: a.place.file.clone(),
            line: a.place.line,
            share_of_cost: share(by_number[handle.index()]),
            share_of_variance: None,
        })
        .collect();
    let of = |grade: Evidence| share(by_grade[grade as usize]);
    let shares = EvidenceShare {
        option: case.programme.options[case.leading].id.clone(),
        sourced: of(Evidence::Sourced),
        derived: of(Evidence::Derived),
        estimate: of(Evidence::Estimate),
        unchecked: of(Evidence::Unchecked),
        none: of(Evidence::None),
    };
    (views, shares)
}
