//! `[appraisal]`, `[paper]`, `[sources]`, `[deflator]`, `[optimism_bias]`.

use super::{Section, Shape, entries, single};
use crate::assumption::{Source, Unit};
use crate::economics::Deflator;
use crate::parameters::{self, ParameterSet};
use crate::programme::{
    BiasLevel, Combination, Frame, Funding, Mitigated, Mode, OptimismBias, OrganisationIx, PaperField, RankBasis, RiskArea,
};
use crate::quantity::{AppraisalPeriod, FinancialYear, Month};
use crate::scenario::document::Table;
use crate::scenario::fields::{EVIDENCE, Field, Fields, PROVENANCE, QUALITY, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::names_a_folder;
use crate::scenario::problem::{Code, Problem, one_of};
use crate::scenario::reading::Reading;
use jiff::civil::Date;

/// `[appraisal]`.
pub(crate) const APPRAISAL: Section = Section {
    name: "appraisal",
    shape: Shape::Single,
    doc: "What is appraised, from when, by which rules.",
    entry: Kind::Table(&[&[
        must("id", Kind::Text, "Short id; names the report folder"),
        must("title", Kind::Text, "Title of the pack"),
        may("decision", Kind::Text, "The decision sought"),
        may("sponsor", Kind::Text, "Who asks for it"),
        may("note", Kind::Text, "How the figures came about; printed on the front sheet"),
        must("as_at", Kind::Date, "The date the decision is looked at from; everything before it is sunk"),
        must("year0", Kind::Year, "The first year, undiscounted; its prices are the price base"),
        may("horizon", Kind::Whole("years", 1, 60), "Years after year 0; 10 if not given (Green Book 2026, 6.11)"),
        may("parameters", Kind::Name("id of a parameter set"), "Published parameters; green-book-2026 if not given"),
        may(
            "mode",
            Kind::OneOf(&["longlist_mcda", "shortlist", "weighted_score"]),
            "What a score may be used for (Green Book 2026, 5.14-5.15); longlist_mcda if not given",
        ),
        may(
            "rank_basis",
            Kind::OneOf(&["score", "npc", "npsv"]),
            "What ranks the options; score if not given, npc in mode shortlist",
        ),
        may("resolution", Kind::Plain("points", 0.0, 100.0), "Scores closer than this are level; 1.0 if not given"),
        may(
            "combine_panels",
            Kind::OneOf(&["equal", "seats", "median", "geometric", "none"]),
            "How panels become one score; equal if not given",
        ),
        may("lead", Kind::Id("organisations"), "The body that bears what nobody else is named for"),
    ]]),
};

/// `[paper]`.
pub(crate) const PAPER: Section = Section {
    name: "paper",
    shape: Shape::Single,
    doc: "Front-sheet fields and roles. What is not given prints \"Not provided\".",
    entry: Kind::Table(&[&[
        may("meeting", Kind::Text, "Meeting"),
        may("date", Kind::Text, "Date of the meeting"),
        may("agenda_item", Kind::Text, "Agenda item"),
        may("author", Kind::Text, "Author"),
        may("lead_director", Kind::Text, "Lead director"),
        may("purpose", Kind::Text, "Decision, assurance, discussion or information"),
        may("recommendation", Kind::Text, "Recommendation, in the author's words"),
        may("previously_considered_by", Kind::Text, "Earlier meetings"),
        may("patient_involvement", Kind::Text, "How patients and the public were involved"),
        may("equality_impact", Kind::Text, "State of the equality impact assessment"),
        may("clinical_safety", Kind::Text, "State of the clinical safety case (DCB0160)"),
        may("conflicts_of_interest", Kind::Text, "Conflicts of interest"),
        may("commissioner", Kind::Text, "Commissioner of the analysis"),
        may("analyst", Kind::Text, "Analyst"),
        may("assurer", Kind::Text, "Assurer; not the analyst"),
        may("approver", Kind::Text, "Approver"),
        may("workshop", Kind::Text, "Date, facilitator and participants of the scoring workshop"),
        may("dissent", Kind::Text, "Dissent recorded"),
    ]]),
};

/// `[sources]`.
pub(crate) const SOURCES: Section = Section {
    name: "sources",
    shape: Shape::Keyed,
    doc: "Documents that numbers refer to by id.",
    entry: Kind::Table(&[&[
        must("title", Kind::Text, "Title"),
        may("publisher", Kind::Text, "Publisher"),
        may("url", Kind::Text, "Address"),
        may("date", Kind::Text, "Date of it, as given there"),
    ]]),
};

/// `[deflator]`.
pub(crate) const DEFLATOR: Section = Section {
    name: "deflator",
    shape: Shape::Single,
    doc: "General inflation: a flat yearly rate, or an index for every year of the period. A missing year is an error; nothing is extrapolated.",
    entry: Kind::Table(&[&[
        may("rate", Kind::Plain("a year, such as \"2%\"", -0.2, 0.5), "Flat rate for all years"),
        may("index", Kind::Map(Keys::Years, &Kind::Plain("index", 1e-6, 1e9)), "Index by year, on any base"),
        must("source", Kind::Sources, "Where it comes from"),
        may("evidence", EVIDENCE, "What kind of evidence that is"),
        may("quality", QUALITY, "How good it is"),
        may("basis", Kind::Text, "Why this value"),
    ]]),
};

/// `[optimism_bias]`.
pub(crate) const OPTIMISM_BIAS: Section = Section {
    name: "optimism_bias",
    shape: Shape::Keyed,
    doc: "Uplifts on money and duration that work items, links, streams and kinds of move refer to. Own evidence first, the published table second (Green Book 2026, 6.79).",
    entry: Kind::Table(&[
        &[
            may(
                "type",
                Kind::Name("project type of the parameter set"),
                "Takes upper, middle or lower bound from the published table",
            ),
            may("level", Kind::OneOf(&["lower", "midpoint", "upper"]), "Which bound; upper if not given"),
            may("money", Kind::Number(Unit::Uplift), "Own evidence on money, instead of the table"),
            may("duration", Kind::Number(Unit::Uplift), "Own evidence on duration, instead of the table"),
            may("mitigated", Kind::Number(Unit::Share), "Share managed away by mitigation that is paid for"),
            may(
                "areas",
                Kind::Map(Keys::Own("area"), &Kind::Table(&[AREA, PROVENANCE])),
                "The same by area of risk, instead of `mitigated` (Mott MacDonald 2002, section 4): the mitigated bias is U x (1 - sum of contribution x managed)",
            ),
        ],
        PROVENANCE,
    ]),
};

/// Keys of an area of risk.
const AREA: &[Field] = &[
    must("contribution", Kind::Number(Unit::Share), "Share of the bias that it explains; those of all areas come to 1 at most"),
    must("managed", Kind::Number(Unit::Share), "Share of that which is managed away by mitigation that is paid for"),
];

/// `[funding]`.
pub(crate) const FUNDING: Section = Section {
    name: "funding",
    shape: Shape::Keyed,
    doc: "Money that a body has for this, in cash prices of each year; the gap to its cash is shown by body and year.",
    entry: Kind::Table(&[
        &[
            may("name", Kind::Text, "Name; the id if not given"),
            must("body", Kind::Id("organisations"), "Who has it"),
            may("conditions", Kind::Text, "Conditions and end date, in words"),
            must("years", Kind::Map(Keys::Years, &Kind::Number(Unit::Pounds)), "Amount by year"),
        ],
        PROVENANCE,
    ]),
};

/// Reads `[funding]`.
pub(in crate::scenario) fn funding(reading: &Reading, root: &Table, period: &AppraisalPeriod) -> Vec<Funding> {
    let one = |(id, f): (String, Fields<'_>)| {
        f.check_provenance();
        if !f.has("years") {
            f.missing("years");
        }
        let mut years = vec![None; period.years()];
        for (year, at, node) in f.entries("years") {
            let known = FinancialYear::parse(year).and_then(|y| usize::try_from(y.years_since(period.year0)).ok());
            let amount = f.number_at(&format!("years.{year}"), node, Unit::Pounds);
            match known.and_then(|y| years.get_mut(y)) {
                Some(slot) => *slot = amount,
                None => {
                    let problem =
                        Problem::new(Code::OutsidePeriod, at, format!("`{year}` is not a financial year of the period"));
                    reading.report(problem.hint("write it as \"2027/28\", from year 0 to the last year"));
                }
            }
        }
        Funding {
            name: f.text("name").unwrap_or_else(|| id.clone()),
            id,
            body: OrganisationIx(f.reference_required("body", "organisations")),
            conditions: f.text("conditions"),
            years,
        }
    };
    entries(reading, root, &FUNDING).into_iter().map(one).collect()
}

/// What `[appraisal]` and `[paper]` give.
pub(in crate::scenario) struct Opening {
    pub frame: Frame,
    pub parameters: ParameterSet,
    pub combination: Combination,
    /// Whether the period could be read. If not, another one stands in for it, so that the rest can be read as well;
    /// what is said of dates outside it means nothing then.
    pub period_known: bool,
}

/// Reads `[appraisal]` and `[paper]`. `None` if they are not there because a file could not be read: then nothing can be
/// said of the rest either.
pub(in crate::scenario) fn read(reading: &Reading, root: &Table) -> Option<Opening> {
    let Some(fields) = single(reading, root, &APPRAISAL) else {
        if root.get("appraisal").is_none() {
            if reading.has_errors() {
                return None;
            }
            let problem = Problem::new(Code::MissingKey, root.at, "the scenario has no [appraisal]");
            reading.report(problem.hint("add [appraisal] with id, title, as_at and year0"));
        }
        return Some(Opening {
            frame: nameless(),
            parameters: parameters::set(parameters::DEFAULT_SET).expect("the default set is shipped"),
            combination: Combination::Equal,
            period_known: false,
        });
    };
    let (id, title) = (fields.text_required("id"), fields.text_required("title"));
    let parameters = parameters(&fields);
    let period = period(&fields);
    let modes = [("longlist_mcda", Mode::LonglistMcda), ("shortlist", Mode::Shortlist), ("weighted_score", Mode::WeightedScore)];
    let mode = fields.choice("mode", &modes).unwrap_or(Mode::LonglistMcda);
    let bases = [("score", RankBasis::Score), ("npc", RankBasis::Npc), ("npsv", RankBasis::Npsv)];
    let basis =
        fields.choice("rank_basis", &bases).unwrap_or(if mode == Mode::Shortlist { RankBasis::Npc } else { RankBasis::Score });
    if mode == Mode::Shortlist && basis == RankBasis::Score {
        let problem = Problem::new(Code::UnknownChoice, fields.at("rank_basis"), "a shortlist is not ranked by score");
        reading.report(problem.hint("write npc or npsv, or use mode = \"longlist_mcda\" (Green Book 2026, 5.14-5.15)"));
    }
    let rules = [
        ("equal", Combination::Equal),
        ("seats", Combination::Seats),
        ("median", Combination::Median),
        ("geometric", Combination::Geometric),
        ("none", Combination::None),
    ];
    let combination = fields.choice("combine_panels", &rules).unwrap_or(Combination::Equal);
    let frame = Frame {
        id: file_name(&fields, id),
        title,
        decision: fields.text("decision"),
        sponsor: fields.text("sponsor"),
        note: fields.text("note"),
        period: period.unwrap_or_else(|other| other),
        mode,
        rank_basis: basis,
        resolution: fields.plain("resolution", (0.0, 100.0)).unwrap_or(1.0),
        lead: fields.reference("lead", "organisations").map(OrganisationIx),
        paper: paper(reading, root),
    };
    Some(Opening { frame, parameters, combination, period_known: period.is_ok() })
}

/// A frame for a scenario without one, never evaluated: the scenario is refused.
fn nameless() -> Frame {
    Frame {
        id: String::new(),
        title: String::new(),
        decision: None,
        sponsor: None,
        note: None,
        period: stand_in(None, None, 10),
        mode: Mode::LonglistMcda,
        rank_basis: RankBasis::Score,
        resolution: 1.0,
        lead: None,
        paper: Vec::new(),
    }
}

/// A period for reading on where the scenario's own cannot be read: as much of it as is known.
fn stand_in(as_at: Option<Date>, year0: Option<FinancialYear>, horizon: usize) -> AppraisalPeriod {
    let year0 =
        year0.or_else(|| as_at.map(|d| Month::of(d).financial_year())).unwrap_or_else(|| Month::new(2026, 4).financial_year());
    let period = AppraisalPeriod { as_at: year0.first_month().first_day(), year0, horizon };
    let last = period.month(period.months() - 1).first_day();
    AppraisalPeriod { as_at: as_at.filter(|d| (period.as_at..=last).contains(d)).unwrap_or(period.as_at), ..period }
}

/// The id names a folder, so it may hold only letters, digits, `-`, `_` and `.`.
fn file_name(fields: &Fields<'_>, id: String) -> String {
    // An id that is missing or empty is a fault of its own.
    if !id.is_empty() && !names_a_folder(&id) {
        let problem = Problem::new(Code::UnknownChoice, fields.at("id"), format!("`{id}` cannot name a folder"));
        fields.reading.report(problem.hint("use letters, digits, `-` and `_`"));
    }
    id
}

fn parameters(fields: &Fields<'_>) -> ParameterSet {
    let id = fields.text("parameters").unwrap_or_else(|| parameters::DEFAULT_SET.to_owned());
    parameters::set(&id).unwrap_or_else(|| {
        let problem = Problem::new(Code::UnknownReference, fields.at("parameters"), format!("there is no parameter set `{id}`"));
        fields.reading.report(problem.hint(format!("write {}", one_of(&parameters::ids()))));
        parameters::set(parameters::DEFAULT_SET).expect("the default set is shipped")
    })
}

/// The period; as an error, one that stands in for it, where its own is faulty.
fn period(fields: &Fields<'_>) -> Result<AppraisalPeriod, AppraisalPeriod> {
    for key in ["as_at", "year0"] {
        if !fields.has(key) {
            fields.missing(key);
        }
    }
    let as_at: Option<Date> = fields.date("as_at");
    let year0 = fields.text("year0").and_then(|text| {
        let year = FinancialYear::parse(&text);
        if year.is_none() {
            let problem = Problem::new(Code::BadDate, fields.at("year0"), format!("`{text}` is not a financial year"));
            fields.reading.report(problem.hint("write it as \"2027/28\""));
        }
        year
    });
    let horizon = fields.whole("horizon", (1, 60));
    let odd = fields.has("horizon") && horizon.is_none();
    let horizon = horizon.unwrap_or(10);
    let (Some(day), Some(first), false) = (as_at, year0, odd) else { return Err(stand_in(as_at, year0, horizon)) };
    let period = AppraisalPeriod { as_at: day, year0: first, horizon };
    let last = period.month(period.months() - 1).last_day();
    let outside = period.as_at < period.start().first_day() || period.as_at > last;
    if outside {
        let message =
            format!("the as-at date {} does not lie in the period {} to {last}", period.as_at, period.start().first_day());
        let problem = Problem::new(Code::BadPeriod, fields.at("as_at"), message).also(fields.at("year0"), "year 0 is given here");
        fields.reading.report(problem.hint("year 0 is the financial year of the as-at date"));
    } else if period.first_counted() >= period.months() {
        let problem =
            Problem::new(Code::BadPeriod, fields.at("as_at"), "no whole month of the period is left after the as-at date");
        fields.reading.report(problem.hint("choose an earlier as-at date or a longer horizon"));
    } else {
        return Ok(period);
    }
    Err(stand_in(None, year0, horizon))
}

fn paper(reading: &Reading, root: &Table) -> Vec<PaperField> {
    let given = single(reading, root, &PAPER);
    let keys = PAPER.fields().iter().flat_map(|f| f.iter());
    keys.map(|field| PaperField { label: label(field.key), value: given.as_ref().and_then(|g| g.text(field.key)) }).collect()
}

/// `lead_director` as "Lead director".
fn label(key: &str) -> String {
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Reads `[sources]`.
pub(in crate::scenario) fn sources(reading: &Reading, root: &Table) -> Vec<Source> {
    entries(reading, root, &SOURCES)
        .into_iter()
        .map(|(id, f)| Source {
            id,
            title: f.text_required("title"),
            publisher: f.text("publisher"),
            url: f.text("url"),
            date: f.text("date"),
        })
        .collect()
}

/// Reads `[deflator]`.
pub(in crate::scenario) fn deflator(reading: &Reading, root: &Table, period: &AppraisalPeriod) -> Deflator {
    let years = period.years();
    let flat = |source: String, evidence: String| Deflator { source, evidence, index: vec![1.0; years] };
    let Some(fields) = single(reading, root, &DEFLATOR) else {
        // Nothing is priced, so there are no prices to take inflation out of.
        let priced = ["contracts", "streams", "risks", "links", "commitments", "instances", "services", "funding"];
        if root.get("deflator").is_none() && priced.iter().any(|s| root.get(s).is_some()) {
            let problem = Problem::new(Code::MissingKey, root.at, "the scenario has no [deflator]");
            reading.report(problem.hint("add [deflator] with rate = \"2%\" or an index by year, and its source"));
        }
        return flat(String::new(), String::new());
    };
    fields.check_provenance();
    if !fields.has("source") {
        fields.missing("source");
    }
    let mut deflator =
        flat(fields.text("source").unwrap_or_default(), fields.text("evidence").unwrap_or_else(|| "sourced".to_owned()));
    match (fields.has("rate"), fields.has("index")) {
        (true, false) => {
            if let Some(rate) = fields.plain("rate", (-0.2, 0.5)) {
                deflator.index = Deflator::flat(rate, years);
            }
        }
        (false, true) => deflator.index = index(&fields, period),
        _ => {
            let problem = Problem::new(Code::MissingKey, fields.table.at, "`deflator` needs either a `rate` or an `index`");
            reading.report(problem.hint("give one of them"));
        }
    }
    deflator
}

fn index(fields: &Fields<'_>, period: &AppraisalPeriod) -> Vec<f64> {
    let given: Vec<(FinancialYear, f64)> = fields
        .entries("index")
        .into_iter()
        .filter_map(|(year, at, node)| {
            let parsed = FinancialYear::parse(year);
            if parsed.is_none() {
                let problem = Problem::new(Code::BadDate, at, format!("`{year}` is not a financial year"));
                fields.reading.report(problem.hint("write it as \"2027/28\""));
            }
            Some((parsed?, fields.plain_at("index", node, (1e-6, 1e9))?))
        })
        .collect();
    let mut missing = Vec::new();
    let mut value = |year: FinancialYear| {
        given.iter().find(|(y, _)| *y == year).map_or_else(
            || {
                missing.push(year.to_string());
                1.0
            },
            |(_, v)| *v,
        )
    };
    let base = value(period.year0);
    let index = (0..period.years()).map(|y| value(period.year(y)) / base).collect();
    missing.dedup();
    if !missing.is_empty() {
        let problem =
            Problem::new(Code::DeflatorYear, fields.at("index"), format!("the deflator has no index for {}", missing.join(", ")));
        fields.reading.report(problem.hint("add every year of the period; nothing is extrapolated"));
    }
    index
}

/// Reads `[optimism_bias]`.
pub(in crate::scenario) fn biases(reading: &Reading, root: &Table, parameters: &ParameterSet) -> Vec<OptimismBias> {
    entries(reading, root, &OPTIMISM_BIAS).into_iter().map(|(id, fields)| bias(id, &fields, parameters)).collect()
}

/// A share of the whole, or shares by area of risk.
fn mitigation(fields: &Fields<'_>) -> Mitigated {
    if !fields.has("areas") {
        return Mitigated::Share(fields.number_or("mitigated", Unit::Share, 0.0, "no mitigation is claimed unless it is given"));
    }
    if fields.has("mitigated") {
        let problem = Problem::new(Code::BiasShape, fields.at("mitigated"), format!("`{}` is mitigated twice", fields.path));
        fields.reading.report(problem.also(fields.at("areas"), "by area of risk here").hint("keep one of the two"));
    }
    let areas: Vec<RiskArea> = fields
        .subs("areas", &[AREA, PROVENANCE])
        .into_iter()
        .map(|(id, area)| {
            area.check_provenance();
            RiskArea {
                id: id.to_owned(),
                contribution: area.number_required("contribution", Unit::Share),
                managed: area.number_required("managed", Unit::Share),
            }
        })
        .collect();
    let register = fields.reading.register();
    let sum: f64 = areas.iter().map(|a| register.get(a.contribution.handle()).likely).sum();
    drop(register);
    if sum > 1.0 + 1e-9 {
        let message = format!("the areas of `{}` explain {}% of the bias", fields.path, (100.0 * sum).round());
        fields.reading.report(
            Problem::new(Code::BiasShape, fields.at("areas"), message)
                .hint("contributions are shares of the whole bias and come to 100% at most"),
        );
    }
    Mitigated::Areas(areas)
}

fn bias(id: String, fields: &Fields<'_>, parameters: &ParameterSet) -> OptimismBias {
    fields.check_provenance();
    let mitigated = mitigation(fields);
    let Some(project_type) = fields.text("type") else {
        if !fields.has("money") && !fields.has("duration") {
            fields.missing("money");
        }
        let money = fields.number_or("money", Unit::Uplift, 0.0, "own evidence is on duration only");
        return OptimismBias {
            id,
            level: BiasLevel::OwnEvidence,
            money,
            duration: fields.number("duration", Unit::Uplift),
            mitigated,
        };
    };
    let levels = [("lower", ("lower", 0.0)), ("midpoint", ("midpoint", 0.5)), ("upper", ("upper", 1.0))];
    let (level, share): (&str, f64) = fields.choice("level", &levels).unwrap_or(("upper", 1.0));
    let bounds = parameters.optimism_bias.get(&project_type).copied();
    if bounds.is_none() {
        let known: Vec<&str> = parameters.optimism_bias.keys().map(String::as_str).collect();
        let problem = Problem::new(
            Code::BiasShape,
            fields.at("type"),
            format!("{} has no project type `{project_type}`", parameters.title),
        );
        fields.reading.report(problem.hint(format!("write {}", one_of(&known))));
    }
    let between = |(low, high): (f64, f64)| low + share * (high - low);
    let basis = format!("{level} bound for {project_type}: {}", parameters.optimism_bias_source);
    let money = fields.number_or("money", Unit::Uplift, bounds.map_or(0.0, |b| between(b.money)), &basis);
    let duration = match bounds.and_then(|b| b.duration) {
        Some(d) => Some(fields.number_or("duration", Unit::Uplift, between(d), &basis)),
        None => fields.number("duration", Unit::Uplift),
    };
    OptimismBias { id, level: BiasLevel::Table { project_type, level: level.to_owned() }, money, duration, mitigated }
}
