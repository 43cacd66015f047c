//! The roadmap: which system serves which service, when it changes, and what runs twice.

mod draw;
mod group;
mod table;

use super::Figure;
use super::KeyItem;
use super::Panel;
use super::axis::length;
use super::palette;
use super::palette::Fill;
use super::palette::Pattern;
use crate::appraisal::result::Appraisal;
use crate::appraisal::result::OptionResult;
use crate::appraisal::result::PlanEntry;
use crate::appraisal::result::RoadmapEntry;
use crate::quantity::FinancialYear;
use crate::report::format;
use crate::report::view::names::Names;
use group::BySlot;
use group::Slot;
use std::collections::BTreeSet;

/// The numbers of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Roadmap {
    /// Years of the time axis.
    pub years: Vec<String>,
    /// Systems with a colour of their own, and the colour.
    pub systems: Vec<(String, Fill)>,
    /// One for each option.
    pub options: Vec<OptionRoadmap>,
}

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionRoadmap {
    /// Its name.
    pub name: String,
    /// Rows, one for each service slot that changes in this option; where they are many, one for those
    /// that change in the same way.
    pub rows: Vec<Lane>,
    /// What has no row, in words, if there are too many.
    pub left_out: Option<String>,
    /// Service slots that do not.
    pub unmoved: usize,
    /// Ends of the contracts of the systems in the rows, within the period: name and month.
    pub contract_ends: Vec<(String, f64)>,
    /// Service slots that move in this option.
    pub moves: usize,
    /// Months in which an old and a new system are both paid, over all slots.
    pub double_months: usize,
    /// Last expected go-live of a service or a link (ISO date).
    pub last_go_live: Option<String>,
    /// Links built: name and first day live (ISO date).
    pub links: Vec<(String, String)>,
    /// Whether it passes every gate.
    pub feasible: bool,
}

/// One service slot in one option.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Name of the service and slot.
    pub name: String,
    /// Service slots that it stands for.
    pub services: usize,
    /// Stretches of use.
    pub stretches: Vec<Stretch>,
    /// Planned and expected go-live in months from April of year 0.
    pub go_live: Option<(f64, f64)>,
}

/// A stretch of use of one system.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Name of the system.
    pub system: String,
    /// Whether users are live on it.
    pub live: bool,
    /// `live`, `provisioned` or `parallel`.
    pub state: String,
    /// First month and the month after the last.
    pub span: (usize, usize),
}

/// Takes the numbers from an appraisal; none where no service has a roadmap.
#[must_use]
pub fn data(appraisal: &Appraisal) -> Option<Roadmap> {
    let all = slots(appraisal);
    if all.is_empty() {
        return None;
    }
    let by_slot: Vec<BySlot<'_>> = appraisal.options.iter().map(BySlot::of).collect();
    let options = appraisal.options.iter().zip(&by_slot).map(|both| option_roadmap(appraisal, both, &all)).collect();
    let changing = appraisal
        .options
        .iter()
        .zip(&by_slot)
        .flat_map(|(option, by_slot)| option.roadmap.iter().filter(|e| by_slot.changes((&e.service, &e.slot))));
    let shown: Vec<&str> = changing.map(|e| e.instance.as_str()).collect();
    Some(Roadmap { years: appraisal.frame.years.clone(), systems: colours(appraisal, &shown), options })
}

/// Ends of the contracts of some systems within the period, in order.
fn contract_ends(appraisal: &Appraisal, shown: &BTreeSet<&str>) -> Vec<(String, f64)> {
    let months = appraisal.frame.years.len() * 12;
    let mut ends: Vec<(String, f64)> = appraisal
        .contracts
        .iter()
        .filter(|c| c.instance.as_deref().is_some_and(|i| shown.contains(i)))
        .filter_map(|c| months_to(&appraisal.frame.year0, &c.end).map(|m| (c.name.clone(), m)))
        .filter(|(_, m)| *m >= 0.0 && *m <= length(months))
        .collect();
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    ends
}

