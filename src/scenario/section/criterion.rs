//! `[criteria]` and `[panels]`.

use super::preference::{self, PREFERENCE};
use super::weight_statement::{self, STATEMENTS};
use super::{Section, Shape, entries};
use crate::programme::{
    Anchors, Combination, Criterion, CriterionIx, Judgement, Knot, Measure, Node, NodeIx, Panel, Panels, ValueFunction, ValueTree,
};
use crate::scenario::document::{Table, Value};
use crate::scenario::fields::{Field, Fields, may, must};
use crate::scenario::kind::{Keys, Kind};
use crate::scenario::problem::{Code, Problem, one_of};
use crate::scenario::reading::Reading;
use crate::scoring;

const CRITERION: &[Field] = &[
    may("name", Kind::Text, "Name; the id if not given"),
    may("parent", Kind::Id("criteria"), "The group above it; at the top if not given"),
    may("measure", Kind::OneOf(&Measure::COMPUTED), "What the engine computes for it"),
    may(
        "judged",
        Kind::Map(Keys::Of("options"), &Kind::Either(&[Kind::Plain("number", ANY.0, ANY.1), Kind::Table(&[JUDGED])])),
        "What people judge, for every option",
    ),
    may("unit", Kind::Text, "Unit of a judged criterion"),
    may(
        "anchors",
        Kind::Table(&[ANCHORS]),
        "The measure at 0 and at 100 points, fixed before options are scored. Groups have none",
    ),
    may(
        "function",
        Kind::OneOf(&["linear", "piecewise", "step"]),
        "Value between the anchors: straight, straight between knots, or level from each knot on; linear if not given",
    ),
    may("knots", Kind::Tables(&[KNOT]), "Points of the value function between the anchors, from the 0 anchor to the 100 anchor"),
    may("reason", Kind::Text, "Why a pound of it may weigh more or less than a pound of another criterion"),
];
const ANCHORS: &[Field] = &[
    must("zero", Kind::Plain("number", ANY.0, ANY.1), "Measure at 0 points"),
    must("hundred", Kind::Plain("number", ANY.0, ANY.1), "Measure at 100 points"),
];
const KNOT: &[Field] = &[
    must("at", Kind::Plain("number", ANY.0, ANY.1), "The measure"),
    must("points", Kind::Plain("points", 0.0, 100.0), "What it is worth"),
];
const JUDGED: &[Field] = &[
    must("value", Kind::Plain("number", ANY.0, ANY.1), "Judgement on the criterion's own scale"),
    may("evidence", Kind::Text, "Why"),
];

/// Key of the section itself.
pub(super) const READY: &[&[Field]] = &[&[may(
    "use",
    Kind::OneOf(&["five-branch"]),
    "A ready tree, in the place of this key: impact (visibility, burden, disruption, resilience), capability, cost, dual_running, effort. What a criterion of the same id says here goes before it",
)]];

/// `[criteria]`.
pub(crate) const CRITERIA: Section = Section {
    name: "criteria",
    shape: Shape::Ordered,
    doc: "The value tree: groups, and criteria with anchors, in the order in which they are shown.",
    entry: Kind::Table(&[CRITERION, PREFERENCE]),
};

const PANEL: &[Field] = &[
    may("name", Kind::Text, "Name; the id if not given"),
    may("seats", Kind::Plain("number", 0.0, 1e6), "Seats, for combine_panels = \"seats\"; 1 if not given"),
    must(
        "points",
        Kind::Map(Keys::Of("criteria"), &Kind::Plain("points", 0.0, 1e6)),
        "Swing points, 100 for the largest swing. Either for every criterion, or for every criterion and group (then compared among siblings)",
    ),
    may(
        "anchors",
        Kind::Map(Keys::Of("criteria"), &Kind::Table(&[ANCHORS])),
        "The anchors on which the points were given; they must still be those of the criteria",
    ),
];

/// `[panels]`.
pub(crate) const PANELS: Section = Section {
    name: "panels",
    shape: Shape::Ordered,
    doc: "Stakeholder groups and their swing points.",
    entry: Kind::Table(&[PANEL, STATEMENTS]),
};

