//! A scenario as a workbook and back: nothing is lost, and what is wrong in a workbook is told by its cell.

mod support;

use appraise::scenario::problem::Code;
use appraise::scenario::workbook::{self, Workbook};
use appraise::scenario::{self, Problems, SourceFile, render};
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Format, Formula, Workbook as Writer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io::Cursor;
use support::{files, generated, path, read, toml};

const BUNDLED: [&str; 7] =
    ["minimal", "new-product", "one-product", "project-fusion", "scores-only", "streams-only", "worked-example"];
const TEMPLATES: [&str; 3] = ["scores-only", "small", "standard"];

fn template(name: &str) -> Vec<SourceFile> {
    let mut paths: Vec<_> =
        fs::read_dir(path("src/cli/new").join(name)).expect("a template").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let name = |p: &std::path::PathBuf| p.file_name().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|p| SourceFile { name: name(p), bytes: fs::read(p).expect("readable") }).collect()
}

/// All scenarios that come with the program, and one that is made.
fn all() -> Vec<(String, Vec<SourceFile>)> {
    let bundled = BUNDLED.iter().map(|n| ((*n).to_owned(), files(n)));
    let templates = TEMPLATES.iter().map(|n| (format!("template {n}"), template(n)));
    let made = ("generated".to_owned(), generated::scenario(generated::SMALL));
    bundled.chain(templates).chain([made]).collect()
}

fn exported(sources: &[SourceFile]) -> Vec<u8> {
    workbook::export(sources).unwrap_or_else(|p| panic!("{}", render::text(&p, false))).bytes
}

fn opened(bytes: &[u8]) -> Workbook {
    workbook::open("book.xlsx", bytes).expect("a workbook")
}

#[track_caller]
fn fine<T>(result: Result<T, Problems>) -> T {
    result.unwrap_or_else(|p| panic!("{}", render::text(&p, false)))
}

/// The appraisal as JSON, without what says in which file and line a number stands and what the files' digests are.
fn appraised(sources: &[SourceFile]) -> String {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for key in ["file", "line", "files", "scenario_sha256", "run"] {
                    map.remove(key);
                }
                map.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(support::drawn(sources, Some(7), 20)).expect("JSON");
    strip(&mut value);
    serde_json::to_string_pretty(&value).expect("JSON")
}

/// A workbook as a person edits it: cells by sheet.
struct Book(Vec<(String, Cells)>);

/// The cells of a sheet by row and column, from 0.
type Cells = BTreeMap<(u32, u16), Data>;

impl Book {
    fn of(bytes: &[u8]) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
        let sheet = |(name, range): (String, calamine::Range<Data>)| {
            let start = range.start().unwrap_or((0, 0));
            let cells = range.used_cells().map(|(r, c, d)| {
                (
                    (
                        start.0 + u32::try_from(r).expect("small"),
                        u16::try_from(start.1).expect("small") + u16::try_from(c).expect("small"),
                    ),
                    d.clone(),
                )
            });
            (name, cells.collect())
        };
        Self(book.worksheets().into_iter().map(sheet).collect())
    }

    fn sheet(&mut self, name: &str) -> &mut Cells {
        &mut self.0.iter_mut().find(|(n, _)| n == name).unwrap_or_else(|| panic!("a sheet {name}")).1
    }

    fn column(&mut self, sheet: &str, header: &str) -> u16 {
        let cells = self.sheet(sheet);
        let found = cells.iter().find(|((r, _), d)| *r == 0 && **d == Data::String(header.to_owned()));
        found.unwrap_or_else(|| panic!("a column {header} of {sheet}")).0.1
    }

    /// The row whose first cells are these.
    fn row(&mut self, sheet: &str, ids: &[&str]) -> u32 {
        let cells = self.sheet(sheet);
        let is = |r: u32| {
            ids.iter()
                .enumerate()
                .all(|(c, id)| cells.get(&(r, u16::try_from(c).expect("small"))) == Some(&Data::String((*id).to_owned())))
        };
        let last = cells.keys().map(|(r, _)| *r).max().unwrap_or(0);
        (1..=last).find(|r| is(*r)).unwrap_or_else(|| panic!("a row {ids:?} of {sheet}"))
    }

    fn set(&mut self, sheet: &str, ids: &[&str], header: &str, data: Data) {
        let at = (self.row(sheet, ids), self.column(sheet, header));
        self.sheet(sheet).insert(at, data);
    }

    /// Adds a row with cells by header.
    fn add(&mut self, sheet: &str, cells: &[(&str, Data)]) {
        let row = self.sheet(sheet).keys().map(|(r, _)| *r).max().unwrap_or(0) + 1;
        for (header, data) in cells {
            let column = self.column(sheet, header);
            self.sheet(sheet).insert((row, column), data.clone());
        }
    }

    fn remove_row(&mut self, sheet: &str, ids: &[&str]) {
        let row = self.row(sheet, ids);
        let cells = self.sheet(sheet);
        *cells = std::mem::take(cells)
            .into_iter()
            .filter(|((r, _), _)| *r != row)
            .map(|((r, c), d)| ((if r > row { r - 1 } else { r }, c), d))
            .collect();
    }

    fn bytes(&self) -> Vec<u8> {
        let mut book = Writer::new();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        for (name, cells) in &self.0 {
            let page = book.add_worksheet().set_name(name).expect("a name");
            for ((row, column), data) in cells {
                match data {
                    Data::String(text) if text == "=1+1" => page.write_formula(*row, *column, Formula::new(text).set_result("2")),
                    Data::String(text) if text == "=NA()" => {
                        page.write_formula(*row, *column, Formula::new(text).set_result("#N/A"))
                    }
                    Data::String(text) => page.write_string(*row, *column, text),
                    Data::Float(number) => page.write_number(*row, *column, *number),
                    Data::Int(number) => page.write_number(*row, *column, i32::try_from(*number).expect("small")),
                    Data::Bool(flag) => page.write_boolean(*row, *column, *flag),
                    Data::DateTime(when) => page.write_number_with_format(*row, *column, when.as_f64(), &day),
                    _ => continue,
                }
                .expect("a cell");
            }
        }
        book.save_to_buffer().expect("a workbook")
    }
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

