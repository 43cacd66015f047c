//! What a user waits for: reading a scenario, one evaluation of all options, a whole appraisal, a pack.

#![allow(missing_docs, reason = "criterion's macros make public items")]

use appraise::appraisal::{self, result::Provenance};
use appraise::outcome::evaluate;
use appraise::report;
use appraise::scenario::{self, SourceFile};
use criterion::{Criterion, criterion_group, criterion_main};
use std::fs;
use std::hint::black_box;
use std::path::Path;

fn files(name: &str) -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let mut files: Vec<SourceFile> = fs::read_dir(folder)
        .expect("a bundled scenario")
        .map(|e| e.expect("an entry"))
        .map(|e| SourceFile { name: e.file_name().to_string_lossy().into_owned(), bytes: fs::read(e.path()).expect("readable") })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn benches(c: &mut Criterion) {
    for name in ["worked-example", "project-fusion"] {
        let files = files(name);
        let read = scenario::read(&files).expect("a sound scenario");
        let values = read.programme.register.central();
        let provenance = || Provenance {
            engine_version: String::new(),
            scenario_sha256: String::new(),
            parameter_set: String::new(),
            defaults: None,
            seed: None,
            draws: 0,
            files: Vec::new(),
        };
        let appraised = appraisal::appraise(&read.programme, &read.plans, provenance(), Vec::new());
        let mut group = c.benchmark_group(name);
        group.sample_size(20);
        group.bench_function("read", |b| b.iter(|| scenario::read(black_box(&files)).is_ok()));
        group.bench_function("evaluate all options", |b| b.iter(|| evaluate(&read.programme, &read.plans, black_box(&values))));
        group.bench_function("appraise", |b| {
            b.iter(|| appraisal::appraise(&read.programme, &read.plans, provenance(), Vec::new()));
        });
        group.bench_function("render the pack", |b| b.iter(|| report::render(black_box(&appraised)).map(|p| p.len())));
        group.finish();
    }
}

criterion_group!(all, benches);
criterion_main!(all);
