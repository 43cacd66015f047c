//! What would change the answer: weights at which options tie, what weights leave open, inputs at which options cost
//! the same.

mod disagreement;
mod open;
mod swing;
mod switching;
mod weight_set;
mod weights;

pub use disagreement::{Disagreement, Driver, disagreement};
pub use open::{Change, FIRST, Verdict, best_margin, difference, smallest_changes, verdict};
pub use swing::{Swing, filled_inputs, swing};
pub use switching::{Costed, Switch, inputs, switching};
pub use weight_set::{Margin, Range, WeightSet};
pub use weights::{Flip, Line, NodeCrossing, NodeFlips, crossings, flips, line};
