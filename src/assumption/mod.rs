//! What is assumed, and on whose authority: estimates, their sources, and the register that is the
//! assumptions log.
//!
//! A programme never holds a number; it holds an [`Assumed`] handle into the [`Register`]. A sum is
//! done on [`Values`], one realisation of the whole register. So the central case, a draw, a tornado
//! bar and a switching value are the same pure function on different `Values`.

mod evidence;
mod register;
mod values;

pub use evidence::{Evidence, Quality, Source};
pub use register::{Assumed, Assumption, Distribution, Handle, Origin, Place, Register, Unit};
pub use values::Values;
