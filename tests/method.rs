//! Every constraint of the optimiser's program has its part of `docs/method.md`.

mod support;

use std::collections::BTreeSet;
use std::fs;

/// The functions of the program that state a constraint, each with the part of section 25 that it stands in.
const PARTS: [(&str, &str); 14] = [
    ("one_way", "One way."),
    ("slips", "Slips."),
    ("crowds", "Crowds."),
    ("order", "Order."),
    ("teams", "Teams."),
    ("first", "Firsts and lasts."),
    ("last", "Firsts and lasts."),
    ("hold", "Team hold."),
    ("all", "Leaving an instance."),
    ("gap", "Leaving an instance."),
    ("by_piece", "Use."),
    ("charges", "Use."),
    ("suite", "Use."),
    ("change", "Use."),
];

/// Names of functions whose doc comment holds a formula (a block of `text`), and of those that say they are the same as one.
fn stated(source: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut formula = false;
    for line in source.lines().map(str::trim_start) {
        if line.starts_with("///") {
            formula |= line.contains("```text");
        } else if let Some(rest) = line.split_once("fn ").filter(|_| !line.starts_with("//")).map(|(_, rest)| rest) {
            if formula {
                names.insert(rest.split(['(', '<']).next().unwrap_or_default().to_owned());
            }
            formula = false;
        } else if !line.starts_with('#') && !line.is_empty() {
            formula = false;
        }
    }
    names
}

#[test]
fn every_constraint_has_its_part_of_the_method() {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(support::path("src/optimiser/model")).expect("the program") {
        found.extend(stated(&fs::read_to_string(entry.expect("a file").path()).expect("readable")));
    }
    // `last` is `first` seen from the end and gives no formula of its own.
    let listed: BTreeSet<String> = PARTS.iter().map(|(name, _)| (*name).to_owned()).filter(|name| name != "last").collect();
    assert_eq!(found, listed, "a constraint is new or gone: give it a part of section 25 of docs/method.md and a line here");
    let method = fs::read_to_string(support::path("docs/method.md")).expect("readable");
    let section = method.split("\n## 25.").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("section 25");
    for (name, part) in PARTS {
        assert!(section.contains(&format!("**{part}**")), "{name}: section 25 has no part \u{201c}{part}\u{201d}");
    }
    // Each part has a formula of its own.
    for part in section.split("\n**").skip(1) {
        assert!(part.contains('`'), "{part}");
    }
}

#[test]
fn a_formula_belongs_to_the_function_under_it() {
    let source = "/// One.\n/// ```text\n/// x <= 1\n/// ```\n#[must_use]\nfn one() {}\n/// Two.\nfn two() {}\n//! ```text\nconst X: u8 = 0;\nfn three() {}\n";
    assert_eq!(stated(source), BTreeSet::from(["one".to_owned()]));
}
