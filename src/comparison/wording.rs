//! What a comparison comes to, in words.

use crate::appraisal::Examined;
use crate::appraisal::result::Appraisal;
use crate::appraisal::result::comparison::{Attribution, Comparison, EntryChange, NumberChange, OptionMovement, Step};
use crate::quantity::{fixed, pounds, signed_pounds};

/// In which order changes are made.
pub(super) const ORDER: &str = "Starting from the first scenario, with its plans and dates, changes are made one at a time \
    and kept: sections in the order of the scenario reference, within a section in the order in which its entries are read \
    (numbers before judgements, anchors, points and seats). The order matters: where two changes act on the same cost, the \
    later one is counted on top of the earlier one.";

/// Why a saved result has no steps.
pub(super) const UNATTRIBUTED: &str =
    "A saved result cannot be evaluated anew, so what each change explains is told for two scenarios only.";

/// Sections and keys that say something to readers and move no figure.
const TOLD_ONLY: ([&str; 6], [&str; 10]) = (
    ["sources", "paper", "narrative", "objectives", "success_factors", "next_steps"],
    ["name", "title", "note", "description", "publisher", "url", "source", "basis", "evidence", "quality"],
);

/// Parts of an estimate that move what is drawn and nothing in the central case.
const DRAWN_ONLY: [&str; 4] = ["distribution", "values", "probabilities", "varies_with"];

/// What the remainder is due to: all changes that are no steps and can move a figure of the central case.
pub(super) fn due_to(
    (a, b): (&Examined<'_>, &Examined<'_>),
    both: &[(usize, usize)],
    (entries, numbers): (&[EntryChange], &[NumberChange]),
) -> Vec<String> {
    let is_number = |id: &str| [a, b].iter().any(|x| x.appraisal.assumptions.iter().any(|n| n.id == id));
    let whole =
        |entry: &EntryChange| entry.id.as_ref().map_or_else(|| entry.section.clone(), |id| format!("{}.{id}", entry.section));
    let moves = |entry: &EntryChange, key: &str| {
        let (above, last) = key.rsplit_once('.').map_or((None, key), |(above, last)| (Some(above), last));
        let shape = DRAWN_ONLY.contains(&last) && above.is_some_and(|above| is_number(&format!("{}.{above}", whole(entry))));
        !shape && !TOLD_ONLY.1.contains(&last)
    };
    let mut all = Vec::new();
    for entry in entries.iter().filter(|e| !TOLD_ONLY.0.contains(&e.section.as_str())) {
        let open: Vec<&str> =
            entry.differences.iter().filter(|d| !d.step && moves(entry, &d.key)).map(|d| d.key.as_str()).collect();
        let what = whole(entry);
        match entry.change.as_str() {
            "added" | "removed" => all.push(format!("{what} {}", entry.change)),
            "renamed" if entry.was.is_some() => all.push(format!("{what} renamed")),
            _ if open.is_empty() => {}
            _ => all.push(format!("{what}: {}", open.join(", "))),
        }
    }
    for (change, word) in [("added", "came"), ("removed", "went")] {
        // Those of an entry came or went with it.
        let of_entries: Vec<String> = entries.iter().filter(|e| e.change == change).map(|e| format!("{}.", whole(e))).collect();
        let alone = |n: &&NumberChange| n.change == change && !of_entries.iter().any(|entry| n.id.starts_with(entry));
        let count = numbers.iter().filter(alone).count();
        if count > 0 {
            all.push(format!("{} that {word}", counted(count, "number", "numbers")));
        }
    }
    all.extend(replanned((a, b), both));
    if a.programme.parameters.id != b.programme.parameters.id {
        all.push("another set of published parameters".to_owned());
    }
    all
}

fn replanned((a, b): (&Examined<'_>, &Examined<'_>), both: &[(usize, usize)]) -> Vec<String> {
    let replanned = |(i, j): &&(usize, usize)| {
        let free = a.appraisal.options[*i].optimised.is_some() || b.appraisal.options[*j].optimised.is_some();
        free && a.appraisal.options[*i].plan != b.appraisal.options[*j].plan
    };
    let told = |(_, j): &(usize, usize)| format!("options.{}: another roadmap was found for it", b.appraisal.options[*j].id);
    both.iter().filter(replanned).map(told).collect()
}

