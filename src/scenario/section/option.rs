//! `[options]` and `[gates]`.

use super::{Section, Shape, entries};
use crate::programme::{
    ContractIx, Exception, Expiry, Freedom, InstanceIx, JudgedGate, LinkIx, OptionDefinition, OptionIx, OptionKind, OptionRole,
    OrganisationIx, Schedule, Selector, ServiceIx, TargetRule, Wave,
};
use crate::quantity::AppraisalPeriod;
use crate::scenario::document::{Table, Value};
use crate::scenario::fields::{Field, Fields, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem, did_you_mean, one_of};
use crate::scenario::reading::Reading;
use std::collections::BTreeSet;

const OPTION: &[Field] = &[
    may("name", Kind::Text, "Name; the id if not given"),
    may("description", Kind::Text, "What it does"),
    must(
        "kind",
        Kind::OneOf(&[
            "business_as_usual",
            "do_minimum",
            "interoperate",
            "rationalise",
            "converge",
            "hybrid",
            "replace",
            "defer",
            "optimised",
            "alternative",
        ]),
        "What it does",
    ),
    may(
        "role",
        Kind::OneOf(&["business_as_usual", "do_minimum", "preferred_way_forward", "more_ambitious", "less_ambitious"]),
        "Role in the shortlist (Green Book 2026, 5.18)",
    ),
    may("targets", Kind::Tables(&[TARGET, SELECT]), "Services that match go to an instance; later rules win"),
    may(
        "except",
        Kind::Map(Keys::Of("services"), &Kind::Either(&[Kind::OneOf(&["retain"]), Kind::Id("instances")])),
        "Services that do not follow the rules",
    ),
    may("go_live", Kind::GoLive, "Go-live of all moves"),
    may("waves", Kind::Tables(&[WAVE, SELECT]), "Services that match go live together; the first that matches wins"),
    may("go_lives", Kind::Map(Keys::Of("services"), &Kind::GoLive), "Go-live of single services"),
    may("links", Kind::Map(Keys::Of("links"), &Kind::GoLive), "Links built, and when each goes live"),
    may(
        "optimise",
        Kind::OneOf(&["schedule", "roadmap"]),
        "What is left to the optimiser: `schedule`, the dates of its moves; `roadmap`, where services go, when, and which links are built. See [optimise]",
    ),
    may(
        "expiry",
        Kind::Map(Keys::Of("contracts"), &Kind::OneOf(&["extend", "renew", "reprocure", "exit"])),
        "What becomes of contracts that end: extensions as far as they go and then renewal, renewal at once, a new procurement, or nothing; extend if not given. A contract for no system goes on only where this says so",
    ),
    may("unmonetised", Kind::Texts, "What it does for good or ill that is not priced"),
];

const SELECT: &[Field] = &[
    may("all", Kind::Flag, "Every service"),
    may("line", Kind::Text, "Services of this line"),
    may("setting", Kind::Text, "Services in this care setting"),
    may("organisation", Kind::Id("organisations"), "Services of this body"),
    may("place", Kind::Text, "Services in this place"),
    may("from", Kind::Id("instances"), "Services whose slot starts on this instance"),
    may("services", Kind::Ids("services"), "These services"),
];
const TARGET: &[Field] =
    &[must("to", Kind::Id("instances"), "Where to"), may("slot", Kind::Name("slot"), "Slot; core if not given")];
const WAVE: &[Field] = &[must("go_live", Kind::GoLive, "Go-live")];

/// `[options]`.
pub(crate) const OPTIONS: Section = Section {
    name: "options",
    shape: Shape::Ordered,
    doc: "Options, in the order in which they are shown. One is business as usual.",
    entry: Kind::Table(&[OPTION]),
};

/// `[gates]`.
pub(crate) const GATES: Section = Section {
    name: "gates",
    shape: Shape::Keyed,
    doc: "Gates decided by people: critical success factors that an option passes or fails.",
    entry: Kind::Table(&[&[
        may("name", Kind::Text, "Name; the id if not given"),
        may("passes_because", Kind::Text, "Reason shown for options that pass"),
        may("fails", Kind::Map(Keys::Of("options"), &Kind::Name("reason")), "Options that fail, with the reason"),
    ]]),
};

/// Reads `[options]`.
pub(in crate::scenario) fn read(reading: &Reading, root: &Table, period: &AppraisalPeriod) -> Vec<OptionDefinition> {
    let options: Vec<OptionDefinition> =
        entries(reading, root, &OPTIONS).into_iter().map(|(id, f)| option(id, &f, root, period)).collect();
    let usual: Vec<usize> = (0..options.len()).filter(|&i| options[i].kind == OptionKind::BusinessAsUsual).collect();
    // A choice among things to come, with nothing described that is there today, needs no comparator.
    let present = ["services", "instances", "contracts", "streams"].iter().any(|s| root.get(s).is_some());
    if usual.len() > 1 || (usual.is_empty() && present && !alternatives(&options)) {
        let at = usual.get(1).and_then(|&i| reading.place("options", i)).or_else(|| root.key("options")).unwrap_or(root.at);
        let message =
            if usual.is_empty() { "no option is business as usual" } else { "more than one option is business as usual" };
        let hint =
            "give exactly one option kind = \"business_as_usual\"; it is the comparator of all others (Green Book 2026, 4.19)";
        reading.report(Problem::new(Code::BusinessAsUsual, at, message).hint(hint));
    }
    options
}

