//! How long a contract runs and at what prices: indexation, extensions, renewal, new procurement, VAT.

use crate::assumption::Unit;
use crate::economics::Deflator;
use crate::programme::{Extension, Indexation, Indexed, Renewal, Reprocurement, Vat};
use crate::quantity::{AppraisalPeriod, FinancialYear};
use crate::scenario::fields::{Field, Fields, may, must};
use crate::scenario::kind::Kind;
use crate::scenario::problem::{Code, Problem};

pub(super) const INDEXATION: &[Field] = &[
    may("rate", Kind::Number(Unit::RatePerYear), "Rate; or `general_inflation`"),
    may("general_inflation", Kind::Flag, "Whether prices follow the scenario's [deflator]"),
    may("plus", Kind::Number(Unit::RatePerYear), "On top of general inflation"),
    may(
        "lag_months",
        Kind::Whole("months", 0, 36),
        "Age of the inflation figure at the step, such as 3 for that of January in April; taken in whole years begun; 0 if not given",
    ),
    may("cap", Kind::Number(Unit::RatePerYear), "Most that a step can be"),
    may("collar", Kind::Number(Unit::RatePerYear), "Least that a step can be"),
    may("first", Kind::Month, "Prices do not step before this month"),
    may("prices_at", Kind::Year, "The year whose prices the lines are in; year 0 if not given"),
];
pub(super) const EXTENSION: &[Field] = &[
    may("uplift", Kind::Number(Unit::Uplift), "On the indexed price; none if not given"),
    must("months", Kind::Whole("months", 1, 600), "Months available in all"),
    may("term_months", Kind::Whole("months", 1, 600), "Months taken at a time, paid whether used or not; 1 if not given"),
    may("notice_months", Kind::Whole("months", 0, 120), "Months before it starts by which it must be taken up; 0 if not given"),
];
pub(super) const RENEWAL: &[Field] = &[
    may("uplift", Kind::Number(Unit::Uplift), "On the indexed price; none if not given"),
    may("term_months", Kind::Whole("months", 1, 600), "Months taken at a time, paid whether used or not; 12 if not given"),
    may("cost", Kind::Number(Unit::Pounds), "Cost of procuring it, once, year-0 prices"),
    may(
        "notice_months",
        Kind::Whole("months", 0, 120),
        "Months before it starts by which notice must be given that it is not wanted; those of the contract if not given",
    ),
];
pub(super) const REPROCUREMENT: &[Field] = &[
    may(
        "uplift",
        Kind::Number(Unit::Uplift),
        "On the indexed price, negative if competition makes it cheaper; none if not given",
    ),
    may("term_months", Kind::Whole("months", 1, 600), "Months of each new contract, paid whether used or not; 60 if not given"),
    may("cost", Kind::Number(Unit::Pounds), "Cost of each procurement, year-0 prices"),
    must("lead_months", Kind::Whole("months", 0, 120), "Months from starting to procure to the start of the new contract"),
];
pub(super) const VAT: &[Field] = &[
    must("rate", Kind::Number(Unit::Share), "Rate"),
    may("recoverable", Kind::Number(Unit::Share), "Share recovered; none if not given"),
];

/// Extensions, then the bridge.
pub(super) fn extensions(f: &Fields<'_>) -> Vec<Extension> {
    let read = |key: &str| {
        f.sub(key, &[EXTENSION]).map(|e| {
            if !e.has("months") {
                e.missing("months");
            }
            Extension {
                uplift: e.number_or("uplift", Unit::Uplift, 0.0, "an extension at the indexed price unless an uplift is given"),
                months: e.whole("months", (1, 600)).unwrap_or(1),
                term: e.whole("term_months", (1, 600)).unwrap_or(1),
                notice: e.whole("notice_months", (0, 120)).unwrap_or(0),
                bridge: key == "bridge",
            }
        })
    };
    ["extension", "bridge"].into_iter().filter_map(read).collect()
}

pub(super) fn renewal(f: &Fields<'_>) -> Option<Renewal> {
    let r = f.sub("renewal", &[RENEWAL])?;
    Some(Renewal {
        uplift: r.number_or("uplift", Unit::Uplift, 0.0, "a renewal at the indexed price unless an uplift is given"),
        term: r.whole("term_months", (1, 600)).unwrap_or(12),
        cost: r.number("cost", Unit::Pounds),
        notice: r.whole("notice_months", (0, 120)),
    })
}

