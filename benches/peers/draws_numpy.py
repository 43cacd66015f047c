"""120 uncertain inputs by inverse distribution functions, ten options of twelve inputs each, and their ranks: as strongly
as numpy does it. Chunks that fit the cache, a row an input; triangular in closed form, PERT from a table of its inverse,
both in place; ranks by comparing every two options once.

Prints draws a second. The inverse functions are checked against numpy's own generators before anything is timed.
"""

import os

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import sys
import time

import numpy as np

INPUTS, OPTIONS, DRAWS = 120, 10, 400_000
TABLE = 1024

# The same inputs as `benches/draws.rs`.
NUMBER = np.arange(INPUTS)
LOW, HIGH = 10.0 + NUMBER, 30.0 + 2.0 * NUMBER
LIKELY = LOW + (HIGH - LOW) * np.array([0.5, 0.2, 0.8])[NUMBER % 3]
TRIANGULAR = NUMBER % 2 == 0


def table(mode):
    """Inverse of the PERT distribution function on 0..1 with this mode, at even steps of probability."""
    x = np.linspace(0, 1, 2_000_001)
    density = x ** (4 * mode) * (1 - x) ** (4 * (1 - mode))
    below = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return np.interp(np.linspace(0, 1, TABLE + 1), below / below[-1], x)


MODE = (LIKELY - LOW) / (HIGH - LOW)
TABLES = {float(mode): table(mode) for mode in np.unique(np.round(MODE, 12))}


def draw(rng, out, scratch):
    """Fills one chunk: a row an input."""
    rng.random(out=out)
    for i in range(INPUTS):
        u, width = out[i], HIGH[i] - LOW[i]
        if TRIANGULAR[i]:
            c = MODE[i]
            np.subtract(1, u, out=scratch)
            scratch *= (1 - c) * width * width
            np.sqrt(scratch, out=scratch)
            np.subtract(HIGH[i], scratch, out=scratch)
            below = u < c
            u *= c * width * width
            np.sqrt(u, out=u)
            u += LOW[i]
            np.copyto(u, scratch, where=~below)
        else:
            inverse = TABLES[float(np.round(MODE[i], 12))]
            u *= TABLE
            at = u.astype(np.int32)
            u -= at
            start = inverse.take(at)
            at += 1
            step = inverse.take(at)
            step -= start
            u *= step
            u += start
            u *= width
            u += LOW[i]


def work(draws, chunk):
    """How often each option has each rank."""
    rng = np.random.default_rng(1)
    out, scratch = np.empty((INPUTS, chunk)), np.empty(chunk)
    counts = np.zeros((OPTIONS, OPTIONS), np.int64)
    for _ in range(0, draws, chunk):
        draw(rng, out, scratch)
        costs = out.reshape(OPTIONS, INPUTS // OPTIONS, chunk).sum(axis=1)
        ranks = np.zeros((OPTIONS, chunk), np.uint8)
        for a in range(OPTIONS):
            for b in range(a + 1, OPTIONS):
                behind = (costs[b] < costs[a]).view(np.uint8)
                ranks[a] += behind
                ranks[b] += 1
                ranks[b] -= behind
        for option in range(OPTIONS):
            counts[option] += np.bincount(ranks[option], minlength=OPTIONS)
    return counts


def best(chunk, rounds=5):
    """Draws a second of the fastest of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work(DRAWS, chunk)
        times.append(time.perf_counter() - start)
    return DRAWS / min(times)


def check():
    """The inverse functions have the means and deviations of numpy's own triangular and beta generators."""
    rng = np.random.default_rng(2)
    size = 200_000
    out = np.empty((INPUTS, size))
    draw(rng, out, np.empty(size))
    for i in range(INPUTS):
        if TRIANGULAR[i]:
            other = rng.triangular(LOW[i], LIKELY[i], HIGH[i], size)
        else:
            other = LOW[i] + (HIGH[i] - LOW[i]) * rng.beta(1 + 4 * MODE[i], 5 - 4 * MODE[i], size)
        error = 6 * other.std() / np.sqrt(size)
        if abs(out[i].mean() - other.mean()) > error or abs(out[i].std() - other.std()) > error:
            sys.exit(f"input {i}: {out[i].mean()} {out[i].std()} against {other.mean()} {other.std()}")


if __name__ == "__main__":
    check()
    print(f"numpy (inverse, float64): {max(best(chunk) for chunk in (500, 1_000, 2_000)):.0f}")
