//! What would change the answer, and how sure it is.

use super::{csv_text, optional, plain, safe, table};
use crate::appraisal::result::{Appraisal, InformationValue, OptionResult};
use crate::quantity::{fixed, pounds, pounds_short};
use crate::report::{chart, format};
use std::fmt::Write;

/// Rows of each table; the rest is in the other formats and in the results.
const ROWS: usize = 20;

/// Everything, for people.
pub(in crate::cli) fn text(a: &Appraisal) -> String {
    let mut out = plain(&a.headline.text);
    for sentence in a.uncertainty.iter().flat_map(|u| &u.sentences) {
        let _ = write!(out, "\n\u{2022} {}", plain(sentence));
    }
    for part in parts(a) {
        let _ = write!(out, "\n\n{part}");
    }
    out
}

/// What is uncertain, then what would change the central case; the first only where there is something.
fn parts(a: &Appraisal) -> Vec<String> {
    let of_draws: &[fn(&Appraisal) -> Option<String>] = if is_drawn(a) { &[spreads, chances, tornado, information] } else { &[] };
    of_draws.iter().chain(&[crossings as fn(&Appraisal) -> Option<String>, switching]).filter_map(|part| part(a)).collect()
}

fn name<'a>(a: &'a Appraisal, option: &'a str) -> &'a str {
    a.options.iter().find(|o| o.id == option).map_or(option, |o| o.name.as_str())
}

/// Whether anything was drawn that is uncertain.
fn is_drawn(a: &Appraisal) -> bool {
    a.uncertainty.as_ref().is_some_and(|u| u.uncertain + u.events > 0)
}

/// A title with what is left out, over a table.
fn titled(title: &str, (header, rows): (&[&str], Vec<Vec<String>>)) -> Option<String> {
    let left = rows.len().saturating_sub(ROWS);
    let more = if left > 0 { format!("\n{left} more in --format json and in appraisal.json.") } else { String::new() };
    (!rows.is_empty()).then(|| format!("{title}\n{}{more}", table(header, rows.into_iter().take(ROWS).collect())))
}

/// Net present cost: expected, central, P80, and the middle eight draws of ten.
fn spreads(a: &Appraisal) -> Option<String> {
    a.options.iter().any(|o| !o.cost.by_category.is_empty()).then_some(())?;
    let row = |o: &OptionResult| {
        let s = &o.uncertainty.as_ref()?.npc;
        let error = s.standard_error.map_or_else(|| "not known".to_owned(), pounds);
        let amounts = [o.cost.npc, s.p80, s.p10, s.p90].map(pounds);
        Some([o.name.clone(), pounds(s.mean), error].into_iter().chain(amounts).collect())
    };
    let header = ["Net present cost", "Expected", "its error", "Central", "P80", "P10", "P90"];
    titled("How sure the cost is", (&header, a.options.iter().filter_map(row).collect()))
}

/// Chances of passing every gate, and of each rank.
fn chances(a: &Appraisal) -> Option<String> {
    let ranks = a.options.iter().filter_map(|o| o.uncertainty.as_ref()).map(|u| u.rank_acceptability.len()).max()?;
    let places: Vec<String> = (1..=ranks).map(|r| format!("#{r}")).collect();
    let header: Vec<&str> = ["Option", "Gates"].into_iter().chain(places.iter().map(String::as_str)).collect();
    let mut error = 0.0_f64;
    let row = |o: &OptionResult| {
        let u = o.uncertainty.as_ref()?;
        error = error.max(u.probability_first_error);
        let head = [o.name.clone(), format::share_of_draws(u.p_feasible)];
        Some(head.into_iter().chain(u.rank_acceptability.iter().map(|p| format::share_of_draws(*p))).collect())
    };
    let rows = a.options.iter().filter_map(row).collect();
    let title = format!("Share of draws that pass every gate, and that have each rank by {}", a.frame.rank_basis);
    let note = format!("The widest standard error of #1 is {} percentage points.", fixed(100.0 * error, 1));
    titled(&title, (&header, rows)).map(|table| format!("{table}\n{note}"))
}

