//! Money that can no longer be avoided, quarter by quarter, one panel for each option, all on one scale.

use super::Figure;
use super::KeyItem;
use super::Layout;
use super::Panel;
use super::axis::Axis;
use super::axis::length;
use super::label::Anchor;
use super::label::Label;
use super::palette;
use super::palette::Fill;
use super::svg::Svg;
use crate::appraisal::result::Appraisal;
use crate::quantity::pounds_short;
use crate::report::format;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;

/// The numbers of the chart.
#[derive(Debug, Clone, PartialEq)]
struct Bound {
    quarters: Vec<String>,
    options: Vec<(String, Vec<f64>)>,
    /// Of which paid, by option.
    paid: Vec<Vec<f64>>,
    /// Position of the option that leads.
    leading: usize,
}

fn data(appraisal: &Appraisal) -> Option<Bound> {
    let first = &appraisal.commitment.first()?.option;
    let of = |id: &str| appraisal.commitment.iter().filter(move |c| c.option == id).map(|c| c.amount).collect::<Vec<f64>>();
    let quarters = appraisal.commitment.iter().filter(|c| c.option == *first).map(|c| c.quarter.clone()).collect();
    let options: Vec<(String, Vec<f64>)> = appraisal.options.iter().map(|o| (o.name.clone(), of(&o.id))).collect();
    let paid_of = |id: &str| appraisal.commitment.iter().filter(|c| c.option == id).map(|c| c.paid).collect();
    let paid = appraisal.options.iter().map(|o| paid_of(&o.id)).collect();
    let rank = |i: &usize| {
        let option = &appraisal.options[*i];
        option.rank.filter(|_| option.feasible).unwrap_or(usize::MAX)
    };
    let leading = (0..options.len()).min_by_key(rank)?;
    Some(Bound { quarters, options, paid, leading }).filter(|b| b.options.iter().any(|(_, a)| a.iter().any(|x| x.abs() > 0.5)))
}

/// Quarters from the first after which the title looks again.
const LATER: usize = 8;

fn title(bound: &Bound) -> String {
    let (name, amounts) = &bound.options[bound.leading];
    let now = pounds_short(amounts.first().copied().unwrap_or(0.0));
    match (amounts.get(LATER), bound.quarters.get(LATER)) {
        (Some(later), Some(quarter)) => {
            format!("{name} is bound to {now} from the start, and to {} by {quarter}", pounds_short(*later))
        }
        _ => format!("{name} is bound to {now} from the start"),
    }
}

/// The figure; none where nothing is paid.
#[must_use]
pub fn figure(appraisal: &Appraisal) -> Option<Figure> {
    let bound = data(appraisal)?;
    let high = bound.options.iter().flat_map(|(_, a)| a).fold(0.0_f64, |top, x| top.max(*x));
    let (divisor, unit) = if high >= 1e6 { (1e6, "£ million") } else { (1e3, "£ thousand") };
    let scale = (Axis::covering(0.0, high / divisor, 4), divisor);
    let panel = |i: usize| {
        let svg = |layout| draw(&bound, &scale, i, layout).finish();
        Panel { heading: Some(bound.options[i].0.clone()), wide: svg(Layout::Wide), narrow: Some(svg(Layout::Narrow)) }
    };
    Some(Figure {
        id: "figure-commitment",
        title: title(&bound),
        subtitle: format!(
            "{unit}, cash prices, VAT included: paid by the start of each quarter, and owed on terms of contracts taken up by then"
        ),
        key: vec![
            KeyItem::square("bound-k0", PAID, "Paid by the start of the quarter"),
            KeyItem::square("bound-k1", OWED, "Owed, whatever is decided from then on"),
        ],
        panels: (0..bound.options.len()).map(panel).collect(),
        across: 2,
        alternative: bound.options.iter().map(sentence).collect::<Vec<_>>().join(" "),
        table: table(&bound),
    })
}

fn sentence((name, amounts): &(String, Vec<f64>)) -> String {
    let short = |amount: Option<&f64>| pounds_short(amount.copied().unwrap_or(0.0));
    format!("{name}: {} from the start, {} at the end.", short(amounts.first()), short(amounts.last()))
}

/// April of each year is enough to follow it.
fn table(bound: &Bound) -> Table {
    let names: Vec<String> = bound.options.iter().map(|(name, _)| name.clone()).collect();
    let shown = (0..bound.quarters.len()).filter(|i| *i == 0 || bound.quarters[*i].ends_with("Q1"));
    let row = |i: usize| {
        let cell = |(_, amounts): &(String, Vec<f64>)| Cell::number(format::pounds(amounts.get(i).copied().unwrap_or(0.0)));
        Row::new(&bound.quarters[i], bound.options.iter().map(cell).collect())
    };
    Table::by_option(
        "Money bound at the start of a quarter, £, cash prices, VAT included",
        "Quarter",
        &names,
        shown.map(row).collect(),
    )
}

