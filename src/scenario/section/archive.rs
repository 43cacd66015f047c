//! `archive` of `[instances]`: what becomes of the records once the last user has left.

use crate::assumption::Unit;
use crate::programme::{Archive, BiasIx, OrganisationIx, RekeyPrice, RoleIx, Strategy, SubjectAccess, Way};
use crate::scenario::fields::{Field, Fields, PROVENANCE, may, must};
use crate::scenario::kind::Kind;
use crate::scenario::problem::{Code, Problem, one_of};

const SUBJECT_ACCESS: &[Field] = &[
    must("requests_per_year", Kind::Number(Unit::Times), "Requests a year for records of this system"),
    must("minutes_each_extra", Kind::Number(Unit::Minutes), "Further minutes for each, because a second place is searched"),
    must("rate", Kind::Number(Unit::PoundsPerHour), "Price of an hour of those who answer, year-0 prices"),
];

const STRATEGY: &[Field] = &[
    must(
        "kind",
        Kind::OneOf(&["read_only_licence", "extract_to_archive", "migrate_all", "rekey_open_cases"]),
        "Read-only access on the `read_only` terms of the contract of the last use; an archive of one's own; all records to the new system; open cases typed into the new system, and the rest kept otherwise",
    ),
    may("name", Kind::Text, "Name; what `kind` says if not given"),
    may("not_possible", Kind::Text, "Why it cannot be had, if it cannot; it is shown with this reason and never chosen"),
    may(
        "only_for_rest",
        Kind::Flag,
        "Whether it keeps only what is not re-keyed and is never chosen by itself; false if not given",
    ),
    may("once", Kind::Number(Unit::Pounds), "extract_to_archive, migrate_all: paid once, year-0 prices"),
    may(
        "per_record",
        Kind::Number(Unit::PoundsPerPatient),
        "extract_to_archive, migrate_all: paid once for each record, year-0 prices",
    ),
    may("per_year", Kind::Number(Unit::PoundsPerYear), "extract_to_archive: keeping the archive, year-0 prices"),
    may(
        "after_months",
        Kind::Whole("months", 0, 600),
        "extract_to_archive: months from the last use to the extraction, in which records are read where they were; 0 if not given",
    ),
    may(
        "searched_apart",
        Kind::Flag,
        "extract_to_archive: whether the archive is still searched by itself for requests; false if not given",
    ),
    may("open_share", Kind::Number(Unit::Share), "rekey_open_cases: share of the records that are open"),
    may("minutes_each", Kind::Number(Unit::Minutes), "rekey_open_cases: minutes for each"),
    may("role", Kind::Id("roles"), "rekey_open_cases: who does it, in days of that role; instead of `rate`"),
    may("rate", Kind::Number(Unit::PoundsPerHour), "rekey_open_cases: price of an hour, year-0 prices; instead of `role`"),
    may(
        "rest",
        Kind::OneOf(&["read_only_licence", "extract_to_archive", "migrate_all"]),
        "rekey_open_cases: how the old record is kept, that of open cases included: the first strategy of this kind",
    ),
    may("optimism_bias", Kind::Id("optimism_bias"), "Optimism bias on `once` and `per_record`"),
];

const OWN: &[Field] = &[
    must(
        "retention_years",
        Kind::Number(Unit::Years),
        "Years after the last use for which records must be readable; a way that does not reach so far cannot be chosen",
    ),
    may(
        "records",
        Kind::Number(Unit::Patients),
        "Records left behind; the `patients` of the services that were live on it if not given",
    ),
    may(
        "subject_access",
        Kind::Table(&[SUBJECT_ACCESS]),
        "Requests that take longer from the first go-live away until what is left is searched with the rest",
    ),
    may("body", Kind::Id("organisations"), "Who pays; the operator of the system if not given"),
    must(
        "strategies",
        Kind::Tables(&[STRATEGY, PROVENANCE]),
        "Ways of keeping them; the cheapest that can be had is chosen, of equally cheap ones the first",
    ),
];

/// Keys of `archive`.
pub(super) const ARCHIVE: &[&[Field]] = &[OWN, PROVENANCE];

/// A kind of strategy: its word, its name, and the keys that are its own.
const WAYS: [(&str, &str, &[&str]); 4] = [
    ("read_only_licence", "Read-only licence", &[]),
    (
        "extract_to_archive",
        "Extract to an archive",
        &["once", "per_record", "per_year", "after_months", "searched_apart", "optimism_bias"],
    ),
    ("migrate_all", "Migrate all records", &["once", "per_record", "optimism_bias"]),
    ("rekey_open_cases", "Re-key open cases", &["open_share", "minutes_each", "role", "rate", "rest"]),
];

