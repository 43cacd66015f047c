//! Numbers of a table: their form, range and unit, and what they rest on.

use super::defaults::Filled;
use super::document::{Node, Span, Table, Value};
use super::fields::{ESTIMATE, Field, Fields};
use super::kind::Kind;
use super::number;
use super::problem::{Code, Problem};
use crate::assumption::{Assumed, Assumption, Distribution, Evidence, Handle, Origin, Place, Quality, Unit};

/// Smallest and largest value of a plain number.
pub(super) type Bounds = (f64, f64);

/// What a table says about the numbers in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Provenance {
    pub(super) source: Option<String>,
    pub(super) evidence: Option<Evidence>,
    pub(super) quality: Option<Quality>,
    pub(super) basis: Option<String>,
}

impl Provenance {
    /// The table's own word; each part it does not give is the outer table's.
    pub(super) fn of(table: &Table, spec: &[&[Field]], outer: Self) -> Self {
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

/// The smallest figure but 0 that is taken. One still smaller is a slip of the exponent, and what is divided by it is
/// no longer a number.
const SMALLEST: f64 = 1e-12;

impl<'r> Fields<'r> {
    /// A plain number that is judgement or structure rather than an assumption.
    pub(super) fn plain(&self, key: &str, bounds: Bounds) -> Option<f64> {
        self.as_declared(key, |k| matches!(k, Kind::Plain(_, low, high) if (*low, *high) == bounds));
        self.plain_at(key, self.node(key)?, bounds)
    }

    /// A plain number at a node.
    pub(super) fn plain_at(&self, key: &str, node: &Node, (low, high): Bounds) -> Option<f64> {
        let number = self.written(key, node)?.value;
        if !(low..=high).contains(&number) {
            let message = format!("`{}.{key}` is {number}, which is outside {low} to {high}", self.path);
            // A correlation is no percentage.
            let percent = low >= 0.0 && high <= 1.0 && (low..=high).contains(&(number / 100.0));
            let hint = if percent {
                format!("write \"{number}%\" or {}", number / 100.0)
            } else {
                format!("give a number from {low} to {high}")
            };
            self.reading.report(Problem::new(Code::OutOfRange, node.at, message).hint(hint));
            return None;
        }
        Some(number)
    }

    /// A whole number.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a whole number from 0 to 10,000")]
    pub(super) fn whole(&self, key: &str, (low, high): (usize, usize)) -> Option<usize> {
        self.as_declared(key, |k| matches!(k, Kind::Whole(_, l, h) if (*l, *h) == (low, high)));
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
            let hint = number::within(text).map_or_else(
                || {
                    "write 1300000, \"£1.3m\", \"£850k\" or \"3.5%\"; leave out what is not known yet, or give an estimate"
                        .to_owned()
                },
                |found| format!("write {found}: the unit is that of the key"),
            );
            self.reading.report(Problem::new(Code::BadNumber, node.at, message).hint(hint));
        }
        if let Some(number) = number.filter(|n| n.value != 0.0 && n.value.abs() < SMALLEST) {
            let message =
                format!("`{}.{key}` is {:e}, which is smaller than any figure that can be meant", self.path, number.value);
            self.reading.report(Problem::new(Code::OutOfRange, node.at, message).hint("write 0, or mend the exponent"));
            return None;
        }
        number
    }

    /// A number of the register, plain or an estimate.
    pub(super) fn number(&self, key: &str, unit: Unit) -> Option<Assumed<f64>> {
        self.as_declared(key, |k| *k == Kind::Number(unit));
        let node = self.node(key)?;
        self.number_at(key, node, unit)
    }

    /// A number of the register at a node.
    pub(super) fn number_at(&self, key: &str, node: &Node, unit: Unit) -> Option<Assumed<f64>> {
        let assumption = if let Value::Table(table) = &node.value {
            self.estimate(key, node, table, unit)?
        } else if let Value::Filled(filled) = &node.value {
            self.filled(key, node.at, filled, unit)
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
        self.number(key, unit).unwrap_or_else(|| self.default(key, unit, default, basis))
    }

    /// A documented default, entered in the register as such.
    pub(super) fn default(&self, key: &str, unit: Unit, default: f64, basis: &str) -> Assumed<f64> {
        let mut assumption = self.assumption(key, self.place, default, unit);
        assumption.origin = Origin::Default;
        assumption.evidence = Evidence::None;
        assumption.source = None;
        assumption.quality = None;
        assumption.basis = Some(basis.to_owned());
        self.enter(assumption)
    }

    /// A figure of the library of defaults: what it rests on is the library's word, whatever the table says.
    fn filled(&self, key: &str, at: Span, filled: &Filled, unit: Unit) -> Assumption {
        debug_assert!(filled.unit == unit.label(), "{}.{key} is in {}, its default in {}", self.path, unit.label(), filled.unit);
        let [low, likely, high] = filled.range;
        let ranged = low < high;
        Assumption {
            range: ranged.then_some((low, high)),
            distribution: if ranged { Distribution::Triangular } else { Distribution::Fixed },
            evidence: filled.evidence,
            source: filled.source.clone(),
            quality: Some(Quality::Red),
            basis: Some(filled.basis.clone()),
            varies_with: filled.varies_with.clone(),
            origin: Origin::Library,
            ..self.assumption(key, at, likely, unit)
        }
    }

    fn placeholder(&self, key: &str, unit: Unit) -> Assumed<f64> {
        self.enter(self.assumption(key, self.table.at, 0.0, unit))
    }

    fn enter(&self, assumption: Assumption) -> Assumed<f64> {
        let handle: Handle = self.reading.register.borrow_mut().enter(assumption);
        Assumed::new(handle)
    }

    /// A plain number in its unit's range.
    pub(super) fn in_unit(&self, key: &str, node: &Node, unit: Unit) -> Option<f64> {
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
            self.unlikely(key, node, unit, written);
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

    /// 50% a year, or six times the price: more often a percentage without its sign.
    fn unlikely(&self, key: &str, node: &Node, unit: Unit, written: number::Written) {
        let far = match unit {
            Unit::RatePerYear => 0.2,
            // The highest bias that is published is 200% (Mott MacDonald 2002, Table 2).
            Unit::Uplift => 2.01,
            _ => return,
        };
        let value = written.value;
        if value >= far && !written.percent {
            let message = format!("`{}.{key}` is {value}, which is {}%", self.path, (100.0 * value).round());
            let hint = format!("if {value}% is meant, write \"{value}%\"; if not, write \"{}%\"", (100.0 * value).round());
            self.reading.report(Problem::new(Code::UnlikelyRate, node.at, message).hint(hint).warning());
        }
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
        let mut out = self.assumption(key, inner.at("likely"), likely, unit);
        (out.distribution, out.range) = inner.shape((low, likely, high), unit);
        let ranged = out.range.is_some();
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
        self.text("basis");
        self.check_source(self.text("source").as_deref(), evidence);
    }
}

pub(super) const EVIDENCE_WORDS: [(&str, Evidence); 4] = [
    ("sourced", Evidence::Sourced),
    ("derived", Evidence::Derived),
    ("estimate", Evidence::Estimate),
    ("unchecked", Evidence::Unchecked),
];
pub(super) const QUALITY_WORDS: [(&str, Quality); 3] =
    [("green", Quality::Green), ("amber", Quality::Amber), ("red", Quality::Red)];

fn evidence_word(word: &str) -> Option<Evidence> {
    EVIDENCE_WORDS.iter().find(|(w, _)| *w == word).map(|(_, e)| *e)
}

fn quality_word(word: &str) -> Option<Quality> {
    QUALITY_WORDS.iter().find(|(w, _)| *w == word).map(|(_, q)| *q)
}
