//! The section, on the samples and on cases made for it.

use super::*;
use crate::appraisal::result::Appraisal;
use crate::appraisal::result::BudgetChance;
use crate::report::sample;

fn shown(a: &Appraisal) -> UncertaintyView {
    view(Names(a)).expect("draws")
}

fn cells<'a>(table: &'a Table, row: &str) -> Vec<&'a str> {
    let row = table.rows.iter().find(|r| r.heading == row).expect("a row");
    row.cells.iter().map(|c| c.text.as_str()).collect()
}

#[test]
fn there_is_no_section_without_draws_and_a_sentence_alone_without_ranges() {
    let mut a = sample::small();
    a.uncertainty.as_mut().expect("draws").uncertain = 0;
    a.uncertainty.as_mut().expect("draws").events = 0;
    let certain = shown(&a);
    assert!(certain.sentences.len() == 1 && certain.costs.is_none() && certain.tornado.is_none() && certain.how.is_none());
    a.uncertainty = None;
    assert!(view(Names(&a)).is_none());
}

#[test]
fn costs_are_expected_central_and_p80_in_that_order() {
    // Interoperate: 639,796.817278 on central figures; the sample's mean is 1.1 times, P80 1.28 times that, its
    // standard error 0.2% of it.
    let table = shown(&sample::small()).costs.expect("costs");
    assert_eq!(cells(&table, "Interoperate"), ["£703,776", "£639,797", "£818,940", "£550,225 to £857,328", "£1,280"]);
    let columns: Vec<&str> = table.columns.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(columns[1..4], ["Expected", "Central", "P80"]);
}

#[test]
fn what_is_nothing_for_every_option_has_no_table() {
    let mut a = sample::small();
    assert_eq!(shown(&a).others.len(), 4);
    for option in &mut a.options {
        let u = option.uncertainty.as_mut().expect("draws");
        u.score = None;
        u.dual_running = crate::appraisal::result::Spread { mean: 0.0, p90: 0.0, ..u.dual_running.clone() };
    }
    assert_eq!(shown(&a).others.len(), 2);
}

#[test]
fn how_often_the_central_figure_is_enough() {
    // The curve runs evenly from 0.8 to 1.4 times the central figure: a third of the draws lie below it.
    let told = shown(&sample::small()).sentences;
    assert_eq!(
        told.last().map(String::as_str),
        Some(
            "The central net present cost of Interoperate, £640k, is enough in 33 of 100 draws: the central figures are on the hopeful side, since most ranges reach further up than down."
        )
    );
    assert!(share_below(&[1.0, 2.0, 4.0], 3.0).is_some_and(|s| (s - 0.75).abs() < 1e-12));
    assert!(share_below(&[1.0, 2.0], 0.5).is_some_and(|s| s.abs() < 1e-12));
    assert!(share_below(&[1.0, 2.0], 2.0).is_some_and(|s| (s - 1.0).abs() < 1e-12));
    assert!(share_below(&[1.0, 1.0], 1.0).is_none() && share_below(&[], 1.0).is_none());
}

/// A cost that is 1 in all draws but the last few and 1,000 in these: enough nearly always, and yet too low on average.
#[test]
fn what_is_nearly_always_enough_may_be_too_low_on_average() {
    let mut a = sample::small();
    let id = a.evidence.option.clone();
    let option = a.options.iter_mut().find(|o| o.id == id).expect("there");
    option.cost.npc = 4_000.0;
    let u = option.uncertainty.as_mut().expect("draws");
    u.curve = [vec![4_000.0; 100], vec![6_000.0]].concat();
    u.npc.mean = 4_000.2;
    let told = shown(&a).sentences;
    let last = told.last().expect("said");
    assert!(last.contains("but the other draws cost so much more that"), "{last}");
    assert_eq!([1.0, 0.999, 0.99, 0.0].map(of_draws)[1..3], ["more than 99 of 100 draws", "99 of 100 draws"]);
}

