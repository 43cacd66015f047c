//! Which sheets and columns a scenario has: one sheet for each section, with a row for each entry and a column for each key.
//!
//! A key of a table within an entry is a column `outer.inner`, as in CSV files. Named tables (the lines of a contract) and
//! lists of tables (the waves of an option) have a sheet of their own, whose first columns say what each row belongs to. The
//! likely value of an estimate stands in the column of its key, beside `.low`, `.high` and what else is said of it.

use super::super::document::{Node, Table, Value};
use super::super::fields::{ESTIMATE, Field, Spec};
use super::super::kind::Kind;
use super::super::section::{SECTIONS, Section, Shape, beside};
use super::cell::{Cell, cell, is_number};
use super::toml_text;
use indexmap::IndexMap;

/// The column of an entry that is not a table, such as `use` of `[criteria]`.
pub(super) const BARE: &str = "(value)";

/// A step from the rows of one sheet to those of a sheet below it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Step {
    /// The key, or keys with points between them.
    pub keys: String,
    /// Whether it holds a list; else it holds tables with ids.
    pub listed: bool,
}

/// A sheet: a section, or what is within its entries.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The section.
    pub section: &'static Section,
    /// The way from the section's entries.
    pub steps: Vec<Step>,
    /// What a row is.
    pub kind: Kind,
}

impl Place {
    /// Whether a sheet has one entry, written down the page: key and value.
    pub(super) fn is_single(&self) -> bool {
        self.section.shape == Shape::Single && self.steps.is_empty()
    }

    /// The headers of the columns that say which entry a row is, or belongs to.
    pub(super) fn id_headers(&self) -> Vec<String> {
        let keyed = self.section.shape != Shape::Single;
        if self.steps.is_empty() {
            return if keyed { vec!["id".to_owned()] } else { Vec::new() };
        }
        let section = keyed.then(|| format!("{} id", self.section.name));
        let steps = self.steps.iter().filter(|s| !s.listed).map(|s| format!("{} id", s.keys));
        section.into_iter().chain(steps).collect()
    }

    /// Whether each row is an item of a list.
    pub(super) fn is_listed(&self) -> bool {
        self.steps.last().is_some_and(|s| s.listed)
    }

    /// Name of the sheet.
    pub(super) fn name(&self) -> String {
        let mut name = self.section.name.replace('_', " ");
        if let Some(first) = name.get(..1) {
            name = format!("{}{}", first.to_uppercase(), &name[1..]);
        }
        for step in &self.steps {
            name = format!("{name}.{}", step.keys);
        }
        name
    }

    /// Headers of the columns that rows may have, with their fields; those of tables within included.
    pub(super) fn declared(&self) -> Vec<(String, Field)> {
        let mut all = Vec::new();
        declared(&self.kind, "", &mut all);
        all
    }

    fn below(&self, keys: String, listed: bool, kind: Kind) -> Self {
        let mut steps = self.steps.clone();
        steps.push(Step { keys, listed });
        Self { section: self.section, steps, kind }
    }
}

fn declared(kind: &Kind, prefix: &str, all: &mut Vec<(String, Field)>) {
    for field in specs(kind).into_iter().flat_map(|spec| spec.iter().flat_map(|group| group.iter())) {
        let header = join(prefix, field.key);
        all.push((header.clone(), *field));
        if table_of(&field.kind).is_some() {
            declared(&field.kind, &header, all);
        }
    }
}

/// The specifications that a value of a kind may have as a table.
fn specs(kind: &Kind) -> Vec<Spec> {
    match kind {
        Kind::Table(spec) => vec![*spec],
        Kind::Either(kinds) => kinds.iter().flat_map(specs).collect(),
        _ => Vec::new(),
    }
}

/// The kind as a table with declared keys.
pub(super) fn table_of(kind: &Kind) -> Option<Kind> {
    specs(kind).first().map(|spec| Kind::Table(spec))
}

/// What the named values of a map are, if they may be tables with declared keys.
pub(super) fn named_tables(kind: &Kind) -> Option<Kind> {
    match kind {
        Kind::Map(_, of) if table_of(of).is_some() => Some(**of),
        Kind::Either(kinds) => kinds.iter().find_map(named_tables),
        _ => None,
    }
}

/// What the items of a list of tables are.
pub(super) fn listed_tables(kind: &Kind) -> Option<Kind> {
    match kind {
        Kind::Tables(spec) => Some(Kind::Table(spec)),
        Kind::Either(kinds) => kinds.iter().find_map(listed_tables),
        _ => None,
    }
}

