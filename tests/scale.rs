//! Scenarios far larger than the bundled ones.

mod support;

use std::fs;
use std::path::Path;
use support::generated::{self, ALL_RANGES, LARGE, SMALL, Size};
use support::read;

fn write(size: Size, folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    for file in generated::scenario(size) {
        fs::write(folder.join(&file.name), &file.bytes).expect("writable");
    }
}

/// Writes the generated scenarios, for timing the command line on them:
/// `APPRAISE_GENERATED_DIR=/tmp/generated cargo test --test scale -- --ignored`, then
/// `target/release/appraise run /tmp/generated/large`.
#[test]
#[ignore = "writes a folder, for measuring"]
fn generated_scenarios_to_disk() {
    let folder = std::env::var("APPRAISE_GENERATED_DIR").expect("set APPRAISE_GENERATED_DIR to the folder to write");
    write(LARGE, &Path::new(&folder).join("large"));
    write(ALL_RANGES, &Path::new(&folder).join("all-ranges"));
    write(SMALL, &Path::new(&folder).join("small"));
}

#[test]
fn generated_scenarios_are_sound_and_as_large_as_they_say() {
    for size in [SMALL, LARGE] {
        let scenario = read(&generated::scenario(size));
        let p = &scenario.programme;
        assert_eq!(
            (p.services.len(), p.instances.len(), p.options.len(), p.frame.period.horizon, p.flows.len()),
            (size.services, size.instances, size.options, size.years, 3 * size.services)
        );
        let given = p.register.iter().filter(|(_, a)| a.range.is_some()).count();
        assert!(15 * given > 4 * p.register.len(), "about a third of the numbers have a range");
        assert!(generated::scenario(size) == generated::scenario(size), "the same bytes");
    }
}
