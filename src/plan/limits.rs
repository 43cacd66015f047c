//! Freezes and precedence: when a service may go live.

use super::{Fault, Move};
use crate::programme::{Programme, ServiceIx};
use crate::quantity::{Month, Quarter};

/// Moves of an option's own that are planned where they may not be. Commitments are decided; they are looked at
/// when they are expected.
pub(super) fn faults(programme: &Programme, moves: &[Move]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for m in moves.iter().filter(|m| m.commitment.is_none()) {
        if let Some(freeze) = frozen(programme, m.service, m.go_live) {
            faults.push(Fault::Frozen(m.service, m.go_live, freeze));
        } else if let Some(rule) = too_early(programme, moves, m.service, m.go_live) {
            faults.push(Fault::TooEarly(m.service, m.go_live, rule));
        }
    }
    faults
}

/// The freeze (by position) in which the first day of a month lies for a service.
#[must_use]
pub fn frozen(programme: &Programme, service: ServiceIx, month: Month) -> Option<usize> {
    let day = month.first_day();
    programme.freezes.iter().position(|f| f.holds(day) && programme.is_in(&f.scope, service))
}

/// The rule of precedence (by position) that a go-live does not keep.
fn too_early(programme: &Programme, moves: &[Move], service: ServiceIx, month: Month) -> Option<usize> {
    programme.precedence.iter().position(|rule| {
        let first = rule.after.filter(|a| *a != service);
        let awaited = first.and_then(|a| moves.iter().filter(|m| m.service == a).map(|m| m.go_live).max());
        programme.is_in(&rule.scope, service)
            && (rule.not_before.is_some_and(|not_before| month < not_before) || awaited.is_some_and(|last| month <= last))
    })
}

/// The first quarter from a month on, within the period, in which a service of these moves may go live.
#[must_use]
pub fn next_free(programme: &Programme, moves: &[Move], service: ServiceIx, from: Month) -> Option<Quarter> {
    let quarters = std::iter::successors(Some(Quarter::of(from)), |q| Some(Quarter::of(q.first_month().plus(3))));
    let within = quarters.take_while(|q| programme.frame.period.index(q.first_month()).is_some());
    let mut free = within.filter(|q| {
        let month = q.first_month();
        month >= from && frozen(programme, service, month).is_none() && too_early(programme, moves, service, month).is_none()
    });
    free.next()
}
