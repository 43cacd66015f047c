//! Weighted scores as stacked bars: what each criterion contributes to each option.

mod draw;

use super::Figure;
use super::KeyItem;
use super::Layout;
use super::Panel;
use super::palette;
use crate::appraisal::result::Appraisal;
use crate::appraisal::result::CriterionView;
use crate::report::format;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;

/// The numbers of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// Names of the series: criteria, or branches where there are many criteria.
    pub series: Vec<String>,
    /// Bars, highest total first.
    pub bars: Vec<Bar>,
    /// Points within which scores count as level.
    pub resolution: f64,
}

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The option's name.
    pub name: String,
    /// Whether it passes every gate.
    pub feasible: bool,
    /// Points of each series.
    pub parts: Vec<f64>,
    /// The score.
    pub total: f64,
}

/// Takes the numbers from an appraisal; none where no single score may be printed.
#[must_use]
pub fn data(appraisal: &Appraisal) -> Option<Scores> {
    let scored: Vec<&CriterionView> = appraisal.criteria.iter().filter(|c| c.scored).collect();
    let groups = group(&scored);
    let mut bars: Vec<Bar> = appraisal
        .options
        .iter()
        .filter(|o| !o.contributions.is_empty())
        .filter_map(|o| {
            let points = |id: &String| o.contributions.get(id).copied().unwrap_or(0.0);
            let parts = groups.iter().map(|(_, members)| members.iter().map(points).sum()).collect();
            o.score.map(|total| Bar { name: o.name.clone(), feasible: o.feasible, parts, total })
        })
        .collect();
    bars.sort_by(|a, b| b.total.total_cmp(&a.total));
    let series = groups.into_iter().map(|(name, _)| name).collect();
    (!bars.is_empty()).then_some(Scores { series, bars, resolution: appraisal.frame.resolution })
}

/// Series and the criteria in each: the criteria themselves if there are at most six, else their
/// branches, the last ones together if there are more than six of those.
fn group(scored: &[&CriterionView]) -> Vec<(String, Vec<String>)> {
    let most = palette::SERIES.len();
    if scored.len() <= most {
        return scored.iter().map(|c| (c.name.clone(), vec![c.id.clone()])).collect();
    }
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for criterion in scored {
        match groups.iter_mut().find(|(name, _)| *name == criterion.branch) {
            Some((_, members)) => members.push(criterion.id.clone()),
            None => groups.push((criterion.branch.clone(), vec![criterion.id.clone()])),
        }
    }
    if groups.len() > most {
        let rest = groups.split_off(most - 1);
        groups.push(("All other criteria".to_owned(), rest.into_iter().flat_map(|(_, m)| m).collect()));
    }
    groups
}

/// What the scores say.
#[must_use]
pub fn title(scores: &Scores) -> String {
    let feasible: Vec<&Bar> = scores.bars.iter().filter(|b| b.feasible).collect();
    let [first, rest @ ..] = feasible.as_slice() else {
        return "No option passes every gate".to_owned();
    };
    let Some(second) = rest.first() else {
        return format!("{} scores {} points", first.name, format::points(first.total));
    };
    let level: Vec<&&Bar> = rest.iter().filter(|b| first.total - b.total <= scores.resolution + 1e-9).collect();
    let beaten = scores.bars.iter().any(|b| !b.feasible && b.total > first.total);
    let among = if beaten { " of those that pass every gate" } else { "" };
    level.last().map_or_else(
        || format!("{} scores highest{among}, {} points ahead of {}", first.name, gap(first, second), second.name),
        |last| match gap(first, last).as_str() {
            "0.0" => format!("No clear winner on score: {} options are level", level.len() + 1),
            gap => format!("No clear winner on score: {} options within {gap} points", level.len() + 1),
        },
    )
}

fn gap(first: &Bar, other: &Bar) -> String {
    format::points(first.total - other.total)
}

/// The chart for the page.
#[must_use]
pub fn figure(appraisal: &Appraisal) -> Option<Figure> {
    let scores = data(appraisal)?;
    let title = title(&scores);
    let alternative = alternative(&scores);
    let key = scores
        .series
        .iter()
        .zip(palette::SERIES)
        .enumerate()
        .map(|(i, (name, fill))| KeyItem::square(&format!("scores-k{i}"), fill, name))
        .collect();
    let panel = Panel {
        heading: None,
        wide: draw::draw(&scores, Layout::Wide, &title, &alternative).finish(),
        narrow: Some(draw::draw(&scores, Layout::Narrow, &title, &alternative).finish()),
    };
    Some(Figure {
        id: "figure-scores",
        title,
        subtitle: "Weighted points out of 100, highest total first; combined weights of all panels".to_owned(),
        key,
        panels: vec![panel],
        across: 1,
        alternative,
        table: table(&scores),
    })
}

