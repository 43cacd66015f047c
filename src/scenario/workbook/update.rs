//! Changing the files of a scenario, and of each file only what is changed: comments, order and layout of all else stay.

mod comments;
mod csv_edit;

use super::super::document::{Files, Node, SourceFile, Span, Table, Value, grouped_by_underscores};
use super::super::kind::Kind;
use super::super::problem::{Code, Problem};
use super::super::section::{SECTIONS, Section, Shape};
use super::layout::{below, beside_kind, item, listed_tables, whole_tables};
use super::rows::{self, likely};
use super::{Update, cell, fresh, toml_text};
use csv_edit::CsvEdit;
use toml_edit::{DocumentMut, Item, Table as TomlTable, TableLike};

/// What has to change in files so that they say what a workbook says.
///
/// # Errors
/// What cannot be changed in its file, each with its cell.
pub(super) fn update(sources: &[SourceFile], (files, old): (&Files, &Table), new: &Table) -> Result<Update, Vec<Problem>> {
    let mut editing = Editing { files, edits: sources.iter().map(Edit::of).collect(), changes: Vec::new(), problems: Vec::new() };
    for section in SECTIONS {
        let table = |root: &Table| match root.get(section.name).map(|n| &n.value) {
            Some(Value::Table(table)) => Some(table.clone()),
            _ => None,
        };
        // A sheet that is not there has been asked for, unless it has no rows.
        if let Some(new) = table(new) {
            editing.section(section, table(old).as_ref(), &new);
        }
    }
    if !editing.problems.is_empty() {
        return Err(editing.problems);
    }
    let mut changed = Vec::new();
    for (source, edit) in sources.iter().zip(editing.edits) {
        if let Some(bytes) = edit.bytes(source) {
            changed.push(SourceFile { name: source.name.clone(), bytes });
        }
    }
    Ok(Update { files: changed, changes: editing.changes })
}

/// One file as it is changed.
enum Edit {
    Toml {
        doc: Box<DocumentMut>,
        touched: bool,
    },
    Csv(CsvEdit),
    /// Cannot be changed: it was not read as TOML.
    Fixed,
}

impl Edit {
    fn of(source: &SourceFile) -> Self {
        let text = String::from_utf8_lossy(source.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&source.bytes)).into_owned();
        if source.name.to_ascii_lowercase().ends_with(".csv") {
            return Self::Csv(CsvEdit::new(&text));
        }
        text.parse::<DocumentMut>().map_or(Self::Fixed, |doc| Self::Toml { doc: Box::new(doc), touched: false })
    }

    /// The new content; `None` if nothing changed.
    fn bytes(self, source: &SourceFile) -> Option<Vec<u8>> {
        let text = match self {
            Self::Toml { doc, touched: true } => doc.to_string(),
            Self::Csv(edit) if edit.touched() => edit.text(),
            _ => return None,
        };
        let old = &source.bytes;
        // Line ends as in the rest of the file.
        let windows = old.windows(2).any(|w| w == b"\r\n")
            && matches!(source.name.rsplit('.').next(), Some(e) if e.eq_ignore_ascii_case("toml"));
        let text = if windows { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text };
        let mark: &[u8] = if old.starts_with(b"\xEF\xBB\xBF") { b"\xEF\xBB\xBF" } else { b"" };
        Some([mark, text.as_bytes()].concat())
    }
}

struct Editing<'a> {
    files: &'a Files,
    edits: Vec<Edit>,
    changes: Vec<String>,
    problems: Vec<Problem>,
}

