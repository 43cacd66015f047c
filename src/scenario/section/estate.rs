//! Organisations, products, instances, capabilities, needs, services, flows, views, burden.

use super::{Section, Shape, archive, entries, external_end, run, single};
use crate::assumption::{Assumed, Unit};
use crate::programme::{
    AdoptionStep, Burden, Capability, CapabilityIx, Flow, History, Instance, InstanceIx, Need, Organisation, OrganisationIx,
    Product, ProductIx, Sector, Service, ServiceIx, Slot, Status, Tenancy, UNASSIGNED, View,
};
use crate::scenario::document::{Node, Table, Value};
use crate::scenario::fields::{Field, Fields, PROVENANCE, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem, did_you_mean};
use crate::scenario::reading::Reading;

/// `[organisations]`.
pub(crate) const ORGANISATIONS: Section = Section {
    name: "organisations",
    shape: Shape::Keyed,
    doc: "Bodies, and what becomes of them.",
    entry: Kind::Table(&[&[
        may("name", Kind::Text, "Name; the id if not given"),
        may(
            "status",
            Kind::OneOf(&["dissolves", "transfers_services", "continues", "new"]),
            "What becomes of it; continues if not given",
        ),
        may("successor", Kind::Id("organisations"), "The body that takes over its costs (one that dissolves needs one)"),
        may(
            "services_to",
            Kind::Id("organisations"),
            "The body that its services go to, for one that goes on itself; its contracts stay with it unless they say otherwise",
        ),
        may("from", Kind::Month, "The first month of the successor, or of the body that services go to"),
        may(
            "sector",
            Kind::OneOf(&["public", "households", "businesses", "others"]),
            "Whose money it is: ratios tell cost to the public sector from cost to others (Green Book 2026, Table 10); public if not given",
        ),
    ]]),
};

/// `[products]`.
pub(crate) const PRODUCTS: Section = Section {
    name: "products",
    shape: Shape::Keyed,
    doc: "Products on the market.",
    entry: Kind::Table(&[&[
        may("name", Kind::Text, "Name; the id if not given"),
        may("supplier", Kind::Text, "Supplier, for the measure of resilience"),
        may(
            "class",
            Kind::Name("id of a product of the library of defaults"),
            "The product whose capabilities the library of defaults takes for it, where [appraisal] names one; that of its own id if not given",
        ),
        may("holds_record", Kind::Flag, "Whether it holds the clinical record; true if not given"),
    ]]),
};

/// `[instances]`.
pub(crate) const INSTANCES: Section = Section {
    name: "instances",
    shape: Shape::Keyed,
    doc: "Running systems. Two instances of one product do not see each other.",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the product's if not given"),
            must("product", Kind::Id("products"), "Product"),
            may("operator", Kind::Id("organisations"), "Who operates it"),
            may(
                "tenancy",
                Kind::OneOf(&["own", "unit", "hosted"]),
                "An instance of one's own, a unit of a shared database, or hosted by another body; own if not given",
            ),
            may(
                "run_cost",
                Kind::Number(Unit::PoundsPerYear),
                "Internal cost of running it while anyone uses it, year-0 prices; short for run = { other = ... }",
            ),
            may("run", Kind::Table(run::RUN), "What it takes to run it: people by role, and the rest; instead of `run_cost`"),
            may(
                "publishes",
                Kind::Number(Unit::Share),
                "Share of the needed items that it publishes to links; a link shows no more than either of its ends publishes; all if not given",
            ),
            may("external_ends", Kind::Ids("external_ends"), "What it is joined to already outside the scenario"),
            may(
                "archive",
                Kind::Table(archive::ARCHIVE),
                "What becomes of its records once its last user has left; as its contracts say (`read_only`) if not given",
            ),
        ],
        PROVENANCE,
    ]),
};

/// `[capabilities]`.
pub(crate) const CAPABILITIES: Section = Section {
    name: "capabilities",
    shape: Shape::Keyed,
    doc: "What systems can do.",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the id if not given"),
            may(
                "coverage",
                Kind::Map(Keys::Of("products"), &Kind::Number(Unit::Share)),
                "How well each product does it, 0 to 1; 0 if not given",
            ),
        ],
        PROVENANCE,
    ]),
};

