//! Any bytes as the one TOML file of a scenario: a scenario, or problems that can be shown; never a panic.

#![no_main]

#[path = "../../tests/support/laws.rs"]
mod laws;

use appraise::scenario::SourceFile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    laws::read(&[SourceFile { name: "scenario.toml".into(), bytes: data.to_vec() }]);
});
