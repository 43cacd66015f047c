//! Scores as the weight of one node of the value tree goes from 0% to 100%: a straight line for each option.

mod draw;

use super::Figure;
use super::Layout;
use super::Panel;
use super::palette;
use crate::appraisal::result::Appraisal;
use crate::appraisal::result::NodeWeight;
use crate::report::format;
use crate::report::view::names::Names;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;
use crate::report::view::table::headings;

/// The numbers of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightLines {
    /// The leading option.
    pub leader: String,
    /// Nodes, the nearest flip first.
    pub nodes: Vec<NodeLines>,
}

/// One node.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeLines {
    /// Its name.
    pub name: String,
    /// Its weight now.
    pub weight: f64,
    /// Weight and rival where the leader loses its place below and above.
    pub flips: [Option<(f64, String)>; 2],
    /// Lines, the leading option first.
    pub lines: Vec<OptionLine>,
}

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionLine {
    /// Its name.
    pub name: String,
    /// Its score at a weight of 0.
    pub without: f64,
    /// Its score at a weight of 1.
    pub alone: f64,
}

impl OptionLine {
    fn at(&self, weight: f64) -> f64 {
        self.without + weight * (self.alone - self.without)
    }
}

/// Nodes drawn: more are in the table of the section.
const NODES: usize = 4;

/// Nodes drawn where no weight takes the lead away.
const STILL: usize = 2;

/// Takes the numbers from an appraisal; none without combined weights or a rival.
#[must_use]
pub fn data(appraisal: &Appraisal) -> Option<WeightLines> {
    let all = &appraisal.sensitivity.nodes;
    let leader = all.first()?.ends.keys().next()?;
    let mut flipping: Vec<&NodeWeight> = all.iter().filter(|n| distance(n).is_finite()).collect();
    flipping.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    flipping.truncate(NODES);
    if flipping.is_empty() {
        flipping = all.iter().collect();
        flipping.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        flipping.truncate(STILL);
    }
    let drawn = drawn(&flipping, leader);
    let names = Names(appraisal);
    let nodes = flipping.iter().map(|node| {
        let flip = |f: &crate::appraisal::result::Flip| (f.weight, names.option(&f.rival));
        let line = |id: &&String| {
            node.ends.get(*id).map(|(without, alone)| OptionLine { name: names.option(id), without: *without, alone: *alone })
        };
        NodeLines {
            name: node.name.clone(),
            weight: node.weight,
            flips: [node.below.as_ref().map(flip), node.above.as_ref().map(flip)],
            lines: drawn.iter().filter_map(line).collect(),
        }
    });
    Some(WeightLines { leader: names.option(leader), nodes: nodes.collect() })
}

/// How near the nearest flip of a node is.
pub(in crate::report) fn distance(node: &NodeWeight) -> f64 {
    [&node.below, &node.above].into_iter().flatten().map(|f| f.distance).fold(f64::INFINITY, f64::min)
}

/// Options drawn, at most one for each colour: the leader, those that take its place, then the next in the ranking.
fn drawn<'a>(nodes: &[&'a NodeWeight], leader: &'a String) -> Vec<&'a String> {
    let rivals = nodes.iter().flat_map(|n| [&n.below, &n.above]).flatten().map(|f| &f.rival);
    let rest = nodes.first().into_iter().flat_map(|n| n.ends.keys());
    let mut kept: Vec<&String> = Vec::new();
    for id in std::iter::once(leader).chain(rivals).chain(rest) {
        if !kept.contains(&id) && kept.len() < palette::SERIES.len() {
            kept.push(id);
        }
    }
    kept
}

/// What the lines say.
#[must_use]
pub fn title(lines: &WeightLines) -> String {
    let leader = &lines.leader;
    let Some(node) = lines.nodes.first().filter(|n| n.flips.iter().any(Option::is_some)) else {
        return format!("{leader} stays first whatever the weight of any one criterion or group");
    };
    let nearest = node.flips.iter().flatten().min_by(|a, b| (a.0 - node.weight).abs().total_cmp(&(b.0 - node.weight).abs()));
    let (at, rival) = nearest.map_or((node.weight, ""), |(at, rival)| (*at, rival.as_str()));
    let (now, then) = (format::percent(node.weight), format::percent(at));
    if now == then {
        return format!("{rival} is level with {leader} at the weight that {} has now", node.name);
    }
    let verb = if at < node.weight { "falls" } else { "rises" };
    format!("{rival} overtakes {leader} once the weight of {} {verb} from {now} to {then}", node.name)
}

