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
/// every option, so that they can be compared. Empty for business as usual, and where there is none.
///
/// # Method
/// Each step is the difference in present value of its categories; together they are the difference in
/// net present cost. The parts of dual running are one step. Licences and dual running always have
/// their own.
pub(super) fn steps(case: &Case<'_>, option: usize) -> Vec<WaterfallStep> {
    let Some(usual) = case.usual.filter(|usual| *usual != option) else { return Vec::new() };
    let change = Changes { case, usual };
    let one = |(step, categories): &Step| WaterfallStep {
        step: (*step).to_owned(),
        change: change.sum(option, categories),
        categories: categories.iter().map(|c| (c.word().to_owned(), change.of(option, *c))).collect(),
    };
    change.shape().iter().map(one).collect()
}

/// Differences from business as usual.
struct Changes<'a> {
    case: &'a Case<'a>,
    usual: usize,
}

impl Changes<'_> {
    /// Of one category.
    fn of(&self, option: usize, category: Category) -> f64 {
        let present = |o: usize| self.case.outcome.options[o].totals.present(category);
        present(option) - present(self.usual)
    }

    fn sum(&self, option: usize, categories: &[Category]) -> f64 {
        categories.iter().map(|c| self.of(option, *c)).sum()
    }

    fn others(&self) -> impl Iterator<Item = usize> {
        let usual = self.usual;
        (0..self.case.plans.len()).filter(move |o| *o != usual)
    }

    /// Whether any option has costs in a category.
    fn used(&self, category: Category) -> bool {
        self.case.outcome.options.iter().any(|o| o.totals.present(category).abs() > NOTHING)
    }

    /// The steps that an appraisal has.
    fn shape(&self) -> Vec<Step> {
        let mut by_step: IndexMap<&'static str, Vec<Category>> = IndexMap::new();
        for category in Category::ALL.into_iter().filter(|c| self.used(*c)) {
            let step = if category.is_dual_running() { "dual_running" } else { category.word() };
            by_step.entry(step).or_default().push(category);
        }
        let named = |step: &str| step == "service" || step == "dual_running";
        let changes = |categories: &[Category]| self.others().any(|o| self.sum(o, categories).abs() > NOTHING);
        by_step.retain(|step, categories| named(step) || changes(categories));
        let all: Vec<f64> = (0..self.case.plans.len()).map(|o| by_step.values().map(|c| self.sum(o, c).abs()).sum()).collect();
        let is_small = |step: &str, categories: &[Category]| {
            !named(step) && self.others().all(|o| self.sum(o, categories).abs() <= SMALL * all[o] + NOTHING)
        };
        let (small, mut shown): (Vec<Step>, Vec<Step>) = by_step.into_iter().partition(|(step, c)| is_small(step, c));
        match small.as_slice() {
            // A single one gains nothing from another name.
            [] | [_] => {
                shown.extend(small);
                shown.sort_by_key(|(_, categories)| categories.first().copied());
            }
            _ => shown.push(("other", small.into_iter().flat_map(|(_, c)| c).collect())),
        }
        shown
    }
}
