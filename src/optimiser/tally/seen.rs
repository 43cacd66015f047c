//! What a draft does for patients and staff, flow by flow and service by service.

use super::key::Key;
use super::lane::Way;
use crate::impact::{self, LiveOn};
use crate::optimiser::Judge;
use crate::plan::PlannedLink;
use crate::programme::{Measure, Programme, ServiceIx};
use std::collections::HashMap;

/// The measures of a draft that rest on where services are live.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) live: LiveOn,
    /// By service, where it is live from when.
    keys: Vec<Key>,
    /// By service, whether it misses what it must have.
    lacks: Vec<bool>,
    lacking: usize,
    /// By service, what is covered of its months.
    covered: Vec<Option<f64>>,
    /// By flow, the share of its contacts with a usable view.
    views: Vec<f64>,
    flows_of: Vec<Vec<usize>>,
    links: Option<Key>,
    dirty: Vec<usize>,
    services: HashMap<(usize, Key), (bool, Option<f64>)>,
    flows: HashMap<(usize, Key), f64>,
    /// Which criteria are asked for.
    visible: bool,
    coverage: bool,
}

/// What is remembered at most.
const ROOM: usize = 1_000_000;

impl Seen {
    pub(super) fn of(programme: &Programme, live: LiveOn, scored: bool) -> Self {
        let services = programme.services.len();
        let mut flows_of = vec![Vec::new(); services];
        for (i, flow) in programme.flows.iter().enumerate() {
            flows_of[flow.from.0].push(i);
            if flow.to != flow.from {
                flows_of[flow.to.0].push(i);
            }
        }
        let asked = |measure: fn(&Measure) -> bool| scored && programme.tree.criteria.iter().any(|c| measure(&c.measure));
        Self {
            live,
            keys: vec![Key::default(); services],
            lacks: vec![false; services],
            lacking: 0,
            covered: vec![None; services],
            views: vec![0.0; programme.flows.len()],
            flows_of,
            links: None,
            dirty: (0..services).collect(),
            services: HashMap::new(),
            flows: HashMap::new(),
            visible: asked(|m| matches!(m, Measure::Visibility)),
            coverage: asked(|m| matches!(m, Measure::Capability)),
        }
    }

    /// A slot is live elsewhere.
    pub(super) fn change(&mut self, (service, slot): (ServiceIx, usize), before: &Way, after: &Way) {
        self.live.slots[service.0][slot].clone_from(&after.live);
        self.keys[service.0] = self.keys[service.0].minus(before.live_key).plus(after.live_key);
        self.dirty.push(service.0);
    }

    /// How many services miss what they must have.
    pub(super) fn lacking(&self) -> usize {
        self.lacking
    }

    /// Follows all that has changed.
    pub(super) fn settle(&mut self, judge: &Judge<'_>, links: &[PlannedLink], key: Key) {
        if self.flows.len() + self.services.len() > ROOM {
            self.flows.clear();
            self.services.clear();
        }
        let (programme, values) = (judge.programme, judge.values);
        let all = self.links.replace(key) != Some(key);
        let mut dirty = std::mem::take(&mut self.dirty);
        dirty.sort_unstable();
        dirty.dedup();
        for &service in &dirty {
            let (live, asked) = (&self.live, self.coverage);
            let find = || {
                let lacks = !impact::missing_of(programme, live, ServiceIx(service), values).is_empty();
                (lacks, if asked { impact::covered(programme, live, ServiceIx(service), values) } else { None })
            };
            let (lacks, covered) = *self.services.entry((service, self.keys[service])).or_insert_with(find);
            self.lacking = self.lacking + usize::from(lacks) - usize::from(self.lacks[service]);
            (self.lacks[service], self.covered[service]) = (lacks, covered);
        }
        if self.visible {
            let mut flows: Vec<usize> = if all {
                (0..self.views.len()).collect()
            } else {
                dirty.iter().flat_map(|s| &self.flows_of[*s]).copied().collect()
            };
            flows.sort_unstable();
            flows.dedup();
            for i in flows {
                let (flow, live) = (&programme.flows[i], &self.live);
                let rests_on = self.keys[flow.from.0].and(self.keys[flow.to.0]).and(key);
                let find = || impact::mean_view(programme, live, links, flow, values);
                self.views[i] = *self.flows.entry((i, rests_on)).or_insert_with(find);
            }
        }
        dirty.clear();
        self.dirty = dirty;
    }

    /// Visibility and capability.
    pub(super) fn measure(&self, judge: &Judge<'_>, measure: &Measure) -> Option<f64> {
        if matches!(measure, Measure::Visibility) {
            impact::seen(judge.programme, judge.values, |_| true, |i, _| self.views[i])
        } else {
            impact::coverage_from(judge.programme, self.live.counted(), judge.values, |ix| self.covered[ix.0])
        }
    }
}
