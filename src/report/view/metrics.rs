//! Summary metrics of social value by option.

use super::names::Names;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use crate::appraisal::result::Economics;
use crate::appraisal::result::Increment;
use crate::appraisal::result::OptionResult;
use crate::report::format;

/// Stands where there is nothing positive to divide by.
pub(super) const NOT_DEFINED: &str = "n/a";

/// A ratio to two decimals.
pub(super) fn ratio(value: Option<f64>) -> String {
    value.map_or_else(|| NOT_DEFINED.to_owned(), |v| format::number(v, 2))
}

/// A measure of an option: heading, explanation, value as text; none where an option has no such value.
type Metric = (&'static str, &'static str, fn(&Economics) -> Option<String>);

const WHOLE: [Metric; 8] = [
    ("Benefits", "less the optimism bias on them", |e| Some(format::pounds(e.benefits))),
    ("Costs", "less residual value", |e| Some(format::pounds(e.costs))),
    ("Of which public sector", "", |e| Some(format::pounds(e.public_costs))),
    ("Of which others", "households, businesses and others", |e| Some(format::pounds(e.other_costs))),
    ("Residual value", "at the end of the period", |e| Some(format::pounds(e.residual_value))),
    ("Net present social value", "benefits less costs", |e| Some(format::pounds(e.npsv))),
    ("Benefit-cost ratio", "benefits over costs", |e| Some(ratio(e.benefit_cost_ratio))),
    ("Return on public sector cost", "benefits less costs of others, over public costs", |e| {
        Some(ratio(e.return_on_public_sector_cost))
    }),
];

