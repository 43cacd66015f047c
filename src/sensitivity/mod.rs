//! What would change the answer: weights at which options tie, inputs at which they cost the same.

mod swing;
mod switching;
mod weights;

pub use swing::{Swing, filled_inputs, swing};
pub use switching::{Costed, Switch, inputs, switching};
pub use weights::{NodeCrossing, crossings};
