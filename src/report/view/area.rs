//! Places and bodies: what there is, what each option does there, who pays in which year.

use super::names::Names;
use super::recommendation;
use super::table::Cell;
use super::table::Row;
use super::table::Table;
use super::table::headings;
use crate::appraisal::result::AreaResult;
use crate::appraisal::result::AreaView;
use crate::appraisal::result::OptionResult;
use crate::appraisal::result::ServiceView;
use crate::report::format;
use serde::Serialize;

/// The section on places and bodies.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Areas {
    message: Option<String>,
    there: Option<Table>,
    by_place: Option<Table>,
    moves: Option<Table>,
    by_organisation: Option<Table>,
    pays: Option<Table>,
    cash: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Areas {
    Areas {
        message: message(names),
        there: there(names),
        by_place: results(names, "place", "What each option does by place, beside the whole"),
        moves: moves(names),
        by_organisation: results(names, "organisation", "What each option does by body, beside the whole"),
        pays: super::cash::by_body(names),
        cash: super::cash::by_body_and_year(names),
    }
}

/// Areas of one kind, with their positions; the whole has a kind of its own.
fn of_kind<'a>(names: Names<'a>, kind: &'a str) -> impl Iterator<Item = (usize, &'a AreaView)> {
    names.0.areas.iter().enumerate().filter(move |(_, area)| area.kind == kind)
}

fn name(names: Names<'_>, area: &AreaView) -> String {
    match (area.kind.as_str(), &area.area) {
        ("all", _) => "All services".to_owned(),
        ("organisation", Some(id)) => names.body(id),
        ("organisation", None) => "No body given".to_owned(),
        (_, Some(place)) => place.clone(),
        (_, None) => "No place given".to_owned(),
    }
}

/// Where the option ranked first moves people.
fn message(names: Names<'_>) -> Option<String> {
    of_kind(names, "place").next()?;
    let leading = recommendation::leading(names.0)?;
    let all = leading.areas.iter().find(|a| a.kind == "all")?;
    if all.slots_moved == 0 {
        return Some(format!("\u{201c}{}\u{201d} moves no service in any place.", leading.name));
    }
    let mut places: Vec<(f64, String)> = of_kind(names, "place")
        .filter_map(|(i, area)| leading.areas.get(i).map(|r| (r, name(names, area))))
        .filter(|(r, _)| r.slots_moved > 0)
        .map(|(r, name)| (r.users_moved, name))
        .collect();
    places.sort_by(|a, b| b.0.total_cmp(&a.0));
    let told: Vec<String> =
        places.into_iter().map(|(users, place)| format!("{place} ({} users)", format::number(users, 0))).collect();
    let whose = match all.slots_committed {
        0 => "",
        committed if committed == all.slots_moved => ", as every option does",
        _ => "",
    };
    let records = format::count(all.slots_moved, "service record", "service records");
    Some(format!("\u{201c}{}\u{201d} moves {records} to another system{whose}: in {}.", leading.name, format::list(&told)))
}

/// What there is, place by place, and in all.
fn there(names: Names<'_>) -> Option<Table> {
    of_kind(names, "place").next()?;
    let number = |n: Option<f64>| Cell::number(n.map_or_else(|| format::NONE.to_owned(), |n| format::number(n, 0)));
    let row = |area: &AreaView, kind: &'static str| {
        let services = format::number(crate::report::chart::axis::length(area.services.len()), 0);
        let cells = vec![Cell::number(services), number(Some(area.users)), number(area.patients), number(area.contacts)];
        Row { kind, ..Row::new(name(names, area), cells) }
    };
    let places = of_kind(names, "place").map(|(_, area)| row(area, ""));
    let rows = places.chain(of_kind(names, "all").map(|(_, area)| row(area, "total"))).collect();
    let columns = headings(&["Place", "Services", "Users", "Patient records", "Contacts a year"]);
    let table = Table::new("Services, users and contacts by place, as the appraisal starts", columns, rows);
    Some(table.noted("Who works in two services counts in both."))
}

