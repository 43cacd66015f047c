//! By which formula the engine enters a cost line, in the words of the method.

use crate::costing::Lineage;
use crate::programme::Category;

/// Formula and section of a cost line.
pub(super) fn formula(lineage: Lineage, category: Category) -> (&'static str, &'static str) {
    match category {
        Category::OptimismBias => return ("amount x bias x (1 - mitigated), in the months of the line it is on", "section 7"),
        Category::ResidualValue => return ("- real spending x max(0, L - (M - m)) / L, in the last month", "section 8"),
        _ => {}
    }
    match lineage {
        Lineage::Contract(..) => (contract(category), "section 4"),
        Lineage::Renewal(_) | Lineage::Reprocurement(_) => ("what procuring takes, spread over its months", "section 4"),
        Lineage::Route(..) => ("what the way onto the contract costs, in the month in which it has to be started", "section 4"),
        Lineage::Consent(_) => ("what consent costs, once", "section 4"),
        Lineage::EndExit(_) => ("what moving on takes, in the last month in which the contract is paid", "section 8"),
        Lineage::OnExit(_) => ("capital, transition and staff from the end of the agreement on", "section 4"),
        Lineage::Retained(_) => ("share of the last charge x months after the end", "section 4"),
        Lineage::MoveWork(..) | Lineage::Hazard(..) | Lineage::LinkWork(..) | Lineage::EndWork(..) => {
            ("days x day rate, or money; fixed + per user x users + per record x records, spread over its time", "section 6")
        }
        Lineage::Training(_) => ("users x hours x rate, spread over its quarters before the planned go-live", "section 6"),
        Lineage::Dip(_) => ("users x patient-facing share x weekly hours x loss x rate, week by week", "section 6"),
        Lineage::TeamHold => ("monthly cost x months in which a go-live is due and has not come", "section 6"),
        Lineage::LinkEnds(_) => ("build of an end x connections, in the quarter before going live", "section 7"),
        Lineage::LinkRun(_) => ("(run + run of an end x connections) / 12 a month from going live", "section 7"),
        Lineage::LinkYearly(..) => ("yearly days x day rate, or money, x connections / 12 a month", "section 7"),
        Lineage::EndRun(..) => ("run / 12 in each month in which the system runs", "section 6"),
        Lineage::EndBuild(..) => ("rebuild, in the quarter before the first go-live that needs it", "section 6"),
        Lineage::ArchiveOnce(..) => ("once + per record x records", "section 5"),
        Lineage::ArchiveRun(..) => ("per year / 12 a month", "section 5"),
        Lineage::Rekeying(..) => ("records x share open x minutes / 60 x rate", "section 5"),
        Lineage::SubjectAccess(_) => ("requests x further minutes / 60 x rate / 12 a month", "section 5"),
        Lineage::Commitment(_) => ("cost to complete, spread to the planned go-live", "section 2"),
        Lineage::InstanceRun(_) => ("other / 12 in each month in which the system runs", "section 6"),
        Lineage::InstanceStaff(..) => ("whole-time equivalents x working days x day rate / 12 a month", "section 6"),
        Lineage::Stream(_) => ("amount a year / 12 x ramp, or amount once", "section 7"),
        Lineage::Risk(_) => ("probability x impact, in the month in which it falls", "section 7"),
        Lineage::Prevention(_) => ("cost of preventing it", "section 7"),
    }
}

/// A part of the invoice of a contract line. T(u) is its yearly charge for u units before minimum and term.
fn contract(category: Category) -> &'static str {
    match category {
        Category::HeadStart => "(T(live + provisioned) - T(live)) x index / 12",
        Category::Overlap => "(T(live + provisioned + parallel) - T(live + provisioned)) x index / 12",
        Category::Archive => "read-only share x indexed full charge / 12",
        Category::Stranded => "invoice - service - head start - overlap - archive",
        _ => "T(live) x index / 12",
    }
}
