//! SMAA against exact volumes, exact means of ordered weights, and itself: other ways of drawing, other seeds, other
//! numbers of threads.

#![allow(clippy::cast_precision_loss, reason = "small counts")]

use appraise::scoring::smaa::{Acceptability, Tally, Weighing, confidence, over_draws, over_weights};
use appraise::scoring::{HalfSpace, Method, WeightSampler, WeightSpace, interval};

const MANY: u64 = 400_000;

fn simplex(criteria: usize) -> WeightSampler {
    WeightSampler::new(WeightSpace::simplex(criteria))
}

/// `w_a >= w_b`.
fn at_least(criteria: usize, a: usize, b: usize) -> HalfSpace {
    let mut coefficients = vec![0.0; criteria];
    (coefficients[a], coefficients[b]) = (1.0, -1.0);
    HalfSpace { coefficients, least: 0.0 }
}

/// `w_0 >= w_1 >= ...`.
fn in_order(criteria: usize) -> WeightSpace {
    let statements: Vec<HalfSpace> = (1..criteria).map(|c| at_least(criteria, c - 1, c)).collect();
    WeightSpace::new(criteria, &statements).expect("not empty")
}

fn close(found: f64, exact: f64, error: f64, what: &str) {
    assert!((found - exact).abs() <= 4.0 * error.max(1e-9), "{what}: {found} is not {exact} within 4 x {error}");
}

/// Compares a rank acceptability with the truth by its own standard error.
fn rank_is(found: &Acceptability, independent: bool, (option, rank): (usize, usize), exact: f64) {
    let error = found.standard_error(option, rank, independent);
    close(found.rank(option, rank), exact, error, &format!("option {option}, rank {rank}"));
}

#[test]
fn two_criteria_are_lengths_of_a_line() {
    // Weights (w, 1 - w), w uniform on 0 to 1. A = 100 w, B = 100 (1 - w), C = 45.
    // A is first where w > 1/2, B where w < 1/2: C never. C is second where the lesser of A and B is below 45, that is
    // outside 0.45 < w < 0.55: a share of 0.9. A is last where w < 0.45.
    let values = [100.0, 0.0, 0.0, 100.0, 45.0, 45.0];
    let found = over_weights(&values, &simplex(2), MANY, (3, "test"));
    for (option, rank, exact) in [(0, 0, 0.5), (1, 0, 0.5), (2, 0, 0.0), (2, 1, 0.9), (2, 2, 0.1), (0, 1, 0.05), (0, 2, 0.45)] {
        rank_is(&found, true, (option, rank), exact);
    }
    // Ahead of C where w > 0.45.
    close(found.wins(0, 2), 0.55, (0.55_f64 * 0.45 / 4e5).sqrt(), "A ahead of C");
    // The mean of w over 1/2 to 1 is 3/4; standard deviation of the mean 0.144 / sqrt(200,000).
    let central = found.central_weights(0).expect("first somewhere");
    close(central[0], 0.75, 0.000_33, "central weight");
    assert_eq!(found.central_weights(2), None);
}

#[test]
fn three_criteria_are_areas_of_a_triangle() {
    // A = 100 w1, B = 100 w2, C = 100 w3, D = 40. The triangle w1 + w2 + w3 = 1 has area 1 (say).
    // w1 > t cuts off a triangle of area (1 - t)^2. D is ahead of A where w1 < 0.4: 1 - 0.36 = 0.64.
    // At most one weight is over 1/2; two are over 0.4 in a triangle of side 1 - 0.8: 0.04 for each pair.
    // D first: none over 0.4: 1 - 3 x 0.36 + 3 x 0.04 = 0.04. D third: two over 0.4: 0.12. D second: 0.84. Last: never.
    // A first: by symmetry a third of what is not D's: 0.32.
    let values = [100.0, 0.0, 0.0, 0.0, 100.0, 0.0, 0.0, 0.0, 100.0, 40.0, 40.0, 40.0];
    let found = over_weights(&values, &simplex(3), MANY, (5, "test"));
    for (option, rank, exact) in [(3, 0, 0.04), (3, 1, 0.84), (3, 2, 0.12), (3, 3, 0.0), (0, 0, 0.32), (1, 0, 0.32)] {
        rank_is(&found, true, (option, rank), exact);
    }
    close(found.wins(3, 0), 0.64, (0.64_f64 * 0.36 / 4e5).sqrt(), "D ahead of A");
    // Where D is first all three weights are alike by symmetry.
    for weight in found.central_weights(3).expect("first somewhere") {
        close(weight, 1.0 / 3.0, 0.0004, "central weight of D");
    }
}