/// The chart for the page.
#[must_use]
pub fn figure(appraisal: &Appraisal) -> Option<Figure> {
    let lines = data(appraisal)?;
    let title = title(&lines);
    let panel = |(index, node): (usize, &NodeLines)| {
        let sentence = sentence(&lines.leader, node);
        let words = (title.as_str(), sentence.as_str());
        Panel {
            heading: Some(node.name.clone()),
            wide: draw::draw(node, index, Layout::Wide, words).finish(),
            narrow: Some(draw::draw(node, index, Layout::Narrow, words).finish()),
        }
    };
    Some(Figure {
        id: "figure-weights",
        title: title.clone(),
        subtitle: "Score in points as one weight goes from 0% to 100%, the other weights in proportion. The upright line is the weight now, a ring where another option takes the lead.".to_owned(),
        key: Vec::new(),
        panels: lines.nodes.iter().enumerate().map(panel).collect(),
        across: lines.nodes.len().min(2),
        alternative: lines.nodes.iter().map(|n| sentence(&lines.leader, n)).collect::<Vec<_>>().join(" "),
        table: table(&lines),
    })
}

fn sentence(leader: &str, node: &NodeLines) -> String {
    let [below, above] = &node.flips;
    let said = |flip: &Option<(f64, String)>, side: &str| {
        flip.as_ref().map(|(at, rival)| format!("{side} {} {rival} is ahead", format::percent(*at)))
    };
    let parts: Vec<String> = [said(below, "below"), said(above, "above")].into_iter().flatten().collect();
    let what = if parts.is_empty() { format!("{leader} is first at every weight") } else { parts.join(", ") };
    format!("{} (weight now {}): {what}.", node.name, format::percent(node.weight))
}

fn table(lines: &WeightLines) -> Table {
    let mut rows = Vec::new();
    for node in &lines.nodes {
        rows.push(Row::group(format!("{}, weight now {}", node.name, format::percent(node.weight))));
        rows.extend(node.lines.iter().map(|line| {
            let points = [line.without, line.at(node.weight), line.alone].map(|p| Cell::number(format::points(p)));
            Row::new(&line.name, points.into())
        }));
    }
    let columns = headings(&["Option", "Score at 0%", "Now", "At 100%"]);
    Table::new("Scores by the weight of one criterion or group, points", columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::checks;
    use crate::report::sample;

    fn node(flips: [Option<(f64, String)>; 2], lines: &[(&str, f64, f64)]) -> NodeLines {
        let lines = lines.iter().map(|(n, without, alone)| OptionLine { name: (*n).into(), without: *without, alone: *alone });
        NodeLines { name: "Cost".into(), weight: 0.3, flips, lines: lines.collect() }
    }

    #[test]
    fn the_title_names_the_nearest_flip() {
        let flips = [Some((0.1, "B".into())), Some((0.45, "C".into()))];
        let of = |flips| title(&WeightLines { leader: "A".into(), nodes: vec![node(flips, &[])] });
        assert_eq!(of(flips), "C overtakes A once the weight of Cost rises from 30.0% to 45.0%");
        assert_eq!(of([Some((0.1, "B".into())), None]), "B overtakes A once the weight of Cost falls from 30.0% to 10.0%");
        assert_eq!(of([Some((0.3, "B".into())), None]), "B is level with A at the weight that Cost has now");
        assert_eq!(of([None, None]), "A stays first whatever the weight of any one criterion or group");
    }

    #[test]
    fn the_nearest_nodes_are_drawn_with_the_options_that_matter() {
        let all = data(&sample::small()).expect("the sample has nodes");
        assert_eq!(all.leader, "Interoperate");
        assert!(!all.nodes.is_empty() && all.nodes.len() <= NODES);
        assert!(all.nodes.iter().all(|n| n.lines[0].name == "Interoperate"));
        let mut without = sample::small();
        without.sensitivity.nodes.clear();
        assert!(figure(&without).is_none());
    }

    #[test]
    fn labels_fit_in_every_case() {
        let long = "A very long name of an option that goes on well past what anybody would say aloud";
        let level =
            [(long, 50.0, 50.0), (long, 50.0, 50.0), ("C", 50.0, 50.0), ("D", 50.0, 50.0), ("E", 50.0, 50.0), ("F", 50.0, 50.0)];
        let steep = [("A", -900.0, 2000.0), ("B", 60.0, 0.0)];
        let cases = [
            node([None, None], &level),
            node([Some((0.0004, "B".into())), Some((0.0005, "B".into()))], &steep),
            node([Some((0.999, "B".into())), Some((0.999_9, "C".into()))], &steep),
            node([None, None], &[("A", 0.0, 0.0)]),
        ];
        for case in &cases {
            for weight in [0.0, 0.3, 1.0] {
                for layout in [Layout::Wide, Layout::Narrow] {
                    let node = NodeLines { weight, ..case.clone() };
                    checks::labels_fit(&draw::draw(&node, 0, layout, ("t", "d")));
                }
            }
        }
    }
}
