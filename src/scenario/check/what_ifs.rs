//! What-ifs must act on something.

use super::place;
use crate::assumption::Register;
use crate::programme::{Change, How, Programme};
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
        for change in &what_if.numbers {
            limits(reading, (i, &what_if.id, change), &register);
        }
    }
}

/// What numbers become is within what their units allow. A number that is given is refused where it is not; one that
/// follows from `times` is kept at its limit, which is said.
fn limits(reading: &Reading, (at, id, change): (usize, &str, &Change), register: &Register) {
    let beyond: Vec<&str> = change
        .numbers(register)
        .map(|handle| register.get(handle))
        .filter(|a| {
            let (least, most) = a.unit.range();
            let number = match change.how {
                How::Times(times) => a.likely * times,
                How::To(number) => number,
            };
            !(least..=most).contains(&number)
        })
        .map(|a| a.id.as_str())
        .collect();
    let Some(first) = beyond.first() else { return };
    let Some(unit) = register.find(first).map(|h| register.get(h).unit) else { return };
    let (least, most) = unit.range();
    let others = match beyond.len() {
        1 => String::new(),
        n => format!(" (and {} more)", n - 1),
    };
    let place = place(reading, "what_ifs", at);
    let problem = match change.how {
        How::To(number) => {
            let message = format!("what if `{id}`: {number} is outside what `{first}`{others} may be, {least} to {most}");
            Problem::new(Code::WhatIf, place, message).hint("give a number within that")
        }
        How::Times(times) => {
            let message = format!(
                "what if `{id}`: {times} times `{first}`{others} is outside what it may be, {least} to {most}; it is kept at the limit"
            );
            Problem::new(Code::WhatIf, place, message).hint("choose a smaller factor, or a name that says so").warning()
        }
    };
    reading.report(problem);
}
