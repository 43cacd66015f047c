//! A sound scenario, edited as the bytes say: refused with problems, or appraised with figures that add up.
//!
//! `APPRAISE_FUZZ_SHOW=1` prints the edited files, to make a test of a finding.

#![no_main]

#[path = "../../tests/support/laws.rs"]
mod laws;
mod mangle;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(files) = mangle::scenario(data) else { return };
    if std::env::var_os("APPRAISE_FUZZ_SHOW").is_some() {
        for file in &files {
            eprintln!("### {}\n{}", file.name, String::from_utf8_lossy(&file.bytes));
        }
    }
    let Some(scenario) = laws::read(&files) else { return };
    let appraisal = laws::appraised(&scenario);
    // A pack takes longer than all the rest, so one in eight is made.
    if data.iter().fold(0_u8, |sum, b| sum.wrapping_add(*b)) % 8 == 0 {
        laws::pack(&appraisal);
    }
});