/// A gate at a level of one's own.
const LEVEL: &[Field] = &[must("must", Kind::Plain("level", 0.0, 1.0), "Least coverage, 0 to 1, without which it fails")];

/// What a service needs, by capability.
const NEEDED: Kind = Kind::Map(
    Keys::Of("capabilities"),
    &Kind::Either(&[Kind::Plain("weight", 0.0, 1e6), Kind::OneOf(&["must"]), Kind::Table(&[LEVEL])]),
);

/// `[needs]`.
pub(crate) const NEEDS: Section = Section {
    name: "needs",
    shape: Shape::Keyed,
    doc: "Named sets of needs, for services to refer to: capability id to a weight (it *should* have it), to \"must\" (a gate: coverage of at least 0.5), or to { must = 0.75 }.",
    entry: NEEDED,
};

const SERVICE: &[Field] = &[
    may("name", Kind::Text, "Name; the id if not given"),
    may("line", Kind::Text, "Line, such as community or mental health"),
    may("organisation", Kind::Id("organisations"), "Body that runs it; bears training and dip"),
    may("place", Kind::Text, "Place"),
    may("setting", Kind::Text, "Care setting"),
    must("users", Kind::Number(Unit::Users), "Staff with access"),
    may("patient_facing", Kind::Number(Unit::Share), "Share of users who face patients; 1 if not given"),
    may("patients", Kind::Number(Unit::Patients), "Patient records held"),
    may("contacts", Kind::Number(Unit::ContactsPerYear), "Contacts a year"),
    may("needs", Kind::Either(&[Kind::Id("needs"), NEEDED]), "What it needs"),
    may(
        "needs_ends",
        Kind::Ids("external_ends"),
        "External ends that it needs wherever it goes; all that its systems have if not given",
    ),
    may("system", Kind::Id("instances"), "Instance of its `core` slot; short for slots = { core = ... }"),
    may(
        "slots",
        Kind::Map(Keys::Own("slot"), &Kind::Either(&[Kind::Id("instances"), Kind::Table(&[SLOT])])),
        "Instances that serve it",
    ),
];

/// Keys of a slot.
const SLOT: &[Field] = &[
    must("instance", Kind::Id("instances"), "Instance"),
    may("users", Kind::Number(Unit::Users), "Users of this slot, if not all of the service's"),
    may("fixed", Kind::Flag, "Whether rules that move services in bulk leave it alone; false if not given"),
];

/// `[services]`.
pub(crate) const SERVICES: Section = Section {
    name: "services",
    shape: Shape::Keyed,
    doc: "Services and the systems they use.",
    entry: Kind::Table(&[SERVICE, PROVENANCE]),
};

/// `[flows]`.
pub(crate) const FLOWS: Section = Section {
    name: "flows",
    shape: Shape::Keyed,
    doc: "Patients and staff shared by two services.",
    entry: Kind::Table(&[
        &[
            must("from", Kind::Id("services"), "One service"),
            must("to", Kind::Id("services"), "The other"),
            must("contacts", Kind::Number(Unit::ContactsPerYear), "Contacts at which the other's record is needed"),
            may("shared_users", Kind::Number(Unit::Users), "Staff who work in both"),
            may(
                "shared_users_counted",
                Kind::OneOf(&["twice", "once"]),
                "Whether they are among the users of both services, and so one user each of a system that both are on, or of one only; twice if not given, and once where the services start on one system",
            ),
            may(
                "eligible",
                Kind::Number(Unit::Share),
                "Share that may lawfully be seen, where it differs from the route's own; 0 for restricted records",
            ),
        ],
        PROVENANCE,
    ]),
};

/// Keys of a view: how much of the other record can be used.
const VIEW: &[Field] = &[
    must("eligible", Kind::Number(Unit::Share), "Share that may lawfully be seen"),
    must("scope", Kind::Number(Unit::Share), "Share of the needed items that can be seen"),
    must(
        "adoption",
        Kind::Either(&[Kind::Number(Unit::Share), Kind::Tables(&[ADOPTION])]),
        "Share of occasions on which it is looked at, over time from going live; the last step goes on",
    ),
];

