//! Financial years (1 April to 31 March), their quarters and months, and the appraisal period.

use jiff::civil::Date;
use std::fmt;

/// Months in a year.
pub const MONTHS_IN_YEAR: usize = 12;
/// Quarters in a year.
pub const QUARTERS_IN_YEAR: usize = 4;

/// An NHS financial year, 1 April to 31 March, known by the calendar year in which it starts.
/// Printed as `2027/28`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear(i16);

impl FinancialYear {
    /// The year that starts on 1 April of `calendar_year`.
    #[must_use]
    pub fn starting(calendar_year: i16) -> Self {
        Self(calendar_year)
    }

    /// The financial year in which a date falls.
    #[must_use]
    pub fn of(date: Date) -> Self {
        if date.month() >= 4 { Self(date.year()) } else { Self(date.year() - 1) }
    }

    /// Reads `2027/28` (also `2027-28` and `2027/2028`). `None` if the halves do not follow on.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (first, second) = text.trim().split_once(['/', '-'])?;
        let start: i16 = (first.len() == 4).then(|| first.parse().ok())??;
        let end: i16 = second.parse().ok()?;
        let expected = match second.len() {
            2 => (start + 1).rem_euclid(100),
            4 => start + 1,
            _ => return None,
        };
        (end == expected && (1900..=2300).contains(&start)).then_some(Self(start))
    }

    /// The calendar year in which it starts.
    #[must_use]
    pub fn start_year(self) -> i16 {
        self.0
    }

    /// The year `years` later.
    #[must_use]
    pub fn plus(self, years: usize) -> Self {
        Self(self.0 + i16::try_from(years).expect("an appraisal period is a few hundred years at most"))
    }

    /// April of this year.
    #[must_use]
    pub fn first_month(self) -> Month {
        Month::new(self.0, 4)
    }

    /// Whole years from `earlier` to this year; negative if this year comes first.
    #[must_use]
    pub fn years_since(self, earlier: Self) -> i32 {
        i32::from(self.0) - i32::from(earlier.0)
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

/// A calendar month, counted from January of year 0 so that months can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// Month `month` (1 to 12) of a calendar year.
    #[must_use]
    pub fn new(year: i16, month: i8) -> Self {
        Self(i32::from(year) * 12 + i32::from(month) - 1)
    }

    /// The month in which a date falls.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self::new(date.year(), date.month())
    }

    /// The month `months` later (earlier if negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Months from `earlier` to this one.
    #[must_use]
    pub fn months_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        let year = i16::try_from(self.0.div_euclid(12)).unwrap_or(i16::MAX).clamp(-9998, 9998);
        let month = i8::try_from(self.0.rem_euclid(12) + 1).expect("1 to 12");
        Date::constant(year, month, 1)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// The financial year in which it falls.
    #[must_use]
    pub fn financial_year(self) -> FinancialYear {
        // April is the fourth month of the calendar year and the first of the financial one.
        FinancialYear(i16::try_from((self.0 - 3).div_euclid(12)).unwrap_or(i16::MAX))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first_day().strftime("%B %Y").fmt(f)
    }
}

/// A quarter of the financial year: Q1 starts on 1 April. Plans are made in quarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: FinancialYear,
    number: u8,
}

impl Quarter {
    /// Quarter `number` (1 to 4) of `year`.
    ///
    /// # Panics
    /// If `number` is not 1 to 4.
    #[must_use]
    pub fn new(year: FinancialYear, number: u8) -> Self {
        assert!((1..=4).contains(&number), "a year has quarters 1 to 4");
        Self { year, number }
    }

    /// Reads `2026/27 Q3`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, quarter) = text.trim().split_once(char::is_whitespace)?;
        let number: u8 = quarter.trim().strip_prefix(['Q', 'q'])?.parse().ok()?;
        (1..=4).contains(&number).then_some(Self { year: FinancialYear::parse(year)?, number })
    }

    /// The quarter that starts on this date, if one does.
    #[must_use]
    pub fn starting(date: Date) -> Option<Self> {
        let quarter = Self::of(Month::of(date));
        (quarter.first_month().first_day() == date).then_some(quarter)
    }

    /// The quarter in which a month falls.
    #[must_use]
    pub fn of(month: Month) -> Self {
        let year = month.financial_year();
        let months = month.months_since(year.first_month());
        let number = match months {
            0..=2 => 1,
            3..=5 => 2,
            6..=8 => 3,
            _ => 4,
        };
        Self { year, number }
    }

    /// Its first month.
    #[must_use]
    pub fn first_month(self) -> Month {
        self.year.first_month().plus(3 * (i32::from(self.number) - 1))
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} Q{}", self.year, self.number)
    }
}

