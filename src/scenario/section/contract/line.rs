//! One line of a contract: what it counts and what it charges.

use crate::assumption::{Assumed, Unit};
use crate::programme::{AssetIx, Band, Banding, Ceiling, ContractLine, LineBasis, Meter, TrueUp};
use crate::scenario::fields::{Field, Fields, PROVENANCE, may, must};
use crate::scenario::kind::Kind;
use crate::scenario::problem::{Code, Problem};

/// Keys of a line.
pub(super) const LINE: &[Field] = &[
    may("fixed", Kind::Number(Unit::PoundsPerYear), "So much a year"),
    may("covers", Kind::Number(Unit::Users), "Users that a fixed charge covers; any number if not given"),
    may(
        "beyond",
        Kind::Number(Unit::PoundsPerUserYear),
        "Price of each user above `covers`; without one, an option that goes above fails a gate",
    ),
    may("per_user", Kind::Number(Unit::PoundsPerUserYear), "So much a named user and year"),
    may("per_concurrent_user", Kind::Number(Unit::PoundsPerUserYear), "So much a user at the same time and year"),
    may("concurrency", Kind::Number(Unit::Share), "Users at the same time, as a share of the named ones"),
    may("per_patient", Kind::Number(Unit::PoundsPerYear), "So much a patient record of the services on the system, and year"),
    may(
        "per_contact",
        Kind::Number(Unit::PoundsPerYear),
        "So much for each of the contacts a year of the services on the system",
    ),
    may("bands", Kind::Tables(&[BAND, PROVENANCE]), "Price by number of users; the last band has no `up_to`"),
    may(
        "banding",
        Kind::OneOf(&["marginal", "all_units"]),
        "Each band's price for the users in it, or the price of the band reached for all; marginal if not given",
    ),
    may("minimum", Kind::Number(Unit::Users), "Users paid for at least"),
    may(
        "true_up",
        Kind::OneOf(MONTHS),
        "When the number charged is brought to the number of users: every month, or once a year in this month; monthly if not given",
    ),
    may("ratchet", Kind::Flag, "Whether the number charged never falls before a renewal or a new contract; false if not given"),
    may("asset", Kind::Id("assets"), "The class of capital it is spent on; revenue if not given"),
];
const BAND: &[Field] = &[
    may("up_to", Kind::Number(Unit::Users), "Upper end; open for the last band"),
    must("price", Kind::Number(Unit::PoundsPerUserYear), "Price in this band"),
];
const MONTHS: &[&str] = &[
    "monthly",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What a line may be charged by.
const CHARGES: [&str; 6] = ["fixed", "per_user", "bands", "per_concurrent_user", "per_patient", "per_contact"];

/// Keys that mean something only beside a charge of another kind, with what they need.
const BESIDE: [(&str, &[&str]); 7] = [
    ("covers", &["fixed"]),
    ("beyond", &["fixed"]),
    ("minimum", &["per_user", "bands", "per_concurrent_user", "per_patient", "per_contact"]),
    ("banding", &["bands"]),
    ("concurrency", &["per_concurrent_user"]),
    ("true_up", &["per_user", "bands", "per_concurrent_user", "per_patient", "per_contact"]),
    ("ratchet", &["per_user", "bands", "per_concurrent_user", "per_patient", "per_contact"]),
];

pub(super) fn read(id: &str, f: &Fields<'_>) -> ContractLine {
    f.check_provenance();
    let given: Vec<&str> = CHARGES.into_iter().filter(|k| f.has(k)).collect();
    if given.len() != 1 {
        let message = if given.is_empty() {
            format!("`{}` charges nothing", f.path)
        } else {
            format!("`{}` is charged by {} at once", f.path, given.join(" and "))
        };
        f.reading.report(Problem::new(Code::LineBasis, f.table.at, message).hint(
            "give one of `fixed`, `per_user`, `bands`, `per_concurrent_user`, `per_patient` or `per_contact`; use two lines for two charges",
        ));
    }
    for (key, wanted) in BESIDE.iter().filter(|(key, wanted)| f.has(key) && !given.is_empty() && !wanted.iter().any(|w| f.has(w)))
    {
        let message = format!("`{}` is charged by `{}`, so `{key}` means nothing", f.path, given[0]);
        let hint = format!("remove it, or charge by {}", crate::scenario::problem::one_of(wanted));
        f.reading.report(Problem::new(Code::LineBasis, f.at(key), message).hint(hint));
    }
    let asset = f.reference("asset", "assets").map(AssetIx);
    let basis = match f.number("fixed", Unit::PoundsPerYear) {
        Some(amount) => {
            let beyond = f.number("beyond", Unit::PoundsPerUserYear);
            if beyond.is_some() && !f.has("covers") {
                f.missing("covers");
            }
            LineBasis::Fixed { amount, covers: f.number("covers", Unit::Users).map(|users| Ceiling { users, beyond }) }
        }
        None => metered(f),
    };
    ContractLine { id: id.to_owned(), basis, part: None, asset }
}

fn metered(f: &Fields<'_>) -> LineBasis {
    let one = |price: Option<Assumed<f64>>| price.map(|price| vec![Band { up_to: None, price }]);
    let (meter, bands) = if let Some(bands) = one(f.number("per_concurrent_user", Unit::PoundsPerUserYear)) {
        (Meter::ConcurrentUsers(f.number_required("concurrency", Unit::Share)), bands)
    } else if let Some(bands) = one(f.number("per_patient", Unit::PoundsPerYear)) {
        (Meter::Patients, bands)
    } else if let Some(bands) = one(f.number("per_contact", Unit::PoundsPerYear)) {
        (Meter::Contacts, bands)
    } else {
        (Meter::NamedUsers, one(f.number("per_user", Unit::PoundsPerUserYear)).unwrap_or_else(|| read_bands(f)))
    };
    let banding =
        f.choice("banding", &[("marginal", Banding::Marginal), ("all_units", Banding::AllUnits)]).unwrap_or(Banding::Marginal);
    LineBasis::Metered { meter, bands, banding, minimum: f.number("minimum", Unit::Users), true_up: true_up(f) }
}

fn true_up(f: &Fields<'_>) -> TrueUp {
    let words: Vec<(&str, u8)> = MONTHS.iter().copied().zip(0..).collect();
    TrueUp { month: f.choice("true_up", &words).filter(|month| *month > 0), ratchet: f.flag("ratchet").unwrap_or(false) }
}

fn read_bands(f: &Fields<'_>) -> Vec<Band> {
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
