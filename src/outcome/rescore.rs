//! What a plan comes to if a few numbers were different, without working out all of it again.
//!
//! As in [`super::Recost`], numbers read are noted while everything is worked out once; if some of them change, only what
//! read them is worked out again, by the same code: components of the cost, the use of instances, and measures, those of
//! flows and services one by one. Where dates change, everything is.

use super::adding::{self, Adding, Columns, Entry};
use super::measure;
use super::realise::Simulation;
use crate::assumption::{Handle, Values};
use crate::costing::{Component, Course, InstanceUsage, Stint, Usage};
use crate::impact::{self, LiveOn};
use crate::plan::{Plan, Sequence, Timetable};
use crate::programme::{InstanceIx, Measure, Programme, ServiceIx};
use crate::scoring;
use std::ops::Range;

/// What ranks a plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rescored {
    /// Net present cost.
    pub npc: f64,
    /// Score at the combined weights, where there are any.
    pub score: Option<f64>,
}

/// A plan, worked out once on some values, with what each part of it rests on.
#[derive(Debug)]
pub struct Rescore<'a> {
    simulation: &'a Simulation<'a>,
    option: usize,
    programme: &'a Programme,
    plan: &'a Plan,
    sequence: &'a Sequence,
    columns: Columns<'a>,
    timetable: Timetable,
    usage: Usage,
    /// Stints by instance, in the order of services.
    stints: Vec<Vec<Stint>>,
    live: LiveOn,
    components: Vec<Component>,
    entries: Vec<Entry>,
    /// What each component adds, of the entries.
    adds: Vec<Range<usize>>,
    sums: Vec<f64>,
    /// Numbers that dates rest on.
    dates: Vec<Handle>,
    /// Numbers of users and of shared staff with the instances whose use rests on them.
    users: Vec<(Handle, InstanceIx)>,
    /// Numbers with the components that read them.
    readers: Vec<(Handle, usize)>,
    /// Instances with the components that depend on their use.
    users_of: Vec<(InstanceIx, usize)>,
    measures: Vec<Rested>,
    /// Mean view by flow, and numbers with the flows whose views rest on them.
    views: Vec<f64>,
    view_readers: Vec<(Handle, usize)>,
    /// What is covered by service, and numbers with the services for which it rests on them.
    covered: Vec<Option<f64>>,
    covered_readers: Vec<(Handle, usize)>,
}

/// A measure of impact by criterion, with the numbers it rests on; nothing for other measures.
#[derive(Debug, Default)]
struct Rested {
    value: Option<f64>,
    handles: Vec<Handle>,
}

impl<'a> Rescore<'a> {
    /// Works out a plan (by position) on some values.
    #[must_use]
    pub fn of(simulation: &'a Simulation<'a>, option: usize, values: &Values) -> Self {
        let mut values = values.noting();
        let (programme, plan, sequence) = simulation.ready(option);
        let timetable = Timetable::of(programme, plan, sequence, &values);
        let dates = values.noted();
        let usage = Usage::of(programme, plan, sequence, &timetable, &values);
        values.noted();
        let components = Component::all(programme, plan);
        let mut rescore = Self {
            simulation,
            option,
            programme,
            plan,
            sequence,
            columns: Columns::of(programme, &[]),
            timetable,
            stints: (0..programme.instances.len()).map(|i| usage.on(InstanceIx(i)).collect()).collect(),
            live: measure::live_on(programme, &usage),
            users: users(programme, &usage),
            usage,
            entries: Vec::new(),
            adds: Vec::with_capacity(components.len()),
            sums: Vec::new(),
            components,
            dates,
            readers: Vec::new(),
            users_of: Vec::new(),
            measures: Vec::new(),
            views: Vec::new(),
            view_readers: Vec::new(),
            covered: Vec::new(),
            covered_readers: Vec::new(),
        };
        rescore.add_up(&mut values);
        rescore.measure(&mut values);
        rescore
    }

    fn add_up(&mut self, values: &mut Values) {
        let (mut entries, mut sums) = (Vec::new(), vec![0.0; self.columns.count()]);
        for (i, component) in self.components.iter().enumerate() {
            let first = entries.len();
            self.enter(*component, &[], values, &mut entries);
            entries[first..].iter().for_each(|(at, amount)| sums[*at] += amount);
            self.adds.push(first..entries.len());
            self.readers.extend(values.noted().into_iter().map(|h| (h, i)));
            self.users_of.extend(component.instances(self.programme).into_iter().map(|instance| (instance, i)));
        }
        self.readers.sort_unstable();
        self.users_of.sort_unstable();
        (self.entries, self.sums) = (entries, sums);
    }

    fn measure(&mut self, values: &mut Values) {
        let asked = |measure: &Measure| self.programme.tree.criteria.iter().any(|c| c.measure == *measure);
        if asked(&Measure::Visibility) {
            for (i, flow) in self.programme.flows.iter().enumerate() {
                self.views.push(impact::mean_view(self.programme, &self.live, &self.plan.links, flow, values));
                self.view_readers.extend(values.noted().into_iter().map(|h| (h, i)));
            }
        }
        if asked(&Measure::Capability) {
            for i in 0..self.programme.services.len() {
                self.covered.push(impact::covered(self.programme, &self.live, ServiceIx(i), values));
                self.covered_readers.extend(values.noted().into_iter().map(|h| (h, i)));
            }
        }
        self.view_readers.sort_unstable();
        self.covered_readers.sort_unstable();
        for criterion in &self.programme.tree.criteria {
            let value = self.impact(&criterion.measure, &[], values);
            let parts: &[(Handle, usize)] = match criterion.measure {
                Measure::Visibility => &self.view_readers,
                Measure::Capability => &self.covered_readers,
                _ => &[],
            };
            let mut handles = values.noted();
            handles.extend(parts.iter().map(|(handle, _)| *handle));
            handles.sort_unstable();
            handles.dedup();
            self.measures.push(Rested { value, handles });
        }
    }

