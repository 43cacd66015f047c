//! Record visibility between services, and what working in two systems costs staff.

use super::{LiveOn, number};
use crate::assumption::Values;
use crate::plan::{PlannedLink, whole_months};
use crate::programme::{Flow, InstanceIx, Link, Programme, ServiceIx, View};
use crate::quantity::{MonthIndex, offset_of};

/// Share of cross-service contacts with a usable view of the other record, mean over the months that
/// count; `None` if there are no flows.
///
/// Usable view of a route = `eligible x scope x adoption(t)`; of several routes the best counts, they
/// are never added up. Routes are: both services live on the same instance of a system that holds the
/// record, and every link that is live and joins the two instances. The scope of a link is no more than
/// either of its ends publishes; on one instance, the record from before the later of the two joined it
/// can be seen as far as it was migrated.
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
    seen(programme, values, counts, |_, flow| mean_view(programme, live, links, flow, values))
}

/// The same from the mean view of each flow (by position).
pub(crate) fn seen(
    programme: &Programme,
    values: &Values,
    counts: impl Fn(&Flow) -> bool,
    mut view: impl FnMut(usize, &Flow) -> f64,
) -> Option<f64> {
    let (mut seen, mut all) = (0.0, 0.0);
    for (i, flow) in programme.flows.iter().enumerate().filter(|(_, f)| counts(f)) {
        let contacts = flow.contacts.of(values);
        all += contacts;
        seen += contacts * view(i, flow);
    }
    (all > 0.0).then(|| seen / all)
}

/// The share of the contacts of one flow that have a usable view, mean over the months that count. It rests on where the
/// two services are live and on the links, and on nothing else of a plan.
pub(crate) fn mean_view(programme: &Programme, live: &LiveOn, links: &[PlannedLink], flow: &Flow, values: &Values) -> f64 {
    // Between these months nothing changes but how far a record has filled up, so one look at each stretch is enough.
    let months = breaks(programme, live, links, flow);
    let ends = months.iter().skip(1).copied().chain([live.end]);
    let mut routes = Routes { by_link: 0.0, together: Vec::new() };
    let mut sum = 0.0;
    for (&from, to) in months.iter().zip(ends) {
        routes.look(programme, live, (links, flow), from, values);
        sum += routes.over(programme, (from, to), values);
    }
    sum / number(live.counted().max(1))
}

/// The months at which what one service can see of the other may change: a move of either, a link going
/// live, or a step of adoption counted from one of these.
fn breaks(programme: &Programme, live: &LiveOn, links: &[PlannedLink], flow: &Flow) -> Vec<MonthIndex> {
    let mut months: Vec<MonthIndex> = Vec::with_capacity(32);
    let steps = |view: &View, since: MonthIndex, months: &mut Vec<MonthIndex>| {
        months.push(since);
        let lengths = view.adoption.iter().map_while(|s| s.months);
        months.extend(lengths.scan(since, |at, length| {
            *at += length;
            Some(*at)
        }));
    };
    let moves = [flow.from, flow.to].into_iter().flat_map(|s| &live.slots[s.0]).flatten().map(|(from, _)| *from);
    for m in moves {
        steps(&programme.same_instance, m, &mut months);
    }
    for planned in links {
        let since = planned.goes_live().and_then(|m| usize::try_from(programme.frame.period.offset(m)).ok());
        if let Some(since) = since {
            steps(&programme.links[planned.link.0].view, since, &mut months);
        }
    }
    months.push(live.first);
    months.retain(|m| (live.first..live.end).contains(m));
    months.sort_unstable();
    months.dedup();
    months
}

/// By which routes one service sees the other in a stretch of months.
struct Routes {
    /// The best usable view of all links.
    by_link: f64,
    /// Instances that hold both records: the usable view of what is there, and the month since when both are there.
    together: Vec<(f64, MonthIndex)>,
}

impl Routes {
    fn look(
        &mut self,
        programme: &Programme,
        live: &LiveOn,
        (links, flow): (&[PlannedLink], &Flow),
        month: MonthIndex,
        values: &Values,
    ) {
        let joined = records(programme, live, flow.from, month);
        let other = records(programme, live, flow.to, month);
        self.by_link = 0.0;
        self.together.clear();
        for (instance, since) in joined.clone() {
            let Some(others) = other.clone().filter(|(o, _)| *o == instance).map(|(_, s)| s).max() else { continue };
            let since = others.max(since);
            self.together.push((view(&programme.same_instance, Some(since), (month, 1.0), flow, values), since));
        }
        for planned in links {
            let link = &programme.links[planned.link.0];
            let since = planned.goes_live().map(|m| programme.frame.period.offset(m));
            if since.is_some_and(|s| offset_of(month) < s) {
                continue;
            }
            if let Some(own) = published(programme, link, joined.clone(), values)
                && let Some(others) = published(programme, link, other.clone(), values)
            {
                let since = since.map(|s| usize::try_from(s).unwrap_or(0));
                self.by_link = self.by_link.max(view(&link.view, since, (month, own.min(others)), flow, values));
            }
        }
    }

