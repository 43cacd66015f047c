//! Scenarios for tests: the bundled ones, whole or with parts replaced.

#![allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]

pub mod generated;
pub mod judge;
pub mod laws;
pub mod tiny;

use appraise::appraisal::{self, Examined, result::Appraisal, result::Provenance};
use appraise::explain::Explainer;
use appraise::scenario::{self, Problems, Scenario, SourceFile};
use appraise::uncertainty::Progress;
use std::fs;
use std::path::{Path, PathBuf};

/// A path below the project's folder.
pub fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// The files of a bundled scenario.
pub fn files(name: &str) -> Vec<SourceFile> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(path("scenarios").join(name)).expect("a bundled scenario").map(|e| e.expect("an entry").path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml" || e == "csv"));
    paths.sort();
    let read = |p: &PathBuf| SourceFile {
        name: p.file_name().expect("a name").to_string_lossy().into_owned(),
        bytes: fs::read(p).expect("readable"),
    };
    paths.iter().map(read).collect()
}

/// Files with a text replaced, which must be there exactly once.
pub fn patched(mut files: Vec<SourceFile>, patches: &[(&str, &str)]) -> Vec<SourceFile> {
    for (from, to) in patches {
        let hits: usize = files.iter().map(|f| String::from_utf8_lossy(&f.bytes).matches(from).count()).sum();
        assert_eq!(hits, 1, "`{from}` should be there once");
        for file in &mut files {
            file.bytes = String::from_utf8_lossy(&file.bytes).replace(from, to).into_bytes();
        }
    }
    files
}

/// One TOML file as a scenario.
pub fn toml(text: &str) -> Vec<SourceFile> {
    vec![SourceFile { name: "scenario.toml".to_owned(), bytes: text.as_bytes().to_vec() }]
}

/// Reads a scenario that must be sound.
pub fn read(files: &[SourceFile]) -> Scenario {
    scenario::read(files).unwrap_or_else(|p| panic!("{}", scenario::render::text(&p, false)))
}

/// Reads a scenario that must not be.
pub fn problems(files: &[SourceFile]) -> Problems {
    match scenario::read(files) {
        Ok(_) => panic!("the scenario was expected to have problems"),
        Err(problems) => problems,
    }
}

/// Appraises a scenario that must be sound.
pub fn appraise(files: &[SourceFile]) -> Appraisal {
    drawn(files, None, 0)
}

/// What a test's appraisal says of how it was run.
pub fn provenance(files: &[SourceFile], scenario: &Scenario, seed: Option<u64>, draws: u64) -> Provenance {
    Provenance {
        engine_version: "test".to_owned(),
        scenario_sha256: scenario::digest::all(files),
        parameter_set: scenario.programme.parameters.id.clone(),
        defaults: None,
        seed,
        draws,
        run: String::new(),
        files: Vec::new(),
    }
}

/// Examines a scenario on its central case and hands it over.
pub fn examined<T>(files: &[SourceFile], work: impl FnOnce(&Examined<'_>) -> T) -> T {
    let scenario = read(files);
    let provenance = provenance(files, &scenario, None, 0);
    work(&appraisal::examined(&scenario.programme, &scenario.plans, provenance, Vec::new(), &Progress::default()))
}

/// An appraisal with its headline figures taken apart, as `appraise run` writes it.
pub fn explained(files: &[SourceFile], seed: Option<u64>, draws: u64) -> Appraisal {
    let scenario = read(files);
    let provenance = provenance(files, &scenario, seed, draws);
    let examined = appraisal::examined(&scenario.programme, &scenario.plans, provenance, Vec::new(), &Progress::default());
    let explanations = Explainer::new(&examined, files).headline_figures();
    Appraisal { explanations, ..examined.appraisal }
}

/// The same as [`appraise`] with draws.
pub fn drawn(files: &[SourceFile], seed: Option<u64>, draws: u64) -> Appraisal {
    let scenario = read(files);
    let provenance = provenance(files, &scenario, seed, draws);
    appraisal::appraise(&scenario.programme, &scenario.plans, provenance, Vec::new())
}

/// Asserts that two numbers agree to six decimals.
#[track_caller]
pub fn six(found: f64, expected: f64) {
    assert!((found - expected).abs() < 5e-7, "found {found:.6}, expected {expected:.6}");
}

/// Two services of 100 users on system X, whose contract is £100,000 a year whatever the use and ends with year 0, and one
/// of 100 users on system Y at £100 a user. No inflation. A move takes a quarter to build, and 50 days of a team at £100 in it.
/// `when` says when the option `both` moves the two to Y.
pub fn tied(when: &str, more: &str) -> String {
    let team = if more.contains("[roles.team]") { "" } else { "[roles.team]\nname = \"Team\"\nday_rate = 100\n" };
    format!(
        "[appraisal]\nid = \"tied\"\ntitle = \"Tied\"\nas_at = 2027-04-01\nyear0 = \"2027/28\"\nhorizon = 1\nrank_basis = \"npc\"\nlead = \"trust\"\n\
         [deflator]\nrate = 0\nsource = \"s\"\n[sources.s]\ntitle = \"s\"\n[organisations.trust]\n\
         [products.x]\nname = \"X\"\n[products.y]\nname = \"Y\"\n\
         [instances.x]\nproduct = \"x\"\nname = \"X\"\n[instances.y]\nproduct = \"y\"\nname = \"Y\"\n\
         [services.a]\nname = \"Service a\"\nusers = 100\nsystem = \"x\"\n\
         [services.b]\nname = \"Service b\"\nusers = 100\nsystem = \"x\"\n\
         [services.c]\nname = \"Service c\"\nusers = 100\nsystem = \"y\"\n\
         [contracts.kx]\ninstance = \"x\"\nbody = \"trust\"\nend = 2028-03-31\nextension = {{ uplift = 0, months = 24 }}\n\
         [contracts.kx.lines.all]\nfixed = 100_000\n\
         [contracts.ky]\ninstance = \"y\"\nbody = \"trust\"\nend = 2032-03-31\n[contracts.ky.lines.users]\nper_user = 100\n\
         [staff_time]\ntraining_rate = 30\ndip_rate = 30\nhours_per_week = 37.5\nhours_per_day = 7.5\nbackfilled = 0\n\
         [migration.cross_product]\nbuild_months = 3\n[migration.cross_product.work.move]\nrole = \"team\"\ndays = 50\nstarts = 1\n\
         [options.bau]\nname = \"Business as usual\"\nkind = \"business_as_usual\"\n\
         [options.both]\nname = \"Both\"\nkind = \"converge\"\ntargets = [{{ from = \"x\", to = \"y\" }}]\n{when}\n{team}{more}"
    )
}