/// Weights at which two options tie, where there are any.
fn crossings(a: &Appraisal) -> Option<String> {
    let node = |id: &str| {
        let leaf = a.criteria.iter().find(|c| c.id == id).map(|c| c.name.clone());
        leaf.or_else(|| a.groups.iter().find(|g| g.id == id).map(|g| g.name.clone())).unwrap_or_else(|| id.to_owned())
    };
    let percent = |w: f64| format!("{}%", fixed(100.0 * w, 1));
    let rows = a.sensitivity.weights.iter().filter_map(|c| {
        let at = format!("{} {}", c.side.as_deref().unwrap_or("at"), percent(c.crossing?));
        Some(vec![node(&c.node), name(a, &c.option).to_owned(), name(a, &c.rival).to_owned(), percent(c.weight), at])
    });
    let header = ["Weight of", "Ahead now", "Ahead", "Weight now", "with weight"];
    titled("Weights at which the order of two options turns", (&header, rows.collect()))
}

/// Every unknown at its ends.
fn tornado(a: &Appraisal) -> Option<String> {
    let found = chart::tornado::data(a)?;
    let from_to = |low: String, high: String| if low == high { low } else { format!("{low} to {high}") };
    let row = |b: &chart::tornado::Bar| {
        let [low, high] = &b.ends;
        let lead = found.lead.as_ref().map(|l| from_to(l.told(low.lead), l.told(high.lead)));
        let ends = from_to(low.full.clone(), high.full.clone());
        vec![b.name.clone(), ends, from_to(pounds_short(low.npc), pounds_short(high.npc)), lead.unwrap_or_default()]
    };
    let header = ["Unknown", "From P10 to P90", "Net present cost", "Lead"];
    let over = found.lead.as_ref().map_or_else(String::new, |l| format!(", and to its lead over {}", l.over));
    let title = format!("What each unknown does by itself to {}{over}", found.leading);
    titled(&plain(&title), (&header, found.bars.iter().map(row).collect()))
}

/// Whether leads are in points of the score.
fn in_points(a: &Appraisal) -> bool {
    a.frame.rank_basis == "score" && a.options.iter().any(|o| o.id == a.evidence.option && o.score.is_some())
}

/// Switching values, each a sentence.
fn switching(a: &Appraisal) -> Option<String> {
    let found: Vec<&str> = a.sensitivity.switching.iter().filter(|s| s.value.is_some()).map(|s| s.sentence.as_str()).collect();
    let told: Vec<String> = found.iter().take(ROWS).map(|s| format!("\n\u{2022} {}", plain(s))).collect();
    let left = found.len().saturating_sub(ROWS);
    let more = if left > 0 { format!("\n{left} more in --format json and in appraisal.json.") } else { String::new() };
    let none = a.sensitivity.switching.iter().filter(|s| s.value.is_none()).count();
    let never = if none > 0 {
        format!("\nIn {none} comparisons of two options no value tried makes them cost the same.")
    } else {
        String::new()
    };
    (!a.sensitivity.switching.is_empty())
        .then(|| format!("Values at which two options cost the same{}{more}{never}", told.concat()))
}

/// What it would be worth to know more.
fn information(a: &Appraisal) -> Option<String> {
    let all = &a.sensitivity.information_value;
    let scored = all.iter().any(|i| i.points.is_some());
    let worth = |i: &&InformationValue| i.kind == "everything" || i.pounds >= 0.5 || i.points.is_some_and(|p| p >= 0.005);
    let row = |i: &InformationValue| {
        let mut cells = vec![i.name.clone(), pounds(i.pounds), pounds(i.pounds_error)];
        if scored {
            cells.extend([i.points, i.standard_error].map(|x| optional(x, |x| fixed(x, 3))));
        }
        cells
    };
    let header = ["What would be known", "Worth, £", "its error", "Points", "its error"];
    let header = &header[..if scored { 5 } else { 3 }];
    titled("What it would be worth to know before choosing", (header, all.iter().filter(worth).map(row).collect()))
}

/// One row for each unknown.
pub(in crate::cli) fn csv(a: &Appraisal) -> String {
    let header = [
        "input",
        "name",
        "members",
        "low",
        "high",
        "npc_low",
        "npc_high",
        "score_low",
        "score_high",
        "lead_low",
        "lead_high",
        "lead_unit",
    ]
    .map(str::to_owned)
    .to_vec();
    let number = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
    let unit = if in_points(a) { "points" } else { "pounds" };
    let rows = a.sensitivity.tornado.iter().map(|b| {
        vec![
            safe(&b.input),
            safe(&b.name),
            safe(&b.members.join(" ")),
            number(b.low),
            number(b.high),
            b.npc_low.to_string(),
            b.npc_high.to_string(),
            number(b.score_low),
            number(b.score_high),
            b.lead_low.to_string(),
            b.lead_high.to_string(),
            unit.to_owned(),
        ]
    });
    csv_text(std::iter::once(header).chain(rows))
}
