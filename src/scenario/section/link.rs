//! `[links]`.

use super::{Section, Shape, entries, estate, migration};
use crate::assumption::Unit;
use crate::programme::{BiasIx, InstanceIx, Link, LinkPattern, OrganisationIx, Timing};
use crate::scenario::document::Table;
use crate::scenario::fields::{Field, PROVENANCE, may};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

const LINK: &[Field] = &[
    may("name", Kind::Text, "Name; the id if not given"),
    may(
        "pattern",
        Kind::OneOf(&["shared_record", "shared_record_in_context", "point_to_point", "same_product"]),
        "How ends are joined; costs per end are paid per pair for point_to_point; shared_record if not given",
    ),
    may("baseline", Kind::Flag, "Whether it exists already, and so is in every option; false if not given"),
    may("ends", Kind::Ids("instances"), "Instances joined; all if not given"),
    may("single_sign_on", Kind::Flag, "Whether it saves the second login; false if not given"),
    may("work", Kind::Map(Keys::Own("item"), &Kind::Table(migration::WORK)), "Work and money before it goes live"),
    may(
        "build_per_end",
        Kind::Number(Unit::Pounds),
        "Building one end (or pair), in the quarter before it goes live, year-0 prices",
    ),
    may("run", Kind::Number(Unit::PoundsPerYear), "Running it, year-0 prices"),
    may("run_per_end", Kind::Number(Unit::PoundsPerYear), "Running one end (or pair), year-0 prices"),
    may("body", Kind::Id("organisations"), "Who pays; the lead body if not given"),
    may("optimism_bias", Kind::Id("optimism_bias"), "Optimism bias on `build_per_end`"),
];

/// `[links]`.
pub(crate) const LINKS: Section = Section {
    name: "links",
    shape: Shape::Keyed,
    doc: "Links between systems. What already exists is in every option, business as usual included.",
    entry: Kind::Table(&[LINK, estate::VIEW, PROVENANCE]),
};

/// Reads `[links]`.
pub(in crate::scenario) fn read(reading: &Reading, root: &Table) -> Vec<Link> {
    let patterns = [
        ("shared_record", LinkPattern::SharedRecord),
        ("shared_record_in_context", LinkPattern::SharedRecordInContext),
        ("point_to_point", LinkPattern::PointToPoint),
        ("same_product", LinkPattern::SameProduct),
    ];
    entries(reading, root, &LINKS)
        .into_iter()
        .map(|(id, f)| {
            f.check_provenance();
            let build = migration::work(&f);
            if build.iter().any(|w| matches!(w.timing, Timing::After { .. })) {
                let problem =
                    Problem::new(Code::WorkShape, f.at("work"), format!("work on `{}` is done before it goes live", f.path));
                reading.report(problem.hint("give `starts` in quarters instead of `weeks`"));
            }
            Link {
                name: f.text("name").unwrap_or_else(|| id.clone()),
                pattern: f.choice("pattern", &patterns).unwrap_or(LinkPattern::SharedRecord),
                baseline: f.flag("baseline").unwrap_or(false),
                ends: f.references("ends", "instances").unwrap_or_default().into_iter().map(InstanceIx).collect(),
                view: estate::view(&f),
                single_sign_on: f.flag("single_sign_on").unwrap_or(false),
                build,
                build_per_end: f.number("build_per_end", Unit::Pounds),
                run: f.number("run", Unit::PoundsPerYear),
                run_per_end: f.number("run_per_end", Unit::PoundsPerYear),
                body: f.reference("body", "organisations").map(OrganisationIx),
                bias: f.reference("optimism_bias", "optimism_bias").map(BiasIx),
                id,
            }
        })
        .collect()
}
