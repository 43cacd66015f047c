//! `[roles]`, `[staff_time]`, `[migration]`, `[commitments]`.

use super::{Section, Shape, entries, single};
use crate::assumption::{Assumed, Unit};
use crate::programme::{
    AssetIx, BiasIx, Commitment, DipStep, InstanceIx, MoveKind, MoveKindIx, MoveRule, OrganisationIx, Role, RoleIx, Service,
    ServiceIx, StaffTime, Timing, Training, Work, WorkItem,
};
use crate::quantity::AppraisalPeriod;
use crate::scenario::document::Table;
use crate::scenario::fields::{Field, Fields, PROVENANCE, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

/// `[roles]`.
pub(crate) const ROLES: Section = Section {
    name: "roles",
    shape: Shape::Keyed,
    doc: "Roles in the programme.",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the id if not given"),
            must("day_rate", Kind::Number(Unit::PoundsPerDay), "Price of a day, year-0 prices"),
            may("external", Kind::Flag, "Bought in, rather than the programme's own staff; false if not given"),
            may(
                "capacity",
                Kind::Number(Unit::Days),
                "Days available in a quarter; of the pooled team where bodies have their own",
            ),
            may(
                "capacity_by",
                Kind::Map(Keys::Of("organisations"), &Kind::Number(Unit::Days)),
                "Days a quarter of each body's own team until they are pooled: work counts against the team of the body whose service moves",
            ),
            may("pooled_from", Kind::Month, "First month in which the teams are one; never if not given"),
        ],
        PROVENANCE,
    ]),
};

/// `[staff_time]`.
pub(crate) const STAFF_TIME: Section = Section {
    name: "staff_time",
    shape: Shape::Single,
    doc: "Price and hours of staff time. Needed where services move.",
    entry: Kind::Table(&[
        &[
            may(
                "training_rate",
                Kind::Number(Unit::PoundsPerHour),
                "An hour in training, year-0 prices; needed, unless the library of defaults gives it",
            ),
            may(
                "dip_rate",
                Kind::Number(Unit::PoundsPerHour),
                "An hour lost after go-live, year-0 prices; the training rate if not given",
            ),
            may("hours_per_week", Kind::Number(Unit::Hours), "Working week; 37.5 if not given"),
            may("hours_per_day", Kind::Number(Unit::Hours), "Working day; 7.5 if not given"),
            may("backfilled", Kind::Number(Unit::Share), "Share of training hours backfilled in cash; none if not given"),
            may("team_hold", Kind::Number(Unit::PoundsPerMonth), "Holding the programme team while go-lives slip, year-0 prices"),
            may(
                "team_hold_per_user",
                Kind::Number(Unit::PoundsPerMonth),
                "The same for each user of a service that the option moves, a month; on top of `team_hold`",
            ),
        ],
        PROVENANCE,
    ]),
};

const KIND: &[Field] = &[
    may("name", Kind::Text, "Name; the id if not given"),
    may(
        "all_in_per_user",
        Kind::Number(Unit::PoundsPerUser),
        "Cost of a move for each user with everything in it (top-down, as benchmarks have it), spread over the build before go-live, year-0 prices; instead of `work` and `training`",
    ),
    may("optimism_bias", Kind::Id("optimism_bias"), "Optimism bias on `all_in_per_user`"),
    may("work", Kind::Map(Keys::Own("item"), &Kind::Table(WORK)), "Work and money of a move"),
    may("training", Kind::Table(&[TRAINING]), "Training of those who move"),
    may("dip", Kind::Tables(&[DIP]), "Productivity lost after go-live, in order"),
    may("overlap_months", Kind::Number(Unit::Months), "Months that the old system is kept beside the new; none if not given"),
    may("head_start_months", Kind::Number(Unit::Months), "Months that the new system is paid before go-live; none if not given"),
    may(
        "build_months",
        Kind::Number(Unit::Months),
        "Months of build before go-live, which optimism bias on duration stretches; none if not given",
    ),
    may("duration_bias", Kind::Id("optimism_bias"), "Optimism bias on duration"),
];