/// The kind of the items of a list.
pub(super) fn item(kind: &Kind) -> Option<Kind> {
    match kind {
        Kind::Tables(spec) => Some(Kind::Table(spec)),
        Kind::List(of) => Some(**of),
        Kind::Either(kinds) => kinds.iter().find_map(item),
        _ => None,
    }
}

/// The kind of what stands under a key in a table of a kind.
pub(super) fn below(kind: &Kind, key: &str) -> Option<Kind> {
    match kind {
        Kind::Table(spec) => spec.iter().flat_map(|g| g.iter()).find(|f| f.key == key).map(|f| f.kind),
        Kind::Map(_, of) => Some(**of),
        Kind::Number(_) => ESTIMATE.iter().find(|f| f.key == key).map(|f| f.kind),
        Kind::Either(kinds) => kinds.iter().find_map(|k| below(k, key)),
        _ => None,
    }
}

/// All sheets that a scenario may have.
pub(super) fn places() -> Vec<Place> {
    let mut all = Vec::new();
    for section in SECTIONS {
        let place = Place { section, steps: Vec::new(), kind: section.entry };
        all.push(place.clone());
        within(&place, &section.entry, "", &mut all);
    }
    all
}

fn within(place: &Place, kind: &Kind, prefix: &str, all: &mut Vec<Place>) {
    for field in specs(kind).into_iter().flat_map(|spec| spec.iter().flat_map(|group| group.iter())) {
        let keys = join(prefix, field.key);
        if let Some(of) = listed_tables(&field.kind) {
            all.push(place.below(keys.clone(), true, of));
        }
        if let Some(of) = named_tables(&field.kind) {
            let inner = place.below(keys.clone(), false, of);
            all.push(inner.clone());
            within(&inner, &of, "", all);
        }
        if table_of(&field.kind).is_some() {
            within(place, &field.kind, &keys, all);
        }
    }
}

/// A header from a prefix and a key; a key that is not plain stands in quotes.
pub(super) fn join(prefix: &str, key: &str) -> String {
    let plain = !key.is_empty() && key.trim() == key && !key.contains(['.', '"', '(']) && !key.contains(char::is_control);
    let key = if plain { key.to_owned() } else { toml_text::quoted(key) };
    if prefix.is_empty() { key } else { format!("{prefix}.{key}") }
}

/// The keys of a header; `None` where its quotes do not add up or a key is empty.
pub(super) fn split(header: &str) -> Option<Vec<String>> {
    let mut keys = Vec::new();
    let mut rest = header.trim();
    loop {
        let (key, after) = if rest.starts_with('"') {
            let quotes = rest.char_indices().skip(1).scan(false, |escaped, (i, c)| {
                let ends = c == '"' && !*escaped;
                *escaped = c == '\\' && !*escaped;
                Some((i, ends))
            });
            let end = quotes.into_iter().find(|(_, ends)| *ends)?.0 + 1;
            let at = super::super::document::Span { file: 0, start: 0, end: 0 };
            let Some(Value::Text(key)) = toml_text::read(&rest[..end], at) else { return None };
            (key, &rest[end..])
        } else {
            let end = rest.find('.').unwrap_or(rest.len());
            (rest[..end].trim().to_owned(), &rest[end..])
        };
        if key.is_empty() && !rest.starts_with('"') {
            return None;
        }
        keys.push(key);
        match after.strip_prefix('.') {
            Some(more) => rest = more,
            None => return after.trim().is_empty().then_some(keys),
        }
    }
}

/// A row of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Which entry it is, or belongs to.
    pub ids: Vec<String>,
    /// What is in it, by header.
    pub cells: IndexMap<String, Cell>,
}

/// A sheet with what is in it.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Where it belongs.
    pub place: Place,
    /// Headers of columns that are used, with the kinds of what stands in them.
    pub used: IndexMap<String, Option<Kind>>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// The sheets of a scenario, those below others after them, in the order of the scenario reference.
