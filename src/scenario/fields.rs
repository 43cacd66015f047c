//! Reading one table: each key by name, with its kind checked, every fault noted, nothing guessed.
//!
//! The keys a table may have are declared once, as [`Field`]s; from that list come the check for
//! unknown keys, "did you mean", and the scenario reference in `docs/`.

use super::document::{Node, Span, Table, Value};
use super::estimate::Provenance;
use super::kind::Kind;
use super::number;
use super::problem::{Code, Problem, did_you_mean, one_of};
use super::reading::Reading;
use crate::quantity::{Month, Quarter};
use jiff::civil::Date;

/// One key a table may have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Field {
    /// Key.
    pub key: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// Whether it must be given.
    pub required: bool,
    /// What it means.
    pub doc: &'static str,
}

/// The keys of a table, in groups that several tables may share.
pub(super) type Spec = &'static [&'static [Field]];

/// A key that must be given.
pub(super) const fn must(key: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { key, kind, required: true, doc }
}

/// A key that may be given.
pub(super) const fn may(key: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { key, kind, required: false, doc }
}

/// Words for kinds of evidence.
pub(super) const EVIDENCE: Kind = Kind::OneOf(&["sourced", "derived", "estimate", "unchecked"]);

/// Words for how good evidence is.
pub(super) const QUALITY: Kind = Kind::OneOf(&["green", "amber", "red"]);

/// Keys that say where the numbers of a table come from, for all numbers in it that do not say so
/// themselves.
pub(super) const PROVENANCE: &[Field] = &[
    may("source", Kind::Sources, "Where the numbers of this table come from"),
    may("evidence", EVIDENCE, "What kind of evidence that is"),
    may("quality", QUALITY, "How good it is"),
    may("basis", Kind::Text, "Why these values"),
];

/// Keys of an estimate.
pub(super) const ESTIMATE: &[Field] = &[
    must("likely", Kind::InUnit, "The likely value"),
    may("low", Kind::InUnit, "A low value"),
    may("high", Kind::InUnit, "A high value"),
    may(
        "distribution",
        Kind::OneOf(&["fixed", "uniform", "triangular", "pert", "normal", "lognormal", "discrete", "quantiles"]),
        "Shape: triangular if a range is given; low and high are P10 and P90 of normal and lognormal, the limits of all others",
    ),
    may("values", Kind::List(&Kind::InUnit), "Of a discrete estimate what it may be; of one by quantiles, values in order"),
    may(
        "probabilities",
        Kind::List(&Kind::Plain("share", 0.0, 1.0)),
        "Of each of the values; of one by quantiles that of being below it, from 0 to 1",
    ),
    may("source", Kind::Sources, "Where it comes from"),
    may(
        "evidence",
        EVIDENCE,
        "What kind of evidence that is: by default an estimate if there is a range, else sourced if there is a source",
    ),
    may("quality", QUALITY, "How good it is"),
    may("basis", Kind::Text, "Why this value"),
    may("varies_with", Kind::Text, "A driver that it shares with other estimates"),
];

/// The key that was meant: the closest, the one that is the same but for its case, or the only one that begins with it
/// (`notice` for `notice_months`) or that it begins with (`users (staff)`).
fn suggested<'a>(key: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    let word = key.trim().to_lowercase().replace([' ', '-'], "_");
    let longer = |k: &&&str| {
        let (k, word) = (**k, word.as_str());
        k.strip_prefix(word).is_some_and(|rest| rest.starts_with('_'))
            || word.strip_prefix(k).is_some_and(|rest| rest.starts_with('_'))
    };
    let mut long = known.iter().filter(longer);
    let only = long.next().copied().filter(|_| word.len() > 2 && long.next().is_none());
    let same = known.iter().copied().find(|k| *k == word);
    same.or_else(|| did_you_mean(key, known.iter().copied())).or(only)
}

/// The article that goes before a key.
fn article(key: &str) -> &'static str {
    let an = key.starts_with(['a', 'e', 'i', 'o']) || ["uplift", "hours"].iter().any(|w| key.starts_with(w));
    if an && !key.starts_with("once") { "an" } else { "a" }
}

/// One table being read.
pub(super) struct Fields<'r> {
    pub(super) reading: &'r Reading,
    pub(super) path: String,
    pub(super) table: &'r Table,
    pub(super) spec: Spec,
    /// Where defaults of the table are said to stand: the table, or what it is missing from.
    pub(super) place: Span,
    /// Where its numbers come from, unless they say so themselves: its own word, or that of the table
    /// it is part of.
    pub(super) provenance: Provenance,
}