/// Every service slot of the appraisal in order.
fn slots(appraisal: &Appraisal) -> Vec<Slot<'_>> {
    let mut known = BTreeSet::new();
    let all = appraisal.options.iter().flat_map(|o| &o.roadmap).map(|e| (e.service.as_str(), e.slot.as_str()));
    all.filter(|slot| known.insert(*slot)).collect()
}

fn option_roadmap<'a>(
    appraisal: &'a Appraisal,
    (option, by_slot): (&'a OptionResult, &BySlot<'a>),
    slots: &[Slot<'a>],
) -> OptionRoadmap {
    let names = Names(appraisal);
    let moving: Vec<Slot<'a>> = slots.iter().copied().filter(|s| by_slot.changes(*s)).collect();
    let lanes = moving.iter().map(|slot| Lane {
        name: names.slot(slot.0, slot.1),
        services: 1,
        stretches: by_slot.uses(*slot).iter().map(|e| stretch(names, e)).collect(),
        go_live: by_slot.plan(*slot).and_then(|entry| go_live(appraisal, entry)),
    });
    let (rows, left_out) = group::rows(lanes.collect());
    let shown: BTreeSet<&str> = moving.iter().flat_map(|slot| by_slot.uses(*slot)).map(|e| e.instance.as_str()).collect();
    let double_months = option.roadmap.iter().filter(|e| e.state != "live").map(|e| e.to.saturating_sub(e.from)).sum();
    OptionRoadmap {
        name: option.name.clone(),
        rows,
        left_out,
        unmoved: slots.len() - moving.len(),
        contract_ends: contract_ends(appraisal, &shown),
        moves: option.plan.iter().filter(|p| p.go_live.is_some()).count(),
        double_months,
        last_go_live: last_go_live(option),
        links: option.links.iter().filter_map(|l| Some((l.name.clone(), l.live.clone()?))).collect(),
        feasible: option.feasible,
    }
}

/// The last expected go-live of an option, of a service or of a link (ISO date).
#[must_use]
pub fn last_go_live(option: &OptionResult) -> Option<String> {
    let moves = option.plan.iter().filter_map(|p| p.expected_go_live.clone().or_else(|| p.go_live.clone()));
    moves.chain(option.links.iter().filter_map(|l| l.live.clone())).max()
}

fn stretch(names: Names<'_>, entry: &RoadmapEntry) -> Stretch {
    Stretch {
        system: names.system(&entry.instance),
        live: entry.state == "live",
        state: entry.state.clone(),
        span: (entry.from, entry.to),
    }
}

fn go_live(appraisal: &Appraisal, entry: &PlanEntry) -> Option<(f64, f64)> {
    let planned = months_to(&appraisal.frame.year0, entry.go_live.as_ref()?)?;
    let expected = entry.expected_go_live.as_ref().and_then(|d| months_to(&appraisal.frame.year0, d));
    Some((planned, expected.unwrap_or(planned)))
}

/// Months from April of `year0` to an ISO date, days as 31sts.
fn months_to(year0: &str, iso: &str) -> Option<f64> {
    let start = FinancialYear::parse(year0)?.start_year();
    let (year, month, day) = format::split_date(iso)?;
    let months = (year - i32::from(start)) * 12 + i32::try_from(month).ok()? - 4;
    Some(f64::from(months) + (f64::from(day) - 1.0) / 31.0)
}

/// Colours go to the systems used most; what is left over is grey and known by its label.
fn colours(appraisal: &Appraisal, shown: &[&str]) -> Vec<(String, Fill)> {
    let mut uses: Vec<(&str, usize)> = Vec::new();
    for id in shown {
        match uses.iter_mut().find(|(known, _)| known == id) {
            Some((_, count)) => *count += 1,
            None => uses.push((id, 1)),
        }
    }
    uses.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let names = Names(appraisal);
    // Dark grey and rising lines are those of parallel running; light grey is for the rest. Without colour
    // the first and third look alike, as do the others, so patterns tell them apart.
    let patterns = [Pattern::Plain, Pattern::Plain, Pattern::Dots, Pattern::Upright, Pattern::Falling];
    let colours = palette::SERIES.into_iter().filter(|f| f.colour != draw::DOUBLE.colour);
    let told = colours.zip(patterns).map(|(fill, pattern)| Fill { pattern, ..fill });
    let fills = told.chain(std::iter::repeat(palette::QUIET));
    uses.iter().zip(fills).map(|((id, _), fill)| (names.system(id), fill)).collect()
}

