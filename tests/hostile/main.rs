//! Hostile text in every key that takes free text: it comes out as text, on the terminal, as JSON and as
//! CSV. What a browser makes of the packs is tested in `tests/browser`, which takes the scenarios from here.

mod attacks;
mod scenario;
#[path = "../support/mod.rs"]
mod support;

use assert_cmd::Command;
use scenario::Hostile;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn shifts() -> std::ops::Range<usize> {
    0..attacks::all().len()
}

fn appraise(arguments: &[&str], scenario: &Path) -> (String, String) {
    let mut command = Command::cargo_bin("appraise").expect("the binary");
    // Words for a pipe are stripped of escape sequences; here they are to arrive as on a terminal.
    let output =
        command.env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1").args(arguments).arg(scenario).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (text(output.stdout), text(output.stderr))
}

/// What must never reach a terminal raw: controls but the line end, and what turns text round.
fn raw(text: &str) -> Vec<char> {
    let turns = |c: char| matches!(u32::from(c), 0x61c | 0x200e | 0x200f | 0x2028..=0x202e | 0x2066..=0x2069);
    text.chars().filter(|c| (c.is_control() && *c != '\n') || turns(*c)).collect()
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).expect("writable");
    path
}

#[test]
fn every_key_that_takes_text_is_there() {
    let Hostile { placed, .. } = scenario::dealt(0);
    let there: BTreeSet<&str> = placed.iter().map(|p| p.key.as_str()).collect();
    let missing: Vec<String> = scenario::free_text()
        .into_iter()
        .map(|(path, key, _)| format!("{}.{key}", path.join(".")))
        .filter(|key| !there.contains(key.as_str()))
        .collect();
    assert!(missing.is_empty(), "add to tests/hostile/additions.toml what holds {}", missing.join(", "));
    // Some that must be among them, whatever the reference says.
    for key in ["appraisal.title", "options.*.description", "gates.*.fails", "criteria.*.judged.*.evidence", "**.basis"] {
        assert!(there.contains(key), "{key}");
    }
}

#[test]
fn every_scenario_is_sound() {
    for shift in shifts() {
        support::read(&scenario::dealt(shift).files());
    }
}

#[test]
fn no_character_that_misleads_reaches_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    for shift in shifts() {
        let hostile = scenario::dealt(shift);
        let path = written(folder.path(), "scenario.toml", &hostile.text());
        let out = folder.path().join("out");
        let out = out.to_str().expect("text");
        let title = &hostile.at("appraisal.title").printed;
        for arguments in [&["check"][..], &["run", "-o", out], &["score"], &["cost"], &["optimise", "--plans", "200"]] {
            let (data, words) = appraise(arguments, &path);
            assert_eq!(raw(&data), [], "{arguments:?}, shift {shift}, standard output:\n{data}");
            assert_eq!(raw(&words), [], "{arguments:?}, shift {shift}, standard error:\n{words}");
            match arguments[0] {
                "check" | "run" => assert!(data.contains(title), "{title} in:\n{data}"),
                _ => assert!(data.lines().count() > 10, "{data}"),
            }
        }
    }
}

#[test]
fn json_and_csv_stay_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    for shift in shifts() {
        let hostile = scenario::dealt(shift);
        let path = written(folder.path(), "scenario.toml", &hostile.text());
        let title = hostile.tree["appraisal"]["title"].as_str().expect("text");
        for command in ["score", "cost"] {
            let json: serde_json::Value = serde_json::from_str(&appraise(&[command, "--format", "json"], &path).0).expect("JSON");
            assert_eq!(json["options"].as_array().map(Vec::len), Some(3));
            records(&appraise(&[command, "--format", "csv"], &path).0);
        }
        let out = folder.path().join("out");
        appraise(&["run", "-o", out.to_str().expect("text")], &path);
        let json: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(out.join("appraisal.json")).expect("results")).expect("JSON");
        assert_eq!(json["title"].as_str(), Some(title.trim()), "shift {shift}");
    }
}

