//! A bound where the program is too large to be solved: its linear relaxation by a first-order method, then branching on when
//! the systems that cost the most are left. What makes the relaxation weak is that a system is half left, and half its fee
//! saved; which services go when matters less.

use super::Model;
use super::program::Builder;
use super::ways::Way;
use crate::optimiser::{Draft, Judge, Place};
use crate::programme::InstanceIx;
use crate::solver::{FirstOrder, Pursued, Pursuit, Stand, Variable};
use std::collections::BTreeMap;

/// How far to go, in work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Relaxing {
    /// Iterations on the relaxation itself.
    pub root: u32,
    /// Iterations on each node.
    pub each: u32,
    /// Nodes of branching, without the first.
    pub nodes: u32,
    /// A bound beyond which no more is wanted.
    pub enough: f64,
}

/// What it came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Lower {
    /// No achievable plan costs less, in pounds of net present cost; `None` if nothing was found.
    pub bound: Option<f64>,
    /// The bound before branching.
    pub root: Option<f64>,
    /// Nodes that were visited, the first among them.
    pub nodes: u32,
    /// Iterations in all.
    pub iterations: u64,
    /// Entries, variables and constraints of the program.
    pub size: (usize, usize, usize),
    /// Whether it was stopped from outside.
    pub stopped: bool,
    /// What the relaxation does for the most part, in the parts with the least bounds: to begin a search with. It need keep
    /// no limit.
    pub guides: Vec<Draft>,
}

/// Bounds the net present cost of every achievable plan from below. `watch` is told each bound and says whether to go on.
pub fn lower(judge: &Judge<'_>, relaxing: Relaxing, watch: &mut dyn FnMut(f64) -> bool) -> Lower {
    let (builder, ways, offers, _) = Model::entered(judge, Builder::in_steps());
    let relaxed =
        Relaxed::of(&builder, Guide { judge, ways: ways.iter().map(|own| own.iter().map(pulse).collect()).collect(), offers });
    // What it was built from is as large again.
    drop(builder);
    Tree::of(&relaxed, relaxing).grown(watch)
}

/// The relaxation, ready to be bounded.
struct Relaxed<'a> {
    ready: FirstOrder,
    constant: f64,
    turns: Vec<Turn>,
    guide: Guide<'a>,
}

/// What is needed to read a draft off values.
struct Guide<'a> {
    judge: &'a Judge<'a>,
    /// By place, target, planned go-live, slip, choice and variable of each way.
    ways: Vec<Vec<Pulse>>,
    offers: Vec<Vec<Variable>>,
}

/// A way: its target, slip, planned go-live and choice, and its variable.
type Pulse = ((InstanceIx, i32), i32, usize, Variable);

fn pulse(way: &Way) -> Pulse {
    ((way.to, way.slip()), way.planned, way.choice, way.variable)
}

impl Guide<'_> {
    /// For each place what it does for the most part: stays, or goes to the target that has most of it, at the date by
    /// which half of that has gone.
    fn draft(&self, values: &[f64]) -> Draft {
        let places = &self.judge.space.places;
        let of = |(place, own): (&Place, &Vec<Pulse>)| -> Option<usize> {
            // Steps of one target and slip follow each other in time; the last is all that goes that way.
            let mut chains: BTreeMap<(InstanceIx, i32), Vec<Stepped>> = BTreeMap::new();
            for (chain, planned, choice, variable) in own {
                chains.entry(*chain).or_default().push((*planned, *choice, values[variable.position()]));
            }
            let mut all: BTreeMap<InstanceIx, f64> = BTreeMap::new();
            for ((to, _), steps) in &mut chains {
                steps.sort_unstable_by_key(|(planned, ..)| *planned);
                *all.entry(*to).or_insert(0.0) += steps.last().map_or(0.0, |(.., x)| *x);
            }
            let (to, share) = all.iter().max_by(|a, b| a.1.total_cmp(b.1))?;
            if place.may_stay && 1.0 - all.values().sum::<f64>() > *share {
                return None;
            }
            let most = chains.iter().filter(|((own, _), _)| own == to).map(|(_, steps)| steps);
            let most = most.max_by(|a, b| last(a).total_cmp(&last(b)))?;
            most.iter().find(|(.., x)| 2.0 * x >= last(most)).map(|(_, choice, _)| *choice)
        };
        let on = |dates: &Vec<Variable>| dates.iter().position(|v| values[v.position()] > 0.5);
        let links = self.judge.space.offers.iter().zip(&self.offers);
        Draft {
            moves: places.iter().zip(&self.ways).map(of).collect(),
            links: links.map(|(offer, dates)| on(dates).or((!offer.may_lack).then_some(0))).collect(),
        }
    }
}