pub(super) fn sheets(root: &Table) -> Vec<Sheet> {
    let places = places();
    let mut all: Vec<Sheet> =
        places.iter().map(|p| Sheet { place: p.clone(), used: IndexMap::new(), rows: Vec::new() }).collect();
    let mut there = vec![false; all.len()];
    for (i, place) in places.iter().enumerate().filter(|(_, p)| p.steps.is_empty()) {
        let Some(Node { value: Value::Table(table), .. }) = root.get(place.section.name) else { continue };
        there[i] = true;
        let mut filling = Filling { sheets: &mut all };
        if place.section.shape == Shape::Single {
            filling.add(i, &[], table);
            continue;
        }
        for (id, (_, node)) in &table.entries {
            match &node.value {
                Value::Table(entry) => filling.add(i, std::slice::from_ref(id), entry),
                other => {
                    let kind = beside_kind(place.section, id);
                    let row = Row { ids: vec![id.clone()], cells: [(BARE.to_owned(), cell(other, kind.as_ref()))].into() };
                    filling.sheets[i].used.insert(BARE.to_owned(), kind);
                    filling.sheets[i].rows.push(row);
                }
            }
        }
    }
    let used: Vec<bool> = all.iter().zip(there).map(|(s, there)| there || !s.rows.is_empty()).collect();
    all.into_iter().zip(used).filter(|(_, used)| *used).map(|(s, _)| s).collect()
}

/// The kind of a key of the section itself.
pub(super) fn beside_kind(section: &Section, id: &str) -> Option<Kind> {
    beside(section.name).iter().flat_map(|g| g.iter()).find(|f| f.key == id).map(|f| f.kind)
}

struct Filling<'a> {
    sheets: &'a mut Vec<Sheet>,
}

impl Filling<'_> {
    /// Adds a table as a row of a sheet, and what is within it to the sheets below.
    fn add(&mut self, sheet: usize, ids: &[String], table: &Table) {
        let at = self.sheets[sheet].rows.len();
        let kind = self.sheets[sheet].place.kind;
        let kind = table_of(&kind).unwrap_or(kind);
        self.sheets[sheet].rows.push(Row { ids: ids.to_vec(), cells: IndexMap::new() });
        self.fill((sheet, at), ids, table, Some(&kind), "");
    }

    fn fill(&mut self, row: (usize, usize), ids: &[String], table: &Table, kind: Option<&Kind>, prefix: &str) {
        for (key, (_, node)) in &table.entries {
            let header = join(prefix, key);
            let kind = kind.and_then(|k| below(k, key));
            match (&node.value, &kind) {
                (Value::Table(inner), _) if inner.entries.is_empty() => self.put(row, header, &node.value, kind),
                (Value::Table(inner), Some(k)) if is_estimate(k, inner) => self.estimate(row, &header, inner, k),
                (Value::Table(inner), Some(k)) => match named_tables(k).and_then(|_| self.under(row.0, &header, false)) {
                    Some(sheet) => self.named(row, (sheet, ids), &header, inner, k),
                    None => {
                        let of = named_tables(k).map_or_else(|| table_or_map(k), |_| *k);
                        self.fill(row, ids, inner, Some(&of), &header);
                    }
                },
                (Value::Table(inner), None) => self.fill(row, ids, inner, None, &header),
                (Value::List(items), Some(k)) if listed_tables(k).is_some() && whole_tables(items) => {
                    match self.under(row.0, &header, true) {
                        Some(sheet) => items.iter().for_each(|i| {
                            if let Value::Table(item) = &i.value {
                                self.add(sheet, ids, item);
                            }
                        }),
                        None => self.put(row, header, &node.value, kind),
                    }
                }
                _ => self.put(row, header, &node.value, kind),
            }
        }
    }

    /// Named tables become rows of the sheet below; other named values stay in columns.
    fn named(&mut self, row: (usize, usize), (sheet, ids): (usize, &[String]), header: &str, table: &Table, kind: &Kind) {
        for (id, (_, node)) in &table.entries {
            match &node.value {
                Value::Table(entry) => self.add(sheet, &[ids, std::slice::from_ref(id)].concat(), entry),
                other => self.put(row, join(header, id), other, below(kind, id)),
            }
        }
    }

    fn estimate(&mut self, row: (usize, usize), header: &str, table: &Table, kind: &Kind) {
        for (key, (_, node)) in &table.entries {
            let header = if key == "likely" { header.to_owned() } else { join(header, key) };
            let kind = if key == "likely" { Some(*kind) } else { below(kind, key) };
            self.put(row, header, &node.value, kind);
        }
    }

    /// The sheet below another; items of lists have none.
    fn under(&self, sheet: usize, keys: &str, listed: bool) -> Option<usize> {
        let place = &self.sheets[sheet].place;
        let mut steps = place.steps.clone();
        steps.push(Step { keys: keys.to_owned(), listed });
        self.sheets.iter().position(|s| s.place.section.name == place.section.name && s.place.steps == steps)
    }

    fn put(&mut self, (sheet, row): (usize, usize), header: String, value: &Value, kind: Option<Kind>) {
        let sheet = &mut self.sheets[sheet];
        sheet.rows[row].cells.insert(header.clone(), cell(value, kind.as_ref()));
        sheet.used.entry(header).or_insert(kind);
    }
}

