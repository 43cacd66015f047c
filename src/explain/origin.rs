//! How numbers came about that are not taken apart.

use super::{Explanation, Rule};
use crate::appraisal::result::Appraisal;
use crate::quantity::grouped;

/// A part of `appraisal.json`: words of the path, whether it was drawn, what it is, where the method says more.
type Part = (&'static [&'static str], bool, &'static str, &'static str);

/// The first part whose words are all in the path counts.
const PARTS: [Part; 30] = [
    (&["sensitivity", "information_value"], true, "What it is worth to find out, from the draws.", "section 23"),
    (&["sensitivity", "tornado"], true, "The mean over the draws with one number at its low or high.", "section 22"),
    (
        &["sensitivity", "switching"],
        false,
        "The value of one number at which two options tie, found by costing again.",
        "section 11",
    ),
    (&["sensitivity", "what_ifs"], false, "Every option evaluated anew in another world.", "section 11"),
    (&["sensitivity", "discount_rates"], false, "The whole evaluation again at other discount factors.", "section 8"),
    (&["sensitivity"], false, "What weights can change, exactly: straight lines and linear programs.", "section 10"),
    (&["acceptability"], true, "Shares of whole sets of weights, drawn with the seed.", "section 19"),
    (&["uncertainty"], true, "Read off the draws: a mean, a quantile, a chance.", "sections 20 and 21"),
    (&["rank_expected"], true, "The place by the mean over the draws.", "section 21"),
    (&["share_of_variance"], true, "The share of the variance over the draws that it explains.", "section 23"),
    (&["optimiser"], false, "An answer of the optimiser: search, and bound by branch and bound.", "sections 24 to 30"),
    (&["optimised"], false, "An answer of the optimiser.", "section 28"),
    (&["verdicts"], false, "Differences between whole evaluations, with a service left out or put in alone.", "section 31"),
    (&["cross_checks"], false, "Another method of ranking, on the same measures and weights.", "section 18"),
    (&["reference_class"], false, "A published figure, or the option's own beside it.", "section 15"),
    (&["defaults"], false, "What rests on the library of defaults.", "section 16"),
    (&["evidence"], false, "Shares of gross present cost by the weakest evidence under each line.", "section 13"),
    (&["share_of_cost"], false, "The share of the leading option's gross present cost on lines that use it.", "section 13"),
    (&["implied_rates"], false, "The points of a unit over the points of a pound of the cost criterion.", "section 9"),
    (&["efficient"], false, "The upper hull of value against net present cost.", "section 9"),
    (&["duplicates"], false, "Correlation of points over the options.", "section 9"),
    (&["economics"], false, "Benefits and costs of the option's lines, and ratios of them.", "section 8"),
    (&["slippage_first"], false, "The whole evaluation again with every go-live later, less net present cost.", "section 4"),
    (&["committed"], false, "Month by month the least invoice over all options, less what live service uses.", "section 4"),
    (&["exits"], false, "Staying to the end against leaving, in cash prices.", "section 5"),
    (&["archives"], false, "What keeping old records costs in each way there is.", "section 5"),
    (&["financial"], false, "Cash of the year by body, from the same cost lines.", "section 8"),
    (&["areas"], false, "Sums over the services of a place or a body.", "section 8"),
    (&["commitment"], false, "Cash paid by then, and what terms already taken up still oblige to pay.", "section 4"),
    (&["peak"], false, "Days of the busiest quarter.", "section 6"),
];

/// Whether a path is one of numbers that are there only once something is drawn.
pub(super) fn is_drawn(path: &str) -> bool {
    part(path).is_some_and(|(_, drawn, ..)| *drawn)
}

fn part(path: &str) -> Option<&'static Part> {
    PARTS.iter().find(|(words, ..)| words.iter().all(|w| path.split('.').any(|p| p.starts_with(w))))
}

/// How a number came about.
pub(super) fn of(path: &str, value: f64, appraisal: &Appraisal) -> Explanation {
    let part = part(path);
    let name = path.rsplit('.').next().unwrap_or(path).replace('_', " ");
    let Some((_, drawn, formula, method)) = part else {
        let note = "Taken over from the scenario, or counted from it; not taken apart.";
        return Explanation::leaf(name, value, "", Rule::Engine).at(path).noting(note);
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
