//! How a contract stands, month by month.

use crate::quantity::{MonthIndex, offset_of};

/// How a contract stands in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Phase {
    /// Payable at this multiple of the indexed price (1 in term, 1 + uplift after it).
    Paid(f64),
    /// No longer paid; read-only access to what was left.
    ReadOnly,
    /// Not running.
    Off,
}

/// The phases of a period, as runs of months: a contract changes its phase a few times at most.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Phases {
    months: usize,
    /// The first month of each run, in order, the first of all at 0.
    runs: Vec<(MonthIndex, Phase)>,
}

impl Phases {
    /// Not running in any of so many months.
    pub(super) fn off(months: usize) -> Self {
        let mut runs = Vec::with_capacity(8);
        runs.push((0, Phase::Off));
        Self { months, runs }
    }

    /// The phase of a month of the period.
    pub(super) fn at(&self, month: MonthIndex) -> Phase {
        self.runs[self.run(month)].1
    }

    fn run(&self, month: MonthIndex) -> usize {
        self.runs.iter().rposition(|(from, _)| *from <= month).unwrap_or(0)
    }

    /// Sets a stretch of months, given as offsets, as far as it lies in the period.
    pub(super) fn fill(&mut self, (from, to): (i32, i32), phase: Phase) {
        let clip = |m: i32| usize::try_from(m).unwrap_or(0).min(self.months);
        let (from, to) = (clip(from), clip(to));
        if from >= to {
            return;
        }
        let after = (to < self.months).then(|| (to, self.at(to)));
        let first = self.runs.partition_point(|(start, _)| *start < from);
        let end = self.runs.partition_point(|(start, _)| *start <= to.min(self.months - 1));
        self.runs.splice(first..end, std::iter::once((from, phase)).chain(after));
    }

    /// Runs in order: the first month, the month after the last, and the phase. Two that follow each other may be alike.
    pub(super) fn runs(&self) -> impl DoubleEndedIterator<Item = (MonthIndex, MonthIndex, Phase)> + Clone {
        let to = |i: usize| self.runs.get(i + 1).map_or(self.months, |(next, _)| *next);
        (0..self.runs.len()).map(move |i| (self.runs[i].0, to(i), self.runs[i].1))
    }

    /// The first month, if there is one, in which nothing is paid and what was left can be read.
    pub(super) fn read_from(&self) -> Option<i32> {
        self.runs.iter().find(|(_, phase)| *phase == Phase::ReadOnly).map(|(from, _)| offset_of(*from))
    }

    /// Whether a month is paid.
    pub(super) fn is_paid(&self, month: MonthIndex) -> bool {
        matches!(self.at(month), Phase::Paid(_))
    }
}

#[cfg(test)]
mod tests {
    use super::{Phase, Phases};

    /// Against months filled one by one: stretches that overlap, touch, hold each other and lie outside.
    #[test]
    fn runs_are_what_months_filled_one_by_one_are() {
        let stretches = [(3, 9), (9, 12), (5, 7), (-4, 2), (10, 40), (0, 1), (7, 7), (11, 5), (2, 11), (19, 25)];
        let mut phases = Phases::off(20);
        let mut months = [Phase::Off; 20];
        for (i, (from, to)) in stretches.into_iter().enumerate() {
            let phase = if i % 3 == 2 { Phase::ReadOnly } else { Phase::Paid(f64::from(u8::try_from(i).expect("few"))) };
            phases.fill((from, to), phase);
            let inside = |m: &usize| (from..to).contains(&i32::try_from(*m).expect("few"));
            (0..20).filter(inside).for_each(|m| months[m] = phase);
            assert!((0..20).all(|m| phases.at(m) == months[m]), "{from} to {to}");
            assert!(phases.runs().all(|(from, to, phase)| from < to && months[from..to].iter().all(|m| *m == phase)));
            assert_eq!(phases.runs().map(|(from, to, _)| to - from).sum::<usize>(), 20);
            let read = months.iter().position(|m| *m == Phase::ReadOnly);
            assert_eq!(phases.read_from(), read.map(|m| i32::try_from(m).expect("few")));
        }
    }
}
