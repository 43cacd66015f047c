//! What a reader should know before relying on the figures.

use super::result::{ImpliedRate, Warning};
use super::{Case, archives, exits, naming, value_for_money};
use crate::assumption::{Evidence, Origin, Values};
use crate::costing::Lineage;
use crate::plan;
use crate::programme::{BenefitClass, BiasLevel, Category, Mode, OnTransfer, OptionSet, Organisation, Start, Stream, StreamKind};
use crate::quantity::{fixed, offset_of, pounds};

/// All warnings, in a fixed order.
pub(super) fn warnings(case: &Case<'_>, rates: &[ImpliedRate], values: &Values) -> Vec<Warning> {
    let mut all = Vec::new();
    let mut warn = |code: &str, message: String| {
        let warning = Warning { code: code.to_owned(), message };
        if !all.contains(&warning) {
            all.push(warning);
        }
    };
    weighted_score(case, &mut warn);
    optimism_bias(case, values, &mut warn);
    super::twice::counted_twice(case, values, &mut warn);
    own_evidence(case, &mut warn);
    owners(case, &mut warn);
    for option in 0..case.plans.len() {
        notices(case, option, &mut warn);
        records_kept(case, option, &mut warn);
        work(case, option, values, &mut warn);
        frozen(case, option, &mut warn);
    }
    outside_anchors(case, &mut warn);
    for rate in rates {
        if let Some(message) = &rate.warning {
            warn("implied_rate", message.clone());
        }
    }
    duplicates(case, &mut warn);
    vat(case, &mut warn);
    whole_life(case, values, &mut warn);
    never_starts(case, &mut warn);
    no_route(case, &mut warn);
    consent(case, &mut warn);
    super::unsaid::warnings(case, &mut warn);
    evidence(case, &mut warn);
    all
}

fn weighted_score(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    if case.programme.frame.mode == Mode::WeightedScore {
        warn(
            "weighted_score",
            "A shortlist is ranked by weighting and scoring, which the Green Book 2026 (5.15) recommends against.".to_owned(),
        );
    }
}

/// Optimism bias is mandatory (Green Book 2026, 6.79), and below the published lower bound it needs a
/// second look.
fn optimism_bias(case: &Case<'_>, values: &Values, warn: &mut impl FnMut(&str, String)) {
    let biased = case.outcome.options.iter().any(|o| o.costing.lines.iter().any(|l| l.bias.is_some()));
    let works = case.outcome.options.iter().any(|o| !o.plan.moves.is_empty() || o.plan.links.iter().any(|l| l.live.is_some()));
    if works && !biased {
        warn(
            "no_optimism_bias",
            "No optimism bias on money is applied to any work; the Green Book 2026 (6.79) asks for an explicit adjustment."
                .to_owned(),
        );
    }
    for bias in &case.programme.biases {
        let BiasLevel::Table { project_type, .. } = &bias.level else { continue };
        let Some(bounds) = case.programme.parameters.optimism_bias.get(project_type) else { continue };
        let resultant = bias.on_money(values);
        if resultant < bounds.money.0 - 1e-9 {
            let (now, least) = (fixed(100.0 * resultant, 1), fixed(100.0 * bounds.money.0, 1));
            warn(
                "bias_below_lower_bound",
                format!(
                    "Optimism bias \u{201c}{}\u{201d} comes to {now}%, below the published lower bound of {least}%.",
                    bias.id
                ),
            );
        }
    }
}

/// A level of one's own needs its evidence (Green Book 2026, 6.79-6.81), and no published table is about benefits.
fn own_evidence(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    let register = &case.programme.register;
    let bare = |handle| {
        let number = register.get(handle);
        number.origin == Origin::Given && number.source.is_none()
    };
    for bias in &case.programme.biases {
        let numbers = std::iter::once(bias.money).chain(bias.duration);
        if numbers.into_iter().any(|n| bare(n.handle())) {
            warn(
                "own_bias_without_source",
                format!(
                    "Optimism bias \u{201c}{}\u{201d} is a level of the author's own and names no source; own evidence takes the place of the published table (Green Book 2026, 6.79) only where it can be shown.",
                    bias.id
                ),
            );
        }
    }
    for stream in case.programme.streams.iter().filter(|s| s.kind == StreamKind::Benefit) {
        let Some(bias) = stream.bias.map(|b| &case.programme.biases[b.0]) else { continue };
        if matches!(bias.level, BiasLevel::Table { .. }) && register.get(bias.money.handle()).origin == Origin::Default {
            warn(
                "bias_table_on_benefit",
                format!(
                    "The benefit \u{201c}{}\u{201d} is lowered by optimism bias \u{201c}{}\u{201d}, which is from the published table; that table is about costs and durations of projects, so give own evidence on benefits (Green Book 2026, 6.79-6.82).",
                    stream.name, bias.id
                ),
            );
        }
    }
}