/// Keys of a work item.
const ITEM: &[Field] = &[
    may("role", Kind::Id("roles"), "Who does it; for work in days"),
    may(
        "days",
        Kind::Number(Unit::Days),
        "Days for each move: every slot of a service that moves is a move of its own, also where several go together; see `once_per_source`",
    ),
    may("days_per_user", Kind::Number(Unit::DaysPerUser), "Days for each user moved"),
    may(
        "amount",
        Kind::Number(Unit::Pounds),
        "Money for each move (every slot of a service that moves is one), year-0 prices; for work bought in",
    ),
    may("amount_per_user", Kind::Number(Unit::PoundsPerUser), "Money for each user moved"),
    may("amount_per_patient", Kind::Number(Unit::PoundsPerPatient), "Money for each patient record moved"),
    may("starts", Kind::Whole("quarters", 1, 40), "Quarters before go-live at which it starts; 1 if not given"),
    may("lasts", Kind::Whole("quarters", 1, 40), "Quarters it lasts; all until go-live if not given"),
    may("weeks", Kind::Whole("weeks", 1, 520), "Weeks after go-live over which it is done, instead of before"),
    may(
        "once_per_source",
        Kind::Flag,
        "`days` or `amount` only with the first move of this kind out of an instance; false if not given",
    ),
    may("optimism_bias", Kind::Id("optimism_bias"), "Optimism bias on its money"),
    may("asset", Kind::Id("assets"), "The class of capital it is spent on; revenue if not given"),
];

/// Keys of a work item with its provenance.
pub(in crate::scenario) const WORK: &[&[Field]] = &[ITEM, PROVENANCE];

const TRAINING: &[Field] = &[
    must("hours", Kind::Number(Unit::HoursPerUser), "Hours for each user"),
    may("starts", Kind::Whole("quarters", 1, 40), "Quarters before go-live at which it starts; 1 if not given"),
    may("lasts", Kind::Whole("quarters", 1, 40), "Quarters it lasts; 1 if not given"),
];
const DIP: &[Field] = &[
    must("weeks", Kind::Whole("weeks", 1, 520), "Weeks"),
    must("loss", Kind::Number(Unit::Share), "Share of working hours lost"),
];

/// `[migration]`.
pub(crate) const MIGRATION: Section = Section {
    name: "migration",
    shape: Shape::Keyed,
    doc: "Kinds of move and what they take. The kind of a move follows from its two instances: `instance_merge` and `unit_reconfigure` within a product, `cross_product` to a product in use, `new_product` to one that nobody uses yet. Other ids may be named by commitments.",
    entry: Kind::Table(&[KIND, PROVENANCE]),
};

/// `[commitments]`.
pub(crate) const COMMITMENTS: Section = Section {
    name: "commitments",
    shape: Shape::Keyed,
    doc: "Moves already decided; part of every option.",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the id if not given"),
            must("service", Kind::Id("services"), "Service"),
            may("slot", Kind::Name("slot"), "Slot; core if not given"),
            must("to", Kind::Id("instances"), "Where to"),
            must("go_live", Kind::GoLive, "Go-live"),
            may("kind", Kind::Id("migration"), "Kind of move, if not the one that follows from the instances"),
            may("cost", Kind::Number(Unit::Pounds), "Cost to complete, spread from the as-at date to go-live, year-0 prices"),
            may("body", Kind::Id("organisations"), "Who pays it; the lead body if not given"),
        ],
        PROVENANCE,
    ]),
};

/// Reads `[roles]`.
pub(in crate::scenario) fn roles(reading: &Reading, root: &Table) -> Vec<Role> {
    entries(reading, root, &ROLES)
        .into_iter()
        .map(|(id, f)| {
            f.check_provenance();
            Role {
                name: f.text("name").unwrap_or_else(|| id.clone()),
                id,
                day_rate: f.number_required("day_rate", Unit::PoundsPerDay),
                external: f.flag("external").unwrap_or(false),
                capacity: f.number("capacity", Unit::Days),
                teams: teams(&f),
                pooled_from: f.month("pooled_from"),
            }
        })
        .collect()
}

/// The bodies' own teams.
fn teams(f: &Fields<'_>) -> Vec<(OrganisationIx, Assumed<f64>)> {
    let one = |(id, at, node)| {
        let body = f.reading.resolve("organisations", id, at)?;
        Some((OrganisationIx(body), f.number_at(&format!("capacity_by.{id}"), node, Unit::Days)?))
    };
    let teams: Vec<_> = f.entries("capacity_by").into_iter().filter_map(one).collect();
    if f.has("pooled_from") && !f.has("capacity_by") {
        f.missing("capacity_by");
    } else if f.has("capacity") && f.has("capacity_by") && !f.has("pooled_from") {
        f.missing("pooled_from");
    }
    teams
}