/// The records of a CSV text, which must all be as long as its header, with no formula among them.
fn records(text: &str) -> Vec<csv::StringRecord> {
    let records: Vec<csv::StringRecord> =
        csv::Reader::from_reader(text.as_bytes()).records().map(|r| r.expect("a record as long as the header")).collect();
    for cell in records.iter().flatten() {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
        assert!(!formula, "{cell}");
    }
    assert!(records.len() > 5);
    records
}

#[test]
fn odd_ids_are_ids() {
    let (tree, used) = scenario::odd_ids();
    assert!(used.len() >= 10, "{used:?}");
    let text = toml::to_string(&tree).expect("TOML");
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "scenario.toml", &text);
    let out = folder.path().join("out");
    for arguments in [&["check"][..], &["run", "-o", out.to_str().expect("text")], &["score"], &["cost"]] {
        let (data, words) = appraise(arguments, &path);
        assert_eq!(raw(&(data + &words)), [], "{arguments:?}");
    }
    // The figures do not hang on what things are called.
    let (plain, odd) = (support::appraise(&support::toml(&plain_text())), support::appraise(&support::toml(&text)));
    let costs = |a: &appraise::appraisal::result::Appraisal| a.options.iter().map(|o| o.cost.npc).collect::<Vec<_>>();
    for (a, b) in costs(&plain).into_iter().zip(costs(&odd)) {
        support::six(b, a);
    }
    let csv = records(&appraise(&["cost", "--format", "csv"], &path).0);
    assert!(csv.iter().any(|r| &r[0] == "'@interop\u{2066}"), "the id of an option is kept, and is no formula");
}

fn plain_text() -> String {
    toml::to_string(&scenario::base()).expect("TOML")
}

/// Sheets, formulas and words of the workbook of a scenario.
fn workbook(text: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    use appraise::appraisal::{self, result::Provenance};
    use calamine::{Data, Reader, Xlsx};
    let scenario = support::read(&support::toml(text));
    let provenance = Provenance {
        engine_version: "test".to_owned(),
        scenario_sha256: "0".repeat(64),
        parameter_set: scenario.programme.parameters.id.clone(),
        defaults: None,
        seed: None,
        draws: 20,
        run: String::new(),
        files: Vec::new(),
    };
    let progress = appraise::uncertainty::Progress::default();
    let examined = appraisal::examined(&scenario.programme, &scenario.plans, provenance, Vec::new(), &progress);
    let workings = examined.workings();
    let bytes = appraise::report::render_workbook(&examined.appraisal, &workings).expect("a workbook");
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let sheets = book.sheet_names();
    let (mut formulas, mut words) = (Vec::new(), Vec::new());
    for sheet in &sheets {
        let found = book.worksheet_formula(sheet).expect("formulas");
        formulas.extend(found.used_cells().map(|(.., f)| f.clone()).filter(|f| !f.is_empty()));
        let range = book.worksheet_range(sheet).expect("cells");
        words.extend(range.used_cells().filter_map(|(.., data)| match data {
            Data::String(text) => Some(text.clone()),
            _ => None,
        }));
    }
    (sheets, formulas, words)
}