#[test]
fn ordered_weights_have_the_rank_order_centroid_as_their_mean() {
    // Mean of w_k over w1 >= ... >= wm is (1/m) sum_{i >= k} 1/i (Barron and Barrett 1996). For m = 4:
    // 25/48, 13/48, 7/48, 3/48. For m = 9 rejection keeps 1 in 362,880, so it is hit-and-run.
    for (criteria, rejected) in [(4, true), (9, false)] {
        let sampler = WeightSampler::new(in_order(criteria));
        assert_eq!(sampler.method().independent(), rejected);
        // One option that is always first: its central weights are the mean of the set.
        let values: Vec<f64> = [vec![100.0; criteria], vec![0.0; criteria]].concat();
        let central = over_weights(&values, &sampler, 60_000, (11, "test")).central_weights(0).expect("always first");
        for (k, weight) in central.iter().enumerate() {
            let tail: f64 = (k + 1..=criteria).map(|i| 1.0 / i as f64).sum();
            let exact = tail / criteria as f64;
            assert!((weight - exact).abs() < 0.003, "{criteria} criteria, weight {k}: {weight} is not {exact}");
        }
    }
}

#[test]
fn hit_and_run_and_rejection_agree_on_moments() {
    let mut statements = interval(4, 0, (0.2, 0.5)).to_vec();
    statements.push(at_least(4, 1, 2));
    statements.push(HalfSpace { coefficients: vec![0.0, 0.0, -1.0, 3.0], least: 0.0 });
    let space = WeightSpace::new(4, &statements).expect("not empty");
    let rejection = WeightSampler::new(space.clone());
    assert!(matches!(rejection.method(), Method::SimplexRejection | Method::BoxRejection));
    let walk = WeightSampler::by_hit_and_run(space);
    let moments = |sampler: &WeightSampler| {
        let (mut mean, mut square) = ([0.0; 4], [0.0; 4]);
        for block in 0..40 {
            let mut draws = sampler.block(2, "moments", block);
            for _ in 0..5_000 {
                let w = draws.draw();
                assert!(sampler.space().contains(w) && (w.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{w:?}");
                for (c, x) in w.iter().enumerate() {
                    mean[c] += x / 200_000.0;
                    square[c] += x * x / 200_000.0;
                }
            }
        }
        (mean, square)
    };
    let ((mean, square), (mean_walk, square_walk)) = (moments(&rejection), moments(&walk));
    for c in 0..4 {
        // Standard deviations are at most 0.15: of a mean of 200,000 it is 0.0004, for a walk about twice that.
        assert!((mean[c] - mean_walk[c]).abs() < 0.003, "{mean:?} {mean_walk:?}");
        assert!((square[c] - square_walk[c]).abs() < 0.003, "{square:?} {square_walk:?}");
    }
}

#[test]
fn a_box_on_the_simplex_is_drawn_uniformly() {
    // 0.4 to 0.6 for w1 leaves w2 uniform from 0 to 1 - w1, so w1 has density proportional to 1 - w1 on 0.4 to 0.6:
    // mean = int w (1 - w) / int (1 - w) = (0.5 (0.36 - 0.16) - (0.216 - 0.064) / 3) / (0.2 - 0.5 (0.36 - 0.16))
    //      = (0.1 - 0.0506667) / 0.1 = 0.493333.
    let space = WeightSpace::new(3, &interval(3, 0, (0.4, 0.6))).expect("not empty");
    let values = [100.0, 100.0, 100.0, 0.0, 0.0, 0.0];
    for sampler in [WeightSampler::new(space.clone()), WeightSampler::by_hit_and_run(space)] {
        let mean = over_weights(&values, &sampler, 200_000, (1, "box")).central_weights(0).expect("always first");
        assert!((mean[0] - 0.493_333).abs() < 0.001, "{:?} {mean:?}", sampler.method());
    }
}

#[test]
fn fixed_weights_stay_fixed_and_a_point_is_a_point() {
    // #13 of what users of other tools ran into: a fixed dimension is no reason to fail.
    let mut statements = interval(4, 1, (0.25, 0.25)).to_vec();
    statements.push(HalfSpace { coefficients: vec![1.0, 0.0, -2.0, 0.0], least: 0.0 });
    statements.push(HalfSpace { coefficients: vec![-1.0, 0.0, 2.0, 0.0], least: 0.0 });
    let sampler = WeightSampler::new(WeightSpace::new(4, &statements).expect("not empty"));
    assert_eq!(sampler.method(), Method::HitAndRun);
    let mut draws = sampler.block(1, "fixed", 0);
    let (mut least, mut most) = (1.0_f64, 0.0_f64);
    for _ in 0..2_000 {
        let w = draws.draw();
        assert!((w[1] - 0.25).abs() < 1e-9 && (w[0] - 2.0 * w[2]).abs() < 1e-9, "{w:?}");
        (least, most) = (least.min(w[3]), most.max(w[3]));
    }
    // w3 runs from 0 to 0.75.
    assert!(least < 0.01 && most > 0.74, "{least} {most}");
    let point = WeightSampler::new(WeightSpace::between(&[vec![1.0, 0.0]], 0.2).expect("a panel"));
    assert_eq!(point.method(), Method::Point);
    assert_eq!(point.block(1, "point", 0).draw(), [1.0, 0.0]);
}

#[test]
fn panels_that_differ_are_drawn_between() {
    let panels = [vec![0.5, 0.2, 0.2, 0.1], vec![0.3, 0.4, 0.1, 0.2], vec![0.4, 0.3, 0.15, 0.15]];
    let sampler = WeightSampler::new(WeightSpace::between(&panels, 0.2).expect("panels"));
    assert_eq!(sampler.method(), Method::BoxRejection);
    let mut draws = sampler.block(1, "between", 0);
    for _ in 0..5_000 {
        for (w, (low, high)) in draws.draw().iter().zip([(0.3, 0.5), (0.2, 0.4), (0.1, 0.2), (0.1, 0.2)]) {
            assert!(*w >= low - 1e-9 && *w <= high + 1e-9);
        }
    }
}

/// Share of seeds for which 1.96 standard errors around the estimate hold the truth.
fn coverage(sampler: &WeightSampler, (seeds, samples): (u64, u64), exact: f64, values: &[f64]) -> f64 {
    let covered = (0..seeds).filter(|seed| {
        let found = over_weights(values, sampler, samples, (*seed, "coverage"));
        let error = found.standard_error(0, 0, sampler.method().independent());
        (found.rank(0, 0) - exact).abs() <= 1.96 * error
    });
    covered.count() as f64 / seeds as f64
}

#[test]
fn standard_errors_cover_the_truth_at_their_stated_rate() {
    // A = 100 w1 against B = 30: A is ahead where w1 > 0.3, on three criteria with a share of 0.7^2 = 0.49.
    // 95% of 1,000 seeds is 950 with a standard deviation of 6.9: between 925 and 975 but once in 3,000 times.
    let values = [100.0, 0.0, 0.0, 30.0, 30.0, 30.0];
    let share = coverage(&simplex(3), (1_000, 2_000), 0.49, &values);
    assert!((0.925..=0.975).contains(&share), "{share}");
}

#[test]
fn standard_errors_of_a_walk_cover_it_too() {
    // The same by a walk whose draws are not independent; its errors come from the spread over 10 blocks, and 1.96 of
    // them hold 91.8% of Student's t with 9 degrees of freedom: 275 of 300 seeds, with a standard deviation of 4.7.
    let values = [100.0, 0.0, 0.0, 30.0, 30.0, 30.0];
    let walk = WeightSampler::by_hit_and_run(WeightSpace::simplex(3));
    let share = coverage(&walk, (300, 10 * 2_048), 0.49, &values);
    assert!((0.87..=0.965).contains(&share), "{share}");
}

/// Everything found, to the last bit.
fn bits(found: &Acceptability) -> String {
    format!("{found:?}")
}

#[test]
fn the_same_seed_gives_the_same_bytes_with_any_number_of_threads() {
    let values: Vec<f64> = (1..=20).map(|i| 100.0 * (f64::from(i) * 0.618_033_988_749_895).fract()).collect();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            let walk = WeightSampler::by_hit_and_run(in_order(5));
            let varied = |draw: u64, matrix: &mut [f64]| {
                for (x, v) in matrix.iter_mut().zip(&values) {
                    *x = v * (1.0 + (draw % 97) as f64 / 970.0);
                }
            };
            let both = Weighing::Drawn { sampler: &walk, seed: 9, purpose: "both" };
            [
                bits(&over_weights(&values, &simplex(5), 10_001, (9, "threads"))),
                bits(&over_weights(&values, &walk, 10_001, (9, "threads"))),
                bits(&over_draws((4, 5), 10_001, &varied, both)),
            ]
        })
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(4));
    let other = bits(&over_weights(&values, &simplex(5), 10_001, (10, "threads")));
    assert_ne!(one[0], other, "another seed draws other weights");
}

