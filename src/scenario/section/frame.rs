//! `[appraisal]`, `[paper]`, `[sources]`.
//!
//! What else the author writes for the paper is in [`super::paper`].

use super::{Section, Shape, entries, single};
use crate::assumption::Source;
use crate::parameters::{self, ParameterSet};
use crate::programme::{Combination, Frame, Mode, OrganisationIx, PaperField, RankBasis};
use crate::quantity::{AppraisalPeriod, FinancialYear, Month};
use crate::scenario::document::Table;
use crate::scenario::fields::{Fields, may, must};
use crate::scenario::kind::Kind;
use crate::scenario::names_a_folder;
use crate::scenario::problem::{Code, Problem, one_of};
use crate::scenario::reading::Reading;
use jiff::civil::Date;

/// The largest seed: JSON readers keep whole numbers up to 2^53 - 1 as they are.
const MOST_SEED: usize = (1 << 53) - 1;

/// Where no seed is given.
const SEED: u64 = 1;

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
            "defaults",
            Kind::Name("id of a library of defaults"),
            "Library that fills what is left out (epr-2026-11), each figure marked as a default; nothing is filled if not given",
        ),
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
        may(
            "seed",
            Kind::Whole("number", 0, MOST_SEED),
            "Seed of everything that is drawn; the same seed gives the same results. 1 if not given",
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
        may("assurance_level", Kind::Text, "Level of assurance that the paper gives"),
        may("strategic_objective", Kind::Text, "Strategic objective that it serves"),
        may("strategic_risk", Kind::Text, "Entry of the board assurance framework that it bears on"),
        may("quality_domain", Kind::Text, "Domain of the Care Quality Commission that it bears on"),
        may(
            "recommendation",
            Kind::Text,
            "Recommendation, in the author's words; the pack proposes a wording where none is given",
        ),
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
    let defaults = defaults(&fields);
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
        defaults,
        title,
        decision: fields.text("decision"),
        sponsor: fields.text("sponsor"),
        note: fields.text("note"),
        period: period.unwrap_or_else(|other| other),
        mode,
        rank_basis: basis,
        resolution: fields.plain("resolution", (0.0, 100.0)).unwrap_or(1.0),
        seed: fields.whole("seed", (0, MOST_SEED)).map_or(SEED, |seed| seed as u64),
        lead: fields.reference("lead", "organisations").map(OrganisationIx),
        paper: paper(reading, root),
    };
    Some(Opening { frame, parameters, combination, period_known: period.is_ok() })
}

/// A frame for a scenario without one, never evaluated: the scenario is refused.
fn nameless() -> Frame {
    Frame {
        id: String::new(),
        defaults: None,
        title: String::new(),
        decision: None,
        sponsor: None,
        note: None,
        period: stand_in(None, None, 10),
        mode: Mode::LonglistMcda,
        rank_basis: RankBasis::Score,
        resolution: 1.0,
        seed: SEED,
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

/// The library of defaults; it has filled the tree already.
fn defaults(fields: &Fields<'_>) -> Option<String> {
    let id = fields.text("defaults")?;
    if parameters::library(&id).is_none() {
        let problem =
            Problem::new(Code::UnknownReference, fields.at("defaults"), format!("there is no library of defaults `{id}`"));
        fields.reading.report(problem.hint(format!("write {}", one_of(&parameters::libraries()))));
    }
    Some(id)
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
        if FinancialYear::of(period.as_at) != first {
            let message =
                format!("the as-at date {} lies after year 0, {first}: what comes before it counts as spent", period.as_at);
            let problem = Problem::new(Code::BadPeriod, fields.at("as_at"), message);
            fields.reading.report(
                problem
                    .also(fields.at("year0"), "year 0 is given here")
                    .hint("year 0 is usually the financial year of the as-at date; money is discounted to it")
                    .warning(),
            );
        }
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
