//! Weighted sum, TOPSIS and PROMETHEE II on 10 options and 12 criteria: sets of weights a second, all three methods, on one
//! core. `benches/peers` times the same work in numpy beside it.

#![allow(missing_docs, reason = "criterion's macros make public items")]

use appraise::programme::{Direction, Preference};
use appraise::scoring::{LANES, Lanes, Matrix, Promethee, Topsis, WeightSampler, WeightSpace, weigh};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

const OPTIONS: usize = 10;
const CRITERIA: usize = 12;
const BATCHES: usize = 32;

/// Points that differ everywhere: fractional parts of multiples of the golden ratio.
fn points() -> Vec<f64> {
    (1..=120).map(|i| 100.0 * (f64::from(i) * 0.618_033_988_749_895).fract()).collect()
}

/// Weights uniform on the simplex, by criterion.
fn weights() -> Vec<[Lanes; CRITERIA]> {
    let sampler = WeightSampler::new(WeightSpace::simplex(CRITERIA));
    let mut draws = sampler.block(1, "bench", 0);
    let mut batch = || {
        let mut own = [[0.0; LANES]; CRITERIA];
        for lane in 0..LANES {
            own.iter_mut().zip(draws.draw()).for_each(|(lanes, w)| lanes[lane] = *w);
        }
        own
    };
    (0..BATCHES).map(|_| batch()).collect()
}

fn benches(c: &mut Criterion) {
    let (points, weights) = (points(), weights());
    let matrix = Matrix::new(&points, &[Direction::MoreIsBetter; CRITERIA]).expect("a sound matrix");
    let linear = Preference::Linear { indifference: 5.0, strict: 30.0 };
    let (topsis, promethee) = (Topsis::new(&matrix), Promethee::new(&matrix, &[linear; CRITERIA]));
    let mut group = c.benchmark_group("methods");
    group.throughput(Throughput::Elements((BATCHES * LANES) as u64)).measurement_time(Duration::from_secs(5));
    let mut out = [[[0.0; LANES]; OPTIONS]; 3];
    group.bench_function("weighted sum, TOPSIS and PROMETHEE II, 10 x 12", |b| {
        b.iter(|| {
            for weights in black_box(&weights) {
                weigh(&points, weights, &mut out[0]);
                topsis.closeness_of_many(weights, &mut out[1]);
                promethee.net_of_many(weights, &mut out[2]);
                black_box(&out);
            }
        });
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
