//! Optimism bias on money, as lines of its own.

use super::ledger::{Book, CostLine};
use crate::assumption::Values;
use crate::programme::{Category, Programme};
use crate::quantity::offset_of;

/// For a line that names a bias, a line of `amount x bias x (1 - mitigated)` in the same months, on the same
/// terms. Green Book 2026, 6.78-6.82. A benefit is lowered: its own sign is negative, so the uplift is
/// turned round.
pub(super) fn follow(programme: &Programme, base: &CostLine, values: &Values, book: &mut impl Book) {
    let Some(bias) = base.bias.map(|b| &programme.biases[b.0]) else { return };
    let Some((line, uplift)) = on(programme, base, values) else { return };
    // Not worked out before a book asks for it.
    let own = std::iter::once(()).flat_map(|()| [bias.money.handle()].into_iter().chain(bias.mitigation_uses()));
    let amounts = base.amounts.iter().map(|&(m, a)| (offset_of(m), a.abs() * uplift));
    book.enter(line, base.uses.iter().copied().chain(own), amounts);
}

/// The line, without its amounts, and the uplift: each of its amounts is the uplift times the size of the base's.
pub(super) fn on(programme: &Programme, base: &CostLine, values: &Values) -> Option<(CostLine, f64)> {
    let uplift = programme.biases[base.bias?.0].on_money(values);
    // What another criterion scores stays out of the cost criterion, its bias with it.
    let category = if base.category == Category::ScoredElsewhere { base.category } else { Category::OptimismBias };
    Some((CostLine { category, bias: None, ..base.terms() }, uplift))
}
