//! Record visibility between services, and what working in two systems costs staff.

use super::{LiveOn, number};
use crate::assumption::Values;
use crate::plan::PlannedLink;
use crate::programme::{Flow, InstanceIx, Programme, ServiceIx, View};
use crate::quantity::{MonthIndex, offset_of};

/// Share of cross-service contacts with a usable view of the other record, mean over the months that
/// count; `None` if there are no flows.
///
/// Usable view of a route = `eligible x scope x adoption(t)`; of several routes the best counts, they
/// are never added up. Routes are: both services live on the same instance of a system that holds the
/// record, and every link that is live and joins the two instances.
#[must_use]
pub fn visibility(programme: &Programme, live: &LiveOn, links: &[PlannedLink], values: &Values) -> Option<f64> {
    visibility_of(programme, live, links, values, |_| true)
}

/// [`visibility`] over the contacts of some flows only; `None` if there are none.
#[must_use]
pub fn visibility_of(
    programme: &Programme,
    live: &LiveOn,
    links: &[PlannedLink],
    values: &Values,
    counts: impl Fn(&Flow) -> bool,
) -> Option<f64> {
    let flows = || programme.flows.iter().filter(|f| counts(f));
    let all: f64 = flows().map(|f| f.contacts.of(values)).sum();
    if all <= 0.0 {
        return None;
    }
    let seen: f64 = flows().map(|f| f.contacts.of(values) * mean_view(programme, live, links, f, values)).sum();
    Some(seen / all)
}

fn mean_view(programme: &Programme, live: &LiveOn, links: &[PlannedLink], flow: &Flow, values: &Values) -> f64 {
    // Between these months nothing changes, so one look at each stretch is enough.
    let months = breaks(programme, live, links, flow);
    let ends = months.iter().skip(1).copied().chain([live.end]);
    let sum: f64 = months
        .iter()
        .zip(ends)
        .map(|(&from, to)| best_view(programme, live, links, flow, from, values) * number(to - from))
        .sum();
    sum / number(live.counted().max(1))
}

/// The months at which what one service can see of the other may change: a move of either, a link going
/// live, or a step of adoption counted from one of these.
fn breaks(programme: &Programme, live: &LiveOn, links: &[PlannedLink], flow: &Flow) -> Vec<MonthIndex> {
    let steps = |view: &View, since: MonthIndex| -> Vec<MonthIndex> {
        let lengths = view.adoption.iter().map_while(|s| s.months);
        let later = lengths.scan(since, |at, length| {
            *at += length;
            Some(*at)
        });
        std::iter::once(since).chain(later).collect()
    };
    let moves = [flow.from, flow.to].into_iter().flat_map(|s| &live.slots[s.0]).flatten().map(|(from, _)| *from);
    let mut months: Vec<MonthIndex> = moves.flat_map(|m| steps(&programme.same_instance, m)).collect();
    for planned in links {
        let since = planned.live.and_then(|m| usize::try_from(programme.frame.period.offset(m)).ok());
        months.extend(since.map(|m| steps(&programme.links[planned.link.0].view, m)).unwrap_or_default());
    }
    months.push(live.first);
    months.retain(|m| (live.first..live.end).contains(m));
    months.sort_unstable();
    months.dedup();
    months
}

fn best_view(
    programme: &Programme,
    live: &LiveOn,
    links: &[PlannedLink],
    flow: &Flow,
    month: MonthIndex,
    values: &Values,
) -> f64 {
    let joined = records(programme, live, flow.from, month);
    let other = records(programme, live, flow.to, month);
    let mut best: f64 = 0.0;
    let shared = joined.iter().filter(|(i, _)| other.iter().any(|(o, _)| o == i));
    for (instance, since) in shared {
        let since = other.iter().filter(|(o, _)| o == instance).map(|(_, s)| *s).max().unwrap_or(0).max(*since);
        best = best.max(view(&programme.same_instance, Some(since), month, flow, values));
    }
    for planned in links {
        let link = &programme.links[planned.link.0];
        let since = planned.live.map(|m| programme.frame.period.offset(m));
        let is_live = since.is_none_or(|s| offset_of(month) >= s);
        let end =
            |records: &[(InstanceIx, MonthIndex)]| link.ends.is_empty() || records.iter().any(|(i, _)| link.ends.contains(i));
        if is_live && end(&joined) && end(&other) {
            let since = since.map(|s| usize::try_from(s).unwrap_or(0));
            best = best.max(view(&link.view, since, month, flow, values));
        }
    }
    best
}

/// Instances that hold the record of a service in a month, with the month since when.
fn records(programme: &Programme, live: &LiveOn, service: ServiceIx, month: MonthIndex) -> Vec<(InstanceIx, MonthIndex)> {
    let slots = &live.slots[service.0];
    let current = slots.iter().filter_map(|stints| stints.iter().rev().find(|(from, _)| *from <= month));
    let holds = |i: InstanceIx| programme.products[programme.instances[i.0].product.0].holds_record;
    current.filter(|(_, i)| holds(*i)).map(|(from, i)| (*i, *from)).collect()
}

/// `since` is `None` for a route that has always been there and so is at its last adoption step.
fn view(view: &View, since: Option<MonthIndex>, month: MonthIndex, flow: &Flow, values: &Values) -> f64 {
    let eligible = flow.eligible.unwrap_or(view.eligible).of(values);
    let mut age = since.map(|s| month.saturating_sub(s));
    let mut adoption = 0.0;
    for step in &view.adoption {
        adoption = step.share.of(values);
        match (age, step.months) {
            (Some(a), Some(length)) if a >= length => age = Some(a - length),
            (Some(_), _) => break,
            (None, _) => {}
        }
    }
    eligible * view.scope.of(values) * adoption
}

/// Hours a year of second logins and of re-keying for flows between different instances, once
/// everything is live; `None` if the scenario does not describe the burden.
///
/// `sum_f shared users x logins a day x days x seconds / 3600 + contacts x minutes / 60`. A link with
/// single sign-on takes away the login, none takes away re-keying.
#[must_use]
pub fn burden_hours(programme: &Programme, live: &LiveOn, links: &[PlannedLink], values: &Values) -> Option<f64> {
    let burden = programme.burden.as_ref()?;
    let last = live.end.checked_sub(1)?;
    let login = burden.logins_per_day.of(values) * burden.days_per_year.of(values) * burden.seconds_per_login.of(values) / 3600.0;
    let rekey = burden.rekey_minutes.of(values) / 60.0;
    let mut hours = 0.0;
    for flow in &programme.flows {
        let (a, b) = (records(programme, live, flow.from, last), records(programme, live, flow.to, last));
        if a.iter().any(|(i, _)| b.iter().any(|(o, _)| o == i)) {
            continue;
        }
        let one_login = links.iter().any(|l| {
            let link = &programme.links[l.link.0];
            let end =
                |records: &[(InstanceIx, MonthIndex)]| link.ends.is_empty() || records.iter().any(|(i, _)| link.ends.contains(i));
            let is_live = l.live.is_none_or(|m| programme.frame.period.offset(m) <= offset_of(last));
            link.single_sign_on && is_live && end(&a) && end(&b)
        });
        if !one_login {
            hours += flow.shared_users.map_or(0.0, |u| u.of(values)) * login;
        }
        hours += flow.contacts.of(values) * rekey;
    }
    Some(hours)
}
