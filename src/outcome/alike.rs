//! Measures of options on one realisation, worked out once for what is the same in several of them.

use super::measure;
use crate::assumption::Values;
use crate::costing::Usage;
use crate::impact::{self, LiveOn};
use crate::plan::PlannedLink;
use crate::programme::{Programme, ServiceIx};

/// Where services are live in the options met on a realisation, and what was found of them.
#[derive(Debug, Default)]
pub(super) struct Alike {
    options: Vec<LiveOn>,
    /// How many of them are of this realisation; the others are room.
    met: usize,
    /// By service, the first option in which it is live on the same instances from the same months as in the last.
    first: Vec<usize>,
    /// Mean view of each flow: of which two services' options, with whose links.
    views: Vec<Vec<([usize; 3], f64)>>,
    /// Coverage of each service, and whether it misses what it must have.
    covered: Vec<Vec<(usize, Option<f64>)>>,
    lacking: Vec<Vec<(usize, bool)>>,
}

impl Alike {
    /// For another realisation.
    pub(super) fn begin(&mut self, programme: &Programme) {
        self.met = 0;
        self.views.iter_mut().for_each(Vec::clear);
        self.covered.iter_mut().for_each(Vec::clear);
        self.lacking.iter_mut().for_each(Vec::clear);
        self.views.resize_with(programme.flows.len(), Vec::new);
        self.covered.resize_with(programme.services.len(), Vec::new);
        self.lacking.resize_with(programme.services.len(), Vec::new);
    }

    /// Takes in the next option, by its use of instances.
    pub(super) fn add(&mut self, programme: &Programme, usage: &Usage) {
        let own = self.met;
        if own == self.options.len() {
            self.options.push(LiveOn { slots: Vec::new(), first: 0, end: 0 });
        }
        measure::fill_live_on(programme, usage, &mut self.options[own]);
        self.met += 1;
        let known = &self.options[..self.met];
        let same = |service: usize| known.iter().position(|o| o.slots[service] == known[own].slots[service]).unwrap_or(own);
        self.first.clear();
        self.first.extend((0..programme.services.len()).map(same));
    }

    /// The option taken in last.
    pub(super) fn live(&self) -> Option<&LiveOn> {
        self.options.get(self.met.checked_sub(1)?)
    }

    /// [`impact::visibility`] of the option taken in last. Plans with the same links have the same number for them.
    pub(super) fn visibility(
        &mut self,
        programme: &Programme,
        (links, number): (&[PlannedLink], usize),
        values: &Values,
    ) -> Option<f64> {
        let (live, first) = (self.options.get(self.met.checked_sub(1)?)?, &self.first);
        impact::seen(
            programme,
            values,
            |_| true,
            |i, flow| {
                let key = [first[flow.from.0], first[flow.to.0], number];
                recall(&mut self.views[i], key, || impact::mean_view(programme, live, links, flow, values))
            },
        )
    }

    /// [`impact::coverage`] of the option taken in last.
    pub(super) fn coverage(&mut self, programme: &Programme, values: &Values) -> Option<f64> {
        let (live, first) = (self.options.get(self.met.checked_sub(1)?)?, &self.first);
        impact::coverage_from(programme, live.counted(), values, |ix| {
            recall(&mut self.covered[ix.0], first[ix.0], || impact::covered(programme, live, ix, values))
        })
    }

    /// Whether a service of the option taken in last misses what it must have.
    pub(super) fn lacks(&mut self, programme: &Programme, values: &Values) -> bool {
        let Some(live) = self.met.checked_sub(1).and_then(|last| self.options.get(last)) else { return false };
        let first = &self.first;
        (0..programme.services.len()).any(|i| {
            let lacks = || !impact::missing_of(programme, live, ServiceIx(i), values).is_empty();
            recall(&mut self.lacking[i], first[i], lacks)
        })
    }
}

/// What is known under a key, or else is found.
fn recall<K: PartialEq, V: Copy>(known: &mut Vec<(K, V)>, key: K, find: impl FnOnce() -> V) -> V {
    if let Some((_, value)) = known.iter().find(|(k, _)| *k == key) {
        return *value;
    }
    let value = find();
    known.push((key, value));
    value
}
