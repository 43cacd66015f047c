//! SMAA with all rank acceptabilities, central weights and pairwise winning: weights a second on one core, 10 options
//! on 12 criteria, uniform on the simplex. `benches/peers` times the same work in numpy beside it.

#![allow(missing_docs, reason = "criterion's macros make public items")]

use appraise::scoring::smaa::over_weights;
use appraise::scoring::{WeightSampler, WeightSpace};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

const OPTIONS: u32 = 10;
const CRITERIA: u32 = 12;
const SAMPLES: u64 = 1_000_000;

/// Points that differ everywhere: fractional parts of multiples of the golden ratio.
fn points() -> Vec<f64> {
    (1..=OPTIONS * CRITERIA).map(|i| 100.0 * (f64::from(i) * 0.618_033_988_749_895).fract()).collect()
}

fn benches(c: &mut Criterion) {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let values = points();
    let sampler = WeightSampler::new(WeightSpace::simplex(CRITERIA as usize));
    let mut group = c.benchmark_group("smaa");
    group.throughput(Throughput::Elements(SAMPLES)).sample_size(10).measurement_time(Duration::from_secs(5));
    group.bench_function("10 x 12 over the whole simplex, one thread", |b| {
        b.iter(|| one.install(|| over_weights(black_box(&values), &sampler, SAMPLES, (1, "bench"))));
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
