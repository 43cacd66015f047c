//! One way by which more users may come onto a contract.

use crate::assumption::Unit;
use crate::programme::{Route, RouteKind};
use crate::scenario::fields::{Field, Fields, may, must};
use crate::scenario::kind::Kind;

pub(super) const ROUTE: &[Field] = &[
    must(
        "kind",
        Kind::OneOf(&["headroom", "modification", "framework_call_off", "competition"]),
        "What the contract provides for, a change of it, a call-off from a framework, or a competition",
    ),
    may("lead_months", Kind::Whole("months", 0, 120), "Months from starting to the right to add users; 0 if not given"),
    may("cost", Kind::Number(Unit::Pounds), "What it costs, once, year-0 prices"),
    may("users", Kind::Number(Unit::Users), "Users that it can add at most"),
    may(
        "growth",
        Kind::Number(Unit::Uplift),
        "Share by which the yearly charge for users may grow at most, such as 50%: what the law allows is for legal advice",
    ),
    may("until", Kind::Date, "Last day on which it can be started, such as the end of a framework"),
];

pub(super) fn read(id: &str, f: &Fields<'_>) -> Route {
    f.check_provenance();
    if !f.has("kind") {
        f.missing("kind");
    }
    let kinds = [
        ("headroom", RouteKind::Headroom),
        ("modification", RouteKind::Modification),
        ("framework_call_off", RouteKind::FrameworkCallOff),
        ("competition", RouteKind::Competition),
    ];
    Route {
        id: id.to_owned(),
        kind: f.choice("kind", &kinds).unwrap_or(RouteKind::Competition),
        lead: f.whole("lead_months", (0, 120)).unwrap_or(0),
        cost: f.number("cost", Unit::Pounds),
        users: f.number("users", Unit::Users),
        growth: f.number("growth", Unit::Uplift),
        until: f.date("until"),
    }
}
