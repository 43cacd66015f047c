//! Places and bodies: what there is, what each option does there, who pays in which year.

use super::names::Names;
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
    cash: Option<Table>,
}

pub(super) fn view(names: Names<'_>) -> Areas {
    Areas {
        message: message(names),
        there: there(names),
        by_place: results(names, "place", "What each option does by place, beside the whole"),
        moves: moves(names),
        by_organisation: results(names, "organisation", "What each option does by body, beside the whole"),
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
    let leading = names.0.options.iter().filter(|o| o.rank.is_some()).min_by_key(|o| o.rank)?;
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

/// What each option does in each area, the whole first.
fn results(names: Names<'_>, kind: &str, caption: &str) -> Option<Table> {
    of_kind(names, kind).next()?;
    let mut rows = Vec::new();
    for (i, area) in of_kind(names, "all").chain(of_kind(names, kind)) {
        rows.push(Row::group(name(names, area)));
        for option in &names.0.options {
            if let Some(result) = option.areas.get(i) {
                rows.push(Row::new(&option.name, cells(option, result)));
            }
        }
    }
    let columns = headings(&[
        "Area and option",
        "Records moved",
        "Users moved",
        "Go-lives",
        "Own days",
        "Days bought in",
        "Training hours",
        "Hours lost",
        "Cost of these",
        "Record visible",
        "Capability",
    ]);
    let table = Table::new(format!("{caption}; cost in present value, £"), columns, rows);
    Some(table.noted("Go-lives are the expected ones. Record visible: share of the contacts with another service at which its record can be used. Capability: coverage of what the services should have. Both are means over the period."))
}

fn cells(option: &OptionResult, result: &AreaResult) -> Vec<Cell> {
    let number = |n: f64| Cell::number(format::number(n, 0));
    let share = |s: Option<f64>| Cell::number(s.map_or_else(|| format::NONE.to_owned(), format::percent));
    let moved = Cell::number(result.slots_moved.to_string());
    let moved = match result.slots_committed {
        0 => moved,
        n => moved.detailed(format!("{n} committed")),
    };
    let cost = Cell::number(format::pounds(result.cost.present));
    let cost = if result.kind == "all" { cost.detailed(format!("of {}", format::pounds(option.cost.npc))) } else { cost };
    let day = |date: &Option<String>| date.as_deref().map(format::short_date);
    let go_lives = match (day(&result.first_go_live), day(&result.last_go_live)) {
        (Some(first), Some(last)) if first != last => Cell::text(first).detailed(format!("to {last}")),
        (Some(only), _) => Cell::text(only),
        _ => Cell::text("Nothing moves"),
    };
    vec![
        moved,
        number(result.users_moved),
        go_lives,
        number(result.internal_days),
        number(result.external_days),
        number(result.training_hours),
        number(result.dip_hours),
        cost,
        share(result.visibility),
        share(result.capability),
    ]
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
    fn the_whole_stands_before_the_places() {
        let appraisal = sample::small();
        let table = view(Names(&appraisal)).by_place.expect("places");
        let groups: Vec<&str> = table.rows.iter().filter(|r| r.kind == "group").map(|r| r.heading.as_str()).collect();
        assert_eq!(groups, ["All services", "North", "South"]);
        // Converge is the third option; 390,000 of 975,231.52 belongs to services.
        let texts = |row: usize| table.rows[row].cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>();
        let moved = ["1", "400", "1 Jan 2028", "120", "80", "3,600", "6,600", "£390,000"];
        assert_eq!(texts(3)[..8], moved);
        assert_eq!(table.rows[3].cells[7].detail.as_deref(), Some("of £975,232"));
        assert_eq!(texts(7)[..8], moved);
        assert_eq!(texts(7)[8..], ["63.7%", "79.4%"]);
        assert_eq!(texts(11)[2], "Nothing moves");
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
