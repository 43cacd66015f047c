//! Reading one table: each key by name, with its kind checked, every fault noted, nothing guessed.
//!
//! The keys a table may have are declared once, as [`Field`]s; from that list come the check for
//! unknown keys, "did you mean", and the scenario reference in `docs/`.

use super::document::{Files, Node, Span, Table, Value};
use super::number;
use super::problem::{Code, Problem, did_you_mean, one_of};
use crate::assumption::{Assumed, Assumption, Distribution, Evidence, Handle, Origin, Place, Quality, Register, Unit};
use crate::quantity::{Month, Quarter};
use indexmap::IndexMap;
use jiff::civil::Date;
use std::cell::{Ref, RefCell};

/// One key a table may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    /// Key.
    pub key: &'static str,
    /// What may stand there, in words, with its unit.
    pub kind: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// What it means.
    pub doc: &'static str,
}

/// A key that must be given.
pub(super) const fn must(key: &'static str, kind: &'static str, doc: &'static str) -> Field {
    Field { key, kind, required: true, doc }
}

/// A key that may be given.
pub(super) const fn may(key: &'static str, kind: &'static str, doc: &'static str) -> Field {
    Field { key, kind, required: false, doc }
}

/// Keys that say where the numbers of a table come from, for all numbers in it that do not say so
/// themselves.
pub(super) const PROVENANCE: &[Field] = &[
    may("source", "source ids, separated by `;`", "Where the numbers of this table come from"),
    may("evidence", "sourced, derived, estimate or unchecked", "What kind of evidence that is"),
    may("quality", "green, amber or red", "How good it is"),
    may("basis", "text", "Why these values"),
];

/// Keys of an estimate.
pub(super) const ESTIMATE: &[Field] = &[
    must("likely", "number", "The likely value"),
    may("low", "number", "A low value"),
    may("high", "number", "A high value"),
    may(
        "distribution",
        "fixed, uniform, triangular, pert, normal or lognormal",
        "Shape between low and high; triangular if a range is given",
    ),
    may("source", "source ids, separated by `;`", "Where it comes from"),
    may(
        "evidence",
        "sourced, derived, estimate or unchecked",
        "What kind of evidence that is: by default an estimate if there is a range, else sourced if there is a source",
    ),
    may("quality", "green, amber or red", "How good it is"),
    may("basis", "text", "Why this value"),
    may("varies_with", "text", "A driver that it shares with other estimates"),
];

/// All that reading needs: files, faults found so far, the register, and the ids of all sections.
pub(super) struct Reading {
    pub(super) files: Files,
    pub(super) problems: RefCell<Vec<Problem>>,
    register: RefCell<Register>,
    ids: IndexMap<String, IndexMap<String, Span>>,
    /// Stands for a section that is not given, so that its defaults are read like any other.
    absent: Table,
}

impl Reading {
    pub(super) fn new(files: Files, problems: Vec<Problem>, ids: IndexMap<String, IndexMap<String, Span>>) -> Self {
        Self {
            files,
            problems: RefCell::new(problems),
            register: RefCell::new(Register::default()),
            ids,
            absent: Table::absent(),
        }
    }

    pub(super) fn report(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    pub(super) fn register(&self) -> Ref<'_, Register> {
        self.register.borrow()
    }

    pub(super) fn finish(self) -> (Files, Vec<Problem>, Register) {
        (self.files, self.problems.into_inner(), self.register.into_inner())
    }

    pub(super) fn has_errors(&self) -> bool {
        self.problems.borrow().iter().any(|p| p.severity == super::problem::Severity::Error)
    }

    /// The ids of a section, in the programme's order.
    pub(super) fn ids(&self, section: &str) -> impl Iterator<Item = &str> {
        self.ids.get(section).into_iter().flat_map(|m| m.keys().map(String::as_str))
    }

    /// Where an id of a section is given.
    pub(super) fn place(&self, section: &str, index: usize) -> Option<Span> {
        self.ids.get(section)?.get_index(index).map(|(_, span)| *span)
    }

