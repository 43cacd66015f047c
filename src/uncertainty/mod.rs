//! How sure the results are: draws of everything that is uncertain, what they come to, and what it would be worth to
//! know more.
//!
//! Every draw re-runs the whole model through [`crate::outcome::Simulation`], on one realisation that all options share.

mod information;
mod sample;
mod spread;
mod weighing;

pub use information::{BLOCKS, DEGREE, Information, Worth, information};
pub use sample::{Column, Draws, Progress, draw};
pub use spread::{Share, Spread, quantile};
pub use weighing::{Judged, Weighing};
