//! Services and what systems can do for them.

use super::place;
use crate::assumption::Assumed;
use crate::programme::{Need, Programme, Strategy, Way};
use crate::quantity::offset_of;
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;

/// A capability that a service must have and that no product of the scenario has fails every option at the gate:
/// more often a row that was forgotten than the truth.
pub(super) fn some_product_can(reading: &Reading, programme: &Programme) {
    let register = reading.register();
    let mut missing = Vec::new();
    for (i, service) in programme.services.iter().enumerate() {
        for (capability, need) in &service.needs {
            let Need::Must(level) = need else { continue };
            let offered = programme.products.iter().filter_map(|p| p.coverage[capability.0]);
            let best = offered.map(|c| register.get(c.handle()).likely).fold(0.0, f64::max);
            if best < level - 1e-9 {
                missing.push((i, service.id.clone(), programme.capabilities[capability.0].id.clone(), *level));
            }
        }
    }
    drop(register);
    for (i, service, capability, level) in missing {
        let message =
            format!("`services.{service}` must have `{capability}` at {level} or more, which no product of the scenario has");
        let hint = "give the coverage of a product that has it in [capabilities], or the service another need";
        reading.report(Problem::new(Code::NoProductCan, place(reading, "services", i), message).hint(hint).warning());
    }
}

/// Staff who work in other services too are at most the users that a service has.
pub(super) fn shared_staff(reading: &Reading, programme: &Programme) {
    let register = reading.register();
    let likely = |n: Assumed<f64>| register.get(n.handle()).likely;
    let mut found = Vec::new();
    for (i, service) in programme.services.iter().enumerate() {
        let own = programme.flows.iter().filter(|f| f.counted_twice && (f.from.0 == i || f.to.0 == i));
        let shared: f64 = own.filter_map(|f| f.shared_users).map(likely).sum();
        let users = likely(service.users);
        if shared > users {
            found.push((i, service.id.clone(), shared, users));
        }
    }
    drop(register);
    for (i, id, shared, users) in found {
        let message =
            format!("flows say that {shared} staff of `services.{id}` work in other services too, but it has {users} users");
        let hint = "shared_users are staff, not contacts; staff of three services are in one flow only";
        reading.report(Problem::new(Code::SharedStaff, place(reading, "services", i), message).hint(hint).warning());
    }
}

/// What is paid by record, or re-keyed, needs to know how many records are left behind.
pub(super) fn records_are_known(reading: &Reading, programme: &Programme) {
    let counts = |s: &Strategy| match s.way {
        Way::ReadOnlyLicence => false,
        Way::ExtractToArchive { per_record, .. } | Way::MigrateAll { per_record, .. } => per_record.is_some(),
        Way::RekeyOpenCases { .. } => true,
    };
    for (i, instance) in programme.instances.iter().enumerate() {
        let Some(archive) = instance.archive.as_ref().filter(|a| a.records.is_none()) else { continue };
        let held = programme.services.iter().filter(|s| s.patients.is_some());
        let known = held.flat_map(|s| &s.slots).any(|slot| slot.instance.0 == i);
        if !known && archive.strategies.iter().any(counts) {
            let message =
                format!("`instances.{}.archive` is priced by record, but no service on it says how many it holds", instance.id);
            let hint = "give `records` in the archive, or `patients` of the services";
            reading.report(Problem::new(Code::ArchiveShape, place(reading, "instances", i), message).hint(hint));
        }
    }
}

/// A body that hands over after the end of the period hands over nothing in it.
pub(super) fn hand_overs(reading: &Reading, programme: &Programme) {
    let period = &programme.frame.period;
    for (i, body) in programme.organisations.iter().enumerate() {
        let Some((_, from)) = body.hands_over().filter(|(_, from)| period.offset(*from) >= offset_of(period.months())) else {
            continue;
        };
        let message = format!("`organisations.{}` hands over from {from} on, after the end of the period", body.id);
        let hint = "check the year of `from`; if it is right, nothing of it is in the figures";
        reading.report(Problem::new(Code::OutsidePeriod, place(reading, "organisations", i), message).hint(hint).warning());
    }
}

/// A service that nobody works in costs nothing to move and counts in no measure by user.
pub(super) fn somebody_works(reading: &Reading, programme: &Programme) {
    let register = reading.register();
    let none = |i: &usize| register.get(programme.services[*i].users.handle()).likely <= 0.0;
    let empty: Vec<usize> = (0..programme.services.len()).filter(none).collect();
    drop(register);
    for i in empty {
        let message = format!("`services.{}` has no users, so it costs nothing to move and no licence", programme.services[i].id);
        let hint = "give the number of people who log in, or leave the service out";
        reading
            .report(Problem::new(Code::UnlikelyAmount, place(reading, "services", i), message).hint(hint).warning().following());
    }
}
