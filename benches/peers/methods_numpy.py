"""Weighted sum, TOPSIS and PROMETHEE II of many sets of weights, 10 options on 12 criteria, as strongly as numpy does it:
all that does not depend on weights is worked out before, net flows and squared distances are matrix products, and chunks
fit the cache. Weights are given.

Prints sets of weights a second, all three methods. Figures are checked against the definitions before anything is timed.
"""

import os

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import sys
import time

import numpy as np

OPTIONS, CRITERIA, SETS = 10, 12, 1_000_000
INDIFFERENCE, STRICT = 5.0, 30.0

# The same points as `benches/methods.rs`: fractional parts of multiples of the golden ratio; more is better.
POINTS = 100 * (np.arange(1, OPTIONS * CRITERIA + 1) * 0.618033988749895 % 1).reshape(OPTIONS, CRITERIA)


def prepared():
    """Points and net flows by criterion, one below the other; squared distances from the best and from the worst."""
    apart = POINTS[:, None, :] - POINTS[None, :, :]
    preferred = np.clip((apart - INDIFFERENCE) / (STRICT - INDIFFERENCE), 0, 1)
    flows = (preferred.sum(axis=1) - preferred.sum(axis=0)) / (OPTIONS - 1)
    unit = POINTS / np.sqrt((POINTS**2).sum(axis=0))
    near, far = (unit - unit.max(axis=0)) ** 2, (unit - unit.min(axis=0)) ** 2
    return np.vstack([POINTS, flows]), np.vstack([near, far])


LINEAR, SQUARED = prepared()


def work(weights, room):
    """A column a set of weights: sums and net flows, and closeness."""
    linear, squares, distances, closeness = room
    np.matmul(LINEAR, weights, out=linear)
    np.multiply(weights, weights, out=squares)
    np.matmul(SQUARED, squares, out=distances)
    np.sqrt(distances, out=distances)
    near, far = distances[:OPTIONS], distances[OPTIONS:]
    np.add(near, far, out=closeness)
    np.divide(far, closeness, out=closeness)


def room(chunk):
    """What is written to."""
    shapes = [(2 * OPTIONS, chunk), (CRITERIA, chunk), (2 * OPTIONS, chunk), (OPTIONS, chunk)]
    return [np.empty(shape) for shape in shapes]


def drawn(chunk):
    """Weights uniform on the simplex."""
    weights = np.random.default_rng(1).standard_exponential((CRITERIA, chunk))
    return weights / weights.sum(axis=0)


def best(chunk, rounds=5):
    """Sets of weights a second of the fastest of some rounds."""
    weights, own = drawn(chunk), room(chunk)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(SETS // chunk):
            work(weights, own)
        times.append(time.perf_counter() - start)
    return SETS // chunk * chunk / min(times)


def check():
    """One set of weights by the definitions, pair by pair."""
    weights, own = drawn(1), room(1)
    work(weights, own)
    w = weights[:, 0]
    unit = POINTS / np.sqrt((POINTS**2).sum(axis=0)) * w
    near = np.sqrt(((unit - unit.max(axis=0)) ** 2).sum(axis=1))
    far = np.sqrt(((unit - unit.min(axis=0)) ** 2).sum(axis=1))
    flows = np.zeros(OPTIONS)
    for a in range(OPTIONS):
        for b in range(OPTIONS):
            over = np.clip((POINTS[a] - POINTS[b] - INDIFFERENCE) / (STRICT - INDIFFERENCE), 0, 1) @ w
            flows[a] += over / (OPTIONS - 1)
            flows[b] -= over / (OPTIONS - 1)
    expected = [POINTS @ w, flows, far / (near + far)]
    found = [own[0][:OPTIONS, 0], own[0][OPTIONS:, 0], own[3][:, 0]]
    if any(np.abs(e - f).max() > 1e-9 for e, f in zip(expected, found)):
        sys.exit("the prepared forms differ from the definitions")


if __name__ == "__main__":
    check()
    print(f"numpy (algebraic, float64): {max(best(chunk) for chunk in (500, 1_000, 2_000, 4_000, 8_000)):.0f}")