/// Keys of an adoption step.
pub(super) const ADOPTION: &[Field] = &[
    may("months", Kind::Whole("months", 1, 1200), "How long; the rest of the period if not given"),
    must("share", Kind::Number(Unit::Share), "Share of occasions"),
];

/// `[same_instance]`.
pub(crate) const SAME_INSTANCE: Section = Section {
    name: "same_instance",
    shape: Shape::Single,
    doc: "How much two services on one instance can use of each other's record. Everything, if not given.",
    entry: Kind::Table(&[VIEW, HISTORY, PROVENANCE]),
};

/// Keys of what is left of the record from before a service joined.
const HISTORY: &[Field] = &[
    may(
        "history",
        Kind::Number(Unit::Share),
        "Share of the record from before a service joined the instance that can be seen there: migrated, or in an archive that opens from it; all if not given",
    ),
    may("look_back_months", Kind::Number(Unit::Months), "Months of record that are needed at a contact; goes with `history`"),
];

/// `[burden]`.
pub(crate) const BURDEN: Section = Section {
    name: "burden",
    shape: Shape::Single,
    doc: "What working in two systems costs staff; needed by the measure `burden`.",
    entry: Kind::Table(&[
        &[
            must("logins_per_day", Kind::Number(Unit::Times), "Further logins a day of someone who works in two systems"),
            must("seconds_per_login", Kind::Number(Unit::Seconds), "Seconds each"),
            must("days_per_year", Kind::Number(Unit::Days), "Working days a year"),
            must("rekey_minutes", Kind::Number(Unit::Minutes), "Re-keying for a contact across systems"),
        ],
        PROVENANCE,
    ]),
};

fn name(fields: &Fields<'_>, id: &str) -> String {
    fields.text("name").unwrap_or_else(|| id.to_owned())
}

/// Reads `[organisations]`.
pub(in crate::scenario) fn organisations(reading: &Reading, root: &Table) -> Vec<Organisation> {
    let statuses = [
        ("dissolves", Status::Dissolves),
        ("transfers_services", Status::TransfersServices),
        ("continues", Status::Continues),
        ("new", Status::New),
    ];
    let read = |(id, f): (String, Fields<'_>)| {
        if id == UNASSIGNED {
            let message = format!("`organisations.{id}`: results say this of what no body bears or pays");
            reading.report(Problem::new(Code::DuplicateId, f.table.at, message).hint("give the body another id"));
        }
        let status = f.choice("status", &statuses).unwrap_or(Status::Continues);
        let successor = f.reference("successor", "organisations").map(OrganisationIx);
        let from = f.month("from");
        let services_to = f.reference("services_to", "organisations").map(OrganisationIx);
        let heir = successor.or(services_to);
        if successor.is_some() && (services_to.is_some() || status == Status::TransfersServices) {
            let message = format!("`organisations.{id}` goes on, so it has no successor");
            let problem = Problem::new(Code::Successor, f.at("successor"), message);
            reading
                .report(problem.hint("say `services_to` for a body that transfers services, `successor` for one that dissolves"));
        }
        let complete = heir.is_some() == from.is_some() && (successor.is_some() || status != Status::Dissolves);
        if !complete && !reading.has_errors() {
            let problem = Problem::new(
                Code::Successor,
                f.table.at,
                format!("`organisations.{id}` needs a successor and the date from which it takes over"),
            );
            reading.report(problem.hint("add successor = \"an organisation\" and from = 2024-04-01"));
        }
        let sectors = [
            ("public", Sector::Public),
            ("households", Sector::Households),
            ("businesses", Sector::Businesses),
            ("others", Sector::Others),
        ];
        let sector = f.choice("sector", &sectors).unwrap_or(Sector::Public);
        Organisation {
            name: name(&f, &id),
            id,
            status,
            sector,
            successor: successor.zip(from),
            transfer: services_to.filter(|_| successor.is_none()).zip(from),
        }
    };
    let all: Vec<Organisation> = entries(reading, root, &ORGANISATIONS).into_iter().map(read).collect();
    for (i, body) in all.iter().enumerate() {
        let chain = std::iter::successors(body.successor, |(next, _)| all[next.0].successor).take(all.len() + 1);
        if chain.count() > all.len() {
            let at = reading.place("organisations", i).unwrap_or(root.at);
            let problem =
                Problem::new(Code::Successor, at, format!("the successors of `organisations.{}` go in a circle", body.id));
            reading.report(problem.hint("the last body of a chain has no successor"));
        }
    }
    all
}

