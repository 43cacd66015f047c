//! A comparison as text.

use super::explain::amount;
use super::{optional, plain, signed, table};
use crate::appraisal::result::comparison::{Attribution, Comparison, EntryChange, Moved, NumberChange, OptionMovement, Pair};
use crate::quantity::{fixed, pounds_short};
use indexmap::IndexMap;
use std::fmt::Write;

/// Everything, most telling first.
pub(in crate::cli) fn text(c: &Comparison) -> String {
    let mut out = format!("First:  {}\nSecond: {}\n", plain(&c.first.path), plain(&c.second.path));
    for sentence in &c.sentences {
        let _ = write!(out, "\n\u{2022} {}", plain(sentence));
    }
    out.push('\n');
    if !c.run.is_empty() {
        let cell = |t: &Option<String>| t.clone().unwrap_or_else(|| "\u{2013}".to_owned());
        let rows = c.run.iter().map(|d| vec![d.what.clone(), cell(&d.first), cell(&d.second)]).collect();
        let _ = write!(out, "\nHow they were run\n{}\n", table(&["What", "First", "Second"], rows));
    }
    let _ = write!(out, "\nWhat came out\n{}\n", results(c));
    for option in &c.options {
        for told in option.gates.iter().chain(&option.plan) {
            let _ = writeln!(out, "{}: {}", plain(&option.name), plain(told));
        }
    }
    match &c.attribution {
        Some(attribution) => out += &steps(c, attribution),
        None => c.unattributed.iter().for_each(|why| {
            let _ = writeln!(out, "\n{why}");
        }),
    }
    if !c.numbers.is_empty() {
        let rows = c.numbers.iter().map(number).collect();
        let _ = write!(out, "\nNumbers that differ\n{}\n", table(&["Number", "What", "First", "Second"], rows));
    }
    if !c.entries.is_empty() {
        out += "\nAll else that differs\n";
        c.entries.iter().for_each(|e| out += &entry(e));
    }
    out.trim_end().to_owned()
}

fn pair(pair: Pair, show: impl Fn(f64) -> String) -> String {
    let one = |x: Option<f64>| optional(x, &show);
    if pair.is_still() { one(pair.first) } else { format!("{} \u{2192} {}", one(pair.first), one(pair.second)) }
}

fn results(c: &Comparison) -> String {
    let scored = c.options.iter().any(|o| o.score.first.is_some() || o.score.second.is_some());
    let drawn = c.options.iter().any(|o| o.npc_expected.first.is_some() || o.npc_expected.second.is_some());
    let mut header = vec!["Option", "Rank", "NPC", "Change"];
    if scored {
        header.push("Score");
    }
    if drawn {
        header.push("Expected NPC");
    }
    header.extend(["Dual running", "Gates"]);
    let word = |f: Option<bool>| optional(f, |passed| if passed { "passed" } else { "failed" }.to_owned());
    let row = |o: &OptionMovement| {
        let name = match (o.there.as_str(), &o.was_named, &o.was) {
            ("added", ..) => format!("{} (only second)", o.name),
            ("removed", ..) => format!("{} (only first)", o.name),
            (_, Some(was), _) => format!("{} (was {was})", o.name),
            (_, None, Some(was)) => format!("{} (id was {was})", o.name),
            _ => o.name.clone(),
        };
        let mut row = vec![name, pair(o.rank, |r| fixed(r, 0)), pair(o.npc, pounds_short), optional(o.npc.change(), signed)];
        if scored {
            row.push(pair(o.score, |s| fixed(s, 2)));
        }
        if drawn {
            row.push(pair(o.npc_expected, pounds_short));
        }
        row.push(pair(o.dual_running, pounds_short));
        let (was, is) = o.feasible;
        row.push(if was == is { word(was) } else { format!("{} \u{2192} {}", word(was), word(is)) });
        row
    };
    table(&header, c.options.iter().map(row).collect())
}

