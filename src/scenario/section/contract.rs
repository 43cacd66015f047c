//! `[contracts]`.

use super::{Section, Shape, entries};
use crate::assumption::{Assumed, Unit};
use crate::programme::{
    AssetIx, Band, Banding, Contract, ContractIx, ContractKind, ContractLine, Extension, Indexation, InstanceIx, LineBasis,
    OrganisationIx, ReadOnly, Renewal, Vat,
};
use crate::quantity::{AppraisalPeriod, FinancialYear};
use crate::scenario::document::Table;
use crate::scenario::fields::{Field, Fields, PROVENANCE, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

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
    may("start", Kind::Month, "First month; running already if not given"),
    must("end", Kind::Date, "Last day"),
    may("notice_months", Kind::Number(Unit::Months), "Notice"),
    must("lines", Kind::Map(Keys::Own("line"), &Kind::Table(&[LINE, PROVENANCE])), "What is charged"),
    may("indexation", Kind::Table(&[INDEXATION]), "Yearly step of all prices, each 1 April"),
    may("extension", Kind::Table(&[EXTENSION]), "Right to go on after the end"),
    may("renewal", Kind::Table(&[RENEWAL]), "Renewal at market terms once extensions are used up"),
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
    may("vat", Kind::Table(&[VAT]), "VAT, in the financial view only; none if not given"),
];

/// Keys of a line.
const LINE: &[Field] = &[
    may("fixed", Kind::Number(Unit::PoundsPerYear), "So much a year"),
    may("per_user", Kind::Number(Unit::PoundsPerUserYear), "So much a named user and year"),
    may("bands", Kind::Tables(&[BAND, PROVENANCE]), "Price by number of users; the last band has no `up_to`"),
    may(
        "banding",
        Kind::OneOf(&["marginal", "all_units"]),
        "Each band's price for the users in it, or the price of the band reached for all; marginal if not given",
    ),
    may("minimum", Kind::Number(Unit::Users), "Users paid for at least"),
    may("asset", Kind::Id("assets"), "The class of capital it is spent on; revenue if not given"),
];
const BAND: &[Field] = &[
    may("up_to", Kind::Number(Unit::Users), "Upper end; open for the last band"),
    must("price", Kind::Number(Unit::PoundsPerUserYear), "Price in this band"),
];
const INDEXATION: &[Field] = &[
    must("rate", Kind::Number(Unit::RatePerYear), "Rate"),
    may("prices_at", Kind::Year, "The year whose prices the lines are in; year 0 if not given"),
];
const EXTENSION: &[Field] = &[
    may("uplift", Kind::Number(Unit::Uplift), "On the indexed price; none if not given"),
    must("months", Kind::Whole("months", 1, 600), "Months available in all"),
    may("term_months", Kind::Whole("months", 1, 600), "Months taken at a time, paid whether used or not; 1 if not given"),
];
const RENEWAL: &[Field] = &[
    may("uplift", Kind::Number(Unit::Uplift), "On the indexed price; none if not given"),
    may("term_months", Kind::Whole("months", 1, 600), "Months taken at a time, paid whether used or not; 12 if not given"),
    may("cost", Kind::Number(Unit::Pounds), "Cost of procuring it, once, year-0 prices"),
];
const READ_ONLY: &[Field] = &[
    must("share", Kind::Number(Unit::Share), "Share of the full charge for the users that were served"),
    may("months", Kind::Whole("months", 1, 1200), "How long it is kept; to the end of the period if not given"),
];
const VAT: &[Field] = &[
    must("rate", Kind::Number(Unit::Share), "Rate"),
    may("recoverable", Kind::Number(Unit::Share), "Share recovered; none if not given"),
];

/// `[contracts]`.
pub(crate) const CONTRACTS: Section = Section {
    name: "contracts",
    shape: Shape::Keyed,
    doc: "Contracts, as their invoices are made. Prices are cash prices of the year `indexation.prices_at`, charged by whole months at a twelfth of the year.",
    entry: Kind::Table(&[CONTRACT, PROVENANCE]),
};

/// Reads `[contracts]`.
pub(in crate::scenario) fn read(reading: &Reading, root: &Table, period: &AppraisalPeriod) -> Vec<Contract> {
    entries(reading, root, &CONTRACTS).into_iter().map(|(id, f)| contract(id, &f, period)).collect()
}

