//! What a plan would cost if one number were different, without costing all of it again.
//!
//! A cost is the sum of its components, and a component is a function of the numbers that it reads and of
//! the plan's course: its dates, and who uses what when. While a plan is costed once, the numbers read are
//! noted. If one of them changes, a component that did not read it takes the same steps as before and
//! comes to the same amount; so only the others are booked again, by the same code. The course changes
//! with numbers of users, instance by instance, and with durations, as a whole.

use super::worth::{Pounds, PresentWorth};
use crate::assumption::{Handle, Values};
use crate::costing::{Component, Course, InstanceUsage, Stint, Usage};
use crate::plan::{Plan, Sequence, Timetable};
use crate::programme::{InstanceIx, Programme, ServiceIx};
use std::collections::BTreeSet;

/// A plan, costed once on some values, with what each part of its cost rests on.
#[derive(Debug)]
pub struct Recost<'a> {
    programme: &'a Programme,
    plan: &'a Plan,
    pounds: Pounds,
    sequence: Sequence,
    timetable: Timetable,
    usage: Usage,
    /// Stints by instance, in the order of services.
    stints: Vec<Vec<Stint>>,
    components: Vec<Component>,
    /// Present value by component.
    present: Vec<f64>,
    /// Numbers and the components that read them, in order.
    readers: Vec<(Handle, usize)>,
    /// Instances and the components that depend on their use, in order.
    users_of: Vec<(InstanceIx, usize)>,
    /// Numbers of users, with the service whose they are.
    users: Vec<(Handle, ServiceIx)>,
    /// Staff who work in two services, by position of the pair.
    staff: Vec<f64>,
    /// The pairs that a service is one of, by service.
    pairs: Vec<Vec<usize>>,
    /// What shared staff take off the use of each instance.
    twice: Vec<InstanceUsage>,
    /// Other numbers that the course rests on: durations.
    course: Vec<Handle>,
}

impl<'a> Recost<'a> {
    /// Costs a plan on some values.
    #[must_use]
    pub fn of(programme: &'a Programme, plan: &'a Plan, values: &Values) -> Self {
        let mut values = values.noting();
        let sequence = Sequence::of(plan);
        let timetable = Timetable::of(programme, plan, &sequence, &values);
        let mut course = values.noted();
        let usage = Usage::of(programme, plan, &sequence, &timetable, &values);
        let users = users(programme);
        let staff: Vec<f64> = programme.shared_staff.iter().map(|s| s.users.of(&values)).collect();
        let of_staff: BTreeSet<Handle> = programme.shared_staff.iter().map(|s| s.users.handle()).collect();
        course.extend(values.noted().into_iter().filter(|h| service_of(&users, *h).is_none() && !of_staff.contains(h)));
        course.sort_unstable();
        let components = Component::all(programme, plan);
        let mut recost = Self {
            programme,
            plan,
            pounds: Pounds::of(programme),
            sequence,
            timetable,
            stints: (0..programme.instances.len()).map(|i| usage.on(InstanceIx(i)).collect()).collect(),
            usage,
            present: Vec::with_capacity(components.len()),
            readers: Vec::new(),
            users_of: Vec::new(),
            components,
            users,
            staff,
            pairs: pairs(programme),
            twice: Vec::new(),
            course,
        };
        recost.twice = recost.counted_twice();
        for (i, component) in recost.components.iter().enumerate() {
            recost.present.push(recost.present_of(*component, &recost.course_on(&[]), &values));
            recost.readers.extend(values.noted().into_iter().map(|h| (h, i)));
            recost.users_of.extend(component.instances(programme).into_iter().map(|instance| (instance, i)));
        }
        recost.readers.sort_unstable();
        recost.users_of.sort_unstable();
        recost
    }

