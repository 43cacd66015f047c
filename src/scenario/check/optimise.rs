//! What is left to the optimiser, it can find.

use super::place;
use crate::programme::{Aim, Programme};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::reading::Reading;
use crate::scoring;

/// The highest score is wanted only where there is one score: one set of weights that all panels come to.
pub(super) fn score_is_one(reading: &Reading, programme: &Programme) {
    let Some(option) = programme.options.iter().position(|o| o.freedom.is_some()) else { return };
    if programme.optimise.aim == Aim::Score && scoring::combined(&programme.tree, &programme.panels).is_none() {
        let message = "the optimiser is to find the highest score, and no set of weights is that of all panels";
        let hint = "say goal = \"cost\" in [optimise], or give points and how panels are combined";
        reading.report(Problem::new(Code::Optimise, place(reading, "options", option), message).hint(hint));
    }
}
