//! What each option may come to: net present cost by the share of the draws that stay below it.
//!
//! Drawn with the cost upright, so that every line ends at the right and is named there.

mod draw;

use super::Figure;
use super::Layout;
use super::Panel;
use crate::appraisal::result::Appraisal;
use crate::quantity::pounds_short;
use crate::report::format;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;

/// The numbers of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Curves {
    /// The year whose prices they are in.
    pub price_base: String,
    /// Options in the scenario's order.
    pub options: Vec<Curve>,
}

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Its name.
    pub name: String,
    /// Whether it leads.
    pub leads: bool,
    /// Whether it passes every gate on central figures.
    pub feasible: bool,
    /// Net present cost that 0, 1, ... 100 of 100 draws stay below.
    pub costs: Vec<f64>,
}

/// Steps of probability of a curve.
const STEPS: usize = 101;
/// The draws at the very ends are few: lines begin and end with one draw in a hundred.
const ENDS: (usize, usize) = (1, 99);

impl Curve {
    /// What so many of 100 draws stay below.
    fn at(&self, percent: usize) -> f64 {
        self.costs.get(percent).copied().unwrap_or(0.0)
    }

    /// What is drawn.
    fn shown(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        (ENDS.0..=ENDS.1).map(|p| (p, self.at(p)))
    }
}

/// Takes the numbers from an appraisal; none where nothing was drawn or nothing costs anything.
#[must_use]
pub fn data(appraisal: &Appraisal) -> Option<Curves> {
    let curve = |o: &crate::appraisal::result::OptionResult| {
        let costs = o.uncertainty.as_ref().map(|u| u.curve.clone()).filter(|c| c.len() == STEPS)?;
        let leads = o.id == appraisal.evidence.option;
        Some(Curve { name: o.name.clone(), leads, feasible: o.feasible, costs })
    };
    let options: Vec<Curve> = appraisal.options.iter().filter_map(curve).collect();
    let drawn = options.iter().flat_map(|o| &o.costs).any(|c| c.abs() > 0.5);
    drawn.then(|| Curves { price_base: appraisal.frame.price_base.clone(), options })
}

/// What the chart says: which option is likely to cost least, and whether its line lies below all others.
#[must_use]
pub fn title(curves: &Curves) -> String {
    let feasible: Vec<&Curve> = curves.options.iter().filter(|o| o.feasible).collect();
    let Some(least) = feasible.iter().copied().min_by(|a, b| a.at(80).total_cmp(&b.at(80))) else {
        return "No option passes every gate".to_owned();
    };
    let stays = format!("{} stays below {} in eight draws of ten", least.name, pounds_short(least.at(80)));
    if feasible.len() == 1 {
        return stays;
    }
    let below = |other: &&Curve| least.shown().zip(other.shown()).all(|((_, a), (_, b))| a <= b);
    let others = || feasible.iter().copied().filter(|o| !std::ptr::eq(*o, least));
    if others().all(|o| below(&o)) {
        return format!(
            "{stays}; looked at in any number from {} to {} of 100 draws, no other option that passes every gate stays lower",
            ENDS.0, ENDS.1
        );
    }
    let cross: Vec<String> = others().filter(|o| !below(o)).map(|o| o.name.clone()).collect();
    let who = if cross.len() > 3 { format!("{} others", cross.len()) } else { format::list(&cross) };
    format!(
        "{stays}, the lowest of the options that pass every gate; its line crosses {} of {who}",
        if cross.len() == 1 { "that" } else { "those" }
    )
}

/// The chart for the page.
#[must_use]
pub fn figure(appraisal: &Appraisal) -> Option<Figure> {
    let curves = data(appraisal)?;
    let (title, alternative) = (title(&curves), alternative(&curves));
    let draw = |layout| draw::draw(&curves, layout, (&title, &alternative)).finish();
    let from_zero = if draw::axis(&curves).low > 0.0 { ". The cost axis does not start at 0" } else { "" };
    Some(Figure {
        id: "figure-curves",
        subtitle: format!(
            "Net present cost in {} prices. A line stands at the cost that so many of 100 draws stay below: at 80, eight draws of ten cost less. The lower the line, the less an option costs; the steeper, the less sure its cost is{from_zero}",
            curves.price_base
        ),
        key: Vec::new(),
        panels: vec![Panel { heading: None, wide: draw(Layout::Wide), narrow: Some(draw(Layout::Narrow)) }],
        across: 1,
        table: table(&curves),
        title,
        alternative,
    })
}

fn alternative(curves: &Curves) -> String {
    let one = |o: &Curve| {
        let [p10, p50, p80, p90] = [10, 50, 80, 90].map(|p| pounds_short(o.at(p)));
        format!("{}: below {p10} in 10 of 100 draws, {p50} in 50, {p80} in 80, {p90} in 90.", o.name)
    };
    format!(
        "Lines of net present cost by share of draws, one for each option. {}",
        curves.options.iter().map(one).collect::<Vec<_>>().join(" ")
    )
}

/// Every tenth step, and those near the ends.
fn table(curves: &Curves) -> Table {
    let names: Vec<String> = curves.options.iter().map(|o| o.name.clone()).collect();
    let steps = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99];
    let row = |p: usize| {
        let cells = curves.options.iter().map(|o| Cell::number(format::pounds(o.at(p))));
        Row::new(format!("{p} of 100"), cells.collect())
    };
    let caption = format!("Net present cost that so many draws stay below, £, {} prices", curves.price_base);
    Table::by_option(caption, "Draws", &names, steps.map(row).to_vec())
}

#[cfg(test)]
mod tests;
