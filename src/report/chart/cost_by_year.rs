//! Cost by year as stacked columns, one panel for each option, all on one scale.

mod draw;

use super::Figure;
use super::KeyItem;
use super::Layout;
use super::Panel;
use super::palette;
use super::palette::Fill;
use super::palette::Pattern;
use crate::appraisal::result::Appraisal;
use crate::report::format;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;
use crate::report::view::table::headings;
use draw::Room;
use draw::Scale;

/// Families of cost, bottom of the column first. They are the terms of the identity, licences
/// apart.
const FAMILIES: [&str; 5] = ["Licences and agreements in use", "Change and running", "Staff time", "Dual running", "Benefits"];

const FILLS: [Fill; 5] = [
    palette::SERIES[0],
    palette::SERIES[1],
    palette::SERIES[4],
    Fill { pattern: Pattern::Rising, ..palette::SERIES[3] },
    palette::SERIES[5],
];

/// The family of a category.
fn family(category: &str) -> usize {
    match category {
        "service" => 0,
        "internal_effort" | "training" | "dip" => 2,
        "head_start" | "overlap" | "stranded" | "archive" => 3,
        "benefit" | "scored_elsewhere" => 4,
        _ => 1,
    }
}

/// The numbers of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct CostByYear {
    /// Years.
    pub years: Vec<String>,
    /// The year whose prices they are in.
    pub price_base: String,
    /// Options.
    pub options: Vec<OptionYears>,
}

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionYears {
    /// Its name.
    pub name: String,
    /// By year, then by family.
    pub years: Vec<[f64; 5]>,
}

impl OptionYears {
    fn total(&self, year: usize) -> f64 {
        self.years[year].iter().sum()
    }

    fn highest(&self) -> Option<Peak<'_>> {
        self.peak().map(|(year, cost)| Peak { name: &self.name, year, cost })
    }

    /// The dearest year and its cost.
    fn peak(&self) -> Option<(usize, f64)> {
        (0..self.years.len()).map(|y| (y, self.total(y))).fold(None, |best, now| match best {
            Some((_, top)) if top >= now.1 => best,
            _ => Some(now),
        })
    }
}

/// The dearest year of an option.
struct Peak<'a> {
    name: &'a str,
    year: usize,
    cost: f64,
}

/// Takes the numbers from an appraisal.
#[must_use]
pub fn data(appraisal: &Appraisal) -> CostByYear {
    let years = appraisal.frame.years.clone();
    let options = appraisal
        .options
        .iter()
        .map(|option| {
            let mut amounts = vec![[0.0; 5]; years.len()];
            for entry in &option.cost.by_year {
                if let Some(year) = years.iter().position(|y| *y == entry.year) {
                    amounts[year][family(&entry.category)] += entry.real;
                }
            }
            OptionYears { name: option.name.clone(), years: amounts }
        })
        .collect();
    CostByYear { years, price_base: appraisal.frame.price_base.clone(), options }
}

/// What the costs say: which option has the dearest year, and which the cheapest peak.
#[must_use]
pub fn title(costs: &CostByYear) -> String {
    let mut peaks: Vec<Peak<'_>> = costs.options.iter().filter_map(OptionYears::highest).collect();
    peaks.sort_by(|a, b| b.cost.total_cmp(&a.cost));
    let (Some(top), Some(least)) = (peaks.first(), peaks.last()) else {
        return "No costs fall in the period".to_owned();
    };
    if top.cost <= 0.0 {
        return "No year costs more than it saves".to_owned();
    }
    if top.cost - least.cost < 0.5 {
        let who = if peaks.len() == 1 { format!("{} costs", top.name) } else { "All options cost".to_owned() };
        return format!("{who} most in {}: {}", costs.years[top.year], short(top.cost));
    }
    let lowest = peaks.iter().filter(|p| p.cost - least.cost < 0.5).count();
    let low = if lowest == 1 {
        format!("{} has the lowest peak: {} in {}", least.name, short(least.cost), costs.years[least.year])
    } else {
        format!("{lowest} options share the lowest peak: {}", short(least.cost))
    };
    format!("{} has the dearest year: {} in {}. {low}", top.name, short(top.cost), costs.years[top.year])
}

fn short(value: f64) -> String {
    crate::quantity::pounds_short(value)
}

/// The chart for the page.
#[must_use]
pub fn figure(appraisal: &Appraisal) -> Option<Figure> {
    let costs = data(appraisal);
    if costs.years.is_empty() || costs.options.is_empty() {
        return None;
    }
    let title = title(&costs);
    let scale = Scale::of(&costs);
    let used = used(&costs);
    let across = across(costs.years.len());
    let panels = (0..costs.options.len()).map(|i| panel(&costs, &scale, i, across)).collect();
    let key = used.iter().map(|f| KeyItem::square(&format!("cost-k{f}"), FILLS[*f], FAMILIES[*f])).collect();
    Some(Figure {
        id: "figure-cost-by-year",
        title,
        subtitle: format!(
            "{} a year, in {} prices, before VAT, not discounted; the total stands above each column",
            scale.unit, costs.price_base
        ),
        key,
        panels,
        across,
        alternative: alternative(&costs),
        table: table(&costs, &used),
    })
}

fn panel(costs: &CostByYear, scale: &Scale, index: usize, across: usize) -> Panel {
    let option = &costs.options[index];
    let title = format!("{}: cost by year", option.name);
    let description = option_sentence(costs, option);
    let svg = |layout| draw::draw(costs, scale, index, Room { layout, across }, (&title, &description)).finish();
    Panel { heading: Some(option.name.clone()), wide: svg(Layout::Wide), narrow: Some(svg(Layout::Narrow)) }
}

