//! How much each change of the inputs explains: changes are made one at a time, in order, by the one evaluation.

use super::pairing::Pairs;
use super::wording;
use crate::appraisal::Examined;
use crate::appraisal::result::comparison::{Attribution, EntryChange, Moved, NumberChange, Step};
use crate::assumption::{Handle, Values};
use crate::outcome::{self, Outcome};
use crate::programme::{Anchors, Measure, NodeIx, Programme};
use crate::scenario::outline::{self, Statement};
use indexmap::IndexMap;
use std::borrow::Cow;

/// A change that can be made by itself.
enum Change {
    /// A number of the register.
    Number(Handle),
    /// What people judge an option to be on a criterion.
    Judged { criterion: usize, option: usize },
    /// A criterion's anchor: that at 0 (`false`) or at 100 points.
    Anchor { criterion: usize, hundred: bool },
    /// The swing points of a panel for a node.
    Points { panel: usize, node: NodeIx },
    /// The seats of a panel.
    Seats { panel: usize },
}

/// A change with its place and what it is from and to.
struct Ready {
    change: Change,
    id: String,
    name: String,
    unit: String,
    first: f64,
    second: f64,
    at: String,
}

/// Attributes the movement of each option that both have. The entries of judgements, anchors, points and seats that
/// become steps are marked.
pub(super) fn attribution(
    (a, b): (&Examined<'_>, &Examined<'_>),
    pairs: &Pairs,
    (said, numbers): (&[Statement], &[NumberChange]),
    entries: &mut [EntryChange],
) -> Attribution {
    let both: Vec<(usize, usize)> = pairs.iter().filter_map(|(i, j)| Some(((*i)?, (*j)?))).collect();
    let mut changes = register(a, b);
    changes.extend(judgement(a, b, &both, said));
    let order: Vec<&str> = outline::sections().collect();
    let section = |r: &Ready| order.iter().position(|s| *s == r.id.split('.').next().unwrap_or_default());
    // Stable: within a section numbers stay in the order in which they are read, that of the files.
    changes.sort_by_key(section);
    // Where no single index may be printed there is none to take apart.
    let scored = [a, b].iter().all(|x| x.appraisal.options.iter().any(|o| o.score.is_some()));
    let mut world = World { programme: Cow::Borrowed(&a.programme), values: a.values.clone() };
    let mut last = figures(&a.outcome, scored);
    let mut leading = leaders(a, &a.outcome);
    let start = last.clone();
    let mut steps = Vec::with_capacity(changes.len());
    for ready in changes {
        world.make(&ready);
        let outcome = outcome::evaluate(&world.programme, &a.plans, &world.values);
        let (now, first) = (figures(&outcome, scored), leaders(a, &outcome));
        steps.push(step(ready, moves(b, &both, (&last, &now)), (first != leading).then(|| first.clone())));
        (last, leading) = (now, first);
    }
    let end = figures(&b.outcome, scored);
    let whole = both.iter().map(|(i, j)| (id(b, *j), start[*i].to(end[*j])));
    let remainder = both.iter().map(|(i, j)| (id(b, *j), last[*i].to(end[*j])));
    let (whole, remainder): (_, IndexMap<String, Moved>) = (whole.collect(), remainder.collect());
    mark(entries, &steps);
    let left = remainder.values().any(is_something);
    let remainder_due_to = if left { wording::due_to((a, b), &both, (entries, numbers)) } else { Vec::new() };
    Attribution { order: wording::ORDER.to_owned(), steps, remainder, remainder_due_to, whole }
}

fn id(b: &Examined<'_>, option: usize) -> String {
    b.appraisal.options[option].id.clone()
}

fn step(ready: Ready, moves: IndexMap<String, Moved>, leads: Option<Vec<String>>) -> Step {
    let Ready { id, name, unit, first, second, at, .. } = ready;
    Step { id, name, unit, first, second, at, moves, leads }
}

/// Figures of an option.
#[derive(Debug, Clone, Copy)]
struct Figures {
    npc: f64,
    dual_running: f64,
    score: Option<f64>,
}

impl Figures {
    fn to(self, now: Self) -> Moved {
        let score = self.score.zip(now.score).map(|(was, is)| is - was);
        Moved { npc: now.npc - self.npc, dual_running: now.dual_running - self.dual_running, score }
    }
}

fn figures(outcome: &Outcome, scored: bool) -> Vec<Figures> {
    let one = |(i, o): (usize, &outcome::Evaluated)| Figures {
        npc: o.totals.npc(),
        dual_running: o.totals.dual_running(),
        score: outcome.scores.as_ref().filter(|_| scored).map(|s| s[i]),
    };
    outcome.options.iter().enumerate().map(one).collect()
}

/// Whether a remainder is more than what rounding in sums leaves: half a penny, or a millionth of a point.
fn is_something(m: &Moved) -> bool {
    m.npc.abs() >= 0.005 || m.dual_running.abs() >= 0.005 || m.score.is_some_and(|s| s.abs() >= 1e-6)
}

fn leaders(a: &Examined<'_>, outcome: &Outcome) -> Vec<String> {
    let first = a.programme.options.iter().zip(&outcome.ranks).filter(|(_, rank)| **rank == Some(1));
    first.map(|(o, _)| o.name.clone()).collect()
}

fn moves(b: &Examined<'_>, both: &[(usize, usize)], (last, now): (&[Figures], &[Figures])) -> IndexMap<String, Moved> {
    both.iter().map(|(i, j)| (id(b, *j), last[*i].to(now[*i]))).collect()
}

