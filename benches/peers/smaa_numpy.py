"""SMAA over the whole simplex, 10 options on 12 criteria, as strongly as numpy does it: chunks that fit the cache,
criteria and options along rows, ranks by comparing rows, central weights by one matrix product a chunk.

Prints weights a second. Figures are checked against the usual way (argsort of every row) before anything is timed.
"""

import os

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import sys
import time

import numpy as np

OPTIONS, CRITERIA, SAMPLES = 10, 12, 1_000_000

# The same points as `benches/smaa.rs`: fractional parts of multiples of the golden ratio.
POINTS = 100 * (np.arange(1, OPTIONS * CRITERIA + 1) * 0.618033988749895 % 1).reshape(OPTIONS, CRITERIA)


def usual(samples, chunk, dtype):
    """A row a sample; order by argsort."""
    rng = np.random.default_rng(1)
    points = np.ascontiguousarray(POINTS.T.astype(dtype))
    counts, sums = np.zeros((OPTIONS, OPTIONS), np.int64), np.zeros((OPTIONS, CRITERIA))
    offsets = np.arange(OPTIONS)
    for start in range(0, samples, chunk):
        size = min(chunk, samples - start)
        drawn = rng.standard_exponential((size, CRITERIA), dtype=dtype)
        order = np.argsort(-(drawn @ points), axis=1)
        counts += np.bincount((order * OPTIONS + offsets).ravel(), minlength=OPTIONS**2).reshape(OPTIONS, OPTIONS)
        first = np.zeros((size, OPTIONS), dtype)
        first[np.arange(size), order[:, 0]] = 1 / drawn.sum(axis=1)
        sums += first.T @ drawn
    return counts, sums


def strong(samples, chunk, dtype):
    """A column a sample; ranks by comparing every two options once."""
    rng = np.random.default_rng(1)
    points = POINTS.astype(dtype)
    counts, sums = np.zeros((OPTIONS, OPTIONS), np.int64), np.zeros((OPTIONS, CRITERIA))
    for start in range(0, samples, chunk):
        size = min(chunk, samples - start)
        drawn = rng.standard_exponential((CRITERIA, size), dtype=dtype)
        scores = points @ drawn
        ranks = np.zeros((OPTIONS, size), np.uint8)
        for a in range(OPTIONS):
            for b in range(a + 1, OPTIONS):
                behind = (scores[b] > scores[a]).view(np.uint8)
                ranks[a] += behind
                ranks[b] += 1
                ranks[b] -= behind
        for option in range(OPTIONS):
            counts[option] += np.bincount(ranks[option], minlength=OPTIONS)
        first = (ranks == 0).astype(dtype)
        first /= drawn.sum(axis=0)
        sums += first @ drawn.T
    return counts, sums


def best(work, chunk, dtype, rounds=5):
    """Weights a second of the fastest of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work(SAMPLES, chunk, dtype)
        times.append(time.perf_counter() - start)
    return SAMPLES / min(times)


def check():
    """Both ways find the same acceptabilities, within their error."""
    (one, _), (other, _) = usual(200_000, 2_000, np.float64), strong(200_000, 20_000, np.float64)
    worst = np.abs(one - other).max() / 200_000
    if worst > 0.006:
        sys.exit(f"the two ways differ by {worst}")


if __name__ == "__main__":
    check()
    print(f"numpy usual (argsort, float64): {best(usual, 2_000, np.float64):.0f}")
    print(f"numpy strong (float64): {best(strong, 16_000, np.float64):.0f}")
    print(f"numpy strong (float32): {best(strong, 16_000, np.float32):.0f}")
