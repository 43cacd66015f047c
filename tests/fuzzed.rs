//! What fuzzing found (`fuzz/`), each kept as the scenario that showed it, and what it led to.
//!
//! The scenarios in `tests/fuzzed/` are judged by the laws that the fuzz targets judge by.

mod support;

use appraise::appraisal::result::Appraisal;
use appraise::scenario::problem::Code;
use appraise::scenario::{Problems, SourceFile, read};
use std::fmt::Write;
use support::{files, laws, patched, path, problems};

/// The worked example beside a file.
fn beside(name: &str, text: String) -> Vec<SourceFile> {
    let mut files = files("worked-example");
    files.push(SourceFile { name: name.into(), bytes: text.into_bytes() });
    files
}

/// The problems of a scenario that is refused, once they have been shown in every form.
fn refused(files: &[SourceFile]) -> Problems {
    assert!(laws::read(files).is_none());
    read(files).expect_err("refused")
}

#[test]
fn scenarios_that_were_found_are_refused_or_add_up() {
    let folder = std::fs::read_dir(path("tests/fuzzed")).expect("a folder");
    let found: Vec<_> = folder.map(|e| e.expect("an entry").path()).collect();
    assert!(!found.is_empty());
    for file in found {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let source = SourceFile { name, bytes: std::fs::read(&file).expect("readable") };
        if let Some(scenario) = laws::read(&[source]) {
            laws::pack(&laws::appraised(&scenario));
        }
    }
}

/// Figures of the worked example have up to 17 digits, of which a reader of JSON that is content with nearly the same
/// loses the last; the pack made from them would not be the same, byte for byte.
#[test]
fn an_appraisal_read_back_is_the_same_to_the_last_bit() {
    for name in ["worked-example", "streams-only", "scores-only", "minimal"] {
        let scenario = laws::read(&files(name)).expect("sound");
        let appraisal = laws::appraised(&scenario);
        let text = serde_json::to_string(&appraisal).expect("JSON");
        let back: Appraisal = serde_json::from_str(&text).expect("read back");
        assert_eq!(text, serde_json::to_string(&back).expect("JSON"), "{name}");
        assert_eq!(laws::pack(&appraisal), laws::pack(&back), "{name}");
    }
}

/// A column of tables within tables took a call for each, until there was no stack left.
#[test]
fn a_column_of_tables_without_end_is_refused() {
    let deep = vec!["a"; 200_000].join(".");
    let problems = refused(&beside("streams.csv", format!("id,{deep}\nz,1\n")));
    let codes: Vec<Code> = problems.list.iter().map(|p| p.code).collect();
    assert_eq!(codes, [Code::CsvShape]);
    // The deepest column of a bundled scenario has four parts; ten are still read, and judged by what they say.
    let ten = ["a"; 10].join(".");
    let problems = refused(&beside("streams.csv", format!("id,{ten}\nz,1\n")));
    assert!(problems.list.iter().all(|p| p.code != Code::CsvShape));
}

/// Anchors that lie 1e-307 apart gave points beyond the range of numbers: "n/a points", and an `appraisal.json` that
/// could not be read.
#[test]
fn a_figure_too_small_to_be_meant_is_refused() {
    for (from, to) in [
        ("anchors = { zero = 800_000, hundred = 400_000 }", "anchors = { zero = 0, hundred = 1e-307 }"),
        ("cost = 80,", "cost = 5e-324,"),
        ("day_rate = 500", "day_rate = { low = 1e-300, likely = 500 }"),
        ("rate = \"3%\"", "rate = \"1e-13%\""),
    ] {
        let problems = problems(&patched(files("worked-example"), &[(from, to)]));
        let told = problems.list.iter().any(|p| p.code == Code::OutOfRange && p.message.contains("smaller than any figure"));
        assert!(told, "{to}: {:?}", problems.list);
    }
    // Nothing is a figure, however it is written.
    laws::read(&patched(files("worked-example"), &[("adoption = 1.0", "adoption = 0e-300")])).expect("sound");
}

/// Every problem was placed and drawn by going through the whole file, and every column compared with every other:
/// these took half a minute each, and now take too
/// little to be noticed among the tests.
#[test]
fn many_problems_take_time_in_proportion() {
    let mut toml = String::new();
    for i in 0..8_000 {
        let _ = write!(toml, "[services.s{i}x]\nusers = \"abc\"\nbogus = 1\n");
    }
    let rows: String = (0..8_000).fold(String::from("id,users,bogus\n"), |all, i| all + &format!("s{i}x,abc,1\n"));
    let columns = format!("id,{}\nz,1\n", vec!["c"; 20_000].join(","));
    let word = "x".repeat(20_000);
    let long = format!("id,{word}\n{word}a,1\n{word}b,1\n");
    for (name, text) in [("more.toml", toml), ("services.csv", rows), ("streams.csv", columns), ("services.csv", long)] {
        assert!(!refused(&beside(name, text)).list.is_empty());
    }
}
