//! Numbers, dates and years as people write them.

use crate::quantity::{FinancialYear, Month, Quarter};
use jiff::civil::Date;

/// A number as read, and whether it was written as a percentage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Written {
    /// The number; 0.035 for `3.5%`.
    pub value: f64,
    /// Written with `%`.
    pub percent: bool,
    /// Written with a pound sign.
    pub pounds: bool,
    /// Written in thousands, millions or billions.
    pub scaled: bool,
}

/// Reads `1300000`, `1_300_000`, `"1,300,000"`, `"£1.3m"`, `"£850k"`, `"3.5%"`, `"−4"`, `"£2bn"`.
/// `None` for anything else, infinities among them.
#[must_use]
pub fn number(text: &str) -> Option<Written> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let amount = text.strip_prefix('£').or_else(|| text.strip_prefix("GBP"));
    let (pounds, text) = (amount.is_some(), amount.unwrap_or(text).trim());
    let lower = text.to_ascii_lowercase();
    let (digits, factor, percent) = if let Some(d) = lower.strip_suffix('%') {
        (d, 0.01, true)
    } else if let Some(d) = lower.strip_suffix("bn") {
        (d, 1e9, false)
    } else if let Some(d) = lower.strip_suffix('m') {
        (d, 1e6, false)
    } else if let Some(d) = lower.strip_suffix('k') {
        (d, 1e3, false)
    } else {
        (lower.as_str(), 1.0, false)
    };
    let plain = ungrouped(digits.trim())?;
    let value: f64 = plain.parse().ok()?;
    // Dividing keeps 3.5% at exactly 0.035, which multiplying by 0.01 does not.
    let value = if percent { value / 100.0 } else { value * factor };
    let scaled = factor > 1.0;
    value.is_finite().then_some(Written { value: if negative { -value } else { value }, percent, pounds, scaled })
}

/// Takes out thousands separators (commas in threes, underscores, spaces); `None` if what is left is
/// not a plain decimal number.
fn ungrouped(digits: &str) -> Option<String> {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    // Commas and spaces stand between groups of three, or the text is something else.
    for separator in [',', ' ', '\u{a0}'] {
        if whole.contains(separator) {
            let mut groups = whole.split(separator);
            let first = groups.next()?;
            let well_formed = (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3);
            if !well_formed {
                return None;
            }
        }
    }
    let whole: String = whole.chars().filter(|c| !matches!(c, ',' | '_' | ' ' | '\u{a0}')).collect();
    let all_digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
    let (mantissa_ok, text) = match fraction {
        Some(f) => {
            let (f, exponent) = f.split_once('e').map_or((f, None), |(f, e)| (f, Some(e)));
            let exponent_ok = exponent.is_none_or(|e| e.parse::<i32>().is_ok());
            (all_digits(f) && exponent_ok, exponent.map_or_else(|| format!("{whole}.{f}"), |e| format!("{whole}.{f}e{e}")))
        }
        None => (true, whole.clone()),
    };
    let whole_ok = whole.split_once('e').map_or_else(|| all_digits(&whole), |(m, e)| all_digits(m) && e.parse::<i32>().is_ok());
    (mantissa_ok && whole_ok && text.chars().any(|c| c.is_ascii_digit())).then_some(text)
}

/// The one number within some words, as it is written there: `6` in `6 months`.
#[must_use]
pub fn within(text: &str) -> Option<&str> {
    let mut numbers = text.split_whitespace().filter(|word| number(word).is_some());
    let first = numbers.next()?;
    let alone = numbers.next().is_none() && text.trim() != first;
    (alone && text.split_whitespace().all(|w| w == first || w.chars().all(|c| c.is_alphabetic() || c == '/'))).then_some(first)
}

/// Reads `2026-03-31`; also `31/03/2026`, `31 March 2026` and `31-Mar-2026`, which Excel and people write.
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    let in_range = |d: Date| (1900..=2300).contains(&d.year()).then_some(d);
    if let Ok(date) = text.parse::<Date>() {
        return in_range(date);
    }
    ["%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y"]
        .iter()
        .find_map(|format| Date::strptime(format, text).ok())
        .and_then(in_range)
}