/// A measure of an area: its heading, and its value as text; none where there is nothing.
type Measure = (&'static str, fn(&AreaResult) -> Option<String>);

const MEASURES: [Measure; 10] = [
    ("Service records that move", |r| some(r.slots_moved > 0, || r.slots_moved.to_string())),
    ("Users who move", |r| whole(r.users_moved)),
    ("Last expected go-live", |r| r.last_go_live.as_deref().map(format::short_date)),
    ("Own staff, days", |r| whole(r.internal_days)),
    ("Bought in, days", |r| whole(r.external_days)),
    ("Hours in training", |r| whole(r.training_hours)),
    ("Patient-facing hours lost after go-live", |r| whole(r.dip_hours)),
    ("Cost of this work, training and lost time, present value, £", |r| {
        some(r.cost.present.abs() >= 0.5, || format::pounds(r.cost.present))
    }),
    ("Contacts with another service at which its record can be used", |r| r.visibility.map(format::percent)),
    ("Coverage of the capabilities that services should have", |r| r.capability.map(format::percent)),
];

fn some(there: bool, text: impl FnOnce() -> String) -> Option<String> {
    there.then(text)
}

fn whole(number: f64) -> Option<String> {
    some(number.abs() >= 0.5, || format::number(number, 0))
}

/// What each option does in each area, the whole beside it: a group of rows for each measure.
fn results(names: Names<'_>, kind: &str, caption: &str) -> Option<Table> {
    of_kind(names, kind).next()?;
    let options = &names.0.options;
    let mut rows = Vec::new();
    for (heading, measure) in MEASURES {
        let of = |i: usize| options.iter().map(move |o| o.areas.get(i).and_then(measure));
        let row = |i: usize, area: &AreaView, kind: &'static str| {
            let cells = of(i).map(|text| Cell::number(text.unwrap_or_else(|| format::NONE.to_owned())));
            Row { kind, ..Row::new(name(names, area), cells.collect()) }
        };
        // What is nowhere in any option needs no rows.
        if of_kind(names, "all").all(|(i, _)| of(i).all(|text| text.is_none())) {
            continue;
        }
        rows.push(Row::group(heading));
        rows.extend(of_kind(names, kind).map(|(i, area)| row(i, area, "")));
        rows.extend(of_kind(names, "all").map(|(i, area)| row(i, area, "total")));
    }
    if rows.is_empty() {
        return None;
    }
    rows.push(Row::group("Net present cost, £"));
    let npc = options.iter().map(|o| Cell::number(format::pounds(o.cost.npc))).collect();
    rows.push(Row::new("Whole option, what is not split included", npc));
    let first = if kind == "place" { "Measure and place" } else { "Measure and body" };
    let table = Table::by_option(caption, first, &names.options(), rows);
    Some(table.noted(
        "Moves under way are in every option; who moves twice counts twice. The last two shares are means over the period. A dash stands where nothing moves.",
    ))
}

/// What moves where and when, place by place, in each option.
fn moves(names: Names<'_>) -> Option<Table> {
    let mut rows = Vec::new();
    for (_, area) in of_kind(names, "place") {
        rows.push(Row::group(name(names, area)));
        let own = names.0.services.iter().filter(|s| area.services.contains(&s.id));
        for (service, slot) in own.flat_map(|s| s.slots.keys().map(move |slot| (s, slot))) {
            let cells = names.0.options.iter().map(|o| go_live(names, o, service, slot)).collect();
            let start = service.slots.get(slot).map_or_else(String::new, |i| names.system(i));
            rows.push(Row::new(names.slot(&service.id, slot), cells).detailed(format!("on {start}")));
        }
    }
    let caption = "What moves when, by place: the system a service ends on and its expected go-live";
    Table::by_option(caption, "Place and service", &names.options(), rows).if_any()
}

