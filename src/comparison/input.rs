//! What was put in differently.

use crate::appraisal::result::comparison::{Difference, EntryChange, EntryDifference, NumberChange, NumberState};
use crate::appraisal::result::{Appraisal, AssumptionView};
use crate::scenario::outline::Statement;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What differs in how two appraisals were run.
pub(super) fn run(a: &Appraisal, b: &Appraisal) -> Vec<Difference> {
    let (p, q) = (&a.provenance, &b.provenance);
    let number = |n: u64| Some(n.to_string());
    let all = [
        ("engine version", Some(p.engine_version.clone()), Some(q.engine_version.clone())),
        ("parameter set", Some(p.parameter_set.clone()), Some(q.parameter_set.clone())),
        ("library of defaults", p.defaults.clone(), q.defaults.clone()),
        ("seed", p.seed.and_then(number), q.seed.and_then(number)),
        ("draws", number(p.draws), number(q.draws)),
    ];
    let differs = all.into_iter().filter(|(_, first, second)| first != second);
    differs.map(|(what, first, second)| Difference { what: what.to_owned(), first, second }).collect()
}

/// Numbers of the assumptions log that differ: those of the second in its order, then those it has no longer.
pub(super) fn numbers(a: &Appraisal, b: &Appraisal) -> Vec<NumberChange> {
    let of = |x: &'_ Appraisal| -> HashMap<String, usize> {
        x.assumptions.iter().enumerate().map(|(i, v)| (v.id.clone(), i)).collect()
    };
    let (in_a, in_b) = (of(a), of(b));
    let one = |v: &AssumptionView| match in_a.get(&v.id).map(|i| &a.assumptions[*i]) {
        None => Some(change(v, "added", Vec::new(), (None, Some(state(v))))),
        Some(was) => {
            let differs = differs(was, v);
            (!differs.is_empty()).then(|| change(v, "changed", differs, (Some(state(was)), Some(state(v)))))
        }
    };
    let gone = a.assumptions.iter().filter(|v| !in_b.contains_key(&v.id));
    let gone = gone.map(|v| change(v, "removed", Vec::new(), (Some(state(v)), None)));
    b.assumptions.iter().filter_map(one).chain(gone).collect()
}

fn change(
    v: &AssumptionView,
    change: &str,
    differs: Vec<String>,
    (first, second): (Option<NumberState>, Option<NumberState>),
) -> NumberChange {
    NumberChange {
        id: v.id.clone(),
        name: v.name.clone(),
        unit: v.unit.clone(),
        change: change.to_owned(),
        differs,
        first,
        second,
    }
}

fn state(v: &AssumptionView) -> NumberState {
    NumberState {
        value: v.value,
        low: v.low,
        high: v.high,
        source: v.source.clone(),
        evidence: v.evidence.clone(),
        origin: v.origin.clone(),
        file: v.file.clone(),
        line: v.line,
    }
}

/// What of a number differs. That it stands in another file or line is no difference.
fn differs(was: &AssumptionView, is: &AssumptionView) -> Vec<String> {
    let all = [
        ("value", was.value.to_bits() != is.value.to_bits()),
        ("range", (was.low, was.high) != (is.low, is.high)),
        ("unit", was.unit != is.unit),
        ("source", was.source != is.source),
        ("evidence", was.evidence != is.evidence),
        ("quality", was.quality != is.quality),
        ("basis", was.basis != is.basis),
        ("origin", was.origin != is.origin),
    ];
    all.into_iter().filter(|(_, other)| *other).map(|(word, _)| word.to_owned()).collect()
}

/// Where in a scenario an entry stands.
type Place = (String, Option<String>);

/// What an entry says: by key, the statement.
type Entry<'s> = IndexMap<&'s str, &'s Statement>;

