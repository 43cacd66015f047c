//! Value against cost: what each option adds, beside what it costs, drawn with plotters.

pub(super) mod draw;

use super::Figure;
use super::Layout;
use super::Panel;
use super::axis::Axis;
use crate::appraisal::result::Appraisal;
use crate::appraisal::result::CriterionView;
use crate::report::format;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;
use crate::report::view::table::headings;

/// The numbers of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueCost {
    /// What the ids of its drawings begin with.
    pub id: &'static str,
    /// Heading of the upright axis.
    pub upright: &'static str,
    /// A line of costs and values, such as a frontier; may be empty.
    pub line: Vec<(f64, f64)>,
    /// Options in the scenario's order.
    pub points: Vec<Point>,
    /// Names of the criteria that count as value.
    pub criteria: Vec<String>,
}

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its name.
    pub name: String,
    /// Whether it passes every gate.
    pub feasible: bool,
    /// Net present cost in pounds.
    pub cost: f64,
    /// Weighted points from criteria that are not priced in net present cost.
    pub value: f64,
}

/// Takes the numbers from an appraisal; none where weights give no single value.
#[must_use]
pub fn data(appraisal: &Appraisal) -> Option<ValueCost> {
    let criteria: Vec<&CriterionView> = appraisal.criteria.iter().filter(|c| c.scored && c.value).collect();
    let points: Vec<Point> = appraisal
        .options
        .iter()
        .filter(|o| !o.contributions.is_empty())
        .map(|o| Point {
            name: o.name.clone(),
            feasible: o.feasible,
            cost: o.cost.npc,
            value: criteria.iter().filter_map(|c| o.contributions.get(&c.id)).sum(),
        })
        .collect();
    let drawable = !criteria.is_empty() && !points.is_empty();
    let criteria = criteria.iter().map(|c| c.name.clone()).collect();
    drawable.then(|| ValueCost { id: "value", upright: "Value, weighted points", line: Vec::new(), points, criteria })
}

/// What the chart says: where value and cost point the same way, and where not.
#[must_use]
pub fn title(chart: &ValueCost) -> String {
    let feasible: Vec<&Point> = chart.points.iter().filter(|p| p.feasible).collect();
    let cheapest = feasible.iter().copied().reduce(|a, b| if b.cost < a.cost { b } else { a });
    let best = feasible.iter().copied().reduce(|a, b| {
        let better = b.value > a.value + 1e-9;
        let level_and_cheaper = (b.value - a.value).abs() <= 1e-9 && b.cost < a.cost;
        if better || level_and_cheaper { b } else { a }
    });
    let (Some(cheapest), Some(best)) = (cheapest, best) else {
        return "No option passes every gate".to_owned();
    };
    if best.cost - cheapest.cost < 0.5 {
        return if feasible.len() == 1 {
            format!("{} adds {} points of value", best.name, format::points(best.value))
        } else {
            format!("{} has the most value and the lowest cost", best.name)
        };
    }
    let level: Vec<String> = feasible.iter().filter(|p| p.cost - cheapest.cost < 0.5).map(|p| p.name.clone()).collect();
    let cheapest_of_all = if level.len() > 3 { format!("{} options", level.len()) } else { format::list(&level) };
    let more = format::pounds(best.cost - cheapest.cost);
    format!("{} has the most value; it costs {more} more than {cheapest_of_all}, the cheapest", best.name)
}

/// The chart for the page.
#[must_use]
pub fn figure(appraisal: &Appraisal) -> Option<Figure> {
    let chart = data(appraisal)?;
    let title = title(&chart);
    let alternative = alternative(&chart);
    let value = match chart.criteria.len() {
        0..=6 => format::list(&chart.criteria),
        many => format!("the {many} criteria that are not priced in net present cost"),
    };
    let draw = |layout| draw::draw(&chart, layout, (&title, &alternative)).map(|svg| svg.finish());
    let panel = Panel { heading: None, wide: draw(Layout::Wide)?, narrow: draw(Layout::Narrow) };
    Some(Figure {
        id: "figure-value-cost",
        subtitle: format!(
            "Value: weighted points from {value}. Cost: net present cost. Better is up and to the left; a hollow point fails a gate{}",
            axes_note(&chart)
        ),
        key: Vec::new(),
        panels: vec![panel],
        across: 1,
        table: table(&chart),
        title,
        alternative,
    })
}

/// What an axis must cover: from 0, unless the values lie so close together that they would
/// coincide; then from below the lowest to above the highest.
fn extent(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let low = values.clone().fold(f64::INFINITY, f64::min);
    let high = values.fold(f64::NEG_INFINITY, f64::max);
    let spread = high - low;
    if low > 0.0 && spread > 0.0 && spread < 0.6 * high {
        (low - 0.3 * spread, high + 0.3 * spread)
    } else {
        (low.min(0.0), high.max(0.0) + 0.04 * spread)
    }
}

