//! What is assumed, and on whose authority: estimates, their sources, and the register that is the
//! assumptions log.
//!
//! A programme never holds a number; it holds an [`Assumed`] handle into the [`Register`]. A sum is
//! done on [`Values`], one realisation of the whole register. So the central case, a draw, a tornado
//! bar and a switching value are the same pure function on different `Values`.

mod distribution;
mod evidence;
mod register;
mod sampler;
mod stream;
mod values;

pub use distribution::{Distribution, Knot, Z90};
pub use evidence::{Evidence, Quality, Source};
pub use register::{Assumed, Assumption, Handle, Origin, Place, Register, Unit};
pub use sampler::{BLOCK, Block, Contradictory, Correlation, Sampler, Unknown, consistent};
pub use stream::Stream;
pub use values::Values;