/// What the roadmap says: the option that moves most, of those that pass every gate, and when it is
/// done.
#[must_use]
pub fn title(roadmap: &Roadmap) -> String {
    let standing = || roadmap.options.iter().filter(|o| o.feasible);
    let most = standing().map(|o| o.moves).max().unwrap_or(0);
    if most == 0 {
        return "No option moves a service to another system".to_owned();
    }
    let leaders: Vec<&OptionRoadmap> = standing().filter(|o| o.moves == most).collect();
    let names: Vec<String> = leaders.iter().map(|o| o.name.clone()).collect();
    let what = format::count(most, "service", "services");
    let end = leaders.iter().filter_map(|o| o.last_go_live.clone()).max();
    let end = end.map_or_else(String::new, |d| format!(", the last expected live on {}", format::date(&d)));
    match names.as_slice() {
        [only] => format!("{only} moves {what}{end}"),
        _ if names.len() <= 3 => format!("{} each move {what}{end}", format::list(&names)),
        _ => format!("{} options each move {what}{end}", names.len()),
    }
}

/// The chart for the page.
#[must_use]
pub fn figure(appraisal: &Appraisal) -> Option<Figure> {
    let roadmap = data(appraisal)?;
    let panels = alike(&roadmap).iter().map(|group| panel(&roadmap, group)).collect();
    Some(Figure {
        id: "figure-roadmap",
        title: title(&roadmap),
        subtitle: subtitle(&roadmap),
        key: key(&roadmap),
        panels,
        across: 1,
        alternative: format!(
            "Timelines, one panel for each option. {}",
            roadmap.options.iter().map(sentence).collect::<Vec<_>>().join(" ")
        ),
        table: table::table(&roadmap),
    })
}

fn subtitle(roadmap: &Roadmap) -> String {
    let rows =
        "System in live use by service, in financial years from 1 April; only services that change in the option have a row";
    let shared = roadmap.options.iter().any(|o| o.rows.iter().any(|r| r.services > 1));
    if shared { format!("{rows}, those that change in the same way one together") } else { rows.to_owned() }
}

/// Options by their drawing: those with the same one stand together.
fn alike(roadmap: &Roadmap) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (i, option) in roadmap.options.iter().enumerate() {
        match groups.iter_mut().find(|g| same(&roadmap.options[g[0]], option)) {
            Some(group) => group.push(i),
            None => groups.push(vec![i]),
        }
    }
    groups
}

/// Whether two options are drawn alike and build the same links on the same days.
fn same(a: &OptionRoadmap, b: &OptionRoadmap) -> bool {
    a.rows == b.rows && a.left_out == b.left_out && a.links == b.links
}

/// `; links: A from 1 October 2025`, or nothing.
fn links(option: &OptionRoadmap) -> String {
    let each: Vec<String> = option.links.iter().map(|(name, live)| format!("{name} from {}", format::date(live))).collect();
    if each.is_empty() { String::new() } else { format!("; links: {}", format::list(&each)) }
}

fn panel(roadmap: &Roadmap, group: &[usize]) -> Panel {
    let names: Vec<String> = group.iter().map(|i| roadmap.options[*i].name.clone()).collect();
    let sentences: Vec<String> = group.iter().map(|i| sentence(&roadmap.options[*i])).collect();
    let heading = format!("{}{}", names.join(" / "), links(&roadmap.options[group[0]]));
    let title = format!("{heading}: roadmap");
    let wide = draw::draw(roadmap, group[0], (&title, &sentences.join(" "))).finish();
    Panel { heading: Some(heading), wide, narrow: None }
}

