//! What the weights leave open, in words: flips of the leading option, the smallest change, dominance, potential
//! optimality, panels that disagree.

use super::result::{
    BestMargin, DisagreementDriver, Dominance, Flip, Lead, NodeWeight, PanelsDisagree, PotentialOptimality, SmallestChange,
    WeightChange,
};
use super::{Case, naming};
use crate::programme::{Mode, RankBasis};
use crate::quantity::fixed;
use crate::scoring;
use crate::sensitivity::{self, Change, Disagreement, Range, Verdict, WeightSet};
use indexmap::IndexMap;

/// Options, values and weights as the analysis of weights reads them.
pub(super) struct Open<'a> {
    case: &'a Case<'a>,
    /// Ranked options that pass every gate: by combined score where there is one, else in the order of the ranking.
    ranking: Vec<usize>,
    /// Value by option and criterion.
    values: Vec<Vec<f64>>,
    /// Leaf weights by panel.
    panels: Vec<Vec<f64>>,
    /// Combined weights.
    weights: Option<&'a [f64]>,
}

/// A rest of weight that nobody would call one.
const NO_WEIGHT: f64 = 1e-9;

impl<'a> Open<'a> {
    pub(super) fn of(case: &'a Case<'a>) -> Self {
        let tree = &case.programme.tree;
        // A shortlist prints no score, so nothing is said of what would change one.
        let scored = case.programme.frame.mode != Mode::Shortlist && !tree.criteria.is_empty();
        let mut ranking = if scored { case.ranking.clone() } else { Vec::new() };
        if let Some(scores) = case.outcome.scores.as_ref().filter(|_| case.outcome.basis != RankBasis::Score) {
            ranking.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        }
        Self {
            case,
            ranking,
            values: case.outcome.options.iter().map(|o| o.values.clone()).collect(),
            panels: case.programme.panels.list.iter().map(|p| scoring::leaf_weights(tree, p)).collect(),
            weights: case.outcome.weights.as_deref(),
        }
    }

    /// The leader, its rivals and the combined weights, if there are all three.
    fn led(&self) -> Option<(usize, &[usize], &'a [f64])> {
        let (leader, rivals) = self.ranking.split_first()?;
        Some((*leader, rivals, self.weights?)).filter(|_| !rivals.is_empty())
    }

    fn id(&self, option: usize) -> String {
        self.case.programme.options[option].id.clone()
    }

    fn by_criterion(&self, weights: &[f64]) -> IndexMap<String, f64> {
        self.case.programme.tree.criteria.iter().map(|c| c.id.clone()).zip(weights.iter().copied()).collect()
    }