/// Numbers of the register that both have, in the same unit and with another likely value.
fn register(a: &Examined<'_>, b: &Examined<'_>) -> Vec<Ready> {
    let of_b: std::collections::HashMap<&str, usize> =
        b.appraisal.assumptions.iter().enumerate().map(|(i, v)| (v.id.as_str(), i)).collect();
    let one = |(handle, number): (Handle, &crate::assumption::Assumption)| {
        let view = &b.appraisal.assumptions[*of_b.get(number.id.as_str())?];
        let other = number.likely.to_bits() != view.value.to_bits() && number.unit.label() == view.unit;
        other.then(|| Ready {
            change: Change::Number(handle),
            id: number.id.clone(),
            name: view.name.clone(),
            unit: view.unit.clone(),
            first: number.likely,
            second: view.value,
            at: format!("{}:{}", view.file, view.line),
        })
    };
    a.programme.register.iter().filter_map(one).collect()
}

/// Judged scores, anchors, points and seats of criteria, nodes and panels that both have.
fn judgement(a: &Examined<'_>, b: &Examined<'_>, both: &[(usize, usize)], said: &[Statement]) -> Vec<Ready> {
    let (p, q) = (&a.programme, &b.programme);
    let mut all = Vec::new();
    let mut add = |change: Change, (id, name): (String, String), unit: &str, (first, second): (f64, f64)| {
        if first.to_bits() != second.to_bits() {
            let at = place(said, &id);
            all.push(Ready { change, id, name, unit: unit.to_owned(), first, second, at });
        }
    };
    for (i, criterion) in p.tree.criteria.iter().enumerate() {
        let Some(other) = q.tree.criteria.iter().find(|c| c.id == criterion.id) else { continue };
        let path = format!("criteria.{}", criterion.id);
        if let (Measure::Judged(was), Measure::Judged(is)) = (&criterion.measure, &other.measure) {
            for (option, j) in both {
                let id = format!("{path}.judged.{}", q.options[*j].id);
                let name = format!("{}: judged for {}", other.name, q.options[*j].name);
                let change = Change::Judged { criterion: i, option: *option };
                add(change, (id, name), &other.unit, (was[*option].value, is[*j].value));
            }
        }
        // Knots stand between anchors: with another shape the whole function is one structural change.
        if criterion.function == other.function && criterion.function.knots().is_empty() {
            let anchors = (criterion.anchors, other.anchors);
            let of = |hundred| Change::Anchor { criterion: i, hundred };
            let name = |what: &str| (format!("{path}.anchors"), format!("{}: {what}", other.name));
            add(of(false), name("measure that scores 0"), &other.unit, (anchors.0.zero, anchors.1.zero));
            add(of(true), name("measure that scores 100"), &other.unit, (anchors.0.hundred, anchors.1.hundred));
        }
    }
    for (i, panel) in p.panels.list.iter().enumerate() {
        let Some(other) = q.panels.list.iter().find(|x| x.id == panel.id) else { continue };
        for (node, points) in &panel.points {
            let id = &p.tree.nodes[node.0].id;
            let is = other.points.iter().find(|(n, _)| q.tree.nodes[n.0].id == *id);
            if let Some((n, is)) = is {
                let name = format!("{}: swing points of {}", other.name, q.tree.nodes[n.0].name);
                add(
                    Change::Points { panel: i, node: *node },
                    (format!("panels.{}.points.{id}", panel.id), name),
                    "points",
                    (*points, *is),
                );
            }
        }
        let name = (format!("panels.{}.seats", panel.id), format!("{}: seats", other.name));
        add(Change::Seats { panel: i }, name, "seats", (panel.seats, other.seats));
    }
    all
}

fn path(s: &Statement) -> String {
    let parts = [Some(s.section.as_str()), s.id.as_deref(), Some(s.key.as_str())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(".")
}

/// Where something stands: the first statement at its path or below.
fn place(said: &[Statement], id: &str) -> String {
    let below = |p: &str| p.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    said.iter().find(|s| below(&path(s))).map_or_else(String::new, |s| format!("{}:{}", s.file, s.line))
}

/// Marks what became a step, so that it is not told again as part of the remainder.
fn mark(entries: &mut [EntryChange], steps: &[Step]) {
    for entry in entries.iter_mut().filter(|e| e.change == "changed") {
        for difference in &mut entry.differences {
            let path = [Some(entry.section.as_str()), entry.id.as_deref(), Some(difference.key.as_str())];
            let path = path.into_iter().flatten().collect::<Vec<_>>().join(".");
            let is =
                |id: &str| path.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest == ".value" || rest.starts_with('['));
            let anchors = |id: &str| id.ends_with(".anchors") && path.starts_with(id);
            difference.step = steps.iter().any(|s| is(&s.id) || anchors(&s.id));
        }
    }
}

/// The first scenario on its way to the second.
struct World<'a> {
    programme: Cow<'a, Programme>,
    values: Values,
}

impl World<'_> {
    fn make(&mut self, ready: &Ready) {
        let to = ready.second;
        match ready.change {
            Change::Number(handle) => self.values.set(handle, to),
            Change::Judged { criterion, option } => {
                if let Measure::Judged(judgements) = &mut self.programme.to_mut().tree.criteria[criterion].measure {
                    judgements[option].value = to;
                }
            }
            Change::Anchor { criterion, hundred } => {
                let Anchors { zero, hundred: top } = &mut self.programme.to_mut().tree.criteria[criterion].anchors;
                *(if hundred { top } else { zero }) = to;
            }
            Change::Points { panel, node } => {
                let points = &mut self.programme.to_mut().panels.list[panel].points;
                points.iter_mut().filter(|(n, _)| *n == node).for_each(|(_, p)| *p = to);
            }
            Change::Seats { panel } => self.programme.to_mut().panels.list[panel].seats = to,
        }
    }
}
