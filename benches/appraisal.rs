//! What a user waits for, without the disk: checking a scenario, evaluating all its options, and all that
//! `appraise run` does. On Project Fusion, and on a generated scenario of 1,000 services, 20 instances,
//! 8 options and 10 years (`tests/support/generated`).
//!
//! `make bench` runs it. To time the command line on the same scenarios, write them to disk first:
//!
//! ```text
//! APPRAISE_GENERATED_DIR=/tmp/generated cargo test --locked --test scale -- --ignored
//! /usr/bin/time -v target/release/appraise run /tmp/generated/large -o /tmp/generated/report
//! ```

#![allow(missing_docs, reason = "criterion's macros make public items")]

#[path = "../tests/support/generated/mod.rs"]
mod generated;

use appraise::appraisal::result::{Appraisal, Provenance};
use appraise::appraisal::{self, Examined, warnings};
use appraise::explain::Explainer;
use appraise::outcome::evaluate;
use appraise::programme::{Direction, Preference};
use appraise::report;
use appraise::scenario::{self, Scenario, SourceFile};
use appraise::scoring::{Matrix, Promethee, Regrets, Topsis, VIKOR_V, Vikor, shares};
use appraise::uncertainty::Progress;
use criterion::{Criterion, criterion_group, criterion_main};
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

fn bundled(name: &str) -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let mut files: Vec<SourceFile> = fs::read_dir(folder)
        .expect("a bundled scenario")
        .map(|e| e.expect("an entry"))
        .map(|e| SourceFile { name: e.file_name().to_string_lossy().into_owned(), bytes: fs::read(e.path()).expect("readable") })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn read(files: &[SourceFile]) -> Scenario {
    scenario::read(black_box(files)).expect("a sound scenario")
}

fn appraise(scenario: &Scenario) -> Examined<'_> {
    let provenance = Provenance {
        engine_version: String::new(),
        scenario_sha256: String::new(),
        parameter_set: String::new(),
        defaults: None,
        seed: None,
        draws: 0,
        run: String::new(),
        files: Vec::new(),
    };
    appraisal::examined(&scenario.programme, &scenario.plans, provenance, Vec::new(), &Progress::default())
}

/// All that `appraise run` does but draw and write: bytes of results, pack and workbook.
fn run(files: &[SourceFile]) -> usize {
    let scenario = read(files);
    let examined = appraise(&scenario);
    let explanations = Explainer::new(&examined, files).headline_figures();
    let workings = examined.workings();
    let appraisal = Appraisal { explanations, ..examined.appraisal };
    let results = || (serde_json::to_vec_pretty(&appraisal).expect("serialises"), report::render(&appraisal).expect("renders"));
    let (book, (json, pack)) = rayon::join(|| report::render_workbook(&appraisal, &workings).expect("a workbook"), results);
    book.len() + json.len() + pack.len()
}

fn benches(c: &mut Criterion) {
    for (name, files, samples) in
        [("project-fusion", bundled("project-fusion"), 50), ("1000 services", generated::scenario(generated::LARGE), 10)]
    {
        let scenario = read(&files);
        let values = scenario.programme.register.central();
        let appraised = appraise(&scenario);
        let mut group = c.benchmark_group(name);
        group.sample_size(samples).measurement_time(Duration::from_secs(10));
        group.bench_function("check", |b| {
            b.iter(|| {
                let scenario = read(&files);
                warnings(&scenario.programme, &scenario.plans).len()
            });
        });
        group.bench_function("evaluate all options", |b| {
            b.iter(|| evaluate(&scenario.programme, &scenario.plans, black_box(&values)));
        });
        group.bench_function("appraise", |b| b.iter(|| appraise(black_box(&scenario))));
        group.bench_function("render the pack", |b| b.iter(|| report::render(black_box(&appraised.appraisal)).map(|p| p.len())));
        group.bench_function("workings of the workbook", |b| b.iter(|| black_box(&appraised).workings()));
        let workings = appraised.workings();
        group.bench_function("write the workbook", |b| {
            b.iter(|| report::render_workbook(black_box(&appraised.appraisal), &workings).map(|book| book.len()));
        });
        group.bench_function("explanations", |b| b.iter(|| Explainer::new(black_box(&appraised), &files).headline_figures()));
        group.bench_function("run", |b| b.iter(|| run(&files)));
        group.finish();
    }
}

/// Weight vectors a second by other methods of ranking: 10 options on 12 criteria, 1,000 vectors.
fn methods(c: &mut Criterion) {
    let number = |i: usize, step: usize| f64::from(u32::try_from(1 + (i * step) % 97).expect("small"));
    let measures: Vec<f64> = (0..120).map(|i| number(i, 31)).collect();
    let matrix = Matrix::new(&measures, &[Direction::MoreIsBetter; 12]).expect("a sound matrix");
    let points = (0..1_000).map(|v| (0..12).map(|j| number(v * 12 + j, 53)).collect::<Vec<f64>>());
    let weights: Vec<Vec<f64>> = points.map(|p| shares(&p).expect("weights")).collect();
    let linear = Preference::Linear { indifference: 5.0, strict: 30.0 };
    let (topsis, vikor, promethee) = (Topsis::new(&matrix), Vikor::new(&matrix), Promethee::new(&matrix, &[linear; 12]));
    let mut group = c.benchmark_group("1,000 weight vectors");
    let mut out = [0.0; 10];
    group.bench_function("TOPSIS", |b| b.iter(|| weights.iter().for_each(|w| topsis.closeness(black_box(w), &mut out))));
    group.bench_function("PROMETHEE II", |b| b.iter(|| weights.iter().for_each(|w| promethee.net(black_box(w), &mut out))));
    let mut regrets = Regrets::default();
    group.bench_function("VIKOR", |b| {
        b.iter(|| weights.iter().for_each(|w| vikor.regrets(black_box(w), VIKOR_V, &mut regrets)));
    });
    group.finish();
}

criterion_group!(all, benches, methods);
criterion_main!(all);