/// Numbers of judgement.
const ANY: (f64, f64) = (-1e12, 1e12);

/// Reads `[criteria]`.
pub(in crate::scenario) fn tree(reading: &Reading, root: &Table, options: usize) -> ValueTree {
    let mut tree = ValueTree::default();
    let read = entries(reading, root, &CRITERIA);
    // Nodes first, in the author's order; a parent may be written after its children.
    let parents: Vec<Option<usize>> = read.iter().map(|(_, f)| f.reference("parent", "criteria")).collect();
    for (i, (id, f)) in read.iter().enumerate() {
        let name = f.text("name").unwrap_or_else(|| id.clone());
        let leaf = f.has("measure") || f.has("judged") || f.has("anchors");
        let criterion = leaf.then(|| {
            let criterion = criterion(id, &name, NodeIx(i), f, options);
            tree.criteria.push(criterion);
            CriterionIx(tree.criteria.len() - 1)
        });
        if !leaf {
            preference::none(f);
        }
        tree.nodes.push(Node { id: id.clone(), name, parent: parents[i].map(NodeIx), criterion });
    }
    check_shape(reading, &mut tree, &read);
    tree
}

fn check_shape(reading: &Reading, tree: &mut ValueTree, read: &[(String, Fields<'_>)]) {
    for (i, (id, f)) in read.iter().enumerate() {
        let above: Vec<NodeIx> =
            std::iter::successors(tree.nodes[i].parent, |n| tree.nodes[n.0].parent).take(read.len() + 1).collect();
        if above.contains(&NodeIx(i)) || above.len() > read.len() {
            let problem = Problem::new(Code::TreeShape, f.at("parent"), format!("`criteria.{id}` is above itself"));
            reading.report(problem.hint("give one of the groups no parent"));
            tree.nodes[i].parent = None;
        }
        let has_children = tree.nodes.iter().any(|n| n.parent == Some(NodeIx(i)));
        let leaf = tree.nodes[i].criterion.is_some();
        if has_children && leaf {
            let problem =
                Problem::new(Code::TreeShape, f.table.at, format!("`criteria.{id}` has a measure and criteria below it"));
            reading.report(problem.hint("a group has neither measure nor anchors"));
        } else if !has_children && !leaf {
            let problem =
                Problem::new(Code::TreeShape, f.table.at, format!("`criteria.{id}` measures nothing and has nothing below it"));
            reading.report(problem.hint("give it a measure (or judged) and anchors, or name it as parent of others"));
        }
    }
}

fn criterion(id: &str, name: &str, node: NodeIx, f: &Fields<'_>, options: usize) -> Criterion {
    let measure = match (f.text("measure"), f.has("judged")) {
        (Some(word), false) => Measure::computed(&word.replace('-', "_")).unwrap_or_else(|| {
            let problem = Problem::new(Code::UnknownChoice, f.at("measure"), format!("the engine computes no `{word}`"));
            f.reading.report(problem.hint(format!("write {}, or use `judged`", one_of(&Measure::COMPUTED))));
            Measure::Cost
        }),
        (None, true) => Measure::Judged(judged(f, options)),
        _ => {
            let problem = Problem::new(Code::TreeShape, f.table.at, format!("`criteria.{id}` must be either computed or judged"));
            f.reading.report(problem.hint("give `measure`, or `judged`, not both"));
            Measure::Cost
        }
    };
    if !f.has("anchors") {
        f.missing("anchors");
    }
    let anchors = f.sub("anchors", &[ANCHORS]).map_or(Anchors { zero: 0.0, hundred: 1.0 }, |a| anchors(&a));
    Criterion {
        id: id.to_owned(),
        name: name.to_owned(),
        unit: f.text("unit").unwrap_or_else(|| measure.unit().to_owned()),
        measure,
        anchors,
        function: function(f, anchors),
        node,
        reason: f.text("reason"),
        preference: preference::read(f),
    }
}

fn anchors(a: &Fields<'_>) -> Anchors {
    for key in ["zero", "hundred"] {
        if !a.has(key) {
            a.missing(key);
        }
    }
    let (zero, hundred) = (a.plain("zero", ANY), a.plain("hundred", ANY));
    if zero.is_some() && zero == hundred {
        let problem =
            Problem::new(Code::AnchorsEqual, a.at("hundred"), format!("`{}` are the same, so nothing can be scored", a.path));
        a.reading.report(problem.hint("0 points: the worst that can be conceived; 100 points: the best"));
    }
    let anchors = Anchors { zero: zero.unwrap_or(0.0), hundred: hundred.unwrap_or(1.0) };
    if (anchors.hundred - anchors.zero).abs() < f64::MIN_POSITIVE { Anchors { zero: 0.0, hundred: 1.0 } } else { anchors }
}

/// The shape of the value function: knots run from the 0 anchor to the 100 anchor and never fall.
fn function(f: &Fields<'_>, anchors: Anchors) -> ValueFunction {
    let shapes = [("linear", 0), ("piecewise", 1), ("step", 2)];
    let shape = f.choice("function", &shapes).unwrap_or(0);
    let knots: Vec<Knot> = f
        .tables("knots", &[KNOT])
        .into_iter()
        .filter_map(|k| {
            for key in ["at", "points"] {
                if !k.has(key) {
                    k.missing(key);
                }
            }
            Some(Knot { at: k.plain("at", ANY)?, points: k.plain("points", (0.0, 100.0))? })
        })
        .collect();
    let way = |k: &Knot| (k.at - anchors.zero) / (anchors.hundred - anchors.zero);
    let rising = knots.windows(2).all(|w| way(&w[0]) < way(&w[1]) && w[0].points <= w[1].points);
    let between = knots.iter().all(|k| way(k) > 0.0 && way(k) < 1.0);
    let fault = if (shape == 0) == f.has("knots") {
        Some((
            "a straight value function has no knots, and another one needs some",
            "give function = \"piecewise\" or \"step\" with knots, or neither",
        ))
    } else if !(rising && between) {
        Some((
            "its knots do not rise from the 0 anchor to the 100 anchor",
            "put them in order from the one anchor to the other, strictly between them, each worth at least as much as the last",
        ))
    } else {
        None
    };
    if let Some((why, hint)) = fault {
        let at = if f.has("knots") { f.at("knots") } else { f.at("function") };
        f.reading.report(Problem::new(Code::ValueFunction, at, format!("`{}`: {why}", f.path)).hint(hint));
        return ValueFunction::Linear;
    }
    match shape {
        1 => ValueFunction::Piecewise(knots),
        2 => ValueFunction::Step(knots),
        _ => ValueFunction::Linear,
    }
}

fn judged(f: &Fields<'_>, options: usize) -> Vec<Judgement> {
    let mut all: Vec<Option<Judgement>> = vec![None; options];
    for (option, at, node) in f.entries("judged") {
        let judgement = match &node.value {
            Value::Table(table) => {
                let inner = f.reading.open(format!("{}.judged.{option}", f.path), table, &[JUDGED]);
                if !inner.has("value") {
                    inner.missing("value");
                }
                inner.plain("value", ANY).map(|value| Judgement { value, evidence: inner.text("evidence") })
            }
            _ => f.plain_at("judged", node, ANY).map(|value| Judgement { value, evidence: None }),
        };
        if let Some(slot) = f.reading.resolve("options", option, at).and_then(|ix| all.get_mut(ix)) {
            *slot = judgement.or(Some(Judgement { value: 0.0, evidence: None }));
        }
    }
    let missing: Vec<&str> = f.reading.ids("options").zip(&all).filter(|(_, j)| j.is_none()).map(|(id, _)| id).collect();
    if !missing.is_empty() {
        let problem = Problem::new(
            Code::JudgementMissing,
            f.at("judged"),
            format!("`{}` has no judgement for {}", f.path, one_of(&missing).replace(" or ", " and ")),
        );
        f.reading.report(problem.hint("judge every option, business as usual included"));
    }
    all.into_iter().map(|j| j.unwrap_or(Judgement { value: 0.0, evidence: None })).collect()
}

/// Reads `[panels]`.
pub(in crate::scenario) fn panels(reading: &Reading, root: &Table, tree: &ValueTree, combination: Combination) -> Panels {
    let list: Vec<Panel> = entries(reading, root, &PANELS).into_iter().map(|(id, f)| panel(id, &f, tree)).collect();
    Panels { list, combination }
}

fn panel(id: String, f: &Fields<'_>, tree: &ValueTree) -> Panel {
    if !f.has("points") {
        f.missing("points");
    }
    let mut points: Vec<(NodeIx, f64)> = f
        .entries("points")
        .into_iter()
        .filter_map(|(node, at, value)| {
            let ix = f.reading.resolve("criteria", node, at)?;
            Some((NodeIx(ix), f.plain_at(&format!("points.{node}"), value, (0.0, 1e6))?))
        })
        .collect();
    // In the order of the tree, whatever order they are written in.
    points.sort_by_key(|(node, _)| node.0);
    check_points(f, tree, &points);
    check_anchors(f, tree);
    let name = f.text("name").unwrap_or_else(|| id.clone());
    let mut panel = Panel { name, id, seats: f.plain("seats", (0.0, 1e6)).unwrap_or(1.0), points, statements: Vec::new() };
    panel.statements = weight_statement::read(f, tree, &scoring::leaf_weights(tree, &panel));
    panel
}

fn check_points(f: &Fields<'_>, tree: &ValueTree, points: &[(NodeIx, f64)]) {
    if !f.has("points") {
        return;
    }
    let hierarchical = points.iter().any(|(n, _)| tree.nodes[n.0].criterion.is_none());
    let needed = (0..tree.nodes.len()).filter(|&n| hierarchical || tree.nodes[n].criterion.is_some());
    let missing: Vec<&str> =
        needed.filter(|&n| !points.iter().any(|(p, _)| p.0 == n)).map(|n| tree.nodes[n].id.as_str()).collect();
    let at = f.at("points");
    if !missing.is_empty() {
        let message = format!(
            "the points of `{}` do not fit the value tree: {} missing",
            f.path,
            one_of(&missing).replace(" or ", " and ")
        );
        f.reading.report(
            Problem::new(Code::Weights, at, message)
                .hint("give points for every criterion (0 for one that does not count), and for every group or for none"),
        );
    }
    let siblings = |parent| {
        tree.children(parent).into_iter().map(|n| points.iter().find(|(p, _)| *p == n).map_or(0.0, |(_, v)| *v)).sum::<f64>()
    };
    let zero = if hierarchical {
        // A group that counts for nothing may leave its criteria without points.
        let counts = |n: &usize| points.iter().any(|(p, v)| p.0 == *n && *v > 0.0);
        let inner = (0..tree.nodes.len()).filter(|&n| tree.nodes[n].criterion.is_none());
        let groups = inner.filter(counts).map(|n| Some(NodeIx(n)));
        std::iter::once(None).chain(groups).any(|g| siblings(g) <= 0.0)
    } else {
        points.iter().map(|(_, p)| p).sum::<f64>() <= 0.0
    };
    if zero && missing.is_empty() {
        f.reading.report(
            Problem::new(Code::Weights, at, format!("the points of `{}` are all zero", f.path))
                .hint("give the criterion with the largest swing 100 points and the others their share of it"),
        );
    }
}

/// Swing points hold only for the anchors they were given on.
fn check_anchors(f: &Fields<'_>, tree: &ValueTree) {
    for (id, given) in f.subs("anchors", &[ANCHORS]) {
        let at = f.at("anchors");
        let Some(node) = f.reading.resolve("criteria", id, at) else { continue };
        let Some(criterion) = tree.nodes[node].criterion.map(|c| &tree.criteria[c.0]) else { continue };
        let then = anchors(&given);
        if then != criterion.anchors {
            let message = format!(
                "`{}` gave its points on anchors {} to {} for `{id}`, which is now {} to {}",
                f.path, then.zero, then.hundred, criterion.anchors.zero, criterion.anchors.hundred
            );
            f.reading.report(
                Problem::new(Code::AnchorsChanged, at, message)
                    .hint("ask the panel again, or put the anchors back: points hold only for the swing they were given on"),
            );
        }
    }
}
