//! `[external_ends]`, and which of them each slot needs.

use super::{Section, Shape, entries, migration};
use crate::assumption::Unit;
use crate::programme::{BiasIx, EndKind, ExternalEnd, ExternalEndIx, Instance, OrganisationIx, Service, Work, WorkItem};
use crate::scenario::document::Table;
use crate::scenario::fields::{Field, Fields, PROVENANCE, may};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

const END: &[Field] = &[
    may("name", Kind::Text, "Name; the id if not given"),
    may(
        "kind",
        Kind::OneOf(&["interface", "statutory_return", "national_service"]),
        "A system of another body, a return that must be made, or a service for all of England; interface if not given",
    ),
    may("run", Kind::Number(Unit::PoundsPerYear), "Keeping one system joined to it, year-0 prices"),
    may(
        "rebuild",
        Kind::Number(Unit::Pounds),
        "Joining a system that is not, in the quarter before the go-live that needs it, once for each system, year-0 prices",
    ),
    may(
        "work",
        Kind::Map(Keys::Own("item"), &Kind::Table(migration::WORK)),
        "Further work and money of joining a system; `days` or `amount`, since it is for no number of users",
    ),
    may("body", Kind::Id("organisations"), "Who pays; the operator of the system if not given"),
    may("optimism_bias", Kind::Id("optimism_bias"), "Optimism bias on `rebuild`"),
];

/// `[external_ends]`.
pub(crate) const EXTERNAL_ENDS: Section = Section {
    name: "external_ends",
    shape: Shape::Keyed,
    doc: "What systems are joined to outside the scenario: systems of other bodies, statutory returns, national services. Each system is joined by itself.",
    entry: Kind::Table(&[END, PROVENANCE]),
};

/// Reads `[external_ends]`.
pub(in crate::scenario) fn read(reading: &Reading, root: &Table) -> Vec<ExternalEnd> {
    let kinds = [
        ("interface", EndKind::Interface),
        ("statutory_return", EndKind::StatutoryReturn),
        ("national_service", EndKind::NationalService),
    ];
    let read = |(id, f): (String, Fields<'_>)| {
        f.check_provenance();
        let work = migration::work(&f);
        if work.iter().any(by_size) {
            let problem = Problem::new(Code::WorkShape, f.at("work"), format!("`{}` is joined for no number of users", f.path));
            reading.report(problem.hint("give `days` or `amount`; leave out what is by user, by patient or once per source"));
        }
        if !["run", "rebuild", "work"].iter().any(|key| f.has(key)) {
            let problem = Problem::new(Code::MissingKey, f.table.at, format!("`{}` costs nothing", f.path));
            reading.report(problem.hint("give `run`, `rebuild` or `work`"));
        }
        ExternalEnd {
            name: f.text("name").unwrap_or_else(|| id.clone()),
            kind: f.choice("kind", &kinds).unwrap_or(EndKind::Interface),
            run: f.number("run", Unit::PoundsPerYear),
            rebuild: f.number("rebuild", Unit::Pounds),
            work,
            body: f.reference("body", "organisations").map(OrganisationIx),
            bias: f.reference("optimism_bias", "optimism_bias").map(BiasIx),
            id,
        }
    };
    entries(reading, root, &EXTERNAL_ENDS).into_iter().map(read).collect()
}

/// Whether work depends on who moves.
fn by_size(item: &WorkItem) -> bool {
    let sized = match item.work {
        Work::Days { per_user, .. } => per_user.is_some(),
        Work::Money { per_user, per_patient, .. } => per_user.or(per_patient).is_some(),
    };
    sized || item.once_per_source
}

/// The ends that a key lists, each once, in order.
pub(super) fn listed(f: &Fields<'_>, key: &str) -> Option<Vec<ExternalEndIx>> {
    let mut ends: Vec<ExternalEndIx> = f.references(key, "external_ends")?.into_iter().map(ExternalEndIx).collect();
    ends.sort_unstable();
    ends.dedup();
    Some(ends)
}

/// Works out which ends each slot needs: of those that its service needs (those of its systems, unless it says)
/// the ones that its first instance has. An end that none of the service's systems has goes with its first slot.
pub(in crate::scenario) fn needed(services: &mut [Service], instances: &[Instance]) {
    let of = |instance: usize| instances.get(instance).map_or(&[][..], |i| &i.external_ends);
    for service in services {
        let elsewhere =
            |end: &ExternalEndIx, slots: &[crate::programme::Slot]| slots.iter().any(|slot| of(slot.instance.0).contains(end));
        let nowhere: Vec<ExternalEndIx> =
            service.needs_ends.iter().flatten().filter(|end| !elsewhere(end, &service.slots)).copied().collect();
        for (position, slot) in service.slots.iter_mut().enumerate() {
            let own = of(slot.instance.0).iter().copied();
            slot.ends = own.filter(|end| service.needs_ends.as_ref().is_none_or(|needs| needs.contains(end))).collect();
            if position == 0 {
                slot.ends.extend(&nowhere);
            }
        }
    }
}
