//! What a contract takes besides its invoice: procuring it anew, consent to its passing on, moving on from it, and what
//! its end leaves with those who provided it and those who did without.

use super::ledger::{Book, CostLine, Lineage, PriceBasis, evenly};
use super::term::{Term, TermKind};
use crate::assumption::{Assumed, Values};
use crate::programme::{Category, OnTransfer};
use crate::quantity::offset_of;

/// Books it, once the terms of the contract are known.
pub(super) fn book(term: &Term<'_>, values: &Values, book: &mut impl Book) {
    let contract = term.contract;
    let once = |lineage: Lineage| {
        let mut line = CostLine::new(Category::External, lineage, term.payer());
        line.passes = term.passes();
        line
    };
    let begun = |kind: TermKind| term.taken.iter().filter(move |t| t.kind == kind).map(|t| t.from);
    if let (Some(month), Some(cost)) = (begun(TermKind::Renewal).next(), contract.renewal.as_ref().and_then(|r| r.cost)) {
        book.enter(once(Lineage::Renewal(term.ix)), [cost.handle()], [(month, cost.of(values))]);
    }
    if let Some(cost) = contract.reprocurement.as_ref().and_then(|r| r.cost) {
        let months = begun(TermKind::Reprocurement).map(|m| (m, cost.of(values)));
        book.enter(once(Lineage::Reprocurement(term.ix)), [cost.handle()], months);
    }
    if let (Some(month), Some(cost)) = (term.moving_on(), contract.end_exit) {
        book.enter(once(Lineage::EndExit(term.ix)), [cost.handle()], [(month, cost.of(values))]);
    }
    if let Some((to, OnTransfer::NeedsConsent { cost: Some(cost), .. }, on)) = term.transfer() {
        // Whoever takes the contract over needs the consent.
        let line = CostLine::new(Category::External, Lineage::Consent(term.ix), Some(to));
        book.enter(line, [cost.handle()], [(on, cost.of(values))]);
    }
    ended(term, values, book);
}

/// What the end of an agreement takes within the period, for both sides together and in cash prices, if the month after
/// the last that is paid is this one. None where another follows, or where it comes after the period.
pub(super) fn set_off(term: &Term<'_>, after: i32) -> f64 {
    let (programme, values) = (term.programme, term.values);
    let Some(month) = usize::try_from(after).ok().filter(|m| (1..term.months()).contains(m) && !term.is_followed()) else {
        return 0.0;
    };
    let cash = |m: usize| programme.deflator.index[programme.frame.period.year_of(m)];
    let of = |cost: Option<Assumed<f64>>| cost.map_or(0.0, |c| c.of(values));
    let own = term.contract.on_exit.as_ref().map_or(0.0, |exit| {
        let staff = of(exit.staff) / 12.0;
        (of(exit.capital) + of(exit.transition)) * cash(month) + (month..term.months()).map(|m| staff * cash(m)).sum::<f64>()
    });
    let retained = term.contract.retained.as_ref().filter(|_| term.contract.provider.is_some());
    let provider = retained.map_or(0.0, |retained| {
        let months = (month..term.months()).take(retained.months).map(|_| 1.0).sum::<f64>();
        months * retained.share.of(values) * term.charged(month - 1)
    });
    own + provider
}

/// The end of an agreement that nothing follows: what must be had otherwise from then on, and what its provider is left
/// with.
fn ended(term: &Term<'_>, values: &Values, book: &mut impl Book) {
    let end = offset_of(term.months());
    let Some(after) = term.moving_on().map(|last| last + 1).filter(|after| *after < end) else { return };
    if let Some(exit) = &term.contract.on_exit {
        let mut capital = CostLine::new(Category::External, Lineage::OnExit(term.ix), term.payer());
        capital.passes = term.passes();
        let transition = capital.clone();
        let mut staff = capital.clone();
        capital.asset = exit.asset;
        staff.category = Category::InstanceRun;
        let one = |cost: Option<Assumed<f64>>| cost.map(|c| (c.handle(), c.of(values)));
        for (line, cost) in [(capital, one(exit.capital)), (transition, one(exit.transition))] {
            if let Some((handle, cost)) = cost {
                book.enter(line, [handle], [(after, cost)]);
            }
        }
        if let Some((handle, a_year)) = one(exit.staff) {
            book.enter(staff, [handle], (after..end).map(|m| (m, a_year / 12.0)));
        }
    }
    if let (Some(retained), Some(provider)) = (&term.contract.retained, term.contract.provider) {
        // Cash prices of the last month that was paid, which is the month before.
        let mut line = CostLine::new(Category::InstanceRun, Lineage::Retained(term.ix), Some(provider));
        line.basis = PriceBasis::Nominal;
        let last = usize::try_from(after - 1).unwrap_or(0);
        let a_month = retained.share.of(values) * term.charged(last);
        book.enter(
            line,
            [retained.share.handle()],
            evenly(after, retained.months, a_month * f64::from(u32::try_from(retained.months).unwrap_or(0))),
        );
    }
}
