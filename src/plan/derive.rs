//! The rules by which an option's targets and schedule become moves.

use super::{Move, Plan, PlannedLink, limits};
use crate::programme::{
    Exception, InstanceIx, LinkIx, MoveKindIx, OptionDefinition, OptionIx, Programme, Selector, ServiceIx, Tenancy,
};
use crate::quantity::Month;
use std::collections::BTreeMap;

/// Why a plan cannot stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A service moves but nothing says when.
    NoGoLive(ServiceIx),
    /// No kind of move is described for this pair of instances; the word is the kind that is missing.
    NoMoveKind(ServiceIx, InstanceIx, InstanceIx, &'static str),
    /// A target rule (by position) matches no service.
    RuleMatchesNothing(usize),
    /// A wave (by position) matches no service that moves.
    WaveMatchesNothing(usize),
    /// A go-live that is not after the as-at date, or not before the end of the period.
    OutsidePeriod(ServiceIx, Month),
    /// A link goes live before the as-at date or not before the end of the period.
    LinkOutsidePeriod(LinkIx, Month),
    /// A link goes live before the month that its lead time allows.
    LinkTooSoon(LinkIx, Month, Month),
    /// An option builds a link that exists already.
    LinkExists(LinkIx),
    /// A date is given for a service that does not move.
    DateWithoutMove(ServiceIx),
    /// An option that is to move services moves none.
    MovesNothing,
    /// The option moves a slot no later than a commitment does.
    BeforeCommitment(ServiceIx, Month),
    /// A planned go-live lies in a freeze (by position).
    Frozen(ServiceIx, Month, usize),
    /// A planned go-live does not wait for what a rule of precedence (by position) says.
    TooEarly(ServiceIx, Month, usize),
}

/// The plan of an option, and what is wrong with it.
///
/// Commitments come first and are in every option. Targets follow in order, later rules winning;
/// fixed slots are left alone by rules that do not name services; exceptions win over all. A slot
/// already at its target does not move. Where dates are left to the optimiser none are missing: the plan is then what is
/// decided already, with the links that are given, until the optimiser has spoken.
#[must_use]
pub fn derive(programme: &Programme, option: OptionIx) -> (Plan, Vec<Fault>) {
    let definition = &programme.options[option.0];
    let mut faults = Vec::new();
    let mut moves = committed(programme, &mut faults);
    let targets = targets(programme, definition, &mut faults);
    let mut wave_used = vec![false; definition.schedule.waves.len()];
    // Moves whose dates are left to the optimiser.
    let mut left = 0;
    for (&(service, slot), &to) in &targets {
        let from = last_instance(programme, &moves, service, slot);
        if from == to {
            continue;
        }
        if definition.freedom.is_some() {
            left += 1;
            faults.extend(kind(programme, &moves, from, to).err().map(|word| Fault::NoMoveKind(service, from, to, word)));
            continue;
        }
        let Some(go_live) = go_live(programme, definition, service, slot, &mut wave_used) else {
            faults.push(Fault::NoGoLive(service));
            continue;
        };
        if moves.iter().any(|m| m.service == service && m.slot == slot && m.go_live >= go_live) {
            faults.push(Fault::BeforeCommitment(service, go_live));
        }
        if !within(programme, go_live) {
            faults.push(Fault::OutsidePeriod(service, go_live));
        }
        match kind(programme, &moves, from, to) {
            Ok(kind) => moves.push(Move { service, slot, from, to, kind, go_live, commitment: None }),
            Err(word) => faults.push(Fault::NoMoveKind(service, from, to, word)),
        }
    }
    faults.extend(wave_used.iter().enumerate().filter(|(_, used)| !**used).map(|(i, _)| Fault::WaveMatchesNothing(i)));
    for (link, live) in &definition.links {
        if programme.links[link.0].baseline {
            faults.push(Fault::LinkExists(*link));
        } else if !within(programme, *live) {
            faults.push(Fault::LinkOutsidePeriod(*link, *live));
        } else if let Some(soonest) = soonest(programme, *link).filter(|s| live < s) {
            faults.push(Fault::LinkTooSoon(*link, *live, soonest));
        }
    }
    let moved = |s: ServiceIx| moves.iter().any(|m| m.service == s && m.commitment.is_none());
    faults.extend(definition.schedule.by_service.iter().filter(|(s, _)| !moved(*s)).map(|(s, _)| Fault::DateWithoutMove(*s)));
    let refused = faults.iter().any(|f| matches!(f, Fault::NoGoLive(_) | Fault::NoMoveKind(..)));
    if !definition.targets.is_empty() && !refused && left == 0 && moves.iter().all(|m| m.commitment.is_some()) {
        faults.push(Fault::MovesNothing);
    }
    moves.sort_by_key(|m| (m.go_live, m.service, m.slot));
    faults.extend(limits::faults(programme, &moves));
    (Plan { option, moves, links: with_links(programme, &definition.links), slip: 0, late: 0 }, faults)
}