impl<'r> Fields<'r> {
    pub(super) fn refuse_unknown_keys(&self) {
        let known = || self.spec.iter().flat_map(|s| s.iter()).map(|f| f.key);
        for (key, (at, node)) in &self.table.entries {
            if matches!(&node.value, Value::Text(text) if text.trim().is_empty()) {
                let problem = Problem::new(Code::MissingKey, node.at, format!("`{}.{key}` is empty", self.path));
                self.reading.report(problem.hint("give it, or leave the key out"));
            }
            if known().any(|k| k == key) {
                continue;
            }
            if self.path.starts_with("options.") && ["year0", "horizon", "as_at"].contains(&key.as_str()) {
                let message = format!("`{}` has a `{key}` of its own", self.path);
                let hint =
                    "all options share the period of [appraisal]; let what comes later start later (Green Book 2026, 6.10)";
                self.reading.report(Problem::new(Code::OwnPeriod, *at, message).hint(hint));
                continue;
            }
            let names: Vec<&str> = known().collect();
            let column = self.column(key, *at);
            let hint = match (suggested(key, names.iter().copied()), column) {
                (Some(close), _) => format!("did you mean `{close}`?"),
                (None, None) => format!("it may have {}", one_of(&names)),
                (None, Some(_)) => format!("its rows may have {}", one_of(&names)),
            };
            let message = column.map_or_else(
                || format!("`{}` does not take a key `{key}`", self.path),
                |(file, column)| format!("the rows of `{file}` do not take a column `{column}`"),
            );
            let problem = Problem::new(Code::UnknownKey, *at, message).hint(hint);
            self.reading.report(if column.is_some() { problem.leading() } else { problem });
        }
    }

    /// The file and column that a key is, where it stands in the header of a CSV file: what is wrong with it is
    /// wrong once, however many rows there are.
    fn column(&self, key: &str, at: Span) -> Option<(&str, &str)> {
        let files = &self.reading.files;
        let name = files.name(at.file);
        let header = files.text(at.file).get(at.start..at.end)?.trim().trim_matches('"');
        (name.to_ascii_lowercase().ends_with(".csv") && header.ends_with(key)).then_some((name, header))
    }