impl Editing<'_> {
    fn section(&mut self, section: &Section, old: Option<&Table>, new: &Table) {
        let absent = Table::absent();
        let there = old.is_some();
        let old = old.unwrap_or(&absent);
        if section.shape == Shape::Single {
            let home = old.entries.values().next().map_or(old.at.file, |(_, node)| node.at.file);
            if !there {
                return self.append(section.name, &fresh::entry(&[section.name], new, Some(&section.entry)), new.at);
            }
            return self.table((home, &[section.name.to_owned()]), (old, new), Some(&section.entry), true);
        }
        for (id, (at, _)) in old.entries.iter().filter(|(id, _)| new.get(id).is_none()) {
            self.remove(at.file, &[section.name.to_owned(), id.clone()]);
        }
        let last = old.entries.values().last().map(|(at, _)| at.file);
        for (id, (at, node)) in &new.entries {
            let kind = beside_kind(section, id).unwrap_or(section.entry);
            match old.entries.get(id) {
                Some((named, there)) => {
                    let path = [section.name.to_owned(), id.clone()];
                    match (&there.value, &node.value) {
                        (Value::Table(old), Value::Table(new)) => {
                            self.table((named.file, &path), (old, new), Some(&kind), false);
                        }
                        (old, new) if cell::same(old, new, Some(&kind)) => {}
                        (_, new) => self.set(named.file, &path, new, Some(&kind), node.at),
                    }
                }
                None => self.add(section, last, id, node, *at),
            }
        }
        let kept = |t: &Table, other: &Table| -> Vec<String> {
            t.entries.keys().filter(|id| other.get(id).is_some()).cloned().collect()
        };
        if section.shape == Shape::Ordered && kept(old, new) != kept(new, old) {
            self.changes.push(format!(
                "note: the rows of [{}] are in another order than in the files, which keep theirs; order has a meaning here: move the tables in the file to change it",
                section.name
            ));
        }
    }

    /// Makes a table say what another one says. The keys of a section of its own may stand in several files.
    fn table(&mut self, (file, path): (usize, &[String]), (old, new): (&Table, &Table), kind: Option<&Kind>, spread: bool) {
        if let Some(Edit::Csv(_)) = self.edits.get(file) {
            return self.row(file, path, (old, new), kind);
        }
        let under = |key: &str| -> Vec<String> { path.iter().cloned().chain([key.to_owned()]).collect() };
        for (key, (_, node)) in old.entries.iter().filter(|(key, _)| new.get(key).is_none()) {
            self.remove(if spread { node.at.file } else { file }, &under(key));
        }
        for (key, (_, node)) in &new.entries {
            let of = kind.and_then(|k| below(k, key));
            let path = under(key);
            let Some((_, there)) = old.entries.get(key) else {
                self.set(file, &path, &node.value, of.as_ref(), node.at);
                continue;
            };
            let file = if spread { there.at.file } else { file };
            match (&there.value, &node.value) {
                (Value::Table(old), Value::Table(new)) => self.table((file, &path), (old, new), of.as_ref(), false),
                (Value::List(old), Value::List(new))
                    if of.as_ref().is_some_and(|k| listed_tables(k).is_some()) && whole_tables(old) && whole_tables(new) =>
                {
                    self.list((file, &path), (old, new), of.as_ref(), node.at);
                }
                (Value::Table(_), new) if cell::same(likely(&there.value, of.as_ref()), new, of.as_ref()) => {}
                (old, new) if cell::same(old, new, of.as_ref()) => {}
                (_, new) => self.set(file, &path, new, of.as_ref(), node.at),
            }
        }
    }

    /// Makes a list of tables say what another one says: items that begin or end both stay, the others are changed in turn.
    fn list(&mut self, (file, path): (usize, &[String]), (old, new): (&[Node], &[Node]), kind: Option<&Kind>, at: Span) {
        let of = kind.and_then(item);
        let alike = |a: &Node, b: &Node| rows::alike(&a.value, &b.value, of.as_ref());
        let head = old.iter().zip(new).take_while(|(a, b)| alike(a, b)).count();
        let rest = old.len().min(new.len()) - head;
        let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| alike(a, b)).count();
        let (gone, come) = (old.len() - head - tail, new.len() - head - tail);
        for i in 0..gone.min(come) {
            let position = (head + i).to_string();
            let path: Vec<String> = path.iter().cloned().chain([position]).collect();
            if let (Value::Table(old), Value::Table(new)) = (&old[head + i].value, &new[head + i].value) {
                self.table((file, &path), (old, new), of.as_ref(), false);
            }
        }
        for _ in come..gone {
            let path: Vec<String> = path.iter().cloned().chain([(head + come).to_string()]).collect();
            self.remove(file, &path);
        }
        for (i, node) in new.iter().enumerate().take(head + come).skip(head + gone.min(come)) {
            let text = toml_text::value(&node.value, of.as_ref());
            let done = self.doc(file).and_then(|doc| insert_item(doc, path, i, &text));
            self.note(done, file, path, at);
        }
    }

    fn doc(&mut self, file: usize) -> Option<&mut DocumentMut> {
        match self.edits.get_mut(file)? {
            Edit::Toml { doc, touched } => {
                *touched = true;
                Some(doc)
            }
            _ => None,
        }
    }

    fn set(&mut self, file: usize, path: &[String], value: &Value, kind: Option<&Kind>, at: Span) {
        let done = self.doc(file).and_then(|doc| set(doc, path, value, kind));
        self.note(done, file, path, at);
    }

    fn remove(&mut self, file: usize, path: &[String]) {
        self.name_rows(file);
        if let Some(Edit::Csv(edit)) = self.edits.get_mut(file) {
            edit.remove_row(path.last().map_or("", String::as_str));
            self.changes.push(format!("{}: `{}` is removed", self.files.name(file), path.join(".")));
            return;
        }
        let done = self.doc(file).and_then(|doc| remove(doc, path));
        if done.is_some() {
            self.changes.push(format!("{}: `{}` is removed", self.files.name(file), path.join(".")));
        }
    }

    /// Rows of a CSV file without ids are called by their numbers, which must not change when rows come and go.
    fn name_rows(&mut self, file: usize) {
        if let Some(Edit::Csv(edit)) = self.edits.get_mut(file)
            && edit.name_rows()
        {
            let name = self.files.name(file);
            self.changes.push(format!("{name}: a column `id` is added, since rows are added or removed and had no ids"));
        }
    }

    fn note(&mut self, done: Option<()>, file: usize, path: &[String], at: Span) {
        let name = self.files.name(file).to_owned();
        if done.is_some() {
            self.changes.push(format!("{name}: `{}` is changed", path.join(".")));
        } else {
            let message = format!("`{}` cannot be changed in {name}", path.join("."));
            let hint = "change it in the file by hand and export again, or import into a new folder";
            self.problems.push(Problem::new(Code::WrongKind, at, message).hint(hint));
        }
    }

    /// A new entry: beside the last one of its section, else in the file where a new scenario has it, or the first.
    fn add(&mut self, section: &Section, last: Option<usize>, id: &str, node: &Node, at: Span) {
        let path = [section.name.to_owned(), id.to_owned()];
        if let Some(file) = last {
            self.name_rows(file);
        }
        if let (Some(file), Value::Table(new)) = (last, &node.value)
            && let Some(Edit::Csv(edit)) = self.edits.get_mut(file)
        {
            edit.add_row(id);
            return self.row(file, &path, (&Table::absent(), new), Some(&section.entry));
        }
        let Some(text) = fresh::named(section, id, node) else {
            let kind = beside_kind(section, id);
            return self.set(last.unwrap_or(0), &path, &node.value, kind.as_ref(), node.at);
        };
        let Some(file) = last.filter(|file| matches!(self.edits.get(*file), Some(Edit::Toml { .. }))) else {
            return self.append(section.name, &text, at);
        };
        let inline = toml_text::value(&node.value, Some(&section.entry));
        let done = self.doc(file).and_then(|doc| insert_entry(doc, &path, &text, &inline));
        match done {
            Some(()) => self.changes.push(format!("{}: `{}` is added", self.files.name(file), path.join("."))),
            None => self.note(None, file, &path, at),
        }
    }

    /// Puts text at the end of the file where a new scenario has the section, or of the first TOML file.
    fn append(&mut self, section: &str, text: &str, at: Span) {
        let home = fresh::home(section);
        let is_toml = |i: &usize| matches!(self.edits[*i], Edit::Toml { .. });
        let named = (0..self.edits.len()).filter(is_toml).find(|i| self.files.name(*i) == home);
        let file = named.or_else(|| (0..self.edits.len()).find(is_toml));
        let done = file.and_then(|file| {
            let doc = self.doc(file)?;
            let whole = doc.to_string();
            let gap = if whole.is_empty() || whole.ends_with("\n\n") {
                ""
            } else if whole.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            *doc = format!("{whole}{gap}{text}").parse().ok()?;
            Some(file)
        });
        match done {
            Some(file) => self.changes.push(format!("{}: [{section}] is added to", self.files.name(file))),
            None => {
                let message = format!("there is no TOML file that [{section}] could be added to");
                self.problems.push(Problem::new(Code::WrongKind, at, message).hint("add an empty file appraisal.toml"));
            }
        }
    }

    /// Makes a row of a CSV file say what a table says.
    fn row(&mut self, file: usize, path: &[String], (old, new): (&Table, &Table), kind: Option<&Kind>) {
        let Some(id) = path.get(1) else { return };
        let name = self.files.name(file).to_owned();
        let Some(Edit::Csv(edit)) = self.edits.get_mut(file) else { return };
        match edit.row(id, (old, new), kind) {
            Ok(changes) => {
                let told = changes.into_iter().map(|column| format!("{name}: `{id}`, column `{column}` is changed"));
                self.changes.extend(told);
            }

            Err((at, column)) => {
                let message = format!("`{column}` of `{id}` cannot be written in {name}");
                let hint = "a CSV file holds no lists of tables: move this entry to a TOML file, export again and change it then";
                self.problems.push(Problem::new(Code::WrongKind, at, message).hint(hint));
            }
        }
    }
}

