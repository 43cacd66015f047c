//! A scenario as a workbook that people edit, and back.
//!
//! ```text
//! files --layout--> sheets of cells --book--> .xlsx
//! .xlsx --cells--> cells --import--> tree of the scenario, each part with its cell --fresh--> new files
//!                                                                                  --update--> files with what changed
//! ```
//!
//! Nothing is lost on the way: two values that give the same cell mean the same, and what was written is read again and
//! compared with the workbook before anybody gets it. Opens no file; the command line does that.

mod book;
mod cell;
mod cells;
mod fresh;
mod import;
mod layout;
mod rows;
mod toml_text;
mod update;

use super::digest;
use super::document::{self, Files, Span, Table, Value};
use super::problem::{Code, Problem, Problems, Severity};
use super::{Scenario, SourceFile};
use cell::Cell;
use indexmap::IndexMap;
use layout::Sheet;

/// Name of the sheet that says how to edit the workbook.
const README: &str = "Read me";

/// What stands beside the id of the scenario and the digest of its files on that sheet.
const MADE_FROM: &str = "Made from";

/// Name of the sheet that lists all sheets and columns.
const COLUMNS: &str = "Columns";

/// Columns of a sheet (the limit of Excel).
const MOST_COLUMNS: usize = 16_384;

/// A scenario as a workbook.
#[derive(Debug, Clone)]
pub struct Export {
    /// The .xlsx file.
    pub bytes: Vec<u8>,
    /// What could not go into it, and what is wrong with the scenario: none of it stands in the way.
    pub warnings: Problems,
}

/// A scenario as a workbook: a sheet for each section, a row for each entry, a column for each key. The same bytes for the
/// same scenario.
///
/// A scenario need not be sound: what is wrong with values goes along.
///
/// # Errors
/// Files that cannot be read as text, TOML or CSV, and what does not fit into a cell.
pub fn export(sources: &[SourceFile]) -> Result<Export, Problems> {
    let mut problems = Vec::new();
    let (files, root) = document::parse(sources, &mut problems);
    let sheets = layout::sheets(&root);
    if problems.is_empty() {
        problems.extend(too_long(&root));
        problems.extend(sheets.iter().filter_map(|s| too_wide(s, &root)));
    }
    if !problems.is_empty() {
        return Err(Problems::new(files, problems));
    }
    let known = |name: &str| super::section::SECTIONS.iter().any(|s| s.name == name);
    for (name, (at, _)) in root.entries.iter().filter(|(name, _)| !known(name)) {
        let message = format!("`{name}` is no section of a scenario and is not in the workbook");
        problems.push(Problem::new(Code::UnknownSection, *at, message).hint("it stays in its file").warning());
    }
    let title = match root.get("appraisal").map(|n| &n.value) {
        Some(Value::Table(t)) => match t.get("title").map(|n| &n.value) {
            Some(Value::Text(title)) => title.chars().take(200).collect(),
            _ => String::new(),
        },
        _ => String::new(),
    };
    let title = if title.is_empty() { "Scenario".to_owned() } else { title };
    let made_from = format!("{}, files with SHA-256 {}", id(&root).unwrap_or("a scenario without id"), digest::all(sources));
    match book::write((&title, &made_from), &root, &sheets) {
        Ok(bytes) => Ok(Export { bytes, warnings: Problems::new(files, problems) }),
        Err(e) => {
            let at = Span { file: 0, start: 0, end: 0 };
            let problem = Problem::new(Code::WrongKind, at, format!("the scenario does not fit into a workbook: {e}"));
            Err(Problems::new(files, vec![problem]))
        }
    }
}

/// The id of a scenario.
fn id(root: &Table) -> Option<&str> {
    let Value::Table(appraisal) = &root.get("appraisal")?.value else { return None };
    match &appraisal.get("id")?.value {
        Value::Text(id) => Some(id.trim()),
        _ => None,
    }
}

