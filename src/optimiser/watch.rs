//! How far a search for a roadmap is, seen from another thread, and a way to end it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The best plan and the bound so far, as far as they are told of, and whether to stop.
#[derive(Debug)]
pub struct Watch {
    stop: AtomicBool,
    /// Pounds as bits; not a number where nothing is known yet.
    best: AtomicU64,
    bound: AtomicU64,
}

/// Who watches a search, if anybody.
#[derive(Debug, Clone, Copy, Default)]
pub enum Watched<'a> {
    /// Nobody.
    #[default]
    No,
    /// Somebody who may end it and is told nothing: one of several, or one for something else than cost.
    Ended(&'a Watch),
    /// Somebody who may end it and is told of plans and bounds.
    Told(&'a Watch),
}

impl<'a> Watched<'a> {
    /// The same without being told.
    #[must_use]
    pub fn quietly(self) -> Self {
        match self {
            Self::No => Self::No,
            Self::Ended(watch) | Self::Told(watch) => Self::Ended(watch),
        }
    }

    /// Who may end it.
    #[must_use]
    pub fn by(self) -> Option<&'a Watch> {
        match self {
            Self::No => None,
            Self::Ended(watch) | Self::Told(watch) => Some(watch),
        }
    }

    /// Who is told.
    #[must_use]
    pub fn told(self) -> Option<&'a Watch> {
        if let Self::Told(watch) = self { Some(watch) } else { None }
    }

    /// Whether to end with what there is.
    #[must_use]
    pub fn is_stopped(self) -> bool {
        self.by().is_some_and(Watch::is_stopped)
    }
}

impl Default for Watch {
    fn default() -> Self {
        let unknown = || AtomicU64::new(f64::NAN.to_bits());
        Self { stop: AtomicBool::new(false), best: unknown(), bound: unknown() }
    }
}

impl Watch {
    /// Asks all that is watched to end with what it has.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether to end.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// The least net present cost of a plan within all limits, and the bound below it, in pounds, where they are known.
    #[must_use]
    pub fn so_far(&self) -> (Option<f64>, Option<f64>) {
        let of = |told: &AtomicU64| Some(f64::from_bits(told.load(Ordering::Relaxed))).filter(|pounds| pounds.is_finite());
        (of(&self.best), of(&self.bound))
    }

    /// Another question: nothing is known of it.
    pub(super) fn begin(&self) {
        self.best.store(f64::NAN.to_bits(), Ordering::Relaxed);
        self.bound.store(f64::NAN.to_bits(), Ordering::Relaxed);
    }

    /// A plan within all limits was found.
    pub(super) fn found(&self, pounds: f64) {
        Self::tell(&self.best, pounds, |pounds, known| pounds < known);
    }

    /// No plan costs less.
    pub(super) fn bounded(&self, pounds: f64) {
        Self::tell(&self.bound, pounds, |pounds, known| pounds > known);
    }

    fn tell(told: &AtomicU64, pounds: f64, better: impl Fn(f64, f64) -> bool) {
        let next = |known: u64| {
            let known = f64::from_bits(known);
            (known.is_nan() || better(pounds, known)).then_some(pounds.to_bits())
        };
        // Somebody else was faster or knew better: both are well.
        let _ = told.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_cost_and_the_highest_bound_are_kept() {
        let watch = Watch::default();
        assert_eq!(watch.so_far(), (None, None));
        for pounds in [5.0, 3.0, 4.0] {
            watch.found(pounds);
            watch.bounded(pounds - 3.0);
        }
        assert_eq!(watch.so_far(), (Some(3.0), Some(2.0)));
        watch.begin();
        assert_eq!(watch.so_far(), (None, None));
        let quiet = Watched::Told(&watch).quietly();
        assert!(!quiet.is_stopped() && quiet.told().is_none() && Watched::Told(&watch).told().is_some());
        watch.stop();
        assert!(watch.is_stopped() && quiet.is_stopped() && !Watched::No.is_stopped());
    }
}
