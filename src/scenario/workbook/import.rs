//! From the cells of a workbook to the tree of a scenario, in which every part knows its cell.

use super::super::document::{self, Files, Node, Span, Table, Value};
use super::super::kind::Kind;
use super::super::problem::{Code, Problem, did_you_mean};
use super::super::section::Shape;
use super::cell::{self, Cell, is_number};
use super::cells::{Raw, RawSheet};
use super::layout::{self, BARE, Place};
use super::{COLUMNS, MADE_FROM, README};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// What a workbook says.
#[derive(Debug)]
pub(super) struct Imported {
    /// Its sheets as text, for messages.
    pub files: Files,
    /// The scenario.
    pub root: Table,
    /// What is wrong with cells, headers and sheets.
    pub problems: Vec<Problem>,
    /// The sheets of the scenario that are there by name, with the keys of the columns of each.
    pub sheets: IndexMap<String, Vec<Vec<String>>>,
    /// The place of the list of sheets.
    pub list: Span,
    /// What the workbook says that it was made from.
    pub made_from: Option<String>,
}

/// Reads sheets as a scenario.
pub(super) fn read(name: &str, sheets: &[RawSheet]) -> Imported {
    let mut files = Files::default();
    let names: Vec<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
    let list = files.add(name, names.join("\n"));
    let list = Span { file: list, start: 0, end: names.first().map_or(0, |n| n.len()) };
    let mut out =
        Imported { files, root: Table::new(list), problems: Vec::new(), sheets: IndexMap::new(), list, made_from: None };
    out.made_from = sheets.iter().filter(|s| plain(&s.name) == plain(README)).find_map(made_from);
    let places = layout::places();
    let mut found: Vec<Option<Grid>> = places.iter().map(|_| None).collect();
    let mut line_start = 0;
    for sheet in sheets {
        let at = Span { file: 0, start: line_start, end: line_start + sheet.name.len() };
        line_start = at.end + 1;
        match place_of(&places, &sheet.name) {
            Ok(Some(i)) => {
                if found[i].is_some() {
                    let problem = Problem::new(Code::DuplicateId, at, format!("there are two sheets for `{}`", places[i].name()));
                    out.problems.push(problem.hint("keep one of them"));
                    continue;
                }
                out.sheets.insert(places[i].name(), Vec::new());
                found[i] = Some(Grid::new(&mut out.files, sheet));
            }
            Ok(None) => {}
            Err(hint) => {
                let message = format!("the sheet `{}` is no part of a scenario", sheet.name);
                let problem = Problem::new(Code::UnknownSection, at, message);
                out.problems.push(match hint {
                    Some(close) => problem.hint(format!("did you mean `{close}`? a sheet of your own needs a name less like it")),
                    None => problem.hint("it is left out").warning(),
                });
            }
        }
    }
    for (place, grid) in places.iter().zip(found) {
        if let Some(grid) = grid {
            Reader { place, grid: &grid, out: &mut out }.read();
        }
    }
    out
}

/// The place of a sheet by its name; `None` for sheets that are there to be read by people. `Err` with a name that may
/// have been meant.
fn place_of(places: &[Place], name: &str) -> Result<Option<usize>, Option<String>> {
    if [README, COLUMNS].iter().any(|own| plain(own) == plain(name)) {
        return Ok(None);
    }
    if let Some(i) = places.iter().position(|p| plain(&p.name()) == plain(name)) {
        return Ok(Some(i));
    }
    let names: Vec<String> = places.iter().map(Place::name).collect();
    Err(did_you_mean(name, names.iter().map(String::as_str)).map(str::to_owned))
}

fn plain(sheet: &str) -> String {
    sheet.trim().to_lowercase().replace(' ', "_")
}

/// What stands beside the words for what a workbook was made from.
fn made_from(sheet: &RawSheet) -> Option<String> {
    let ((row, _), _) = sheet.cells.iter().find(|((_, column), raw)| *column == 0 && raw.cell.shown().trim() == MADE_FROM)?;
    sheet.cells.get(&(*row, 1)).map(|raw| raw.cell.shown().trim().to_owned())
}

/// A sheet, and where its cells are in its text: a line for each row.
struct Grid {
    cells: BTreeMap<(u32, u32), (Raw, Span)>,
    start: Span,
}