/// A month of the appraisal period, 0 = April of year 0.
pub type MonthIndex = usize;

/// A month index, or a number of months, as an offset in months: signed, so that it can be compared
/// with months before the period.
///
/// # Panics
/// Never on what the reader lets through: an appraisal period is at most 126 years.
#[must_use]
#[inline]
pub fn offset_of(months: usize) -> i32 {
    i32::try_from(months).expect("an appraisal period has few months")
}

/// Year 0 and the years after it, and the date before which everything is sunk.
///
/// The default for IT is ten years and year 0 (Green Book 2026, 6.11). Amounts that fall in a month
/// which began before `as_at` are sunk and stay out (6.32).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppraisalPeriod {
    /// The date the decision is looked at from.
    pub as_at: Date,
    /// The first year, undiscounted.
    pub year0: FinancialYear,
    /// Years after year 0.
    pub horizon: usize,
}

impl AppraisalPeriod {
    /// Number of financial years, year 0 included.
    #[must_use]
    pub fn years(&self) -> usize {
        self.horizon + 1
    }

    /// Number of months.
    #[must_use]
    pub fn months(&self) -> usize {
        self.years() * MONTHS_IN_YEAR
    }

    /// April of year 0.
    #[must_use]
    pub fn start(&self) -> Month {
        self.year0.first_month()
    }

    /// The first month that counts: the first that begins on or after `as_at`.
    #[must_use]
    pub fn first_counted(&self) -> MonthIndex {
        let month = Month::of(self.as_at);
        let month = if month.first_day() < self.as_at { month.plus(1) } else { month };
        usize::try_from(month.months_since(self.start())).unwrap_or(0).min(self.months())
    }

    /// Months from `start` (negative before it, beyond the end after it).
    #[must_use]
    pub fn offset(&self, month: Month) -> i32 {
        month.months_since(self.start())
    }

    /// The index of a month, if it lies in the period.
    #[must_use]
    pub fn index(&self, month: Month) -> Option<MonthIndex> {
        usize::try_from(self.offset(month)).ok().filter(|&m| m < self.months())
    }

    /// The month at an index.
    #[must_use]
    pub fn month(&self, index: MonthIndex) -> Month {
        self.start().plus(offset_of(index))
    }

    /// The year index of a month index.
    #[must_use]
    #[expect(clippy::integer_division, reason = "a month lies in exactly one year")]
    pub fn year_of(&self, index: MonthIndex) -> usize {
        index / MONTHS_IN_YEAR
    }

    /// The financial year at a year index.
    #[must_use]
    pub fn year(&self, index: usize) -> FinancialYear {
        self.year0.plus(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_financial_year_starts_on_1_april() {
        assert_eq!(FinancialYear::of(date(2024, 3, 31)).to_string(), "2023/24");
        assert_eq!(FinancialYear::of(date(2024, 4, 1)).to_string(), "2024/25");
        assert_eq!(FinancialYear::starting(1999).to_string(), "1999/00");
    }

    #[test]
    fn years_that_do_not_follow_on_are_refused() {
        assert_eq!(FinancialYear::parse("2026/27"), Some(FinancialYear::starting(2026)));
        assert_eq!(FinancialYear::parse("2099/00"), Some(FinancialYear::starting(2099)));
        assert_eq!(FinancialYear::parse("2026/28"), None);
        assert_eq!(FinancialYear::parse("26/27"), None);
    }

    #[test]
    fn quarter_4_is_january_to_march() {
        let q = Quarter::parse("2027/28 Q4").expect("well formed");
        assert_eq!(q.first_month().first_day(), date(2028, 1, 1));
        assert_eq!(Quarter::starting(date(2028, 1, 1)), Some(q));
        assert_eq!(Quarter::starting(date(2028, 2, 1)), None);
        assert_eq!(q.to_string(), "2027/28 Q4");
    }

    #[test]
    fn a_month_already_begun_is_sunk() {
        let period = AppraisalPeriod { as_at: date(2023, 11, 27), year0: FinancialYear::starting(2023), horizon: 10 };
        // April is 0, so December is 8.
        assert_eq!(period.first_counted(), 8);
        assert_eq!(period.months(), 132);
        assert_eq!(period.index(Month::new(2034, 4)), None);
    }
}