/// Whether all options are things to choose from, none of which is there today.
fn alternatives(options: &[OptionDefinition]) -> bool {
    !options.is_empty() && options.iter().all(|o| o.kind == OptionKind::Alternative)
}

fn option(id: String, f: &Fields<'_>, root: &Table, period: &AppraisalPeriod) -> OptionDefinition {
    let kinds = [
        ("business_as_usual", OptionKind::BusinessAsUsual),
        ("do_minimum", OptionKind::DoMinimum),
        ("interoperate", OptionKind::Interoperate),
        ("rationalise", OptionKind::Rationalise),
        ("converge", OptionKind::Converge),
        ("hybrid", OptionKind::Hybrid),
        ("replace", OptionKind::Replace),
        ("defer", OptionKind::Defer),
        ("optimised", OptionKind::Optimised),
        ("alternative", OptionKind::Alternative),
    ];
    let roles = [
        ("business_as_usual", OptionRole::BusinessAsUsual),
        ("do_minimum", OptionRole::DoMinimum),
        ("preferred_way_forward", OptionRole::PreferredWayForward),
        ("more_ambitious", OptionRole::MoreAmbitious),
        ("less_ambitious", OptionRole::LessAmbitious),
    ];
    if !f.has("kind") {
        f.missing("kind");
    }
    OptionDefinition {
        name: f.text("name").unwrap_or_else(|| id.clone()),
        description: f.text("description"),
        kind: f.choice("kind", &kinds).unwrap_or(OptionKind::Hybrid),
        role: f.choice("role", &roles),
        targets: f
            .tables("targets", &[TARGET, SELECT])
            .into_iter()
            .map(|t| TargetRule {
                select: selector(&t, root),
                slot: t.text("slot").unwrap_or_else(|| "core".to_owned()),
                to: InstanceIx(t.reference_required("to", "instances")),
            })
            .collect(),
        exceptions: exceptions(f),
        schedule: schedule(f, root, period),
        freedom: freedom(f),
        links: dated(f, "links", "links").into_iter().map(|(l, m)| (LinkIx(l), m)).collect(),
        expiry: expiry(f),
        unmonetised: f.texts("unmonetised").unwrap_or_default().into_iter().map(|(t, _)| t).collect(),
        id,
    }
}

/// What is left to the optimiser; a fault where the same is given, or where nothing can be left to it.
fn freedom(f: &Fields<'_>) -> Option<Freedom> {
    let found = f.choice("optimise", &[("schedule", Freedom::Schedule), ("roadmap", Freedom::Roadmap)]);
    let word = |node: &crate::scenario::document::Node| matches!(&node.value, Value::Text(word) if word.trim() == "optimised");
    if found.is_none() && !f.has("optimise") && f.node("kind").is_some_and(word) {
        let message = format!("`{}` is of the kind `optimised` and leaves nothing to the optimiser", f.path);
        let problem = Problem::new(Code::Optimise, f.at("kind"), message);
        f.reading.report(problem.hint("add optimise = \"roadmap\", or optimise = \"schedule\" and the targets"));
    }
    let (left, given): (&str, &[&str]) = match found? {
        Freedom::Schedule => ("its dates", &["go_live", "waves", "go_lives"]),
        Freedom::Roadmap => ("where services go and when", &["targets", "except", "go_live", "waves", "go_lives", "links"]),
    };
    for key in given.iter().filter(|key| f.has(key)) {
        let message = format!("`{}` leaves {left} to the optimiser and gives `{key}` as well", f.path);
        let problem = Problem::new(Code::Optimise, f.at(key), message).also(f.at("optimise"), "left to the optimiser here");
        f.reading.report(problem.hint(format!("remove `{key}`, or `optimise`")));
    }
    if f.node("kind").is_some_and(|node| matches!(&node.value, Value::Text(word) if word.trim() == "business_as_usual")) {
        let message = format!("`{}` is business as usual, which is what happens if nothing is decided", f.path);
        let problem = Problem::new(Code::Optimise, f.at("optimise"), message);
        f.reading.report(problem.hint("remove `optimise`, and make an option of its own for what the optimiser finds"));
    }
    found
}

fn selector(f: &Fields<'_>, root: &Table) -> Selector {
    let select = Selector {
        line: service_word(f, root, "line"),
        setting: service_word(f, root, "setting"),
        organisation: f.reference("organisation", "organisations").map(OrganisationIx),
        place: service_word(f, root, "place"),
        from: f.reference("from", "instances").map(InstanceIx),
        services: f.references("services", "services").map(|list| list.into_iter().map(ServiceIx).collect()),
    };
    // Without a selector everything would match: that is said with `all`, and `all = false` does not say it.
    if (f.flag("all") == Some(true)) != (select == Selector::default()) {
        let message = format!("`{}` does not say which services", f.path);
        f.reading.report(
            Problem::new(Code::MissingKey, f.table.at, message)
                .hint("add all = true, or one or more of line, setting, organisation, place, from, services"),
        );
    }
    select
}