/// Reads `[products]` with the coverage that `[capabilities]` gives.
pub(in crate::scenario) fn products(reading: &Reading, root: &Table) -> (Vec<Product>, Vec<Capability>) {
    let mut products: Vec<Product> = entries(reading, root, &PRODUCTS)
        .into_iter()
        .map(|(id, f)| Product {
            name: name(&f, &id),
            id,
            supplier: f.text("supplier"),
            holds_record: f.flag("holds_record").unwrap_or(true),
            coverage: Vec::new(),
        })
        .collect();
    let capabilities = entries(reading, root, &CAPABILITIES)
        .into_iter()
        .map(|(id, f)| {
            f.check_provenance();
            for product in &mut products {
                product.coverage.push(None);
            }
            // In the order of the products, whatever order they are written in.
            let mut coverage = f.entries("coverage");
            coverage.sort_by_key(|(product, ..)| *product);
            for (product, at, node) in coverage {
                let ix = reading.resolve("products", product, at);
                let share = f.number_at(&format!("coverage.{product}"), node, Unit::Share);
                if let Some(ix) = ix {
                    *products[ix].coverage.last_mut().expect("pushed above") = share;
                }
            }
            Capability { name: name(&f, &id), id }
        })
        .collect();
    (products, capabilities)
}

/// Reads `[instances]`.
pub(in crate::scenario) fn instances(reading: &Reading, root: &Table, products: &[Product]) -> Vec<Instance> {
    let tenancies = [("own", Tenancy::Own), ("unit", Tenancy::Unit), ("hosted", Tenancy::Hosted)];
    entries(reading, root, &INSTANCES)
        .into_iter()
        .map(|(id, f)| {
            f.check_provenance();
            let product = f.reference_required("product", "products");
            let its_name = products.get(product).map(|p| p.name.clone());
            Instance {
                name: f.text("name").or(its_name).unwrap_or_else(|| id.clone()),
                id,
                product: ProductIx(product),
                operator: f.reference("operator", "organisations").map(OrganisationIx),
                tenancy: f.choice("tenancy", &tenancies).unwrap_or(Tenancy::Own),
                run: run::read(&f),
                publishes: f.number("publishes", Unit::Share),
                external_ends: external_end::listed(&f, "external_ends").unwrap_or_default(),
                archive: archive::read(&f),
            }
        })
        .collect()
}

type Needs = Vec<(CapabilityIx, Need)>;

/// Coverage that a bare "must" asks for: 2 on the scale of 0 to 4, "adequate".
const MUST: f64 = 0.5;

fn needs(reading: &Reading, table: &Table, path: &str) -> Needs {
    // Needs have ids of capabilities for keys, so they are read without a list of known keys.
    let bare = |value: &Value| match value {
        Value::Text(word) if word.trim().eq_ignore_ascii_case("must") => Some(Need::Must(MUST)),
        Value::Number(text) | Value::Text(text) => crate::scenario::number::number(text).map(|w| Need::Should(w.value)),
        Value::Table(t) => match t.get("must").map(|n| &n.value) {
            Some(Value::Number(text) | Value::Text(text)) if t.entries.len() == 1 => {
                crate::scenario::number::number(text).map(|w| Need::Must(w.value))
            }
            _ => None,
        },
        _ => None,
    };
    let in_range = |need: &Need| match need {
        Need::Must(level) => (0.0..=1.0).contains(level),
        Need::Should(weight) => (0.0..=1e6).contains(weight),
    };
    let mut all = Vec::new();
    for (capability, (at, node)) in &table.entries {
        let ix = reading.resolve("capabilities", capability, *at);
        if let Some(need) = bare(&node.value).filter(in_range) {
            all.extend(ix.map(|ix| (CapabilityIx(ix), need)));
        } else {
            let problem = Problem::new(
                Code::WrongKind,
                node.at,
                format!("`{path}.{capability}` must be a weight, \"must\" or {{ must = 0.75 }}"),
            );
            reading.report(problem.hint("a weight of 0 or more, or a level from 0 to 1"));
        }
    }
    all.sort_by_key(|(c, _)| *c);
    all
}

