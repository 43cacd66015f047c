//! What draws cost. Project Fusion, all options, 10,000 draws of everything that is uncertain, on one thread and on two; and
//! drawing 120 uncertain numbers and ranking ten options made of them, on one thread: draws a second. `benches/peers` times
//! the latter in numpy beside it.

#![allow(missing_docs, reason = "criterion's macros make public items")]

use appraise::assumption::{Assumption, BLOCK, Block, Distribution, Evidence, Handle, Origin, Place, Register, Sampler, Unit};
use appraise::outcome::Simulation;
use appraise::scenario::{self, SourceFile};
use appraise::scoring;
use appraise::uncertainty::{Progress, draw};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

const DRAWS: usize = 10_000;
const INPUTS: usize = 120;
const OPTIONS: usize = 10;
/// A multiple of a block.
const RANKED: u64 = 3_200 * 64;

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

fn threads(count: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("threads")
}

fn project_fusion(c: &mut Criterion) {
    let scenario = scenario::read(&bundled("project-fusion")).expect("a sound scenario");
    let programme = &scenario.programme;
    let events: Vec<_> = programme.risks.iter().map(|r| r.probability.handle()).collect();
    let sampler = Sampler::new(&programme.register, 1, &programme.correlations, &events).expect("consistent");
    let simulation = Simulation::of(programme, &scenario.plans);
    let mut group = c.benchmark_group("10,000 draws of project-fusion");
    group.sample_size(10).measurement_time(Duration::from_secs(10)).throughput(Throughput::Elements(DRAWS as u64));
    for count in [1, 2] {
        let pool = threads(count);
        group.bench_function(format!("{count} thread(s)"), |b| {
            b.iter(|| pool.install(|| draw(&simulation, black_box(&sampler), None, DRAWS, &Progress::default())));
        });
    }
    group.finish();
}

/// 120 numbers: triangular and PERT in turn, with the most likely value in the middle, low or high.
fn register() -> (Register, Vec<Handle>) {
    let mut register = Register::default();
    let entry = |i: usize| {
        let number = f64::from(u32::try_from(i).expect("few"));
        let (low, high) = (10.0 + number, 30.0 + 2.0 * number);
        Assumption {
            id: format!("x{i}"),
            likely: low + (high - low) * [0.5, 0.2, 0.8][i % 3],
            range: Some((low, high)),
            distribution: if i.is_multiple_of(2) { Distribution::Triangular } else { Distribution::Pert },
            unit: Unit::Pounds,
            source: None,
            evidence: Evidence::Estimate,
            quality: None,
            basis: None,
            varies_with: None,
            origin: Origin::Given,
            place: Place { file: String::new(), line: 1, column: 1 },
        }
    };
    let handles = (0..INPUTS).map(|i| register.enter(entry(i))).collect();
    (register, handles)
}

fn inputs(c: &mut Criterion) {
    let (register, handles) = register();
    let sampler = Sampler::new(&register, 1, &[], &[]).expect("consistent");
    let mut group = c.benchmark_group("120 inputs");
    group.sample_size(10).measurement_time(Duration::from_secs(5)).throughput(Throughput::Elements(RANKED));
    group.bench_function("drawn, summed and ranked", |b| {
        b.iter(|| {
            let mut block = Block::default();
            let (mut scores, mut behind) = ([[0.0; BLOCK]; OPTIONS], [[0; BLOCK]; OPTIONS]);
            let mut counts = [[0_u64; OPTIONS]; OPTIONS];
            for first in (0..RANKED).step_by(BLOCK) {
                sampler.fill_columns(first, &mut block);
                // What an option costs is the sum of twelve inputs of its own; the less the better.
                for (scores, own) in scores.iter_mut().zip(handles.chunks(INPUTS.div_ceil(OPTIONS))) {
                    *scores = [0.0; BLOCK];
                    for column in own.iter().filter_map(|h| sampler.column(&block, *h)) {
                        scores.iter_mut().zip(column).for_each(|(score, cost)| *score -= cost);
                    }
                }
                scoring::ahead(&scores, &mut behind, |_, _, _| {});
                for (counts, ranks) in counts.iter_mut().zip(&behind) {
                    for rank in ranks {
                        counts[usize::try_from(*rank).expect("few")] += 1;
                    }
                }
            }
            black_box(counts)
        });
    });
    group.finish();
}

criterion_group!(all, project_fusion, inputs);
criterion_main!(all);