/// Reads what becomes of the records of an instance.
pub(super) fn read(f: &Fields<'_>) -> Option<Archive> {
    let a = f.sub("archive", ARCHIVE)?;
    a.check_provenance();
    let given = a.tables("strategies", &[STRATEGY, PROVENANCE]);
    if given.is_empty() {
        let problem = Problem::new(Code::ArchiveShape, a.table.at, format!("`{}` gives no way of keeping the records", a.path));
        f.reading.report(problem.hint("add one or more `strategies`, each with its `kind`"));
    }
    let kinds: Vec<Option<usize>> = given.iter().map(kind).collect();
    let strategies = given.iter().zip(&kinds).map(|(s, kind)| strategy(s, *kind, &kinds)).collect();
    Some(Archive {
        retention: a.number_required("retention_years", Unit::Years),
        records: a.number("records", Unit::Patients),
        subject_access: a.sub("subject_access", &[SUBJECT_ACCESS]).map(|s| SubjectAccess {
            requests: s.number_required("requests_per_year", Unit::Times),
            minutes: s.number_required("minutes_each_extra", Unit::Minutes),
            rate: s.number_required("rate", Unit::PoundsPerHour),
        }),
        body: a.reference("body", "organisations").map(OrganisationIx),
        strategies,
    })
}

/// The kind of a strategy, by position in [`WAYS`].
fn kind(s: &Fields<'_>) -> Option<usize> {
    if !s.has("kind") {
        s.missing("kind");
    }
    s.choice("kind", &[0, 1, 2, 3].map(|i: usize| (WAYS[i].0, i)))
}

fn strategy(s: &Fields<'_>, kind: Option<usize>, kinds: &[Option<usize>]) -> Strategy {
    s.check_provenance();
    if let Some(kind) = kind {
        own_keys(s, kind);
    }
    Strategy {
        name: s.text("name").unwrap_or_else(|| WAYS[kind.unwrap_or(0)].1.to_owned()),
        not_possible: s.text("not_possible"),
        only_for_rest: s.flag("only_for_rest").unwrap_or(false),
        bias: s.reference("optimism_bias", "optimism_bias").map(BiasIx),
        way: way(s, kind, kinds),
    }
}

fn way(s: &Fields<'_>, kind: Option<usize>, kinds: &[Option<usize>]) -> Way {
    let (once, per_record) = (s.number("once", Unit::Pounds), s.number("per_record", Unit::PoundsPerPatient));
    match kind {
        Some(1) => Way::ExtractToArchive {
            once,
            per_record,
            per_year: s.number("per_year", Unit::PoundsPerYear),
            after: s.whole("after_months", (0, 600)).unwrap_or(0),
            searched_apart: s.flag("searched_apart").unwrap_or(false),
        },
        Some(2) => Way::MigrateAll { once, per_record },
        Some(3) => Way::RekeyOpenCases {
            open: s.number_required("open_share", Unit::Share),
            minutes: s.number_required("minutes_each", Unit::Minutes),
            price: price(s),
            rest: rest(s, kinds),
        },
        _ => Way::ReadOnlyLicence,
    }
}

/// Keys of another kind would be read and mean nothing.
fn own_keys(s: &Fields<'_>, kind: usize) {
    let (word, _, own) = WAYS[kind];
    let others = WAYS.iter().flat_map(|(_, _, keys)| keys.iter());
    let mut foreign: Vec<&str> = others.copied().filter(|key| !own.contains(key) && s.has(key)).collect();
    foreign.sort_unstable();
    foreign.dedup();
    if let Some(first) = foreign.first() {
        let message = format!("`{}` is of kind {word}, for which {} means nothing", s.path, one_of(&foreign));
        let hint = if own.is_empty() {
            "its terms are `read_only` of the contract; remove the key".to_owned()
        } else {
            format!("it may have {}", one_of(own))
        };
        s.reading.report(Problem::new(Code::ArchiveShape, s.at(first), message).hint(hint));
    }
}

fn price(s: &Fields<'_>) -> RekeyPrice {
    let (role, rate) = (s.reference("role", "roles").map(RoleIx), s.number("rate", Unit::PoundsPerHour));
    if s.has("role") == s.has("rate") {
        let how = if s.has("role") { "prices re-keying twice" } else { "does not say what re-keying costs" };
        let problem = Problem::new(Code::ArchiveShape, s.table.at, format!("`{}` {how}", s.path));
        s.reading.report(problem.hint("give either `role` or `rate`"));
    }
    // A scenario with neither is refused.
    rate.map(RekeyPrice::Hour).or(role.map(RekeyPrice::Role)).unwrap_or(RekeyPrice::Role(RoleIx(0)))
}

/// The position of the strategy by which the old record is kept.
fn rest(s: &Fields<'_>, kinds: &[Option<usize>]) -> usize {
    let wanted = s.choice("rest", &[0, 1, 2].map(|i: usize| (WAYS[i].0, i)));
    let found = wanted.and_then(|wanted| kinds.iter().position(|k| *k == Some(wanted)));
    if found.is_none() && (wanted.is_some() || !s.has("rest")) {
        let what = wanted.map_or("does not say how the old record is kept".to_owned(), |w| {
            format!("keeps the rest by {}, which is not among the strategies", WAYS[w].0)
        });
        let problem = Problem::new(Code::ArchiveShape, s.at("rest"), format!("`{}` {what}", s.path));
        s.reading.report(
            problem.hint("the old record must still be kept: name the kind of another strategy of this archive as `rest`"),
        );
    }
    // A scenario without is refused.
    found.unwrap_or(0)
}