    /// The same plan with one number to vary.
    #[must_use]
    pub fn varied(&'a self, input: Handle) -> Varied<'a> {
        let mut components: Vec<usize> = following(&self.readers, input).collect();
        let effect = if self.course.binary_search(&input).is_ok() {
            Effect::Course(Vec::new())
        } else if let Some(service) = service_of(&self.users, input) {
            let own = self.usage.of_service(service);
            let instances = crate::costing::instances(own);
            components.extend(instances.iter().flat_map(|i| following(&self.users_of, *i)));
            components.sort_unstable();
            components.dedup();
            Effect::Users(service, own, instances.into_iter().map(|i| (i, self.without(i, service))).collect())
        } else if let Some(pair) = self.programme.shared_staff.iter().find(|s| s.users.handle() == input) {
            let instances = crate::costing::instances(self.usage.of_service(pair.one));
            components.extend(instances.iter().flat_map(|i| following(&self.users_of, *i)));
            components.sort_unstable();
            components.dedup();
            Effect::Staff
        } else {
            Effect::Components
        };
        Varied { recost: self, input, components, effect }
    }

    /// Use of an instance by all services but one, added up anew, so that nobody is exactly nobody.
    fn without(&self, instance: InstanceIx, service: ServiceIx) -> InstanceUsage {
        let mut rest = InstanceUsage::none(self.programme.frame.period.months());
        let others = self.stints[instance.0].chunk_by(|a, b| a.service == b.service).filter(|own| own[0].service != service);
        others.for_each(|own| rest.add(own.iter().copied()));
        rest.plus(&self.twice[instance.0], 1.0);
        for &pair in &self.pairs[service.0] {
            let mut own = InstanceUsage::none(self.programme.frame.period.months());
            self.share(pair, instance, &mut own);
            rest.plus(&own, -1.0);
        }
        rest
    }

    /// Takes the staff of a pair that are on an instance twice off its use.
    fn share(&self, pair: usize, instance: InstanceIx, used: &mut InstanceUsage) {
        let shared = self.programme.shared_staff[pair];
        let (one, other) = (self.usage.of_both(shared.one, instance), self.usage.of_both(shared.other, instance));
        used.share(&one, &other, self.staff[pair]);
    }

    /// What shared staff take off the use of each instance, all pairs together.
    fn counted_twice(&self) -> Vec<InstanceUsage> {
        let mut all = vec![InstanceUsage::none(self.programme.frame.period.months()); self.programme.instances.len()];
        for (pair, shared) in self.programme.shared_staff.iter().enumerate() {
            for instance in crate::costing::instances(self.usage.of_service(shared.one)) {
                self.share(pair, instance, &mut all[instance.0]);
            }
        }
        all
    }

    fn course_on(&'a self, changed: &'a [(InstanceIx, InstanceUsage)]) -> Course<'a> {
        let Self { programme, plan, sequence, timetable, usage, .. } = self;
        Course { programme, plan, sequence, timetable, usage, changed }
    }

    fn present_of(&self, component: Component, course: &Course<'_>, values: &Values) -> f64 {
        PresentWorth::of(self.programme, values, &self.pounds, |worth| component.book(course, values, worth))
    }

    /// What some components cost more on other values and another course.
    fn change(&self, components: impl Iterator<Item = usize>, course: &Course<'_>, values: &Values) -> f64 {
        components.map(|i| self.present_of(self.components[i], course, values) - self.present[i]).sum()
    }
}

/// How a number acts on a cost.
#[derive(Debug)]
enum Effect<'a> {
    /// Through components alone.
    Components,
    /// Also through the use of instances: a service, its stints, and the use of its instances by all others.
    Users(ServiceIx, &'a [Stint], Vec<(InstanceIx, InstanceUsage)>),
    /// Also through the use of instances by two services that share staff.
    Staff,
    /// Also through dates. Dates are whole months, so few timetables follow from many values: those met,
    /// with what they change.
    Course(Vec<(Timetable, f64)>),
}

/// A plan's cost as a function of one number.
#[derive(Debug)]
pub struct Varied<'a> {
    recost: &'a Recost<'a>,
    input: Handle,
    /// Components that may change, but for those that follow dates.
    components: Vec<usize>,
    effect: Effect<'a>,
}