fn table_or_map(kind: &Kind) -> Kind {
    table_of(kind).unwrap_or(*kind)
}

/// Whether all items are tables with something in them.
pub(super) fn whole_tables(items: &[Node]) -> bool {
    !items.is_empty() && items.iter().all(|i| matches!(&i.value, Value::Table(t) if !t.entries.is_empty()))
}

/// Whether a table is an estimate with a likely value that is not a table or list itself.
pub(super) fn is_estimate(kind: &Kind, table: &Table) -> bool {
    let plain = |n: &Node| !matches!(n.value, Value::Table(_) | Value::List(_));
    is_number(Some(kind)) && kind.any(&|k| matches!(k, Kind::Number(_))) && table.get("likely").is_some_and(plain)
}

impl Sheet {
    /// All columns in order, with the field of each where it has one: keys of the rows themselves, keys of tables that are
    /// used, and what else is used.
    pub(super) fn columns(&self) -> Vec<(String, Option<Kind>, Option<Field>)> {
        let declared = self.place.declared();
        let top = |header: &str| !header.contains('.');
        let table_used = |header: &str| {
            let outer = header.rsplit_once('.').map_or("", |(outer, _)| outer);
            self.used.keys().any(|u| u.starts_with(&format!("{outer}.")))
        };
        let scalar = |f: &Field| {
            let tables = table_of(&f.kind).is_some() || listed_tables(&f.kind).is_some() || matches!(f.kind, Kind::Map(..));
            !tables || f.kind.any(&|k| !matches!(k, Kind::Table(_) | Kind::Tables(_) | Kind::Map(..) | Kind::Either(_)))
        };
        let wanted = |(header, f): &&(String, Field)| scalar(f) && (top(header) || table_used(header));
        let mut headers: IndexMap<String, Option<Kind>> =
            declared.iter().filter(wanted).map(|(h, f)| (h.clone(), Some(f.kind))).collect();
        for (header, kind) in &self.used {
            headers.entry(header.clone()).or_insert(*kind);
        }
        let field = |header: &str| declared.iter().find(|(h, _)| h == header).map(|(_, f)| *f);
        let rank = |header: &str| declared.iter().rposition(|(h, _)| header == h || header.starts_with(&format!("{h}.")));
        let part = |header: &str| {
            let (outer, last) = header.rsplit_once('.').unwrap_or(("", header));
            ESTIMATE.iter().position(|f| f.key == last && headers.contains_key(outer)).map(|n| (outer.to_owned(), n + 1))
        };
        let seen = |header: &str| headers.get_index_of(header).unwrap_or(usize::MAX);
        let order = |header: &String| {
            let (group, within) = part(header).unwrap_or_else(|| (header.clone(), 0));
            (rank(header).unwrap_or(usize::MAX), seen(&group), within)
        };
        let mut all: Vec<(String, Option<Kind>, Option<Field>)> =
            headers.iter().map(|(h, k)| (h.clone(), *k, field(h))).collect();
        all.sort_by_cached_key(|(h, _, _)| order(h));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_sheet_has_a_name_of_its_own_that_excel_takes() {
        let mut names = BTreeSet::from([super::super::README.to_lowercase(), super::super::COLUMNS.to_lowercase()]);
        for place in places() {
            let name = place.name();
            // 31 characters, none of []:*?/\\, no apostrophe at an end, not "History".
            assert!(name.chars().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']), "{name}");
            assert!(name != "History" && names.insert(name.to_lowercase()), "{name}");
            let ids = place.id_headers();
            let declared = place.declared();
            let headers: BTreeSet<&String> = ids.iter().chain(declared.iter().map(|(h, _)| h)).collect();
            assert_eq!(headers.len(), ids.len() + declared.len(), "{name} has a column twice");
        }
    }

    #[test]
    fn headers_are_put_together_and_taken_apart() {
        for keys in [&["users"][..], &["users", "low"], &["years", "2027/28"], &["a.b", "c"], &["say \"so\"", "\\"], &["", " x "]]
        {
            let header =
                keys.iter().fold(String::new(), |prefix, key| if prefix.is_empty() { join("", key) } else { join(&prefix, key) });
            assert_eq!(
                split(&header).as_deref(),
                Some(&keys.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>()[..]),
                "{header}"
            );
        }
        for odd in ["", "a..b", "a.", "\"a", "\"a\"b"] {
            assert_eq!(split(odd), None, "{odd}");
        }
    }
}
