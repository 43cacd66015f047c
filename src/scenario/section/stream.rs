//! `[streams]` and `[risks]`.

use super::{Section, Shape, entries};
use crate::assumption::Unit;
use crate::programme::{
    Amount, BenefitClass, BiasIx, Category, DiscountClass, LinkIx, OptionIx, OptionSet, OrganisationIx, Risk, Start, Stream,
};
use crate::quantity::{AppraisalPeriod, Month};
use crate::scenario::document::Table;
use crate::scenario::fields::{Fields, PROVENANCE, may, must};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

/// `[streams]`.
pub(crate) const STREAMS: Section = Section {
    name: "streams",
    shape: Shape::Keyed,
    doc: "Further costs and benefits, year-0 prices.",
    fields: &[
        &[
            may("name", "text", "Name; the id if not given"),
            may("kind", "cost or benefit", "cost if not given"),
            may("category", "external, internal_effort or instance_run", "Category of a cost; external if not given"),
            may("class", "cash_releasing, non_cash_releasing, societal or unmonetised", "Class of a benefit"),
            may("per_year", "£ a year", "So much a year, month by month"),
            may("once", "£", "Once, in the month it starts"),
            may(
                "start",
                "date, or first_go_live, last_go_live, or link:ID",
                "When it starts; the first month that counts if not given. What waits for a go-live slips with it",
            ),
            may("end", "date", "Last month; the end of the period if not given"),
            may("ramp", "list of shares", "Share reached in each year from its start; the last goes on"),
            may("options", "list of option ids", "Options it applies to; all if not given"),
            may("bearer", "organisation id", "Who bears or gains it; the lead body if not given"),
            may(
                "discount",
                "standard or health",
                "Discount rates (health and life effects have their own); standard if not given",
            ),
            may("optimism_bias", "id of [optimism_bias]", "Optimism bias on it"),
            may("vat", "share", "Irrecoverable VAT on it, in the financial view"),
            may(
                "scored_elsewhere",
                "true or false",
                "A benefit that another criterion scores: in net present cost, not in the cost criterion",
            ),
        ],
        PROVENANCE,
    ],
    parts: &[],
};

/// `[risks]`.
pub(crate) const RISKS: Section = Section {
    name: "risks",
    shape: Shape::Keyed,
    doc: "Risks at their expected value, probability times impact (Green Book 2026, 6.69), year-0 prices.",
    fields: &[
        &[
            may("name", "text", "Name; the id if not given"),
            must("probability", "share", "Probability"),
            must("impact", "£", "Impact if it happens"),
            may("prevention", "£", "Cost of preventing or reducing it; a core cost"),
            may("start", "date, or first_go_live, last_go_live, or link:ID", "When it falls; first_go_live if not given"),
            may("options", "list of option ids", "Options it applies to; all if not given"),
            may("bearer", "organisation id", "Who bears it; the lead body if not given"),
        ],
        PROVENANCE,
    ],
    parts: &[],
};

fn options(f: &Fields<'_>) -> OptionSet {
    f.references("options", "options").map_or(OptionSet::All, |list| OptionSet::Only(list.into_iter().map(OptionIx).collect()))
}

fn start(f: &Fields<'_>, otherwise: Start) -> Start {
    let Some(word) = f.text("start") else { return otherwise };
    match word.replace('-', "_").as_str() {
        "first_go_live" => Start::FirstGoLive,
        "last_go_live" => Start::LastGoLive,
        _ => match word.strip_prefix("link:") {
            Some(link) => {
                f.reading.resolve("links", link.trim(), f.at("start")).map_or(otherwise, |l| Start::LinkLive(LinkIx(l)))
            }
            None => f.month("start").map_or(otherwise, Start::Month),
        },
    }
}

/// What falls wholly outside the months that count would vanish without a word.
fn in_period(f: &Fields<'_>, period: &AppraisalPeriod, (first, last): (Start, Option<Month>), once: bool) {
    let Start::Month(first) = first else { return };
    let counted = |m: Month| period.index(m).is_some_and(|i| i >= period.first_counted());
    let too_early =
        once && !counted(first) || last.is_some_and(|l| l < period.month(period.first_counted().min(period.months() - 1)));
    if too_early || first > period.month(period.months() - 1) {
        let problem =
            Problem::new(Code::OutsidePeriod, f.at("start"), format!("`{}` falls outside the months that count", f.path));
        f.reading.report(problem.hint("give a date on or after the as-at date and before the end of the period"));
    }
    if last.is_some_and(|l| l < first) {
        let problem = Problem::new(Code::DateOrder, f.at("end"), format!("`{}` ends before it starts", f.path));
        f.reading.report(problem.hint("check which of the two dates is right"));
    }
}

