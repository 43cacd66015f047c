//! What is left of capital spending at the end of the period.

use super::ledger::{Book, CostLine, PriceBasis};
use crate::assumption::Values;
use crate::programme::{Category, Programme};
use crate::quantity::offset_of;

/// For a line of capital whose class keeps a value, a line of `amount x unexpired share of its life` in the
/// last month, in year-0 prices, as an opportunity cost that is given back: no cash moves. Green Book 2026, 8.32.
///
/// Spending in month m with a life of L months has `max(0, L - (M - m)) / L` of it left at the end of M months.
/// Optimism bias is not added to what is left, since bias lowers benefits.
pub(super) fn follow(programme: &Programme, base: &CostLine, values: &Values, book: &mut impl Book) {
    let Some(asset) = base.asset.map(|a| &programme.assets[a.0]).filter(|a| a.residual) else { return };
    let period = &programme.frame.period;
    let end = period.months();
    let life = 12.0 * asset.life.of(values);
    let real = |month: usize, amount: f64| match base.basis {
        PriceBasis::Real => amount,
        PriceBasis::Nominal => amount / programme.deflator.index[period.year_of(month)],
    };
    let unexpired = |month: usize| {
        let used = f64::from(u32::try_from(end - month).expect("few months"));
        ((life - used) / life).max(0.0)
    };
    let left: f64 = base.amounts.iter().map(|&(m, a)| real(m, a) * unexpired(m)).sum();
    let line = CostLine {
        category: Category::ResidualValue,
        basis: PriceBasis::Real,
        cash: 0.0,
        vat: 0.0,
        bias: None,
        asset: None,
        ..base.terms()
    };
    book.enter(line, base.uses.iter().copied().chain([asset.life.handle()]), [(offset_of(end) - 1, -left)]);
}