/// Cash that a benefit releases leaves somebody's budget.
fn owners(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    let cash = |s: &&Stream| s.class == Some(BenefitClass::CashReleasing);
    let orphans: Vec<String> = (case.programme.streams.iter().filter(cash))
        .filter(|s| s.owner.is_none())
        .map(|s| format!("\u{201c}{}\u{201d}", s.name))
        .collect();
    if !orphans.is_empty() {
        let names: Vec<&str> = orphans.iter().map(String::as_str).collect();
        let (have, them) = if orphans.len() == 1 { ("has", "it") } else { ("have", "them") };
        warn(
            "benefit_without_owner",
            format!(
                "{} would release cash and {have} no owner: name the holder of the budget that gives {them} up, as no budget falls by itself.",
                naming::list(&names)
            ),
        );
    }
}

/// Notice that has to be served before it is known that the new system works.
fn notices(case: &Case<'_>, option: usize, warn: &mut impl FnMut(&str, String)) {
    for (contract, exit) in exits::found(case, option) {
        let (Some(notice), Some(live)) = (exit.notice_by, exits::last_go_live(case, option, contract)) else { continue };
        if exit.charge.is_some() && notice < live.first_day() {
            let day = |d: jiff::civil::Date| d.strftime("%-d %B %Y").to_string();
            warn(
                "notice_before_go_live",
                format!(
                    "{}: to leave {} on {}, notice has to be given by {}, before its users are live elsewhere on {}.",
                    case.name(option),
                    contract.name,
                    day(exit.leave.first_day()),
                    day(notice),
                    day(live.first_day())
                ),
            );
        }
    }
}

/// Records that no way described keeps for as long as they must be readable.
fn records_kept(case: &Case<'_>, option: usize, warn: &mut impl FnMut(&str, String)) {
    for (left, archive) in archives::found(case, option).filter(|(left, _)| left.chosen.is_none()) {
        let ways = left.alternatives.iter().zip(&archive.strategies);
        let out: Vec<String> =
            ways.filter_map(|(a, s)| Some(format!("{}: {}", s.name, archives::reason(a.ruled_out.as_ref()?)))).collect();
        warn(
            "records_not_kept",
            format!(
                "{}: no way of keeping the records of {} to {} can be had ({}).",
                case.name(option),
                case.programme.instances[left.instance.0].name,
                left.until.plus(-1).last_day().strftime("%-d %B %Y"),
                out.join("; ")
            ),
        );
    }
}

fn work(case: &Case<'_>, option: usize, values: &Values, warn: &mut impl FnMut(&str, String)) {
    let effort = &case.outcome.options[option].costing.effort;
    if effort.sunk {
        warn(
            "sunk_work",
            format!(
                "{}: some work falls before the as-at date and is left out as sunk; check that the first go-lives leave time to build.",
                case.name(option)
            ),
        );
    }
    if let Some(peak) = effort.peak(case.programme, values).filter(|p| p.share() > 1.0 + 1e-9) {
        let whose = peak.body.map_or_else(String::new, |body| {
            let (role, body) = (&case.programme.roles[peak.role.0].name, &case.programme.organisations[body.0].name);
            format!(" That is the team of {body} ({}, {}), before teams are pooled.", naming::lower(role), peak.quarter)
        });
        let share = fixed(100.0 * peak.share(), 0);
        warn(
            "over_capacity",
            format!("{} needs {share}% of a team's capacity in its busiest quarter.{whose}", case.name(option)),
        );
    }
    let period = &case.programme.frame.period;
    let end = period.offset(period.month(period.months() - 1)) + 1;
    if case.outcome.options[option].costing.moves.iter().any(|m| m.live >= end) {
        warn(
            "beyond_period",
            format!(
                "{}: with optimism bias on duration a go-live is expected after the end of the period, so neither its dip nor its benefit is seen.",
                case.name(option)
            ),
        );
    }
}

/// Go-lives that are expected where none may be; those planned so are refused, unless they are commitments.
fn frozen(case: &Case<'_>, option: usize, warn: &mut impl FnMut(&str, String)) {
    let programme = case.programme;
    let evaluated = &case.outcome.options[option];
    let mut found: Vec<(usize, String)> = Vec::new();
    for (m, when) in evaluated.plan.moves.iter().zip(&evaluated.costing.moves) {
        let month = programme.frame.period.start().plus(when.live);
        if let Some(freeze) = plan::frozen(programme, m.service, month) {
            let text = format!("{} ({month})", programme.services[m.service.0].name);
            if !found.contains(&(freeze, text.clone())) {
                found.push((freeze, text));
            }
        }
    }
    for (i, freeze) in programme.freezes.iter().enumerate() {
        let services: Vec<&str> = found.iter().filter(|(f, _)| *f == i).map(|(_, text)| text.as_str()).collect();
        if !services.is_empty() {
            warn(
                "go_live_in_freeze",
                format!(
                    "{}: a go-live is expected when nothing may go live (\u{201c}{}\u{201d}): {}. Plan it so that a slip does not end there.",
                    case.name(option),
                    freeze.name,
                    naming::list(&services)
                ),
            );
        }
    }
}