impl Grid {
    fn new(files: &mut Files, sheet: &RawSheet) -> Self {
        let (mut text, mut ranges) = (String::new(), Vec::new());
        let mut line = 0;
        for ((row, column), raw) in &sheet.cells {
            // So many empty rows are not written by people.
            let skipped = row.saturating_sub(line).min(1_048_576);
            text.extend(std::iter::repeat_n('\n', usize::try_from(skipped).unwrap_or(0)));
            if skipped == 0 && !ranges.is_empty() {
                text.push_str(" | ");
            }
            line = *row;
            let start = text.len();
            let shown = raw
                .fault
                .as_ref()
                .map_or_else(|| raw.cell.shown(), |_| raw.formula.as_ref().map_or_else(|| "#".to_owned(), |f| format!("={f}")));
            text.push_str(&shown.replace(['\n', '\r'], " "));
            ranges.push(((*row, *column), start..text.len()));
        }
        let file = files.add(&sheet.name, text);
        let placed = |((row, column), range): &((u32, u32), std::ops::Range<usize>)| {
            (range.clone(), usize::try_from(*row).unwrap_or(0) + 1, document::Column::Lettered(*column))
        };
        files.cells[file] = ranges.iter().map(placed).collect();
        let span = |r: &std::ops::Range<usize>| Span { file, start: r.start, end: r.end };
        let cells = sheet.cells.iter().zip(&ranges).map(|((at, raw), (_, range))| (*at, (raw.clone(), span(range)))).collect();
        Self { cells, start: Span { file, start: 0, end: 0 } }
    }

    fn get(&self, row: u32, column: u32) -> Option<&(Raw, Span)> {
        self.cells.get(&(row, column))
    }

    fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }
}

/// A column (or, in a sheet of one entry, a row) with a key.
#[derive(Debug, Clone)]
struct Column {
    at: Span,
    path: Vec<String>,
    kind: Option<Kind>,
}

/// The columns of a sheet: of the ids, of the keys, and of entries that are no tables.
type Headers = (Vec<u32>, IndexMap<u32, Column>, Option<u32>);

struct Reader<'a> {
    place: &'a Place,
    grid: &'a Grid,
    out: &'a mut Imported,
}

