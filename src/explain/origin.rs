//! How numbers came about that are not taken apart.

use super::numbers::Number;
use super::{Explanation, Rule};
use crate::appraisal::result::Appraisal;
use crate::quantity::grouped;

/// A part of `appraisal.json`: the keys to it, whether it was drawn, what it is, where the method says more.
type Part = (&'static str, bool, &'static str, &'static str);

/// The first part that is on the way to a number counts.
const PARTS: [Part; 36] = [
    ("sensitivity.information_value", true, "What it is worth to find out, from the draws.", "section 23"),
    ("sensitivity.tornado", true, "The mean over the draws with one number at its low or high.", "section 22"),
    ("sensitivity.switching", false, "The value of one number at which two options tie, found by costing again.", "section 11"),
    ("sensitivity.what_ifs", false, "Every option evaluated anew in another world.", "section 11"),
    ("sensitivity.discount_rates", false, "The whole evaluation again at other discount factors.", "section 8"),
    ("sensitivity", false, "What weights can change, exactly: straight lines and linear programs.", "section 10"),
    ("acceptability", true, "Shares of whole sets of weights, drawn with the seed.", "section 19"),
    ("options.uncertainty", true, "Read off the draws: a mean, a quantile, a chance.", "sections 20 and 21"),
    ("uncertainty", true, "Read off the draws: a mean, a quantile, a chance.", "sections 20 and 21"),
    ("options.rank_expected", true, "The place by the mean over the draws.", "section 21"),
    ("assumptions.share_of_variance", true, "The share of the variance over the draws that it explains.", "section 23"),
    ("optimiser", false, "An answer of the optimiser: search, and bound by branch and bound.", "sections 24 to 30"),
    ("options.optimised", false, "An answer of the optimiser.", "section 28"),
    ("verdicts", false, "Differences between whole evaluations, with a service left out or put in alone.", "section 31"),
    ("cross_checks", false, "Another method of ranking, on the same measures and weights.", "section 18"),
    ("reference_class", false, "A published figure, or the option's own beside it.", "section 15"),
    ("defaults", false, "What rests on the library of defaults.", "section 16"),
    ("evidence", false, "Shares of gross present cost by the weakest evidence under each line.", "section 13"),
    (
        "assumptions.share_of_cost",
        false,
        "The share of the leading option's gross present cost on lines that use it.",
        "section 13",
    ),
    ("implied_rates", false, "The points of a unit over the points of a pound of the cost criterion.", "section 9"),
    ("efficient", false, "The upper hull of value against net present cost.", "section 9"),
    ("duplicates", false, "Correlation of points over the options.", "section 9"),
    ("options.economics", false, "Benefits and costs of the option's lines, and ratios of them.", "section 8"),
    (
        "options.dual_running.slippage_first_month",
        false,
        "The whole evaluation again with every go-live later, less net present cost.",
        "section 4",
    ),
    (
        "options.dual_running.slippage_first_quarter",
        false,
        "The whole evaluation again with every go-live later, less net present cost.",
        "section 4",
    ),
    (
        "options.dual_running.committed",
        false,
        "Month by month the least invoice over all options, less what live service uses.",
        "section 4",
    ),
    ("options.exits", false, "Staying to the end against leaving, in cash prices.", "section 5"),
    ("options.archives", false, "What keeping old records costs in each way there is.", "section 5"),
    ("options.financial", false, "Cash of the year by body, from the same cost lines.", "section 8"),
    ("options.areas.visibility", false, "A mean over the contacts of its services and the period.", "section 12"),
    (
        "options.areas.capability",
        false,
        "A mean over what its services should have and the period, weighted by need and users.",
        "section 12",
    ),
    ("options.areas", false, "Sums over the services of a place or a body.", "section 8"),
    ("areas", false, "Sums over the services of a place or a body.", "section 8"),
    ("commitment", false, "Cash paid by then, and what terms already taken up still oblige to pay.", "section 4"),
    ("options.effort.by_role.peak_days", false, "Days of the busiest quarter.", "section 6"),
    ("options.effort.peak_load", false, "Days of the busiest quarter.", "section 6"),
];

/// What stands in the scenario and is no number of the register of its own.
const SAID: [&str; 4] = ["panels.points", "panels.seats", "criteria.anchors", "frame.horizon"];

/// Whether a path may be one of numbers that are there only once something is drawn.
pub(super) fn is_drawn(path: &str) -> bool {
    let last = |keys: &str| keys.rsplit('.').next().unwrap_or_default().to_owned();
    PARTS.iter().any(|(keys, drawn, ..)| *drawn && path.split('.').any(|p| p == last(keys)))
}

fn on_the_way(keys: &str, number: &Number) -> bool {
    let count = keys.split('.').count();
    number.keys.len() >= count && keys.split('.').eq(number.keys[..count].iter().map(String::as_str))
}

/// How a number came about.
pub(super) fn of(path: &str, number: &Number, appraisal: &Appraisal) -> Explanation {
    let (part, value) = (PARTS.iter().find(|(keys, ..)| on_the_way(keys, number)), number.value);
    let name = path.rsplit('.').next().unwrap_or(path).replace('_', " ");
    if let Some(bound) = bound(path, number, appraisal) {
        return bound;
    }
    if SAID.iter().any(|keys| on_the_way(keys, number)) {
        return Explanation::leaf(name, value, "", Rule::Scenario).at(path);
    }
    let Some((_, drawn, formula, method)) = part else {
        return Explanation::leaf(name, value, "", Rule::Engine).at(path).noting("Not taken apart further; see appraisal.json.");
    };
    if !*drawn {
        let note = "Worked out by the engine on the whole case; it is not a sum that could be taken apart here.";
        return Explanation::leaf(name, value, "", Rule::Engine).by(*formula, method).at(path).noting(note);
    }
    let p = &appraisal.provenance;
    let seed = p.seed.map_or_else(String::new, |s| format!(" with seed {s}"));
    let draws = u32::try_from(p.draws).map_or(f64::INFINITY, f64::from);
    let note = match p.draws {
        0 => format!("Drawn{seed}: sets of weights, on the central figures. It is a count over draws and has no operands."),
        _ => format!("{} draws{seed} of all that is uncertain. It is read off the draws and has no operands.", grouped(draws, 0)),
    };
    Explanation::leaf(name, value, "", Rule::Drawn).by(*formula, method).at(path).noting(note)
}

/// The low or high of a number of the register, with the number.
fn bound(path: &str, number: &Number, appraisal: &Appraisal) -> Option<Explanation> {
    let (above, word) = path.rsplit_once('.').filter(|(_, word)| ["low", "high"].contains(word))?;
    let id = above.strip_prefix("assumptions.").filter(|_| on_the_way("assumptions", number))?;
    let own = appraisal.assumptions.iter().find(|a| a.id == id)?;
    let name = format!("{}: {word}", own.name);
    Some(Explanation::leaf(name, number.value, own.unit.clone(), Rule::Register).resting_on(vec![own.id.clone()]).at(path))
}
