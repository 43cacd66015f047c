//! `[links]`.

use super::{Section, Shape, entries, estate, migration};
use crate::assumption::Unit;
use crate::programme::{
    AdoptionStep, BiasIx, InstanceIx, Link, LinkPattern, OrganisationIx, RoleIx, Timing, View, YearlyAmount, YearlyWork,
};
use crate::scenario::document::Table;
use crate::scenario::fields::{Field, Fields, PROVENANCE, may};
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
    may(
        "lead_months",
        Kind::Whole("months", 0, 120),
        "Months from the as-at date before which it cannot go live (agreements, suppliers, testing); none if not given",
    ),
    may("work", Kind::Map(Keys::Own("item"), &Kind::Table(migration::WORK)), "Work and money before it goes live"),
    may(
        "yearly",
        Kind::Map(Keys::Own("item"), &Kind::Table(YEARLY)),
        "Work and money of every year from going live, such as re-tests when a supplier upgrades, data-sharing agreements and clinical safety",
    ),
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

/// What can be seen through a link: what is not given follows from its pattern.
const VIEW: &[Field] = &[
    may(
        "eligible",
        Kind::Number(Unit::Share),
        "Share that may lawfully be seen; needed, unless the library of defaults gives it",
    ),
    may(
        "scope",
        Kind::Number(Unit::Share),
        "Share of the needed items that can be seen, which no adoption makes up for; by pattern if not given: shared_record 0.4, shared_record_in_context 0.65, point_to_point and same_product 0.5",
    ),
    may(
        "adoption",
        Kind::Either(&[Kind::Number(Unit::Share), Kind::Tables(&[estate::ADOPTION])]),
        "Share of occasions on which it is looked at, over time from going live; the last step goes on. If not given, 0.15 for shared_record (it has to be opened), 0.35 for the others, half of it in the first six months",
    ),
];

/// Keys of what comes back every year.
const YEARLY: &[&[Field]] = &[
    &[
        may("role", Kind::Id("roles"), "Who does it; for work in days"),
        may("days", Kind::Number(Unit::Days), "Days a year"),
        may("amount", Kind::Number(Unit::PoundsPerYear), "Money a year, year-0 prices; for work bought in"),
        may("per_end", Kind::Flag, "For each end, or each pair for point_to_point, rather than for the link; true if not given"),
    ],
    PROVENANCE,
];

/// `[links]`.
pub(crate) const LINKS: Section = Section {
    name: "links",
    shape: Shape::Keyed,
    doc: "Links between systems. What already exists is in every option, business as usual included.",
    entry: Kind::Table(&[LINK, VIEW, PROVENANCE]),
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
            let pattern = f.choice("pattern", &patterns).unwrap_or(LinkPattern::SharedRecord);
            Link {
                name: f.text("name").unwrap_or_else(|| id.clone()),
                pattern,
                baseline: f.flag("baseline").unwrap_or(false),
                ends: f.references("ends", "instances").unwrap_or_default().into_iter().map(InstanceIx).collect(),
                view: view(&f, pattern),
                single_sign_on: f.flag("single_sign_on").unwrap_or(false),
                lead_months: f.whole("lead_months", (0, 120)).unwrap_or(0),
                build,
                yearly: yearly(&f),
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

/// What can be seen through a link; what is not given is the pattern's.
fn view(f: &Fields<'_>, pattern: LinkPattern) -> View {
    let (scope, mature) = match pattern {
        LinkPattern::SharedRecord => (0.40, 0.15),
        LinkPattern::SharedRecordInContext => (0.65, 0.35),
        LinkPattern::PointToPoint | LinkPattern::SameProduct => (0.50, 0.35),
    };
    View {
        eligible: f.number_required("eligible", Unit::Share),
        scope: f.number_or("scope", Unit::Share, scope, "a rule of thumb for the pattern of the link"),
        adoption: if f.has("adoption") { estate::adoption(f) } else { ramp(f, mature) },
    }
}

/// Half of the mature share in the first two quarters.
fn ramp(f: &Fields<'_>, mature: f64) -> Vec<AdoptionStep> {
    let step = |months: Option<usize>, id: &str, share: f64, basis: &str| AdoptionStep {
        months,
        share: f.default(id, Unit::Share, share, basis),
    };
    vec![
        step(Some(6), "adoption[0].share", mature / 2.0, "half of the mature share in the first two quarters"),
        step(None, "adoption[1].share", mature, "a rule of thumb: what has to be opened by itself is looked at less"),
    ]
}

fn yearly(f: &Fields<'_>) -> Vec<YearlyWork> {
    let mut all: Vec<YearlyWork> = f.subs("yearly", YEARLY).into_iter().filter_map(|(id, item)| yearly_item(id, &item)).collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

fn yearly_item(id: &str, f: &Fields<'_>) -> Option<YearlyWork> {
    f.check_provenance();
    if f.has("days") == f.has("amount") || f.has("role") != f.has("days") {
        let problem = Problem::new(Code::WorkShape, f.table.at, format!("`{}` must be either days of a role, or money", f.path));
        f.reading.report(problem.hint("give role and days, or amount"));
    }
    let (days, money) = (f.number("days", Unit::Days), f.number("amount", Unit::PoundsPerYear));
    let role = f.reference("role", "roles").map(RoleIx);
    let days = role.zip(days).map(|(role, days)| YearlyAmount::Days(role, days));
    let amount = days.or(money.map(YearlyAmount::Money))?;
    Some(YearlyWork { id: id.to_owned(), amount, per_end: f.flag("per_end").unwrap_or(true) })
}
