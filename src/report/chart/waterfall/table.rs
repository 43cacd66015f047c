//! The numbers of the waterfall: every step, and every category within one.

use super::Waterfall;
use crate::appraisal::result::WaterfallStep;
use crate::report::format;
use crate::report::view::table::Cell;
use crate::report::view::table::Row;
use crate::report::view::table::Table;

pub(super) fn table(waterfall: &Waterfall) -> Table {
    let options = &waterfall.options;
    let names: Vec<String> = options.iter().map(|o| o.name.clone()).collect();
    let mut rows = vec![Row::new(&waterfall.usual, vec![Cell::number(format::pounds(waterfall.start)); options.len()])];
    let first = options.first().map_or(&[][..], |o| &o.steps);
    for (i, step) in first.iter().enumerate() {
        let row = |heading: String, amount: &dyn Fn(&WaterfallStep) -> f64| {
            let cells = options.iter().map(|o| o.steps.get(i).map_or(0.0, amount));
            Row::new(heading, cells.map(|a| Cell::number(format::signed_pounds(a))).collect())
        };
        rows.push(row(format::words(&step.step), &|s| s.change));
        if step.categories.len() > 1 {
            rows.extend(step.categories.keys().map(|category| {
                let name = format::words(category);
                let name = name.strip_prefix("Dual running: ").unwrap_or(&name);
                row(format!("of which {}", format::uncapitalised(name)), &|s| s.categories.get(category).copied().unwrap_or(0.0))
            }));
        }
    }
    rows.push(Row::total("Net present cost", options.iter().map(|o| Cell::number(format::pounds(o.end))).collect()));
    let caption = format!("From {} to each option, present value in {} prices, £", waterfall.usual, waterfall.price_base);
    let small = "Other is what makes up at most 2% of the changes of every option, signs apart. ";
    let note = format!(
        "A plus adds to cost, a minus takes from it. {}Figures may not add because of rounding.",
        if first.iter().any(|s| s.step == "other") { small } else { "" }
    );
    Table::by_option(caption, "Step", &names, rows).noted(note)
}
