//! Measures, points, scores, ranks and weights.

use super::catalogue::{Item, Listing};
use super::{Explainer, Explanation, Rule, effort};
use crate::appraisal::Examined;
use crate::impact;
use crate::programme::{Combination, Criterion, Measure, NodeIx, Panel, ValueFunction};
use crate::scoring;

/// A figure of how an option scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Figure {
    Score,
    Rank,
    Measure(usize),
    Value(usize),
    Contribution(usize),
    /// By panel, in place of the combined weights.
    Panel(usize),
}

/// A weight: combined, or of one panel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Weight {
    Combined(usize),
    Panel(usize, usize),
}

pub(super) fn list(examined: &Examined<'_>, listing: &mut Listing) {
    for (i, option) in examined.appraisal.options.iter().enumerate() {
        let mut add = |below: String, pattern: &str, figure| {
            listing.add(format!("options.{}.{below}", option.id), &format!("options.<option>.{pattern}"), Item::Score(i, figure));
        };
        if option.score.is_some() {
            add("score".to_owned(), "score", Figure::Score);
        }
        if option.rank.is_some() {
            add("rank".to_owned(), "rank", Figure::Rank);
        }
        for (c, criterion) in examined.programme.tree.criteria.iter().enumerate() {
            if option.contributions.contains_key(&criterion.id) {
                add(format!("contributions.{}", criterion.id), "contributions.<criterion>", Figure::Contribution(c));
            }
            add(format!("values.{}", criterion.id), "values.<criterion>", Figure::Value(c));
            add(format!("measures.{}", criterion.id), "measures.<criterion>", Figure::Measure(c));
        }
    }
    for (p, panel) in examined.appraisal.panels.iter().enumerate() {
        for (i, option) in examined.appraisal.options.iter().enumerate() {
            let path = format!("panels.{}.scores.{}", panel.id, option.id);
            listing.add(path, "panels.<panel>.scores.<option>", Item::Score(i, Figure::Panel(p)));
        }
    }
}

pub(super) fn list_weights(examined: &Examined<'_>, listing: &mut Listing) {
    for (c, criterion) in examined.appraisal.criteria.iter().enumerate().filter(|(_, c)| c.weight.is_some()) {
        let path = format!("criteria.{}.weight", criterion.id);
        listing.add(path, "criteria.<criterion>.weight", Item::Weight(Weight::Combined(c)));
    }
    for (p, panel) in examined.appraisal.panels.iter().enumerate() {
        for (c, criterion) in examined.appraisal.criteria.iter().enumerate() {
            let path = format!("panels.{}.weights.{}", panel.id, criterion.id);
            listing.add(path, "panels.<panel>.weights.<criterion>", Item::Weight(Weight::Panel(p, c)));
        }
    }
}