/// The table-like item at a path, positions in lists among the keys.
fn reach<'d>(doc: &'d mut DocumentMut, path: &[String]) -> Option<&'d mut dyn TableLike> {
    let mut item: &mut Item = doc.as_item_mut();
    for (i, key) in path.iter().enumerate() {
        if item.is_array_of_tables() || item.is_array() {
            let position: usize = key.parse().ok()?;
            if item.is_array_of_tables() {
                let table = item.as_array_of_tables_mut()?.get_mut(position)?;
                return within_table(table, &path[i + 1..]);
            }
            let value = item.as_array_mut()?.get_mut(position)?;
            let table = value.as_inline_table_mut()?;
            return within_inline(table, &path[i + 1..]);
        }
        item = item.as_table_like_mut()?.get_mut(key)?;
    }
    item.as_table_like_mut()
}

fn within_table<'d>(table: &'d mut TomlTable, path: &[String]) -> Option<&'d mut dyn TableLike> {
    let Some((key, rest)) = path.split_first() else { return Some(table) };
    within_item(table.get_mut(key)?, rest)
}

fn within_inline<'d>(table: &'d mut toml_edit::InlineTable, path: &[String]) -> Option<&'d mut dyn TableLike> {
    let Some((key, rest)) = path.split_first() else { return Some(table) };
    let value = table.get_mut(key)?;
    within_inline(value.as_inline_table_mut()?, rest)
}