/// The moves that are decided already and in every plan, in the order of the programme.
#[must_use]
pub fn decided(programme: &Programme) -> Vec<Move> {
    committed(programme, &mut Vec::new())
}

fn committed(programme: &Programme, faults: &mut Vec<Fault>) -> Vec<Move> {
    let mut moves: Vec<Move> = Vec::new();
    for (i, c) in programme.commitments.iter().enumerate() {
        let from = last_instance(programme, &moves, c.service, c.slot);
        if from == c.to {
            continue;
        }
        if !within(programme, c.go_live) {
            faults.push(Fault::OutsidePeriod(c.service, c.go_live));
        }
        let commitment = Some(crate::programme::CommitmentIx(i));
        match c.kind.map_or_else(|| kind(programme, &moves, from, c.to), Ok) {
            Ok(kind) => {
                moves.push(Move { service: c.service, slot: c.slot, from, to: c.to, kind, go_live: c.go_live, commitment });
            }
            Err(word) => faults.push(Fault::NoMoveKind(c.service, from, c.to, word)),
        }
    }
    moves
}

fn within(programme: &Programme, go_live: Month) -> bool {
    let period = &programme.frame.period;
    go_live.first_day() >= period.as_at && period.index(go_live).is_some()
}

/// The first month in which a link can go live, if it has a lead time.
#[must_use]
pub fn soonest(programme: &Programme, link: LinkIx) -> Option<Month> {
    let (period, lead) = (&programme.frame.period, programme.links[link.0].lead_months);
    (lead > 0).then(|| period.month(period.first_counted()).plus(crate::quantity::offset_of(lead)))
}

fn last_instance(programme: &Programme, moves: &[Move], service: ServiceIx, slot: usize) -> InstanceIx {
    let moved = moves.iter().rfind(|m| m.service == service && m.slot == slot);
    moved.map_or_else(|| programme.services[service.0].slots[slot].instance, |m| m.to)
}

/// Where an option sends services, by service and slot, whether or not they are there already.
#[must_use]
pub fn targets_of(programme: &Programme, option: OptionIx) -> BTreeMap<(ServiceIx, usize), InstanceIx> {
    targets(programme, &programme.options[option.0], &mut Vec::new())
}

/// Target instance by service and slot.
fn targets(
    programme: &Programme,
    definition: &OptionDefinition,
    faults: &mut Vec<Fault>,
) -> BTreeMap<(ServiceIx, usize), InstanceIx> {
    let mut targets = BTreeMap::new();
    for (i, rule) in definition.targets.iter().enumerate() {
        let mut matched = false;
        for (service, slot) in slots(programme, &rule.slot) {
            let fixed = programme.services[service.0].slots[slot].fixed && rule.select.services.is_none();
            if !fixed && matches(programme, &rule.select, service, slot) {
                matched = true;
                targets.insert((service, slot), rule.to);
            }
        }
        if !matched {
            faults.push(Fault::RuleMatchesNothing(i));
        }
    }
    for exception in &definition.exceptions {
        match *exception {
            Exception::Retain(service) => targets.retain(|(s, _), _| *s != service),
            Exception::To(service, to) => {
                let core = programme.services[service.0].slots.iter().position(|s| s.name == "core").unwrap_or(0);
                targets.insert((service, core), to);
            }
        }
    }
    targets
}

