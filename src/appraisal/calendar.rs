//! By when what has to be decided, and what one is then locked into.

use super::Case;
use super::result::{CalendarEntry, Commitment, RouteView};
use crate::assumption::Values;
use crate::costing::{ContractMonths, Decision, Joining, PriceBasis, Taken, TermKind, route_of};
use crate::outcome::Evaluated;
use crate::plan::whole_months;
use crate::programme::{Contract, ContractIx, ContractKind, LineBasis, OnTransfer, Programme, Timing};
use crate::quantity::{Month, MonthIndex, Quarter};
use jiff::civil::Date;

/// Last safe dates of all options, in order; what is the same in several options is one entry. A date before the as-at
/// date is overdue.
pub(super) fn calendar(case: &Case<'_>) -> Vec<CalendarEntry> {
    let mut all: Vec<(Date, Entry)> = Vec::new();
    for option in 0..case.plans.len() {
        for (date, what, contract, consequence) in dates(case, option) {
            let same = |(d, e): &&mut (Date, Entry)| {
                *d == date && e.what == what && e.contract == contract && e.consequence == consequence
            };
            match all.iter_mut().find(same) {
                Some((_, entry)) => entry.options.push(option),
                None => all.push((date, Entry { what, contract, consequence, options: vec![option] })),
            }
        }
    }
    all.sort_by(|(a, x), (b, y)| (a, &x.contract, &x.what, &x.options).cmp(&(b, &y.contract, &y.what, &y.options)));
    let as_at = case.programme.frame.period.as_at;
    let entry = |(date, e): (Date, Entry)| CalendarEntry {
        date: date.to_string(),
        what: e.what,
        contract: e.contract,
        options: e.options.iter().map(|o| case.programme.options[*o].id.clone()).collect(),
        consequence: e.consequence,
        overdue: date < as_at,
    };
    all.into_iter().map(entry).collect()
}

struct Entry {
    what: String,
    contract: Option<String>,
    consequence: String,
    options: Vec<usize>,
}

type Dated = (Date, String, Option<String>, String);

fn dates(case: &Case<'_>, option: usize) -> Vec<Dated> {
    let mut found = Vec::new();
    for (i, contract) in case.programme.contracts.iter().enumerate() {
        terms(case, option, (i, contract), &mut found);
        onto(case, option, (i, contract), &mut found);
        leaving(case, option, (i, contract), &mut found);
        true_ups(case, option, (i, contract), &mut found);
    }
    transfers(case, &mut found);
    starts(case, option, &mut found);
    found
}

fn month(case: &Case<'_>, offset: i32) -> Month {
    case.programme.frame.period.start().plus(offset)
}

/// The last safe day for work that starts in a month: the day before, or the as-at date where that is later and the work
/// can still be in time.
fn last_day_for(case: &Case<'_>, start: Month) -> Date {
    let period = &case.programme.frame.period;
    let in_time = period.offset(start) >= whole(period.first_counted());
    if in_time { before(start).max(period.as_at) } else { before(start) }
}

/// The last day before a month.
fn before(month: Month) -> Date {
    month.plus(-1).last_day()
}