/// A step: when it is planned, its choice, and how much of it has been made by then.
type Stepped = (i32, usize, f64);

fn last(steps: &[Stepped]) -> f64 {
    steps.last().map_or(0.0, |(.., x)| *x)
}

/// When a system is left, or first used: 1 from the month on in which it is.
struct Turn {
    by: Vec<Variable>,
    /// What each of these costs, without its sign.
    worth: Vec<f64>,
}

impl<'a> Relaxed<'a> {
    fn of(builder: &Builder, guide: Guide<'a>) -> Self {
        let objective = builder.objective();
        let mut costs = vec![0.0; builder.program.size().0];
        for (v, pounds) in &objective {
            costs[v.position()] = pounds.abs();
        }
        let turn = |by: &Vec<Variable>| Turn { by: by.clone(), worth: by.iter().map(|v| costs[v.position()]).collect() };
        let turns = builder.turns.iter().filter(|by| !by.is_empty()).map(turn).collect();
        Self { ready: builder.program.first_order(&objective), constant: builder.constant, turns, guide }
    }
}

impl Turn {
    /// What it is worth that it is neither one nor the other, and where in time half of that lies.
    fn split(&self, values: &[f64]) -> (f64, usize) {
        let part = |(v, worth): (&Variable, &f64)| {
            let x = values[v.position()];
            worth * x.min(1.0 - x).max(0.0)
        };
        let parts: Vec<f64> = self.by.iter().zip(&self.worth).map(part).collect();
        let all: f64 = parts.iter().sum();
        let mut sum = 0.0;
        let half = parts.iter().position(|part| {
            sum += part;
            2.0 * sum >= all
        });
        (all, half.unwrap_or(0))
    }

    /// The three ways in which it can be: never, by that month, or later.
    fn ways(&self, at: usize) -> Vec<Vec<(Variable, f64)>> {
        let last = self.by.len() - 1;
        let mut ways = vec![self.by.iter().map(|v| (*v, 0.0)).collect(), self.by[at..].iter().map(|v| (*v, 1.0)).collect()];
        if at < last {
            ways.push(self.by[..=at].iter().map(|v| (*v, 0.0)).chain([(self.by[last], 1.0)]).collect());
        }
        ways
    }
}

/// A part of all plans: what is settled in it, its bound, and where the method stood.
struct Node {
    settled: Vec<(Variable, f64)>,
    bound: f64,
    stand: Stand,
    /// The turn to branch on next, and where; `None` if there is none worth it.
    next: Option<(usize, usize)>,
    /// What the relaxation does there for the most part.
    draft: Draft,
}

/// Parts whose drafts are told of.
const GUIDES: usize = 3;

/// Share of the bound below which it is not worth branching on a system.
const WORTH: f64 = 2e-5;

/// Best-first branching.
struct Tree<'a> {
    relaxed: &'a Relaxed<'a>,
    relaxing: Relaxing,
    open: Vec<Node>,
    nodes: u32,
    iterations: u64,
    stopped: bool,
}

impl<'a> Tree<'a> {
    fn of(relaxed: &'a Relaxed<'a>, relaxing: Relaxing) -> Self {
        Self { relaxed, relaxing, open: Vec::new(), nodes: 0, iterations: 0, stopped: false }
    }