/// Where an option fails a gate in some draws, nothing is said of the choice being the same whatever turns out.
#[test]
fn nothing_is_said_to_be_worth_nothing_where_gates_may_fail() {
    let mut a = sample::small();
    for option in &mut a.options {
        option.uncertainty.as_mut().expect("draws").p_feasible = 1.0;
    }
    for i in &mut a.sensitivity.information_value {
        (i.pounds, i.points) = (0.0, Some(0.0));
    }
    let said = |a: &Appraisal| serde_json::to_string(&shown(a).information).expect("plain data");
    assert!(said(&a).contains("nothing is worth finding out"));
    a.options[1].uncertainty.as_mut().expect("draws").p_feasible = 0.6;
    let told = said(&a);
    assert!(!told.contains("nothing is worth finding out") && told.contains("in 60.0%"), "{told}");
}

#[test]
fn chances_carry_their_error() {
    let table = shown(&sample::small()).chances.expect("chances");
    assert_eq!(cells(&table, "Interoperate"), ["97.0%", "90.0%", "3.3%", "3.3%"]);
    // 1.96 x 0.009 is 1.8 percentage points.
    assert!(table.note.is_some_and(|n| n.starts_with("1,000 draws: a share of the first rank is off by no more than 1.8 ")));
}

#[test]
fn another_order_on_expected_values_is_said() {
    let mut a = sample::small();
    assert_eq!(
        shown(&a).order.as_deref(),
        Some("On weighted score, net present cost and cash, expected values rank the options as central figures do.")
    );
    for (option, expected) in a.options.iter_mut().zip([1, 2, 3]) {
        option.rank_expected = Some(expected);
    }
    assert_eq!(
        shown(&a).order.as_deref(),
        Some(
            "On net present cost and cash, expected values rank the options as central figures do. On weighted score, expected values rank the options otherwise than central figures: Interoperate is second instead of first and Business as usual is first instead of second."
        )
    );
}

#[test]
fn budgets_that_are_often_short_have_a_row_and_others_a_sentence() {
    let mut a = sample::small();
    assert!(shown(&a).budgets.is_none() && shown(&a).budget_sentence.is_none());
    let budget =
        |year: &str, probability| BudgetChance { body: "new".into(), year: year.into(), probability, standard_error: 0.001 };
    for option in &mut a.options {
        let budgets = vec![budget("2027/28", 0.004), budget("2028/29", 0.0)];
        option.uncertainty.as_mut().expect("draws").budgets = budgets;
    }
    assert!(shown(&a).budgets.is_none() && shown(&a).budget_sentence.is_some());
    a.options[1].uncertainty.as_mut().expect("draws").budgets[1].probability = 0.25;
    let table = shown(&a).budgets.expect("a table");
    // In order of rank: Interoperate first.
    assert_eq!(cells(&table, "New Community Trust, 2028/29"), ["25.0%", "0%", "0%"]);
    assert_eq!(table.rows.len(), 1);
}

#[test]
fn only_options_that_move_anything_are_finished() {
    let table = shown(&sample::small()).finish.expect("one moves");
    assert_eq!(table.rows.len(), 1);
    assert_eq!(cells(&table, "Converge on system Y")[1..], ["1 Jun 2028", "1 Sep 2028", "1 Mar 2028 to 1 Dec 2028"]);
}

#[test]
fn information_is_in_the_order_of_what_ranks() {
    let mut a = sample::small();
    let order = |a: &Appraisal| -> Vec<String> {
        let table = shown(a).information.and_then(|i| i.table().cloned()).expect("a table");
        table.rows.iter().map(|r| r.heading.clone()).collect()
    };
    let by_points = ["Everything", "Of one kind, all at once", "All numbers on contracts", "One at a time"];
    assert_eq!(order(&a)[..4], by_points);
    assert_eq!(order(&a)[4..], ["Contract KY: users, price", "Contract KX: users, price"]);
    a.frame.rank_basis = "npc".into();
    assert_eq!(order(&a)[4..], ["Contract KX: users, price", "Contract KY: users, price"]);
    for i in &mut a.sensitivity.information_value {
        (i.pounds, i.points) = (0.0, Some(0.0));
    }
    let none = shown(&a).information.expect("worked out");
    assert!(none.table().is_none());
}
