//! One realisation of the register.

use super::Handle;

/// One number for every entry of the register.
#[derive(Debug, Clone, PartialEq)]
pub struct Values(Vec<f64>);

impl Values {
    /// Numbers in the order of the register; all finite.
    #[must_use]
    pub fn new(numbers: Vec<f64>) -> Self {
        debug_assert!(numbers.iter().all(|n| n.is_finite()), "values must be finite");
        Self(numbers)
    }

    /// The number behind a handle.
    #[must_use]
    pub fn get(&self, handle: Handle) -> f64 {
        self.0[handle.index()]
    }

    /// The same realisation with one number replaced.
    #[must_use]
    pub fn with(&self, handle: Handle, number: f64) -> Self {
        debug_assert!(number.is_finite(), "values must be finite");
        let mut other = self.clone();
        other.0[handle.index()] = number;
        other
    }
}