#[test]
fn batches_count_as_single_draws_do() {
    // With two options that are the same, so that ties are there, and one that is nowhere first.
    let values = [80.0, 20.0, 50.0, 10.0, 90.0, 30.0, 80.0, 20.0, 50.0, 5.0, 5.0, 5.0];
    let sampler = simplex(3);
    let batched = over_weights(&values, &sampler, 1_000, (4, "batches"));
    let mut tally = Tally::new(4, 3);
    let mut draws = sampler.block(4, "batches", 0);
    (0..1_000).for_each(|_| tally.add(&values, draws.draw()));
    let single = tally.finish();
    for option in 0..4 {
        for other in 0..4 {
            assert!((batched.rank(option, other) - single.rank(option, other)).abs() < f64::EPSILON);
            assert!((batched.wins(option, other) - single.wins(option, other)).abs() < f64::EPSILON);
        }
        let (a, b) = (batched.central_weights(option), single.central_weights(option));
        assert_eq!(a.is_some(), b.is_some());
        for (a, b) in a.into_iter().flatten().zip(b.into_iter().flatten()) {
            assert!((a - b).abs() < 1e-12);
        }
    }
    // Options that tie share the better rank: the same share first, and nobody second where they are.
    assert!((batched.rank(0, 0) - batched.rank(2, 0)).abs() < f64::EPSILON);
    assert!((batched.rank(0, 0) + batched.rank(1, 0) - 1.0).abs() < 1e-12);
    assert!(batched.wins(0, 2).abs() < f64::EPSILON && batched.wins(2, 0).abs() < f64::EPSILON);
}