fn sentence(option: &OptionRoadmap) -> String {
    if option.moves == 0 {
        return format!("{}: no service moves{}.", option.name, links(option));
    }
    let double = if option.double_months == 0 {
        "nothing runs twice".to_owned()
    } else {
        format!("{} of double running over all services", format::count(option.double_months, "month", "months"))
    };
    let end = option.last_go_live.as_ref().map_or_else(String::new, |d| format!(", last go-live {}", format::date(d)));
    let moves = format::count(option.moves, "move", "moves");
    format!("{}: {moves}{end}, {double}{}.", option.name, links(option))
}

fn key(roadmap: &Roadmap) -> Vec<KeyItem> {
    let mut items: Vec<KeyItem> = Vec::new();
    let own = roadmap.systems.iter().filter(|(_, fill)| *fill != palette::QUIET);
    for (i, (name, fill)) in own.enumerate() {
        items.push(KeyItem::square(&format!("road-k{i}"), *fill, name));
    }
    if roadmap.systems.iter().any(|(_, fill)| *fill == palette::QUIET) {
        items.push(KeyItem::square("road-kq", palette::QUIET, "Other systems, named on the bar"));
    }
    items.push(KeyItem::square("road-kh", draw::DOUBLE, "Paid twice: run in parallel, or provided before go-live"));
    items.push(KeyItem::drawn("road-kg", "Go-live planned (ring) and expected (dot)", |svg| {
        svg.line((4.0, 9.0), (14.0, 9.0), palette::INK, 2.0);
        svg.circle((5.0, 9.0), 4.0, palette::WHITE, palette::INK);
        svg.circle((13.0, 9.0), 4.0, palette::INK, palette::INK);
    }));
    if roadmap.options.iter().any(|o| !o.contract_ends.is_empty()) {
        items.push(KeyItem::drawn("road-kd", "Contract ends", |svg| svg.diamond(9.0, 9.0, 7.0, draw::END)));
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::checks;
    use crate::report::sample;

    #[test]
    fn the_title_counts_moves() {
        let roadmap = data(&sample::small()).expect("a roadmap");
        assert_eq!(title(&roadmap), "Converge on system Y moves 1 service, the last expected live on 1 January 2028");
        // Head start 1 month, overlap 3 months.
        assert_eq!(roadmap.options[2].double_months, 4);
        assert_eq!(roadmap.options[2].rows.len(), 1);
        assert_eq!(roadmap.options[2].unmoved, 1);
    }

    #[test]
    fn nothing_moves_is_said() {
        let mut roadmap = data(&sample::small()).expect("a roadmap");
        roadmap.options.truncate(1);
        assert_eq!(title(&roadmap), "No option moves a service to another system");
    }

    #[test]
    fn options_that_look_the_same_share_a_panel() {
        // Business as usual and Interoperate move nothing, but Interoperate builds a link.
        let mut roadmap = data(&sample::small()).expect("a roadmap");
        assert_eq!(alike(&roadmap), [vec![0], vec![1], vec![2]]);
        assert!(links(&roadmap.options[1]).starts_with("; links: "));
        roadmap.options[1].links.clear();
        assert_eq!(alike(&roadmap), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn months_count_from_april() {
        // 1 January 2028 is nine months after 1 April 2027.
        assert!((months_to("2027/28", "2028-01-01").expect("a date") - 9.0).abs() < 1e-9);
    }

    #[test]
    fn labels_fit_in_every_case() {
        let mut crowded = data(&sample::large()).expect("a roadmap");
        for (i, row) in crowded.options[1].rows.iter_mut().enumerate() {
            row.name = "A service with a very long name that never seems to end ".repeat(i % 3 + 1);
        }
        crowded.options[1].contract_ends = (0..12).map(|i| ("A contract with a long name".to_owned(), f64::from(i))).collect();
        for roadmap in [crowded, data(&sample::small()).expect("a roadmap"), data(&sample::large()).expect("a roadmap")] {
            for index in 0..roadmap.options.len() {
                checks::labels_fit(&draw::draw(&roadmap, index, ("t", "d")));
            }
        }
    }
}