fn within_item<'d>(item: &'d mut Item, path: &[String]) -> Option<&'d mut dyn TableLike> {
    let Some((key, rest)) = path.split_first() else { return item.as_table_like_mut() };
    within_item(item.as_table_like_mut()?.get_mut(key)?, rest)
}

/// Gives a key another value. What is said behind it stays.
fn set(doc: &mut DocumentMut, path: &[String], value: &Value, kind: Option<&Kind>) -> Option<()> {
    let (key, outer) = path.split_last()?;
    if reach(doc, outer).is_none() {
        // A table that is only now begun.
        let (last, above) = outer.split_last()?;
        let table = reach(doc, above)?;
        let inner = Item::Value("{}".parse::<toml_edit::Value>().ok()?);
        table.insert(last, inner);
    }
    let table = reach(doc, outer)?;
    let there = table.get(key);
    let old = there.and_then(Item::as_value);
    let spread = fresh::spread(value, kind);
    let mut new: toml_edit::Value = grouped(value, old).unwrap_or(spread).parse().ok()?;
    if let Some(old) = old {
        *new.decor_mut() = old.decor().clone();
        *table.get_mut(key)? = Item::Value(new);
    } else {
        // The space before a closing brace belongs to the last value.
        if let Some(space) = last_space(table) {
            new.decor_mut().set_suffix(space);
        }
        table.insert(key, Item::Value(new));
    }
    Some(())
}

