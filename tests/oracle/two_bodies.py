"""Headline figures of scenarios/new-product and scenarios/one-product, worked out again from their files.

Reads the TOML by itself and shares no code with the engine: business as usual whole (licences, what procurement and
moving on cost, running), and what one option of each leaves behind. Run: python3 tests/oracle/two_bodies.py
"""
import pathlib
import tomllib

ROOT = pathlib.Path(__file__).parents[2] / "scenarios"
MONTHS, FIRST = 132, 7  # April 2026 to March 2037; what counts begins in November 2026


def likely(number):
    return number["likely"] if isinstance(number, dict) else number


def month(day):
    return (day.year - 2026) * 12 + day.month - 4


def factor(m):
    return 1.035 ** -(m // 12)


def real(m):
    """Present value of a pound of year-0 prices."""
    return factor(m) if FIRST <= m < MONTHS else 0.0


def nominal(m):
    return real(m) / 1.02 ** (m // 12)


def terms(contract, how):
    """Uplift by month, and the months in which something is procured with what it costs."""
    end = month(contract["end"]) + 1
    uplift, costs = {m: 1.0 for m in range(end)}, []
    common = month(contract["co_terminates"]) + 1 if "co_terminates" in contract else 0
    if how == "reprocure":
        anew = contract["reprocurement"]
        assert FIRST + anew["lead_months"] <= end
        while end < MONTHS:
            costs.append((end, likely(anew["cost"])))
            uplift |= {m: 1 + likely(anew["uplift"]) for m in range(end, end + anew["term_months"])}
            end += anew["term_months"]
        return uplift, costs
    extension, limit = contract["extension"], end + contract["extension"]["months"]
    while end < min(limit, MONTHS):
        to = min(common if common > end else end + extension["term_months"], limit)
        uplift |= {m: 1 + likely(extension["uplift"]) for m in range(end, to)}
        end = to
    renewal = contract["renewal"]
    costs.append((end, likely(renewal["cost"])))
    uplift |= {m: 1 + likely(renewal["uplift"]) for m in range(end, MONTHS)}
    return uplift, costs


def business_as_usual(case):
    """Nobody moves: every month charges for the users there are."""
    total, expiry = 0.0, case["options"]["bau"].get("expiry", {})
    for name, contract in case["contracts"].items():
        users = sum(s["users"] for s in case["services"].values() if s["system"] == contract["instance"])
        if not users:
            continue
        line, index = contract["lines"]["users"], contract["indexation"]
        assert users >= line["minimum"]
        # General inflation of 2% and 2% on top of it, within cap and collar.
        step = likely(index["rate"]) if "rate" in index else 0.02 + index["plus"]
        discount = likely(contract["suite"]["discount"]) if "suite" in contract else 0.0
        uplift, costs = terms(contract, expiry.get(name))
        for m in range(MONTHS):
            a_year = users * likely(line["per_user"]) * (1 + step) ** (1 + m // 12)
            total += a_year / 12 * uplift[m] * (1 - discount) * nominal(m)
        total += sum(cost * real(m) for m, cost in costs)
        total += likely(contract["exit_cost"]) * real(MONTHS - 1)
        if contract.get("on_transfer") == "needs_consent":
            total += contract["consent"]["cost"] * real(12)
    used = {s["system"] for s in case["services"].values()}
    for name in used:
        total += sum(likely(case["instances"][name]["run"]["other"]) / 12 * real(m) for m in range(MONTHS))
    return total


def left_behind(case, instance, way, lives, overlap):
    """Own cost in the period and what is owed after it, for users who go live elsewhere in these months."""
    archive = case["instances"][instance]["archive"]
    strategy = next(s for s in archive["strategies"] if s["kind"] == way)
    left = max(lives) + overlap
    until = left + 12 * likely(archive["retention_years"])
    out = left + strategy.get("after_months", 0)
    once = likely(strategy["once"]) + likely(strategy["per_record"]) * likely(archive["records"])
    own = once * (1 + likely(case["optimism_bias"]["build"]["money"])) * real(out)
    asked = archive["subject_access"]
    a_month = likely(asked["requests_per_year"]) * likely(asked["minutes_each_extra"]) / 60 * likely(asked["rate"]) / 12
    own += sum(a_month * real(m) for m in range(min(lives), out))
    kept = likely(strategy.get("per_year", 0)) / 12
    own += sum(kept * real(m) for m in range(out, until))
    return own, kept * (until - MONTHS), sum(kept * factor(m) for m in range(MONTHS, until))


def slipped(case, kind, planned):
    build = likely(case["migration"][kind]["build_months"])
    return planned + round(build * likely(case["optimism_bias"]["build"]["duration"]))


def main():
    for name in ("new-product", "one-product"):
        case = tomllib.loads((ROOT / name / "appraisal.toml").read_text())
        print(f"{name}: business as usual {business_as_usual(case):.6f}")
        if name == "new-product":
            kind, option, instance, way = "cross_product", "converge_b", "a", "extract_to_archive"
        else:
            kind, option, instance, way = "instance_merge", "merge", "south", "migrate_all"
        lives = [slipped(case, kind, month(w["go_live"])) for w in case["options"][option]["waves"]]
        overlap = likely(case["migration"][kind]["overlap_months"])
        own, owed, present = left_behind(case, instance, way, lives, overlap)
        print(f"{name}: {option} leaves {instance}: own {own:.6f}, owed {owed:.6f}, present {present:.6f}")


main()
