//! What-ifs must act on something.

use super::place;
use crate::programme::Programme;
use crate::scenario::problem::{Code, Problem, did_you_mean};
use crate::scenario::reading::Reading;

/// Each change names numbers that there are.
pub(super) fn what_ifs(reading: &Reading, programme: &Programme) {
    let register = reading.register();
    let names = || register.iter().flat_map(|(_, a)| [Some(a.id.as_str()), a.varies_with.as_deref()]).flatten();
    for (i, what_if) in programme.what_ifs.iter().enumerate() {
        for change in what_if.numbers.iter().filter(|c| !c.which.is_empty() && c.numbers(&register).next().is_none()) {
            let message = format!("what if `{}`: no number is called \"{}\"", what_if.id, change.which);
            let hint = match did_you_mean(&change.which, names()) {
                Some(close) => format!("did you mean \"{close}\"?"),
                None => {
                    "name a driver (`varies_with`), or a path as the assumptions log shows it; `*` stands for anything".to_owned()
                }
            };
            reading.report(Problem::new(Code::WhatIf, place(reading, "what_ifs", i), message).hint(hint));
        }
    }
}
