//! Optimism bias on money, as lines of its own.

use super::ledger::{CostLine, Ledger};
use crate::assumption::Values;
use crate::programme::{Category, Programme};
use crate::quantity::offset_of;

/// For every line that names a bias, a line of `amount x bias x (1 - mitigated)` in the same months,
/// on the same terms. Green Book 2026, 6.78-6.82. A benefit is lowered: its own sign is negative, so
/// the uplift is turned round.
pub(super) fn book(programme: &Programme, values: &Values, ledger: &mut Ledger) {
    let biased: Vec<CostLine> = ledger.lines().iter().filter(|l| l.bias.is_some()).cloned().collect();
    for base in biased {
        let Some(bias) = base.bias.map(|b| &programme.biases[b.0]) else { continue };
        let uplift = bias.on_money(values);
        // What another criterion scores stays out of the cost criterion, its bias with it.
        let category = if base.category == Category::ScoredElsewhere { base.category } else { Category::OptimismBias };
        let mut line = CostLine { category, bias: None, amounts: Vec::new(), ..base.clone() };
        line.uses.push(bias.money.handle());
        line.uses.extend(bias.mitigation_uses());
        ledger.book(line, base.amounts.iter().map(|&(m, a)| (offset_of(m), a.abs() * uplift)));
    }
}