/// What an option adds to business as usual.
type Further = (&'static str, fn(&Increment) -> String);

const FURTHER: [Further; 5] = [
    ("Further benefits", |i| format::signed_pounds(i.benefits)),
    ("Further costs", |i| format::signed_pounds(i.costs)),
    ("Change in net present social value", |i| format::signed_pounds(i.npsv)),
    ("Benefit-cost ratio of the change", |i| ratio(i.benefit_cost_ratio)),
    ("Return on public sector cost of the change", |i| ratio(i.return_on_public_sector_cost)),
];

/// Whether any option has benefits or costs at all.
pub(super) fn any(options: &[OptionResult]) -> bool {
    options.iter().any(|o| o.economics.benefits.abs() >= 0.5 || o.economics.costs.abs() >= 0.5)
}

/// The metrics, those of the whole option before those of the change, and costs of a unit last.
pub(super) fn table(names: Names<'_>) -> Option<Table> {
    let options = &names.0.options;
    if !any(options) {
        return None;
    }
    let row = |heading: &str, text: &dyn Fn(&OptionResult) -> Option<String>| {
        let cells = options.iter().map(|o| Cell::number(text(o).unwrap_or_else(|| format::NONE.to_owned())));
        Row::new(heading, cells.collect())
    };
    let mut rows = vec![Row::group("Of the option as a whole")];
    for (heading, detail, metric) in WHOLE {
        let row = row(heading, &|o| metric(&o.economics));
        rows.push(if detail.is_empty() { row } else { row.detailed(detail) });
    }
    if options.iter().any(|o| o.economics.against_business_as_usual.is_some()) {
        rows.push(Row::group("Against business as usual"));
        for (heading, further) in FURTHER {
            rows.push(row(heading, &|o| o.economics.against_business_as_usual.as_ref().map(further)));
        }
    }
    rows.extend(unit_costs(names));
    let caption = format!("Summary metrics of social value, present value in {} prices, £", names.0.frame.price_base);
    let note = "n/a: there is nothing positive to divide by. A ratio of the whole option and one of the change are different questions; neither has a threshold.";
    Some(Table::by_option(caption, "Metric", &names.options(), rows).noted(note))
}

/// Net present cost of one unit of what is counted and not priced.
fn unit_costs(names: Names<'_>) -> Vec<Row> {
    let options = &names.0.options;
    let mut streams: Vec<(&str, &str, &str)> = Vec::new();
    for unit in options.iter().flat_map(|o| &o.economics.unit_costs) {
        if !streams.iter().any(|s| s.0 == unit.stream) {
            streams.push((&unit.stream, &unit.name, &unit.unit));
        }
    }
    let mut rows = Vec::new();
    for (stream, name, unit) in streams {
        rows.push(Row::group(format!("{name} ({unit}), counted and not priced")));
        let mut row = |heading: &str, text: &dyn Fn(&crate::appraisal::result::UnitCost) -> String| {
            let found = |o: &OptionResult| o.economics.unit_costs.iter().find(|u| u.stream == stream).map(text);
            let cells = options.iter().map(|o| Cell::number(found(o).unwrap_or_else(|| format::NONE.to_owned())));
            rows.push(Row::new(heading, cells.collect()));
        };
        let price = |p: Option<f64>| p.map_or_else(|| NOT_DEFINED.to_owned(), format::with_pence);
        row("Units over the period", &|u| format::number(u.quantity, 0));
        row("Net present cost of a unit", &|u| price(u.pounds_per_unit));
        row("Units for £1m of net present cost", &|u| {
            u.units_per_million.map_or_else(|| NOT_DEFINED.to_owned(), |n| format::number(n, 0))
        });
        row("Cost of a further unit", &|u| price(u.pounds_per_further_unit));
    }
    rows
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::appraisal::result::Appraisal;
    use crate::appraisal::result::UnitCost;
    use crate::report::sample;

    /// The small sample with 100,000 of benefits in converging, 40,000 of whose costs fall on households.
    pub(in crate::report::view) fn with_metrics() -> Appraisal {
        let mut a = sample::small();
        let usual = a.options[0].cost.npc;
        for option in &mut a.options {
            let npc = option.cost.npc;
            let benefits = if option.id == "converge" { 100e3 } else { 0.0 };
            let others = if option.id == "converge" { 40e3 } else { 0.0 };
            let costs = npc + benefits;
            option.economics = Economics {
                benefits,
                costs,
                public_costs: costs - others,
                other_costs: others,
                residual_value: 0.0,
                npsv: -npc,
                benefit_cost_ratio: Some(benefits / costs),
                return_on_public_sector_cost: Some((benefits - others) / (costs - others)),
                against_business_as_usual: (option.id != "bau").then(|| Increment {
                    benefits,
                    costs: costs - usual,
                    npsv: usual - npc,
                    benefit_cost_ratio: Some(benefits / (costs - usual)),
                    return_on_public_sector_cost: None,
                }),
                unit_costs: Vec::new(),
            };
        }
        a
    }

    fn cells(table: &Table, heading: &str) -> Vec<String> {
        let row = table.rows.iter().find(|r| r.heading == heading).expect("the row");
        row.cells.iter().map(|c| c.text.clone()).collect()
    }

    #[test]
    fn whole_and_change_are_kept_apart() {
        let table = table(Names(&with_metrics())).expect("metrics");
        // 100,000 / 1,075,231.52 = 0.093; 60,000 / 1,035,231.52 = 0.058; 100,000 / 528,028.91 = 0.189.
        assert_eq!(cells(&table, "Benefit-cost ratio"), ["0.00", "0.00", "0.09"]);
        assert_eq!(cells(&table, "Return on public sector cost")[2], "0.06");
        assert_eq!(cells(&table, "Of which others")[2], "£40,000");
        assert_eq!(cells(&table, "Benefit-cost ratio of the change"), ["\u{2013}", "0.00", "0.19"]);
        assert_eq!(cells(&table, "Return on public sector cost of the change")[1..], ["n/a", "n/a"]);
        assert_eq!(cells(&table, "Change in net present social value")[1], "\u{2212}£92,594");
    }

    #[test]
    fn units_have_their_cost() {
        let mut appraisal = with_metrics();
        appraisal.options[1].economics.unit_costs = vec![UnitCost {
            stream: "found".into(),
            name: "Records found".into(),
            unit: "records".into(),
            quantity: 600.0,
            present_quantity: 541.8,
            pounds_per_unit: Some(7.929),
            units_per_million: Some(126_115.38),
            pounds_per_further_unit: None,
        }];
        let table = table(Names(&appraisal)).expect("metrics");
        assert_eq!(cells(&table, "Net present cost of a unit"), ["\u{2013}", "£7.93", "\u{2013}"]);
        assert_eq!(cells(&table, "Units for £1m of net present cost")[1], "126,115");
        assert_eq!(cells(&table, "Cost of a further unit")[1], "n/a");
    }

    #[test]
    fn without_money_there_are_no_metrics() {
        assert!(table(Names(&sample::small())).is_none());
    }
}