impl Reader<'_> {
    fn read(mut self) {
        self.faults();
        if self.place.is_single() {
            self.single();
        } else {
            self.table();
        }
    }

    fn report(&mut self, code: Code, at: Span, message: String, hint: impl Into<String>) {
        self.out.problems.push(Problem::new(code, at, message).hint(hint).leading());
    }

    /// Cells that show errors, and formulas whose results are not there.
    fn faults(&mut self) {
        for (raw, at) in self.grid.cells.values() {
            if let Some(fault) = &raw.fault {
                let hint = "mend the formula, save the workbook in a spreadsheet program, or type the value";
                self.out.problems.push(Problem::new(Code::WrongKind, *at, fault.clone()).hint(hint).unread());
            }
        }
    }

    /// What a header says, or a fault.
    fn column(&mut self, header: &str, at: Span) -> Option<Column> {
        let declared = self.place.declared();
        let path = layout::split(header);
        let found = path.as_ref().and_then(|path| {
            let first = layout::below(&self.place.kind, path.first()?)?;
            path.iter().skip(1).try_fold(first, |kind, key| layout::below(&kind, key))
        });
        match (path, found) {
            (Some(path), Some(kind)) => Some(Column { at, path, kind: Some(kind) }),
            _ => {
                let known: Vec<&str> = declared.iter().map(|(h, _)| h.as_str()).collect();
                let word = header.trim().to_lowercase().replace([' ', '-'], "_");
                let same = known.iter().copied().find(|k| *k == word);
                let part = if self.place.is_single() { "row" } else { "column" };
                let hint = same.or_else(|| did_you_mean(header, known.iter().copied())).map_or_else(
                    || format!("the sheet `{COLUMNS}` lists what may stand here; delete the {part}, or keep it on a sheet of your own"),
                    |close| format!("did you mean `{close}`?"),
                );
                let what = if self.place.is_single() { "does not take a key" } else { "does not take a column" };
                let message = format!("the sheet `{}` {what} `{}`", self.place.name(), header.trim());
                self.report(Code::UnknownKey, at, message, hint);
                None
            }
        }
    }

    /// A sheet of one entry: a key and a value in each row.
    fn single(&mut self) {
        let mut columns: Vec<(Column, u32)> = Vec::new();
        let first = [0, 1].into_iter().filter_map(|c| self.grid.get(0, c)).find(|(raw, _)| !raw.cell.shown().trim().is_empty());
        if let Some((raw, at)) = first
            && !raw.cell.shown().trim().eq_ignore_ascii_case("key")
        {
            let (at, name) = (*at, self.place.name());
            self.report(
                Code::MissingKey,
                at,
                format!("the first row of the sheet `{name}` is its header, and does not begin with `key`"),
                "put a row with `key` and `value` above the others",
            );
        }
        for row in self.grid.rows().into_iter().filter(|row| *row > 0) {
            let key = self.grid.get(row, 0).map(|(raw, at)| (raw.cell.shown(), *at));
            let value = self.grid.get(row, 1);
            match (key, value) {
                // A key without a value says nothing.
                (Some((key, at)), Some(_)) => columns.extend(self.column(&key, at).map(|column| (column, row))),
                (Some(_), None) => {}
                (None, Some((_, at))) => {
                    let at = *at;
                    self.report(
                        Code::MissingKey,
                        at,
                        "there is a value here, and no key beside it".to_owned(),
                        "write the key in the first column",
                    );
                }
                (None, None) => {}
            }
        }
        let start = self.grid.start;
        let mut table = Table::new(start);
        let cells: Vec<(Column, Node)> = columns
            .into_iter()
            .filter_map(|(column, row)| {
                let (raw, at) = self.grid.get(row, 1)?;
                Some((column.clone(), node(raw, column.kind.as_ref(), *at)?))
            })
            .collect();
        self.fill(&mut table, cells);
        let node = Node { at: start, value: Value::Table(table) };
        self.out.root.entries.insert(self.place.section.name.to_owned(), (start, node));
    }

    /// The columns of a sheet with headers in its first row: those that say which entry a row is, and the others.
    fn headers(&mut self) -> Option<Headers> {
        let wanted = self.place.id_headers();
        let mut ids: Vec<Option<u32>> = vec![None; wanted.len()];
        let (mut columns, mut bare) = (IndexMap::new(), None);
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let headers: Vec<(u32, String, Span)> = self
            .grid
            .cells
            .range((0, 0)..(1, 0))
            .map(|((_, c), (raw, at))| (*c, raw.cell.shown().trim().to_owned(), *at))
            .collect();
        for (c, header, at) in headers.into_iter().filter(|(_, h, _)| !h.is_empty()) {
            if let Some(first) = seen.insert(header.clone(), at) {
                let problem = Problem::new(Code::DuplicateId, at, format!("the column `{header}` is there twice"));
                self.out.problems.push(problem.also(first, "first here").hint("keep one of them").leading());
            } else if let Some(i) = wanted.iter().position(|w| w.eq_ignore_ascii_case(&header)) {
                ids[i] = Some(c);
            } else if header == BARE && self.place.steps.is_empty() {
                bare = Some(c);
            } else if let Some(column) = self.column(&header, at) {
                columns.insert(c, column);
            }
            if let Some(keys) = self.out.sheets.get_mut(&self.place.name()) {
                keys.extend(layout::split(&header));
            }
        }
        for (id, _) in wanted.iter().zip(&ids).filter(|(_, found)| found.is_none()) {
            let message = format!("the sheet `{}` has no column `{id}`", self.place.name());
            let at = self.grid.get(0, 0).map_or(self.grid.start, |(_, at)| *at);
            self.report(Code::MissingKey, at, message, format!("write `{id}` in its first row, above the ids"));
        }
        let blank = |raw: &Raw| raw.fault.is_none() && raw.cell.shown().trim().is_empty();
        let headless = |column: u32| self.grid.get(0, column).is_none_or(|(raw, _)| blank(raw));
        let lost = self.grid.cells.iter().find(|((row, column), (raw, _))| *row > 0 && !blank(raw) && headless(*column));
        if let Some((_, (_, at))) = lost {
            let at = *at;
            self.report(
                Code::MissingKey,
                at,
                "the column of this cell has no header in the first row".to_owned(),
                "write its key there, clear the column, or keep it on a sheet of your own",
            );
        }
        let ids: Vec<u32> = ids.into_iter().collect::<Option<_>>()?;
        Some((ids, columns, bare))
    }

    fn table(&mut self) {
        let name = self.place.section.name;
        let start = self.grid.start;
        let whole = self.place.steps.is_empty();
        if whole || self.place.section.shape == Shape::Single {
            let empty = || (start, Node { at: start, value: Value::Table(Table::new(start)) });
            self.out.root.entries.entry(name.to_owned()).or_insert_with(empty);
        }
        let Some((ids, columns, bare)) = self.headers() else { return };
        for row in self.grid.rows().into_iter().filter(|row| *row > 0) {
            let filled = |c: &u32| {
                self.grid.get(row, *c).is_some_and(|(raw, _)| raw.fault.is_some() || !raw.cell.shown().trim().is_empty())
            };
            if !ids.iter().chain(columns.keys()).chain(&bare).any(filled) {
                continue;
            }
            let found: Vec<Option<(String, Span)>> = ids
                .iter()
                .map(|c| self.grid.get(row, *c).map(|(raw, at)| (id_text(&raw.cell), *at)).filter(|(id, _)| !id.is_empty()))
                .collect();
            let first = self.grid.cells.range((row, 0)..(row + 1, 0)).next().map_or(start, |(_, (_, at))| *at);
            let Some(found) = found.into_iter().collect::<Option<Vec<_>>>() else {
                let names = self.place.id_headers().join("` and `");
                self.report(
                    Code::MissingKey,
                    first,
                    format!("this row needs `{names}`"),
                    "say which entry it is, or clear the row",
                );
                continue;
            };
            let at = found.last().map_or(first, |(_, at)| *at);
            let cells: Vec<(Column, Node)> = columns
                .iter()
                .filter_map(|(c, column)| {
                    let (raw, at) = self.grid.get(row, *c)?;
                    Some((column.clone(), node(raw, column.kind.as_ref(), *at)?))
                })
                .collect();
            let bare = bare.and_then(|c| self.grid.get(row, c)).filter(|(raw, _)| raw.cell != Cell::Empty);
            let mut table = Table::new(at);
            let value = match bare {
                Some((raw, at)) if cells.is_empty() => {
                    let kind = found.first().and_then(|(id, _)| layout::beside_kind(self.place.section, id));
                    cell::value(&raw.cell, kind.as_ref(), *at)
                }
                _ => None,
            };
            self.fill(&mut table, cells);
            let node = value.unwrap_or(Node { at, value: Value::Table(table) });
            self.insert(&found, at, node);
        }
    }

    /// Puts values under their keys; the likely value of an estimate stands under the key of the estimate.
    fn fill(&mut self, table: &mut Table, cells: Vec<(Column, Node)>) {
        let paths: Vec<Vec<String>> = cells.iter().map(|(c, _)| c.path.clone()).collect();
        for (mut column, node) in cells {
            let within = |p: &&Vec<String>| p.len() == column.path.len() + 1 && p.starts_with(&column.path);
            let number = is_number(column.kind.as_ref()) && column.kind.is_some_and(|k| k.any(&|k| matches!(k, Kind::Number(_))));
            if number && paths.iter().any(|p| within(&p)) && !matches!(node.value, Value::Table(_)) {
                column.path.push("likely".to_owned());
            }
            let at = node.at;
            if let Err(first) = put(table, &column.path, column.at, node) {
                let message = format!("`{}` is given twice in this entry", column.path.join("."));
                let problem = Problem::new(Code::DuplicateId, at, message);
                self.out.problems.push(problem.also(first, "first here").hint("clear one of the two cells"));
            }
        }
    }

    /// Puts a row where it belongs.
    fn insert(&mut self, ids: &[(String, Span)], at: Span, node: Node) {
        let name = self.place.section.name;
        let mut way: Vec<(String, Span)> = vec![(name.to_owned(), self.grid.start)];
        let mut ids = ids.iter();
        if self.place.section.shape != Shape::Single {
            way.extend(ids.next().cloned());
        }
        let mut parents = vec![way.len()];
        for step in &self.place.steps {
            way.extend(layout::split(&step.keys).unwrap_or_default().into_iter().map(|k| (k, at)));
            if !step.listed {
                way.extend(ids.next().cloned());
                parents.push(way.len());
            }
        }
        // What a row belongs to must be in the sheet above.
        let above = if self.place.is_listed() { parents.len() } else { parents.len() - 1 };
        for end in parents.into_iter().take(above) {
            let known = find(&self.out.root, &way[..end]);
            if !matches!(known, Some(Node { value: Value::Table(_), .. })) {
                let (id, at) = way[end - 1].clone();
                let others: Vec<String> = match find(&self.out.root, &way[..end - 1]).map(|n| &n.value) {
                    Some(Value::Table(t)) => t.entries.keys().cloned().collect(),
                    _ => Vec::new(),
                };
                let hint = did_you_mean(&id, others.iter().map(String::as_str)).map_or_else(
                    || format!("add a row `{id}` to the sheet above it, or clear this row"),
                    |close| format!("did you mean `{close}`?"),
                );
                self.report(Code::UnknownReference, at, format!("there is no `{id}` that this row could belong to"), hint);
                return;
            }
        }
        let Some((last, rest)) = way.split_last() else { return };
        let parent = reach(&mut self.out.root, rest, at);
        let Some(parent) = parent else {
            self.report(
                Code::DuplicateId,
                at,
                format!("`{}` is given both as a value and as rows", last.0),
                "keep one of the two",
            );
            return;
        };
        if self.place.is_listed() {
            let list = || (last.1, Node { at, value: Value::List(Vec::new()) });
            let (_, entry) = parent.entries.entry(last.0.clone()).or_insert_with(list);
            if let Value::List(items) = &mut entry.value {
                items.push(node);
            } else {
                let problem = Problem::new(Code::DuplicateId, at, format!("`{}` is given both as a value and as rows", last.0));
                self.out.problems.push(problem.hint("keep one of the two"));
            }
        } else if let Some(first) = parent.key(&last.0) {
            let problem = Problem::new(Code::DuplicateId, at, format!("`{}` is given twice", last.0));
            self.out.problems.push(problem.also(first, "given here first").hint("rename one of them, or remove it"));
        } else {
            parent.entries.insert(last.0.clone(), (at, node));
        }
    }
}

