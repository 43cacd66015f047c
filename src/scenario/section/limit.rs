//! `[milestones]`, `[freezes]`, `[precedence]`, `[hazards]`, `[approvals]`: what a plan must respect.

use super::{Section, Shape, entries};
use crate::assumption::Unit;
use crate::programme::{
    Approval, Freeze, Hazard, Milestone, MoveKindIx, OptionIx, OptionSet, OrganisationIx, Precedence, RoleIx, Scope, Service,
    ServiceIx,
};
use crate::scenario::document::Table;
use crate::scenario::fields::{Field, Fields, PROVENANCE, may, must};
use crate::scenario::kind::Kind;
use crate::scenario::problem::{Code, Problem, did_you_mean};
use crate::scenario::reading::Reading;
use jiff::civil::Date;

/// `[milestones]`.
pub(crate) const MILESTONES: Section = Section {
    name: "milestones",
    shape: Shape::Keyed,
    doc: "Days by which something must be ready; shown beside the roadmap.",
    entry: Kind::Table(&[&[
        may("name", Kind::Text, "Name; the id if not given"),
        must("date", Kind::Date, "The day"),
        may("ready", Kind::Texts, "What must be ready by then"),
    ]]),
};

/// `[freezes]`.
pub(crate) const FREEZES: Section = Section {
    name: "freezes",
    shape: Shape::Keyed,
    doc: "Stretches of days in which nothing goes live. A planned go-live in one is an error, an expected one a warning.",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the id if not given"),
            must("from", Kind::Date, "First day"),
            must("to", Kind::Date, "Last day"),
        ],
        SCOPE,
    ]),
};

/// Keys that narrow down services.
const SCOPE: &[Field] = &[
    may("organisations", Kind::Ids("organisations"), "Only services of these bodies"),
    may("places", Kind::Texts, "Only services in these places"),
    may("services", Kind::Ids("services"), "Only these services"),
];

/// `[precedence]`.
pub(crate) const PRECEDENCE: Section = Section {
    name: "precedence",
    shape: Shape::Keyed,
    doc: "What services have to wait for: a month, or the go-live of another service. A planned go-live that does not wait is an error.",
    entry: Kind::Table(&[
        SCOPE,
        &[
            may("not_before", Kind::Month, "They go live no earlier than in this month"),
            may("after", Kind::Id("services"), "They go live after this service, in options that move both"),
            must("because", Kind::Text, "What they wait for, such as the network at a place"),
        ],
    ]),
};

/// `[hazards]`.
pub(crate) const HAZARDS: Section = Section {
    name: "hazards",
    shape: Shape::Keyed,
    doc: "Clinical-safety hazards with their risk level (1 to 5, matrix of DCB0160) before and after mitigation. A residual level of 4 or 5 fails the gate on clinical safety.",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the id if not given"),
            may("options", Kind::Ids("options"), "Options that it is a hazard of; all if not given"),
            may("kinds", Kind::Ids("migration"), "Kinds of move that bring it about; if not given it goes with the option"),
            must("initial", Kind::Whole("level", 1, 5), "Risk level before mitigation"),
            must("residual", Kind::Whole("level", 1, 5), "Risk level after mitigation"),
            may("mitigation", Kind::Text, "What is done about it"),
            may("role", Kind::Id("roles"), "Who works on it, such as the clinical safety officer"),
            may(
                "days_per_move",
                Kind::Number(Unit::Days),
                "Days of that role for each move that brings it about, in the quarter before go-live",
            ),
        ],
        PROVENANCE,
    ]),
};

/// `[approvals]`.
pub(crate) const APPROVALS: Section = Section {
    name: "approvals",
    shape: Shape::Keyed,
    doc: "Approvals that an option needs from a certain whole-life cost on, one after the other.",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the id if not given"),
            must(
                "threshold",
                Kind::Number(Unit::Pounds),
                "Whole-life cost from which it is needed: cash of each year with VAT, benefits left out",
            ),
            must("months", Kind::Number(Unit::Months), "Months it takes"),
        ],
        PROVENANCE,
    ]),
};

/// Reads `[milestones]`.
pub(in crate::scenario) fn milestones(reading: &Reading, root: &Table) -> Vec<Milestone> {
    let one = |(id, f): (String, Fields<'_>)| Milestone {
        name: f.text("name").unwrap_or_else(|| id.clone()),
        id,
        date: day(&f, "date"),
        ready: f.texts("ready").unwrap_or_default().into_iter().map(|(text, _)| text).collect(),
    };
    let mut all: Vec<Milestone> = entries(reading, root, &MILESTONES).into_iter().map(one).collect();
    all.sort_by_key(|m| m.date);
    all
}

/// A day that must be there.
fn day(f: &Fields<'_>, key: &str) -> Date {
    if !f.has(key) {
        f.missing(key);
    }
    f.date(key).unwrap_or(Date::ZERO)
}

