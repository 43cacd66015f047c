//! Headline figures taken apart once, for the pack.

use super::{Explainer, Explanation, Rule};
use crate::appraisal::result::{FigureExplanation, FigureOperand};

/// The figures of an option that the pack heads with, by their paths below the option.
const HEADLINE: [&str; 5] = ["cost.npc", "dual_running.present", "financial.cash", "effort.person_days", "score"];

impl Explainer<'_> {
    /// The headline figures of every option. Their operands add up to them.
    #[must_use]
    pub fn headline_figures(&self) -> Vec<FigureExplanation> {
        let options = self.appraisal().options.iter();
        let paths = options.flat_map(|o| HEADLINE.iter().map(|below| (o.id.as_str(), format!("options.{}.{below}", o.id))));
        let known = paths.filter(|(_, path)| self.knows(path));
        let found =
            known.filter_map(|(option, path)| Some((option, self.explain(&path).ok()?))).filter(|(_, e)| e.rule == Rule::Sum);
        found.enumerate().map(|(n, (option, e))| figure(n, option, e)).collect()
    }
}

fn figure(n: usize, option: &str, e: Explanation) -> FigureExplanation {
    let operand =
        |o: &Explanation| FigureOperand { item: o.item.clone(), name: o.name.clone(), value: o.value, unit: o.unit.clone() };
    let mut operands: Vec<FigureOperand> = e.operands.iter().map(operand).collect();
    operands.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    FigureExplanation {
        anchor: format!("explained-{}", n + 1),
        item: e.item.unwrap_or_default(),
        option: option.to_owned(),
        name: e.name,
        value: e.value,
        unit: e.unit,
        formula: e.formula,
        method: e.method.unwrap_or_default().to_owned(),
        operands,
    }
}
