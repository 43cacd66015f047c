//! A roadmap for the terminal, and as CSV.

use super::{csv_text, optional, plain, safe, signed, table};
use crate::appraisal::result::{Optimiser, PlanEntry, PlanFaring, Robustness};
use crate::programme::{InstanceIx, Programme, ServiceIx};
use crate::quantity::{fixed, grouped, pounds_short, raised, raised_short};
use std::fmt::Write;

/// The roadmap by date, its links, and what it comes to beside the options.
pub(in crate::cli) fn text(programme: &Programme, found: &Optimiser) -> String {
    let mut out =
        format!("{}\nas at {}\n\n{}\n", plain(&programme.frame.title), programme.frame.period.as_at, plain(&found.sentence));
    if found.objective.is_none() {
        // One is in the sentence.
        for conflict in found.conflict.iter().filter(|_| found.conflict.len() > 1) {
            let _ = write!(out, "\n\u{2022} {}", plain(&conflict.sentence));
        }
        for relaxation in &found.relaxations {
            let _ = write!(out, "\n\n{}", plain(&relaxation.sentence));
        }
        return out;
    }
    let moves = moves(programme, found);
    if !moves.is_empty() {
        let rows = moves.iter().map(|m| {
            [m.date.clone(), m.expected.clone(), m.name.clone(), m.from.to_owned(), m.to.to_owned(), m.note.to_owned()].to_vec()
        });
        let _ = write!(out, "\n{}\n", table(&["Go-live", "Expected", "Service", "From", "To", ""], rows.collect()));
    }
    let links: Vec<Vec<String>> = found.links.iter().filter_map(|l| Some(vec![l.name.clone(), l.live.clone()?])).collect();
    if !links.is_empty() {
        let _ = write!(out, "\n{}\n", table(&["New link", "Live"], links));
    }
    let _ = write!(out, "\n{}", against(programme, found));
    out += "\nRoadmap less option: below nothing it costs less. NPC: net present cost.\n";
    if found.against.iter().any(|o| o.npc_from_dates.is_some()) {
        out += "NPC by dates: what better dates for the option's own moves would bring; the rest is other moves and links.\n";
    }
    for other in found.against.iter().filter(|o| !o.breaks.is_empty()) {
        let _ = write!(out, "\n{} is beyond limits: {}.", plain(name(programme, &other.option)), plain(&other.breaks.join("; ")));
    }
    if let Some(robustness) = &found.robustness {
        let _ = write!(out, "\n{}", fares(programme, robustness, &found.unit));
    }
    if !found.frontier.is_empty() {
        let _ = write!(out, "\n{}", frontier(programme, found));
    }
    if !found.limit_prices.is_empty() {
        let _ = write!(out, "\n{}", prices(found));
    }
    let bound = optional(found.bound, |b| amount(&found.unit, b));
    let stopped = if found.stopped { ", stopped before it was done" } else { "" };
    let _ = write!(
        out,
        "\nStatus: {}{stopped}; objective {}; bound {bound}; {}{} plans tried; costed again, it differs by {}.",
        found.status,
        optional(found.objective, |o| amount(&found.unit, o)),
        gap(found),
        grouped(f64::from(u32::try_from(found.tried).unwrap_or(u32::MAX)), 0),
        optional(found.recosted_difference, |d| format!("£{}", fixed(d, 2))),
    );
    out
}

/// How far the roadmap is from the bound, as money and as shares, or in points.
fn gap(found: &Optimiser) -> String {
    let Some(gap) = found.gap else { return "gap not known; ".to_owned() };
    let share = |of: Option<f64>| of.filter(|of| found.unit == "pounds" && of.abs() > 0.0).map(|of| 100.0 * gap / of.abs());
    match share(found.npc).zip(share(found.discounted_cost)) {
        Some((net, gross)) => format!(
            "gap {}, {}% of net present cost, {}% of the discounted cost without benefits; ",
            at_most(&found.unit, gap),
            fixed(raised(net, 0.01), 2),
            fixed(raised(gross, 0.01), 2)
        ),
        None => format!("gap {}; ", at_most(&found.unit, gap)),
    }
}

/// One move of a roadmap, in names.
struct Moved<'a> {
    date: String,
    expected: String,
    name: String,
    from: &'a str,
    to: &'a str,
    note: &'static str,
}

/// What moves, by planned go-live.
fn moves<'a>(programme: &'a Programme, found: &Optimiser) -> Vec<Moved<'a>> {
    let mut all: Vec<Moved<'a>> = found.plan.iter().filter_map(|entry| moved(programme, entry)).collect();
    all.sort_by(|a, b| a.date.cmp(&b.date));
    all
}

fn moved<'a>(programme: &'a Programme, entry: &PlanEntry) -> Option<Moved<'a>> {
    let date = entry.go_live.clone()?;
    let (ix, slot) = slot(programme, entry)?;
    let service = &programme.services[ix.0];
    let system = |i: InstanceIx| programme.instances[i.0].name.as_str();
    let to = programme.instances.iter().find(|i| i.id == entry.instance)?;
    // What is decided comes first; the roadmap goes on from there.
    let decided = programme.commitments.iter().rfind(|c| c.service == ix && c.slot == slot).map(|c| c.to);
    let from = decided.filter(|_| !entry.committed).unwrap_or(service.slots[slot].instance);
    let several = service.slots.len() > 1;
    Some(Moved {
        date,
        expected: entry.expected_go_live.clone().unwrap_or_default(),
        name: if several { format!("{}: {}", service.name, entry.slot) } else { service.name.clone() },
        from: system(from),
        to: &to.name,
        note: if entry.committed { "decided" } else { "" },
    })
}

