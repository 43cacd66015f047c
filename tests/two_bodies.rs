//! The illustrative scenarios `new-product` and `one-product`: figures worked out apart from the engine by
//! `tests/oracle/two_bodies.py`, and what they are there to show.

mod support;

use appraise::appraisal::result::{Appraisal, OptionResult};
use support::{appraise, files, six};

fn option<'a>(appraisal: &'a Appraisal, id: &str) -> &'a OptionResult {
    appraisal.options.iter().find(|o| o.id == id).expect("an option")
}

/// Own cost of what is left behind (not on invoices), what is owed after the period, and that discounted.
fn left(option: &OptionResult, instance: &str) -> (String, [f64; 3]) {
    let left = option.archives.iter().find(|a| a.instance == instance).expect("it is left");
    let own = left.present.expect("kept") - left.invoiced.expect("kept");
    let owed = [own, left.liability_real.expect("kept"), left.liability.expect("kept")];
    (left.strategy.clone().expect("kept"), owed)
}

#[test]
fn a_new_product_for_all_agrees_with_the_oracle() {
    let a = appraise(&files("new-product"));
    six(option(&a, "bau").cost.npc, 21_450_235.080_604);
    let (strategy, [own, owed, present]) = left(option(&a, "converge_b"), "a");
    assert_eq!(strategy, "Extract to an archive");
    six(own, 501_223.982_556);
    six(owed, 540_000.0);
    six(present, 300_911.348_540);
    // 3,400 users of A and 3,000 of B, nine hours each, at £36.
    six(option(&a, "replace").effort.training_hours, 57_600.0);
    six(option(&a, "converge_b").effort.training_hours, 30_600.0);
}

#[test]
fn a_new_product_for_all_shows_every_kind_of_option_and_what_is_left_behind() {
    let a = appraise(&files("new-product"));
    let kinds: Vec<&str> = a.options.iter().map(|o| o.kind.as_str()).collect();
    assert_eq!(kinds, ["business_as_usual", "interoperate", "converge", "converge", "replace"]);
    let replace = option(&a, "replace");
    assert_eq!(replace.archives.iter().map(|l| l.instance.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let owed = replace.terminal_liability.as_ref().expect("twenty years are longer than ten");
    six(owed.present, replace.archives.iter().filter_map(|l| l.liability).sum());
    // What cannot be had is named with its reason, and nobody leaves anything under the others.
    assert!(replace.archives[0].why.contains("do not fit the data model"), "{}", replace.archives[0].why);
    assert!(["bau", "interoperate"].iter().all(|id| option(&a, id).archives.is_empty()));
    // A contract that is signed only if it is needed charges nobody else.
    let charged = |o: &OptionResult| o.dual_running.by_contract.iter().find(|c| c.contract == "c").expect("C").invoice;
    assert!(a.options.iter().all(|o| (charged(o) > 0.0) == (o.id == "replace")));
}

#[test]
fn two_instances_of_one_product_agree_with_the_oracle() {
    let a = appraise(&files("one-product"));
    six(option(&a, "bau").cost.npc, 15_373_868.251_398);
    let (strategy, [own, owed, present]) = left(option(&a, "merge"), "south");
    assert_eq!(strategy, "Migrate all records");
    six(own, 301_858.266_919);
    six(owed, 0.0);
    six(present, 0.0);
    assert!(option(&a, "merge").terminal_liability.is_none());
    // 1,300 southern users who know the product, three hours each.
    six(option(&a, "merge").effort.training_hours, 3_900.0);
}

#[test]
fn two_instances_of_one_product_lose_their_discount_once_one_is_left() {
    let a = appraise(&files("one-product"));
    let kinds: Vec<&str> = a.options.iter().map(|o| o.kind.as_str()).collect();
    assert_eq!(kinds, ["business_as_usual", "interoperate", "rationalise"]);
    // A merged instance has no discount; two discounted ones cost 95% of the price.
    let text = |o: &Appraisal, id: &str| option(o, id).cost.by_category["service"].present;
    let plain = "discount = { low = 0, likely = 0.05, high = 0.10 }";
    let mut without = files("one-product");
    for file in &mut without {
        file.bytes = String::from_utf8_lossy(&file.bytes).replace(plain, "discount = 0").into_bytes();
    }
    let b = appraise(&without);
    six(text(&a, "bau") / 0.95, text(&b, "bau"));
    let merged = text(&a, "merge") / text(&b, "merge");
    assert!(merged > 0.95 && merged < 1.0, "discounted only until the southern instance is left: {merged}");
}