/// Families with any amount.
fn used(costs: &CostByYear) -> Vec<usize> {
    (0..FAMILIES.len()).filter(|f| costs.options.iter().any(|o| o.years.iter().any(|y| y[*f].abs() > 1e-9))).collect()
}

/// How many panels stand side by side: columns need room for a figure above them.
fn across(years: usize) -> usize {
    match years {
        0..=3 => 3,
        4..=7 => 2,
        _ => 1,
    }
}

fn option_sentence(costs: &CostByYear, option: &OptionYears) -> String {
    let sum: f64 = (0..option.years.len()).map(|y| option.total(y)).sum();
    let peak =
        option.peak().map_or_else(String::new, |(year, top)| format!(", highest in {} at {}", costs.years[year], short(top)));
    let dual: f64 = option.years.iter().map(|y| y[3]).sum();
    let dual = if dual.abs() < 0.5 { "no dual running".to_owned() } else { format!("dual running {}", short(dual)) };
    format!("{}: {} over the period{peak}; {dual}.", option.name, short(sum))
}

fn alternative(costs: &CostByYear) -> String {
    let sentences: Vec<String> = costs.options.iter().map(|o| option_sentence(costs, o)).collect();
    format!("Stacked columns by year, one panel for each option. {}", sentences.join(" "))
}

fn table(costs: &CostByYear, used: &[usize]) -> Table {
    let mut columns = headings(&["Option and year"]);
    columns.extend(used.iter().map(|f| FAMILIES[*f].to_owned()));
    columns.push("Total".to_owned());
    let mut rows = Vec::new();
    for option in &costs.options {
        rows.push(Row::group(&option.name));
        for (year, name) in costs.years.iter().enumerate() {
            let mut cells: Vec<Cell> = used.iter().map(|f| Cell::number(format::pounds(option.years[year][*f]))).collect();
            cells.push(Cell::number(format::pounds(option.total(year))));
            rows.push(Row::new(name, cells));
        }
    }
    Table::new(format!("Cost by year, £ in {} prices, before VAT, not discounted", costs.price_base), columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::checks;
    use crate::report::sample;

    fn costs(options: Vec<(&str, Vec<[f64; 5]>)>) -> CostByYear {
        let years = options.first().map_or(0, |o| o.1.len());
        CostByYear {
            years: (0..years).map(|y| format!("20{:02}/{:02}", 27 + y, 28 + y)).collect(),
            price_base: "2027/28".into(),
            options: options.into_iter().map(|(n, y)| OptionYears { name: n.into(), years: y }).collect(),
        }
    }

    #[test]
    fn the_title_names_the_dearest_year() {
        // A: 10k + 5k = 15k in year 0, 9k in year 1. B: 12k, then 11k.
        let costs = costs(vec![
            ("A", vec![[10e3, 5e3, 0.0, 0.0, 0.0], [9e3, 0.0, 0.0, 0.0, 0.0]]),
            ("B", vec![[12e3, 0.0, 0.0, 0.0, 0.0], [11e3, 0.0, 0.0, 0.0, 0.0]]),
        ]);
        assert_eq!(title(&costs), "A has the dearest year: £15k in 2027/28. B has the lowest peak: £12k in 2027/28");
    }

    #[test]
    fn a_shared_peak_is_not_given_to_one_option() {
        let year = |v: f64| vec![[v, 0.0, 0.0, 0.0, 0.0]];
        let shared = costs(vec![("A", year(20e3)), ("B", year(12e3)), ("C", year(12e3))]);
        assert_eq!(title(&shared), "A has the dearest year: £20k in 2027/28. 2 options share the lowest peak: £12k");
        assert_eq!(title(&costs(vec![("A", year(20e3)), ("B", year(20e3))])), "All options cost most in 2027/28: £20k");
        assert_eq!(title(&costs(vec![("A", year(20e3))])), "A costs most in 2027/28: £20k");
    }

    #[test]
    fn families_are_the_terms_of_the_identity() {
        // Worked example, converge, year 0, real: licences 265,200; external 36,000; staff time
        // 48,000 + 108,000 + 198,000; dual running 5,400 + 25,000.
        let costs = data(&sample::small());
        let converge = &costs.options[2];
        for (family, expected) in [265_200.0, 36_000.0, 354_000.0, 30_400.0, 0.0].into_iter().enumerate() {
            assert!((converge.years[0][family] - expected).abs() < 1e-6, "family {family}");
        }
    }

    #[test]
    fn nothing_to_draw_is_said() {
        assert_eq!(title(&costs(vec![("A", vec![[0.0; 5]])])), "No year costs more than it saves");
        assert_eq!(title(&costs(vec![])), "No costs fall in the period");
    }

    #[test]
    fn labels_fit_in_every_case() {
        let flat = |years: usize, value: f64| vec![[value, value, 0.0, value, -value]; years];
        let cases = [
            costs(vec![("A", flat(1, 1e3))]),
            costs(vec![("A", flat(31, 12.4e6))]),
            costs(vec![("A", flat(11, -3e6)), ("B", vec![[0.0; 5]; 11])]),
            costs(vec![("A", flat(5, 123_456_789.0))]),
            data(&sample::small()),
            data(&sample::large()),
        ];
        for costs in &cases {
            let scale = Scale::of(costs);
            for index in 0..costs.options.len() {
                for layout in [Layout::Wide, Layout::Narrow] {
                    let room = Room { layout, across: across(costs.years.len()) };
                    checks::labels_fit(&draw::draw(costs, &scale, index, room, ("t", "d")));
                }
            }
        }
    }
}