/// The files after an update.
fn updated(sources: &[SourceFile], book: &Book) -> Vec<SourceFile> {
    let book = opened(&book.bytes());
    fine(book.check());
    let update = fine(book.update(sources));
    let mut whole = sources.to_vec();
    for file in update.files {
        whole.iter_mut().find(|f| f.name == file.name).expect("a file that was there").bytes = file.bytes;
    }
    whole
}

/// The lines that one text has more often than the other, each way; empty ones do not count.
fn changed(before: &[SourceFile], after: &[SourceFile]) -> (Vec<String>, Vec<String>) {
    let lines = |files: &[SourceFile]| -> Vec<String> {
        let text = |f: &SourceFile| {
            String::from_utf8_lossy(&f.bytes).lines().filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        files.iter().flat_map(text).collect()
    };
    let (before, after) = (lines(before), lines(after));
    let only = |a: &[String], b: &[String]| {
        let mut left = b.to_vec();
        let gone = |l: &&String| left.iter().position(|x| x == *l).map(|i| left.swap_remove(i)).is_none();
        a.iter().filter(gone).cloned().collect::<Vec<_>>()
    };
    (only(&before, &after), only(&after, &before))
}

#[track_caller]
fn refused(book: &Book, wanted: &[(Code, &str, &str)]) {
    let problems = opened(&book.bytes()).check().expect_err("it has problems");
    let shown = render::text(&problems, false);
    let records = render::records(&problems);
    for (code, cell, words) in wanted {
        let hit = records
            .iter()
            .any(|r| r.code == code.word() && r.cell.as_deref() == Some(cell) && r.message.contains(words) && !r.hint.is_empty());
        assert!(hit, "no {} at {cell} saying {words}:\n{shown}\n{records:#?}", code.word());
        assert!(shown.contains(cell), "{shown}");
    }
}

#[test]
fn into_a_new_folder_and_back_means_the_same() {
    for (name, sources) in all() {
        let book = opened(&exported(&sources));
        let before = read(&sources);
        let checked = fine(book.check());
        assert_eq!(checked.programme.options.len(), before.programme.options.len(), "{name}");
        let fresh = fine(book.fresh());
        let (first, second) = (appraised(&sources), appraised(&fresh));
        let differs = first.lines().zip(second.lines()).find(|(a, b)| a != b);
        assert!(first == second, "{name}: {differs:?}");
        // What was written is tidy enough to be exported and to come back as it is.
        let again = opened(&exported(&fresh));
        assert!(fine(again.update(&fresh)).files.is_empty(), "{name}");
    }
}

#[test]
fn over_the_original_every_file_stays_as_it_is() {
    for (name, sources) in all() {
        let bytes = exported(&sources);
        assert!(bytes == exported(&sources), "{name}: the same scenario gives the same bytes");
        let update = fine(opened(&bytes).update(&sources));
        assert!(update.files.is_empty() && update.changes.is_empty(), "{name}: {:?}", update.changes);
        // A workbook that another program has written anew.
        let update = fine(opened(&Book::of(&bytes).bytes()).update(&sources));
        assert!(update.files.is_empty() && update.changes.is_empty(), "{name}, written anew: {:?}", update.changes);
    }
}

#[test]
fn a_changed_price_changes_one_line_and_keeps_its_comment() {
    let sources = files("worked-example");
    let mut book = Book::of(&exported(&sources));
    let rows: Vec<String> =
        book.sheet("Contracts.lines").iter().filter(|((r, c), _)| *r > 0 && *c < 2).map(|(_, d)| d.to_string()).collect();
    let ids: Vec<&str> = rows[..2].iter().map(String::as_str).collect();
    let header = if book.sheet("Contracts.lines").contains_key(&(1, 2)) { "fixed" } else { "per_user" };
    book.set("Contracts.lines", &ids, header, Data::Float(1234.5));
    let after = updated(&sources, &book);
    let (gone, come) = changed(&sources, &after);
    assert_eq!((gone.len(), come.len()), (1, 1), "{gone:?} {come:?}");
    assert!(come[0].contains("1234.5"), "{come:?}");
    let comment = |line: &str| line.split_once('#').map(|(_, c)| c.to_owned());
    assert_eq!(comment(&gone[0]), comment(&come[0]));
    read(&after);
}

#[test]
fn an_edited_estimate_in_an_inline_table_keeps_the_rest_of_its_line() {
    let sources = files("project-fusion");
    let mut book = Book::of(&exported(&sources));
    book.set("Contracts.lines", &["rio_licence", "users"], "per_user", Data::Float(130.25));
    book.set("Contracts", &["rio_licence"], "early_exit.high", Data::Float(0.5));
    book.set("Services", &["mh_southampton"], "users.high", Data::Float(1016.0));
    let after = updated(&sources, &book);
    let (gone, mut come) = changed(&sources, &after);
    assert_eq!((gone.len(), come.len()), (3, 3), "{gone:?} {come:?}");
    let mut expected: Vec<String> = gone
        .iter()
        .map(|l| {
            l.replace("likely = 125.47", "likely = 130.25").replace("high = 1.0", "high = 0.5").replace("900,1015", "900,1016")
        })
        .collect();
    expected.sort();
    come.sort();
    assert_eq!(come, expected);
}

#[test]
fn rows_are_added_and_removed() {
    let sources = files("minimal");
    let mut book = Book::of(&exported(&sources));
    book.add(
        "Contracts",
        &[
            ("id", text("c5")),
            ("instance", text("r4")),
            ("body", text("beta")),
            ("annual", Data::Float(1000.0)),
            ("start", text("2028-04-01")),
            ("end", text("2030-03-31")),
            ("follows", text("c4")),
        ],
    );
    book.add(
        "Services",
        &[
            ("id", text("new_one")),
            ("name", text("Podiatry, \"west\"")),
            ("line", text("community")),
            ("organisation", text("beta")),
            ("place", text("south")),
            ("system", text("s1_b")),
            ("users", Data::Float(40.0)),
            ("contacts", Data::Float(9000.0)),
        ],
    );
    book.remove_row("Services", &["older"]);
    let after = updated(&sources, &book);
    let (gone, come) = changed(&sources, &after);
    assert_eq!(gone, ["older,Older people's mental health,mental health,alpha,north,rio_a,900,150000"]);
    assert_eq!(
        come,
        [
            "c5 = { body = \"beta\", instance = \"r4\", follows = \"c4\", start = 2028-04-01, end = 2030-03-31, annual = 1000 }",
            "new_one,\"Podiatry, \"\"west\"\"\",community,beta,south,s1_b,40,9000",
        ]
    );
    let scenario = read(&after);
    assert_eq!((scenario.programme.contracts.len(), scenario.programme.services.len()), (5, 6));
}

#[test]
fn a_contract_with_lines_is_added_under_a_header_beside_the_others() {
    let sources = files("project-fusion");
    let mut book = Book::of(&exported(&sources));
    book.add(
        "Contracts",
        &[
            ("id", text("extra")),
            ("name", text("Extra = all")),
            ("body", text("southern")),
            ("end", text("2030-03-31")),
            ("evidence", text("estimate")),
        ],
    );
    book.add("Contracts.lines", &[("contracts id", text("extra")), ("lines id", text("core")), ("fixed", Data::Float(12_000.0))]);
    let after = updated(&sources, &book);
    let (gone, come) = changed(&sources, &after);
    assert_eq!(gone, Vec::<String>::new());
    assert_eq!(
        come,
        [
            "[contracts.extra]",
            "name = \"Extra = all\"",
            "body = \"southern\"",
            "end = 2030-03-31",
            "evidence = \"estimate\"",
            "[contracts.extra.lines.core]",
            "fixed = 12000"
        ]
    );
    read(&after);
}

#[test]
fn waves_are_added_in_their_place() {
    let sources = files("project-fusion");
    let mut book = Book::of(&exported(&sources));
    let first = book.row("Options.waves", &["converge_rio"]);
    let sheet = book.sheet("Options.waves");
    // A row between the first wave and the second.
    *sheet = std::mem::take(sheet).into_iter().map(|((r, c), d)| ((if r > first { r + 1 } else { r }, c), d)).collect();
    sheet.insert((first + 1, 0), text("converge_rio"));
    let (go_live, services) = (book.column("Options.waves", "go_live"), book.column("Options.waves", "services"));
    book.sheet("Options.waves").insert((first + 1, go_live), text("2026-01-01"));
    book.sheet("Options.waves").insert((first + 1, services), text("comm_portsmouth"));
    let after = updated(&sources, &book);
    let (gone, come) = changed(&sources, &after);
    assert_eq!(gone, Vec::<String>::new());
    assert_eq!(come, ["    { go_live = 2026-01-01, services = [\"comm_portsmouth\"] },"]);
}

/// What a file says after an edited workbook was read back into it.
fn after_edit(source: &str, edit: impl FnOnce(&mut Book)) -> String {
    let sources = toml(source);
    let mut book = Book::of(&exported(&sources));
    edit(&mut book);
    let update = fine(opened(&book.bytes()).update(&sources));
    update.files.first().map_or_else(|| source.to_owned(), |f| String::from_utf8_lossy(&f.bytes).into_owned())
}

/// What stands above an entry and is not about it stays when it is removed.
#[test]
fn headings_stay_when_the_entry_below_them_goes() {
    let source = "#:schema ./appraisal.schema.json\n# Where figures come from.\n\n# About a.\n[sources.a] # behind\ntitle = \"A\"\n\n\
                  # About b.\n[sources.b]\ntitle = \"B\"\n\n# == Others ==\n\n# About c.\n[sources.c]\ntitle = \"C\"\n\n\
                  # == Numbers ==\n\n# About r.\n[roles.r]\nday_rate = 1\n\n# The end.\n";
    let gone = |ids: &[&str]| after_edit(source, |book| ids.iter().for_each(|id| book.remove_row("Sources", &[id])));
    assert_eq!(gone(&["a"]), source.replace("# About a.\n[sources.a] # behind\ntitle = \"A\"\n\n", ""));
    assert_eq!(gone(&["b"]), source.replace("# About b.\n[sources.b]\ntitle = \"B\"\n\n", ""));
    assert_eq!(gone(&["c"]), source.replace("# About c.\n[sources.c]\ntitle = \"C\"\n\n", ""));
    assert_eq!(
        gone(&["a", "b", "c"]),
        "#:schema ./appraisal.schema.json\n# Where figures come from.\n\n# == Others ==\n\n# == Numbers ==\n\n# About r.\n\
         [roles.r]\nday_rate = 1\n\n# The end.\n"
    );
    // With no blank line between, what is above the first entry of a file is about the file.
    let tight = "#:schema ./appraisal.schema.json\n[sources.a]\ntitle = \"A\"\n\n# About b.\n[sources.b]\ntitle = \"B\"\n";
    assert_eq!(
        after_edit(tight, |book| book.remove_row("Sources", &["a"])),
        "#:schema ./appraisal.schema.json\n\n# About b.\n[sources.b]\ntitle = \"B\"\n"
    );
    // Without anything above, no empty line is left.
    let bare = "[sources.a]\ntitle = \"A\"\n\n[sources.b]\ntitle = \"B\"\n";
    assert_eq!(after_edit(bare, |book| book.remove_row("Sources", &["a"])), "[sources.b]\ntitle = \"B\"\n");
    // The last of a file.
    assert_eq!(
        after_edit("[sources.a]\ntitle = \"A\"\n\n# == More ==\n\n# About b.\n[sources.b]\ntitle = \"B\"\n", |book| {
            book.remove_row("Sources", &["b"]);
        }),
        "[sources.a]\ntitle = \"A\"\n\n# == More ==\n\n"
    );
}

#[test]
fn headings_stay_when_the_line_below_them_goes() {
    let source = "# File.\n[contracts]\n# == Licences ==\n\n# About c1.\nc1 = { end = 2030-03-31 } # c1\n# About c2.\nc2 = { end = 2030-03-31 } # c2\n\n\
                  # == Agreements ==\n\n# About c3.\nc3 = { end = 2030-03-31 } # c3\n\n# Roles.\n[roles.r]\nday_rate = 1\n";
    let gone = |id: &str| after_edit(source, |book| book.remove_row("Contracts", &[id]));
    let line = |id: &str| format!("# About {id}.\n{id} = {{ end = 2030-03-31 }} # {id}\n");
    for id in ["c1", "c2"] {
        assert_eq!(gone(id), source.replace(&line(id), ""), "{id}");
    }
    assert_eq!(gone("c3"), source.replace(&format!("{}\n", line("c3")), ""));
}

#[test]
fn comments_behind_items_of_a_list_stay_with_them() {
    let head = "[options.o]\nkind = \"converge\"\n";
    let wave = |year: u32| format!("{{ go_live = {year}-04-01, services = [\"a\"] }}");
    let list = |waves: &str| format!("{head}waves = [{waves}]\nname = \"x\"\n");
    let lined = list(&format!(
        " # all\n  # first\n  {}, # one\n  {}, # two\n\n  # later\n\n  # third\n  {}, # three\n  # end\n",
        wave(2028),
        wave(2029),
        wave(2030)
    ));
    let edit = |source: &str, change: &dyn Fn(&mut Vec<[Data; 3]>)| {
        after_edit(source, |book| {
            let (go_live, services) = (book.column("Options.waves", "go_live"), book.column("Options.waves", "services"));
            let sheet = book.sheet("Options.waves");
            let last = sheet.keys().map(|(r, _)| *r).max().unwrap_or(0);
            let mut rows: Vec<[Data; 3]> = (1..=last).map(|r| [0, go_live, services].map(|c| sheet[&(r, c)].clone())).collect();
            sheet.retain(|(r, _), _| *r == 0);
            change(&mut rows);
            for (r, row) in (1..).zip(rows) {
                for (c, data) in [0, go_live, services].into_iter().zip(row) {
                    sheet.insert((r, c), data);
                }
            }
        })
    };
    let new = || [text("o"), text("2027-04-01"), text("a")];
    let added = |source: &str, at: usize| edit(source, &|rows| rows.insert(at, new()));
    let removed = |source: &str, at: usize| edit(source, &|rows| drop(rows.remove(at)));
    let line = format!("  {},", wave(2027));
    assert_eq!(added(&lined, 0), lined.replace(" # all\n", &format!(" # all\n{line}\n")));
    assert_eq!(added(&lined, 1), lined.replace(" # one\n", &format!(" # one\n{line}\n")));
    assert_eq!(added(&lined, 2), lined.replace(" # two\n", &format!(" # two\n{line}\n")));
    assert_eq!(added(&lined, 3), lined.replace(" # three\n", &format!(" # three\n{line}\n")));
    assert_eq!(removed(&lined, 0), lined.replace(&format!("  # first\n  {}, # one\n", wave(2028)), ""));
    assert_eq!(removed(&lined, 1), lined.replace(&format!("  {}, # two\n", wave(2029)), ""));
    assert_eq!(removed(&lined, 2), lined.replace(&format!("  # third\n  {}, # three\n", wave(2030)), ""));
    // Without a comma behind the last.
    let open = list(&format!("\n  {}, # one\n  {} # two\n", wave(2028), wave(2029)));
    assert_eq!(added(&open, 2), list(&format!("\n  {}, # one\n  {}, # two\n  {}\n", wave(2028), wave(2029), wave(2027))));
    assert_eq!(removed(&open, 1), list(&format!("\n  {} # one\n", wave(2028))));
    // On one line.
    let short = list(&format!("{}, {}", wave(2028), wave(2029)));
    assert_eq!(added(&short, 0), list(&format!("{}, {}, {}", wave(2027), wave(2028), wave(2029))));
    assert_eq!(added(&short, 1), list(&format!("{}, {}, {}", wave(2028), wave(2027), wave(2029))));
    assert_eq!(added(&short, 2), list(&format!("{}, {}, {}", wave(2028), wave(2029), wave(2027))));
    assert_eq!(removed(&short, 0), list(&wave(2029)));
    assert_eq!(removed(&short, 1), list(&wave(2028)));
}

#[test]
fn what_is_wrong_is_told_by_its_cell() {
    let sources = files("worked-example");
    let whole = exported(&sources);
    let mut book = Book::of(&whole);
    let end = book.column("Contracts", "end");
    let letter = char::from(b'A' + u8::try_from(end).expect("small"));
    book.sheet("Contracts").insert((1, end), text("31 March 20x7"));
    let id = book.sheet("Contracts")[&(2, 0)].to_string();
    book.sheet("Contracts.lines").insert((1, 0), text("no_such"));
    let body = book.column("Contracts", "body");
    book.sheet("Contracts").insert((0, body), text("bodie"));
    let instance = book.column("Contracts", "instance");
    book.sheet("Contracts").insert((2, instance), text("=NA()"));
    let broken = char::from(b'A' + u8::try_from(instance).expect("small"));
    let misspelt = char::from(b'A' + u8::try_from(body).expect("small"));
    refused(
        &book,
        &[
            (Code::BadDate, &format!("Contracts!{letter}2"), "31 March 20x7"),
            (Code::UnknownKey, &format!("Contracts!{misspelt}1"), "bodie"),
            (Code::UnknownReference, "Contracts.lines!A2", "no_such"),
            (Code::WrongKind, &format!("Contracts!{broken}3"), "#N/A"),
        ],
    );
    let problems = opened_problems(&book);
    let at_cell = render::records(&problems).into_iter().filter(|r| r.cell == Some(format!("Contracts!{broken}3")));
    assert_eq!(at_cell.count(), 1, "what cannot be read is not judged by what it says");
    // An id that is there twice, a row without an id.
    let mut book = Book::of(&whole);
    book.sheet("Contracts").insert((1, 0), text(&id));
    book.sheet("Options").remove(&(1, 0));
    refused(&book, &[(Code::DuplicateId, "Contracts!A3", &id), (Code::MissingKey, "Options!B2", "`id`")]);
}

#[test]
fn a_formula_gives_the_value_that_it_shows() {
    let sources = files("minimal");
    let mut book = Book::of(&exported(&sources));
    book.set("Contracts", &["c1"], "annual", text("=1+1"));
    let (gone, come) = changed(&sources, &updated(&sources, &book));
    assert_eq!((gone.len(), come.len()), (1, 1));
    assert!(gone[0].contains("annual = 1_050_000") && come[0] == gone[0].replace("1_050_000", "2"), "{come:?}");
}

#[test]
fn a_sheet_that_is_gone_is_asked_for_and_sheets_of_ones_own_are_left_out() {
    let sources = files("worked-example");
    let mut book = Book::of(&exported(&sources));
    book.0.push(("My sums".to_owned(), BTreeMap::from([((0, 0), text("anything"))])));
    assert_eq!(fine(opened(&book.bytes()).check()).warnings.list.iter().filter(|p| p.message.contains("My sums")).count(), 1);
    book.0.retain(|(name, _)| name != "Contracts.lines");
    let opened = opened(&book.bytes());
    let lost = opened.update(&sources).expect_err("lines are missing");
    assert!(
        lost.list.iter().any(|p| p.code == Code::MissingKey && p.message.contains("no sheet `Contracts.lines`")),
        "{}",
        render::text(&lost, false)
    );
    // One that is only misspelt is no sheet of one's own.
    let mut book = Book::of(&exported(&sources));
    book.0.iter_mut().for_each(|(name, _)| *name = name.replace("Options", "Optoins"));
    let problems = opened_problems(&book);
    assert!(problems.list.iter().any(|p| p.code == Code::UnknownSection && p.hint.contains("did you mean `Options`?")));
}

fn opened_problems(book: &Book) -> Problems {
    opened(&book.bytes()).check().expect_err("it has problems")
}

/// Texts that a spreadsheet likes to take for something else.
const ODD: [&str; 31] = [
    "=1+2",
    "+44 1234",
    "-5",
    "@name",
    "007",
    "1e5",
    "1.50",
    "2026-03-31",
    "31/03/2026",
    "2026/27",
    "TRUE",
    "true",
    "'quoted",
    "\\\"a\\\"",
    "[draft] plan",
    "{x}",
    "a; b",
    "£1.3m",
    "3.5%",
    "line\\nbreak",
    "tab\\tstop",
    " spaces ",
    "é ü 漢字 🏥",
    "_x000D_",
    "max_x",
    "\\\\_x0041_",
    "_xyz_",
    "#N/A",
    "\\u0001",
    "\\r\\n",
    "x",
];

/// Values that spreadsheet programs like to change.
#[test]
fn every_value_survives() {
    let mut source = String::from(
        "[appraisal]\nid = \"odd\"\ntitle = \"=SUM(A1)\"\nas_at = 2027-04-01\nyear0 = \"2027/28\"\nhorizon = 1\n[deflator]\nrate = 0.1\nsource = \"s0\"\n",
    );
    for (i, text) in ODD.iter().enumerate() {
        write!(source, "[sources.s{i}]\ntitle = \"{text}\"\npublisher = \"x\"\n").expect("text");
    }
    source.push_str(
        "[sources.\"a.b\"]\ntitle = 2024\n[sources.\"007\"]\ntitle = 1979-05-27\n[options.bau]\nname = \"B\"\nkind = \"business_as_usual\"\nunmonetised = [\"a; b\", \"c_x0041_\", \"\\\\_x0041_\"]\n\
         [options.two]\nkind = \"converge\"\nunmonetised = [\"one\", \"two\"]\n[streams.s]\nkind = \"cost\"\nonce = 0.1234567890123456789\nstart = \"2027/28 Q2\"\n\
         [streams.t]\nkind = \"cost\"\nonce = { low = 1e-3, likely = 0.30000000000000004, high = \"£1.3m\", source = \"s0; s1\" }\nstart = 2027-07-01\n\
         [streams.u]\nkind = \"cost\"\nonce = \"3.5\"\nstart = \"01/07/2027\"\n[streams.v]\nkind = \"cost\"\nonce = \"1_300_000\"\nstart = 1850-01-01\n\
         [panels.p]\npoints = {}\nseats = \"\"\n\
         [narrative]\nequality = \"\"\"\n# One\n\nSays \"so\" and \\\\ so.\n  - two\n\"\"\"\n",
    );
    let sources = toml(&source);
    let bytes = exported(&sources);
    for bytes in [bytes.clone(), Book::of(&bytes).bytes()] {
        let book = opened(&bytes);
        let update = fine(book.update(&sources));
        assert!(update.files.is_empty(), "{:?}", update.changes);
        let passage = fine(book.fresh())
            .iter()
            .find(|f| f.name == "appraisal.toml")
            .map(|f| String::from_utf8_lossy(&f.bytes).into_owned());
        assert!(passage.is_some_and(|t| t.contains("equality = \"\"\"\n# One\n\nSays \\\"so\\\" and \\\\ so.\n  - two\"\"\"\n")));
        // Into new files, and from there over the old ones: each value is the same.
        let fresh = fine(book.fresh());
        let update = fine(opened(&exported(&fresh)).update(&sources));
        assert!(update.files.is_empty(), "{:?}", update.changes);
    }
}

/// A cost appraisal of two options with its streams in a CSV file.
fn streams_in_csv(rows: &str) -> Vec<SourceFile> {
    let mut sources = toml(
        "[appraisal]\nid = \"s\"\ntitle = \"S\"\nas_at = 2026-04-01\nyear0 = \"2026/27\"\nhorizon = 2\n\
         [deflator]\nrate = 0.02\nsource = \"x\"\n[sources.x]\ntitle = \"X\"\npublisher = \"Y\"\n[options.stay]\nkind = \"business_as_usual\"\nunmonetised = [\"quiet\"]\n[options.go]\nkind = \"converge\"\n\
         [risks.r]\nprobability = 0.5\nimpact = 600\nstart = 2026-07-01\noptions = [\"stay\"]\n",
    );
    let text = format!("id,kind,once,start,options\n{rows}");
    sources.push(SourceFile { name: "streams.csv".to_owned(), bytes: text.into_bytes() });
    sources
}

#[test]
fn lists_and_numbers_may_be_typed_as_people_type_them() {
    let sources = streams_in_csv("hire,cost,600,2026-07-01,stay;go\n");
    // As it is, into a new folder.
    let fresh = fine(opened(&exported(&sources)).fresh());
    let streams = fresh.iter().find(|f| f.name == "streams.toml").expect("a file");
    assert!(String::from_utf8_lossy(&streams.bytes).contains("options = [\"stay\", \"go\"]"));
    let edited = |sheet: &str, id: &str, header: &str, typed: &str| {
        let mut book = Book::of(&exported(&sources));
        book.set(sheet, &[id], header, text(typed));
        fine(opened(&book.bytes()).check());
        fine(opened(&book.bytes()).fresh());
        changed(&sources, &updated(&sources, &book)).1
    };
    let nothing: [&str; 0] = [];
    for same in ["stay;go", "stay; go;", " stay ;go ", ";stay;;go", "[\"stay\", \"go\"]"] {
        assert_eq!(edited("Streams", "hire", "options", same), nothing, "{same}");
    }
    for (typed, written) in
        [("go", "go"), ("go ", "go"), ("[\"go\"]", "go"), ("go; stay", "go; stay"), ("[\"go\",\"stay\"]", "go;stay")]
    {
        assert_eq!(edited("Streams", "hire", "options", typed), [format!("hire,cost,600,2026-07-01,{written}")], "{typed}");
    }
    for (typed, written) in [("go", "[\"go\"]"), ("go;stay;", "[\"go\", \"stay\"]"), ("[\"go\"]", "[\"go\"]")] {
        assert_eq!(edited("Risks", "r", "options", typed), [format!("options = {written}")], "{typed}");
    }
    assert_eq!(edited("Risks", "r", "options", "stay;"), nothing);
    for same in ["600", "600 ", " 600", "600.0", "6e2", "+600"] {
        assert_eq!(edited("Streams", "hire", "once", same), nothing, "{same}");
        assert_eq!(edited("Risks", "r", "impact", same), nothing, "{same}");
    }
    for (typed, row, line) in
        [("650 ", "650", "650"), ("7e2", "7e2", "7e2"), ("1,650", "\"1,650\"", "\"1,650\""), (" £1.3m", "£1.3m", "\"£1.3m\"")]
    {
        assert_eq!(edited("Streams", "hire", "once", typed), [format!("hire,cost,{row},2026-07-01,stay;go")], "{typed}");
        assert_eq!(edited("Risks", "r", "impact", typed), [format!("impact = {line}")], "{typed}");
    }
    for same in ["2026-07-01", " 2026-07-01 ", "1 July 2026"] {
        assert_eq!(edited("Risks", "r", "start", same), nothing, "{same}");
    }
    assert_eq!(edited("Risks", "r", "start", "2026-10-01 "), ["start = 2026-10-01"]);
}

/// A space behind an id is a slip of the finger, not another entry; one that belongs to an id stands in quotes.
#[test]
fn spaces_around_an_id_are_no_part_of_it() {
    let sources = toml(
        "[sources.\"a \"]\n# kept\ntitle = \"A\"\npublisher = \"P\"\n[sources.b]\n# kept\ntitle = \"B\"\npublisher = \"P\"\n",
    );
    let mut book = Book::of(&exported(&sources));
    assert_eq!(book.sheet("Sources")[&(1, 0)], text("\"a \""));
    book.set("Sources", &["b"], "title", text("C"));
    book.sheet("Sources").insert((2, 0), text(" b "));
    let update = fine(opened(&book.bytes()).update(&sources));
    assert_eq!(update.changes, ["scenario.toml: `sources.b.title` is changed"]);
    let text = String::from_utf8_lossy(&update.files[0].bytes).into_owned();
    assert_eq!(text, String::from_utf8_lossy(&sources[0].bytes).replace("\"B\"", "\"C\""));
}

/// A column that is gone removes nothing without a question; one that is empty does.
#[test]
fn a_column_that_is_gone_is_asked_for() {
    let source = "[sources.a]\ntitle = \"A\"\npublisher = \"P\"\n[sources.b]\ntitle = \"B\"\npublisher = \"Q\" # q\n[sources.c]\ntitle = \"C\"\n";
    let sources = toml(source);
    let mut book = Book::of(&exported(&sources));
    let column = book.column("Sources", "publisher");
    book.sheet("Sources").retain(|(_, c), _| *c != column);
    let problems = opened(&book.bytes()).update(&sources).expect_err("asked for");
    let record = &render::records(&problems)[0];
    assert_eq!((problems.list.len(), record.code.as_str()), (1, "missing-key"));
    assert_eq!(record.message, "the sheet `Sources` has no column `publisher`, which the scenario fills in 2 entries");
    // With its header there, empty cells remove what stood in them.
    book.sheet("Sources").insert((0, column), text("publisher"));
    let update = fine(opened(&book.bytes()).update(&sources));
    let without = source.replace("publisher = \"P\"\n", "").replace("publisher = \"Q\" # q\n", "");
    assert_eq!(String::from_utf8_lossy(&update.files[0].bytes), without);
    // An estimate may stand under its likely value.
    let mut book = Book::of(&exported(&files("project-fusion")));
    let column = book.column("Contracts", "early_exit");
    book.sheet("Contracts").insert((0, column), text("early_exit.likely"));
    assert!(fine(opened(&book.bytes()).update(&files("project-fusion"))).files.is_empty());
}

#[test]
fn headers_that_are_blank_or_gone_are_told() {
    let sources = files("worked-example");
    let whole = exported(&sources);
    let mut book = Book::of(&whole);
    let name = book.column("Options", "name");
    book.sheet("Options").insert((0, name), text("  "));
    let letter = char::from(b'A' + u8::try_from(name).expect("small"));
    refused(&book, &[(Code::MissingKey, &format!("Options!{letter}2"), "no header")]);
    // Without its first row a sheet of keys and values would lose its first key.
    let mut book = Book::of(&whole);
    let sheet = book.sheet("Appraisal");
    *sheet = std::mem::take(sheet).into_iter().filter(|((r, _), _)| *r > 0).map(|((r, c), d)| ((r - 1, c), d)).collect();
    refused(&book, &[(Code::MissingKey, "Appraisal!A1", "does not begin with `key`")]);
    // What the hint says to a column that the sheet does not take is true: without it, all is well.
    let mut book = Book::of(&whole);
    let beyond = book.sheet("Options").keys().map(|(_, c)| *c).max().unwrap_or(0) + 1;
    book.sheet("Options").extend([((0, beyond), text("zzz")), ((1, beyond), text("mine"))]);
    let problems = opened_problems(&book);
    assert!(problems.list.iter().any(|p| p.hint.ends_with("delete the column, or keep it on a sheet of your own")));
    book.sheet("Options").retain(|(_, c), _| *c != beyond);
    book.0.push(("Mine".to_owned(), BTreeMap::from([((0, 0), text("zzz")), ((1, 0), text("mine"))])));
    assert!(fine(opened(&book.bytes()).update(&sources)).files.is_empty());
}

/// Rows of a CSV file that have no ids get them when a row comes or goes, and only then.
#[test]
fn rows_without_ids_may_come_and_go() {
    let mut sources = files("project-fusion");
    let file = sources.iter_mut().find(|f| f.name == "flows.csv").expect("flows");
    // The ids stand first and hold no comma.
    let text_of = String::from_utf8_lossy(&file.bytes).into_owned();
    file.bytes = text_of.lines().filter_map(|l| l.split_once(',')).fold(Vec::new(), |mut all, (_, rest)| {
        all.extend(rest.as_bytes());
        all.push(b'\n');
        all
    });
    let flows = |files: &[SourceFile]| {
        let file = files.iter().find(|f| f.name == "flows.csv").expect("flows");
        String::from_utf8_lossy(&file.bytes).into_owned()
    };
    let before = flows(&sources);
    assert!(!before.lines().next().is_some_and(|h| h.split(',').any(|c| c == "id")), "they have no ids");
    let whole = exported(&sources);
    let mut book = Book::of(&whole);
    book.set("Flows", &["row 2"], "contacts", Data::Float(7_271.0));
    let after = flows(&updated(&sources, &book));
    assert_eq!(before.lines().zip(after.lines()).filter(|(a, b)| a != b).count(), 1, "a value alone needs no ids");
    let mut book = Book::of(&whole);
    book.remove_row("Flows", &["row 2"]);
    let update = fine(opened(&book.bytes()).update(&sources));
    assert_eq!(update.changes.len(), 2, "{:?}", update.changes);
    let after = String::from_utf8_lossy(&update.files[0].bytes).into_owned();
    let numbered = |(i, line): (usize, &str)| if i == 0 { format!("id,{line}") } else { format!("row {i},{line}") };
    let by_hand: Vec<String> =
        before.lines().enumerate().map(numbered).enumerate().filter(|(i, _)| *i != 2).map(|(_, l)| l).collect();
    assert_eq!(after.lines().collect::<Vec<_>>(), by_hand);
    let mut book = Book::of(&whole);
    let sheet = book.sheet("Flows");
    let last = sheet.keys().map(|(r, _)| *r).max().expect("rows");
    let copy: Vec<(u16, Data)> = sheet.iter().filter(|((r, _), _)| *r == last).map(|((_, c), d)| (*c, d.clone())).collect();
    book.remove_row("Flows", &[&format!("row {last}")]);
    for (c, d) in copy {
        book.sheet("Flows").insert((last, c), if c == 0 { text("new") } else { d });
    }
    let after = flows(&updated(&sources, &book));
    assert!(after.lines().last().is_some_and(|l| l.starts_with("new,")), "{after}");
}

#[test]
fn a_text_that_no_cell_holds_is_refused_by_its_place() {
    let long = "x".repeat(32_768);
    let with = |text: &str| toml(&format!("[appraisal]\nid = \"a\"\nnote = \"{text}\"\n"));
    let problems = workbook::export(&with(&long)).expect_err("too long");
    let record = &render::records(&problems)[0];
    assert_eq!((record.line, record.code.as_str()), (3, "wrong-kind"));
    assert!(record.message.contains("`note` is longer than the 32767 characters"), "{}", record.message);
    let sources = with(&long[1..]);
    assert!(fine(opened(&exported(&sources)).update(&sources)).files.is_empty());
}

/// A scenario with problems goes into a workbook and comes back with the same problems, at its cells.
#[test]
fn problems_go_along() {
    let sources = support::patched(files("worked-example"), &[("year0 = \"2027/28\"", "year0 = \"2027/29\"")]);
    let before: Vec<&str> = scenario::read(&sources).expect_err("problems").list.iter().map(|p| p.code.word()).collect();
    let book = opened(&exported(&sources));
    let problems = book.check().expect_err("problems");
    let after: Vec<&str> = problems.list.iter().map(|p| p.code.word()).collect();
    assert_eq!(before, after);
    assert!(render::records(&problems)[0].cell.as_deref().is_some_and(|c| c.starts_with("Appraisal!B")));
    assert!(fine(book.update(&sources)).files.is_empty());
}

/// Whatever is done to the bytes of a workbook, it is read or refused.
#[test]
fn damaged_workbooks_are_refused() {
    let bytes = exported(&files("minimal"));
    assert!(workbook::open("x.xlsx", b"no workbook").is_err());
    for at in (0..bytes.len()).step_by(bytes.len().div_euclid(150).max(1)) {
        let _ = workbook::open("x.xlsx", &bytes[..at]).map(|b| b.check().is_ok());
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x55;
        let _ = workbook::open("x.xlsx", &flipped).map(|b| b.check().is_ok());
    }
}

mod commands {
    use assert_cmd::Command;
    use predicates::prelude::PredicateBooleanExt;
    use predicates::str::contains;
    use std::fs;
    use std::path::Path;

    fn appraise(folder: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_appraise"));
        command.current_dir(folder).env("NO_COLOR", "1");
        command
    }

    fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
        let mut all: Vec<_> = fs::read_dir(folder)
            .expect("a folder")
            .map(|e| e.expect("an entry").path())
            .map(|p| (p.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(&p).expect("readable")))
            .collect();
        all.sort();
        all
    }

    #[test]
    fn a_new_scenario_goes_out_and_comes_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        appraise(at).args(["new", "merger"]).assert().success();
        let before = bytes(&at.join("merger"));
        appraise(at)
            .args(["export", "merger", "-o", "b.xlsx"])
            .assert()
            .success()
            .stderr(contains("appraise import b.xlsx -o merger"));
        appraise(at).args(["import", "b.xlsx", "-o", "merger"]).assert().success().stderr(contains("no file is changed"));
        assert!(before == bytes(&at.join("merger")));
        appraise(at).args(["import", "b.xlsx", "-o", "copy"]).assert().success().stderr(contains("contracts.toml"));
        appraise(at).args(["check", "copy"]).assert().success();
        let contracts = fs::read_to_string(at.join("copy/contracts.toml")).expect("written");
        assert!(contracts.starts_with("#:schema ./appraisal.schema.json\n") && at.join("copy/appraisal.schema.json").is_file());
        // One file is a scenario too.
        fs::copy(at.join("copy/options.toml"), at.join("options.toml")).expect("copied");
        appraise(at)
            .args(["export", "options.toml", "-o", "o.xlsx"])
            .assert()
            .success()
            .stderr(contains("which the workbook has too"));
    }

    /// A workbook goes into the files it was made from; over newer edits, or into another scenario, only if told to.
    #[test]
    fn newer_edits_and_other_scenarios_are_not_written_over_without_a_word() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        for name in ["merger", "other"] {
            appraise(at).args(["new", name]).assert().success();
        }
        let edit = |from: &str, to: &str| {
            let file = at.join("merger/appraisal.toml");
            let text = fs::read_to_string(&file).expect("readable");
            assert!(text.contains(from));
            fs::write(&file, text.replacen(from, to, 1)).expect("writable");
        };
        edit("title = \"", "title = \"Edited in the workbook: ");
        appraise(at).args(["export", "merger", "-o", "b.xlsx"]).assert().success();
        edit("Edited in the workbook: ", "Edited later: ");
        let before = (bytes(&at.join("merger")), bytes(&at.join("other")));
        let import = |args: &[&str]| appraise(at).args(["import", "b.xlsx"]).args(args).assert();
        let dry = import(&["-o", "merger", "--dry-run"]).success().stderr(contains("changed since").and(contains("--force")));
        dry.stdout(contains("appraisal.toml: `appraisal.title` is changed"));
        import(&["-o", "merger"])
            .code(4)
            .stderr(contains("have changed since the workbook was exported").and(contains("--dry-run")));
        import(&["-o", "other"]).code(4).stderr(contains("is of the scenario `merger`").and(contains("of `other`")));
        import(&["-o", "fresh", "--dry-run"]).success().stdout(contains("fresh: options.toml would be written"));
        assert!(before == (bytes(&at.join("merger")), bytes(&at.join("other"))) && !at.join("fresh").exists());
        import(&["-o", "merger", "--force"]).success().stderr(contains("Changed 1 file"));
        assert!(fs::read_to_string(at.join("merger/appraisal.toml")).expect("there").contains("Edited in the workbook: "));
        // The files are again what they were made from, and then nothing changes.
        import(&["-o", "merger"]).success().stderr(contains("no file is changed"));
        import(&["-o", "merger", "--dry-run"]).success().stdout("nothing would change\n");
    }

    #[test]
    fn nothing_is_written_where_something_is_wrong() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        fs::write(at.join("s.toml"), "[appraisal]\nid = \"x\"\nyear0 = \"soon\"\n").expect("written");
        appraise(at).args(["export", "s.toml", "-o", "b.xlsx"]).assert().success();
        let found = appraise(at).args(["import", "b.xlsx", "-o", "out"]).assert().code(1).stderr(contains("Appraisal!B"));
        assert!(String::from_utf8_lossy(&found.get_output().stderr).contains("soon"));
        assert!(!at.join("out").exists());
        appraise(at)
            .args(["import", "b.xlsx", "-o", "out", "--format", "json"])
            .assert()
            .code(1)
            .stdout(contains("\"cell\": \"Appraisal!B"));
        fs::write(at.join("no.xlsx"), "text").expect("written");
        appraise(at)
            .args(["import", "no.xlsx", "-o", "out"])
            .assert()
            .code(4)
            .stderr(contains("cannot read no.xlsx as a workbook"));
        appraise(at).args(["import", "none.xlsx", "-o", "out"]).assert().code(4);
        appraise(at).args(["export", "s.toml", "-o", "b.txt"]).assert().code(2).stderr(contains("ends with .xlsx"));
        fs::write(at.join("bad.toml"), "[appraisal\n").expect("written");
        appraise(at).args(["export", "bad.toml", "-o", "c.xlsx"]).assert().code(1).stderr(contains("bad.toml:1"));
        assert!(!at.join("c.xlsx").exists());
    }

    #[test]
    fn shells_and_manuals_know_every_command() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
            appraise(at).args(["completions", shell]).assert().success().stdout(contains("worksheets")).stdout(contains("draws"));
        }
        appraise(at).args(["completions", "cobol"]).assert().code(2);
        appraise(at).arg("man").assert().success().stdout(contains(".TH")).stdout(contains("Exit status"));
        appraise(at).args(["man", "-o", "man"]).assert().success();
        let pages = bytes(&at.join("man"));
        let names: Vec<&str> = pages.iter().map(|(n, _)| n.as_str()).collect();
        for command in ["check", "export", "import", "run", "man"] {
            assert!(names.contains(&format!("appraise-{command}.1").as_str()), "{names:?}");
        }
        let run = &pages.iter().find(|(n, _)| n == "appraise-run.1").expect("a page").1;
        assert!(String::from_utf8_lossy(run).contains("draws"));
    }
}