/// Texts, ids and keys that are longer than a cell holds.
fn too_long(table: &Table) -> Vec<Problem> {
    let mut found = Vec::new();
    for (key, (at, node)) in &table.entries {
        if key.encode_utf16().count() > cell::LONGEST {
            found.push(long(*at, "this id or key"));
        }
        match &node.value {
            Value::Table(inner) => found.extend(too_long(inner)),
            other => {
                if let Cell::Text(text) = cell::cell(other, None)
                    && text.encode_utf16().count() > cell::LONGEST
                {
                    found.push(long(node.at, &format!("`{key}`")));
                }
            }
        }
    }
    found
}

fn long(at: Span, what: &str) -> Problem {
    let message = format!("{what} is longer than the {} characters that a cell of a workbook holds", cell::LONGEST);
    Problem::new(Code::WrongKind, at, message)
        .hint("shorten it, or keep this part of the text in a document that the scenario refers to")
}

/// A sheet with more columns or rows than a workbook has.
fn too_wide(sheet: &Sheet, root: &Table) -> Option<Problem> {
    let (columns, rows) = (sheet.columns().len() + 4, sheet.rows.len());
    let at = root.key(sheet.place.section.name)?;
    let message = format!("`{}` takes {columns} columns and {rows} rows, more than a sheet has", sheet.place.name());
    (columns > MOST_COLUMNS || rows >= 1_048_576).then(|| Problem::new(Code::WrongKind, at, message).hint("split the scenario"))
}

/// A workbook that was read.
#[derive(Debug)]
pub struct Workbook {
    files: Files,
    root: Table,
    problems: Vec<Problem>,
    sheets: IndexMap<String, Vec<Vec<String>>>,
    list: Span,
    made_from: Option<String>,
}

/// What importing into a folder that has a scenario changes.
#[derive(Debug, Clone)]
pub struct Update {
    /// Files whose content changes, whole.
    pub files: Vec<SourceFile>,
    /// What changed, one line for each entry.
    pub changes: Vec<String>,
}

/// Reads a workbook. What is wrong with it is told by [`Workbook::check`].
///
/// # Errors
/// Why the bytes are no workbook that can be read.
pub fn open(name: &str, bytes: &[u8]) -> Result<Workbook, String> {
    let sheets = cells::read(bytes)?;
    let imported = import::read(name, &sheets);
    let import::Imported { files, root, problems, sheets, list, made_from } = imported;
    Ok(Workbook { files, root, problems, sheets, list, made_from })
}

impl Workbook {
    /// Reads the scenario in it, as [`super::read`] reads files; problems name the cell.
    ///
    /// # Errors
    /// Every problem found, if any of them is an error.
    pub fn check(&self) -> Result<Scenario, Problems> {
        if self.sheets.is_empty() {
            let problem = Problem::new(Code::Empty, self.list, "this workbook has no sheet of a scenario");
            let problem = problem.hint("`appraise export SCENARIO -o BOOK.xlsx` writes one to start from");
            return Err(Problems::new(self.files.clone(), vec![problem]));
        }
        super::read_tree(self.files.clone(), self.root.clone(), self.problems.clone())
    }

    /// Why the workbook may not be meant for a scenario: that it was made from another one, or that files changed since.
    /// `None` if it was made from these files, or from files of this id and does not say which.
    #[must_use]
    pub fn strange_to(&self, sources: &[SourceFile]) -> Option<String> {
        let (_, root) = document::parse(sources, &mut Vec::new());
        let own = digest::all(sources);
        if self.made_from.as_ref().is_some_and(|from| from.ends_with(&own)) {
            return None;
        }
        match (&self.made_from, id(&self.root), id(&root)) {
            (_, Some(book), Some(files)) if book != files => {
                Some(format!("the workbook is of the scenario `{book}`, and the files there are of `{files}`"))
            }
            (Some(_), ..) => Some("files there have changed since the workbook was exported".to_owned()),
            _ => None,
        }
    }

    /// Files of a new scenario that says what the workbook says.
    ///
    /// # Errors
    /// What could not be written so that it reads the same.
    pub fn fresh(&self) -> Result<Vec<SourceFile>, Problems> {
        let files = fresh::files(&self.root);
        self.compared(&files, "write it in the cell as an export would: the sheet `Columns` says what may stand there")?;
        Ok(files)
    }