/// The comparison in sentences.
pub(super) fn sentences(c: &Comparison, a: &Appraisal, b: &Appraisal) -> Vec<String> {
    let mut all = vec![inputs(c)];
    let seeds = c.run.iter().any(|d| d.what == "seed" || d.what == "draws");
    if seeds && c.numbers.is_empty() && c.entries.is_empty() {
        all.push("The draws differ, so figures that are read off draws may differ by chance; central figures do not.".to_owned());
    }
    if a.headline.text == b.headline.text {
        all.push("The headline is the same.".to_owned());
    } else {
        all.push(format!("The headline was: {} It is: {}", a.headline.text, b.headline.text));
    }
    all.extend(c.options.iter().filter_map(|o| movement(o, c.attribution.as_ref())));
    if c.options.iter().all(is_still) {
        all.push("No option moves in net present cost, score, dual running, rank or feasibility.".to_owned());
    }
    all
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn inputs(c: &Comparison) -> String {
    if c.numbers.is_empty() && c.entries.is_empty() {
        return if c.run.is_empty() {
            "Nothing that was put in differs.".to_owned()
        } else {
            "Nothing that was put in differs; how it was run does.".to_owned()
        };
    }
    let of = |change: &str| c.numbers.iter().filter(|n| n.change == change).count();
    let mut parts = Vec::new();
    for (change, words) in [("changed", "changed"), ("added", "added"), ("removed", "removed")] {
        if of(change) > 0 {
            parts.push(format!("{} {words}", counted(of(change), "number", "numbers")));
        }
    }
    if !c.entries.is_empty() {
        parts.push(format!("{} in anything else", counted(c.entries.len(), "entry differs", "entries differ")));
    }
    format!("What was put in: {}.", parts.join(", "))
}

pub(super) fn is_still(o: &OptionMovement) -> bool {
    let pairs = [o.npc, o.score, o.dual_running, o.rank];
    o.there == "both" && pairs.iter().all(|p| p.is_still()) && o.feasible.0 == o.feasible.1
}

fn movement(o: &OptionMovement, attribution: Option<&Attribution>) -> Option<String> {
    let name = format!("\u{201c}{}\u{201d}", o.name);
    match o.there.as_str() {
        "added" => return Some(format!("{name} is only in the second, at a net present cost of {}.", pounds(o.npc.second?))),
        "removed" => return Some(format!("{name} is only in the first, at a net present cost of {}.", pounds(o.npc.first?))),
        _ => {}
    }
    if is_still(o) {
        return None;
    }
    let mut parts = Vec::new();
    let npc = o.npc.change().filter(|change| *change != 0.0);
    if let Some(change) = npc {
        let (first, second) = (pounds(o.npc.first?), pounds(o.npc.second?));
        parts.push(format!(
            "net present cost {} by {} ({first} to {second})",
            if change > 0.0 { "rises" } else { "falls" },
            pounds(change.abs())
        ));
    }
    if let Some(change) = o.score.change().filter(|change| *change != 0.0) {
        parts.push(format!("score {} by {} points", if change > 0.0 { "rises" } else { "falls" }, fixed(change.abs(), 2)));
    }
    if !o.rank.is_still() {
        let place = |r: Option<f64>| r.map_or_else(|| "none".to_owned(), |r| fixed(r, 0));
        parts.push(format!("rank {} instead of {}", place(o.rank.second), place(o.rank.first)));
    }
    match o.feasible {
        (Some(true), Some(false)) => parts.push("it no longer passes every gate".to_owned()),
        (Some(false), Some(true)) => parts.push("it now passes every gate".to_owned()),
        _ => {}
    }
    if parts.is_empty() {
        let change = o.dual_running.change()?;
        parts.push(format!("dual running {} by {}", if change > 0.0 { "rises" } else { "falls" }, pounds(change.abs())));
    }
    let largest = attribution.filter(|_| npc.is_some()).and_then(|a| because(a, &o.id));
    Some(format!("{name}: {}.{}", parts.join("; "), largest.map_or_else(String::new, |l| format!(" {l}"))))
}

/// The step that moves the net present cost of an option most, and the remainder.
fn because(a: &Attribution, option: &str) -> Option<String> {
    let of = |s: &Step| s.moves.get(option).map_or(0.0, |m| m.npc);
    let most = a.steps.iter().max_by(|x, y| of(x).abs().total_cmp(&of(y).abs())).filter(|s| of(s) != 0.0);
    let rest = a.remainder.get(option).map_or(0.0, |m| m.npc);
    let most = most.map(|s| format!("The largest step is {} ({})", s.name, signed_pounds(of(s))));
    let shown = pounds(rest.abs()) != "£0";
    let left = match a.remainder_due_to.as_slice() {
        [one] => format!("due to {one}"),
        _ => "left to changes that cannot be made one at a time".to_owned(),
    };
    match (most, shown) {
        (Some(most), true) => Some(format!("{most}; {} is {left}.", signed_pounds(rest))),
        (Some(most), false) => Some(format!("{most}.")),
        (None, true) => Some(format!("All of it is {}.", left.replacen("left to", "due to", 1))),
        (None, false) => None,
    }
}