fn scope(f: &Fields<'_>, services: &[Service]) -> Scope {
    let known: Vec<&str> = services.iter().filter_map(|s| s.place.as_deref()).collect();
    let places = f.texts("places").unwrap_or_default();
    for (place, at) in places.iter().filter(|(p, _)| !known.contains(&p.as_str())) {
        let message = format!("`{}` names the place `{place}`, which no service has", f.path);
        let hint = did_you_mean(place, known.iter().copied())
            .map_or_else(|| "give a place of a service, or leave `places` out".to_owned(), |c| format!("did you mean `{c}`?"));
        f.reading.report(Problem::new(Code::UnknownReference, *at, message).hint(hint));
    }
    let bodies = f.references("organisations", "organisations").unwrap_or_default();
    Scope {
        organisations: bodies.into_iter().map(OrganisationIx).collect(),
        places: places.into_iter().map(|(p, _)| p).collect(),
        services: f.references("services", "services").unwrap_or_default().into_iter().map(ServiceIx).collect(),
    }
}

/// Reads `[freezes]`.
pub(in crate::scenario) fn freezes(reading: &Reading, root: &Table, services: &[Service]) -> Vec<Freeze> {
    let one = |(id, f): (String, Fields<'_>)| {
        let (from, to) = (day(&f, "from"), day(&f, "to"));
        if f.has("from") && f.has("to") && to < from {
            let problem = Problem::new(Code::DateOrder, f.at("to"), format!("`{}` ends before it starts", f.path));
            reading.report(problem.hint("check which of the two dates is right"));
        }
        Freeze { name: f.text("name").unwrap_or_else(|| id.clone()), id, from, to, scope: scope(&f, services) }
    };
    entries(reading, root, &FREEZES).into_iter().map(one).collect()
}

/// Reads `[precedence]`.
pub(in crate::scenario) fn precedence(reading: &Reading, root: &Table, services: &[Service]) -> Vec<Precedence> {
    let one = |(id, f): (String, Fields<'_>)| {
        if f.has("not_before") == f.has("after") {
            let message = format!("`{}` must say what is waited for: a month or another service", f.path);
            let problem = Problem::new(Code::MissingKey, f.table.at, message);
            reading.report(problem.hint("give one of `not_before` and `after`"));
        }
        Precedence {
            id,
            scope: scope(&f, services),
            not_before: f.month("not_before"),
            after: f.reference("after", "services").map(ServiceIx),
            because: f.text_required("because"),
        }
    };
    entries(reading, root, &PRECEDENCE).into_iter().map(one).collect()
}

/// Reads `[hazards]`.
pub(in crate::scenario) fn hazards(reading: &Reading, root: &Table) -> Vec<Hazard> {
    entries(reading, root, &HAZARDS).into_iter().map(|(id, f)| hazard(id, &f)).collect()
}

fn hazard(id: String, f: &Fields<'_>) -> Hazard {
    f.check_provenance();
    let level = |key: &str| {
        if !f.has(key) {
            f.missing(key);
        }
        f.whole(key, (1, 5)).unwrap_or(1)
    };
    let (initial, residual) = (level("initial"), level("residual"));
    if residual > initial && f.has("initial") {
        let message = format!("`{}` is rated {residual} after mitigation and {initial} before it", f.path);
        let problem = Problem::new(Code::HazardShape, f.at("residual"), message).also(f.at("initial"), "before mitigation");
        f.reading.report(problem.hint("mitigation lowers a hazard or leaves it as it is: check the two levels"));
    } else if residual < initial && !f.has("mitigation") {
        let message = format!("`{}` falls from {initial} to {residual} and does not say by what", f.path);
        f.reading.report(Problem::new(Code::HazardShape, f.at("residual"), message).hint("say in `mitigation` what is done"));
    }
    let role = f.reference("role", "roles").map(RoleIx);
    let days = f.number("days_per_move", Unit::Days);
    if f.has("role") != f.has("days_per_move") {
        f.missing(if f.has("role") { "days_per_move" } else { "role" });
    }
    let options = f.references("options", "options");
    Hazard {
        name: f.text("name").unwrap_or_else(|| id.clone()),
        id,
        options: options.map_or(OptionSet::All, |list| OptionSet::Only(list.into_iter().map(OptionIx).collect())),
        kinds: f.references("kinds", "migration").unwrap_or_default().into_iter().map(MoveKindIx).collect(),
        initial,
        residual,
        mitigation: f.text("mitigation"),
        officer: role.zip(days),
    }
}

/// Reads `[approvals]`.
pub(in crate::scenario) fn approvals(reading: &Reading, root: &Table) -> Vec<Approval> {
    let one = |(id, f): (String, Fields<'_>)| {
        f.check_provenance();
        Approval {
            name: f.text("name").unwrap_or_else(|| id.clone()),
            id,
            threshold: f.number_required("threshold", Unit::Pounds),
            months: f.number_required("months", Unit::Months),
        }
    };
    entries(reading, root, &APPROVALS).into_iter().map(one).collect()
}
