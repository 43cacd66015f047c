//! `[contracts]`.

mod annual;
mod line;
mod route;
mod term;

use super::{Section, Shape, entries};
use crate::assumption::Unit;
use crate::economics::Deflator;
use crate::programme::{
    AssetIx, Contract, ContractIx, ContractKind, ContractLine, InstanceIx, OnExit, OnTransfer, OrganisationIx, ReadOnly,
    Retained, Service, Suite,
};
use crate::quantity::AppraisalPeriod;
use crate::scenario::document::Table;
use crate::scenario::fields::{Field, Fields, PROVENANCE, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;
use line::LINE;
use route::ROUTE;
use term::{EXTENSION, INDEXATION, RENEWAL, REPROCUREMENT, VAT};

const CONSENT: &[Field] = &[
    may("cost", Kind::Number(Unit::Pounds), "What it costs, once, year-0 prices, paid by the body that takes the contract over"),
    may("months", Kind::Whole("months", 0, 120), "How long it takes; 0 if not given"),
];
const SUITE: &[Field] = &[
    must("discount", Kind::Number(Unit::Share), "Share taken off the price of this contract"),
    must("with", Kind::Ids("instances"), "The other systems that must all be in use"),
];
const ON_EXIT: &[Field] = &[
    may("capital", Kind::Number(Unit::Pounds), "Infrastructure to be bought, once, year-0 prices"),
    may("asset", Kind::Id("assets"), "The class of capital of that; revenue if not given"),
    may("transition", Kind::Number(Unit::Pounds), "Getting from the one to the other, once, year-0 prices"),
    may("staff", Kind::Number(Unit::PoundsPerYear), "Running it oneself from then on, year-0 prices"),
];
const RETAINED: &[Field] = &[
    must("share", Kind::Number(Unit::Share), "Share of the last charge"),
    must("months", Kind::Whole("months", 1, 600), "For how long"),
];
const READ_ONLY: &[Field] = &[
    must("share", Kind::Number(Unit::Share), "Share of the full charge for the users that were served"),
    may("months", Kind::Whole("months", 1, 1200), "How long it is kept; to the end of the period if not given"),
];
const CONTRACT: &[Field] = &[
    may("name", Kind::Text, "Name; the id if not given"),
    may("kind", Kind::OneOf(&["licence", "sla"]), "A licence, or a service-level agreement or recharge; licence if not given"),
    may("body", Kind::Id("organisations"), "Who pays"),
    may(
        "provider",
        Kind::Id("organisations"),
        "The body that provides it, if it is one of the scenario: its charge is then a transfer between bodies",
    ),
    may("instance", Kind::Id("instances"), "What it licenses; without one it is paid for its term whatever is used"),
    may(
        "follows",
        Kind::Id("contracts"),
        "The contract of the same system that this one takes over from: once this one starts, that one is neither extended nor renewed and the users are this one's",
    ),
    may(
        "on_transfer",
        Kind::OneOf(&["passes", "stays", "needs_consent", "ends"]),
        "What becomes of it when its body dissolves or its services go to another body; that of a body that dissolves passes, that of one that goes on stays if not given",
    ),
    may("consent", Kind::Table(&[CONSENT]), "The supplier's consent, where it needs one"),
    may(
        "routes",
        Kind::Map(Keys::Own("route"), &Kind::Table(&[ROUTE, PROVENANCE])),
        "By which ways more users may come onto it; where any is given, an option that brings users needs one that does, in time",
    ),
    may("start", Kind::Month, "First month; running already if not given"),
    must("end", Kind::Date, "Last day"),
    may(
        "notice_months",
        Kind::Number(Unit::Months),
        "Notice to leave early, where there is that right (`early_exit`), and before its end or a renewal that it is not to go on",
    ),
    may("lines", Kind::Map(Keys::Own("line"), &Kind::Table(&[LINE, PROVENANCE])), "What is charged; or `annual`"),
    may(
        "annual",
        Kind::Number(Unit::PoundsPerYear),
        "Its yearly value, where the schedule of charges is not known: a fixed part, and the rest shared among those who use the system as the appraisal starts",
    ),
    may(
        "fixed_share",
        Kind::Number(Unit::Share),
        "Share of `annual` that is due whatever the use; from the library of defaults if not given",
    ),
    may(
        "minimum_share",
        Kind::Number(Unit::Share),
        "Users paid for at least, as a share of those of the start, for `annual`; from the library of defaults, and none without it, if not given",
    ),
    may("indexation", Kind::Table(&[INDEXATION]), "Yearly step of all prices, each 1 April"),
    may("extension", Kind::Table(&[EXTENSION]), "Right to go on after the end"),
    may(
        "bridge",
        Kind::Table(&[EXTENSION]),
        "A further extension, taken once the first is used up, to bridge to what comes next",
    ),
    may("renewal", Kind::Table(&[RENEWAL]), "Renewal at market terms once extensions are used up"),
    may("reprocurement", Kind::Table(&[REPROCUREMENT]), "Buying it anew in competition, where an option says so"),
    may(
        "co_terminates",
        Kind::Date,
        "Common last day with other contracts: extensions, renewals and new contracts that begin before it run to it",
    ),
    may(
        "suite",
        Kind::Table(&[SUITE]),
        "Discount for having several systems of one supplier, lost when one of them is no longer used",
    ),
    may(
        "early_exit",
        Kind::Number(Unit::Share),
        "Share of the remaining charges payable for leaving early; no such right if not given",
    ),
    may("read_only", Kind::Table(&[READ_ONLY]), "Read-only access once the contract is no longer paid"),
    may(
        "exit_cost",
        Kind::Number(Unit::Pounds),
        "What it takes to move on to another system when this one is no longer paid, or at the end of the period if it still is (Green Book 2026, 6.13), year-0 prices",
    ),
    may("on_exit", Kind::Table(&[ON_EXIT]), "What must be had otherwise when an agreement ends and nothing follows it"),
    may(
        "retained",
        Kind::Table(&[RETAINED]),
        "What its provider goes on bearing once it is no longer paid: it is the provider's, and counted once in all",
    ),
    may("vat", Kind::Table(&[VAT]), "VAT, in the financial view only; none if not given"),
];

/// `[contracts]`.
pub(crate) const CONTRACTS: Section = Section {
    name: "contracts",
    shape: Shape::Keyed,
    doc: "Contracts, as their invoices are made. Prices are cash prices of the year `indexation.prices_at`, charged by whole months at a twelfth of the year.",
    entry: Kind::Table(&[CONTRACT, PROVENANCE]),
};

/// Reads `[contracts]`.
pub(in crate::scenario) fn read(
    reading: &Reading,
    root: &Table,
    services: &[Service],
    period: &AppraisalPeriod,
    deflator: &Deflator,
) -> Vec<Contract> {
    entries(reading, root, &CONTRACTS).into_iter().map(|(id, f)| contract(id, &f, services, period, deflator)).collect()
}

fn contract(id: String, f: &Fields<'_>, services: &[Service], period: &AppraisalPeriod, deflator: &Deflator) -> Contract {
    f.check_provenance();
    if !f.has("end") {
        f.missing("end");
    }
    let start = f.month("start");
    let given = f.date("end");
    let end = given.unwrap_or_else(|| period.start().first_day());
    if start.is_some_and(|s| s.first_day() > end) {
        let problem = Problem::new(Code::DateOrder, f.at("end"), format!("`{}` ends before it starts", f.path))
            .also(f.at("start"), "it starts here");
        f.reading.report(problem.hint("check which of the two dates is right"));
    }
    whole_months(f, given);
    let instance = f.reference("instance", "instances").map(InstanceIx);
    let mut lines: Vec<ContractLine> =
        f.subs("lines", &[LINE, PROVENANCE]).into_iter().map(|(id, l)| line::read(id, &l)).collect();
    lines.extend(annual::lines(f, instance, services));
    if lines.is_empty() && !f.has("annual") && !f.misspelt("annual") {
        f.missing("lines");
    }
    Contract {
        name: f.text("name").unwrap_or_else(|| id.clone()),
        kind: f
            .choice("kind", &[("licence", ContractKind::Licence), ("sla", ContractKind::Sla)])
            .unwrap_or(ContractKind::Licence),
        body: f.reference("body", "organisations").map(OrganisationIx),
        provider: f.reference("provider", "organisations").map(OrganisationIx),
        instance,
        follows: f.reference("follows", "contracts").map(ContractIx),
        routes: f.subs("routes", &[ROUTE, PROVENANCE]).into_iter().map(|(id, r)| route::read(id, &r)).collect(),
        on_transfer: on_transfer(f),
        start,
        end,
        notice: f.number("notice_months", Unit::Months),
        lines,
        indexation: term::indexation(f, period, deflator),
        extensions: term::extensions(f),
        renewal: term::renewal(f),
        reprocurement: term::reprocurement(f),
        co_terminates: f.date("co_terminates").map(|d| crate::quantity::Month::of(d).plus(1)),
        suite: suite(f),
        early_exit: f.number("early_exit", Unit::Share),
        read_only: f
            .sub("read_only", &[READ_ONLY])
            .map(|r| ReadOnly { share: r.number_required("share", Unit::Share), months: r.whole("months", (1, 1200)) }),
        end_exit: f.number("exit_cost", Unit::Pounds),
        on_exit: on_exit(f),
        retained: retained(f),
        vat: term::vat(f),
        id,
    }
}

/// Contracts are charged by whole months; a date inside one is taken for all of it, and said.
fn whole_months(f: &Fields<'_>, end: Option<jiff::civil::Date>) {
    let started = f.has("start").then(|| f.date("start")).flatten();
    for (key, inside) in [("end", end.is_some_and(|e| e != e.last_of_month())), ("start", started.is_some_and(|s| s.day() != 1))]
    {
        if inside {
            let problem = Problem::new(
                Code::PartMonth,
                f.at(key),
                format!("`{}.{key}` lies inside a month, which is charged in full", f.path),
            );
            f.reading.report(
                problem
                    .hint("contracts are charged by whole months; give the last day of a month as end and the first as start")
                    .warning(),
            );
        }
    }
}

fn on_transfer(f: &Fields<'_>) -> Option<OnTransfer> {
    let consent = f.sub("consent", &[CONSENT]);
    let words = [
        ("passes", OnTransfer::Passes),
        ("stays", OnTransfer::Stays),
        (
            "needs_consent",
            OnTransfer::NeedsConsent {
                cost: consent.as_ref().and_then(|c| c.number("cost", Unit::Pounds)),
                months: consent.as_ref().and_then(|c| c.whole("months", (0, 120))).unwrap_or(0),
            },
        ),
        ("ends", OnTransfer::Ends),
    ];
    let terms = f.choice("on_transfer", &words);
    if consent.is_some() && !matches!(terms, Some(OnTransfer::NeedsConsent { .. })) {
        let message = format!("`{}` prices a consent that it does not need", f.path);
        let problem = Problem::new(Code::Transfer, f.at("consent"), message);
        f.reading.report(problem.hint("say on_transfer = \"needs_consent\", or remove `consent`"));
    }
    terms
}

fn retained(f: &Fields<'_>) -> Option<Retained> {
    let r = f.sub("retained", &[RETAINED])?;
    if !r.has("months") {
        r.missing("months");
    }
    if !f.has("provider") {
        let message = format!("`{}` names no provider that would go on bearing anything", f.path);
        f.reading.report(Problem::new(Code::Transfer, f.at("retained"), message).hint("add `provider`, or remove `retained`"));
    }
    Some(Retained { share: r.number_required("share", Unit::Share), months: r.whole("months", (1, 600)).unwrap_or(1) })
}

fn suite(f: &Fields<'_>) -> Option<Suite> {
    let s = f.sub("suite", &[SUITE])?;
    if !s.has("with") {
        s.missing("with");
    }
    Some(Suite {
        discount: s.number_required("discount", Unit::Share),
        with: s.references("with", "instances").unwrap_or_default().into_iter().map(InstanceIx).collect(),
    })
}

fn on_exit(f: &Fields<'_>) -> Option<OnExit> {
    let e = f.sub("on_exit", &[ON_EXIT])?;
    Some(OnExit {
        capital: e.number("capital", Unit::Pounds),
        asset: e.reference("asset", "assets").map(AssetIx),
        transition: e.number("transition", Unit::Pounds),
        staff: e.number("staff", Unit::PoundsPerYear),
    })
}