/// In a workbook text is text: as many formulas as with harmless words, none of them with anything of the author's in it,
/// and the words as a reader of the pack sees them.
#[test]
fn a_workbook_holds_text_as_text() {
    let (_, plain, _) = workbook(&plain_text());
    let (odd, _) = scenario::odd_ids();
    let all = shifts().map(|shift| {
        let hostile = scenario::dealt(shift);
        let title = hostile.at("appraisal.title").shown.clone();
        (hostile.text(), Some(title))
    });
    for (text, title) in all.chain([(toml::to_string(&odd).expect("TOML"), None)]) {
        let (sheets, formulas, words) = workbook(&text);
        // Names of sheets hold letters, digits, spaces and hyphens, and stand in quotes.
        let bare = |formula: &String| sheets.iter().fold(formula.clone(), |f, sheet| f.replace(&format!("'{sheet}'!"), ""));
        let formulas: Vec<String> = formulas.iter().map(bare).collect();
        for sheet in &sheets {
            assert!(sheet.encode_utf16().count() <= 31 && !sheet.contains(['\'', '[', ']', ':', '*', '?', '/', '\\']), "{sheet}");
        }
        let theirs = ["HYPERLINK", "http", "example", "alert", "script", "raw", "\u{202e}"];
        let taken: Vec<&String> = formulas.iter().filter(|f| theirs.iter().any(|t| f.contains(t))).collect();
        assert!(taken.is_empty(), "{taken:?}");
        assert!(formulas.len() >= plain.len(), "{} formulas, {} with plain words", formulas.len(), plain.len());
        assert!(words.iter().all(|w| raw(&w.replace(['\t', '\n'], " ")).is_empty()), "what misleads is shown");
        if let Some(title) = title {
            assert!(words.iter().any(|w| w.contains(title.trim())), "{title}");
        }
    }
}

/// Faults quote what is wrong and the line it stands on.
#[test]
fn faults_quote_hostile_text_harmlessly() {
    let folder = tempfile::tempdir().expect("a folder");
    for attack in attacks::all() {
        let mut tree = scenario::base();
        let raw_text = || toml::Value::String(attack.raw.clone());
        for (section, key) in [("appraisal", "mode"), ("deflator", "rate"), ("appraisal", "lead")] {
            tree[section].as_table_mut().expect("a table").insert(key.to_owned(), raw_text());
        }
        tree["appraisal"].as_table_mut().expect("a table").insert(attack.raw.clone(), raw_text());
        tree.insert(attack.raw.clone(), toml::Value::Table(toml::Table::new()));
        let broken = folder.path().join(format!("broken {}\u{1b}[31m\u{202e}", attack.name));
        fs::create_dir_all(&broken).expect("writable");
        written(&broken, "a\u{1b}]0;b\u{7}.toml", &toml::to_string(&tree).expect("TOML"));
        // A CSV file holds control characters as they are.
        let cell = attack.raw.replace('"', "\"\"");
        written(&broken, "roles.csv", &format!("id,name,day_rate\nr1,\"{cell}\",\"{cell}\"\n"));
        let (data, words) = appraise(&["check"], &broken);
        assert_eq!(raw(&(data + &words)), [], "{}:\n{words}", attack.name);
        assert!(words.contains("problems"), "{words}");
        let (data, _) = appraise(&["check", "--format", "json"], &broken);
        let json: serde_json::Value = serde_json::from_str(&data).expect("JSON");
        assert!(json.as_array().is_some_and(|a| a.len() >= 6), "{data}");
    }
    let (_, words) = appraise(&["check"], &folder.path().join("no such \u{1b}[31m\u{9b}"));
    assert_eq!(raw(&words), []);
}

/// Scenarios for the browser tests, and what they must show, in the folder that `APPRAISE_HOSTILE_DIR`
/// names. Without it, what would be written is only checked.
#[test]
fn scenarios_for_the_browser() {
    let mut all: Vec<(String, String, String)> = Vec::new();
    for shift in shifts() {
        let hostile = scenario::dealt(shift);
        let placed = serde_json::to_string(&hostile.placed).expect("JSON");
        all.push((format!("hostile-{shift:02}"), hostile.text(), placed));
    }
    all.push(("odd-ids".to_owned(), toml::to_string(&scenario::odd_ids().0).expect("TOML"), "[]".to_owned()));
    assert!(all.iter().all(|(_, text, _)| text.parse::<toml::Table>().is_ok()));
    let Ok(folder) = std::env::var("APPRAISE_HOSTILE_DIR") else { return };
    for (name, text, placed) in all {
        let folder = Path::new(&folder).join(name);
        fs::create_dir_all(&folder).expect("writable");
        written(&folder, "scenario.toml", &text);
        written(&folder, "placed.json", &placed);
    }
}
