//! The frontier of score against cost, with the options of the scenario.

use super::value_cost::{Point, ValueCost, draw};
use super::{Figure, Layout, Panel};
use crate::appraisal::result::{Appraisal, Optimiser};
use crate::report::format;
use crate::report::view::table::{Cell, Row, Table, headings};

/// Takes the numbers from an appraisal; none without a frontier and scores.
#[must_use]
pub fn data(appraisal: &Appraisal) -> Option<ValueCost> {
    let found = appraisal.optimiser.as_ref().filter(|o| !o.frontier.is_empty())?;
    let scored = appraisal.options.iter().filter_map(|o| Some((o, o.score?)));
    let points: Vec<Point> =
        scored.map(|(o, score)| Point { name: o.name.clone(), feasible: o.feasible, cost: o.cost.npc, value: score }).collect();
    (!points.is_empty()).then(|| ValueCost {
        id: "frontier",
        upright: "Score, points",
        points,
        line: found.frontier.iter().map(|p| (p.npc, p.score)).collect(),
        criteria: Vec::new(),
    })
}

/// What the chart says: how far the best-scoring option is from the frontier.
#[must_use]
pub fn title(appraisal: &Appraisal, found: &Optimiser) -> String {
    let best = appraisal.options.iter().filter(|o| o.feasible && o.score.is_some());
    let best = best.reduce(|a, b| if b.score > a.score { b } else { a });
    let distance = best.and_then(|o| found.distances.iter().find(|d| d.option == o.id).map(|d| (o, d)));
    match distance {
        Some((o, d)) if d.pounds.is_some_and(|p| p >= 0.5) => {
            let pounds = format::pounds(d.pounds.unwrap_or(0.0));
            format!("The score of {} could be had for {pounds} less", o.name)
        }
        Some((o, d)) if d.points.is_some_and(|p| p >= 0.05) => {
            format!("For what {} costs, {} points more could be had", o.name, format::points(d.points.unwrap_or(0.0)))
        }
        Some((o, _)) => format!("No roadmap found is better than {} in both score and cost", o.name),
        None => "The highest score found for each cost".to_owned(),
    }
}

/// The chart for the page.
#[must_use]
pub fn figure(appraisal: &Appraisal) -> Option<Figure> {
    let found = appraisal.optimiser.as_ref()?;
    let chart = data(appraisal)?;
    let title = title(appraisal, found);
    let each: Vec<String> = chart
        .points
        .iter()
        .map(|p| format!("{}: {} points at {}.", p.name, format::points(p.value), format::pounds(p.cost)))
        .collect();
    let alternative = format!(
        "Score against net present cost: {} points of the frontier, from {} to {}. {}",
        chart.line.len(),
        chart.line.first().map_or_else(String::new, |p| format::pounds(p.0)),
        chart.line.last().map_or_else(String::new, |p| format::pounds(p.0)),
        each.join(" ")
    );
    let draw = |layout| draw::draw(&chart, layout, (&title, &alternative)).map(|svg| svg.finish());
    let panel = Panel { heading: None, wide: draw(Layout::Wide)?, narrow: draw(Layout::Narrow) };
    Some(Figure {
        id: "figure-frontier",
        subtitle: format!(
            "Line with squares: the highest score found for each net present cost, within all limits. Points: options; a hollow one fails a gate{}",
            super::value_cost::axes_note(&chart)
        ),
        key: Vec::new(),
        panels: vec![panel],
        across: 1,
        table: table(found),
        title,
        alternative,
    })
}

fn table(found: &Optimiser) -> Table {
    let rows = found.frontier.iter().enumerate().map(|(i, p)| {
        let cells = vec![
            Cell::number(format::pounds(p.npc)),
            Cell::number(format::points(p.score)),
            Cell::number(p.moves.to_string()),
            Cell::number(p.links.len().to_string()),
        ];
        Row::new(format!("Point {}", i + 1), cells)
    });
    let columns = headings(&["Frontier", "Net present cost", "Score, points", "Moves", "New links"]);
    Table::new("The frontier of score against net present cost", columns, rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::checks;
    use crate::report::sample;

    #[test]
    fn options_are_drawn_on_the_frontier_with_their_distance() {
        let mut a = sample::small();
        assert!(figure(&a).is_none());
        let found = sample::roadmap(&a);
        a.optimiser = Some(found.clone());
        let chart = data(&a).expect("a frontier");
        assert_eq!((chart.line.len(), chart.points.len()), (3, a.options.len()));
        for layout in [Layout::Wide, Layout::Narrow] {
            checks::labels_fit(&draw::draw(&chart, layout, ("t", "d")).expect("drawn"));
        }
        // The sample's best-scoring option is the second; its distance is not known there.
        assert!(title(&a, &found).contains(&a.options[1].name), "{}", title(&a, &found));
        let mut near = found;
        near.distances[1].pounds = Some(1_000.0);
        assert_eq!(title(&a, &near), format!("The score of {} could be had for £1,000 less", a.options[1].name));
    }
}
