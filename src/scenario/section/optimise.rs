//! `[optimise]`.

use super::{Section, Shape, single};
use crate::assumption::Unit;
use crate::programme::{Aim, InstanceIx, Link, LinkIx, Optimise};
use crate::quantity::AppraisalPeriod;
use crate::scenario::document::Table;
use crate::scenario::fields::{Fields, PROVENANCE, may};
use crate::scenario::kind::Kind;
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

/// `[optimise]`.
pub(crate) const OPTIMISE: Section = Section {
    name: "optimise",
    shape: Shape::Single,
    doc: "What is wanted of a roadmap that is left to the optimiser, what it may choose from, and limits besides those that hold for every plan.",
    entry: Kind::Table(&[
        &[
            may("goal", Kind::OneOf(&["cost", "score"]), "The least net present cost, or the highest score; cost if not given"),
            may("go_lives_per_quarter", Kind::Whole("services", 1, 100_000), "Most services that go live in one quarter"),
            may("users_per_quarter", Kind::Number(Unit::Users), "Most users who go live in one quarter"),
            may("latest_go_live", Kind::GoLive, "The last quarter in which something goes live"),
            may(
                "targets",
                Kind::Ids("instances"),
                "Systems that services may move to; those that the options move services to if not given",
            ),
            may("links", Kind::Ids("links"), "Links that may be built; those that the options build if not given"),
            may("beyond_capacity", Kind::Flag, "Whether teams may be planned beyond their capacity; false if not given"),
            may("beyond_funding", Kind::Flag, "Whether more may be spent than there is money for; false if not given"),
            may(
                "plans",
                Kind::Whole("plans", 1, 1_000_000_000),
                "Plans to try for each roadmap that is sought; 20,000 if not given",
            ),
            may(
                "nodes",
                Kind::Whole("nodes", 0, 1_000_000_000),
                "Nodes of branch and bound to visit for each; 1,000 if not given",
            ),
            may(
                "frontier",
                Kind::Whole("points", 2, 200),
                "Points of the frontier of score against cost, each a roadmap of its own; none if not given",
            ),
            may(
                "limit_prices",
                Kind::Flag,
                "Whether to ask what single limits cost, each by a roadmap without it; false if not given",
            ),
            may(
                "dates",
                Kind::Flag,
                "Whether to ask what better dates would save each option, its moves and links as they are; false if not given",
            ),
            may(
                "over_draws",
                Kind::Whole("draws", 2, 200),
                "Over how many draws of all that is uncertain to choose a roadmap besides, beside the one for central figures; none if not given",
            ),
            may(
                "quantile",
                Kind::Plain("share, such as 0.8", 0.5, 0.99),
                "What of these draws is to be least (0.8 for P80); the mean if not given",
            ),
        ],
        PROVENANCE,
    ]),
};

/// Reads `[optimise]`.
pub(in crate::scenario) fn read(reading: &Reading, root: &Table, period: &AppraisalPeriod, links: &[Link]) -> Optimise {
    let Some(f) = single(reading, root, &OPTIMISE) else { return Optimise::default() };
    f.check_provenance();
    let latest = f.go_live("latest_go_live");
    if latest.is_some_and(|month| month.first_day() < period.as_at) {
        let message =
            format!("nothing may go live after {}, and the as-at date is {}", latest.unwrap_or(period.start()), period.as_at);
        let problem = Problem::new(Code::OutsidePeriod, f.at("latest_go_live"), message);
        reading.report(problem.hint("give a quarter after the as-at date, or leave `latest_go_live` out"));
    }
    Optimise {
        aim: f.choice("goal", &[("cost", Aim::Cost), ("score", Aim::Score)]).unwrap_or(Aim::Cost),
        go_lives: f.whole("go_lives_per_quarter", (1, 100_000)),
        users: f.number("users_per_quarter", Unit::Users),
        latest,
        targets: f.references("targets", "instances").unwrap_or_default().into_iter().map(InstanceIx).collect(),
        links: offered(&f, links),
        beyond_capacity: f.flag("beyond_capacity") == Some(true),
        beyond_funding: f.flag("beyond_funding") == Some(true),
        plans: f.whole("plans", (1, 1_000_000_000)).and_then(|n| u64::try_from(n).ok()),
        nodes: f.whole("nodes", (0, 1_000_000_000)).and_then(|n| u64::try_from(n).ok()),
        frontier: f.whole("frontier", (2, 200)).unwrap_or(0),
        limit_prices: f.flag("limit_prices") == Some(true),
        dates: f.flag("dates") == Some(true),
        over_draws: f.whole("over_draws", (2, 200)).and_then(|n| u64::try_from(n).ok()).unwrap_or(0),
        quantile: quantile(&f),
    }
}

/// What of the draws is to be least, where a roadmap is chosen over some.
fn quantile(f: &Fields<'_>) -> Option<f64> {
    let quantile = f.plain("quantile", (0.5, 0.99));
    if f.has("quantile") && !f.has("over_draws") {
        let message = "`optimise.quantile` has no draws that it could be of";
        let problem = Problem::new(Code::Optimise, f.at("quantile"), message);
        f.reading.report(problem.hint("say over_draws = 20, or leave `quantile` out"));
    }
    quantile
}

/// Links that may be built: those that exist cannot be.
fn offered(f: &Fields<'_>, links: &[Link]) -> Vec<LinkIx> {
    let listed: Vec<LinkIx> = f.references("links", "links").unwrap_or_default().into_iter().map(LinkIx).collect();
    for link in listed.iter().filter_map(|l| links.get(l.0)).filter(|l| l.baseline) {
        let message = format!("`optimise.links` offers `{}`, which exists already (baseline = true)", link.id);
        let problem = Problem::new(Code::Optimise, f.at("links"), message);
        f.reading.report(problem.hint("take it out of the list, or set baseline = false"));
    }
    listed
}