/// Measures beyond the anchors: one warning for each criterion, with all the options of which it is true.
fn outside_anchors(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    for (i, criterion) in case.programme.tree.criteria.iter().enumerate() {
        let scores = (0..case.plans.len()).map(|o| (o, case.outcome.options[o].values[i]));
        let beyond: Vec<(usize, f64)> = scores.filter(|(_, v)| !(-1e-9..=100.0 + 1e-9).contains(v)).collect();
        let listed: Vec<String> = beyond.iter().map(|(o, v)| format!("{} {}", case.name(*o), fixed(*v, 1))).collect();
        if !beyond.is_empty() {
            warn(
                "outside_anchors",
                format!(
                    "On \u{201c}{}\u{201d} {} score{} outside 0 to 100 ({}): the measure lies beyond the anchors, and the scale is extended in a straight line. Agree `anchors` of [criteria.{}] that hold every option, without a look at the ranking.",
                    naming::lower(&criterion.name),
                    if beyond.len() == case.plans.len() && beyond.len() > 1 {
                        format!("all {} options", naming::count(beyond.len()))
                    } else {
                        naming::count(beyond.len()) + if beyond.len() == 1 { " option" } else { " options" }
                    },
                    if beyond.len() == 1 { "s" } else { "" },
                    listed.join(", "),
                    criterion.id
                ),
            );
        }
    }
}

/// Criteria that measure the same thing twice give it twice its weight: one warning for those that hang together.
fn duplicates(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    let pairs = value_for_money::duplicates(case);
    let mut groups: Vec<Vec<&str>> = Vec::new();
    for pair in &pairs {
        let (mut joined, apart): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|g: &Vec<&str>| g.contains(&pair.criterion.as_str()) || g.contains(&pair.other.as_str()));
        joined.push(vec![&pair.criterion, &pair.other]);
        groups = apart;
        groups.push(joined.concat());
    }
    for group in groups {
        let within = || pairs.iter().filter(|p| group.contains(&p.criterion.as_str())).map(|p| p.correlation);
        let criteria = case.programme.tree.criteria.iter().filter(|c| group.contains(&c.id.as_str()));
        let names: Vec<String> = criteria.map(|c| format!("\u{201c}{}\u{201d}", naming::lower(&c.name))).collect();
        let least = within().fold(f64::INFINITY, f64::min);
        warn(
            "criteria_duplicate",
            format!(
                "{} say nearly the same about the {} options (correlation {} or more): if one cause is behind them, it has the weight of all.",
                naming::list(&names.iter().map(String::as_str).collect::<Vec<_>>()),
                naming::count(case.plans.len()),
                // Down, so that "or more" stays true.
                fixed((100.0 * least).floor() / 100.0, 2)
            ),
        );
    }
}

/// VAT is on contracts and streams; work bought in has none yet, and a finance director will ask.
fn vat(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    let lines = || case.outcome.options.iter().flat_map(|o| &o.costing.lines);
    let taxed = lines().any(|l| l.vat > 0.0);
    let untaxed =
        lines().any(|l| l.category == Category::External && l.vat <= 0.0 && !matches!(l.lineage, Lineage::Contract(..)));
    if taxed && untaxed {
        warn("vat_on_contracts_only", "VAT that cannot be recovered is on contracts and on streams that state it; work bought in, links and commitments carry none, so cash is understated if theirs cannot be recovered.".to_owned());
    }
}

/// The horizon covers the whole life, the end of contracts and what is left of capital included (Green Book 2026,
/// 6.9, 6.13 and 8.32).
fn whole_life(case: &Case<'_>, values: &Values, warn: &mut impl FnMut(&str, String)) {
    let programme = case.programme;
    let licences: Vec<_> = programme.contracts.iter().filter(|c| c.instance.is_some()).collect();
    let silent = licences.iter().filter(|c| c.end_exit.is_none()).count();
    if silent > 0 {
        warn(
            "no_exit_cost",
            format!(
                "{silent} of {} contracts for a system give no cost of moving on to the next one; the Green Book 2026 (6.13) asks for it where a contract is shorter than the period.",
                licences.len()
            ),
        );
    }
    let end = programme.frame.period.months();
    let outlasts = |line: &crate::costing::CostLine| {
        line.asset.map(|a| &programme.assets[a.0]).is_some_and(|asset| {
            let last = line.amounts.iter().map(|(m, _)| *m).max().unwrap_or(0);
            let life = 12.0 * asset.life.of(values);
            !asset.residual && life > f64::from(u32::try_from(end - last).expect("few months"))
        })
    };
    for option in &case.outcome.options {
        for line in option.costing.lines.iter().filter(|l| outlasts(l)) {
            let asset = line.asset.map_or("", |a| programme.assets[a.0].name.as_str());
            warn(
                "no_residual_value",
                format!(
                    "\u{201c}{asset}\u{201d} outlasts the period and no value is counted for what is left of it (Green Book 2026, 8.32)."
                ),
            );
        }
    }
}