/// Reads `[streams]`.
pub(in crate::scenario) fn streams(reading: &Reading, root: &Table, period: &AppraisalPeriod) -> Vec<Stream> {
    entries(reading, root, &STREAMS).into_iter().map(|(id, f)| stream(id, &f, period)).collect()
}

fn stream(id: String, f: &Fields<'_>, period: &AppraisalPeriod) -> Stream {
    f.check_provenance();
    let benefit = f.choice("kind", &[("cost", false), ("benefit", true)]).unwrap_or(false);
    let classes = [
        ("cash_releasing", BenefitClass::CashReleasing),
        ("non_cash_releasing", BenefitClass::NonCashReleasing),
        ("societal", BenefitClass::Societal),
        ("unmonetised", BenefitClass::Unmonetised),
    ];
    let class = f.choice("class", &classes);
    let amount = match (f.number("per_year", Unit::PoundsPerYear), f.number("once", Unit::Pounds)) {
        (Some(a), None) => Some(Amount::PerYear(a)),
        (None, Some(a)) => Some(Amount::Once(a)),
        _ => None,
    };
    let unmonetised = class == Some(BenefitClass::Unmonetised);
    let both = f.has("per_year") && f.has("once");
    let neither = !f.has("per_year") && !f.has("once");
    if both || neither != unmonetised || (benefit && class.is_none()) || (!benefit && class.is_some()) {
        let message = format!(
            "`{}` must say what it is: a cost with an amount, or a benefit with a class and (unless unmonetised) an amount",
            f.path
        );
        f.reading.report(
            Problem::new(Code::StreamShape, f.table.at, message)
                .hint("give per_year or once, not both; kind = \"benefit\" needs a class"),
        );
    }
    let costs = [
        ("external", Category::External),
        ("internal_effort", Category::InternalEffort),
        ("instance_run", Category::InstanceRun),
    ];
    let category = match (benefit, f.flag("scored_elsewhere").unwrap_or(false)) {
        (true, true) => Category::ScoredElsewhere,
        (true, false) => Category::Benefit,
        (false, _) => f.choice("category", &costs).unwrap_or(Category::External),
    };
    let first = start(f, Start::Month(period.month(period.first_counted().min(period.months() - 1))));
    let last = f.month("end");
    in_period(f, period, (first, last), matches!(amount, Some(Amount::Once(_))));
    Stream {
        name: f.text("name").unwrap_or_else(|| id.clone()),
        category,
        benefit,
        class,
        cash: !benefit || class == Some(BenefitClass::CashReleasing),
        bearer: f.reference("bearer", "organisations").map(OrganisationIx),
        options: options(f),
        start: first,
        end: last,
        amount,
        ramp: f.items("ramp").into_iter().filter_map(|n| f.plain_at("ramp", n, (0.0, 10.0))).collect(),
        discount: f
            .choice("discount", &[("standard", DiscountClass::Standard), ("health", DiscountClass::Health)])
            .unwrap_or(DiscountClass::Standard),
        bias: f.reference("optimism_bias", "optimism_bias").map(BiasIx),
        vat: f.number("vat", Unit::Share),
        id,
    }
}

/// Reads `[risks]`.
pub(in crate::scenario) fn risks(reading: &Reading, root: &Table, period: &AppraisalPeriod) -> Vec<Risk> {
    entries(reading, root, &RISKS)
        .into_iter()
        .map(|(id, f)| {
            f.check_provenance();
            let when = start(&f, Start::FirstGoLive);
            in_period(&f, period, (when, None), true);
            Risk {
                name: f.text("name").unwrap_or_else(|| id.clone()),
                id,
                probability: f.number_required("probability", Unit::Share),
                impact: f.number_required("impact", Unit::Pounds),
                prevention: f.number("prevention", Unit::Pounds),
                options: options(&f),
                start: when,
                bearer: f.reference("bearer", "organisations").map(OrganisationIx),
            }
        })
        .collect()
}
