#!/usr/bin/env python3
"""TOPSIS, VIKOR and PROMETHEE II of an appraisal, from their definitions, without the engine.

    python3 tests/oracle/cross_checks.py appraisal.json [--write]

Reads measures, directions, anchors and weights of an appraisal and compares what follows from them with `cross_checks`;
`--write` prints the numbers. Standard library only. Hwang and Yoon 1981; Opricovic and Tzeng 2004; Brans and Vincke 1985.
"""

import json
import math
import random
import sys


def main():
    book = json.load(open(sys.argv[1]))
    criteria = [c for c in book["criteria"] if c["scored"] and c["weight"] > 0]
    options = [o for o in book["options"] if o["rank"] is not None]
    total = sum(c["weight"] for c in criteria)
    weights = [c["weight"] / total for c in criteria]
    up = [c["direction"] == "more_is_better" for c in criteria]
    rows = [[o["measures"][c["id"]] for c in criteria] for o in options]
    # Measures of less is better count as their negative.
    rows = [[x if u else -x for x, u in zip(row, up)] for row in rows]
    n, m = len(options), len(criteria)
    columns = [[row[j] for row in rows] for j in range(m)]

    def topsis():
        weighted = []
        for j, column in enumerate(columns):
            norm = math.hypot(*column)
            weighted.append([weights[j] * x / norm if norm else 0.0 for x in column])
        best = [max(c) for c in weighted]
        worst = [min(c) for c in weighted]
        result = []
        for i in range(n):
            own = [weighted[j][i] for j in range(m)]
            plus, minus = math.dist(own, best), math.dist(own, worst)
            result.append(minus / (plus + minus) if plus + minus else 0.5)
        return result

    def vikor(v=0.5):
        def terms(i):
            for j, column in enumerate(columns):
                width = max(column) - min(column)
                yield weights[j] * (max(column) - column[i]) / width if width else 0.0

        s = [sum(terms(i)) for i in range(n)]
        r = [max(terms(i)) for i in range(n)]

        def share(x, xs):
            width = max(xs) - min(xs)
            return (x - min(xs)) / width if width > 1e-12 else 0.0

        return [v * share(s[i], s) + (1 - v) * share(r[i], r) for i in range(n)]

    def promethee():
        functions = {p["criterion"]: p for p in book["cross_checks"]["parameters"]["preferences"]}

        def preference(j, d):
            p = functions[criteria[j]["id"]]
            q, full, sigma = p["indifference"], p["preference_threshold"], p["sigma"]
            if p["origin"] == "default":
                anchors = criteria[j]["anchors"]
                way = abs(anchors["hundred"] - anchors["zero"])
                assert p["function"] == "linear"
                q, full = 0.05 * way, 0.30 * way
            if d <= 0:
                return 0.0
            return {
                "usual": lambda: 1.0,
                "u_shape": lambda: float(d > q),
                "v_shape": lambda: min(1.0, d / full),
                "level": lambda: (float(d > q) + float(d > full)) / 2,
                "linear": lambda: min(1.0, max(0.0, (d - q) / (full - q))),
                "gaussian": lambda: 1 - math.exp(-d * d / (2 * sigma * sigma)),
            }[p["function"]]()

        def pi(a, b):
            return sum(weights[j] * preference(j, columns[j][a] - columns[j][b]) for j in range(m))

        return [sum(pi(a, b) - pi(b, a) for b in range(n)) / (n - 1) for a in range(n)]

    # How often each is first over the weights between the panels: drawn anew, so within four errors of either.
    def over_weights(draws=40_000):
        found = book["cross_checks"].get("over_weights")
        box = next((s for s in book["acceptability"]["weight_sets"] if s["kind"] == "between_panels"), None)
        if found is None or list(box["bounds"]) != [c["id"] for c in criteria]:
            return 0.0
        bounds = list(box["bounds"].values())
        points = [[o["values"][c["id"]] for c in criteria] for o in options]
        methods = {
            "weighted_sum": lambda: [sum(w * x for w, x in zip(weights, row)) for row in points],
            "topsis": topsis,
            "vikor": lambda: [-q for q in vikor()],
            "promethee_ii": promethee,
        }
        first = {method: [0] * n for method in methods}
        random.seed(1)
        for _ in range(draws):
            while True:
                weights[:-1] = [random.uniform(*b) for b in bounds[:-1]]
                weights[-1] = 1 - sum(weights[:-1])
                if bounds[-1][0] <= weights[-1] <= bounds[-1][1]:
                    break
            for method, scores in methods.items():
                scores = scores()
                for i in range(n):
                    first[method][i] += scores[i] >= max(scores) - 1e-9
        off = 0.0
        for method, counts in first.items():
            for o, count in zip(options, counts):
                p, error = found["first"][method][o["id"]], found["standard_error"][method][o["id"]]
                off = max(off, abs(count / draws - p) / (math.sqrt(p * (1 - p) / draws) + error + 1e-4))
            if "--write" in sys.argv:
                print("first by", method, ", ".join(f"{o['id']} {c / draws:.4f}" for o, c in zip(options, counts)))
        return off

    worst = 0.0
    for method, numbers in (("topsis", topsis()), ("vikor", vikor()), ("promethee_ii", promethee())):
        kept = book["cross_checks"][method]
        assert list(kept) == [o["id"] for o in options], method
        worst = max([worst] + [abs(kept[o["id"]] - x) for o, x in zip(options, numbers)])
        if "--write" in sys.argv:
            print(method, ", ".join(f"{o['id']} {x:.6f}" for o, x in zip(options, numbers)))
    off = over_weights()
    print(f"largest difference {worst:.1e}; shares over weights off by at most {off:.1f} standard errors")
    sys.exit(worst > 1e-9 or off > 4)


main()