    fn grown(mut self, watch: &mut dyn FnMut(f64) -> bool) -> Lower {
        let pursuit = Pursuit { iterations: self.relaxing.root, least: 2_000, gain: 1e-5, enough: f64::INFINITY };
        let first = self.visit(Vec::new(), (f64::NEG_INFINITY, None), pursuit, watch);
        let (root, mut guides) = (first.bound, vec![first.draft.clone()]);
        self.open.push(first);
        while self.nodes <= self.relaxing.nodes && !self.stopped && self.branch(watch) {}
        self.open.sort_by(|a, b| a.bound.total_cmp(&b.bound));
        guides.extend(self.open.iter().take(GUIDES).map(|node| node.draft.clone()));
        guides.dedup();
        let known = |bound: f64| Some(bound).filter(|bound| bound.is_finite());
        Lower {
            bound: known(self.least()),
            root: known(root),
            nodes: self.nodes,
            iterations: self.iterations,
            size: self.relaxed.ready.size(),
            stopped: self.stopped,
            guides,
        }
    }

    /// The bound of all: that of the part in which it is least.
    fn least(&self) -> f64 {
        self.open.iter().map(|node| node.bound).fold(f64::INFINITY, f64::min)
    }

    /// Branches on the part with the least bound; whether there is more to do.
    fn branch(&mut self, watch: &mut dyn FnMut(f64) -> bool) -> bool {
        let least = self.open.iter().enumerate().min_by(|a, b| a.1.bound.total_cmp(&b.1.bound)).map(|(at, _)| at);
        let Some(at) = least.filter(|at| self.open[*at].bound < self.relaxing.enough) else { return false };
        let Some((turn, split)) = self.open[at].next else { return false };
        let parent = self.open.swap_remove(at);
        let rest = self.least();
        let each = self.relaxing.each;
        // A part without any plan has no end to its bound: twice that of the whole is enough of it.
        let enough = self.relaxing.enough.min(parent.bound + 1.0 + parent.bound.abs());
        let pursuit = Pursuit { iterations: each, least: each.div_ceil(4), gain: 2e-5, enough };
        let mut children = Vec::new();
        for way in self.relaxed.turns[turn].ways(split) {
            let clash = |(v, x): &(Variable, f64)| parent.settled.iter().any(|(w, y)| v == w && (x - y).abs() > 0.5);
            if way.iter().any(clash) {
                continue;
            }
            let settled = parent.settled.iter().chain(&way).copied().collect();
            // Until all parts are bounded nothing better is known of what lies in the parent than the bound of the parent.
            let mut told = |_: f64| watch(rest.min(parent.bound));
            children.push(self.visit(settled, (parent.bound, Some(&parent.stand)), pursuit, &mut told));
            if self.stopped {
                // What was not looked at is still within the parent.
                self.open.push(parent);
                return false;
            }
        }
        self.open.extend(children);
        watch(self.least())
    }

    /// Bounds one part.
    fn visit(
        &mut self,
        settled: Vec<(Variable, f64)>,
        (parent, start): (f64, Option<&Stand>),
        pursuit: Pursuit,
        watch: &mut dyn FnMut(f64) -> bool,
    ) -> Node {
        let Relaxed { ready, constant, turns, guide } = self.relaxed;
        let mut boxes = ready.boxes().to_vec();
        for (v, x) in &settled {
            boxes[v.position()] = (*x, *x);
        }
        let enough = pursuit.enough - constant;
        let mut told = |bound: f64| watch(bound + constant);
        let Pursued { bound, values, stand, iterations, stopped } =
            ready.pursue(&boxes, start, Pursuit { enough, ..pursuit }, &mut told);
        self.nodes += 1;
        self.iterations += u64::from(iterations);
        self.stopped |= stopped;
        let bound = (bound + constant).max(parent);
        let splits = turns.iter().map(|turn| turn.split(&values)).enumerate();
        let most = splits.max_by(|a, b| a.1.0.total_cmp(&b.1.0));
        let next = most.filter(|(_, (worth, _))| *worth > WORTH * bound.abs()).map(|(turn, (_, at))| (turn, at));
        Node { settled, bound, stand, next, draft: guide.draft(&values) }
    }
}