fn profile<'r>(root: &'r Table, id: &str) -> Option<&'r Table> {
    let Some(Node { value: Value::Table(all), .. }) = root.get("needs") else { return None };
    match all.get(id).map(|n| &n.value) {
        Some(Value::Table(table)) => Some(table),
        _ => None,
    }
}

/// Reads `[services]` with `[needs]`.
pub(in crate::scenario) fn services(reading: &Reading, root: &Table) -> Vec<Service> {
    if let Some(Node { value: Value::Table(all), .. }) = root.get("needs") {
        // Faults in a profile are reported once, whoever uses it.
        for (id, (_, node)) in &all.entries {
            if let Value::Table(table) = &node.value {
                needs(reading, table, &format!("needs.{id}"));
            }
        }
    }
    let known = reading.problems.borrow().len();
    let services = entries(reading, root, &SERVICES).into_iter().map(|(id, f)| service(reading, root, id, &f)).collect();
    dedup_from(reading, known);
    services
}

/// Drops repeats of faults already reported (a profile of needs is read for each service).
fn dedup_from(reading: &Reading, known: usize) {
    let mut problems = reading.problems.borrow_mut();
    let (old, new) = problems.split_at(known);
    let fresh: Vec<Problem> = new.iter().filter(|p| !old.contains(p)).cloned().collect();
    problems.truncate(known);
    problems.extend(fresh);
}

fn service(reading: &Reading, root: &Table, id: String, f: &Fields<'_>) -> Service {
    f.check_provenance();
    let path = format!("services.{id}");
    let needs = match f.table.get("needs").map(|n| &n.value) {
        Some(Value::Table(table)) => needs(reading, table, &format!("{path}.needs")),
        Some(_) => f.text("needs").map_or_else(Vec::new, |word| {
            reading.resolve("needs", &word, f.at("needs"));
            profile(root, &word).map_or_else(Vec::new, |t| needs(reading, t, &format!("needs.{word}")))
        }),
        None => Vec::new(),
    };
    Service {
        name: name(f, &id),
        line: f.text("line"),
        organisation: f.reference("organisation", "organisations").map(OrganisationIx),
        place: f.text("place"),
        setting: f.text("setting"),
        users: f.number_required("users", Unit::Users),
        patient_facing: f.number_or("patient_facing", Unit::Share, 1.0, "all users face patients unless it is given"),
        patients: f.number("patients", Unit::Patients),
        contacts: f.number("contacts", Unit::ContactsPerYear),
        needs,
        needs_ends: external_end::listed(f, "needs_ends"),
        slots: slots(f),
        id,
    }
}

fn slots(f: &Fields<'_>) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    if let Some(instance) = f.reference("system", "instances") {
        slots.push(Slot { name: "core".to_owned(), instance: InstanceIx(instance), users: None, fixed: false, ends: Vec::new() });
    }
    for (slot, at, node) in f.entries("slots") {
        let read = match &node.value {
            Value::Text(id) => f.reading.resolve("instances", id, node.at).map(|i| (i, None, false)),
            Value::Table(table) => {
                let inner = f.inner(&format!("slots.{slot}"), table, &[SLOT]);
                let instance = inner.reference_required("instance", "instances");
                Some((instance, inner.number("users", Unit::Users), inner.flag("fixed").unwrap_or(false)))
            }
            _ => None,
        };
        if slots.iter().any(|s| s.name == slot) {
            let problem = Problem::new(Code::DuplicateId, at, format!("the slot `{slot}` of `{}` is given twice", f.path));
            f.reading.report(problem.hint("`system` is the slot `core`; give one of them"));
        }
        if let Some((instance, users, fixed)) = read {
            slots.push(Slot { name: slot.to_owned(), instance: InstanceIx(instance), users, fixed, ends: Vec::new() });
        }
    }
    if !f.has("system") && !f.has("slots") {
        let hint = did_you_mean("system", f.table.entries.keys().map(String::as_str))
            .map_or_else(|| "add system = \"an instance\"".to_owned(), |k| format!("is `{k}` meant to be `system`?"));
        f.reading.report(Problem::new(Code::MissingKey, f.table.at, format!("`{}` uses no system", f.path)).hint(hint));
    }
    slots.sort_by(|a, b| (a.name != "core", &a.name).cmp(&(b.name != "core", &b.name)));
    slots
}