    pub(super) fn node(&self, key: &str) -> Option<&'r Node> {
        debug_assert!(self.declared(key).is_some(), "{key} is not declared for {}", self.path);
        self.table.get(key)
    }

    fn declared(&self, key: &str) -> Option<&'static Field> {
        self.spec.iter().flat_map(|s| s.iter()).find(|f| f.key == key)
    }

    /// Holds reading to the declaration, from which reference and schema are made: a key read as
    /// something else than it is declared to be is a fault of this program. Keys within keys
    /// (`years.2027/28`) have no declaration of their own.
    pub(super) fn as_declared(&self, key: &str, fits: impl Fn(&Kind) -> bool) {
        debug_assert!(
            self.declared(key).is_none_or(|f| f.kind.any(&fits)),
            "{key} of {} is declared as {:?}",
            self.path,
            self.declared(key).map(|f| f.kind)
        );
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
    ///
    /// A key that is there under a name close to it has been refused as unknown; a column that a file does not have is
    /// said once, however many rows there are.
    pub(super) fn missing(&self, key: &str) {
        if self.misspelt(key) {
            return;
        }
        let kind = self.declared(key).map_or(Kind::Text, |f| f.kind);
        let example = kind.example().map_or_else(String::new, |e| format!(", such as {e}"));
        if let Some((file, header)) = self.without_column(key) {
            let problem = Problem::new(Code::MissingKey, header, format!("`{file}` has no column `{key}`"));
            self.reading.report(problem.hint(format!("add a column `{key}`: {}{example}", kind.words())).leading());
            return;
        }
        let problem = Problem::new(Code::MissingKey, self.table.at, format!("`{}` needs {} `{key}`", self.path, article(key)));
        self.reading.report(problem.hint(format!("add `{key}` = {}{example}", kind.words())));
    }

    /// Whether an unknown key of the table is close to a key.
    pub(super) fn misspelt(&self, key: &str) -> bool {
        let known = || self.spec.iter().flat_map(|s| s.iter()).map(|f| f.key);
        let unknown = || self.table.entries.keys().filter(|k| !known().any(|n| n == *k));
        unknown().any(|k| suggested(k, known()) == Some(key))
    }

    /// The CSV file in which the table is a row and which has no column for a key, with the place of its header.
    fn without_column(&self, key: &str) -> Option<(&str, Span)> {
        let (files, file) = (&self.reading.files, self.table.at.file);
        let name = files.name(file);
        if !name.to_ascii_lowercase().ends_with(".csv") || self.table.entries.values().any(|(_, node)| node.at.file != file) {
            return None;
        }
        let text = files.text(file);
        let header = text.split(['\r', '\n']).next().unwrap_or_default();
        let columns = || header.split([',', ';']).map(|c| c.trim().trim_matches(['"', '\u{feff}']));
        // A cell that is left empty in one row is that row's fault.
        let there = columns().any(|c| c == key || c.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')));
        (self.table.at.start >= header.len() && !there).then_some((name, Span { file, start: 0, end: header.len() }))
    }

    pub(super) fn wrong_kind(&self, key: &str, node: &Node, wanted: &str) {
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
        self.as_declared(key, |k| *k == Kind::Flag);
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
        self.as_declared(key, |k| matches!(k, Kind::OneOf(all) if all.iter().eq(words.iter().map(|(w, _)| w))));
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
        self.as_declared(key, |k| matches!(k, Kind::Date | Kind::Month));
        let node = self.node(key)?;
        let text = self.text(key)?;
        let date = number::date(&text);
        if date.is_none() {
            let message = format!("`{text}` is not a day between 1900 and 2300");
            let hint = number::spreadsheet_date(&text).unwrap_or(
                "write it as 2026-03-31; 31/03/2026 (the day comes first) and 31 March 2026 are read as well, and the month \
                 must have that day",
            );
            self.reading.report(Problem::new(Code::BadDate, node.at, message).hint(hint));
        }
        date
    }

    /// A first month: a day, a quarter or a financial year.
    pub(super) fn month(&self, key: &str) -> Option<Month> {
        self.as_declared(key, |k| *k == Kind::Month);
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
            let hint = number::spreadsheet_date(text).unwrap_or("write 2026-10-01, \"2026/27 Q3\" or \"2026/27\"");
            self.reading.report(Problem::new(Code::BadDate, node.at, message).hint(hint));
        }
        month
    }

    /// A go-live: the first day of a quarter.
    pub(super) fn go_live(&self, key: &str) -> Option<Month> {
        self.as_declared(key, |k| *k == Kind::GoLive);
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

    /// The position of the thing that a key names.
    pub(super) fn reference(&self, key: &str, section: &str) -> Option<usize> {
        self.as_declared(key, |k| matches!(k, Kind::Id(of) if *of == section));
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
        self.as_declared(key, |k| matches!(k, Kind::Ids(of) if *of == section));
        let ids = self.texts(key)?;
        Some(ids.iter().filter_map(|(id, at)| self.reading.resolve(section, id, *at)).collect())
    }

    /// A table found at a node of this one.
    pub(super) fn inner(&self, suffix: &str, table: &'r Table, spec: Spec) -> Fields<'r> {
        self.reading.open_in(format!("{}.{suffix}", self.path), table, spec, self.provenance.clone())
    }

    /// A table under a key.
    pub(super) fn sub(&self, key: &str, spec: Spec) -> Option<Fields<'r>> {
        self.as_declared(key, |k| *k == Kind::Table(spec));
        let node = self.node(key)?;
        if let Value::Table(table) = &node.value {
            Some(self.reading.open_in(format!("{}.{key}", self.path), table, spec, self.provenance.clone()))
        } else {
            self.wrong_kind(key, node, "a table");
            None
        }
    }

    /// A table under a key, or one that gives all its defaults.
    pub(super) fn sub_or_defaults(&self, key: &str, spec: Spec) -> Fields<'r> {
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
    pub(super) fn subs(&self, key: &str, spec: Spec) -> Vec<(&'r str, Fields<'r>)> {
        self.as_declared(key, |k| matches!(k, Kind::Map(_, value) if **value == Kind::Table(spec)));
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
    pub(super) fn tables(&self, key: &str, spec: Spec) -> Vec<Fields<'r>> {
        self.as_declared(key, |k| *k == Kind::Tables(spec));
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