/// Entries that differ in anything but numbers of the assumptions log, in the order of the sections.
pub(super) fn entries((a, said_a): (&Appraisal, &[Statement]), (b, said_b): (&Appraisal, &[Statement])) -> Vec<EntryChange> {
    let known = Numbers::of([a, b]);
    let (of_a, of_b) = (grouped(said_a), grouped(said_b));
    let renamed = renamed(&of_a, &of_b);
    let mut found: Vec<(Place, EntryChange)> = Vec::new();
    for (place, is) in &of_b {
        let was_at = if of_a.contains_key(place) { Some(place) } else { renamed.get(place) };
        let change = match was_at {
            Some(was_at) => changed((was_at, &of_a[was_at]), (place, is), &known),
            None => Some(whole(place, is, "added")),
        };
        found.extend(change.map(|c| (place.clone(), c)));
    }
    let kept: HashSet<&Place> = renamed.values().collect();
    let gone = of_a.iter().filter(|(place, _)| !of_b.contains_key(*place) && !kept.contains(place));
    found.extend(gone.map(|(place, was)| (place.clone(), whole(place, was, "removed"))));
    // Sections stand in the order of the reference; within one, what is there before what is gone.
    let mut order: Vec<&str> = Vec::new();
    for (section, _) in of_b.keys().chain(of_a.keys()) {
        if !order.contains(&section.as_str()) {
            order.push(section);
        }
    }
    found.sort_by_key(|((section, _), _)| order.iter().position(|s| s == section));
    found.into_iter().map(|(_, change)| change).collect()
}

fn grouped(said: &[Statement]) -> IndexMap<Place, Entry<'_>> {
    let mut all: IndexMap<Place, Entry<'_>> = IndexMap::new();
    for s in said {
        all.entry((s.section.clone(), s.id.clone())).or_default().insert(&s.key, s);
    }
    all
}

/// New entries that are old ones under another id: of the same section and name, or else saying the same throughout.
fn renamed(of_a: &IndexMap<Place, Entry<'_>>, of_b: &IndexMap<Place, Entry<'_>>) -> BTreeMap<Place, Place> {
    let mut found: BTreeMap<Place, Place> = BTreeMap::new();
    let text = |e: &Entry<'_>, key: &str| e.get(key).map(|s| s.text.clone());
    let same_name = |x: &Entry<'_>, y: &Entry<'_>| text(x, "name").is_some_and(|n| text(y, "name") == Some(n));
    let same_text = |x: &Entry<'_>, y: &Entry<'_>| {
        let rest = |e: &Entry<'_>| -> BTreeMap<String, String> {
            e.iter().filter(|(k, _)| **k != "name").map(|(k, s)| ((*k).to_owned(), s.text.clone())).collect()
        };
        rest(x).len() > 1 && rest(x) == rest(y)
    };
    for alike in [&same_name as &dyn Fn(&Entry<'_>, &Entry<'_>) -> bool, &same_text] {
        for (place, is) in of_b.iter().filter(|(p, _)| !of_a.contains_key(*p)) {
            if found.contains_key(place) {
                continue;
            }
            let free = |p: &&Place| p.0 == place.0 && !of_b.contains_key(*p) && !found.values().any(|f| f == *p);
            let was = of_a.keys().filter(free).find(|p| alike(&of_a[*p], is)).cloned();
            if let Some(was) = was {
                found.insert(place.clone(), was);
            }
        }
    }
    found
}

fn whole(place: &Place, entry: &Entry<'_>, change: &str) -> EntryChange {
    let at = entry.first().and_then(|(_, s)| at(s));
    EntryChange {
        section: place.0.clone(),
        id: place.1.clone(),
        was: None,
        name: name(place, entry),
        change: change.to_owned(),
        differences: Vec::new(),
        first_at: at.clone().filter(|_| change == "removed"),
        second_at: at.filter(|_| change == "added"),
    }
}

fn changed((was_at, was): (&Place, &Entry<'_>), (place, is): (&Place, &Entry<'_>), known: &Numbers) -> Option<EntryChange> {
    let keys = is.keys().chain(was.keys().filter(|k| !is.contains_key(*k)));
    let one = |key: &&str| {
        let (first, second) = (was.get(key), is.get(key));
        let text = |s: Option<&&Statement>| s.map(|s| s.text.clone());
        let differs = text(first) != text(second) && !known.holds(place, key) && !known.holds(was_at, key);
        differs.then(|| EntryDifference {
            key: (*key).to_owned(),
            first: text(first),
            second: text(second),
            at: second.or(first).and_then(|s| at(s)),
            step: false,
        })
    };
    let differences: Vec<EntryDifference> = keys.filter_map(one).collect();
    let other_id = was_at != place;
    (other_id || !differences.is_empty()).then(|| EntryChange {
        section: place.0.clone(),
        id: place.1.clone(),
        was: was_at.1.clone().filter(|_| other_id),
        name: name(place, is),
        change: if other_id || (differences.len() == 1 && differences[0].key == "name") { "renamed" } else { "changed" }
            .to_owned(),
        differences,
        first_at: was.first().and_then(|(_, s)| at(s)),
        second_at: is.first().and_then(|(_, s)| at(s)),
    })
}