/// Reads `[flows]`.
pub(in crate::scenario) fn flows(reading: &Reading, root: &Table) -> Vec<Flow> {
    entries(reading, root, &FLOWS)
        .into_iter()
        .map(|(_, f)| {
            f.check_provenance();
            Flow {
                from: ServiceIx(f.reference_required("from", "services")),
                to: ServiceIx(f.reference_required("to", "services")),
                contacts: f.number_required("contacts", Unit::ContactsPerYear),
                shared_users: f.number("shared_users", Unit::Users),
                counted_twice: f.choice("shared_users_counted", &[("twice", true), ("once", false)]).unwrap_or(true),
                eligible: f.number("eligible", Unit::Share),
            }
        })
        .collect()
}

/// Reads the keys of a view.
fn view(f: &Fields<'_>) -> View {
    View {
        eligible: f.number_required("eligible", Unit::Share),
        scope: f.number_required("scope", Unit::Share),
        adoption: adoption(f),
    }
}

pub(super) fn adoption(f: &Fields<'_>) -> Vec<AdoptionStep> {
    let forever = |share: Assumed<f64>| vec![AdoptionStep { months: None, share }];
    match f.table.get("adoption").map(|n| &n.value) {
        Some(Value::List(steps)) if !steps.is_empty() => f
            .tables("adoption", &[ADOPTION])
            .into_iter()
            .map(|step| AdoptionStep {
                months: step.whole("months", (1, 1200)),
                share: step.number_required("share", Unit::Share),
            })
            .collect(),
        _ => forever(f.number_required("adoption", Unit::Share)),
    }
}

/// Reads `[same_instance]`.
pub(in crate::scenario) fn same_instance(reading: &Reading, root: &Table) -> View {
    if let Some(f) = single(reading, root, &SAME_INSTANCE) {
        f.check_provenance();
        return view(&f);
    }
    let f = reading.absent("same_instance", SAME_INSTANCE.fields());
    let whole = |key: &str| {
        f.number_or(key, Unit::Share, 1.0, "services on one instance see all of each other's record unless it is given")
    };
    View {
        eligible: whole("eligible"),
        scope: whole("scope"),
        adoption: vec![AdoptionStep { months: None, share: whole("adoption") }],
    }
}

/// Reads what `[same_instance]` says of the record from before a service joined.
pub(in crate::scenario) fn history(reading: &Reading, root: &Table) -> Option<History> {
    let f = single(reading, root, &SAME_INSTANCE)?;
    let keys = [("history", "look_back_months"), ("look_back_months", "history")];
    for (_, missing) in keys.iter().filter(|(given, other)| f.has(given) && !f.has(other)) {
        f.missing(missing);
    }
    let (visible, look_back) = (f.number("history", Unit::Share)?, f.number("look_back_months", Unit::Months)?);
    Some(History { visible, look_back })
}

/// Reads `[burden]`.
pub(in crate::scenario) fn burden(reading: &Reading, root: &Table) -> Option<Burden> {
    let f = single(reading, root, &BURDEN)?;
    f.check_provenance();
    Some(Burden {
        logins_per_day: f.number_required("logins_per_day", Unit::Times),
        seconds_per_login: f.number_required("seconds_per_login", Unit::Seconds),
        days_per_year: f.number_required("days_per_year", Unit::Days),
        rekey_minutes: f.number_required("rekey_minutes", Unit::Minutes),
    })
}