/// A change, as what it moves of net present cost and score.
fn moved(m: Option<&Moved>) -> String {
    let Some(m) = m else { return "\u{2013}".to_owned() };
    let points = m.score.filter(|s| *s != 0.0).map(|s| format!(" ({}{} points)", if s > 0.0 { "+" } else { "" }, fixed(s, 2)));
    format!("{}{}", signed(m.npc), points.unwrap_or_default())
}

fn steps(c: &Comparison, a: &Attribution) -> String {
    let still = |moves: &IndexMap<String, Moved>| {
        moves.values().all(|m| m.npc == 0.0 && m.dual_running == 0.0 && m.score.is_none_or(|s| s == 0.0))
    };
    if still(&a.whole) && a.steps.iter().all(|s| still(&s.moves)) {
        return String::new();
    }
    let ids: Vec<&String> = a.whole.keys().collect();
    let name = |id: &String| c.options.iter().find(|o| o.id == *id).map_or_else(|| id.clone(), |o| o.name.clone());
    let names: Vec<String> = ids.iter().map(|id| name(id)).collect();
    let header: Vec<&str> = std::iter::once("Step").chain(names.iter().map(String::as_str)).collect();
    let row = |heading: String, moves: &IndexMap<String, Moved>| -> Vec<String> {
        std::iter::once(heading).chain(ids.iter().map(|id| moved(moves.get(*id)))).collect()
    };
    let mut out = String::from("\nWhat each change explains: net present cost (points of score)\n");
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (n, step) in a.steps.iter().filter(|s| !still(&s.moves)).enumerate() {
        let (first, second) = (amount(step.first, &step.unit), amount(step.second, &step.unit));
        let _ =
            writeln!(out, "{}. {}: {first} to {second}   {}   {}", n + 1, plain(&step.name), plain(&step.id), plain(&step.at));
        if let Some(leads) = &step.leads {
            let _ = writeln!(out, "   from here on ranked first: {}", plain(&leads.join(", ")));
        }
        rows.push(row((n + 1).to_string(), &step.moves));
    }
    rows.push(row("Rest".to_owned(), &a.remainder));
    rows.push(row("Whole".to_owned(), &a.whole));
    let _ = writeln!(out, "{}\n{}", table(&header, rows), a.order);
    let quiet = a.steps.iter().filter(|s| still(&s.moves)).count();
    if quiet > 0 {
        let _ = writeln!(out, "{quiet} {} nothing.", if quiet == 1 { "change moves" } else { "changes move" });
    }
    if !a.remainder_due_to.is_empty() {
        let _ = writeln!(out, "The rest is due to: {}.", plain(&a.remainder_due_to.join("; ")));
    }
    out
}

fn number(n: &NumberChange) -> Vec<String> {
    let state = |s: &Option<crate::appraisal::result::comparison::NumberState>| {
        optional(s.as_ref(), |s| format!("{} ({}:{})", amount(s.value, &n.unit), s.file, s.line))
    };
    let what = if n.differs.is_empty() { n.change.clone() } else { n.differs.join(", ") };
    vec![n.id.clone(), what, state(&n.first), state(&n.second)]
}

fn entry(e: &EntryChange) -> String {
    let place = e.id.as_ref().map_or_else(|| e.section.clone(), |id| format!("{}.{id}", e.section));
    let was = e.was.as_ref().map_or_else(String::new, |w| format!(" from {w}"));
    let at = e.second_at.as_ref().or(e.first_at.as_ref()).map_or_else(String::new, |at| format!("   {at}"));
    let mut out = format!("\u{2022} {}\n", plain(&format!("{place} {}{was}{at}", e.change)));
    for d in &e.differences {
        let cell = |t: &Option<String>| t.clone().unwrap_or_else(|| "\u{2013}".to_owned());
        let at = d.at.as_ref().map_or_else(String::new, |at| format!("   {at}"));
        let _ = writeln!(out, "    {}", plain(&format!("{}: {} \u{2192} {}{at}", d.key, cell(&d.first), cell(&d.second))));
    }
    out
}