    /// Notes what a component adds.
    fn enter(&self, component: Component, changed: &[(InstanceIx, InstanceUsage)], values: &Values, entries: &mut Vec<Entry>) {
        let Self { programme, plan, sequence, timetable, usage, .. } = self;
        let course = Course { programme, plan, sequence, timetable, usage, changed };
        let mut book = Adding::new(&self.columns, values, entries, false);
        component.book(&course, values, &mut book);
        book.settle();
    }

    /// A measure of impact on values that differ in some numbers; `None` for other measures.
    fn impact(&self, measure: &Measure, changed: &[Handle], values: &Values) -> Option<f64> {
        let (programme, live, links) = (self.programme, &self.live, &self.plan.links);
        match measure {
            Measure::Visibility => {
                let anew = all_following(&self.view_readers, changed);
                impact::seen(
                    programme,
                    values,
                    |_| true,
                    |i, flow| {
                        let changes = anew.binary_search(&i).is_ok();
                        if changes { impact::mean_view(programme, live, links, flow, values) } else { self.views[i] }
                    },
                )
            }
            Measure::Capability => {
                let anew = all_following(&self.covered_readers, changed);
                impact::coverage_from(programme, live.counted(), values, |ix| {
                    let changes = anew.binary_search(&ix.0).is_ok();
                    if changes { impact::covered(programme, live, ix, values) } else { self.covered[ix.0] }
                })
            }
            Measure::Burden => impact::burden_hours(programme, live, links, values),
            Measure::Resilience => impact::largest_share_on_one_supplier(programme, live, values),
            _ => None,
        }
    }

    /// What ranks the plan on values that differ from those first given in some numbers at most.
    #[must_use]
    pub fn on(&self, values: &Values, changed: &[Handle]) -> Rescored {
        let programme = self.programme;
        if changed.iter().any(|h| self.dates.binary_search(h).is_ok())
            && Timetable::of(programme, self.plan, self.sequence, values) != self.timetable
        {
            let realised = self.simulation.one(self.option, values);
            return Rescored { npc: realised.npc, score: realised.score };
        }
        let mut sums = self.sums.clone();
        self.add_changes(values, changed, &mut sums);
        let present = adding::present(&sums);
        let score = self.simulation.weights().map(|weights| {
            let (own_days, training, dip) = adding::work(&sums);
            let person_days = own_days + training / programme.staff.hours_per_day.of(values);
            let impact = |measure: &Measure| {
                let at = programme.tree.criteria.iter().position(|c| c.measure == *measure)?;
                let rested = &self.measures[at];
                let changes = changed.iter().any(|h| rested.handles.binary_search(h).is_ok());
                if changes { self.impact(measure, changed, values) } else { rested.value }
            };
            let measures = measure::measures(programme, self.plan, &present, (person_days, dip), impact);
            scoring::score(weights, &measure::points(programme, &measures))
        });
        Rescored { npc: present.npc(), score }
    }

    /// Adds to sums what components that may change come to more.
    fn add_changes(&self, values: &Values, changed: &[Handle], sums: &mut [f64]) {
        let instances = all_following(&self.users, changed);
        let used = |i: &InstanceIx| (*i, InstanceUsage::by_all(self.programme, &self.stints_on(*i, values), values));
        let used: Vec<(InstanceIx, InstanceUsage)> = instances.iter().map(used).collect();
        let mut components = all_following(&self.readers, changed);
        components.extend(all_following(&self.users_of, &instances));
        components.sort_unstable();
        components.dedup();
        let mut entries = Vec::new();
        for i in components {
            entries.clear();
            self.enter(self.components[i], &used, values, &mut entries);
            for (at, amount) in &entries {
                sums[*at] += amount;
            }
            for (at, amount) in &self.entries[self.adds[i].clone()] {
                sums[*at] -= amount;
            }
        }
    }

    /// The stints on an instance with the users of some values.
    fn stints_on(&self, instance: InstanceIx, values: &Values) -> Vec<Stint> {
        let now = |s: &Stint| {
            let service = &self.programme.services[s.service.0];
            Stint { users: service.users_of(&service.slots[s.slot]).of(values), ..*s }
        };
        self.stints[instance.0].iter().map(now).collect()
    }
}

/// The numbers of users and of shared staff with the instances whose use rests on them.
fn users(programme: &Programme, usage: &Usage) -> Vec<(Handle, InstanceIx)> {
    let own = usage.stints.iter().map(|stint| {
        let service = &programme.services[stint.service.0];
        (service.users_of(&service.slots[stint.slot]).handle(), stint.instance)
    });
    let mut all: Vec<(Handle, InstanceIx)> = own.collect();
    for shared in &programme.shared_staff {
        let both = |instance: InstanceIx| usage.of_service(shared.other).iter().any(|s| s.instance == instance);
        let one = usage.of_service(shared.one).iter().map(|s| s.instance).filter(|i| both(*i));
        all.extend(one.map(|instance| (shared.users.handle(), instance)));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// What stands beside any of some keys in a sorted list, each once, in order.
fn all_following<K: Ord + Copy, V: Ord + Copy>(sorted: &[(K, V)], keys: &[K]) -> Vec<V> {
    let of = |key: &K| {
        let first = sorted.partition_point(|(k, _)| k < key);
        let key = *key;
        sorted[first..].iter().take_while(move |(k, _)| *k == key).map(|(_, v)| *v)
    };
    let mut all: Vec<V> = keys.iter().flat_map(of).collect();
    all.sort_unstable();
    all.dedup();
    all
}
