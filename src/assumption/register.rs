//! The register of every number in a scenario, and typed handles into it.

use super::{Distribution, Evidence, Quality, Values};
use std::marker::PhantomData;

/// The place of one number in the [`Register`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle(u32);

impl Handle {
    /// Position in the register and in [`Values`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The unit of a number, with the range that makes it meaningful. One row per unit: it is what the
/// reader checks, what the log prints, and where a switching value may be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Pounds; negative only where a field says so.
    Pounds,
    /// Pounds a year.
    PoundsPerYear,
    /// Pounds for a user and year.
    PoundsPerUserYear,
    /// Pounds for a user, once.
    PoundsPerUser,
    /// Pounds for a patient record, once.
    PoundsPerPatient,
    /// Pounds a day of work.
    PoundsPerDay,
    /// Pounds an hour of work.
    PoundsPerHour,
    /// Pounds a month.
    PoundsPerMonth,
    /// People with access to a system.
    Users,
    /// Patients.
    Patients,
    /// Contacts a year.
    ContactsPerYear,
    /// Whole-time equivalents.
    Wte,
    /// Person-days.
    Days,
    /// Person-days for each user.
    DaysPerUser,
    /// Hours.
    Hours,
    /// Hours for each user.
    HoursPerUser,
    /// A share of a whole.
    Share,
    /// A yearly rate of change.
    RatePerYear,
    /// An uplift on a price or a duration; 0.1 is +10%.
    Uplift,
    /// Whole or part months.
    Months,
    /// Years.
    Years,
    /// Units of an outcome a year.
    OutcomesPerYear,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// A number of times.
    Times,
}

impl Unit {
    /// The unit in words, for the log and for messages.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Pounds => "£",
            Self::PoundsPerYear => "£ a year",
            Self::PoundsPerUserYear => "£ a user a year",
            Self::PoundsPerUser => "£ a user",
            Self::PoundsPerPatient => "£ a patient record",
            Self::PoundsPerDay => "£ a day",
            Self::PoundsPerHour => "£ an hour",
            Self::PoundsPerMonth => "£ a month",
            Self::Users => "users",
            Self::Patients => "patients",
            Self::ContactsPerYear => "contacts a year",
            Self::Wte => "whole-time equivalents",
            Self::Days => "days",
            Self::DaysPerUser => "days a user",
            Self::Hours => "hours",
            Self::HoursPerUser => "hours a user",
            Self::Share => "share",
            Self::RatePerYear => "share a year",
            Self::Uplift => "uplift",
            Self::Months => "months",
            Self::Years => "years",
            Self::OutcomesPerYear => "a year",
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Times => "times",
        }
    }

    /// The smallest and the largest value that makes sense. The upper bounds are far above any real
    /// trust; they exist so that no sum can overflow.
    #[must_use]
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::Share => (0.0, 1.0),
            Self::RatePerYear => (-0.5, 1.0),
            Self::Uplift => (-1.0, 20.0),
            Self::Months => (0.0, 600.0),
            // A life of an asset is never none: its cost is divided by it.
            Self::Years => (0.5, 100.0),
            // Hours of a working day or week: never none, they are divided by.
            Self::Hours => (0.1, 168.0),
            Self::HoursPerUser | Self::DaysPerUser | Self::Wte => (0.0, 1e5),
            Self::Users | Self::Days | Self::Times | Self::Seconds | Self::Minutes => (0.0, 1e7),
            _ => (0.0, 1e11),
        }
    }

    /// Whether the number is money.
    #[must_use]
    pub fn is_money(self) -> bool {
        self.label().starts_with('£')
    }

    /// Whether people write it in thousands and millions.
    #[must_use]
    pub fn may_be_large(self) -> bool {
        self.is_money() || matches!(self, Self::Patients | Self::ContactsPerYear)
    }

    /// Whether the number is naturally read as a percentage.
    #[must_use]
    pub fn is_ratio(self) -> bool {
        matches!(self, Self::Share | Self::RatePerYear | Self::Uplift)
    }
}

/// Whether the author gave a number or the engine filled it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Written in the scenario.
    Given,
    /// Documented default of the engine.
    Default,
    /// Filled from the library of defaults that the scenario names.
    Library,
}

/// Where a number stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// File within the scenario.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

/// One number with everything known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// Path in the scenario, such as `contracts.kx.lines.core.price`.
    pub id: String,
    /// The likely value.
    pub likely: f64,
    /// Low and high, if a range was given.
    pub range: Option<(f64, f64)>,
    /// Shape between them.
    pub distribution: Distribution,
    /// Unit.
    pub unit: Unit,
    /// Source ids or words.
    pub source: Option<String>,
    /// Grade of evidence.
    pub evidence: Evidence,
    /// Red, amber, green.
    pub quality: Option<Quality>,
    /// Why this value.
    pub basis: Option<String>,
    /// Shared driver, if it moves with others.
    pub varies_with: Option<String>,
    /// Who gave it.
    pub origin: Origin,
    /// Where it stands.
    pub place: Place,
}

impl Assumption {
    /// Its expected value: the mean of its shape, before what the unit does not allow is cut off.
    #[must_use]
    pub fn expected(&self) -> f64 {
        self.distribution.mean(self.likely, self.range)
    }
}

/// A typed handle: reads its number from [`Values`] as a `Q`.
#[derive(Debug)]
pub struct Assumed<Q> {
    handle: Handle,
    kind: PhantomData<fn() -> Q>,
}

impl<Q> Clone for Assumed<Q> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<Q> Copy for Assumed<Q> {}

impl<Q> Assumed<Q> {
    /// Types a handle. The reader does this once, where it has checked the unit.
    #[must_use]
    pub fn new(handle: Handle) -> Self {
        Self { handle, kind: PhantomData }
    }

    /// The bare handle, for lineage.
    #[must_use]
    pub fn handle(self) -> Handle {
        self.handle
    }
}

impl Assumed<f64> {
    /// Its number in one realisation.
    #[must_use]
    #[inline]
    pub fn of(self, values: &Values) -> f64 {
        values.get(self.handle)
    }
}

/// Every number of a scenario, in a fixed order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Register {
    entries: Vec<Assumption>,
}

impl Register {
    /// Enters a number.
    ///
    /// # Panics
    /// If there are more than four billion numbers.
    pub fn enter(&mut self, assumption: Assumption) -> Handle {
        let handle = Handle(u32::try_from(self.entries.len()).expect("a scenario has fewer than 2^32 numbers"));
        self.entries.push(assumption);
        handle
    }

    /// All entries in order, with their handles.
    pub fn iter(&self) -> impl Iterator<Item = (Handle, &Assumption)> {
        self.entries.iter().enumerate().map(|(i, a)| (Handle(u32::try_from(i).expect("entered above")), a))
    }

    /// One entry.
    #[must_use]
    pub fn get(&self, handle: Handle) -> &Assumption {
        &self.entries[handle.index()]
    }

    /// The entry with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Handle> {
        self.iter().find(|(_, a)| a.id == id).map(|(h, _)| h)
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The central case: every number at its likely value.
    #[must_use]
    pub fn central(&self) -> Values {
        Values::new(self.entries.iter().map(|a| a.likely).collect())
    }
}
