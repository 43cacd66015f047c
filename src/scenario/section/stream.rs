//! `[streams]` and `[risks]`.

use super::{Section, Shape, entries};
use crate::assumption::Unit;
use crate::programme::{
    Amount, Asset, AssetIx, BenefitClass, BiasIx, Category, DiscountClass, LinkIx, NodeIx, OptionIx, OptionSet, OrganisationIx,
    Outcomes, Risk, Start, Stream, StreamKind,
};
use crate::quantity::{AppraisalPeriod, Month};
use crate::scenario::document::Table;
use crate::scenario::fields::{Fields, PROVENANCE, may, must};
use crate::scenario::kind::Kind;
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

/// When something starts: in a month, or with a go-live.
const START: Kind = Kind::Either(&[Kind::Month, Kind::OneOf(&["first_go_live", "last_go_live"]), Kind::Tagged("link", "links")]);

/// `[streams]`.
pub(crate) const STREAMS: Section = Section {
    name: "streams",
    shape: Shape::Keyed,
    doc: "Further costs and benefits, year-0 prices.",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the id if not given"),
            may(
                "kind",
                Kind::OneOf(&["cost", "benefit", "transfer", "residual_value"]),
                "cost if not given. A transfer is money from the bearer to another body and uses no resource; a residual value is what something is worth at the end of the period",
            ),
            may("to", Kind::Id("organisations"), "Who receives a transfer"),
            may(
                "category",
                Kind::OneOf(&["external", "internal_effort", "instance_run"]),
                "Category of a cost; external if not given",
            ),
            may("class", Kind::OneOf(&["cash_releasing", "non_cash_releasing", "societal", "unmonetised"]), "Class of a benefit"),
            may("owner", Kind::Text, "Who answers for a benefit: the holder of the budget that gains it"),
            may(
                "agreed",
                Kind::Flag,
                "Whether the owner of a cash-releasing benefit has agreed that the money goes; false if not given. Until then it is in net present cost but in no cash, and closes no funding gap",
            ),
            may("per_year", Kind::Number(Unit::PoundsPerYear), "So much a year, month by month"),
            may("once", Kind::Number(Unit::Pounds), "Once, in the month it starts"),
            may(
                "start",
                START,
                "When it starts; the first month that counts if not given. What waits for a go-live slips with it",
            ),
            may("end", Kind::Month, "Last month; the end of the period if not given"),
            may(
                "ramp",
                Kind::List(&Kind::Plain("share", 0.0, 10.0)),
                "Share reached in each year from its start; the last goes on",
            ),
            may("options", Kind::Ids("options"), "Options it applies to; all if not given"),
            may("bearer", Kind::Id("organisations"), "Who bears or gains it; the lead body if not given"),
            may(
                "discount",
                Kind::OneOf(&["standard", "health"]),
                "Discount rates (health and life effects have their own); standard if not given",
            ),
            may(
                "outcomes_per_year",
                Kind::Number(Unit::OutcomesPerYear),
                "Units a year of a benefit that is counted and not priced; for cost a unit",
            ),
            may("outcome_unit", Kind::Text, "What those units are"),
            may("optimism_bias", Kind::Id("optimism_bias"), "Optimism bias on it"),
            may("asset", Kind::Id("assets"), "The class of capital it is spent on; revenue if not given"),
            may("vat", Kind::Number(Unit::Share), "Irrecoverable VAT on it, in the financial view"),
            may("criterion", Kind::Id("criteria"), "The criterion that scores the same good; then `scored_elsewhere` is true"),
            may(
                "scored_elsewhere",
                Kind::Flag,
                "A benefit that another criterion scores: in net present cost, not in the cost criterion",
            ),
        ],
        PROVENANCE,
    ]),
};