/// What to do about a date that a spreadsheet wrote in a way that leaves open which day is meant; `None` if the text is
/// not of such a kind.
#[must_use]
pub fn spreadsheet_date(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let serial = text.len() == 5 && text.chars().all(|c| c.is_ascii_digit());
    if serial {
        return Some("this is the number that Excel keeps for a date: give the column the format yyyy-mm-dd and save again");
    }
    let parts: Vec<&str> = text.split(['/', '-', ' ']).collect();
    let short_year = matches!(parts.as_slice(), [day, _, year] if [day, year].iter().all(|p| matches!(p.len(), 1..=2) && p.chars().all(|c| c.is_ascii_digit())));
    short_year.then_some(
        "the year has two figures: in Excel, give the column the format yyyy-mm-dd and save again; or write 2026-03-31",
    )
}

/// Reads a first month: a date on the first of a month, a quarter (`2026/27 Q3`), or a financial year
/// (`2026/27`, its April).
#[must_use]
pub fn month(text: &str) -> Option<Month> {
    if let Some(quarter) = Quarter::parse(text) {
        return Some(quarter.first_month());
    }
    if let Some(date) = date(text) {
        return Some(Month::of(date));
    }
    FinancialYear::parse(text).map(FinancialYear::first_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<f64> {
        number(text).map(|w| w.value)
    }

    #[test]
    fn forms_people_write_are_read() {
        assert_eq!(value("£1.3m"), Some(1_300_000.0));
        assert_eq!(value("£850k"), Some(850_000.0));
        assert_eq!(value("1_300_000"), Some(1_300_000.0));
        assert_eq!(value("1,300,000"), Some(1_300_000.0));
        assert_eq!(value("£1,300,000.50"), Some(1_300_000.5));
        assert_eq!(value("3.5%"), Some(0.035));
        assert_eq!(value("\u{2212}4"), Some(-4.0));
        assert_eq!(value("-£4"), Some(-4.0));
        assert_eq!(value("1e3"), Some(1000.0));
        assert_eq!(value("2.5e-1"), Some(0.25));
        assert_eq!(value("GBP 12"), Some(12.0));
    }

    #[test]
    fn other_text_is_refused() {
        for text in [
            "",
            "abc",
            "1,30",
            "1.2.3",
            "inf",
            "nan",
            "1e999",
            "--4",
            "£",
            "%",
            "12 apples",
            "12 34",
            "1,3000",
            "0x10",
            "1e",
            "e5",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn the_number_in_some_words_is_found() {
        assert_eq!(within("6 months"), Some("6"));
        assert_eq!(within("about 310"), Some("310"));
        assert_eq!(within("£240 per user/year"), Some("£240"));
        for text in ["TBC", "6", "6 to 9", "6 months, 9", "12 34"] {
            assert_eq!(within(text), None, "{text}");
        }
    }

    #[test]
    fn dates_years_and_quarters_are_read() {
        assert_eq!(date("2026-03-31"), date("31/03/2026"));
        assert_eq!(date("31 March 2026"), date("2026-03-31"));
        assert_eq!(date("31-Mar-2026"), date("2026-03-31"));
        assert_eq!(date("2026-02-30"), None);
        assert_eq!(date("0001-01-01"), None);
        assert_eq!(month("2026/27 Q3"), Some(Month::new(2026, 10)));
        assert_eq!(month("2026/27"), Some(Month::new(2026, 4)));
        assert_eq!(month("next year"), None);
        for text in ["30-Sep-27", "30/09/27", "1 Sep 27", "46295"] {
            assert!(date(text).is_none() && spreadsheet_date(text).is_some(), "{text}");
        }
        assert_eq!(spreadsheet_date("2026-02-30"), None);
    }
}