/// The value of a cell. One that cannot be used keeps its place, so that nothing is said to be missing there.
fn node(raw: &Raw, kind: Option<&Kind>, at: Span) -> Option<Node> {
    match &raw.fault {
        Some(_) => Some(Node { at, value: Value::Text("#".to_owned()) }),
        None => cell::value(&raw.cell, kind, at),
    }
}

/// An id as text: a spreadsheet program may have made a number or a date of it.
fn id_text(cell: &Cell) -> String {
    match cell::value(cell, Some(&Kind::Text), Span { file: 0, start: 0, end: 0 }).map(|n| n.value) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    }
}

fn find<'t>(root: &'t Table, way: &[(String, Span)]) -> Option<&'t Node> {
    let (last, rest) = way.split_last()?;
    let table = rest.iter().try_fold(root, |table, (key, _)| match &table.get(key)?.value {
        Value::Table(inner) => Some(inner),
        _ => None,
    })?;
    table.get(&last.0)
}

/// The table at the end of a way, with those on the way made where they are not there; `None` where a value stands in the way.
fn reach<'t>(root: &'t mut Table, way: &[(String, Span)], at: Span) -> Option<&'t mut Table> {
    way.iter().try_fold(root, |table, (key, span)| {
        let empty = || (*span, Node { at, value: Value::Table(Table::new(at)) });
        let (_, node) = table.entries.entry(key.clone()).or_insert_with(empty);
        match &mut node.value {
            Value::Table(inner) => Some(inner),
            _ => None,
        }
    })
}

/// Puts a value under keys; `Err` with the place of what is there already.
fn put(table: &mut Table, path: &[String], named: Span, node: Node) -> Result<(), Span> {
    let Some((last, rest)) = path.split_last() else { return Ok(()) };
    let way: Vec<(String, Span)> = rest.iter().map(|k| (k.clone(), named)).collect();
    let at = node.at;
    let first = table.entries.get(&path[0]).map_or(at, |(_, n)| n.at);
    let Some(table) = reach(table, &way, at) else { return Err(first) };
    if let Some((_, there)) = table.entries.get(last) {
        return Err(there.at);
    }
    table.entries.insert(last.clone(), (named, node));
    Ok(())
}