/// `[assets]`.
pub(crate) const ASSETS: Section = Section {
    name: "assets",
    shape: Shape::Keyed,
    doc: "Classes of capital spending. Streams, work items and contract lines name one; the financial view writes it off in a straight line (Green Book 2026, 6.92).",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the id if not given"),
            must("life_years", Kind::Number(Unit::Years), "Useful life"),
            may(
                "residual_value",
                Kind::Flag,
                "Whether the part of the life beyond the period has a value at its end (Green Book 2026, 8.32); false if not given",
            ),
        ],
        PROVENANCE,
    ]),
};

/// `[risks]`.
pub(crate) const RISKS: Section = Section {
    name: "risks",
    shape: Shape::Keyed,
    doc: "Risks at their expected value, probability times impact (Green Book 2026, 6.69), year-0 prices.",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the id if not given"),
            must("probability", Kind::Number(Unit::Share), "Probability"),
            must("impact", Kind::Number(Unit::Pounds), "Impact if it happens"),
            may("prevention", Kind::Number(Unit::Pounds), "Cost of preventing or reducing it; a core cost"),
            may("start", START, "When it falls; first_go_live if not given"),
            may("options", Kind::Ids("options"), "Options it applies to; all if not given"),
            may("bearer", Kind::Id("organisations"), "Who bears it; the lead body if not given"),
        ],
        PROVENANCE,
    ]),
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
    let kind = kind(f);
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
    check_shape(f, kind, class);
    let first_counted = period.month(period.first_counted().min(period.months() - 1));
    let last_month = period.month(period.months() - 1);
    let (first, last) = match kind {
        StreamKind::ResidualValue => (Start::Month(last_month), None),
        _ => (start(f, Start::Month(first_counted)), f.month("end")),
    };
    in_period(f, period, (first, last), matches!(amount, Some(Amount::Once(_))));
    let agreed = f.flag("agreed").unwrap_or(false);
    Stream {
        name: f.text("name").unwrap_or_else(|| id.clone()),
        category: category(f, kind),
        kind,
        class,
        cash: match kind {
            StreamKind::Benefit => class == Some(BenefitClass::CashReleasing) && agreed,
            StreamKind::ResidualValue => false,
            StreamKind::Cost | StreamKind::Transfer(_) => true,
        },
        owner: f.text("owner"),
        agreed,
        bearer: f.reference("bearer", "organisations").map(OrganisationIx),
        options: options(f),
        start: first,
        end: last,
        amount,
        ramp: f.items("ramp").into_iter().filter_map(|n| f.plain_at("ramp", n, (0.0, 10.0))).collect(),
        discount: f
            .choice("discount", &[("standard", DiscountClass::Standard), ("health", DiscountClass::Health)])
            .unwrap_or(DiscountClass::Standard),
        outcomes: outcomes(f, class),
        bias: f.reference("optimism_bias", "optimism_bias").map(BiasIx),
        asset: f.reference("asset", "assets").map(AssetIx),
        scored_by: f.reference("criterion", "criteria").map(NodeIx),
        vat: f.number("vat", Unit::Share),
        id,
    }
}

fn kind(f: &Fields<'_>) -> StreamKind {
    let to = f.reference("to", "organisations").map_or(OrganisationIx(0), OrganisationIx);
    let kinds = [
        ("cost", StreamKind::Cost),
        ("benefit", StreamKind::Benefit),
        ("transfer", StreamKind::Transfer(to)),
        ("residual_value", StreamKind::ResidualValue),
    ];
    f.choice("kind", &kinds).unwrap_or(StreamKind::Cost)
}

fn category(f: &Fields<'_>, kind: StreamKind) -> Category {
    let costs = [
        ("external", Category::External),
        ("internal_effort", Category::InternalEffort),
        ("instance_run", Category::InstanceRun),
    ];
    match (kind, f.flag("scored_elsewhere").unwrap_or(false)) {
        (StreamKind::Benefit, true) => Category::ScoredElsewhere,
        (StreamKind::Benefit, false) => Category::Benefit,
        (StreamKind::ResidualValue, _) => Category::ResidualValue,
        _ => f.choice("category", &costs).unwrap_or(Category::External),
    }
}

