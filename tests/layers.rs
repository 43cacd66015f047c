//! Modules stand on floors and may use only lower ones. `docs/architecture.md` quotes this list.

use std::fs;
use std::path::{Path, PathBuf};

/// Floors from the ground up. Modules on one floor do not use each other, except where a line says so.
const FLOORS: &[&[&str]] = &[
    &["quantity", "solver"],
    &["assumption"],
    &["parameters"],
    &["economics"],
    &["programme"],
    &["plan"],
    &["costing", "impact", "scoring"],
    &["outcome", "scenario"],
    &["optimiser", "uncertainty", "sensitivity"],
    &["appraisal"],
    &["explain", "comparison"],
    &["report"],
    &["cli"],
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|f| f.contains(&module))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the source folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Faults in the text of one file of a module.
fn faults(module: &str, name: &str, text: &str) -> Vec<String> {
    let own = floor(module).unwrap_or_else(|| panic!("{name}: module `{module}` stands on no floor; add it to FLOORS"));
    let mut faults = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        let mut rest = code;
        while let Some(at) = rest.find("crate::") {
            rest = &rest[at + "crate::".len()..];
            let used: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let place = format!("{name}:{}", n + 1);
            if used.is_empty() {
                faults.push(format!("{place}: import one module a line, not {{a, b}} of the crate"));
            } else if used != module && floor(&used).is_none_or(|f| f >= own) {
                faults.push(format!("{place}: {module} may not use {used}"));
            }
        }
    }
    faults
}

#[test]
fn modules_use_only_lower_floors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    let mut all = Vec::new();
    for file in &files {
        let within = file.strip_prefix(&root).expect("below src");
        let first = within.iter().next().expect("a name").to_string_lossy();
        let module = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
        if module != "main" && module != "lib" {
            all.extend(faults(&module, &within.display().to_string(), &fs::read_to_string(file).expect("readable")));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn reports_read_results_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in files {
        for line in fs::read_to_string(&file).expect("readable").lines() {
            let allowed = ["crate::appraisal::result", "crate::quantity", "crate::report"];
            let bad = line.contains("crate::") && !allowed.iter().any(|a| line.contains(a));
            assert!(!bad, "{}: {line}", file.display());
        }
    }
}

#[test]
fn planted_faults_are_caught() {
    assert_eq!(faults("quantity", "x.rs", "use crate::report::view;"), ["x.rs:1: quantity may not use report"]);
    assert_eq!(faults("costing", "x.rs", "use crate::impact::LiveOn;"), ["x.rs:1: costing may not use impact"]);
    assert_eq!(faults("cli", "x.rs", "use crate::{plan, report};").len(), 1);
    assert!(faults("cli", "x.rs", "use crate::report;").is_empty());
}

#[test]
fn the_architecture_page_names_every_floor() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md")).expect("docs/architecture.md");
    for module in FLOORS.iter().copied().flatten() {
        assert!(page.contains(&format!("`{module}`")), "docs/architecture.md does not mention `{module}`");
    }
}