/// The axes of cost and value.
fn axes(chart: &ValueCost) -> (Axis, Axis) {
    let (low_cost, high_cost) = extent(chart.points.iter().map(|p| p.cost).chain(chart.line.iter().map(|p| p.0)));
    let (low_value, high_value) = extent(chart.points.iter().map(|p| p.value).chain(chart.line.iter().map(|p| p.1)));
    (Axis::covering(low_cost, high_cost, 5), Axis::covering(low_value, high_value, 4))
}

/// A warning where an axis does not begin at 0.
pub(super) fn axes_note(chart: &ValueCost) -> &'static str {
    let (cost, value) = axes(chart);
    match (cost.low > 0.0, value.low > 0.0) {
        (true, true) => ". The axes do not start at 0",
        (true, false) => ". The cost axis does not start at 0",
        (false, true) => ". The value axis does not start at 0",
        (false, false) => "",
    }
}

fn alternative(chart: &ValueCost) -> String {
    let each: Vec<String> = chart
        .points
        .iter()
        .map(|p| format!("{}: {} points of value at {}.", p.name, format::points(p.value), format::pounds(p.cost)))
        .collect();
    format!("Scatter of value against net present cost. {}", each.join(" "))
}

fn table(chart: &ValueCost) -> Table {
    let rows = chart
        .points
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let passed = if p.feasible { "Yes" } else { "No" };
            let cells = vec![Cell::number(format::points(p.value)), Cell::number(format::pounds(p.cost)), Cell::text(passed)];
            Row::new(format!("{}. {}", i + 1, p.name), cells)
        })
        .collect();
    let columns = headings(&["Option", "Value, points", "Net present cost", "Passes every gate"]);
    Table::new("Value and net present cost by option", columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::checks;
    use crate::report::sample;

    fn point(name: &str, cost: f64, value: f64) -> Point {
        Point { name: name.into(), feasible: true, cost, value }
    }

    fn chart(points: Vec<Point>) -> ValueCost {
        ValueCost { id: "value", upright: "Value", line: vec![], points, criteria: vec!["Capability".into()] }
    }

    #[test]
    fn value_leaves_money_criteria_out() {
        // Worked example, converge: visibility 18.720588 + disruption 3 + capability 14.735294
        // = 36.455882; cost, dual running and effort are priced on the other axis.
        let chart = data(&sample::small()).expect("weights are given");
        assert!((chart.points[2].value - 36.455_882).abs() < 1e-5);
        assert_eq!(chart.criteria.len(), 3);
    }

    #[test]
    fn the_title_says_what_value_costs() {
        let apart = chart(vec![point("Business as usual", 100.0, 1.0), point("B", 350.0, 2.0)]);
        assert_eq!(title(&apart), "B has the most value; it costs £250 more than Business as usual, the cheapest");
        let tied = chart(vec![point("A", 100.0, 1.0), point("B", 350.0, 2.0), point("C", 100.0, 1.0)]);
        assert_eq!(title(&tied), "B has the most value; it costs £250 more than A and C, the cheapest");
        let same = chart(vec![point("A", 100.0, 3.0), point("B", 350.0, 2.0)]);
        assert_eq!(title(&same), "A has the most value and the lowest cost");
        // Level on value: the cheaper one is meant.
        let level = chart(vec![point("A", 350.0, 2.0), point("B", 100.0, 2.0)]);
        assert_eq!(title(&level), "B has the most value and the lowest cost");
    }

    #[test]
    fn axes_leave_zero_only_where_points_would_coincide() {
        // 90 to 100: spread 10 is under 60, so 87 to 103.
        let (low, high) = extent([90.0, 100.0].into_iter());
        assert!((low - 87.0).abs() < 1e-9 && (high - 103.0).abs() < 1e-9);
        // 20 to 100: spread 80 is not under 60, so 0 to 103.2.
        let (low, high) = extent([20.0, 100.0].into_iter());
        assert!(low.abs() < 1e-9 && (high - 103.2).abs() < 1e-9);
        assert!(extent([-5.0, -4.0].into_iter()).1 >= 0.0);
    }

    #[test]
    fn labels_fit_in_every_case() {
        let long = "An option with a very long name that does not fit beside its point";
        let same = chart((0..12).map(|i| point(&format!("{long} {i}"), 5e6, 50.0)).collect());
        let spread = chart((0..12).map(|i| point(long, f64::from(i) * 1e6, f64::from(i * 7 % 12) * 9.0)).collect());
        let negative = chart(vec![point("A", -5e6, -20.0), point("B", 0.0, 0.0)]);
        let one = chart(vec![point("A", 0.0, 0.0)]);
        let samples = [data(&sample::small()).expect("weights"), data(&sample::large()).expect("weights")];
        for chart in [same, spread, negative, one].iter().chain(&samples) {
            for layout in [Layout::Wide, Layout::Narrow] {
                checks::labels_fit(&draw::draw(chart, layout, ("t", "d")).expect("drawn"));
            }
        }
    }
}