/// What is counted of a benefit that is not priced.
fn outcomes(f: &Fields<'_>, class: Option<BenefitClass>) -> Option<Outcomes> {
    let per_year = f.number("outcomes_per_year", Unit::OutcomesPerYear);
    if per_year.is_some() && class != Some(BenefitClass::Unmonetised) {
        let problem = Problem::new(
            Code::StreamShape,
            f.at("outcomes_per_year"),
            format!("`{}` has a price, so its units would count twice", f.path),
        );
        f.reading.report(problem.hint("count units only of a benefit with class = \"unmonetised\""));
    }
    if per_year.is_some() != f.has("outcome_unit") {
        f.missing(if per_year.is_some() { "outcome_unit" } else { "outcomes_per_year" });
    }
    Some(Outcomes { per_year: per_year?, unit: f.text("outcome_unit").unwrap_or_default() })
}

/// Keys that mean nothing for a kind of stream, and keys that are missing for it.
fn check_shape(f: &Fields<'_>, kind: StreamKind, class: Option<BenefitClass>) {
    let unmonetised = class == Some(BenefitClass::Unmonetised);
    let given = [f.has("per_year"), f.has("once")].into_iter().filter(|g| *g).count();
    let benefit = kind == StreamKind::Benefit;
    let fault = if benefit != class.is_some() {
        Some((
            "a benefit has a class, and nothing else has one",
            "give class = \"cash_releasing\", \"non_cash_releasing\", \"societal\" or \"unmonetised\" to a benefit only",
        ))
    } else if given != usize::from(!unmonetised) {
        Some(("it needs one amount, or none if it is unmonetised", "give per_year or once, not both"))
    } else if kind == StreamKind::ResidualValue && (f.has("per_year") || f.has("start") || f.has("end") || f.has("ramp")) {
        Some(("a residual value falls once, at the end of the period", "give `once` and neither start, end nor ramp"))
    } else if matches!(kind, StreamKind::Transfer(_)) != f.has("to") {
        Some(("a transfer says who receives it, and nothing else does", "give `to` with kind = \"transfer\""))
    } else if matches!(kind, StreamKind::Transfer(_))
        && ["vat", "optimism_bias", "asset", "category", "discount"].iter().any(|k| f.has(k))
    {
        Some(("a transfer uses no resource, so it has neither VAT, bias, asset, category nor discount rate", "remove those keys"))
    } else if f.has("owner") && !benefit {
        Some(("only a benefit has an owner who answers for it", "remove `owner`"))
    } else if f.has("agreed") && class != Some(BenefitClass::CashReleasing) {
        Some(("only a cash-releasing benefit has cash that an owner can agree to give up", "remove `agreed`"))
    } else if f.has("asset") && kind != StreamKind::Cost {
        Some(("only a cost is spent on an asset", "remove `asset`"))
    } else {
        None
    };
    if let Some((why, hint)) = fault {
        let message = format!("`{}` must say what it is: {why}", f.path);
        f.reading.report(Problem::new(Code::StreamShape, f.table.at, message).hint(hint));
    }
    if f.reference("criterion", "criteria").is_some() && f.flag("scored_elsewhere") != Some(true) {
        let message = format!("`{}` is priced, and its criterion scores it again", f.path);
        let hint = "add scored_elsewhere = true: it then stays in net present cost and leaves the cost criterion";
        f.reading.report(Problem::new(Code::ScoredTwice, f.at("criterion"), message).hint(hint));
    }
    if matches!(kind, StreamKind::Transfer(_)) && !f.has("bearer") {
        f.missing("bearer");
    }
}

/// Reads `[assets]`.
pub(in crate::scenario) fn assets(reading: &Reading, root: &Table) -> Vec<Asset> {
    entries(reading, root, &ASSETS)
        .into_iter()
        .map(|(id, f)| {
            f.check_provenance();
            Asset {
                name: f.text("name").unwrap_or_else(|| id.clone()),
                id,
                life: f.number_required("life_years", Unit::Years),
                residual: f.flag("residual_value").unwrap_or(false),
            }
        })
        .collect()
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
