//! Rows of the roadmap: of a few services each its own, of many one for those that change in the same way.

use super::Lane;
use crate::appraisal::result::OptionResult;
use crate::appraisal::result::PlanEntry;
use crate::appraisal::result::RoadmapEntry;
use crate::report::format;
use std::collections::BTreeMap;

/// Rows that a reader can take in.
pub(super) const ROWS: usize = 40;

/// A slot of a service.
pub(super) type Slot<'a> = (&'a str, &'a str);

/// The use of systems and the moves of an option by service slot.
pub(super) struct BySlot<'a> {
    uses: BTreeMap<Slot<'a>, Vec<&'a RoadmapEntry>>,
    plan: BTreeMap<Slot<'a>, &'a PlanEntry>,
}

impl<'a> BySlot<'a> {
    pub(super) fn of(option: &'a OptionResult) -> Self {
        let mut uses: BTreeMap<Slot<'a>, Vec<&RoadmapEntry>> = BTreeMap::new();
        for entry in &option.roadmap {
            uses.entry((&entry.service, &entry.slot)).or_default().push(entry);
        }
        // Of two entries for a slot the first stands.
        let plan = option.plan.iter().rev().map(|p| ((p.service.as_str(), p.slot.as_str()), p)).collect();
        Self { uses, plan }
    }

    /// Stretches of use of a slot, in order.
    pub(super) fn uses(&self, slot: Slot<'a>) -> &[&'a RoadmapEntry] {
        self.uses.get(&slot).map_or(&[], Vec::as_slice)
    }

    /// Where a slot ends up.
    pub(super) fn plan(&self, slot: Slot<'a>) -> Option<&'a PlanEntry> {
        self.plan.get(&slot).copied()
    }

    /// Whether a slot moves or runs two systems.
    pub(super) fn changes(&self, slot: Slot<'a>) -> bool {
        let own = self.uses(slot);
        own.first().is_some_and(|f| own.iter().any(|e| e.state != "live" || e.instance != f.instance))
    }
}

/// Lanes as rows, and what has none: where there are too many lanes, those that look the same share a row,
/// and of too many rows those of most services are kept, first go-live first.
pub(super) fn rows(lanes: Vec<Lane>) -> (Vec<Lane>, Option<String>) {
    if lanes.len() <= ROWS {
        return (lanes, None);
    }
    let mut groups: Vec<Lane> = Vec::new();
    for lane in lanes {
        match groups.iter_mut().find(|first| first.stretches == lane.stretches && first.go_live == lane.go_live) {
            Some(group) => group.services += lane.services,
            None => groups.push(lane),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.services));
    let rest = groups.split_off(groups.len().min(ROWS));
    groups.sort_by(|a, b| when(a).total_cmp(&when(b)));
    let left_out = (!rest.is_empty()).then(|| {
        let services = rest.iter().map(|group| group.services).sum();
        format!("{} in smaller groups also change; all are in appraisal.json", format::count(services, "service", "services"))
    });
    (groups.into_iter().map(named).collect(), left_out)
}

fn when(lane: &Lane) -> f64 {
    lane.go_live.map_or(f64::INFINITY, |(planned, _)| planned)
}

fn named(lane: Lane) -> Lane {
    if lane.services == 1 {
        return lane;
    }
    let from = lane.stretches.iter().find(|s| s.live).map_or("", |s| s.system.as_str());
    Lane { name: format!("{} services on {from}", lane.services), ..lane }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::roadmap::Stretch;

    fn lane(name: &str, system: &str, go_live: f64) -> Lane {
        let stretch = Stretch { system: system.to_owned(), live: true, state: "live".to_owned(), span: (0, 12) };
        Lane { name: name.to_owned(), services: 1, stretches: vec![stretch], go_live: Some((go_live, go_live)) }
    }

    #[test]
    fn a_few_services_have_a_row_each() {
        let lanes: Vec<Lane> = (0..ROWS).map(|i| lane(&format!("S{i}"), "Old", 12.0)).collect();
        assert_eq!(rows(lanes.clone()), (lanes, None));
    }

    #[test]
    fn many_that_change_alike_share_one() {
        // 30 from one system in the second year, 15 in the first, and one of its own.
        let mut lanes: Vec<Lane> = (0..30).map(|i| lane(&format!("S{i}"), "Old", 12.0)).collect();
        lanes.extend((0..15).map(|i| lane(&format!("T{i}"), "Old", 3.0)));
        lanes.push(lane("Alone", "Older", 9.0));
        let (rows, left_out) = rows(lanes);
        let names: Vec<&str> = rows.iter().map(|l| l.name.as_str()).collect();
        assert_eq!((names, left_out), (vec!["15 services on Old", "Alone", "30 services on Old"], None));
    }

    #[test]
    fn the_smallest_groups_are_told_of() {
        // 41 pairs on dates of their own: one pair too many.
        let lanes = (0..82_u32).map(|i| lane(&format!("S{i}"), "Old", f64::from(i.div_euclid(2)))).collect();
        let (rows, left_out) = rows(lanes);
        assert_eq!(rows.len(), ROWS);
        assert_eq!(left_out.as_deref(), Some("2 services in smaller groups also change; all are in appraisal.json"));
    }
}
