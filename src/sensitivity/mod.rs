//! What would change the answer: weights at which options tie, inputs at which they cost the same.

mod switching;
mod weights;

pub use switching::{Costed, Switch, inputs, switching};
pub use weights::{NodeCrossing, crossings};