fn contract(id: String, f: &Fields<'_>, period: &AppraisalPeriod) -> Contract {
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
    let lines: Vec<ContractLine> =
        f.subs("lines", &[LINE, PROVENANCE]).into_iter().map(|(id, line)| contract_line(id, &line)).collect();
    if lines.is_empty() {
        f.missing("lines");
    }
    Contract {
        name: f.text("name").unwrap_or_else(|| id.clone()),
        kind: f
            .choice("kind", &[("licence", ContractKind::Licence), ("sla", ContractKind::Sla)])
            .unwrap_or(ContractKind::Licence),
        body: f.reference("body", "organisations").map(OrganisationIx),
        provider: f.reference("provider", "organisations").map(OrganisationIx),
        instance: f.reference("instance", "instances").map(InstanceIx),
        follows: f.reference("follows", "contracts").map(ContractIx),
        start,
        end,
        notice: f.number("notice_months", Unit::Months),
        lines,
        indexation: indexation(f, period.year0),
        extension: f.sub("extension", &[EXTENSION]).map(|e| {
            if !e.has("months") {
                e.missing("months");
            }
            Extension {
                uplift: e.number_or("uplift", Unit::Uplift, 0.0, "an extension at the indexed price unless an uplift is given"),
                months: e.whole("months", (1, 600)).unwrap_or(1),
                term: e.whole("term_months", (1, 600)).unwrap_or(1),
            }
        }),
        renewal: f.sub("renewal", &[RENEWAL]).map(|r| Renewal {
            uplift: r.number_or("uplift", Unit::Uplift, 0.0, "a renewal at the indexed price unless an uplift is given"),
            term: r.whole("term_months", (1, 600)).unwrap_or(12),
            cost: r.number("cost", Unit::Pounds),
        }),
        early_exit: f.number("early_exit", Unit::Share),
        read_only: f
            .sub("read_only", &[READ_ONLY])
            .map(|r| ReadOnly { share: r.number_required("share", Unit::Share), months: r.whole("months", (1, 1200)) }),
        end_exit: f.number("exit_cost", Unit::Pounds),
        vat: vat(f),
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

/// Years from year 0 beyond which prices cannot be meant.
const FAR: i32 = 60;

fn indexation(f: &Fields<'_>, year0: FinancialYear) -> Option<Indexation> {
    let i = f.sub("indexation", &[INDEXATION])?;
    let prices_at = i.text("prices_at").map_or(Some(year0), |text| {
        let year = FinancialYear::parse(&text);
        if year.is_none_or(|y| y.years_since(year0).abs() > FAR) {
            let problem = Problem::new(Code::BadDate, i.at("prices_at"), format!("`{text}` is not a financial year near year 0"));
            f.reading.report(problem.hint("write it as \"2027/28\""));
        }
        year.filter(|y| y.years_since(year0).abs() <= FAR)
    });
    Some(Indexation { rate: i.number_required("rate", Unit::RatePerYear), prices_at: prices_at.unwrap_or(year0) })
}

fn vat(f: &Fields<'_>) -> Vat {
    let given = f.has("vat");
    let v = f.sub_or_defaults("vat", &[VAT]);
    let rate = if given {
        v.number_required("rate", Unit::Share)
    } else {
        v.number_or("rate", Unit::Share, 0.0, "no VAT unless it is given")
    };
    let basis = "VAT on standard licences is irrecoverable unless it is given; to be confirmed by the VAT adviser";
    Vat { rate, recoverable: v.number_or("recoverable", Unit::Share, 0.0, basis) }
}

fn contract_line(id: &str, f: &Fields<'_>) -> ContractLine {
    f.check_provenance();
    let given: Vec<&str> = ["fixed", "per_user", "bands"].into_iter().filter(|k| f.has(k)).collect();
    if given.len() != 1 {
        let message = if given.is_empty() {
            format!("`{}` charges nothing", f.path)
        } else {
            format!("`{}` is charged by {} at once", f.path, given.join(" and "))
        };
        f.reading.report(
            Problem::new(Code::LineBasis, f.table.at, message)
                .hint("give one of `fixed`, `per_user` or `bands`; use two lines for two charges"),
        );
    }
    let asset = f.reference("asset", "assets").map(AssetIx);
    if let Some(fixed) = f.number("fixed", Unit::PoundsPerYear) {
        if f.has("minimum") || f.has("banding") {
            f.reading.report(
                Problem::new(
                    Code::LineBasis,
                    f.table.at,
                    format!("`{}` is a fixed charge, so `minimum` and `banding` mean nothing", f.path),
                )
                .hint("remove them"),
            );
        }
        return ContractLine { id: id.to_owned(), basis: LineBasis::Fixed(fixed), asset };
    }
    let bands = match f.number("per_user", Unit::PoundsPerUserYear) {
        Some(price) => vec![Band { up_to: None, price }],
        None => bands(f),
    };
    let banding =
        f.choice("banding", &[("marginal", Banding::Marginal), ("all_units", Banding::AllUnits)]).unwrap_or(Banding::Marginal);
    ContractLine {
        id: id.to_owned(),
        basis: LineBasis::User { bands, banding, minimum: f.number("minimum", Unit::Users) },
        asset,
    }
}

fn bands(f: &Fields<'_>) -> Vec<Band> {
    let read: Vec<Band> = f
        .tables("bands", &[BAND, PROVENANCE])
        .into_iter()
        .map(|b| {
            b.check_provenance();
            Band { up_to: b.number("up_to", Unit::Users), price: b.number_required("price", Unit::PoundsPerUserYear) }
        })
        .collect();
    let register = f.reading.register();
    let top = |b: &Band| b.up_to.map_or(f64::INFINITY, |u: Assumed<f64>| register.get(u.handle()).likely);
    let open_last = read.last().is_some_and(|b| b.up_to.is_none());
    let ordered = read.windows(2).all(|w| top(&w[0]) < top(&w[1]));
    drop(register);
    if f.has("bands") && !(open_last && ordered) {
        let problem = Problem::new(
            Code::BandOrder,
            f.at("bands"),
            format!("the bands of `{}` do not cover every number of users once", f.path),
        );
        f.reading.report(problem.hint("put them in rising order of `up_to`, and leave `up_to` out of the last"));
    }
    read
}