fn go_live(names: Names<'_>, option: &OptionResult, service: &ServiceView, slot: &str) -> Cell {
    let entry = option.plan.iter().find(|p| p.service == service.id && p.slot == *slot);
    match entry.and_then(|p| p.expected_go_live.as_deref().map(|date| (p, date))) {
        Some((p, date)) => Cell::mood(names.system(&p.instance), "flag").detailed(format::short_date(date)),
        None => Cell::text("Stays"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_whole_stands_beside_the_places() {
        let appraisal = sample::small();
        let table = view(Names(&appraisal)).by_place.expect("places");
        let group = |heading: &str| {
            let at = table.rows.iter().position(|r| r.kind == "group" && r.heading == heading).expect("the group");
            let own = table.rows[at + 1..].iter().take_while(|r| r.kind != "group");
            // Converge is the third option.
            own.map(|r| (r.heading.as_str(), r.cells[2].text.as_str())).collect::<Vec<_>>()
        };
        assert_eq!(group("Users who move"), [("North", "400"), ("South", "\u{2013}"), ("All services", "400")]);
        let cost = "Cost of this work, training and lost time, present value, £";
        assert_eq!(group(cost), [("North", "£390,000"), ("South", "\u{2013}"), ("All services", "£390,000")]);
        assert_eq!(group("Net present cost, £"), [("Whole option, what is not split included", "£975,232")]);
        let capability = "Coverage of the capabilities that services should have";
        assert_eq!(group(capability), [("North", "79.4%"), ("South", "100.0%"), ("All services", "91.8%")]);
        // Nothing is left out of the ten measures here, and each has its two places and the whole.
        assert_eq!(table.rows.len(), 10 * 4 + 2);
    }

    #[test]
    fn what_is_nowhere_has_no_rows() {
        let mut appraisal = sample::small();
        appraisal.options.truncate(2);
        let table = view(Names(&appraisal)).by_place.expect("places");
        let groups = table.rows.iter().filter(|r| r.kind == "group");
        assert_eq!(groups.filter(|r| r.heading.contains("days") || r.heading.contains("move")).count(), 0);
    }

    #[test]
    fn the_message_is_of_the_leading_option() {
        let mut appraisal = sample::small();
        assert_eq!(message(Names(&appraisal)).as_deref(), Some("\u{201c}Interoperate\u{201d} moves no service in any place."));
        appraisal.options[2].rank = Some(1);
        appraisal.options[1].rank = Some(2);
        let text = message(Names(&appraisal)).expect("places");
        assert_eq!(text, "\u{201c}Converge on system Y\u{201d} moves 1 service record to another system: in North (400 users).");
        appraisal.options[2].areas[0].slots_committed = 1;
        assert!(message(Names(&appraisal)).expect("places").contains("another system, as every option does: in"));
    }

    #[test]
    fn services_stay_or_move_on_a_day() {
        let appraisal = sample::small();
        let table = moves(Names(&appraisal)).expect("places");
        let nursing = &table.rows[1];
        assert_eq!((nursing.heading.as_str(), nursing.detail.as_deref()), ("Community nursing", Some("on System X")));
        assert_eq!(nursing.cells[0].text, "Stays");
        assert_eq!((nursing.cells[2].text.as_str(), nursing.cells[2].detail.as_deref()), ("System Y", Some("1 Jan 2028")));
    }

    #[test]
    fn without_places_nothing_is_said_of_them() {
        let mut appraisal = sample::small();
        appraisal.areas.retain(|a| a.kind != "place");
        for option in &mut appraisal.options {
            option.areas.retain(|a| a.kind != "place");
        }
        let view = view(Names(&appraisal));
        assert!(view.message.is_none() && view.there.is_none() && view.by_place.is_none() && view.moves.is_none());
        assert!(view.by_organisation.is_some());
    }
}