fn slots<'a>(programme: &'a Programme, name: &'a str) -> impl Iterator<Item = (ServiceIx, usize)> + 'a {
    programme
        .services
        .iter()
        .enumerate()
        .filter_map(move |(s, service)| service.slots.iter().position(|slot| slot.name == name).map(|slot| (ServiceIx(s), slot)))
}

fn matches(programme: &Programme, select: &Selector, service: ServiceIx, slot: usize) -> bool {
    let s = &programme.services[service.0];
    same(select.line.as_ref(), s.line.as_ref())
        && same(select.setting.as_ref(), s.setting.as_ref())
        && same(select.place.as_ref(), s.place.as_ref())
        && select.organisation.is_none_or(|o| s.organisation == Some(o))
        && select.from.is_none_or(|i| s.slots[slot].instance == i)
        && select.services.as_ref().is_none_or(|list| list.contains(&service))
}

/// Whether a part of a selector, if given, is what a service has.
fn same(wanted: Option<&String>, has: Option<&String>) -> bool {
    wanted.is_none_or(|w| has == Some(w))
}

fn go_live(
    programme: &Programme,
    definition: &OptionDefinition,
    service: ServiceIx,
    slot: usize,
    wave_used: &mut [bool],
) -> Option<Month> {
    let schedule = &definition.schedule;
    if let Some((_, month)) = schedule.by_service.iter().find(|(s, _)| *s == service) {
        return Some(*month);
    }
    let wave = schedule.waves.iter().position(|w| matches(programme, &w.select, service, slot));
    wave.map(|w| {
        wave_used[w] = true;
        schedule.waves[w].go_live
    })
    .or(schedule.all)
}

/// The kind of move between two instances, if the programme describes it.
#[must_use]
pub fn kind_of(programme: &Programme, decided: &[Move], from: InstanceIx, to: InstanceIx) -> Option<MoveKindIx> {
    kind(programme, decided, from, to).ok()
}

/// The links of a plan: those that exist, and those built, each with the month in which it goes live.
#[must_use]
pub fn with_links(programme: &Programme, built: &[(LinkIx, Month)]) -> Vec<PlannedLink> {
    let all = programme.links.iter().enumerate().map(|(i, link)| (LinkIx(i), link));
    all.filter_map(|(ix, link)| {
        let live = built.iter().find(|(l, _)| *l == ix).map(|(_, live)| *live);
        (link.baseline || live.is_some()).then_some(PlannedLink { link: ix, live: live.filter(|_| !link.baseline), late: 0 })
    })
    .collect()
}

/// The kind of move between two instances: same product means merging instances or reconfiguring
/// units, another product means crossing to one in use or to a new one.
fn kind(programme: &Programme, moves: &[Move], from: InstanceIx, to: InstanceIx) -> Result<MoveKindIx, &'static str> {
    let (a, b) = (&programme.instances[from.0], &programme.instances[to.0]);
    let rule = &programme.move_rule;
    let (kind, word) = if a.product == b.product {
        if a.tenancy == Tenancy::Unit || b.tenancy == Tenancy::Unit {
            (rule.unit_reconfigure, "unit_reconfigure")
        } else {
            (rule.instance_merge, "instance_merge")
        }
    } else {
        let at_start = programme.services.iter().flat_map(|s| &s.slots).map(|s| s.instance);
        let committed = moves.iter().filter(|m| m.commitment.is_some()).map(|m| m.to);
        let in_use = at_start.chain(committed).any(|i| programme.instances[i.0].product == b.product);
        if in_use { (rule.cross_product, "cross_product") } else { (rule.new_product, "new_product") }
    };
    kind.ok_or(word)
}