    /// The position of an id in its section; a fault if there is none.
    pub(super) fn resolve(&self, section: &str, id: &str, at: Span) -> Option<usize> {
        let known = self.ids.get(section);
        if let Some(index) = known.and_then(|ids| ids.get_index_of(id)) {
            return Some(index);
        }
        let hint = match did_you_mean(id, self.ids(section)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => match self.ids(section).collect::<Vec<_>>().as_slice() {
                [] => format!("the scenario has no [{section}]; add one"),
                names if names.len() <= 12 => format!("[{section}] has {}", one_of(names)),
                names => format!("[{section}] has {} entries; use the id of one of them", names.len()),
            },
        };
        self.report(Problem::new(Code::UnknownReference, at, format!("nothing in [{section}] has the id `{id}`")).hint(hint));
        None
    }

    /// A section that is not given.
    pub(super) fn absent<'r>(&'r self, path: &str, spec: &'static [&'static [Field]]) -> Fields<'r> {
        self.open(path, &self.absent, spec)
    }

    /// A table with the keys it may have.
    pub(super) fn open<'r>(&'r self, path: impl Into<String>, table: &'r Table, spec: &'static [&'static [Field]]) -> Fields<'r> {
        self.open_in(path.into(), table, spec, Provenance::default())
    }

    fn open_in<'r>(&'r self, path: String, table: &'r Table, spec: &'static [&'static [Field]], outer: Provenance) -> Fields<'r> {
        let provenance = Provenance::of(table, spec, outer);
        let fields = Fields { reading: self, path, table, spec, place: table.at, provenance };
        fields.refuse_unknown_keys();
        fields
    }
}

/// A number of the scenario is money, users, a share ...: what `Fields::plain` may hold.
pub(super) type Bounds = (f64, f64);

/// One table being read.
pub(super) struct Fields<'r> {
    pub(super) reading: &'r Reading,
    pub(super) path: String,
    pub(super) table: &'r Table,
    spec: &'static [&'static [Field]],
    /// Where defaults of the table are said to stand: the table, or what it is missing from.
    place: Span,
    /// Where its numbers come from, unless they say so themselves: its own word, or that of the table
    /// it is part of.
    provenance: Provenance,
}

/// What a table says about the numbers in it.
#[derive(Debug, Clone, Default)]
struct Provenance {
    source: Option<String>,
    evidence: Option<Evidence>,
    quality: Option<Quality>,
    basis: Option<String>,
}

impl Provenance {
    /// The table's own word; each part it does not give is the outer table's.
    fn of(table: &Table, spec: &[&[Field]], outer: Self) -> Self {
        let speaks = spec.iter().any(|s| s.iter().any(|f| f.key == "evidence"));
        let own = |key: &str| match table.get(key).map(|n| &n.value) {
            Some(Value::Text(t)) if speaks && !t.trim().is_empty() => Some(t.trim().to_owned()),
            _ => None,
        };
        let (source, evidence) = (own("source"), own("evidence").and_then(|w| evidence_word(&w)));
        // A source of one's own is not of the outer table's grade.
        let outer_evidence = if source.is_some() { None } else { outer.evidence };
        Self {
            evidence: evidence.or(outer_evidence),
            source: source.or(outer.source),
            quality: own("quality").and_then(|w| quality_word(&w)).or(outer.quality),
            basis: own("basis").or(outer.basis),
        }
    }
}

impl<'r> Fields<'r> {
    fn refuse_unknown_keys(&self) {
        let known = || self.spec.iter().flat_map(|s| s.iter()).map(|f| f.key);
        for (key, (at, node)) in &self.table.entries {
            if matches!(&node.value, Value::Text(text) if text.trim().is_empty()) {
                let problem = Problem::new(Code::MissingKey, node.at, format!("`{}.{key}` is empty", self.path));
                self.reading.report(problem.hint("give it, or leave the key out"));
            }
            if known().any(|k| k == key) {
                continue;
            }
            let names: Vec<&str> = known().collect();
            let hint = match did_you_mean(key, names.iter().copied()) {
                Some(close) => format!("did you mean `{close}`?"),
                None => format!("it may have {}", one_of(&names)),
            };
            let problem = Problem::new(Code::UnknownKey, *at, format!("`{}` does not take a key `{key}`", self.path));
            self.reading.report(problem.hint(hint));
        }
    }