impl Explainer<'_> {
    fn criterion(&self, c: usize) -> &Criterion {
        &self.examined.programme.tree.criteria[c]
    }

    pub(super) fn score(&self, option: usize, figure: Figure) -> Explanation {
        let view = &self.appraisal().options[option];
        let count = self.examined.programme.tree.criteria.len();
        let at = |e: Explanation, below: String| e.at(format!("options.{}.{below}", view.id));
        match figure {
            Figure::Score => {
                let each =
                    |c: usize| at(self.score(option, Figure::Contribution(c)), format!("contributions.{}", self.criterion(c).id));
                let value = self.examined.outcome.scores.as_ref().map_or(0.0, |s| s[option]);
                Explanation::of("Weighted score", value, "points", Rule::Sum, (0..count).map(each).collect())
                    .by("S = sum w v over criteria", "section 9")
            }
            Figure::Panel(p) => {
                let panel = &self.appraisal().panels[p];
                let value = panel.scores.get(&view.id).copied().unwrap_or(0.0);
                let each = |c: usize| self.weighted(option, c, Weight::Panel(p, c));
                Explanation::of(
                    format!("Score by the weights of {}", panel.name),
                    value,
                    "points",
                    Rule::Sum,
                    (0..count).map(each).collect(),
                )
                .by("S = sum w v over criteria", "section 9")
            }
            Figure::Contribution(c) => self.weighted(option, c, Weight::Combined(c)),
            Figure::Rank => self.rank(option),
            Figure::Measure(c) => self.measure(option, c),
            Figure::Value(c) => self.value(option, c),
        }
    }

    fn weighted(&self, option: usize, c: usize, weight: Weight) -> Explanation {
        let id = &self.criterion(c).id;
        let path = match weight {
            Weight::Combined(_) => format!("criteria.{id}.weight"),
            Weight::Panel(p, _) => format!("panels.{}.weights.{id}", self.appraisal().panels[p].id),
        };
        let weight = self.weight(weight).at(path);
        let points = self.value(option, c).at(format!("options.{}.values.{id}", self.appraisal().options[option].id));
        let (name, value) = (format!("Weighted points: {}", self.criterion(c).name), weight.value * points.value);
        Explanation::of(name, value, "points", Rule::Product, vec![weight, points]).by("w v", "section 9")
    }

    /// The place among ranked options, the option itself first.
    fn rank(&self, option: usize) -> Explanation {
        let outcome = &self.examined.outcome;
        let by_score = outcome.basis == crate::programme::RankBasis::Score;
        let key = |i: usize| {
            let view = &self.appraisal().options[i];
            let own = match (&outcome.scores, by_score) {
                (Some(_), true) if view.score.is_some() => self.score(i, Figure::Score).at(format!("options.{}.score", view.id)),
                (Some(scores), true) => {
                    Explanation::leaf("weighted score", scores[i], "points", Rule::Engine).by("S = sum w v", "section 9")
                }
                _ => self.net_present_cost(i),
            };
            let name = format!("{}: {}", view.name, own.name.to_lowercase());
            Explanation { name, ..own }
        };
        let others = (0..outcome.ranks.len()).filter(|i| *i != option && outcome.ranks[*i].is_some());
        let keys = std::iter::once(option).chain(others).map(key).collect();
        let rank = outcome.ranks[option].and_then(|r| u32::try_from(r).ok()).map_or(0.0, f64::from);
        let (rule, formula) = if by_score {
            (Rule::PlaceFromMost, "one more than the ranked options that score more; ties at 1e-9")
        } else {
            (Rule::PlaceFromLeast, "one more than the ranked options that cost less; ties at 1e-9")
        };
        Explanation::of("Rank", rank, "place", rule, keys)
            .by(formula, "section 9")
            .noting("Options that fail a gate have no rank and are not among the operands; business as usual always has one.")
    }

    fn measure(&self, option: usize, c: usize) -> Explanation {
        let (criterion, evaluated) = (self.criterion(c), self.evaluated(option));
        let value = evaluated.measures[c];
        let named = |rule, operands| Explanation::of(criterion.name.clone(), value, criterion.unit.clone(), rule, operands);
        let noting = self.examined.values.noting();
        let found =
            |formula: &str, noted: Vec<String>| named(Rule::Engine, Vec::new()).by(formula, "section 12").resting_on(noted);
        let (programme, plan) = (&self.examined.programme, &evaluated.plan);
        match &criterion.measure {
            Measure::Cost | Measure::DualRunning | Measure::NetPresentCost => {
                named(Rule::Same, self.criterion_cost(option, &criterion.measure).into_iter().collect())
                    .by("as in the economic view", "section 8")
            }
            Measure::Effort => {
                let path = format!("options.{}.effort.person_days", self.appraisal().options[option].id);
                named(Rule::Same, vec![self.effort(option, effort::Figure::PersonDays).at(path)]).by("person-days", "section 6")
            }
            Measure::Disruption => {
                let path = format!("options.{}.effort.dip_hours", self.appraisal().options[option].id);
                named(Rule::Same, vec![self.effort(option, effort::Figure::DipHours).at(path)])
                    .by("hours of the dip", "section 12")
            }
            Measure::Visibility => self.visibility(option, c),
            Measure::Burden => {
                let _ = impact::burden_hours(programme, &evaluated.live, &plan.links, &noting);
                let formula = "at the end: shared users x logins x days x seconds / 3600 + contacts x re-keying minutes / 60";
                found(formula, self.noted(noting))
            }
            Measure::Resilience => {
                let _ = impact::largest_share_on_one_supplier(programme, &evaluated.live, &noting);
                found("at the end: largest share of users whose record is with one supplier", self.noted(noting))
            }
            Measure::Capability => {
                let _ = impact::coverage(programme, &evaluated.live, &noting);
                let formula = "users-weighted mean over months of sum weight x best coverage over slots / sum weight";
                found(formula, self.noted(noting))
            }
            Measure::Judged(judgements) => {
                let evidence =
                    judgements[option].evidence.as_ref().map_or("No evidence is given.".to_owned(), |e| format!("Evidence: {e}"));
                named(Rule::Scenario, Vec::new()).by("judged by people", "section 9").noting(evidence)
            }
        }
    }

    fn noted(&self, mut values: crate::assumption::Values) -> Vec<String> {
        self.ids(&values.noted())
    }

    /// The share of contacts with a usable view: each flow's contacts times its view, over all contacts.
    fn visibility(&self, option: usize, c: usize) -> Explanation {
        let (criterion, evaluated) = (self.criterion(c), self.evaluated(option));
        let programme = &self.examined.programme;
        let named = |rule, operands| {
            Explanation::of(criterion.name.clone(), evaluated.measures[c], criterion.unit.clone(), rule, operands)
        };
        let flow = |flow: &crate::programme::Flow| {
            let values = self.examined.values.noting();
            let view = impact::mean_view(programme, &evaluated.live, &evaluated.plan.links, flow, &values);
            let ends = format!("{} to {}", programme.services[flow.from.0].name, programme.services[flow.to.0].name);
            let view = Explanation::leaf(format!("Usable view from {ends}"), view, "share", Rule::Engine)
                .by("mean over months of the best route's eligible x scope x adoption", "section 12")
                .resting_on(self.noted(values));
            let contacts = self.register(flow.contacts.handle());
            let seen = contacts.value * view.value;
            Explanation::of(
                format!("Contacts with a usable view, {ends}"),
                seen,
                "contacts a year",
                Rule::Product,
                vec![contacts, view],
            )
        };
        let seen: Vec<Explanation> = programme.flows.iter().map(flow).collect();
        let all: Vec<Explanation> = programme.flows.iter().map(|f| self.register(f.contacts.handle())).collect();
        let total = |list: &[Explanation]| list.iter().map(|e| e.value).sum::<f64>();
        if total(&all) <= 0.0 {
            return named(Rule::Engine, Vec::new()).by("no contacts are shared between services", "section 12");
        }
        let (seen, all) = (
            Explanation::of("Contacts with a usable view", total(&seen), "contacts a year", Rule::Sum, seen),
            Explanation::of("Contacts shared between services", total(&all), "contacts a year", Rule::Sum, all),
        );
        named(Rule::Quotient, vec![seen, all]).by("sum contacts x view / sum contacts", "section 12")
    }

    fn value(&self, option: usize, c: usize) -> Explanation {
        let (criterion, anchors) = (self.criterion(c), self.criterion(c).anchors);
        let value = self.evaluated(option).values[c];
        let measure =
            || self.measure(option, c).at(format!("options.{}.measures.{}", self.appraisal().options[option].id, criterion.id));
        let given = |name: &str, value: f64, unit: &str| Explanation::leaf(name, value, unit, Rule::Scenario);
        let unit = criterion.unit.as_str();
        let zero = || given("Measure that scores 0", anchors.zero, unit);
        let swing = || {
            let hundred = given("Measure that scores 100", anchors.hundred, unit);
            Explanation::of("Swing", anchors.hundred - anchors.zero, unit, Rule::Difference, vec![hundred, zero()])
        };
        let way = |name: &str, from: Explanation| {
            let distance = Explanation::of(
                "Distance from the measure that scores 0",
                from.value - anchors.zero,
                unit,
                Rule::Difference,
                vec![from, zero()],
            );
            let value = distance.value / (anchors.hundred - anchors.zero);
            Explanation::of(name, value, "share of the swing", Rule::Quotient, vec![distance, swing()])
        };
        let name = format!("Points: {}", criterion.name);
        match &criterion.function {
            ValueFunction::Linear => {
                let full = given("Points of the whole swing", 100.0, "points");
                Explanation::of(name, value, "points", Rule::Product, vec![full, way("Way from 0 to 100", measure())])
                    .by("v = 100 (x - zero) / (hundred - zero)", "section 9")
            }
            ValueFunction::Piecewise(_) | ValueFunction::Step(_) => {
                let knots: Vec<String> =
                    criterion.function.knots().iter().map(|k| format!("{} scores {}", k.at, k.points)).collect();
                let note = format!("Value function in the scenario ({}): {}.", criterion.function.word(), knots.join(", "));
                let formula = "read off the value function: straight between knots, or the last knot reached";
                let mut found =
                    Explanation::of(name, value, "points", Rule::Engine, Vec::new()).by(formula, "section 9").noting(note);
                found.operands.push(measure());
                found
            }
        }
    }

    pub(super) fn weight(&self, weight: Weight) -> Explanation {
        match weight {
            Weight::Combined(c) => self.combined(c),
            Weight::Panel(p, c) => self.panel_weight(p, c),
        }
    }

    fn panel_weight(&self, p: usize, c: usize) -> Explanation {
        let programme = &self.examined.programme;
        let (tree, panel) = (&programme.tree, &programme.panels.list[p]);
        let value = scoring::leaf_weights(tree, panel)[c];
        let hierarchical = panel.points.iter().any(|(n, _)| tree.nodes[n.0].criterion.is_none());
        let leaf = tree.criteria[c].node;
        let name = format!("Weight of {} by {}", tree.criteria[c].name, panel.name);
        if !hierarchical {
            let all: Vec<NodeIx> = tree.criteria.iter().map(|c| c.node).collect();
            let share = self.local(panel, leaf, &all);
            return Explanation { name, value, ..share }.by("w = points / sum of points over all criteria", "section 9");
        }
        let path: Vec<NodeIx> = tree.path(leaf).into_iter().rev().collect();
        let shares = path.iter().map(|node| self.local(panel, *node, &tree.children(tree.nodes[node.0].parent))).collect();
        Explanation::of(name, value, "share", Rule::Product, shares)
            .by("product down the tree of points / sum of points of siblings", "section 9")
    }

    /// The points of a node over those of it and its siblings.
    fn local(&self, panel: &Panel, node: NodeIx, siblings: &[NodeIx]) -> Explanation {
        let tree = &self.examined.programme.tree;
        let points = |n: NodeIx| {
            let value = panel.points.iter().find(|(m, _)| *m == n).map_or(0.0, |(_, p)| *p);
            Explanation::leaf(format!("Swing points of {}", tree.nodes[n.0].name), value, "points", Rule::Scenario)
        };
        let all: Vec<Explanation> = siblings.iter().map(|n| points(*n)).collect();
        let sum: f64 = all.iter().map(|e| e.value).sum();
        let name = format!("Share of {}", tree.nodes[node.0].name);
        if sum <= 0.0 {
            return Explanation::leaf(name, 0.0, "share", Rule::Scenario).noting("Nobody gave points to it or its siblings.");
        }
        let own = points(node);
        let value = own.value / sum;
        let sum = Explanation::of("Points of it and its siblings", sum, "points", Rule::Sum, all);
        Explanation::of(name, value, "share", Rule::Quotient, vec![own, sum])
    }

    /// A weight of all panels together, by the rule of the scenario.
    fn combined(&self, c: usize) -> Explanation {
        let panels = &self.examined.programme.panels;
        let value = self.examined.outcome.weights.as_ref().map_or(0.0, |w| w[c]);
        let name = format!("Weight of {}", self.criterion(c).name);
        let own = self.together(c);
        let (below, formula) = match panels.combination {
            Combination::Equal | Combination::Seats | Combination::None => {
                let shares = panels.list.iter().map(|p| self.seats(p)).collect::<Vec<_>>();
                let sum = shares.iter().map(|e| e.value).sum();
                (
                    Explanation::of("Seats of all panels", sum, "seats", Rule::Sum, shares),
                    "mean over panels, by seats where they count",
                )
            }
            Combination::Median | Combination::Geometric => {
                let all: Vec<Explanation> = (0..self.examined.programme.tree.criteria.len()).map(|c| self.together(c)).collect();
                let sum = all.iter().map(|e| e.value).sum();
                let all = Explanation::of("The same over all criteria", sum, "share", Rule::Sum, all);
                (all, "median or geometric mean over panels, brought back to a sum of 1")
            }
        };
        Explanation::of(name, value, "share", Rule::Quotient, vec![own, below]).by(formula, "section 9")
    }

    /// How much a panel counts.
    fn seats(&self, panel: &Panel) -> Explanation {
        let by_seats = self.examined.programme.panels.combination == Combination::Seats;
        Explanation::leaf(format!("Seats of {}", panel.name), if by_seats { panel.seats } else { 1.0 }, "seats", Rule::Scenario)
    }

    /// The weights of panels for one criterion, put together and not yet brought back to a sum of 1.
    fn together(&self, c: usize) -> Explanation {
        let panels = &self.examined.programme.panels;
        let weight =
            |p: usize| self.panel_weight(p, c).at(format!("panels.{}.weights.{}", panels.list[p].id, self.criterion(c).id));
        let weights: Vec<Explanation> = (0..panels.list.len()).map(weight).collect();
        let name = format!("Panels together on {}", self.criterion(c).name);
        let numbers: Vec<f64> = weights.iter().map(|w| w.value).collect();
        match panels.combination {
            Combination::Median => {
                let value = scoring::middle(numbers);
                Explanation::of(name, value, "share", Rule::Median, weights)
            }
            Combination::Geometric => {
                let count = f64::from(u32::try_from(numbers.len()).expect("few panels"));
                let value = numbers.iter().product::<f64>().powf(1.0 / count);
                Explanation::of(name, value, "share", Rule::GeometricMean, weights)
            }
            Combination::Equal | Combination::Seats | Combination::None => {
                let one = |(panel, weight): (&Panel, Explanation)| {
                    let seats = self.seats(panel);
                    let value = seats.value * weight.value;
                    Explanation::of(
                        format!("Weight by {} times its seats", panel.name),
                        value,
                        "share",
                        Rule::Product,
                        vec![seats, weight],
                    )
                };
                let all: Vec<Explanation> = panels.list.iter().zip(weights).map(one).collect();
                let value = all.iter().map(|e| e.value).sum();
                Explanation::of(name, value, "share", Rule::Sum, all)
            }
        }
    }
}
