//! From business as usual to an option: what raises and what lowers net present cost.

use super::Case;
use super::result::WaterfallStep;
use crate::programme::Category;
use indexmap::IndexMap;

/// A step that is at most this share of an option's changes, in every option, goes into `other`.
/// Changes are counted without their sign.
const SMALL: f64 = 0.02;

/// What counts as no change, in pounds: far below what sums of this size can be wrong by.
const NOTHING: f64 = 1e-6;

/// A step and the categories in it.
type Step = (&'static str, Vec<Category>);

/// The steps from business as usual to an option, in the order of the categories; the same ones for
/// every option, so that they can be compared. Empty for business as usual.
///
/// # Method
/// Each step is the difference in present value of its categories; together they are the difference in
/// net present cost. The parts of dual running are one step. Licences and dual running always have
/// their own.
pub(super) fn steps(case: &Case<'_>, option: usize) -> Vec<WaterfallStep> {
    if option == case.usual {
        return Vec::new();
    }
    let one = |(step, categories): &Step| WaterfallStep {
        step: (*step).to_owned(),
        change: sum(case, option, categories),
        categories: categories.iter().map(|c| (c.word().to_owned(), change(case, option, *c))).collect(),
    };
    shape(case).iter().map(one).collect()
}

/// The steps that an appraisal has.
fn shape(case: &Case<'_>) -> Vec<Step> {
    let mut by_step: IndexMap<&'static str, Vec<Category>> = IndexMap::new();
    for category in Category::ALL.into_iter().filter(|c| used(case, *c)) {
        let step = if category.is_dual_running() { "dual_running" } else { category.word() };
        by_step.entry(step).or_default().push(category);
    }
    let named = |step: &str| step == "service" || step == "dual_running";
    let changes = |categories: &[Category]| others(case).any(|o| sum(case, o, categories).abs() > NOTHING);
    by_step.retain(|step, categories| named(step) || changes(categories));
    let all: Vec<f64> = (0..case.plans.len()).map(|o| by_step.values().map(|c| sum(case, o, c).abs()).sum()).collect();
    let is_small = |step: &str, categories: &[Category]| {
        !named(step) && others(case).all(|o| sum(case, o, categories).abs() <= SMALL * all[o] + NOTHING)
    };
    let (small, mut shown): (Vec<Step>, Vec<Step>) = by_step.into_iter().partition(|(step, c)| is_small(step, c));
    match small.as_slice() {
        // A single one gains nothing from another name.
        [] => {}
        [_] => {
            shown.extend(small);
            shown.sort_by_key(|(_, categories)| categories.first().copied());
        }
        _ => shown.push(("other", small.into_iter().flat_map(|(_, c)| c).collect())),
    }
    shown
}

fn others<'a>(case: &'a Case<'_>) -> impl Iterator<Item = usize> + 'a {
    (0..case.plans.len()).filter(|o| *o != case.usual)
}

/// Whether any option has costs in a category.
fn used(case: &Case<'_>, category: Category) -> bool {
    case.outcome.options.iter().any(|o| o.totals.present(category).abs() > NOTHING)
}

fn change(case: &Case<'_>, option: usize, category: Category) -> f64 {
    let present = |o: usize| case.outcome.options[o].totals.present(category);
    present(option) - present(case.usual)
}

fn sum(case: &Case<'_>, option: usize, categories: &[Category]) -> f64 {
    categories.iter().map(|c| change(case, option, *c)).sum()
}
