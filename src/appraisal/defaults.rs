//! What a library of defaults filled, how much of the difference between the first two options rests on it, and what
//! would be worth finding out first. `docs/method.md`, section 16.

use super::result::{DefaultSwing, Defaults};
use super::sensitivity::in_unit;
use super::{Case, naming};
use crate::assumption::{Origin, Values};
use crate::outcome::Recost;
use crate::quantity::fixed;
use crate::sensitivity::{self, Swing};
use rayon::prelude::*;
use std::fmt::Write;

/// Swings told: those worth finding out first.
const FIRST: usize = 3;

/// The part on defaults, where the scenario names a library.
pub(super) fn view(case: &Case<'_>, values: &Values) -> Option<Defaults> {
    let library = case.programme.frame.defaults.clone()?;
    let of = |origin: Origin| case.programme.register.iter().filter(|(_, a)| a.origin == origin).count();
    let pair = pair(case).filter(|_| case.priced());
    let found = pair.map_or_else(Vec::new, |pair| first_swings(case, values, pair));
    let mut defaults = Defaults {
        library,
        given: of(Origin::Given),
        filled: of(Origin::Library),
        engine: of(Origin::Default),
        option: pair.map(|(o, _)| case.programme.options[o].id.clone()),
        against: pair.map(|(_, o)| case.programme.options[o].id.clone()),
        difference: pair.map(|(a, b)| case.npc(a) - case.npc(b)),
        share: pair.and_then(|(a, b)| share(case, a, b)),
        swings: found.iter().map(|(s, other)| described(case, s, *other)).collect(),
        sentence: String::new(),
    };
    defaults.sentence = sentence(case, pair, &defaults);
    Some(defaults)
}

/// The first two of the ranking; the leading option and business as usual where it has only one.
fn pair(case: &Case<'_>) -> Option<(usize, usize)> {
    let first = case.ranking.first().copied()?;
    let second = case.ranking.get(1).copied().or(case.usual).filter(|second| *second != first)?;
    Some((first, second))
}

/// |D| / (|D| + |G|): D is the difference of the lines that a figure of the library is under, G that of the others.
fn share(case: &Case<'_>, a: usize, b: usize) -> Option<f64> {
    let parts = |option: usize| {
        let outcome = &case.outcome.options[option];
        let filled = |h: &crate::assumption::Handle| case.programme.register.get(*h).origin == Origin::Library;
        let lines = outcome.costing.lines.iter().zip(&outcome.totals.lines);
        lines.fold((0.0, 0.0), |(on, off), (line, totals)| {
            let present = totals.present.value();
            if line.uses.iter().any(filled) { (on + present, off) } else { (on, off + present) }
        })
    };
    let ((on_a, off_a), (on_b, off_b)) = (parts(a), parts(b));
    let (on, off): (f64, f64) = ((on_a - on_b).abs(), (off_a - off_b).abs());
    // Less than a pound apart: there is no difference that could rest on anything.
    (on + off >= 1.0).then(|| on / (on + off))
}

/// The widest swings of the pair; where fewer than three numbers move it, of the first against those ranked after the
/// second as well, with the option that the difference is to.
fn first_swings(case: &Case<'_>, values: &Values, pair: (usize, usize)) -> Vec<(Swing, Option<usize>)> {
    let mut all: Vec<(Swing, Option<usize>)> = swings(case, values, pair).into_iter().map(|s| (s, None)).collect();
    for &other in case.ranking.iter().filter(|o| ![pair.0, pair.1].contains(o)) {
        if all.len() == FIRST {
            break;
        }
        for swing in swings(case, values, (pair.0, other)) {
            if all.len() < FIRST && all.iter().all(|(s, _)| s.input != swing.input) {
                all.push((swing, Some(other)));
            }
        }
    }
    all
}

fn swings(case: &Case<'_>, values: &Values, pair: (usize, usize)) -> Vec<Swing> {
    let costs: Vec<f64> = (0..case.plans.len()).map(|o| case.npc(o)).collect();
    let plans: Vec<Recost<'_>> = case.plans.par_iter().map(|p| Recost::of(case.programme, p, values)).collect();
    let costed = sensitivity::Costed { programme: case.programme, values, plans: &plans, costs: &costs };
    let inputs = sensitivity::filled_inputs(case.programme);
    let mut all: Vec<Swing> = inputs.par_iter().filter_map(|input| sensitivity::swing(&costed, *input, pair)).collect();
    all.sort_by(|a, b| b.width().total_cmp(&a.width()).then(a.input.cmp(&b.input)));
    all.truncate(FIRST);
    all
}

fn described(case: &Case<'_>, swing: &Swing, other: Option<usize>) -> DefaultSwing {
    let entry = case.programme.register.get(swing.input);
    let (low, high) = entry.range.unwrap_or((entry.likely, entry.likely));
    DefaultSwing {
        input: entry.id.clone(),
        name: naming::Inputs::of(case.programme).words(&entry.id),
        low,
        high,
        unit: entry.unit.label().to_owned(),
        at_low: swing.at_low,
        at_high: swing.at_high,
        against: other.map(|o| case.programme.options[o].id.clone()),
    }
}

fn sentence(case: &Case<'_>, pair: Option<(usize, usize)>, d: &Defaults) -> String {
    let counted = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let mut text = format!("{} given, {} filled from {}", counted(d.given, "number"), d.filled, d.library);
    if d.engine > 0 {
        let _ = write!(text, " and {} by rules of the engine", d.engine);
    }
    let Some(((a, b), share)) = pair.zip(d.share) else { return text + "." };
    let (first, second) = (case.name(a), case.name(b));
    let _ = write!(
        text,
        "; defaults carry {}% of the difference in net present cost between \u{201c}{first}\u{201d} and \u{201c}{second}\u{201d}.",
        fixed(100.0 * share, 0)
    );
    if d.swings.is_empty() {
        return text;
    }
    let register = &case.programme.register;
    let one = |s: &DefaultSwing| {
        let unit = register.find(&s.input).map(|h| register.get(h).unit);
        let show = |x: f64| unit.map_or_else(|| x.to_string(), |u| in_unit(u, x));
        let money = |x: f64| format!("{} {}", super::headline::money(x.abs()), if x < 0.0 { "less" } else { "more" });
        let other = s.against.as_ref().and_then(|id| case.programme.options.iter().find(|o| o.id == *id));
        let than = other.map_or_else(String::new, |o| format!(" than \u{201c}{}\u{201d}", o.name));
        format!(
            "{} (at {} \u{201c}{first}\u{201d} costs {}{than}, at {} {})",
            s.name,
            show(s.low),
            money(s.at_low),
            show(s.high),
            money(s.at_high)
        )
    };
    let list: Vec<String> = d.swings.iter().map(one).collect();
    text + &format!(" Worth finding out first: {}.", list.join("; "))
}
