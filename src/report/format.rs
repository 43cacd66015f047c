//! Values as words: dates, shares, measures and the codes of the result.

use crate::quantity;

/// Stands where there is no value.
pub const NONE: &str = "\u{2013}";

/// Whole pounds; a dash if the amount is not a number.
#[must_use]
pub fn pounds(value: f64) -> String {
    if value.is_finite() { quantity::pounds(value) } else { NONE.to_owned() }
}

/// Whole pounds with a sign.
#[must_use]
pub fn signed_pounds(value: f64) -> String {
    if value.is_finite() { quantity::signed_pounds(value) } else { NONE.to_owned() }
}

/// A number with thousands separators.
#[must_use]
pub fn number(value: f64, places: usize) -> String {
    if value.is_finite() { quantity::grouped(value, places) } else { NONE.to_owned() }
}

/// Points of a score: one decimal.
#[must_use]
pub fn points(value: f64) -> String {
    number(value, 1)
}

/// A proportion as a percentage with one decimal.
#[must_use]
pub fn percent(value: f64) -> String {
    if value.is_finite() { format!("{}%", quantity::grouped(value * 100.0, 1)) } else { NONE.to_owned() }
}

/// A number as it was given: at most `places` decimals, no trailing zeros.
#[must_use]
pub fn plain(value: f64, places: usize) -> String {
    let text = number(value, places);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A value in the unit of its criterion or assumption.
#[must_use]
pub fn measure(value: f64, unit: &str) -> String {
    if is_money(unit) {
        let pence = value.abs() < 1_000.0 && value.fract().abs() > 1e-9;
        return if pence { with_pence(value) } else { pounds(value) };
    }
    match unit {
        "%" => format!("{}%", plain(value, 1)),
        _ if unit.starts_with("proportion") || unit.starts_with("share") => percent(value),
        _ if value.abs() >= 1_000.0 => number(value, 0),
        _ if value.abs() >= 100.0 => plain(value, 1),
        _ => plain(value, 4),
    }
}

/// A number of the scenario with its unit: `£162 a user a year`, `30%`, `600 users`. A share or an uplift is a
/// percentage.
#[must_use]
pub fn in_unit(value: f64, unit: &str) -> String {
    match unit {
        "share" | "uplift" => format!("{}%", plain(100.0 * value, 1)),
        "share a year" => format!("{}% a year", plain(100.0 * value, 1)),
        _ if unit.starts_with('£') => format!("{}{}", measure(value, unit), unit.trim_start_matches('£')),
        _ => {
            let places = if value.abs() >= 100.0 { 0 } else { 2 };
            format!("{} {unit}", plain(value, places)).trim_end().to_owned()
        }
    }
}

/// The same without the words of the unit and in short, for the margin of a chart that names the unit elsewhere.
#[must_use]
pub fn without_unit(value: f64, unit: &str) -> String {
    match unit {
        "share" | "uplift" | "share a year" => format!("{}%", plain(100.0 * value, 1)),
        _ if unit.starts_with('£') && value.abs() >= 9_999.5 => quantity::pounds_short(value),
        _ if unit.starts_with('£') => measure(value, unit),
        _ => plain(value, if value.abs() >= 100.0 { 0 } else { 2 }),
    }
}

/// A share of draws. 0% and 100% are said of none and of all draws only.
#[must_use]
pub fn share_of_draws(p: f64) -> String {
    match p {
        p if p <= 0.0 => "0%".to_owned(),
        p if p < 0.0005 => "<0.1%".to_owned(),
        p if p >= 1.0 => "100%".to_owned(),
        p if p >= 0.9995 => ">99.9%".to_owned(),
        p => percent(p),
    }
}

/// Pounds and pence, for small prices.
#[must_use]
pub fn with_pence(value: f64) -> String {
    let text = number(value, 2);
    text.strip_prefix('\u{2212}').map_or_else(|| format!("£{text}"), |size| format!("\u{2212}£{size}"))
}

/// Whether a unit speaks of pounds.
#[must_use]
pub fn is_money(unit: &str) -> bool {
    let unit = unit.to_lowercase();
    unit.contains('£') || unit.contains("gbp") || unit.contains("pound")
}

/// `2028-01-01` as `1 January 2028`; any other text as it is.
#[must_use]
pub fn date(iso: &str) -> String {
    let Some((year, month, day)) = split_date(iso) else { return iso.to_owned() };
    format!("{day} {} {year}", MONTHS[month - 1])
}

/// `2028-01-01` as `1 Jan 2028`.
#[must_use]
pub fn short_date(iso: &str) -> String {
    let Some((year, month, day)) = split_date(iso) else { return iso.to_owned() };
    let name: String = MONTHS[month - 1].chars().take(3).collect();
    format!("{day} {name} {year}")
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Year, month (1 to 12) and day of an ISO date.
#[must_use]
pub fn split_date(iso: &str) -> Option<(i32, usize, u32)> {
    let mut parts = iso.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

/// `first`, `second` ... `twelfth`, then `13th`.
#[must_use]
pub fn ordinal(rank: usize) -> String {
    const WORDS: [&str; 12] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];
    rank.checked_sub(1).and_then(|i| WORDS.get(i)).map_or_else(
        || {
            let ending = match (rank % 10, rank % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{rank}{ending}")
        },
        |word| (*word).to_owned(),
    )
}

/// `count` with the singular or plural of a noun: `1 option`, `12 options`.
#[must_use]
pub fn count(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", whole(count)) }
}

/// A count with its thousands apart: `10,000`.
fn whole(count: usize) -> String {
    quantity::grouped(f64::from(u32::try_from(count).unwrap_or(u32::MAX)), 0)
}

/// Names joined for a sentence: `A`, `A and B`, `A, B and C`.
#[must_use]
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// A code of the result in words; an unknown code loses its underscores.
#[must_use]
pub fn words(code: &str) -> String {
    let known = match code {
        "longlist_mcda" => "Longlist, swing-weighted multi-criteria analysis",
        "shortlist" => "Shortlist, led by economic appraisal",
        "weighted_score" => "Weighted score",
        "npc" => "Net present cost",
        "scored_elsewhere" => "Benefits scored by another criterion",
        "npsv" => "Net present social value",
        "sla" => "Service agreement",
        "unit" => "Unit of a shared instance",
        "own" => "Own instance",
        "hosted" => "Hosted by another body",
        "more_is_better" => "More is better",
        "less_is_better" => "Less is better",
        "external" => "External suppliers",
        "service" => "Licences and agreements in use",
        "head_start" => "Dual running: head start",
        "overlap" => "Dual running: overlap",
        "stranded" => "Dual running: stranded",
        "archive" => "Dual running: archive",
        "training" => "Training time",
        "dip" => "Productivity dip",
        "instance_run" => "Running the systems",
        "risk" => "Expected risk",
        "benefit" => "Benefits",
        "none" => "No source",
        "estimate" => "Estimate",
        "unchecked" => "Not checked",
        "default" => "Default library",
        "given" => "Scenario",
        "equal" => "Panels count equally",
        "seats" => "Panels count by seats",
        _ => return sentence_case(code),
    };
    known.to_owned()
}

/// `business_as_usual` as `Business as usual`.
fn sentence_case(code: &str) -> String {
    let text = code.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text with a small first letter, for use within a sentence; an abbreviation keeps its own.
#[must_use]
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(std::iter::once(second)).chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// How hostile or odd a link may be: only these two schemes become links, and only where the address
/// is written the way it is shown.
#[must_use]
pub fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|r| {
        !r.is_empty()
            && !r
                .chars()
                .any(|c| c.is_whitespace() || quantity::visible(c) != c || quantity::runs_leftwards(c) || "\"'<>`\\".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_english() {
        assert_eq!(date("2028-01-01"), "1 January 2028");
        assert_eq!(short_date("2027-09-30"), "30 Sep 2027");
        assert_eq!(date("soon"), "soon");
        assert_eq!(date("2028-13-01"), "2028-13-01");
    }

    #[test]
    fn measures_take_their_unit() {
        assert_eq!(measure(0.6365, "proportion"), "63.7%");
        assert_eq!(measure(547_202.614, "£"), "£547,203");
        assert_eq!(measure(6_600.0, "hours"), "6,600");
        assert_eq!(measure(0.88, "coverage"), "0.88");
        assert_eq!(measure(162.5, "£ per user"), "£162.50");
        assert_eq!(measure(162.0, "£ per user"), "£162");
        assert_eq!(with_pence(-0.5), "\u{2212}£0.50");
        assert_eq!(measure(0.4, "share of users"), "40.0%");
        assert_eq!(measure(f64::NAN, "£"), NONE);
    }

    #[test]
    fn numbers_carry_their_unit() {
        assert_eq!(in_unit(0.325, "share"), "32.5%");
        assert_eq!(in_unit(0.02, "share a year"), "2% a year");
        assert_eq!(in_unit(162.5, "£ a user a year"), "£162.50 a user a year");
        assert_eq!(in_unit(1_250.4, "£"), "£1,250");
        assert_eq!(in_unit(600.2, "users"), "600 users");
        assert_eq!(in_unit(4.5, "months"), "4.5 months");
        assert_eq!(in_unit(4.5, ""), "4.5");
        assert_eq!(without_unit(1_329_285.3, "£ a year"), "£1.3m");
        assert_eq!(without_unit(162.5, "£ a user a year"), "£162.50");
        assert_eq!(without_unit(0.031, "share a year"), "3.1%");
        assert_eq!(without_unit(2_200.4, "users"), "2,200");
    }

    #[test]
    fn never_and_always_are_said_of_none_and_of_all() {
        let said = [0.0, 0.0004, 0.0005, 0.12345, 0.9994, 0.9996, 1.0].map(share_of_draws);
        assert_eq!(said, ["0%", "<0.1%", "0.1%", "12.3%", "99.9%", ">99.9%", "100%"]);
    }

    #[test]
    fn words_for_codes_and_counts() {
        assert_eq!(words("business_as_usual"), "Business as usual");
        assert_eq!(ordinal(2), "second");
        assert_eq!(ordinal(21), "21st");
        assert_eq!(ordinal(13), "13th");
        assert_eq!(count(1, "move", "moves"), "1 move");
        assert_eq!(list(&["A".into(), "B".into(), "C".into()]), "A, B and C");
    }

    #[test]
    fn first_letters_become_small_but_not_those_of_abbreviations() {
        assert_eq!(uncapitalised("Overlap"), "overlap");
        assert_eq!(uncapitalised("VAT included"), "VAT included");
        assert_eq!(uncapitalised("3.0% in every year"), "3.0% in every year");
        assert_eq!(uncapitalised("A"), "A");
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert!(is_web_address("https://www.gov.uk/green-book"));
        assert!(!is_web_address("javascript:alert(1)"));
        assert!(!is_web_address("https://a b"));
        assert!(!is_web_address("file:///etc/passwd"));
    }
}