    /// What has to change in the files of a scenario so that they say what the workbook says. Files with nothing to change
    /// are left out, and what is not changed keeps its comments, order and layout.
    ///
    /// # Errors
    /// Files that cannot be read, sheets that are not there, and what cannot be changed in its file.
    pub fn update(&self, sources: &[SourceFile]) -> Result<Update, Problems> {
        let mut problems = Vec::new();
        let (files, root) = document::parse(sources, &mut problems);
        if !problems.is_empty() {
            return Err(Problems::new(files, problems));
        }
        let there = layout::sheets(&root);
        let mut lost: Vec<Problem> = there.iter().filter_map(|s| self.lost(s, &files, &root)).collect();
        lost.extend(there.iter().flat_map(|s| self.lost_columns(s)));
        if !lost.is_empty() {
            return Err(Problems::new(self.files.clone(), lost));
        }
        let update = update::update(sources, (&files, &root), &self.root)
            .map_err(|problems| Problems::new(self.files.clone(), problems))?;
        let mut whole: Vec<SourceFile> = sources.to_vec();
        for changed in &update.files {
            if let Some(file) = whole.iter_mut().find(|f| f.name == changed.name) {
                file.bytes.clone_from(&changed.bytes);
            }
        }
        self.compared(&whole, "change it in its file by hand and export again, or import into a new folder")?;
        Ok(update)
    }

    /// A sheet that the scenario fills and the workbook does not have.
    fn lost(&self, sheet: &Sheet, files: &Files, root: &Table) -> Option<Problem> {
        let name = sheet.place.name();
        if self.sheets.contains_key(&name) || sheet.rows.is_empty() {
            return None;
        }
        let at = root.key(sheet.place.section.name)?;
        let rows = if sheet.rows.len() == 1 { "an entry".to_owned() } else { format!("{} entries", sheet.rows.len()) };
        let message = format!("the workbook has no sheet `{name}`, but the scenario has {rows} of it ({})", files.name(at.file));
        let hint = "put the sheet back; to remove its entries, keep its first row and delete the others";
        Some(Problem::new(Code::MissingKey, self.list, message).hint(hint))
    }

    /// Columns of a sheet that the scenario fills and the workbook does not have.
    fn lost_columns(&self, sheet: &Sheet) -> Vec<Problem> {
        let name = sheet.place.name();
        let Some(headers) = self.sheets.get(&name).filter(|_| !sheet.place.is_single()) else { return Vec::new() };
        let there = |keys: &[String]| {
            // The likely value of an estimate stands under the key itself or under `likely`.
            let likely = [keys, &["likely".to_owned()]].concat();
            headers.iter().any(|h| *h == keys || *h == likely || keys.strip_suffix(&["likely".to_owned()]) == Some(h))
        };
        let lost = sheet.used.keys().filter(|header| layout::split(header).is_some_and(|keys| !there(&keys)));
        let problem = |header: &String| {
            let rows = sheet.rows.iter().filter(|row| row.cells.contains_key(header)).count();
            let rows = if rows == 1 { "one entry".to_owned() } else { format!("{rows} entries") };
            let message = format!("the sheet `{name}` has no column `{header}`, which the scenario fills in {rows}");
            let hint = "put the column back; to remove what stands in it, keep its header and clear its cells";
            Problem::new(Code::MissingKey, self.list, message).hint(hint)
        };
        lost.map(problem).collect()
    }

    /// Whether files say what the workbook says: nobody gets them if not.
    fn compared(&self, sources: &[SourceFile], hint: &str) -> Result<(), Problems> {
        let mut problems = Vec::new();
        let (_, mut written) = document::parse(sources, &mut problems);
        let known = |name: &String| super::section::SECTIONS.iter().any(|s| s.name == name);
        written.entries.retain(|name, _| known(name));
        let found = if problems.iter().any(|p| p.severity == Severity::Error) {
            Some((self.list, "its files".to_owned()))
        } else {
            rows::difference(&self.root, &written)
        };
        match found {
            None => Ok(()),
            Some((at, what)) => {
                let message = format!("{what} cannot be written in the files of the scenario so that it reads as it does here");
                Err(Problems::new(self.files.clone(), vec![Problem::new(Code::WrongKind, at, message).hint(hint)]))
            }
        }
    }
}