fn long(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Months below which terms that follow one another are no decisions of their own.
const SHORT: i32 = 6;

/// What has to be decided for a term to begin, and what the end of the last one means.
fn terms(case: &Case<'_>, option: usize, (i, contract): (usize, &Contract), found: &mut Vec<Dated>) {
    let months = &case.outcome.options[option].costing.contracts[i];
    let left = months.exit.as_ref().filter(|e| e.decision == Decision::Exit).map(|e| e.leave);
    let own = |t: &&Taken| left.is_none_or(|leave| month(case, t.from) < leave);
    let end_of_period = month(case, i32::try_from(case.programme.frame.period.months()).unwrap_or(i32::MAX));
    for (n, term) in months.terms.iter().enumerate().filter(|(_, t)| own(t)) {
        // Terms taken month by month are one decision, to be taken before the first.
        let goes_on = n > 0 && months.terms[n - 1].kind == term.kind && term.to - term.from < SHORT;
        if goes_on {
            continue;
        }
        let (from, to) = (month(case, term.from), month(case, term.to));
        if from >= end_of_period {
            continue;
        }
        let until = long(before(to));
        let (what, consequence) = match term.kind {
            TermKind::Agreed => continue,
            TermKind::Extension if term.to - term.from < SHORT => {
                ("Last day to take up the extension", "it is then paid as long as the system is used".to_owned())
            }
            TermKind::Extension => ("Last day to take up the extension", format!("it is paid to {until}, used or not")),
            TermKind::Bridge => ("Last day to take up the bridge", format!("it is paid to {until}, used or not")),
            TermKind::Renewal if term.decided < term.from => {
                ("Last day to renew", format!("notice runs from then on: it is paid to {until}, used or not"))
            }
            TermKind::Renewal => ("Last day to renew", format!("it is paid to {until}, used or not")),
            TermKind::Reprocurement => {
                ("Last day to start procuring anew", format!("else there is no contract on {}", long(from.first_day())))
            }
        };
        found.push((before(month(case, term.decided)), what.to_owned(), Some(contract.id.clone()), consequence));
    }
    ending(case, (i, contract, months), left.is_some(), found);
    if let (ContractKind::Sla, Some(last), None) = (contract.kind, months.terms.last(), left)
        && (month(case, last.to) < end_of_period || ends_with_period(contract, last, month(case, last.to) == end_of_period))
    {
        let next = case.programme.contracts.iter().find(|c| c.follows == Some(ContractIx(i)));
        let consequence = match next {
            Some(next) => format!("{} follows it", next.name),
            None if contract.on_exit.is_some() => "what it gave has to be had otherwise".to_owned(),
            None => "nothing follows it".to_owned(),
        };
        found.push((before(month(case, last.to)), "Agreement ends".to_owned(), Some(contract.id.clone()), consequence));
    }
}

/// Whether a last term is over with the period, and not only cut off by it: terms taken up as needed are needed no longer
/// than we look.
fn ends_with_period(contract: &Contract, last: &Taken, to_its_end: bool) -> bool {
    let goes_on = contract.renewal.is_some() || !contract.extensions.is_empty();
    to_its_end && last.kind == TermKind::Agreed && !goes_on
}

/// By when the ways onto a contract have to be started, and until when they are open.
fn onto(case: &Case<'_>, option: usize, (i, contract): (usize, &Contract), found: &mut Vec<Dated>) {
    let chosen = || case.outcome.options[option].costing.joining.iter().filter_map(|j| j.chosen.map(|c| (j, &j.ways[c])));
    for (joining, way) in chosen().filter(|(_, w)| w.contract.0 == i) {
        let route = route_of(case.programme, way);
        if let Some(until) = route.until {
            found.push((
                until,
                "Framework ends".to_owned(),
                Some(contract.id.clone()),
                "users can no longer come onto it by call-off".to_owned(),
            ));
        }
        let word = route.kind.word().replace('_', " ");
        // The right has to be there when the preparation starts; a way that closes before has to be started while open.
        let needed = month(case, joining.go_live - joining.preparation);
        let live = long(needed.first_day());
        let in_time = last_day_for(case, needed.plus(-whole(route.lead)));
        found.push((
            route.until.map_or(in_time, |until| in_time.min(until)),
            format!("Last day to start the way onto it by {word}"),
            Some(contract.id.clone()),
            format!("else the right to add users is not there on {live}"),
        ));
    }
}

/// The last day to say that a contract is to end, where it has notice and ends within the period without being left early.
fn ending(case: &Case<'_>, (i, contract, months): (usize, &Contract, &ContractMonths), left: bool, found: &mut Vec<Dated>) {
    let period = &case.programme.frame.period;
    let values = case.programme.register.central();
    let followed = case.programme.contracts.iter().any(|c| c.follows == Some(ContractIx(i)));
    let goes_on = contract.renewal.is_some() || followed;
    let renewal = contract.renewal.as_ref().and_then(|r| r.notice);
    let Some(notice) = renewal.or_else(|| contract.notice_in_months(&values)).filter(|n| *n > 0 && goes_on) else { return };
    let Some(end) = months.terms.last().map(|last| last.to).filter(|_| !left) else { return };
    let within = end > whole(period.first_counted()) && end < whole(period.months());
    if within {
        let right = if contract.early_exit.is_some() { "" } else { ", and there is no right to leave before" };
        let consequence = format!("else it may go on after {}{right}", long(before(month(case, end))));
        let date = before(month(case, end - whole(notice)));
        found.push((date, "Last day to give notice that it ends".to_owned(), Some(contract.id.clone()), consequence));
    }
}

fn whole(months: usize) -> i32 {
    i32::try_from(months).unwrap_or(i32::MAX)
}

fn leaving(case: &Case<'_>, option: usize, (i, contract): (usize, &Contract), found: &mut Vec<Dated>) {
    let Some(exit) = &case.outcome.options[option].costing.contracts[i].exit else { return };
    if let (Some(notice), Decision::Exit) = (exit.notice_by, exit.decision) {
        let live = super::exits::last_go_live(case, option, contract);
        let proven = match live {
            Some(live) if notice < live.first_day() => {
                format!(", and its users are live elsewhere only on {}", long(live.first_day()))
            }
            _ => String::new(),
        };
        let consequence = format!("it is left on {}{proven}", long(exit.leave.first_day()));
        found.push((notice, "Last day to give notice".to_owned(), Some(contract.id.clone()), consequence));
    }
}

/// The true-up that follows a change of users.
fn true_ups(case: &Case<'_>, option: usize, (i, contract): (usize, &Contract), found: &mut Vec<Dated>) {
    let due = |basis: &LineBasis| match basis {
        LineBasis::Metered { true_up, .. } => true_up.month,
        LineBasis::Fixed { .. } => None,
    };
    let Some(calendar) = contract.lines.iter().find_map(|l| due(&l.basis)) else { return };
    let evaluated = &case.outcome.options[option];
    let months = &evaluated.costing.contracts[i];
    let moves = evaluated.plan.moves.iter().zip(&evaluated.costing.moves);
    let changes: Vec<MonthIndex> = moves
        .filter(|(m, _)| contract.instance.is_some_and(|x| x == m.from || x == m.to))
        .filter_map(|(_, when)| usize::try_from(when.live).ok())
        .collect();
    let period = &case.programme.frame.period;
    let mut told: Vec<MonthIndex> = Vec::new();
    for change in changes {
        let next = (change..months.paid.len())
            .find(|m| months.paid[*m] && u8::try_from(period.month(*m).first_day().month()).is_ok_and(|c| c == calendar));
        if let Some(next) = next.filter(|n| !told.contains(n)) {
            told.push(next);
            let consequence = "the number of users charged is set for a year".to_owned();
            found.push((before(period.month(next)), "True-up".to_owned(), Some(contract.id.clone()), consequence));
        }
    }
}

fn transfers(case: &Case<'_>, found: &mut Vec<Dated>) {
    let programme = case.programme;
    for contract in &programme.contracts {
        let Some(OnTransfer::NeedsConsent { months, .. }) = contract.on_transfer else { continue };
        let body = contract.body.or(programme.frame.lead).map(|b| &programme.organisations[b.0]);
        if let Some((to, on)) = body.and_then(crate::programme::Organisation::hands_over) {
            let consequence =
                format!("else it does not pass to {} on {}", programme.organisations[to.0].name, long(on.first_day()));
            let date = before(on.plus(-whole(months)));
            found.push((date, "Last day to ask for consent".to_owned(), Some(contract.id.clone()), consequence));
        }
    }
}

/// The last day on which the building of a system for the first of its users can begin, and work on a link.
fn starts(case: &Case<'_>, option: usize, found: &mut Vec<Dated>) {
    let values = case.programme.register.central();
    let plan = &case.outcome.options[option].plan;
    let mut told: Vec<(Month, String)> = Vec::new();
    for m in plan.moves.iter().filter(|m| m.commitment.is_none()) {
        let build = whole_months(case.programme.move_kinds[m.kind.0].build.of(&values));
        let name = &case.programme.instances[m.to.0].name;
        let start = m.go_live.plus(-build);
        if build > 0 && !told.contains(&(start, name.clone())) {
            told.push((start, name.clone()));
            let consequence = format!("else it does not go live on {}", long(m.go_live.first_day()));
            found.push((last_day_for(case, start), format!("Last day to start building on {name}"), None, consequence));
        }
    }
    for (planned, live) in plan.links.iter().filter_map(|l| Some((l, l.live?))) {
        let link = &case.programme.links[planned.link.0];
        let quarters = link.build.iter().map(|item| if let Timing::Before { starts, .. } = item.timing { starts } else { 0 });
        if let Some(quarters) = quarters.max().filter(|quarters| *quarters > 0) {
            let start = live.plus(-3 * whole(quarters));
            let consequence = format!("else it does not go live on {}", long(live.first_day()));
            found.push((last_day_for(case, start), format!("Last day to start work on {}", link.name), None, consequence));
        }
    }
}

/// Money that can no longer be avoided at the start of each quarter: what has been paid by then, and what the terms of
/// contracts already taken up still oblige to pay (the charge for leaving, where there is such a right).
pub(super) fn commitment(case: &Case<'_>) -> Vec<Commitment> {
    if !case.priced() {
        return Vec::new();
    }
    let period = &case.programme.frame.period;
    let quarters: Vec<MonthIndex> = (period.first_counted()..period.months()).filter(|m| m.rem_euclid(3) == 0).collect();
    let values = case.programme.register.central();
    let mut all = Vec::new();
    for option in 0..case.plans.len() {
        let paid_by = paid_before(case, option);
        for &at in &quarters {
            let paid = paid_by[at];
            all.push(Commitment {
                quarter: Quarter::of(period.month(at)).to_string(),
                option: case.programme.options[option].id.clone(),
                amount: paid + owed(case, option, at, &values),
                paid,
            });
        }
    }
    all
}

/// Cash paid before each month, in cash prices with VAT.
fn paid_before(case: &Case<'_>, option: usize) -> Vec<f64> {
    let period = &case.programme.frame.period;
    let index = &case.programme.deflator.index;
    let mut months = vec![0.0; period.months()];
    // Benefits are nothing one is bound to.
    for line in case.outcome.options[option].costing.lines.iter().filter(|l| !l.category.is_benefit()) {
        let cash = line.cash * (1.0 + line.vat);
        for &(month, amount) in &line.amounts {
            months[month] += match line.basis {
                PriceBasis::Nominal => amount * cash,
                PriceBasis::Real => amount * cash * index[period.year_of(month)],
            };
        }
    }
    let before = months.into_iter().scan(0.0, |sum, month| {
        let paid = *sum;
        *sum += month;
        Some(paid)
    });
    before.collect()
}

/// What terms of contracts taken up by a month still oblige to pay from then on, in cash prices with VAT.
fn owed(case: &Case<'_>, option: usize, at: MonthIndex, values: &Values) -> f64 {
    let costing = &case.outcome.options[option].costing;
    let period = &case.programme.frame.period;
    let now = i32::try_from(at).unwrap_or(i32::MAX);
    let by_contract = case.programme.contracts.iter().zip(&costing.contracts).map(|(contract, months)| {
        let bound = months.terms.iter().filter(|t| t.decided <= now).map(|t| t.to).max().unwrap_or(now);
        let end = usize::try_from(bound).unwrap_or(0).min(period.months());
        let sum = |to: MonthIndex| -> f64 { months.invoice.get(at..to.max(at)).unwrap_or_default().iter().sum() };
        let share = contract.early_exit.map_or(1.0, |share| share.of(values));
        let vat = 1.0 + contract.vat.rate.of(values) * (1.0 - contract.vat.recoverable.of(values));
        // Where the option leaves early, its invoices end with the charge for that, which is all that the rest would cost.
        let left =
            months.exit.as_ref().filter(|e| e.decision == Decision::Exit).and_then(|e| Some((period.index(e.leave)?, e.charge?)));
        vat * match left {
            Some((leave, charge)) if at <= leave => sum(leave) * share + charge,
            Some(_) => 0.0,
            None => sum(end) * share,
        }
    });
    by_contract.sum()
}

/// By which ways users come onto systems.
pub(super) fn routes(programme: &Programme, evaluated: &Evaluated, values: &Values) -> Vec<RouteView> {
    let day = |offset: i32| programme.frame.period.start().plus(offset).first_day().to_string();
    let one = |joining: &Joining| {
        let way = joining.chosen.map(|i| &joining.ways[i]);
        let route = way.map(|w| route_of(programme, w));
        RouteView {
            instance: programme.instances[joining.instance.0].id.clone(),
            users: joining.users,
            go_live: day(joining.go_live),
            contract: way.map(|w| programme.contracts[w.contract.0].id.clone()),
            route: route.map(|r| r.id.clone()),
            kind: route.map(|r| r.kind.word().to_owned()),
            cost: route.and_then(|r| r.cost).map(|c| c.of(values)),
            start_by: way.map(|w| day(w.start_by)),
            earliest: way.map(|w| day(w.earliest)),
        }
    };
    evaluated.costing.joining.iter().map(one).collect()
}