/// Reads `[staff_time]`; needed where there are kinds of move with training or dip.
pub(in crate::scenario) fn staff_time(reading: &Reading, root: &Table) -> StaffTime {
    let given = single(reading, root, &STAFF_TIME);
    let needed = root.get("migration").is_some();
    if given.is_none() && needed && root.get("staff_time").is_none() {
        let at = root.key("migration").unwrap_or(root.at);
        reading.report(
            Problem::new(Code::MissingKey, at, "moves take staff time but the scenario has no [staff_time]")
                .hint("add [staff_time] with training_rate = an hourly cost"),
        );
    }
    let f = given.unwrap_or_else(|| reading.absent("staff_time", STAFF_TIME.fields()));
    f.check_provenance();
    let training_rate = if f.table.entries.is_empty() {
        f.number_or("training_rate", Unit::PoundsPerHour, 0.0, "nobody moves")
    } else {
        f.number_required("training_rate", Unit::PoundsPerHour)
    };
    StaffTime {
        training_rate,
        dip_rate: f.number("dip_rate", Unit::PoundsPerHour).unwrap_or(training_rate),
        hours_per_week: f.number_or("hours_per_week", Unit::Hours, 37.5, "standard NHS working week"),
        hours_per_day: f.number_or("hours_per_day", Unit::Hours, 7.5, "standard NHS working day"),
        backfilled: f.number_or("backfilled", Unit::Share, 0.0, "training is not backfilled in cash unless it is given"),
        team_hold: f.number("team_hold", Unit::PoundsPerMonth),
        team_hold_per_user: f.number("team_hold_per_user", Unit::PoundsPerMonth),
    }
}

/// Reads `[migration]`.
pub(in crate::scenario) fn kinds(reading: &Reading, root: &Table) -> (Vec<MoveKind>, MoveRule) {
    let kinds: Vec<MoveKind> = entries(reading, root, &MIGRATION).into_iter().map(|(id, f)| kind(id, &f)).collect();
    let find = |id: &str| kinds.iter().position(|k| k.id == id).map(MoveKindIx);
    let rule = MoveRule {
        instance_merge: find("instance_merge"),
        unit_reconfigure: find("unit_reconfigure"),
        cross_product: find("cross_product"),
        new_product: find("new_product"),
    };
    (kinds, rule)
}

fn kind(id: String, f: &Fields<'_>) -> MoveKind {
    f.check_provenance();
    let months = |key: &str| f.number_or(key, Unit::Months, 0.0, "none unless it is given");
    let mut kind = MoveKind {
        name: f.text("name").unwrap_or_else(|| id.replace('_', " ")),
        work: work(f),
        training: f.sub("training", &[TRAINING]).map(|t| {
            let starts = t.whole("starts", (1, 40)).unwrap_or(1);
            let lasts = t.whole("lasts", (1, 40)).unwrap_or(1);
            in_time(&t, starts, lasts);
            Training { hours: t.number_required("hours", Unit::HoursPerUser), starts, lasts }
        }),
        dip: f
            .tables("dip", &[DIP])
            .into_iter()
            .map(|d| {
                if !d.has("weeks") {
                    d.missing("weeks");
                }
                DipStep { weeks: d.whole("weeks", (1, 520)).unwrap_or(1), loss: d.number_required("loss", Unit::Share) }
            })
            .collect(),
        overlap: months("overlap_months"),
        head_start: months("head_start_months"),
        build: months("build_months"),
        duration_bias: f.reference("duration_bias", "optimism_bias").map(BiasIx),
        id,
    };
    kind.work.extend(all_in(f, kind.build));
    kind
}

/// The cost of a move given top-down, as one item; given bottom-up as well, it would count twice.
fn all_in(f: &Fields<'_>, build: Assumed<f64>) -> Option<WorkItem> {
    let per_user = f.number("all_in_per_user", Unit::PoundsPerUser);
    if f.has("optimism_bias") && per_user.is_none() {
        f.missing("all_in_per_user");
    }
    let per_user = per_user?;
    for key in ["work", "training"].into_iter().filter(|k| f.has(k)) {
        let message = format!("`{}` is costed all in for each user, and by its `{key}` again", f.path);
        let problem = Problem::new(Code::CostTwice, f.at(key), message).also(f.at("all_in_per_user"), "all in here");
        f.reading.report(problem.hint("keep the cost for each user, or work and training by role: never both"));
    }
    let build = f.reading.register().get(build.handle()).likely;
    let quarters = (1..40_u8).find(|q| 3.0 * f64::from(*q) >= build).map_or(40, usize::from);
    Some(WorkItem {
        id: "all_in".to_owned(),
        work: Work::Money { fixed: None, per_user: Some(per_user), per_patient: None },
        timing: Timing::Before { starts: quarters, lasts: quarters },
        once_per_source: false,
        bias: f.reference("optimism_bias", "optimism_bias").map(BiasIx),
        asset: None,
    })
}

