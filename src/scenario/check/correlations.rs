//! Drivers must be what something varies with, and correlations between what is uncertain, and possible.

use super::place;
use crate::assumption::{Distribution, consistent};
use crate::programme::Programme;
use crate::scenario::problem::{Code, Problem, did_you_mean};
use crate::scenario::reading::Reading;

/// Something varies with each driver that is named.
pub(super) fn drivers(reading: &Reading, programme: &Programme) {
    let register = reading.register();
    let known: Vec<&str> = register.iter().filter_map(|(_, a)| a.varies_with.as_deref()).collect();
    for id in programme.drivers.keys().filter(|id| !known.contains(&id.as_str())) {
        let i = reading.ids("drivers").position(|other| other == id).unwrap_or(0);
        let hint = did_you_mean(id, known.iter().copied()).map_or_else(
            || format!("write varies_with = \"{id}\" where it drives a number"),
            |close| format!("did you mean \"{close}\"?"),
        );
        let message = format!("no number varies with \"{id}\"");
        reading.report(Problem::new(Code::Correlation, place(reading, "drivers", i), message).warning().hint(hint));
    }
}

/// What each names is a driver or an uncertain number without one, no pair is given twice, and all can hold together.
pub(super) fn correlations(reading: &Reading, programme: &Programme) {
    let register = reading.register();
    let uncertain = || register.iter().filter(|(_, a)| a.distribution != Distribution::Fixed).map(|(_, a)| a);
    let names: Vec<&str> = uncertain().map(|a| a.varies_with.as_deref().unwrap_or(&a.id)).collect();
    let mut sound = true;
    for (i, correlation) in programme.correlations.iter().enumerate() {
        let (one, other) = (correlation.between.0.as_str(), correlation.between.1.as_str());
        let at = place(reading, "correlations", i);
        for name in [one, other].into_iter().filter(|n| !n.is_empty() && !names.contains(n)) {
            sound = false;
            let driven = uncertain().find(|a| a.id == name).and_then(|a| a.varies_with.clone());
            let hint = match (driven, did_you_mean(name, names.iter().copied())) {
                (Some(driver), _) => format!("it varies with \"{driver}\": name that"),
                (None, Some(close)) => format!("did you mean \"{close}\"?"),
                (None, None) => "name a `varies_with`, or the path of a number that has low and high".to_owned(),
            };
            let message = format!("nothing that is uncertain is called \"{name}\"");
            reading.report(Problem::new(Code::Correlation, at, message).hint(hint));
        }
        let same = |c: &&crate::assumption::Correlation| {
            let (a, b) = (c.between.0.as_str(), c.between.1.as_str());
            (a, b) == (one, other) || (b, a) == (one, other)
        };
        if !one.is_empty() && programme.correlations[..i].iter().any(|c| same(&c)) {
            sound = false;
            let message = format!("the correlation of \"{one}\" and \"{other}\" is given twice");
            reading.report(Problem::new(Code::Correlation, at, message).hint("remove one of the two"));
        }
    }
    if sound && consistent(&programme.correlations).is_err() {
        let message = "these correlations cannot all hold in draws as they are made here (normal scores): if two things each move closely with a third, they move with each other";
        let hint = "bring them nearer to 0, or give the correlation between those that have none";
        reading.report(Problem::new(Code::Correlation, place(reading, "correlations", 0), message).hint(hint));
    }
}
