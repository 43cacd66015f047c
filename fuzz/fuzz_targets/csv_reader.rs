//! Any bytes as a CSV file beside a sound TOML file; the first byte says which section it is.

#![no_main]

#[path = "../../tests/support/laws.rs"]
mod laws;

use appraise::scenario::SourceFile;
use libfuzzer_sys::fuzz_target;

const SOUND: &str = include_str!("../../scenarios/worked-example/appraisal.toml");

/// Sections whose columns between them have every kind of value.
const SECTIONS: &[&str] = &[
    "services",
    "capabilities",
    "flows",
    "sources",
    "contracts",
    "streams",
    "risks",
    "needs",
    "organisations",
    "instances",
    "roles",
    "criteria",
    "panels",
    "options",
    "commitments",
    "funding",
    "unknown",
];

fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else { return };
    let section = SECTIONS[usize::from(first) % SECTIONS.len()];
    laws::read(&[
        SourceFile { name: "appraisal.toml".into(), bytes: SOUND.as_bytes().to_vec() },
        SourceFile { name: format!("{section}.csv"), bytes: bytes.to_vec() },
    ]);
});