/// Contracts that take on users by no way that the scenario names: adding thousands of users is no free choice.
fn no_route(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    let programme = case.programme;
    let joined = |instance: crate::programme::InstanceIx| {
        case.plans.iter().flat_map(|p| &p.moves).any(|m| m.commitment.is_none() && m.to == instance)
    };
    let contracts = || programme.contracts.iter().filter(|c| c.instance.is_some_and(joined));
    let silent: Vec<&str> = contracts()
        .filter(|c| programme.contracts.iter().all(|o| o.instance != c.instance || o.routes.is_empty()))
        .map(|c| c.name.as_str())
        .collect();
    if !silent.is_empty() {
        warn(
            "no_route",
            format!(
                "Nothing says by which way users may come onto {}: add `routes` to the contract, with lead times and limits.",
                naming::list(&silent)
            ),
        );
    }
}

/// Consent that takes longer than there is time from the as-at date to the transfer: costs pass on the day all the same.
fn consent(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    let programme = case.programme;
    let period = &programme.frame.period;
    for contract in &programme.contracts {
        let Some(OnTransfer::NeedsConsent { months, .. }) = contract.on_transfer else { continue };
        let body = contract.body.or(programme.frame.lead).map(|b| &programme.organisations[b.0]);
        let Some((to, on)) = body.and_then(Organisation::hands_over) else { continue };
        let soonest = period.month(period.first_counted()).plus(offset_of(months));
        if months > 0 && on.first_day() >= period.as_at && on < soonest {
            warn(
                "consent_too_late",
                format!(
                    "{} can pass to {} in {soonest} at the earliest, as consent takes {}, and services pass in {on}; its costs are taken to pass with them, so agree who pays in between.",
                    contract.name,
                    programme.organisations[to.0].name,
                    if months == 1 { "1 month".to_owned() } else { format!("{months} months") },
                ),
            );
        }
    }
}

/// Streams and risks that wait for what no option does are in no figure.
fn never_starts(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    let happens = |start: Start, options: &OptionSet| {
        case.plans.iter().filter(|p| options.contains(p.option)).any(|plan| match start {
            Start::Month(_) => true,
            Start::FirstGoLive | Start::LastGoLive => plan.moves.iter().any(|m| m.commitment.is_none()),
            Start::LinkLive(link) => plan.links.iter().any(|l| l.link == link),
        })
    };
    let streams = case.programme.streams.iter().filter(|s| s.amount.is_some() || s.outcomes.is_some());
    let streams = streams.map(|s| (&s.name, s.start, &s.options));
    let risks = case.programme.risks.iter().map(|r| (&r.name, r.start, &r.options));
    for (name, start, _) in streams.chain(risks).filter(|(_, start, options)| !happens(*start, options)) {
        let awaited = match start {
            Start::LinkLive(link) => {
                format!("the link \u{201c}{}\u{201d}, which none of its options has", case.programme.links[link.0].name)
            }
            _ => "a go-live, and none of its options moves a service".to_owned(),
        };
        warn(
            "never_starts",
            format!("\u{201c}{name}\u{201d} is in no figure: it starts with {awaited}. Give it a date, or leave it out."),
        );
    }
}

/// Numbers without a source, with the weight of what is unsourced.
fn evidence(case: &Case<'_>, warn: &mut impl FnMut(&str, String)) {
    let register = &case.programme.register;
    let given = || register.iter().filter(|(_, a)| a.origin == Origin::Given);
    let unsourced = given().filter(|(_, a)| a.evidence == Evidence::None).count();
    if unsourced > 0 {
        warn(
            "no_source",
            format!("{unsourced} of {} numbers given have no source; they are listed in the assumptions log.", given().count()),
        );
    }
    let priced = case.outcome.options.iter().any(|o| !o.costing.lines.is_empty());
    if priced && case.programme.deflator.evidence != "sourced" {
        let last = case.programme.deflator.index.last().copied().unwrap_or(1.0);
        warn(
            "deflator_estimate",
            format!(
                "General inflation is an estimate: what costs {} in year 0 costs {} in the last year.",
                pounds(1000.0),
                pounds(1000.0 * last)
            ),
        );
    }
}