impl Varied<'_> {
    /// Whether no value of the number changes the cost.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.components.is_empty() && !matches!(self.effect, Effect::Course(_))
    }

    /// What the net present cost is more than on the values first given, on values that differ from them
    /// in this number alone.
    pub fn change(&mut self, values: &Values) -> f64 {
        let Self { recost, input, components, effect } = self;
        let own = components.iter().copied();
        match effect {
            Effect::Components => recost.change(own, &recost.course_on(&[]), values),
            Effect::Staff => {
                let Recost { programme, plan, sequence, timetable, .. } = recost;
                let usage = Usage::of(programme, plan, sequence, timetable, values);
                recost.change(own, &Course { programme, plan, sequence, timetable, usage: &usage, changed: &[] }, values)
            }
            Effect::Users(service, stints, rest) => {
                let users = |s: &Stint| {
                    let service = &recost.programme.services[s.service.0];
                    service.users_of(&service.slots[s.slot]).handle() == *input
                };
                let mut changed = rest.clone();
                for (instance, used) in &mut changed {
                    let here = stints.iter().filter(|s| s.instance == *instance);
                    let here = here.map(|s| if users(s) { Stint { users: values.get(*input), ..*s } } else { *s });
                    used.add(here.clone());
                    let here: Vec<Stint> = here.collect();
                    for &pair in &recost.pairs[service.0] {
                        let shared = recost.programme.shared_staff[pair];
                        if let Some(other) = shared.beside(*service) {
                            used.share(&here, &recost.usage.of_both(other, *instance), shared.users.of(values));
                        }
                    }
                    *used = used.clone().settled();
                }
                recost.change(own, &recost.course_on(&changed), values)
            }
            Effect::Course(met) => recost.change_of_course(components.is_empty(), met, values),
        }
    }
}

impl Recost<'_> {
    /// What other dates change. If the number acts through nothing else, that follows from the timetable.
    fn change_of_course(&self, only_dates: bool, met: &mut Vec<(Timetable, f64)>, values: &Values) -> f64 {
        let Self { programme, plan, sequence, .. } = self;
        let timetable = Timetable::of(programme, plan, sequence, values);
        if let Some((_, change)) = met.iter().find(|(known, _)| only_dates && *known == timetable) {
            return *change;
        }
        let usage = Usage::of(programme, plan, sequence, &timetable, values);
        let course = Course { programme, plan, sequence, timetable: &timetable, usage: &usage, changed: &[] };
        let change = self.change(0..self.components.len(), &course, values);
        met.push((timetable, change));
        change
    }
}

/// The numbers of users that the use of instances rests on, with the service whose they are. A number that
/// several services share stands for none.
fn users(programme: &Programme) -> Vec<(Handle, ServiceIx)> {
    let services = programme.services.iter().enumerate();
    let own = services.flat_map(|(i, s)| s.slots.iter().map(move |slot| (s.users_of(slot).handle(), ServiceIx(i))));
    let mut all: Vec<(Handle, ServiceIx)> = own.collect();
    all.sort_unstable();
    all.dedup();
    let shared: Vec<Handle> = all.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0).collect();
    all.retain(|(handle, _)| !shared.contains(handle));
    all
}

/// The pairs of shared staff that each service is one of.
fn pairs(programme: &Programme) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); programme.services.len()];
    for (pair, shared) in programme.shared_staff.iter().enumerate() {
        all[shared.one.0].push(pair);
        all[shared.other.0].push(pair);
    }
    all
}

fn service_of(users: &[(Handle, ServiceIx)], handle: Handle) -> Option<ServiceIx> {
    users.binary_search_by_key(&handle, |(h, _)| *h).ok().map(|i| users[i].1)
}

/// What stands beside a key in a sorted list.
fn following<K: Ord + Copy>(sorted: &[(K, usize)], key: K) -> impl Iterator<Item = usize> {
    let first = sorted.partition_point(|(k, _)| *k < key);
    sorted[first..].iter().take_while(move |(k, _)| *k == key).map(|(_, i)| *i)
}