    fn node(&self, key: &str) -> Option<&'r Node> {
        debug_assert!(self.spec.iter().any(|s| s.iter().any(|f| f.key == key)), "{key} is not declared for {}", self.path);
        self.table.get(key)
    }

    /// Whether a key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.node(key).is_some()
    }

    /// The place of a key's value, or of the table.
    pub(super) fn at(&self, key: &str) -> Span {
        self.table.get(key).map_or(self.table.at, |n| n.at)
    }

    /// Notes that a key is missing.
    pub(super) fn missing(&self, key: &str) {
        let kind = self.spec.iter().flat_map(|s| s.iter()).find(|f| f.key == key).map_or("", |f| f.kind);
        let problem = Problem::new(Code::MissingKey, self.table.at, format!("`{}` needs a `{key}`", self.path));
        self.reading.report(problem.hint(format!("add `{key}` = {kind}")));
    }

    fn wrong_kind(&self, key: &str, node: &Node, wanted: &str) {
        let message = format!("`{}.{key}` must be {wanted}, not {}", self.path, node.value.kind());
        self.reading.report(Problem::new(Code::WrongKind, node.at, message).hint(format!("write {wanted}")));
    }

    /// Text.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let node = self.node(key)?;
        match &node.value {
            Value::Text(text) | Value::Number(text) | Value::Date(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            _ => {
                self.wrong_kind(key, node, "text in quotes");
                None
            }
        }
    }

    /// Text that must be there.
    pub(super) fn text_required(&self, key: &str) -> String {
        if !self.has(key) {
            self.missing(key);
        }
        self.text(key).unwrap_or_default()
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        let node = self.node(key)?;
        let word = match &node.value {
            Value::Flag(flag) => return Some(*flag),
            Value::Text(text) => text.trim().to_ascii_lowercase(),
            _ => String::new(),
        };
        match word.as_str() {
            "true" | "yes" | "y" => Some(true),
            "false" | "no" | "n" => Some(false),
            _ => {
                self.wrong_kind(key, node, "true or false");
                None
            }
        }
    }

    /// One of some words. Hyphens, spaces and underscores are the same.
    pub(super) fn choice<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let node = self.node(key)?;
        let written = self.text(key)?;
        let word = written.to_lowercase().replace(['-', ' '], "_");
        if let Some((_, value)) = words.iter().find(|(w, _)| *w == word) {
            return Some(*value);
        }
        let names: Vec<&str> = words.iter().map(|(w, _)| *w).collect();
        let hint = did_you_mean(&word, names.iter().copied())
            .map_or_else(|| format!("write {}", one_of(&names)), |c| format!("did you mean `{c}`?"));
        let message = format!("`{}.{key}` cannot be `{written}`", self.path);
        self.reading.report(Problem::new(Code::UnknownChoice, node.at, message).hint(hint));
        None
    }

    /// A day.
    pub(super) fn date(&self, key: &str) -> Option<Date> {
        let node = self.node(key)?;
        let text = self.text(key)?;
        let date = number::date(&text);
        if date.is_none() {
            let message = format!("`{text}` is not a day between 1900 and 2300");
            self.reading.report(Problem::new(Code::BadDate, node.at, message).hint("write it as 2026-03-31"));
        }
        date
    }

    /// A first month: a day, a quarter or a financial year.
    pub(super) fn month(&self, key: &str) -> Option<Month> {
        let node = self.node(key)?;
        self.month_at(node)
    }

    fn month_at(&self, node: &Node) -> Option<Month> {
        let (Value::Text(text) | Value::Date(text)) = &node.value else {
            let message = format!("a date is wanted here, not {}", node.value.kind());
            self.reading.report(Problem::new(Code::WrongKind, node.at, message).hint("write 2026-10-01 or \"2026/27 Q3\""));
            return None;
        };
        let month = number::month(text);
        if month.is_none() {
            let message = format!("`{text}` is not a day, a quarter or a financial year");
            self.reading
                .report(Problem::new(Code::BadDate, node.at, message).hint("write 2026-10-01, \"2026/27 Q3\" or \"2026/27\""));
        }
        month
    }

    /// A go-live: the first day of a quarter.
    pub(super) fn go_live(&self, key: &str) -> Option<Month> {
        self.go_live_at(self.node(key)?)
    }

    /// A go-live at a node.
    pub(super) fn go_live_at(&self, node: &Node) -> Option<Month> {
        let month = self.month_at(node)?;
        let quarter = Quarter::of(month);
        let exact = match &node.value {
            Value::Text(text) | Value::Date(text) => number::date(text).is_none_or(|d| d == quarter.first_month().first_day()),
            _ => true,
        };
        if !exact {
            let next = Quarter::of(month.plus(3));
            let message = "go-live must be the first day of a quarter (1 April, 1 July, 1 October or 1 January)";
            let hint = format!("write \"{quarter}\" or \"{next}\"");
            self.reading.report(Problem::new(Code::NotAQuarterStart, node.at, message).hint(hint));
            return None;
        }
        Some(month)
    }

    /// A plain number that is judgement or structure rather than an assumption.
    pub(super) fn plain(&self, key: &str, bounds: Bounds) -> Option<f64> {
        self.plain_at(key, self.node(key)?, bounds)
    }

    /// A plain number at a node.
    pub(super) fn plain_at(&self, key: &str, node: &Node, (low, high): Bounds) -> Option<f64> {
        let number = self.written(key, node)?.value;
        if !(low..=high).contains(&number) {
            let message = format!("`{}.{key}` is {number}, which is outside {low} to {high}", self.path);
            self.reading
                .report(Problem::new(Code::OutOfRange, node.at, message).hint(format!("give a number from {low} to {high}")));
            return None;
        }
        Some(number)
    }

    /// A whole number.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a whole number from 0 to 10,000")]
    pub(super) fn whole(&self, key: &str, (low, high): (usize, usize)) -> Option<usize> {
        let bound = |n: usize| f64::from(u32::try_from(n).expect("small bounds"));
        let node = self.node(key)?;
        let number = self.plain_at(key, node, (bound(low), bound(high)))?;
        if number.fract() != 0.0 {
            let message = format!("`{}.{key}` must be a whole number", self.path);
            self.reading.report(Problem::new(Code::OutOfRange, node.at, message).hint("leave out the part after the point"));
            return None;
        }
        Some(number as usize)
    }

    fn written(&self, key: &str, node: &Node) -> Option<number::Written> {
        let (Value::Number(text) | Value::Text(text)) = &node.value else {
            self.wrong_kind(key, node, "a number");
            return None;
        };
        let number = number::number(text);
        if number.is_none() {
            let message = format!("`{text}` is not a number");
            self.reading
                .report(Problem::new(Code::BadNumber, node.at, message).hint("write 1300000, \"£1.3m\", \"£850k\" or \"3.5%\""));
        }
        number
    }

    /// A number of the register, plain or an estimate.
    pub(super) fn number(&self, key: &str, unit: Unit) -> Option<Assumed<f64>> {
        let node = self.node(key)?;
        self.number_at(key, node, unit)
    }

    /// A number of the register at a node.
    pub(super) fn number_at(&self, key: &str, node: &Node, unit: Unit) -> Option<Assumed<f64>> {
        let assumption = if let Value::Table(table) = &node.value {
            self.estimate(key, node, table, unit)?
        } else {
            let likely = self.in_unit(key, node, unit)?;
            self.assumption(key, node.at, likely, unit)
        };
        Some(self.enter(assumption))
    }

    /// A number that must be there.
    pub(super) fn number_required(&self, key: &str, unit: Unit) -> Assumed<f64> {
        if !self.has(key) {
            self.missing(key);
        }
        // The placeholder is never evaluated: a scenario with faults is refused as a whole.
        self.number(key, unit).unwrap_or_else(|| self.placeholder(key, unit))
    }

    /// A number with a documented default, entered in the register as such.
    pub(super) fn number_or(&self, key: &str, unit: Unit, default: f64, basis: &str) -> Assumed<f64> {
        self.number(key, unit).unwrap_or_else(|| {
            let mut assumption = self.assumption(key, self.place, default, unit);
            assumption.origin = Origin::Default;
            assumption.evidence = Evidence::None;
            assumption.source = None;
            assumption.quality = None;
            assumption.basis = Some(basis.to_owned());
            self.enter(assumption)
        })
    }

    fn placeholder(&self, key: &str, unit: Unit) -> Assumed<f64> {
        self.enter(self.assumption(key, self.table.at, 0.0, unit))
    }

    fn enter(&self, assumption: Assumption) -> Assumed<f64> {
        let handle: Handle = self.reading.register.borrow_mut().enter(assumption);
        Assumed::new(handle)
    }

    /// A plain number in its unit's range.
    fn in_unit(&self, key: &str, node: &Node, unit: Unit) -> Option<f64> {
        let written = self.written(key, node)?;
        let odd = if written.percent && !unit.is_ratio() {
            Some("a percentage")
        } else if written.pounds && !unit.is_money() {
            Some("an amount of money")
        } else if written.scaled && !unit.may_be_large() {
            Some("in thousands or millions")
        } else {
            None
        };
        if let Some(odd) = odd {
            let message = format!("`{}.{key}` is written as {odd}, but it is {}", self.path, unit.label());
            self.reading.report(Problem::new(Code::BadNumber, node.at, message).hint("write it in the unit of the key"));
            return None;
        }
        let (low, high) = unit.range();
        let value = written.value;
        if (low..=high).contains(&value) {
            return Some(value);
        }
        let unit_word = unit.label();
        let message = format!("`{}.{key}` is {value} ({unit_word}), which is outside {low} to {high}", self.path);
        let hint = if unit.is_ratio() && (low..=high).contains(&(value / 100.0)) {
            format!("write \"{value}%\" or {}", value / 100.0)
        } else if value < 0.0 {
            "a number here cannot be negative".to_owned()
        } else {
            format!("give a number from {low} to {high}")
        };
        self.reading.report(Problem::new(Code::OutOfRange, node.at, message).hint(hint));
        None
    }

    fn assumption(&self, key: &str, at: Span, likely: f64, unit: Unit) -> Assumption {
        let place = self.reading.files.position(at);
        let known = self.provenance.clone();
        let unsaid = if known.source.is_some() { Evidence::Sourced } else { Evidence::None };
        Assumption {
            id: format!("{}.{key}", self.path),
            likely,
            range: None,
            distribution: Distribution::Fixed,
            unit,
            evidence: known.evidence.unwrap_or(unsaid),
            source: known.source,
            quality: known.quality,
            basis: known.basis,
            varies_with: None,
            origin: Origin::Given,
            place: Place { file: place.file, line: place.line, column: place.column },
        }
    }

    fn estimate(&self, key: &str, node: &Node, table: &'r Table, unit: Unit) -> Option<Assumption> {
        let inner = self.reading.open(format!("{}.{key}", self.path), table, &[ESTIMATE]);
        if !inner.has("likely") {
            inner.missing("likely");
        }
        let read = |k: &str| inner.node(k).and_then(|n| inner.in_unit(k, n, unit));
        let (low, likely, high) = (read("low"), read("likely")?, read("high"));
        if low.is_some_and(|l| l > likely) || high.is_some_and(|h| h < likely) {
            let message = format!("low, likely and high of `{}` are not in order", inner.path);
            self.reading.report(
                Problem::new(Code::EstimateOrder, node.at, message).hint("low must not be above likely, nor likely above high"),
            );
        }
        let ranged = low.is_some() || high.is_some();
        let mut out = self.assumption(key, inner.at("likely"), likely, unit);
        out.range = ranged.then(|| (low.unwrap_or(likely), high.unwrap_or(likely)));
        let shapes = [
            ("fixed", Distribution::Fixed),
            ("uniform", Distribution::Uniform),
            ("triangular", Distribution::Triangular),
            ("pert", Distribution::Pert),
            ("normal", Distribution::Normal),
            ("lognormal", Distribution::Lognormal),
        ];
        out.distribution =
            inner.choice("distribution", &shapes).unwrap_or(if ranged { Distribution::Triangular } else { Distribution::Fixed });
        inner.refine(&mut out, ranged, self.provenance.evidence.is_some());
        out.varies_with = inner.text("varies_with");
        Some(out)
    }

    /// Source, evidence, quality and basis of an estimate; what it does not say, its table may.
    fn refine(&self, out: &mut Assumption, ranged: bool, explicit: bool) {
        let given = self.choice("evidence", &EVIDENCE_WORDS);
        let source = self.text("source");
        let inherited = source.is_none() && explicit;
        if source.is_some() {
            out.source = source;
        }
        let unsaid = match (ranged, out.source.is_some()) {
            (true, _) => Evidence::Estimate,
            (false, true) => Evidence::Sourced,
            (false, false) => Evidence::None,
        };
        out.evidence = given.unwrap_or(if inherited { out.evidence } else { unsaid });
        out.quality = self.choice("quality", &QUALITY_WORDS).or(out.quality);
        out.basis = self.text("basis").or_else(|| out.basis.take());
        self.check_source(out.source.as_deref(), out.evidence);
    }

    /// Sources must be listed, and a sourced figure must have one.
    fn check_source(&self, source: Option<&str>, evidence: Evidence) {
        if self.has("source") {
            for id in source.unwrap_or_default().split(';').map(str::trim).filter(|s| !s.is_empty()) {
                self.reading.resolve("sources", id, self.at("source"));
            }
        } else if source.is_none() && matches!(evidence, Evidence::Sourced | Evidence::Derived) {
            let message = format!("`{}` is said to be {} but names no source", self.path, evidence.word());
            self.reading.report(
                Problem::new(Code::SourceMissing, self.at("evidence"), message)
                    .hint("add source = \"an id of [sources]\", or call it an estimate"),
            );
        }
    }

    /// Checks the provenance keys of a table that has them.
    pub(super) fn check_provenance(&self) {
        let evidence = self.choice("evidence", &EVIDENCE_WORDS).unwrap_or(Evidence::None);
        self.choice("quality", &QUALITY_WORDS);
        self.check_source(self.text("source").as_deref(), evidence);
    }

    /// The position of the thing that a key names.
    pub(super) fn reference(&self, key: &str, section: &str) -> Option<usize> {
        let id = self.text(key)?;
        self.reading.resolve(section, &id, self.at(key))
    }

    /// The same, where it must be given.
    pub(super) fn reference_required(&self, key: &str, section: &str) -> usize {
        if !self.has(key) {
            self.missing(key);
        }
        self.reference(key, section).unwrap_or(0)
    }

    /// A list of texts: a list, or words separated by `;`.
    pub(super) fn texts(&self, key: &str) -> Option<Vec<(String, Span)>> {
        let node = self.node(key)?;
        match &node.value {
            Value::List(items) => Some(
                items
                    .iter()
                    .filter_map(|i| {
                        if let Value::Text(t) = &i.value {
                            Some((t.trim().to_owned(), i.at))
                        } else {
                            self.wrong_kind(key, i, "text in quotes");
                            None
                        }
                    })
                    .collect(),
            ),
            Value::Text(text) => {
                Some(text.split(';').map(str::trim).filter(|t| !t.is_empty()).map(|t| (t.to_owned(), node.at)).collect())
            }
            _ => {
                self.wrong_kind(key, node, "a list of texts");
                None
            }
        }
    }

    /// Positions of the things that a key lists.
    pub(super) fn references(&self, key: &str, section: &str) -> Option<Vec<usize>> {
        let ids = self.texts(key)?;
        Some(ids.iter().filter_map(|(id, at)| self.reading.resolve(section, id, *at)).collect())
    }

    /// A table found at a node of this one.
    pub(super) fn inner(&self, suffix: &str, table: &'r Table, spec: &'static [&'static [Field]]) -> Fields<'r> {
        self.reading.open_in(format!("{}.{suffix}", self.path), table, spec, self.provenance.clone())
    }

    /// A table under a key.
    pub(super) fn sub(&self, key: &str, spec: &'static [&'static [Field]]) -> Option<Fields<'r>> {
        let node = self.node(key)?;
        if let Value::Table(table) = &node.value {
            Some(self.reading.open_in(format!("{}.{key}", self.path), table, spec, self.provenance.clone()))
        } else {
            self.wrong_kind(key, node, "a table");
            None
        }
    }

    /// A table under a key, or one that gives all its defaults.
    pub(super) fn sub_or_defaults(&self, key: &str, spec: &'static [&'static [Field]]) -> Fields<'r> {
        let absent = || Fields {
            place: self.place,
            ..self.reading.open_in(format!("{}.{key}", self.path), &self.reading.absent, spec, self.provenance.clone())
        };
        self.sub(key, spec).unwrap_or_else(absent)
    }

    /// Entries of a table under a key, whatever their keys are.
    pub(super) fn entries(&self, key: &str) -> Vec<(&'r str, Span, &'r Node)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        if let Value::Table(table) = &node.value {
            table.entries.iter().map(|(k, (at, n))| (k.as_str(), *at, n)).collect()
        } else {
            self.wrong_kind(key, node, "a table");
            Vec::new()
        }
    }

    /// Named tables under a key.
    pub(super) fn subs(&self, key: &str, spec: &'static [&'static [Field]]) -> Vec<(&'r str, Fields<'r>)> {
        let open = |(id, _, node): (&'r str, Span, &'r Node)| {
            if let Value::Table(table) = &node.value {
                Some((id, self.reading.open_in(format!("{}.{key}.{id}", self.path), table, spec, self.provenance.clone())))
            } else {
                self.wrong_kind(key, node, "a table");
                None
            }
        };
        self.entries(key).into_iter().filter_map(open).collect()
    }

    /// Nodes of a list under a key.
    pub(super) fn items(&self, key: &str) -> Vec<&'r Node> {
        let Some(node) = self.node(key) else { return Vec::new() };
        if let Value::List(items) = &node.value {
            items.iter().collect()
        } else {
            self.wrong_kind(key, node, "a list in [brackets]");
            Vec::new()
        }
    }

    /// Tables in a list under a key.
    pub(super) fn tables(&self, key: &str, spec: &'static [&'static [Field]]) -> Vec<Fields<'r>> {
        let open = |(i, node): (usize, &'r Node)| {
            if let Value::Table(table) = &node.value {
                Some(self.reading.open_in(format!("{}.{key}[{i}]", self.path), table, spec, self.provenance.clone()))
            } else {
                self.wrong_kind(key, node, "a table in {braces}");
                None
            }
        };
        self.items(key).into_iter().enumerate().filter_map(open).collect()
    }
}

const EVIDENCE_WORDS: [(&str, Evidence); 4] = [
    ("sourced", Evidence::Sourced),
    ("derived", Evidence::Derived),
    ("estimate", Evidence::Estimate),
    ("unchecked", Evidence::Unchecked),
];
const QUALITY_WORDS: [(&str, Quality); 3] = [("green", Quality::Green), ("amber", Quality::Amber), ("red", Quality::Red)];

fn evidence_word(word: &str) -> Option<Evidence> {
    EVIDENCE_WORDS.iter().find(|(w, _)| *w == word).map(|(_, e)| *e)
}

fn quality_word(word: &str) -> Option<Quality> {
    QUALITY_WORDS.iter().find(|(w, _)| *w == word).map(|(_, q)| *q)
}