#[test]
fn over_inputs_and_over_both_are_areas_too() {
    // One criterion draw x uniform on 0 to 1 in 1,000 even steps: A = 100 x on both criteria, B = 25. With any weights
    // A is first in three quarters of the draws (25 itself is a tie that both win: steps 0.2505, ... none at 25).
    let values = |draw: u64, matrix: &mut [f64]| {
        let x = 100.0 * ((draw % 1_000) as f64 + 0.5) / 1_000.0;
        matrix.copy_from_slice(&[x, x, 25.0, 25.0]);
    };
    let found = over_draws((2, 2), 10_000, &values, Weighing::Fixed(&[0.3, 0.7]));
    assert!((found.rank(0, 0) - 0.75).abs() < 1e-12);
    let sampler = simplex(2);
    let both = Weighing::Drawn { sampler: &sampler, seed: 1, purpose: "both" };
    assert!((over_draws((2, 2), 10_000, &values, both).rank(0, 0) - 0.75).abs() < 1e-12);
    // Confidence: the same share at A's central weights; B's is the rest.
    let central: Vec<Option<Vec<f64>>> = (0..2).map(|o| found.central_weights(o)).collect();
    let factors = confidence(&central, 2, 10_000, &values, &|_, _| true);
    assert!((factors[0].expect("first somewhere") - 0.75).abs() < 1e-12);
    assert!((factors[1].expect("first somewhere") - 0.25).abs() < 1e-12);
    // Where A cannot be had in every other draw, it is first in half of its three quarters, and B in all others.
    let factors = confidence(&central, 2, 10_000, &values, &|draw, option| option == 1 || draw % 2 == 0);
    assert!((factors[0].expect("first somewhere") - 0.375).abs() < 1e-12);
    assert!((factors[1].expect("first somewhere") - 0.625).abs() < 1e-12);

    // Both: A = 100 w on two criteria (100, 0), B = 100 x on both, w and x uniform: A is ahead in half of the square.
    let values = |draw: u64, matrix: &mut [f64]| {
        let x = 100.0 * ((draw % 1_000) as f64 + 0.5) / 1_000.0;
        matrix.copy_from_slice(&[100.0, 0.0, x, x]);
    };
    let found = over_draws((2, 2), 200_000, &values, both);
    close(found.rank(0, 0), 0.5, 0.0012, "half of the square");
}

/// Points 3, 2 and 1 on one criterion. In the first draw all compete; in the second the best does not.
#[test]
fn who_is_out_of_it_takes_no_rank_and_beats_nobody() {
    let mut tally = Tally::new(3, 1);
    tally.add(&[3.0, 2.0, 1.0], &[1.0]);
    tally.add_among(&[3.0, 2.0, 1.0], &[1.0], |option| option > 0);
    let found = tally.finish();
    let halves = |share: f64| format!("{}", 2.0 * share);
    let ranks = |option: usize| [0, 1, 2].map(|rank| halves(found.rank(option, rank)));
    assert_eq!([ranks(0), ranks(1), ranks(2)], [["1", "0", "0"], ["1", "1", "0"], ["0", "1", "1"]]);
    assert_eq!([found.wins(0, 1), found.wins(1, 0), found.wins(1, 2)].map(halves), ["1", "0", "2"]);
}
