//! One cause, counted once: optimism bias, ranges that lean upwards, and priced risks. Green Book 2026, 6.78-6.84.

use super::{Case, naming};
use crate::assumption::{Assumption, Handle, Unit, Values};
use crate::programme::BiasIx;
use crate::quantity::fixed;
use std::collections::{BTreeMap, BTreeSet};

/// How much more than its likely value a number may be on average before its range is said to lean: a hundredth.
const LEANS: f64 = 0.01;

/// Numbers named in one message.
const NAMED: usize = 3;

/// What each adjustment for optimism bias comes on top of that allows for overruns itself.
pub(super) fn counted_twice(case: &Case<'_>, values: &Values, warn: &mut impl FnMut(&str, String)) {
    if case.drawn.is_none() {
        // Without draws a range moves no figure.
        return;
    }
    for (bias, numbers) in under_bias(case, values) {
        let id = &case.programme.biases[bias.0].id;
        let names = naming::Inputs::of(case.programme);
        let some: Vec<String> = numbers.iter().take(NAMED).map(|h| names.words(&case.programme.register.get(*h).id)).collect();
        let some: Vec<&str> = some.iter().map(String::as_str).collect();
        let more = match numbers.len().saturating_sub(NAMED) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        warn(
            "counted_twice",
            format!(
                "The optimism bias `{id}` is added to numbers whose range already allows for overruns, so the draws count that twice: {}{more}. Take the likely value as the middle of the range, or lower the bias by what the range allows for (Green Book 2026, 6.78-6.82).",
                naming::list(&some)
            ),
        );
    }
    priced_and_biased(case, values, warn);
}

/// By bias, the numbers under it that lean upwards.
fn under_bias(case: &Case<'_>, values: &Values) -> BTreeMap<BiasIx, BTreeSet<Handle>> {
    let programme = case.programme;
    let mut all: BTreeMap<BiasIx, BTreeSet<Handle>> = BTreeMap::new();
    let leans = |h: &Handle| leans_upwards(programme.register.get(*h));
    for line in case.outcome.options.iter().flat_map(|o| &o.costing.lines) {
        let Some(bias) = line.bias.filter(|b| programme.biases[b.0].on_money(values) > 0.0) else { continue };
        let work = |h: &&Handle| {
            let unit = programme.register.get(**h).unit;
            unit.is_money() || matches!(unit, Unit::Days | Unit::DaysPerUser)
        };
        all.entry(bias).or_default().extend(line.uses.iter().filter(work).filter(|h| leans(h)));
    }
    for kind in &programme.move_kinds {
        let on = |b: &BiasIx| programme.biases[b.0].on_duration(values).is_some_and(|uplift| uplift > 0.0);
        if let Some(bias) = kind.duration_bias.filter(on) {
            all.entry(bias).or_default().extend(Some(kind.build.handle()).filter(leans));
        }
    }
    all.retain(|_, numbers| !numbers.is_empty());
    all
}

fn leans_upwards(entry: &Assumption) -> bool {
    entry.expected() > entry.likely * (1.0 + LEANS)
}

/// Risks are priced beside a bias of which nothing is said to be managed.
fn priced_and_biased(case: &Case<'_>, values: &Values, warn: &mut impl FnMut(&str, String)) {
    let programme = case.programme;
    let used: BTreeSet<BiasIx> =
        case.outcome.options.iter().flat_map(|o| &o.costing.lines).filter_map(|line| line.bias).collect();
    for bias in used {
        let own = &programme.biases[bias.0];
        let managed: f64 = own.mitigation(values).iter().map(|m| m.contribution * m.managed).sum();
        if programme.risks.is_empty() || managed > 0.0 || own.on_money(values) <= 0.0 {
            continue;
        }
        warn(
            "counted_twice",
            format!(
                "Risks are priced one by one, and the optimism bias `{}` of {}% stands as if none were. As risks are priced, bias falls in proportion: say in it what is managed (Green Book 2026, 6.82-6.84).",
                own.id,
                fixed(100.0 * own.on_money(values), 0)
            ),
        );
    }
}