fn slot(programme: &Programme, entry: &PlanEntry) -> Option<(ServiceIx, usize)> {
    let service = programme.services.iter().position(|s| s.id == entry.service)?;
    let slot = programme.services[service].slots.iter().position(|s| s.name == entry.slot)?;
    Some((ServiceIx(service), slot))
}

fn name<'a>(programme: &'a Programme, option: &'a str) -> &'a str {
    programme.options.iter().find(|o| o.id == option).map_or(option, |o| o.name.as_str())
}

fn against(programme: &Programme, found: &Optimiser) -> String {
    let row = |o: &crate::appraisal::result::Against| {
        vec![
            name(programme, &o.option).to_owned(),
            signed(o.npc),
            optional(o.score, |s| format!("{}{}", if s > 0.0 { "+" } else { "" }, fixed(s, 1))),
            signed(o.dual_running),
            optional(o.npc_from_dates, signed),
            if o.breaks.is_empty() { "kept" } else { "not kept" }.to_owned(),
        ]
    };
    table(&["Against", "NPC", "Score", "Dual running", "NPC by dates", "Its limits"], found.against.iter().map(row).collect())
}

/// How the roadmap fares over draws.
fn fares(programme: &Programme, robustness: &Robustness, unit: &str) -> String {
    let by = |amount: f64| if unit == "pounds" { pounds_short(amount) } else { fixed(amount, 1) };
    let percent = |share: f64| format!("{}%", fixed(100.0 * share, 0));
    let row = |plan: &PlanFaring| {
        let name = match (&plan.option, plan.plan.as_str()) {
            (Some(option), _) => name(programme, option).to_owned(),
            (None, "chosen") => "The roadmap chosen over draws".to_owned(),
            (None, _) => "The roadmap found".to_owned(),
        };
        let better = if plan.plan == "roadmap" { optional(None, percent) } else { percent(plan.better) };
        vec![
            name,
            pounds_short(plan.npc),
            pounds_short(plan.npc_p80),
            percent(plan.p_feasible),
            optional(plan.p_limits, percent),
            better,
            optional(plan.better_by, by),
            optional(plan.regret, by),
        ]
    };
    let header = ["Over draws", "Mean NPC", "P80", "Gates", "Limits", "Better", "By", "Regret"];
    let mut out = table(&header, robustness.plans.iter().map(row).collect());
    out += "\nGates, Limits: how often it passes and keeps all. Better: how often it is better than the roadmap found, and By how much then. Regret: by how much the best of the plans that keep all limits is better, on average.\n";
    for sentence in &robustness.sentences {
        let _ = write!(out, "\n\u{2022} {}", plain(sentence));
    }
    out.push('\n');
    out
}

fn frontier(programme: &Programme, found: &Optimiser) -> String {
    let rows = found
        .frontier
        .iter()
        .map(|p| vec![pounds_short(p.npc), fixed(p.score, 1), p.moves.to_string(), p.links.join(", "), p.status.clone()]);
    let mut out = table(&["Frontier: NPC", "Score", "Moves", "New links", "Status"], rows.collect());
    out.push('\n');
    for d in &found.distances {
        let dearer = optional(d.pounds, pounds_short);
        let short = optional(d.points, |p| fixed(p, 1));
        let _ = writeln!(
            out,
            "{}: {dearer} above the cheapest point with its score, {short} points below the best at its cost",
            plain(name(programme, &d.option))
        );
    }
    out
}

fn prices(found: &Optimiser) -> String {
    let unit = if found.unit == "pounds" { "Would save" } else { "Would gain, points" };
    let gain = |g: Option<f64>| optional(g, |g| if found.unit == "pounds" { pounds_short(g) } else { fixed(g, 2) });
    let rows = found.limit_prices.iter().map(|p| vec![p.name.clone(), p.relaxed.clone(), gain(p.gain), p.status.clone()]);
    let mut out = table(&["Limit", "Wider by", unit, "Status"], rows.collect());
    out.push('\n');
    out
}

fn amount(unit: &str, amount: f64) -> String {
    if unit == "pounds" { pounds_short(amount) } else { format!("{} points", fixed(amount, 2)) }
}

/// An amount that something is at most: rounded up.
fn at_most(unit: &str, most: f64) -> String {
    amount(unit, if unit == "pounds" { raised_short(most) } else { raised(most, 0.01) })
}

/// One row for each slot of each service, then one for each new link.
pub(in crate::cli) fn csv(programme: &Programme, found: &Optimiser) -> String {
    let header = ["kind", "id", "slot", "from", "to", "go_live", "expected_go_live", "decided"].map(str::to_owned).to_vec();
    let rows = found.plan.iter().map(|entry| {
        let start = slot(programme, entry).map(|(s, at)| programme.services[s.0].slots[at].instance);
        let from = start.map_or_else(String::new, |i| programme.instances[i.0].id.clone());
        let date = |d: &Option<String>| d.clone().unwrap_or_default();
        vec![
            "service".to_owned(),
            safe(&entry.service),
            safe(&entry.slot),
            safe(&from),
            safe(&entry.instance),
            date(&entry.go_live),
            date(&entry.expected_go_live),
            entry.committed.to_string(),
        ]
    });
    let links = found.links.iter().filter_map(|l| {
        let live = l.live.clone()?;
        let blank = String::new;
        Some(vec!["link".to_owned(), safe(&l.id), blank(), blank(), blank(), live, blank(), "false".to_owned()])
    });
    csv_text(std::iter::once(header).chain(rows).chain(links))
}
