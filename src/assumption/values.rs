//! One realisation of the register.

use super::Handle;
use std::sync::Mutex;

/// One number for every entry of the register.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    numbers: Vec<f64>,
    read: ReadLog,
}

impl Values {
    /// Numbers in the order of the register; all finite.
    #[must_use]
    pub fn new(numbers: Vec<f64>) -> Self {
        debug_assert!(numbers.iter().all(|n| n.is_finite()), "values must be finite");
        Self { numbers, read: ReadLog(None) }
    }

    /// The number behind a handle.
    #[must_use]
    #[inline]
    pub fn get(&self, handle: Handle) -> f64 {
        if let Some(log) = &self.read.0 {
            log.lock().expect("nothing panics while it writes to the log").push(handle);
        }
        self.numbers[handle.index()]
    }

    /// Replaces one number.
    #[inline]
    pub fn set(&mut self, handle: Handle, number: f64) {
        debug_assert!(number.is_finite(), "values must be finite");
        self.numbers[handle.index()] = number;
    }

    /// The same realisation with one number replaced.
    #[must_use]
    pub fn with(&self, handle: Handle, number: f64) -> Self {
        let mut other = self.clone();
        other.set(handle, number);
        other
    }

    /// The same realisation, noting which numbers are read from it.
    #[must_use]
    pub fn noting(&self) -> Self {
        Self { numbers: self.numbers.clone(), read: ReadLog(Some(Mutex::default())) }
    }

    /// The numbers read since the last time this was asked, each once, in order; none where reads are not
    /// noted.
    pub fn noted(&mut self) -> Vec<Handle> {
        let log = self.read.0.as_mut().map(|log| log.get_mut().expect("nothing panics while it writes to the log"));
        let mut read = log.map(std::mem::take).unwrap_or_default();
        read.sort_unstable();
        read.dedup();
        read
    }
}

/// The handles read from some values, if they are noted. No part of what the values are.
#[derive(Debug)]
struct ReadLog(Option<Mutex<Vec<Handle>>>);

impl Clone for ReadLog {
    /// A copy notes nothing.
    fn clone(&self) -> Self {
        Self(None)
    }
}

impl PartialEq for ReadLog {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::assumption::{Assumption, Distribution, Evidence, Origin, Place, Register, Unit};

    fn entry(id: &str, likely: f64) -> Assumption {
        Assumption {
            id: id.to_owned(),
            likely,
            range: None,
            distribution: Distribution::Fixed,
            unit: Unit::Users,
            source: None,
            evidence: Evidence::None,
            quality: None,
            basis: None,
            varies_with: None,
            origin: Origin::Given,
            place: Place { file: String::new(), line: 1, column: 1 },
        }
    }

    #[test]
    fn what_is_read_is_noted_once() {
        let mut register = Register::default();
        let (a, b) = (register.enter(entry("a", 1.0)), register.enter(entry("b", 2.0)));
        let mut values = register.central().noting();
        assert!((values.get(b) + values.get(b) - 4.0).abs() < 1e-12);
        assert_eq!(values.noted(), [b]);
        assert!((values.get(a) - 1.0).abs() < 1e-12);
        assert_eq!(values.noted(), [a]);
        assert_eq!(values.noted(), []);
        // What is read from a copy is not.
        let mut copy = values.with(a, 3.0);
        assert!((copy.get(a) - 3.0).abs() < 1e-12);
        assert_eq!((copy.noted(), values.noted()), (vec![], vec![]));
    }
}