/// A word that services go by, as their line, setting or place; a fault if it is that of none.
fn service_word(f: &Fields<'_>, root: &Table, key: &str) -> Option<String> {
    let wanted = f.text(key)?;
    let services = root.get("services").and_then(|n| if let Value::Table(t) = &n.value { Some(t) } else { None });
    let words: BTreeSet<&str> = services
        .iter()
        .flat_map(|t| t.entries.values())
        .filter_map(|(_, row)| if let Value::Table(row) = &row.value { row.get(key) } else { None })
        .filter_map(|n| if let Value::Text(word) = &n.value { Some(word.trim()) } else { None })
        .collect();
    if !words.contains(wanted.as_str()) {
        let hint = match did_you_mean(&wanted, words.iter().copied()) {
            Some(close) => format!("did you mean `{close}`?"),
            None if words.is_empty() => format!("give services a {key}"),
            None => format!("services have {}", one_of(&words.into_iter().collect::<Vec<_>>())),
        };
        let message = format!("no service has the {key} `{wanted}`");
        f.reading.report(Problem::new(Code::UnknownReference, f.at(key), message).hint(hint));
    }
    Some(wanted)
}

fn exceptions(f: &Fields<'_>) -> Vec<Exception> {
    let read = |(id, at, node): (&str, _, &crate::scenario::document::Node)| {
        let service = f.reading.resolve("services", id, at).map(ServiceIx);
        match &node.value {
            Value::Text(word) if word.trim().eq_ignore_ascii_case("retain") => service.map(Exception::Retain),
            Value::Text(word) => {
                let to = f.reading.resolve("instances", word.trim(), node.at).map(InstanceIx);
                service.zip(to).map(|(s, i)| Exception::To(s, i))
            }
            _ => {
                f.reading.report(
                    Problem::new(Code::WrongKind, node.at, "an exception is \"retain\" or the id of an instance")
                        .hint("write it in quotes"),
                );
                None
            }
        }
    };
    f.entries("except").into_iter().filter_map(read).collect()
}

pub(super) fn expiry(f: &Fields<'_>) -> Vec<(ContractIx, Expiry)> {
    let words = [("extend", Expiry::Extend), ("renew", Expiry::Renew), ("reprocure", Expiry::Reprocure), ("exit", Expiry::Exit)];
    let read = |(id, at, node): (&str, _, &crate::scenario::document::Node)| {
        let contract = f.reading.resolve("contracts", id, at).map(ContractIx);
        let word = if let Value::Text(word) = &node.value { word.trim().to_lowercase() } else { String::new() };
        let policy = words.iter().find(|(w, _)| *w == word).map(|(_, p)| *p);
        if policy.is_none() {
            let message = format!("`{}.expiry.{id}` does not say what becomes of the contract", f.path);
            f.reading.report(
                Problem::new(Code::UnknownChoice, node.at, message)
                    .hint("write \"extend\", \"renew\", \"reprocure\" or \"exit\""),
            );
        }
        contract.zip(policy)
    };
    f.entries("expiry").into_iter().filter_map(read).collect()
}

fn dated(f: &Fields<'_>, key: &str, section: &str) -> Vec<(usize, crate::quantity::Month)> {
    f.entries(key).into_iter().filter_map(|(id, at, node)| f.reading.resolve(section, id, at).zip(f.go_live_at(node))).collect()
}

fn schedule(f: &Fields<'_>, root: &Table, period: &AppraisalPeriod) -> Schedule {
    let wave = |w: Fields<'_>| {
        if !w.has("go_live") {
            w.missing("go_live");
        }
        Wave { go_live: w.go_live("go_live").unwrap_or_else(|| period.start()), select: selector(&w, root) }
    };
    Schedule {
        all: f.go_live("go_live"),
        waves: f.tables("waves", &[WAVE, SELECT]).into_iter().map(wave).collect(),
        by_service: dated(f, "go_lives", "services").into_iter().map(|(s, m)| (ServiceIx(s), m)).collect(),
    }
}

/// Reads `[gates]`.
pub(in crate::scenario) fn gates(reading: &Reading, root: &Table) -> Vec<JudgedGate> {
    entries(reading, root, &GATES)
        .into_iter()
        .map(|(id, f)| {
            let fail = |(option, at, node): (&str, _, &crate::scenario::document::Node)| {
                let ix = reading.resolve("options", option, at);
                let Value::Text(reason) = &node.value else {
                    reading.report(
                        Problem::new(Code::WrongKind, node.at, "the reason for failing a gate is text")
                            .hint("write it in quotes"),
                    );
                    return None;
                };
                ix.map(|ix| (OptionIx(ix), reason.clone()))
            };
            JudgedGate {
                name: f.text("name").unwrap_or_else(|| id.clone()),
                passes_because: f.text("passes_because"),
                fails: f.entries("fails").into_iter().filter_map(fail).collect(),
                id,
            }
        })
        .collect()
}