const PAID: Fill = palette::QUIET;
const OWED: Fill = palette::SERIES[0];

const TOP: f64 = 22.0;
const PLOT: f64 = 110.0;
const FOOT: f64 = 24.0;
const LEFT: f64 = 40.0;

fn draw(bound: &Bound, (axis, divisor): &(Axis, f64), index: usize, layout: Layout) -> Svg {
    let width = match layout {
        Layout::Narrow => Layout::Narrow.full(),
        Layout::Wide => 370.0,
    };
    let (name, amounts) = &bound.options[index];
    let id = format!("bound-{index}{}", layout.suffix());
    let words = sentence(&bound.options[index]);
    let mut svg = Svg::new(&id, width, TOP + PLOT + FOOT, &format!("{name}: money bound by quarter"), &words);
    let place = |v: f64| axis.place(v / divisor, TOP + PLOT, TOP);
    for tick in &axis.ticks {
        let y = place(tick * divisor);
        svg.line((LEFT, y), (width, y), palette::GRID, 1.0);
        let label = format::number(*tick, axis.places);
        svg.label(Label::new(&label, LEFT - 6.0, y + 4.0, 11.0).anchored(Anchor::End).inked(palette::MUTED));
    }
    let pitch = (width - LEFT) / length(amounts.len().max(1));
    let at = |i: usize| LEFT + pitch * length(i);
    // A step for each quarter, closed along the foot.
    for (steps, fill) in [(amounts, OWED), (&bound.paid[index], PAID)] {
        let mut corners = vec![(LEFT, place(0.0))];
        for (i, amount) in steps.iter().enumerate() {
            corners.extend([(at(i), place(*amount)), (at(i + 1), place(*amount))]);
        }
        corners.push((at(steps.len()), place(0.0)));
        svg.polygon(&corners, fill);
    }
    svg.line((LEFT, place(0.0)), (width, place(0.0)), palette::INK, 1.0);
    if let (Some(first), Some(last)) = (amounts.first(), amounts.last()) {
        let (start, end) = (pounds_short(*first), pounds_short(*last));
        let end = Label::new(&end, width - 2.0, place(*last) - 5.0, 11.5).bold().anchored(Anchor::End).haloed();
        let start = Label::new(&start, LEFT + 2.0, place(*first) - 5.0, 11.5).bold().haloed();
        // It stands clear of the steps that it reaches over.
        let over = (0..amounts.len()).take_while(|i| at(*i) < start.bounds().right).map(|i| amounts[i]).fold(*first, f64::max);
        let start = Label { y: place(over) - 5.0, ..start };
        if !start.bounds().overlaps(&end.bounds()) {
            svg.label(start);
        }
        svg.label(end);
    }
    let mut foot = 0.0;
    for (i, quarter) in bound.quarters.iter().enumerate().filter(|(_, q)| q.ends_with("Q1")) {
        let year = quarter.get(2..7).unwrap_or(quarter);
        let label = Label::new(year, at(i), TOP + PLOT + 16.0, 11.0).inked(palette::MUTED);
        let bounds = label.bounds();
        if bounds.left >= foot && bounds.right <= width {
            foot = bounds.right + 6.0;
            svg.label(label);
        }
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::result::Commitment;
    use crate::report::chart::checks;
    use crate::report::sample;

    fn bound() -> Appraisal {
        let mut a = sample::small();
        for (n, option) in a.options.iter().enumerate() {
            for (q, quarter) in ["2027/28 Q1", "2027/28 Q2", "2027/28 Q3", "2027/28 Q4", "2028/29 Q1"].iter().enumerate() {
                let amount = 400_000.0 + 90_000.0 * length(n) + 30_000.0 * length(q);
                a.commitment.push(Commitment {
                    quarter: (*quarter).into(),
                    option: option.id.clone(),
                    amount,
                    paid: 30_000.0 * length(q),
                });
            }
        }
        a
    }

    #[test]
    fn the_title_speaks_of_the_leading_option() {
        // Interoperate is the second of the sample and leads: 400,000 + 90,000.
        assert_eq!(title(&data(&bound()).expect("numbers")), "Interoperate is bound to £490k from the start");
        assert!(figure(&sample::small()).is_none());
    }

    #[test]
    fn labels_fit_and_april_has_a_row() {
        let bound = data(&bound()).expect("numbers");
        let scale = (Axis::covering(0.0, 700.0, 4), 1e3);
        for layout in [Layout::Wide, Layout::Narrow] {
            checks::labels_fit(&draw(&bound, &scale, 2, layout));
        }
        assert_eq!(table(&bound).rows.iter().map(|r| r.heading.as_str()).collect::<Vec<_>>(), ["2027/28 Q1", "2028/29 Q1"]);
    }
}