/// Takes away the space behind the last value of a table, and gives it back; `None` where there is none, or words.
fn last_space(table: &mut dyn TableLike) -> Option<String> {
    let (_, item) = table.iter_mut().last()?;
    let decor = item.as_value_mut()?.decor_mut();
    let space = decor.suffix().and_then(|s| s.as_str()).filter(|s| !s.is_empty() && s.trim().is_empty())?.to_owned();
    decor.set_suffix("");
    Some(space)
}

/// A number with its thousands set off where the number that it replaces had them so.
fn grouped(value: &Value, old: Option<&toml_edit::Value>) -> Option<String> {
    let Value::Number(text) = value else { return None };
    let written = match old? {
        toml_edit::Value::Integer(i) => i.display_repr().into_owned(),
        toml_edit::Value::Float(f) => f.display_repr().into_owned(),
        _ => return None,
    };
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    if written.contains('_') && plain { Some(grouped_by_underscores(text.parse().ok()?)) } else { None }
}

fn remove(doc: &mut DocumentMut, path: &[String]) -> Option<()> {
    let (key, outer) = path.split_last()?;
    comments::keep_headings(doc, outer, key);
    if let Some(table) = reach(doc, outer)
        && table.get(key).is_some()
    {
        let space = last_space(table);
        table.remove(key);
        if let Some((space, (_, item))) = space.zip(table.iter_mut().last())
            && let Some(value) = item.as_value_mut()
        {
            value.decor_mut().set_suffix(space);
        }
        return Some(());
    }
    // An item of a list.
    let (list, above) = outer.split_last()?;
    let position: usize = key.parse().ok()?;
    let item = reach(doc, above)?.get_mut(list)?;
    if let Some(tables) = item.as_array_of_tables_mut() {
        tables.remove(position);
        return Some(());
    }
    comments::remove_item(item.as_array_mut()?, position)
}

/// Puts a table into a list, in the layout of its neighbours.
fn insert_item(doc: &mut DocumentMut, path: &[String], position: usize, text: &str) -> Option<()> {
    let (key, outer) = path.split_last()?;
    let item = reach(doc, outer)?.get_mut(key)?;
    let value: toml_edit::Value = text.parse().ok()?;
    if let Some(tables) = item.as_array_of_tables_mut() {
        // They are printed where they stand: a new one comes last, or not at all.
        if position != tables.len() {
            return None;
        }
        tables.push(value.as_inline_table()?.clone().into_table());
        return Some(());
    }
    let array = item.as_array_mut()?;
    if position > array.len() {
        return None;
    }
    comments::insert_item(array, position, value);
    Some(())
}

/// Puts an entry beside the others of its section: on a line of its own where they stand so, else under a header.
fn insert_entry(doc: &mut DocumentMut, path: &[String; 2], text: &str, inline: &str) -> Option<()> {
    let section = doc.get_mut(&path[0])?.as_table_like_mut()?;
    let lined = section.iter().last().is_some_and(|(_, item)| item.is_value());
    if lined {
        section.insert(&path[1], Item::Value(inline.parse().ok()?));
        return Some(());
    }
    let new: DocumentMut = format!("\n{text}").parse().ok()?;
    let entry = new.get(&path[0])?.get(&path[1])?.clone();
    let mut table = entry.into_table().ok()?;
    unplaced(&mut table);
    section.insert(&path[1], Item::Table(table));
    Some(())
}

/// Lets a table be printed after what stands before it, wherever it stood in its own text.
fn unplaced(table: &mut TomlTable) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        if let Some(inner) = item.as_table_mut() {
            unplaced(inner);
        }
    }
}