fn at(s: &Statement) -> Option<String> {
    (!s.file.is_empty()).then(|| format!("{}:{}", s.file, s.line))
}

fn name((section, id): &Place, entry: &Entry<'_>) -> String {
    entry.get("name").map(|s| s.text.clone()).filter(|n| !n.is_empty()).or_else(|| id.clone()).unwrap_or_else(|| section.clone())
}

/// What of an estimate is compared with the number: the rest (its shape, what it varies with) moves draws alone.
const COMPARED: [&str; 7] = ["likely", "low", "high", "source", "evidence", "quality", "basis"];

/// The ids of numbers, which are compared apart.
struct Numbers(Vec<String>);

impl Numbers {
    fn of(both: [&Appraisal; 2]) -> Self {
        let mut ids: Vec<String> = both.iter().flat_map(|a| a.assumptions.iter().map(|v| v.id.clone())).collect();
        ids.sort();
        ids.dedup();
        Self(ids)
    }

    /// Whether what stands at a key is a number of the log, a part of one that is compared with it, or a list of some.
    fn holds(&self, (section, id): &Place, key: &str) -> bool {
        let path = [Some(section.as_str()), id.as_deref(), Some(key).filter(|k| !k.is_empty())];
        let path = path.into_iter().flatten().collect::<Vec<_>>().join(".");
        let is = |p: &str| self.0.binary_search_by(|i| i.as_str().cmp(p)).is_ok();
        let part = path.rsplit_once('.').is_some_and(|(number, part)| COMPARED.contains(&part) && is(number));
        let list = || {
            let open = format!("{path}[");
            let from = self.0.partition_point(|i| i.as_str() < open.as_str());
            self.0.get(from).is_some_and(|i| i.starts_with(&open))
        };
        is(&path) || part || list()
    }
}

/// Parts of a result that were put in, each with the keys that are, or none for all but the last, which follow from
/// numbers.
const KEPT: [(&str, &[&str]); 12] = [
    ("organisations", &["name", "status", "successor"]),
    ("systems", &["name", "product", "supplier", "operator", "tenancy"]),
    ("services", &["name", "line", "organisation", "place", "setting", "slots"]),
    ("contracts", &["name", "kind", "body", "instance", "start", "end"]),
    ("funding", &["name", "body", "kind", "conditions", "end"]),
    ("benefits", &["name", "class", "owner", "agreed", "options"]),
    ("milestones", &["name", "date", "ready"]),
    ("freezes", &["name", "from", "to", "organisations", "places", "services"]),
    ("hazards", &["name", "initial", "residual", "mitigation", "options"]),
    ("options", &["name", "kind", "role", "description", "unmonetised"]),
    ("criteria", &["name", "group", "unit", "anchors", "function", "knots", "measure", "scored"]),
    ("panels", &["name", "seats", "points"]),
];

const FRAME: [&str; 8] = ["decision", "sponsor", "year0", "horizon", "mode", "rank_basis", "resolution", "deflator_source"];

/// What a result keeps of what was put in.
pub(super) fn kept(a: &Appraisal) -> Vec<Statement> {
    let Ok(value) = serde_json::to_value(a) else { return Vec::new() };
    let mut all = Vec::new();
    for key in FRAME {
        leaves(&value["frame"][key], ("appraisal", None), key, &mut all);
    }
    leaves(&value["as_at"], ("appraisal", None), "as_at", &mut all);
    leaves(&value["panel_combination"], ("appraisal", None), "combine_panels", &mut all);
    for (section, keys) in KEPT {
        for entry in value[section].as_array().into_iter().flatten() {
            let id = entry["id"].as_str();
            for key in keys {
                leaves(&entry[*key], (section, id), key, &mut all);
            }
        }
    }
    all
}

fn leaves(value: &Value, place: (&str, Option<&str>), key: &str, all: &mut Vec<Statement>) {
    let text = match value {
        Value::Null => return,
        Value::Object(fields) => {
            return fields.iter().for_each(|(name, below)| leaves(below, place, &format!("{key}.{name}"), all));
        }
        Value::Array(list) => {
            let plain = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
            list.iter().map(plain).collect::<Vec<_>>().join(", ")
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let (section, id) = (place.0.to_owned(), place.1.map(str::to_owned));
    all.push(Statement { section, id, key: key.to_owned(), text, file: String::new(), line: 0 });
}