pub(super) fn reprocurement(f: &Fields<'_>) -> Option<Reprocurement> {
    let r = f.sub("reprocurement", &[REPROCUREMENT])?;
    if !r.has("lead_months") {
        r.missing("lead_months");
    }
    Some(Reprocurement {
        uplift: r.number_or("uplift", Unit::Uplift, 0.0, "a new contract at the indexed price unless an uplift is given"),
        term: r.whole("term_months", (1, 600)).unwrap_or(60),
        cost: r.number("cost", Unit::Pounds),
        lead: r.whole("lead_months", (0, 120)).unwrap_or(0),
    })
}

/// Years from year 0 beyond which prices cannot be meant.
const FAR: i32 = 60;

pub(super) fn indexation(f: &Fields<'_>, period: &AppraisalPeriod, deflator: &Deflator) -> Option<Indexation> {
    let i = f.sub("indexation", &[INDEXATION])?;
    let year0 = period.year0;
    let prices_at = i.text("prices_at").map_or(Some(year0), |text| {
        let year = FinancialYear::parse(&text);
        if year.is_none_or(|y| y.years_since(year0).abs() > FAR) {
            let problem = Problem::new(Code::BadDate, i.at("prices_at"), format!("`{text}` is not a financial year near year 0"));
            f.reading.report(problem.hint("write it as \"2027/28\""));
        }
        year.filter(|y| y.years_since(year0).abs() <= FAR)
    });
    let inflation = i.flag("general_inflation") == Some(true);
    if inflation == i.has("rate") {
        let message =
            format!("`{}` follows {}", i.path, if inflation { "a rate and general inflation at once" } else { "nothing" });
        f.reading.report(
            Problem::new(Code::LineBasis, i.table.at, message)
                .hint("give either `rate`, or general_inflation = true with `plus`"),
        );
    }
    let lag = i.whole("lag_months", (0, 36)).unwrap_or(0);
    let follows = if inflation {
        Indexed::GeneralInflation { plus: i.number("plus", Unit::RatePerYear), lag: lag.div_ceil(12) }
    } else {
        if i.has("plus") || i.has("lag_months") {
            let problem = Problem::new(
                Code::LineBasis,
                i.table.at,
                format!("`{}` has a rate, so `plus` and `lag_months` mean nothing", i.path),
            );
            f.reading.report(problem.hint("remove them, or say general_inflation = true instead of `rate`"));
        }
        Indexed::Rate(i.number_or("rate", Unit::RatePerYear, 0.0, "prices that do not step"))
    };
    let read = Indexation {
        follows,
        cap: i.number("cap", Unit::RatePerYear),
        collar: i.number("collar", Unit::RatePerYear),
        first: i.month("first"),
        prices_at: prices_at.unwrap_or(year0),
    };
    inflation_is_known(&i, &read, period, deflator);
    let register = f.reading.register();
    let likely = |n: crate::assumption::Assumed<f64>| register.get(n.handle()).likely;
    let crossed = read.cap.zip(read.collar).is_some_and(|(cap, collar)| likely(cap) < likely(collar));
    drop(register);
    if crossed {
        let problem = Problem::new(Code::OutOfRange, i.at("cap"), format!("the cap of `{}` is below its collar", i.path));
        f.reading.report(problem.hint("cap is the most and collar the least that a step can be"));
    }
    Some(read)
}

/// Every step up to the end of the period needs the inflation of its year: nothing is extrapolated.
fn inflation_is_known(i: &Fields<'_>, read: &Indexation, period: &AppraisalPeriod, deflator: &Deflator) {
    let Indexed::GeneralInflation { lag, .. } = read.follows else { return };
    let last = period.year(period.years() - 1);
    let (from, to) = (read.prices_at.start_year().min(period.year0.start_year()), last.start_year());
    let stepping = (from + 1..=to).filter(|y| read.first.is_none_or(|f| FinancialYear::starting(*y).first_month() >= f));
    let older = stepping.map(|y| y - i16::try_from(lag).unwrap_or(0));
    let missing: Vec<String> = older
        .filter(|y| deflator.growth(*y).is_none())
        .flat_map(|y| [y - 1, y])
        .map(|y| FinancialYear::starting(y).to_string())
        .collect();
    let mut named = missing.clone();
    named.dedup();
    if !named.is_empty() {
        let message = format!("`{}` follows general inflation, whose growth needs the index of {}", i.path, named.join(", "));
        let problem = Problem::new(Code::DeflatorYear, i.table.at, message);
        i.reading.report(problem.hint("add these years to [deflator] index; nothing is extrapolated"));
    }
}

pub(super) fn vat(f: &Fields<'_>) -> Vat {
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