    /// The best usable view, summed over months: of several routes the best counts.
    fn over(&self, programme: &Programme, (from, to): (MonthIndex, MonthIndex), values: &Values) -> f64 {
        let fills = programme.history.map_or(0, |h| whole(h.look_back.of(values)));
        let full = |since: MonthIndex| if since > 0 { since + fills } else { 0 };
        let filled_from = self.together.iter().map(|(_, since)| full(*since)).max().unwrap_or(0).clamp(from, to);
        let best = |share: &dyn Fn(MonthIndex) -> f64| {
            self.together.iter().fold(self.by_link, |best, (view, since)| best.max(view * share(*since)))
        };
        let filling: f64 = (from..filled_from).map(|m| best(&|since| filled(programme, since, m, values))).sum();
        filling + best(&|_| 1.0) * number(to - filled_from)
    }
}

/// The most that any of a service's instances publishes to a link; `None` if the link joins none of them.
fn published(
    programme: &Programme,
    link: &Link,
    records: impl Iterator<Item = (InstanceIx, MonthIndex)>,
    values: &Values,
) -> Option<f64> {
    let ends = records.filter(|(i, _)| link.ends.is_empty() || link.ends.contains(i));
    ends.map(|(i, _)| programme.instances[i.0].publishes.map_or(1.0, |p| p.of(values))).reduce(f64::max)
}

/// Share of the needed record that one instance holds of two services, the later of which joined it in a month: what
/// was written since, out of the months that are looked back on, and of the rest what was migrated. Services that
/// were there at the start have all of it.
fn filled(programme: &Programme, since: MonthIndex, month: MonthIndex, values: &Values) -> f64 {
    let Some(history) = programme.history.filter(|_| since > 0) else { return 1.0 };
    let look_back = whole(history.look_back.of(values));
    let age = month.saturating_sub(since);
    let written = if age >= look_back { 1.0 } else { number(age) / number(look_back) };
    written + (1.0 - written) * history.visible.of(values)
}

/// Whole months.
fn whole(months: f64) -> usize {
    usize::try_from(whole_months(months)).unwrap_or(0)
}

/// Instances that hold the record of a service in a month, with the month since when.
fn records<'a>(
    programme: &'a Programme,
    live: &'a LiveOn,
    service: ServiceIx,
    month: MonthIndex,
) -> impl Iterator<Item = (InstanceIx, MonthIndex)> + Clone + 'a {
    let current = live.slots[service.0].iter().filter_map(move |stints| stints.iter().rev().find(|(from, _)| *from <= month));
    let holds = |i: InstanceIx| programme.products[programme.instances[i.0].product.0].holds_record;
    current.filter(move |(_, i)| holds(*i)).map(|(from, i)| (*i, *from))
}

/// `since` is `None` for a route that has always been there and so is at its last adoption step; scope is at most
/// what is published.
fn view(view: &View, since: Option<MonthIndex>, (month, published): (MonthIndex, f64), flow: &Flow, values: &Values) -> f64 {
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
    eligible * view.scope.of(values).min(published) * adoption
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
    let with_flow = |hours: f64, flow: &Flow| {
        let (a, b) = (records(programme, live, flow.from, last), records(programme, live, flow.to, last));
        if a.clone().any(|(i, _)| b.clone().any(|(o, _)| o == i)) {
            return hours;
        }
        let one_login = links.iter().any(|l| {
            let link = &programme.links[l.link.0];
            let is_live = l.goes_live().is_none_or(|m| programme.frame.period.offset(m) <= offset_of(last));
            let ends = |i: InstanceIx| link.ends.contains(&i);
            let joins = || a.clone().any(|(i, _)| ends(i)) && b.clone().any(|(i, _)| ends(i));
            link.single_sign_on && is_live && (link.ends.is_empty() || joins())
        });
        let logins = if one_login { 0.0 } else { flow.shared_users.map_or(0.0, |u| u.of(values)) * login };
        hours + logins + flow.contacts.of(values) * rekey
    };
    Some(programme.flows.iter().fold(0.0, with_flow))
}