fn in_time(f: &Fields<'_>, starts: usize, lasts: usize) {
    if lasts > starts {
        let message = format!("`{}` lasts {lasts} quarters but starts only {starts} before go-live", f.path);
        f.reading.report(
            Problem::new(Code::WorkShape, f.at("lasts"), message).hint("raise `starts`, or use `weeks` for work after go-live"),
        );
    }
}

/// Reads `work` of a kind of move or of a link.
pub(in crate::scenario) fn work(f: &Fields<'_>) -> Vec<WorkItem> {
    let mut items: Vec<WorkItem> = f.subs("work", WORK).into_iter().map(|(id, item)| work_item(id, &item)).collect();
    items.sort_by(|a, b| a.id.cmp(&b.id));
    items
}

fn work_item(id: &str, f: &Fields<'_>) -> WorkItem {
    f.check_provenance();
    let in_days = f.has("days") || f.has("days_per_user");
    let in_money = f.has("amount") || f.has("amount_per_user") || f.has("amount_per_patient");
    if in_days == in_money || (in_days && !f.has("role")) || (in_money && f.has("role")) {
        let message = format!("`{}` must be either days of a role, or money", f.path);
        f.reading.report(
            Problem::new(Code::WorkShape, f.table.at, message)
                .hint("give role with days or days_per_user; or amount, amount_per_user or amount_per_patient"),
        );
    }
    let work = if in_money {
        Work::Money {
            fixed: f.number("amount", Unit::Pounds),
            per_user: f.number("amount_per_user", Unit::PoundsPerUser),
            per_patient: f.number("amount_per_patient", Unit::PoundsPerPatient),
        }
    } else {
        Work::Days {
            role: RoleIx(f.reference("role", "roles").unwrap_or(0)),
            fixed: f.number("days", Unit::Days),
            per_user: f.number("days_per_user", Unit::DaysPerUser),
        }
    };
    WorkItem {
        id: id.to_owned(),
        work,
        timing: timing(f),
        once_per_source: f.flag("once_per_source").unwrap_or(false),
        bias: f.reference("optimism_bias", "optimism_bias").map(BiasIx),
        asset: f.reference("asset", "assets").map(AssetIx),
    }
}

fn timing(f: &Fields<'_>) -> Timing {
    if f.has("weeks") {
        if f.has("starts") || f.has("lasts") {
            let problem = Problem::new(Code::WorkShape, f.at("weeks"), format!("`{}` is both before and after go-live", f.path));
            f.reading.report(problem.hint("give `weeks`, or `starts` and `lasts`; use two items for both"));
        }
        return Timing::After { weeks: f.whole("weeks", (1, 520)).unwrap_or(1) };
    }
    let starts = f.whole("starts", (1, 40)).unwrap_or(1);
    let lasts = f.whole("lasts", (1, 40)).unwrap_or(starts);
    in_time(f, starts, lasts);
    Timing::Before { starts, lasts }
}

/// Reads `[commitments]`.
pub(in crate::scenario) fn commitments(
    reading: &Reading,
    root: &Table,
    services: &[Service],
    period: &AppraisalPeriod,
) -> Vec<Commitment> {
    let read = |(id, f): (String, Fields<'_>)| {
        f.check_provenance();
        let service = f.reference_required("service", "services");
        let slot = f.text("slot").unwrap_or_else(|| "core".to_owned());
        let found = services.get(service).and_then(|s| s.slots.iter().position(|held| held.name == slot));
        if found.is_none() && f.reference("service", "services").is_some() {
            let problem = Problem::new(Code::UnknownReference, f.at("slot"), format!("the service has no slot `{slot}`"));
            reading.report(problem.hint("name one of the slots of the service"));
        }
        if !f.has("go_live") {
            f.missing("go_live");
        }
        Commitment {
            name: f.text("name").unwrap_or_else(|| id.clone()),
            service: ServiceIx(service),
            slot: found.unwrap_or(0),
            to: InstanceIx(f.reference_required("to", "instances")),
            go_live: f.go_live("go_live").unwrap_or_else(|| period.start()),
            kind: f.reference("kind", "migration").map(MoveKindIx),
            cost: f.number("cost", Unit::Pounds),
            body: f.reference("body", "organisations").map(OrganisationIx),
            id,
        }
    };
    let mut all: Vec<Commitment> = entries(reading, root, &COMMITMENTS).into_iter().map(read).collect();
    all.sort_by(|a, b| (a.go_live, &a.id).cmp(&(b.go_live, &b.id)));
    all
}