    /// Every pair of ranked options, the one ahead first.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.ranking.iter().enumerate().flat_map(|(i, a)| self.ranking[i + 1..].iter().map(move |b| (*a, *b)))
    }

    /// All weights there are, and all mixes of those of the panels if there are several.
    fn sets(&self) -> (WeightSet, Option<WeightSet>) {
        let mixes = (self.panels.len() > 1).then(|| WeightSet::Mixes(self.panels.clone()));
        (WeightSet::all(self.case.programme.tree.criteria.len()), mixes)
    }

    pub(super) fn nodes(&self) -> Vec<NodeWeight> {
        let Some((leader, rivals, weights)) = self.led() else { return Vec::new() };
        let tree = &self.case.programme.tree;
        let flip = |f: sensitivity::Flip| Flip { weight: f.weight, distance: f.distance, rival: self.id(f.rival) };
        let node = |n: sensitivity::NodeFlips| {
            let line = |o: &usize| {
                let line = sensitivity::line(tree, n.node, weights, &self.values[*o])?;
                Some((self.id(*o), (line.without, line.alone)))
            };
            let ends: IndexMap<String, (f64, f64)> = self.ranking.iter().map(line).collect::<Option<_>>()?;
            Some(NodeWeight {
                node: tree.nodes[n.node.0].id.clone(),
                name: tree.nodes[n.node.0].name.clone(),
                weight: n.weight,
                below: n.below.map(flip),
                above: n.above.map(flip),
                ends,
            })
        };
        sensitivity::flips(tree, weights, &self.values, leader, rivals).into_iter().filter_map(node).collect()
    }

    pub(super) fn smallest_change(&self) -> Option<SmallestChange> {
        let (leader, rivals, weights) = self.led()?;
        let found = sensitivity::smallest_changes(&self.sets().0, weights, &self.values, leader, rivals);
        let changes = found.iter().map(|c| WeightChange {
            rival: self.id(c.rival),
            moved: c.moved,
            weights: self.by_criterion(&c.weights),
        });
        let sentence = found.first().map_or_else(
            || format!("{} is ahead of every other option on every criterion: no weights change that.", self.quoted(leader)),
            |change| self.change(leader, weights, change),
        );
        Some(SmallestChange { option: self.id(leader), sentence, changes: changes.collect() })
    }

    fn quoted(&self, option: usize) -> String {
        format!("\u{201c}{}\u{201d}", self.case.name(option))
    }

    fn change(&self, leader: usize, weights: &[f64], change: &Change) -> String {
        let (leader, rival) = (self.quoted(leader), self.quoted(change.rival));
        if change.moved < NO_WEIGHT {
            return format!("{leader} and {rival} are level at the weights as they are.");
        }
        let criteria = &self.case.programme.tree.criteria;
        let part = |up: bool| {
            let step = |c: usize| if up { change.weights[c] - weights[c] } else { weights[c] - change.weights[c] };
            let one = |c: usize| {
                format!("\u{201c}{}\u{201d} ({} to {})", criteria[c].name, percent(weights[c]), percent(change.weights[c]))
            };
            let texts: Vec<String> = (0..weights.len()).filter(|c| step(*c) > NO_WEIGHT).map(one).collect();
            naming::list(&texts.iter().map(String::as_str).collect::<Vec<_>>())
        };
        format!(
            "The smallest change of weights that brings another option level with {leader}: {} of all weight moves from {} to {}. Then {rival} is level.",
            percent(change.moved),
            part(false),
            part(true)
        )
    }

    pub(super) fn dominance(&self) -> Vec<Dominance> {
        let (any, mixes) = self.sets();
        let pair = |(option, rival): (usize, usize)| {
            let lead = sensitivity::difference(&self.values[option], &self.values[rival]);
            let of = |range: Range| Lead {
                least: range.least,
                most: range.most,
                dominant: match sensitivity::verdict(range) {
                    Verdict::First => Some(self.id(option)),
                    Verdict::Second => Some(self.id(rival)),
                    Verdict::Level | Verdict::Open => None,
                },
            };
            Some(Dominance {
                option: self.id(option),
                rival: self.id(rival),
                any_weights: of(any.range(&lead)?),
                panels: mixes.as_ref().and_then(|m| m.range(&lead)).map(of),
            })
        };
        self.pairs().filter_map(pair).collect()
    }

    pub(super) fn potential_optimality(&self) -> Vec<PotentialOptimality> {
        let (any, mixes) = self.sets();
        let best = |set: &WeightSet, option: usize| {
            let found = sensitivity::best_margin(set, &self.values, option, &self.ranking)?;
            let weights = self.by_criterion(&found.weights);
            Some(BestMargin { first: found.margin > sensitivity::FIRST, margin: found.margin, weights })
        };
        let one = |option: &usize| {
            let any_weights = best(&any, *option)?;
            let panels = mixes.as_ref().and_then(|m| best(m, *option));
            Some(PotentialOptimality { option: self.id(*option), any_weights, panels })
        };
        self.ranking.iter().filter_map(one).collect()
    }

    pub(super) fn panels_disagree(&self) -> Vec<PanelsDisagree> {
        let pair = |(option, rival): (usize, usize)| {
            let found = sensitivity::disagreement(&self.panels, &self.values[option], &self.values[rival])?;
            let panels = |of: &[usize]| of.iter().map(|p| self.case.programme.panels.list[*p].id.clone()).collect();
            let driver = |d: &sensitivity::Driver| DisagreementDriver {
                criterion: self.case.programme.tree.criteria[d.criterion].id.clone(),
                weight_for_option: d.weight_first,
                weight_for_rival: d.weight_second,
                difference: d.difference,
                points: d.points,
            };
            Some(PanelsDisagree {
                option: self.id(option),
                rival: self.id(rival),
                for_option: panels(&found.for_first),
                for_rival: panels(&found.for_second),
                drivers: found.drivers.iter().map(driver).collect(),
                sentence: self.disagreement(option, rival, &found),
            })
        };
        self.pairs().filter_map(pair).collect()
    }

    fn disagreement(&self, option: usize, rival: usize, found: &Disagreement) -> String {
        let names = |of: &[usize]| {
            let names: Vec<&str> = of.iter().map(|p| self.case.programme.panels.list[*p].name.as_str()).collect();
            naming::list(&names)
        };
        let verb = |of: &[usize]| if of.len() == 1 { "puts" } else { "put" };
        let weight = if found.for_first.len() + found.for_second.len() > 2 { "mean weight" } else { "weight" };
        let why = found.drivers.first().map_or_else(String::new, |d| {
            let (better, points) = if d.difference > 0.0 { (option, d.difference) } else { (rival, -d.difference) };
            format!(
                ": mostly for \u{201c}{}\u{201d}, whose {weight} is {} with the former and {} with the latter, and on which {} is {} points better",
                self.case.programme.tree.criteria[d.criterion].name,
                percent(d.weight_first),
                percent(d.weight_second),
                self.quoted(better),
                fixed(points, 1)
            )
        });
        format!(
            "{} {} {} ahead of {}, {} the other way round{why}.",
            names(&found.for_first),
            verb(&found.for_first),
            self.quoted(option),
            self.quoted(rival),
            names(&found.for_second),
        )
    }
}

fn percent(share: f64) -> String {
    format!("{}%", fixed(100.0 * share, 1))
}
