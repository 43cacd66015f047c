//! How a number is shown: rounded once, at the end, the same way everywhere.
//!
//! A number is first written to 12 significant digits, then rounded half away from zero on that
//! decimal string. So 0.6365 shows as 63.7% although its nearest binary fraction lies below.

/// Significant digits kept before rounding.
const SIGNIFICANT: usize = 12;

/// `value` with `places` digits after the point, half away from zero; no sign on zero.
///
/// ```
/// use appraise::quantity::fixed;
/// assert_eq!(fixed(63.65, 1), "63.7");
/// assert_eq!(fixed(-0.004, 2), "0.00");
/// ```
#[must_use]
pub fn fixed(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "n/a".to_owned();
    }
    let (negative, digits, point) = significant_digits(value);
    let keep = point + i64::try_from(places).expect("a few places");
    let mut rounded = round_at(&digits, keep);
    // `rounded` holds value x 10^places as decimal digits.
    while rounded.len() <= places {
        rounded.insert(0, b'0');
    }
    let split = rounded.len() - places;
    let mut text = String::from_utf8(rounded).expect("ASCII digits");
    if places > 0 {
        text.insert(split, '.');
    }
    if negative && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        text.insert(0, '\u{2212}');
    }
    text
}

/// [`fixed`] with thousands separated by commas.
#[must_use]
pub fn grouped(value: f64, places: usize) -> String {
    let text = fixed(value, places);
    let (sign, rest) = text.strip_prefix('\u{2212}').map_or(("", text.as_str()), |r| ("\u{2212}", r));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Whole pounds: `£335,435`, `−£49,016`.
#[must_use]
pub fn pounds(value: f64) -> String {
    let text = grouped(value, 0);
    text.strip_prefix('\u{2212}').map_or_else(|| format!("£{text}"), |t| format!("\u{2212}£{t}"))
}

/// Whole pounds with a sign on gains as well: `+£36,000`.
#[must_use]
pub fn signed_pounds(value: f64) -> String {
    let text = pounds(value);
    if text.starts_with('\u{2212}') || text == "£0" { text } else { format!("+{text}") }
}

/// Pounds for headlines and charts: `£24.3m`, `£850k`, `£912`.
#[must_use]
pub fn pounds_short(value: f64) -> String {
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    let size = value.abs();
    if size >= 999_500.0 {
        format!("{sign}£{}m", grouped(size / 1e6, 1))
    } else if size >= 9_999.5 {
        format!("{sign}£{}k", grouped(size / 1e3, 0))
    } else {
        pounds(value)
    }
}

/// The least multiple of a unit that is no less than a number, but for rounding: for what is said to be "at most" so much.
#[must_use]
pub fn raised(value: f64, unit: f64) -> f64 {
    (value / unit - 1e-6).ceil() * unit + 0.0
}

/// An amount of pounds that is no less, in the unit in which [`pounds_short`] shows it.
#[must_use]
pub fn raised_short(value: f64) -> f64 {
    let unit = match value.abs() {
        size if size >= 999_500.0 => 1e5,
        size if size >= 9_999.5 => 1e3,
        _ => 1.0,
    };
    raised(value, unit)
}

/// Shares as whole hundredths that add up as the shares do: of shares whose sum is 1, to 100 (largest remainder; of level
/// remainders the first).
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
pub fn hundredths(shares: &[f64]) -> Vec<u32> {
    // Twelve digits, as everything that is shown, so that 0.29 is 29 and not 28.999...
    let exact = |share: &f64| (share.clamp(0.0, 1.0) * 1e12).round() / 1e10;
    let mut whole: Vec<u32> = shares.iter().map(|share| exact(share).floor() as u32).collect();
    let sum = exact(&shares.iter().sum::<f64>()).round() as u32;
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let rest = |i: usize| exact(&shares[i]).fract();
    order.sort_by(|a, b| rest(*b).total_cmp(&rest(*a)));
    let missing = sum.saturating_sub(whole.iter().sum()) as usize;
    order.into_iter().take(missing).for_each(|i| whole[i] += 1);
    whole
}

/// Sign, digits, and where the decimal point stands among them.
fn significant_digits(value: f64) -> (bool, Vec<u8>, i64) {
    let text = format!("{:.*e}", SIGNIFICANT - 1, value.abs());
    let (mantissa, exponent) = text.split_once('e').expect("scientific notation has an exponent");
    let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let exponent: i64 = exponent.parse().expect("an integer exponent");
    (value.is_sign_negative(), digits, exponent + 1)
}

/// The first `keep` digits as an integer, rounded half away from zero; zeros beyond the digits.
fn round_at(digits: &[u8], keep: i64) -> Vec<u8> {
    let Ok(keep) = usize::try_from(keep) else { return vec![b'0'] };
    let mut kept: Vec<u8> = digits.iter().copied().chain(std::iter::repeat(b'0')).take(keep).collect();
    if digits.get(keep).is_some_and(|&d| d >= b'5') {
        for d in kept.iter_mut().rev() {
            if *d == b'9' {
                *d = b'0';
            } else {
                *d += 1;
                return kept;
            }
        }
        kept.insert(0, b'1');
    }
    if kept.is_empty() {
        kept.push(b'0');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_ties_go_away_from_zero() {
        // Rust's own formatting gives 0.2, 2 and 0.12 here (ties to even).
        assert_eq!(fixed(0.25, 1), "0.3");
        assert_eq!(fixed(2.5, 0), "3");
        assert_eq!(fixed(0.125, 2), "0.13");
        assert_eq!(fixed(-2.5, 0), "\u{2212}3");
    }

    #[test]
    fn decimal_ties_that_binary_cannot_hold_are_still_ties() {
        // Golden: visibility 0.6365 and 0.2945 print as 63.7 and 29.5.
        assert_eq!(fixed(0.6365 * 100.0, 1), "63.7");
        assert_eq!(fixed(0.2945 * 100.0, 1), "29.5");
    }

    /// 45.5 + 54.5: the first of the two gets the hundredth that is missing. 33.3 three times: the first. 12.4, 12.4, 75.2
    /// leaves none over: 12 + 12 + 75 = 99, and 0.4 is more than 0.2. What does not add up to 1 is rounded to its own sum.
    #[test]
    fn hundredths_add_up() {
        assert_eq!(hundredths(&[0.455, 0.545]), [46, 54]);
        assert_eq!(hundredths(&[1.0 / 3.0; 3]), [34, 33, 33]);
        assert_eq!(hundredths(&[0.124, 0.124, 0.752]), [13, 12, 75]);
        assert_eq!(hundredths(&[0.29, 0.57, 0.14]), [29, 57, 14]);
        assert_eq!(hundredths(&[0.005, 0.005, 0.99]), [1, 0, 99]);
        assert_eq!(hundredths(&[0.2, 0.3]), [20, 30]);
        assert_eq!(hundredths(&[]), [0; 0]);
    }

    /// What is at most so much is never shown as less, and what is whole but for rounding stays as it is.
    #[test]
    fn amounts_are_raised_to_the_unit_that_is_shown() {
        assert_eq!(pounds(raised(31_800.2, 1.0)), "£31,801");
        assert_eq!(pounds(raised(12_000.0, 1.0)), "£12,000");
        assert_eq!(pounds(raised(0.0, 1.0)), "£0");
        assert_eq!(fixed(raised(0.21, 0.1), 1), "0.3");
        assert_eq!(fixed(raised(0.3, 0.1), 1), "0.3");
        assert_eq!(fixed(raised(1_234_567.0, 10_000.0) / 1e6, 2), "1.24");
        for (gap, short) in [(912.3, "£913"), (9_999.2, "£10k"), (31_800.2, "£32k"), (999_200.0, "£1.0m"), (2.31e6, "£2.4m")]
        {
            assert_eq!(pounds_short(raised_short(gap)), short);
        }
    }

    #[test]
    fn carries_run_through() {
        assert_eq!(fixed(9.995, 2), "10.00");
        assert_eq!(fixed(0.04, 1), "0.0");
        assert_eq!(fixed(0.05, 1), "0.1");
        assert_eq!(fixed(1e-9, 2), "0.00");
        assert_eq!(fixed(0.0, 0), "0");
        assert_eq!(fixed(1_234_567.0, 0), "1234567");
    }

    #[test]
    fn pounds_are_grouped_and_signed() {
        assert_eq!(pounds(335_434.706_829), "£335,435");
        assert_eq!(pounds(-49_015.97), "\u{2212}£49,016");
        assert_eq!(signed_pounds(36_000.0), "+£36,000");
        assert_eq!(pounds_short(999_600.0), "£1.0m");
        assert_eq!(pounds_short(849_600.0), "£850k");
        assert_eq!(pounds_short(-24_310_000.0), "\u{2212}£24.3m");
        assert_eq!(grouped(-0.2, 0), "0");
    }
}