fn alternative(scores: &Scores) -> String {
    let sentences: Vec<String> = scores
        .bars
        .iter()
        .map(|bar| {
            let largest = bar.parts.iter().zip(&scores.series).max_by(|a, b| a.0.total_cmp(b.0));
            let most = largest.map_or_else(String::new, |(points, name)| {
                format!(", of which most from {} ({})", name, format::points(*points))
            });
            format!("{} scores {}{most}.", bar.name, format::points(bar.total))
        })
        .collect();
    format!("Stacked bars, one for each option. {}", sentences.join(" "))
}

fn table(scores: &Scores) -> Table {
    let columns = std::iter::once("Contribution from".to_owned()).chain(scores.bars.iter().map(|b| b.name.clone()));
    let mut rows: Vec<Row> = scores
        .series
        .iter()
        .enumerate()
        .map(|(i, name)| {
            let cells = scores.bars.iter().map(|b| Cell::number(format::points(b.parts[i]))).collect();
            Row::new(name, cells)
        })
        .collect();
    rows.push(Row::total("Score", scores.bars.iter().map(|b| Cell::number(format::points(b.total))).collect()));
    Table::new("Weighted points by option", columns.collect(), rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::checks;
    use crate::report::sample;

    fn bar(name: &str, total: f64) -> Bar {
        Bar { name: name.into(), feasible: true, parts: vec![total], total }
    }

    fn scores(bars: Vec<Bar>) -> Scores {
        Scores { series: vec!["All".into()], bars, resolution: 1.0 }
    }

    #[test]
    fn close_scores_have_no_winner() {
        // 61.379599 - 60.501087 = 0.878512, within 1 point.
        let all = data(&sample::small()).expect("the sample has scores");
        assert_eq!(title(&all), "No clear winner on score: 3 options within 0.9 points");
        assert_eq!(all.bars[0].name, "Interoperate");
    }

    #[test]
    fn a_clear_lead_names_both() {
        let title = title(&scores(vec![bar("A", 70.0), bar("B", 61.5)]));
        assert_eq!(title, "A scores highest, 8.5 points ahead of B");
    }

    #[test]
    fn equal_scores_are_level() {
        assert_eq!(title(&scores(vec![bar("A", 70.0), bar("B", 70.0)])), "No clear winner on score: 2 options are level");
    }

    #[test]
    fn infeasible_options_do_not_win() {
        let barred = Bar { feasible: false, ..bar("C", 90.0) };
        assert_eq!(title(&scores(vec![barred.clone(), bar("A", 70.0)])), "A scores 70.0 points");
        assert_eq!(title(&scores(vec![barred])), "No option passes every gate");
    }

    #[test]
    fn without_a_score_there_is_no_chart() {
        let mut appraisal = sample::small();
        for option in &mut appraisal.options {
            option.score = None;
            option.contributions.clear();
        }
        assert!(figure(&appraisal).is_none());
    }

    #[test]
    fn many_criteria_are_drawn_by_branch() {
        let all = data(&sample::large()).expect("the sample has scores");
        assert_eq!(all.series.len(), 5);
        for bar in &all.bars {
            assert!((bar.parts.iter().sum::<f64>() - bar.total).abs() < 1e-9);
        }
    }

    #[test]
    fn labels_fit_in_every_case() {
        let long = "A very long name of an option that goes on well past what anybody would say aloud ".repeat(3);
        let negative = Scores {
            series: vec!["a".into(), "b".into()],
            bars: vec![Bar { name: long, feasible: false, parts: vec![-12.0, 40.0], total: 28.0 }, bar("", 0.0)],
            resolution: 1.0,
        };
        let many = scores((0..12).map(|i| bar("Option", f64::from(i))).collect());
        let zero = scores(vec![bar("Zero", 0.0)]);
        for scores in [negative, many, zero, data(&sample::large()).expect("scores")] {
            for layout in [Layout::Wide, Layout::Narrow] {
                checks::labels_fit(&draw::draw(&scores, layout, "t", "d"));
            }
        }
    }
}
